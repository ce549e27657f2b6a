import { getBlockNumber } from "viem/actions";
import type { Platform } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import type { Alert } from "../gateway/alerts.ts";
import { progress } from "./progress.ts";

/** Events become tasks with the next look, a second later. */
const MOST_BEHIND = 100;

/** Where the keeper has not read the chain's latest events: what they ask for is not even on its list. */
export async function keeperBehind(db: Database, platform: Platform): Promise<Alert[]> {
  const [head, read] = await Promise.all([getBlockNumber(platform.client, { cacheTime: 0 }), progress(db)]);
  const behind = Number(head - (read ?? platform.startBlock));
  if (behind <= MOST_BEHIND) return [];
  return [
    {
      code: "KeeperBehind",
      sentences: {
        en: `The keeper has read events up to ${behind} blocks before the chain's newest: what became due since is not on its list yet.`,
        zh: `自动任务读取事件落后最新区块 ${behind} 个：此后到期的事项尚未列入。`,
      },
      step: {
        en: "It catches up by itself; if the number grows, have the people who run the service see to its node.",
        zh: "服务会自动追赶；若差距继续扩大，请通知服务的运维人员检查节点。",
      },
      figures: { blocks: behind },
    },
  ];
}
