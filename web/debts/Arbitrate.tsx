import { useState } from "react";
import type { Hex } from "viem";
import type { DebtState } from "../../sdk/debts/debt.ts";
import { DAY_SECONDS } from "../../sdk/types/time.ts";
import { OfRole } from "../access/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { FileHash } from "../records/FileHash.tsx";
import { Send } from "../wallets/index.ts";
import { time, useWords } from "../words/index.ts";
import type { Debt } from "./debtQuery.ts";
import { StayDays } from "./StayDays.tsx";

/** What an arbiter does about a debt that is not paid: lets its clock stand still, or writes it off. */
export function Arbitrate({ debt, state }: { debt: Debt; state: DebtState | undefined }) {
  const say = useWords();
  if (debt.dischargedAt !== null) return null;
  return (
    <OfRole holder="ARBITER">
      <section className="card stack no-print">
        <h2>{say({ en: "As arbiter", zh: "仲裁员事项" })}</h2>
        <StandStill debt={debt} />
        {debt.status === "recovering" && <WriteOff debt={debt} state={state} />}
      </section>
    </OfRole>
  );
}

function StandStill({ debt }: { debt: Debt }) {
  const say = useWords();
  const now = useChainNow();
  const [days, setDays] = useState(7);
  if (now === undefined) return null;
  const isStanding = debt.standsStillUntil !== null && now < Number(debt.standsStillUntil);
  const until = now + days * DAY_SECONDS;
  return (
    <div className="row" style={{ alignItems: "end" }}>
      <StayDays days={days} choose={setDays} />
      <Send
        title={{ en: "Let its clock stand still", zh: "中止计时" }}
        call={async (platform) => (await import("./arbitrateCalls.ts")).standStill(platform, BigInt(debt.id), until)}
      >
        <p>
          {say({
            en: `The clock of debt ${debt.id} stands still until ${time(until)}: no late fee, no default until then. Paying stays possible.`,
            zh: `债务 ${debt.id} 中止计时至 ${time(until)}：期间不计逾期费、不构成违约；仍可付款。`,
          })}
        </p>
      </Send>
      {isStanding && (
        <Send
          title={{ en: "Let its clock run", zh: "恢复计时" }}
          call={async (platform) => (await import("./arbitrateCalls.ts")).standStill(platform, BigInt(debt.id), 0)}
        >
          <p>
            {say({
              en: `The clock of debt ${debt.id} runs again from now on.`,
              zh: `债务 ${debt.id} 自此恢复计时。`,
            })}
          </p>
        </Send>
      )}
    </div>
  );
}

function WriteOff({ debt, state }: { debt: Debt; state: DebtState | undefined }) {
  const say = useWords();
  const [evidence, setEvidence] = useState<Hex>();
  return (
    <div className="stack">
      <FileHash
        label={{ en: "File that shows that nothing more can be recovered", zh: "证明无法继续追偿的文件" }}
        hint={{ en: "It stays on this device; its hash goes on chain.", zh: "文件留在本设备，仅其哈希上链。" }}
        choose={setEvidence}
      />
      <p>
        <Send
          title={{ en: "Write it off", zh: "核销" }}
          isDisabled={evidence === undefined || state === undefined}
          call={async (platform) =>
            (await import("./arbitrateCalls.ts")).writeOff(platform, BigInt(debt.id), evidence!)
          }
        >
          <p>
            {say({
              en: `Nothing more is expected of debt ${debt.id}. No right changes: the late fee keeps accruing, and its debtor counts as in default until it has paid.`,
              zh: `不再期待债务 ${debt.id} 的清偿（账销案存）。权利不变：逾期费继续计算，债务人还清前仍视为违约。`,
            })}
          </p>
        </Send>
      </p>
      {state !== undefined && (
        <p className="soft">
          {say({
            en: `It can be written off from ${time(state.arrearsAt)}, once it is in arrears.`,
            zh: `自 ${time(state.arrearsAt)} 起（长期拖欠后）可核销。`,
          })}
        </p>
      )}
    </div>
  );
}
