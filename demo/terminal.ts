import type { Language, Words } from "./day/language.ts";

/** Columns of a terminal that nobody has made wider. */
export const COLUMNS = 80;
/** What never begins a line in Chinese. */
const CLOSING = /^[，。；：、！？）」』”’》]/;
const WIDE = /[⺀-￦]/;

/** Columns that a text takes in a terminal: Chinese characters are two wide. */
export const width = (text: string) => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);

/** A text in lines that fit behind an indent; what has no place to break, such as an address, stays whole. */
export function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const part of partsOf(text)) {
    if (line !== "" && width(indent + line + part.trimEnd()) > COLUMNS) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += line === "" ? part.trimStart() : part;
  }
  return [...lines, line.trimEnd()].map((each) => indent + each).join("\n");
}

/** Pieces that may each stand on a line of its own: words of Latin letters, single characters of Chinese. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const piece of text.match(/\s*(?:[⺀-￦]|[^\s⺀-￦]+)/gu) ?? []) {
    if (CLOSING.test(piece) && parts.length > 0) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts;
}

/** Rows under a head, the first column to the left and the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ""))));
  const text = (cell: string, column: number) => {
    const space = " ".repeat((widths[column] ?? 0) - width(cell));
    return column === 0 ? cell + space : space + cell;
  };
  return all.map((row) => `  ${row.map(text).join("  ")}`).join("\n");
}

/** Writes what happens to a terminal of 80 columns, in the language of who sits there. */
export class Terminal {
  readonly language: Language;
  readonly #write: (text: string) => void;

  constructor(language: Language, write: (text: string) => void = console.log) {
    this.language = language;
    this.#write = write;
  }

  words(text: Words): string {
    return text[this.language];
  }

  /** Begins a part of the day. */
  readonly begin = (text: Words): void => this.#write(`\n${wrap(`● ${this.words(text)}`, "")}`);

  /** Says what happened. English names stand in lower case, also where a sentence begins with one. */
  readonly say = (text: Words): void => {
    const sentence = this.words(text);
    this.print(wrap(this.language === "zh" ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1), "  "));
  };

  /** Writes what is laid out already. */
  print(text: string): void {
    this.#write(text);
  }
}
