import { readContract } from "viem/actions";
import { contractOf } from "../../sdk/chain/client.ts";
import { readEvents } from "../../sdk/chain/logs.ts";
import { readParticipantOf } from "../../sdk/identity/index.ts";
import { lockMargin, readMargin } from "../../sdk/market/index.ts";
import {
  bankReference,
  issueDeposits,
  openAccount,
  optIn,
  readBankOf,
  redeemDeposits,
  setBankCap,
} from "../../sdk/money/index.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { formatYuan, parseYuan } from "../../sdk/types/units.ts";
import { inWords } from "../language.ts";
import { asCall, type Planned } from "./acts.ts";
import { actorOf, type Office } from "./office.ts";
import { accountIn } from "./participants.ts";
import { AdminError } from "./problem.ts";
import { type Columns, rowsFrom, understand } from "./rows.ts";

export const ISSUE_COLUMNS = {
  to: { words: { en: "who paid in: a participant's number or account", zh: "存款人（编号或账户）" }, isRequired: true },
  amountYuan: { words: { en: "how much, in 元", zh: "金额（元）" }, isRequired: true },
  reference: { words: { en: "the bank's own reference, once each", zh: "银行流水号，不可重复" }, isRequired: true },
} as const satisfies Columns;

/** The council says how much money a bank may hold for deposits. */
export async function planCap(office: Office, bank: number, capYuan: string): Promise<Planned[]> {
  const { platform } = office;
  const capFen = parseYuan(capYuan);
  const token = contractOf(platform, "DepositToken");
  const [banks, cap] = await Promise.all([
    readContract(platform.client, { ...token, functionName: "banks" }),
    readContract(platform.client, { ...token, functionName: "capOf", args: [bank] }),
  ]);
  const what = {
    en: `bank ${bank} may hold ${formatYuan(capFen)} for deposits`,
    zh: `银行 ${bank} 的存款上限为 ${formatYuan(capFen)}`,
  };
  if (banks.includes(bank) && cap === capFen) return [{ at: undefined, what, isDone: true }];
  return [{ at: undefined, what, call: asCall(setBankCap(platform, bank, capFen)) }];
}

/** A bank starts keeping accounts of participants. */
export async function planAccounts(office: Office, numbers: readonly number[]): Promise<Planned[]> {
  const bank = await actingParticipant(office);
  return Promise.all(
    numbers.map(async (participant): Promise<Planned> => {
      const what = {
        en: `bank ${bank} keeps the account of participant ${participant}`,
        zh: `银行 ${bank} 为参与方 ${participant} 开户`,
      };
      if ((await readBankOf(office.platform, participant)) === bank) return { at: undefined, what, isDone: true };
      return { at: undefined, what, call: asCall(openAccount(office.platform, participant)) };
    }),
  );
}

/** Deposits against money received; a reference that the bank booked for the same is done, for anything else it is refused. */
export async function planIssues(office: Office, options: Record<string, unknown>): Promise<Planned[]> {
  const { platform } = office;
  const bank = await actingParticipant(office);
  const read = await understand(
    rowsFrom(ISSUE_COLUMNS, options),
    ISSUE_COLUMNS,
    async ({ cells }) => ({
      to: await accountIn(office, cells.to ?? ""),
      amountFen: parseYuan(cells.amountYuan ?? ""),
      reference: bankReference(cells.reference ?? ""),
    }),
    ({ reference }) => reference,
  );
  const booked = await readEvents(platform, "DepositToken", ["Issued"], { bank });
  return Promise.all(
    read.map(async ({ row, input, problem }): Promise<Planned> => {
      const at = row.line;
      if (problem !== undefined) return { at, problem };
      const { to, amountFen, reference } = input;
      const what = {
        en: `${formatYuan(amountFen)} is issued to ${to} under ${row.cells.reference}`,
        zh: `向 ${to} 发放存款 ${formatYuan(amountFen)}（${row.cells.reference}）`,
      };
      const same = booked.find(({ args }) => args.bankReference === reference);
      if (same === undefined) return { at, what, call: asCall(issueDeposits(platform, to, amountFen, reference)) };
      const participant = (await readParticipantOf(platform, to))?.participant;
      const isSame = same.args.amountFen === amountFen && same.args.participant === participant;
      return isSame ? { at, what, isDone: true } : { at, problem: otherwise(row.cells.reference ?? "", same.args) };
    }),
  );
}

