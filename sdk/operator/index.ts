/** The market operator's service: what is handed in to it, and what it reports as it happens. */

export type {
  BatchPage,
  CancelledOrder,
  CheckedOrder,
  KeptOrder,
  OrderPage,
  Proposal,
  ProposalPage,
  RoundPage,
  Session,
  SubmissionPage,
  TaskPage,
} from "./answers.ts";
export {
  cancelOrder,
  checkOrder,
  type Operator,
  OperatorError,
  openSession,
  propose,
  submitOrder,
} from "./client.ts";
export {
  allPages,
  listBatches,
  listOrders,
  listProposals,
  listReadingTasks,
  listRounds,
  listSubmissions,
  listTasks,
  type PageOptions,
} from "./lists.ts";
export {
  type Challenge,
  cancellationDigest,
  cancellationTypedData,
  challengeDigest,
  challengeTypedData,
} from "./messages.ts";
export { type WatchedEvent, type WatchOptions, watch } from "./watch.ts";
export { type OrderWire, orderToWire, type TradeWire, tradeFromWire, tradeToWire } from "./wire.ts";
