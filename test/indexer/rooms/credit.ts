import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { FACTORY } from "../story.ts";

export function itKeepsCredit(indexer: () => LocalIndexer): void {
  it("adds up what is counted of each participant", async () => {
    const { participant } = await indexer().query<{ participant: object }>(`{ participant(id: ${FACTORY}) { credit {
      sales purchases purchasesCharged boughtWh boughtDeliveredWh tradesLeftOut
      dischargedOnTime dischargedLate daysLate defaults arrears arrearsStanding writtenOff
    } } }`);
    expect(participant).to.deep.equal({
      credit: {
        ...{ sales: 0, purchases: 2, purchasesCharged: 1, boughtWh: "8000", boughtDeliveredWh: "5000" },
        ...{ tradesLeftOut: 1, dischargedOnTime: 0, dischargedLate: 1, daysLate: 70, defaults: 1, arrears: 1 },
        ...{ arrearsStanding: 0, writtenOff: 1 },
      },
    });
  });
}
