import { readContract } from "viem/actions";
import { meterRegistry } from "../../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../../sdk/chain/client.ts";
import { MeterError, priceLimits, readOrderConditions, readRules } from "../../../sdk/market/conditions.ts";
import { readSold } from "../../../sdk/market/opened.ts";
import type { Side } from "../../../sdk/market/order.ts";
import { slotLimitWh, traderOn } from "../../../sdk/metering/meter.ts";
import { DIRECTIONS } from "../../../sdk/types/enums.ts";
import { DAY_SECONDS, type Day, startOfDay } from "../../../sdk/types/time.ts";
import type { EntryRules } from "./totals.ts";

/** What the chain says of a meter and a day, all of it read at the node. */
export interface MeterRules extends EntryRules {
  /** Plants sell, others buy. */
  side: Side;
  /** The participant that trades for it on the day. */
  trader: number;
  zone: number;
  /** Unix seconds between which orders for the day are taken. */
  opensAt: number;
  closesAt: number;
  /** The longest payment term of the rules, in days. */
  maxPaymentDays: number;
}

const GENERATION = DIRECTIONS.indexOf("Generation");

/** Comes with the chain layer: import it lazily. @throws MeterError if there is no such meter */
export async function readMeterRules(platform: Platform, meter: bigint, day: Day): Promise<MeterRules> {
  const registry = contractAt(platform, meterRegistry);
  const [found, rules, conditions, sold] = await Promise.all([
    readContract(platform.client, { ...registry, functionName: "meterOf", args: [meter] }),
    readRules(platform),
    readOrderConditions(platform, meter, day),
    readSold(platform, meter, day),
  ]);
  if (!found.active) {
    throw new MeterError({
      en: `Meter ${meter} is out of service: choose another, or ask the metering centre.`,
      zh: `计量点 ${meter} 已停用：请选择其他计量点，或联系计量中心。`,
    });
  }
  const start = startOfDay(day);
  return {
    conditions,
    ...priceLimits(rules, day),
    lotWh: rules.lotWh,
    slotLimitWh: slotLimitWh(BigInt(found.capacityW)),
    sold: sold?.position,
    side: found.direction === GENERATION ? "sell" : "buy",
    trader: traderOn(found, day),
    zone: found.zone,
    opensAt: start - rules.maxAdvanceDays * DAY_SECONDS,
    closesAt: start - rules.cutOffLeadSeconds,
    maxPaymentDays: rules.maxPaymentDays,
  };
}
