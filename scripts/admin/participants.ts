import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Address, type Hex, isHex, keccak256, size, stringToBytes } from "viem";
import { readContract } from "viem/actions";
import { contractOf } from "../../sdk/chain/client.ts";
import {
  type Application,
  approveParticipant,
  buildApplication,
  changedFields,
  KINDS,
  type Kind,
  kindsOf,
  proposeParticipant,
  proposeRenewal,
  readInForce,
  readParticipantOf,
  readParticipants,
  readProposal,
  reinstateParticipant,
  rejectParticipant,
  suspendParticipant,
} from "../../sdk/identity/index.ts";
import { FIRM_SIZES, type ParticipantStatus } from "../../sdk/types/enums.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { formatDay, parseDay } from "../../sdk/types/time.ts";
import { formatYuan, parseYuan } from "../../sdk/types/units.ts";
import { inWords } from "../language.ts";
import { asCall, type Planned } from "./acts.ts";
import { addressIn, type Office } from "./office.ts";
import { AdminError } from "./problem.ts";
import { type Columns, oneOf, type Read, type Row, rowsFrom, understand } from "./rows.ts";

export const PARTICIPANT_COLUMNS = {
  account: { words: { en: "the account that it acts with", zh: "操作账户" }, isRequired: true },
  kinds: {
    words: {
      en: `what it is, with +: ${Object.keys(KINDS).join(", ")}`,
      zh: `类型，用 + 连接：${Object.keys(KINDS).join(", ")}`,
    },
    isRequired: true,
  },
  size: { words: { en: FIRM_SIZES.join(", "), zh: "企业规模" }, isRequired: true },
  validUntil: { words: { en: "last day of its licence, as 2028-12-31", zh: "证照有效期" }, isRequired: true },
  credential: {
    words: { en: "the file with its licence, or its keccak256", zh: "证照文件或其哈希" },
    isRequired: true,
  },
  creditCode: { words: { en: "credit code of who controls it; its hash is kept", zh: "控制人的统一社会信用代码" } },
  secondFactor: { words: { en: "account of its second factor", zh: "第二因子账户" } },
  dailyLimitYuan: { words: { en: "what its key alone may commit in a day", zh: "当日限额（元）" } },
} as const satisfies Columns;

type ParticipantColumns = typeof PARTICIPANT_COLUMNS;

/** Understands the applications of a file, or the one that options make. */
export function readApplications(options: Record<string, unknown>): Promise<Read<ParticipantColumns, Application>[]> {
  return understand(
    rowsFrom(PARTICIPANT_COLUMNS, options),
    PARTICIPANT_COLUMNS,
    applicationOf,
    ({ account }) => account,
  );
}

function applicationOf({ cells, folder }: Row<ParticipantColumns>): Application {
  const kinds = (cells.kinds ?? "").split("+").map((kind) => oneOf(Object.keys(KINDS) as Kind[], kind, A_KIND));
  return buildApplication({
    account: addressIn(cells.account ?? "", "account"),
    kinds,
    size: oneOf(FIRM_SIZES, cells.size ?? "", { en: "a size of a firm", zh: "企业规模" }),
    validUntil: parseDay(cells.validUntil ?? ""),
    credentialHash: hashOf(cells.credential ?? "", folder),
    ...(cells.creditCode === undefined ? {} : { controller: keccak256(stringToBytes(cells.creditCode)) }),
    ...(cells.secondFactor === undefined ? {} : { secondFactor: addressIn(cells.secondFactor, "secondFactor") }),
    ...(cells.dailyLimitYuan === undefined ? {} : { exposureLimitFen: parseYuan(cells.dailyLimitYuan) }),
  });
}

const A_KIND = { en: "a kind of participant", zh: "参与方类型" };

