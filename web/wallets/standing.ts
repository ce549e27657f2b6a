import type { Address } from "viem";
import type { ParticipantStanding } from "../../sdk/identity/participants.ts";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { useChain } from "../chain/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { type Sentence, unbroken } from "../words/index.ts";

/** As whom an account takes part. */
export type Standing =
  | { state: "active"; participant: number; kinds: readonly string[]; validUntil: string }
  | {
      state: "stranger" | "proposed" | "expired" | "suspended" | "rejected";
      participant?: number;
      validUntil?: string;
    };

/** The standing of an account, by the chain and its time; undefined while it is not known. */
export function useStanding(account: Address | undefined): Standing | undefined {
  const now = useChainNow();
  const { data } = useChain(
    ["standing", account],
    async ({ platform }) => {
      const { readParticipantOf } = await import("../../sdk/identity/participants.ts");
      return (await readParticipantOf(platform, account!)) ?? null;
    },
    { enabled: account !== undefined },
  );
  return data === undefined || now === undefined ? undefined : standingOf(data, now);
}

/** @param now unix second */
export function standingOf(found: ParticipantStanding | null, now: number): Standing {
  if (found === null || found.status === "None") return { state: "stranger" };
  const { participant, kinds } = found;
  const validUntil = formatDay(found.validUntil);
  if (found.status === "Proposed") return { state: "proposed", participant };
  if (found.status === "Rejected") return { state: "rejected", participant };
  if (found.status === "Suspended") return { state: "suspended", participant };
  if (found.validUntil < dayOf(now)) return { state: "expired", participant, validUntil };
  return { state: "active", participant, kinds, validUntil };
}

/** What a standing means, and what to do next. */
export function wordsOfStanding(standing: Standing): Sentence {
  const { participant = 0, validUntil = "" } = standing;
  switch (standing.state) {
    case "active":
      return {
        en: `Participant ${participant}, admitted until ${unbroken(validUntil)}.`,
        zh: `市场主体 ${participant}，有效期至 ${unbroken(validUntil)}。`,
      };
    case "stranger":
      return {
        en: "This account is no participant's: you can read everything here; to trade, have two registrars enrol it.",
        zh: "此账户未注册为市场主体：可查看全部公开信息；如需交易，请由两位市场注册员办理注册。",
      };
    case "proposed":
      return {
        en: `Application ${participant} waits for a second registrar: once it is approved, this account can trade.`,
        zh: `申请 ${participant} 等待第二位市场注册员批准：批准后此账户即可交易。`,
      };
    case "rejected":
      return {
        en: `Application ${participant} was rejected: ask the registrars why, and apply again.`,
        zh: `申请 ${participant} 已被驳回：请向市场注册员了解原因后重新申请。`,
      };
    case "expired":
      return {
        en: `Participant ${participant} was admitted until ${unbroken(validUntil)}: what is open can be finished; to trade again, have the registrars renew it.`,
        zh: `市场主体 ${participant} 的有效期已于 ${unbroken(validUntil)} 届满：未了事项仍可办结；如需继续交易，请由市场注册员办理续期。`,
      };
    case "suspended":
      return {
        en: `Participant ${participant} is suspended: what is open can be finished, nothing new begins; ask the compliance officer for the reason.`,
        zh: `市场主体 ${participant} 已被暂停：未了事项仍可办结，不能新开业务；请向合规员了解原因。`,
      };
  }
}
