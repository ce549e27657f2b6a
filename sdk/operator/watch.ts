import type { Address } from "viem";
import { type Day, formatDay } from "../types/time.ts";
import { type Operator, OperatorError, reach } from "./ask.ts";

/** What is listened to; everything where nothing is said. */
export interface WatchOptions {
  topics?: readonly ("book" | "round" | "trade" | "order" | "proposal" | "reading")[];
  zone?: number;
  day?: Day;
  /** Orders and proposals of this trader alone: with the token of its session. */
  trader?: Address;
  /** Id of the last event that was heard, to go on after it. */
  after?: string;
  /** Ends it. */
  signal?: AbortSignal;
}

/** Something that happened. */
export interface WatchedEvent {
  /**
   * Of what kind. "listening" comes first, also after each break: nothing that happens from then on is missed. "missed" comes
   * instead if more happened meanwhile than the service remembers: read again what you need.
   */
  topic: "book" | "round" | "trade" | "order" | "proposal" | "reading" | "listening" | "missed";
  id: string;
  data: Record<string, unknown>;
}

/** Waits so long before it listens again, twice as long after each failure in a row. */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** The service says every 15 seconds that it is there. */
const SILENCE_MS = 45_000;

/**
 * What happens, as it happens. Where the connection breaks, it goes on after the last event that was heard; it ends with
 * its signal, or with the loop that reads it.
 * @throws OperatorError if the operator refuses to be listened to
 */
export async function* watch(operator: Operator, options: WatchOptions = {}): AsyncGenerator<WatchedEvent, void> {
  const path = pathOf(options);
  const ending = new AbortController();
  const end = () => ending.abort();
  options.signal?.addEventListener("abort", end);
  let [last, failures] = [options.after, 0];
  try {
    while (!ending.signal.aborted && !options.signal?.aborted) {
      try {
        const headers = new Headers(last === undefined ? [] : [["last-event-id", last]]);
        const answer = await reach(operator, path, { headers, signal: ending.signal });
        for await (const event of readEvents(answer)) {
          failures = 0;
          last = event.id ?? last;
          const topic = event.topic === "open" ? "listening" : event.topic;
          yield { ...event, topic, id: last ?? "" } as WatchedEvent;
        }
      } catch (error) {
        if (isFinal(error)) throw error;
      }
      failures += 1;
      await rest(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10)), ending.signal);
    }
  } finally {
    options.signal?.removeEventListener("abort", end);
    end();
  }
}

/** Too many messages, and what a service says that is just coming up, pass. */
const isFinal = (error: unknown) =>
  error instanceof OperatorError && error.status >= 400 && error.status < 500 && error.status !== 429;

function pathOf({ topics, zone, day, trader }: WatchOptions): string {
  const asked = new URLSearchParams();
  if (topics !== undefined) asked.set("topic", topics.join(","));
  if (zone !== undefined) asked.set("zone", String(zone));
  if (day !== undefined) asked.set("date", formatDay(day));
  if (trader !== undefined) asked.set("trader", trader.toLowerCase());
  return `/events?${asked}`;
}

/** The events of a stream, until it ends or falls silent. */
async function* readEvents({ body }: Response) {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read());
      if (done) return;
      text += value;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = new Map(block.split("\n").map((line) => splitField(line)));
        const [topic, data] = [fields.get("event"), fields.get("data")];
        if (topic === undefined || data === undefined) continue;
        yield { topic, id: fields.get("id"), data: JSON.parse(data) as Record<string, unknown> };
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function splitField(line: string): [name: string, value: string] {
  const at = line.indexOf(":");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, "")];
}

async function beforeSilence<Result>(reading: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("The stream fell silent.")), SILENCE_MS);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
