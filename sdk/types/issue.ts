import { joined, type Sentence } from "./sentence.ts";

/** What a schema found wrong, as every package of zod reports it. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A schema's own words about a value, which go on with the sentence that its path begins; `issueWords` reads them. */
export const says = (words: Sentence): string => JSON.stringify(words);

const EXPECTED: Readonly<Record<string, Sentence>> = {
  string: { en: "a text", zh: "文本" },
  number: { en: "a number", zh: "数字" },
  int: { en: "a whole number", zh: "整数" },
  boolean: { en: "true or false", zh: "true 或 false" },
  array: { en: "a list", zh: "列表" },
  object: { en: "an object", zh: "对象" },
  record: { en: "an object", zh: "对象" },
};

/** What is wrong with a value, to be said behind its path: "must be a whole number". */
export function issueWords(issue: Issue): Sentence {
  const own = ownWords(issue.message);
  if (own !== undefined) return own;
  const { code, expected, keys, values, origin, minimum, maximum } = issue as Issue & Record<string, unknown>;
  const unit = UNITS[String(origin)] ?? { en: "", zh: "" };
  const all = (list: unknown) => (Array.isArray(list) ? list.map((item) => JSON.stringify(item)) : []);
  switch (code) {
    case "invalid_type": {
      const kind = EXPECTED[String(expected)] ?? { en: String(expected), zh: String(expected) };
      return { en: `must be ${kind.en}`, zh: `须为${kind.zh}` };
    }
    case "invalid_value":
      return { en: `must be ${all(values).join(" or ")}`, zh: `须为 ${all(values).join(" 或 ")}` };
    case "unrecognized_keys":
      return {
        en: `has ${all(keys).join(", ")}, which nothing reads: leave it out, or correct its name`,
        zh: `含有未知字段 ${all(keys).join("、")}：请删除或更正名称`,
      };
    case "too_small":
      return { en: `must be ${minimum}${unit.en} at least`, zh: `不得少于 ${minimum}${unit.zh}` };
    case "too_big":
      return { en: `must be ${maximum}${unit.en} at most`, zh: `不得超过 ${maximum}${unit.zh}` };
    case "invalid_union":
      return { en: "has none of the forms that are read here", zh: "不是可读取的任何一种形式" };
    default:
      return { en: "is not valid", zh: "无效" };
  }
}

const UNITS: Readonly<Record<string, Sentence>> = {
  string: { en: " characters", zh: " 个字符" },
  array: { en: " entries", zh: " 项" },
};

/** The first thing wrong, with its path: `contracts.KwhToken.address must be ...`. */
export const firstIssue = (error: { issues: readonly Issue[] }): Sentence =>
  issuesOf(error)[0] ?? { en: "the file is not valid", zh: "文件无效" };

/** Everything wrong in a file, a line for each. */
export const allIssues = (error: { issues: readonly Issue[] }, where: string): Sentence =>
  joined(issuesOf(error).map(({ en, zh }) => ({ en: `${where}: ${en}.`, zh: `${where}：${zh}。` })));

/** Everything wrong, each with its path and without a full stop. */
function issuesOf({ issues }: { issues: readonly Issue[] }): Sentence[] {
  return issues.map((issue) => {
    const path = issue.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
    const { en, zh } = issueWords(issue);
    const name = path.replace(/^\./, "");
    return name === "" ? { en: `the file ${en}`, zh: `文件${zh}` } : { en: `${name} ${en}`, zh: `${name} ${zh}` };
  });
}

function ownWords(message: string): Sentence | undefined {
  if (!message.startsWith('{"en":')) return undefined;
  return JSON.parse(message) as Sentence;
}
