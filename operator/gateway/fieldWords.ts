import type { z } from "@hono/zod-openapi";
import type { Words } from "./language.ts";
import { Refusal } from "./refusal.ts";

/** What a field must be, by the word that the schema gives; `:` stands before figures. */
export type FieldWords = Readonly<Record<string, (...figures: string[]) => Words>>;

const USUAL: FieldWords = {
  whole: (from, to) => ({ en: `must be a whole number from ${from} to ${to}`, zh: `须为 ${from} 至 ${to} 的整数` }),
  text: (bits) => ({
    en: `must be a whole number below 2^${bits}, in decimal digits as text`,
    zh: `须为小于 2^${bits} 的整数，以十进制文本表示`,
  }),
  hex: (bytes) => ({
    en: `must be 0x and ${Number(bytes) * 2} hexadecimal digits`,
    zh: `须为 0x 加 ${Number(bytes) * 2} 位十六进制数字`,
  }),
  date: () => ({ en: "must be a day of the calendar, written like 2026-11-24", zh: "须为有效日期，例如 2026-11-24" }),
  cursor: () => ({ en: "must be `next` of the page before, or be left out", zh: "须为上一页的 next，或不填" }),
  signature: () => ({
    en: "must be 0x and up to 2,048 bytes in hexadecimal digits",
    zh: "须为 0x 加最多 2,048 字节的十六进制数字",
  }),
  purpose: () => ({ en: 'must be "ownOrders" or "desk"', zh: '须为 "ownOrders" 或 "desk"' }),
  object: () => ({ en: "must be an object with the documented fields", zh: "须为含有文档所列字段的对象" }),
};

/** One sentence about the first field that is wrong. @param own words of the trades that answer */
export function fieldRefusal({ issues }: z.ZodError, own: FieldWords): Refusal {
  const [issue] = issues;
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  if (issue?.code === "unrecognized_keys") {
    const field = `${path}.${shortened(issue.keys[0] ?? "")}`.slice(1);
    return refusal(field, { en: "is not a field of this message: leave it out", zh: "不是此消息的字段：请删除" });
  }
  const [word = "", ...figures] = (issue?.message ?? "").split(":");
  const expected = (own[word] ?? USUAL[word])?.(...figures) ?? { en: "is not valid", zh: "无效" };
  return refusal(path.slice(1), expected);
}

function refusal(field: string, { en, zh }: Words): Refusal {
  const words =
    field === "" ? { en: `The message ${en}.`, zh: `消息${zh}。` } : { en: `${field} ${en}.`, zh: `${field} ${zh}。` };
  return new Refusal(400, "InvalidField", words, { field });
}

/** A name that came from outside. */
const shortened = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
