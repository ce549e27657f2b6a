import { graphql, type ResultOf } from "../indexed/index.ts";

/** A zone's day as the index has it, with every rule set that may be in force on it. */
export const MARKET_DAY = graphql(`query MarketDay($zone: Int!, $date: Date!) {
  zone(id: $zone) { id name voltage }
  latest: priceSlots(where: { zoneId: $zone }, orderBy: "day", orderDirection: "desc", limit: 1) { items { date } }
  zones(orderBy: "id", limit: 1000) { items { id name } }
  priceSlots(where: { zoneId: $zone, date: $date }, orderBy: "slot", limit: 96) {
    items { slot price round continuous contractedWh bilateralWh deliveredWh amountMicroFen averagePrice trades }
  }
  ruleSets(orderBy: "effectiveDay", orderDirection: "desc", limit: 1000, where: { effectiveDate_lte: $date }) {
    items {
      id effectiveDate withdrawnAt
      rules {
        wetFrom wetUntil bondRateBp maxPaymentDays smallSellerPaymentDays maxAdvanceDays cutOffLeadSeconds gateLeadSeconds lotWh
        wet { floor cap } dry { floor cap } tariffs
        deviationRules { source toleranceBp rateBp priceFenPerMWh period payee }
      }
    }
  }
  _meta { status { market { block { number } } } }
}`);

export type MarketDay = ResultOf<typeof MARKET_DAY>;
export type PricedSlot = MarketDay["priceSlots"]["items"][number];
export type RuleSet = MarketDay["ruleSets"]["items"][number];
export type Rules = RuleSet["rules"];

/** What a day came to. */
export interface DayFigures {
  /** Of all energy, fen per MWh rounded half up; undefined where nothing was traded. */
  average: bigint | undefined;
  /** Of clearing, as is the highest. */
  lowest: number | undefined;
  highest: number | undefined;
  contractedWh: bigint;
  deliveredWh: bigint;
}

export function figuresOf(slots: readonly PricedSlot[]): DayFigures {
  const sum = (value: (slot: PricedSlot) => string) => slots.reduce((total, slot) => total + BigInt(value(slot)), 0n);
  const prices = slots.flatMap(({ price }) => price ?? []);
  const contractedWh = sum((slot) => slot.contractedWh);
  const amount = sum((slot) => slot.amountMicroFen);
  return {
    average: contractedWh === 0n ? undefined : (2n * amount + contractedWh) / (2n * contractedWh),
    lowest: prices.length === 0 ? undefined : Math.min(...prices),
    highest: prices.length === 0 ? undefined : Math.max(...prices),
    contractedWh,
    deliveredWh: sum((slot) => slot.deliveredWh),
  };
}

/** The season of a date, with its price limits. */
export function seasonOf({ wetFrom, wetUntil, wet, dry }: Rules, date: string) {
  const at = Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
  const isWet = wetFrom <= wetUntil ? wetFrom <= at && at <= wetUntil : wetFrom <= at || at <= wetUntil;
  return { isWet, limits: isWet ? wet : dry };
}
