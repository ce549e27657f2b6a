import { DujiangError } from "../../sdk/types/errors.ts";
import { formatYuan, parseYuan } from "../../sdk/types/units.ts";
import { reading } from "../design/reading.ts";

/** Reads what is awarded of an amount that is held. */
export const readAward = (text: string, mostFen: bigint) =>
  reading(text, (typed) => {
    const fen = parseYuan(typed);
    if (fen >= 0n && fen <= mostFen) return fen;
    throw new DujiangError({
      en: `Between 0 and ${formatYuan(mostFen)} can be awarded, not ${typed}.`,
      zh: `可裁决 0 至 ${formatYuan(mostFen)}，不能是 ${typed}。`,
    });
  });
