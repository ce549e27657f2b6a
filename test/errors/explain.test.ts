import { globSync } from "node:fs";
import { expect } from "chai";
import { type Abi, BaseError, encodeErrorResult, type Hex, HttpRequestError, parseAbi, zeroAddress } from "viem";
import { root } from "../../scripts/root.ts";
import { ACCESS_SENTENCES } from "../../sdk/access/sentences.ts";
import { CREDIT_SENTENCES } from "../../sdk/credit/sentences.ts";
import { DEBTS_SENTENCES } from "../../sdk/debts/sentences.ts";
import { ENERGY_SENTENCES } from "../../sdk/energy/sentences.ts";
import { SENTENCES } from "../../sdk/errors/explain.ts";
import { STANDARD_SENTENCES } from "../../sdk/errors/standardSentences.ts";
import { FINANCE_SENTENCES } from "../../sdk/finance/sentences.ts";
import { IDENTITY_SENTENCES } from "../../sdk/identity/sentences.ts";
import {
  ABIS,
  checkBands,
  explain,
  parseDay,
  parseDeployment,
  parseYuan,
  refusalOf,
  startOfDay,
} from "../../sdk/index.ts";
import { MARKET_SENTENCES } from "../../sdk/market/sentences.ts";
import { METERING_SENTENCES } from "../../sdk/metering/sentences.ts";
import { MONEY_SENTENCES } from "../../sdk/money/sentences.ts";
import { RECORDS_SENTENCES } from "../../sdk/records/sentences.ts";
import { SETTLEMENT_SENTENCES } from "../../sdk/settlement/sentences.ts";
import { TYPES_SENTENCES } from "../../sdk/types/sentences.ts";

/** Whose sentences they are. */
const ROOMS = {
  ...{ types: TYPES_SENTENCES, access: ACCESS_SENTENCES, identity: IDENTITY_SENTENCES },
  ...{
    metering: METERING_SENTENCES,
    money: MONEY_SENTENCES,
    energy: ENERGY_SENTENCES,
    debts: DEBTS_SENTENCES,
    market: MARKET_SENTENCES,
  },
  ...{
    settlement: SETTLEMENT_SENTENCES,
    finance: FINANCE_SENTENCES,
    credit: CREDIT_SENTENCES,
    records: RECORDS_SENTENCES,
  },
};

const day = parseDay("2026-11-23");
const abi = ABIS.TradeEscrow;
/** What the language itself refuses with. */
const SOLIDITY = parseAbi(["error Error(string message)", "error Panic(uint256 reason)"]);
const stale = encodeErrorResult({ abi, errorName: "TradeEscrow_StalePosition", args: [7n, day] });

