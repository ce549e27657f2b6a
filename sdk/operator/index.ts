/** The market operator's service: what is handed in to it, and what it reports as it happens. */

export type {
  Alerts,
  BatchPage,
  CancelledOrder,
  CheckedOrder,
  Hours,
  Intake,
  KeptOrder,
  MeterDayNotOnChainPage,
  NamePage,
  OrderPage,
  Proposal,
  ProposalPage,
  RoundOrderPage,
  RoundPage,
  Session,
  SubmissionPage,
  TaskPage,
  TradingDayPage,
} from "./answers.ts";
export {
  cancelOrder,
  changeIntake,
  checkOrder,
  clearRounds,
  handInNames,
  type Operator,
  OperatorError,
  openDesk,
  openSession,
  propose,
  readHours,
  submitOrder,
} from "./client.ts";
export {
  allPages,
  listAlerts,
  listBatches,
  listLatestRounds,
  listMeterDaysNotOnChain,
  listNames,
  listOrders,
  listProposals,
  listReadingTasks,
  listRoundOrders,
  listRounds,
  listSubmissions,
  listTasks,
  listTradingDays,
  type MeterDayRange,
  type PageOptions,
} from "./lists.ts";
export {
  type Challenge,
  cancellationDigest,
  cancellationTypedData,
  challengeDigest,
  challengeTypedData,
  SESSION_PURPOSES,
  type SessionPurpose,
} from "./messages.ts";
export { PublishedError, readPublishedRound } from "./published.ts";
export { type WatchedEvent, type WatchOptions, watch } from "./watch.ts";
export { type OrderWire, orderToWire, type TradeWire, tradeFromWire, tradeToWire } from "./wire.ts";
