import type { Address } from "viem";
import { type Day, formatDay } from "../types/time.ts";
import type {
  Alerts,
  BatchPage,
  MeterDayNotOnChainPage,
  NamePage,
  OrderPage,
  ProposalPage,
  RoundOrderPage,
  RoundPage,
  SubmissionPage,
  TaskPage,
  TradingDayPage,
} from "./answers.ts";
import type { operations } from "./api.ts";
import { ask, type Operator } from "./ask.ts";

/** Which page of a list is asked for; the first, of as many rows as usual, where nothing is said. */
export interface PageOptions {
  /** `next` of the page before. */
  cursor?: string | undefined;
  /** Rows of a page at most, 1 to 500; 100 unless said otherwise. */
  limit?: number | undefined;
}

/** In which state a task or a batch of readings is. */
type StateOf<Operation extends "listTasks" | "listBatches"> = NonNullable<
  NonNullable<operations[Operation]["parameters"]["query"]>["state"]
>;

/** A trader's orders of a day, latest first: with the token of a session, or with an API key. */
export function listOrders(operator: Operator, trader: Address, day: Day, page?: PageOptions): Promise<OrderPage> {
  return list(operator, "/orders", { trader: trader.toLowerCase(), date: formatDay(day), ...page });
}

/** The proposals that an account is a party of, latest first, without those that have expired. */
export function listProposals(operator: Operator, party: Address, page?: PageOptions): Promise<ProposalPage> {
  return list(operator, "/proposals", { party: party.toLowerCase(), ...page });
}

/** What was cleared for a zone and day, oldest first. */
export function listRounds(operator: Operator, zone: number, day: Day, page?: PageOptions): Promise<RoundPage> {
  return list(operator, `/rounds/${zone}/${formatDay(day)}`, { ...page });
}

/** What was cleared for any zone and day, latest first. */
export function listLatestRounds(operator: Operator, page?: PageOptions): Promise<RoundPage> {
  return list(operator, "/rounds", { ...page });
}

/** The days that trade by their dates, with what waits in each of their books and when they close. */
export function listTradingDays(operator: Operator, page?: PageOptions): Promise<TradingDayPage> {
  return list(operator, "/books", { ...page });
}

/** What of the operator's trades needs a person: with an API key, or the token of a desk. */
export function listAlerts(operator: Operator): Promise<Alerts> {
  return list(operator, "/alerts", {});
}

/** The book of an auction as it was cleared, in the order of arrival, once the day's gate has closed. */
export function listRoundOrders(
  operator: Operator,
  zone: number,
  day: Day,
  round: number,
  page?: PageOptions,
): Promise<RoundOrderPage> {
  return list(operator, `/rounds/${zone}/${formatDay(day)}/${round}/orders`, { ...page });
}

/** What the exchange sent to the chain, latest first: with an API key. */
export function listSubmissions(operator: Operator, page?: PageOptions): Promise<SubmissionPage> {
  return list(operator, "/submissions", { ...page });
}

/** Batches of readings in a state, latest first: with an API key. */
export function listBatches(operator: Operator, state: StateOf<"listBatches">, page?: PageOptions): Promise<BatchPage> {
  return list(operator, "/readings", { state, ...page });
}

/** The keeper's tasks in a state: what waits by when it is due, what is done latest first. */
export function listTasks(operator: Operator, state: StateOf<"listTasks">, page?: PageOptions): Promise<TaskPage> {
  return list(operator, "/tasks", { state, ...page });
}

/** The tasks of reporting readings in a state, in the order of `listTasks`. */
export function listReadingTasks(
  operator: Operator,
  state: StateOf<"listTasks">,
  page?: PageOptions,
): Promise<TaskPage> {
  return list(operator, "/readings/tasks", { state, ...page });
}

/** Which meter days are asked for. */
export interface MeterDayRange {
  from: Day;
  /** The last day, and the first and the last meter, where not all are wanted. */
  to: Day;
  fromMeter?: bigint | undefined;
  toMeter?: bigint | undefined;
}

/** Meter days whose reading is in quarantine or waits to be sent, by day and meter: with an API key, or the token of a desk. */
export function listMeterDaysNotOnChain(
  operator: Operator,
  { from, to, fromMeter, toMeter }: MeterDayRange,
  page?: PageOptions,
): Promise<MeterDayNotOnChainPage> {
  const meters = { fromMeter: fromMeter?.toString(), toMeter: toMeter?.toString() };
  return list(operator, "/readings/days", { from: formatDay(from), to: formatDay(to), ...meters, ...page });
}

/** Names of participants by their numbers, each with the sheet that proves it: with the token of a session where names are not for everybody. */
export function listNames(operator: Operator, page?: PageOptions): Promise<NamePage> {
  return list(operator, "/names", { ...page });
}

/**
 * The pages of a list, one after the other until the last:
 * `for await (const { tasks } of allPages((page) => listTasks(operator, "waiting", page)))`.
 */
export async function* allPages<Page extends { next: string | null }>(
  read: (page: PageOptions) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  for (let cursor: string | undefined; ; ) {
    const page = await read({ cursor });
    yield page;
    if (page.next === null) return;
    cursor = page.next;
  }
}

function list<Page>(
  operator: Operator,
  path: string,
  asked: Record<string, string | number | undefined>,
): Promise<Page> {
  const said = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return ask(operator, said.length === 0 ? path : `${path}?${new URLSearchParams(said)}`);
}
