import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { dayOf, formatDay, parseDay } from "../../sdk/types/time.ts";
import { parsePercent } from "../../sdk/types/units.ts";
import { Empty, Field, Figure, reading, Titled } from "../design/index.ts";
import { useMe } from "../identity/index.ts";
import { typed } from "../money/useAmount.ts";
import { Send } from "../wallets/index.ts";
import { unbroken, useFormat, useWords, written } from "../words/index.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { OfNumber } from "./OfNumber.tsx";
import { CLAIM_BY_ID, type ClaimDetail } from "./queries.ts";
import { quoteOn } from "./quote.ts";
import { readUnits } from "./typed.ts";
import { UnitsField } from "./UnitsField.tsx";

const TITLE = { en: "Request financing", zh: "申请融资" };

/** So long bids come where nothing else is chosen, and the claim runs so long. */
const USUAL_DAYS = 5;

/** Asks banks for bids on units of a receivable. */
export function RequestForm({ id }: { id: string }) {
  const me = useMe();
  return (
    <OfNumber
      title={TITLE}
      query={CLAIM_BY_ID}
      pick={({ receivable }) => receivable}
      id={id}
      none={<NoUnits id={id} />}
    >
      {(claim, { now }) => {
        const isMine = ({ holder }: { holder: string }) => holder.toLowerCase() === me?.account.toLowerCase();
        const units = BigInt(claim.units?.items.find(isMine)?.units ?? 0);
        const pledge = claim.encumbrances?.items.find((each) => each.status === "live" && isMine(each));
        if (units === 0n)
          return (
            <Titled title={TITLE}>
              <NoUnits id={id} />
            </Titled>
          );
        const free = units - (pledge === undefined ? 0n : BigInt(pledge.units) - BigInt(pledge.paidFen));
        return <Form claim={claim} free={free} today={dayOf(now)} />;
      }}
    </OfNumber>
  );
}

function NoUnits({ id }: { id: string }) {
  const say = useWords();
  return (
    <Empty action={<Link to="/receivables">{say({ en: "Your receivables", zh: "我的应收账款" })}</Link>}>
      {say({
        en: `The connected account holds nothing of receivable ${id}: connect the wallet of a holder.`,
        zh: `当前连接的账户未持有应收账款 ${id}：请连接持有人的钱包。`,
      })}
    </Empty>
  );
}

interface FormProps {
  claim: ClaimDetail;
  /** Units that no pledge binds. */
  free: bigint;
  today: number;
}

function Form({ claim, free, today }: FormProps) {
  const say = useWords();
  const { yuan, percent } = useFormat();
  const navigate = useNavigate();
  const { id } = claim;
  const [unitsText, setUnits] = useState("");
  const [rateText, setRate] = useState("");
  const [dateText, setDate] = useState<string>();
  const latest = claim.dueDay - 1;
  const date = dateText ?? formatDay(Math.min(today + USUAL_DAYS, latest));
  const units = readUnits(unitsText, free);
  const rate = reading(rateText, parsePercent);
  const lastDay = reading(date, parseDay);
  const isDayGood = lastDay.value !== undefined && lastDay.value >= today && lastDay.value <= latest;
  const least =
    units.value !== undefined && rate.value !== undefined
      ? reading("least", () => quoteOn(units.value!, rate.value!, { on: today, due: claim.dueDay }))
      : undefined;
  return (
    <>
      <div>
        <h1>{say({ en: "Request financing", zh: "申请融资" })}</h1>
        <p className="soft">
          <Link to="/receivables/$id" params={{ id }}>
            {say({ en: `Receivable ${id}`, zh: `应收账款 ${id}` })}
          </Link>
          {say({ en: `, due ${unbroken(claim.dueDate)}`, zh: `，到期日 ${unbroken(claim.dueDate)}` })}
        </p>
      </div>
      <FinanceOff />
      <section className="card stack">
        <div className="columns">
          <div className="stack">
            <UnitsField
              label={{ en: "Face value offered, CNY", zh: "拟转让面额（元）" }}
              text={unitsText}
              setText={setUnits}
              free={free}
            />
            <p>
              <button type="button" className="button s" onClick={() => setUnits(typed(free))}>
                {say({ en: "All of it", zh: "全部" })}
              </button>
            </p>
          </div>
          <Field
            label={{ en: "Highest rate a year, %", zh: "可接受的最高年贴现率（%）" }}
            wrong={rate.wrong}
            hint={{ en: "Banks bid at this or less; basis 360 days.", zh: "银行报价不得高于此；按一年 360 天计。" }}
          >
            <input inputMode="decimal" value={rateText} onChange={({ target }) => setRate(target.value)} />
          </Field>
          <Field
            label={{ en: "Last day to accept a bid", zh: "接受报价的最后一日" }}
            wrong={
              isDayGood
                ? undefined
                : {
                    en: `From ${formatDay(today)} to ${formatDay(latest)}: before the due day.`,
                    zh: `须在 ${formatDay(today)} 至 ${formatDay(latest)} 之间，早于到期日。`,
                  }
            }
          >
            <input
              type="date"
              value={date}
              min={formatDay(today)}
              max={formatDay(latest)}
              onChange={({ target }) => setDate(target.value)}
            />
          </Field>
        </div>
        {least?.wrong !== undefined && <p className="note bad">{say(least.wrong)}</p>}
        {least?.value !== undefined && (
          <p className="note">
            {say({
              en: "At the highest rate you would receive at least ",
              zh: "按最高年贴现率计算，今日成交至少可得 ",
            })}
            <strong>
              <Figure amount={yuan(least.value.priceFen)} />
            </strong>
            {say({ en: " today, for ", zh: "，对应面额 " })}
            <Figure amount={yuan(units.value!)} />
            {say({ en: `, ${least.value.days} days before it is due.`, zh: `，距到期 ${least.value.days} 天。` })}
          </p>
        )}
        <p>
          <Send
            title={{ en: "Ask banks for bids", zh: "向银行征集报价" }}
            isPrimary
            isDisabled={least?.value === undefined || !isDayGood}
            done={() => void navigate({ to: "/requests" })}
            call={async (platform) => {
              const { requestFinancing } = await import("./calls.ts");
              return requestFinancing(platform, {
                ...{ receivable: BigInt(id), units: units.value!, maxRateBp: rate.value!, lastDay: lastDay.value! },
              });
            }}
          >
            {units.value !== undefined && rate.value !== undefined && (
              <p>
                {say({
                  en: `Banks are asked to bid on ${written(yuan(units.value))} of receivable ${id} at no more than ${written(percent(rate.value))} a year, until ${unbroken(date)}. You decide which bid to accept; asking binds you to nothing.`,
                  zh: `就应收账款 ${id} 中的 ${written(yuan(units.value))} 向银行征集报价，年贴现率不高于 ${written(percent(rate.value))}，截至 ${unbroken(date)}。接受哪笔报价由您决定，申请本身不产生义务。`,
                })}
              </p>
            )}
          </Send>
        </p>
      </section>
    </>
  );
}
