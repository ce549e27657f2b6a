import { type ReactNode, useMemo } from "react";
import type { Address, Hex } from "viem";
import type { Order } from "../../../sdk/market/order.ts";
import type { Day } from "../../../sdk/types/time.ts";
import { useWords } from "../../words/index.ts";
import { DaySheet } from "./DaySheet.tsx";
import type { DayCurves } from "./entryState.ts";
import { MarginNote } from "./MarginNote.tsx";
import { Preview } from "./Preview.tsx";
import { wordsOfViolation } from "./preview.ts";
import type { MeterRules } from "./readRules.ts";
import { Totals } from "./Totals.tsx";
import { totalsOf } from "./totals.ts";
import type { Entering } from "./useEntry.ts";

interface EntryProps {
  entering: Entering;
  meter: bigint;
  day: Day;
  rules: MeterRules;
  /** Whose order it becomes; nobody's is shown as an account of zeros and not signed. */
  trader: Address | undefined;
  lastWeek: DayCurves | undefined;
  paymentDays: number;
  continuous: boolean;
  digest(order: Order): Promise<Hex>;
  /** Has it signed; it says itself what came of it. */
  onSign(order: Order): void;
  isBusy: boolean;
  /** What stands around the button that signs: choices of the order, refusals, why it cannot be signed. */
  children?: ReactNode;
}

const NOBODY: Address = "0x0000000000000000000000000000000000000000";

/** Enters a day: templates, chart and sheet, what it comes to at once, and what would be signed. */
export function Entry({ entering, meter, day, rules, trader, lastWeek, digest, onSign, isBusy, ...props }: EntryProps) {
  const say = useWords();
  const { state, violations, nonce } = entering;
  const { paymentDays, continuous } = props;
  const { side } = rules;
  const totals = useMemo(
    () => totalsOf(state.day, { side, trader: trader ?? NOBODY, meter, day, paymentDays, continuous, nonce }, rules),
    [state.day, side, trader, meter, day, paymentDays, continuous, nonce, rules],
  );
  const canSign = totals !== undefined && violations.size === 0 && trader !== undefined && !isBusy;
  const signNow = () => {
    if (canSign) onSign(totals.order);
  };
  return (
    <div className="entry">
      <DaySheet
        {...{ entering, rules, lastWeek }}
        priceLabel={
          side === "sell"
            ? { en: "At least, CNY/MWh", zh: "最低限价（元/MWh）" }
            : { en: "At most, CNY/MWh", zh: "最高限价（元/MWh）" }
        }
        wrong={(slot) => {
          const found = violations.get(slot);
          return found && wordsOfViolation(found, rules);
        }}
        sign={signNow}
      />
      <aside className="stack entry-side">
        <section className="card stack">
          <h2>{say({ en: "What it comes to", zh: "合计" })}</h2>
          <Totals totals={totals} />
          {totals !== undefined && trader !== undefined && <MarginNote participant={rules.trader} cost={totals.cost} />}
        </section>
        <section className="card stack">
          <h2>{say({ en: "What you will sign", zh: "将要签署的内容" })}</h2>
          <Violations entering={entering} rules={rules} />
          {totals !== undefined && <Preview totals={totals} digest={digest} />}
          {props.children}
          <button type="button" className="button primary no-print" disabled={!canSign} onClick={signNow}>
            {isBusy
              ? say({ en: "The wallet is asked …", zh: "等待钱包签署……" })
              : say({ en: "Sign with the wallet", zh: "用钱包签署" })}
          </button>
        </section>
      </aside>
    </div>
  );
}

/** How many slots cannot be ordered as they are, why, and the way out. */
function Violations({ entering: { violations, mend }, rules }: { entering: Entering; rules: MeterRules }) {
  const say = useWords();
  if (violations.size === 0) return null;
  const kinds = [...new Set(violations.values())];
  return (
    <div className="note bad stack">
      {kinds.map((kind) => {
        const count = [...violations.values()].filter((found) => found === kind).length;
        const { en, zh } = wordsOfViolation(kind, rules);
        return (
          <p key={kind}>
            {say({ en: `${count === 1 ? "1 slot is" : `${count} slots are`} ${en}.`, zh: `${count} 个时段${zh}。` })}
          </p>
        );
      })}
      <p>
        <button type="button" className="button s" onClick={mend}>
          {say({ en: "Cut to what is allowed", zh: "调整到允许范围" })}
        </button>
      </p>
    </div>
  );
}
