import { expect } from "chai";
import { ConfigError } from "../../operator/common/settings.ts";
import { readConfig } from "../../operator/config.ts";
import { trade as documents } from "../../operator/documents/trade.ts";
import { readExchangeSettings } from "../../operator/exchange/settings.ts";
import { trade as exchange } from "../../operator/exchange/trade.ts";
import { trade as keeper } from "../../operator/keeper/trade.ts";
import { trade as metering } from "../../operator/metering/trade.ts";
import { trade as statements } from "../../operator/statements/trade.ts";
import { loadTrades, TRADE_NAMES } from "../../operator/trades.ts";

const KEY = `0x${"1".repeat(64)}`;

const [KEEPER_KEY, METER_KEY] = [`0x${"2".repeat(64)}`, `0x${"3".repeat(64)}`];

describe("the operator's settings", () => {
  it("are what they say, with the rest as documented", () => {
    const config = readConfig(
      {
        OPERATOR_KEYS: `${KEY}, 0x${"2".repeat(64)}`,
        OPERATOR_PORT: "9000",
        OPERATOR_TRUSTED_PROXIES: "127.0.0.1, ::1",
        OPERATOR_ORIGINS: "https://a.example, http://localhost:5173",
        DATABASE_URL: "",
      },
      [exchange],
    );
    expect(config.trades.map(({ name, keys }) => [name, keys.OPERATOR_KEYS?.length])).to.deep.equal([["exchange", 2]]);
    expect(config).to.deep.include({
      network: "local",
      rpcUrl: "http://127.0.0.1:8545",
      port: 9_000,
      trustedProxies: ["127.0.0.1", "::1"],
      origins: ["https://a.example", "http://localhost:5173"],
    });
    expect(readExchangeSettings({ OPERATOR_KEYS: KEY })).to.deep.include({
      priceRule: "middle",
      lastOrderSeconds: 600,
    });
    expect(config.database.folder).to.match(/\.dujiang.operator.local$/);
    expect(readConfig({ OPERATOR_KEYS: KEY, DATABASE_URL: "postgresql://a@b/c" }, [exchange]).database).to.deep.equal({
      url: "postgresql://a@b/c",
    });
  });

  const mistakes: [NodeJS.ProcessEnv, string][] = [
    [{}, "OPERATOR_KEYS is missing: set it to the private key that holds the market operator's role"],
    [{ OPERATOR_KEYS: "secret" }, "OPERATOR_KEYS must be private keys of 0x and 64 hexadecimal digits"],
    [{ OPERATOR_KEYS: `${KEY},${KEY}` }, "OPERATOR_KEYS names a key twice."],
    [{ OPERATOR_KEYS: KEY, OPERATOR_PORT: "70000" }, "OPERATOR_PORT must be a whole number from 1 to 65535."],
    [{ OPERATOR_KEYS: KEY, OPERATOR_HOST: "localhost" }, "OPERATOR_HOST must be the IP address to listen at"],
    [
      { OPERATOR_KEYS: KEY, OPERATOR_TRUSTED_PROXIES: "10.0.0.7,proxy" },
      "OPERATOR_TRUSTED_PROXIES must be the IP addresses of the proxies before the service, with commas",
    ],
    [
      { OPERATOR_KEYS: KEY, OPERATOR_LAST_ORDER_SECONDS: "-1" },
      "OPERATOR_LAST_ORDER_SECONDS must be a whole number from 0 to 86400.",
    ],
    [
      { OPERATOR_KEYS: KEY, OPERATOR_ORIGINS: "https://a.example,https://b.example/trade" },
      "OPERATOR_ORIGINS must be the origins of pages that may ask, with commas, such as https://trading.example.org.",
    ],
    [{ OPERATOR_KEYS: KEY, RPC_URL: "ws://x" }, "RPC_URL must be the http address of a JSON-RPC node."],
    [{ OPERATOR_KEYS: KEY, DATABASE_URL: "mysql://x" }, "DATABASE_URL must be a Postgres address"],
    [{ OPERATOR_KEYS: KEY, OPERATOR_PRICE_RULE: "best" }, "OPERATOR_PRICE_RULE must be middle, marginalSell"],
    [{ OPERATOR_KEYS: KEY, LOG_LEVEL: "loud" }, "LOG_LEVEL must be fatal, error"],
    [
      { OPERATOR_KEYS: KEY, DUJIANG_NETWORK: "consortium" },
      "RPC_URL is missing: set it to the http address of a node of consortium.",
    ],
  ];
  for (const [variables, sentence] of mistakes) {
    it(`end the start with a sentence: ${sentence}`, () => {
      expect(() => readConfig(variables, [exchange])).to.throw(ConfigError, sentence);
      // A key that is wrong is not shown either.
      expect(() => readConfig(variables, [exchange])).not.to.throw(ConfigError, "secret");
    });
  }

  it("are said in Chinese, too", () => {
    const error = (() => {
      try {
        readConfig({ OPERATOR_KEYS: "secret", OPERATOR_PORT: "x", RPC_URL: "ws://x" }, [exchange]);
      } catch (reason) {
        return reason;
      }
      return undefined;
    })();
    expect((error as ConfigError).sentences.zh.split("\n")).to.deep.equal([
      "OPERATOR_KEYS 须为以逗号分隔的私钥：0x 加 64 位十六进制数字。",
      "RPC_URL 须为 JSON-RPC 节点的 http 地址。",
      "OPERATOR_PORT 须为 1 至 65535 的整数。",
    ]);
  });

  it("name every mistake, each in a line", () => {
    expect(() => readConfig({ OPERATOR_PORT: "x", LOG_LEVEL: "y" }, [exchange])).to.throw(
      ConfigError,
      /OPERATOR_KEYS.*\n.*OPERATOR_PORT.*\n.*LOG_LEVEL/,
    );
  });

  it("of a trade that is not started are neither read nor needed", () => {
    const OTHERS = {
      ...{ OPERATOR_KEYS: "secret", OPERATOR_PRICE_RULE: "best", OPERATOR_LAST_ORDER_SECONDS: "-1" },
      ...{ OPERATOR_KEEPER_KEY: "secret", OPERATOR_METER_KEY: "secret" },
    };
    const own = [
      [keeper, { OPERATOR_KEEPER_KEY: KEEPER_KEY }],
      [metering, { OPERATOR_METER_KEY: METER_KEY }],
      [statements, {}],
      [documents, {}],
    ] as const;
    for (const [trade, variables] of own) {
      const { keys } = readConfig({ ...OTHERS, ...variables }, [trade]).trades[0]!;
      expect(keys).to.deep.equal(Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, [value]])));
      for (const variable of Object.keys(variables)) {
        expect(() => readConfig(OTHERS, [trade])).to.throw(ConfigError, `${variable} must be a private key`);
        expect(() => readConfig({}, [trade])).to.throw(
          ConfigError,
          `${variable} is missing: set it to the private key`,
        );
      }
    }
  });

  it("say whether the keeper claims kWh", () => {
    const read = (OPERATOR_KEEPER_CLAIMS: string) =>
      readConfig({ OPERATOR_KEEPER_KEY: KEEPER_KEY, OPERATOR_KEEPER_CLAIMS }, [keeper]);
    expect(() => read("no")).to.throw(ConfigError, "OPERATOR_KEEPER_CLAIMS must be on or off.");
    expect(read("off").trades).to.have.length(1);
  });

  it("give each trade a key of its own", () => {
    const trades = [exchange, keeper, metering, statements, documents];
    const keys = { OPERATOR_KEYS: KEY, OPERATOR_KEEPER_KEY: KEEPER_KEY, OPERATOR_METER_KEY: METER_KEY };
    expect(readConfig(keys, trades).trades.map(({ name }) => name)).to.deep.equal(TRADE_NAMES);
    expect(() => readConfig({ ...keys, OPERATOR_METER_KEY: KEY }, trades)).to.throw(
      ConfigError,
      "OPERATOR_METER_KEY is used for something else too",
    );
  });

  it("name every trade that is to start", async () => {
    const [all, some] = [await loadTrades(), await loadTrades(["metering", "exchange", "metering"])];
    expect(some).to.deep.equal([all[0], all[2]]);
    const refused = await loadTrades(["exchange", "keeping"]).catch((error: Error) => error);
    expect(refused).to.be.instanceOf(ConfigError);
    expect((refused as Error).message).to.equal(
      'There is no trade "keeping": name one or several of exchange, keeper, metering, statements, documents, or none to start all.',
    );
  });
});
