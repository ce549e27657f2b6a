/** The KPIs of docs/kpi.md straight from a chain's logs: no counters, no order of events, nothing of the indexer. */
import { type Abi, decodeEventLog, type Hex } from "viem";
import { ABIS } from "../../sdk/chain/abis.ts";
import { INDEXED } from "../../sdk/chain/contracts.ts";
import { readingsUnder } from "../../sdk/metering/dayRoot.ts";

interface Chain {
  request<Answer>(method: string, params?: unknown[]): Promise<Answer>;
}

/** What a chain has logged, with the second and the place of each event. */
export interface History {
  now: number;
  events: { name: string; args: any; at: number; place: number }[];
}

/** Two whole numbers; a plain count has no denominator. */
export type Figures = Record<string, [numerator: bigint, denominator: bigint | null]>;

export async function readHistory(
  chain: Chain,
  contracts: Readonly<Record<string, { address: string }>>,
): Promise<History> {
  const known = new Map<string | undefined, Abi>(
    INDEXED.map((name) => [contracts[name]?.address.toLowerCase(), ABIS[name]]),
  );
  const wanted = { fromBlock: "0x0", toBlock: "latest", address: [...known.keys()] };
  const logs = await chain.request<{ address: string; topics: []; data: Hex; blockNumber: Hex }[]>("eth_getLogs", [
    wanted,
  ]);
  const times = new Map<string, number>();
  for (const number of new Set(["latest", ...logs.map(({ blockNumber }) => blockNumber)])) {
    const { timestamp } = await chain.request<{ timestamp: Hex }>("eth_getBlockByNumber", [number, false]);
    times.set(number, Number(timestamp));
  }
  const events = logs.map(({ address, topics, data, blockNumber }, place) => {
    const of = { abi: known.get(address.toLowerCase()) as Abi, topics, data };
    const { eventName, args } = decodeEventLog(of) as unknown as { eventName: string; args: any };
    return { name: eventName, args, at: times.get(blockNumber) as number, place };
  });
  return { now: times.get("latest") as number, events };
}

const shanghaiDay = (second: number) => Math.floor((second + 28_800) / 86_400);
const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const count = (values: { readonly length: number }) => BigInt(values.length);

