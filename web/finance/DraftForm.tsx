import { useState } from "react";
import type { Hex } from "viem";
import type { InvoiceInput } from "../../sdk/finance/calls.ts";
import { dayOf, formatDay, parseDay } from "../../sdk/types/time.ts";
import { parseYuan } from "../../sdk/types/units.ts";
import { Field, reading } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { type Chosen, ParticipantField } from "../identity/index.ts";
import { FileHash } from "../records/FileHash.tsx";
import { Send } from "../wallets/index.ts";
import { unbroken, useFormat, useWords, written } from "../words/index.ts";
import { readInvoiceNumber } from "./typed.ts";

/** A supplier writes down what it is owed by an invoice. */
export function DraftForm({ me }: { me: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const now = useChainNow();
  const [debtor, setDebtor] = useState<Chosen>();
  const [amountText, setAmount] = useState("");
  const [deliveredText, setDelivered] = useState("");
  const [dueText, setDue] = useState("");
  const [numberText, setNumber] = useState("");
  const [file, setFile] = useState<Hex>();
  const amount = reading(amountText, parseYuan);
  const delivered = reading(deliveredText, parseDay);
  const due = reading(dueText, parseDay);
  const number = reading(numberText, readInvoiceNumber);
  const today = now === undefined ? undefined : dayOf(now);
  const invoice: InvoiceInput | undefined =
    debtor === undefined ||
    amount.value === undefined ||
    delivered.value === undefined ||
    due.value === undefined ||
    number.value === undefined ||
    file === undefined
      ? undefined
      : {
          ...{ debtor: debtor.id, deliveryDay: delivered.value, dueDay: due.value, amountFen: amount.value },
          ...{ number: number.value, fileHash: file },
        };
  const isAhead = delivered.value !== undefined && today !== undefined && delivered.value > today;
  const isPast = due.value !== undefined && today !== undefined && due.value <= today;
  return (
    <details className="card">
      <summary>{say({ en: "Draft a claim", zh: "起草应收账款" })}</summary>
      <div className="stack">
        <div className="columns">
          <ParticipantField label={{ en: "Debtor", zh: "债务人" }} chosen={debtor?.id} choose={setDebtor} />
          <Field label={{ en: "Amount, CNY", zh: "金额（元）" }} wrong={amount.wrong}>
            <input inputMode="decimal" value={amountText} onChange={({ target }) => setAmount(target.value)} />
          </Field>
          <Field
            label={{ en: "Day of delivery", zh: "交付日" }}
            wrong={
              isAhead
                ? { en: "It lies ahead: a claim is drafted once it is delivered.", zh: "晚于今日：交付后方可起草。" }
                : delivered.wrong
            }
          >
            <input type="date" value={deliveredText} onChange={({ target }) => setDelivered(target.value)} />
          </Field>
          <Field
            label={{ en: "Agreed day of payment", zh: "约定付款日" }}
            wrong={isPast ? { en: "It must lie ahead.", zh: "须晚于今日。" } : due.wrong}
            hint={
              today === undefined
                ? undefined
                : { en: `Today is ${formatDay(today)}.`, zh: `今日为 ${formatDay(today)}。` }
            }
          >
            <input type="date" value={dueText} onChange={({ target }) => setDue(target.value)} />
          </Field>
          <Field label={{ en: "Number of the VAT invoice", zh: "增值税发票号码" }} wrong={number.wrong}>
            <input inputMode="numeric" value={numberText} onChange={({ target }) => setNumber(target.value)} />
          </Field>
          <FileHash
            label={{ en: "The invoice's file", zh: "发票文件" }}
            hint={{ en: "It stays on this device; its hash goes on chain.", zh: "文件留在本设备，仅其哈希上链。" }}
            choose={setFile}
          />
        </div>
        <p>
          <Send
            title={{ en: "Draft it", zh: "起草" }}
            isPrimary
            isDisabled={invoice === undefined || isAhead || isPast}
            call={async (platform) => (await import("./calls.ts")).draftClaim(platform, invoice!)}
          >
            {invoice !== undefined && (
              <p>
                {say({
                  en: `As participant ${me} you draft that participant ${invoice.debtor} owes you ${written(yuan(invoice.amountFen))} by invoice ${invoice.number}, delivered on ${unbroken(deliveredText)}, to be paid on ${unbroken(dueText)}. You thereby accept a receivable in payment.`,
                  zh: `参与方 ${me}（我方）起草：参与方 ${invoice.debtor} 因发票 ${invoice.number}（交付日 ${unbroken(deliveredText)}）应付我方 ${written(yuan(invoice.amountFen))}，约定付款日 ${unbroken(dueText)}；我方同意以应收账款结算。`,
                })}
              </p>
            )}
          </Send>
        </p>
      </div>
    </details>
  );
}
