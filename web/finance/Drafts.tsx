import { Link } from "@tanstack/react-router";
import { Empty, Failed, Figure, fromIndex, Loading, Mark } from "../design/index.ts";
import { DocumentsAbout } from "../documents/DocumentsAbout.tsx";
import { useMe } from "../identity/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { Who } from "../records/Who.tsx";
import { Send } from "../wallets/index.ts";
import { unbroken, useFormat, useWords, written } from "../words/index.ts";
import { DraftForm } from "./DraftForm.tsx";
import { DRAFTS, type DraftRow } from "./draftQueries.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { Review } from "./Review.tsx";
import { DRAFT_WORDS } from "./words.ts";

/** Drafts of claims: a supplier writes down what it is owed by an invoice, its debtor confirms or refuses. */
export function Drafts() {
  const say = useWords();
  const me = useMe();
  return (
    <>
      <div>
        <h1>{say({ en: "Drafts of claims", zh: "应收账款草稿" })}</h1>
        <p className="soft">
          {say({
            en: "A supplier drafts what it is owed by a VAT invoice; the debtor's signature makes it a receivable, for good.",
            zh: "供应商凭增值税发票起草；债务人签名确权后即成为应收账款，不可撤销。",
          })}
        </p>
      </div>
      <FinanceOff />
      {me === undefined ? (
        <Empty>
          {say({
            en: "Connect the wallet of a supplier to draft, or of a debtor to confirm what was drafted.",
            zh: "连接供应商的钱包以起草，或连接债务人的钱包以确权。",
          })}
        </Empty>
      ) : (
        <>
          <DraftForm me={me.participant} />
          <Listed me={me.participant} />
        </>
      )}
    </>
  );
}

function Listed({ me }: { me: number }) {
  const say = useWords();
  const { data, error, isPending, refetch } = useIndexed(DRAFTS, { me });
  if (isPending) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  const drafts = data.claimDrafts.items;
  const waiting = drafts.filter(({ status, debtorId }) => status === "drafted" && debtorId === me);
  const others = drafts.filter((draft) => !waiting.includes(draft));
  return (
    <>
      {waiting.length > 0 && (
        <section className="stack">
          <h2>{say({ en: "Waiting for your signature", zh: "待我方确权" })}</h2>
          <DraftList drafts={waiting} me={me} />
        </section>
      )}
      <section className="stack">
        <h2>{say({ en: "Your drafts, and those you decided on", zh: "我方起草或已处理的草稿" })}</h2>
        {others.length === 0 ? (
          <div className="card">
            <Empty>{say({ en: "There is none yet.", zh: "暂无。" })}</Empty>
          </div>
        ) : (
          <DraftList drafts={others} me={me} />
        )}
      </section>
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </>
  );
}

function DraftList({ drafts, me }: { drafts: readonly DraftRow[]; me: number }) {
  return (
    <ul className="bids">
      {drafts.map((draft) => (
        <li key={draft.id} className="card">
          <DraftCard draft={draft} me={me} />
        </li>
      ))}
    </ul>
  );
}

function DraftCard({ draft, me }: { draft: DraftRow; me: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const waits = draft.status === "drafted";
  return (
    <>
      <div className="row between">
        <h3>{say({ en: `Draft ${draft.id}`, zh: `草稿 ${draft.id}` })}</h3>
        <span className="tag">{say(DRAFT_WORDS[draft.status]!)}</span>
      </div>
      <p className="money">
        <Figure amount={yuan(BigInt(draft.amountFen))} />
      </p>
      <dl className="sum">
        <dt>{say({ en: "Debtor", zh: "债务人" })}</dt>
        <dd>
          <Who id={draft.debtorId} />
        </dd>
        <dt>{say({ en: "Supplier", zh: "供应商" })}</dt>
        <dd>
          <Who id={draft.creditorId} />
        </dd>
        <dt>{say({ en: "Delivered", zh: "交付日" })}</dt>
        <dd className="unbroken">{unbroken(draft.deliveryDate)}</dd>
        <dt>{say({ en: "To be paid", zh: "约定付款日" })}</dt>
        <dd className="unbroken">{unbroken(draft.dueDate)}</dd>
        <dt>{say({ en: "Invoice number", zh: "发票号码" })}</dt>
        <dd>{draft.invoiceNumber}</dd>
      </dl>
      {draft.receivableId !== null && (
        <p>
          <Link to="/receivables/$id" params={{ id: draft.receivableId }}>
            {say({ en: `It is receivable ${draft.receivableId}`, zh: `已成为应收账款 ${draft.receivableId}` })}
          </Link>
        </p>
      )}
      <DocumentsAbout kind="draft" id={draft.id} isWithin />
      {waits && draft.debtorId === me && <Review draft={draft} />}
      {waits && draft.creditorId === me && (
        <p>
          <Send
            title={{ en: `Withdraw draft ${draft.id}`, zh: `撤回草稿 ${draft.id}` }}
            call={async (platform) => (await import("./calls.ts")).cancelDraft(platform, BigInt(draft.id))}
          >
            <p>
              {say({
                en: `Draft ${draft.id} over ${written(yuan(BigInt(draft.amountFen)))} ends: its debtor can no longer confirm it. You can draft a corrected one.`,
                zh: `金额 ${written(yuan(BigInt(draft.amountFen)))} 的草稿 ${draft.id} 将终止，债务人不能再确权；您可以重新起草。`,
              })}
            </p>
          </Send>
        </p>
      )}
    </>
  );
}
