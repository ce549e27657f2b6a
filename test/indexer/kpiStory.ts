import { zeroAddress, zeroHash } from "viem";
import { tradeSource } from "../../sdk/debts/source.ts";
import { type ChainEvent, type EventChain, event } from "./eventChain.ts";
import * as market from "./market.ts";

const { accountOf, digestOf, level } = market;

/** 2026-12-03, and the second at which it begins in Shanghai. */
const DAY = 20_790;
const at = (day: number, hour: number) => (DAY + day) * 86_400 - 28_800 + hour * 3600;

const [PLANT, FACTORY, BANK] = [11, 12, 13];
const [FIRST, SECOND, LOAD] = [11n, 12n, 13n];
const PRICE = level(40_000, 0, 4);
const OWED = { debtor: FACTORY, creditor: PLANT };
const DEAL = { seller: PLANT, buyer: FACTORY, sellerMeter: FIRST, buyerMeter: LOAD, day: DAY + 1 };

/** Three weeks in which everything happens that the KPIs tell apart; what happens on each day, and when. */
const STORY: [day: number, hour: number, events: ChainEvent[]][] = [
  [
    ...([0, 10] as const),
    [
      ...market.enrol(PLANT, "generator"),
      ...market.enrol(FACTORY, "consumer"),
      ...market.enrol(BANK, "bank"),
      market.registerMeter(FIRST, PLANT, "generation"),
      market.registerMeter(SECOND, PLANT, "generation"),
      market.registerMeter(LOAD, FACTORY, "consumption"),
      market.openTrade(101n, DEAL, [level(1000, 0, 4), PRICE]),
      market.openTrade(102n, DEAL, [level(500, 0, 4), PRICE], { paymentDays: 9 }),
      market.openTrade(103n, { ...DEAL, day: DAY + 2 }, [level(1000, 0, 1), PRICE]),
      market.openTrade(104n, { ...DEAL, sellerMeter: SECOND }, [level(1000, 0, 2), PRICE]),
    ],
  ],
  // The day of delivery passes without an event. The first meter's reading is corrected before it is final.
  [2, 9, [market.report(FIRST, DAY + 1, level(1200, 0, 4)), market.report(SECOND, DAY + 1, level(1000, 0, 2))]],
  [
    ...([2, 15] as const),
    [
      market.report(FIRST, DAY + 1, level(1500, 0, 4), 2),
      market.finalise(FIRST, DAY + 1),
      market.finalise(SECOND, DAY + 1),
      ...market.settle(101n, [101n, 4000n, 160n], [102n, 2000n, 80n], [104n, 2000n, 80n]),
      market.owe(101n, { ...OWED, dueDay: DAY + 8, amountFen: 80n, source: tradeSource(102n) }),
    ],
  ],
  // Of three trades one is claimed soon, and another one much later.
  [3, 9, market.claimKwh(101n, DEAL, 4000n)],
  // Late settlement: the day lapses, the reading comes afterwards, the buyer pays an invoice.
  [
    ...([5, 8] as const),
    [
      event("MeterRegistry", "MeterDayLapsed", { meter: FIRST, day: DAY + 2 }),
      event("TradeEscrow", "TradeLapsed", { id: 103n }),
      market.report(FIRST, DAY + 2, level(1000, 0, 1)),
      market.finalise(FIRST, DAY + 2, true),
      ...market.settle(102n, [103n, 1000n, 40n, 0n, true]),
      market.owe(103n, { ...OWED, dueDay: DAY + 5, amountFen: 40n, source: tradeSource(103n) }, "LateInvoice"),
      ...market.issueReceivable(11n, 101n, { ...OWED, issueDay: DAY + 5, dueDay: DAY + 8, faceFen: 80n }),
      market.owe(
        102n,
        { ...OWED, creditor: BANK, dueDay: DAY + 10, amountFen: 500n, source: digestOf("invoice") },
        "ConfirmedClaim",
      ),
      ...market.issueReceivable(12n, 102n, {
        ...{ debtor: FACTORY, creditor: BANK, issueDay: DAY + 5, dueDay: DAY + 11, faceFen: 500n },
      }),
      minted(11n, PLANT, 80n),
      minted(12n, BANK, 500n),
      requested(11n, 60n),
      requested(12n, 20n),
      event("FinancingDesk", "RequestCancelled", { id: 12n }),
    ],
  ],
  [5, 16, [placed(11n, 58n), placed(12n, 57n)]],
  [
    ...([6, 11] as const),
    [
      event("FinancingDesk", "Financed", {
        ...{ id: 11n, request: 11n, receivable: 11n, units: 60n, paidFen: 57n, daysToDue: 4n },
      }),
      event("FinancingDesk", "BidReleased", { id: 12n, releasedFen: 57n }),
      market.payDebt(103n, 40n, 1n),
      market.discharge(103n),
    ],
  ],
  // One debt is paid in part by its due day, defaults, and is paid in part before and after it is written off; another is
  // due on a Sunday and paid in the last hour of the Monday after it.
  [8, 22, [market.payDebt(101n, 50n), collected(11n, PLANT, 12n)]],
  [10, 12, market.claimKwh(104n, { ...DEAL, sellerMeter: SECOND }, 2000n)],
  [11, 23, [market.payDebt(102n, 500n), market.discharge(102n), collected(12n, BANK, 500n)]],
  [17, 9, [event("DebtLedger", "DebtDefaulted", { id: 101n, debtor: FACTORY, unpaidFen: 30n })]],
  [
    ...([18, 10] as const),
    [
      event("DebtLedger", "RecoveryStarted", { id: 101n, claimant: BANK, evidenceHash: digestOf("suit") }),
      market.payDebt(101n, 12n),
    ],
  ],
  // The reading of the second meter is corrected after settlement, twice; that of the first, which had been corrected before.
  [18, 12, [adjusted(104n, 2), adjusted(104n, 3), adjusted(101n, 3)]],
  [
    ...([19, 9] as const),
    [
      event("DebtLedger", "DebtWrittenOff", {
        ...{ id: 101n, debtor: FACTORY, unpaidFen: 18n, evidenceHash: digestOf("bankruptcy closed") },
      }),
    ],
  ],
  // Two fen of it turn out never to have been owed.
  [20, 9, [market.payDebt(101n, 8n), event("DebtLedger", "DebtReduced", { id: 101n, amountFen: 2n })]],
];

