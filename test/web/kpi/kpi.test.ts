import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { kpisOf } from "../../../indexer/src/api/kpi/kpisOf.ts";
import { root } from "../../../scripts/root.ts";
import { definitionsIn } from "../../../web/kpi/definitionsIn.ts";
import { spanOf } from "../../../web/kpi/span.ts";

describe("The page's key figures", () => {
  const counted = { days: [], today: 0, registered: 0n, active: 0n, traders: 0n, tradesOfTraders: 0n };
  const definitions = definitionsIn(readFileSync(join(root, "docs/kpi.md"), "utf8"));

  it("have a definition each, in both languages, and no other does", () => {
    expect([...definitions.keys()]).to.deep.equal(kpisOf(counted).map(({ id }) => id));
    for (const [id, { figure, numerator, denominator, events }] of definitions) {
      for (const { en, zh } of [figure, numerator]) {
        expect(en, id).to.match(/^[^\p{Script=Han}]+$/u);
        expect(zh, id).to.match(/\p{Script=Han}/u);
      }
      expect(denominator.en, id).not.to.equal("");
      expect(events, id).not.to.deep.equal([]);
    }
    expect(definitions.get("claimedKwh")?.denominator).to.deep.equal({
      en: "energy delivered by trades settled in the period, Wh",
      zh: "期内结算交易的交付电量（Wh）",
    });
  });

  it("say how long something took in two units at most", () => {
    const said = (seconds: bigint) => Object.values(spanOf(seconds)).map((text) => text.replaceAll("\u00a0", " "));
    expect(said(0n)).to.deep.equal(["0 s", "0 秒"]);
    expect(said(59n)).to.deep.equal(["59 s", "59 秒"]);
    expect(said(3_600n)).to.deep.equal(["1 h", "1 小时"]);
    expect(said(86_399n)).to.deep.equal(["23 h 59 min", "23 小时 59 分"]);
    expect(said(90_061n)).to.deep.equal(["1 d 1 h", "1 天 1 小时"]);
  });
});
