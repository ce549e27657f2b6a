import { z } from "@hono/zod-openapi";
import { type Day, formatDay } from "../../../sdk/index.ts";
import { DATE } from "../../gateway/forms.ts";
import type { Exchange } from "./door.ts";

const SECOND = z.int().openapi({ description: "Unix second" });

/** When what can be done for a delivery day, as it is answered. */
export const HOURS = {
  ...{ date: DATE, now: SECOND.openapi({ description: "on the chain" }), opensAt: SECOND },
  ordersUntil: SECOND.openapi({ description: "the last order is taken before" }),
  cutOff: SECOND.openapi({ description: "the book closes, and its auctions open" }),
  gate: SECOND.openapi({ description: "nothing of the day opens any more" }),
};

export async function hoursOf({ view, lastOrderSeconds }: Pick<Exchange, "view" | "lastOrderSeconds">, day: Day) {
  const [now, { opensAt, cutOff, gate }] = await Promise.all([view.now(), view.hours(day)]);
  return { date: formatDay(day), now, opensAt, ordersUntil: cutOff - lastOrderSeconds, cutOff, gate };
}
