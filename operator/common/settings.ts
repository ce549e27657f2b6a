import { z } from "zod";
import { DujiangError } from "../../sdk/types/errors.ts";
import { issueWords, says } from "../../sdk/types/issue.ts";
import { joined, type Sentence } from "../../sdk/types/sentence.ts";

/** Thrown when the environment does not say what a process needs: a sentence for each mistake. */
export class ConfigError extends DujiangError {}

/** Reads a section of the settings; an empty variable counts as none. */
export function parseSettings<Schema extends z.ZodType>(
  schema: Schema,
  variables: NodeJS.ProcessEnv,
): z.output<Schema> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== "")));
  if (result.success) return result.data;
  const sentences = result.error.issues.map((issue) => {
    const [name, { en, zh }] = [issue.path.join("."), issueWords(issue)];
    return { en: `${name} ${en}.`, zh: `${name} ${zh}。` };
  });
  // A list of keys may be wrong in several ways that are said alike.
  throw new ConfigError(joined([...new Map(sentences.map((sentence) => [sentence.en, sentence])).values()]));
}

export const count = (fallback: number, from: number, to: number) => {
  const sentence = says({ en: `must be a whole number from ${from} to ${to}`, zh: `须为 ${from} 至 ${to} 的整数` });
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((value) => value >= from && value <= to, sentence)
    .default(fallback);
};

export const url = (protocols: string[], example: Sentence) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      says({ en: `must be ${example.en}`, zh: `须为${example.zh}` }),
    );

/** A key that signs transactions. */
export type PrivateKey = `0x${string}`;
const KEY = /^0x[0-9a-fA-F]{64}$/;

const missing = (what: Sentence) => says({ en: `is missing: set it to ${what.en}`, zh: `未设置：请填写${what.zh}` });

/** @param what it is to be set to, such as "the private key that holds a role" */
export const key = (what: Sentence) =>
  z
    .string(missing(what))
    .regex(
      KEY,
      says({ en: "must be a private key of 0x and 64 hexadecimal digits", zh: "须为私钥：0x 加 64 位十六进制数字" }),
    )
    .transform((text) => text as PrivateKey);

/** One key or several. */
export const keys = (what: Sentence) =>
  z
    .string(missing(what))
    .transform((text) => text.split(",").map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => KEY.test(key)),
      says({
        en: "must be private keys of 0x and 64 hexadecimal digits, with commas",
        zh: "须为以逗号分隔的私钥：0x 加 64 位十六进制数字",
      }),
    )
    .refine((keys) => new Set(keys).size === keys.length, says({ en: "names a key twice", zh: "重复列出同一私钥" }))
    .transform((keys) => keys as PrivateKey[]);
