import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Address, custom, type EIP1193RequestFn, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { readContract } from "viem/actions";
import { type LocalActor, wallets } from "../../../demo/local/wallets.ts";
import { type Planned, perform } from "../../../scripts/admin/acts.ts";
import {
  listDeposits,
  planAccounts,
  planCap,
  planIssues,
  planPermissions,
  planRedemption,
} from "../../../scripts/admin/deposits.ts";
import { planMeters, planTrader } from "../../../scripts/admin/meters.ts";
import { type Office, openOffice, type PlaceOptions } from "../../../scripts/admin/office.ts";
import {
  hashOf,
  listParticipants,
  planApprovals,
  planChanges,
  planProposals,
  planRenewals,
} from "../../../scripts/admin/participants.ts";
import { listCallable, listRoles, listScheduled, planRole, planScheduled } from "../../../scripts/admin/roles.ts";
import { writeSheet } from "../../../scripts/admin/sheets.ts";
import { networkNamed, parametersFileOf } from "../../../scripts/deploy/networks.ts";
import { foundersOf, readParameters } from "../../../scripts/deploy/parameters.ts";
import { contractOf, formatDay, platformOf, readSheet, sheetHash } from "../../../sdk/index.ts";
import type { DujiangError } from "../../../sdk/types/errors.ts";
import { asBesu } from "../../besu/asBesu.ts";
import { writeDeployment } from "../../operator/utils/deployment.ts";
import { serveNode } from "../../operator/utils/node.ts";
import { deployInProcess, type InProcess } from "../../utils/inProcess.ts";
import type { TestMarket } from "../../utils/market.ts";

type Options = { dryRun?: boolean; unsigned?: boolean | string };

