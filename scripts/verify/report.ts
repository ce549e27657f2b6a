import type { Sentence } from "../../sdk/types/sentence.ts";

/** One point on which a chain was compared with what was reviewed. */
export interface Finding {
  /** What was looked at, as the beginning of "... is". */
  what: string;
  found: string;
  wanted: string;
}

export const isDifference = ({ found, wanted }: Finding) => found !== wanted;

/** Everything that was looked at, in order. */
export class Report {
  readonly findings: Finding[] = [];

  get differences(): Finding[] {
    return this.findings.filter(isDifference);
  }

  compare(what: string, found: unknown, wanted: unknown): void {
    this.findings.push({ what, found: show(found), wanted: show(wanted) });
  }

  /** Compares what `read` finds. A contract that answers nonsense, or not at all, is not the one that was reviewed. */
  async check(what: string, wanted: unknown, read: () => Promise<unknown>): Promise<void> {
    try {
      this.compare(what, await read(), wanted);
    } catch (error) {
      this.compare(what, unreadable(error), wanted);
    }
  }

  /** Runs checks of one subject; if a contract does not answer them, that is a difference, too. */
  async section(subject: string, checks: () => Promise<void>): Promise<void> {
    try {
      await checks();
    } catch (error) {
      this.compare(subject, unreadable(error), "to be read");
    }
  }

  /** Compares two tables: one finding if they are equal, otherwise one for each entry that is not. */
  compareTables(
    what: string,
    found: ReadonlyMap<string, string>,
    wanted: ReadonlyMap<string, string>,
    missing = "nothing",
  ): void {
    const keys = [...new Set([...wanted.keys(), ...found.keys()])];
    const differing = keys.filter((key) => found.get(key) !== wanted.get(key));
    const same = `as reviewed (${wanted.size})`;
    if (differing.length === 0) this.compare(what, same, same);
    for (const key of differing) {
      this.compare(`${key}, of ${what},`, found.get(key) ?? missing, wanted.get(key) ?? missing);
    }
  }
}

/** Lines for a person, differences last, where they are seen. */
export function describe({ findings, differences }: Report): Sentence[] {
  const equal = findings.filter((finding) => !isDifference(finding));
  return [
    ...equal.map(({ what, found }) => ({ en: `ok         ${what}: ${found}`, zh: `一致       ${what}：${found}` })),
    ...differences.map(({ what, found, wanted }) => ({
      en: `DIFFERENT  ${what} is ${found}, but reviewed is ${wanted}`,
      zh: `不一致     ${what} 为 ${found}，经审阅的是 ${wanted}`,
    })),
  ];
}

/** What an error says of a contract that did not answer; an error that says nothing of it is thrown on. */
function unreadable(error: unknown): string {
  const { code } = error as { code?: string };
  if (code === "BAD_DATA" || code === "CALL_EXCEPTION") return "not to be read";
  throw error;
}

/** Text that is equal for equal values, whether they came as number, bigint or list. */
function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(show).join(", ");
  return String(value);
}