/** keccak256 of a file, or as it was given. */
export function hashOf(text: string, folder: string): Hex {
  if (isHex(text) && size(text) === 32) return text;
  try {
    return keccak256(readFileSync(resolve(folder, text)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AdminError({
      en: `${text} cannot be read (${code}): name a file, or its keccak256 as 0x and 64 digits.`,
      zh: `无法读取 ${text}（${code}）：请指定文件，或其 keccak256（0x 加 64 位十六进制数字）。`,
    });
  }
}

/** New participants. Those whom the parameters name come first, each under its number, whatever their place in the file. */
export async function planProposals(office: Office, options: Record<string, unknown>): Promise<Planned[]> {
  const { platform, founders } = office;
  const read = await readApplications(options);
  const placeOf = (account: Address | undefined) => {
    const founder = founders.find((each) => account !== undefined && BigInt(each.account) === BigInt(account));
    return founder?.participant ?? founders.length + 1;
  };
  read.sort((one, other) => placeOf(one.input?.account) - placeOf(other.input?.account));
  // Where a row was not understood, nobody knows whose turn it is.
  const isWhole = read.every(({ input }) => input !== undefined);
  let next = 1 + (await readContract(platform.client, { ...registry(office), functionName: "participantCount" }));
  const planned: Planned[] = [];
  for (const { row, input, problem } of read) {
    const at = row.line;
    if (problem !== undefined) {
      planned.push({ at, problem });
      continue;
    }
    const known = await readParticipantOf(platform, input.account);
    if (known !== undefined) {
      const { participant, status } = known;
      const words = STATUS_WORDS[status];
      const what = {
        en: `${input.account} is participant ${participant}, ${words.en}`,
        zh: `${input.account} 为参与方 ${participant}（${words.zh}）`,
      };
      planned.push({ at, what, isDone: true });
      continue;
    }
    const founder = isWhole ? founders[next - 1] : undefined;
    const isItsTurn = founder === undefined || BigInt(founder.account) === BigInt(input.account);
    const isOfKind = founder === undefined || kindsOf(input.kinds).includes(founder.kind);
    if (!isItsTurn || !isOfKind) {
      planned.push({ at, problem: isItsTurn ? ofKind(founder) : comesFirst(founder) });
      continue;
    }
    planned.push({ at, what: proposed(next, input), call: asCall(proposeParticipant(platform, input)) });
    next += 1;
  }
  return planned;
}

type Founder = Office["founders"][number];

const comesFirst = ({ participant, who, account }: Founder): Sentence => ({
  en: `Participant ${participant} is to be ${who} (${account}), whom the parameters name: propose it first, alone or in the same file.`,
  zh: `参与方 ${participant} 应为参数文件指定的 ${who}（${account}）：请先提交该主体，可单独提交或放入同一文件。`,
});

const ofKind = ({ who, kind }: Founder): Sentence => ({
  en: `${who} is named by the parameters as ${kind}: add that to its kinds.`,
  zh: `${who} 在参数文件中为 ${kind}：请在类型中加上。`,
});

function proposed(participant: number, application: Application): Sentence {
  return {
    en: `participant ${participant} is proposed: ${describe(application).en}`,
    zh: `提交参与方 ${participant}：${describe(application).zh}`,
  };
}

const NOTHING: Sentence = { en: "", zh: "" };

/** All that two registrars sign off, to be read. */
export function describe(application: Application): Sentence {
  const { account, kinds, validUntil, credentialHash, secondFactor, exposureLimitFen, controller } = application;
  const names = kindsOf(kinds).join("+");
  const firm = FIRM_SIZES[application.size];
  const limit = formatYuan(exposureLimitFen);
  const factor =
    secondFactor === "0x"
      ? NOTHING
      : {
          en: `, second factor ${secondFactor} beyond ${limit} a day`,
          zh: `，第二因子 ${secondFactor}（当日限额 ${limit}）`,
        };
  const by = BigInt(controller) === 0n ? NOTHING : { en: `, controller ${controller}`, zh: `，控制人 ${controller}` };
  return {
    en: `${account}, ${names}, ${firm}, valid until ${formatDay(validUntil)}, credentials ${credentialHash}${factor.en}${by.en}`,
    zh: `${account}，${names}，${firm}，有效期至 ${formatDay(validUntil)}，证照 ${credentialHash}${factor.zh}${by.zh}`,
  };
}

/** Approvals of what another registrar proposed: of a file, row by row by the accounts, or of numbers, as they were proposed. */
export async function planApprovals(
  office: Office,
  numbers: readonly number[],
  options: Record<string, unknown>,
): Promise<Planned[]> {
  if (numbers.length > 0) return Promise.all(numbers.map((participant) => planApprovalAsProposed(office, participant)));
  return planKnown(office, options, async (at, participant, application) =>
    (await isInForce(office, application))
      ? { at, what: approved(participant, application), isDone: true }
      : approval(office, at, participant, application),
  );
}

/** A plan for each application of an account that was proposed before. */
async function planKnown(
  office: Office,
  options: Record<string, unknown>,
  plan: (at: number | undefined, participant: number, application: Application) => Promise<Planned>,
): Promise<Planned[]> {
  const read = await readApplications(options);
  return Promise.all(
    read.map(async ({ row: { line: at }, input, problem }): Promise<Planned> => {
      if (problem !== undefined) return { at, problem };
      const known = await readParticipantOf(office.platform, input.account);
      return known === undefined ? { at, problem: stranger(input.account) } : plan(at, known.participant, input);
    }),
  );
}

async function planApprovalAsProposed(office: Office, participant: number): Promise<Planned> {
  const proposal = await readProposal(office.platform, participant);
  if (proposal !== undefined) return approval(office, undefined, participant, proposal.application);
  const account = await accountOf(office, participant);
  if (account !== undefined) {
    const what = {
      en: `nothing waits for an approval of participant ${participant}`,
      zh: `参与方 ${participant} 没有待批准的事项`,
    };
    return { at: undefined, what, isDone: true };
  }
  return { at: undefined, problem: unknownParticipant(participant) };
}

const approval = ({ platform }: Office, at: number | undefined, participant: number, application: Application) => ({
  at,
  what: approved(participant, application),
  call: asCall(approveParticipant(platform, participant, application)),
});

const approved = (participant: number, application: Application): Sentence => ({
  en: `participant ${participant} is approved: ${describe(application).en}`,
  zh: `批准参与方 ${participant}：${describe(application).zh}`,
});

/** New particulars of participants, found by their accounts. */
export function planRenewals(office: Office, options: Record<string, unknown>): Promise<Planned[]> {
  return planKnown(office, options, async (at, participant, application) => {
    const words = describe(application);
    const what = {
      en: `a renewal of participant ${participant} is proposed: ${words.en}`,
      zh: `提交参与方 ${participant} 的变更：${words.zh}`,
    };
    const waiting = await readProposal(office.platform, participant);
    const isWaiting = waiting !== undefined && changedFields(waiting.application, application).length === 0;
    if (isWaiting || (await isInForce(office, application))) return { at, what, isDone: true };
    return { at, what, call: asCall(proposeRenewal(office.platform, participant, application)) };
  });
}

/** Whether all that an application says is what the chain says of the account's participant. */
async function isInForce({ platform }: Office, application: Application): Promise<boolean> {
  const known = await readParticipantOf(platform, application.account);
  const inForce = known === undefined ? undefined : await readInForce(platform, known.participant);
  return inForce !== undefined && changedFields(inForce, application).length === 0;
}

/** What a single registrar or compliance does to participants by their numbers. */
export const CHANGES = {
  reject: {
    words: (id: number) => ({ en: `the proposal of participant ${id} is rejected`, zh: `驳回参与方 ${id} 的申请` }),
    isDone: (status: ParticipantStatus) => status === "Rejected",
    make: ({ platform }: Office, id: number) => asCall(rejectParticipant(platform, id)),
  },
  suspend: {
    words: (id: number) => ({ en: `participant ${id} is suspended`, zh: `暂停参与方 ${id}` }),
    isDone: (status: ParticipantStatus) => status === "Suspended",
    make: ({ platform }: Office, id: number, reason: Hex) => asCall(suspendParticipant(platform, id, reason)),
  },
  reinstate: {
    words: (id: number) => ({ en: `participant ${id} is reinstated`, zh: `恢复参与方 ${id}` }),
    isDone: (status: ParticipantStatus) => status === "Active",
    make: ({ platform }: Office, id: number) => asCall(reinstateParticipant(platform, id)),
  },
} as const;

export async function planChanges(
  office: Office,
  change: keyof typeof CHANGES,
  numbers: readonly number[],
  reason: Hex,
): Promise<Planned[]> {
  const all = await readParticipants(office.platform);
  const { words, isDone, make } = CHANGES[change];
  return numbers.map((participant): Planned => {
    const known = all[participant - 1];
    if (known === undefined) return { at: undefined, problem: unknownParticipant(participant) };
    const what = words(participant);
    if (isDone(known.status)) return { at: undefined, what, isDone: true };
    return { at: undefined, what, call: make(office, participant, reason) };
  });
}

/** One line a participant, and what of the parameters is not so yet. */
export async function listParticipants(office: Office): Promise<string[]> {
  const all = await readParticipants(office.platform);
  const lines = all.map(({ participant, account, status, kinds, size: firm, validUntil }) => {
    const until = validUntil === 0 ? "" : formatDay(validUntil);
    const cells = [
      String(participant).padStart(4),
      account ?? "-",
      inWords(STATUS_WORDS[status]),
      kinds.join("+"),
      firm,
    ];
    return [...cells, until].join("  ");
  });
  const missing = office.founders.flatMap(({ participant, who, account }) => {
    const found = all[participant - 1]?.account;
    if (found !== undefined && BigInt(found) === BigInt(account)) return [];
    const now: Sentence = found === undefined ? { en: "nobody yet", zh: "尚无" } : { en: `${found}`, zh: `${found}` };
    return [
      inWords({
        en: `${String(participant).padStart(4)}  is to be ${who} (${account}) by the parameters, and is ${now.en}`,
        zh: `${String(participant).padStart(4)}  按参数文件应为 ${who}（${account}），现为：${now.zh}`,
      }),
    ];
  });
  return [...lines, ...missing];
}

/** The account of a participant, by its number or as it was given. */
export async function accountIn(office: Office, text: string): Promise<Address> {
  if (!/^\d{1,9}$/.test(text)) return addressIn(text, "to");
  const account = await accountOf(office, Number(text));
  if (account === undefined) throw new AdminError(unknownParticipant(Number(text)));
  return account;
}

/** A participant's number, by its account or as it was given. */
export async function participantIn(office: Office, text: string): Promise<number> {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  const account = addressIn(text, "participant");
  const known = await readParticipantOf(office.platform, account);
  if (known === undefined) throw new AdminError(stranger(account));
  return known.participant;
}

async function accountOf(office: Office, participant: number): Promise<Address | undefined> {
  const args = [participant] as const;
  const account = await readContract(office.platform.client, { ...registry(office), functionName: "accountOf", args });
  return BigInt(account) === 0n ? undefined : account;
}

const stranger = (account: Address): Sentence => ({
  en: `${account} belongs to no participant: have it proposed first.`,
  zh: `${account} 不属于任何参与方：请先提交注册。`,
});

const unknownParticipant = (participant: number): Sentence => ({
  en: `There is no participant ${participant} yet: "npm run admin -- participants" lists them.`,
  zh: `尚无参与方 ${participant}：可用“npm run admin -- participants”查看列表。`,
});

const STATUS_WORDS: Record<ParticipantStatus, Sentence> = {
  None: { en: "unknown", zh: "未知" },
  Proposed: { en: "proposed", zh: "待批准" },
  Active: { en: "active", zh: "有效" },
  Suspended: { en: "suspended", zh: "已暂停" },
  Rejected: { en: "rejected", zh: "已驳回" },
};

const registry = ({ platform }: Office) => contractOf(platform, "ParticipantRegistry");
