/** The market operator's service: what is handed in to it, and what it reports as it happens. */

export type {
  CancelledOrder,
  CheckedOrder,
  KeptOrder,
  OrderPage,
  Proposal,
  Session,
} from "./answers.ts";
export {
  cancelOrder,
  checkOrder,
  listOrders,
  type Operator,
  OperatorError,
  openSession,
  propose,
  submitOrder,
} from "./client.ts";
export {
  type Challenge,
  cancellationDigest,
  cancellationTypedData,
  challengeDigest,
  challengeTypedData,
} from "./messages.ts";
export { type WatchedEvent, type WatchOptions, watch } from "./watch.ts";
export { type OrderWire, orderToWire, type TradeWire, tradeToWire } from "./wire.ts";
