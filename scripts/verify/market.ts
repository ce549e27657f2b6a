import { DEBT_CODES } from "../../sdk/debts/enums.ts";
import { VOLTAGES } from "../../sdk/types/enums.ts";
import { type Day, dayOf, formatDay } from "../../sdk/types/time.ts";
import { formatYuan } from "../../sdk/types/units.ts";
import { nameOf } from "../../sdk/types/words.ts";
import { blockAt } from "../deploy/chain.ts";
import type { NetworkParameters } from "../deploy/parameters.ts";
import { CLAIM_BOOKS, NOTARIES } from "../deploy/permissions.ts";
import { capsOf, financeTermsOf, postersOfDebts, ruleSetOf } from "../deploy/setup.ts";
import type { OnChain } from "./onChain.ts";
import type { Report } from "./report.ts";

/** Compares rules, windows, zones and tokens, as they are in force and as they are announced. */
export async function checkMarket(report: Report, chain: OnChain, parameters: NetworkParameters): Promise<void> {
  const today = dayOf(chain.now);
  await report.section("the rules", () => checkRules(report, chain, parameters, today));
  await report.section("the windows", () => checkWindows(report, chain, parameters, today));
  await report.section("the zones", () => checkZones(report, chain, parameters));
  await report.section("the rules of finance", () => checkFinanceRules(report, chain, parameters, today));
  await report.section("the tokens", () => checkTokens(report, chain, parameters));
}

async function checkRules(report: Report, chain: OnChain, parameters: NetworkParameters, today: Day): Promise<void> {
  const sets = chain
    .standing("MarketRules", "RuleSetPublished", "RuleSetWithdrawn")
    .map(({ args }) => ({ id: args.id as bigint, effectiveDay: Number(args.effectiveDay) as Day }));
  // The very first one may be for a day to come.
  const inForce = sets.filter(({ effectiveDay }) => effectiveDay <= today).at(-1) ?? sets[0];
  const later = sets.slice(inForce === undefined ? 0 : sets.indexOf(inForce) + 1);
  report.compare(
    "the rule sets to come",
    later.map(({ id, effectiveDay }) => `${id} from ${formatDay(effectiveDay)} on`),
    [],
  );
  if (inForce === undefined) {
    report.compare("the rule set in force", "none", "the reviewed one");
    return;
  }

  const { effectiveDate } = parameters.ruleSet;
  const wanted = fields(ruleSetOf(parameters, effectiveDate === "deployment" ? await setupDay(chain) : effectiveDate));
  const answer = await chain.call("MarketRules", "ruleSet", inForce.id);
  const found = new Map([...wanted.keys()].map((path) => [path, String(valueAt(answer, path.split(".")))]));
  report.compareTables(`rule set ${inForce.id}, which is in force`, found, wanted);
}

async function setupDay({ chain, deployment }: OnChain): Promise<Day> {
  const { timestamp } = await blockAt(chain.provider, `0x${deployment.setup.blockNumber.toString(16)}`);
  return dayOf(Number(timestamp));
}

async function checkWindows(
  report: Report,
  chain: OnChain,
  { metering }: NetworkParameters,
  today: Day,
): Promise<void> {
  const window = async (name: string) => (await chain.call("MeterRegistry", "windowsOf", today))[name];
  await report.check("the days to report a meter day", metering.reportDays, () => window("reportDays"));
  await report.check("the hours to object to a report", metering.objectionHours, () => window("objectionHours"));
  report.compare(
    "the windows to come",
    chain
      .standing("MeterRegistry", "WindowsChanged", "WindowsWithdrawn")
      .filter(({ args }) => Number(args.fromDay) > today)
      .map(({ args: { fromDay, reportDays, objectionHours } }) => {
        return `${reportDays} days and ${objectionHours} hours from ${formatDay(Number(fromDay) as Day)} on`;
      }),
    [],
  );
}

async function checkZones(report: Report, chain: OnChain, { zones }: NetworkParameters): Promise<void> {
  const line = (parent: unknown, voltage: unknown, name: string) =>
    `${name} at ${VOLTAGES[Number(voltage)]} under zone ${parent}`;
  const found = new Map<string, string>();
  for (const { args } of chain.events("MarketRules", "ZoneAdded")) {
    const { parent, voltage } = await chain.call("MarketRules", "zone", args.zone);
    // By position, because a list of results has a `name` of its own.
    found.set(`zone ${args.zone}`, line(parent, voltage, args[3]));
  }
  report.compareTables(
    "the zones",
    found,
    new Map(zones.map(({ id, parent, voltage, name }) => [`zone ${id}`, line(parent, voltage, name)])),
  );
}

