import { getBlockNumber, readContract } from "viem/actions";
import { depositToken } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { readRules } from "../../sdk/market/conditions.ts";
import { type Margin, readMargin } from "../../sdk/market/margin.ts";
import type { Fen } from "../../sdk/types/units.ts";
import { type Comparison, differing, type Fact } from "../records/compare.ts";

/** The contracts that hold money, each for a reason of its own. */
export const NOTARIES = ["TradeEscrow", "DebtLedger", "FinancingDesk"] as const;
export type Notary = (typeof NOTARIES)[number];

/** What the index says of a participant's money. */
export interface SaidMoney {
  account: { balanceFen: string; heldFen: string; bankId: number | null; frozen: boolean } | null;
  holds: readonly { notary: string; allowed: boolean; heldFen: string }[];
  margin: {
    lockedFen: string;
    termsFen: string;
    announcedLockedFen: string;
    announcedTermsFen: string;
    releasableAt: string | null;
  } | null;
}

/** A participant's money as the chain has it: what can be done with it is decided by this. */
export interface MoneyOnChain extends Comparison {
  freeFen: Fen;
  margin: Margin;
  /** So long after its announcement margin comes back, seconds. */
  noticeSeconds: number;
  holds: Record<Notary, { isAllowed: boolean; heldFen: Fen }>;
}

export async function readMoney(platform: Platform, participant: number, said: SaidMoney): Promise<MoneyOnChain> {
  const { client, addresses } = platform;
  const token = contractAt(platform, depositToken);
  const args = [participant] as const;
  const [block, balanceFen, heldFen, freeFen, bank, isFrozen, margin, rules, held] = await Promise.all([
    getBlockNumber(client, { cacheTime: 0 }),
    readContract(client, { ...token, functionName: "balanceOfParticipant", args }),
    readContract(client, { ...token, functionName: "heldOf", args }),
    readContract(client, { ...token, functionName: "freeOf", args }),
    readContract(client, { ...token, functionName: "bankOf", args }),
    readContract(client, { ...token, functionName: "isFrozen", args }),
    readMargin(platform, participant),
    readRules(platform),
    Promise.all(
      NOTARIES.map(async (notary) => {
        const by = [participant, addresses[notary]] as const;
        const [isAllowed, fen] = await Promise.all([
          readContract(client, { ...token, functionName: "hasOptedIn", args: by }),
          readContract(client, { ...token, functionName: "heldBy", args: by }),
        ]);
        return [notary, { isAllowed, heldFen: fen }] as const;
      }),
    ),
  ]);
  const holds = Object.fromEntries(held) as MoneyOnChain["holds"];
  const { account } = said;
  const release = margin.release ?? { lockedFen: 0n, termsFen: 0n, due: 0 };
  const saidHold = (notary: Notary) =>
    said.holds.find((hold) => hold.notary.toLowerCase() === addresses[notary].toLowerCase());
  const facts: Fact[] = [
    fen({ en: "balance", zh: "余额" }, account?.balanceFen, balanceFen),
    fen({ en: "held", zh: "冻结款项" }, account?.heldFen, heldFen),
    text({ en: "bank", zh: "银行" }, account?.bankId ?? 0, bank),
    text({ en: "whether deposits are frozen", zh: "存款是否被冻结" }, account?.frozen ?? false, isFrozen),
    fen({ en: "margin", zh: "交易保证金" }, said.margin?.lockedFen, margin.lockedFen),
    fen({ en: "purchases on terms", zh: "账期购电额度" }, said.margin?.termsFen, margin.termsFen),
    fen(
      { en: "margin that comes back", zh: "预告释放的交易保证金" },
      said.margin?.announcedLockedFen,
      release.lockedFen,
    ),
    fen({ en: "terms that come back", zh: "预告释放的账期购电额度" }, said.margin?.announcedTermsFen, release.termsFen),
    text({ en: "when margin comes back", zh: "可取回时间" }, said.margin?.releasableAt ?? 0, release.due),
    ...NOTARIES.flatMap((notary) => [
      fen({ en: `held by ${notary}`, zh: `${notary} 冻结的款项` }, saidHold(notary)?.heldFen, holds[notary].heldFen),
      text(
        { en: `whether ${notary} may hold`, zh: `是否允许 ${notary} 冻结` },
        saidHold(notary)?.allowed ?? false,
        holds[notary].isAllowed,
      ),
    ]),
  ];
  const { marginNoticeSeconds: noticeSeconds } = rules;
  return { block, freeFen, margin, noticeSeconds, holds, differences: differing(facts) };
}

const fen = (what: Fact["what"], said: string | undefined, onChain: Fen): Fact => ({
  ...{ what, kind: "fen", said: BigInt(said ?? 0), onChain },
});
const text = (what: Fact["what"], said: unknown, onChain: unknown): Fact => ({
  ...{ what, kind: "text", said: String(said), onChain: String(onChain) },
});
