import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { expect } from "chai";
import { createLog } from "../../../operator/common/log.ts";
import { Metrics } from "../../../operator/common/metrics.ts";
import type { OpenDatabase } from "../../../operator/db/openDatabase.ts";
import { StreamPlaces } from "../../../operator/exchange/limits.ts";
import { addApiKey } from "../../../operator/gateway/apiKeys.ts";
import { createApp } from "../../../operator/gateway/app.ts";
import { Limits } from "../../../operator/gateway/limits.ts";
import { networkOf } from "../../../operator/gateway/networkOf.ts";
import { Refusal } from "../../../operator/gateway/refusal.ts";
import { Sessions } from "../../../operator/gateway/sessions.ts";
import { openTables } from "../utils/databases.ts";

const ORIGIN = "https://trading.example.org";

/** The door of a process that runs no trade, behind a proxy that says who asks. */
/** Nobody signs in here. */
const NO_SESSIONS = new Sessions(undefined as never);

describe("the door of a process", () => {
  let database: OpenDatabase;
  const servers: Server[] = [];
  before(async () => {
    database = await openTables();
  });
  after(async () => {
    for (const server of servers) server.close();
    await database?.close();
  });

  async function open({ origins = [] as string[], rateReads = 100, rateKeyReads = 100 } = {}) {
    const limits = new Limits({ rateRefused: 100, rateReads, rateKeyReads, trustedProxies: ["127.0.0.1"] });
    const [metrics, log] = [new Metrics(), createLog("silent")];
    const state = {
      isStandBy: () => false,
      readiness: async () => ({ warnings: [] }),
      notices: () => [],
      alerts: async () => [],
    };
    const gateway = { db: database.db, metrics, log, limits, sessions: NO_SESSIONS, origins, trades: [], ...state };
    const app = createApp(gateway, []);
    const server = await new Promise<Server>((done) => {
      const started = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, () => done(started)) as Server;
    });
    servers.push(server);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return (path: string, headers: Record<string, string> = {}, method = "GET") =>
      fetch(`${url}${path}`, { headers, method });
  }

  it("lets pages of its own origin ask, and of no other unless it is named", async () => {
    const [closed, named] = [await open(), await open({ origins: [ORIGIN] })];
    const allowed = async (ask: typeof closed, origin: string, path = "/openapi.json") =>
      (await ask(path, { origin })).headers.get("access-control-allow-origin");
    expect(await allowed(closed, ORIGIN)).to.equal(null);
    expect(await allowed(named, ORIGIN)).to.equal(ORIGIN);
    expect(await allowed(named, "https://elsewhere.example.org")).to.equal(null);
    expect(await allowed(named, ORIGIN, "/nowhere"), "a page reads why it is refused").to.equal(ORIGIN);
    const asks = { origin: ORIGIN, "access-control-request-method": "POST" };
    const preflight = await named("/orders", { ...asks, "access-control-request-headers": "content-type" }, "OPTIONS");
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).to.deep.equal([
      204,
      "content-type",
    ]);
    expect((await closed("/orders", asks, "OPTIONS")).status).to.equal(404);
  });

  it("shows its description with what it serves itself", async () => {
    const ask = await open();
    const page = await ask("/docs");
    const html = await page.text();
    const served = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, place = ""]) => place);
    expect(page.headers.get("content-security-policy")).to.include("default-src 'self'");
    expect(served.filter((place) => !/^(\/docs\/|data:)/.test(place))).to.deep.equal([]);
    for (const place of served.filter((each) => each.startsWith("/"))) {
      expect((await ask(place)).status, place).to.equal(200);
    }
    expect(await (await ask("/docs/start.js")).text()).to.include('"/openapi.json"');
  });

  it("counts what is asked by address, of IPv6 by network, and with a key by the key", async () => {
    const ask = await open({ rateReads: 2, rateKeyReads: 3 });
    const statuses = async (address: string, count: number, more = {}) => {
      const found: number[] = [];
      for (let asked = 0; asked < count; asked += 1) {
        found.push((await ask("/openapi.json", { "x-forwarded-for": address, ...more })).status);
      }
      return found;
    };
    expect(await statuses("192.0.2.1", 3)).to.deep.equal([200, 200, 429]);
    expect(await statuses("2001:db8:1:2:3::1", 2)).to.deep.equal([200, 200]);
    expect(await statuses("2001:db8:1:2:ffff::9", 1), "the same /64").to.deep.equal([429]);
    expect(await statuses("2001:db8:1:3::1", 1), "the next /64").to.deep.equal([200]);
    const bearer = { authorization: `Bearer ${await addApiKey(database.db, "archive")}` };
    expect(await statuses("192.0.2.1", 4, bearer)).to.deep.equal([200, 200, 200, 429]);
    expect(await statuses("192.0.2.9", 1, bearer), "from wherever it comes").to.deep.equal([429]);
    const refused = await ask("/openapi.json", { "x-forwarded-for": "192.0.2.1" });
    const { error } = (await refused.json()) as { error: Record<string, any> };
    expect(refused.headers.get("retry-after")).to.equal(String(error.figures.seconds));
    expect(error.sentences).to.have.all.keys("en", "zh");
    expect((await ask("/health", { "x-forwarded-for": "192.0.2.1" })).status, "who watches it").to.equal(200);
  });

  it("names the network of an address", () => {
    const names = {
      "192.0.2.1": "192.0.2.1",
      "::ffff:192.0.2.1": "192.0.2.1",
      "2001:db8::1": "2001:db8:0:0::/64",
      "2001:0db8:0000:0000:ffff::2": "2001:db8:0:0::/64",
      "fe80::1%eth0": "fe80:0:0:0::/64",
      "::1": "0:0:0:0::/64",
      unknown: "unknown",
    };
    for (const [address, network] of Object.entries(names)) expect(networkOf(address), address).to.equal(network);
  });
});

describe("places of streams", () => {
  const taken = (places: StreamPlaces, client: string, hasKey = false) => {
    for (let count = 0; ; count += 1) {
      try {
        places.take(client, hasKey);
      } catch (error) {
        expect(error).to.be.instanceOf(Refusal);
        return count;
      }
    }
  };

  it("are left for who comes later, and for keys", () => {
    const places = new StreamPlaces();
    const counts = Array.from({ length: 30 }, (_, index) => taken(places, `address ${index}`));
    expect(counts.slice(0, 6)).to.deep.equal([50, 50, 50, 50, 50, 50]);
    expect(counts.every((count) => count > 0)).to.equal(true);
    expect(taken(places, "control room", true)).to.be.greaterThan(10);
  });

  it("come back", () => {
    const places = new StreamPlaces();
    const giveBack = places.take("one", false);
    expect(taken(places, "one")).to.equal(49);
    giveBack();
    expect(taken(places, "one")).to.equal(1);
  });
});
