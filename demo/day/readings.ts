import { join } from "node:path";
import {
  type DayPick,
  loadMapping,
  loadMeterDays,
  type Mapping,
  MappingError,
  type MeterDay,
} from "../../intake/index.ts";
import { root } from "../../scripts/root.ts";
import { type Curve, type Day, formatDay } from "../../sdk/index.ts";
import { exactUnits, parseDecimal } from "../../sdk/types/decimal.ts";
import type { Words } from "./language.ts";
import { FURTHER, PLACES, type Place, type PlaceName } from "./places.ts";

/** A file of readings and the mapping that describes it. */
export interface ReadingsFile {
  readings: string;
  mapping: string;
}

/** A meter with its readings of the delivery day. */
export interface DayMeter {
  /** As in the file it was read from. */
  name: string;
  place: Place;
  capacityW: number;
  /** Wh per slot. */
  curve: Curve;
  /** The date of the file. */
  source: Day;
}

export interface DayReadings {
  day: Day;
  places: Record<PlaceName, DayMeter>;
  /** Those for whom no place was left. */
  further: DayMeter[];
  /** Who stands where, and what is missing. */
  matching: Words;
}

/** Typical curves exist for one day of each month of this year. */
const TYPICAL_YEAR = 2026;

/** Reads the day of every meter through the intake: typical curves, and over them those of a file of somebody's own. */
export async function readDay(day: Day, own?: ReadingsFile): Promise<DayReadings> {
  const source = `${TYPICAL_YEAR}-${formatDay(day).slice(5, 7)}-15`;
  const typical = (
    await Promise.all(
      ["generation", "consumption"].map((kind) =>
        readFile(
          {
            readings: join(root, `data/typical-${kind}.csv`),
            mapping: join(root, `data/typical-${kind}.mapping.json`),
          },
          day,
          source,
        ),
      ),
    )
  ).flat();
  const measured = own === undefined ? [] : await readFile(own, day);
  const taken = match(measured);
  const stand = (name: PlaceName): DayMeter => {
    const place = PLACES[name];
    const found = taken.places.get(name) ?? typical.find(({ meter }) => meter === place.name);
    if (found === undefined)
      throw new MappingError({
        en: `The typical curves have no meter "${place.name}".`,
        zh: `典型曲线中没有计量点“${place.name}”。`,
      });
    return dayMeter(found, place);
  };
  const names = Object.keys(PLACES) as PlaceName[];
  return {
    day,
    places: Object.fromEntries(names.map((name) => [name, stand(name)])) as Record<PlaceName, DayMeter>,
    further: taken.further.map((meter) => dayMeter(meter, FURTHER[meter.direction])),
    matching: describe(names, taken, source, measured[0]?.assumed),
  };
}

interface FileMeter extends MeterDay {
  capacityKw: string | undefined;
}

/** A meter takes part with the first date that the mapping names for it. */
async function readFile({ readings, mapping: file }: ReadingsFile, day: Day, date?: string): Promise<FileMeter[]> {
  const mapping = await loadMapping(file);
  const picks = mapping.meters.map(({ meter }): DayPick => {
    const source = date ?? firstDate(mapping, meter);
    if (source !== undefined) return { source, as: formatDay(day), meters: [meter] };
    throw new MappingError({
      en: `The mapping ${file} names no date for meter "${meter}": add one under "days", such as {"source": "2011-07-04", "meters": ["${meter}"]}.`,
      zh: `映射 ${file} 没有为计量点“${meter}”指定日期：请在 "days" 下添加，例如 {"source": "2011-07-04", "meters": ["${meter}"]}。`,
    });
  });
  const days = await loadMeterDays(readings, file, picks);
  return days.map((read) => ({
    ...read,
    capacityKw: mapping.meters.find(({ meter }) => meter === read.meter)?.capacityKw,
  }));
}

function firstDate({ days = [] }: Mapping, meter: string): string | undefined {
  return days.find(({ meters }) => meters === undefined || meters.includes(meter))?.source;
}

interface Matching {
  places: Map<PlaceName, FileMeter>;
  further: FileMeter[];
}

/** By name first; the others take the places left of their direction, in the order of the mapping. */
function match(meters: readonly FileMeter[]): Matching {
  const free = new Map(Object.entries(PLACES) as [PlaceName, Place][]);
  const places = new Map<PlaceName, FileMeter>();
  const take = (fits: (place: Place, meter: FileMeter) => boolean, waiting: readonly FileMeter[]) =>
    waiting.filter((meter) => {
      const [found] = [...free].find(([, place]) => place.direction === meter.direction && fits(place, meter)) ?? [];
      if (found === undefined) return true;
      places.set(found, meter);
      free.delete(found);
      return false;
    });
  const unnamed = take(({ name }, { meter }) => name === meter, meters);
  return { places, further: take(() => true, unnamed) };
}

/** Without a rated capacity, what the busiest slot shows. */
function dayMeter({ meter, capacityKw, curve, source }: FileMeter, place: Place): DayMeter {
  const rated = capacityKw === undefined ? undefined : exactUnits(parseDecimal(capacityKw), 3);
  const capacityW = rated === undefined ? Math.max(1, ...curve) * 4 : Number(rated);
  return { name: meter, place, capacityW, curve, source };
}

function describe(names: readonly PlaceName[], { places, further }: Matching, source: string, assumed?: Words): Words {
  const typical = names.filter((name) => !places.has(name)).map((name) => PLACES[name].name);
  if (places.size === 0) {
    return {
      zh: `读数：随产品附带的典型曲线（${source}），按公开规则计算得出，并非实测。`,
      en: `Readings: the typical curves that ship with the product (${source}), computed from published rules, not measured.`,
    };
  }
  const own = [...places].map(([name, { meter, source: day }]) => ({
    meter,
    date: formatDay(day),
    as: PLACES[name].name,
  }));
  const rest = further.map(({ meter }) => meter);
  return {
    zh: [
      `读数：同名的计量点各就其位，其余按映射中的顺序补位：${own.map(({ meter, date, as }) => `${meter}（${date}）代替 ${as}`).join("，")}`,
      rest.length > 0 ? `；${rest.join("、")} 只参加集中出清` : "",
      typical.length > 0 ? `；缺少 ${typical.join("、")}，用典型曲线代替` : "；没有缺少的",
      "。",
      assumed?.zh ?? "",
    ].join(""),
    en: [
      "Readings: a meter takes the place of its name, the others those left of their direction in the mapping's order: ",
      own.map(({ meter, date, as }) => `${meter} of ${date} stands for ${as}`).join(", "),
      rest.length > 0 ? `; ${rest.join(", ")} trade in the round only` : "",
      typical.length > 0
        ? `; missing are ${typical.join(", ")}, for which typical curves stand`
        : "; nothing is missing",
      ".",
      assumed === undefined ? "" : ` ${assumed.en}`,
    ].join(""),
  };
}
