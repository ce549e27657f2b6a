import type { Hex } from "viem";
import { type Part, partsOf } from "../types/errorParts.ts";

/** What a node means by a refusal, whatever its maker's words are. */
export type NodeWord =
  /** Pool or chain has this very transaction. */
  | "known"
  /** The chain has another transaction of this number. */
  | "nonceTooLow"
  /** Too many of the sender's wait. */
  | "nonceTooFar"
  /** The pool has another transaction of this number, and takes none in its place that offers no more. */
  | "underpriced"
  | "poolFull"
  /** A fee is asked for. */
  | "feeTooLow"
  | "cannotPay"
  /** More gas than the network gives to one transaction. */
  | "tooMuchGas"
  /** The sender is not on the network's list. */
  | "notListed"
  /** The node is behind, or forgot the state that it was asked for. */
  | "behind"
  /** It failed at its own work, or had no time for it. */
  | "failing"
  /** Anything else. */
  | "other";

/**
 * What became of a request to a node. Whatever is undone because of an error asks here: only what was `reverted` is the
 * chain's word, `refused` is the node's own, and `unanswered` is nobody's.
 */
export type NodeError =
  /** The chain ran the call, and a contract refused it with these bytes. */
  | { kind: "reverted"; data: Hex }
  /** A JSON-RPC error that is no revert, in the node's words, which repeat nothing of the request. */
  | { kind: "refused"; word: NodeWord; code: number; message: string }
  /** Nobody answered, or a proxy did instead of the node; the HTTP status where there was one. */
  | { kind: "unanswered"; status: number | undefined };

/** The words of Besu, geth, anvil and Hardhat. */
const WORDS: readonly [NodeWord, RegExp][] = [
  ["known", /^(known transaction|already known|transaction already imported)\b/i],
  ["nonceTooLow", /^(nonce too low|nonce too low\b.*|transaction nonce is too low\b.*)$/i],
  ["nonceTooFar", /^(transaction nonce is too distant from current sender nonce|nonce too high\b.*)$/i],
  ["underpriced", /^replacement transaction underpriced\b/i],
  ["poolFull", /^(txpool is full|transaction pool is full|transaction pool limit exceeded)\b/i],
  [
    "feeTooLow",
    /^(gas price below (configured minimum gas price|current base fee)|max fee per gas less than block base fee|transaction underpriced|transaction maxfeepergas \(\d+\) is too low)\b/i,
  ],
  ["cannotPay", /^(upfront cost exceeds account balance|insufficient funds for )/i],
  [
    "tooMuchGas",
    /^(transaction gas limit (cap exceeded|exceeds block gas limit)|transaction gas limit (\(\d+\) is greater than the cap|is \d+ and exceeds)|exceeds block gas limit|gas required exceeds allowance|intrinsic gas too high|(transaction ran )?out of gas|execution halted: insufficient_gas)\b/i,
  ],
  ["notListed", /^sender account not authorized to send transactions$/i],
  ["behind", /^(world state unavailable|missing trie node|header not found|block not found|unknown block)\b/i],
  ["failing", /^(internal (error|server error)|timeout( expired| error)?|request timed? ?out|execution timeout)\b/i],
];
const REVERT_WORDS = /^(execution reverted|(vm exception while processing transaction: )?revert)/i;
/** EIP-1474's code for what a contract refused, of geth, anvil, Hardhat and Besu alike. */
const REVERTED = 3;
/** The code by which some nodes limit their callers. */
const TOO_MANY_REQUESTS = 429;
/** Statuses of who stands before a node; an error in such an answer is not the node's, whatever it looks like. */
const isBeforeTheNode = (status: number) => [401, 403, 407, 408, 413, 429].includes(status) || status >= 500;

/** How viem and ethers name errors of a connection. Names, because two copies of a library have each a class of its own. */
const UNANSWERED = new Set([
  ...["HttpRequestError", "TimeoutError", "WebSocketRequestError", "SocketClosedError", "ResponseBodyTooLargeError"],
  ...["BlockNotFoundError", "SERVER_ERROR", "TIMEOUT", "NETWORK_ERROR"],
  // What viem calls that it does not know what to make of, such as an answer that is not JSON.
  "UnknownRpcError",
]);

/** What an error of viem, ethers or a provider says of a node; undefined where it is about something else. */
export function nodeErrorOf(error: unknown): NodeError | undefined {
  const parts = partsOf(error);
  const status = parts.map(statusOf).find((found) => found !== undefined);
  const answer = parts.findLast(isAnswer);
  const data = parts.flatMap(({ raw, data }) => [raw, data].flatMap((bytes) => revertDataIn(bytes) ?? []))[0];
  if (answer?.code === REVERTED) return { kind: "reverted", data: data ?? "0x" };
  if (status !== undefined && isBeforeTheNode(status)) return { kind: "unanswered", status };
  if (data !== undefined) return { kind: "reverted", data };
  if (answer !== undefined) {
    const { code, message } = answer;
    if (REVERT_WORDS.test(message)) return { kind: "reverted", data: "0x" };
    const word = code === TOO_MANY_REQUESTS ? "failing" : WORDS.find(([, words]) => words.test(message))?.[0];
    return { kind: "refused", word: word ?? "other", code, message };
  }
  const isUnanswered = parts.some(({ name, code }) => UNANSWERED.has(String(name)) || UNANSWERED.has(String(code)));
  return isUnanswered ? { kind: "unanswered", status } : undefined;
}

/** Whether an error is no word of the chain about what it was asked: asked again, it may say something else. */
export function isOfNode(error: unknown): boolean {
  const found = nodeErrorOf(error);
  return found !== undefined && found.kind !== "reverted";
}

export /** A node's answer has an integer for a code; libraries' own codes are words, or above those of JSON-RPC. */
function isAnswer(part: Part): part is Part & { code: number; message: string } {
  const { code, message, name } = part;
  if (typeof code !== "number" || typeof message !== "string" || name === "UnknownRpcError") return false;
  return code < 0 || code === REVERTED || code === TOO_MANY_REQUESTS;
}

function statusOf({ status, responseStatus }: Part): number | undefined {
  if (typeof status === "number") return status;
  const [digits] = typeof responseStatus === "string" ? (/^\d{3}\b/.exec(responseStatus) ?? []) : [];
  return digits === undefined ? undefined : Number(digits);
}

/** A selector and whole words: what else stands there, such as the hash of a transaction, is no revert. */
function revertDataIn(data: unknown, depth = 0): Hex | undefined {
  if (typeof data === "string") return /^0x[0-9a-f]{8}([0-9a-f]{64})*$/i.test(data) ? (data as Hex) : undefined;
  if (typeof data !== "object" || data === null || depth > 2) return undefined;
  return revertDataIn((data as Part).data, depth + 1);
}
