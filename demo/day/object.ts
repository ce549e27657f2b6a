import { buildObjection, type Day, formatDay, readObjections, reasonHash } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import type { DayMarket } from "./market.ts";
import { DayRefused } from "./refused.ts";

/** A participant puts on record that it does not agree with a reading; the day becomes final all the same. */
export async function object(market: DayMarket, actor: LocalActor, meter: bigint, day: Day): Promise<void> {
  const reason = reasonHash(`${market.name(actor)}: ${formatDay(day)}, ${meter}`);
  await market.send(actor, "ObjectionDesk", "object", await buildObjection(market.platform, meter, day, reason));
  const [objection] = await readObjections(market.platform, meter, day);
  if (objection?.participant !== market.id(actor) || objection.reasonHash !== reason)
    throw new DayRefused({
      en: `The objection to meter ${meter} on ${formatDay(day)} is not in the logs.`,
      zh: `日志中没有对计量点 ${meter} 在 ${formatDay(day)} 的异议。`,
    });
  market.say({
    zh: `${market.name(actor)}在异议期内对计量点 ${meter} 的第 ${objection.version} 版读数提出异议：理由的哈希上链，定稿照常进行。`,
    en: `${market.name(actor)} objects to version ${objection.version} of meter ${meter} in time: the hash of its reason is on chain, and the day becomes final all the same.`,
  });
}
