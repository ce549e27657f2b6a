import { dayOf, formatDay } from "../../../sdk/types/time.ts";

/** What there is to see in a market, by what it is called in addresses of screens. */
export type Facts = Readonly<Record<string, string>>;

const NOBODYS = `0x${"00".repeat(32)}`;

const QUESTION = `{
  priceSlots(orderBy: "day", orderDirection: "desc", limit: 1) { items { zoneId date } }
  trades(orderBy: "id", limit: 1) { items { id openedTx sellerId sellerMeterId } }
  receivables(limit: 1) { items { id } }
  financingRequests(limit: 1) { items { id } }
  debts(orderBy: "id", limit: 1) { items { id } }
  documents(orderBy: "anchoredAt", limit: 1) { items { id } }
}`;

interface Answer {
  priceSlots: { items: { zoneId: number; date: string }[] };
  trades: { items: { id: string; openedTx: string; sellerId: number; sellerMeterId: string }[] };
  receivables: { items: { id: string }[] };
  financingRequests: { items: { id: string }[] };
  debts: { items: { id: string }[] };
  documents: { items: { id: string }[] };
}

/** Asks the index behind a page, so that any market with a trading day will do. */
export async function readFacts(url: string): Promise<Facts> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: QUESTION }) });
  const { data, errors } = (await answer.json()) as { data?: Answer; errors?: { message: string }[] };
  if (data === undefined) throw new Error(`${url} shows no market: ${errors?.map(({ message }) => message).join(" ")}`);
  const [slot, trade] = [data.priceSlots.items[0], data.trades.items[0]];
  const [receivable, request] = [data.receivables.items[0], data.financingRequests.items[0]];
  const debt = data.debts.items[0];
  const document = data.documents.items[0];
  if (
    slot === undefined ||
    trade === undefined ||
    receivable === undefined ||
    request === undefined ||
    debt === undefined ||
    document === undefined
  )
    throw new Error(`The market at ${url} has had no trading day: there is nothing to see.`);
  const ahead = formatDay(dayOf(await nowAt(url)) + 2);
  return {
    $role: "household",
    $zone: String(slot.zoneId),
    $date: slot.date,
    // Days that can still be entered.
    "$meter/$date": ahead,
    "portfolio/$date": ahead,
    $meter: trade.sellerMeterId,
    "meters/$id": trade.sellerMeterId,
    "trades/$id": trade.id,
    "participants/$id": String(trade.sellerId),
    "applications/$id": String(trade.sellerId),
    "debts/$id": debt.id,
    "receivables/$id": receivable.id,
    "requests/$id": request.id,
    "documents/$id": document.id,
    "tx/$hash": trade.openedTx,
    // What was asked for a day that is over is no longer kept.
    "orders/$hash": NOBODYS,
    "proposals/$hash": NOBODYS,
  };
}

/** The chain's time, which the index may be behind. */
async function nowAt(url: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_getBlockByNumber", params: ["latest", false] });
  const answer = await fetch(`${url}/rpc`, { method: "POST", headers, body });
  return Number(((await answer.json()) as { result: { timestamp: string } }).result.timestamp);
}
