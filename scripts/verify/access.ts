import { getAddress, Interface, type Result } from "ethers";
import { ROLES, type RoleName } from "../../sdk/access/roles.ts";
import { CONTRACTS, GOVERNED } from "../../sdk/chain/contracts.ts";
import { HUMAN_ROLES, type HumanRole, type NetworkParameters } from "../deploy/parameters.ts";
import { COUNCIL_FUNCTIONS } from "../deploy/permissions.ts";
import { functionsByRole, grantsOf } from "../deploy/setup.ts";
import type { OnChain } from "./onChain.ts";
import type { Report } from "./report.ts";

const NAMES = new Map<bigint, string>(Object.entries(ROLES).map(([name, id]) => [id, name]));
const roleName = (id: bigint) => NAMES.get(id) ?? `role ${id}`;
const NOT_GRANTED = "not granted";

/** Compares who may do what: by everything the AccessManager ever said, and by what it answers now. */
export async function checkAccess(
  report: Report,
  chain: OnChain,
  parameters: NetworkParameters,
  deployers: readonly string[],
): Promise<void> {
  const said = (name: string) => chain.events("AccessManager", name).map(({ args }) => args);
  const ask = (view: string, ...args: unknown[]) => chain.call("AccessManager", view, ...args);
  const nameOf = names(chain, parameters);

  for (const contract of GOVERNED) {
    const address = chain.addresses[contract];
    await report.check(`the authority of ${contract}`, chain.addresses.AccessManager, () =>
      chain.call(contract, "authority"),
    );
    await report.check(`${contract}`, "open", async () => ((await ask("isTargetClosed", address)) ? "closed" : "open"));
    await report.check(`the delay of changes to ${contract}`, "0 s", async () => {
      const later = said("TargetAdminDelayUpdated").filter(({ target }) => target === address);
      return delay(await ask("getTargetAdminDelay", address), later, chain.now);
    });
    await checkFunctions(report, chain, contract, parameters);
  }
  await checkFunctions(report, chain, "AccessManager", parameters);
  await checkStrangeTargets(report, chain);

  const granted = said("RoleGranted");
  const ids = new Set<bigint>([
    ...Object.values(ROLES).filter((id) => id !== ROLES.PUBLIC),
    ...["RoleGranted", "RoleAdminChanged", "RoleGuardianChanged", "RoleGrantDelayChanged"].flatMap((event) =>
      said(event).map(({ roleId }) => roleId as bigint),
    ),
  ]);
  const wantedGrants = grantsOf(parameters, chain.addresses);
  for (const id of ids) {
    const role = roleName(id);
    const accounts = new Set(granted.filter(({ roleId }) => roleId === id).map(({ account }) => account as string));
    const wanted = wantedGrants.filter((grant) => ROLES[grant.role] === id);
    for (const { account } of wanted) accounts.add(account);
    const holders = new Map<string, string>();
    for (const account of accounts) {
      const access = describeAccess(await ask("getAccess", id, account), chain.now);
      if (access !== NOT_GRANTED) holders.set(nameOf(account), access);
    }
    report.compareTables(
      `the holders of ${role}`,
      holders,
      new Map(wanted.map((grant) => [nameOf(grant.account), holding(grant.executionDelaySeconds)])),
      NOT_GRANTED,
    );
    const { adminRole, guardianRole } = isHuman(role) ? parameters.roles[role] : administered(role);
    await report.check(`the admin role of ${role}`, adminRole, async () => roleName(await ask("getRoleAdmin", id)));
    await report.check(`the guardian role of ${role}`, guardianRole, async () =>
      roleName(await ask("getRoleGuardian", id)),
    );
    await report.check(`the delay of grants of ${role}`, "0 s", async () => {
      const later = said("RoleGrantDelayChanged").filter(({ roleId }) => roleId === id);
      return delay(await ask("getRoleGrantDelay", id), later, chain.now);
    });
  }

  for (const deployer of deployers) {
    await report.check(`what the deployer ${deployer} holds`, [], async () => {
      const held: string[] = [];
      for (const id of ids) {
        if (describeAccess(await ask("getAccess", id, deployer), chain.now) !== NOT_GRANTED) held.push(roleName(id));
      }
      return held;
    });
  }
}

