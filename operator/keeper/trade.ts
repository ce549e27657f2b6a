import { privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import { says } from "../../sdk/types/issue.ts";
import { CHAIN_TABLES } from "../chain/tables.ts";
import { key, type PrivateKey, parseSettings } from "../common/settings.ts";
import { keysSetAside } from "../gateway/alerts.ts";
import type { Routes } from "../gateway/context.ts";
import { GATEWAY_TABLES } from "../gateway/tables.ts";
import { SENDING_TABLES } from "../sending/tables.ts";
import { taskAlerts } from "../tasks/alerts.ts";
import { taskRoute } from "../tasks/route.ts";
import { TASK_TABLES } from "../tasks/tables.ts";
import type { OpenTrade, Trade, TradeParts } from "../trade.ts";
import { keeperBehind } from "./alerts.ts";
import { createKeeper } from "./keeper.ts";
import { KINDS, LIST } from "./kinds.ts";
import { KEEPER_TABLES } from "./tables.ts";

const SETTINGS = z.object({
  /** Any account that the network lets in. */
  OPERATOR_KEEPER_KEY: key({
    en: "the private key of any account that the network lets in",
    zh: "网络准入的任一账户的私钥",
  }),
  /** Off where gas costs something and the buyers are to claim their kWh themselves. */
  OPERATOR_KEEPER_CLAIMS: z.enum(["on", "off"], says({ en: "must be on or off", zh: "须为 on 或 off" })).default("on"),
});

const KEEP_MS = 1_000;

/** Does what is due on the chain. */
export const trade: Trade = {
  tables: [CHAIN_TABLES, GATEWAY_TABLES, SENDING_TABLES, TASK_TABLES, KEEPER_TABLES],
  ready(variables) {
    const { OPERATOR_KEEPER_KEY, OPERATOR_KEEPER_CLAIMS } = parseSettings(SETTINGS, variables);
    return {
      name: "keeper",
      keys: { OPERATOR_KEEPER_KEY: [OPERATOR_KEEPER_KEY] },
      open: (parts) => openKeeper(parts, OPERATOR_KEEPER_KEY, OPERATOR_KEEPER_CLAIMS === "on"),
    };
  },
};

export const KEEPER_ROUTES: Routes = {
  name: "keeper",
  description: {
    en: "Finalises meter days, settles, lapses, claims kWh, adjusts, collects and declares defaults when it is due.",
    zh: "到期自动定稿、结算、失效、领取电量凭证、调整、分付与认定违约。",
  },
  ...taskRoute({
    path: "/tasks",
    summary: "What the keeper has to do, does and did · 自动任务",
    list: LIST,
    kinds: KINDS,
    operationId: "listTasks",
    tag: "keeper",
  }),
};

export function openKeeper(parts: TradeParts, key: PrivateKey, claims: boolean): OpenTrade {
  const keeper = createKeeper({ ...parts, claims, account: privateKeyToAccount(key) });
  parts.loop("keep", KEEP_MS, () => keeper.step());
  const { db, platform, clock } = parts;
  return {
    routes: KEEPER_ROUTES,
    async alerts() {
      const now = await clock.now();
      const found = await Promise.all([keeperBehind(db, platform), taskAlerts(db, LIST, now)]);
      return [...keysSetAside(keeper.lame), ...found.flat()];
    },
  };
}
