import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { EIP1193RequestFn } from "viem";
import { freePort } from "../../demo/local/port.ts";
import { LocalProcess } from "../../demo/local/process.ts";
import { transactions } from "../../operator/sending/tables.ts";
import { TRADE_NAMES, type TradeName } from "../../operator/trades.ts";
import { formatDay, listRounds, readMeterDay, SLOTS } from "../../sdk/index.ts";
import { orderToWire } from "../../sdk/operator/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { Image } from "../utils/image.ts";
import { type Member, TestMarket } from "../utils/market.ts";
import { PostgresServer } from "../utils/postgresServer.ts";
import { openTables } from "./utils/databases.ts";
import { goToCutOff, signedOrder, ZONE } from "./utils/day.ts";
import { writeDeployment } from "./utils/deployment.ts";
import { band } from "./utils/desk.ts";
import { MARGIN } from "./utils/margin.ts";
import { serveNode } from "./utils/node.ts";

const NETWORK = "alone";
const DATE = "2026-11-24";
/** What nobody reads may say anything. */
const UNREAD = {
  ...{ OPERATOR_KEYS: "unread", OPERATOR_PRICE_RULE: "unread", OPERATOR_SEED_WAIT_SECONDS: "unread" },
  ...{ OPERATOR_KEEPER_KEY: "unread", OPERATOR_METER_KEY: "unread", OPERATOR_METER_FOLDER: "/dev/null/unread" },
};
/** Of each trade a path and a figure that no other has; a document is for its readers. */
const OWN: Record<TradeName, { path: string; answers?: number; figure: string | undefined }> = {
  exchange: { path: `/book/${ZONE}/${DATE}/40`, figure: "dujiang_open_orders" },
  keeper: { path: "/tasks", figure: 'dujiang_waiting_tasks{list="keep"}' },
  metering: { path: "/readings/tasks", figure: "dujiang_meter_batches_total" },
  statements: { path: `/statements/1/${DATE}`, figure: undefined },
  documents: { path: `/documents/0x${"0".repeat(64)}`, answers: 401, figure: "dujiang_documents" },
};

const IMAGE = new Image("operator/Dockerfile");

