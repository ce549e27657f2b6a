import { Link } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { Address } from "viem";
import { bandsToCurves } from "../../../sdk/market/band.ts";
import type { Order } from "../../../sdk/market/order.ts";
import { type Day, formatDay } from "../../../sdk/types/time.ts";
import { reachChain, useChain } from "../../chain/index.ts";
import { Failed, Loading, Titled } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { useStanding, useWallet, wordsOfStanding } from "../../wallets/index.ts";
import { type Sentence, time, useFormat, useWords } from "../../words/index.ts";
import { dropDraft } from "./draft.ts";
import { Entry } from "./Entry.tsx";
import { keptForDay } from "./journal.ts";
import { OrderProgress } from "./OrderProgress.tsx";
import { PaymentTerm } from "./PaymentTerm.tsx";
import { wordsOfSide } from "./preview.ts";
import type { MeterRules } from "./readRules.ts";
import { useEntry } from "./useEntry.ts";
import { useSigning } from "./useSigning.ts";

const TITLE: Sentence = { en: "Enter a day", zh: "日电能申报" };

/** The order of a meter for a day: entered, signed, and followed. */
export function DayEntry({ meter, day }: { meter: bigint; day: Day }) {
  const {
    data: rules,
    error,
    refetch,
  } = useChain(["entry", String(meter), day], async ({ platform }) => {
    const { readMeterRules } = await import("./readRules.ts");
    return readMeterRules(platform, meter, day);
  });
  if (rules === undefined) {
    const what = { en: "Reading the rules of the day …", zh: "正在读取当日规则……" };
    return (
      <Titled title={TITLE}>
        {error === null ? <Loading what={what} /> : <Failed error={error} retry={refetch} />}
      </Titled>
    );
  }
  return <Entered key={`${meter} ${day}`} {...{ meter, day, rules }} />;
}

function Entered({ meter, day, rules }: { meter: bigint; day: Day; rules: MeterRules }) {
  const [say, { longDate }] = [useWords(), useFormat()];
  const [wallet, now] = [useWallet(), useChainNow()];
  const standing = useStanding(wallet?.account);
  const entering = useEntry(meter, day, rules);
  const [kept, setKept] = useState(() => keptForDay(localStorage, meter, day));
  const signing = useSigning(kept[0]);
  const [paymentDays, setPaymentDays] = useState(0);
  const [continuous, setContinuous] = useState(false);
  const digest = useCallback(
    async (order: Order) => (await import("./handIn.ts")).digestOf(order, await reachChain()),
    [],
  );
  const lastWeek = useMemo(() => {
    const [before] = keptForDay(localStorage, meter, day - 7);
    return before === undefined ? undefined : bandsToCurves(before.order.bands);
  }, [meter, day]);
  const isOpen = now !== undefined && now >= rules.opensAt && now < rules.closesAt;
  const isOwn = standing?.state === "active" && standing.participant === rules.trader;
  const trader: Address | undefined = isOpen && isOwn ? wallet?.account : undefined;

  const onSign = (order: Order) => {
    signing.sign(order, () => {
      dropDraft(localStorage, meter, day);
      setKept(keptForDay(localStorage, meter, day));
      entering.newNonce();
    });
  };
  return (
    <>
      <header>
        <h1>{say(TITLE)}</h1>
        <p className="soft">
          {longDate(formatDay(day))} · {say({ en: `Meter ${meter}`, zh: `计量点 ${meter}` })} ·{" "}
          {say(wordsOfSide(rules.side))} ·{" "}
          <span className="unbroken">
            {say({ en: `closes ${time(rules.closesAt)}`, zh: `${time(rules.closesAt)} 截止` })}
          </span>
        </p>
      </header>
      {kept.map((entry) => (
        <section className="card" key={entry.hash} aria-label={say({ en: "Your order", zh: "您的报单" })}>
          <OrderProgress entry={signing.entry?.hash === entry.hash ? signing.entry : entry} signing={signing} />
        </section>
      ))}
      <Entry
        {...{ entering, meter, day, rules, trader, lastWeek, paymentDays, continuous, digest, onSign }}
        isBusy={signing.isBusy}
      >
        <div className="row no-print">
          <label className="row">
            <input type="checkbox" checked={continuous} onChange={(event) => setContinuous(event.target.checked)} />
            {say({ en: "may match before the auction", zh: "可在集中出清前连续撮合" })}
          </label>
          <PaymentTerm days={paymentDays} maxPaymentDays={rules.maxPaymentDays} choose={setPaymentDays} />
        </div>
        {signing.refusal !== undefined && <Failed error={signing.refusal} />}
        {wallet === undefined ? (
          <p className="note warn">
            {say({
              en: "No wallet is connected: connect one above to sign; what you enter stays.",
              zh: "尚未连接钱包：请在上方连接后签署；已填写的内容会保留。",
            })}
          </p>
        ) : standing !== undefined && standing.state !== "active" ? (
          <p className="note warn">{say(wordsOfStanding(standing))}</p>
        ) : standing !== undefined && !isOwn ? (
          <p className="note warn">
            {say({
              en: `Meter ${meter} is traded for by participant ${rules.trader} on this day: connect its wallet, or choose a meter of yours. `,
              zh: `该日计量点 ${meter} 由市场主体 ${rules.trader} 交易：请连接其钱包，或选择您的计量点。`,
            })}
            <Link to="/day">{say({ en: "Choose a meter", zh: "选择计量点" })}</Link>
          </p>
        ) : null}
        {now !== undefined && !isOpen && (
          <p className="note warn">
            {say({
              en: `Orders for this day are taken from ${time(rules.opensAt)} to ${time(rules.closesAt)}, by the chain's time: choose a day that is open. `,
              zh: `该日报单受理时间为 ${time(rules.opensAt)} 至 ${time(rules.closesAt)}（链上时间）：请选择可申报的日期。`,
            })}
            <Link to="/day">{say({ en: "Choose a day", zh: "选择日期" })}</Link>
          </p>
        )}
      </Entry>
    </>
  );
}
