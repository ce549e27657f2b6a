import { z } from "zod";
import { DujiangError } from "../../sdk/types/errors.ts";

/** Thrown when the environment does not say what a process needs: a sentence for each mistake. */
export class ConfigError extends DujiangError {}

/** Reads a section of the settings; an empty variable counts as none. */
export function parseSettings<Schema extends z.ZodType>(
  schema: Schema,
  variables: NodeJS.ProcessEnv,
): z.output<Schema> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== "")));
  if (result.success) return result.data;
  const sentences = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`);
  throw new ConfigError([...new Set(sentences)].join("\n"));
}

export const count = (fallback: number, from: number, to: number) => {
  const sentence = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((value) => value >= from && value <= to, sentence)
    .default(fallback);
};

export const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be ${example}`);

/** A key that signs transactions. */
export type PrivateKey = `0x${string}`;
const KEY = /^0x[0-9a-fA-F]{64}$/;

/** @param what it is to be set to, such as "the private key that holds a role" */
export const key = (what: string) =>
  z
    .string(`is missing: set it to ${what}`)
    .regex(KEY, "must be a private key of 0x and 64 hexadecimal digits")
    .transform((text) => text as PrivateKey);

/** One key or several. */
export const keys = (what: string) =>
  z
    .string(`is missing: set it to ${what}`)
    .transform((text) => text.split(",").map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => KEY.test(key)),
      "must be private keys of 0x and 64 hexadecimal digits, with commas",
    )
    .refine((keys) => new Set(keys).size === keys.length, "names a key twice")
    .transform((keys) => keys as PrivateKey[]);
