import { expect } from "chai";
import { getNullableType, isListType } from "graphql";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { findChromium, launchChromium } from "../../utils/chromium.ts";
import { type EventChain, event } from "../eventChain.ts";
import { type Column, tableColumns } from "../tables.ts";

interface Page {
  items: Record<string, unknown>[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
type Pages = Record<string, Page>;

export function itServes(indexer: () => LocalIndexer, chain: () => EventChain): void {
  for (const [list, columns, key] of tableColumns()) {
    it(`walks ${list} by every column, up and down, without losing a row or showing one twice`, async () => {
      const rows = `{ items { ${columns.map(({ name }) => name).join(" ")} } }`;
      const { all } = await indexer().query<{ all: Page }>(`{ all: ${list}(limit: 1000) ${rows} }`);
      const keys = all.items.map(keyOf);
      for (const way of ["asc", "desc"] as const) {
        const walked = await walk(columns.filter(isSortable), Math.max(1, Math.ceil(keys.length / 3)), way);
        for (const [column, found] of walked) {
          expect(found.map(keyOf), `${list} by ${column} ${way}`).to.have.members(keys).and.length(keys.length);
          const values = found.map((row) => row[column]);
          expect(values.includes(null) ? values.indexOf(null) : 0, column).to.equal(
            way === "asc" && values.includes(null) ? values.filter((value) => value !== null).length : 0,
          );
        }
      }
    });

    function keyOf(row: Record<string, unknown>): string {
      return key.map((column) => row[column]).join("/");
    }

    /** Forwards in ascending order, and from the end backwards in descending: all columns at once, a page each. */
    async function walk(columns: Column[], limit: number, orderDirection: "asc" | "desc") {
      const found = new Map<string, Record<string, unknown>[]>(columns.map(({ name }) => [name, []]));
      const cursors = new Map<string, string | undefined>(columns.map(({ name }) => [name, undefined]));
      const backwards = orderDirection === "desc";
      for (let turn = 0; cursors.size > 0 && turn < 10; turn += 1) {
        const asked = [...cursors].map(([column, cursor]) => {
          const at = cursor === undefined ? "" : `, ${backwards ? "before" : "after"}: "${cursor}"`;
          // The last page comes first by the opposite order; from there on cursors lead backwards.
          const from = backwards && cursor === undefined ? "asc" : orderDirection;
          return `${column}: ${list}(orderBy: "${column}", orderDirection: "${from}", limit: ${limit}${at}) {
            items { ${[...new Set([...key, column])].join(" ")} }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
        });
        const pages = await indexer().query<Pages>(`{ ${asked.join(" ")} }`);
        for (const [column, { items, pageInfo }] of Object.entries(pages)) {
          const isFirst = cursors.get(column) === undefined;
          const page = backwards && isFirst ? items.toReversed() : items;
          found.set(
            column,
            backwards ? [...page, ...(found.get(column) ?? [])] : [...(found.get(column) ?? []), ...page],
          );
          const more = backwards && !isFirst ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
          const next = backwards ? (isFirst ? pageInfo.endCursor : pageInfo.startCursor) : pageInfo.endCursor;
          if (more && next !== null) cursors.set(column, next);
          else cursors.delete(column);
        }
      }
      return found;
    }
  }

  it("says in one sentence what is wrong with a cursor, an order, a page, a date or a filter", async () => {
    const refusals: [string, RegExp][] = [
      [
        '{ meterDays(after: "abc") { totalCount } }',
        /^The cursor "abc" is none of meterDay ordered by id: take endCursor/,
      ],
      ['{ meterDays(after: "eyJqc29uIjp7ImRheSI6MX19") { totalCount } }', /is none of meterDay ordered by id/],
      [
        '{ trades(orderBy: "colour") { totalCount } }',
        /^trade cannot be ordered by "colour", which is no column of it/,
      ],
      ['{ trades(orderBy: "price") { totalCount } }', /which is a list of values, which has no order/],
      ['{ trades(orderDirection: "ASC") { totalCount } }', /must be "asc" or "desc"/],
      ["{ trades(limit: 1001) { totalCount } }", /^limit is 1001, but must be from 0 to 1,000/],
      ["{ trades(limit: -1) { totalCount } }", /^limit is -1/],
      ["{ trades(offset: -1) { totalCount } }", /^offset is -1/],
      ['{ trades(after: "a", before: "b") { totalCount } }', /after or before, not both/],
      ['{ trades(after: "a", offset: 1) { totalCount } }', /one of the three/],
      ["{ trades(where: { id_in: null }) { totalCount } }", /^id_in is null, with which nothing compares/],
      ['{ trades(where: { date_gte: "22.11.2026" }) { totalCount } }', /"22.11.2026" is not a date from 1970 on/],
    ];
    for (const [query, sentence] of refusals) expect(await refusalOf(indexer(), query), query).to.match(sentence);
  });

  it("refuses what could read too much before it reads anything, and what is too deep", async () => {
    const levels = (depth: number): string =>
      depth === 0 ? "id" : `id sales(limit: 2) { items { buyer { ${levels(depth - 1)} } } }`;
    expect(await refusalOf(indexer(), `{ participants { items { ${levels(4)} } } }`)).to.match(
      /^The query could read more than the 20,000 rows that one may: give a smaller limit/,
    );
    expect(await refusalOf(indexer(), `{ participants(limit: 1) { items { ${levels(6)} } } }`)).to.match(
      /^The query is more than 10 levels deep/,
    );
    const twice = "{ __schema { types { fields { type { fields { name } } } } } }";
    expect(await refusalOf(indexer(), twice)).to.match(/^The schema is asked for fields inside of fields/);
    const many = Array.from({ length: 5 }, (_, number) => `a${number}: __schema { types { name } }`).join(" ");
    expect(await refusalOf(indexer(), `{ ${many} }`)).to.match(/^The query could read more/);
    expect(await refusalOf(indexer(), `{ ${"a".repeat(10).split("").join(" ")} ${"id ".repeat(2_000)} }`)).to.match(
      /token/i,
    );
  });

  it("finds days by ranges of dates, and holds conditions inside OR together", async () => {
    const answer = await indexer().query<Record<string, { items: { id: string }[] }>>(`{
      range: meterDays(where: { date_gte: "2026-11-22", date_lt: "2026-11-23" }) { items { id date } }
      both: meterDays(where: { OR: [{ meterId: "1", date: "2026-11-22" }] }) { items { id } }
    }`);
    expect(answer.range?.items).to.have.length.greaterThan(1);
    for (const { id } of answer.range?.items ?? []) expect(id).to.match(/-2026-11-22$/);
    expect(answer.both?.items).to.deep.equal([{ id: "1-2026-11-22" }]);
  });

  it("says how far it is, in types", async () => {
    const { _meta } = await indexer().query<{
      _meta: { status: { market: { id: number; block: { number: number } } } };
    }>("{ _meta { status { market { id block { number timestamp } } } } }");
    expect(_meta.status.market.id).to.equal(chain().chain.chainId);
    expect(_meta.status.market.block.number).to.be.greaterThan(0);
  });

  it("serves no SQL without a key", async () => {
    for (const path of ["/sql/db?sql=x", "/sql/live?sql=x", "/sql/db?sql=x&key=guess"]) {
      const response = await fetch(`${indexer().url}${path}`);
      expect(response.status, path).to.equal(403);
      expect(((await response.json()) as { error: string }).error).to.match(/^SQL is switched off here/);
    }
  });

  it("sends a subscription's answer at once, and again over SSE when a block changes it", async function () {
    this.timeout(60_000);
    const response = await fetch(indexer().graphqlUrl, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: 'subscription { zones(where: { name: "live" }) { totalCount items { id } } }' }),
    });
    expect(response.headers.get("content-type")).to.match(/^text\/event-stream/);
    const answers = answersOf(response);
    expect(await answers.next()).to.deep.include({ value: { zones: { totalCount: 0, items: [] } } });
    await chain().emit([event("MarketRules", "ZoneAdded", { zone: 90, parent: 0, voltage: 1, name: "live" })]);
    expect(await answers.next()).to.deep.include({ value: { zones: { totalCount: 1, items: [{ id: 90 }] } } });
    await answers.return(undefined);
  });

  it("shows GraphiQL with its documentation, asking no other host", async function () {
    const executable = findChromium();
    if (executable === undefined) return this.skip();
    this.timeout(180_000);
    const browser = await launchChromium(executable);
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      // The whole of GraphiQL is one page of nine megabytes, which a busy machine takes its time to read.
      page.setDefaultTimeout(120_000);
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await page.goto(indexer().graphqlUrl, { waitUntil: "commit" });
      await answered;
      await page.locator(".graphiql-execute-button").click();
      await page.locator(".result-window").getByText("pageInfo").waitFor();
      await page.getByLabel("Show Documentation Explorer").click();
      await page.getByText("What happened on the market").waitFor();
      if (process.env.DUJIANG_SCREENSHOT) await page.screenshot({ path: process.env.DUJIANG_SCREENSHOT });
      const elsewhere = asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== indexer().url);
      expect({ elsewhere, complaints }).to.deep.equal({ elsewhere: [], complaints: [] });
    } finally {
      await browser.close();
    }
  });
}

async function refusalOf(indexer: LocalIndexer, query: string): Promise<string> {
  const body = JSON.stringify({ query });
  const headers = { "content-type": "application/json" };
  const response = await fetch(indexer.graphqlUrl, { method: "POST", headers, body });
  const { errors = [] } = (await response.json()) as { errors?: { message: string }[] };
  return errors.map(({ message }) => message).join("\n");
}

async function* answersOf(response: Response): AsyncGenerator<unknown> {
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = /^data: (.+)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data !== undefined) yield (JSON.parse(data) as { data: unknown }).data;
    }
  }
}

const isSortable = ({ type }: Column) => !isListType(getNullableType(type));
