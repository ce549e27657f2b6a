import { bigint, customType, numeric, timestamp } from "drizzle-orm/pg-core";
import { type Curve, decodeCurve, encodeCurve } from "../../sdk/index.ts";

/** Kinds of columns, as TypeScript sees them. */

/** Wh per slot, or prices: 96 times four bytes. */
export const curve = customType<{ data: Curve; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (values) => Buffer.from(encodeCurve(values).slice(2), "hex"),
  fromDriver: (bytes) => decodeCurve(`0x${Buffer.from(bytes).toString("hex")}`),
});
export const hex = customType<{ data: `0x${string}`; driverData: string }>({ dataType: () => "text" });
/** Integers beyond doubles. */
export const whole = () => numeric({ mode: "bigint" });
export const count = () => bigint({ mode: "number" });
export const moment = () => timestamp({ withTimezone: true });
