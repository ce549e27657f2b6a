import { encodeAbiParameters, encodePacked, type Hex, keccak256, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, marketOf, type Platform } from "../chain/client.ts";
import { LogError } from "../chain/logs.ts";
import { addCurves, encodeCurve, sumCurve, ZERO_CURVE } from "../types/curve.ts";
import { NONCE_KINDS } from "./enums.ts";
import { nonceKindOf } from "./margin.ts";
import { openingBlocks, readOrderTrades } from "./opened.ts";
import type { Fill, Order } from "./order.ts";
import { orderDigest } from "./typedData.ts";

/** How far an order is filled. A complete one fills no more. */
export interface OrderFill extends Fill {
  complete: boolean;
}

const DIGEST_AND_USED = [{ type: "bytes32" }, { type: "uint256" }] as const;

/**
 * How far an order is filled so far, added up over its trades: what a round asks for. Undefined if nothing was.
 * @throws LogError if the node is missing logs, or the day is over, when the escrow has forgotten its fills
 */
export async function readFill(platform: Platform, order: Order): Promise<OrderFill | undefined> {
  const digest = orderDigest(order, marketOf(platform));
  const escrow = contractAt(platform, tradeEscrow);
  const trades = await readOrderTrades(platform, order.side, digest, await openingBlocks(platform, order.day));
  const args = [order.trader, NONCE_KINDS.indexOf(nonceKindOf(order.side)), order.day, order.nonce] as const;
  const known = await readContract(platform.client, { ...escrow, functionName: "fillHashOf", args });
  const filled = trades.reduce((sum, { energy }) => addCurves(sum, energy), ZERO_CURVE);
  const usedFen = trades.reduce((sum, { terms }) => {
    return sum + (order.side === "sell" ? terms.bondFen : terms.energyFen + terms.networkFen);
  }, 0n);
  const complete = sumCurve(filled) === order.totalEnergyWh;
  // Of a complete one the escrow keeps what it was before; and no trade can be missing then.
  if (!complete && known !== (trades.length === 0 ? zeroHash : fillHash(digest, { filled, usedFen }))) {
    throw new LogError({
      en: `The trades of order ${digest} do not add up to what the chain says it was filled to: the node is missing logs, or the order was filled meanwhile; read again.`,
      zh: `报单 ${digest} 的成交与链上记录不符：节点缺少日志，或其间又有成交；请重新读取。`,
    });
  }
  return trades.length === 0 ? undefined : { filled, usedFen, complete };
}

/** What the escrow keeps of an order that is filled in part. */
export function fillHash(digest: Hex, { filled, usedFen }: Fill): Hex {
  const signed = keccak256(encodeAbiParameters(DIGEST_AND_USED, [digest, usedFen]));
  return keccak256(encodePacked(["bytes", "bytes32"], [encodeCurve(filled), signed]));
}
