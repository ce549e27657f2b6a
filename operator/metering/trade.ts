import { resolve } from "node:path";
import { privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import { CHAIN_TABLES } from "../chain/tables.ts";
import { key, type PrivateKey, parseSettings } from "../common/settings.ts";
import { keysSetAside } from "../gateway/alerts.ts";
import { GATEWAY_TABLES } from "../gateway/tables.ts";
import { SENDING_TABLES } from "../sending/tables.ts";
import { taskAlerts } from "../tasks/alerts.ts";
import { taskRoute } from "../tasks/route.ts";
import { TASK_TABLES } from "../tasks/tables.ts";
import type { OpenTrade, Trade, TradeParts } from "../trade.ts";
import { quarantineAlerts } from "./alerts.ts";
import { MeterFolder } from "./folder.ts";
import { MeterIntake } from "./intake.ts";
import { KINDS, LIST } from "./kinds.ts";
import { createReporter } from "./reporting.ts";
import { READINGS_PATH, readingRoutes } from "./routes.ts";
import { METERING_TABLES } from "./tables.ts";

const SETTINGS = z.object({
  OPERATOR_METER_KEY: key({ en: "the private key that holds the meter operator's role", zh: "持有计量运营角色的私钥" }),
  /** Where the metering system drops files; without it readings come over HTTP only. */
  OPERATOR_METER_FOLDER: z.string().optional(),
});

export interface MeteringSettings {
  key: PrivateKey;
  folder?: string | undefined;
}

const REPORT_MS = 1_000;
const FOLDER_MS = 2_000;
/** A file that nobody wrote to for this long is complete. */
const SETTLE_MS = 10_000;

/** Takes readings from the metering system and brings them to the chain. */
export const trade: Trade = {
  tables: [CHAIN_TABLES, GATEWAY_TABLES, SENDING_TABLES, TASK_TABLES, METERING_TABLES],
  ready(variables) {
    const { OPERATOR_METER_KEY, OPERATOR_METER_FOLDER: folder } = parseSettings(SETTINGS, variables);
    const settings = { key: OPERATOR_METER_KEY, folder: folder === undefined ? undefined : resolve(folder) };
    return {
      name: "metering",
      keys: { OPERATOR_METER_KEY: [OPERATOR_METER_KEY] },
      roles: { OPERATOR_METER_KEY: "METER_OPERATOR" },
      open: (parts) => openMetering(parts, settings),
    };
  },
};

export function openMetering(parts: TradeParts, { key, folder }: MeteringSettings): OpenTrade {
  const { db, clock, log, loop } = parts;
  const intake = new MeterIntake(parts);
  const reporter = createReporter({ ...parts, account: privateKeyToAccount(key) });
  loop("report", REPORT_MS, () => reporter.step());
  if (folder !== undefined) {
    const watch = new MeterFolder({ folder, intake, log, settleMs: SETTLE_MS });
    loop("folder", FOLDER_MS, () => watch.look());
  }
  const tasks = taskRoute({
    path: `${READINGS_PATH}/tasks`,
    summary: "Which readings wait to be reported or corrected, and which were · 待上报的电量数据",
    list: LIST,
    kinds: KINDS,
    operationId: "listReadingTasks",
    tag: "metering",
  });
  return {
    alerts: async () => {
      const found = await Promise.all([quarantineAlerts(db), taskAlerts(db, LIST, await clock.now())]);
      return [...keysSetAside(reporter.lame), ...found.flat()];
    },
    routes: {
      name: "metering",
      description: {
        en: "Takes batches of meter readings, each whole or not at all, and reports and corrects them on the chain.",
        zh: "整批接收电量数据，并上报、更正到链上。",
      },
      largeMessages: [READINGS_PATH],
      fieldWords: {
        ...tasks.fieldWords,
        batchState: () => ({ en: 'must be "taken" or "quarantined"', zh: '须为 "taken" 或 "quarantined"' }),
      },
      register(app, gateway) {
        readingRoutes(app, gateway, intake);
        tasks.register(app, gateway);
      },
    },
  };
}
