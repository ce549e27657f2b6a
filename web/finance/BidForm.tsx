import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { dayOf, formatDay, parseDay } from "../../sdk/types/time.ts";
import { parsePercent } from "../../sdk/types/units.ts";
import { Facts, Field, Figure, reading, Titled } from "../design/index.ts";
import { useMe } from "../identity/index.ts";
import { Send } from "../wallets/index.ts";
import { type Sentence, unbroken, useFormat, useWords, written } from "../words/index.ts";
import { DeskOptIn } from "./DeskOptIn.tsx";
import { FinanceOff } from "./FinanceOff.tsx";
import { NoRequest } from "./NoRequest.tsx";
import { OfNumber } from "./OfNumber.tsx";
import { type Quote, quoteOn } from "./quote.ts";
import { pickRequest, REQUEST_BY_ID, type RequestDetail } from "./requestQueries.ts";
import { Subject } from "./Subject.tsx";
import { recourseWords } from "./words.ts";

const TITLE = { en: "Price a request", zh: "测算申请" };

/** A bank prices a request and bids: what it would pay today and on the bid's last day, which is what is held. */
export function BidForm({ id }: { id: string }) {
  return (
    <OfNumber title={TITLE} id={id} query={REQUEST_BY_ID} pick={pickRequest} none={<NoRequest id={id} />}>
      {(request, { now }) =>
        request.receivable === null ? (
          <Titled title={TITLE}>
            <NoRequest id={id} />
          </Titled>
        ) : (
          <Priced request={request} due={request.receivable.dueDay} today={dayOf(now)} />
        )
      }
    </OfNumber>
  );
}

