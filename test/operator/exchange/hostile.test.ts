import { connect, type Socket } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { legs, orders, proposals, rounds } from "../../../operator/exchange/tables.ts";
import { transactions } from "../../../operator/sending/tables.ts";
import { orderToWire } from "../../../sdk/operator/index.ts";
import type { Member } from "../../utils/market.ts";
import { band, Desk } from "../utils/desk.ts";
import { randomOf } from "../utils/random.ts";

/** CI sends some hundreds; see operator/README.md for more. */
const MESSAGES = Number(process.env.DUJIANG_OPERATOR_FUZZ ?? 400);
const AT_ONCE = 20;
const SLOW_CLIENTS = 50;

const NASTY: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    -1,
    0.5,
    1e21,
    1e308,
    2 ** 31,
    2 ** 53,
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "0x",
    "0x0",
    "00",
    "NaN",
  ],
  ...[
    "9".repeat(78),
    "9".repeat(5_000),
    `0x${"f".repeat(63)}`,
    `0x${"g".repeat(64)}`,
    "١٢٣",
    "２０２６",
    "\u0000",
    "\ud800",
    "🌊",
  ],
  ...["2026-02-30", "2026-13-01", "9999-12-31", "0000-00-00", "'; drop table orders; --", "__proto__", "constructor"],
  ...[[], {}, [[]], [null], { toString: null }, { length: 1e9 }, Array.from({ length: 2_000 }, () => 0)],
];

describe("hostile messages", function () {
  this.timeout(1_800_000);
  let desk: Desk;
  let seller: Member;
  let template: Record<string, unknown>;

  before(async () => {
    desk = await Desk.open();
    seller = await desk.market.generator("solarPlant");
    const [one, other] = [await good(), await good()];
    // Nothing that comes of it carries a signature that holds.
    template = { ...orderToWire({ order: one.order, signature: other.signature }) };
  });
  after(() => desk?.close());

  const good = () => desk.order("sell", seller, [band(40, 44, 1_000, 30_000), band(50, 60, 2_000, 31_000)]);
  const counts = async () => {
    const { db } = desk.database;
    return Promise.all([orders, proposals, rounds, legs, transactions].map((table) => db.$count(table)));
  };

  it(`leave tables untouched and are all refused, ${MESSAGES} of them`, async () => {
    const random = randomOf(7);
    const before = await counts();
    const slow = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => slowClient(desk.service.url)));
    const statuses = new Map<number, number>();
    for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => attack(random)));
      for (const status of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect((await desk.ask("/health")).status).to.equal(200);
    }
    for (const socket of slow) socket.destroy();
    expect([...statuses.keys()].filter((status) => status < 400 || status >= 500)).to.deep.equal([]);
    expect(await counts()).to.deep.equal(before);
    expect((await desk.send(await good())).status).to.equal(201);
  });

  it("of listeners that do not read hold no stream", async () => {
    const [{ hub }, { url }] = [desk.exchange, desk.service];
    const socket = await deafListener(url);
    while (hub.listeners === 0) await setTimeout(10);
    const data = { order: "x".repeat(100_000) };
    // Sent in portions, as a market would: what the sockets take in between fills them.
    for (let sent = 0; sent < 2_000 && hub.listeners > 0; sent += 1) {
      hub.publish({ topic: "book", zone: 1, day: desk.day, data });
      await setImmediate();
    }
    expect(hub.listeners).to.equal(0);
    socket.resume();
    await new Promise((done) => socket.once("close", done));
  });

  /** The status of an answer to something that is no order. */
  async function attack(random: () => number): Promise<number> {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const path = pick(["/orders", "/orders", "/orders", "/proposals", `/orders/0x${"ab".repeat(32)}/cancellation`]);
    const type = pick(["application/json", "application/json", "application/json", "text/plain", "application/xml"]);
    const init = { method: "POST", headers: { "content-type": type }, body: body(random, pick) };
    try {
      const answer = await fetch(`${desk.service.url}${path}`, init);
      await answer.text();
      return answer.status;
    } catch {
      // Cut off in the middle of too long a message.
      return 413;
    }
  }

  function body(random: () => number, pick: <Item>(items: readonly Item[]) => Item): string | Uint8Array<ArrayBuffer> {
    const luck = random();
    const text = JSON.stringify(mutated(random, pick));
    if (luck < 0.02) return "x".repeat(1_048_576);
    if (luck < 0.04) return JSON.stringify({ ...template, signature: `0x${"ab".repeat(500_000)}` });
    if (luck < 0.07) return text.slice(0, Math.floor(random() * text.length));
    if (luck < 0.1) return new Uint8Array(Array.from({ length: 300 }, () => Math.floor(random() * 256)));
    if (luck < 0.12) return `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    if (luck < 0.14) return text.replace(/"/, '"\\u0000');
    if (luck < 0.16) return text.replace(/:(\d+)/, ":1e400");
    if (luck < 0.18) return new Uint8Array(Buffer.from(text, "utf16le"));
    return text;
  }

  /** The template with one to three fields changed, left out or added, or one of its bands. */
  function mutated(random: () => number, pick: <Item>(items: readonly Item[]) => Item): unknown {
    const message = structuredClone(template);
    const names = Object.keys(message);
    for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes -= 1) {
      const luck = random();
      if (luck < 0.6) message[pick(names)] = pick(NASTY);
      else if (luck < 0.7) delete message[pick(names)];
      else if (luck < 0.8) message[(JSON.stringify(pick(NASTY)) ?? "").slice(0, 20)] = 1;
      else if (luck < 0.85) return pick(NASTY);
      else if (Array.isArray(message.bands) && message.bands[0] instanceof Object) {
        (message.bands[0] as Record<string, unknown>)[pick(["fromSlot", "toSlot", "energyWh", "price", "more"])] =
          pick(NASTY);
      }
    }
    return message;
  }
});

/** Listens and reads nothing. */
async function deafListener(url: string): Promise<Socket> {
  const socket = await connected(url);
  socket.pause();
  socket.write("GET /events HTTP/1.1\r\nhost: market\r\n\r\n");
  return socket;
}

async function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await new Promise((done) => socket.once("connect", done));
  return socket;
}

/** Opens a request and does not go on with it. */
async function slowClient(url: string): Promise<Socket> {
  const socket = await connected(url);
  socket.write(
    "POST /orders HTTP/1.1\r\nhost: market\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{",
  );
  return socket;
}
