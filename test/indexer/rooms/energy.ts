import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { FACTORY, PLANT } from "../story.ts";

export function itKeepsEnergy(indexer: () => LocalIndexer): void {
  it("follows the kWh of a meter day from their minting to who holds and who retired them", async () => {
    const { meterDay } = await indexer().query<{ meterDay: object }>(`{ meterDay(id: "1-2026-11-22") {
      mintedWh claimableWh surplusWh meteredWh
      kwhBalances(orderBy: "participantId") { items { participantId energyWh } }
      retirements { items { energyWh consumptionMeterDay { id retiredWh meteredWh } } }
    } }`);
    const consumptionMeterDay = { id: "2-2026-11-22", retiredWh: "1500", meteredWh: "5760" };
    expect(meterDay).to.deep.equal({
      // Minted and claimable are what was metered.
      ...{ mintedWh: "5000", claimableWh: "1000", surplusWh: "1000", meteredWh: "6000" },
      kwhBalances: {
        items: [
          { participantId: PLANT, energyWh: "1000" },
          { participantId: FACTORY, energyWh: "2500" },
        ],
      },
      retirements: { items: [{ energyWh: "1500", consumptionMeterDay }] },
    });
  });
}
