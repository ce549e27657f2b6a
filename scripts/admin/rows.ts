import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describeProblem, IntakeRejected } from "../../intake/problem.ts";
import { readTable } from "../../intake/table.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { inWords } from "../language.ts";
import { AdminError } from "./problem.ts";

/** A column of a CSV file, and the option of the same name for one row alone. */
export interface Column {
  words: Sentence;
  isRequired?: true;
}
export type Columns = Readonly<Record<string, Column>>;

/** What was asked for: one thing by options, or a line of a file. */
export interface Row<Cols extends Columns> {
  /** Undefined for what was given by options. */
  line: number | undefined;
  /** An empty cell is undefined. */
  cells: { [Name in keyof Cols]?: string };
  /** Where paths in it begin. */
  folder: string;
}

/** Rows that were understood, or why one was not. */
export type Read<Cols extends Columns, Input> = { row: Row<Cols> } & (
  | { input: Input; problem?: undefined }
  | { input?: undefined; problem: Sentence }
);

/** `validUntil` as an option: `--valid-until`. */
export const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The rows of a CSV file, or the one that options make. */
export function rowsFrom<Cols extends Columns>(columns: Cols, options: Record<string, unknown>): Row<Cols>[] {
  const names = Object.keys(columns);
  if (typeof options.csv === "string") return rowsOfFile(columns, options.csv);
  const cells = Object.fromEntries(names.flatMap((name) => (options[name] ? [[name, String(options[name])]] : [])));
  const missing = names.filter((name) => columns[name]?.isRequired && cells[name] === undefined).map(flagOf);
  if (missing.length > 0) {
    throw new AdminError({
      en: `${missing.join(", ")} is missing: give it, or many at once with --csv.`,
      zh: `缺少 ${missing.join("、")}：请补充，或用 --csv 批量提供。`,
    });
  }
  return [{ line: undefined, cells: cells as Row<Cols>["cells"], folder: process.cwd() }];
}

function rowsOfFile<Cols extends Columns>(columns: Cols, file: string): Row<Cols>[] {
  const names = Object.keys(columns);
  const { header, rows } = tableOf(file);
  const missing = names.filter((name) => columns[name]?.isRequired && !header.includes(name));
  const unknown = header.filter((name) => !names.includes(name));
  const twice = header.filter((name, at) => header.indexOf(name) !== at);
  if (missing.length + unknown.length + twice.length > 0 || rows.length === 0) {
    const wrong = { en: "", zh: "" };
    const add = (list: string[], en: string, zh: string) => {
      if (list.length === 0) return;
      wrong.en += ` ${en} ${list.join(", ")}.`;
      wrong.zh += `${zh}${list.join("、")}。`;
    };
    add(missing, "Missing:", "缺少：");
    add(unknown, "Unknown:", "未知：");
    add(twice, "Named twice:", "重复：");
    if (rows.length === 0) add(["1"], "No row stands below line", "其下没有数据的行：");
    throw new AdminError({
      en: `${file}: its first line names columns out of ${names.join(", ")}.${wrong.en}`,
      zh: `${file}：首行应为列名，可用 ${names.join("、")}。${wrong.zh}`,
    });
  }
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      header.flatMap((name, at) => (cells[at]?.trim() ? [[name, cells[at].trim()]] : [])),
    ) as Row<Cols>["cells"],
    folder: dirname(file),
  }));
}

function tableOf(file: string) {
  try {
    return readTable(readFileSync(file), { delimiter: ",", skipLines: 0, footerLines: 0, headerRows: 1 });
  } catch (error) {
    if (error instanceof IntakeRejected) {
      const [first] = error.problems;
      const { en, zh } = first === undefined ? error.sentences : describeProblem(first);
      throw new AdminError({ en: `${file}: ${en}`, zh: `${file}：${zh}` });
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new AdminError({
      en: `${file} cannot be read (${code}): name a CSV file that exists.`,
      zh: `无法读取 ${file}（${code}）：请指定存在的 CSV 文件。`,
    });
  }
}

/** Understands each row, or notes why not; a key that two rows share is a mistake of the second. */
export async function understand<Cols extends Columns, Input>(
  rows: readonly Row<Cols>[],
  columns: Cols,
  read: (row: Row<Cols>) => Input | Promise<Input>,
  keyOf: (input: NoInfer<Input>) => string,
): Promise<Read<Cols, Input>[]> {
  const seen = new Map<string, number | undefined>();
  const all: Read<Cols, Input>[] = [];
  for (const row of rows) {
    try {
      const empty = Object.keys(columns).filter((name) => columns[name]?.isRequired && row.cells[name] === undefined);
      if (empty.length > 0) {
        throw new AdminError({ en: `${empty.join(", ")} is empty.`, zh: `${empty.join("、")} 为空。` });
      }
      const input = await read(row);
      const key = keyOf(input);
      if (seen.has(key)) {
        throw new AdminError({
          en: `It says the same as line ${seen.get(key)}: leave one of the two out.`,
          zh: `与第 ${seen.get(key)} 行重复：请删去其一。`,
        });
      }
      seen.set(key, row.line);
      all.push({ row, input });
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      all.push({ row, problem: error.sentences });
    }
  }
  return all;
}

/** A name out of a list, whatever its capitals; otherwise a sentence with all of them. */
export function oneOf<const Name extends string>(names: readonly Name[], text: string, what: Sentence): Name {
  const found = names.find((name) => name.toLowerCase() === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new AdminError({
    en: `"${text}" is not ${what.en}: write ${names.join(", ")}.`,
    zh: `“${text}”不是${what.zh}：可填 ${names.join("、")}。`,
  });
}

/** A whole number above 0. */
export function wholeIn(text: string, what: Sentence): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new AdminError({
    en: `"${text}" is not ${what.en}: write a whole number above 0.`,
    zh: `“${text}”不是${what.zh}：请填写正整数。`,
  });
}

export const line = (at: number | undefined): string =>
  at === undefined ? "" : inWords({ en: `Line ${at}: `, zh: `第 ${at} 行：` });
