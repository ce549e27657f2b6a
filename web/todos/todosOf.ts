import type { Proposal } from "../../sdk/operator/answers.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { DAY_SECONDS, dayOf, formatDay, parseDay } from "../../sdk/types/time.ts";
import { unbroken } from "../words/format.ts";

/** Something that waits for its reader. */
export interface Todo {
  key: string;
  words: Sentence;
  /** Where it is done. */
  to: string;
  /** Past its time, or ending within a day. */
  isUrgent: boolean;
}

interface MeteredTrade {
  sellerMeterId: string;
  date: string;
  sellerMeterDay: { state: string; version: number; finalisableAt: string | null } | null;
}

/** What the index and the market operator say that concerns a participant. */
export interface Concerns {
  debts: {
    items: {
      id: string;
      creditorId: number;
      dueDate: string;
      amountFen: string;
      paidFen: string;
      reducedFen: string;
    }[];
  };
  claimDrafts: { items: { id: string; creditorId: number; amountFen: string; dueDate: string }[] };
  sold: { items: MeteredTrade[] };
  bought: { items: MeteredTrade[] };
  meterDayAcceptances: { items: { meterDayId: string; version: number }[] };
  financingRequests: {
    items: { id: string; receivableId: string; lastDate: string; bids: { totalCount: number } | null }[];
  };
  margin: { announcedLockedFen: string; announcedTermsFen: string; releasableAt: string | null } | null;
  proposals: readonly Pick<Proposal, "hash" | "state" | "trade">[];
}

interface Reader {
  /** In small letters. */
  account: string;
  /** Unix second of the chain. */
  now: number;
}

/** Debts are named so many days before they are due. */
const DAYS_AHEAD = 7;

/** What waits for a participant, urgent things first; within each the order of the rooms. */
export function todosOf(concerns: Concerns, { account, now }: Reader): Todo[] {
  const todos = [
    ...proposalTodos(concerns, account, now),
    ...debtTodos(concerns, now),
    ...draftTodos(concerns),
    ...readingTodos(concerns, now),
    ...bidTodos(concerns, now),
    ...marginTodos(concerns, now),
  ];
  return todos.sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent));
}

function proposalTodos({ proposals }: Concerns, account: string, now: number): Todo[] {
  return proposals
    .filter(({ state, trade }) => {
      const signer = state === "waitsForSeller" ? trade.seller : trade.buyer;
      return state !== "complete" && signer.toLowerCase() === account;
    })
    .map(({ hash, trade }) => ({
      key: `proposal ${hash}`,
      words: {
        en: `A bilateral proposal for ${unbroken(trade.date)} waits for your signature.`,
        zh: `${unbroken(trade.date)} 的双边提案等待您会签。`,
      },
      to: `/proposals/${hash}`,
      isUrgent: Number(trade.expiry) - now < DAY_SECONDS,
    }));
}

/** One line a due day: who pays pays them together. */
function debtTodos({ debts }: Concerns, now: number): Todo[] {
  const today = dayOf(now);
  const near = debts.items.filter(({ dueDate }) => parseDay(dueDate) - today <= DAYS_AHEAD);
  const dates = [...new Set(near.map(({ dueDate }) => dueDate))];
  return dates.map((date) => {
    const count = near.filter(({ dueDate }) => dueDate === date).length;
    const isPast = date < formatDay(today);
    const things = count === 1 ? "1 debt" : `${count} debts`;
    return {
      key: `debts ${date}`,
      words: isPast
        ? {
            en: `${things} of yours ${count === 1 ? "was" : "were"} due ${unbroken(date)}: the late fee grows each day.`,
            zh: `${count} 笔应付债务已于 ${unbroken(date)} 到期：逾期费逐日增加。`,
          }
        : {
            en: `${things} of yours ${count === 1 ? "is" : "are"} due ${unbroken(date)}.`,
            zh: `${count} 笔应付债务将于 ${unbroken(date)} 到期。`,
          },
      to: "/payables",
      isUrgent: parseDay(date) <= today + 1,
    };
  });
}

function draftTodos({ claimDrafts }: Concerns): Todo[] {
  return claimDrafts.items.map(({ id, creditorId, dueDate }) => ({
    key: `draft ${id}`,
    words: {
      en: `Participant ${creditorId} drafted claim ${id} on you, due ${unbroken(dueDate)}: confirm or refuse it.`,
      zh: `参与方 ${creditorId} 就您起草了应收账款 ${id}，到期日 ${unbroken(dueDate)}：请确权或拒绝。`,
    },
    to: "/drafts",
    isUrgent: false,
  }));
}

/** Readings by which trades of the participant will be settled, while they are open to objection and not accepted. */
function readingTodos({ sold, bought, meterDayAcceptances }: Concerns, now: number): Todo[] {
  const accepted = new Set(meterDayAcceptances.items.map(({ meterDayId, version }) => `${meterDayId} ${version}`));
  const seen = new Map<string, Todo>();
  for (const { sellerMeterId: meter, date, sellerMeterDay: day } of [...sold.items, ...bought.items]) {
    const isOpen = day?.state === "reported" || day?.state === "lateReported";
    if (!isOpen || day.finalisableAt === null || accepted.has(`${meter}-${date} ${day.version}`)) continue;
    const left = Number(day.finalisableAt) - now;
    if (left <= 0) continue;
    seen.set(`${meter} ${date}`, {
      key: `reading ${meter} ${date}`,
      words: {
        en: `The reading of meter ${meter} on ${unbroken(date)} is open to objection for ${Math.ceil(left / 3600)} h more: accept it, or object.`,
        zh: `计量点 ${meter} 在 ${unbroken(date)} 的读数异议期还剩 ${Math.ceil(left / 3600)} 小时：请认可或提出异议。`,
      },
      to: `/meters/${meter}/${date}`,
      isUrgent: left < DAY_SECONDS,
    });
  }
  return [...seen.values()];
}

function bidTodos({ financingRequests }: Concerns, now: number): Todo[] {
  const tomorrow = formatDay(dayOf(now) + 1);
  return financingRequests.items
    .filter(({ bids }) => (bids?.totalCount ?? 0) > 0)
    .map(({ id, receivableId, lastDate, bids }) => ({
      key: `request ${id}`,
      words: {
        en: `Your request for financing receivable ${receivableId} has ${bids!.totalCount} ${bids!.totalCount === 1 ? "bid" : "bids"}: compare and accept by ${unbroken(lastDate)}.`,
        zh: `应收账款 ${receivableId} 的融资申请已有 ${bids!.totalCount} 个报价：请在 ${unbroken(lastDate)} 前比较并接受。`,
      },
      to: `/requests/${id}`,
      isUrgent: lastDate <= tomorrow,
    }));
}

function marginTodos({ margin }: Concerns, now: number): Todo[] {
  if (margin === null || margin.releasableAt === null || Number(margin.releasableAt) > now) return [];
  if (margin.announcedLockedFen === "0" && margin.announcedTermsFen === "0") return [];
  return [
    {
      key: "margin",
      words: {
        en: "The notice on your margin is over: take it back.",
        zh: "交易保证金的预告期已满：可以取回。",
      },
      to: "/money",
      isUrgent: false,
    },
  ];
}
