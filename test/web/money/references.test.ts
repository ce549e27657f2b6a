import { expect } from "chai";
import { bankReference } from "../../../sdk/money/bankReference.ts";
import { FileError, readReceipts, referenceText } from "../../../web/money/bank/references.ts";

const KNOWN = { customers: [5, 12], booked: [bankReference("OLD-1")] };
const GOOD = "5,1234.50,R-1\n12,0.01,R-2\n";

describe("a settlement bank's file of receipts", () => {
  it("is read line by line, with or without a heading, however the cells are parted", () => {
    const expected = [
      { line: 1, participant: 5, amountFen: 123_450n, text: "R-1", reference: bankReference("R-1") },
      { line: 2, participant: 12, amountFen: 1n, text: "R-2", reference: bankReference("R-2") },
    ];
    expect(readReceipts(GOOD, KNOWN)).to.deep.equal(expected);
    for (const text of [
      GOOD.replaceAll(",", ";"),
      GOOD.replaceAll(",", "\t"),
      GOOD.replaceAll("\n", "\r\n"),
      `\ufeff${GOOD}`,
    ])
      expect(readReceipts(text, KNOWN)).to.deep.equal(expected);
    expect(readReceipts('"5","1234.50","R-1"\n１２,０.０１,R-2', KNOWN)).to.deep.equal(expected);
    const headed = readReceipts(`参与方,金额,附言编号\n${GOOD}`, KNOWN);
    expect(headed.map(({ line }) => line)).to.deep.equal([2, 3]);
  });

  it("is refused whole, and the line is named", () => {
    const refused: [string, string, RegExp][] = [
      [`${GOOD}6,1,R-3`, "Line 3", /no customer/],
      [`${GOOD}5,1.005,R-3`, "Line 3", /too many decimals/],
      [`${GOOD}5,0,R-3`, "Line 3", /amount is 0/],
      [`${GOOD}5,-1,R-3`, "Line 3", /negative/],
      [`5,1,R-3\n\n12,2,R-3`, "Line 3", /stands in line 1/],
      [`5,1,OLD-1`, "Line 1", /booked before/],
      [`5,1,${"x".repeat(32)}`, "Line 1", /not a reference/],
      [`5,1`, "Line 1", /2 cells/],
      [`5,1,234.50,R-1`, "Line 1", /4 cells/],
      [`participant,amount,reference\nx,1,R-1`, "Line 2", /no customer/],
      ["\n\n", "no lines", /no lines/],
    ];
    for (const [text, where, why] of refused) {
      const read = () => readReceipts(text, KNOWN);
      expect(read, text).to.throw(FileError, where);
      expect(read, text).to.throw(why);
    }
  });

  it("shows references as they were written, and hashes as they are", () => {
    expect(referenceText(bankReference("付款-2026-11"))).to.equal("付款-2026-11");
    const hash = `0x${"ab".repeat(32)}`;
    expect(referenceText(hash)).to.equal(hash);
    expect(referenceText(`0x${"00".repeat(32)}`)).to.equal(`0x${"00".repeat(32)}`);
    expect(referenceText(`0x41${"00".repeat(30)}41`)).to.equal(`0x41${"00".repeat(30)}41`);
  });
});
