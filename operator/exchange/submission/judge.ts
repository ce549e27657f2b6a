import type { Hex } from "viem";
import { LogError, readFill, type SkipReason, startOfDay } from "../../../sdk/index.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { checkOrder } from "../admission/admit.ts";
import type { ChainView } from "../chainView.ts";
import { signedOrderOf } from "../orders/store.ts";
import type { LegRow, OrderRow } from "../tables.ts";
import type { Fill, Outcome } from "./outcome.ts";

/** What a skipped leg comes to. */
export interface Skip {
  leg: LegRow;
  /** Whether it waits again. */
  again: boolean;
  reason: string;
  /** Its orders as the chain has them now, where that is news. */
  fresh: Fill[];
}

/** A leg whose fill or position moved is rebuilt this often. */
export const MOST_ATTEMPTS = 5;
const MOVED: readonly SkipReason[] = ["StaleFill", "StalePosition"];

/** A skipped leg waits again where only our knowledge was old, with what the chain says now. */
export async function judge(
  { leg, reason }: Outcome["skipped"][number],
  rows: ReadonlyMap<Hex, OrderRow>,
  view: ChainView,
): Promise<Skip> {
  const mayTry = leg.attempts + 1 < MOST_ATTEMPTS;
  if (reason === "StalePosition" && mayTry) return { leg, again: true, reason, fresh: [] };
  const own = [leg.sellOrder, leg.buyOrder].flatMap((hash) => rows.get(hash) ?? []);
  const fresh = (await Promise.all(own.map((row) => newsOf(row, view)))).filter((fill) => fill !== undefined);
  const isStale = fresh.some(({ hash, isComplete }) => !isComplete && rows.get(hash)?.state === "open");
  if (MOVED.includes(reason) || (reason === "BuyOrderSkipped" && isStale)) {
    return { leg, again: mayTry && isStale, reason, fresh };
  }
  if (reason !== "BuyOrderSkipped") return { leg, again: false, reason, fresh: [] };
  // The chain does not say what is wrong with a purchase: what would it refuse it for now?
  const buy = rows.get(leg.buyOrder);
  const cause = buy === undefined ? undefined : await wouldRefuse(buy, view);
  return { leg, again: false, reason: cause === undefined ? reason : `${reason}: ${cause}`, fresh: [] };
}

/** How far the chain has an order filled, where that is news; undefined where it is not, or is forgotten with its day. */
async function newsOf(row: OrderRow, view: ChainView): Promise<Fill | undefined> {
  const fill = await freshFill(row, view).catch(async (error: unknown) => {
    // Until then logs that are missing are a node's that lags, and it is asked again.
    if (error instanceof LogError && (await view.now()) >= startOfDay(row.day)) return undefined;
    throw error;
  });
  const isNews = fill !== undefined && (fill.usedFen !== row.usedFen || (fill.isComplete && row.state !== "filled"));
  return isNews ? fill : undefined;
}

/** How far the chain has an order filled. */
export async function freshFill(row: OrderRow, { platform }: ChainView): Promise<Fill> {
  const fill = await readFill(platform, signedOrderOf(row).order);
  const { filled, usedFen, complete } = fill ?? { filled: null, usedFen: 0n, complete: false };
  return { hash: row.hash, filled, usedFen, isComplete: complete };
}

/** What the door would refuse an order for now. */
async function wouldRefuse(row: OrderRow, view: ChainView): Promise<string | undefined> {
  try {
    await checkOrder(signedOrderOf(row).order, view);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