function Priced({ request, due, today }: { request: RequestDetail; due: number; today: number }) {
  const say = useWords();
  const me = useMe();
  const { yuan, percent } = useFormat();
  const [rateText, setRate] = useState("");
  const [recourse, setRecourse] = useState<boolean>();
  const [dateText, setDate] = useState(request.lastDate);
  const maxRateBp = Number(request.maxRateBp);
  const units = BigInt(request.units);
  const lastDay = reading(dateText, parseDay);
  const isDayGood = lastDay.value !== undefined && lastDay.value >= today && lastDay.value <= request.lastDay;
  const rate = reading(rateText, parsePercent);
  const isAbove = rate.value !== undefined && rate.value > maxRateBp;
  const tooHigh: Sentence = {
    en: `The seller accepts at most ${written(percent(maxRateBp))} a year.`,
    zh: `转让方可接受的年贴现率不高于 ${written(percent(maxRateBp))}。`,
  };
  const quotes = reading(rateText, () => {
    const rateBp = parsePercent(rateText);
    return {
      now: quoteOn(units, rateBp, { on: today, due }),
      last: isDayGood ? quoteOn(units, rateBp, { on: lastDay.value!, due }) : undefined,
    };
  });
  const isBank = me?.kinds.includes("bank") ?? false;
  const isOpen = request.status === "open" && request.lastDay >= today;
  const held = quotes.value?.last?.priceFen;
  return (
    <>
      <div>
        <h1>{say({ en: `Price request ${request.id}`, zh: `测算申请 ${request.id}` })}</h1>
        <p className="soft">
          <Link to="/requests/$id" params={{ id: request.id }}>
            {say({ en: "The request with all bids and records", zh: "查看申请、全部报价与记录" })}
          </Link>
        </p>
      </div>
      <FinanceOff />
      {!isOpen && (
        <p className="note warn">
          {say({
            en: `Request ${request.id} takes no bids any more; the calculator still works.`,
            zh: `申请 ${request.id} 已不再接受报价；测算仍可使用。`,
          })}
        </p>
      )}
      {!isBank && (
        <p className="note">
          {say({
            en: "Anybody can calculate here; to bid, connect the wallet of a bank.",
            zh: "任何人均可测算；如需报价，请连接银行的钱包。",
          })}
        </p>
      )}
      <div className="columns">
        <section className="card stack">
          <h2>{say({ en: "Price calculator", zh: "价格测算" })}</h2>
          <Field
            label={{ en: "Rate a year, %", zh: "年贴现率（%）" }}
            wrong={rate.wrong ?? (isAbove ? tooHigh : undefined)}
            hint={tooHigh}
          >
            <input inputMode="decimal" value={rateText} onChange={({ target }) => setRate(target.value)} />
          </Field>
          <Field
            label={{ en: "Binding until", zh: "有效至" }}
            wrong={
              isDayGood
                ? undefined
                : {
                    en: `From ${formatDay(today)} to ${request.lastDate}, when the request ends.`,
                    zh: `须在 ${formatDay(today)} 至申请截止日 ${request.lastDate} 之间。`,
                  }
            }
          >
            <input
              type="date"
              value={dateText}
              min={formatDay(today)}
              max={request.lastDate}
              onChange={({ target }) => setDate(target.value)}
            />
          </Field>
          <fieldset className="stack recourse">
            <legend className="soft">{say({ en: "Recourse", zh: "追索权" })}</legend>
            {[false, true].map((choice) => (
              <label key={String(choice)} className="choice">
                <input
                  type="radio"
                  name="recourse"
                  checked={recourse === choice}
                  onChange={() => setRecourse(choice)}
                />
                <span>{say(recourseWords(choice))}</span>
              </label>
            ))}
          </fieldset>
        </section>
        <section className="card stack" aria-live="polite">
          <h2>{say({ en: "What it comes to", zh: "测算结果" })}</h2>
          {quotes.wrong !== undefined && rate.wrong === undefined && <p className="note bad">{say(quotes.wrong)}</p>}
          {quotes.value === undefined ? (
            <p className="soft">{say({ en: "Type a rate.", zh: "请填写年贴现率。" })}</p>
          ) : (
            <Result units={units} today={quotes.value.now} last={quotes.value.last} lastDate={dateText} />
          )}
          <p className="soft">
            {say({
              en: "Price = face value × (1 − rate × days ÷ 360), rounded half up to the fen once, as the contract does. It rises day by day; the price on the last day is held.",
              zh: "价格 = 面额 ×（1 − 年贴现率 × 天数 ÷ 360），与合约一致，按分四舍五入一次。价格逐日上升，按有效期最后一日的价格冻结资金。",
            })}
          </p>
          {isBank && <DeskOptIn />}
          <p>
            <Send
              title={{ en: "Bid", zh: "报价" }}
              isPrimary
              isDisabled={held === undefined || isAbove || recourse === undefined || !isBank || !isOpen}
              call={async (platform) => {
                const { placeBid } = await import("./calls.ts");
                return placeBid(platform, {
                  ...{ request: BigInt(request.id), rateBp: rate.value!, recourse: recourse!, lastDay: lastDay.value! },
                });
              }}
            >
              {held !== undefined && recourse !== undefined && (
                <>
                  <p>
                    {say({
                      en: `You bid ${written(percent(rate.value!))} a year for ${written(yuan(units))} of receivable ${request.receivableId}, binding until ${unbroken(dateText)}. ${written(yuan(held))} of your deposits are held until it is accepted or ends.`,
                      zh: `您以年贴现率 ${written(percent(rate.value!))} 对应收账款 ${request.receivableId} 中的 ${written(yuan(units))} 报价，有效至 ${unbroken(dateText)}；存款中的 ${written(yuan(held))} 将被冻结，直至接受或失效。`,
                    })}
                  </p>
                  <p>
                    <strong>{say(recourseWords(recourse))}</strong>
                  </p>
                </>
              )}
            </Send>
          </p>
          {recourse === undefined && held !== undefined && (
            <p className="soft">
              {say({ en: "Choose whether the seller answers for payment.", zh: "请选择有无追索权。" })}
            </p>
          )}
        </section>
      </div>
      <Subject request={request} />
    </>
  );
}

interface ResultProps {
  units: bigint;
  today: Quote;
  last: Quote | undefined;
  lastDate: string;
}

function Result({ units, today, last, lastDate }: ResultProps) {
  const say = useWords();
  const { yuan, count } = useFormat();
  const rows: [Sentence, string][] = [
    [{ en: "Face value", zh: "面额" }, written(yuan(units))],
    [{ en: "Days to the due day, from today", zh: "今日距到期天数" }, count(today.days)],
    [{ en: "Discount today", zh: "今日贴现息" }, written(yuan(today.discountFen))],
    ...(last === undefined
      ? []
      : ([
          [
            { en: `Price if accepted on ${unbroken(lastDate)}`, zh: `${unbroken(lastDate)} 接受时的价格` },
            written(yuan(last.priceFen)),
          ],
          [{ en: "Held of your deposits", zh: "冻结存款" }, written(yuan(last.priceFen))],
        ] as [Sentence, string][])),
  ];
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{say({ en: "Price if accepted today", zh: "今日接受时的价格" })}</dt>
          <dd>
            <Figure amount={yuan(today.priceFen)} />
          </dd>
        </div>
      </dl>
      <Facts
        kind="sum"
        rows={rows.map(([title, value]) => [
          title,
          <span key={title.en} className="unbroken">
            {value}
          </span>,
        ])}
      />
    </>
  );
}
