import { expect } from "chai";
import type { Hex } from "viem";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { outcomeHash } from "../../../sdk/market/terms.ts";
import { merkleRoot, merkleSiblings } from "../../../sdk/types/merkleTree.ts";
import { accountOf, level } from "../market.ts";
import { FACTORY, GREEN_BUY, LATER, PLANT, STRANGER } from "../story.ts";

export function itKeepsTheMarket(indexer: () => LocalIndexer): void {
  it("answers with a participant's trades, contracted and delivered, in one query", async () => {
    const { participant } = await indexer().query<{ participant: object }>(`{ participant(id: ${PLANT}) {
      kinds status deposit { balanceFen heldFen }
      sales(where: { status: settled }, orderBy: "id") { items {
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
      ...{ kinds: ["generator"], status: "active", deposit: { balanceFen: "100185", heldFen: "10" } },
      sales: { items: [first, second, late] },
    });
  });

  it("keeps the outcomes of a call, out of which anybody proves one of them", async () => {
    const { trade, outcomeTrees } = await indexer().query<{
      trade: { commitment: Hex; outcomePlace: number; outcomes: { leaves: Hex[]; root: Hex } } & Record<string, string>;
      outcomeTrees: { items: { root: Hex; leaves: Hex[]; trades: { items: object[] } }[] };
    }>(`{
      trade(id: "2") { commitment outcomePlace deliveredWh energyFen networkFen deviationFen outcomes { leaves root } }
      outcomeTrees(orderBy: "settlement", where: { settlement_lte: "3" }) { items { settlement leaves root
        trades(orderBy: "outcomePlace") { items { id outcomePlace claimedWh claimedAt } } } }
    }`);
    const [deliveredWh, energyFen, networkFen, deviationFen] = [1000n, 30n, 7n, 3n];
    const own = outcomeHash(trade.commitment, { deliveredWh, energyFen, networkFen, deviationFen, invoiced: false });
    const { leaves, root } = trade.outcomes;
    expect(leaves[trade.outcomePlace]).to.equal(own);
    // With two leaves the proof of one is the other.
    expect(merkleSiblings(leaves, trade.outcomePlace)).to.deep.equal([leaves[0]]);
    expect(merkleRoot(leaves)).to.equal(root);
    const unclaimed = { claimedWh: null, claimedAt: null };
    expect(outcomeTrees.items.map(({ trades: { items } }) => items)).to.deep.equal([
      [
        { id: "1", outcomePlace: 0, claimedWh: "4000", claimedAt: "1795000000" },
        { id: "2", outcomePlace: 1, ...unclaimed },
      ],
      [{ id: "3", outcomePlace: 0, ...unclaimed }],
      [{ id: "5", outcomePlace: 0, ...unclaimed }],
    ]);
    for (const kept of outcomeTrees.items) expect(kept.root).to.equal(merkleRoot(kept.leaves));
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

  it("answers with what backs a participant's orders in one query", async () => {
    const { participant } = await indexer().query<{ participant: object }>(`{ participant(id: ${FACTORY}) {
      margin { lockedFen termsFen announcedLockedFen announcedTermsFen releasableAt drawnLockedFen drawnTermsFen
        hold { heldFen margin { participantId } } }
      marginMovements(where: { kind: drawn }, orderBy: "round") { items { round lockedFen termsFen movedAt
        purchases { items { id contractedEnergyFen contractedNetworkFen } } sales { totalCount } } }
      orders(orderBy: "filledWh") { items { day paymentDays greenCertificates filledWh continuousWh usedFen
        presigned { presignedAt } } }
      cancellations { items { kind date firstNonce lastNonce } }
    } }`);
    const drawn = (id: string, round: string, lockedFen: string, termsFen: string, contractedEnergyFen: string) => ({
      ...{ round, lockedFen, termsFen, movedAt: "1795000000", sales: { totalCount: 0 } },
      purchases: { items: [{ id, contractedEnergyFen, contractedNetworkFen: "7" }] },
    });
    expect(participant).to.deep.equal({
      margin: {
        ...{ lockedFen: "90", termsFen: "880", drawnLockedFen: "110", drawnTermsFen: "120" },
        ...{ announcedLockedFen: "20", announcedTermsFen: "100", releasableAt: "1795086400" },
        // 103 fen are held for the trades of two rounds.
        hold: { heldFen: "193", margin: { participantId: FACTORY } },
      },
      marginMovements: {
        items: [drawn("2", "7", "7", "120", "120"), drawn("4", "8", "67", "0", "60"), drawn("5", "9", "36", "0", "29")],
      },
      orders: {
        items: [
          {
            ...{ day: LATER, paymentDays: 0, greenCertificates: true, filledWh: "3000", continuousWh: "2000" },
            ...{ usedFen: "103", presigned: { presignedAt: "1795000000" } },
          },
          {
            ...{ day: LATER - 2, paymentDays: 30, greenCertificates: false, filledWh: "4000", continuousWh: "0" },
            ...{ usedFen: "127", presigned: null },
          },
        ],
      },
      cancellations: {
        items: [{ kind: "buyOrder", date: "2026-11-24", firstNonce: "4294967295", lastNonce: "4294967295" }],
      },
    });
  });

  it("keeps every change of a margin, and what the rounds have left of an announced release", async () => {
    const { margin } = await indexer().query<{ margin: object }>(`{ margin(participantId: ${PLANT}) {
      lockedFen announcedLockedFen releasableAt drawnLockedFen hold { heldFen }
      movements(orderBy: "id") { items { kind lockedFen termsFen round releasableAt } }
    } }`);
    const movement = (kind: string, lockedFen: string, round: string | null = null) => ({
      ...{ kind, lockedFen, termsFen: "0", round, releasableAt: kind === "announced" ? "1795000000" : null },
    });
    expect(margin).to.deep.include({
      ...{ lockedFen: "0", announcedLockedFen: "0", releasableAt: null, drawnLockedFen: "15" },
      // Two bonds.
      hold: { heldFen: "10" },
    });
    expect((margin as { movements: { items: object[] } }).movements.items).to.have.deep.members([
      movement("locked", "50"),
      movement("announced", "40"),
      movement("drawn", "5", "7"),
      movement("drawn", "5", "8"),
      movement("drawn", "5", "9"),
      movement("released", "35"),
    ]);
    const { marginMovements } = await indexer().query<{ marginMovements: object }>(
      "{ marginMovements(where: { kind: allowed }) { items { participantId lockedFen termsFen margin { termsFen } } } }",
    );
    expect(marginMovements).to.deep.equal({
      items: [{ participantId: FACTORY, lockedFen: "0", termsFen: "1000", margin: { termsFen: "880" } }],
    });
  });

  it("says of prices, trades and slots whether they are an auction's or a continuous match's, and of which term", async () => {
    const { roundPrices, trades, priceSlot } = await indexer().query<Record<string, object>>(`{
      roundPrices(orderBy: "round") { items { round date paymentDays continuous curve { price } trades { items { id } } } }
      trades(orderBy: "id") { items { id round continuous paymentDays greenCertificates zone { name }
        roundPrice { round } buyerMargin { lockedFen } sellerMargin { lockedFen } } }
      priceSlot(zoneId: 2, day: ${LATER}, slot: 0) { round price paymentDays continuous trades }
    }`);
    const round = (id: string, number: string, values: object, price: number) => ({
      ...{ round: number, ...values, curve: { price: level(price, 0, 48) }, trades: { items: [{ id }] } },
    });
    expect(roundPrices).to.deep.equal({
      items: [
        round("2", "7", { date: "2026-11-22", paymentDays: 30, continuous: false }, 30_000),
        round("4", "8", { date: "2026-11-24", paymentDays: 0, continuous: true }, 30_000),
        round("5", "9", { date: "2026-11-24", paymentDays: 0, continuous: false }, 29_000),
      ],
    });
    const zone = { name: "都江堰" };
    const none = { continuous: false, paymentDays: 0, greenCertificates: false, roundPrice: null };
    const bilateral = { round: "0", ...none, buyerMargin: null, sellerMargin: null, zone };
    const opened = (round: string, continuous: boolean, buyerFen: string) => ({
      ...{ round, continuous, roundPrice: { round }, zone },
      ...{ buyerMargin: { lockedFen: buyerFen }, sellerMargin: { lockedFen: "5" } },
    });
    expect((trades as { items: object[] }).items.slice(0, 5)).to.deep.equal([
      { id: "1", ...bilateral },
      { id: "2", ...opened("7", false, "7"), paymentDays: 30, greenCertificates: false },
      { id: "3", ...bilateral },
      { id: "4", ...opened("8", true, "67"), paymentDays: 0, greenCertificates: true },
      { id: "5", ...opened("9", false, "36"), paymentDays: 0, greenCertificates: true },
    ]);
    expect(priceSlot).to.deep.equal({ round: "9", price: 29_000, paymentDays: 0, continuous: false, trades: 1 });
  });

  it("keeps orders signed on chain, and whose word counts", async () => {
    const { presignedOrders } = await indexer().query<{ presignedOrders: object }>(
      '{ presignedOrders(orderBy: "account") { items { account digest trader { id } order { filledWh } } } }',
    );
    expect(presignedOrders).to.deep.equal({
      items: [
        { account: STRANGER, digest: GREEN_BUY, trader: null, order: null },
        { account: accountOf(FACTORY), digest: GREEN_BUY, trader: { id: FACTORY }, order: { filledWh: "3000" } },
      ],
    });
  });

  it("keeps cancelled nonces by kind and delivery day, whole pages as the nonces on them", async () => {
    const { cancellations } = await indexer().query<{ cancellations: object }>(
      `{ cancellations(where: { day: ${LATER} }, orderBy: "firstNonce") { items { traderId kind firstNonce lastNonce } } }`,
    );
    expect(cancellations).to.deep.equal({
      items: [
        { traderId: null, kind: "trade", firstNonce: "112", lastNonce: "223" },
        { traderId: FACTORY, kind: "buyOrder", firstNonce: "4294967295", lastNonce: "4294967295" },
        { traderId: PLANT, kind: "sellOrder", firstNonce: "481036337040", lastNonce: "481036337151" },
      ],
    });
  });

  it("keeps what a round left out, and why", async () => {
    const { skippedLegs } = await indexer().query<{ skippedLegs: object }>(
      "{ skippedLegs { items { round sale leg reason sellOrder { traderId } } } }",
    );
    expect(skippedLegs).to.deep.equal({
      items: [{ round: "7", sale: "0", leg: "1", reason: "insufficientMargin", sellOrder: { traderId: PLANT } }],
    });
  });

  it("keeps rule sets, and when one was withdrawn before its day", async () => {
    const { ruleSets } = await indexer().query<{ ruleSets: object }>(
      '{ ruleSets(orderBy: "id") { items { id effectiveDate withdrawnAt rules { cutOffLeadSeconds gateLeadSeconds marginNoticeSeconds lotWh } } } }',
    );
    const clock = { cutOffLeadSeconds: 28_800, gateLeadSeconds: 3600, marginNoticeSeconds: 86_400, lotWh: 1000 };
    expect(ruleSets).to.deep.equal({
      items: [
        { id: 1, effectiveDate: "1970-01-01", withdrawnAt: null, rules: clock },
        { id: 2, effectiveDate: "2027-03-02", withdrawnAt: "1795000000", rules: clock },
      ],
    });
  });
}
