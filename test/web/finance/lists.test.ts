import { expect } from "chai";
import { getAbiItem, toFunctionSelector } from "viem";
import { accessManager, financingDesk } from "../../../sdk/chain/abi/index.ts";
import { maturitiesOf } from "../../../web/finance/maturing.ts";
import { byRank } from "../../../web/finance/ranking.ts";
import { SELECTORS } from "../../../web/finance/switchedOn.ts";
import { readInvoiceNumber, readUnits } from "../../../web/finance/typed.ts";
import { claimsIn, requestsIn } from "../../../web/finance/views.ts";

describe("lists of finance in the page", () => {
  it("add up by day what is held and what is pledged, the earliest first", () => {
    const held = [
      { units: "100", receivable: { id: "2", dueDate: "2027-01-15" } },
      { units: "40", receivable: { id: "1", dueDate: "2026-12-01" } },
      { units: "5", receivable: { id: "3", dueDate: "2027-01-15" } },
    ];
    const pledges = [
      { status: "live" as const, units: "60", paidFen: "20", receivableId: "2", receivable: { dueDate: "2027-01-15" } },
      { status: "paid" as const, units: "9", paidFen: "9", receivableId: "1", receivable: { dueDate: "2026-12-01" } },
    ];
    expect(maturitiesOf(held, pledges)).to.deep.equal([
      { date: "2026-12-01", heldFen: 40n, pledgedFen: 0n, receivables: ["1"] },
      { date: "2027-01-15", heldFen: 105n, pledgedFen: 40n, receivables: ["2", "3"] },
    ]);
  });

  it("put the accepted bid first, then the cheapest that bind, then those released", () => {
    const bid = (id: string, status: "funded" | "accepted" | "released", rateBp: string) => ({ id, status, rateBp });
    const bids = [
      bid("1", "released", "300"),
      bid("2", "funded", "420"),
      bid("3", "funded", "1000"),
      bid("4", "accepted", "500"),
      bid("5", "funded", "420"),
    ];
    expect(bids.sort(byRank).map(({ id }) => id)).to.deep.equal(["4", "2", "5", "3", "1"]);
  });

  it("ask the index for what belongs to a view", () => {
    expect(claimsIn("held", 5, ["7"])).to.deep.equal({ OR: [{ creditorId: 5 }, { id_in: ["7"] }] });
    expect(claimsIn("owed", 5, ["7"])).to.deep.equal({ debtorId: 5 });
    const place = { today: "2026-11-30", me: 13, bidOn: ["2", "2"] };
    expect(requestsIn("open", place)).to.deep.equal({ status: "open", lastDate_gte: "2026-11-30" });
    expect(requestsIn("mine", place)).to.deep.equal({ OR: [{ requesterId: 13 }, { id_in: ["2"] }] });
    for (const all of [claimsIn("all", 5, ["7"]), requestsIn("all", place)]) expect(all).to.deep.equal({});
  });

  it("take units up to what is free and no more, and say why", () => {
    expect(readUnits("", 500n)).to.deep.equal({ value: undefined, wrong: undefined });
    expect(readUnits("5", 500n).value).to.equal(500n);
    for (const text of ["5.01", "0", "1e2", "-1", "1,000"]) {
      const { value, wrong } = readUnits(text, 500n);
      expect(value, text).to.equal(undefined);
      expect(wrong?.zh, text).to.be.a("string");
    }
  });

  it("take the digits of an invoice, in groups or not", () => {
    expect(readInvoiceNumber("2451 2000-0000 1234 5678")).to.equal(24_512_000_000_012_345_678n);
    for (const text of ["", "0", "24A", "9".repeat(39)]) expect(() => readInvoiceNumber(text), text).to.throw();
  });

  it("know the chain's functions by which the menu asks whether finance is switched on", () => {
    const role = getAbiItem({ abi: accessManager.abi, name: "getTargetFunctionRole" });
    const request = getAbiItem({ abi: financingDesk.abi, name: "requestFinancing" });
    expect(SELECTORS.getTargetFunctionRole).to.equal(toFunctionSelector(role));
    expect(SELECTORS.requestFinancing).to.equal(toFunctionSelector(request));
  });
});
