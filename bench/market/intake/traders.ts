/**
 * The traders of `intakeOrdersPerSecond` and the chain they trade on, in a process of their own, so that their work is not
 * taken for the service's: forked by intakeOrders.ts.
 */
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import secp256k1 from "secp256k1";
import { bytesToHex, concatHex, hexToBytes, numberToHex } from "viem";
import { wallets } from "../../../demo/local/wallets.ts";
import { orderHasher } from "../../../operator/exchange/signature/orderHasher.ts";
import { buildOrder, curvesToBands } from "../../../sdk/index.ts";
import { orderToWire } from "../../../sdk/operator/index.ts";
import { dayStream } from "../../../test/operator/utils/stream/day.ts";
import { BenchMarket, type Member } from "../../gas/market.ts";
import type { FromCrowd, ToCrowd } from "./messages.ts";

/** So many that what each has in the book stays what its margin covers and its plant can generate. */
const TRADERS = 200;
/** Of the parameters of local networks. */
const LOT_WH = 1_000;
const CONDITIONS = { tariff: 200_000_000n, bondRateBp: 10_000, priceCap: 60_000 };

const market = await BenchMarket.create();
const sellers = await market.generators(TRADERS / 2);
const buyers = await market.consumers(TRADERS / 2);
const digestOf = orderHasher(market.escrow);
const agent = new Agent({ keepAlive: true });
let seed = 0;
let messages: string[] = [];

const answer = (message: FromCrowd) => process.send?.(message);
process.on("message", async (message: ToCrowd) => {
  if ("sign" in message) {
    messages = sign(message.sign);
    answer({ signed: messages.length });
  } else if ("send" in message) {
    answer({ sent: await sendAll(message.send, message.clients) });
  } else {
    process.exit();
  }
});
answer({
  rpcUrl: await answerQuestions(),
  contracts: Object.fromEntries(
    Object.entries(market.platform.addresses).map(([name, address]) => [name, { address }]),
  ) as never,
  operatorKey: wallets.marketOperator.wallet.privateKey as `0x${string}`,
});

/** Orders as `POST /orders` takes them, each different from all before. */
function sign(size: number): string[] {
  seed += 1;
  return dayStream(seed, size / 2, size / 2).map(({ side, energy, limit }, index) => {
    const { wallet, meter } = (side === "sell" ? sellers : buyers)[index % (TRADERS / 2)] as Member;
    const lots = energy.map((wh) => (wh === 0 ? 0 : LOT_WH));
    const bands = curvesToBands(lots, limit).map((band) => ({ ...band, price: Math.min(band.price, 25_000) }));
    const input = { side, trader: wallet.address as `0x${string}`, meter, day: market.day + 1, bands };
    const order = buildOrder(input, CONDITIONS);
    const digest = hexToBytes(digestOf(order));
    const { signature, recid } = secp256k1.ecdsaSign(digest, hexToBytes(wallet.privateKey as `0x${string}`));
    return JSON.stringify(
      orderToWire({ order, signature: concatHex([bytesToHex(signature), numberToHex(27 + recid, { size: 1 })]) }),
    );
  });
}

/** Each client has a connection of its own and hands in one order after the other. */
async function sendAll(url: string, clients: number): Promise<{ seconds: number; refused: string[] }> {
  const refused: string[] = [];
  const begun = performance.now();
  let next = 0;
  const client = async () => {
    for (let index = next++; index < messages.length; index = next++) {
      const { status, body } = await post(`${url}/orders`, messages[index]!);
      if (status !== 201) refused.push(body);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { seconds: (performance.now() - begun) / 1000, refused };
}

function post(url: string, message: string): Promise<{ status: number; body: string }> {
  return new Promise((done, fail) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(message) };
    const asked = request(url, { method: "POST", agent, headers }, async (answer) => {
      let body = "";
      for await (const chunk of answer) body += chunk;
      done({ status: answer.statusCode ?? 0, body });
    });
    asked.on("error", fail).end(message);
  });
}

/** The chain's node: JSON-RPC over HTTP, as any other. */
async function answerQuestions(): Promise<string> {
  const { provider } = market.platform.connection;
  const answer = async ({ id, method, params }: { id: number; method: string; params: unknown[] }) => {
    try {
      return { jsonrpc: "2.0", id, result: await provider.request({ method, params }) };
    } catch (error) {
      return { jsonrpc: "2.0", id, error: { code: -32_000, message: String(error) } };
    }
  };
  const server = createServer(async (asked, reply) => {
    let body = "";
    for await (const chunk of asked) body += chunk;
    const questions = JSON.parse(body);
    const answers = Array.isArray(questions) ? await Promise.all(questions.map(answer)) : await answer(questions);
    reply.setHeader("content-type", "application/json").end(JSON.stringify(answers));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
