import { Link } from "@tanstack/react-router";
import { Amounts, Asked, Empty, Figure } from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { type Sentence, time, unbroken, useFormat, useWords, written } from "../words/index.ts";
import { CheckedMark } from "./CheckedMark.tsx";
import { DayCurves } from "./DayCurves.tsx";
import { Evidence } from "./Evidence.tsx";
import { LifeLine, Transaction } from "./LifeLine.tsx";
import { lifeOf } from "./lifeLine.ts";
import { TRADE, type TradeAnswer, type Trade as TradeRow } from "./tradeQueries.ts";
import { useTradeCheck } from "./useTradeCheck.ts";
import { Who } from "./Who.tsx";
import { debtCodeWords, debtStatusWords, SOURCE_WORDS, TRADE_STATUS_WORDS } from "./words.ts";

/** One trade: how far it has come, its curves, its money, its transactions, and whether the chain says the same. */
export function Trade({ id }: { id: string }) {
  const say = useWords();
  const query = useIndexed(TRADE, { id });
  return (
    <>
      <h1>{say({ en: `Trade ${id}`, zh: `交易 ${id}` })}</h1>
      <Asked query={query}>
        {(answer) =>
          answer.trade === null ? (
            <Empty>
              {say({
                en: "The index knows no such trade: compare the number; a trade appears here once its block is indexed.",
                zh: "索引中没有该交易：请核对编号；交易所在区块入索引后将显示于此。",
              })}
            </Empty>
          ) : (
            <Known trade={answer.trade} answer={answer} />
          )
        }
      </Asked>
    </>
  );
}

function Known({ trade, answer }: { trade: TradeRow; answer: TradeAnswer }) {
  const say = useWords();
  const indexBlock = blockOf(answer);
  const check = useTradeCheck(trade, indexBlock);
  const debts = answer.debts.items;
  return (
    <>
      <p>
        <span className="tag">{say(TRADE_STATUS_WORDS[trade.status] ?? { en: trade.status, zh: trade.status })}</span>{" "}
        <Who id={trade.sellerId} />
        {say({ en: " sells to ", zh: " 售予 " })}
        <Who id={trade.buyerId} />
        {say({ en: ", delivery day ", zh: "，交割日 " })}
        <Link to="/market/$zone/$date" params={{ zone: String(trade.zoneId), date: trade.date }}>
          {unbroken(trade.date)}
        </Link>
        {say({
          en: `, from meter ${trade.sellerMeterId} to meter ${trade.buyerMeterId}, ${(SOURCE_WORDS[trade.source] ?? NO_SOURCE).en}; ${howClosed(trade).en}.`,
          zh: `，计量点 ${trade.sellerMeterId} 至 ${trade.buyerMeterId}，${(SOURCE_WORDS[trade.source] ?? NO_SOURCE).zh}；${howClosed(trade).zh}。`,
        })}
      </p>
      <CheckedMark check={check} indexBlock={indexBlock} />
      <section className="card">
        <LifeLine label={{ en: "How far the trade has come", zh: "交易进度" }} steps={lifeOf(trade, debts)} />
      </section>
      <Money trade={trade} />
      <section className="card">
        <h2>{say({ en: "Contracted and delivered", zh: "合约与交付" })}</h2>
        {trade.delivered === null && <p className="soft">{say(NOT_METERED)}</p>}
        <DayCurves contracted={trade.contracted} delivered={trade.delivered} price={trade.price} />
      </section>
      <Shortfall trade={trade} />
      {debts.length > 0 && <Owed debts={debts} />}
      {(trade.adjustments?.items.length ?? 0) > 0 && <Adjusted trade={trade} />}
      <Transactions trade={trade} />
      <Evidence id={trade.id} />
      <p>
        <Link to="/trades/$id/evidence" params={{ id: trade.id }}>
          {say({ en: "As a case: freeze, ruling, evidence", zh: "按案件查看：冻结、裁决与举证" })}
        </Link>
      </p>
    </>
  );
}