describe("a trade of the operator in a process of its own, out of what its image holds", function () {
  this.timeout(300_000);
  const image = IMAGE.build();
  const built = filesOf(image.path);
  let market: TestMarket;
  let seller: Member;
  let buyer: Member;
  let folder: string;
  let node: Awaited<ReturnType<typeof serveNode>>;
  let server: PostgresServer;
  let url: string;
  let bearer: { authorization: string };
  const running: LocalProcess[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "dujiang-alone-"));
    market = await TestMarket.create();
    market.marginFen = MARGIN;
    seller = await market.generator("solarPlant");
    buyer = await market.consumer("factory");
    await writeDeployment(folder, NETWORK, market);
    const { provider } = market.inProcess.connection;
    node = await serveNode(asBesu(provider.request.bind(provider) as unknown as EIP1193RequestFn));
    server = await PostgresServer.start();
    url = await server.url();
    const key = await start(["key", "add", "control room"], {}).result();
    bearer = { authorization: `Bearer ${/^dj_\S+$/m.exec(key)![0]}` };
  });
  after(async () => {
    for (const each of running) await each.stop();
    await node?.close();
    await server?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    image.remove();
  });

  it("opens what meets, as the exchange", async () => {
    const own = { OPERATOR_KEYS: keyOf("marketOperator"), OPERATOR_SEED_WAIT_SECONDS: "0", OPERATOR_PRICE_RULE: "" };
    const exchange = await serve("exchange", own);
    const day = market.today + 2;
    for (const [side, member] of [["sell", seller] as const, ["buy", buyer] as const]) {
      const terms = { bands: [band(40, 44, 1_000, 30_000)], day, nonce: 1 };
      const { status } = await exchange.post("/orders", orderToWire(await signedOrder(market, side, member, terms)));
      expect(status).to.equal(201);
    }
    const place = `/rounds/${ZONE}/${formatDay(day)}`;
    await goToCutOff(market, day);
    // It notices within a second that time jumped.
    const clear = async () => ((await exchange.post(place, "", bearer)).status === 200 ? true : undefined);
    await exchange.process.until("done clearing", clear);
    await exchange.process.until("through with a round", async () => {
      const [round] = (await listRounds(exchange, ZONE, day)).rounds;
      return round?.trades.length === 1 ? true : undefined;
    });
    await hasNothingOfOthers("exchange", exchange.url);
  });

  it("reports what it is handed, as metering", async () => {
    const metering = await serve("metering", { OPERATOR_METER_KEY: keyOf("meterOperator"), OPERATOR_METER_FOLDER: "" });
    const kWh = Array.from({ length: SLOTS }, () => 1);
    const reading = { meter: "meter 1", date: formatDay(market.today - 1), kWh };
    const { status } = await metering.post("/readings", { readings: [reading] }, bearer);
    expect(status).to.equal(201);
    await metering.process.until("done reporting", async () =>
      (await stateOfDay()) === "Reported" ? true : undefined,
    );
    await hasNothingOfOthers("metering", metering.url);
  });

  it("makes final what may be objected to no more, as the keeper", async () => {
    const keeper = await serve("keeper", { OPERATOR_KEEPER_KEY: keyOf("supplier") });
    const { finalisableAt } = await market.inProcess.contract("MeterRegistry").dayOf(seller.meter, market.today - 1);
    await market.goTo(Number(finalisableAt));
    await keeper.process.until("done finalising", async () => ((await stateOfDay()) === "Final" ? true : undefined));
    await hasNothingOfOthers("keeper", keeper.url);
  });

  it("shares a server with others, each with its own rows of the journal", async () => {
    const { db, close } = await openTables({ url });
    const sent = await db.select().from(transactions);
    await close();
    const senders = new Map(sent.map(({ purpose, sender }) => [purpose, sender]));
    expect(Object.fromEntries(senders)).to.deep.equal({
      round: market.address("marketOperator").toLowerCase(),
      report: market.address("meterOperator").toLowerCase(),
      keep: market.address("supplier").toLowerCase(),
    });
    expect(new Set(sent.map(({ purpose, sender }) => `${purpose} ${sender}`)).size).to.equal(3);
  });

  it("draws up statements without a key, and lets no second process into its folder", async () => {
    const place = { DATABASE_URL: "", OPERATOR_FOLDER: join(folder, "tables") };
    const statements = await serve("statements", place);
    expect((await fetch(`${statements.url}/statements/1/${DATE}`)).status).to.equal(200);
    await hasNothingOfOthers("statements", statements.url);
    const second = start(["keeper"], { ...place, OPERATOR_KEEPER_KEY: keyOf("supplier") });
    expect((await second.ended).en).to.equal("ended with exit code 1");
    expect(second.lastLines.trim()).to.equal(
      `The database in ${place.OPERATOR_FOLDER} serves one process, and another one of the operator (process ${statements.process.pid}) uses it: name a server for both in DATABASE_URL, name another folder in OPERATOR_FOLDER, or end the other process.`,
    );
  });

  it("writes nothing where it is, which may be read-only", () => {
    expect(filesOf(image.path)).to.deep.equal(built);
  });

  it("keeps documents without a key, for readers alone", async () => {
    const documents = await serve("documents", {});
    await hasNothingOfOthers("documents", documents.url);
  });

  it("is named among those there are", async () => {
    const stray = start(["exchange", "wholesale"], {});
    expect((await stray.ended).en).to.equal("ended with exit code 1");
    expect(stray.lastLines.trim()).to.equal(
      'There is no trade "wholesale": name one or several of exchange, keeper, metering, statements, documents, or none to start all.',
    );
  });

  function start(args: string[], own: NodeJS.ProcessEnv): LocalProcess {
    const [, ...program] = IMAGE.entrypoint;
    const variables = {
      ...{ DUJIANG_DEPLOYMENTS: folder, DUJIANG_NETWORK: NETWORK, RPC_URL: node.url, LOG_LEVEL: "warn" },
      ...{ ...UNREAD, DATABASE_URL: url, ...own },
    };
    const started = new LocalProcess(args.join(" "), [...program, ...args], variables, image.path);
    running.push(started);
    return started;
  }

  async function serve(name: TradeName, own: NodeJS.ProcessEnv) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const process = start([name], { ...own, OPERATOR_PORT: String(port) });
    await process.until("ready", async () => ((await fetch(`${url}/ready`)).ok ? true : undefined));
    const post = (path: string, message: unknown, headers: Record<string, string> = {}) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(message),
      });
    return { process, url, post };
  }

  /** What a process shows for itself, and what it does not answer. */
  async function hasNothingOfOthers(name: TradeName, url: string): Promise<void> {
    const textOf = async (path: string) => (await fetch(`${url}${path}`)).text();
    expect(JSON.parse(await textOf("/health"))).to.deep.equal({ running: true, trades: [name], notices: [] });
    const documented = Object.keys(JSON.parse(await textOf("/openapi.json")).paths).map((path) => path.split("/")[1]);
    const figures = await textOf("/metrics");
    for (const other of TRADE_NAMES) {
      const { path, answers = 200, figure } = OWN[other];
      const isOwn = other === name;
      expect((await fetch(`${url}${path}`)).status, path).to.equal(isOwn ? answers : 404);
      expect(documented.includes(path.split("/")[1]), path).to.equal(isOwn);
      if (figure !== undefined) expect(figures.includes(figure), figure).to.equal(isOwn);
    }
  }

  const keyOf = (actor: "marketOperator" | "meterOperator" | "supplier") => market.inProcess.wallet(actor).privateKey;
  const stateOfDay = async () => (await readMeterDay(market.platform, seller.meter, market.today - 1)).state;
});

/** Everything in a folder but the packages, with when it was written. */
function filesOf(folder: string): string[] {
  return globSync("**", { cwd: folder, exclude: (name) => name === "node_modules" })
    .map((file) => `${file} ${statSync(join(folder, file)).mtimeMs}`)
    .sort();
}
