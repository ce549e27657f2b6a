import { useState } from "react";
import { DAY_SECONDS } from "../../sdk/types/time.ts";
import { StayDays } from "../debts/StayDays.tsx";
import { Send } from "../wallets/index.ts";
import { time, useWords } from "../words/index.ts";

/** Freezes a trade, or ends its freeze. @param now unix second of the chain */
export function Freeze({ id, now, isFrozen }: { id: string; now: number; isFrozen: boolean }) {
  const say = useWords();
  const [days, setDays] = useState(7);
  const until = now + days * DAY_SECONDS;
  return (
    <div className="row" style={{ alignItems: "end" }}>
      <StayDays days={days} choose={setDays} />
      <Send
        title={{ en: "Freeze it", zh: "冻结" }}
        call={async (platform) => (await import("./calls.ts")).freezeTrade(platform, BigInt(id), until)}
      >
        <p>
          {say({
            en: `Trade ${id} is neither settled nor lapses until ${time(until)}; what is held for it stays held.`,
            zh: `交易 ${id} 在 ${time(until)} 之前不结算、不失效；其冻结款项保持冻结。`,
          })}
        </p>
      </Send>
      {isFrozen && (
        <Send
          title={{ en: "End the freeze", zh: "解除冻结" }}
          call={async (platform) => (await import("./calls.ts")).freezeTrade(platform, BigInt(id), 0)}
        >
          <p>
            {say({
              en: `Trade ${id} is settled, or lapses, as if it had never been frozen.`,
              zh: `交易 ${id} 恢复正常，按规则结算或失效。`,
            })}
          </p>
        </Send>
      )}
    </div>
  );
}
