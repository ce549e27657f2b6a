import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { isSignedByKey } from "../../operator/exchange/signature/isSignedByKey.ts";
import { orderHasher } from "../../operator/exchange/signature/orderHasher.ts";
import {
  bandTotals,
  buildOrder,
  curvesToBands,
  isSignedByKey as isSignedByKeyOfSdk,
  type Market,
  orderDigest,
  parseDay,
  type SignedOrder,
  signOrder,
} from "../../sdk/index.ts";
import { dayStream } from "../../test/operator/utils/stream/day.ts";
import type { Figure } from "./figure.ts";
import { exponentOf, fastest, secondsSince } from "./measure.ts";

const MARKET: Market = { chainId: 31337, escrow: "0x00000000000000000000000000000000000000E5" };
const CONDITIONS = { tariff: 22_880_000n, bondRateBp: 1_500, priceCap: 60_000 };
const SIZES = [125, 500, 2_000];
const OF_VIEM = 200;

/** Totals, digest and signature of an order, as they are checked once, at the door. */
export const verifyOrders: Figure = {
  name: "verifyOrdersPerSecond",
  measure: async () => {
    const orders = await signedStream(SIZES.at(-1)!);
    const digestOf = orderHasher(MARKET);
    const isGood = ({ order, signature }: SignedOrder) =>
      hasItsTotals(order) && signature !== undefined && isSignedByKey(digestOf(order), signature, order.trader);
    const growth = SIZES.map((size) => {
      const some = orders.slice(0, size);
      const seconds = fastest(5, () => {
        if (!some.every(isGood))
          throw new Error("An order of the stream was refused: every one is signed by its trader.");
      });
      return { size, seconds };
    });

    const begun = process.cpuUsage();
    for (const { order, signature } of orders.slice(0, OF_VIEM)) {
      if (signature === undefined || !hasItsTotals(order)) throw new Error("An order of the stream is not signed.");
      if (!(await isSignedByKeyOfSdk(orderDigest(order, MARKET), signature, order.trader))) {
        throw new Error("viem refused an order of the stream.");
      }
    }
    const viem = OF_VIEM / secondsSince(begun);
    const { size, seconds } = growth.at(-1)!;
    const value = size / seconds;
    return {
      value,
      bar: { atLeast: 5_000 },
      peers: { viem },
      beside: { timesViem: value / viem },
      growth,
      exponent: exponentOf(growth),
    };
  },
};

function hasItsTotals({ bands, totalEnergyWh, totalAmountFen }: SignedOrder["order"]): boolean {
  const totals = bandTotals(bands);
  return totals.totalEnergyWh === totalEnergyWh && totals.totalAmountFen === totalAmountFen;
}

function signedStream(size: number): Promise<SignedOrder[]> {
  const accounts = Array.from({ length: 20 }, () => privateKeyToAccount(generatePrivateKey()));
  return Promise.all(
    dayStream(1, size / 2, size / 2).map(({ side, energy, limit }, index) => {
      const account = accounts[index % accounts.length]!;
      const bands = curvesToBands(energy, limit);
      const input = { side, trader: account.address, meter: BigInt(index + 1), day: parseDay("2026-11-24"), bands };
      return signOrder(buildOrder(input, CONDITIONS), MARKET, account);
    }),
  );
}
