import { type Hex, keccak256, stringToBytes } from "viem";
import { contractOf, type Platform } from "../chain/client.ts";
import { DIRECTIONS, type Direction, SOURCES, type Source, VOLTAGES, type Voltage } from "../types/enums.ts";
import { NO_NEXT_TRADER } from "./meter.ts";

/** What the metering centre registers of a meter. */
export interface MeterInput {
  /** Number of the participant that it belongs to. */
  owner: number;
  /** Number of the retailer or aggregator that trades for it; otherwise its owner does. */
  trader?: number;
  zone: number;
  direction: Exclude<Direction, "None">;
  voltage: Voltage;
  /** Of a plant; a meter of consumption has none. */
  source?: Source;
  /** Rated capacity in watt. */
  capacityW: number;
  /** What stands on it; the chain keeps its hash. */
  assetNumber: string;
}

/** What the chain knows a meter's asset number by. */
export const assetHash = (assetNumber: string): Hex => keccak256(stringToBytes(assetNumber));

/** The call by which the metering centre registers a meter, for viem's `writeContract`. */
export function registerMeter(platform: Platform, meter: MeterInput) {
  const properties = {
    owner: meter.owner,
    trader: meter.trader ?? 0,
    zone: meter.zone,
    direction: DIRECTIONS.indexOf(meter.direction),
    voltage: VOLTAGES.indexOf(meter.voltage),
    source: SOURCES.indexOf(meter.source ?? "None"),
    active: true,
    capacityW: meter.capacityW,
    ...NO_NEXT_TRADER,
  };
  return {
    ...contractOf(platform, "MeterRegistry"),
    functionName: "register" as const,
    args: [properties, assetHash(meter.assetNumber)] as const,
  };
}

/** The call by which a meter's owner names who trades for it; 0 is the owner itself. */
export function setMeterTrader(platform: Platform, meter: bigint, trader: number) {
  return {
    ...contractOf(platform, "MeterRegistry"),
    functionName: "setTrader" as const,
    args: [meter, trader] as const,
  };
}
