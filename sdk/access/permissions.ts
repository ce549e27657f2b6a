import { type Address, type Hex, slice } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { readEvents } from "../chain/logs.ts";
import { ROLES, type RoleName } from "./roles.ts";

/** Who holds a role. */
export interface RoleHolder {
  role: RoleName;
  account: Address;
  /** How long what it does by the role waits, in seconds. */
  delaySeconds: number;
}

/** Holders of every role, by the chain as it is now. */
export async function readRoleHolders(platform: Platform): Promise<RoleHolder[]> {
  const manager = contractOf(platform, "AccessManager");
  const granted = await readEvents(platform, "AccessManager", ["RoleGranted"]);
  const names = new Map(Object.entries(ROLES).map(([name, id]) => [id, name as RoleName]));
  const pairs = new Map(granted.map(({ args }) => [`${args.roleId} ${args.account}`, args]));
  const found = await Promise.all(
    [...pairs.values()].map(async ({ roleId, account }) => {
      const args = [roleId, account] as const;
      const [holds, delay] = await readContract(platform.client, { ...manager, functionName: "hasRole", args });
      return { role: names.get(roleId), account, delaySeconds: delay, holds };
    }),
  );
  return found.flatMap(({ role, account, delaySeconds, holds }) =>
    holds && role !== undefined ? [{ role, account, delaySeconds }] : [],
  );
}

/** The roles that an account holds, by the chain as it is now. */
export async function readRolesOf(platform: Platform, account: Address): Promise<RoleHolder[]> {
  const manager = contractOf(platform, "AccessManager");
  const names = (Object.keys(ROLES) as RoleName[]).filter((role) => role !== "PUBLIC");
  const found = await Promise.all(
    names.map(async (role) => {
      const args = [ROLES[role], account] as const;
      const [holds, delaySeconds] = await readContract(platform.client, { ...manager, functionName: "hasRole", args });
      return holds ? [{ role, account, delaySeconds }] : [];
    }),
  );
  return found.flat();
}

/** The call by which who governs a role gives it, for viem's `writeContract`. @param delaySeconds how long each act by it waits */
export function grantRole(platform: Platform, role: RoleName, account: Address, delaySeconds = 0) {
  return {
    ...contractOf(platform, "AccessManager"),
    functionName: "grantRole" as const,
    args: [ROLES[role], account, delaySeconds] as const,
  };
}

/** The call by which who governs a role takes it away. */
export function revokeRole(platform: Platform, role: RoleName, account: Address) {
  return {
    ...contractOf(platform, "AccessManager"),
    functionName: "revokeRole" as const,
    args: [ROLES[role], account] as const,
  };
}

/** What stands before a call by an account. */
export type Permission =
  /** It can be sent, or asks for no role. */
  | { kind: "open" }
  /** It has to be scheduled first, and waits so long. */
  | { kind: "toSchedule"; delaySeconds: number }
  /** It is scheduled; sent between the two seconds it counts. */
  | { kind: "scheduled"; operation: Hex; from: number; until: number }
  /** The account may not make it. */
  | { kind: "forbidden" };

/** Whether an account may make a call now, must schedule it first, has scheduled it, or may not make it. */
export async function readPermission(
  platform: Platform,
  caller: Address,
  { to, data }: { to: Address; data: Hex },
): Promise<Permission> {
  const manager = contractOf(platform, "AccessManager");
  const ask = { ...manager, blockTag: "latest" as const };
  const [immediate, delaySeconds] = await (BigInt(to) === BigInt(manager.address)
    ? readOwnPermission(platform, caller, data)
    : readContract(platform.client, { ...ask, functionName: "canCall", args: [caller, to, slice(data, 0, 4)] }));
  if (immediate) return { kind: "open" };
  if (delaySeconds === 0) return { kind: "forbidden" };
  const operation = await readContract(platform.client, {
    ...ask,
    functionName: "hashOperation",
    args: [caller, to, data],
  });
  const [from, expiration] = await Promise.all([
    readContract(platform.client, { ...ask, functionName: "getSchedule", args: [operation] }),
    readContract(platform.client, { ...ask, functionName: "expiration" }),
  ]);
  if (from === 0) return { kind: "toSchedule", delaySeconds };
  return { kind: "scheduled", operation, from, until: from + expiration };
}

/** The manager does not answer for itself: giving and taking a role asks for the role that governs it, all else for ADMIN. */
async function readOwnPermission(platform: Platform, caller: Address, data: Hex): Promise<readonly [boolean, number]> {
  const manager = contractOf(platform, "AccessManager");
  const selector = slice(data, 0, 4);
  const isOfRole = [GRANT_ROLE, REVOKE_ROLE].includes(selector);
  const governing = isOfRole
    ? await readContract(platform.client, {
        ...manager,
        functionName: "getRoleAdmin",
        args: [BigInt(slice(data, 4, 36))],
      })
    : ROLES.ADMIN;
  const args = [governing, caller] as const;
  const [holds, delay] = await readContract(platform.client, { ...manager, functionName: "hasRole", args });
  return [holds && delay === 0, holds ? delay : 0];
}

/** Selectors of `grantRole(uint64,address,uint32)` and `revokeRole(uint64,address)`. */
const [GRANT_ROLE, REVOKE_ROLE] = ["0x25c471a0", "0xb7d2b162"];

/** The call by which an account schedules another one, as soon as its delay lets it. */
export function scheduleCall(platform: Platform, { to, data }: { to: Address; data: Hex }) {
  return {
    ...contractOf(platform, "AccessManager"),
    functionName: "schedule" as const,
    args: [to, data, 0] as const,
  };
}

/** The call by which its caller, the council or the guardian of the role cancels what is scheduled. */
export function cancelScheduled(platform: Platform, { caller, to, data }: Pick<Scheduled, "caller" | "to" | "data">) {
  return {
    ...contractOf(platform, "AccessManager"),
    functionName: "cancel" as const,
    args: [caller, to, data] as const,
  };
}

/** A call that waits for its time. */
export interface Scheduled {
  operation: Hex;
  caller: Address;
  to: Address;
  data: Hex;
  /** Unix seconds from which and until which its caller can make it. */
  from: number;
  until: number;
}

/** Calls that are scheduled and neither executed, cancelled nor expired, oldest first. */
export async function readScheduled(platform: Platform): Promise<Scheduled[]> {
  const manager = contractOf(platform, "AccessManager");
  const [events, expiration] = await Promise.all([
    readEvents(platform, "AccessManager", ["OperationScheduled"]),
    readContract(platform.client, { ...manager, functionName: "expiration" }),
  ]);
  const latest = new Map(events.map(({ args }) => [args.operationId, args]));
  const found = await Promise.all(
    [...latest.values()].map(async ({ operationId, caller, target, data }) => {
      const args = [operationId] as const;
      const from = await readContract(platform.client, { ...manager, functionName: "getSchedule", args });
      return { operation: operationId, caller, to: target, data, from, until: from + expiration };
    }),
  );
  return found.filter(({ from }) => from !== 0);
}
