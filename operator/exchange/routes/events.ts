import { createRoute, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { formatDay, parseDay } from "../../../sdk/index.ts";
import { UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { DATE, query } from "../../gateway/forms.ts";
import type { MarketEvent } from "../events/hub.ts";
import { ZONE } from "./book.ts";
import type { ExchangeDoor } from "./door.ts";

/** Proxies cut what stays silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** Events published but not read yet: a listener that falls behind by more is cut off. */
const MOST_WAITING = 1_000;
/** A listener that takes nothing for this long is cut off too. */
const PATIENCE_MS = 15_000;

const route = createRoute({
  method: "get",
  path: "/events",
  operationId: "listen",
  tags: ["exchange"],
  summary: "What happens, as it happens (server-sent events) · 实时事件",
  description:
    'Events "book" and "round" of a zone and day, or of all; "trade" when a trade is opened, settled, lapsed or ruled on. Nothing is repeated: read /book and /rounds after connecting.',
  request: {
    query: query({
      topic: z.enum(["book", "round", "trade"], { error: "topic" }).optional(),
      zone: ZONE.optional(),
      date: DATE.optional(),
    }),
  },
  responses: {
    200: { description: "A stream", content: { "text/event-stream": { schema: z.string() } } },
    ...UNANSWERED,
  },
});

export function eventRoutes(app: GatewayApp, { hub, figures, limits, streamPlaces }: ExchangeDoor): void {
  app.openapi(route, (c) => {
    const { topic, zone, date } = c.req.valid("query");
    const day = date === undefined ? undefined : parseDay(date);
    // Asked with HEAD, the body is dropped without an end: there is none.
    if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" }) as never;
    const giveBack = streamPlaces.take(c.get("apiKey") ?? limits.clientOf(c), c.get("apiKey") !== undefined);
    const isWanted = (event: MarketEvent) =>
      (topic === undefined || event.topic === topic) &&
      (event.topic === "trade" ||
        ((zone === undefined || event.zone === zone) && (day === undefined || event.day === day)));

    return streamSSE(c, async (stream) => {
      let wake = () => {};
      // A reader that takes nothing would keep the connection open.
      const letGo = () => {
        stream.abort();
        c.env.outgoing?.destroy();
      };
      const finish = async (writing: Promise<unknown>) => {
        const timer = setTimeout(letGo, PATIENCE_MS);
        await writing.finally(() => clearTimeout(timer));
      };
      const waiting: MarketEvent[] = [];
      const stop = hub.listen((event) => {
        if (!isWanted(event)) return;
        waiting.push(event);
        if (waiting.length > MOST_WAITING) letGo();
        wake();
      });
      figures.streams.inc();
      stream.onAbort(() => wake());
      try {
        await finish(stream.writeSSE({ event: "open", data: "{}" }));
        while (!stream.aborted && !stream.closed) {
          const event = waiting.shift();
          if (event !== undefined) {
            await finish(stream.writeSSE({ event: event.topic, data: JSON.stringify(messageOf(event)) }));
            continue;
          }
          await new Promise<void>((done) => {
            const timer = setTimeout(done, HEARTBEAT_MS);
            wake = () => {
              clearTimeout(timer);
              done();
            };
          });
          if (waiting.length === 0 && !stream.aborted) await finish(stream.write(": still here\n\n"));
        }
      } finally {
        stop();
        giveBack();
        figures.streams.dec();
      }
    }) as never;
  });
}

function messageOf({ zone, day, data }: MarketEvent) {
  return day === undefined ? data : { zone, date: formatDay(day), ...data };
}
