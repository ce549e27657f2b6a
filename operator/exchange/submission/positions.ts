import { type Hex, zeroHash } from "viem";
import { getBlockNumber, readContract } from "viem/actions";
import { LogError } from "../../../sdk/chain/logs.ts";
import {
  addCurves,
  bookHash,
  chainTrades,
  contractOf,
  type Day,
  decodeStretch,
  formatDay,
  type Platform,
  type PlatformEvent,
  readEvents,
  type Sold,
  termsCommitment,
  ZERO_CURVE,
} from "../../../sdk/index.ts";
import { openingBlocks } from "../../../sdk/market/opened.ts";

/** What the chain has opened of a day. */
export interface Opened {
  /** What meters have sold. */
  sold: ReadonlyMap<bigint, Sold>;
  /** Trades of rounds, by `legKey`. */
  trades: ReadonlyMap<string, number>;
}

/** As above, up to a block. */
interface Known {
  upTo: bigint;
  sold: Map<bigint, Sold>;
  trades: Map<string, number>;
}

/** A round trades between a sale and a purchase once. */
export const legKey = ({ round, sellOrder, buyOrder }: { round: number | bigint; sellOrder: Hex; buyOrder: Hex }) =>
  `${round} ${sellOrder} ${buyOrder}`;

/** More days than can be traded at a time: the oldest is forgotten. */
const MOST_DAYS = 64;

/** What was opened of a day, read from the chain's logs and kept up to date with what came since. */
export class Positions {
  readonly #platform: Platform;
  readonly #days = new Map<Day, Known>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * What was opened of a day, once `meters` have sold what their books on chain say. Logs that a node kept back are read
   * again: what follows from half of them the chain would leave out, time after time.
   */
  async proved(day: Day, meters: Iterable<bigint>): Promise<Opened> {
    const selling = new Set(meters);
    const known = await this.of(day);
    if ((await this.#unproved(day, selling, known)) === undefined) return known;
    this.#days.delete(day);
    const again = await this.of(day);
    const meter = await this.#unproved(day, selling, again);
    if (meter === undefined) return again;
    throw new LogError({
      en: `What meter ${meter} sold on ${formatDay(day)} by the logs of the node is not what its book on chain says: logs are missing; ask another node.`,
      zh: `按节点日志，计量点 ${meter} 在 ${formatDay(day)} 的售电与链上记录不符：缺少日志；请改用其他节点。`,
    });
  }

  /** What was opened of a day, by the logs alone. */
  async of(day: Day): Promise<Known> {
    const to = await getBlockNumber(this.#platform.client, { cacheTime: 0 });
    const known: Known = this.#days.get(day) ?? {
      upTo: (await openingBlocks(this.#platform, day)).from - 1n,
      sold: new Map(),
      trades: new Map(),
    };
    if (known.upTo < to) {
      const range = { from: known.upTo + 1n, to };
      for (const { args } of await readEvents(this.#platform, "TradeEscrow", ["TradeOpened"], {}, range)) {
        if (args.terms.day !== day) continue;
        known.trades.set(legKey(args), Number(args.id));
        const { sellerMeter } = args.terms;
        known.sold.set(sellerMeter, soldAfter(known.sold.get(sellerMeter), args));
      }
      known.upTo = to;
    }
    this.#days.set(day, known);
    if (this.#days.size > MOST_DAYS) this.#days.delete(Math.min(...this.#days.keys()));
    return known;
  }

  /** The first of some meters whose book is not of what is known; undefined if all are. */
  async #unproved(day: Day, meters: ReadonlySet<bigint>, { sold, upTo }: Known): Promise<bigint | undefined> {
    const escrow = contractOf(this.#platform, "TradeEscrow");
    const selling = [...meters];
    const books = await Promise.all(
      selling.map((meter) =>
        readContract(this.#platform.client, {
          ...{ ...escrow, functionName: "bookOf", args: [meter, day], blockNumber: upTo },
        }),
      ),
    );
    return selling.find((meter, index) => books[index] !== bookHash(sold.get(meter)));
  }
}

type TradeOpened = PlatformEvent<"TradeEscrow", "TradeOpened">["args"];

function soldAfter(before: Sold | undefined, { id, terms, firstSlot, energy }: TradeOpened): Sold {
  return {
    position: addCurves(before?.position ?? ZERO_CURVE, decodeStretch(Number(firstSlot), energy)),
    trades: chainTrades(before?.trades ?? zeroHash, termsCommitment(id, terms)),
  };
}
