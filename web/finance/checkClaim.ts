import { zeroHash } from "viem";
import { getBlockNumber, readContract } from "viem/actions";
import { debtLedger, receivables } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { DEBT_STATUSES } from "../../sdk/debts/enums.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { nameOf } from "../../sdk/types/words.ts";
import { type Comparison, differing, type Fact } from "../records/compare.ts";
import type { ClaimDetail } from "./queries.ts";

/** Compares all that is shown of a receivable with the chain, at one block: its terms, what is owed, who holds how much. */
export async function checkClaim(platform: Platform, claim: ClaimDetail): Promise<Comparison> {
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
  const facts: Fact[] = [
    { what: { en: "debt", zh: "债务" }, kind: "text", said: claim.debtId, onChain: terms.debt },
    { what: { en: "debtor", zh: "债务人" }, kind: "text", said: String(claim.debtorId), onChain: String(terms.debtor) },
    {
      what: { en: "creditor", zh: "原债权人" },
      ...{ kind: "text", said: String(claim.creditorId), onChain: String(debt.creditor) },
    },
    { what: { en: "face value", zh: "面额" }, kind: "fen", said: BigInt(claim.faceFen), onChain: terms.faceFen },
    { what: { en: "due day", zh: "到期日" }, kind: "text", said: claim.dueDate, onChain: formatDay(terms.dueDay) },
    {
      what: { en: "day of issue", zh: "设立日" },
      kind: "text",
      said: claim.issueDate,
      onChain: formatDay(terms.issueDay),
    },
    {
      what: { en: "collected", zh: "已收款" },
      ...{ kind: "fen", said: BigInt(claim.collectedFen), onChain: terms.faceFen - left },
    },
    {
      what: { en: "hash of the invoice", zh: "发票哈希" },
      kind: "text",
      said: claim.invoiceHash ?? zeroHash,
      onChain: terms.invoiceHash,
    },
    {
      what: { en: "state of the debt", zh: "债务状态" },
      kind: "text",
      said: claim.debt?.status ?? "",
      onChain: status,
    },
    ...holders.map(
      (held, index): Fact => ({
        what: { en: `units of ${held.holder}`, zh: `${held.holder} 的份额` },
        ...{ kind: "fen", said: BigInt(held.units), onChain: balances[index]! },
      }),
    ),
  ];
  return { block, differences: differing(facts) };
}
