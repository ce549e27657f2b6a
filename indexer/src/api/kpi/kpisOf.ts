import { formatDecimal } from "../../../../sdk/types/decimal.ts";
import { divideHalfUp } from "../../../../sdk/types/rounding.ts";

/** One KPI over a period: exact numerator and denominator, and the value that people are shown. */
export interface Kpi {
  id: string;
  zh: string;
  en: string;
  numerator: bigint;
  /** Empty for a plain count. */
  denominator: bigint | null;
  unit: "participants" | "trades" | "%" | "s";
  /** Decimal text, rounded half up; empty where nothing came that could be counted. */
  value: string | null;
}

/** What KPIs are computed from. */
export interface Counted {
  days: readonly CountedDay[];
  today: number;
  registered: bigint;
  active: bigint;
  traders: bigint;
  tradesOfTraders: bigint;
}

interface CountedDay {
  day: number;
  tradesSettled: number;
  tradesCorrected: number;
  deliveredWh: bigint;
  claimedWh: bigint;
  sellersPaidFen: bigint;
  sellersPaidFenSeconds: bigint;
  requests: number;
  requestsFinanced: number;
  financings: number;
  requestToMoneySeconds: bigint;
  bidFen: bigint;
  bidPaidFen: bigint;
  dueFen: bigint;
  paidInTimeFen: bigint;
  defaultedFen: bigint;
  recoveredFen: bigint;
}

/** The KPIs as docs/kpi.md defines them. */
export function kpisOf({ days, today, registered, active, traders, tradesOfTraders }: Counted): Kpi[] {
  const sum = (name: Exclude<keyof CountedDay, "day">, of = days) =>
    of.reduce((total, row) => total + BigInt(row[name]), 0n);
  const settled = sum("tradesSettled");
  const over = days.filter(({ day }) => day < today);
  const due = sum("dueFen", over);
  return [
    count("registeredParticipants", "注册参与方", "Registered participants", registered),
    count("activeParticipants", "活跃参与方", "Active participants", active),
    ratio("tradesPerParticipant", "人均交易数", "Trades per participant", "trades", tradesOfTraders, traders),
    ratio(
      ...(["settledWithoutCorrection", "无更正结算占比", "Share settled without correction", "%"] as const),
      ...([settled - sum("tradesCorrected"), settled] as const),
    ),
    ratio("claimedKwh", "已领取电量凭证占比", "Share of kWh claimed", "%", sum("claimedWh"), sum("deliveredWh")),
    ratio(
      ...(["deliveryToMoney", "交割到收款时间", "Time from delivery to money", "s"] as const),
      ...([sum("sellersPaidFenSeconds"), sum("sellersPaidFen")] as const),
    ),
    ratio(
      ...(["financingSuccess", "融资成功率", "Financing success rate", "%"] as const),
      ...([sum("requestsFinanced"), sum("requests")] as const),
    ),
    ratio(
      ...(["requestToMoney", "申请到放款时间", "Time from request to money", "s"] as const),
      ...([sum("requestToMoneySeconds"), sum("financings")] as const),
    ),
    ratio("useOfFunds", "资金使用率", "Use of funds", "%", sum("bidPaidFen"), sum("bidFen")),
    ratio("overdueShare", "逾期占比", "Overdue share", "%", due - sum("paidInTimeFen", over), due),
    ratio("recoveredShare", "违约回收率", "Recovered share", "%", sum("recoveredFen"), sum("defaultedFen")),
  ];
}

function count(id: string, zh: string, en: string, numerator: bigint): Kpi {
  return { id, zh, en, numerator, denominator: null, unit: "participants", value: String(numerator) };
}

function ratio(
  id: string,
  zh: string,
  en: string,
  unit: "trades" | "%" | "s",
  numerator: bigint,
  denominator: bigint,
): Kpi {
  return { id, zh, en, numerator, denominator, unit, value: shown(unit, numerator, denominator) };
}

/** Seconds are shown whole, everything else with two decimals. */
function shown(unit: "trades" | "%" | "s", numerator: bigint, denominator: bigint): string | null {
  if (denominator === 0n) return null;
  const factor = { trades: 100n, "%": 10_000n, s: 1n }[unit];
  return formatDecimal(divideHalfUp(numerator * factor, denominator), unit === "s" ? 0 : 2).replaceAll(",", "");
}
