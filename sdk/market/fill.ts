import { encodePacked, type Hex, keccak256, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { contractOf, marketOf, type Platform } from "../chain/client.ts";
import { LogError } from "../chain/logs.ts";
import { addCurves, encodeCurve, sumCurve, ZERO_CURVE } from "../types/curve.ts";
import { openingBlocks, readOrderTrades } from "./opened.ts";
import type { Fill, Order } from "./order.ts";
import { orderDigest } from "./typedData.ts";

/** How far an order is filled. A complete one fills no more. */
export interface OrderFill extends Fill {
  complete: boolean;
}

/** How far an order is filled so far, added up over its trades: what a round asks for. Undefined if nothing was. */
export async function readFill(platform: Platform, order: Order): Promise<OrderFill | undefined> {
  const digest = orderDigest(order, marketOf(platform));
  const escrow = contractOf(platform, "TradeEscrow");
  const trades = await readOrderTrades(platform, order.side, digest, await openingBlocks(platform, order.day));
  const known = await readContract(platform.client, { ...escrow, functionName: "fillHashOf", args: [digest] });
  const filled = trades.reduce((sum, { energy }) => addCurves(sum, energy), ZERO_CURVE);
  const usedFen = trades.reduce((sum, { terms }) => {
    return sum + (order.side === "sell" ? terms.bondFen : terms.energyFen + terms.networkFen);
  }, 0n);
  const complete = sumCurve(filled) === order.totalEnergyWh;
  // The escrow keeps nothing of an order that is not filled yet, or filled completely.
  if (known !== (trades.length === 0 || complete ? zeroHash : fillHash({ filled, usedFen }))) {
    throw new LogError(
      `The trades of order ${digest} do not add up to what the chain says it was filled to: the node is missing logs, or the order was filled meanwhile; read again.`,
    );
  }
  return trades.length === 0 ? undefined : { filled, usedFen, complete };
}

/** What the escrow keeps of a fill. */
export function fillHash({ filled, usedFen }: Fill): Hex {
  return keccak256(encodePacked(["bytes", "uint256"], [encodeCurve(filled), usedFen]));
}
