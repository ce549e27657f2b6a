import { z } from "@hono/zod-openapi";
import {
  type Curve,
  LANE_LIMIT,
  type Order,
  parseDay,
  type SignedOrder,
  SLOTS,
  type Trade,
} from "../../../sdk/index.ts";
import { ADDRESS, DATE, SIGNATURE, text, whole } from "../../gateway/forms.ts";

/** The forms in which orders and trades travel. */

const BAND = z
  .strictObject(
    {
      fromSlot: whole(0, SLOTS),
      toSlot: whole(1, SLOTS + 1),
      energyWh: whole(1, LANE_LIMIT),
      price: whole(0, LANE_LIMIT),
    },
    { error: "object" },
  )
  .openapi("Band");

const BANDS = z
  .array(BAND, { error: "bands" })
  .min(1, "bands")
  .max(SLOTS, "bands")
  .openapi({ description: "Half-open stretches of slots; energy in Wh a slot, price in fen per MWh." });

const FLAG = z.boolean({ error: "flag" });
const NONCE = whole(0, 2 ** 32);

const TERMS = {
  date: DATE,
  paymentDays: whole(0, 65_536),
  greenCertificates: FLAG,
  expiry: text(64),
  bands: BANDS,
  totalEnergyWh: text(256),
  totalAmountFen: text(256),
};

const SIDE = z.enum(["sell", "buy"], { error: "side" });

export const SIGNED_ORDER = z
  .strictObject(
    {
      side: SIDE,
      trader: ADDRESS,
      meter: text(64),
      ...TERMS,
      continuous: FLAG.openapi({ description: "Whether it may match before the auction." }),
      maxFen: text(128),
      nonce: NONCE,
      signature: SIGNATURE.optional().openapi({ description: "Left out if the order was signed on chain." }),
    },
    { error: "object" },
  )
  .openapi("SignedOrder");

export const TRADE = z
  .strictObject(
    {
      seller: ADDRESS,
      buyer: ADDRESS,
      sellerMeter: text(64),
      buyerMeter: text(64),
      ...TERMS,
      maxPaymentFen: text(256),
      maxBondFen: text(256),
      nonce: NONCE,
    },
    { error: "object" },
  )
  .openapi("Trade");

/** A trade as it is kept and answered. */
export type CheckedTrade = z.output<typeof TRADE>;

/** 96 whole numbers. */
export const CURVE = z.array(z.int()).length(SLOTS).openapi({ description: "One value a slot." });
export const curveToWire = (curve: Curve) => [...curve];

export function orderFromWire(wire: z.output<typeof SIGNED_ORDER>): SignedOrder {
  const { signature, meter, date, expiry, totalEnergyWh, totalAmountFen, maxFen, ...rest } = wire;
  const order: Order = {
    ...rest,
    meter: BigInt(meter),
    day: parseDay(date),
    expiry: BigInt(expiry),
    totalEnergyWh: BigInt(totalEnergyWh),
    totalAmountFen: BigInt(totalAmountFen),
    maxFen: BigInt(maxFen),
  };
  return { order, signature };
}

export function tradeFromWire(wire: z.output<typeof TRADE>): Trade {
  const numbers = ["sellerMeter", "buyerMeter", "expiry", "totalEnergyWh", "totalAmountFen"] as const;
  const more = ["maxPaymentFen", "maxBondFen"] as const;
  const read = Object.fromEntries([...numbers, ...more].map((name) => [name, BigInt(wire[name])]));
  const { date, ...rest } = wire;
  return {
    ...rest,
    ...(read as Pick<Trade, (typeof numbers)[number] | (typeof more)[number]>),
    day: parseDay(date),
  };
}