const NO_SOURCE: Sentence = { en: "no plant", zh: "非电站" };
const NOT_METERED: Sentence = {
  en: "Nothing is metered yet: what is delivered appears once the readings are final and the trade is settled.",
  zh: "尚未计量：读数定稿并结算后显示交付电量。",
};

const howClosed = ({ round, continuous, paymentDays }: TradeRow): Sentence => {
  const term =
    paymentDays === 0
      ? { en: "cash", zh: "现款" }
      : { en: `payable ${paymentDays} days after delivery`, zh: `交付后 ${paymentDays} 天付款` };
  if (round === "0") return { en: `bilateral, ${term.en}`, zh: `双边交易，${term.zh}` };
  return continuous
    ? { en: `matched continuously in round ${round}, ${term.en}`, zh: `第 ${round} 轮连续撮合，${term.zh}` }
    : { en: `cleared in round ${round}, ${term.en}`, zh: `第 ${round} 轮集中出清，${term.zh}` };
};

function Money({ trade }: { trade: TradeRow }) {
  const { yuan, kwh } = useFormat();
  const fen = (text: string | null) => (text === null ? undefined : yuan(BigInt(text)));
  const isOpen = trade.status === "open";
  const held = isOpen
    ? BigInt(trade.contractedNetworkFen) + (trade.paymentDays === 0 ? BigInt(trade.contractedEnergyFen) : 0n)
    : 0n;
  return (
    <Amounts
      label={{ en: "Energy and money", zh: "电量与金额" }}
      figures={[
        [{ en: "Contracted", zh: "合约电量" }, kwh(BigInt(trade.contractedWh), 3)],
        [
          { en: "Delivered", zh: "交付电量" },
          trade.deliveredWh === null ? undefined : kwh(BigInt(trade.deliveredWh), 3),
        ],
        [{ en: "Energy amount", zh: "电费" }, fen(trade.energyFen ?? (isOpen ? trade.contractedEnergyFen : null))],
        [
          { en: "Network charge", zh: "输配电费" },
          fen(trade.networkFen ?? (isOpen ? trade.contractedNetworkFen : null)),
        ],
        [{ en: "Deviation charge", zh: "偏差费用" }, fen(trade.deviationFen)],
        [{ en: "Held of the buyer now", zh: "买方现冻结款项" }, yuan(held)],
        [{ en: "Bond of the seller now", zh: "卖方现履约保证金" }, yuan(isOpen ? BigInt(trade.bondFen) : 0n)],
      ]}
    />
  );
}

/** What is missing, and what it costs by the rules pinned at opening. */
function Shortfall({ trade }: { trade: TradeRow }) {
  const say = useWords();
  const { kwh, yuan, percent, yuanPerMwh } = useFormat();
  if (trade.deliveredWh === null) return null;
  const missing = BigInt(trade.contractedWh) - BigInt(trade.deliveredWh);
  const rule = trade.ruleSet?.rules.deviationRules.find(({ source }) => source === trade.source);
  if (missing === 0n)
    return <p className="note">{say({ en: "Everything contracted was delivered.", zh: "合约电量已全部交付。" })}</p>;
  const energy = written(kwh(missing, 3));
  const charge = written(yuan(BigInt(trade.deviationFen ?? 0)));
  const tolerance = rule === undefined ? "" : written(percent(rule.toleranceBp));
  const price =
    rule === undefined || rule.period === "exempt"
      ? { en: "the rules exempt its source", zh: "规则对该电源免除" }
      : rule.rateBp > 0
        ? {
            en: `beyond ${tolerance} each kWh costs ${written(percent(rule.rateBp))} of its price`,
            zh: `超出允许偏差 ${tolerance} 的部分按电价的 ${written(percent(rule.rateBp))} 计`,
          }
        : {
            en: `beyond ${tolerance} it costs ${written(yuanPerMwh(rule.priceFenPerMWh))}`,
            zh: `超出允许偏差 ${tolerance} 的部分按 ${written(yuanPerMwh(rule.priceFenPerMWh))} 计`,
          };
  return (
    <p className="note">
      {say({
        en: `Shortfall: ${energy} were not delivered; ${price.en}: the deviation charge is ${charge}.`,
        zh: `交付不足 ${energy}；${price.zh}：偏差费用为 ${charge}。`,
      })}
    </p>
  );
}

