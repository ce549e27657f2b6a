import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { level } from "../market.ts";
import { FACTORY, PLANT } from "../story.ts";

export function itKeepsSettlement(indexer: () => LocalIndexer): void {
  it("shows what a correction changed beside what was settled", async () => {
    const { trade } = await indexer().query<{ trade: object }>(`{ trade(id: "2") {
      energyFen deliveredWh
      sellerMeterDay {
        version metered correctedVersion corrected correctedWh versions(orderBy: "version") { items { version quality } }
      }
      adjustments { items {
        version differenceWh deliveredWh energyFen networkFen deviationFen
        differences(orderBy: "debtId") { items { amount debt { status amountFen dueDate debtor { id } creditor { id } } } }
      } }
    } }`);
    const parties = { dueDate: "2026-12-22", debtor: { id: FACTORY }, creditor: { id: PLANT } };
    expect(trade).to.deep.equal({
      ...{ energyFen: "30", deliveredWh: "1000" },
      sellerMeterDay: {
        ...{ version: 1, metered: level(1500, 0, 4), correctedVersion: 2, corrected: level(2000, 0, 4) },
        ...{ correctedWh: "8000" },
        versions: {
          items: [
            { version: 1, quality: "measured" },
            { version: 2, quality: "estimated" },
          ],
        },
      },
      adjustments: {
        items: [
          {
            ...{ version: 2, differenceWh: "1000", deliveredWh: "2000" },
            ...{ energyFen: "60", networkFen: "7", deviationFen: "2" },
            differences: {
              items: [
                { amount: "energy", debt: { status: "discharged", amountFen: "30", ...parties } },
                { amount: "deviationCharge", debt: { status: "discharged", amountFen: "4", ...parties } },
              ],
            },
          },
        ],
      },
    });
  });
}
