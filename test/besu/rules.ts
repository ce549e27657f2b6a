import { AbiCoder, dataSlice, Transaction } from "ethers";
import { DISABLED, ENABLED, ERRORS, LIMITS, type RpcError } from "./contract.ts";

/** A JSON-RPC call. */
export interface Call {
  method: string;
  params: unknown[];
}

export type Answer = { result: unknown } | { error: RpcError };

/** Who answers what Besu has no rule about. */
export interface Chain {
  ask(method: string, params?: unknown[]): Promise<Answer>;
  /** `ask` for what cannot be refused. */
  read<Result>(method: string, params?: unknown[]): Promise<Result>;
  /** Accounts that may send; everybody where there is no list. */
  allowlist: readonly string[] | undefined;
}

export interface Rule {
  name: string;
  methods: readonly string[] | ((method: string) => boolean);
  /** Besu's answer; undefined where this rule has none and the next one is asked, at last the chain. */
  answer(call: Call, chain: Chain): Promise<Answer | undefined> | Answer | undefined;
}

/** Where the block stands among the parameters of methods that ask for one. */
const BLOCK_AT: Record<string, number> = {
  eth_getBlockByNumber: 0,
  eth_getBlockReceipts: 0,
  eth_getBlockTransactionCountByNumber: 0,
  eth_getTransactionByBlockNumberAndIndex: 0,
  eth_call: 1,
  eth_estimateGas: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getProof: 2,
  eth_getStorageAt: 2,
};
const TAGS = ["earliest", "latest", "pending", "finalized", "safe"];
/** Selector of `Error(string)`. */
const TEXT_ERROR = "0x08c379a0";
const QBFT_HAS_NO = ["finalized", "safe"];

/** How Besu's answers differ from those of a chain made for development, each rule by itself. */
export const RULES: readonly Rule[] = [
  {
    name: "has no methods but those of ETH, NET and WEB3",
    methods: (method) => !ENABLED.has(method),
    answer: ({ method }) => ({ error: DISABLED.test(method) ? ERRORS.disabledMethod : ERRORS.unknownMethod }),
  },
  { name: "keeps no accounts", methods: ["eth_accounts"], answer: () => ({ result: [] }) },
  { name: "signs nothing", methods: ["eth_sendTransaction"], answer: () => ({ error: ERRORS.sendTransaction }) },
  {
    name: "asks for no fee",
    methods: ["eth_gasPrice", "eth_maxPriorityFeePerGas"],
    answer: () => ({ result: "0x0" }),
  },
  {
    name: "knows no finalized and no safe block",
    methods: Object.keys(BLOCK_AT),
    answer: (call) => refuse(QBFT_HAS_NO.includes(blockOf(call)) && ERRORS.unknownBlock),
  },
  {
    name: "reads block numbers in hexadecimal only",
    methods: Object.keys(BLOCK_AT),
    answer: (call) => refuse(!isBlock(blockOf(call)) && ERRORS.blockParameter),
  },
  {
    name: "knows nothing of blocks to come",
    methods: Object.keys(BLOCK_AT),
    answer: async (call, chain) => {
      const block = blockOf(call);
      return /^0x[0-9a-f]{1,16}$/i.test(block) && Number(block) > (await head(chain)) ? { result: null } : undefined;
    },
  },
  {
    name: "gives logs of 5,000 blocks at a time",
    methods: ["eth_getLogs"],
    answer: async ({ params }, chain) => {
      const { from, to } = await rangeOf(params, chain);
      return refuse(to - from > LIMITS.blocksOfLogs && ERRORS.range);
    },
  },
  {
    name: "gives logs of blocks that are there, by number or latest",
    methods: ["eth_getLogs"],
    answer: async ({ params }, chain) => {
      const { from, to, names } = await rangeOf(params, chain);
      const isGood = from <= to && to <= (await head(chain)) && names.every(isBlock);
      return refuse((!isGood || names.some((name) => QBFT_HAS_NO.includes(name))) && ERRORS.blockNumber);
    },
  },
  rawTransaction(
    "caps the fee of a transaction",
    (transaction) => mostFee(transaction) > LIMITS.feeOfTransaction && ERRORS.feeCap,
  ),
  rawTransaction("takes transactions of its own chain", async ({ chainId }, chain) => {
    const own = BigInt(await chain.read<string>("eth_chainId"));
    return chainId !== 0n && chainId !== own && ERRORS.chainId;
  }),
  rawTransaction(
    "caps the gas of a transaction",
    ({ gasLimit }) => gasLimit > LIMITS.gasOfTransaction && ERRORS.gasCap,
  ),
  rawTransaction(
    "takes transactions of accounts on its list",
    ({ from }, { allowlist }) => allowlist !== undefined && !allowlist.includes(from) && ERRORS.notAllowed,
  ),
  rawTransaction("takes no offer of a fee that the account cannot pay", async (transaction, chain) => {
    const balance = BigInt(await chain.read<string>("eth_getBalance", [transaction.from, "latest"]));
    return mostFee(transaction) + transaction.value > balance && ERRORS.balance;
  }),
  rawTransaction(
    "takes a nonce once",
    async ({ from, nonce }, chain) => nonce < (await nonceOf(from, chain)) && ERRORS.nonceTooLow,
  ),
  rawTransaction(
    "keeps five nonces of an account in flight",
    async ({ from, nonce }, chain) =>
      nonce - (await nonceOf(from, chain)) >= LIMITS.noncesInFlight && ERRORS.nonceTooFar,
  ),
  rawTransaction(
    "takes a transaction once",
    async ({ hash }, chain) => (await chain.read("eth_getTransactionByHash", [hash])) !== null && ERRORS.known,
  ),
  {
    name: "reports a reverting transaction in its receipt only",
    methods: ["eth_sendRawTransaction"],
    answer: async ({ method, params }, chain) => {
      const answer = await chain.ask(method, params);
      const hash = parsed(params[0])?.hash;
      const isSealed = "error" in answer && (await chain.read("eth_getTransactionReceipt", [hash])) !== null;
      return isSealed ? { result: hash } : answer;
    },
  },
  {
    name: "answers a reverting call with code 3 and what the contract said",
    methods: ["eth_call", "eth_estimateGas"],
    answer: async ({ method, params }, chain) => {
      const answer = await chain.ask(method, params);
      const data = "error" in answer ? revertDataOf(answer.error) : undefined;
      return data === undefined ? answer : { error: { code: 3, message: `Execution reverted${inWords(data)}`, data } };
    },
  },
];