describe("explain", () => {
  it("finds what a contract refused with wherever a library put it", () => {
    const thrown = [
      { data: stale },
      { info: { error: { data: stale } } },
      { error: { data: { data: stale } } },
      new BaseError("failed", { cause: Object.assign(new Error("reverted"), { data: stale }) }),
    ];
    for (const error of thrown) {
      expect(refusalOf(error)).to.deep.equal({ name: "TradeEscrow_StalePosition", args: { meter: 7n, day } });
    }
  });

  it("says it in one sentence of either language, with units", () => {
    expect(explain({ data: stale })).to.equal(
      "Meter 7 has sold something of 2026-11-23 since its position was read: read it again and submit again.",
    );
    expect(explain({ data: stale }, "zh")).to.equal(
      "读取之后，计量点 7 在 2026-11-23 的已售曲线已变化：请重新读取后再提交。",
    );
    const limits = encodeErrorResult({
      abi,
      errorName: "TradeEscrow_PriceOutsideLimits",
      args: [36n, 70_000n, 7_500, 48_144],
    });
    expect(explain({ data: limits })).to.equal(
      "The price of 09:00–09:15 is 700.00 元/MWh, outside the season's limits of 75.00 元/MWh to 481.44 元/MWh.",
    );
    const opensAt = BigInt(startOfDay(day - 31));
    const gate = encodeErrorResult({
      abi,
      errorName: "TradeEscrow_GateClosed",
      args: [day, opensAt, BigInt(startOfDay(day) - 3600)],
    });
    expect(explain({ data: gate })).to.equal(
      "For 2026-11-23 this can be done from 2026-10-23 00:00 until 2026-11-22 23:00.",
    );
  });

  it("knows the refusals of the code that the escrow runs", () => {
    const data = encodeErrorResult({
      abi: ABIS.RoundOpening,
      errorName: "BoundedCall_TooLittleGas",
      args: [1n, 2n],
    });
    expect(explain({ data })).to.include("too little gas");
  });

  it("has a sentence for each error of each contract, in both languages, with any values", () => {
    const without = errors.filter(({ name }) => SENTENCES[name] === undefined).map(({ name }) => name);
    expect([...new Set(without)], "write sentences for them in sentences.ts of their room").to.deep.equal([]);
    for (const error of errors) {
      for (const extreme of ["least", "most"] as const) {
        const args = error.inputs.map(({ type }) => extremeOf(type, extreme));
        const data = encodeErrorResult({ abi: [error], errorName: error.name, args } as never);
        const [en, zh] = [explain({ data }), explain({ data }, "zh")];
        for (const sentence of [en, zh])
          expect(sentence, error.name).not.to.match(/\{\w|undefined|NaN|refused: |拒绝：/);
        expect(en, error.name).to.match(/^\S.*[.]$/su);
        expect(zh, error.name).to.match(/\p{Script=Han}.*。$/su);
      }
    }
  });

  it("has each sentence in the room of the contract that throws the error", () => {
    const owned = Object.entries(ROOMS).flatMap(([room, sentences]) =>
      Object.keys(sentences).map((name) => [room, name] as const),
    );
    for (const [room, name] of owned) {
      const [, contract] = /^(\w+?)_/.exec(name) ?? [];
      if (contract === undefined) continue;
      const files = [`${contract}.sol`, `I${contract}.sol`].map((file) => `contracts/${room}/**/${file}`);
      expect(globSync(files, { cwd: root }), `${name} in sdk/${room}/sentences.ts`).not.to.be.empty;
    }
    expect(owned.length + Object.keys(STANDARD_SENTENCES).length).to.equal(Object.keys(SENTENCES).length);
  });

  it("asks in its sentences for values that the error has", () => {
    for (const { name, inputs } of errors) {
      for (const sentence of Object.values<string>(SENTENCES[name] ?? {})) {
        const named = [...sentence.matchAll(/\{(\w+)/g)].map(([, key = ""]) => key);
        expect(inputs.map((input) => input.name)).to.include.members(named, name);
      }
    }
  });

  it("gives amounts that say no unit the one they have", () => {
    const short = encodeErrorResult({
      abi: ABIS.DepositToken,
      errorName: "ERC20InsufficientBalance",
      args: [zeroAddress, 100n, 40_120n],
    });
    expect(explain({ data: short })).to.equal(`${zeroAddress} has deposits of 1.00 元, but 401.20 元 is needed.`);
  });

  it("passes on what a contract says in words, and names the number of a fault in its code", () => {
    const said = encodeErrorResult({ abi: SOLIDITY, errorName: "Error", args: ["too late"] });
    expect(explain({ data: said })).to.equal('The contract refused with the words "too late".');
    const fault = encodeErrorResult({ abi: SOLIDITY, errorName: "Panic", args: [17n] });
    expect(explain({ data: fault }, "zh")).to.include("（代码 17）");
  });

  it("passes on what is no refusal", () => {
    expect(refusalOf({ data: "0x12345678" as Hex })).to.equal(undefined);
    expect(explain(new Error("The node is gone."))).to.equal("The node is gone.");
    expect(explain("nothing")).to.equal("nothing");
    expect(explain(new Error("The node is gone."), "zh")).to.equal("操作未完成，原文为“The node is gone.”。");
  });

  it("says what the library itself refuses in either language", () => {
    const said = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return [explain(error), explain(error, "zh")];
      }
      return expect.fail("nothing was refused");
    };
    expect(said(() => parseYuan("1.234"))).to.deep.equal([
      '"1.234" has too many decimals: write 元 with at most 2 decimals, such as 12.34.',
      "“1.234”小数位数过多：请以元填写，最多 2 位小数，例如 12.34。",
    ]);
    expect(said(() => parseDay("2026-02-30"))[1]).to.equal(
      "“2026-02-30”不是 1970 年以后的有效日期：请写成 2026-11-22 的形式。",
    );
    expect(said(() => checkBands([{ fromSlot: 4, toSlot: 4, energyWh: 1, price: 1 }]))[1]).to.match(/^第 1 个分段/);
    expect(said(() => parseDeployment("{"))[1]).to.match(/^deployment\.json 不是有效的 JSON：/);
    expect(said(() => parseDeployment('{"network": 1}'))).to.deep.equal([
      "deployment.json: network must be a text; deploy again to rewrite it.",
      "deployment.json：network 须为文本；请重新部署以生成该文件。",
    ]);
  });

  it("says what a wallet refuses in either language, whatever library passes it on", () => {
    const thrown = [
      { code: 4001, message: "User rejected the request." },
      new BaseError("failed", { cause: Object.assign(new Error("rejected"), { code: 4001 }) }),
      Object.assign(new Error("user rejected action"), { code: "ACTION_REJECTED", info: { error: { code: 4001 } } }),
    ];
    for (const error of thrown) {
      expect(explain(error)).to.match(/^You refused this in your wallet/);
      expect(explain(error, "zh")).to.match(/^您已在钱包中拒绝/);
    }
    const busy = { code: -32002, message: "Request of type 'eth_requestAccounts' already pending" };
    expect(explain(busy, "zh")).to.include("未处理的请求");
  });

  it("says in either language that nobody answered, and what stood in between", () => {
    const refused = new HttpRequestError({ url: "http://127.0.0.1:1", status: 502, body: {} });
    expect(explain(refused)).to.equal("No node answered (HTTP 502): try again shortly.");
    expect(explain(refused, "zh")).to.equal("节点没有应答（HTTP 502）：请稍后重试。");
  });

  it("has a sentence only for errors that exist", () => {
    // A renamed error would silently lose its sentence.
    const known = new Set([...errors, ...SOLIDITY].map(({ name }) => name));
    expect(Object.keys(SENTENCES).filter((name) => !known.has(name))).to.deep.equal([]);
  });
});

type AbiError = Extract<Abi[number], { type: "error" }>;

/** Every error that a contract of the platform can refuse with, by what was generated from the contracts. */
const errors = Object.values(ABIS).flatMap((abi: Abi) => abi.filter((item): item is AbiError => item.type === "error"));

function extremeOf(type: string, extreme: "least" | "most"): unknown {
  const [, bits] = /^uint(\d+)$/.exec(type) ?? [];
  const digit = extreme === "least" ? "0" : "f";
  if (bits !== undefined) return extreme === "least" ? 0n : 2n ** BigInt(bits) - 1n;
  if (type === "int256") return extreme === "least" ? -(2n ** 255n) : 2n ** 255n - 1n;
  if (type === "address") return extreme === "least" ? zeroAddress : `0x${"f".repeat(40)}`;
  if (type.startsWith("bytes")) return `0x${digit.repeat(2 * Number(type.slice(5)))}`;
  if (type === "string") return extreme === "least" ? "" : "贰".repeat(50);
  throw new Error(`An error has a value of type ${type}: say here what its extremes are.`);
}
