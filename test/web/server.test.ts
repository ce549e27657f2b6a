import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { expect } from "chai";
import type { Deployment } from "../../sdk/index.ts";
import { CSP } from "../../web/server/answers.ts";
import { createWeb } from "../../web/server/app.ts";
import type { PageFiles } from "../../web/server/files.ts";
import { readWebSettings } from "../../web/server/settings.ts";

const text = (value: string) => new Uint8Array(Buffer.from(value));
const FILES: PageFiles = new Map([
  ["/index.html", { type: "text/html; charset=utf-8", etag: '"i"', isImmutable: false, plain: text("<p>page</p>") }],
  ["/assets/a.js", { type: "text/javascript", etag: '"a"', isImmutable: true, plain: text("1"), br: text("br") }],
]);
const DEPLOYMENT = { network: "local", chainId: 7 } as Deployment;

describe("The page's server", () => {
  let behind: Server;
  let server: Server;
  let base: string;
  let port: number;
  /** What the service behind was asked last, and what it answers. */
  let asked: { url: string; headers: IncomingMessage["headers"]; body: string };
  let reply: (response: ServerResponse, asking: IncomingMessage) => void;

  const listen = async (started: Server) => {
    started.listen(0, "127.0.0.1");
    await once(started, "listening");
    return (started.address() as AddressInfo).port;
  };
  const json = (value: unknown) => (response: ServerResponse) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify(value));
  const rpc = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${base}/rpc`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  beforeEach(async () => {
    reply = json({ fine: true });
    behind = createServer(async (incoming, response) => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      asked = { url: incoming.url ?? "", headers: incoming.headers, body: Buffer.concat(parts).toString() };
      reply(response, incoming);
    });
    const url = `http://127.0.0.1:${await listen(behind)}`;
    const settings = readWebSettings({
      RPC_URL: url,
      OPERATOR_URL: url,
      INDEX_URL: url,
      DUJIANG_WEB_NAMES: "page.test",
    });
    server = createAdaptorServer({
      fetch: createWeb({ settings, deployment: DEPLOYMENT, files: FILES }).fetch,
    }) as Server;
    port = await listen(server);
    base = `http://127.0.0.1:${port}`;
  });
  afterEach(() => {
    for (const each of [server, behind]) {
      each.closeAllConnections();
      each.close();
    }
  });

  it("says on every answer, also of what fails, that nothing but the page's own files runs", async () => {
    const paths = [
      "/",
      "/market/4/2026-09-14",
      "/assets/a.js",
      "/assets/none.js",
      "/api/x",
      "/graphql",
      "/config.json",
    ];
    for (const path of paths) {
      const { headers } = await fetch(base + path);
      expect(headers.get("content-security-policy"), path).to.equal(CSP);
      expect(headers.get("x-content-type-options"), path).to.equal("nosniff");
    }
    expect((await rpc("no json")).headers.get("content-security-policy")).to.equal(CSP);
  });

  it("serves the page for screens, and says that there is no such file for files", async () => {
    expect(await (await fetch(`${base}/trades/7`)).text()).to.equal("<p>page</p>");
    const missing = await fetch(`${base}/assets/none.js`);
    expect(missing.status).to.equal(404);
    expect(((await missing.json()) as any).error.sentences).to.have.all.keys("en", "zh");
  });

  it("lets what is named by its content be kept for ever, compressed, and nothing else", async () => {
    const asset = await fetch(`${base}/assets/a.js`, { headers: { "accept-encoding": "identity" } });
    expect(asset.headers.get("cache-control")).to.include("immutable");
    expect(await asset.text()).to.equal("1");
    expect((await fetch(base)).headers.get("cache-control")).to.equal("no-cache");
    const again = await fetch(base, { headers: { "if-none-match": '"i"' } });
    expect(again.status).to.equal(304);
  });

  it("passes a question on to the operator as it was written, with whom it is from, and without cookies", async () => {
    const answer = await fetch(`${base}/api/book/4/2026-09-14?levels=3&x=%2F`, {
      headers: { cookie: "a=b", "x-forwarded-for": "9.9.9.9", authorization: "Bearer t" },
    });
    expect(await answer.json()).to.deep.equal({ fine: true });
    expect(asked.url).to.equal("/book/4/2026-09-14?levels=3&x=%2F");
    expect(asked.headers["x-forwarded-for"]).to.equal("127.0.0.1");
    expect(asked.headers).not.to.have.property("cookie");
    expect(asked.headers.authorization).to.equal("Bearer t");
  });

  it("lets the staff of metering sign in at its process, wherever it runs", async () => {
    const asked: string[] = [];
    const metering = createServer(({ url }, response) => {
      asked.push(String(url));
      response.end("of metering");
    });
    const url = `http://127.0.0.1:${await listen(metering)}`;
    const settings = readWebSettings({ OPERATOR_URL: `http://127.0.0.1:${port}`, METERING_URL: url });
    const app = createWeb({ settings, deployment: DEPLOYMENT, files: FILES });
    const apart = createAdaptorServer({ fetch: app.fetch }) as Server;
    const address = `http://127.0.0.1:${await listen(apart)}`;
    try {
      for (const path of ["challenges", "sessions", "alerts", "days?from=2026-11-24"])
        expect(await (await fetch(`${address}/api/readings/${path}`)).text(), path).to.equal("of metering");
      expect(asked).to.deep.equal(["/challenges", "/sessions", "/alerts", "/readings/days?from=2026-11-24"]);
      expect(await (await fetch(`${address}/api/alerts`)).text()).not.to.equal("of metering");
    } finally {
      for (const each of [metering, apart]) {
        each.closeAllConnections();
        each.close();
      }
    }
  });

  it("asks a trade that runs in a process of its own there", async () => {
    const statements = createServer((_, response) => response.end("of the statements"));
    const url = `http://127.0.0.1:${await listen(statements)}`;
    const settings = readWebSettings({ OPERATOR_URL: `http://127.0.0.1:${port}`, STATEMENTS_URL: url });
    const app = createWeb({ settings, deployment: DEPLOYMENT, files: FILES });
    const apart = createAdaptorServer({ fetch: app.fetch }) as Server;
    const address = `http://127.0.0.1:${await listen(apart)}`;
    try {
      for (const path of ["/api/statements", "/api/statements/5/2026-11-24"])
        expect(await (await fetch(address + path)).text(), path).to.equal("of the statements");
      for (const path of ["/api/tasks", "/api/statementsBeside"])
        expect(await (await fetch(address + path)).text(), path).not.to.equal("of the statements");
    } finally {
      for (const each of [statements, apart]) {
        each.closeAllConnections();
        each.close();
      }
    }
  });

  it("passes events on as they come, and ends their stream when the reader leaves", async () => {
    let left: (() => void) | undefined;
    const leaving = new Promise<void>((done) => {
      left = done;
    });
    reply = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("event: open\ndata: {}\n\n");
      response.on("close", () => left?.());
    };
    const ending = new AbortController();
    const answer = await fetch(`${base}/api/events`, { signal: ending.signal });
    const reader = answer.body!.getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value!).toString()).to.equal("event: open\ndata: {}\n\n");
    ending.abort();
    await leaving;
  }).timeout(10_000);

  it("says in the form of each service that it is away", async () => {
    behind.closeAllConnections();
    behind.close();
    const operator = await fetch(`${base}/api/health`, { headers: { "accept-language": "zh-CN" } });
    expect(operator.status).to.equal(502);
    expect(((await operator.json()) as any).error.sentence).to.match(/^运营服务暂时没有应答/);
    const index = await fetch(`${base}/graphql`, { method: "POST", body: "{}" });
    expect(((await index.json()) as any).errors[0].extensions.sentences.en).to.match(/^The index does not answer/);
    const node = await rpc({ jsonrpc: "2.0", id: 1, method: "eth_chainId" });
    expect(((await node.json()) as any).error.data.sentences.en).to.match(/^The chain's node does not answer/);
  });

  it("lets a node be read and sent to, and refuses anything else in both languages", async () => {
    reply = json({ jsonrpc: "2.0", id: 1, result: "0x7" });
    expect(await (await rpc({ jsonrpc: "2.0", id: 1, method: "eth_chainId" })).json()).to.include({ result: "0x7" });
    for (const method of ["evm_mine", "eth_sendTransaction", "admin_addPeer", "ETH_CHAINID"]) {
      asked = { url: "", headers: {}, body: "untouched" };
      const { id, error } = (await (await rpc({ jsonrpc: "2.0", id: 5, method })).json()) as any;
      expect(id).to.equal(5);
      expect(error.code).to.equal(-32_601);
      expect(error.data.sentences.zh).to.include(method);
      expect(asked.body, method).to.equal("untouched");
    }
  });

  it("passes on the part of a batch that is allowed", async () => {
    reply = json([{ jsonrpc: "2.0", id: 1, result: "0x7" }]);
    const batch = [
      { jsonrpc: "2.0", id: 1, method: "eth_chainId" },
      { jsonrpc: "2.0", id: 2, method: "evm_mine" },
      null,
    ];
    const answers = (await (await rpc(batch)).json()) as any[];
    expect(JSON.parse(asked.body)).to.deep.equal([batch[0]]);
    expect(answers.map(({ id, result, error }) => [id, result ?? error.code])).to.deep.equal([
      [1, "0x7"],
      [2, -32_601],
      [null, -32_601],
    ]);
  });

  it("refuses what is too long, too many, no JSON, or from a form of another page", async () => {
    const call = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
    expect((await rpc({ ...call, params: ["0x".padEnd(600_000, "0")] })).status).to.equal(413);
    expect((await rpc(Array(101).fill(call))).status).to.equal(400);
    expect((await rpc("[]")).status).to.equal(400);
    expect((await rpc("{")).status).to.equal(415);
    expect((await rpc(call, { "content-type": "text/plain" })).status).to.equal(415);
  });

  it("answers to its own names and to no name that somebody else points at it", async () => {
    const statusFor = async (host: string) => {
      const asking = request({ port, host: "127.0.0.1", path: "/", headers: { host } }).end();
      const [answer] = (await once(asking, "response")) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    expect(await statusFor(`localhost:${port}`)).to.equal(200);
    expect(await statusFor("page.test")).to.equal(200);
    expect(await statusFor("[::1]:8700")).to.equal(200);
    expect(await statusFor("evil.test")).to.equal(421);
    expect(await statusFor("localhost.evil.test")).to.equal(421);
  });
});

describe("The settings of the page's server", () => {
  const refusal = (variables: NodeJS.ProcessEnv) => {
    try {
      readWebSettings(variables);
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  it("have usual places on this machine, and none on a network that people share", () => {
    expect(readWebSettings({})).to.include({ port: 8_700, network: "local", indexUrl: "http://127.0.0.1:42069" });
    expect(refusal({ DUJIANG_NETWORK: "consortium", RPC_URL: "http://n:1" })).to.include(
      "OPERATOR_URL, INDEX_URL missing",
    );
  });

  it("refuse practice wallets on a network that people share", () => {
    const url = "http://n:1";
    const shared = { DUJIANG_NETWORK: "consortium", RPC_URL: url, OPERATOR_URL: url, INDEX_URL: url };
    expect(refusal(shared)).to.equal(undefined);
    expect(refusal({ ...shared, DUJIANG_WEB_PRACTICE: "keys.json" })).to.include("DUJIANG_WEB_PRACTICE is set");
  });

  it("name each mistake", () => {
    expect(
      refusal({ DUJIANG_WEB_PORT: "0", DUJIANG_WEB_HOST: "here", INDEX_URL: "ftp://x" })?.split("\n"),
    ).to.have.length(3);
  });
});
