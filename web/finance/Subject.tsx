import { Link } from "@tanstack/react-router";
import { type Fact, Facts, Figure } from "../design/index.ts";
import { Who } from "../records/Who.tsx";
import { type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import type { RequestDetail } from "./requestQueries.ts";

/** What a bank looks at before it prices: the claim, its invoice, what it comes from, and what lies on it. */
export function Subject({ request }: { request: RequestDetail }) {
  const say = useWords();
  const { yuan } = useFormat();
  const claim = request.receivable;
  if (claim === null) return null;
  const live = (claim.encumbrances?.items ?? []).filter(({ status }) => status === "live");
  const facts: Fact[] = [
    [
      { en: "Receivable", zh: "应收账款" },
      <Link key="claim" to="/receivables/$id" params={{ id: claim.id }}>
        {say({ en: `Receivable ${claim.id}`, zh: `应收账款 ${claim.id}` })}
      </Link>,
    ],
    [{ en: "Debtor", zh: "债务人" }, <Who key="debtor" id={claim.debtorId} />],
    [{ en: "Creditor at issue", zh: "设立时的债权人" }, <Who key="creditor" id={claim.creditorId} />],
    [{ en: "Face value of it all", zh: "整笔面额" }, <Figure key="face" amount={yuan(BigInt(claim.faceFen))} />],
    [{ en: "Comes from", zh: "来源" }, say(originOf(claim))],
    [
      { en: "VAT invoice", zh: "增值税发票" },
      claim.draft ? say({ en: `number ${claim.draft.invoiceNumber}`, zh: `号码 ${claim.draft.invoiceNumber}` }) : "—",
    ],
    [
      { en: "Hash of the invoice's file", zh: "发票文件哈希" },
      claim.invoiceHash === null ? "—" : <code key="hash">{claim.invoiceHash}</code>,
    ],
    [
      { en: "Pledges on it", zh: "质押情况" },
      live.length === 0
        ? say({ en: "none on the chain", zh: "链上无质押" })
        : live.map(({ id, pledgeeId, units, registrationNumber }) => (
            <span key={id}>
              <Figure amount={yuan(BigInt(units))} /> → <Who id={pledgeeId} /> ({registrationNumber}){" "}
            </span>
          )),
    ],
  ];
  return (
    <section className="card stack">
      <h2>{say({ en: "What is priced", zh: "标的" })}</h2>
      <Facts rows={facts} />
      {claim.betweenAffiliates && (
        <p className="note warn">
          {say({
            en: "Debtor and creditor had the same controller when it was divided: what affiliates owe each other counts for no grade.",
            zh: "设立时债务人与债权人受同一控制人控制：关联方之间的欠款不计入信用等级。",
          })}
        </p>
      )}
      {claim.draft !== null && claim.draft.tradesOfDelivery > 0 && (
        <p className="note warn">
          {say({
            en: `On ${unbroken(claim.draft.deliveryDate)} the creditor sold to the debtor in ${claim.draft.tradesOfDelivery} trades: see that the invoice does not claim what a trade claims already.`,
            zh: `${unbroken(claim.draft.deliveryDate)} 债权人与债务人之间有 ${claim.draft.tradesOfDelivery} 笔交易：请核对发票未与交易形成的欠款重复。`,
          })}
        </p>
      )}
    </section>
  );
}

function originOf({ draftId, debt }: NonNullable<RequestDetail["receivable"]>): Sentence {
  if (draftId !== null)
    return { en: `draft ${draftId}, confirmed by its debtor's signature`, zh: `草稿 ${draftId}，经债务人签名确权` };
  return debt?.tradeId != null
    ? { en: `trade ${debt.tradeId}, settled on the chain`, zh: `交易 ${debt.tradeId}，已在链上结算` }
    : { en: "a debt of the ledger", zh: "账本中的债务" };
}
