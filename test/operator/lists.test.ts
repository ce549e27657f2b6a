import { expect } from "chai";
import { eq, sql } from "drizzle-orm";
import type { Hex } from "viem";
import { keepProposal } from "../../operator/exchange/proposals/store.ts";
import { rounds } from "../../operator/exchange/tables.ts";
import { addApiKey } from "../../operator/gateway/apiKeys.ts";
import { MOST_LISTED } from "../../operator/gateway/pages.ts";
import { LIST as KEEPER_LIST } from "../../operator/keeper/kinds.ts";
import { KEEPER_ROUTES } from "../../operator/keeper/trade.ts";
import { LIST as METERING_LIST } from "../../operator/metering/kinds.ts";
import { quarantine } from "../../operator/metering/store.ts";
import { openMetering } from "../../operator/metering/trade.ts";
import { transactions } from "../../operator/sending/tables.ts";
import { tasks } from "../../operator/tasks/tables.ts";
import {
  allPages,
  listBatches,
  listProposals,
  listReadingTasks,
  listRounds,
  listSubmissions,
  listTasks,
  type Operator,
  OperatorError,
  type PageOptions,
  type Trade,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import { band, Desk, STRANGER } from "./utils/desk.ts";

const ZONE = 4;
const COUNT = 7;
const hash = (number: number): Hex => `0x${number.toString(16).padStart(64, "0")}`;

describe("the operator's lists", function () {
  this.timeout(300_000);
  let desk: Desk;
  let operator: Operator;

  before(async () => {
    desk = await Desk.open({}, undefined, [
      () => ({ name: "keeper", open: () => ({ routes: KEEPER_ROUTES }) }),
      ({ inProcess }) => ({
        name: "metering",
        open: (parts) => openMetering(parts, { key: inProcess.wallet("meterOperator").privateKey as Hex }),
      }),
    ]);
    operator = { url: desk.service.url, token: await addApiKey(desk.database.db, "control room") };
  });
  after(() => desk?.close());

  it("show a party's proposals, latest first, the same ones in pages of any size", async () => {
    for (let number = 1; number <= COUNT; number += 1) await proposeAs(number);
    const read = (page?: PageOptions) => listProposals(operator, STRANGER.address, page);
    expect((await read()).proposals.map((proposal) => Number(proposal.hash))).to.deep.equal([7, 6, 5, 4, 3, 2, 1]);
    await inPages(read, ({ proposals }) => proposals);
    // What comes meanwhile stands before what is read already: nothing is shown twice.
    const { next } = await read({ limit: 3 });
    await proposeAs(COUNT + 1);
    const { proposals } = await read({ cursor: next ?? "", limit: 3 });
    expect(proposals.map((proposal) => Number(proposal.hash))).to.deep.equal([4, 3, 2]);
  });

  it("show batches of readings as they came, the last one first", async () => {
    const { db } = desk.database;
    for (let number = 1; number <= COUNT; number += 1) {
      await quarantine(db, { hash: String(number), origin: "day.csv" }, []);
    }
    // It comes again.
    await quarantine(db, { hash: "3", origin: "day.csv" }, []);
    const read = (page?: PageOptions) => listBatches(operator, "quarantined", page);
    expect((await read()).batches.map(({ batch }) => Number(batch))).to.deep.equal([3, 7, 6, 5, 4, 2, 1]);
    await inPages(read, ({ batches }) => batches);
    expect((await listBatches(operator, "taken")).batches).to.deep.equal([]);
  });

  it("show tasks by when they are due, of the same second by their age, and done ones latest first", async () => {
    const { db } = desk.database;
    const far = 9_000_000_000;
    for (const list of [KEEPER_LIST, METERING_LIST]) {
      const due = [2, 1, 1, 1, 0, 2, 1].map((later) => far + later);
      await db
        .insert(tasks)
        .values(due.map((dueAt, index) => ({ list, kind: "collect", subject: String(index), dueAt })));
    }
    const waiting = (page?: PageOptions) => listTasks(operator, "waiting", page);
    expect((await waiting()).tasks.map(({ subject }) => Number(subject))).to.deep.equal([4, 1, 2, 3, 6, 0, 5]);
    await inPages(waiting, (page) => page.tasks);
    await inPages(
      (page) => listReadingTasks(operator, "waiting", page),
      (page) => page.tasks,
    );

    // Three moments, so that some ended at the same one.
    const isKeepers = eq(tasks.list, KEEPER_LIST);
    await db
      .update(tasks)
      .set({ state: "done", endedAt: sql`to_timestamp(1800000000 + ${tasks.id} % 3)` })
      .where(isKeepers);
    const done = (page?: PageOptions) => listTasks(operator, "done", page);
    const ended = (await done()).tasks.map(({ endedAt }) => endedAt as string);
    expect(ended).to.have.length(COUNT);
    expect(ended).to.deep.equal([...ended].sort().reverse());
    await inPages(done, (page) => page.tasks);
  });

  it("show a day's rounds, oldest first, and what was sent to the chain, latest first", async () => {
    const { db } = desk.database;
    const numbers = Array.from({ length: COUNT }, (_, index) => 1_000 + index);
    const round = { zone: ZONE, day: desk.day, paymentDays: 0, price: ZERO_CURVE, state: "submitted" } as const;
    await db.insert(rounds).values(numbers.map((number) => ({ number, ...round })));
    const sent = { purpose: "round", sender: STRANGER.address, raw: "0x", state: "sealed" } as const;
    await db
      .insert(transactions)
      .values(numbers.map((number) => ({ ...sent, subject: String(number), nonce: number, hash: hash(number) })));
    const ofDay = (page?: PageOptions) => listRounds(operator, ZONE, desk.day, page);
    expect((await ofDay()).rounds.map((listed) => listed.round)).to.deep.equal(numbers);
    await inPages(ofDay, (page) => page.rounds);
    const journal = (page?: PageOptions) => listSubmissions(operator, page);
    expect((await journal()).submissions.map((listed) => listed.round)).to.deep.equal(numbers.toReversed());
    await inPages(journal, (page) => page.submissions);
  });

  it("say what a page may be asked with, in both languages", async () => {
    const refused = async (page: PageOptions) => {
      try {
        await listTasks(operator, "waiting", page);
      } catch (error) {
        expect(error).to.be.instanceOf(OperatorError);
        const { status, sentences } = error as OperatorError;
        return [status, sentences.en, sentences.zh];
      }
      throw new Error("It was not refused.");
    };
    for (const limit of [0, MOST_LISTED + 1, 1.5]) {
      expect(await refused({ limit })).to.deep.equal([
        400,
        "limit must be a whole number from 1 to 500.",
        "limit 须为 1 至 500 的整数。",
      ]);
    }
    for (const cursor of ["", "x", "1-2-3", "-1", "9".repeat(16)]) {
      expect(await refused({ cursor }), cursor).to.deep.equal([
        400,
        "cursor must be `next` of the page before, or be left out.",
        "cursor 须为上一页的 next，或不填。",
      ]);
    }
  });

  /** Holds that pages of one, of two and of three rows together are the whole list. */
  async function inPages<Page extends { next: string | null }>(
    read: (page: PageOptions) => Promise<Page>,
    rowsOf: (page: Page) => readonly unknown[],
  ): Promise<void> {
    const whole = rowsOf(await read({}));
    expect(whole).to.have.length(COUNT);
    for (const limit of [1, 2, 3, COUNT]) {
      const pages: Page[] = [];
      for await (const page of allPages((asked) => read({ ...asked, limit }))) pages.push(page);
      expect(pages.map((page) => rowsOf(page).length)).to.deep.equal(
        Array.from({ length: Math.ceil(COUNT / limit) }, (_, index) => Math.min(limit, COUNT - index * limit)),
      );
      expect(pages.flatMap(rowsOf)).to.deep.equal(whole);
    }
  }

  async function proposeAs(number: number): Promise<void> {
    const party = STRANGER.address.toLowerCase() as Hex;
    const trade: Trade = {
      ...{ seller: party, buyer: party, sellerMeter: 1n, buyerMeter: 2n, day: desk.day, paymentDays: 0 },
      ...{ greenCertificates: false, expiry: 10_000_000_000n, bands: [band(40, 44, 1_000, 30_000)], nonce: number },
      ...{ totalEnergyWh: 4_000n, totalAmountFen: 120n, maxPaymentFen: 200n, maxBondFen: 12n },
    };
    await keepProposal(desk.database.db, { trade, hash: hash(number), party: "seller", signature: "0x" });
  }
});