export function kpisFromLogs({ now, events }: History, from: string, to: string): Figures {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const within = (second: number) => first <= shanghaiDay(second) && shanghaiDay(second) <= last;
  const all = (name: string) => events.filter((event) => event.name === name);
  const during = (name: string) => all(name).filter(({ at }) => within(at));
  const find = (name: string, key: string, value: unknown) => all(name).find(({ args }) => args[key] === value);
  const one = (name: string, key: string, value: unknown) => {
    const found = find(name, key, value);
    if (found === undefined) throw new Error(`No ${name} with ${key} ${value} is in the logs.`);
    return found;
  };

  const approved = all("ParticipantApproved").filter(({ at }) => shanghaiDay(at) <= last);
  const traders = during("TradeOpened").flatMap(({ args }) => [args.terms.seller, args.terms.buyer]);
  const financiers = [
    ...during("FinancingRequested").map(({ args }) => args.requester),
    ...during("BidPlaced").map(({ args }) => args.bidder),
  ];

  const settled = during("TradeSettled");
  const clean = settled.filter(({ args, place }) => {
    const { sellerMeter, day } = one("TradeOpened", "id", args.id).args.terms;
    const own = all("MeterDayReported").filter((event) => event.args.meter === sellerMeter && event.args.day === day);
    const underRoot = all("RootReported").filter((event) =>
      readingsUnder(event as never).some((reading) => reading.meter === sellerMeter && reading.day === day),
    );
    const readings = [...underRoot, ...own];
    return readings.filter((event) => event.place < place).length === 1 && !find("TradeAdjusted", "id", args.id);
  });

  const claimed = settled.map(({ args }) => find("KwhClaimed", "id", args.id)?.args.energyWh ?? 0n);

  const paid: { trade: bigint; fen: bigint; at: number }[] = [];
  for (const { args, at } of during("TradeSettled")) {
    const { paymentDays } = one("TradeOpened", "id", args.id).args.terms;
    if (!args.invoiced && paymentDays === 0) paid.push({ trade: args.id, fen: args.energyFen, at });
  }
  const debt = (id: bigint) => one("DebtPosted", "id", id).args;
  const payments = events.filter(({ name }) => name === "DebtPaid" || name === "DebtSetOff");
  /** The trade whose energy a debt is the price of; 0 if it is for something else. */
  const energyOf = (id: bigint) => ([1, 2].includes(debt(id).code) ? BigInt(debt(id).source) : 0n);
  for (const { args, at, place } of payments.filter((event) => within(event.at))) {
    const claimed = find("DebtClaimed", "id", args.id);
    if (!claimed || claimed.place > place) paid.push({ trade: energyOf(args.id), fen: args.amountFen, at });
  }
  const claim = (id: bigint) => one("ReceivableIssued", "id", id);
  for (const { args, at } of during("Financed")) {
    const issued = claim(args.receivable).args;
    const { requester } = one("FinancingRequested", "id", args.request).args;
    if (requester === issued.creditor) paid.push({ trade: energyOf(issued.debt), fen: args.paidFen, at });
  }
  for (const { args, at } of during("ReceivableCollected")) {
    const issued = claim(args.id).args;
    if (args.participant === issued.creditor) paid.push({ trade: energyOf(issued.debt), fen: args.amountFen, at });
  }
  const forTrades = paid.filter(({ trade, fen }) => trade !== 0n && fen > 0n);
  const waited = forTrades.map(({ trade, fen, at }) => {
    const { day } = one("TradeOpened", "id", trade).args.terms;
    return fen * BigInt(at - ((day + 1) * 86_400 - 28_800));
  });

  const requests = during("FinancingRequested");
  const financed = requests.filter(({ args }) => find("Financed", "request", args.id));
  const waits = during("Financed").map(({ args, at }) => {
    return BigInt(at - one("FinancingRequested", "id", args.request).at);
  });
  const bids = during("BidPlaced");
  const lent = bids.map(({ args }) => find("Financed", "id", args.id)?.args.paidFen ?? 0n);

  /** The due day, or the next business day by the calendar when the debt was posted. */
  const lastDay = (id: bigint): number => {
    const { args, place } = one("DebtPosted", "id", id);
    const announced = all("CalendarAnnounced").filter((event) => event.place < place);
    const isOff = (day: number) => {
      const said = announced.findLast((event) => [...event.args.daysOff, ...event.args.workdays].includes(day));
      const weekday = new Date(day * 86_400_000).getUTCDay();
      return said ? !said.args.workdays.includes(day) : weekday === 0 || weekday === 6;
    };
    let day = args.dueDay;
    while (isOff(day)) day++;
    return day;
  };
  const isOfPeriod = (id: bigint) => first <= lastDay(id) && lastDay(id) <= last;
  const reduced = (id: bigint) =>
    sum(
      all("DebtReduced")
        .filter(({ args }) => args.id === id)
        .map(({ args }) => args.amountFen),
    );
  const due = all("DebtPosted").filter(({ args: { id } }) => isOfPeriod(id) && lastDay(id) < shanghaiDay(now));
  const owed = sum(due.map(({ args }) => args.amountFen - reduced(args.id)));
  const inTime = due.flatMap(({ args }) =>
    payments
      .filter((event) => event.args.id === args.id && shanghaiDay(event.at) <= lastDay(args.id))
      .map((event) => event.args.amountFen as bigint),
  );

  // What is in default was due before. What was taken back since was never owed.
  const defaults = all("DebtDefaulted").filter(({ args }) => isOfPeriod(args.id));
  const unpaid = defaults.map(({ args, place }) => {
    const later = all("DebtReduced").filter((event) => event.args.id === args.id && event.place > place);
    return args.unpaidFen - sum(later.map((event) => event.args.amountFen));
  });
  const recovered = defaults.flatMap(({ args, place }) =>
    payments
      .filter((event) => event.args.id === args.id && event.place > place)
      .map((event) => event.args.amountFen as bigint),
  );

  return {
    registeredParticipants: [BigInt(new Set(approved.map(({ args }) => args.id)).size), null],
    activeParticipants: [BigInt(new Set([...traders, ...financiers]).size), null],
    tradesPerParticipant: [count(traders), BigInt(new Set(traders).size)],
    settledWithoutCorrection: [count(clean), count(settled)],
    claimedKwh: [sum(claimed), sum(settled.map(({ args }) => args.deliveredWh))],
    deliveryToMoney: [sum(waited), sum(forTrades.map(({ fen }) => fen))],
    financingSuccess: [count(financed), count(requests)],
    requestToMoney: [sum(waits), count(waits)],
    useOfFunds: [sum(lent), sum(bids.map(({ args }) => args.bid.heldFen))],
    overdueShare: [owed - sum(inTime), owed],
    recoveredShare: [sum(recovered), sum(unpaid)],
  };
}

/** The same as the indexer serves it. */
export async function kpisServed(indexerUrl: string, from: string, to: string): Promise<Figures> {
  const response = await fetch(`${indexerUrl}/kpi.json?from=${from}&to=${to}`);
  const { kpis } = (await response.json()) as { kpis: { id: string; numerator: string; denominator: string | null }[] };
  return Object.fromEntries(
    kpis.map(({ id, numerator, denominator }) => [
      id,
      [BigInt(numerator), denominator === null ? null : BigInt(denominator)],
    ]),
  );
}
