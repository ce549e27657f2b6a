import { expect } from "chai";
import { BaseError, encodeErrorResult, type Hex } from "viem";
import { openingDeskAbi } from "../../sdk/abi/index.ts";
import { ABIS, explain, parseDay, refusalOf, SENTENCES, startOfDay } from "../../sdk/index.ts";

const day = parseDay("2026-11-23");
const abi = ABIS.TradeEscrow;
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
      "读取之后，计量点 7 在 2026-11-23 的持仓已变化：请重新读取后再提交。",
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
      "Trades for 2026-11-23 can be opened from 2026-10-23 00:00 until 2026-11-22 23:00.",
    );
  });

  it("knows the refusals of the code that the escrow runs", () => {
    const data = encodeErrorResult({ abi: openingDeskAbi, errorName: "BoundedCall_TooLittleGas", args: [1n, 2n] });
    expect(explain({ data })).to.include("too little gas");
  });

  it("names what it has no sentence for, with its values", () => {
    const malformed = encodeErrorResult({ abi, errorName: "TradeEscrow_MalformedRound", args: ["what", 3n] });
    expect(explain({ data: malformed })).to.equal("TradeEscrow refused: MalformedRound (what what, position 3).");
    expect(explain({ data: malformed }, "zh")).to.equal(
      "合约 TradeEscrow 拒绝：MalformedRound（what what，position 3）。",
    );
    const reentered = encodeErrorResult({ abi, errorName: "ReentrancyGuardReentrantCall" });
    expect(explain({ data: reentered })).to.equal("A contract refused: ReentrancyGuardReentrantCall.");
  });

  it("passes on what is no refusal", () => {
    expect(refusalOf({ data: "0x12345678" as Hex })).to.equal(undefined);
    expect(explain(new Error("The node is gone."))).to.equal("The node is gone.");
    expect(explain("nothing")).to.equal("nothing");
  });

  it("has a sentence only for errors that exist", () => {
    // A renamed error would silently fall back to its name and values.
    const known = new Set(
      [...Object.values(ABIS), openingDeskAbi].flatMap((all) => all.map((item) => ("name" in item ? item.name : ""))),
    );
    for (const name of Object.keys(SENTENCES)) expect(known.has(name as never), name).to.equal(true);
  });
});
