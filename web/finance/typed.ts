import { DujiangError } from "../../sdk/types/errors.ts";
import { formatYuan, parseYuan } from "../../sdk/types/units.ts";
import { reading } from "../design/reading.ts";

/** Reads an amount of face value, more than nothing and at most what is free. */
export const readUnits = (text: string, free: bigint) =>
  reading(text, (typed) => {
    const fen = parseYuan(typed);
    if (fen > 0n && fen <= free) return fen;
    throw new DujiangError({
      en: `Between 0.01 and ${formatYuan(free)} can be chosen, not ${typed}.`,
      zh: `可选 0.01 至 ${formatYuan(free)}，不能是 ${typed}。`,
    });
  });

const LONGEST = 2n ** 128n;

/** The number printed on an invoice: digits, as many as the chain takes. */
export function readInvoiceNumber(text: string): bigint {
  const plain = text.replace(/[\s-]/g, "");
  const number = /^\d{1,38}$/.test(plain) ? BigInt(plain) : undefined;
  if (number !== undefined && number > 0n && number < LONGEST) return number;
  throw new DujiangError({
    en: `"${text}" is no invoice number: write its digits; of an older invoice, code and number as one.`,
    zh: `“${text}”不是发票号码：请填写数字；旧版发票请将代码与号码连写。`,
  });
}
