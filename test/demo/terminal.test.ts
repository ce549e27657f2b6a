import { expect } from "chai";
import { COLUMNS, table, width, wrap } from "../../demo/terminal.ts";

const URL = `http://127.0.0.1:8600/${"statements/".repeat(9)}`;

describe("What npm start writes to a terminal", () => {
  it("counts Chinese characters as two columns", () => {
    expect([width("a 元"), width("，。"), width("●"), width("")]).to.deep.equal([4, 4, 1, 0]);
  });

  it("breaks English at spaces and Chinese anywhere but before closing marks, and addresses nowhere", () => {
    const english = wrap("The market operator's service takes signed orders, clears and opens them. ".repeat(3), "  ");
    const chinese = wrap("市场运营服务接收签名报单，出清并提交上链，到期自动定稿、结算、分付。".repeat(3), "  ");
    for (const text of [english, chinese]) {
      const lines = text.split("\n");
      expect(lines.length).to.be.greaterThan(2);
      for (const line of lines) {
        expect(width(line), line).to.be.at.most(COLUMNS);
        expect(line).to.match(/^ {2}[^\s，。、]/);
      }
      // Nothing is lost.
      expect(lines.slice(0, -1).every((line) => width(line) > COLUMNS - 20)).to.equal(true);
    }
    expect(chinese.replace(/\s/g, "")).to.equal(
      "市场运营服务接收签名报单，出清并提交上链，到期自动定稿、结算、分付。".repeat(3),
    );
    expect(wrap(`Look at ${URL} and so on`, "  ").split("\n")).to.deep.equal(["  Look at", `  ${URL}`, "  and so on"]);
  });

  it("aligns the columns of a table by what they take", () => {
    expect(
      table(
        ["参与方", "n"],
        [
          ["a", "10"],
          ["光伏户", "2"],
        ],
      ),
    ).to.equal("  参与方   n\n  a       10\n  光伏户   2");
  });
});
