import { z } from "@hono/zod-openapi";
import { parseDay } from "../../sdk/index.ts";

/**
 * Forms of fields that every trade's messages share: integers beyond 32 bits as decimal text, a `day` as a `date`. What is
 * wrong with a field is named by a word of `fieldWords.ts`.
 */

/** What an address may carry after its question mark, and nothing else: what is not understood is never left out unseen. */
export const query = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, { error: "object" });

/** A whole number in a message. */
export const whole = (from: number, below: number) =>
  z
    .int({ error: `whole:${from}:${below - 1}` })
    .min(from, `whole:${from}:${below - 1}`)
    .max(below - 1, `whole:${from}:${below - 1}`);

/** A whole number in an address. */
export const number = (to: number, from = 0) =>
  z.coerce
    .number({ error: `whole:${from}:${to}` })
    .int(`whole:${from}:${to}`)
    .min(from, `whole:${from}:${to}`)
    .max(to, `whole:${from}:${to}`);

/** Decimal text of at most so many bits. */
export const text = (bits: number) =>
  z
    .string({ error: `text:${bits}` })
    .regex(/^(0|[1-9][0-9]{0,77})$/, `text:${bits}`)
    .refine((digits) => !/^\d{1,78}$/.test(digits) || BigInt(digits) >> BigInt(bits) === 0n, `text:${bits}`)
    .openapi({ example: "250000" });

export const hex = (bytes: number, example: string) =>
  z
    .string({ error: `hex:${bytes}` })
    .regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`), `hex:${bytes}`)
    .transform((value) => value.toLowerCase() as `0x${string}`)
    .openapi({ type: "string", example });

export const ADDRESS = hex(20, "0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
export const HASH = hex(32, `0x${"6f".repeat(32)}`);

/** 65 bytes of a key; a wallet that is a contract may ask for more. */
export const SIGNATURE = z
  .string({ error: "signature" })
  .regex(/^0x([0-9a-fA-F]{2}){1,2048}$/, "signature")
  .transform((value) => value.toLowerCase() as `0x${string}`)
  .openapi({ type: "string", example: "0x5f…1b" });

/** A date from 1970 on, as in 2026-11-24. */
export const DATE = z
  .string({ error: "date" })
  .refine((value) => isDate(value), "date")
  .openapi({ type: "string", format: "date", example: "2026-11-24" });

function isDate(value: string): boolean {
  try {
    parseDay(value);
    return true;
  } catch {
    return false;
  }
}
