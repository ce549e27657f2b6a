import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { dayOf, formatDay } from "../../../sdk/types/time.ts";
import type { EventChain } from "../eventChain.ts";
import { level, report } from "../market.ts";

export function itFindsMissingReadings(indexer: () => LocalIndexer, chain: () => EventChain): void {
  it("enters every day of an active meter when it has ended, so that a missing reading is found", async () => {
    const today = dayOf(await chain().chain.now());
    // The days in between have no event at all; the day itself is not over.
    await chain().emit([report(1n, today - 2, level(7))]);
    await indexer().caughtUpWith(await chain().chain.blockNumber());
    const period = `date_gte: "${formatDay(today - 3)}", date_lte: "${formatDay(today)}"`;
    const { missing, ended, meters } = await indexer().query<Record<string, { items: object[]; totalCount: number }>>(`{
      missing: meterDays(where: { state: none, meterId_in: ["1", "2"], ${period} }, orderBy: "id") { items { id version meteredWh } }
      meters(where: { active: true }) { totalCount }
      ended: meteringDays(where: { ${period} }) { items { date due } }
    }`);
    const none = (meter: number, day: number) => ({ id: `${meter}-${formatDay(day)}`, version: 0, meteredWh: null });
    expect(missing?.items).to.deep.equal([
      ...[none(1, today - 3), none(1, today - 1)],
      ...[none(2, today - 3), none(2, today - 2), none(2, today - 1)],
    ]);
    expect(ended?.items).to.deep.equal(
      [3, 2, 1].map((ago) => ({ date: formatDay(today - ago), due: meters?.totalCount })),
    );
  });
}
