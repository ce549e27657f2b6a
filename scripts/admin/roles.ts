import { type AbiFunction, type Address, decodeFunctionData, type Hex, toFunctionSelector } from "viem";
import { readContract } from "viem/actions";
import {
  cancelScheduled,
  grantRole,
  ROLES,
  type RoleName,
  readRoleHolders,
  readScheduled,
  revokeRole,
  type Scheduled,
} from "../../sdk/access/index.ts";
import { ABIS } from "../../sdk/chain/abis.ts";
import { contractOf } from "../../sdk/chain/client.ts";
import { CONTRACTS, type ContractName, GOVERNED } from "../../sdk/chain/contracts.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { CALLS } from "../../sdk/wallets/calls.ts";
import { HUMAN_ROLES, type HumanRole } from "../deploy/parameters.ts";
import { inWords } from "../language.ts";
import { asCall, type Planned, shownTime } from "./acts.ts";
import { actorOf, type Office } from "./office.ts";
import { AdminError } from "./problem.ts";
import { oneOf } from "./rows.ts";

export const roleIn = (text: string): HumanRole =>
  oneOf(HUMAN_ROLES, text, { en: "a role that people hold", zh: "可由人员持有的角色" });

/** Gives a role to an account, or takes it away; who is ADMIN is the council, too. */
export async function planRole(
  office: Office,
  change: "grant" | "revoke",
  given: HumanRole,
  account: Address,
  delaySeconds: number,
): Promise<Planned[]> {
  const { platform } = office;
  const manager = contractOf(platform, "AccessManager");
  const isGrant = change === "grant";
  const hours = delaySeconds / 3600;
  // ADMIN is what lets its holder take roles away, and goes last.
  const roles: RoleName[] = given === "ADMIN" ? ["COUNCIL", "ADMIN"] : [given];
  return Promise.all(
    roles.map(async (role): Promise<Planned> => {
      const args = [ROLES[role], account] as const;
      const [holds, delay] = await readContract(platform.client, { ...manager, functionName: "hasRole", args });
      const what = isGrant
        ? {
            en: `${account} is given the role ${role}${hours === 0 ? "" : `, each act by which waits ${hours} hours`}`,
            zh: `授予 ${account} 角色 ${role}${hours === 0 ? "" : `，每次操作须等待 ${hours} 小时`}`,
          }
        : { en: `the role ${role} is taken away from ${account}`, zh: `收回 ${account} 的角色 ${role}` };
      const isDone = isGrant ? holds && delay === delaySeconds : !holds;
      if (isDone) return { at: undefined, what, isDone: true };
      const made = isGrant ? grantRole(platform, role, account, delaySeconds) : revokeRole(platform, role, account);
      return { at: undefined, what, call: asCall(made) };
    }),
  );
}

/** Each role with its holders, and how long what they do waits. */
export async function listRoles(office: Office): Promise<string[]> {
  const holders = await readRoleHolders(office.platform);
  const lines: string[] = [];
  for (const role of Object.keys(ROLES) as RoleName[]) {
    for (const { account, delaySeconds } of holders.filter((each) => each.role === role)) {
      const delay =
        delaySeconds === 0
          ? ""
          : inWords({ en: `waits ${delaySeconds / 3600} h`, zh: `等待 ${delaySeconds / 3600} 小时` });
      lines.push([role.padEnd(16), account, contractAt(office, account) ?? "", delay].join("  ").trimEnd());
    }
  }
  return lines;
}

