import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Contract, type InterfaceAbi, JsonRpcProvider } from "ethers";
import hre from "hardhat";
import { LocalChain } from "../../../demo/local/chain.ts";
import { type LocalActor, wallets } from "../../../demo/local/wallets.ts";
import { connectToRead } from "../../../scripts/deploy/chain.ts";
import { deployPlatform } from "../../../scripts/deploy/deployPlatform.ts";
import { parseParameters } from "../../../scripts/deploy/parameters.ts";
import { ruleSetOf } from "../../../scripts/deploy/setup.ts";
import { root } from "../../../scripts/root.ts";
import { describe as linesIn, type Report } from "../../../scripts/verify/report.ts";
import { verifyDeployment } from "../../../scripts/verify/verifyDeployment.ts";
import { ROLES } from "../../../sdk/access/roles.ts";
import type { ContractName } from "../../../sdk/chain/contracts.ts";
import type { Deployment } from "../../../sdk/chain/deployment.ts";
import { type Day, parseDay, startOfDay } from "../../../sdk/types/time.ts";
import { BesuNode } from "../../besu/besuNode.ts";
import { FreeWallet } from "../../utils/inProcess.ts";
import { runScript } from "../../utils/runScript.ts";

const TODAY = parseDay("2026-10-01");
const REVIEWED = readFileSync(join(root, "deployments", "parameters", "local.json"), "utf8");
const { factory, council, ruleMaker, deployer } = wallets;

