import { type Address, encodeFunctionData, type Hex } from "viem";
import { call, getBlock, waitForTransactionReceipt } from "viem/actions";
import { readPermission, scheduleCall } from "../../sdk/access/index.ts";
import { walletOf } from "../../sdk/chain/client.ts";
import { explain } from "../../sdk/errors/index.ts";
import { isOfNode } from "../../sdk/errors/nodeError.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { inWords, language } from "../language.ts";
import { actorOf, type Office, type PlaceOptions } from "./office.ts";
import { AdminError } from "./problem.ts";
import { line } from "./rows.ts";

/** A transaction to a contract of the platform. */
export interface Call {
  to: Address;
  data: Hex;
}

/** What became of a row: an act, nothing to do, or a mistake. */
export type Planned = { at: number | undefined } & (
  | { what: Sentence; call: Call }
  | { what: Sentence; isDone: true }
  | { problem: Sentence }
);

/** What sdk functions make, as a transaction. */
export function asCall(made: { address: Address; abi: unknown; functionName: string; args: unknown }): Call {
  return { to: made.address, data: encodeFunctionData(made as never) };
}

/** One act as it would be sent now. */
interface Step {
  at: number | undefined;
  what: Sentence;
  call: Call;
  /** Goes on with what is said of it. */
  note?: Sentence;
}

/**
 * Checks everything first: a mistake anywhere, or a refusal of the chain, and nothing is sent. What is done already is passed over,
 * so that a run that was cut short is simply run again. What has to wait is scheduled, and sent by a later run.
 */
export async function perform(
  office: Office,
  options: Pick<PlaceOptions, "dryRun" | "unsigned">,
  planned: readonly Planned[],
): Promise<void> {
  const say = options.unsigned === undefined ? office.say : office.note;
  const problems: string[] = [];
  const steps: Step[] = [];
  for (const each of planned) {
    if ("problem" in each) problems.push(`${line(each.at)}${inWords(each.problem)}`);
    else if ("isDone" in each) say(`${line(each.at)}${inWords(DONE)}${inWords(each.what)}`);
    else {
      const step = await stepOf(office, each);
      if (typeof step === "string") problems.push(`${line(each.at)}${inWords(each.what)}${inWords(COLON)}${step}`);
      else if ("call" in step) steps.push(step);
      else say(`${line(each.at)}${inWords(step.waits)}`);
    }
  }
  if (problems.length > 0) throw new AdminError(refused(problems));
  if (options.unsigned !== undefined) return printUnsigned(office, options.unsigned, steps);
  for (const step of steps) {
    const what = `${line(step.at)}${inWords(step.what)}${step.note === undefined ? "" : inWords(step.note)}`;
    if (options.dryRun) say(inWords({ en: `Would happen: ${what}`, zh: `将执行：${what}` }));
    else say(`${what} (${await send(office, step.call)})`);
  }
  if (options.dryRun) say(inWords({ en: "Nothing was sent.", zh: "未发送任何交易。" }));
}

const DONE = { en: "Done already: ", zh: "已完成：" };
const COLON = { en: ": ", zh: "：" };

function refused(problems: readonly string[]): Sentence {
  const list = problems.join("\n");
  return { en: `${list}\nNothing was sent.`, zh: `${list}\n未发送任何交易。` };
}

/** What would be sent for an act now; what it waits for; or why it is refused. */
async function stepOf(
  office: Office,
  { at, what, call }: { at: number | undefined; what: Sentence; call: Call },
): Promise<Step | { waits: Sentence } | string> {
  const { platform } = office;
  const refusal = await whyRefused(office, call);
  if (refusal === undefined) return { at, what, call };
  const permission = await readPermission(platform, actorOf(office), call);
  if (permission.kind === "scheduled") {
    const [from, until] = [shownTime(permission.from), shownTime(permission.until)];
    const { timestamp } = await getBlock(platform.client, { blockTag: "latest" });
    if (Number(timestamp) >= permission.from) return refusal;
    return {
      waits: {
        en: `${what.en}: scheduled as ${permission.operation}; run this again between ${from} and ${until}.`,
        zh: `${what.zh}：已排期（${permission.operation}）；请在 ${from} 至 ${until} 之间再次运行。`,
      },
    };
  }
  if (permission.kind !== "toSchedule") return refusal;
  const schedule = asCall(scheduleCall(platform, call));
  const hours = permission.delaySeconds / 3600;
  const note = {
    en: `: scheduled; what this account does by its role waits ${hours} hours, then run this again.`,
    zh: `：已排期；该账户凭此角色的操作须等待 ${hours} 小时，届时请再次运行。`,
  };
  return (await whyRefused(office, schedule)) ?? { at, what, call: schedule, note };
}

/** Why the chain would refuse a transaction, in a sentence; undefined where it would not. A node's failure is no refusal. */
async function whyRefused(office: Office, { to, data }: Call): Promise<string | undefined> {
  try {
    const { platform, settings } = office;
    await call(platform.client, { account: actorOf(office), to, data, gas: BigInt(settings.transactionGas) });
    return undefined;
  } catch (error) {
    if (isOfNode(error)) throw error;
    return explain(error, language);
  }
}

async function send({ platform, settings, account }: Office, { to, data }: Call): Promise<Hex> {
  if (account === undefined) {
    throw new AdminError({
      en: "There is no key to sign with: name its variable by --key, or print unsigned transactions with --unsigned.",
      zh: "没有可用于签名的私钥：请用 --key 指定变量，或用 --unsigned 输出未签名交易。",
    });
  }
  const gas = BigInt(settings.transactionGas);
  const fee = settings.gasPriceWei === 0n ? {} : { gasPrice: settings.gasPriceWei };
  const hash = await walletOf(platform, account).sendTransaction({ to, data, gas, ...fee } as never);
  const { status } = await waitForTransactionReceipt(platform.client, { hash });
  if (status === "success") return hash;
  throw new AdminError({
    en: `Transaction ${hash} was undone by the chain, because something changed meanwhile: run the same command again.`,
    zh: `交易 ${hash} 被链撤销，因为期间状况有变：请再次运行同一命令。`,
  });
}

/** For wallets and multisigs: a list of transactions, or a batch as Safe's Transaction Builder reads it. */
function printUnsigned(office: Office, form: boolean | string, steps: readonly Step[]): void {
  const { platform } = office;
  const chainId = platform.client.chain.id;
  const transactions = steps.map(({ call, what }) => ({ ...call, value: "0", chainId, what: inWords(what) }));
  const batch = {
    version: "1.0",
    chainId: String(chainId),
    meta: { name: steps.map(({ what }) => inWords(what)).join("; ") },
    transactions: transactions.map(({ to, value, data }) => ({ to, value, data })),
  };
  office.say(JSON.stringify(form === "safe" ? batch : transactions, null, 2));
}

/** A second as clocks in Shanghai show it. */
export function shownTime(unixSeconds: number): string {
  return new Date((unixSeconds + 8 * 3600) * 1000).toISOString().slice(0, 16).replace("T", " ");
}
