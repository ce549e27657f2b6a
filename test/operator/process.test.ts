import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { EIP1193RequestFn } from "viem";
import { freePort } from "../../demo/local/port.ts";
import { LocalProcess } from "../../demo/local/process.ts";
import type { DatabasePlace } from "../../operator/db/database.ts";
import type { OpenDatabase } from "../../operator/db/openDatabase.ts";
import { listRounds, type SignedOrder } from "../../sdk/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { TestMarket } from "../utils/market.ts";
import { PostgresServer } from "../utils/postgresServer.ts";
import { openTables } from "./utils/databases.ts";
import { dayOfOrders, finalState, keepDay, SMALL_GAS, withBlocks, ZONE } from "./utils/day.ts";
import { writeDeployment } from "./utils/deployment.ts";
import { serveNode } from "./utils/node.ts";
import { randomOf } from "./utils/random.ts";

/** How often the process is killed over each kind of database: CI takes a short walk, see operator/README.md. */
const KILLS = Number(process.env.DUJIANG_OPERATOR_PROCESS_KILLS ?? 1);
const ORDERS = 24;
const NETWORK = "killed";

/** When a life ends: at which question to the node, and whether the node still answers it. */
interface Death {
  question: number;
  isAnswered: boolean;
}

describe("the process of the service, ended by kill -9", function () {
  this.timeout(7_200_000);
  let market: TestMarket;
  let signed: SignedOrder[];
  let folder: string;
  let node: Awaited<ReturnType<typeof serveNode>>;
  let undisturbed: Awaited<ReturnType<typeof finalState>>;
  let snapshot: string;
  let running: LocalProcess | undefined;
  /** Questions of the life under way, the first one that sent something, and at which one it ends. */
  let questions = 0;
  let firstSent = 0;
  let death: Death | undefined;
  let kills = 0;
  let isMining = false;
  let questionsOfADay = 0;
  let maySend: Promise<void> = Promise.resolve();

  const ask = (method: string, params: unknown[] = []): Promise<string> =>
    market.inProcess.connection.provider.request({ method, params }) as Promise<string>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "dujiang-process-"));
    market = await TestMarket.create();
    signed = await dayOfOrders(market, ORDERS);
    await writeDeployment(folder, NETWORK, market);
    await ask("evm_setAutomine", [false]);
    snapshot = await ask("evm_snapshot");
    node = await serveNode(listen());

    undisturbed = await day({ folder: join(folder, "undisturbed") }, []);
    questionsOfADay = questions;
    expect(undisturbed.trades.length).to.be.greaterThan(ORDERS / 8);
    expect(undisturbed.legs.every(({ state }) => state === "opened")).to.equal(true);
  });
  after(async () => {
    await running?.stop();
    await node?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it(`continues with what is in its folder, killed ${KILLS} times`, () =>
    killed(1, async () => ({ folder: mkdtempSync(join(folder, "tables-")) })));

  it(`continues with what a server of a database kept, killed ${KILLS} times`, async () => {
    const server = await PostgresServer.start();
    try {
      await killed(2, async () => ({ url: await server.url() }));
    } finally {
      await server.stop();
    }
  });

  it("hands over to one that stands by within ten seconds, with nothing lost or doubled", async () => {
    const server = await PostgresServer.start();
    const place = { url: await server.url() };
    const [ports, lives] = [[await freePort(), await freePort()], [] as LocalProcess[]];
    const ask = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${ports[1]}${path}`);
      return { status: response.status, body: (await response.json()) as any };
    };
    try {
      await begin(place);
      let goOn = () => {};
      // The first sends nothing before the second stands by.
      maySend = new Promise((done) => {
        goOn = done;
      });
      [death, kills] = [undefined, 0];
      running = start(place, ports[0]!);
      lives.push(running);
      await running.until("ready", async () => (await fetch(`http://127.0.0.1:${ports[0]}/ready`)).ok || undefined);
      const second = start(place, ports[1]!);
      lives.push(second);
      const standing = await second.until("standing by", async () => {
        const answer = await ask("/ready");
        return answer.status === 503 ? answer : undefined;
      });
      expect(standing.body.reason).to.match(/^This process stands by: another one /);
      expect((await ask("/proposals")).body.error.code).to.equal("StandBy");
      expect((await ask("/health")).status).to.equal(200);
      [questions, death] = [0, { question: 25, isAnswered: true }];
      goOn();
      await running.ended;
      await second.until("the one that works", async () => (await ask("/ready")).status === 200 || undefined, 10_000);
      await throughWith(second, ports[1]!);
      expect(kills).to.equal(1);
      expect(await end(place)).to.deep.equal(undisturbed);
    } finally {
      for (const life of lives) await life.stop();
      await server.stop();
    }
  });

  /** Days whose service dies once or twice, in the middle of what it sends. */
  async function killed(seed: number, fresh: () => Promise<DatabasePlace>): Promise<void> {
    const random = randomOf(seed);
    const among = (from: number, to: number) => from + Math.floor(random() * (to - from));
    for (kills = 0; kills < KILLS; ) {
      const deaths = [among(firstSent, questionsOfADay), among(firstSent, questionsOfADay)].map((question) => ({
        ...{ question, isAnswered: random() < 0.5 },
      }));
      expect(await day(await fresh(), deaths.slice(0, KILLS - kills))).to.deep.equal(undisturbed);
    }
  }

  /** A day from kept orders to opened trades, over as many lives as it takes. */
  async function day(place: DatabasePlace, deaths: readonly Death[]) {
    await begin(place);
    for (const next of [...deaths, undefined]) {
      if (await live(place, next)) break;
    }
    return end(place);
  }

  async function begin(place: DatabasePlace): Promise<void> {
    await ask("evm_revert", [snapshot]);
    snapshot = await ask("evm_snapshot");
    isMining = false;
    await over(place, ({ db }) => keepDay(db, market, signed));
  }

  async function end(place: DatabasePlace) {
    await ask("evm_mine");
    return over(place, ({ db }) => finalState(db, market.platform));
  }

  /** One life of the process; whether it came to the end of the day. */
  async function live(place: DatabasePlace, ends: Death | undefined): Promise<boolean> {
    const port = await freePort();
    const before = kills;
    [questions, death] = [0, ends];
    const life = start(place, port);
    running = life;
    const isThrough = await throughWith(life, port).catch((error) => {
      if (kills === before) throw error;
      return false;
    });
    await life.stop();
    return isThrough;
  }

  function start(place: DatabasePlace, port: number): LocalProcess {
    return new LocalProcess("operator", ["--import", "tsx", "operator/main.ts", "exchange"], {
      ...{ DUJIANG_DEPLOYMENTS: folder, DUJIANG_NETWORK: NETWORK, RPC_URL: node.url, LOG_LEVEL: "warn" },
      ...{ DATABASE_URL: place.url ?? "", OPERATOR_FOLDER: place.folder ?? "", OPERATOR_PORT: String(port) },
      ...{ OPERATOR_KEYS: market.inProcess.wallet("marketOperator").privateKey },
      OPERATOR_TRANSACTION_GAS: String(SMALL_GAS),
      // Blocks come with transactions here, and none before the first.
      OPERATOR_SEED_WAIT_SECONDS: "0",
    });
  }

  /** Done once a process is through with both days. */
  function throughWith(process: LocalProcess, port: number): Promise<true> {
    const roundsOf = async (day: number) => (await listRounds({ url: `http://127.0.0.1:${port}` }, ZONE, day)).rounds;
    const isOver = async () => {
      const days = [await roundsOf(market.today + 2), await roundsOf(market.today + 3)];
      const isAll = days.every((rounds) => rounds.length > 0 && rounds.every(({ state }) => state === "submitted"));
      return isAll || undefined;
    };
    return process.until("through with the day", isOver, 120_000);
  }

  /** A node that seals blocks once something was sent, and kills who asks the question that is its last. */
  function listen(): EIP1193RequestFn {
    const { provider } = market.inProcess.connection;
    const besu = asBesu(provider.request.bind(provider) as unknown as EIP1193RequestFn);
    const mined = withBlocks(besu, () => ask("evm_mine"));
    return (async (call: { method: string }) => {
      if (call.method === "eth_sendRawTransaction") await maySend;
      questions += 1;
      if (!isMining && call.method === "eth_sendRawTransaction") {
        isMining = true;
        if (firstSent === 0) firstSent = questions;
      }
      if (death !== undefined && questions === death.question) {
        running?.kill();
        kills += 1;
        if (!death.isAnswered) throw new Error("nobody is left to hear the answer");
      }
      return isMining ? mined(call as never) : besu(call as never);
    }) as EIP1193RequestFn;
  }

  async function over<Result>(place: DatabasePlace, work: (opened: OpenDatabase) => Promise<Result>): Promise<Result> {
    const opened = await openTables(place);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }
});
