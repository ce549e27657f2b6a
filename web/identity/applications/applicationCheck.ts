import { getBlockNumber } from "viem/actions";
import type { Platform } from "../../../sdk/chain/client.ts";
import { changedFields } from "../../../sdk/identity/changes.ts";
import type { Kind } from "../../../sdk/identity/enums.ts";
import { kindBits } from "../../../sdk/identity/kinds.ts";
import {
  type Application,
  type ParticipantProposal,
  readInForce,
  readProposal,
} from "../../../sdk/identity/participants.ts";
import { type AccountReplacement, readReplacement } from "../../../sdk/identity/replacement.ts";
import { FIRM_SIZES } from "../../../sdk/types/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { type Comparison, differing, type Fact } from "../../records/compare.ts";
import type { AppliedRow } from "./applicationQueries.ts";
import { FIELD_WORDS, type Verifiers } from "./fields.ts";

export interface ApplicationOnChain extends Comparison {
  /** What two registrars signed off, as it holds now. */
  inForce: Application | undefined;
  /** What waits for a second registrar. */
  waiting: ParticipantProposal | undefined;
  replacement: AccountReplacement | undefined;
  verifiers: Verifiers;
}

/** The index writes every later day as this one. */
const LAST_DAY = 2_932_896;

/** What is in force of a participant and what waits, from the node's calls and logs alone, beside what the index says. */
export async function checkApplication(platform: Platform, said: AppliedRow): Promise<ApplicationOnChain> {
  const [block, inForce, waiting, replacement] = await Promise.all([
    getBlockNumber(platform.client, { cacheTime: 0 }),
    readInForce(platform, said.id),
    readProposal(platform, said.id),
    readReplacement(platform, said.id),
  ]);
  const pending = said.proposalHistory?.items.find(({ decision }) => decision === "pending");
  const isAdmitted = said.status === "active" || said.status === "suspended";
  const facts = [
    ...factsOf({ en: "in force", zh: "现行" }, isAdmitted ? applicationOf(said) : undefined, inForce),
    ...factsOf({ en: "proposed", zh: "申请" }, pending && applicationOf(pending), waiting?.application),
    {
      what: { en: "who proposed", zh: "提交人" },
      kind: "text",
      said: pending?.proposedBy ?? "",
      onChain: waiting?.registrar ?? "",
    } satisfies Fact,
  ];
  return { block, differences: differing(facts), inForce, waiting, replacement, verifiers: platform.addresses };
}

/** What the index says, in the numbers of the chain. */
function applicationOf(row: {
  account: string;
  size: string;
  kinds: readonly string[];
  validUntilDay: number;
  credentialHash: string;
  secondFactor: string;
  exposureLimitFen: string;
  controller: string;
}): Application {
  const { account, credentialHash, secondFactor, controller } = row;
  return {
    ...({ account, credentialHash, secondFactor, controller } as Pick<
      Application,
      "account" | "credentialHash" | "secondFactor" | "controller"
    >),
    size: (wordsOf(FIRM_SIZES) as readonly string[]).indexOf(row.size),
    kinds: kindBits(row.kinds as Kind[]),
    validUntil: row.validUntilDay,
    exposureLimitFen: BigInt(row.exposureLimitFen),
  };
}

function factsOf(which: Fact["what"], said: Application | undefined, onChain: Application | undefined): Fact[] {
  if (said === undefined && onChain === undefined) return [];
  if (said === undefined || onChain === undefined) {
    const text = (one: Application | undefined) => (one === undefined ? "nothing" : one.credentialHash);
    return [{ what: which, kind: "text", said: text(said), onChain: text(onChain) }];
  }
  const kept = { ...onChain, validUntil: Math.min(onChain.validUntil, LAST_DAY) };
  return changedFields(kept, said).map((field) => ({
    what: { en: `${which.en}, ${FIELD_WORDS[field].en}`, zh: `${which.zh}，${FIELD_WORDS[field].zh}` },
    kind: "text",
    said: String(said[field]),
    onChain: String(kept[field]),
  }));
}
