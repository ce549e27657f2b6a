import { useState } from "react";
import type { Address } from "viem";
import { bankReference } from "../../../sdk/money/bankReference.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { parseYuan } from "../../../sdk/types/units.ts";
import { Field, reading } from "../../design/index.ts";
import { type Chosen, ParticipantField, useParticipants } from "../../identity/index.ts";
import { Send } from "../../wallets/index.ts";
import { useFormat, useWords, written } from "../../words/index.ts";
import { Import } from "./Import.tsx";
import type { BankBooks } from "./queries.ts";

/** Issues deposits to one customer, or to many by a file. */
export function Issue({ books, isClosed }: { books: BankBooks; isClosed: boolean }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [customer, setCustomer] = useState<Chosen>();
  const [amountText, setAmount] = useState("");
  const [referenceText, setReference] = useState("");
  const accounts = new Map(useParticipants().map(({ id, account }) => [id, account as Address]));
  const customers = books.depositAccounts.items.map(({ participantId }) => participantId);
  const booked = books.entries.items.filter(({ kind }) => kind === "issued").map((entry) => entry.bankReference);
  const amount = reading(amountText, parseYuan);
  const reference = reading(referenceText, (text) => {
    const found = bankReference(text.trim());
    if (!booked.includes(found)) return found;
    throw new DujiangError({
      en: `The reference "${text}" was booked before: each is booked once.`,
      zh: `附言编号“${text}”已入账：每个编号只能入账一次。`,
    });
  });
  return (
    <>
      <div className="columns">
        <ParticipantField
          label={{ en: "Customer", zh: "客户" }}
          may={({ id }) => customers.includes(id)}
          chosen={customer?.id}
          choose={setCustomer}
        />
        <Field label={{ en: "Amount received, CNY", zh: "收到金额（元）" }} wrong={amount.wrong}>
          <input inputMode="decimal" value={amountText} onChange={({ target }) => setAmount(target.value)} />
        </Field>
        <Field
          label={{ en: "Reference", zh: "附言编号" }}
          wrong={reference.wrong}
          hint={{
            en: "Of the payment in the bank's books: at most 31 bytes, booked once.",
            zh: "银行账簿中该笔款项的编号：不超过 31 字节，只能入账一次。",
          }}
        >
          <input value={referenceText} onChange={({ target }) => setReference(target.value)} />
        </Field>
      </div>
      <p>
        <Send
          title={{ en: "Issue deposits", zh: "发放存款" }}
          isPrimary
          isDisabled={isClosed || customer === undefined || !amount.value || reference.value === undefined}
          call={async (platform) => {
            const { issueDeposits } = await import("./calls.ts");
            return issueDeposits(platform, customer!.account as Address, amount.value!, reference.value!);
          }}
          done={() => {
            setAmount("");
            setReference("");
          }}
        >
          {amount.value !== undefined && customer !== undefined && (
            <p>
              {say({
                en: `${written(yuan(amount.value))} are issued to participant ${customer.id} under the reference ${referenceText.trim()}: a claim on your bank from the next block on.`,
                zh: `向参与方 ${customer.id} 发放存款 ${written(yuan(amount.value))}，附言编号 ${referenceText.trim()}：自下一区块起即为对本行的债权。`,
              })}
            </p>
          )}
        </Send>
      </p>
      <Import customers={customers} booked={booked} accounts={accounts} isClosed={isClosed} />
    </>
  );
}
