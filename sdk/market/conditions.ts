import { type Address, type ContractFunctionReturnType, encodeFunctionData } from "viem";
import { getBlock, readContract } from "viem/actions";
import type { marketRulesAbi } from "../chain/abi/index.ts";
import { marketRules, meterRegistry } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { probe } from "../chain/probe.ts";
import { traderOn } from "../metering/meter.ts";
import { DujiangError } from "../types/errors.ts";
import { type Day, dateNumber, dayOf } from "../types/time.ts";
import type { BasisPoints, Price, Tariff } from "../types/units.ts";
import type { OrderConditions } from "./order.ts";
import type { TradeConditions } from "./trade.ts";

/** Thrown when a meter cannot be traded for. */
export class MeterError extends DujiangError {}

/** A rule set of the market, as the contract keeps it. */
export type RuleSet = ContractFunctionReturnType<typeof marketRulesAbi, "view", "ruleSet">;

const BOND_POLICY = [
  {
    ...{ type: "function", name: "bondRateBp", stateMutability: "view" },
    inputs: [
      { name: "seller", type: "uint32" },
      { name: "flatRateBp", type: "uint16" },
    ],
    outputs: [{ type: "uint16" }],
  },
] as const;
/** What the escrow lets a policy spend on its answer. */
const POLICY_GAS = 50_000n;

/** What the rules in force ask of a trade between two meters. */
export async function readConditions(
  platform: Platform,
  { sellerMeter, buyerMeter }: { sellerMeter: bigint; buyerMeter: bigint },
): Promise<TradeConditions> {
  const [rules, sold, used] = await Promise.all([
    readRules(platform),
    readMeter(platform, sellerMeter),
    readMeter(platform, buyerMeter),
  ]);
  const path = await readContract(platform.client, {
    ...contractAt(platform, marketRules),
    functionName: "pathVoltage",
    args: [sold.zone, used.zone],
  });
  return {
    tariff: networkTariff(rules, used.voltage, path),
    bondRateBp: await readBondRate(platform, rules, sold.trader),
  };
}

/** What the rules in force ask of an order for a meter, delivered on a day: it trades within the meter's zone. */
export async function readOrderConditions(platform: Platform, meter: bigint, day: Day): Promise<OrderConditions> {
  const [rules, traded] = await Promise.all([readRules(platform), readMeter(platform, meter)]);
  const [, zoneVoltage] = await readContract(platform.client, {
    ...contractAt(platform, marketRules),
    functionName: "zone",
    args: [traded.zone],
  });
  return {
    tariff: networkTariff(rules, traded.voltage, zoneVoltage),
    bondRateBp: await readBondRate(platform, rules, traded.trader),
    priceCap: priceLimits(rules, day).cap,
  };
}

/** The rule set under which a trade opened now would stand. */
export async function readRules(platform: Platform): Promise<RuleSet> {
  const { timestamp } = await getBlock(platform.client);
  const rules = contractAt(platform, marketRules);
  const [, set] = await readContract(platform.client, {
    ...rules,
    functionName: "ruleSetOn",
    args: [dayOf(timestamp)],
  });
  return set;
}

/** Lowest and highest price of a delivery day: those of the wet season (丰水期) or the dry one (枯水期). */
export function priceLimits(rules: RuleSet, day: Day): { floor: Price; cap: Price } {
  const { wetFrom, wetUntil, wet, dry } = rules;
  const date = dateNumber(day) % 10_000;
  const isWet = wetFrom <= wetUntil ? wetFrom <= date && date <= wetUntil : wetFrom <= date || date <= wetUntil;
  return isWet ? wet : dry;
}

/** The tariff of the buyer's voltage less that of the highest voltage the path uses, not below zero. */
export function networkTariff({ tariffs }: RuleSet, used: number, path: number): Tariff {
  const tariff = (tariffs[used] ?? 0n) - (tariffs[path] ?? 0n);
  return tariff > 0n ? tariff : 0n;
}

/** A meter with who trades for it today. */
async function readMeter(platform: Platform, meter: bigint) {
  const registry = contractAt(platform, meterRegistry);
  const [found, { timestamp }] = await Promise.all([
    readContract(platform.client, { ...registry, functionName: "meterOf", args: [meter] }),
    getBlock(platform.client),
  ]);
  if (found.direction === 0)
    throw new MeterError({
      en: `Meter ${meter} is not registered: meters are numbered from 1.`,
      zh: `计量点 ${meter} 未登记：计量点自 1 起编号。`,
    });
  return { ...found, trader: traderOn(found, dayOf(timestamp)) };
}

/** As the escrow asks it: a policy that fails, or asks for more than the amount, is replaced by the flat rate. */
async function readBondRate(platform: Platform, rules: RuleSet, seller: number): Promise<BasisPoints> {
  const { bondPolicy, bondRateBp } = rules;
  if (BigInt(bondPolicy) === 0n) return bondRateBp;
  const args = [seller, bondRateBp] as const;
  const data = encodeFunctionData({ abi: BOND_POLICY, functionName: "bondRateBp", args });
  const { success, word, bytes } = await probe(platform.client, { to: bondPolicy as Address, data, gas: POLICY_GAS });
  return success && bytes >= 32 && word <= 10_000n ? Number(word) : bondRateBp;
}