/** Every function that an account may call by a role, with the role and its delay. */
export async function listCallable(office: Office, account: Address): Promise<string[]> {
  const { platform } = office;
  const manager = contractOf(platform, "AccessManager");
  const held = (await readRoleHolders(platform)).filter((each) => BigInt(each.account) === BigInt(account));
  const names = new Map(held.map(({ role, delaySeconds }) => [ROLES[role] as bigint, { role, delaySeconds }]));
  const functions = [...GOVERNED, "AccessManager" as const].flatMap((contract) =>
    changing(contract).map((called) => ({ contract, called, selector: toFunctionSelector(called) })),
  );
  const lines = await Promise.all(
    functions.map(async ({ contract, called, selector }) => {
      const args = [platform.addresses[contract], selector] as const;
      const id = await readContract(platform.client, { ...manager, functionName: "getTargetFunctionRole", args });
      const role = names.get(id);
      // What was never restricted answers with ADMIN, too: only what was given to it by name is shown.
      if (role === undefined || (id === ROLES.ADMIN && contract !== "AccessManager")) return [];
      const delay =
        role.delaySeconds === 0
          ? ""
          : inWords({ en: ` (waits ${role.delaySeconds / 3600} h)`, zh: `（等待 ${role.delaySeconds / 3600} 小时）` });
      const intent: string = (CALLS as Record<string, Record<string, string>>)[contract]?.[called.name] ?? "";
      return [`${role.role.padEnd(16)}  ${contract}.${called.name}${delay}  ${intent}`.trimEnd()];
    }),
  );
  if (held.length > 0) return lines.flat();
  return [inWords({ en: `${account} holds no role.`, zh: `${account} 没有任何角色。` })];
}

const changing = (contract: ContractName) =>
  (ABIS[contract] as readonly { type: string }[]).filter(
    (item): item is AbiFunction =>
      item.type === "function" && !["view", "pure"].includes((item as AbiFunction).stateMutability),
  );

/** Calls that wait for their delay: by whom, what, from when until when they count. */
export async function listScheduled(office: Office): Promise<string[]> {
  const waiting = await readScheduled(office.platform);
  if (waiting.length === 0) return [inWords({ en: "Nothing is scheduled.", zh: "没有已排期的操作。" })];
  return waiting.map((each) => {
    const { operation, caller, from, until } = each;
    return inWords({
      en: `${operation}  ${nameOfCall(office, each)}, by ${caller}, from ${shownTime(from)} until ${shownTime(until)}`,
      zh: `${operation}  ${nameOfCall(office, each)}，由 ${caller}，${shownTime(from)} 至 ${shownTime(until)}`,
    });
  });
}

/** Makes a call whose time has come, or cancels one that waits. */
export async function planScheduled(
  office: Office,
  change: "execute" | "cancel",
  operation: string,
): Promise<Planned[]> {
  const found = (await readScheduled(office.platform)).find((each) => each.operation === operation.toLowerCase());
  if (found === undefined) {
    throw new AdminError({
      en: `No call waits as ${operation}: "npm run admin -- scheduled" lists what does.`,
      zh: `没有编号为 ${operation} 的已排期操作：可用“npm run admin -- scheduled”查看。`,
    });
  }
  const name = nameOfCall(office, found);
  if (change === "cancel") {
    const what = { en: `${name} is cancelled`, zh: `取消 ${name}` };
    return [{ at: undefined, what, call: asCall(cancelScheduled(office.platform, found)) }];
  }
  if (BigInt(actorOf(office)) !== BigInt(found.caller)) {
    throw new AdminError({
      en: `${name} was scheduled by ${found.caller}, who alone can make it: name its key.`,
      zh: `${name} 由 ${found.caller} 排期，只能由该账户执行：请指定其私钥。`,
    });
  }
  const what: Sentence = { en: `${name} is made`, zh: `执行 ${name}` };
  return [{ at: undefined, what, call: { to: found.to, data: found.data } }];
}

function nameOfCall(office: Office, { to, data }: Pick<Scheduled, "to" | "data">): string {
  const contract = contractAt(office, to);
  if (contract === undefined) return `${to} ${data}`;
  const { functionName, args } = decodeFunctionData({ abi: ABIS[contract], data }) as {
    functionName: string;
    args?: readonly unknown[];
  };
  return `${contract}.${functionName}(${(args ?? []).map(shown).join(", ")})`;
}

const shown = (value: unknown): string =>
  typeof value === "object"
    ? JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part))
    : String(value);

function contractAt({ platform }: Office, address: Hex): ContractName | undefined {
  return CONTRACTS.find((name) => BigInt(platform.addresses[name]) === BigInt(address));
}
