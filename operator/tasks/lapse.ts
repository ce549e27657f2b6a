import { parseMeterDay, readLapsesAt, readRecord } from "../chain/meterDay.ts";
import type { Work } from "./work.ts";

/** Lets meter days lapse that nobody reported in time: what was sold of them waits for it, and so does a late reading. */
export const LAPSE: Work = {
  most: 100,
  async look({ platform }, subject, now) {
    const { state } = await readRecord(platform, parseMeterDay(subject));
    if (state !== "None") return { done: `The day is ${state}.` };
    const at = await readLapsesAt(platform, parseMeterDay(subject).day);
    return at > now ? { dueAt: at } : { now: true };
  },
  call: async (_, subjects) => ({
    contract: "MeterRegistry",
    functionName: "lapse",
    args: [subjects.map(parseMeterDay)],
  }),
};
