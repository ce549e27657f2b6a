import { createRoute, z } from "@hono/zod-openapi";
import { body, json, KEYED, REFUSALS, UNANSWERED } from "../../gateway/answers.ts";
import type { GatewayApp, RequestContext } from "../../gateway/context.ts";
import { HASH } from "../../gateway/forms.ts";
import { listQuery, pageForm, readPage } from "../../gateway/pages.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { requireDesk } from "../../gateway/requireDesk.ts";
import { OF_DESK } from "../../gateway/sessionRoutes.ts";
import { DESK_ROLES } from "../../gateway/sessions.ts";
import { keepNames, namesBehind } from "../names/store.ts";
import type { ExchangeDoor } from "./door.ts";

const LONGEST_SHEET = 20_000;
const MOST_SHEETS = 500;

const NAME = z
  .object({
    participant: z.int(),
    credentialHash: HASH.openapi({ description: "that the sheet makes; compare it with the chain's" }),
    sheet: z.string().openapi({ description: "the text behind the hash, byte for byte" }),
    handedInAt: z.string(),
  })
  .openapi("NameEntry");

const list = createRoute({
  method: "get",
  path: "/names",
  operationId: "listNames",
  tags: ["exchange"],
  summary: "Names of participants, each with what proves it · 参与方名称及其证明",
  description:
    "For participants who signed in, and for everybody where OPERATOR_NAMES says so. keccak256 of a sheet is the participant's credentialHash on chain, or the entry is old or wrong: check it. 请以链上 credentialHash 核对。",
  security: [{}, { session: [] }, ...OF_DESK],
  request: { query: listQuery({}) },
  responses: { 200: json(pageForm("names", NAME, "NamePage"), "A page of them"), ...KEYED, ...UNANSWERED },
});

const post = createRoute({
  method: "post",
  path: "/names",
  operationId: "handInNames",
  tags: ["exchange"],
  summary: "Hands in sheets behind credential hashes, all or none · 提交登记表",
  security: OF_DESK,
  request: {
    body: body(
      z.strictObject(
        {
          sheets: z
            .array(z.string("sheets").max(LONGEST_SHEET, "sheets"), "sheets")
            .min(1, "sheets")
            .max(MOST_SHEETS, "sheets"),
        },
        { error: "object" },
      ),
    ),
  },
  responses: {
    200: json(z.object({ names: z.int() }), "How many participants have a name by them"),
    ...REFUSALS,
    ...KEYED,
  },
});

export function nameRoutes(app: GatewayApp, door: ExchangeDoor): void {
  const { db, view } = door;

  app.openapi(list, async (c) => {
    await requireReader(c, door);
    const { cursor, limit } = c.req.valid("query");
    const { rows, next } = await readPage(
      limit,
      (most) => namesBehind(db, cursor?.[0] ?? 0, most),
      ({ participant }) => [participant],
    );
    const answered = rows.map(({ participant, hash, sheet, handedInAt }) => ({
      ...{ participant, credentialHash: hash, sheet, handedInAt: handedInAt.toISOString() },
    }));
    return c.json({ names: answered, next }, 200);
  });

  app.openapi(post, async (c) => {
    const by = await requireDesk(c, door, "REGISTRAR");
    return c.json({ names: await keepNames(db, view.platform, c.req.valid("json").sheets, by) }, 200);
  });
}

async function requireReader(c: RequestContext, { namesFor, sessions, view }: ExchangeDoor): Promise<void> {
  if (namesFor === "everybody" || c.get("apiKey") !== undefined) return;
  if ((await sessions.deskOf(c, DESK_ROLES)) !== undefined) return;
  const account = await sessions.accountOf(c, "ownOrders");
  if (account !== undefined && (await view.standing(account)).isActive) return;
  throw new Refusal(401, "SessionNeeded", {
    en: 'Names are shown to participants: sign a challenge of /challenges with the account of one, hand it in at /sessions, and send its token as "authorization: Bearer …".',
    zh: "名称仅供参与方查看：请用参与方账户签署 /challenges 给出的挑战，提交到 /sessions，并以 “authorization: Bearer …” 发送所得令牌。",
  });
}
