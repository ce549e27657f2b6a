import { type Address, decodeFunctionData, type Hex } from "viem";
import { getTransaction } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Market, marketOf, type Platform } from "../chain/client.ts";
import type { OpenedTrade } from "./opened.ts";
import type { Order } from "./order.ts";
import { type PackableOrder, unpackOrders, unpackSales } from "./packedRound.ts";
import {
  type OrderTypedData,
  orderDigest,
  orderTypedData,
  type TradeTypedData,
  tradeDigest,
  tradeTypedData,
} from "./typedData.ts";

/** What somebody signed, with the signature. */
export interface SignedMessage {
  signer: Address;
  typedData: TradeTypedData | OrderTypedData;
  digest: Hex;
  /** None if an account signed an order on chain. */
  signature: Hex | undefined;
}

/**
 * What buyer and seller of a trade signed, out of the transaction that opened it; nothing if another contract passed it
 * on, when only the digests in the log are known.
 */
export async function readSigned(platform: Platform, trade: OpenedTrade): Promise<SignedMessage[]> {
  const { address, abi } = contractAt(platform, tradeEscrow);
  const market = marketOf(platform);
  const { to, input } = await getTransaction(platform.client, { hash: trade.transactionHash });
  if (to === null || BigInt(to) !== BigInt(address)) return [];
  const call = decodeFunctionData({ abi, data: input });
  if (call.functionName === "open") {
    const [signed, buyerSignature, sellerSignature] = call.args;
    const [typedData, digest] = [tradeTypedData(signed, market), tradeDigest(signed, market)];
    return [
      { signer: signed.seller, typedData, digest, signature: sellerSignature },
      { signer: signed.buyer, typedData, digest, signature: buyerSignature },
    ];
  }
  if (call.functionName !== "openRound") return [];
  const [{ day, paymentDays, traders, buys, sales }] = call.args;
  const read = (side: Order["side"], { trader, signature, fill: _, ...terms }: PackableOrder) =>
    signedOrder({ ...terms, side, day, paymentDays, trader: traders[trader] ?? "0x" }, signature, market);
  return [
    ...unpackSales(sales)
      .map(({ order }) => read("sell", order))
      .filter(({ digest }) => digest === trade.sellOrder),
    ...unpackOrders(buys)
      .map((order) => read("buy", order))
      .filter(({ digest }) => digest === trade.buyOrder),
  ];
}

function signedOrder(order: Order, signature: Hex | undefined, market: Market): SignedMessage {
  const [typedData, digest] = [orderTypedData(order, market), orderDigest(order, market)];
  return { signer: order.trader, typedData, digest, signature };
}