describe("npm run admin", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "dujiang-admin-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  let chain: InProcess;
  let said: string[];
  let sent: number;
  /** What becomes of the next transactions: sent, or sent without an answer, as when a run is killed. */
  let onSend: () => "sent" | "lost";
  const address = (actor: LocalActor) => wallets[actor].wallet.address as Address;
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  before(async () => {
    chain = await deployInProcess();
    file("licence.txt", "a licence");
  });
  beforeEach(() => {
    [said, sent, onSend] = [[], 0, () => "sent"];
  });

  function office(actor?: LocalActor): Office {
    const provider = chain.connection.provider;
    const asked = asBesu(provider.request.bind(provider) as unknown as EIP1193RequestFn);
    const request = (async (call: { method: string }) => {
      if (call.method !== "eth_sendRawTransaction") return asked(call as never);
      sent += 1;
      const answer = await asked(call as never);
      if (onSend() === "lost") throw Object.assign(new Error("fetch failed"), { name: "HttpRequestError" });
      return answer;
    }) as EIP1193RequestFn;
    const contracts = Object.fromEntries(
      Object.entries(chain.addresses).map(([name, at]) => [name, { address: at as Address }]),
    );
    const account = actor && privateKeyToAccount(wallets[actor].wallet.privateKey as Hex);
    return {
      platform: platformOf(
        { network: "local", chainId: 31_337, startBlock: 1, contracts: contracts as never },
        custom({ request }, { retryCount: 0 }),
      ),
      settings: networkNamed("local"),
      founders: foundersOf(readParameters(parametersFileOf("local")).parameters),
      ...{ actor: account?.address, account },
      say: (text) => said.push(text),
      note: (text) => said.push(`note: ${text}`),
    };
  }

  /** What a command says. */
  async function run(
    actor: LocalActor,
    plan: (at: Office) => Promise<Planned[]>,
    options: Options = {},
  ): Promise<string> {
    const at = office(actor);
    await perform(at, options, await plan(at));
    return said.join("\n");
  }

  /** Why a command does nothing. */
  async function refusal(actor: LocalActor, plan: (at: Office) => Promise<Planned[]>, options: Options = {}) {
    const before = sent;
    const error = await run(actor, plan, options).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error, said.join("\n")).not.to.equal(undefined);
    expect(sent, "transactions").to.equal(before);
    return error!.message;
  }

  const until = () => formatDay(chain.today + 1_000);
  const applicant = (actor: LocalActor, kinds: string, more = {}) => ({
    ...{ account: address(actor), kinds, size: "Small", validUntil: until(), credential: join(folder, "licence.txt") },
    ...more,
  });
  const csvOf = (rows: readonly Record<string, string>[]) =>
    [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((cells) => cells.join(",")).join("\n");
  const founders = () => [
    applicant("household", "generator+consumer"),
    applicant("secondSettlementBank", "bank"),
    applicant("settlementBank", "bank"),
    applicant("gridCompany", "gridCompany"),
    applicant("factory", "consumer"),
    applicant("balancingAccount", "balancingAccount"),
    applicant("retailer", "retailer"),
  ];

  describe("at its door", () => {
    let node: { url: string; close(): Promise<void> };
    const environment = { ...process.env };
    before(async () => {
      const provider = chain.connection.provider;
      node = await serveNode(provider.request.bind(provider) as unknown as EIP1193RequestFn);
      await writeDeployment(folder, "local", { inProcess: chain, platform: office().platform } as TestMarket);
      Object.assign(process.env, { RPC_URL: node.url, LC_ALL: "C", CI: "true" });
    });
    after(async () => {
      process.env = environment;
      await node.close();
    });

    const refusal = (options: Partial<PlaceOptions>): Promise<DujiangError> =>
      openOffice({ network: "local", folder, ...options }).then(
        () => expect.fail("it was not refused"),
        (error: DujiangError) => error,
      );
    const refused = async (options: Partial<PlaceOptions>): Promise<string> => (await refusal(options)).message;

    it("takes the key of a variable, or the one that everybody knows", async () => {
      process.env.REGISTRAR_KEY = wallets.registrar1.wallet.privateKey;
      expect((await openOffice({ network: "local", folder, key: "REGISTRAR_KEY" })).actor).to.equal(
        address("registrar1"),
      );
      const from = address("registrar2");
      expect((await openOffice({ network: "local", folder, from })).account?.address).to.equal(from);
      expect((await openOffice({ network: "local", folder, from, dryRun: true })).account).to.equal(undefined);
      const other = await refused({ key: "REGISTRAR_KEY", from });
      expect(other).to.match(/^REGISTRAR_KEY is the key of 0x\w+, but --from names 0x\w+: name one of the two\.$/);
    });

    it("says what is missing, and never shows a key", async () => {
      expect(await refused({ network: "elsewhere" })).to.match(/^There is no network "elsewhere": name one of local, /);
      expect(await refused({ key: "NO_KEY" })).to.match(/^NO_KEY is not known: .*npm run keystore -- set NO_KEY/);
      process.env.BAD_KEY = "0x1234";
      expect(await refused({ key: "BAD_KEY" }))
        .to.match(/^BAD_KEY is not a private key/)
        .and.not.include("0x1234");
      const stranger = `0x${"12".repeat(20)}`;
      expect(await refused({ from: stranger })).to.match(
        /^The key of 0x1212\w+ is not here: name its variable by --key/,
      );
      expect(await refused({ from: "0x12" })).to.match(/^--from: "0x12" is not the address/);
      expect((await refusal({ from: stranger })).sentences.zh).to.match(/^此处没有 0x1212\w+ 的私钥/);
    });

    it("refuses another chain than the deployment's, and a network where nothing is deployed", async () => {
      const place = join(folder, "local", "deployment.json");
      const text = readFileSync(place, "utf8");
      writeFileSync(place, text.replace('"chainId":31337', '"chainId":31338'));
      expect(await refused({})).to.match(
        /^The node is on another chain \(id 31337, .* than the deployment to local \(id 31338/,
      );
      writeFileSync(place, text);
      expect(await refused({ network: "consortium" })).to.match(/nothing is deployed to "consortium"/);
    });
  });

  describe("for participants", () => {
    it("keeps the numbers that the parameters name for those whom they name", async () => {
      const first = await refusal("registrar1", (at) => planProposals(at, applicant("factory", "consumer")));
      expect(first).to.equal(
        `Participant 1 is to be 电网企业 grid company (${address("gridCompany")}), whom the parameters name: propose it first, alone or in the same file.\nNothing was sent.`,
      );
      const kind = await refusal("registrar1", (at) => planProposals(at, applicant("gridCompany", "retailer")));
      expect(kind).to.match(
        /^电网企业 grid company is named by the parameters as gridCompany: add that to its kinds\./,
      );
      expect(await listParticipants(office())).to.have.lengthOf(4);
    });

    it("names each bad row of a file by its line, and sends none", async () => {
      const rows = founders();
      rows[0] = applicant("household", "generator+producer");
      rows[2] = { ...rows[2]!, account: "0x12" };
      rows[4] = { ...rows[4]!, credential: "nowhere.pdf" };
      rows[5] = { ...rows[5]!, account: address("gridCompany") };
      rows[6] = { ...rows[6]!, validUntil: "2027-02-30" };
      const csv = file("bad.csv", csvOf(rows));
      const lines = (await refusal("registrar1", (at) => planProposals(at, { csv }))).split("\n");
      const faults = [2, 4, 6, 7, 8].map((at) => lines.find((text) => text.startsWith(`Line ${at}: `)) ?? "");
      expect(faults[0]).to.match(/"producer" is not a kind of participant: write generator, consumer, retailer/);
      expect(faults[1]).to.match(/"0x12" is not the address of an account/);
      expect(faults[2]).to.match(/nowhere\.pdf cannot be read \(ENOENT\)/);
      expect(faults[3]).to.match(/It says the same as line 5/);
      expect(faults[4]).to.include("2027-02-30");
      expect(lines.at(-1)).to.equal("Nothing was sent.");
      expect(lines).to.have.lengthOf(6);
    });

    it("names columns that a file lacks, and options that are missing", async () => {
      const csv = file("columns.csv", "account,kind\n0x1,generator");
      const sentence = await refusal("registrar1", (at) => planProposals(at, { csv }));
      expect(sentence).to.include("Missing: kinds, size, validUntil, credential.").and.include("Unknown: kind.");
      expect(await refusal("registrar1", (at) => planProposals(at, { account: "0x1" }))).to.match(
        /^--kinds, --size, --valid-until, --credential is missing/,
      );
    });

    it("says by whom something could not be done, and what would happen, without sending", async () => {
      const csv = file("enrol.csv", csvOf(founders()));
      const stranger = await refusal("factory", (at) => planProposals(at, { csv }), { dryRun: true });
      expect(stranger).to.match(
        new RegExp(`Line 5: .*: ${address("factory")} does not hold the role that this asks for`),
      );
      const text = await run("registrar1", (at) => planProposals(at, { csv }), { dryRun: true });
      expect(text)
        .to.match(/^Would happen: Line 5: participant 1 is proposed: /)
        .and.match(/Nothing was sent\.$/);
      expect(sent).to.equal(0);
    });

    it("prints transactions that a wallet or a multisig signs", async () => {
      const csv = join(folder, "enrol.csv");
      const plain = JSON.parse(await run("registrar1", (at) => planProposals(at, { csv }), { unsigned: true }));
      expect(plain).to.have.lengthOf(7);
      expect(plain[0]).to.include({ to: chain.addresses.ParticipantRegistry, value: "0", chainId: 31_337 });
      said = [];
      const safe = JSON.parse(await run("registrar1", (at) => planProposals(at, { csv }), { unsigned: "safe" }));
      expect(safe).to.deep.include({ version: "1.0", chainId: "31337" });
      expect(safe.transactions[0]).to.deep.equal({ to: plain[0].to, value: "0", data: plain[0].data });
      expect(sent).to.equal(0);
    });

    it("goes on after a run that was cut short, and does nothing twice", async () => {
      const csv = join(folder, "enrol.csv");
      let sends = 0;
      onSend = () => (++sends === 3 ? "lost" : "sent");
      await run("registrar1", (at) => planProposals(at, { csv })).then(
        () => expect.fail("the run was not cut short"),
        () => undefined,
      );
      [said, sent, onSend] = [[], 0, () => "sent"];
      await run("registrar1", (at) => planProposals(at, { csv }));
      expect(sent).to.equal(4);
      expect(said.filter((text) => text.includes("Done already: "))).to.have.lengthOf(3);
      [said, sent] = [[], 0];
      await run("registrar1", (at) => planProposals(at, { csv }));
      expect(sent).to.equal(0);
      const listed = await listParticipants(office());
      expect(listed).to.have.lengthOf(7);
      expect(listed.map((text) => text.trim().split(/\s+/)[1])).to.deep.equal(
        (
          [
            "gridCompany",
            "balancingAccount",
            "settlementBank",
            "secondSettlementBank",
            "household",
            "factory",
            "retailer",
          ] as const
        ).map(address),
      );
      expect(listed[0]).to.match(/proposed {2}gridCompany {2}Small/);
    });

    it("lets a second registrar approve by a file of its own, or what was proposed", async () => {
      const csv = join(folder, "enrol.csv");
      const same = await refusal("registrar1", (at) => planApprovals(at, [], { csv }));
      expect(same.split("\n")[0]).to.match(/^Line 2: participant 5 is approved: .*0x\w{40}/);
      const other = founders().map((row, at) => (at === 4 ? { ...row, size: "Large" } : row));
      const differs = await refusal("registrar2", (at) =>
        planApprovals(at, [], { csv: file("other.csv", csvOf(other)) }),
      );
      expect(differs.split("\n")).to.have.lengthOf(2);
      expect(differs).to.match(/^Line 6: participant 6 is approved: .*Large/);
      await run("registrar2", (at) => planApprovals(at, [1, 2], {}));
      expect(sent).to.equal(2);
      await run("registrar2", (at) => planApprovals(at, [], { csv }));
      expect(sent).to.equal(7);
      await run("registrar2", (at) => planApprovals(at, [], { csv }));
      await run("registrar2", (at) => planApprovals(at, [1], {}));
      expect(sent).to.equal(7);
      expect(await refusal("registrar2", (at) => planApprovals(at, [99], {}))).to.match(/no participant 99/);
    });

    it("writes a sheet by whose hash a participant is proposed, and never over another", () => {
      const names = { nameEn: "Wind farm", nameZh: "风电场", paper: ["licence=licence.txt"] };
      const words = writeSheet("sheet.json", names, folder);
      const text = readFileSync(join(folder, "sheet.json"), "utf8");
      expect(words).to.include(sheetHash(text));
      expect(hashOf("sheet.json", folder)).to.equal(sheetHash(text));
      expect(readSheet(text)).to.deep.equal({
        name: { en: "Wind farm", zh: "风电场" },
        papers: [{ title: "licence", hash: hashOf("licence.txt", folder) }],
      });
      expect(writeSheet("sheet.json", names, folder)).to.equal(words);
      expect(() => writeSheet("sheet.json", { ...names, nameEn: "Another" }, folder)).to.throw(/holds something else/);
    });

    it("renews, suspends and reinstates", async () => {
      const renewed = applicant("factory", "consumer", { size: "Large" });
      await run("registrar1", (at) => planRenewals(at, renewed));
      await run("registrar1", (at) => planRenewals(at, renewed));
      expect(sent).to.equal(1);
      await run("registrar2", (at) => planApprovals(at, [6], {}));
      expect((await listParticipants(office()))[5]).to.include("consumer  Large");
      const reason = `0x${"12".repeat(32)}` as Hex;
      await run("compliance", (at) => planChanges(at, "suspend", [6], reason));
      await run("compliance", (at) => planChanges(at, "suspend", [6], reason));
      expect((await listParticipants(office()))[5]).to.include("suspended");
      await run("compliance", (at) => planChanges(at, "reinstate", [6], reason));
      expect(sent).to.equal(4);
    });
  });

  describe("for meters and deposits", () => {
    const meters = (zone = "4") =>
      csvOf([
        {
          asset: "A-1",
          owner: "5",
          trader: "",
          zone,
          direction: "Generation",
          voltage: "KV10",
          source: "Solar",
          capacityKw: "500",
        },
        {
          asset: "A-2",
          owner: address("factory"),
          trader: "7",
          zone: "4",
          direction: "consumption",
          voltage: "KV10",
          source: "",
          capacityKw: "0.5",
        },
      ]);

    it("registers meters, each once, and refuses a zone that is none", async () => {
      const wrong = await refusal("meterOperator", (at) => planMeters(at, { csv: file("wrong.csv", meters("40")) }));
      expect(wrong).to.match(/^Line 2: There is no zone 40: write one of 1 四川主网 Sichuan backbone, /);
      const csv = file("meters.csv", meters());
      await run("meterOperator", (at) => planMeters(at, { csv }));
      await run("meterOperator", (at) => planMeters(at, { csv }));
      expect(sent).to.equal(2);
      expect(said.at(-1)).to.equal("Line 3: Done already: A-2 is meter 2");
      await run("factory", (at) => planTrader(at, 2, 0));
      await run("factory", (at) => planTrader(at, 2, 0));
      expect(sent).to.equal(3);
    });

    it("issues a reference once, only to the bank's own customers, and pays out", async () => {
      const csv = file(
        "issue.csv",
        csvOf([
          { to: "6", amountYuan: "1000.00", reference: "wire 1" },
          { to: "7", amountYuan: "5", reference: "wire 2" },
        ]),
      );
      const none = await refusal("settlementBank", (at) => planIssues(at, { csv }));
      expect(none.split("\n").filter((text) => text.startsWith("Line"))).to.have.lengthOf(2);
      await run("council", (at) => planCap(at, 3, "0"));
      expect(await refusal("settlementBank", (at) => planAccounts(at, [6]))).to.match(/Bank 3 is closed/);
      await run("council", (at) => planCap(at, 3, "5000"));
      await run("council", (at) => planCap(at, 3, "5000"));
      expect(sent).to.equal(2);
      sent = 0;
      await run("settlementBank", (at) => planAccounts(at, [6, 7]));
      await run("settlementBank", (at) => planIssues(at, { csv }));
      await run("settlementBank", (at) => planIssues(at, { csv }));
      expect(sent).to.equal(4);
      await run("factory", planPermissions);
      await run("factory", (at) => planRedemption(at, "400", "back"));
      await run("factory", (at) => planRedemption(at, "400", "back"));
      expect(sent).to.equal(7);
      expect(await listDeposits(office())).to.deep.equal([
        "   6  with bank 3: 600.00 元, of which 600.00 元 is free",
        "   7  with bank 3: 5.00 元, of which 5.00 元 is free",
      ]);
      sent = 0;
      const again = { to: "6", amountYuan: "1", reference: "wire 1" };
      expect(await refusal("settlementBank", (at) => planIssues(at, again))).to.match(
        /^wire 1 was booked already, as 1,000\.00 元 to participant 6/,
      );
    });
  });

  describe("for roles", () => {
    const HOURS = 48;
    const grant = (at: Office) => planRole(at, "grant", "ARBITER", address("household"), 0);

    it("lists holders with their delays, and what an account may call", async () => {
      const roles = await listRoles(office());
      expect(roles).to.include(`REGISTRAR         ${address("registrar1")}`);
      expect(roles.some((text) => /^NOTARY +0x\w+ {2}TradeEscrow$/.test(text))).to.equal(true);
      const callable = await listCallable(office(), address("registrar1"));
      expect(callable).to.include(
        "REGISTRAR         ParticipantRegistry.propose  Propose a participant 提交参与方注册",
      );
      expect(callable.every((text) => text.startsWith("REGISTRAR"))).to.equal(true);
      expect(await listCallable(office(), address("factory"))).to.deep.equal([`${address("factory")} holds no role.`]);
    });

    it("schedules what has to wait, and does it when it is run again after its delay", async () => {
      expect(await refusal("factory", grant)).to.match(/does not hold role 0/);
      await run("council", (at) => planRole(at, "grant", "ADMIN", address("household"), HOURS * 3600));
      expect(sent, "ADMIN, and the council's own role").to.equal(2);
      [said, sent] = [[], 0];
      expect(await run("household", grant)).to.match(/: scheduled; what this account does by its role waits 48 hours/);
      expect(await run("household", grant)).to.match(/scheduled as 0x\w{64}; run this again between 2026-11-24/);
      expect(sent).to.equal(1);
      const [listed = ""] = await listScheduled(office());
      expect(listed).to.match(/^0x\w{64} {2}AccessManager\.grantRole\(7, 0x\w{40}, 0\), by 0x\w{40}, from 2026-11-24/);
      const operation = listed.slice(0, 66);
      expect(await refusal("factory", (at) => planScheduled(at, "execute", operation))).to.match(
        /who alone can make it/,
      );

      const { provider } = chain.connection.ethers;
      await provider.send("evm_increaseTime", [HOURS * 3600]);
      await provider.send("evm_mine", []);
      await run("household", grant);
      await run("household", grant);
      expect(sent).to.equal(2);
      expect(said.at(-1)).to.match(/^Done already: /);
      const { client } = office().platform;
      const manager = contractOf(office().platform, "AccessManager");
      const held = await readContract(client, {
        ...manager,
        functionName: "hasRole",
        args: [7n, address("household")],
      });
      expect(held).to.deep.equal([true, 0]);
      expect(await listScheduled(office())).to.deep.equal(["Nothing is scheduled."]);
    });

    it("cancels what waits", async () => {
      await run("household", (at) => planRole(at, "revoke", "ARBITER", address("household"), 0));
      const operation = (await listScheduled(office()))[0]!.slice(0, 66);
      await run("household", (at) => planScheduled(at, "cancel", operation));
      expect(await listScheduled(office())).to.deep.equal(["Nothing is scheduled."]);
    });
  });
});