async function checkFinanceRules(
  report: Report,
  chain: OnChain,
  parameters: NetworkParameters,
  today: Day,
): Promise<void> {
  const reviewed = financeTermsOf(parameters);
  const terms = await chain.call("FinanceRules", "termsOn", today);
  report.compare("the longest tenor of a receivable", terms.longestTenorDays, reviewed.longestTenorDays);
  report.compare("the rate of late fees, basis points", terms.lateRateBp, reviewed.lateRateBp);
  report.compare("the days of grace before default", terms.graceDays, reviewed.graceDays);
  report.compare(
    "the terms of finance to come",
    chain
      .standing("FinanceRules", "FinanceTermsPublished", "FinanceTermsWithdrawn")
      .filter(({ args }) => Number(args.effectiveDay) > today)
      .map(({ args }) => `from ${formatDay(Number(args.effectiveDay) as Day)} on`),
    [],
  );
  const calendar = (announced: Iterable<{ daysOff: Iterable<unknown>; workdays: Iterable<unknown> }>) => {
    const table = new Map<string, string>();
    for (const each of announced) {
      for (const day of each.daysOff) table.set(formatDay(Number(day) as Day), "off");
      for (const day of each.workdays) table.set(formatDay(Number(day) as Day), "worked");
    }
    return table;
  };
  const announced = chain.events("FinanceRules", "CalendarAnnounced").map(({ args }) => ({
    daysOff: args.daysOff as Iterable<unknown>,
    workdays: args.workdays as Iterable<unknown>,
  }));
  report.compareTables("the calendar of business days", calendar(announced), calendar([parameters.financeRules]));
}

async function checkTokens(report: Report, chain: OnChain, parameters: NetworkParameters): Promise<void> {
  const { depositToken, kwhToken, receivables } = parameters;
  const { addresses } = chain;
  await report.check("the name of the deposit token", depositToken.name, () => chain.call("DepositToken", "name"));
  await report.check("the symbol of the deposit token", depositToken.symbol, () =>
    chain.call("DepositToken", "symbol"),
  );
  await report.check("the URI of kWh", kwhToken.uri, () => chain.call("KwhToken", "uri", 0));
  await report.check("the URI of receivables", receivables.uri, () => chain.call("Receivables", "uri", 0));
  report.compare(
    "what may move holds on deposits",
    chain.events("DepositToken", "NotaryApproved").map(({ args }) => args.notary),
    NOTARIES.map((name) => addresses[name]),
  );
  const caps = (all: readonly (readonly [unknown, bigint])[]) =>
    new Map(all.map(([bank, capFen]) => [`participant ${bank}`, formatYuan(capFen)]));
  // The last cap of a bank is the one in force.
  report.compareTables(
    "the caps of the settlement banks",
    caps(chain.events("DepositToken", "CapChanged").map(({ args }) => [args.bank, args.capFen] as const)),
    caps(capsOf(parameters)),
  );
  report.compare(
    "what posts debts, by code",
    chain
      .events("DebtLedger", "PosterApproved")
      .map(({ args }) => `${args.poster} ${nameOf(DEBT_CODES, Number(args.code))}`),
    postersOfDebts().map(([poster, code]) => `${addresses[poster]} ${nameOf(DEBT_CODES, code)}`),
  );
  report.compare(
    "what divides debts into units",
    chain.events("DebtLedger", "ClaimBookApproved").map(({ args }) => args.book),
    CLAIM_BOOKS.map((name) => addresses[name]),
  );
  report.compare(
    "what mints kWh",
    chain
      .standing("KwhToken", "MinterApproved", "MinterWithdrawn")
      .map(({ args }) => `${args.minter} from ${formatDay(Number(args.fromDay) as Day)} on`),
    [`${addresses.TradeEscrow} from ${formatDay(0 as Day)} on`],
  );
}

/** A struct as a table from the path of each field to its value. */
function fields(value: unknown): Map<string, string> {
  return new Map(paths(value).map((path) => [path.join("."), String(valueAt(value, path))]));
}

/** The paths to everything in a value that is no struct or list itself. */
function paths(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  return Object.entries(value).flatMap(([key, entry]) => paths(entry).map((path) => [key, ...path]));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part, key) => (part as Record<string, unknown>)[key], value);
}
