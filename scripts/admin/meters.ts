import { readContract } from "viem/actions";
import { contractOf } from "../../sdk/chain/client.ts";
import { readEvents } from "../../sdk/chain/logs.ts";
import { assetHash, type MeterInput, registerMeter, setMeterTrader } from "../../sdk/metering/index.ts";
import { DIRECTIONS, SOURCES, VOLTAGES } from "../../sdk/types/enums.ts";
import { parseKwh } from "../../sdk/types/units.ts";
import { inWords } from "../language.ts";
import { asCall, type Planned } from "./acts.ts";
import type { Office } from "./office.ts";
import { participantIn } from "./participants.ts";
import { AdminError } from "./problem.ts";
import { type Columns, oneOf, type Row, rowsFrom, understand, wholeIn } from "./rows.ts";

export const METER_COLUMNS = {
  asset: { words: { en: "the asset number that stands on it", zh: "资产编号" }, isRequired: true },
  owner: {
    words: { en: "its owner, a participant's number or account", zh: "所有者（编号或账户）" },
    isRequired: true,
  },
  trader: { words: { en: "who trades for it, if not its owner", zh: "代理交易方（非所有者时）" } },
  zone: { words: { en: "the number of its zone", zh: "分区编号" }, isRequired: true },
  direction: { words: { en: "Generation, Consumption", zh: "发电／用电" }, isRequired: true },
  voltage: { words: { en: VOLTAGES.join(", "), zh: "电压等级" }, isRequired: true },
  source: {
    words: { en: `of a plant: ${SOURCES.slice(1).join(", ")}`, zh: `电站的电源类型：${SOURCES.slice(1).join(", ")}` },
  },
  capacityKw: { words: { en: "rated capacity in kW", zh: "额定容量（kW）" }, isRequired: true },
} as const satisfies Columns;

/** Meters to register; those whose asset number is registered are done. */
export async function planMeters(office: Office, options: Record<string, unknown>): Promise<Planned[]> {
  const { platform } = office;
  const zones = (await readEvents(platform, "MarketRules", ["ZoneAdded"])).map(({ args }) => args);
  const read = await understand(
    rowsFrom(METER_COLUMNS, options),
    METER_COLUMNS,
    (row) => meterOf(office, zones, row),
    ({ assetNumber }) => assetNumber,
  );
  const hashes = read.flatMap(({ input }) => (input === undefined ? [] : [assetHash(input.assetNumber)]));
  const events =
    hashes.length === 0 ? [] : await readEvents(platform, "MeterRegistry", ["MeterRegistered"], { assetHash: hashes });
  return read.map(({ row: { line: at }, input, problem }): Planned => {
    if (problem !== undefined) return { at, problem };
    const registered = events.find(({ args }) => args.assetHash === assetHash(input.assetNumber));
    if (registered !== undefined) {
      const { meter } = registered.args;
      const what = { en: `${input.assetNumber} is meter ${meter}`, zh: `${input.assetNumber} 为计量点 ${meter}` };
      return { at, what, isDone: true };
    }
    const { assetNumber, owner, trader, zone, direction, voltage, source, capacityW } = input;
    const what = {
      en: `meter ${assetNumber} of participant ${owner} is registered: ${direction}${source === undefined ? "" : ` by ${source}`}, ${capacityW / 1000} kW at ${voltage} in zone ${zone}${trader === undefined ? "" : `, traded by participant ${trader}`}`,
      zh: `登记参与方 ${owner} 的计量点 ${assetNumber}：${direction}${source === undefined ? "" : `，${source}`}，${capacityW / 1000} kW，${voltage}，分区 ${zone}${trader === undefined ? "" : `，由参与方 ${trader} 代理交易`}`,
    };
    return { at, what, call: asCall(registerMeter(platform, input)) };
  });
}

async function meterOf(
  office: Office,
  zones: readonly Zone[],
  { cells }: Row<typeof METER_COLUMNS>,
): Promise<MeterInput> {
  const direction = oneOf(
    ["Generation", "Consumption"] satisfies (typeof DIRECTIONS)[number][],
    cells.direction ?? "",
    {
      en: "a direction",
      zh: "计量方向",
    },
  );
  const voltage = oneOf(VOLTAGES, cells.voltage ?? "", { en: "a voltage", zh: "电压等级" });
  const zone = wholeIn(cells.zone ?? "", { en: "the number of a zone", zh: "分区编号" });
  requireZone(zones, zone);
  const capacityW = Number(parseKwh(cells.capacityKw ?? ""));
  if (capacityW <= 0 || capacityW > 2 ** 32 - 1) {
    throw new AdminError({
      en: `capacityKw is ${cells.capacityKw}: a meter has more than 0 and at most 4,294,967 kW.`,
      zh: `capacityKw 为 ${cells.capacityKw}：容量须大于 0 且不超过 4,294,967 kW。`,
    });
  }
  return {
    ...{ assetNumber: cells.asset ?? "", owner: await participantIn(office, cells.owner ?? "") },
    ...{ zone, direction, voltage, capacityW },
    ...(cells.trader === undefined ? {} : { trader: await participantIn(office, cells.trader) }),
    ...(cells.source === undefined
      ? {}
      : {
          source: oneOf(SOURCES, cells.source, {
            en: "a source of energy",
            zh: "电源类型",
          }),
        }),
  };
}

interface Zone {
  zone: number;
  name: string;
}

/** The registry takes any number. */
function requireZone(zones: readonly Zone[], zone: number): void {
  if (zones.some((each) => each.zone === zone)) return;
  const known = zones.map((each) => `${each.zone} ${each.name}`).join(", ");
  throw new AdminError({
    en: `There is no zone ${zone}: write one of ${known}.`,
    zh: `没有分区 ${zone}：可填 ${known}。`,
  });
}

/** Who trades for a meter from the next open book on; 0 is its owner again. */
export async function planTrader(office: Office, meter: number, trader: number): Promise<Planned[]> {
  const { platform } = office;
  const registry = contractOf(platform, "MeterRegistry");
  const args = [BigInt(meter)] as const;
  const now = await readContract(platform.client, { ...registry, functionName: "meterOf", args });
  const wanted = trader === 0 ? now.owner : trader;
  const what = {
    en: `participant ${wanted} trades for meter ${meter}`,
    zh: `参与方 ${wanted} 代计量点 ${meter} 交易`,
  };
  if ((now.nextTraderFrom === 0 ? now.trader : now.nextTrader) === wanted && now.owner !== 0) {
    return [{ at: undefined, what, isDone: true }];
  }
  return [{ at: undefined, what, call: asCall(setMeterTrader(platform, BigInt(meter), trader)) }];
}

/** One line a meter. */
export async function listMeters(office: Office): Promise<string[]> {
  const events = await readEvents(office.platform, "MeterRegistry", ["MeterRegistered"]);
  return events.map(({ args: { meter, owner, properties } }) => {
    const { zone, direction, voltage, source, capacityW, trader } = properties;
    const by = trader === owner ? { en: "", zh: "" } : { en: `, traded by ${trader}`, zh: `，由 ${trader} 代理交易` };
    const facts = [DIRECTIONS[direction], SOURCES[source], VOLTAGES[voltage]].filter((fact) => fact !== "None");
    return inWords({
      en: `${String(meter).padStart(4)}  of participant ${owner}${by.en}: ${facts.join(", ")}, ${capacityW / 1000} kW, zone ${zone}`,
      zh: `${String(meter).padStart(4)}  参与方 ${owner}${by.zh}：${facts.join("，")}，${capacityW / 1000} kW，分区 ${zone}`,
    });
  });
}
