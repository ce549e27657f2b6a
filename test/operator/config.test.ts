import { expect } from "chai";
import { ConfigError, readConfig } from "../../operator/config.ts";

const KEY = `0x${"1".repeat(64)}`;

describe("the operator's settings", () => {
  it("are what they say, with the rest as documented", () => {
    const config = readConfig({
      OPERATOR_KEYS: `${KEY}, 0x${"2".repeat(64)}`,
      OPERATOR_PORT: "9000",
      OPERATOR_TRUSTED_PROXIES: "127.0.0.1, ::1",
      DATABASE_URL: "",
    });
    expect(config.keys).to.have.length(2);
    expect(config).to.deep.include({
      network: "local",
      rpcUrl: "http://127.0.0.1:8545",
      port: 9_000,
      trustedProxies: ["127.0.0.1", "::1"],
      priceRule: "middle",
    });
    expect(config.database.folder).to.match(/\.dujiang.operator.local$/);
    expect(readConfig({ OPERATOR_KEYS: KEY, DATABASE_URL: "postgresql://a@b/c" }).database).to.deep.equal({
      url: "postgresql://a@b/c",
    });
  });

  const mistakes: [NodeJS.ProcessEnv, string][] = [
    [{}, "OPERATOR_KEYS is missing: set it to the private key that holds the market operator's role"],
    [{ OPERATOR_KEYS: "secret" }, "OPERATOR_KEYS must be private keys of 0x and 64 hexadecimal digits"],
    [{ OPERATOR_KEYS: `${KEY},${KEY}` }, "OPERATOR_KEYS names a key twice."],
    [{ OPERATOR_KEYS: KEY, OPERATOR_METER_KEY: KEY }, "OPERATOR_METER_KEY is used for something else too"],
    [{ OPERATOR_KEYS: KEY, OPERATOR_METER_FOLDER: "readings" }, "OPERATOR_METER_KEY is missing: set it to the private"],
    [{ OPERATOR_KEYS: KEY, OPERATOR_PORT: "70000" }, "OPERATOR_PORT must be a whole number from 1 to 65535."],
    [{ OPERATOR_KEYS: KEY, OPERATOR_HOST: "localhost" }, "OPERATOR_HOST must be the IP address to listen at"],
    [
      { OPERATOR_KEYS: KEY, OPERATOR_TRUSTED_PROXIES: "10.0.0.7,proxy" },
      "OPERATOR_TRUSTED_PROXIES must be the IP addresses of the proxies before the service, with commas",
    ],
    [
      { OPERATOR_KEYS: KEY, OPERATOR_CLEARING_LEAD_SECONDS: "0" },
      "OPERATOR_CLEARING_LEAD_SECONDS must be a whole number from 60 to 86400.",
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
      expect(() => readConfig(variables)).to.throw(ConfigError, sentence);
      // A key that is wrong is not shown either.
      expect(() => readConfig(variables)).not.to.throw(ConfigError, "secret");
    });
  }

  it("name every mistake, each in a line", () => {
    expect(() => readConfig({ OPERATOR_PORT: "x", LOG_LEVEL: "y" })).to.throw(
      ConfigError,
      /OPERATOR_KEYS.*\n.*OPERATOR_PORT.*\n.*LOG_LEVEL/,
    );
  });
});
