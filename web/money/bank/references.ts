import type { Hex } from "viem";
import { bankReference } from "../../../sdk/money/bankReference.ts";
import { plainText } from "../../../sdk/types/decimal.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { parseYuan } from "../../../sdk/types/units.ts";

/** Money that the bank received for a customer, as a line of its file says. */
export interface Receipt {
  /** Where it stands in the file, from 1. */
  line: number;
  participant: number;
  amountFen: bigint;
  /** As the bank writes it. */
  text: string;
  /** As the chain keeps it. */
  reference: Hex;
}

/** Thrown when a line of the file cannot be taken; nothing of the file is. */
export class FileError extends DujiangError {}

/** What the lines are compared with. */
export interface Known {
  /** Participants whose account the bank keeps. */
  customers: readonly number[];
  /** References that it has booked. */
  booked: readonly string[];
}

const HEADING = /[a-z\u4e00-\u9fff]/i;

/**
 * Reads a file of lines "participant, amount in yuan, reference", with commas, semicolons or tabs; the first line may be a
 * heading. All of it is taken or nothing is.
 * @throws FileError that names the line
 */
export function readReceipts(text: string, { customers, booked }: Known): Receipt[] {
  const seen = new Map<string, number>();
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ line: index + 1, content }))
    .filter(({ content }) => content.trim() !== "");
  const [first] = lines;
  const isHeaded = first !== undefined && HEADING.test(cellsOf(first.content)[0] ?? "");
  const receipts = (isHeaded ? lines.slice(1) : lines).map(({ line, content }) => {
    const receipt = readLine(line, content, customers);
    const before = seen.get(receipt.reference);
    if (before !== undefined)
      throw at(line, {
        en: `the reference "${receipt.text}" stands in line ${before} already`,
        zh: `附言编号“${receipt.text}”与第 ${before} 行重复`,
      });
    if (booked.includes(receipt.reference))
      throw at(line, {
        en: `the reference "${receipt.text}" was booked before`,
        zh: `附言编号“${receipt.text}”已入账`,
      });
    seen.set(receipt.reference, line);
    return receipt;
  });
  if (receipts.length > 0) return receipts;
  throw new FileError({
    en: "The file has no lines: write participant, amount in yuan and reference in each.",
    zh: "文件没有内容：每行请填写参与方、金额（元）与附言编号。",
  });
}

function readLine(line: number, content: string, customers: readonly number[]): Receipt {
  const cells = cellsOf(content);
  const [who = "", amount = "", text = ""] = cells;
  if (cells.length !== 3)
    throw at(line, {
      en: `it has ${cells.length} cells, not participant, amount and reference`,
      zh: `有 ${cells.length} 个单元格，应为参与方、金额与附言编号`,
    });
  const participant = /^\d{1,9}$/.test(who) ? Number(who) : undefined;
  if (participant === undefined || !customers.includes(participant))
    throw at(line, { en: `"${who}" is no customer of this bank`, zh: `“${who}”不是本行客户` });
  const [amountFen, reference] = [named(line, () => parseYuan(amount)), named(line, () => bankReference(text))];
  if (amountFen === 0n) throw at(line, { en: "its amount is 0", zh: "金额为 0" });
  return { line, participant, amountFen, text, reference };
}

/** Cells with their quotes taken off. */
function cellsOf(content: string): string[] {
  const mark = content.includes("\t") ? "\t" : content.includes(";") ? ";" : ",";
  return content.split(mark).map((cell) =>
    plainText(cell)
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  );
}

function named<Value>(line: number, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DujiangError)) throw error;
    const { en, zh } = error.sentences;
    throw at(line, { en: en.replace(/\.$/, ""), zh: zh.replace(/。$/, "") });
  }
}

const at = (line: number, { en, zh }: { en: string; zh: string }) =>
  new FileError({
    en: `Line ${line}: ${en}. Nothing of the file was taken: correct the line and choose the file again.`,
    zh: `第 ${line} 行：${zh}。文件未导入任何内容：请更正该行后重新选择文件。`,
  });

/** A reference as people read it: the text that wallets padded, or the hash as it is. */
export function referenceText(reference: string): string {
  const bytes =
    reference
      .slice(2)
      .match(/../g)
      ?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  const end = bytes.indexOf(0);
  if (end <= 0 || bytes.slice(end).some((byte) => byte !== 0)) return reference;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(bytes.slice(0, end)));
    return /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text) ? text : reference;
  } catch {
    return reference;
  }
}