/** The periods over which the story is computed: all of it, single days, one without an event, one cut in the middle. */
export const PERIODS = [
  ["2026-12-03", "2026-12-23"],
  ["2026-12-04", "2026-12-04"],
  ["2026-12-05", "2026-12-05"],
  ["2026-12-08", "2026-12-08"],
  ["2026-12-09", "2026-12-13"],
  ["2026-12-11", "2026-12-11"],
  ["2026-12-14", "2026-12-14"],
] as const;

export async function emitKpiStory(chain: EventChain): Promise<void> {
  for (const [day, hour, events] of STORY) {
    await chain.chain.moveTo(at(day, hour));
    await chain.emit(events);
  }
}

function minted(id: bigint, participant: number, value: bigint): ChainEvent {
  const to = accountOf(participant);
  return event("Receivables", "TransferSingle", { operator: to, from: zeroAddress, to, id, value });
}

function requested(id: bigint, units: bigint): ChainEvent {
  const request = { requester: PLANT, status: 1, lastDay: DAY + 9, maxRateBp: 10_000, units, receivable: 11n };
  return event("FinancingDesk", "FinancingRequested", { id, receivable: 11n, requester: PLANT, request });
}

function placed(id: bigint, heldFen: bigint): ChainEvent {
  const bid = { request: 11n, bidder: BANK, status: 1, recourse: false, rateBp: 385, lastDay: DAY + 9, paidFen: 0n };
  return event("FinancingDesk", "BidPlaced", {
    ...{ id, request: 11n, bidder: BANK, bid: { ...bid, heldFen, subject: zeroHash }, toAffiliate: false },
  });
}

function adjusted(id: bigint, version: number): ChainEvent {
  const outcome = { deliveredWh: 1900n, energyFen: 76n, networkFen: 0n, deviationFen: 0n, invoiced: false };
  return event("AdjustmentDesk", "TradeAdjusted", { id, version, differenceWh: -100n, outcome });
}

function collected(id: bigint, participant: number, amountFen: bigint): ChainEvent {
  return event("Receivables", "ReceivableCollected", { id, holder: accountOf(participant), participant, amountFen });
}
