import type { Address } from "viem";
import { readContract } from "viem/actions";
import { LogError } from "../../sdk/chain/logs.ts";
import { BID_STATUSES } from "../../sdk/finance/enums.ts";
import {
  buildAdjust,
  buildClaimKwh,
  buildLapse,
  buildSettle,
  buildSurplus,
  contractOf,
  type Day,
  formatDay,
  formatYuan,
  isDayFinal,
  isDayOpen,
  type PlacedTrade,
  type Platform,
  readDebt,
  readEvents,
  readOutcomes,
  readUnclaimed,
  startOfDay,
} from "../../sdk/index.ts";
import { TRADE_STATUSES, type TradeStatus } from "../../sdk/market/enums.ts";
import { DAY_STATES } from "../../sdk/types/enums.ts";
import { nameOf } from "../../sdk/types/words.ts";
import { parseMeterDay, readRecord } from "../chain/meterDay.ts";
import type { Recent } from "../common/recent.ts";
import { LAPSE } from "../tasks/lapse.ts";
import type { Call, Desk, Finding, Work } from "../tasks/work.ts";
import type { Kind } from "./kinds.ts";

/** What a trade takes to settle that falls short, one whose kWh are its buyer's first of the meter day to claim, and a call. */
const TRADE_GAS = 160_000;
const CLAIM_GAS = 120_000;
const BASE_GAS = 400_000;
/** Trades whose status is asked for at once. */
const ASKED_TOGETHER = 100;
/** Trades adjusted in one transaction: each may leave three debts. */
const MOST_ADJUSTED = 30;
/** An arbiter may unfreeze a trade earlier than announced: it is looked at again after this long. */
const ARBITER_SECONDS = 3_600;
/** Index of the direction in IMeterRegistry. */
const GENERATION = 1;

/** Trades that can still be settled, and those of them whose money is still held. */
const UNSETTLED: readonly TradeStatus[] = ["Open", "Lapsed"];
const HOLDING: readonly TradeStatus[] = ["Open"];

/** Where the keeper looks at its tasks. */
export interface KeeperDesk extends Desk {
  /** What the network gives to one transaction. */
  transactionGas: number;
  /** Trades of a day by the meter that sold. None is opened any more when a task of the day is due. */
  tradesOf(day: Day): Promise<Map<bigint, PlacedTrade[]>>;
  /** Trades that have ended, which stay as they are: what is due is asked about, and what was done before is not. */
  ended: Recent<bigint, TradeStatus>;
  /** The version of its correction that each trade was last seen adjusted to. */
  adjusted: Recent<bigint, number>;
}

