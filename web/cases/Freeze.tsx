import { useState } from "react";
import { Field } from "../design/index.ts";
import { Send } from "../wallets/index.ts";
import { time, useWords } from "../words/index.ts";

const DAY_SECONDS = 86_400;
const DAYS = Array.from({ length: 30 }, (_, at) => at + 1);

/** Freezes a trade, or ends its freeze. @param now unix second of the chain */
export function Freeze({ id, now, isFrozen }: { id: string; now: number; isFrozen: boolean }) {
  const say = useWords();
  const [days, setDays] = useState(7);
  const until = now + days * DAY_SECONDS;
  return (
    <div className="row" style={{ alignItems: "end" }}>
      <Field label={{ en: "Days, 30 in all at most", zh: "天数（合计不超过 30 天）" }}>
        <select value={days} onChange={({ target }) => setDays(DAYS.find((one) => `${one}` === target.value) ?? 7)}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </Field>
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
