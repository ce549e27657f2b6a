import { Link } from "@tanstack/react-router";
import { OfRole } from "../access/index.ts";
import { Amounts, Asked, Empty, Titled } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { Evidence } from "../records/Evidence.tsx";
import { TRADE, type TradeAnswer, type Trade as TradeRow } from "../records/tradeQueries.ts";
import { useTradeCheck } from "../records/useTradeCheck.ts";
import { Who } from "../records/Who.tsx";
import { TRADE_STATUS_WORDS } from "../records/words.ts";
import { time, unbroken, useFormat, useWords } from "../words/index.ts";
import { Freeze } from "./Freeze.tsx";
import { Rule } from "./Rule.tsx";

/** One trade as somebody judges it: whether it is frozen, what is held, its evidence, and what an arbiter does about it. */
export function TradeCase({ id }: { id: string }) {
  const say = useWords();
  const isNumber = /^\d{1,18}$/.test(id);
  const query = useIndexed(TRADE, { id }, { enabled: isNumber });
  const none = (
    <Empty>
      {say({
        en: "The index knows no such trade: compare the number; a trade appears here once its block is indexed.",
        zh: "索引中没有该交易：请核对编号；交易所在区块入索引后将显示于此。",
      })}
    </Empty>
  );
  return (
    <Titled title={{ en: `Evidence of trade ${id}`, zh: `交易 ${id} 的举证` }}>
      {isNumber ? (
        <Asked query={query}>
          {(answer) => (answer.trade === null ? none : <Known trade={answer.trade} answer={answer} />)}
        </Asked>
      ) : (
        none
      )}
    </Titled>
  );
}

function Known({ trade, answer }: { trade: TradeRow; answer: TradeAnswer }) {
  const say = useWords();
  const [now, indexBlock] = [useChainNow(), blockOf(answer)];
  const check = useTradeCheck(trade, indexBlock);
  const frozenUntil = Number(trade.frozenUntil ?? 0);
  const isFrozen = trade.status === "open" && now !== undefined && frozenUntil > now;
  return (
    <>
      <p>
        <span className="tag">{say(TRADE_STATUS_WORDS[trade.status] ?? { en: trade.status, zh: trade.status })}</span>{" "}
        {isFrozen && <span className="tag">{say({ en: "frozen", zh: "冻结" })}</span>} <Who id={trade.sellerId} />
        {say({ en: " sells to ", zh: " 售予 " })}
        <Who id={trade.buyerId} />
        {say({ en: ", delivery day ", zh: "，交割日 " })}
        <Link to="/meters/$id/$date" params={{ id: trade.sellerMeterId, date: trade.date }}>
          {unbroken(trade.date)}
        </Link>
        {say({ en: "; ", zh: "；" })}
        <Link to="/trades/$id" params={{ id: trade.id }}>
          {say({ en: "curves, money, transactions", zh: "曲线、金额与链上交易" })}
        </Link>
      </p>
      <CheckedMark check={check} indexBlock={indexBlock} />
      {isFrozen && (
        <p className="note warn">
          {say({
            en: `Frozen until ${time(frozenUntil)}: until then it is neither settled nor lapses; an arbiter can rule on it.`,
            zh: `冻结至 ${time(frozenUntil)}：在此之前不结算、不失效；仲裁员可作出裁决。`,
          })}
        </p>
      )}
      {trade.status === "open" && <Held trade={trade} />}
      {trade.status === "ruled" && <Ruled trade={trade} />}
      <Evidence id={trade.id} />
      {trade.status === "open" && now !== undefined && (
        <OfRole
          holder="ARBITER"
          others={{
            en: "An arbiter freezes a trade in dispute for thirty days at most, and rules on what is held: bring it the evidence.",
            zh: "有争议的交易由仲裁员冻结（合计不超过三十天）并就冻结款项作出裁决：请向其提交证据。",
          }}
        >
          <section className="card stack no-print">
            <h2>{say({ en: "As arbiter", zh: "仲裁员事项" })}</h2>
            <Freeze id={trade.id} now={now} isFrozen={isFrozen} />
            {isFrozen && <Rule trade={trade} />}
          </section>
        </OfRole>
      )}
    </>
  );
}

/** What an arbiter can divide. */
function Held({ trade }: { trade: TradeRow }) {
  const { yuan } = useFormat();
  const fen = (text: string) => yuan(BigInt(text));
  return (
    <Amounts
      label={{ en: "What a ruling divides", zh: "裁决可分配的款项" }}
      figures={[
        [{ en: "For energy at most", zh: "电费上限" }, fen(trade.contractedEnergyFen)],
        [{ en: "For the network at most", zh: "输配电费上限" }, fen(trade.contractedNetworkFen)],
        [{ en: "Out of the bond at most", zh: "履约保证金上限" }, fen(trade.bondFen)],
      ]}
    />
  );
}

function Ruled({ trade }: { trade: TradeRow }) {
  const { yuan } = useFormat();
  const fen = (text: string | null) => (text === null ? undefined : yuan(BigInt(text)));
  return (
    <Amounts
      label={{ en: "What was awarded", zh: "裁决结果" }}
      figures={[
        [{ en: "To the seller for energy", zh: "付卖方电费" }, fen(trade.energyFen)],
        [{ en: "For the network", zh: "输配电费" }, fen(trade.networkFen)],
        [{ en: "Out of the bond", zh: "由履约保证金支付" }, fen(trade.deviationFen)],
      ]}
    />
  );
}
