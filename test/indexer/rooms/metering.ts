import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { digestOf, level } from "../market.ts";
import { FACTORY, PLANT, SUPPLIER } from "../story.ts";

export function itKeepsMetering(indexer: () => LocalIndexer): void {
  it("follows a meter day from what was sold to what was metered, in every version", async () => {
    const { meterDay } = await indexer().query<{ meterDay: object }>(`{ meterDay(id: "1-2026-11-22") {
      day date state version metered position positionWh meteredWh
      versions { items { version meteredWh } } acceptances { items { participant { id } } }
    } }`);
    const position = level(0).map((_, slot) => [1000, 1000, 2000, 2000, 1000, 1000][slot] ?? 0);
    expect(meterDay).to.deep.equal({
      ...{ day: 20_779, date: "2026-11-22", state: "final", version: 1 },
      ...{ metered: level(1500, 0, 4), meteredWh: "6000", position, positionWh: "8000" },
      versions: {
        items: [
          { version: 1, meteredWh: "6000" },
          { version: 2, meteredWh: "8000" },
        ],
      },
      acceptances: { items: [{ participant: { id: PLANT } }] },
    });
  });

  it("keeps who objected to which version, and for what", async () => {
    const { meterDay, participant } = await indexer().query<Record<"meterDay" | "participant", object>>(`{
      meterDay(id: "1-2026-11-22") { state objectedVersion objections { items { version curveHash reasonHash participant { id } } } }
      participant(id: ${FACTORY}) { objections { items { meterDayId version } } }
    }`);
    const hashes = { curveHash: digestOf("curve"), reasonHash: digestOf("reason") };
    expect(meterDay).to.deep.equal({
      ...{ state: "final", objectedVersion: 1 },
      ...{ objections: { items: [{ version: 1, ...hashes, participant: { id: FACTORY } }] } },
    });
    expect(participant).to.deep.equal({ objections: { items: [{ meterDayId: "1-2026-11-22", version: 1 }] } });
  });

  it("keeps what was reported under a root, what ended with it, and what left it for a word of its own", async () => {
    const { meterDayRoots } = await indexer().query<{
      meterDayRoots: { items: { finalisedAt: string | null }[] };
    }>(`{ meterDayRoots(orderBy: "id") { items {
      id meterGroup date meterDays finalisedAt keptDays(orderBy: "id") { items { id state version meteredWh } }
    } } }`);
    const items = meterDayRoots.items.map(({ finalisedAt, ...root }) => ({ ...root, isFinal: finalisedAt !== null }));
    const ofLoad = { state: "reported", version: 1, meteredWh: "200" };
    expect(items).to.deep.equal([
      {
        ...{ id: "1", meterGroup: "0", date: "2026-11-22", meterDays: 1, isFinal: true },
        keptDays: { items: [{ id: "2-2026-11-22", state: "final", version: 1, meteredWh: "5760" }] },
      },
      {
        ...{ id: "2", meterGroup: "0", date: "2026-11-24", meterDays: 2, isFinal: false },
        keptDays: { items: [{ id: "2-2026-11-24", ...ofLoad }] },
      },
    ]);
    const { meterDay } = await indexer().query<{ meterDay: object }>(
      '{ meterDay(id: "1-2026-11-24") { rootId root { id } state version versions { items { version meteredWh } } } }',
    );
    expect(meterDay).to.deep.equal({
      ...{ rootId: null, root: null, state: "reported", version: 1 },
      versions: { items: [{ version: 1, meteredWh: "100" }] },
    });
  });

  it("keeps who trades for a meter, and who from which day on", async () => {
    const { meters } = await indexer().query<{ meters: object }>(
      '{ meters(orderBy: "id", limit: 2) { items { traderId nextTraderId nextTraderDay nextTraderDate nextTrader { id } } } }',
    );
    expect(meters).to.deep.equal({
      items: [
        {
          ...{ traderId: PLANT, nextTraderId: SUPPLIER, nextTraderDay: 20_781, nextTraderDate: "2026-11-24" },
          nextTrader: { id: SUPPLIER },
        },
        { traderId: FACTORY, nextTraderId: null, nextTraderDay: null, nextTraderDate: null, nextTrader: null },
      ],
    });
  });

  it("keeps for which days how long is reported and objected to, and what was withdrawn", async () => {
    const { meteringWindows } = await indexer().query<{ meteringWindows: object }>(
      '{ meteringWindows(orderBy: "effectiveDay") { items { effectiveDate reportDays objectionHours withdrawnAt } } }',
    );
    expect(meteringWindows).to.deep.equal({
      items: [
        { effectiveDate: "2026-08-14", reportDays: 3, objectionHours: 72, withdrawnAt: null },
        { effectiveDate: "2027-03-02", reportDays: 5, objectionHours: 48, withdrawnAt: "1795000000" },
      ],
    });
  });
}
