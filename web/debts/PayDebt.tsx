import type { DebtState } from "../../sdk/debts/debt.ts";
import { AmountField } from "../money/AmountField.tsx";
import { typed, useAmount } from "../money/useAmount.ts";
import { Send } from "../wallets/index.ts";
import { useFormat, useWords, written } from "../words/index.ts";

/** Pays a debt out of free deposits, in full or in part: the late fee due by now comes first. */
export function PayDebt({ state }: { state: DebtState }) {
  const say = useWords();
  const { yuan } = useFormat();
  const owedFen = state.unpaidFen + state.lateFeeFen;
  const amount = useAmount(typed(owedFen));
  const fen = amount.fen ?? 0n;
  const feeFen = fen < state.lateFeeFen ? fen : state.lateFeeFen;
  return (
    <div className="row no-print" style={{ alignItems: "end" }}>
      <AmountField label={{ en: "Pay", zh: "支付" }} amount={amount} />
      <Send
        isPrimary
        isDisabled={fen === 0n}
        isSmall
        title={{ en: `Pay debt ${state.id}`, zh: `清偿债务 ${state.id}` }}
        call={async (platform) => (await import("./payCall.ts")).payDebt(platform, state.id, fen)}
      >
        <p>
          {say({
            en: `${written(yuan(fen))} of your free deposits go to participant ${state.creditor}: ${written(yuan(feeFen))} late fee first, ${written(yuan(fen - feeFen))} on the debt.`,
            zh: `从可用存款向参与方 ${state.creditor} 支付 ${written(yuan(fen))}：先付逾期费 ${written(yuan(feeFen))}，再付本金 ${written(yuan(fen - feeFen))}。`,
          })}
        </p>
      </Send>
    </div>
  );
}
