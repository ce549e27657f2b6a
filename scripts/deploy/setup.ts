import { Interface, type JsonFragment, ZeroAddress } from "ethers";
import { ROLES, type RoleName } from "../../sdk/access/roles.ts";
import { type ContractName, GOVERNED, type GovernedName } from "../../sdk/chain/contracts.ts";
import { DEBT_CODE_ENTRIES } from "../../sdk/debts/codes.ts";
import { DEBT_CODES } from "../../sdk/debts/enums.ts";
import { PLANT_SOURCES } from "../../sdk/metering/meter.ts";
import { SOURCES, VOLTAGES } from "../../sdk/types/enums.ts";
import type { Day } from "../../sdk/types/time.ts";
import { HUMAN_ROLES, type NetworkParameters, namedParticipants } from "./parameters.ts";
import { CLAIM_BOOKS, CONTRACT_ROLES, COUNCIL_FUNCTIONS, NOTARIES, PERMISSIONS, roleOf } from "./permissions.ts";

export type Addresses = Record<ContractName, string>;
export type Abis = Record<ContractName, readonly JsonFragment[]>;

/** How much money each settlement bank may hold for deposits, by its number as a participant. */
export function capsOf(parameters: NetworkParameters): [participant: number, capFen: bigint][] {
  const banks = namedParticipants(parameters).filter(({ kind }) => kind === "bank");
  return banks.map(({ participant }, at) => [participant, parameters.banks[at]?.capYuan ?? 0n]);
}

export interface Grant {
  role: RoleName;
  account: string;
  executionDelaySeconds: number;
}

/** Roles of people. The council is who holds ADMIN. */
const ROLES_OF_PEOPLE = [...HUMAN_ROLES, "COUNCIL"] as const;

/** Who holds what once the deployer has gone: people by the parameter file, contracts by what they are. */
export function grantsOf(parameters: NetworkParameters, addresses: Addresses): Grant[] {
  const people = ROLES_OF_PEOPLE.flatMap((role) =>
    parameters.roles[role === "COUNCIL" ? "ADMIN" : role].holders.map(({ account, executionDelayHours }) => ({
      role,
      account,
      executionDelaySeconds: executionDelayHours * 3600,
    })),
  );
  const contracts = Object.entries(CONTRACT_ROLES).flatMap(([role, names]) =>
    names.map((name) => ({ role: role as RoleName, account: addresses[name], executionDelaySeconds: 0 })),
  );
  return [...people, ...contracts];
}

/** Restricted functions of a contract by the role they ask for on this network. */
export function functionsByRole(contract: GovernedName, finance: boolean) {
  const byRole = new Map<RoleName, string[]>();
  for (const [name, decision] of Object.entries(PERMISSIONS[contract])) {
    const role = roleOf(decision, finance);
    if (role !== undefined) byRole.set(role, [...(byRole.get(role) ?? []), name]);
  }
  return byRole;
}

/** The first rule set as the contract takes it. */
export function ruleSetOf(parameters: NetworkParameters, effectiveDay: Day) {
  const { ruleSet } = parameters;
  const [gridCompany, balancingAccount] = namedParticipants(parameters);
  return {
    effectiveDay,
    wetFrom: ruleSet.wetSeason.from,
    wetUntil: ruleSet.wetSeason.until,
    bondRateBp: ruleSet.bondRatePercent,
    maxPaymentDays: ruleSet.maxPaymentDays,
    smallSellerPaymentDays: ruleSet.smallSellerPaymentDays,
    maxAdvanceDays: ruleSet.maxAdvanceDays,
    cutOffLeadSeconds: ruleSet.cutOffLeadHours * 3600,
    gateLeadSeconds: ruleSet.gateLeadHours * 3600,
    marginNoticeSeconds: ruleSet.marginNoticeHours * 3600,
    lotWh: ruleSet.lotWh,
    wet: ruleSet.wetPriceYuanPerMWh,
    dry: ruleSet.dryPriceYuanPerMWh,
    gridCompany: gridCompany?.participant,
    balancingAccount: balancingAccount?.participant,
    smallPlantW: ruleSet.neighbourTrading.smallPlantMW * 1_000_000,
    largePlantW: ruleSet.neighbourTrading.largePlantMW * 1_000_000,
    smallPlantVoltage: ruleSet.neighbourTrading.smallPlantVoltage,
    largePlantPath: ruleSet.neighbourTrading.largePlantPath,
    bondPolicy: ZeroAddress,
    tariffs: VOLTAGES.map((voltage) => ruleSet.networkTariffYuanPerKWh[voltage]),
    deviationRules: PLANT_SOURCES.map((source) => {
      const rule = ruleSet.deviation[source];
      return {
        source: SOURCES.indexOf(source),
        toleranceBp: rule.tolerancePercent,
        rateBp: rule.ratePercent,
        priceFenPerMWh: rule.fixedYuanPerMWh,
        period: rule.period,
        payee: rule.payee,
      };
    }),
  };
}

