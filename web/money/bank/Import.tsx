import { useState } from "react";
import type { Address } from "viem";
import { type Column, Field, Figure, sentencesOf, Table } from "../../design/index.ts";
import { Who } from "../../records/Who.tsx";
import { Send } from "../../wallets/index.ts";
import { type Sentence, useFormat, useWords, written } from "../../words/index.ts";
import { type Receipt, readReceipts } from "./references.ts";

interface ImportProps {
  customers: readonly number[];
  booked: readonly string[];
  accounts: ReadonlyMap<number, Address>;
  isClosed: boolean;
}

/** A file of many receipts: read whole or not at all, then issued line by line; what the chain has is marked. */
export function Import({ customers, booked, accounts, isClosed }: ImportProps) {
  const say = useWords();
  const { yuan, count } = useFormat();
  const [receipts, setReceipts] = useState<Receipt[]>([]);
  const [wrong, setWrong] = useState<Sentence>();
  const take = async (file: File | undefined) => {
    setWrong(undefined);
    setReceipts([]);
    if (file === undefined) return;
    try {
      setReceipts(readReceipts(await file.text(), { customers, booked }));
    } catch (error) {
      setWrong(sentencesOf(error));
    }
  };
  const left = receipts.filter(({ reference }) => !booked.includes(reference));
  const sum = receipts.reduce((total, { amountFen }) => total + amountFen, 0n);
  const columns: Column<Receipt>[] = [
    { title: { en: "Line", zh: "行" }, cell: ({ line }) => line },
    { title: { en: "Customer", zh: "客户" }, cell: ({ participant }) => <Who id={participant} /> },
    { title: { en: "Amount", zh: "金额" }, kind: "num", cell: ({ amountFen }) => <Figure amount={yuan(amountFen)} /> },
    { title: { en: "Reference", zh: "附言编号" }, cell: ({ text }) => text },
    {
      title: { en: "Next", zh: "操作" },
      cell: (receipt) =>
        left.includes(receipt) ? (
          <Send
            title={{ en: "Issue", zh: "发放" }}
            isSmall
            isPrimary={receipt === left[0]}
            isDisabled={isClosed || !accounts.has(receipt.participant)}
            call={async (platform) => {
              const { issueDeposits } = await import("./calls.ts");
              return issueDeposits(platform, accounts.get(receipt.participant)!, receipt.amountFen, receipt.reference);
            }}
          >
            <p>
              {say({
                en: `Line ${receipt.line}: ${written(yuan(receipt.amountFen))} are issued to participant ${receipt.participant} under the reference ${receipt.text}.`,
                zh: `第 ${receipt.line} 行：向参与方 ${receipt.participant} 发放存款 ${written(yuan(receipt.amountFen))}，附言编号 ${receipt.text}。`,
              })}
            </p>
          </Send>
        ) : (
          say({ en: "issued", zh: "已发放" })
        ),
    },
  ];
  return (
    <details>
      <summary>{say({ en: "Many at once, by a file", zh: "以文件批量导入" })}</summary>
      <div className="stack">
        <Field
          label={{ en: "File of receipts (CSV)", zh: "收款文件（CSV）" }}
          wrong={wrong}
          hint={{
            en: "A line for each: participant, amount in yuan, reference. All lines are taken or none is.",
            zh: "每行：参与方、金额（元）、附言编号。全部行通过才导入，否则均不导入。",
          }}
        >
          <input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={({ target }) => void take(target.files?.[0])}
          />
        </Field>
        {receipts.length > 0 && (
          <>
            <p role="status">
              {say({
                en: `${count(receipts.length)} lines over ${written(yuan(sum))}, of which ${count(receipts.length - left.length)} are issued.`,
                zh: `共 ${count(receipts.length)} 行，合计 ${written(yuan(sum))}，已发放 ${count(receipts.length - left.length)} 行。`,
              })}
            </p>
            <Table
              label={{ en: "Receipts", zh: "收款" }}
              columns={columns}
              rows={receipts}
              keyOf={({ reference }) => reference}
            />
          </>
        )}
      </div>
    </details>
  );
}
