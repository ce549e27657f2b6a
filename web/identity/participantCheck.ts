import { getBlockNumber, readContract } from "viem/actions";
import { creditLedger, participantRegistry } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { GRADES, type Grade } from "../../sdk/credit/enums.ts";
import { kindsOf } from "../../sdk/identity/kinds.ts";
import { FIRM_SIZES, PARTICIPANT_STATUSES } from "../../sdk/types/enums.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { nameOf, wordsOf } from "../../sdk/types/words.ts";
import { type Comparison, differing, type Fact } from "../records/compare.ts";

/** What the index says of a participant, as far as the chain counts it too. */
export interface CheckedParticipant {
  id: number;
  status: string;
  account: string;
  size: string;
  kinds: string[];
  validUntilDate: string;
  exposureLimitFen: string;
  credit: Record<string, string | number> | null;
}

export interface ParticipantCheck extends Comparison {
  /** By what the chain counts of it. */
  grade: Grade;
}

/** Standing and credit record, each read from the chain beside what the index says. */
export async function checkParticipant(platform: Platform, said: CheckedParticipant): Promise<ParticipantCheck> {
  const { client } = platform;
  const registry = contractAt(platform, participantRegistry);
  const ledger = contractAt(platform, creditLedger);
  const args = [said.id] as const;
  const [block, account, standing, sold, bought, debts, grade] = await Promise.all([
    getBlockNumber(client, { cacheTime: 0 }),
    readContract(client, { ...registry, functionName: "accountOf", args }),
    readContract(client, { ...registry, functionName: "standing", args }),
    readContract(client, { ...ledger, functionName: "tradesOf", args: [said.id, 0] }),
    readContract(client, { ...ledger, functionName: "tradesOf", args: [said.id, 1] }),
    readContract(client, { ...ledger, functionName: "debtsOf", args }),
    readContract(client, { ...ledger, functionName: "gradeOf", args }),
  ]);
  const kinds = (names: readonly string[]) => [...names].sort().join(", ");
  const text = (what: Sentence, indexed: string, onChain: string): Fact => ({
    ...{ what, kind: "text", said: indexed, onChain },
  });
  const isAdmitted = said.status === "active" || said.status === "suspended";
  const about = isAdmitted
    ? [
        text({ en: "account", zh: "账户" }, said.account, account),
        text({ en: "standing", zh: "状态" }, said.status, wordsOf(PARTICIPANT_STATUSES)[standing.status] ?? ""),
        text({ en: "size", zh: "企业规模" }, said.size, wordsOf(FIRM_SIZES)[standing.size] ?? ""),
        text({ en: "kinds", zh: "类型" }, kinds(said.kinds), kinds(wordsOf(kindsOf(standing.kinds)))),
        text({ en: "admitted until", zh: "有效期至" }, said.validUntilDate, formatDay(standing.validUntil)),
        {
          what: { en: "daily limit", zh: "当日限额" },
          kind: "fen",
          said: BigInt(said.exposureLimitFen),
          onChain: BigInt(standing.exposureLimitFen),
        } satisfies Fact,
      ]
    : [];
  const counted: [name: string, what: Sentence, onChain: number | bigint, kind: Fact["kind"]][] = [
    ["sales", { en: "sales counted", zh: "计入的售电笔数" }, sold.trades, "text"],
    ["salesCharged", { en: "sales with a deviation charge", zh: "有偏差费用的售电" }, sold.charged, "text"],
    ["salesLate", { en: "sales settled late", zh: "迟报结算的售电" }, sold.late, "text"],
    ["salesRuled", { en: "sales ruled on", zh: "经裁决的售电" }, sold.ruled, "text"],
    ["soldWh", { en: "energy sold", zh: "售出电量" }, sold.contractedWh, "wh"],
    ["soldDeliveredWh", { en: "energy sold and delivered", zh: "售出并交付的电量" }, sold.deliveredWh, "wh"],
    ["purchases", { en: "purchases counted", zh: "计入的购电笔数" }, bought.trades, "text"],
    ["purchasesCharged", { en: "purchases with a deviation charge", zh: "有偏差费用的购电" }, bought.charged, "text"],
    ["purchasesLate", { en: "purchases settled late", zh: "迟报结算的购电" }, bought.late, "text"],
    ["purchasesRuled", { en: "purchases ruled on", zh: "经裁决的购电" }, bought.ruled, "text"],
    ["boughtWh", { en: "energy bought", zh: "购入电量" }, bought.contractedWh, "wh"],
    ["boughtDeliveredWh", { en: "energy bought and delivered", zh: "购入并交付的电量" }, bought.deliveredWh, "wh"],
    ["dischargedOnTime", { en: "debts discharged on time", zh: "按期清偿的债务" }, debts.onTime, "text"],
    ["dischargedLate", { en: "debts discharged late", zh: "逾期清偿的债务" }, debts.late, "text"],
    ["daysLate", { en: "days late in all", zh: "逾期天数合计" }, debts.daysLate, "text"],
    ["defaults", { en: "defaults", zh: "违约" }, debts.defaults, "text"],
    ["arrears", { en: "debts that came to be in arrears", zh: "曾长期拖欠的债务" }, debts.arrears, "text"],
    ["arrearsStanding", { en: "debts in arrears now", zh: "现长期拖欠的债务" }, debts.standing, "text"],
    ["writtenOff", { en: "debts written off", zh: "已核销的债务" }, debts.writtenOff, "text"],
  ];
  const facts = counted.map(([name, what, onChain, kind]): Fact => {
    const indexed = BigInt(said.credit?.[name] ?? 0);
    return kind === "wh"
      ? { what, kind, said: indexed, onChain: BigInt(onChain) }
      : { what, kind, said: String(indexed), onChain: String(onChain) };
  });
  return { block, grade: nameOf(GRADES, grade), differences: differing([...about, ...facts]) };
}
