import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import {
  askIndex,
  IndexError,
  marginOf,
  missingReadings,
  pricesOfDay,
  purchasesOf,
  receivableById,
  salesOf,
  tradeById,
} from "../../../sdk/index.ts";
import { samplesIn } from "../../utils/samples.ts";
import { FACTORY, PLANT } from "../story.ts";

/** What the sdk asks, and what the pages say that can be asked. */
export function itIsAsked(indexer: () => LocalIndexer): void {
  const index = () => ({ url: indexer().graphqlUrl, language: "zh" }) as const;

  it("answers the sdk's questions, with the types they promise", async () => {
    const { trade } = await askIndex(index(), tradeById, { id: 1n });
    expect(trade).to.include({ id: "1", round: "0" });
    expect(trade?.seller).to.deep.equal({ id: PLANT });
    expect(trade?.contracted).to.have.length(96);
    const bought = (await askIndex(index(), purchasesOf, { participant: FACTORY })).participant?.purchases;
    expect(bought?.items.map(({ id }) => id)).to.include("1");
    const { receivable } = await askIndex(index(), receivableById, { id: 1n });
    expect(receivable?.transfers?.items).not.to.be.empty;
    const { priceSlots } = await askIndex(index(), pricesOfDay, { zone: 2, date: "2026-11-22" });
    expect(priceSlots.items.map(({ slot }) => slot)).to.include(2);
    const { participant } = await askIndex(index(), marginOf, { participant: FACTORY });
    expect(BigInt(participant?.margin?.termsFen ?? 0) > 0n).to.equal(true);
    const { meterDays } = await askIndex(index(), missingReadings, { before: "2026-11-23" });
    expect(meterDays.pageInfo.hasNextPage).to.equal(false);
  });

  it("turns the pages of what a participant sold", async () => {
    const found: string[] = [];
    for (let after: string | null = null; ; ) {
      const answer: Awaited<ReturnType<typeof salesPage>> = await salesPage(after);
      found.push(...(answer?.items.map(({ id }) => id) ?? []));
      if (!answer?.pageInfo.hasNextPage) break;
      after = answer.pageInfo.endCursor;
    }
    const { trades } = await askIndex<{ trades: { items: { id: string }[] } }>(
      index(),
      `{ trades(where: { sellerId: ${PLANT} }, orderBy: "id", orderDirection: "desc") { items { id } } }`,
    );
    expect(found).to.deep.equal(trades.items.map(({ id }) => id));
    expect(found.length).to.be.greaterThan(1);
  });

  async function salesPage(after: string | null) {
    return (await askIndex(index(), salesOf, { participant: PLANT, after, limit: 1 })).participant?.sales;
  }

  it("says in the reader's language what is wrong with a cursor, a limit or a query", async () => {
    const refusals: [string, RegExp, RegExp][] = [
      ['{ trades(after: "abc") { totalCount } }', /^The cursor "abc" is none of trade/, /^游标“abc”不属于/],
      ["{ trades(limit: 1001) { totalCount } }", /^limit is 1001/, /^limit 为 1001，须在 0 至 1000 之间/],
      ['{ trades(orderBy: "colour") { totalCount } }', /no column of it/, /没有该列/],
      ["{ tides { height } }", /^The index does not understand the query: .*tides/, /^索引无法理解该查询：/],
    ];
    for (const [query, en, zh] of refusals) {
      const error = await askIndex(index(), query).then(String, (reason: unknown) => reason);
      expect(error, query).to.be.instanceOf(IndexError);
      const { message, sentences } = error as IndexError;
      expect(sentences.en).to.match(en);
      expect(sentences.zh).to.match(zh);
      expect(message).to.equal(sentences.zh);
    }
  });

  it("answers every query that the pages print", async () => {
    const samples = ["README.md", "indexer/README.md"].flatMap((page) => samplesIn(page, "graphql"));
    expect(samples.length).to.be.greaterThan(8);
    for (const { place, text } of samples) {
      if (!text.startsWith("subscription")) {
        expect(await askIndex<object>(index(), text), place).to.be.an("object").that.is.not.empty;
        continue;
      }
      const headers = { "content-type": "application/json", accept: "text/event-stream" };
      const ended = new AbortController();
      const body = JSON.stringify({ query: text });
      const answer = await fetch(index().url, { method: "POST", headers, body, signal: ended.signal });
      let said = "";
      for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
        said += part;
        // A comment may come first, which keeps the connection open.
        if (/^data: .*\n\n/m.test(said)) break;
      }
      ended.abort();
      expect(said, place).to.include('"data":{"trades"');
    }
  });
}
