import { expect } from "chai";
import fc from "fast-check";
import { DiscountError, discountPrice } from "../../../sdk/finance/discount.ts";
import { quoteOn } from "../../../web/finance/quote.ts";
import { deployHarness, type Harness } from "../../utils/harness.ts";
import { deployInProcess } from "../../utils/inProcess.ts";

const CASES = 500;
const DUE = 20_800;

describe("the price calculator of the page", function () {
  this.timeout(120_000);
  let harness: Harness;
  before(async () => {
    harness = await deployHarness(await deployInProcess());
  });

  it(`prices ${CASES} random claims like the sdk and the contract, to the fen`, async () => {
    const units = fc.bigInt({ min: 1n, max: 10n ** 15n });
    const rate = fc.integer({ min: 0, max: 12_000 });
    const days = fc.integer({ min: 0, max: 365 });
    const cases = fc.sample(fc.tuple(units, rate, days), CASES);
    const onChain = await harness.discount(
      cases.map(([faceFen, rateBp, daysToDue]) => ({ faceFen, rateBp, daysToDue })),
    );
    let priced = 0;
    for (const [index, [face, rateBp, daysToDue]] of cases.entries()) {
      const ask = () => quoteOn(face, rateBp, { on: DUE - daysToDue, due: DUE });
      if (onChain[index] === 0n) {
        expect(ask).to.throw(DiscountError);
        continue;
      }
      const { priceFen, discountFen, days: counted } = ask();
      expect(priceFen)
        .to.equal(onChain[index])
        .and.to.equal(discountPrice(face, rateBp, daysToDue));
      expect(priceFen + discountFen).to.equal(face);
      expect(counted).to.equal(daysToDue);
      priced += 1;
    }
    expect(priced).to.be.greaterThan(CASES / 2);
  });

  it("pays more the later it is accepted, so that the price on a bid's last day covers it", () => {
    const prices = [0, 5, 30, 46].map((later) => quoteOn(1_000_000n, 385, { on: DUE - 46 + later, due: DUE }).priceFen);
    expect(prices).to.deep.equal([995_081n, 995_615n, 998_289n, 1_000_000n]);
  });

  it("has no price after the due day", () => {
    expect(() => quoteOn(100n, 385, { on: DUE + 1, due: DUE })).to.throw("number of days to the due day");
  });
});
