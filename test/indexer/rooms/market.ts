import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { accountOf, level } from "../market.ts";
import { FACTORY, PLANT } from "../story.ts";

export function itKeepsTheMarket(indexer: () => LocalIndexer): void {
  it("answers with a participant's trades, contracted and delivered, in one query", async () => {
    const { participant } = await indexer().query<{ participant: object }>(`{ participant(id: ${PLANT}) {
      kinds status deposit { balanceFen heldFen }
      sales(orderBy: "id") { items {
        id status date round contracted delivered deliveredWh contractedEnergyFen energyFen networkFen deviationFen invoiced
        sellOrder { side complete filledWh } buyOrder { side complete usedFen } buyer { account } sellerMeterDay { state }
      } }
    } }`);
    const done = { date: "2026-11-22", networkFen: "7", buyer: { account: accountOf(FACTORY) } };
    const first = {
      ...{ id: "1", status: "settled", round: "0", ...done, invoiced: false, sellOrder: null, buyOrder: null },
      ...{ contracted: level(1000, 0, 4), delivered: level(1000, 0, 4), deliveredWh: "4000" },
      ...{ contractedEnergyFen: "160", energyFen: "160", deviationFen: "0", sellerMeterDay: { state: "final" } },
    };
    const second = {
      ...{ id: "2", status: "settled", round: "7", ...done, invoiced: false },
      ...{ contracted: level(1000, 2, 6), delivered: level(500, 2, 4), deliveredWh: "1000" },
      ...{ contractedEnergyFen: "120", energyFen: "30", deviationFen: "3", sellerMeterDay: { state: "final" } },
      sellOrder: { side: "sell", complete: false, filledWh: "4000" },
      buyOrder: { side: "buy", complete: true, usedFen: "127" },
    };
    const late = {
      ...{ id: "3", status: "settled", round: "0", ...done, date: "2026-11-23", invoiced: true },
      ...{ sellOrder: null, buyOrder: null, contracted: level(1000, 0, 1), delivered: level(1000, 0, 1) },
      ...{ deliveredWh: "1000", contractedEnergyFen: "40", energyFen: "40", deviationFen: "0" },
      sellerMeterDay: { state: "lateFinal" },
    };
    expect(participant).to.deep.equal({
      ...{ kinds: ["generator"], status: "active", deposit: { balanceFen: "100188", heldFen: "0" } },
      sales: { items: [first, second, late] },
    });
  });

  it("answers with a day's prices and volumes in one query", async () => {
    const { priceSlots } = await indexer().query<{ priceSlots: { totalCount: number; items: unknown[] } }>(`{
      priceSlots(where: { zoneId: 2, date: "2026-11-22" }, orderBy: "slot", limit: 96) { totalCount items {
        slot price contractedWh bilateralWh deliveredWh averagePrice trades zone { name }
      } }
    }`);
    const at = { price: 30_000, zone: { name: "都江堰" } };
    const bilateral = {
      contractedWh: "1000",
      bilateralWh: "1000",
      deliveredWh: "1000",
      averagePrice: 40_000,
      trades: 1,
    };
    const both = { contractedWh: "2000", bilateralWh: "1000", deliveredWh: "1500", averagePrice: 35_000, trades: 2 };
    expect(priceSlots.totalCount).to.equal(48);
    expect(priceSlots.items.slice(0, 7)).to.deep.equal([
      { slot: 0, ...at, ...bilateral },
      { slot: 1, ...at, ...bilateral },
      { slot: 2, ...at, ...both },
      { slot: 3, ...at, ...both },
      {
        slot: 4,
        ...at,
        ...both,
        contractedWh: "1000",
        bilateralWh: "0",
        deliveredWh: "0",
        averagePrice: 30_000,
        trades: 1,
      },
      {
        slot: 5,
        ...at,
        ...both,
        contractedWh: "1000",
        bilateralWh: "0",
        deliveredWh: "0",
        averagePrice: 30_000,
        trades: 1,
      },
      { slot: 6, ...at, ...both, contractedWh: "0", bilateralWh: "0", deliveredWh: "0", averagePrice: null, trades: 0 },
    ]);
  });

  it("keeps what a round left out, and why", async () => {
    const { skippedLegs } = await indexer().query<{ skippedLegs: object }>(
      "{ skippedLegs { items { round sale leg reason sellOrder { traderId } } } }",
    );
    expect(skippedLegs).to.deep.equal({
      items: [{ round: "7", sale: "0", leg: "1", reason: "insufficientBalance", sellOrder: { traderId: PLANT } }],
    });
  });

  it("keeps rule sets, and when one was withdrawn before its day", async () => {
    const { ruleSets } = await indexer().query<{ ruleSets: object }>(
      '{ ruleSets(orderBy: "id") { items { id effectiveDate withdrawnAt } } }',
    );
    expect(ruleSets).to.deep.equal({
      items: [
        { id: 1, effectiveDate: "1970-01-01", withdrawnAt: null },
        { id: 2, effectiveDate: "2027-03-02", withdrawnAt: "1795000000" },
      ],
    });
  });
}