describe("what is on chain, compared with what was reviewed", () => {
  let scratch: string;
  let chain: LocalChain;
  let provider: JsonRpcProvider;
  let deployment: Deployment;
  let before_: string;

  before(async () => {
    scratch = mkdtempSync(join(tmpdir(), "dujiang-verify-"));
    chain = await LocalChain.start({ startsAt: startOfDay(TODAY) + 36_000, port: "any" });
    provider = new JsonRpcProvider(chain.url, chain.chainId, {
      staticNetwork: true,
      cacheTimeout: -1,
      pollingInterval: 50,
    });
    deployment = await deployPlatform({ network: "local", localUrl: chain.url, folder: scratch });
  });
  after(async () => {
    provider.destroy();
    await chain.stop();
    rmSync(scratch, { recursive: true, force: true });
  });
  // Each test spoils the deployment in its own way and leaves it whole.
  beforeEach(async () => {
    before_ = await chain.request("evm_snapshot");
  });
  afterEach(async () => {
    await chain.request("evm_revert", [before_]);
  });

  const addressOf = (name: ContractName) => deployment.contracts[name].address;
  const at = async (name: ContractName, actor: LocalActor) =>
    new Contract(
      addressOf(name),
      (await hre.artifacts.readArtifact(name)).abi as InterfaceAbi,
      FreeWallet.of(wallets[actor].wallet, provider),
    );
  const act = async (actor: LocalActor, name: ContractName, method: string, ...args: unknown[]) => {
    const sent = await (await at(name, actor)).getFunction(method)(...args);
    await sent.wait();
  };
  const verify = async (text = REVIEWED): Promise<Report> =>
    verifyDeployment(
      await connectToRead("local", chain.url),
      deployment,
      parseParameters(text, "reviewed.json").parameters,
    );
  const linesOf = (report: Report) => linesIn(report).map(({ en }) => en);

  /** What is reported to differ, and that the rest is not. */
  const differences = async (text?: string): Promise<string[]> => {
    const report = await verify(text);
    return linesOf(report)
      .filter((line) => line.startsWith("DIFFERENT"))
      .map((line) => line.replace(/^DIFFERENT\s+/, ""));
  };

  it("is as reviewed after a deployment, in every point", async () => {
    const report = await verify();
    expect(linesOf(report).filter((line) => !line.startsWith("ok"))).to.deep.equal([]);
    const text = linesOf(report).join("\n");
    for (const subject of ["the code of TradeEscrow", "the code of RoundOpening", "what created Receivables"]) {
      expect(text).to.include(subject);
    }
    expect(text).to.match(/the holders of REGISTRAR: as reviewed \(2\)/);
    expect(text).to.match(/rule set 1, which is in force: as reviewed \(\d{2}\)/);
    expect(text).to.include(`what the deployer ${deployer.wallet.address} holds: nothing`);
  });

  describe("names", () => {
    it("a role that somebody should not have", async () => {
      await act("council", "AccessManager", "grantRole", ROLES.BANK, factory.wallet.address, 0);
      expect(await differences()).to.deep.equal([
        `${factory.wallet.address}, of the holders of BANK, is granted, acting after 0 s, but reviewed is not granted`,
      ]);
    });

    it("a role that the deployer has again, and one that nobody knows", async () => {
      await act("council", "AccessManager", "grantRole", ROLES.ADMIN, deployer.wallet.address, 0);
      await act("council", "AccessManager", "grantRole", 77, factory.wallet.address, 60);
      expect(await differences()).to.deep.equal([
        `${deployer.wallet.address}, of the holders of ADMIN, is granted, acting after 0 s, but reviewed is not granted`,
        `${factory.wallet.address}, of the holders of role 77, is granted, acting after 60 s, but reviewed is not granted`,
        `what the deployer ${deployer.wallet.address} holds is ADMIN, but reviewed is nothing`,
      ]);
    });

    it("the cap of a settlement bank, and a bank that nobody reviewed", async () => {
      await act("council", "DepositToken", "setCap", 4, 0);
      await act("council", "DepositToken", "setCap", 9, 100_00);
      expect(await differences()).to.deep.equal([
        "participant 4, of the caps of the settlement banks, is 0.00 元, but reviewed is 100,000,000,000.00 元",
        "participant 9, of the caps of the settlement banks, is 100.00 元, but reviewed is nothing",
      ]);
    });

    it("a role that was taken away, or whose holder has to wait", async () => {
      await act("council", "AccessManager", "revokeRole", ROLES.ARBITER, wallets.arbiter.wallet.address);
      await act("council", "AccessManager", "grantRole", ROLES.BANK, wallets.settlementBank.wallet.address, 3600);
      const [bank, arbiter, ...rest] = await differences();
      expect(bank).to.match(
        /^第一结算银行 first settlement bank 0x\w+, of the holders of BANK, is granted, acting after 3600 s/,
      );
      expect(arbiter).to.match(
        /^仲裁员 arbiter 0x\w+, of the holders of ARBITER, is not granted, but reviewed is granted/,
      );
      expect(rest).to.deep.equal([]);
    });

    it("another admin, another guardian, and delays that were announced", async () => {
      await act("council", "AccessManager", "setRoleAdmin", ROLES.BANK, ROLES.GUARDIAN);
      await act("council", "AccessManager", "setRoleGuardian", ROLES.BANK, ROLES.ARBITER);
      await act("council", "AccessManager", "setGrantDelay", ROLES.BANK, 3600);
      await act("council", "AccessManager", "setTargetAdminDelay", addressOf("KwhToken"), 60);
      const found = await differences();
      expect(found[0]).to.match(/^the delay of changes to KwhToken is 0 s, and 60 s from 2026-10-06T\S+ on, but/);
      expect(found.slice(1, 3)).to.deep.equal([
        "the admin role of BANK is GUARDIAN, but reviewed is ADMIN",
        "the guardian role of BANK is ARBITER, but reviewed is GUARDIAN",
      ]);
      expect(found[3]).to.match(/^the delay of grants of BANK is 0 s, and 3600 s from 2026-10-06T\S+ on, but/);
      expect(found).to.have.length(4);
    });

    it("a contract that is closed, and functions that ask for another role", async () => {
      const manager = await at("AccessManager", "council");
      const { selector } = (await at("DepositToken", "council")).interface.getFunction("issue")!;
      await act("council", "AccessManager", "setTargetClosed", addressOf("TradeEscrow"), true);
      await act(
        "council",
        "AccessManager",
        "setTargetFunctionRole",
        addressOf("DepositToken"),
        [selector],
        ROLES.PUBLIC,
      );
      await act(
        "council",
        "AccessManager",
        "setTargetFunctionRole",
        factory.wallet.address,
        ["0x12345678"],
        ROLES.BANK,
      );
      expect(manager.target).to.equal(addressOf("AccessManager"));
      expect(await differences()).to.deep.equal([
        "issue, of the functions of DepositToken and the roles they ask for, is PUBLIC, but reviewed is BANK",
        "TradeEscrow is closed, but reviewed is open",
        `the function 0x12345678 of ${factory.wallet.address}, of the functions of other contracts, is BANK, but reviewed is ADMIN`,
      ]);
    });

    it("rules, windows and zones that were changed, now or for later", async () => {
      const { parameters } = parseParameters(REVIEWED, "reviewed.json");
      const tomorrow = (TODAY + 1) as Day;
      const next = { ...ruleSetOf(parameters, tomorrow), maxPaymentDays: 179, dry: { floor: 7_500n, cap: 50_000n } };
      await act("ruleMaker", "MarketRules", "publish", next);
      await act("ruleMaker", "MarketRules", "addZone", 1, 4, "甘孜 Ganzi");
      await act("ruleMaker", "MeterRegistry", "setWindows", TODAY + 40, { reportDays: 5, objectionHours: 24 });
      expect(await differences()).to.deep.equal([
        "the rule sets to come is 2 from 2026-10-02 on, but reviewed is nothing",
        "the windows to come is 5 days and 24 hours from 2026-11-10 on, but reviewed is nothing",
        "zone 7, of the zones, is 甘孜 Ganzi at KV220 under zone 1, but reviewed is nothing",
      ]);
      const later = { ...next, effectiveDay: tomorrow + 1 };
      await act("ruleMaker", "MarketRules", "publish", later);
      await act("ruleMaker", "MarketRules", "withdraw");
      await act("ruleMaker", "MeterRegistry", "withdrawWindows");
      expect(await differences()).to.deep.equal([
        "the rule sets to come is 2 from 2026-10-02 on, but reviewed is nothing",
        "zone 7, of the zones, is 甘孜 Ganzi at KV220 under zone 1, but reviewed is nothing",
      ]);
      await chain.moveTo(startOfDay(tomorrow) + 3600);
      expect(ruleMaker.wallet.address).to.not.equal(council.wallet.address);
      expect((await differences()).slice(0, 3)).to.deep.equal([
        "effectiveDay, of rule set 2, which is in force, is 20728, but reviewed is 20727",
        "maxPaymentDays, of rule set 2, which is in force, is 179, but reviewed is 180",
        "dry.cap, of rule set 2, which is in force, is 50000, but reviewed is 48144",
      ]);
    });

    it("another contract's code, code of other sources, and code that is gone", async () => {
      const code = async (name: ContractName) => chain.request("eth_getCode", [addressOf(name), "latest"]);
      await chain.request("hardhat_setCode", [addressOf("MarketRules"), await code("ParticipantRegistry")]);
      await chain.request("hardhat_setCode", [
        addressOf("DepositToken"),
        `${(await code("DepositToken")).slice(0, -20)}${"00".repeat(8)}0033`,
      ]);
      await chain.request("hardhat_setCode", [addressOf("FinancingDesk"), "0x"]);
      const found = (await differences()).map((line) => line.replace(/0x\w+/, "0x"));
      for (const line of [
        "the code of MarketRules at 0x is that of ParticipantRegistry, but reviewed is what the sources compile to",
        "the code of FinancingDesk at 0x is none, but reviewed is what the sources compile to",
        "the authority of FinancingDesk is not to be read",
        "the rules is not to be read, but reviewed is to be read",
      ]) {
        expect(
          found.some((each) => each.startsWith(line)),
          `${line}\n${found.join("\n")}`,
        ).to.equal(true);
      }
      expect(found.find((line) => line.startsWith("the code of DepositToken"))).to.match(
        /is the same but for its metadata/,
      );
    });

    it("an AccessManager that is none", async () => {
      const [address, code] = [
        addressOf("AccessManager"),
        await chain.request("eth_getCode", [addressOf("KwhToken"), "latest"]),
      ];
      await chain.request("hardhat_setCode", [address, code]);
      const found = await differences();
      expect(found[0]).to.equal(
        `the code of AccessManager at ${address} is that of KwhToken, but reviewed is what the sources compile to`,
      );
      expect(found).to.include("who may do what is not to be read, but reviewed is to be read");
    });
  });

  it("is compared with the file that was reviewed, field by field", async () => {
    const changed = (from: string, to: string) => {
      expect(REVIEWED).to.include(from);
      return differences(REVIEWED.replace(from, to));
    };
    const finance = await changed('"finance": true', '"finance": false');
    expect(finance.join("\n")).to.match(
      /^issueFromDebt, of the functions of Receivables .* is PUBLIC, but reviewed is COUNCIL$/m,
    );
    expect(finance).to.have.length(7);
    const tenor = await changed('"longestTenorDays": 180', '"longestTenorDays": 90');
    expect(tenor.join("\n")).to.match(/the longest tenor of a receivable is 180, but reviewed is 90/);
    const calendar = await changed('"workdays": []', '"workdays": ["2027-02-20"]');
    expect(calendar.join("\n")).to.match(
      /2027-02-20, of the calendar of business days, is \S.*, but reviewed is worked/,
    );
    expect(await changed('"graceDays": 10', '"graceDays": 11')).to.deep.equal([
      "the days of grace before default is 10, but reviewed is 11",
    ]);
    expect((await changed('"parent": 2', '"parent": 1')).join()).to.match(/^zone 3, .* under zone 2, .* under zone 1$/);
    const hours = await changed('"objectionHours": 24', '"objectionHours": 25');
    expect(hours).to.deep.equal(["the hours to object to a report is 24, but reviewed is 25"]);
    const symbol = await changed('"symbol": "DCNY"', '"symbol": "CNYD"');
    expect(symbol).to.deep.equal(["the symbol of the deposit token is DCNY, but reviewed is CNYD"]);
  });

  it("was created with the parameters that the deployment keeps", async () => {
    const kept = JSON.parse(REVIEWED.replace('"symbol": "DCNY"', '"symbol": "CNYD"'));
    const { parameters } = parseParameters(REVIEWED, "reviewed.json");
    const connected = await connectToRead("local", chain.url);
    const report = await verifyDeployment(connected, { ...deployment, parameters: kept }, parameters);
    expect(report.differences).to.have.length(1);
    expect(linesOf(report).at(-1)).to.match(
      /of the arguments with which DepositToken was created, is DCNY, but reviewed is CNYD$/,
    );
  });

  it("is as reviewed again once governance's change is in force and in the reviewed file", async () => {
    await act("ruleMaker", "MeterRegistry", "setWindows", TODAY + 20, { reportDays: 5, objectionHours: 24 });
    await act("council", "AccessManager", "grantRole", ROLES.GUARDIAN, factory.wallet.address, 3600);
    await chain.moveTo(startOfDay((TODAY + 21) as Day));
    expect(await differences()).to.have.length(2);
    const amended = JSON.parse(REVIEWED.replace('"reportDays": 3', '"reportDays": 5'));
    amended.roles.GUARDIAN.holders.push({ who: "factory", account: factory.wallet.address, executionDelayHours: 1 });
    expect(await differences(JSON.stringify(amended))).to.deep.equal([]);
  });

  it("is compared through a node with Besu's rules, which refuses nothing of it", async () => {
    const node = await BesuNode.start(chain.url);
    try {
      const { parameters } = parseParameters(REVIEWED, "reviewed.json");
      const report = await verifyDeployment(await connectToRead("local", node.url), deployment, parameters);
      expect(report.differences).to.deep.equal([]);
      expect(node.refused).to.deep.equal([]);
    } finally {
      await node.stop();
    }
  });

  it("is compared with the right chain alone", async () => {
    const other = { ...deployment, genesisHash: `0x${"12".repeat(32)}` as const };
    const { parameters } = parseParameters(REVIEWED, "reviewed.json");
    const connected = await connectToRead("local", chain.url);
    const refusal = await verifyDeployment(connected, other, parameters).catch(({ message }: Error) => message);
    expect(refusal).to.match(/^The deployment to local is on chain \d+ with first block .* name the right node\.$/);
  });

  describe("npm run verify", () => {
    const run = (...args: string[]) =>
      runScript("verify.ts", chain.url, ["--network", "local", "--folder", scratch, ...args]);

    it("ends with 0 when everything is as reviewed, and with 1 when something is not", async () => {
      const good = await run();
      expect(good.code, good.output).to.equal(0);
      expect(good.output).to.match(/\nAll \d+ points are as reviewed\.\n$/);

      await act("council", "AccessManager", "setTargetClosed", addressOf("TradeEscrow"), true);
      const bad = await run();
      expect(bad.code, bad.output).to.equal(1);
      expect(bad.output).to.match(/\nDIFFERENT {2}TradeEscrow is closed, but reviewed is open\n1 of \d+ points/);
    });

    it("takes an amended file, and ends with 1 and a sentence when there is nothing to compare", async () => {
      const amended = join(scratch, "amended.json");
      writeFileSync(amended, REVIEWED.replace('"graceDays": 10', '"graceDays": 11'));
      const { code, output } = await run("--parameters", amended);
      expect(code, output).to.equal(1);
      expect(output)
        .to.match(/the days of grace before default is 10, but reviewed is 11/)
        .and.match(/note .*amended\.json is not the file/);

      const nowhere = await run("--folder", join(scratch, "nowhere"));
      expect(nowhere).to.deep.include({ code: 1 });
      expect(nowhere.output).to.match(/^[^\n]*nothing is deployed to "local"[^\n]*\.\n$/);
    });
  });
});
