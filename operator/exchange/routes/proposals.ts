import { createRoute, z } from "@hono/zod-openapi";
import { body, json, MISSING, REFUSALS, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp } from "../../gateway/context.ts";
import { ADDRESS, HASH, SIGNATURE } from "../../gateway/forms.ts";
import { listQuery, pageForm, readPage } from "../../gateway/pages.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { checkTotals } from "../admission/admit.ts";
import { TRADE, tradeFromWire } from "../orders/wire.ts";
import { admitTrade } from "../proposals/admitTrade.ts";
import { findProposal, keepProposal, type Party, proposalsOf } from "../proposals/store.ts";
import type { ProposalRow } from "../tables.ts";
import type { ExchangeDoor } from "./door.ts";

const PROPOSAL = z
  .object({
    hash: HASH,
    state: z.enum(["waitsForSeller", "waitsForBuyer", "complete"]),
    trade: TRADE,
    sellerSignature: z.string().nullable(),
    buyerSignature: z.string().nullable(),
    receivedAt: z.string(),
  })
  .openapi("Proposal", { description: "Complete: anybody can hand trade and signatures to TradeEscrow.open." });

const MESSAGE = z
  .strictObject({ trade: TRADE, signer: ADDRESS, signature: SIGNATURE }, { error: "object" })
  .openapi("SignedTrade");

const post = createRoute({
  method: "post",
  path: "/proposals",
  operationId: "propose",
  tags: ["exchange"],
  summary: "Hands in one party's signature of a bilateral trade · 提交双边交易一方的签名",
  request: { body: body(MESSAGE) },
  responses: { 200: json(PROPOSAL, "Where the proposal stands"), ...REFUSALS },
});

const get = createRoute({
  method: "get",
  path: "/proposals/{hash}",
  operationId: "readProposal",
  tags: ["exchange"],
  summary: "Where a proposal stands · 查询提案",
  request: { params: z.object({ hash: HASH }) },
  responses: { 200: json(PROPOSAL, "The proposal"), ...MISSING },
});

const list = createRoute({
  method: "get",
  path: "/proposals",
  operationId: "listProposals",
  tags: ["exchange"],
  summary: "A party's proposals, latest first · 某一方的提案",
  description: "What has expired is left out. 不含已过期的提案。",
  request: { query: listQuery({ party: ADDRESS }) },
  responses: { 200: json(pageForm("proposals", PROPOSAL, "ProposalPage"), "A page of them"), ...UNANSWERED },
});

export function proposalRoutes(
  app: GatewayApp,
  { db, figures, hub, signatures, traderLimit, view }: ExchangeDoor,
): void {
  app.openapi(post, async (c) => {
    const message = c.req.valid("json");
    const [trade, { signer, signature }] = [tradeFromWire(message.trade), message];
    checkTotals(trade);
    const party = partyOf(signer, trade);
    const hash = signatures.digestOfTrade(trade);
    await signatures.require(hash, signature, signer);
    await traderLimit.count(signer);
    await admitTrade(trade, view);
    const row = await keepProposal(db, { trade, hash, party, signature });
    figures.proposals.inc();
    const answered = answer(row);
    const { seller, buyer, day } = trade;
    const data = { proposal: hash, state: answered.state, seller, buyer };
    hub.publish({ topic: "proposal", day, parties: [seller, buyer], data });
    return c.json(answered, 200);
  });

  app.openapi(get, async (c) => {
    const { hash } = c.req.valid("param");
    const row = await findProposal(db, hash);
    if (row !== undefined) return c.json(answer(row), 200);
    throw new Refusal(
      404,
      "UnknownProposal",
      { en: `There is no proposal ${hash} here.`, zh: `没有提案 ${hash}。` },
      { hash },
    );
  });

  app.openapi(list, async (c) => {
    const { party, cursor, limit } = c.req.valid("query");
    const now = await view.now();
    const { rows, next } = await readPage(
      limit,
      (most) => proposalsOf(db, { party, now, before: cursor?.[0], most }),
      ({ sequence }) => [sequence],
    );
    return c.json({ proposals: rows.map(answer), next }, 200);
  });
}

function partyOf(signer: string, { seller, buyer }: { seller: string; buyer: string }): Party {
  if (seller === buyer) {
    const words = {
      en: `Seller and buyer are the same account ${seller}: nobody trades with itself.`,
      zh: `卖方与买方是同一账户 ${seller}：不能与自己交易。`,
    };
    throw new Refusal(422, "SameParty", words, { seller });
  }
  if (signer === seller) return "seller";
  if (signer === buyer) return "buyer";
  const words = {
    en: `${signer} is neither seller nor buyer of this trade: have one of them sign it.`,
    zh: `${signer} 既不是该交易的卖方，也不是买方：须由其中一方签署。`,
  };
  throw new Refusal(422, "NotParty", words, { signer });
}

function answer({ hash, trade, sellerSignature, buyerSignature, receivedAt }: ProposalRow) {
  const waitsFor = sellerSignature === null ? "waitsForSeller" : "waitsForBuyer";
  const isComplete = sellerSignature !== null && buyerSignature !== null;
  const state: "complete" | "waitsForSeller" | "waitsForBuyer" = isComplete ? "complete" : waitsFor;
  return { hash, state, trade, sellerSignature, buyerSignature, receivedAt: receivedAt.toISOString() };
}
