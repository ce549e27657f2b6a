import { getBlockNumber, readContract } from "viem/actions";
import { debtLedger, receivables } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { DEBT_STATUSES } from "../../sdk/debts/enums.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { nameOf } from "../../sdk/types/words.ts";
import type { Sentence } from "../words/index.ts";
import type { ClaimDetail } from "./queries.ts";

/** One figure of the index that is not the chain's. */
export interface Difference {
  words: Sentence;
  indexed: string;
  chain: string;
}

/** What a check found, as of one block. */
export interface Checked {
  block: bigint;
  differences: Difference[];
}

/** Compares all that is shown of a receivable with the chain, at one block: its terms, what is owed, who holds how much. */
export async function checkClaim(platform: Platform, claim: ClaimDetail): Promise<Checked> {
  const { client } = platform;
  const block = await getBlockNumber(client, { cacheTime: 0 });
  const units = { ...contractAt(platform, receivables), blockNumber: block };
  const ledger = { ...contractAt(platform, debtLedger), blockNumber: block };
  const id = BigInt(claim.id);
  const holders = (claim.units?.items ?? []).filter((held) => held.units !== "0");
  const [terms, left, debt, balances] = await Promise.all([
    readContract(client, { ...units, functionName: "receivable", args: [id] }),
    readContract(client, { ...units, functionName: "unitsOf", args: [id] }),
    readContract(client, { ...ledger, functionName: "debtOf", args: [BigInt(claim.debtId)] }),
    Promise.all(
      holders.map(({ holder }) =>
        readContract(client, { ...units, functionName: "balanceOf", args: [holder as `0x${string}`, id] }),
      ),
    ),
  ]);
  const status = nameOf(DEBT_STATUSES, debt.status);
  const pairs: [words: Sentence, indexed: string, chain: string][] = [
    [{ en: "debt", zh: "债务" }, claim.debtId, String(terms.debt)],
    [{ en: "debtor", zh: "债务人" }, String(claim.debtorId), String(terms.debtor)],
    [{ en: "creditor", zh: "原债权人" }, String(claim.creditorId), String(debt.creditor)],
    [{ en: "face value in fen", zh: "面额（分）" }, claim.faceFen, String(terms.faceFen)],
    [{ en: "due day", zh: "到期日" }, claim.dueDate, formatDay(terms.dueDay)],
    [{ en: "day of issue", zh: "设立日" }, claim.issueDate, formatDay(terms.issueDay)],
    [{ en: "collected in fen", zh: "已收款（分）" }, claim.collectedFen, String(terms.faceFen - left)],
    [
      { en: "state of the debt", zh: "债务状态" },
      claim.debt?.status ?? "",
      status.charAt(0).toLowerCase() + status.slice(1),
    ],
    ...holders.map((held, index): [Sentence, string, string] => [
      { en: `units of ${held.holder}`, zh: `${held.holder} 的份额` },
      held.units,
      String(balances[index]),
    ]),
  ];
  const differences = pairs
    .filter(([, indexed, chain]) => indexed !== chain)
    .map(([words, indexed, chain]) => ({ words, indexed, chain }));
  return { block, differences };
}
