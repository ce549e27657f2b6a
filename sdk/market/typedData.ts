import { type Hex, hashTypedData } from "viem";
import type { Market } from "../chain/client.ts";
import { requireSigner, type Signer, signTypedData } from "../signing/sign.ts";
import { marketDomain } from "../signing/typedData.ts";
import { dateNumber } from "../types/time.ts";
import type { Band } from "./band.ts";
import type { Order, SignedOrder } from "./order.ts";
import type { Trade } from "./trade.ts";

const BAND = [
  { name: "fromSlot", type: "uint8" },
  { name: "toSlot", type: "uint8" },
  { name: "energyWhPerSlot", type: "uint32" },
  { name: "priceFenPerMWh", type: "uint32" },
] as const;

const TERMS = [
  { name: "deliveryDate", type: "uint32" },
  { name: "bands", type: "Band[]" },
  { name: "totalEnergyWh", type: "uint256" },
  { name: "totalAmountFen", type: "uint256" },
] as const;

const MAX_PAYMENT = { name: "maxPaymentFen", type: "uint256" } as const;
const MAX_BOND = { name: "maxBondFen", type: "uint256" } as const;

const PAYMENT_DAYS = { name: "paymentDays", type: "uint16" } as const;
const CONTINUOUS = { name: "continuous", type: "bool" } as const;

const END = [
  { name: "greenCertificates", type: "bool" },
  { name: "expiry", type: "uint64" },
  { name: "nonce", type: "uint32" },
] as const;

const ORDER_END = [PAYMENT_DAYS, CONTINUOUS, ...END] as const;

/** The EIP-712 types of trades and orders that wallets show: the twin of contracts/market/libraries/TypedData.sol. */
export const MARKET_TYPES = {
  Trade: [
    { name: "seller", type: "address" },
    { name: "buyer", type: "address" },
    { name: "sellerMeter", type: "uint64" },
    { name: "buyerMeter", type: "uint64" },
    ...TERMS,
    MAX_PAYMENT,
    MAX_BOND,
    PAYMENT_DAYS,
    ...END,
  ],
  SellOrder: [{ name: "seller", type: "address" }, { name: "meter", type: "uint64" }, ...TERMS, MAX_BOND, ...ORDER_END],
  BuyOrder: [
    { name: "buyer", type: "address" },
    { name: "meter", type: "uint64" },
    ...TERMS,
    MAX_PAYMENT,
    ...ORDER_END,
  ],
  Band: BAND,
} as const;

/** What a wallet signs, as viem takes it; the same domain, types and message are what ethers takes. */
export type TradeTypedData = ReturnType<typeof tradeTypedData>;
/** What a wallet signs under an order. */
export type OrderTypedData = ReturnType<typeof orderTypedData>;
/** A bilateral trade as both parties sign it. */
export function tradeTypedData(trade: Trade, market: Market) {
  return {
    domain: marketDomain(market),
    types: { Trade: MARKET_TYPES.Trade, Band: MARKET_TYPES.Band },
    primaryType: "Trade",
    message: {
      seller: trade.seller,
      buyer: trade.buyer,
      sellerMeter: trade.sellerMeter,
      buyerMeter: trade.buyerMeter,
      ...termsMessage(trade),
      maxPaymentFen: trade.maxPaymentFen,
      maxBondFen: trade.maxBondFen,
      ...endMessage(trade),
    },
  } as const;
}

/** An order as its trader signs it. */
export function orderTypedData(order: Order, market: Market): SellTypedData | BuyTypedData {
  return order.side === "sell" ? sellTypedData(order, market) : buyTypedData(order, market);
}

type SellTypedData = ReturnType<typeof sellTypedData>;
type BuyTypedData = ReturnType<typeof buyTypedData>;

function sellTypedData(order: Order, market: Market) {
  return {
    domain: marketDomain(market),
    types: { SellOrder: MARKET_TYPES.SellOrder, Band: MARKET_TYPES.Band },
    primaryType: "SellOrder",
    message: {
      seller: order.trader,
      meter: order.meter,
      ...termsMessage(order),
      maxBondFen: order.maxFen,
      continuous: order.continuous,
      ...endMessage(order),
    },
  } as const;
}

function buyTypedData(order: Order, market: Market) {
  return {
    domain: marketDomain(market),
    types: { BuyOrder: MARKET_TYPES.BuyOrder, Band: MARKET_TYPES.Band },
    primaryType: "BuyOrder",
    message: {
      buyer: order.trader,
      meter: order.meter,
      ...termsMessage(order),
      maxPaymentFen: order.maxFen,
      continuous: order.continuous,
      ...endMessage(order),
    },
  } as const;
}

/** The EIP-712 digest of a trade: the escrow's `hashTrade`. */
export function tradeDigest(trade: Trade, market: Market): Hex {
  return hashTypedData(tradeTypedData(trade, market));
}

/** The EIP-712 digest of an order: the escrow's `hashOrder`, and the id under which its fills are emitted. */
export function orderDigest(order: Order, market: Market): Hex {
  const typedData = orderTypedData(order, market);
  return typedData.primaryType === "SellOrder" ? hashTypedData(typedData) : hashTypedData(typedData);
}

/** The signature of one of the two parties under a bilateral trade. */
export async function signTrade(trade: Trade, market: Market, signer: Signer): Promise<Hex> {
  await requireSigner(signer, [trade.seller, trade.buyer]);
  return signTypedData(tradeTypedData(trade, market), signer);
}

/** An order with the signature of its trader's key; an account that is a contract signs on chain, see `presign`. */
export async function signOrder(
  order: Order,
  market: Market,
  signer: Signer,
): Promise<SignedOrder & { signature: Hex }> {
  await requireSigner(signer, [order.trader]);
  return { order, signature: await signTypedData(orderTypedData(order, market), signer) };
}

function termsMessage({ day, bands, totalEnergyWh, totalAmountFen }: Trade | Order) {
  return { deliveryDate: dateNumber(day), bands: bands.map(bandMessage), totalEnergyWh, totalAmountFen };
}

function endMessage({ paymentDays, greenCertificates, expiry, nonce }: Trade | Order) {
  return { paymentDays, greenCertificates, expiry, nonce };
}

function bandMessage({ fromSlot, toSlot, energyWh, price }: Band) {
  return { fromSlot, toSlot, energyWhPerSlot: energyWh, priceFenPerMWh: price };
}
