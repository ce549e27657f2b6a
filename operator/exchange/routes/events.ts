import { createRoute, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { parseDay } from "../../../sdk/index.ts";
import { KEYED, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { ADDRESS, DATE, query } from "../../gateway/forms.ts";
import { OF_TRADER } from "../../gateway/sessionRoutes.ts";
import { type MarketEvent, type Published, TOPICS, type Topic } from "../events/hub.ts";
import { ZONE } from "./book.ts";
import type { ExchangeDoor } from "./door.ts";

/** Proxies cut what stays silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** Events published but not read yet: a listener that falls behind by more is cut off. */
const MOST_WAITING = 1_000;
/** A listener that takes nothing for this long is cut off too. */
const PATIENCE_MS = 15_000;

const isTopic = (text: string): text is Topic => (TOPICS as readonly string[]).includes(text);

const TOPIC = z
  .string({ error: "topics" })
  .transform((text) => text.split(","))
  .refine((topics): topics is Topic[] => topics.every(isTopic), "topics")
  .openapi({ type: "string", example: "book,trade", description: `Of ${TOPICS.join(", ")}; all if none is named.` });

const route = createRoute({
  method: "get",
  path: "/events",
  operationId: "listen",
  tags: ["exchange"],
  summary: "What happens, as it happens (server-sent events) · 实时事件",
  description: `"book" when an order comes or goes, "round" when a book is cleared or submitted, "order" where an order stands and how far it is filled, "proposal" where a bilateral trade stands, "trade" when one is opened, settled, lapsed or ruled on, "reading" when a meter's day is reported, final, corrected or lapsed. Those of a zone and date if they are named; with a trader, orders and proposals are that trader's alone. Each has an id: who names the last one as Last-Event-ID gets what came after it, or an event "missed" where that is not known any more: then read again what you need.`,
  security: [{}, ...OF_TRADER],
  request: {
    query: query({ topic: TOPIC.optional(), zone: ZONE.optional(), date: DATE.optional(), trader: ADDRESS.optional() }),
    headers: z.object({ "last-event-id": z.string().optional() }),
  },
  responses: {
    200: { description: "A stream", content: { "text/event-stream": { schema: z.string() } } },
    ...KEYED,
    ...UNANSWERED,
  },
});

/** Topics that say whose an event is. */
const OWNED: ReadonlySet<Topic> = new Set<Topic>(["order", "proposal"]);

export function eventRoutes(app: GatewayApp, { hub, figures, limits, sessions, streamPlaces }: ExchangeDoor): void {
  app.openapi(route, async (c) => {
    const { topic: topics, zone, date, trader } = c.req.valid("query");
    const day = date === undefined ? undefined : parseDay(date);
    if (trader !== undefined) await sessions.require(c, trader);
    // Asked with HEAD, the body is dropped without an end: there is none.
    if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" }) as never;
    const giveBack = streamPlaces.take(c.get("apiKey") ?? limits.clientOf(c), c.get("apiKey") !== undefined);
    const isAt = (wanted: number | undefined, place: number | undefined) =>
      wanted === undefined || place === undefined || wanted === place;
    const isWanted = (event: MarketEvent) =>
      (topics === undefined || topics.includes(event.topic)) &&
      isAt(zone, event.zone) &&
      isAt(day, event.day) &&
      (trader === undefined || !OWNED.has(event.topic) || event.parties?.includes(trader) === true);
    const lastId = c.req.valid("header")["last-event-id"];

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
      const begun = hub.last;
      const missed = lastId === undefined ? [] : hub.since(lastId);
      const waiting: Published[] = (missed ?? []).filter(isWanted);
      const most = waiting.length + MOST_WAITING;
      const stop = hub.listen((event) => {
        if (!isWanted(event)) return;
        waiting.push(event);
        if (waiting.length > most) letGo();
        wake();
      });
      figures.streams.inc();
      stream.onAbort(() => wake());
      try {
        const first = missed === undefined ? "missed" : "open";
        // Who has heard nothing yet goes on from here, too; what is sent next comes before what has happened by now.
        const id = missed === undefined || lastId === undefined ? { id: begun } : {};
        await finish(stream.writeSSE({ event: first, data: "{}", ...id }));
        while (!stream.aborted && !stream.closed) {
          const event = waiting.shift();
          if (event !== undefined) {
            await finish(stream.writeSSE({ id: event.id, event: event.topic, data: event.text }));
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