/** How each kind of task is done. */
export const WORK: Record<Kind, Work<KeeperDesk>> = {
  finalise: {
    most: 100,
    async look({ platform }, subject, now) {
      const { state, finalisableAt, root } = await readRecord(platform, parseMeterDay(subject));
      if (root !== undefined) return { done: `The day ends with root ${root}.` };
      if (!isDayOpen(state)) return { done: `The day is ${state}.` };
      return finalisableAt > now ? { dueAt: Number(finalisableAt) } : { now: true };
    },
    call: async (_, subjects) => ({
      contract: "MeterRegistry",
      functionName: "finalise",
      args: [subjects.map(parseMeterDay)],
    }),
  },
  finaliseRoot: {
    most: 20,
    async look({ platform }, subject, now) {
      const registry = contractOf(platform, "MeterRegistry");
      const args = [BigInt(subject)] as const;
      const { state, finalisableAt } = await readContract(platform.client, {
        ...{ ...registry, functionName: "rootOf", args },
      });
      if (isDayFinal(nameOf(DAY_STATES, state))) return { done: "The root is final." };
      return finalisableAt > now ? { dueAt: finalisableAt } : { now: true };
    },
    call: async (_, subjects) => ({
      contract: "MeterRegistry",
      functionName: "finaliseRoots",
      args: [subjects.map(BigInt)],
    }),
  },
  lapse: LAPSE,
  settle: endingTrades(UNSETTLED, "Every trade of the day has ended.", "settle", buildSettle),
  release: endingTrades(HOLDING, "No trade of the day holds anything.", "lapse", buildLapse),
  claimKwh: {
    most: 20,
    async look({ platform }, subject) {
      return (await readUnclaimed(platform, await deliveredBy(platform, subject))).length === 0
        ? { done: "Everything that was delivered is claimed." }
        : { now: true };
    },
    async call({ platform, transactionGas }, subjects) {
      const delivered = await Promise.all(subjects.map((subject) => deliveredBy(platform, subject)));
      const most = Math.max(1, Math.floor((transactionGas - BASE_GAS) / CLAIM_GAS));
      const args = await buildClaimKwh(platform, delivered.flat(), most);
      return { contract: "TradeEscrow", functionName: "claimKwh", args };
    },
  },
  // Of nothing, too: only then is a sold day done, and its word on chain serves another one.
  mintSurplus: {
    most: 1,
    async look({ platform }, subject) {
      const { meter, day } = parseMeterDay(subject);
      const { client } = platform;
      const registry = contractOf(platform, "MeterRegistry");
      const { direction } = await readContract(client, { ...registry, functionName: "meterOf", args: [meter] });
      if (direction !== GENERATION) return { done: "The meter generates nothing." };
      const escrow = contractOf(platform, "TradeEscrow");
      const minted = await readContract(client, { ...escrow, functionName: "isSurplusMinted", args: [meter, day] });
      return minted ? { done: "The surplus is minted." } : { now: true };
    },
    async call({ platform }, [subject = ""]) {
      const { meter, day } = parseMeterDay(subject);
      const args = await buildSurplus(platform, meter, day);
      return { contract: "TradeEscrow", functionName: "mintSurplus", args };
    },
  },
  adjust: {
    most: 1,
    async look(desk, subject, now) {
      const { version, adjustableAt } = await readCorrection(desk.platform, subject);
      if (version === 0) return { done: "The day has no correction." };
      if (adjustableAt > now) return { dueAt: adjustableAt };
      for await (const _ of tradesIn(desk, subject, UNSETTLED)) return { waitsFor: "settle" };
      const left = await tradesToAdjust(desk, subject, version);
      return left.length === 0 ? { done: "Every settled trade of the day is adjusted." } : { now: true };
    },
    async call(desk, [subject = ""]) {
      const { version } = await readCorrection(desk.platform, subject);
      const ids = (await tradesToAdjust(desk, subject, version)).slice(0, MOST_ADJUSTED);
      return { contract: "AdjustmentDesk", functionName: "adjust", args: await buildAdjust(desk.platform, ids) };
    },
  },
  collect: {
    most: 1,
    async look({ platform }, subject, now) {
      const claim = await readClaim(platform, subject);
      if (claim.heldFen === 0n) return { done: "Nothing is held for holders." };
      // What is paid in part before the due day waits for it.
      const dueAt = startOfDay(claim.dueDay);
      if (dueAt > now && claim.status !== "Discharged") return { dueAt };
      const waiting = await holdersToPay(platform, BigInt(subject));
      return waiting.length === 0 ? { done: "Every holder has what was paid." } : { now: true };
    },
    async call({ platform }, [subject = ""]) {
      const id = BigInt(subject);
      return { contract: "Receivables", functionName: "collect", args: [id, await holdersToPay(platform, id)] };
    },
  },
  markOverdue: {
    most: 1,
    async look({ platform }, subject, now) {
      const { status, unpaidFen } = await readDebt(platform, BigInt(subject));
      if (status !== "Outstanding") return { done: status === "Discharged" ? "Discharged in time." : "In default." };
      const ledger = contractOf(platform, "DebtLedger");
      const last = await readContract(platform.client, {
        ...ledger,
        functionName: "lastPaymentDay",
        args: [BigInt(subject)],
      });
      const overdueAt = startOfDay(last + 1);
      if (overdueAt > now) return { dueAt: overdueAt };
      // Being overdue follows from the day; no call to the chain reports it.
      return { done: `Overdue since ${formatDay(last + 1)}: ${formatYuan(unpaidFen)} unpaid.` };
    },
    call: () => Promise.reject(new Error("Being overdue is no call.")),
  },
  declareDefault: {
    most: 1,
    async look({ platform }, subject, now) {
      const { status, defaultsAt } = await readDebt(platform, BigInt(subject));
      if (status !== "Outstanding") return { done: status === "Discharged" ? "Discharged." : "In default." };
      return defaultsAt > now ? { dueAt: defaultsAt } : { now: true };
    },
    call: async (_, [subject = ""]) => ({
      contract: "DebtLedger",
      functionName: "declareDefault",
      args: [BigInt(subject)],
    }),
  },
  releaseBid: {
    most: 1,
    async look({ platform }, subject, now) {
      const desk = contractOf(platform, "FinancingDesk");
      const bid = await readContract(platform.client, { ...desk, functionName: "bid", args: [BigInt(subject)] });
      if (nameOf(BID_STATUSES, bid.status) !== "Funded") return { done: "The bid holds nothing." };
      const binds = await readContract(platform.client, {
        ...desk,
        functionName: "isBinding",
        args: [BigInt(subject)],
      });
      return binds ? { dueAt: Math.max(now + 1, startOfDay(bid.lastDay + 1)) } : { now: true };
    },
    call: async (_, [subject = ""]) => ({
      contract: "FinancingDesk",
      functionName: "releaseBid",
      args: [BigInt(subject)],
    }),
  },
};

