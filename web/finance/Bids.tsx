import { useChain } from "../chain/index.ts";
import { Empty, Figure } from "../design/index.ts";
import { useMe } from "../identity/index.ts";
import { Who } from "../records/Who.tsx";
import { Send } from "../wallets/index.ts";
import { unbroken, useFormat, useWords, written } from "../words/index.ts";
import { quoteOn } from "./quote.ts";
import { byRank } from "./ranking.ts";
import type { BidRow, RequestDetail } from "./requestQueries.ts";
import { BID_WORDS, recourseWords } from "./words.ts";

interface BidsProps {
  request: RequestDetail;
  /** By the chain's time. */
  today: number;
  isMine: boolean;
  isOpen: boolean;
}

/** Bids side by side: the most money now first, what each costs a year, and recourse in words. */
export function Bids({ request, today, isMine, isOpen }: BidsProps) {
  const say = useWords();
  const bids = [...(request.bids?.items ?? [])].sort(byRank);
  const best = isOpen ? bids.find(({ status }) => status === "funded") : undefined;
  const isLet = useLet(request, isMine && isOpen);
  return (
    <section className="stack">
      <h2>{say({ en: "Bids", zh: "报价" })}</h2>
      {isMine && isOpen && isLet === false && best !== undefined && <LetDesk />}
      {bids.length === 0 ? (
        <div className="card">
          <Empty>
            {say(
              isOpen
                ? {
                    en: `No bank has bid yet: bids come until ${unbroken(request.lastDate)}, each with its money held.`,
                    zh: `尚无银行报价：报价截至 ${unbroken(request.lastDate)}，每笔报价的资金均已冻结。`,
                  }
                : { en: "No bank bid on this request.", zh: "没有银行对此申请报价。" },
            )}
          </Empty>
        </div>
      ) : (
        <ul className="bids">
          {bids.map((bid) => (
            <li key={bid.id} className={bid === best ? "card best" : "card"}>
              <BidCard
                bid={bid}
                request={request}
                today={today}
                isBest={bid === best}
                mayAccept={isMine && isOpen && isLet === true}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface BidCardProps {
  bid: BidRow;
  request: RequestDetail;
  today: number;
  isBest: boolean;
  mayAccept: boolean;
}

function BidCard({ bid, request, today, isBest, mayAccept }: BidCardProps) {
  const say = useWords();
  const me = useMe();
  const { yuan, percent, count } = useFormat();
  const rateBp = Number(bid.rateBp);
  const units = BigInt(request.units);
  const due = request.receivable?.dueDay ?? today;
  const on = bid.acceptedAt === null ? today : undefined;
  const isFunded = bid.status === "funded";
  const quote = isFunded && on !== undefined && on <= due ? quoteOn(units, rateBp, { on, due }) : undefined;
  const money = quote?.priceFen ?? (bid.paidFen === null ? undefined : BigInt(bid.paidFen));
  return (
    <>
      <div className="row between">
        <h3>
          {say({ en: `Bid ${bid.id} · `, zh: `报价 ${bid.id} · ` })}
          <Who id={bid.bidderId} />
        </h3>
        <span className="tag">{say(BID_WORDS[bid.status]!)}</span>
      </div>
      {money !== undefined && (
        <div>
          <p className="soft">
            {say(isFunded ? { en: "Money now, if accepted today", zh: "今日接受可得" } : { en: "Paid", zh: "已支付" })}
          </p>
          <p className="money">
            <Figure amount={yuan(money)} />
          </p>
        </div>
      )}
      <dl className="sum">
        <dt>{say({ en: "Cost a year", zh: "年贴现率" })}</dt>
        <dd>
          <Figure amount={percent(rateBp)} />
        </dd>
        {quote !== undefined && (
          <>
            <dt>{say({ en: "Discount in all", zh: "贴现息" })}</dt>
            <dd>
              <Figure amount={yuan(quote.discountFen)} />
            </dd>
            <dt>{say({ en: "Days to the due day", zh: "距到期天数" })}</dt>
            <dd>{count(quote.days)}</dd>
          </>
        )}
        {isFunded && (
          <>
            <dt>{say({ en: "Money held", zh: "已冻结资金" })}</dt>
            <dd>
              <Figure amount={yuan(BigInt(bid.heldFen))} />
            </dd>
          </>
        )}
        <dt>{say({ en: "Binds until", zh: "有效至" })}</dt>
        <dd className="unbroken">{unbroken(bid.lastDate)}</dd>
      </dl>
      <p>
        <strong>{say(recourseWords(bid.recourse))}</strong>
      </p>
      {(isBest || bid.toAffiliate) && (
        <p className="row">
          {isBest && <span className="tag">{say({ en: "most money now", zh: "今日所得最多" })}</span>}
          {bid.toAffiliate && <span className="tag">{say({ en: "of an affiliate", zh: "关联方报价" })}</span>}
        </p>
      )}
      <div className="row no-print">
        {isFunded && mayAccept && quote !== undefined && bid.lastDay >= today && (
          <Send
            title={{ en: `Accept bid ${bid.id}`, zh: `接受报价 ${bid.id}` }}
            isPrimary={isBest}
            call={async (platform) => (await import("./calls.ts")).acceptBid(platform, BigInt(bid.id))}
          >
            <p>
              {say({
                en: `You sell ${written(yuan(units))} of receivable ${request.receivableId} to participant ${bid.bidderId} for ${written(yuan(quote.priceFen))}, at ${written(percent(rateBp))} a year for ${quote.days} days. Money and units change hands in one step.`,
                zh: `您将应收账款 ${request.receivableId} 中的 ${written(yuan(units))} 转让给参与方 ${bid.bidderId}，价款 ${written(yuan(quote.priceFen))}，年贴现率 ${written(percent(rateBp))}，${quote.days} 天。钱款与份额一步交割。`,
              })}
            </p>
            <p>
              <strong>{say(recourseWords(bid.recourse))}</strong>
            </p>
          </Send>
        )}
        {isFunded && (me?.participant === bid.bidderId || !isBest) && (
          <Send
            title={{ en: "Free its money", zh: "释放资金" }}
            isSmall
            call={async (platform) => (await import("./calls.ts")).releaseBid(platform, BigInt(bid.id))}
          >
            <p>
              {say({
                en: `The ${written(yuan(BigInt(bid.heldFen)))} held for bid ${bid.id} go back to its bank. Anybody may do this once the bid no longer binds.`,
                zh: `为报价 ${bid.id} 冻结的 ${written(yuan(BigInt(bid.heldFen)))} 将退还银行。报价不再有约束力后，任何人均可办理。`,
              })}
            </p>
          </Send>
        )}
      </div>
    </>
  );
}

/** Whether the desk may hand over the seller's units, which accepting needs. */
function useLet(request: RequestDetail, enabled: boolean): boolean | undefined {
  const me = useMe();
  return useChain(
    ["let", me?.account, request.id],
    async ({ platform }) => (await import("./isLet.ts")).isDeskLet(platform, me!.account),
    { enabled: enabled && me !== undefined },
  ).data;
}

function LetDesk() {
  const say = useWords();
  return (
    <div className="note stack">
      <p>
        {say({
          en: "Once before you accept: let the financing desk hand your units to the bank in the step in which it pays you.",
          zh: "首次接受报价前，须授权融资合约在付款的同一步将您的份额交付银行。",
        })}
      </p>
      <p>
        <Send
          title={{ en: "Let the desk hand over units", zh: "授权融资合约交付份额" }}
          isPrimary
          call={async (platform) => (await import("./calls.ts")).letDeskHandOver(platform)}
        >
          <p>
            {say({
              en: "The financing desk may move units of your account, and does so only when you accept a bid. You can take this back.",
              zh: "融资合约可动用您账户中的份额，且仅在您接受报价时交付；可随时撤回授权。",
            })}
          </p>
        </Send>
      </p>
    </div>
  );
}
