import { getBlockNumber } from "viem/actions";
import type { Platform } from "../../sdk/chain/client.ts";
import { readCorrections, readMeterDay } from "../../sdk/metering/metered.ts";
import { DAY_STATES, QUALITIES } from "../../sdk/types/enums.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { wordsOf } from "../../sdk/types/words.ts";
import { type Comparison, differing, type Fact } from "../records/compare.ts";
import { sumOf } from "../records/tradeRow.ts";

/** What the index says of a meter's day, as far as the chain keeps or logs it. */
export interface SaidMeterDay {
  meter: string;
  day: number;
  state: string;
  version: number;
  quality: string | null;
  finalisableAt: string | null;
  metered: number[] | null;
  meteredWh: string | null;
  correctedVersion: number | null;
  corrected: number[] | null;
  correctedWh: string | null;
}

/** The readings in force, and their correction, confirmed by the hashes that the chain keeps. */
export async function checkMeterDay(platform: Platform, said: SaidMeterDay): Promise<Comparison> {
  const meter = BigInt(said.meter);
  const [block, { state, inForce }, corrections] = await Promise.all([
    getBlockNumber(platform.client, { cacheTime: 0 }),
    readMeterDay(platform, meter, said.day),
    readCorrections(platform, meter, said.day),
  ]);
  const corrected = corrections.inForce;
  const facts = [
    text({ en: "state", zh: "状态" }, said.state, wordsOf(DAY_STATES)[DAY_STATES.indexOf(state)]),
    text({ en: "version", zh: "版本" }, said.version, inForce?.version ?? 0),
    text(
      { en: "quality", zh: "质量" },
      said.quality ?? "—",
      inForce === undefined ? "—" : wordsOf(QUALITIES)[QUALITIES.indexOf(inForce.quality)],
    ),
    text(
      { en: "when it can be finalised", zh: "可定稿时间" },
      said.finalisableAt ?? "—",
      inForce?.finalisableAt ?? "—",
    ),
    ...curve({ en: "metered", zh: "计量电量" }, said.metered, inForce?.curve),
    ...total({ en: "metered in all", zh: "计量电量合计" }, said.meteredWh, inForce?.curve),
    text({ en: "version of the correction", zh: "更正版本" }, said.correctedVersion ?? 0, corrected?.version ?? 0),
    ...curve({ en: "corrected", zh: "更正电量" }, said.corrected, corrected?.curve),
    ...total({ en: "corrected in all", zh: "更正电量合计" }, said.correctedWh, corrected?.curve),
  ];
  return { block, differences: differing(facts) };
}

const text = (what: Sentence, said: unknown, onChain: unknown): Fact => ({
  ...{ what, kind: "text", said: String(said), onChain: String(onChain) },
});

function curve(what: Sentence, said: readonly number[] | null, onChain: readonly number[] | undefined): Fact[] {
  if (said === null || onChain === undefined)
    return [text(what, said === null ? "—" : "96", onChain === undefined ? "—" : "96")];
  const slot = onChain.findIndex((wh, at) => wh !== said[at]);
  if (slot < 0) return [];
  const at = { en: `${what.en}, quarter-hour ${slot + 1}`, zh: `${what.zh}，第 ${slot + 1} 时段` };
  return [{ what: at, kind: "wh", said: BigInt(said[slot] ?? 0), onChain: BigInt(onChain[slot] ?? 0) }];
}

const total = (what: Sentence, said: string | null, onChain: readonly number[] | undefined): Fact[] =>
  said === null || onChain === undefined ? [] : [{ what, kind: "wh", said: BigInt(said), onChain: sumOf(onChain) }];