function readCorrection(platform: Platform, subject: string) {
  const { meter, day } = parseMeterDay(subject);
  const registry = contractOf(platform, "MeterRegistry");
  return readContract(platform.client, { ...registry, functionName: "correctionOf", args: [meter, day] });
}

/** Some settled trades of a meter day that are not adjusted to a version of its correction. */
async function tradesToAdjust(desk: KeeperDesk, subject: string, version: number): Promise<bigint[]> {
  for await (const settled of tradesIn(desk, subject, ["Settled"])) {
    const unseen = settled.filter((id) => desk.adjusted.get(id) !== version);
    const outcomes = await readOutcomes(desk.platform, unseen);
    for (const id of unseen) desk.adjusted.set(id, outcomes.get(id)?.version ?? 0);
    const left = unseen.filter((id) => desk.adjusted.get(id) !== version);
    if (left.length > 0) return left;
  }
  return [];
}

/** Trades of one settlement of which something was delivered. */
async function deliveredBy(platform: Platform, subject: string): Promise<bigint[]> {
  const settlement = BigInt(subject);
  const [kept] = await readEvents(platform, "TradeEscrow", ["OutcomesKept"], { settlement });
  if (kept === undefined)
    throw new LogError({
      en: `The node has no log of settlement ${subject}: ask another one.`,
      zh: `节点没有结算 ${subject} 的日志：请改用其他节点。`,
    });
  const range = { from: kept.blockNumber, to: kept.blockNumber };
  const settled = await readEvents(platform, "TradeEscrow", ["TradeSettled"], {}, range);
  return settled.flatMap(({ args }) => (args.settlement === settlement && args.deliveredWh > 0n ? [args.id] : []));
}

/** What holders of a receivable wait for. */
async function readClaim(platform: Platform, subject: string) {
  const { debt, dueDay } = await readContract(platform.client, {
    ...contractOf(platform, "Receivables"),
    functionName: "receivable",
    args: [BigInt(subject)],
  });
  const [{ status }, { heldFen }] = await Promise.all([
    readDebt(platform, debt),
    readContract(platform.client, { ...contractOf(platform, "DebtLedger"), functionName: "claimOf", args: [debt] }),
  ]);
  return { dueDay, status, heldFen };
}

/** The trades of a meter day in one of the statuses, in the order of opening, some at a time. */
async function* tradesIn(
  desk: KeeperDesk,
  subject: string,
  statuses: readonly TradeStatus[],
): AsyncGenerator<bigint[]> {
  const { platform, ended } = desk;
  const { meter, day } = parseMeterDay(subject);
  const trades = (await desk.tradesOf(day)).get(meter) ?? [];
  const escrow = contractOf(platform, "TradeEscrow");
  const statusOf = async (id: bigint) => {
    const known = ended.get(id);
    if (known !== undefined) return known;
    const found = await readContract(platform.client, { ...escrow, functionName: "statusOf", args: [id] });
    const status = nameOf(TRADE_STATUSES, found);
    if (!UNSETTLED.includes(status)) ended.set(id, status);
    return status;
  };
  const candidates = trades.filter(({ id }) => !ended.has(id) || statuses.includes(ended.get(id)!));
  for (let next = 0; next < candidates.length; next += ASKED_TOGETHER) {
    const some = candidates.slice(next, next + ASKED_TOGETHER).map(({ id }) => id);
    const found = await Promise.all(some.map(statusOf));
    const wanted = some.filter((_, index) => statuses.includes(found[index]!));
    if (wanted.length > 0) yield wanted;
  }
}

