import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { numberToHex } from "viem";
import { root } from "../../../../scripts/root.ts";
import { bookSide } from "../../../../sdk/clearing/book.ts";
import { clearBook } from "../../../../sdk/clearing/clearBook.ts";
import { pair } from "../../../../sdk/clearing/pairing/pair.ts";
import { roundSeed } from "../../../../sdk/clearing/pairing/roundSeed.ts";
import { PRICE_RULES } from "../../../../sdk/clearing/priceRule.ts";
import { parseKwh, parseYuanPerMwh, SLOTS } from "../../../../sdk/index.ts";

const page = readFileSync(join(root, "docs/market/clearing.md"), "utf8");
const rows = page
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, , side]) => side?.startsWith("sell ·") || side?.startsWith("buy ·"))
  .map(([, name = "", side = "", limit = "", energy = "", cleared = ""], owner) => ({
    name,
    side: side.startsWith("sell") ? ("sell" as const) : ("buy" as const),
    limit: parseYuanPerMwh(limit),
    energyWh: Number(parseKwh(energy)),
    cleared: Number(parseKwh(cleared)),
    owner,
  }));
const of = (side: "sell" | "buy") => rows.filter((row) => row.side === side);
const book = { sells: bookSide(of("sell")), buys: bookSide(of("buy")) };

describe("the worked example of docs/market/clearing.md", () => {
  it("clears to what the page says, by every price rule", () => {
    expect(rows).to.have.length(6);
    for (const rule of PRICE_RULES) {
      const { price = 0, sells, buys } = clearBook(book, { rule, floor: 0, cap: 60_000 });
      expect([...sells]).to.deep.equal(of("sell").map(({ cleared }) => cleared));
      expect([...buys]).to.deep.equal(of("buy").map(({ cleared }) => cleared));
      expect(page).to.include(`\`${rule}\` ${(price / 100).toFixed(2)}`);
    }
  });

  it("takes three trades", () => {
    const orders = (side: "sell" | "buy") =>
      of(side).map(({ owner, cleared }) => ({
        id: numberToHex(owner, { size: 32 }),
        owner,
        energy: Array.from({ length: SLOTS }, (_, slot) => (slot === 40 ? cleared : 0)),
      }));
    const seed = roundSeed({ round: 1n, day: 20_780, blockHash: numberToHex(1, { size: 32 }) });
    expect(pair(orders("sell"), orders("buy"), seed).flatMap(({ legs }) => legs)).to.have.length(3);
  });
});
