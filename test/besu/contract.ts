/** What Besu 26.8 says of itself: limits, errors and methods of a node on a private network. */

export interface RpcError {
  code: number;
  message: string;
  /** What a contract reverted with. */
  data?: string;
}

/** Besu's defaults, but for `min-gas-price`, which is 0 where nobody pays, and the sequenced pool of private networks. */
export const LIMITS = {
  batch: 1_024,
  connections: 80,
  blocksOfLogs: 5_000,
  noncesInFlight: 5,
  gasOfTransaction: 16_777_216n,
  feeOfTransaction: 10n ** 18n,
} as const;

export const ERRORS = {
  parse: { code: -32700, message: "Parse error" },
  unknownMethod: { code: -32601, message: "Method not found" },
  disabledMethod: { code: -32604, message: "Method not enabled" },
  sendTransaction: {
    code: -32604,
    message:
      "The method eth_sendTransaction is not supported. Use eth_sendRawTransaction to send a signed transaction to Besu.",
  },
  unknownBlock: { code: -39001, message: "Unknown block" },
  blockNumber: { code: -32602, message: "Invalid block number params" },
  blockParameter: { code: -32602, message: "Invalid block param (block not found)" },
  range: { code: -32005, message: "Requested range exceeds maximum RPC range limit" },
  batch: { code: -32005, message: "Number of requests exceeds max batch size" },
  transaction: { code: -32602, message: "Invalid transaction params (missing or incorrect)" },
  feeCap: { code: -32000, message: "Transaction fee cap exceeded" },
  chainId: { code: -32000, message: "Wrong chainId" },
  gasCap: { code: -32005, message: "Transaction gas limit cap exceeded" },
  notAllowed: { code: -32007, message: "Sender account not authorized to send transactions" },
  balance: { code: -32004, message: "Upfront cost exceeds account balance" },
  nonceTooLow: { code: -32001, message: "Nonce too low" },
  nonceTooFar: { code: -32000, message: "Transaction nonce is too distant from current sender nonce" },
  known: { code: -32000, message: "Known transaction" },
} as const satisfies Record<string, RpcError>;

const named = (namespace: string, names: string) => names.split(/\s+/).map((name) => `${namespace}_${name}`);

/** What is answered over HTTP by default: the namespaces ETH, NET and WEB3. */
export const ENABLED: ReadonlySet<string> = new Set([
  ...named(
    "eth",
    `accounts baseFee blobBaseFee blockNumber call capabilities chainId config createAccessList estimateGas feeHistory
    gasPrice getBalance getBlockByHash getBlockByNumber getBlockReceipts getBlockTransactionCountByHash
    getBlockTransactionCountByNumber getCode getFilterChanges getFilterLogs getLogs getProof getStorageAt
    getTransactionByBlockHashAndIndex getTransactionByBlockNumberAndIndex getTransactionByHash
    getTransactionBySenderAndNonce getTransactionCount getTransactionReceipt getUncleByBlockHashAndIndex
    getUncleByBlockNumberAndIndex getUncleCountByBlockHash getUncleCountByBlockNumber maxPriorityFeePerGas
    newBlockFilter newFilter newPendingTransactionFilter protocolVersion sendRawTransaction sendTransaction simulateV1
    syncing uninstallFilter`,
  ),
  ...named("net", "enode listening peerCount services version"),
  ...named("web3", "clientVersion sha3"),
  "rpc_modules",
]);

/** What Besu has, but not there. */
export const DISABLED =
  /^((admin|debug|engine|ibft|miner|perm|plugins|qbft|testing|trace|txpool)_|eth_(un)?subscribe$)/;
