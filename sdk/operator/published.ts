import type { Hex } from "viem";
import type { PublishedOrder, PublishedRound } from "../clearing/recompute.ts";
import type { Order } from "../market/order.ts";
import { DujiangError } from "../types/errors.ts";
import { type Day, formatDay, parseDay } from "../types/time.ts";
import type { components } from "./api.ts";
import type { Operator } from "./client.ts";
import { allPages, listRoundOrders, listRounds } from "./lists.ts";

/** Thrown when there is no such auction at the operator. */
export class PublishedError extends DujiangError {}

/**
 * An auction with its whole book as the operator publishes it once the day's gate has closed; `recomputeRound` clears it again.
 * @throws OperatorError before the gate
 */
export async function readPublishedRound(
  operator: Operator,
  zone: number,
  day: Day,
  round: number,
): Promise<PublishedRound> {
  for await (const { rounds } of allPages((page) => listRounds(operator, zone, day, page))) {
    const found = rounds.find((each) => each.round === round);
    if (found?.clearing == null) continue;
    const { paymentDays, price, clearing } = found;
    const { blockHash, isPriced, rule, floor, cap, lotWh } = clearing;
    const orders: PublishedOrder[] = [];
    for await (const page of allPages((asked) => listRoundOrders(operator, zone, day, round, asked))) {
      orders.push(...page.orders.map(publishedOrder));
    }
    return {
      ...{ round, zone, day, paymentDays, price, blockHash: blockHash as Hex, isPriced, orders },
      terms: { rule, floor, cap, lotWh },
    };
  }
  throw new PublishedError({
    en: `There is no auction ${round} in zone ${zone} on ${formatDay(day)}: continuous matches have no book that is published.`,
    zh: `分区 ${zone} 在 ${formatDay(day)} 没有集中出清第 ${round} 轮：连续撮合没有可公布的订单簿。`,
  });
}

function publishedOrder({ owner, energy, order }: components["schemas"]["PublishedOrder"]): PublishedOrder {
  const { signature, date, meter, expiry, totalEnergyWh, totalAmountFen, maxFen, trader, ...rest } = order;
  const read: Order = {
    ...rest,
    ...{ trader: trader as Hex, meter: BigInt(meter), day: parseDay(date), expiry: BigInt(expiry) },
    ...{ totalEnergyWh: BigInt(totalEnergyWh), totalAmountFen: BigInt(totalAmountFen), maxFen: BigInt(maxFen) },
  };
  return { order: read, signature: signature as Hex | undefined, owner, energy };
}
