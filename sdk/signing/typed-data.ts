import {
  type Address,
  getTypesForEIP712Domain,
  type Hex,
  hashTypedData,
  serializeTypedData,
  type TypedDataDomain,
} from "viem";
import type { ClaimDesk, Confirmation } from "../finance/confirmation.ts";
import type { Band } from "../market/band.ts";
import type { Order } from "../market/order.ts";
import type { Trade } from "../market/trade.ts";
import type { DepositToken, Permit } from "../money/permit.ts";
import { dateNumber } from "../types/time.ts";

/** Where a signature counts: one escrow on one chain, and nowhere else. */
export interface Market {
  chainId: number;
  escrow: Address;
}

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

const END = [
  { name: "paymentDays", type: "uint16" },
  { name: "expiry", type: "uint64" },
  { name: "nonce", type: "uint256" },
] as const;

/**
 * The EIP-712 types that wallets show: the twin of contracts/market/libraries/TypedData.sol; for the confirmation, of
 * contracts/finance/DraftingDesk.sol; for the permit, of ERC-2612.
 */
export const TYPES = {
  Trade: [
    { name: "seller", type: "address" },
    { name: "buyer", type: "address" },
    { name: "sellerMeter", type: "uint64" },
    { name: "buyerMeter", type: "uint64" },
    ...TERMS,
    MAX_PAYMENT,
    MAX_BOND,
    ...END,
  ],
  SellOrder: [{ name: "seller", type: "address" }, { name: "meter", type: "uint64" }, ...TERMS, MAX_BOND, ...END],
  BuyOrder: [{ name: "buyer", type: "address" }, { name: "meter", type: "uint64" }, ...TERMS, MAX_PAYMENT, ...END],
  ReceivableConfirmation: [
    { name: "debtor", type: "address" },
    { name: "creditor", type: "address" },
    { name: "amountFen", type: "uint256" },
    { name: "dueDate", type: "uint32" },
    { name: "deliveryDate", type: "uint32" },
    { name: "invoiceNumber", type: "uint256" },
    { name: "invoiceHash", type: "bytes32" },
    { name: "draft", type: "uint256" },
    { name: "expiry", type: "uint64" },
  ],
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  Band: BAND,
} as const;

/** What a wallet signs, as viem takes it; the same domain, types and message are what ethers takes. */
export type TradeTypedData = ReturnType<typeof tradeTypedData>;
/** What a wallet signs under an order. */
export type OrderTypedData = ReturnType<typeof orderTypedData>;
/** What a wallet signs under a drafted claim. */
export type ConfirmationTypedData = ReturnType<typeof confirmationTypedData>;
/** What a wallet signs to let somebody move deposits. */
export type PermitTypedData = ReturnType<typeof permitTypedData>;
/** Everything that is signed on the platform. */
export type MarketTypedData = TradeTypedData | OrderTypedData | ConfirmationTypedData | PermitTypedData;

/** The market's name and version in the wallet, and where the signature counts. */
export function marketDomain({ chainId, escrow }: Market) {
  return {
    name: "Dujiang 都江电力市场",
    version: "1",
    chainId,
    verifyingContract: escrow,
  } as const satisfies TypedDataDomain;
}

/** A bilateral trade as both parties sign it. */
export function tradeTypedData(trade: Trade, market: Market) {
  return {
    domain: marketDomain(market),
    types: { Trade: TYPES.Trade, Band: TYPES.Band },
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
export function orderTypedData(order: Order, market: Market) {
  const domain = marketDomain(market);
  const [terms, end] = [{ meter: order.meter, ...termsMessage(order) }, endMessage(order)];
  return order.side === "sell"
    ? ({
        domain,
        types: { SellOrder: TYPES.SellOrder, Band: TYPES.Band },
        primaryType: "SellOrder",
        message: { seller: order.trader, ...terms, maxBondFen: order.maxFen, ...end },
      } as const)
    : ({
        domain,
        types: { BuyOrder: TYPES.BuyOrder, Band: TYPES.Band },
        primaryType: "BuyOrder",
        message: { buyer: order.trader, ...terms, maxPaymentFen: order.maxFen, ...end },
      } as const);
}

/** A drafted claim as its debtor confirms it. */
export function confirmationTypedData(confirmation: Confirmation, { chainId, draftingDesk }: ClaimDesk) {
  const { debtor, creditor, amountFen, dueDay, deliveryDay, invoiceNumber, invoiceHash, draft, expiry } = confirmation;
  return {
    domain: marketDomain({ chainId, escrow: draftingDesk }),
    types: { ReceivableConfirmation: TYPES.ReceivableConfirmation },
    primaryType: "ReceivableConfirmation",
    message: {
      ...{ debtor, creditor, amountFen, dueDate: dateNumber(dueDay), deliveryDate: dateNumber(deliveryDay) },
      ...{ invoiceNumber, invoiceHash, draft, expiry },
    },
  } as const;
}

/** Leave to move deposits as their holder signs it; the deposit token has a domain of its own. */
export function permitTypedData(permit: Permit, { chainId, depositToken, name }: DepositToken) {
  const { owner, spender, amountFen, nonce, deadline } = permit;
  return {
    domain: { name, version: "1", chainId, verifyingContract: depositToken },
    types: { Permit: TYPES.Permit },
    primaryType: "Permit",
    message: { owner, spender, value: amountFen, nonce, deadline },
  } as const;
}

/** The text that a wallet is sent by `eth_signTypedData_v4`. */
export function typedDataJson(typedData: MarketTypedData): string {
  const types = { EIP712Domain: getTypesForEIP712Domain(typedData), ...typedData.types };
  return serializeTypedData({ ...typedData, types } as Parameters<typeof serializeTypedData>[0]);
}

/** The EIP-712 digest of a trade: the escrow's `hashTrade`. */
export function tradeDigest(trade: Trade, market: Market): Hex {
  return hashTypedData(tradeTypedData(trade, market));
}

/** The EIP-712 digest of a confirmation: the drafting desk's `hashConfirmation`. */
export function confirmationDigest(confirmation: Confirmation, desk: ClaimDesk): Hex {
  return hashTypedData(confirmationTypedData(confirmation, desk));
}

/** The EIP-712 digest of a permit, as ERC-2612 says. */
export function permitDigest(permit: Permit, token: DepositToken): Hex {
  return hashTypedData(permitTypedData(permit, token));
}

/** The EIP-712 digest of an order: the escrow's `hashOrder`, and the name under which its fills are told. */
export function orderDigest(order: Order, market: Market): Hex {
  const typedData = orderTypedData(order, market);
  return typedData.primaryType === "SellOrder" ? hashTypedData(typedData) : hashTypedData(typedData);
}

function termsMessage({ day, bands, totalEnergyWh, totalAmountFen }: Trade | Order) {
  return { deliveryDate: dateNumber(day), bands: bands.map(bandMessage), totalEnergyWh, totalAmountFen };
}

function endMessage({ paymentDays, expiry, nonce }: Trade | Order) {
  return { paymentDays, expiry, nonce };
}

function bandMessage({ fromSlot, toSlot, energyWh, price }: Band) {
  return { fromSlot, toSlot, energyWhPerSlot: energyWh, priceFenPerMWh: price };
}
