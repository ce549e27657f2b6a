import { expect } from "chai";
import { readLacking } from "../../../operator/chain/keyRoles.ts";
import { createLog } from "../../../operator/common/log.ts";
import { Service } from "../../../operator/service.ts";
import { ROLES } from "../../../sdk/index.ts";
import { TestMarket } from "../../utils/market.ts";
import { openTables } from "../utils/databases.ts";
import { SETTINGS } from "../utils/desk.ts";

const ROUTES = { description: { en: "", zh: "" }, register: () => {} };

describe("keys and their roles", function () {
  this.timeout(120_000);
  let market: TestMarket;
  const keyOf = (actor: "marketOperator" | "supplier" | "meterOperator") =>
    market.inProcess.wallet(actor).privateKey as `0x${string}`;
  const setting = (...actors: Parameters<typeof keyOf>[0][]) =>
    ({ variable: "OPERATOR_KEYS", role: "MARKET_OPERATOR", keys: actors.map(keyOf) }) as const;

  before(async () => {
    market = await TestMarket.create();
  });

  it("name the account and the role that it lacks, and whether anybody is left", async () => {
    const lackingOf = (...actors: Parameters<typeof keyOf>[0][]) => readLacking(market.platform, [setting(...actors)]);
    expect(await lackingOf("marketOperator")).to.deep.equal({ sentences: [], isNobodyLeft: false });
    const { sentences, isNobodyLeft } = await lackingOf("marketOperator", "supplier");
    expect(isNobodyLeft).to.equal(false);
    expect(sentences).to.deep.equal([
      {
        en: `OPERATOR_KEYS: the account ${market.address("supplier")} does not hold the role MARKET_OPERATOR: have it granted without a delay, or name the key of an account that holds it.`,
        zh: `OPERATOR_KEYS：账户 ${market.address("supplier")} 没有 MARKET_OPERATOR 角色：请授予无延迟的角色，或改用持有该角色的账户的密钥。`,
      },
    ]);
    expect((await lackingOf("supplier")).isNobodyLeft).to.equal(true);
    const manager = market.inProcess.contract("AccessManager", "council");
    await manager.grantRole(ROLES.MARKET_OPERATOR, market.address("meterOperator"), 60);
    expect((await lackingOf("meterOperator")).sentences[0]?.en).to.include("MARKET_OPERATOR only with a delay of 60 s");
  });

  it("are said at /ready, in both languages, where nobody is left", async () => {
    const { db, close } = await openTables();
    const trade = (keys: readonly `0x${string}`[]) => ({
      ...{ name: "exchange", keys: { OPERATOR_KEYS: keys }, roles: { OPERATOR_KEYS: "MARKET_OPERATOR" } as const },
      open: () => ({ routes: ROUTES }),
    });
    const readyWith = async (keys: readonly `0x${string}`[], language: string) => {
      const parts = { platform: market.platform, db, settings: SETTINGS, log: createLog("silent") };
      const service = new Service({ ...parts, trades: [trade(keys)] });
      await service.start();
      const answer = await fetch(`${service.url}/ready`, { headers: { "accept-language": language } });
      await service.stop();
      const state = (await answer.json()) as { ready: boolean; reason?: string; warnings?: string[] };
      return { status: answer.status, ...state };
    };
    expect(await readyWith([keyOf("marketOperator")], "en")).to.deep.equal({ status: 200, ready: true });
    const some = await readyWith([keyOf("marketOperator"), keyOf("supplier")], "en");
    expect([some.status, some.warnings?.length]).to.deep.equal([200, 1]);
    expect(some.warnings?.[0]).to.match(/^OPERATOR_KEYS: the account 0x\w{40} does not hold/);
    const none = await readyWith([keyOf("supplier")], "zh");
    expect(none.status).to.equal(503);
    expect(none.reason).to.match(/^OPERATOR_KEYS：账户 0x\w{40} 没有 MARKET_OPERATOR 角色/);
    await close();
  });
});
