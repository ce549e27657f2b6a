import type { Point } from "./points.ts";
import type { Place } from "./syntax.ts";

/** One change at one place, with the number that switches it on. */
export interface Mutant {
  id: number;
  file: string;
  line: number;
  where: string;
  operator: string;
  /** What the code says, and what it says when the mutant is active. */
  original: string;
  mutated: string;
}

/** A stretch of the written file and the mutants that stand or fall with it. */
interface Span extends Place {
  ids: number[];
}

export interface Rewritten {
  text: string;
  spans: Span[];
}

/** Whether mutant `id` is the active one. */
export const SWITCH = "mutantIsActive";

/**
 * Writes a file with all of its mutants in it, each behind its switch; the code is the original one while none is active.
 * Alternatives hold the original of what lies inside them: only one mutant is ever active.
 */
export function rewrite(text: string, points: readonly (Point & { mutants: Mutant[] })[]): Rewritten {
  const spans: Span[] = [];
  let written = "";

  /** Writes `from`..`to` with every point in it; `index` is the first that may lie there. */
  function write(from: number, to: number, within: readonly (Point & { mutants: Mutant[] })[]): void {
    let at = from;
    let rest = within;
    while (true) {
      const [point] = rest;
      if (point === undefined) break;
      const inside = rest.filter(({ end }, index) => index > 0 && end <= point.end);
      rest = rest.filter(({ start }) => start >= point.end);
      written += text.slice(at, point.start);
      writePoint(point, inside);
      at = point.end;
    }
    written += text.slice(at, to);
  }

  function writePoint(point: Point & { mutants: Mutant[] }, inside: readonly (Point & { mutants: Mutant[] })[]): void {
    const { mutants } = point;
    const start = written.length;
    if (mutants.length === 0) {
      write(point.start, point.end, inside);
      return;
    }
    if (point.shape === "modifier") {
      written += `${text.slice(point.start, point.end)}Unless(${mutants[0]?.id})`;
    } else if (point.shape === "statement") {
      written += "{ ";
      for (const mutant of mutants) {
        written += `if (${SWITCH}(${mutant.id})) {`;
        alternative(mutant);
        written += "} else ";
      }
      written += "{ ";
      write(point.start, point.end, inside);
      written += " } }";
    } else {
      written += `${point.cast ?? ""}(`;
      for (const mutant of mutants) {
        written += `${SWITCH}(${mutant.id}) ? (`;
        alternative(mutant);
        written += ") : ";
      }
      written += "(";
      write(point.start, point.end, inside);
      written += "))";
    }
    spans.push({ start, end: written.length, ids: mutants.map(({ id }) => id) });
  }

  function alternative({ id, mutated }: Mutant): void {
    const start = written.length;
    written += mutated;
    spans.push({ start, end: written.length, ids: [id] });
  }

  write(
    0,
    text.length,
    [...points].sort((a, b) => a.start - b.start || b.end - a.end),
  );
  return { text: written, spans };
}

/** The mutants to blame for what the compiler says about a place of the written file. */
export function blamed({ spans }: Rewritten, { start, end }: Place): number[] {
  const around = spans.filter((span) => span.start <= start && span.end >= end);
  around.sort((a, b) => a.end - a.start - (b.end - b.start));
  if (around[0]) return around[0].ids;
  return spans.filter((span) => span.start >= start && span.end <= end).flatMap(({ ids }) => ids);
}

/** Where a reference is read that a mutant never sets: that mutant, which leaves out the nearest setting before. */
export function neverSet(
  { text, spans }: Rewritten,
  { start, end }: Place,
  mutants: ReadonlyMap<number, Mutant>,
): number[] {
  const setting = `${text.slice(start, end)} = `;
  const before = spans.filter((span) => span.end <= start).sort((a, b) => b.end - a.end);
  const nearest = before.find(({ ids }) => ids.some((id) => mutants.get(id)?.original.startsWith(setting)));
  return nearest?.ids ?? [];
}
