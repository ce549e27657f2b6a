import { getBlockNumber } from "viem/actions";
import type { BlockRange } from "../../sdk/chain/logs.ts";
import { type Day, type Platform, readDaysEndedBy, readEvents, startOfDay } from "../../sdk/index.ts";
import { meterDaySubject, readLapsesAt } from "../chain/meterDay.ts";
import type { Database } from "../db/database.ts";
import type { Due as DueTask } from "../tasks/list.ts";
import type { Kind } from "./kinds.ts";
import { progress, writeDue } from "./progress.ts";

/** A task of the keeper's list. */
type Due = DueTask & { kind: Kind };

/** Blocks read before what they ask for is written down. */
const STRIDE = 5_000n;

/**
 * Reads the events since the last look, and writes down what they ask for.
 * @param claims whether kWh are claimed for the buyers
 */
export async function discover(db: Database, platform: Platform, claims: boolean): Promise<void> {
  const head = await getBlockNumber(platform.client, { cacheTime: 0 });
  let from = ((await progress(db)) ?? platform.startBlock - 1n) + 1n;
  while (from <= head) {
    const to = from + STRIDE - 1n < head ? from + STRIDE - 1n : head;
    const due = [
      ...(await fromMeters(platform, { from, to })),
      ...(await fromTrades(platform, { from, to })),
      ...(claims ? await fromSettlements(platform, { from, to }) : []),
      ...(await fromDebts(platform, { from, to })),
      ...(await fromBids(platform, { from, to })),
    ];
    await writeDue(db, due, to);
    from = to + 1n;
  }
}

async function fromMeters(platform: Platform, range: BlockRange): Promise<Due[]> {
  const names = [
    "MeterDayReported",
    "MeterDayRecorded",
    "MeterDayFinalised",
    "MeterDayLapsed",
    "MeterDayCorrected",
  ] as const;
  const ofDays = (await readEvents(platform, "MeterRegistry", names, {}, range)).flatMap((event): Due[] => {
    const subject = meterDaySubject(event.args);
    switch (event.eventName) {
      case "MeterDayReported":
        return [{ kind: "finalise", subject, dueAt: Number(event.args.finalisableAt) }];
      case "MeterDayRecorded":
        return [{ kind: "finalise", subject, dueAt: 0 }];
      case "MeterDayLapsed":
        return [{ kind: "release", subject, dueAt: 0 }];
      case "MeterDayCorrected":
        return [{ kind: "adjust", subject, dueAt: Number(event.args.adjustableAt) }];
      default:
        return onceFinal(subject);
    }
  });
  return [...ofDays, ...(await fromRoots(platform, range))];
}

/** The days of a root that have no words of their own become final together. */
async function fromRoots(platform: Platform, range: BlockRange): Promise<Due[]> {
  const events = await readEvents(platform, "MeterRegistry", ["RootReported", "RootFinalised"], {}, range);
  const due = await Promise.all(
    events.map(async (event): Promise<Due[]> => {
      if (event.eventName === "RootReported") {
        return [{ kind: "finaliseRoot", subject: String(event.args.root), dueAt: event.args.finalisableAt }];
      }
      return (await readDaysEndedBy(platform, event)).map(meterDaySubject).flatMap(onceFinal);
    }),
  );
  return due.flat();
}

const onceFinal = (subject: string): Due[] => [
  { kind: "settle", subject, dueAt: 0 },
  { kind: "mintSurplus", subject, dueAt: 0 },
];

/** A meter day that was sold lapses if nobody reports it. */
async function fromTrades(platform: Platform, range: BlockRange): Promise<Due[]> {
  const opened = await readEvents(platform, "TradeEscrow", ["TradeOpened"], {}, range);
  const sold = new Map(
    opened.map(({ args: { terms } }) => [meterDaySubject({ meter: terms.sellerMeter, day: terms.day }), terms.day]),
  );
  const lapsesAt = new Map<Day, number>();
  for (const day of new Set(sold.values())) lapsesAt.set(day, await readLapsesAt(platform, day));
  return [...sold].map(([subject, day]) => ({ kind: "lapse", subject, dueAt: lapsesAt.get(day) ?? 0 }));
}

/** What was settled by one call is claimed by one, if it delivered anything. */
async function fromSettlements(platform: Platform, range: BlockRange): Promise<Due[]> {
  const settled = await readEvents(platform, "TradeEscrow", ["TradeSettled"], {}, range);
  const numbers = settled.flatMap(({ args }) => (args.deliveredWh > 0n ? [args.settlement] : []));
  return [...new Set(numbers)].map((number) => ({ kind: "claimKwh", subject: String(number), dueAt: 0 }));
}

/** A debt is late after its due day; what is paid of a claimed one is handed on to the holders. */
async function fromDebts(platform: Platform, range: BlockRange): Promise<Due[]> {
  const events = await readEvents(platform, "DebtLedger", ["DebtPosted", "DebtPaid"], {}, range);
  const posted = events.flatMap(({ eventName, args }): Due[] => {
    if (eventName !== "DebtPosted") return [];
    const due = { subject: String(args.id), dueAt: startOfDay(args.dueDay + 1) };
    return [
      { kind: "markOverdue", ...due },
      { kind: "declareDefault", ...due },
    ];
  });
  const debt = [...new Set(events.flatMap(({ eventName, args }) => (eventName === "DebtPaid" ? [args.id] : [])))];
  const claimed = debt.length === 0 ? [] : await readEvents(platform, "Receivables", ["ReceivableIssued"], { debt });
  return [...posted, ...claimed.map(({ args }): Due => ({ kind: "collect", subject: String(args.id), dueAt: 0 }))];
}

/** Money of a bid is freed once its last day is over, or its request is closed. */
async function fromBids(platform: Platform, range: BlockRange): Promise<Due[]> {
  const names = ["BidPlaced", "Financed", "RequestCancelled"] as const;
  const due: Due[] = [];
  for (const event of await readEvents(platform, "FinancingDesk", names, {}, range)) {
    if (event.eventName === "BidPlaced") {
      due.push({ kind: "releaseBid", subject: String(event.args.id), dueAt: 0 });
      continue;
    }
    const request = event.eventName === "Financed" ? event.args.request : event.args.id;
    const others = await readEvents(
      platform,
      "FinancingDesk",
      ["BidPlaced"],
      { request },
      { from: platform.startBlock, to: range.to },
    );
    due.push(...others.map(({ args }): Due => ({ kind: "releaseBid", subject: String(args.id), dueAt: 0 })));
  }
  return due;
}
