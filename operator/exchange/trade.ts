import { eq } from "drizzle-orm";
import { privateKeyToAccount } from "viem/accounts";
import { CHAIN_TABLES } from "../chain/tables.ts";
import { keysSetAside } from "../gateway/alerts.ts";
import type { FieldWords } from "../gateway/fieldWords.ts";
import { GATEWAY_TABLES } from "../gateway/tables.ts";
import { SENDING_TABLES } from "../sending/tables.ts";
import type { OpenTrade, Trade, TradeParts } from "../trade.ts";
import { Intake } from "./admission/intake.ts";
import { SignatureDesk } from "./admission/signature.ts";
import { exchangeAlerts } from "./alerts.ts";
import { ChainView } from "./chainView.ts";
import { ChainWatch } from "./events/chainWatch.ts";
import { EventHub, TOPICS } from "./events/hub.ts";
import { StreamPlaces, TraderLimit } from "./limits.ts";
import { exchangeMetrics } from "./metrics.ts";
import { ClearingDesk } from "./rounds/clear.ts";
import { countOn } from "./rounds/numbers.ts";
import { bookRoutes } from "./routes/book.ts";
import type { Exchange } from "./routes/door.ts";
import { eventRoutes } from "./routes/events.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { nameRoutes } from "./routes/names.ts";
import { orderRoutes } from "./routes/orders.ts";
import { proposalRoutes } from "./routes/proposals.ts";
import { publishedRoutes } from "./routes/published.ts";
import { roundRoutes } from "./routes/rounds.ts";
import { type ExchangeSettings, readExchangeSettings } from "./settings.ts";
import { Submitter } from "./submission/submitter.ts";
import { EXCHANGE_TABLES, orders } from "./tables.ts";

/** What is matched within this time is opened on the chain together. */
const CLEAR_MS = 2_000;
const SUBMIT_MS = 500;
const WATCH_MS = 1_000;
/** Looks through all open orders; a clearing does so before, too. */
const EXPIRE_MS = 30_000;
const COUNT_MS = 5_000;

/** Takes orders, clears them, opens what was cleared on the chain. */
export const trade: Trade = {
  tables: [CHAIN_TABLES, GATEWAY_TABLES, SENDING_TABLES, EXCHANGE_TABLES],
  ready(variables) {
    const settings = readExchangeSettings(variables);
    return {
      name: "exchange",
      keys: { OPERATOR_KEYS: settings.keys },
      roles: { OPERATOR_KEYS: "MARKET_OPERATOR" },
      open: (parts) => openExchange(parts, settings),
    };
  },
};

/** The exchange in a process, with what those in the same process may look at. */
export interface OpenExchange extends OpenTrade {
  view: ChainView;
  hub: EventHub;
}

export function openExchange(parts: TradeParts, settings: ExchangeSettings): OpenExchange {
  const { db, platform, clock, chainTtlMs, log, loop, transactionGas } = parts;
  const view = new ChainView(platform, chainTtlMs, clock);
  const [hub, figures] = [new EventHub(), exchangeMetrics(parts.metrics)];
  const watch = new ChainWatch(platform, hub);
  const accounts = settings.keys.map((key) => privateKeyToAccount(key));
  const submitter = new Submitter({ ...{ db, platform, view, accounts, hub, log, transactionGas }, metrics: figures });
  const seedWaitMs = settings.seedWaitSeconds * 1_000;
  const desk = new ClearingDesk({ db, view, hub, metrics: figures, rule: settings.priceRule, seedWaitMs });

  loop("clear", CLEAR_MS, async () => {
    // A book that closes is cleared before anything else draws on what covers it.
    if (await desk.clearClosed()) await desk.matchOpen();
  });
  const submitting = loop("submit", SUBMIT_MS, () => submitter.step());
  loop("watch", WATCH_MS, () => watch.look());
  loop("expire", EXPIRE_MS, () => desk.expire());
  loop("count", COUNT_MS, async () => figures.openOrders.set(await db.$count(orders, eq(orders.state, "open"))));

  const signatures = new SignatureDesk(view);
  const intake = new Intake(db);
  const exchange: Exchange = {
    intake,
    ...{ view, hub, figures, chainTtlMs, lastOrderSeconds: settings.lastOrderSeconds },
    namesFor: settings.namesFor,
    signatures,
    traderLimit: new TraderLimit(settings.ratePerTrader),
    streamPlaces: new StreamPlaces(),
    async clear(zone, day) {
      const rounds = await desk.clear(zone, day);
      submitting.hurry();
      return rounds;
    },
  };
  return {
    ...{ view, hub },
    prepare: async () => {
      await countOn(db, platform);
      await intake.prepare();
    },
    notices: () => intake.notices,
    alerts: async () => [...keysSetAside(submitter.lame), ...(await exchangeAlerts(db, view, intake.pause))],
    routes: {
      name: "exchange",
      description: {
        en: "Takes signed orders, clears them, and opens on the chain what was cleared: a message carries the signature that authorises it.",
        zh: "接收签名报单，出清并提交上链；报单凭签名生效。",
      },
      fieldWords: FIELD_WORDS,
      register(app, gateway) {
        const door = { ...gateway, ...exchange };
        const all = [
          orderRoutes,
          intakeRoutes,
          nameRoutes,
          bookRoutes,
          roundRoutes,
          publishedRoutes,
          proposalRoutes,
          eventRoutes,
        ];
        for (const routes of all) routes(app, door);
      },
    },
  };
}

const FIELD_WORDS: FieldWords = {
  reason: () => ({ en: "must be a text of 1 to 500 characters", zh: "须为 1 至 500 个字符的文本" }),
  sheets: () => ({
    en: "must be a list of 1 to 500 texts of up to 20,000 characters",
    zh: "须为 1 至 500 份登记表文本，每份不超过 20,000 字符",
  }),
  topics: () => ({
    en: `must be one of ${TOPICS.join(", ")}, or several with commas`,
    zh: `须为 ${TOPICS.join("、")} 之一，或以逗号分隔的多个`,
  }),
  dryRun: () => ({ en: "must be true or false, or stand alone", zh: "须为 true 或 false，或不带值" }),
  flag: () => ({ en: "must be true or false", zh: "须为 true 或 false" }),
  side: () => ({ en: 'must be "sell" or "buy"', zh: '须为 "sell"（卖）或 "buy"（买）' }),
  bands: () => ({ en: "must be a list of 1 to 96 bands", zh: "须为 1 至 96 段的列表" }),
};