/** Whether trades of a meter day are left; those that an arbiter holds, which the chain would skip, must wait. */
async function lookForLeft(
  desk: KeeperDesk,
  subject: string,
  statuses: readonly TradeStatus[],
  now: number,
  done: string,
): Promise<Finding> {
  let freeAt = Number.POSITIVE_INFINITY;
  for await (const left of tradesIn(desk, subject, statuses)) {
    freeAt = Math.min(freeAt, ...(await readFrozenUntil(desk.platform, left)));
    if (freeAt <= now) return { now: true };
  }
  return freeAt === Number.POSITIVE_INFINITY ? { done } : { dueAt: Math.min(freeAt, now + ARBITER_SECONDS) };
}

/** Until when an arbiter holds each of some trades, Unix seconds; 0 if none does. */
function readFrozenUntil(platform: Platform, ids: readonly bigint[]): Promise<number[]> {
  const escrow = contractOf(platform, "TradeEscrow");
  return Promise.all(
    ids.map((id) => readContract(platform.client, { ...escrow, functionName: "frozenUntil", args: [id] })),
  );
}

/** Ends the trades of meter days that are in one of `statuses`, by a function of the escrow that asks for no role. */
function endingTrades(
  statuses: readonly TradeStatus[],
  done: string,
  functionName: string,
  build: (platform: Platform, ids: readonly bigint[]) => Promise<Call["args"]>,
): Work<KeeperDesk> {
  return {
    most: 20,
    look: (desk, subject, now) => lookForLeft(desk, subject, statuses, now, done),
    async call(desk, subjects, now) {
      const ids = await someTrades(desk, subjects, statuses, now);
      return { contract: "TradeEscrow", functionName, args: await build(desk.platform, ids) };
    },
  };
}

/**
 * The trades of meter days that can be finished now and go into one transaction: whole days, which closes them. Of one that
 * is too large the first ones that are left; the last call closes it, if it takes the finished ones too.
 */
async function someTrades(
  desk: KeeperDesk,
  subjects: readonly string[],
  statuses: readonly TradeStatus[],
  now: number,
): Promise<bigint[]> {
  const most = (desk.transactionGas - BASE_GAS) / TRADE_GAS;
  const days: bigint[][] = [];
  for (const subject of subjects) {
    if (days.flat().length >= most) break;
    const free: bigint[] = [];
    for await (const left of tradesIn(desk, subject, statuses)) {
      const until = await readFrozenUntil(desk.platform, left);
      free.push(...left.filter((_, index) => (until[index] ?? 0) <= now));
      if (free.length >= most) break;
    }
    days.push(free);
  }
  return together(days, most);
}

/** As many of some lists as go into one transaction, none but the first cut: the rest is found by the next look. */
function together(lists: readonly (readonly bigint[])[], most: number): bigint[] {
  const ids: bigint[] = [];
  for (const list of lists) {
    if (ids.length > 0 && ids.length + list.length > most) break;
    ids.push(...list);
  }
  return ids.slice(0, Math.max(1, Math.floor(most)));
}

/** Accounts that hold units of a receivable on which something was paid that they have not got. */
async function holdersToPay(platform: Platform, id: bigint): Promise<Address[]> {
  const names = ["TransferSingle", "TransferBatch"] as const;
  const moved = await readEvents(platform, "Receivables", names);
  const ofIt = moved.filter(({ args }) => ("id" in args ? args.id === id : args.ids.includes(id)));
  const receivables = contractOf(platform, "Receivables");
  const holders = [...new Set(ofIt.map(({ args }) => args.to))].filter((account) => BigInt(account) !== 0n);
  const amounts = await Promise.all(
    holders.map((holder) =>
      readContract(platform.client, { ...receivables, functionName: "collectable", args: [id, holder] }),
    ),
  );
  return holders.filter((_, index) => (amounts[index] ?? 0n) > 0n);
}
