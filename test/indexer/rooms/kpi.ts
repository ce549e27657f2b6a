import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import type { EventChain } from "../eventChain.ts";
import { kpisFromLogs, kpisServed, readHistory } from "../kpiFromLogs.ts";
import { PERIODS } from "../kpiStory.ts";

export function itCountsKpis(indexer: () => LocalIndexer, chain: () => EventChain): void {
  it("serves the KPIs that come out of the raw logs, over any period", async () => {
    const history = await readHistory(chain().chain, chain().contracts);
    for (const [from, to] of PERIODS) {
      const served = await kpisServed(indexer().url, from, to);
      expect(served, `${from} to ${to}`).to.deep.equal(kpisFromLogs(history, from, to));
    }
  });

  it("shows KPIs as people read them, and nothing where nothing counted", async () => {
    const values = async (from: string, to: string) => {
      const text = await (await fetch(`${indexer().url}/kpi.csv?from=${from}&to=${to}`)).text();
      const [head, ...rows] = text.replace("\uFEFF", "").trimEnd().split("\r\n");
      expect(head).to.equal("id,zh,en,numerator,denominator,unit,value");
      return Object.fromEntries(rows.map((row) => [row.split(",")[0], row.split(",")[6]]));
    };
    const nothing = {
      tradesPerParticipant: "",
      settledWithoutCorrection: "",
      claimedKwh: "",
      deliveryToMoney: "",
      financingSuccess: "",
    };
    const none = { ...nothing, requestToMoney: "", useOfFunds: "", overdueShare: "", recoveredShare: "" };
    expect(await values("2026-12-04", "2026-12-04")).to.deep.equal({
      ...{ registeredParticipants: "8", activeParticipants: "0", ...none },
    });
    // Four trades between two; 104 and the late 103 were settled by their first reading, 104 was adjusted afterwards.
    expect(await values("2026-12-03", "2026-12-08")).to.include({
      ...{ activeParticipants: "3", tradesPerParticipant: "4.00", settledWithoutCorrection: "25.00" },
      // 6,000 of 9,000 Wh delivered.
      claimedKwh: "66.67",
      ...{ financingSuccess: "50.00", useOfFunds: "49.57", overdueShare: "100.00" },
    });
    // 28 of 78 fen were not paid on the due day, and 20 of these after the default; two were never owed.
    expect(await values("2026-12-11", "2026-12-11")).to.include({ overdueShare: "35.90", recoveredShare: "71.43" });
    // Due on a Sunday, paid on Monday.
    expect(await values("2026-12-14", "2026-12-14")).to.include({ overdueShare: "0.00" });
  });

  it("gives every day of a period, also those on which nothing happened", async () => {
    const response = await fetch(`${indexer().url}/kpi-days.json?from=2026-12-03&to=2026-12-11`);
    const { days } = (await response.json()) as { days: Record<string, unknown>[] };
    expect(days.map(({ tradesOpened }) => tradesOpened)).to.deep.equal([4, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(days.at(-1)).to.include({
      ...{ dueFen: "78", paidInTimeFen: "50", paidLateFen: "20" },
      ...{ defaultedFen: "28", recoveredFen: "20", writtenOffFen: "16" },
    });
    const { kpiDays } = await indexer().query<{ kpiDays: { items: object[] } }>(
      '{ kpiDays(where: { date: "2026-12-05" }) { items { tradesSettled tradesCorrected deliveredWh claimedWh sellersPaidFen } } }',
    );
    expect(kpiDays.items).to.deep.equal([
      { tradesSettled: 3, tradesCorrected: 3, deliveredWh: "8000", claimedWh: "6000", sellersPaidFen: "240" },
    ]);
  });

  it("refuses a period that is none, in one sentence of both languages", async () => {
    for (const period of ["from=2026-12-04&to=2026-12-03", "from=yesterday"]) {
      const response = await fetch(`${indexer().url}/kpi.json?${period}`);
      expect(response.status).to.equal(400);
      expect(((await response.json()) as { error: string }).error).to.match(/^.+\. .+。$/);
    }
  });
}
