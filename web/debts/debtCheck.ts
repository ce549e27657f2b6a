import { getBlockNumber } from "viem/actions";
import type { Platform } from "../../sdk/chain/client.ts";
import { type DebtState, readDebt } from "../../sdk/debts/debt.ts";
import { formatDay } from "../../sdk/types/time.ts";
import { type Comparison, differing, type Fact } from "../records/compare.ts";

/** What the index says of a debt, as far as the chain keeps it too. */
export interface SaidDebt {
  id: string;
  code: string;
  status: string;
  debtorId: number;
  creditorId: number;
  dueDate: string;
  amountFen: string;
  paidFen: string;
  reducedFen: string;
}

export interface DebtsOnChain extends Comparison {
  debts: Map<string, DebtState>;
}

/** Each debt as the chain has it: what is unpaid, and the late fee due now, are the chain's and not the index's. */
export async function checkDebts(platform: Platform, said: readonly SaidDebt[]): Promise<DebtsOnChain> {
  const [block, states] = await Promise.all([
    getBlockNumber(platform.client, { cacheTime: 0 }),
    Promise.all(said.map(({ id }) => readDebt(platform, BigInt(id)))),
  ]);
  const facts = said.flatMap((row, at) => factsOf(row, states[at]!));
  return {
    block,
    debts: new Map(states.map((state) => [String(state.id), state])),
    differences: differing(facts),
  };
}

function factsOf(row: SaidDebt, state: DebtState): Fact[] {
  const of = (en: string, zh: string) => ({ en: `debt ${row.id}, ${en}`, zh: `债务 ${row.id}，${zh}` });
  const text = (what: Fact["what"], said: unknown, onChain: unknown): Fact => ({
    ...{ what, kind: "text", said: String(said), onChain: String(onChain) },
  });
  const unpaidFen = BigInt(row.amountFen) - BigInt(row.paidFen) - BigInt(row.reducedFen);
  return [
    text(of("code", "代码"), row.code, state.code),
    text(of("state", "状态"), row.status, state.status),
    text(of("debtor", "债务人"), row.debtorId, state.debtor),
    text(of("creditor", "债权人"), row.creditorId, state.creditor),
    text(of("due day", "到期日"), row.dueDate, formatDay(state.dueDay)),
    { what: of("amount", "金额"), kind: "fen", said: BigInt(row.amountFen), onChain: state.amountFen },
    { what: of("unpaid", "未付"), kind: "fen", said: unpaidFen, onChain: state.unpaidFen },
  ];
}
