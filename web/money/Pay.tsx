import { useState } from "react";
import { Field } from "../design/index.ts";
import { Send } from "../wallets/index.ts";
import { useFormat, useWords, written } from "../words/index.ts";
import { AmountField } from "./AmountField.tsx";
import { useAmount } from "./useAmount.ts";

/** Pays deposits to another participant, by its number. */
export function Pay({ freeFen }: { freeFen: bigint | undefined }) {
  const say = useWords();
  const { yuan } = useFormat();
  const amount = useAmount();
  const [to, setTo] = useState("");
  const recipient = /^[1-9]\d{0,8}$/.test(to.trim()) ? Number(to.trim()) : undefined;
  const money = amount.fen === undefined ? "" : written(yuan(amount.fen));
  return (
    <section className="card stack no-print">
      <h2>{say({ en: "Pay deposits", zh: "支付存款" })}</h2>
      <div className="row" style={{ alignItems: "end" }}>
        <Field
          label={{ en: "To participant", zh: "收款参与方" }}
          wrong={
            to.trim() === "" || recipient !== undefined
              ? undefined
              : { en: "Write the number of a participant, such as 5.", zh: "请填写参与方编号，例如 5。" }
          }
        >
          <input inputMode="numeric" autoComplete="off" value={to} onChange={({ target }) => setTo(target.value)} />
        </Field>
        <AmountField
          label={{ en: "Amount", zh: "金额" }}
          amount={amount}
          {...(freeFen === undefined
            ? {}
            : { hint: { en: `free: ${written(yuan(freeFen))}`, zh: `可用：${written(yuan(freeFen))}` } })}
        />
        <Send
          title={{ en: "Pay", zh: "支付" }}
          isDisabled={recipient === undefined || amount.fen === undefined || amount.fen === 0n}
          call={async (platform) => (await import("./payDeposits.ts")).payDeposits(platform, recipient!, amount.fen!)}
          done={() => {
            amount.type("");
            setTo("");
          }}
        >
          <p>
            {say({
              en: `${money} of your free deposits go to participant ${to}. This cannot be taken back.`,
              zh: `从可用存款向参与方 ${to} 支付 ${money}。此操作不可撤回。`,
            })}
          </p>
        </Send>
      </div>
    </section>
  );
}
