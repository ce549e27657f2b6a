import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect } from "chai";
import { build } from "esbuild";
import { publint } from "publint";
import ts from "typescript";
import { type Address, type Hex, recoverAddress } from "viem";
import { getBlock, readContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import { root } from "../../scripts/root.ts";
import { jsonHash } from "../../sdk/chain/deployment.ts";
import {
  CONTRACTS,
  contractOf,
  depositTokenOf,
  isSigned,
  type Json,
  marketOf,
  type Order,
  orderDigest,
  readPermit,
  signPermit,
  type Trade,
  walletOf,
} from "../../sdk/index.ts";
// @ts-expect-error The launcher runs before TypeScript is there and has no declarations.
import { borrowNode } from "../../tools/launch.mjs";
import { buildPage, MOST_BYTES } from "../../tools/sdk/browserSize.ts";
import { TestMarket } from "../utils/market.ts";
import { StrangersProject } from "../utils/strangersProject.ts";

/** The lowest Node that the package names. The registry has it for Linux; elsewhere the running Node stands in. */
const LOWEST_NODE = "20.19.0";

const run = promisify(execFile);

/** A page with a wallet in it, and what somebody does with the README's examples, one after the other. */
const MAIN = `
// Pages forbid to make text into code, and a try is an error in their console.
const tries = [];
const refuse = () => { tries.push(new Error().stack); throw new EvalError("no code from text"); };
globalThis.Function = new Proxy(Function, { apply: refuse, construct: refuse });
await import("./day.js");
if (tries.length > 0) throw new Error("made code from text: " + tries);
`;
const DAY = `
import { readFile } from "node:fs/promises";
import { connect, parseDeployment, toJson } from "dujiang-sdk";
import { privateKeyToAccount } from "viem/accounts";

const buyer = privateKeyToAccount(process.env.BUYER_KEY);
const page = new EventTarget();
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) globalThis[name] = page[name].bind(page);
const provider = {
  async request({ method, params }) {
    if (method === "eth_requestAccounts") return [buyer.address];
    if (method === "eth_signTypedData_v4" && params[0] === buyer.address) return buyer.signTypedData(JSON.parse(params[1]));
    throw new Error("The wallet refuses " + method);
  },
};
const info = { uuid: "1", name: "Wallet", icon: "data:,", rdns: "org.example.wallet" };
page.addEventListener("eip6963:requestProvider", () =>
  page.dispatchEvent(Object.assign(new Event("eip6963:announceProvider"), { detail: { info, provider } })));
const { fetch } = globalThis;
globalThis.fetch = async (url, ...rest) =>
  url === "/deployment.json" ? new Response(await readFile("deployment.json")) : fetch(url, ...rest);

const example = async (name) => import("./" + name + ".js");
const { signature: ofSeller } = await example("signWithEthers");
const { signature: ofBuyer } = await example("signWithViem");
const inBrowser = await (await example("signInBrowser")).sign(process.env.RPC_URL);

const platform = await connect(parseDeployment(await readFile("deployment.json", "utf8")), process.env.RPC_URL);
const trade = await (await example("offer")).offer(platform, "2026-11-24");
const order = await (await example("signOrder")).bid(platform, buyer, 2n, "2026-11-24");
const { open } = await example("open");
await open(platform, buyer, trade, ofBuyer, ofSeller);
const refusal = await (await example("explain")).attempt(() => open(platform, buyer, trade, ofBuyer, ofSeller));
const verified = await (await example("verify")).verify(platform, 1n);
console.log(JSON.stringify(toJson({ trade, ofSeller, ofBuyer, inBrowser, order, refusal, verified })));
`;

/** As a project without ES modules asks for it. */
const COMMON_JS = `
import sdk = require("dujiang-sdk");
const day: sdk.Day = sdk.parseDay("2026-11-24");
console.log(sdk.formatDay(day), sdk.formatYuan(sdk.parseYuan("401.20")));
`;

/** What each package named on the command line, and the sdk as a whole, exports. */
const ROOMS = `
const names = ["dujiang-sdk", ...process.argv.slice(2)];
const found = await Promise.all(names.map(async (name) => [name, Object.keys(await import(name))]));
console.log(JSON.stringify(Object.fromEntries(found)));
`;

interface Outcome {
  trade: Json<Trade>;
  ofSeller: Hex;
  ofBuyer: Hex;
  inBrowser: Hex;
  order: { order: Json<Order>; signature: Hex };
  refusal: { en: string; zh: string };
  verified: { status: string; checked: number; holds: boolean };
}

describe("The sdk, packed and installed by a stranger", function () {
  this.timeout(600_000);
  let project: StrangersProject;
  let forNode: ts.Program;
  let lowestNode: string;
  before(async () => {
    project = new StrangersProject();
    lowestNode = process.platform === "linux" ? await borrowNode(root, LOWEST_NODE) : process.execPath;
    forNode = project.compile();
  });
  after(() => project?.remove());

  it("is a package with which publint finds nothing wrong", async () => {
    const bytes = readFileSync(project.tarball);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages } = await publint({ pack: { tarball: tarball as ArrayBuffer }, strict: true });
    expect(messages).to.deep.equal([]);
  });

  it("asks for the versions of packages that it was tested with", () => {
    const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
    const { dependencies, engines, license } = read(join(project.installed, "package.json"));
    const own = read(join(root, "package.json"));
    for (const [name, range] of Object.entries(dependencies)) expect(range).to.equal(`^${own.devDependencies[name]}`);
    expect(engines).to.deep.equal({ node: `>=${LOWEST_NODE}` });
    expect(license).to.equal(own.license);
    expect(readFileSync(join(project.installed, "LICENSE"), "utf8")).to.equal(
      readFileSync(join(root, "LICENSE"), "utf8"),
    );
  });

  it("compiles with the README's examples, strictly, as Node and as bundlers resolve modules", () => {
    expect(project.examples.length).to.be.greaterThan(7);
    expect(project.complaints(forNode)).to.deep.equal([]);
    expect(project.complaints(project.checkForBundler())).to.deep.equal([]);
  });

  it("says of everything that it exports what it is", () => {
    const checker = forNode.getTypeChecker();
    const index = forNode.getSourceFile(join(project.installed, "dist/index.d.ts"));
    const module = index && checker.getSymbolAtLocation(index);
    const exported = module ? checker.getExportsOfModule(module) : [];
    expect(exported.length).to.be.greaterThan(100);
    const commentOf = (symbol: ts.Symbol) =>
      (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).getDocumentationComment(
        checker,
      );
    expect(exported.filter((symbol) => commentOf(symbol).length === 0).map(({ name }) => name)).to.deep.equal([]);
  });

  it("runs in browsers: nothing of Node gets into a bundle", async () => {
    const entryPoints = [join(project.installed, "dist/index.js")];
    const options = { bundle: true, platform: "browser", format: "esm", write: false, metafile: true } as const;
    const { metafile, outputFiles } = await build({ ...options, entryPoints, logLevel: "silent" });
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).to.deep.equal([]);
    expect(outputFiles[0]?.text).not.to.match(/["']node:|process\.env\.DUJIANG/);
  });

  it("has every room as an entry of its own, which together export what the package does", async () => {
    const rooms = readdirSync(join(project.installed, "dist"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `dujiang-sdk/${name}`);
    expect(rooms.length).to.be.greaterThan(10);
    project.write("rooms.js", ROOMS);
    const { stdout } = await run(lowestNode, ["rooms.js", ...rooms], { cwd: project.folder });
    const names = JSON.parse(stdout) as Record<string, string[]>;
    for (const room of rooms) expect(names[room], room).to.be.an("array").that.is.not.empty;
    // Documents are by themselves, because they bring HPKE along.
    const together = rooms.filter((room) => room !== "dujiang-sdk/documents");
    expect(together.flatMap((room) => names[room] ?? [])).to.have.members(names["dujiang-sdk"] ?? []);
    for (const room of rooms) expect(await bundle(`export * from "${room}";`), room).to.be.an("array");
  });

  it("can be required by a project without ES modules", async () => {
    const file = project.write("common.cts", COMMON_JS);
    expect(project.complaints(project.compile([file]))).to.deep.equal([]);
    const { stdout } = await run(lowestNode, ["common.cjs"], { cwd: project.folder });
    expect(stdout).to.equal("2026-11-24 401.20 元\n");
  });

  it("makes, in a page built by Vite, few bytes and no code from text", async () => {
    const { bytes, chunks } = await buildPage(project.folder);
    const committed: { pageBytes: number } = JSON.parse(readFileSync(join(root, "bench/results/sdk.json"), "utf8"));
    const asked = `find what brought it along, or commit what "npm run bench:sdk" writes`;
    expect(bytes, asked).to.be.within(committed.pageBytes * 0.98, committed.pageBytes * 1.02);
    expect(bytes).to.be.at.most(MOST_BYTES);
    for (const { code } of chunks) expect(code).not.to.match(/new Function\b|\bFunction\(|\beval\(/);
  });

  it("brings neither a client nor an ABI along with what needs no chain", async () => {
    const chain = /\/viem\/.*\/(clients|actions)\/|\/dist\/chain\//;
    expect(await bundle('export * from "dujiang-sdk/types";')).to.satisfy(
      (files: string[]) => !files.some((file) => chain.test(file)),
    );
    const pure = await bundle(`
      export { amount, bandsToCurves, bandTotals, buildTrade, computeSettlement, TRADE_STATUSES } from "dujiang-sdk/market";
      export { lowValleyCurve, slotLimitWh } from "dujiang-sdk/metering";
      export { discountPrice } from "dujiang-sdk/finance";
      export { gradeOn } from "dujiang-sdk/credit";`);
    expect(pure.filter((file) => chain.test(file))).to.deep.equal([]);
    expect(pure.some((file) => file.endsWith("dist/market/amount.js"))).to.equal(true);
    const connecting = await bundle('export { connect } from "dujiang-sdk";');
    expect(connecting.filter((file) => chain.test(file))).not.to.be.empty;
  });

  /** The files out of which a browser's bundle of a module has anything. */
  async function bundle(contents: string): Promise<string[]> {
    const stdin = { contents, resolveDir: project.folder };
    const options = { bundle: true, platform: "browser", format: "esm", write: false, metafile: true } as const;
    const { metafile } = await build({ ...options, stdin, logLevel: "silent" });
    const outputs = Object.values(metafile.outputs);
    // HPKE and SM2 ask an old Node for its cryptography where the global scope has none; a page never does.
    const asked = outputs.flatMap(({ imports }) => imports).filter(({ path }) => path !== "crypto");
    expect(asked).to.deep.equal([]);
    return outputs
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file);
  }

  describe("on a chain", () => {
    let market: TestMarket;
    let node: Server;
    let outcome: Outcome;
    before(async () => {
      market = await TestMarket.create();
      await market.generator("solarPlant");
      await market.consumer("factory");
      node = await serve(market);
      project.write("deployment.json", JSON.stringify(await deploymentOf(market)));
      project.write("main.js", MAIN);
      project.write("day.js", DAY);
      const env = {
        ...process.env,
        RPC_URL: `http://127.0.0.1:${(node.address() as AddressInfo).port}`,
        SELLER_KEY: market.inProcess.wallet("solarPlant").privateKey,
        BUYER_KEY: market.inProcess.wallet("factory").privateKey,
      };
      const { stdout } = await run(lowestNode, ["main.js"], { cwd: project.folder, env });
      outcome = JSON.parse(stdout);
    });
    after(() => node?.close());

    it("signs a trade with ethers, with viem and in a browser, as the escrow hashes it", async () => {
      const { trade, ofSeller, ofBuyer, inBrowser } = outcome;
      const escrow = contractOf(market.platform, "TradeEscrow");
      const args = [trade as unknown as Trade] as const;
      const digest = await readContract(market.platform.client, { ...escrow, functionName: "hashTrade", args });
      expect(await recoverAddress({ hash: digest, signature: ofSeller })).to.equal(market.address("solarPlant"));
      for (const signature of [ofBuyer, inBrowser]) {
        expect(await recoverAddress({ hash: digest, signature })).to.equal(market.address("factory"));
      }
    });

    it("opens the trade, proves it, and says in both languages why it cannot be opened twice", () => {
      expect(outcome.verified).to.include({ status: "Open", holds: true });
      expect(outcome.verified.checked).to.be.greaterThan(5);
      expect(outcome.refusal.en).to.match(/^\S+ .* .*\.$/);
      expect(outcome.refusal.zh).to.match(/\p{Script=Han}.*。$/u);
    });

    it("signs an order", async () => {
      const { order, signature } = outcome.order;
      const built = {
        ...order,
        ...{ meter: BigInt(order.meter), expiry: BigInt(order.expiry) },
        ...{ totalEnergyWh: BigInt(order.totalEnergyWh), totalAmountFen: BigInt(order.totalAmountFen) },
        maxFen: BigInt(order.maxFen),
      };
      const { platform } = market;
      const digest = orderDigest(built, marketOf(platform));
      expect(await isSigned(digest, signature, market.address("factory"), platform.client)).to.equal(true);
    });

    it("signs a permit to move deposits", async () => {
      const { platform } = market;
      const [owner, spender] = [market.address("factory"), market.address("solarPlant")];
      const permit = await readPermit(platform, { owner, spender, amountFen: 40_120n, deadline: 4_000_000_000n });
      const signature = await signPermit(permit, await depositTokenOf(platform), market.account("factory"));
      const token = contractOf(platform, "DepositToken");
      const [r, s, v] = [signature.slice(0, 66), `0x${signature.slice(66, 130)}`, Number(`0x${signature.slice(130)}`)];
      const args = [owner, spender, 40_120n, permit.deadline, v, r as Hex, s as Hex] as const;
      const wallet = walletOf(platform, market.account("supplier"));
      const hash = await writeContract(wallet, { ...token, functionName: "permit", args });
      await waitForTransactionReceipt(platform.client, { hash });
      const pair = [owner, spender] as [Address, Address];
      const allowed = await readContract(platform.client, { ...token, functionName: "allowance", args: pair });
      expect(allowed).to.equal(40_120n);
    });
  });
});

/** The chain inside this process as a JSON-RPC node. */
async function serve({ platform }: TestMarket): Promise<Server> {
  const answer = async ({ id, method, params }: { id: number; method: string; params: unknown[] }) => {
    try {
      return { jsonrpc: "2.0", id, result: await platform.client.request({ method, params } as never) };
    } catch (error) {
      const { code = -32603, message, data } = deepest(error);
      return { jsonrpc: "2.0", id, error: { code, message, data } };
    }
  };
  const server = createServer(async (request, response) => {
    const asked = JSON.parse(await text(request));
    const answers = Array.isArray(asked) ? await Promise.all(asked.map(answer)) : await answer(asked);
    response.setHeader("content-type", "application/json").end(JSON.stringify(answers));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** What the chain said, below what the client made of it. */
function deepest(error: unknown): { code?: number; message: string; data?: unknown } {
  const { cause } = error as { cause?: unknown };
  return cause === undefined ? (error as Error) : deepest(cause);
}

async function deploymentOf({ platform }: TestMarket) {
  const genesis = await getBlock(platform.client, { blockNumber: 0n });
  const hash = `0x${"00".repeat(32)}`;
  const place = (address: Address) => ({ address, transactionHash: hash, blockNumber: 1, abiHash: hash });
  return {
    ...{ network: "default", chainId: platform.client.chain.id, genesisHash: genesis.hash, startBlock: 1 },
    contracts: Object.fromEntries(CONTRACTS.map((name) => [name, place(platform.addresses[name])])),
    ...{ setup: { transactionHash: hash, blockNumber: 1 }, parameters: {}, parametersHash: jsonHash({}) },
  };
}
