import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { dayOf, formatDay, startOfDay } from "../../../sdk/types/time.ts";
import type { EventChain } from "../eventChain.ts";
import { level, report } from "../market.ts";

/** Blocks from one that the index picks to the next, as in `indexer/ponder.config.ts`. */
const INTERVAL = 600;
/** Blocks that the tests have left until then. */
const LEFT = 12;

/** Seals empty blocks until the next one that the index picks is near: what is sealed before it starts costs it nothing. */
export async function comeNearAPickedBlock({ chain }: EventChain): Promise<void> {
  for (let left = INTERVAL - ((await chain.blockNumber()) % INTERVAL); left > LEFT; left -= 1) await chain.seal();
}

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

  it("ends days by the next of the blocks that it picks, where no meter has any event", async () => {
    const { chain: node } = chain();
    const today = dayOf(await node.now());
    const number = await node.blockNumber();
    const picked = (Math.floor((number + 1) / INTERVAL) + 1) * INTERVAL;
    const ended = async () => {
      const { meteringDays } = await indexer().query<{ meteringDays: { items: { day: number; due: number }[] } }>(
        `{ meteringDays(where: { day_gte: ${today} }, orderBy: "day") { items { day due } } }`,
      );
      return meteringDays.items;
    };
    // Two days pass, and then some blocks without any event.
    await node.moveTo(startOfDay(today + 2) + 60);
    for (let at = await node.blockNumber(); at < picked - 1; at += 1) await node.seal();
    await indexer().caughtUpWith(picked - 1);
    expect(await ended()).to.deep.equal([]);
    await node.seal();
    await indexer().caughtUpWith(picked);
    const { meters } = await indexer().query<{ meters: { totalCount: number } }>(
      "{ meters(where: { active: true }) { totalCount } }",
    );
    expect(await ended()).to.deep.equal([today, today + 1].map((day) => ({ day, due: meters.totalCount })));
    const { meterDays } = await indexer().query<{ meterDays: { totalCount: number } }>(
      `{ meterDays(where: { state: none, day: ${today + 1} }) { totalCount } }`,
    );
    expect(meterDays.totalCount).to.equal(meters.totalCount);
  });
}
