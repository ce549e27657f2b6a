import { Link } from "@tanstack/react-router";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { Figure, fromIndex, Mark } from "../design/index.ts";
import { useMe } from "../identity/index.ts";
import { Who } from "../records/Who.tsx";
import { Send } from "../wallets/index.ts";
import { unbroken, useFormat, useWords } from "../words/index.ts";
import { Bids } from "./Bids.tsx";
import { FinanceOff } from "./FinanceOff.tsx";
import { NoRequest } from "./NoRequest.tsx";
import { OfNumber } from "./OfNumber.tsx";
import { Record } from "./Record.tsx";
import { pickRequest, REQUEST_BY_ID, type RequestDetail } from "./requestQueries.ts";
import { Subject } from "./Subject.tsx";
import { requestWords } from "./words.ts";

const TITLE = { en: "Request", zh: "融资申请" };

/** One request: what is offered, who owes and who sells, and the bids side by side. */
export function RequestScreen({ id }: { id: string }) {
  return (
    <OfNumber title={TITLE} id={id} query={REQUEST_BY_ID} pick={pickRequest} none={<NoRequest id={id} />}>
      {(request, { now, block }) => <Shown request={request} today={dayOf(now)} block={block} />}
    </OfNumber>
  );
}

function Shown({ request, today, block }: { request: RequestDetail; today: number; block: number | undefined }) {
  const say = useWords();
  const { yuan, percent } = useFormat();
  const me = useMe();
  const isOpen = request.status === "open" && request.lastDay >= today;
  const isMine = me?.participant === request.requesterId;
  const isBank = me?.kinds.includes("bank") ?? false;
  return (
    <>
      <div className="row between">
        <div>
          <h1>{say({ en: `Request ${request.id}`, zh: `融资申请 ${request.id}` })}</h1>
          <p className="soft">
            <Who id={request.requesterId} /> · {say(requestWords(request.status, request.lastDate, formatDay(today)))}
          </p>
        </div>
        <div className="row no-print">
          {isOpen && isBank && !isMine && (
            <Link to="/requests/$id/bid" params={{ id: request.id }} className="button primary">
              {say({ en: "Price it and bid", zh: "测算并报价" })}
            </Link>
          )}
          {request.status === "open" && isMine && <Withdraw id={request.id} />}
        </div>
      </div>
      <FinanceOff />
      <section className="card" aria-label={say({ en: "What is offered", zh: "拟转让内容" })}>
        <dl className="figures">
          <div>
            <dt>{say({ en: "Offered", zh: "拟转让面额" })}</dt>
            <dd>
              <Figure amount={yuan(BigInt(request.units))} />
            </dd>
          </div>
          <div>
            <dt>{say({ en: "Highest rate a year", zh: "最高年贴现率" })}</dt>
            <dd>
              <Figure amount={percent(Number(request.maxRateBp))} />
            </dd>
          </div>
          <div>
            <dt>{say({ en: "Bids until", zh: "报价截止日" })}</dt>
            <dd className="unbroken">{unbroken(request.lastDate)}</dd>
          </div>
          <div>
            <dt>{say({ en: "Due", zh: "到期日" })}</dt>
            <dd className="unbroken">{unbroken(request.receivable?.dueDate ?? "—")}</dd>
          </div>
        </dl>
      </section>
      <Bids request={request} today={today} isMine={isMine} isOpen={isOpen} />
      <Subject request={request} />
      <div className="columns">
        <section className="card stack">
          <h2>{say({ en: "The debtor's record", zh: "债务人记录" })}</h2>
          {request.receivable && (
            <Record participant={request.receivable.debtorId} counted={request.receivable.debtor?.credit} />
          )}
        </section>
        <section className="card stack">
          <h2>{say({ en: "The seller's record", zh: "转让方记录" })}</h2>
          <Record participant={request.requesterId} counted={request.requester?.credit} />
        </section>
      </div>
      <p>
        <Mark trust="indexed" words={fromIndex(block)} />
      </p>
    </>
  );
}

function Withdraw({ id }: { id: string }) {
  const say = useWords();
  return (
    <Send
      title={{ en: "Withdraw the request", zh: "撤回申请" }}
      call={async (platform) => (await import("./calls.ts")).cancelRequest(platform, BigInt(id))}
    >
      <p>
        {say({
          en: `Request ${id} ends for good; the banks' money is freed. You can ask again.`,
          zh: `申请 ${id} 将终止，银行冻结的资金可以释放；您可以重新申请。`,
        })}
      </p>
    </Send>
  );
}
