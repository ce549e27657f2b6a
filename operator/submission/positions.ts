import { getBlockNumber } from "viem/actions";
import { addCurves, type Curve, type Day, decodeStretch, type Platform, readEvents } from "../../sdk/index.ts";
import { openingBlocks } from "../../sdk/opened.ts";

/** What meters have sold of a day, added up from the chain's logs and kept up to date with what came since. */
export class Positions {
  readonly #platform: Platform;
  readonly #days = new Map<Day, { upTo: bigint; sold: Map<bigint, Curve> }>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async of(day: Day): Promise<ReadonlyMap<bigint, Curve>> {
    const to = await getBlockNumber(this.#platform.client, { cacheTime: 0 });
    const known = this.#days.get(day) ?? {
      upTo: (await openingBlocks(this.#platform, day)).from - 1n,
      sold: new Map<bigint, Curve>(),
    };
    if (known.upTo < to) {
      const range = { from: known.upTo + 1n, to };
      for (const { args } of await readEvents(this.#platform, "TradeEscrow", ["TradeOpened"], {}, range)) {
        if (args.terms.day !== day) continue;
        const [meter, energy] = [args.terms.sellerMeter, decodeStretch(Number(args.firstSlot), args.energy)];
        const before = known.sold.get(meter);
        known.sold.set(meter, before === undefined ? energy : addCurves(before, energy));
      }
      known.upTo = to;
    }
    this.#days.set(day, known);
    return known.sold;
  }
}
