import { createRoute, z } from "@hono/zod-openapi";
import { asc, inArray, or } from "drizzle-orm";
import type { Hex } from "viem";
import {
  cancellationDigest,
  formatDay,
  type Language,
  marketOf,
  parseDay,
  type Sentence,
  type SignedOrder,
  sumCurve,
} from "../../../sdk/index.ts";
import { Gathered } from "../../common/gathered.ts";
import { body, json, KEYED, MISSING, REFUSALS, TAKEN, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { ADDRESS, DATE, HASH, query, SIGNATURE } from "../../gateway/forms.ts";
import { listQuery, pageForm, readPage } from "../../gateway/pages.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { OF_TRADER } from "../../gateway/sessionRoutes.ts";
import { admit, checkTotals } from "../admission/admit.ts";
import { requireOpen } from "../admission/requirements.ts";
import { publishOrder } from "../events/hub.ts";
import {
  type Arrived,
  cancelOrder,
  checkKeepable,
  findKept,
  findOrder,
  type Kept,
  keepOrders,
  ordersOf,
} from "../orders/store.ts";
import { CURVE, curveToWire, orderFromWire, SIGNED_ORDER } from "../orders/wire.ts";
import { skipSentence } from "../submission/skipSentence.ts";
import { type LegRow, legs, ORDER_STATES, type OrderRow } from "../tables.ts";
import type { ExchangeDoor } from "./door.ts";

const KEPT = z.object({ hash: HASH, state: z.enum(ORDER_STATES), receivedAt: z.string() }).openapi("KeptOrder");

const CHECKED = z
  .object({
    ...{ hash: HASH, state: z.literal("keepable"), zone: z.int() },
    lockedFen: z.string().openapi({ description: "what it can draw of the trader's margin at most, fen" }),
    termsFen: z.string().openapi({ description: "what it can come to owe at most, fen" }),
  })
  .openapi("CheckedOrder");

const DRY_RUN = z
  .enum(["", "true", "false"], "dryRun")
  .default("false")
  .transform((text) => text !== "false")
  .openapi({ type: "string", enum: ["true", "false"], description: "Checks the order and keeps nothing." });

const ORDER = SIGNED_ORDER.omit({ signature: true })
  .extend({
    hash: HASH,
    zone: z.int(),
    state: z.enum(ORDER_STATES),
    filled: CURVE.nullable(),
    filledWh: z.string(),
    usedFen: z.string(),
    dropped: z
      .object({ reason: z.string(), sentence: z.string() })
      .nullable()
      .openapi({ description: "Why its book was cleared without it." }),
    receivedAt: z.string(),
    legs: z.array(
      z.object({
        round: z.int(),
        state: z.enum(["pending", "submitted", "opened", "skipped"]),
        energyWh: z.string(),
        trade: z.int().nullable(),
        reason: z.string().nullable(),
        sentence: z.string().nullable().openapi({ description: "the reason in the reader's language" }),
      }),
    ),
  })
  .openapi("Order");

const CANCELLED = z.object({ hash: HASH, state: z.literal("cancelled"), note: z.string() }).openapi("CancelledOrder");

const NOTE = {
  en: "The order is out of the book. Its signature still counts on the chain: to spend its nonce for good, send TradeEscrow.cancel from your own account before the cut-off. Legs already sent to the chain are not called back.",
  zh: "报单已撤出订单簿。其签名在链上仍然有效：如需使其编号永久失效，请在截止前用自己的账户调用 TradeEscrow.cancel。已提交上链的部分无法撤回。",
};

const post = createRoute({
  method: "post",
  path: "/orders",
  operationId: "handInOrder",
  tags: ["exchange"],
  summary: "Hands in a signed order · 提交已签署的报单",
  description:
    "With dryRun nothing is kept, and the answer is what it would be: then the signature may be left out by who has a session of the trader. 加 dryRun 只核验不保存；持有交易者会话时可不附签名。",
  request: { body: body(SIGNED_ORDER), query: query({ dryRun: DRY_RUN }) },
  responses: {
    201: json(KEPT, "Kept"),
    200: json(z.union([KEPT, CHECKED]), "The same order was kept before, or a dry run would keep it"),
    ...REFUSALS,
    ...KEYED,
    ...TAKEN,
  },
});

const get = createRoute({
  method: "get",
  path: "/orders/{hash}",
  operationId: "readOrder",
  tags: ["exchange"],
  summary: "Where an order stands · 查询报单",
  request: { params: z.object({ hash: HASH }) },
  responses: { 200: json(ORDER, "The order"), ...MISSING },
});

const list = createRoute({
  method: "get",
  path: "/orders",
  operationId: "listOrders",
  tags: ["exchange"],
  summary: "A trader's orders of a day, latest first · 交易者某日的报单",
  description: "For the trader alone, who signs a challenge, or with an API key.",
  security: OF_TRADER,
  request: { query: listQuery({ trader: ADDRESS, date: DATE }) },
  responses: { 200: json(pageForm("orders", ORDER, "OrderPage"), "A page of them"), ...KEYED, ...UNANSWERED },
});

const cancel = createRoute({
  method: "post",
  path: "/orders/{hash}/cancellation",
  operationId: "cancelOrder",
  tags: ["exchange"],
  summary: "Takes an order out of the book, by its trader's signature · 凭签名撤单",
  description:
    "Sign the EIP-712 message OrderCancellation(bytes32 order) in the market's domain, until the cut-off of its day. The nonce on the chain stays the trader's own to cancel.",
  request: {
    params: z.object({ hash: HASH }),
    body: body(z.strictObject({ signature: SIGNATURE }, { error: "object" })),
  },
  responses: { 200: json(CANCELLED, "Out of the book"), ...REFUSALS, ...MISSING, ...TAKEN },
});

export function orderRoutes(app: GatewayApp, door: ExchangeDoor): void {
  const { db, figures, hub, limits, sessions, signatures, traderLimit, view } = door;
  const finding = new Gathered((hashes: readonly Hex[]) => findKept(db, hashes));
  const keeping = new Gathered((arrived: readonly Arrived[]) => keepOrders(db, view, arrived));

  app.openapi(post, async (c) => {
    try {
      const signed = orderFromWire(c.req.valid("json"));
      door.intake.requireOpen();
      const { order, signature } = signed;
      checkTotals(order);
      const hash = signatures.digestOfOrder(order);
      if (c.req.valid("query").dryRun) {
        await limits.countRead(c, c.get("apiKey"));
        if (signature === undefined) await sessions.require(c, order.trader);
        else await signatures.requireOfOrder(hash, signature, order.trader);
        return c.json(await check(signed, hash), 200);
      }
      await signatures.requireOfOrder(hash, signature, order.trader);
      await traderLimit.count(order.trader);
      const { kept, isNew } = await keep(signed, hash);
      figures.orders.inc({ outcome: isNew ? "kept" : "again" });
      return c.json(keptAnswer(kept), isNew ? 201 : 200);
    } catch (error) {
      if (error instanceof Refusal) figures.orders.inc({ outcome: error.code });
      throw error;
    }
  });

  app.openapi(list, async (c) => {
    const { trader, date, cursor, limit } = c.req.valid("query");
    await sessions.require(c, trader);
    const { rows, next } = await readPage(
      limit,
      (most) => ordersOf(db, { trader, day: parseDay(date), before: cursor?.[0], most }),
      ({ sequence }) => [sequence],
    );
    const parts = await legsOf(rows.map(({ hash }) => hash));
    const listed = rows.map((row) => {
      const own = parts.filter(({ sellOrder, buyOrder }) => sellOrder === row.hash || buyOrder === row.hash);
      return orderAnswer(row, own, c.get("language"));
    });
    return c.json({ orders: listed, next }, 200);
  });

  app.openapi(get, async (c) => {
    const row = await findOrder(db, c.req.valid("param").hash);
    if (row === undefined) throw unknownOrder(c.req.valid("param").hash);
    return c.json(orderAnswer(row, await legsOf([row.hash]), c.get("language")), 200);
  });

  app.openapi(cancel, async (c) => {
    const { hash } = c.req.valid("param");
    const row = await findOrder(db, hash);
    if (row === undefined) throw unknownOrder(hash);
    await signatures.require(
      cancellationDigest(hash, marketOf(view.platform)),
      c.req.valid("json").signature,
      row.trader,
    );
    await traderLimit.count(row.trader);
    const [now, { opensAt, cutOff }] = await Promise.all([view.now(), view.hours(row.day)]);
    requireOpen(row.day, now, { opensAt, closesAt: cutOff });
    const cancelled = await cancelOrder(db, hash);
    if (cancelled !== undefined) publishOrder(hub, cancelled);
    // Where nothing was taken out, it may have been cancelled or filled since it was read.
    const left = cancelled ?? (await findOrder(db, hash)) ?? row;
    if (left.state !== "cancelled") throw notOpen(left);
    return c.json({ hash, state: "cancelled" as const, note: NOTE[c.get("language")] }, 200);
  });

  /**
   * An order that is kept already is answered as kept, whatever the chain would say of it now. It is looked up only where
   * it is not new, because most orders come once.
   */
  async function keep(signed: SignedOrder, hash: Hex): Promise<{ kept: Kept; isNew: boolean }> {
    const { order } = signed;
    try {
      const admitted = await admit(order, view, door.lastOrderSeconds);
      const answer = await keeping.do({ ...signed, ...admitted, hash });
      if (answer instanceof Refusal) throw answer;
      if (answer.isNew) publishOrder(hub, { ...order, ...answer.kept, zone: admitted.zone });
      return answer;
    } catch (error) {
      const kept = await finding.do(hash);
      if (kept === undefined) throw error;
      return { kept, isNew: false };
    }
  }

  /** What a dry run finds: whether the order would be kept as things stand. */
  async function check(signed: SignedOrder, hash: Hex) {
    const admitted = await admit(signed.order, view, door.lastOrderSeconds);
    const refusal = await checkKeepable(db, view, { ...signed, ...admitted, hash });
    if (refusal !== undefined) throw refusal;
    const { zone, lockedFen, termsFen } = admitted;
    return { hash, state: "keepable" as const, zone, lockedFen: String(lockedFen), termsFen: String(termsFen) };
  }

  async function legsOf(hashes: readonly Hex[]): Promise<LegRow[]> {
    if (hashes.length === 0) return [];
    const isOne = or(inArray(legs.sellOrder, [...hashes]), inArray(legs.buyOrder, [...hashes]));
    return db.select().from(legs).where(isOne).orderBy(asc(legs.id));
  }
}

function keptAnswer({ hash, state, receivedAt }: Kept) {
  return { hash, state, receivedAt: receivedAt.toISOString() };
}

function orderAnswer(row: OrderRow, parts: readonly LegRow[], language: Language) {
  const { hash, side, trader, zone, paymentDays, continuous, greenCertificates, bands, state, filled, dropped } = row;
  return {
    ...{ hash, side, trader, meter: String(row.meter), zone, date: formatDay(row.day), paymentDays },
    ...{ continuous, greenCertificates, dropped: dropped && { reason: dropped.code, sentence: dropped[language] } },
    ...{ expiry: String(row.expiry), bands, totalEnergyWh: String(row.totalEnergyWh) },
    ...{ totalAmountFen: String(row.totalAmountFen), maxFen: String(row.maxFen), nonce: row.nonce, state },
    filled: filled === null ? null : curveToWire(filled),
    filledWh: String(filled === null ? 0n : sumCurve(filled)),
    usedFen: String(row.usedFen),
    receivedAt: row.receivedAt.toISOString(),
    legs: parts.map(({ round, state, energy, trade, reason }) => ({
      ...{ round, state, energyWh: String(sumCurve(energy)), trade, reason },
      sentence: reason === null ? null : skipSentence(reason, language),
    })),
  };
}

function unknownOrder(hash: Hex): Refusal {
  return new Refusal(
    404,
    "UnknownOrder",
    { en: `There is no order ${hash} here.`, zh: `没有报单 ${hash}。` },
    { hash },
  );
}

const GONE: Readonly<Record<string, Sentence>> = {
  filled: { en: "filled", zh: "全部成交" },
  expired: { en: "expired", zh: "过期" },
  dropped: { en: "dropped", zh: "移出" },
};

function notOpen({ hash, state }: OrderRow): Refusal {
  const gone = GONE[state] ?? { en: state, zh: state };
  const words = {
    en: `Order ${hash} is ${gone.en}: it is not in the book any more.`,
    zh: `报单 ${hash} 已${gone.zh}，不在订单簿中。`,
  };
  return new Refusal(409, "NotOpen", words, { hash, state });
}