/** Besu's answer to a call. */
export async function answerAsBesu(call: Call, chain: Chain): Promise<Answer> {
  for (const { methods, answer } of RULES) {
    const isMeant = typeof methods === "function" ? methods(call.method) : methods.includes(call.method);
    const decided = isMeant ? await answer(call, chain) : undefined;
    if (decided !== undefined) return decided;
  }
  return chain.ask(call.method, call.params);
}

type Signed = Transaction & { from: string; hash: string };

/** A rule about transactions. */
function rawTransaction(
  name: string,
  check: (signed: Signed, chain: Chain) => RpcError | false | undefined | Promise<RpcError | false | undefined>,
): Rule {
  return {
    name,
    methods: ["eth_sendRawTransaction"],
    answer: async ({ params }, chain) => {
      const transaction = parsed(params[0]);
      return refuse(transaction === undefined ? ERRORS.transaction : await check(transaction, chain));
    },
  };
}

function parsed(raw: unknown): Signed | undefined {
  try {
    const transaction = Transaction.from(String(raw));
    return transaction.isSigned() ? (transaction as Signed) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(error: RpcError | false | undefined): Answer | undefined {
  return error ? { error } : undefined;
}

function isBlock(name: string): boolean {
  return /^0x[0-9a-f]+$/i.test(name) || TAGS.includes(name);
}

/** Which block is asked for; EIP-1898 has a number in an object, and a hash there is always a block of this chain. */
function blockOf({ method, params }: Call): string {
  const block = params[BLOCK_AT[method] ?? -1] ?? "latest";
  if (typeof block !== "object") return String(block);
  return String((block as { blockNumber?: string }).blockNumber ?? "latest");
}

function mostFee({ gasLimit, maxFeePerGas, gasPrice }: Transaction): bigint {
  return gasLimit * (maxFeePerGas ?? gasPrice ?? 0n);
}

async function head(chain: Chain): Promise<number> {
  return Number(await chain.read<string>("eth_blockNumber"));
}

async function nonceOf(sender: string, chain: Chain): Promise<number> {
  return Number(await chain.read<string>("eth_getTransactionCount", [sender, "latest"]));
}

async function rangeOf([filter]: unknown[], chain: Chain) {
  const { fromBlock = "latest", toBlock = "latest", blockHash } = (filter ?? {}) as Record<string, string>;
  if (blockHash !== undefined) return { from: 0, to: 0, names: [] };
  const last = await head(chain);
  const number = (name: string) => (/^0x/.test(name) ? Number(name) : name === "earliest" ? 0 : last);
  return { from: number(fromBlock), to: number(toBlock), names: [fromBlock, toBlock] };
}

/** Chains put it at different depths; where there is an empty one, the contract said nothing. */
function revertDataOf({ data }: { data?: unknown }): string | undefined {
  const found = typeof data === "object" && data !== null ? (data as { data?: unknown }).data : data;
  return typeof found === "string" && found.startsWith("0x") ? found : undefined;
}

/** A reason given as text, as `require` gives it. */
function inWords(data: string): string {
  if (!data.startsWith(TEXT_ERROR)) return "";
  return ` (${AbiCoder.defaultAbiCoder().decode(["string"], dataSlice(data, 4))[0]})`;
}
