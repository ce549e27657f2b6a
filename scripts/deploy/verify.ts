import { BrowserProvider, Contract, Interface, type Log } from "ethers";
import { CONTRACTS, type ContractName, type Deployment, DeploymentError } from "../../sdk/deployment.ts";
import { VOLTAGES } from "../../sdk/grid.ts";
import { ROLES } from "../../sdk/roles.ts";
import type { Day } from "../../sdk/time.ts";
import type { Chain } from "./chain.ts";
import { HUMAN_ROLES, type NetworkParameters } from "./parameters.ts";
import { NOTARIES } from "./permissions.ts";
import { type Abis, type Addresses, functionsByRole, grantsOf, ruleSetOf } from "./setup.ts";

/** Besu's limit for one eth_getLogs. */
const MOST_BLOCKS = 5_000;

/** Reads back from the chain what a deployment was to bring about; throws a sentence about the first difference. */
export async function verify(
  chain: Chain,
  deployment: Pick<Deployment, "startBlock" | "setup">,
  parameters: NetworkParameters,
  addresses: Addresses,
  abis: Abis,
  effectiveDay: Day,
): Promise<void> {
  const provider = new BrowserProvider(chain.provider, chain.chainId);
  const at = (name: ContractName) => new Contract(addresses[name], abis[name], provider);
  const manager = at("AccessManager");
  const expect = (what: string, found: unknown, wanted: unknown) => {
    const [left, right] = [show(found), show(wanted)];
    if (left !== right) {
      throw new DeploymentError(
        `After the deployment ${what} is ${left}, but the reviewed parameters ask for ${right}: do not use this deployment.`,
      );
    }
  };
  const call = (contract: Contract, name: string, ...args: unknown[]) => contract.getFunction(name).staticCall(...args);
  const each = async <Item>(items: readonly Item[], check: (item: Item) => Promise<void>) => {
    await Promise.all(items.map(check));
  };
  const names = CONTRACTS.filter((name) => name !== "AccessManager");

  await each(names, async (name) => {
    expect(`the authority of ${name}`, await call(at(name), "authority"), addresses.AccessManager);
    expect(`the closure of ${name}`, await call(manager, "isTargetClosed", addresses[name]), false);
  });

  // Who holds which role, and what asks for which: everything the AccessManager ever said, not only what we hope for.
  const said = await history(chain, manager, deployment.startBlock, deployment.setup.blockNumber);
  const roleNames = new Map<bigint, string>(Object.entries(ROLES).map(([name, id]) => [id, name]));
  const wantedGrants = grantsOf(parameters, addresses).map(
    ({ role, account, executionDelaySeconds }) => `${role} of ${account} after ${executionDelaySeconds} s`,
  );
  const foundGrants = [...said.grants.values()].map(
    ({ role, account, delay }) => `${roleNames.get(role) ?? role} of ${account} after ${delay} s`,
  );
  expect("what people and contracts may do", foundGrants.sort(), wantedGrants.sort());
  expect(
    "what the deployer holds",
    foundGrants.filter((grant) => grant.includes(chain.deployer)),
    [],
  );
  await each(Object.entries(ROLES), async ([role, id]) => {
    if (role === "PUBLIC") return;
    const [holds] = await call(manager, "hasRole", id, chain.deployer);
    expect(`whether the deployer has the role ${role}`, holds, false);
  });
  const wantedFunctions = names.flatMap((contract) =>
    [...functionsByRole(contract, parameters.finance)].flatMap(([role, functions]) =>
      functions.map((name) => {
        const selector = new Interface(abis[contract]).getFunction(name)?.selector;
        return `${addresses[contract]} ${selector} ${ROLES[role]}`;
      }),
    ),
  );
  expect("the table of functions and roles", [...said.functions.values()].sort(), wantedFunctions.sort());
  await each(
    HUMAN_ROLES.filter((role) => role !== "ADMIN"),
    async (role) => {
      const { adminRole, guardianRole } = parameters.roles[role];
      expect(`the admin role of ${role}`, await call(manager, "getRoleAdmin", ROLES[role]), ROLES[adminRole]);
      expect(`the guardian role of ${role}`, await call(manager, "getRoleGuardian", ROLES[role]), ROLES[guardianRole]);
    },
  );

  const [rules, meters, deposits, kwh] = [at("MarketRules"), at("MeterRegistry"), at("DepositToken"), at("KwhToken")];
  const { metering, zones, depositToken } = parameters;
  const windows = await call(meters, "windowsOf", effectiveDay);
  expect("the time to report a meter day", windows.reportDays, metering.reportDays);
  expect("the time to object to a meter day", windows.objectionHours, metering.objectionHours);
  await each(zones, async ({ id, parent, voltage, name }) => {
    const zone = await call(rules, "zone", id);
    expect(`the parent of zone ${id} (${name})`, zone.parent, parent);
    expect(`the voltage of zone ${id} (${name})`, VOLTAGES[Number(zone.voltage)], VOLTAGES[voltage]);
  });
  const [ruleSetId, ruleSet] = await call(rules, "ruleSetOn", effectiveDay);
  expect("the rule set in force", ruleSetId, 1);
  const encode = (value: unknown) => new Interface(abis.MarketRules).encodeFunctionData("publish", [value]);
  expect("the first rule set", encode(ruleSet), encode(ruleSetOf(parameters, effectiveDay)));
  await each(NOTARIES, async (name) => {
    expect(`whether ${name} is a notary`, await call(deposits, "isNotary", addresses[name]), true);
  });
  expect("the name of the deposit token", await call(deposits, "name"), depositToken.name);
  expect("the escrow that mints kWh", await call(kwh, "minterOf", effectiveDay), addresses.TradeEscrow);
}

interface History {
  grants: Map<string, { role: bigint; account: string; delay: bigint }>;
  functions: Map<string, string>;
}

/** What the AccessManager's events from one block to another add up to. */
async function history({ provider }: Chain, manager: Contract, from: number, to: number): Promise<History> {
  const address = await manager.getAddress();
  const grants: History["grants"] = new Map();
  const functions: History["functions"] = new Map();
  for (let start = from; start <= to; start += MOST_BLOCKS) {
    const end = Math.min(start + MOST_BLOCKS - 1, to);
    const logs = (await provider.request({
      method: "eth_getLogs",
      params: [{ address, fromBlock: `0x${start.toString(16)}`, toBlock: `0x${end.toString(16)}` }],
    })) as Log[];
    for (const log of logs) {
      const event = manager.interface.parseLog(log);
      if (event === null) continue;
      const { roleId, account, delay, target, selector } = event.args;
      if (event.name === "RoleGranted") grants.set(`${roleId} ${account}`, { role: roleId, account, delay });
      if (event.name === "RoleRevoked") grants.delete(`${roleId} ${account}`);
      if (event.name === "TargetFunctionRoleUpdated") {
        functions.set(`${target} ${selector}`, `${target} ${selector} ${roleId}`);
      }
    }
  }
  return { grants, functions };
}

/** Text that is equal for equal values, whether they came as number, bigint or list. */
function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(show).join(", ");
  return String(value);
}