function Owed({ debts }: { debts: TradeAnswer["debts"]["items"] }) {
  const say = useWords();
  const { yuan } = useFormat();
  return (
    <section className="card stack">
      <h2>{say({ en: "What became owed", zh: "形成的债务" })}</h2>
      <ul className="stack">
        {debts.map((debt) => (
          <li key={debt.id}>
            {say({
              en: `Debt ${debt.id}, ${debtCodeWords(debt.code).en}: `,
              zh: `债务 ${debt.id}，${debtCodeWords(debt.code).zh}：`,
            })}
            <Who id={debt.debtorId} />
            {say({ en: " owes ", zh: " 应付 " })}
            <Who id={debt.creditorId} /> <Figure amount={yuan(BigInt(debt.amountFen))} />
            {say({
              en: `, due ${unbroken(debt.dueDate)}: ${debtStatusWords(debt.status).en}`,
              zh: `，到期日 ${unbroken(debt.dueDate)}：${debtStatusWords(debt.status).zh}`,
            })}
            {debt.lateFeePaidFen !== "0" && (
              <>
                {say({ en: ", late fee paid ", zh: "，已付逾期费 " })}
                <Figure amount={yuan(BigInt(debt.lateFeePaidFen))} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Adjusted({ trade }: { trade: TradeRow }) {
  const say = useWords();
  const { kwh, yuan } = useFormat();
  return (
    <section className="card stack">
      <h2>{say({ en: "Adjustments to corrected readings", zh: "按更正读数退补" })}</h2>
      <ul className="stack">
        {trade.adjustments?.items.map((each) => (
          <li key={each.version}>
            {say({ en: `Version ${each.version}: `, zh: `第 ${each.version} 版：` })}
            <Figure amount={kwh(BigInt(each.differenceWh), 3)} />
            {say({ en: "; it then comes to ", zh: "；退补后电费 " })}
            <Figure amount={yuan(BigInt(each.energyFen))} />
            {say({ en: " for the energy, ", zh: "，输配电费 " })}
            <Figure amount={yuan(BigInt(each.networkFen))} />
            {say({ en: " network charge, ", zh: "，偏差费用 " })}
            <Figure amount={yuan(BigInt(each.deviationFen))} />
            {say({ en: " deviation charge. ", zh: "。" })}
            <Transaction hash={each.adjustedTx} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Transactions({ trade }: { trade: TradeRow }) {
  const say = useWords();
  const happened = (
    [
      [{ en: "Opened", zh: "成交上链" }, trade.openedAt, trade.openedTx],
      [{ en: "Settled", zh: "结算" }, trade.settledAt, trade.settledTx],
      [{ en: "Lapsed", zh: "失效" }, trade.lapsedAt, trade.lapsedTx],
      [{ en: "Ruled on", zh: "裁决" }, trade.ruledAt, trade.ruledTx],
      [{ en: "kWh claimed", zh: "领取电量凭证" }, trade.claimedAt, trade.claimedTx],
    ] as const
  ).flatMap(([words, at, tx]) => (at === null || tx === null ? [] : [{ words, at, tx }]));
  return (
    <section className="card stack">
      <h2>{say({ en: "Transactions", zh: "链上交易" })}</h2>
      <dl className="sum">
        {happened.map(({ words, at, tx }) => (
          <div key={words.en} style={{ display: "contents" }}>
            <dt>
              {say(words)} <span className="unbroken">{time(BigInt(at))}</span>
            </dt>
            <dd>
              <Transaction hash={tx} />
            </dd>
          </div>
        ))}
      </dl>
      {trade.receivableId !== null && (
        <p>
          {say({
            en: `What is owed of it is receivable ${trade.receivableId}.`,
            zh: `其欠款已成为应收账款 ${trade.receivableId}。`,
          })}
        </p>
      )}
    </section>
  );
}
