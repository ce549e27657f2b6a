import type { Context } from "hono";
import { fail, languageOf, rpcError } from "./answers.ts";
import { forward, type Upstream } from "./forward.ts";

/** What a page or a wallet asks a node: to read, and to take a transaction that its owner signed. */
const METHODS: ReadonlySet<string> = new Set([
  ...["eth_chainId", "net_version", "web3_clientVersion", "eth_syncing", "eth_blockNumber", "eth_gasPrice"],
  ...["eth_maxPriorityFeePerGas", "eth_feeHistory", "eth_call", "eth_estimateGas", "eth_getBalance", "eth_getCode"],
  ...["eth_getStorageAt", "eth_getTransactionCount", "eth_getBlockByNumber", "eth_getBlockByHash", "eth_getLogs"],
  ...["eth_getTransactionByHash", "eth_getTransactionReceipt", "eth_getBlockReceipts", "eth_sendRawTransaction"],
]);
/** A transaction holds 128 KiB, which is twice as many hexadecimal digits. */
const MOST_BYTES = 512 * 1024;
const MOST_CALLS = 100;

interface Call {
  jsonrpc?: unknown;
  id?: unknown;
  method?: unknown;
}

/** Passes on what a node may be asked; the rest of a batch is answered without it. */
export async function answerRpc(c: Context, node: Upstream, proxies: readonly string[]): Promise<Response> {
  // A form of another page can send no such header.
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) return fail(c, NOT_JSON, "rpc");
  const text = await readText(c.req.raw);
  if (text === undefined) return fail(c, TOO_LARGE, "rpc");
  const asked = parse(text);
  if (asked === undefined) return fail(c, NOT_JSON, "rpc");
  const calls = Array.isArray(asked) ? asked : [asked];
  if (calls.length === 0 || calls.length > MOST_CALLS) return fail(c, TOO_MANY, "rpc");
  const refused = calls.filter((call) => !isAllowed(call));
  if (refused.length === 0) return forward(c, node, "", { proxies, body: text });
  const refusals = refused.map((call) => refusalOf(c, call));
  if (!Array.isArray(asked)) return c.json(refusals[0]!);
  if (refused.length === calls.length) return c.json(refusals);
  const answer = await forward(c, node, "", { proxies, body: JSON.stringify(calls.filter(isAllowed)) });
  if (!answer.ok) return answer;
  const answers = (await answer.json()) as unknown;
  return c.json([...(Array.isArray(answers) ? answers : [answers]), ...refusals]);
}

/** undefined where it is longer than a message may be. */
async function readText({ body }: Request): Promise<string | undefined> {
  if (body === null) return "";
  const [parts, decoder] = [[] as string[], new TextDecoder()];
  let length = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    if (length > MOST_BYTES) return undefined;
    parts.push(decoder.decode(part, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}

function parse(text: string): Call | Call[] | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const isAllowed = (call: Call | null) => typeof call?.method === "string" && METHODS.has(call.method);

function refusalOf(c: Context, call: Call | null) {
  const method = typeof call?.method === "string" ? call.method.slice(0, 64) : "?";
  const sentences = {
    en: `${method} is not passed on to the node here: this address reads, and takes transactions that are signed already. Ask a node of your own for anything else.`,
    zh: `此地址不向节点转发 ${method}：仅可读取，或提交已签名的交易；其他请求请使用自有节点。`,
  };
  const id = typeof call?.id === "string" || typeof call?.id === "number" ? call.id : null;
  return { jsonrpc: "2.0", id, error: rpcError(-32_601, sentences[languageOf(c)], sentences) };
}

const NOT_JSON = {
  status: 415,
  code: "NotJson",
  sentences: {
    en: 'A node is asked in JSON, by POST, with the header "content-type: application/json".',
    zh: '请以 POST 方式、JSON 格式并附带 "content-type: application/json" 头访问节点。',
  },
} as const;

const TOO_LARGE = {
  status: 413,
  code: "TooLarge",
  sentences: {
    en: `The message has more than ${MOST_BYTES} bytes: send fewer calls at a time.`,
    zh: `消息超过 ${MOST_BYTES} 字节：请减少单次调用的数量。`,
  },
} as const;

const TOO_MANY = {
  status: 400,
  code: "TooMany",
  sentences: {
    en: `A message holds 1 to ${MOST_CALLS} calls.`,
    zh: `一条消息须含 1 至 ${MOST_CALLS} 个调用。`,
  },
} as const;
