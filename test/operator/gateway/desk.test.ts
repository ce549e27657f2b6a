import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { addApiKey } from "../../../operator/gateway/apiKeys.ts";
import { handInSheets } from "../../../scripts/admin/sheets.ts";
import {
  allPages,
  buildApplication,
  buildSheet,
  changeIntake,
  checkName,
  handInNames,
  listNames,
  listSubmissions,
  marketOf,
  type NameEntry,
  type Operator,
  type OperatorError,
  openDesk,
  openSession,
  ROLES,
  readHours,
  sheetHash,
  submitOrder,
} from "../../../sdk/index.ts";
import type { Member } from "../../utils/market.ts";
import { band, Desk, STRANGER } from "../utils/desk.ts";

const NAME = { en: "Minjiang hydro station", zh: "岷江水电站" };

describe("who works at the operator's desk", function () {
  this.timeout(300_000);
  let desk: Desk;
  let operator: Operator;
  let seller: Member;

  before(async () => {
    desk = await Desk.open();
    operator = { url: desk.service.url };
    seller = await desk.market.generator("solarPlant");
  });
  after(() => desk?.close());

  const accountOf = (actor: "marketOperator" | "registrar1" | "registrar2") =>
    privateKeyToAccount(desk.market.inProcess.wallet(actor).privateKey as `0x${string}`);
  const market = () => marketOf(desk.market.platform);
  const at = async (account: PrivateKeyAccount) => {
    const { token, roles } = await openDesk(operator, account.address, market(), account);
    return { at: { ...operator, token }, roles };
  };
  const refused = (attempt: Promise<unknown>): Promise<OperatorError> =>
    attempt.then(
      () => expect.fail("It was not refused."),
      (error: unknown) => error as OperatorError,
    );

  it("is known by the account that holds the role, and by nothing else", async () => {
    const exchange = await at(accountOf("marketOperator"));
    expect(exchange.roles).to.deep.equal(["MARKET_OPERATOR"]);
    expect((await listSubmissions(exchange.at)).submissions).to.deep.equal([]);
    const registrar = await at(accountOf("registrar1"));
    expect((await refused(listSubmissions(registrar.at))).code).to.equal("KeyNeeded");
    expect((await refused(openDesk(operator, STRANGER.address, market(), STRANGER))).code).to.equal("NoRole");
  });

  it("signs another message than a trader, so that neither passes for the other", async () => {
    const account = accountOf("marketOperator");
    const { token } = await openSession(operator, account.address, market(), account);
    expect((await refused(listSubmissions({ ...operator, token }))).code).to.equal("KeyNeeded");
    const challenge = await desk.post("/challenges", { trader: account.address.toLowerCase() });
    const asDesk = { ...challenge.body, purpose: "desk", signature: `0x${"ab".repeat(65)}` };
    expect((await desk.post("/sessions", asDesk)).body.error.code).to.equal("ChallengeOver");
    const other = { ...account, signTypedData: STRANGER.signTypedData };
    expect((await refused(openDesk(operator, account.address, market(), other))).code).to.equal("InvalidSignature");
  });

  it("is out within seconds once the role is taken away", async () => {
    const { inProcess } = desk.market;
    await inProcess.contract("AccessManager", "council").grantRole(ROLES.MARKET_OPERATOR, STRANGER.address, 0);
    const { at: guest } = await at(STRANGER);
    expect((await listSubmissions(guest)).next).to.equal(null);
    await inProcess.contract("AccessManager", "council").revokeRole(ROLES.MARKET_OPERATOR, STRANGER.address);
    await new Promise((done) => setTimeout(done, 5_100));
    expect((await refused(listSubmissions(guest))).code).to.equal("KeyNeeded");
  });

  it("stops taking orders with a reason that everybody is shown, and goes on", async () => {
    const { at: exchange } = await at(accountOf("marketOperator"));
    const signed = await desk.order("sell", seller, [band(40, 44, 100_000, 30_000)]);
    const reason = { en: "The rules change at noon.", zh: "规则将于正午变更。" };
    expect((await refused(changeIntake(operator, reason))).code).to.equal("KeyNeeded");
    expect((await changeIntake(exchange, reason)).isPaused).to.equal(true);
    const order = await refused(submitOrder(operator, signed));
    expect([order.status, order.code]).to.deep.equal([503, "IntakePaused"]);
    expect(order.sentences.zh).to.contain(reason.zh);
    const { notices } = (await desk.ask("/health")).body;
    expect(notices).to.deep.equal([order.sentences.en]);
    expect(await changeIntake(exchange, null)).to.deep.equal({ isPaused: false, reason: null, since: null });
    expect((await submitOrder(operator, signed)).state).to.equal("open");
    expect((await desk.ask("/health")).body.notices).to.deep.equal([]);
  });

  it("reads the clock of a day", async () => {
    const { now, opensAt, ordersUntil, cutOff, gate } = await readHours(operator, desk.day);
    expect(await desk.exchange.view.hours(desk.day)).to.deep.equal({ opensAt, cutOff, gate });
    expect(cutOff - ordersUntil).to.equal(600);
    expect(now).to.be.lessThan(ordersUntil);
  });

  describe("and the names of participants", () => {
    const sheet = buildSheet({ name: NAME, papers: [{ title: "licence", hash: `0x${"11".repeat(32)}` }] });
    let participant = 0;

    before(async () => {
      const { inProcess, today } = desk.market;
      const application = buildApplication({
        ...{ account: STRANGER.address, kinds: ["generator"], size: "Small", validUntil: today + 100 },
        credentialHash: sheetHash(sheet),
      });
      const registry = (as: "registrar1" | "registrar2") => inProcess.contract("ParticipantRegistry", as);
      await registry("registrar1").propose(application);
      participant = Number(await registry("registrar1").participantCount());
      await registry("registrar2").approve(participant, application);
    });

    it("are handed in by registrars, whole or not at all, as the chain has them", async () => {
      const { at: registrar } = await at(accountOf("registrar1"));
      const altered = buildSheet({ name: { ...NAME, zh: "岷江火电站" }, papers: [] });
      const unknown = await refused(handInNames(registrar, [sheet, altered]));
      expect([unknown.code, unknown.figures.place]).to.deep.equal(["UnknownCredential", 1]);
      expect((await refused(handInNames(registrar, [sheet, "{}"]))).code).to.equal("NoSheet");
      const apiKey = await addApiKey(desk.database.db, "auditor");
      expect((await listNames({ ...operator, token: apiKey })).names).to.deep.equal([]);
      expect(await handInNames(registrar, [sheet])).to.deep.equal({ names: 1 });
      expect(await handInNames(registrar, [sheet])).to.deep.equal({ names: 1 });
      const { at: exchange } = await at(accountOf("marketOperator"));
      expect((await refused(handInNames(exchange, [sheet]))).code).to.equal("KeyNeeded");
    });

    it("are handed in by the files that registrars keep", async () => {
      const folder = mkdtempSync(join(tmpdir(), "dujiang-sheets-"));
      try {
        writeFileSync(join(folder, "sheet.json"), sheet);
        const by = (actor: "registrar1" | "marketOperator") =>
          handInSheets(
            { platform: desk.market.platform, account: accountOf(actor) },
            ...([operator.url, ["sheet.json"], folder] as const),
          );
        expect(await by("registrar1")).to.match(/^1 participants have their names/);
        expect((await refused(by("marketOperator"))).code).to.equal("KeyNeeded");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it("are shown to participants, who check them against the chain", async () => {
      expect((await refused(listNames(operator))).code).to.equal("SessionNeeded");
      const { token } = await openSession(operator, seller.account.address, market(), seller.account);
      const found: NameEntry[] = [];
      for await (const { names } of allPages((page) => listNames({ ...operator, token }, page))) found.push(...names);
      expect(found.map(({ participant }) => participant)).to.deep.equal([participant]);
      const registry = desk.market.inProcess.contract("ParticipantRegistry", "registrar1");
      const onChain = (await registry.credentialHashOf(participant)) as `0x${string}`;
      expect(checkName(found[0] as NameEntry, onChain)).to.deep.equal({ isChecked: true, name: NAME });
      const lie = { sheet: (found[0] as NameEntry).sheet.replace("hydro", "solar") };
      expect(checkName(lie, onChain)).to.deep.include({ isChecked: false, expected: onChain });
    });

    it("are shown to everybody where the operator says so", async () => {
      const open = await Desk.open({ namesFor: "everybody" });
      try {
        expect((await listNames({ url: open.service.url })).names).to.deep.equal([]);
      } finally {
        await open.close();
      }
    });
  });
});