const otherwise = (
  reference: string,
  { participant, amountFen }: { participant: number; amountFen: bigint },
): Sentence => ({
  en: `${reference} was booked already, as ${formatYuan(amountFen)} to participant ${participant}: a bank books a reference once.`,
  zh: `${reference} 已入账：向参与方 ${participant} 发放 ${formatYuan(amountFen)}；同一流水号只能使用一次。`,
});

/** A participant has its own deposits paid out. */
export async function planRedemption(office: Office, amountYuan: string, reference: string): Promise<Planned[]> {
  const { platform } = office;
  const participant = await actingParticipant(office);
  const amountFen = parseYuan(amountYuan);
  const wanted = { participant, bankReference: bankReference(reference) };
  const what = {
    en: `${formatYuan(amountFen)} of participant ${participant} is paid out under ${reference}`,
    zh: `参与方 ${participant} 赎回 ${formatYuan(amountFen)}（${reference}）`,
  };
  const [before] = await readEvents(platform, "DepositToken", ["Redeemed"], wanted);
  if (before?.args.amountFen === amountFen) return [{ at: undefined, what, isDone: true }];
  return [{ at: undefined, what, call: asCall(redeemDeposits(platform, amountFen, wanted.bankReference)) }];
}

/** A participant lets the contracts that trade and settle hold its deposits. */
export async function planPermissions(office: Office): Promise<Planned[]> {
  const { platform } = office;
  const participant = await actingParticipant(office);
  const token = contractOf(platform, "DepositToken");
  return Promise.all(
    (["TradeEscrow", "DebtLedger"] as const).map(async (notary): Promise<Planned> => {
      const what = {
        en: `participant ${participant} lets ${notary} hold its deposits`,
        zh: `参与方 ${participant} 允许 ${notary} 冻结其存款`,
      };
      const args = [participant, platform.addresses[notary]] as const;
      const isIn = await readContract(platform.client, { ...token, functionName: "hasOptedIn", args });
      return isIn
        ? { at: undefined, what, isDone: true }
        : { at: undefined, what, call: asCall(optIn(platform, notary)) };
    }),
  );
}

/** Locks margin on top of what is locked, which rounds draw on. */
export async function planMargin(office: Office, upToYuan: string): Promise<Planned[]> {
  const participant = await actingParticipant(office);
  const [wanted, { lockedFen }] = [parseYuan(upToYuan), await readMargin(office.platform, participant)];
  const what = {
    en: `participant ${participant} has ${formatYuan(wanted)} of margin`,
    zh: `参与方 ${participant} 的交易保证金为 ${formatYuan(wanted)}`,
  };
  if (lockedFen >= wanted) return [{ at: undefined, what, isDone: true }];
  return [{ at: undefined, what, call: asCall(lockMargin(office.platform, wanted - lockedFen)) }];
}

/** What each participant has with its bank. */
export async function listDeposits({ platform }: Office): Promise<string[]> {
  const token = contractOf(platform, "DepositToken");
  const registry = contractOf(platform, "ParticipantRegistry");
  const count = await readContract(platform.client, { ...registry, functionName: "participantCount" });
  const lines = Array.from({ length: count }, async (_, index) => {
    const args = [index + 1] as const;
    const [bank, balance, free] = await Promise.all([
      readBankOf(platform, index + 1),
      readContract(platform.client, { ...token, functionName: "balanceOfParticipant", args }),
      readContract(platform.client, { ...token, functionName: "freeOf", args }),
    ]);
    if (bank === undefined) return [];
    return [
      inWords({
        en: `${String(index + 1).padStart(4)}  with bank ${bank}: ${formatYuan(balance)}, of which ${formatYuan(free)} is free`,
        zh: `${String(index + 1).padStart(4)}  银行 ${bank}：${formatYuan(balance)}，可用 ${formatYuan(free)}`,
      }),
    ];
  });
  return (await Promise.all(lines)).flat();
}

async function actingParticipant(office: Office): Promise<number> {
  const account = actorOf(office);
  const known = await readParticipantOf(office.platform, account);
  if (known !== undefined) return known.participant;
  throw new AdminError({
    en: `${account} belongs to no participant, and only banks and holders that are enrolled move deposits: have it proposed first.`,
    zh: `${account} 不属于任何参与方，只有已注册的银行和存款人可以办理存款：请先提交注册。`,
  });
}
