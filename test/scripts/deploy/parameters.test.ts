import { readFileSync } from "node:fs";
import { expect } from "chai";
import { wallets } from "../../../demo/local/wallets.ts";
import { foundersOf, parseParameters, readParameters } from "../../../scripts/deploy/parameters.ts";
import { capsOf } from "../../../scripts/deploy/setup.ts";
import { ROLES } from "../../../sdk/access/roles.ts";

const FOLDER = new URL("../../../deployments/parameters/", import.meta.url);
const text = (network: string) => readFileSync(new URL(`${network}.json`, FOLDER), "utf8");
type Json = Record<string, any>;

/** Why the local file is refused after a change; empty if it is not. */
function refusal(change: (file: Json) => void): string {
  const file = JSON.parse(text("local")) as Json;
  change(file);
  try {
    parseParameters(JSON.stringify(file), "local.json");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("parameter files", () => {
  it("turn published figures into base units", () => {
    const { ruleSet } = parseParameters(text("local"), "local.json").parameters;
    expect(ruleSet.wetPriceYuanPerMWh).to.deep.equal({ floor: 7_500, cap: 25_372 });
    expect(ruleSet.networkTariffYuanPerKWh).to.deep.equal({
      Below1kV: 27_340_000n,
      KV10: 25_110_000n,
      KV35: 22_880_000n,
      KV110: 9_580_000n,
      KV220: 6_680_000n,
      KV500: 0n,
    });
    expect(ruleSet.deviation.HydroSeasonal).to.deep.include({ tolerancePercent: 400, ratePercent: 1_000 });
    expect(ruleSet.wetSeason).to.deep.equal({ from: 626, until: 1025 });
  });

  it("name the accounts of the local wallets", () => {
    const { roles } = parseParameters(text("local"), "local.json").parameters;
    const accounts = (role: keyof typeof roles) => roles[role].holders.map(({ account }) => account);
    expect(accounts("ADMIN")).to.deep.equal([wallets.council.wallet.address]);
    expect(accounts("REGISTRAR")).to.deep.equal([wallets.registrar1.wallet.address, wallets.registrar2.wallet.address]);
    expect(accounts("BANK")).to.deep.equal([
      wallets.settlementBank.wallet.address,
      wallets.secondSettlementBank.wallet.address,
    ]);
    const known = Object.values(wallets).map(({ wallet }) => wallet.address);
    expect(known).to.include.members(Object.values(roles).flatMap(({ holders }) => holders.map((h) => h.account)));
    expect(known).to.have.lengthOf(new Set(known).size);
  });

  it("are refused while something is still to be filled in, with the name of every field at once", () => {
    let message = "";
    try {
      parseParameters(text("consortium"), "consortium.json");
    } catch (error) {
      message = (error as Error).message;
    }
    const fields = message.split("\n").map((line) => {
      const [, field] = /^consortium\.json: (\S+) is still to be filled in\.$/.exec(line) ?? [];
      expect(field, line).to.be.a("string");
      return field!;
    });
    expect(fields).to.have.lengthOf(text("consortium").split("TO BE FILLED IN").length - 1);
    expect(fields).to.include.members([
      "chainId",
      "depositToken.name",
      "gridCompany.account",
      "banks[0].capYuan",
      "roles.ADMIN.holders[0].account",
    ]);
    expect(fields.filter((field) => field.endsWith(".account"))).to.have.lengthOf(13);
  });

  it("number those whom they name by their place, and give settlement banks their role", () => {
    const { parameters } = parseParameters(text("local"), "local.json");
    expect(foundersOf(parameters).map(({ participant, kind, account }) => [participant, kind, account])).to.deep.equal([
      [1, "gridCompany", wallets.gridCompany.wallet.address],
      [2, "balancingAccount", wallets.balancingAccount.wallet.address],
      [3, "bank", wallets.settlementBank.wallet.address],
      [4, "bank", wallets.secondSettlementBank.wallet.address],
    ]);
    const file = JSON.parse(text("local")) as Json;
    file.banks[1].participant = 20;
    const amended = parseParameters(JSON.stringify(file), "local.json").parameters;
    expect(capsOf(amended).map(([bank]) => bank)).to.deep.equal([3, 20]);
    expect(foundersOf(amended).map(({ participant }) => participant)).to.deep.equal([1, 2, 3]);
  });

  it("switch finance off for a consortium until it decides otherwise, and ask its council to wait", () => {
    const file = JSON.parse(text("consortium")) as Json;
    expect(file.finance).to.equal(false);
    expect(file.roles.ADMIN.holders[0].executionDelayHours).to.be.greaterThan(0);
    expect(file.roles.RULE_MAKER.holders[0].executionDelayHours).to.be.greaterThan(0);
  });

  const cases: [string, (file: Json) => void, RegExp][] = [
    ["a chain without an id", (f) => (f.chainId = "2026"), /chainId is neither the id of a chain/],
    ["no chain", (f) => delete f.chainId, /chainId is neither the id of a chain/],
    [
      "an account that is none",
      (f) => (f.roles.ARBITER.holders[0].account = "0x12"),
      /ARBITER\.holders\[0\]\.account is not/,
    ],
    ["nobody's account", (f) => (f.banks[0].account = `0x${"0".repeat(40)}`), /is not the address/],
    ["a role without a holder", (f) => (f.roles.ARBITER.holders = []), /roles\.ARBITER\.holders has no holder/],
    ["no settlement bank", (f) => (f.banks = []), /banks has no bank/],
    [
      "a bank that is named twice",
      (f) => (f.banks[1].account = f.banks[0].account),
      /banks\[1\]\.account is the account of another participant/,
    ],
    [
      "a bank with the grid company's account",
      (f) => (f.banks[0].account = f.gridCompany.account),
      /banks\[0\]\.account is the account of another participant/,
    ],
    ["no grid company", (f) => delete f.gridCompany, /gridCompany must be an object/],
    ["a bank that holds the role twice", (f) => (f.roles.BANK.holders = []), /roles\.BANK has "holders"/],
    [
      "a bank that is closed from the beginning",
      (f) => (f.banks[0].capYuan = "0.00"),
      /capYuan is no cap of an open bank/,
    ],
    ["a cap that is no amount", (f) => (f.banks[0].capYuan = "much"), /banks\[0\]\.capYuan/],
    ["one registrar", (f) => f.roles.REGISTRAR.holders.pop(), /roles\.REGISTRAR\.holders needs two/],
    [
      "the same registrar twice",
      (f) => (f.roles.REGISTRAR.holders[1].account = f.roles.REGISTRAR.holders[0].account),
      /names an account twice/,
    ],
    ["a role missing", (f) => delete f.roles.GUARDIAN, /roles\.GUARDIAN must be an object/],
    ["an unknown field", (f) => (f.ruleSet.bondRate = 1), /bondRate/],
    ["a price with too many decimals", (f) => (f.ruleSet.wetPriceYuanPerMWh.cap = "253.721"), /too many decimals/],
    [
      "a number where a decimal text is meant",
      (f) => (f.ruleSet.wetPriceYuanPerMWh.cap = 253.72),
      /wetPriceYuanPerMWh\.cap must be a text/,
    ],
    ["a floor above the cap", (f) => (f.ruleSet.dryPriceYuanPerMWh.floor = "900"), /floor above its cap/],
    ["a zone before its parent", (f) => (f.zones[1].parent = 3), /zones must come after their parents/],
    ["a zone out of order", (f) => f.zones.reverse(), /zones must be numbered/],
    [
      "a token's name that does not fit",
      (f) => (f.depositToken.name = "都江堰灌区电力结算存款"),
      /longer than 31 bytes/,
    ],
    ["an admin governed by others", (f) => (f.roles.ADMIN.adminRole = "BANK"), /governed by itself/],
    ["more grace than the limit", (f) => (f.financeRules.graceDays = 61), /graceDays/],
    ["a late fee above the limit", (f) => (f.financeRules.lateRatePercent = "36.01"), /lateRatePercent is above 36 %/],
    [
      "a day that is worked and off",
      (f) => (f.financeRules.workdays = [f.financeRules.daysOff[0]]),
      /financeRules names a day both/,
    ],
    ["a gate before the cut-off", (f) => (f.ruleSet.gateLeadHours = 8), /gate before its cut-off/],
    ["margin that comes back too soon", (f) => (f.ruleSet.marginNoticeHours = 13), /releases margin too soon/],
    ["a date that is none", (f) => (f.ruleSet.effectiveDate = "2026-02-30"), /effectiveDate/],
  ];
  for (const [what, change, sentence] of cases) {
    it(`are refused for ${what}`, () => {
      expect(refusal(change))
        .to.match(sentence)
        .and.to.match(/^local\.json: [^\n]*\.$/);
    });
  }

  it("are refused in a sentence when there is no file", () => {
    expect(() => readParameters("/nowhere/x.json")).to.throw(/\/nowhere\/x\.json cannot be read/);
    expect(() => parseParameters("{", "x.json")).to.throw(/x\.json is not JSON/);
  });
});

describe("roles", () => {
  it("have the same numbers in TypeScript and Solidity", () => {
    const solidity = readFileSync(new URL("../../../contracts/access/Roles.sol", import.meta.url), "utf8");
    const found = [...solidity.matchAll(/uint64 internal constant (\w+) = (\d+);/g)].map(([, name, id]) => [name, id]);
    const { ADMIN, PUBLIC, ...ours } = ROLES;
    expect(Object.fromEntries(found)).to.deep.equal(
      Object.fromEntries(Object.entries(ours).map(([name, id]) => [name, String(id)])),
    );
    expect([ADMIN, PUBLIC]).to.deep.equal([0n, 2n ** 64n - 1n]);
  });
});