/** The first terms of finance as the contract takes them; they are in force from the beginning. */
export function financeTermsOf({ financeRules: { longestTenorDays, lateRatePercent, graceDays } }: NetworkParameters) {
  return { effectiveDay: FIRST_DAY, longestTenorDays, lateRateBp: lateRatePercent, graceDays };
}

/** Who posts debts, by the table of codes; rooms that are to come post none yet. */
export function postersOfDebts(): [poster: ContractName, code: number][] {
  return Object.entries(DEBT_CODE_ENTRIES).flatMap(([name, entry]) =>
    "poster" in entry ? [[entry.poster, DEBT_CODES.indexOf(name as keyof typeof DEBT_CODE_ENTRIES)]] : [],
  );
}

/** The escrow of a new deployment is in charge of every day from the first, as are the first terms of finance. */
const FIRST_DAY = 0;

/**
 * Calls to the AccessManager that turn freshly deployed contracts into the platform: parameters, roles, and at the end
 * the deployer gives up its own. Sent as one `multicall`, they happen together or not at all.
 */
export function setupCalls(
  parameters: NetworkParameters,
  addresses: Addresses,
  abis: Abis,
  deployer: string,
  effectiveDay: Day,
): string[] {
  const encode = (contract: ContractName, name: string, args: unknown[]) =>
    new Interface(abis[contract]).encodeFunctionData(name, args);
  const manage = (name: string, ...args: unknown[]) => encode("AccessManager", name, args);
  /** A call to another contract by the admin, through the manager. */
  const execute = (contract: ContractName, name: string, ...args: unknown[]) =>
    manage("execute", addresses[contract], encode(contract, name, args));
  const selector = (contract: ContractName, name: string) => {
    const found = new Interface(abis[contract]).getFunction(name);
    if (found === null) throw new Error(`${contract} has no function ${name}, but permissions.ts has a line for it.`);
    return found.selector;
  };

  const { finance, roles, zones } = parameters;
  return [
    ...zones.map(({ parent, voltage, name }) => execute("MarketRules", "addZone", parent, voltage, name)),
    execute("MarketRules", "publish", ruleSetOf(parameters, effectiveDay)),
    ...NOTARIES.map((notary) => execute("DepositToken", "approveNotary", addresses[notary])),
    ...capsOf(parameters).map(([bank, capFen]) => execute("DepositToken", "setCap", bank, capFen)),
    execute("KwhToken", "approveMinter", addresses.TradeEscrow, FIRST_DAY),
    ...postersOfDebts().map(([poster, code]) => execute("DebtLedger", "approvePoster", addresses[poster], code)),
    ...CLAIM_BOOKS.map((book) => execute("DebtLedger", "approveClaimBook", addresses[book])),
    ...GOVERNED.flatMap((contract) =>
      [...functionsByRole(contract, finance)].map(([role, names]) =>
        manage(
          "setTargetFunctionRole",
          addresses[contract],
          names.map((name) => selector(contract, name)),
          ROLES[role],
        ),
      ),
    ),
    manage(
      "setTargetFunctionRole",
      addresses.AccessManager,
      COUNCIL_FUNCTIONS.map((name) => selector("AccessManager", name)),
      ROLES.COUNCIL,
    ),
    manage("setRoleGuardian", ROLES.COUNCIL, ROLES.GUARDIAN),
    ...[...ROLES_OF_PEOPLE, ...(Object.keys(CONTRACT_ROLES) as RoleName[])]
      .filter((role) => role !== "ADMIN")
      .map((role) => manage("labelRole", ROLES[role], role)),
    ...HUMAN_ROLES.filter((role) => role !== "ADMIN").flatMap((role) => [
      manage("setRoleAdmin", ROLES[role], ROLES[roles[role].adminRole]),
      manage("setRoleGuardian", ROLES[role], ROLES[roles[role].guardianRole]),
    ]),
    ...grantsOf(parameters, addresses).map(({ role, account, executionDelaySeconds }) =>
      manage("grantRole", ROLES[role], account, executionDelaySeconds),
    ),
    manage("renounceRole", ROLES.ADMIN, deployer),
  ];
}
