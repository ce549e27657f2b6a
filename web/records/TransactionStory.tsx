import type { Hash } from "viem";
import type { TransactionStory as Story } from "../../sdk/wallets/transaction.ts";
import { useChain } from "../chain/index.ts";
import { Asked, Empty, Mark, onChain } from "../design/index.ts";
import { time, useFormat, useWords } from "../words/index.ts";

/** What a transaction did, in words, out of the node alone. */
export function TransactionStory({ hash }: { hash: string }) {
  const say = useWords();
  const query = useChain(["transaction", hash], async ({ platform }) => {
    const { readTransaction } = await import("../../sdk/wallets/transaction.ts");
    return (await readTransaction(platform, hash as Hash)) ?? null;
  });
  return (
    <>
      <h1>{say({ en: "Transaction", zh: "链上交易" })}</h1>
      <p>
        <code>{hash}</code>
      </p>
      <Asked query={query}>
        {(story) =>
          story === null ? (
            <Empty>
              {say({
                en: "The node knows no such transaction: compare the number, or wait until it has arrived.",
                zh: "节点中没有该交易：请核对编号，或等待其到达。",
              })}
            </Empty>
          ) : (
            <Known story={story} />
          )
        }
      </Asked>
    </>
  );
}

function Known({ story: { from, contract, functionName, intent, included, events } }: { story: Story }) {
  const say = useWords();
  const { count } = useFormat();
  return (
    <>
      <section className="card stack">
        <dl className="sum">
          <dt>{say({ en: "What it asked for", zh: "请求内容" })}</dt>
          <dd>{intent === undefined ? (functionName ?? "—") : say(intent)}</dd>
          <dt>{say({ en: "Contract", zh: "合约" })}</dt>
          <dd>
            <code>{contract === undefined ? "—" : `${contract}.${functionName ?? "?"}`}</code>
          </dd>
          <dt>{say({ en: "Sent by", zh: "发送账户" })}</dt>
          <dd>
            <code>{from}</code>
          </dd>
          {included !== undefined && (
            <>
              <dt>{say({ en: "Block", zh: "区块" })}</dt>
              <dd>
                {count(included.block)}, <span className="unbroken">{time(included.at)}</span>
              </dd>
              <dt>{say({ en: "Gas used", zh: "消耗 gas" })}</dt>
              <dd>{count(included.gasUsed)}</dd>
            </>
          )}
        </dl>
        {included !== undefined && <Mark trust="checked" words={onChain(included.block)} />}
      </section>
      {included === undefined ? (
        <p className="note warn">
          {say({
            en: "No block has it yet: until one does, nothing has changed.",
            zh: "尚未进入区块：在此之前没有任何变化。",
          })}
        </p>
      ) : included.isDone ? (
        <section className="card stack">
          <h2>{say({ en: "What it did", zh: "执行结果" })}</h2>
          {events.length === 0 && (
            <p>{say({ en: "It emitted no event of the platform.", zh: "未产生本平台的事件。" })}</p>
          )}
          <ol className="stack">
            {events.map(({ contract: by, event, sentences }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: events of a block have no other order and never change
              <li key={at}>
                {say(sentences)}{" "}
                <small>
                  <code>{`${by}.${event}`}</code>
                </small>
              </li>
            ))}
          </ol>
        </section>
      ) : (
        <p className="note bad">
          {say({ en: "The chain refused it, and nothing has changed.", zh: "链上已拒绝，没有任何变化。" })}
        </p>
      )}
    </>
  );
}
