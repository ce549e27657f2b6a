import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { curvesToBands } from "../../../sdk/market/band.ts";
import { buildTrade, type Trade } from "../../../sdk/market/trade.ts";
import { type Day, dayOf, formatDay, parseDay } from "../../../sdk/types/time.ts";
import { reachChain, useChain } from "../../chain/index.ts";
import { Empty, Failed, Field, Loading } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { graphql, useIndexed } from "../../indexed/index.ts";
import { operatorAt } from "../../operator/index.ts";
import { Mine, useSigner } from "../../wallets/index.ts";
import { type Sentence, useWords } from "../../words/index.ts";
import { DaySheet } from "../entry/DaySheet.tsx";
import { PaymentTerm } from "../entry/PaymentTerm.tsx";
import type { MeterRules } from "../entry/readRules.ts";
import { useEntry } from "../entry/useEntry.ts";
import { BandsTable } from "./BandsTable.tsx";
import { tradeInWords } from "./tradeInWords.ts";

const MY_METERS = graphql(`query MyTradedMeters($id: Int!) {
  meters(where: { traderId: $id, active: true }, orderBy: "id", limit: 1000) { items { id direction } }
}`);

const TITLE: Sentence = { en: "Propose a trade", zh: "发起双边提案" };

/** A bilateral trade proposed to the party that trades for a meter: who, when, what, at which price. */
export function NewProposal() {
  return <Mine title={TITLE}>{(participant) => <Form participant={participant} />}</Mine>;
}

function Form({ participant }: { participant: number }) {
  const say = useWords();
  const now = useChainNow();
  const { data } = useIndexed(MY_METERS, { id: participant });
  const [own, setOwn] = useState("");
  const [other, setOther] = useState("");
  const [date, setDate] = useState<string>();
  const meters = data?.meters.items ?? [];
  const mine = own || meters[0]?.id || "";
  const chosen = date ?? (now === undefined ? undefined : formatDay(dayOf(now) + 2));
  const isOther = /^[1-9]\d{0,17}$/.test(other.trim()) && other.trim() !== mine;
  return (
    <>
      <h1>{say(TITLE)}</h1>
      {data !== undefined && meters.length === 0 ? (
        <Empty>
          {say({
            en: "You trade for no meter: have the metering centre register one, or name you as its trader.",
            zh: "您名下没有可交易的计量点：请由计量中心登记，或指定您为交易方。",
          })}
        </Empty>
      ) : (
        <section className="card row" style={{ alignItems: "end" }}>
          <Field label={{ en: "Your meter", zh: "我的计量点" }}>
            <select value={mine} onChange={({ target }) => setOwn(target.value)}>
              {meters.map(({ id, direction }) => (
                <option key={id} value={id}>
                  {say(
                    direction === "generation"
                      ? { en: `meter ${id}, sells`, zh: `计量点 ${id}，售出` }
                      : { en: `meter ${id}, buys`, zh: `计量点 ${id}，购入` },
                  )}
                </option>
              ))}
            </select>
          </Field>
          <Field
            label={{ en: "Their meter", zh: "对方计量点" }}
            wrong={
              other.trim() === "" || isOther
                ? undefined
                : { en: "Write the number of another meter, such as 4.", zh: "请填写另一个计量点的编号，例如 4。" }
            }
          >
            <input inputMode="numeric" value={other} onChange={({ target }) => setOther(target.value)} />
          </Field>
          <Field label={{ en: "Delivery day", zh: "交割日" }}>
            <input type="date" value={chosen ?? ""} onChange={({ target }) => setDate(target.value)} />
          </Field>
        </section>
      )}
      {isOther && mine !== "" && chosen !== undefined && chosen !== "" && (
        <Between
          key={`${mine} ${other} ${chosen}`}
          own={BigInt(mine)}
          other={BigInt(other.trim())}
          day={parseDay(chosen)}
        />
      )}
    </>
  );
}

interface BetweenProps {
  own: bigint;
  other: bigint;
  day: Day;
}

/** What the node says of both meters, before anything is entered. */
function Between({ own, other, day }: BetweenProps) {
  const { data, error, refetch } = useChain(["between", String(own), String(other), day], async ({ platform }) => {
    const [{ readMeterRules }, { readProposedMeter }, { readConditions }] = await Promise.all([
      import("../entry/readRules.ts"),
      import("./proposing.ts"),
      import("../../../sdk/market/conditions.ts"),
    ]);
    const [rules, mine, theirs] = await Promise.all([
      readMeterRules(platform, own, day),
      readProposedMeter(platform, own, day),
      readProposedMeter(platform, other, day),
    ]);
    const [seller, buyer] = mine.isPlant ? [mine, theirs] : [theirs, mine];
    const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
    const conditions = await readConditions(platform, meters);
    return { rules, conditions, parties: { seller: seller.account, buyer: buyer.account, ...meters }, theirs, mine };
  });
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what={{ en: "Reading both meters …", zh: "正在读取双方计量点……" }} />;
  return <Sheets own={own} day={day} between={data} />;
}