/** Roles that the parameter file does not speak of. */
const administered = (role: string) => ({
  adminRole: "ADMIN",
  guardianRole: role === "COUNCIL" ? "GUARDIAN" : "ADMIN",
});

const isHuman = (role: string): role is HumanRole => (HUMAN_ROLES as readonly string[]).includes(role);

/** Compares which role each function of a contract asks for; ADMIN is what a function asks for that nobody spoke of. */
async function checkFunctions(
  report: Report,
  chain: OnChain,
  contract: "AccessManager" | (typeof GOVERNED)[number],
  { finance }: NetworkParameters,
): Promise<void> {
  const wanted = new Map<string, string>();
  const byName = new Map<string, RoleName>();
  if (contract === "AccessManager") for (const name of COUNCIL_FUNCTIONS) byName.set(name, "COUNCIL");
  else for (const [role, names] of functionsByRole(contract, finance)) for (const name of names) byName.set(name, role);
  const found = new Map<string, string>();
  const selectors: [string, string][] = [];
  new Interface(chain.abis[contract]).forEachFunction(({ name, selector, stateMutability }) => {
    if (!["view", "pure"].includes(stateMutability)) selectors.push([name, selector]);
  });
  for (const [name, selector] of selectors) {
    wanted.set(name, byName.get(name) ?? "ADMIN");
    found.set(
      name,
      roleName(await chain.call("AccessManager", "getTargetFunctionRole", chain.addresses[contract], selector)),
    );
  }
  report.compareTables(`the functions of ${contract} and the roles they ask for`, found, wanted);
}

/** Whether roles were given for functions that the platform's contracts do not have. */
async function checkStrangeTargets(report: Report, chain: OnChain): Promise<void> {
  const known = new Set<string>();
  for (const contract of ["AccessManager", ...GOVERNED] as const) {
    new Interface(chain.abis[contract]).forEachFunction(({ selector }) => {
      known.add(`${getAddress(chain.addresses[contract])} ${selector}`);
    });
  }
  const found = new Map<string, string>();
  for (const { args } of chain.events("AccessManager", "TargetFunctionRoleUpdated")) {
    const key = `${args.target} ${args.selector}`;
    if (known.has(key)) continue;
    const role = await chain.call("AccessManager", "getTargetFunctionRole", args.target, args.selector);
    if (role !== ROLES.ADMIN) found.set(`the function ${args.selector} of ${args.target}`, roleName(role));
  }
  report.compareTables("the functions of other contracts", found, new Map(), "ADMIN");
}

/** People by the parameter file and contracts by their names, each with its address. */
function names(chain: OnChain, { roles }: NetworkParameters): (account: string) => string {
  const known = new Map<string, string>();
  for (const { holders } of Object.values(roles)) for (const { account, who } of holders) known.set(account, who);
  for (const contract of CONTRACTS) known.set(getAddress(chain.addresses[contract]), contract);
  return (account) => {
    const name = known.get(getAddress(account));
    return name === undefined ? getAddress(account) : `${name} ${getAddress(account)}`;
  };
}

const holding = (seconds: number | bigint) => `granted, acting after ${seconds} s`;

/** What getAccess answers, in words; also what it will answer later without anybody doing anything more. */
function describeAccess(access: readonly bigint[], now: number): string {
  const [since = 0n, current = 0n, pending = 0n, effect = 0n] = access;
  if (since === 0n) return NOT_GRANTED;
  const from = since > BigInt(now) ? `, from ${iso(since)} on` : "";
  const then = effect === 0n ? "" : `, and after ${pending} s from ${iso(effect)} on`;
  return `${holding(current)}${from}${then}`;
}

/** A delay, and the one that was announced for later. */
function delay(current: bigint, announced: readonly Result[], now: number): string {
  const next = announced.at(-1);
  const then = next !== undefined && next.since > BigInt(now) ? `, and ${next.delay} s from ${iso(next.since)} on` : "";
  return `${current} s${then}`;
}

const iso = (second: bigint) => new Date(Number(second) * 1000).toISOString();
