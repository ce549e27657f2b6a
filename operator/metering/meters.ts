import type { Hex } from "viem";
import { getBlockNumber } from "viem/actions";
import { assetHash, type Platform, readEvents } from "../../sdk/index.ts";

/** What the chain says of a meter for good. */
export interface RegisteredMeter {
  id: bigint;
  capacityW: number;
}

/** Finds meters by the asset numbers that the metering system knows; the chain has their hashes in its events. */
export class MeterIndex {
  readonly #platform: Platform;
  readonly #byAsset = new Map<Hex, RegisteredMeter>();
  #next: bigint;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#next = platform.startBlock;
  }

  /** Meters by asset number; those that the chain does not know are missing. */
  async find(assets: Iterable<string>): Promise<Map<string, RegisteredMeter>> {
    const hashes = [...new Set(assets)].map((asset) => ({ asset, hash: assetHash(asset) }));
    if (hashes.some(({ hash }) => !this.#byAsset.has(hash))) await this.#readOn();
    return new Map(
      hashes.flatMap(({ asset, hash }) => {
        const meter = this.#byAsset.get(hash);
        return meter === undefined ? [] : [[asset, meter] as const];
      }),
    );
  }

  /** What was registered since it was last read. */
  async #readOn(): Promise<void> {
    const head = await getBlockNumber(this.#platform.client, { cacheTime: 0 });
    if (head < this.#next) return;
    const range = { from: this.#next, to: head };
    for (const { args } of await readEvents(this.#platform, "MeterRegistry", ["MeterRegistered"], {}, range)) {
      this.#byAsset.set(args.assetHash, { id: args.meter, capacityW: args.properties.capacityW });
    }
    this.#next = head + 1n;
  }
}