interface Conditions {
  rules: MeterRules;
  conditions: Parameters<typeof buildTrade>[1];
  parties: Pick<Trade, "seller" | "buyer" | "sellerMeter" | "buyerMeter">;
  theirs: { participant: number; isPlant: boolean };
  mine: { isPlant: boolean };
}

function Sheets({ own, day, between }: { own: bigint; day: Day; between: Conditions }) {
  const say = useWords();
  const signer = useSigner();
  const go = useNavigate();
  const { rules, conditions, parties, theirs, mine } = between;
  const entering = useEntry(own, day, rules);
  const { state, nonce } = entering;
  const [paymentDays, setPaymentDays] = useState(0);
  const [isGreen, setGreen] = useState(false);
  const trade = useMemo(() => {
    const bands = curvesToBands(state.day.energy, state.day.price);
    if (bands.length === 0) return undefined;
    return buildTrade({ ...parties, day, bands, paymentDays, greenCertificates: isGreen, nonce }, conditions);
  }, [state.day, parties, day, paymentDays, isGreen, nonce, conditions]);
  const review = useChain(
    ["proposing", trade],
    async ({ platform }) => {
      const { digestOf, findingsOf } = await import("./proposing.ts");
      return { digest: digestOf(trade!, platform), findings: await findingsOf(platform, trade!, signer?.address) };
    },
    { enabled: trade !== undefined },
  );
  const signing = useMutation({
    mutationFn: async () => {
      const { signAndPropose } = await import("./proposing.ts");
      return signAndPropose(trade!, { reached: await reachChain(), signer: signer!, operator: operatorAt() });
    },
    onSuccess: ({ hash }) => go({ to: "/proposals/$hash", params: { hash } }),
  });
  if (mine.isPlant === theirs.isPlant)
    return (
      <p className="note warn">
        {say({
          en: "One meter delivers and the other uses: choose a meter of the other direction.",
          zh: "须一方发电、一方用电：请选择相反计量方向的计量点。",
        })}
      </p>
    );
  const findings = review.data?.findings ?? [];
  const canSign = review.data !== undefined && findings.length === 0 && !signing.isPending && signer !== undefined;
  return (
    <div className="stack">
      <p className="note">
        {say({
          en: `Participant ${theirs.participant} trades for the other meter, and signs after you.`,
          zh: `对方计量点由参与方 ${theirs.participant} 交易，在您之后会签。`,
        })}
      </p>
      <DaySheet
        {...{ entering, rules }}
        priceLabel={{ en: "Price, CNY/MWh", zh: "价格（元/MWh）" }}
        sign={() => canSign && signing.mutate()}
      />
      <section className="card stack">
        <h2>{say({ en: "What you sign", zh: "签署内容" })}</h2>
        <div className="row">
          <PaymentTerm days={paymentDays} maxPaymentDays={rules.maxPaymentDays} choose={setPaymentDays} />
          <label className="row">
            <input type="checkbox" checked={isGreen} onChange={({ target }) => setGreen(target.checked)} />
            {say({ en: "with green certificates", zh: "含绿证" })}
          </label>
        </div>
        {trade === undefined ? (
          <p className="soft">{say({ en: "The day is empty yet.", zh: "尚未填写电量。" })}</p>
        ) : (
          <>
            <p className="note">{say(tradeInWords(trade))}</p>
            <details>
              <summary>{say({ en: `${trade.bands.length} rows`, zh: `${trade.bands.length} 个分段` })}</summary>
              <BandsTable bands={trade.bands} />
            </details>
            {review.data !== undefined && (
              <p className="soft">
                {say({ en: "Digest, as the wallet shows it: ", zh: "摘要（与钱包显示核对）：" })}
                <code>{review.data.digest}</code>
              </p>
            )}
            {findings.length > 0 && (
              <ul className="note warn stack">
                {findings.map(({ code, sentences }) => (
                  <li key={`${code} ${sentences.en}`}>{say(sentences)}</li>
                ))}
              </ul>
            )}
          </>
        )}
        {signing.isError && <Failed error={signing.error} />}
        <div className="row no-print">
          <button type="button" className="button primary" disabled={!canSign} onClick={() => signing.mutate()}>
            {say({ en: "Sign and propose", zh: "签署并提交" })}
          </button>
          <Link to="/proposals">{say({ en: "All proposals", zh: "全部提案" })}</Link>
        </div>
      </section>
    </div>
  );
}
