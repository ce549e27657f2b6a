import type { Hex } from "viem";
import { getBlockNumber } from "viem/actions";
import { addCurves, type Curve, type Day, decodeStretch, type Platform, readEvents } from "../../../sdk/index.ts";
import { openingBlocks } from "../../../sdk/market/opened.ts";

/** What the chain has opened of a day. */
export interface Opened {
  /** What meters have sold. */
  sold: ReadonlyMap<bigint, Curve>;
  /** Trades of rounds, by `legKey`. */
  trades: ReadonlyMap<string, number>;
}

/** A round trades between a sale and a purchase once. */
export const legKey = ({ round, sellOrder, buyOrder }: { round: number | bigint; sellOrder: Hex; buyOrder: Hex }) =>
  `${round} ${sellOrder} ${buyOrder}`;

/** More days than can be traded at a time: the oldest is forgotten. */
const MOST_DAYS = 64;

/** What was opened of a day, read from the chain's logs and kept up to date with what came since. */
export class Positions {
  readonly #platform: Platform;
  readonly #days = new Map<Day, { upTo: bigint; sold: Map<bigint, Curve>; trades: Map<string, number> }>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async of(day: Day): Promise<Opened> {
    const to = await getBlockNumber(this.#platform.client, { cacheTime: 0 });
    const known = this.#days.get(day) ?? {
      upTo: (await openingBlocks(this.#platform, day)).from - 1n,
      sold: new Map<bigint, Curve>(),
      trades: new Map<string, number>(),
    };
    if (known.upTo < to) {
      const range = { from: known.upTo + 1n, to };
      for (const { args } of await readEvents(this.#platform, "TradeEscrow", ["TradeOpened"], {}, range)) {
        if (args.terms.day !== day) continue;
        known.trades.set(legKey(args), Number(args.id));
        const [meter, energy] = [args.terms.sellerMeter, decodeStretch(Number(args.firstSlot), args.energy)];
        const before = known.sold.get(meter);
        known.sold.set(meter, before === undefined ? energy : addCurves(before, energy));
      }
      known.upTo = to;
    }
    this.#days.set(day, known);
    if (this.#days.size > MOST_DAYS) this.#days.delete(Math.min(...this.#days.keys()));
    return known;
  }
}
