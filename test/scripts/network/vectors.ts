import type { Hex } from "viem";

/** Test keys that Consensys published with its developer quickstart, and what that network made of them. */
export const QUICKSTART: {
  validators: { key: Hex; address: Hex }[];
  firstEnodeId: string;
  extraData: Hex;
} = {
  validators: [
    {
      key: "0x1a2c4ff0f1b38e2322658dba692816138eb22d002515df1fffca21278f406aa9",
      address: "0x93917cadbace5dfce132b991732c6cda9bcc5b8a",
    },
    {
      key: "0x7f9af699dd2bb1af76c90b3f67183dd48abae509c315eb8f2c55301ad90ba978",
      address: "0x27a97c9aaf04f18f3014c32e036dd0ac76da5f18",
    },
    {
      key: "0xfe006b00c738e7e5af7f7623290ffc83f394741ae6fb6afc6081cab49e1e1a70",
      address: "0xce412f988377e31f4d0ff12d74df73b51c42d0ca",
    },
    {
      key: "0x8f6ae009cdbbf6e6fa739b91a4483f251bbe89f6570d34856554533b36c93c55",
      address: "0x98c1334496614aed49d2e81526d089f7264fed9c",
    },
  ],
  firstEnodeId:
    "8208a3f344695d44e9cf2c023683cbea7b9343e2f70a5e804bd2c93858e945f8f91439eef96a4ab6c47ff06637d6fbe6472f96de1655a1bee57ea896654f3a22",
  extraData:
    "0xf87aa00000000000000000000000000000000000000000000000000000000000000000f8549493917cadbace5dfce132b991732c6cda9bcc5b8a9427a97c9aaf04f18f3014c32e036dd0ac76da5f1894ce412f988377e31f4d0ff12d74df73b51c42d0ca9498c1334496614aed49d2e81526d089f7264fed9cc080c0",
};

/** Names of options that Besu 26.8.0 knows, of those that concern a private network. */
export const BESU_OPTIONS = new Set(
  `data-path logging node-private-key-file static-nodes-file profile p2p-enabled nat-method discovery-enabled bootnodes
   p2p-host p2p-interface p2p-port max-peers remote-connections-limit-enabled host-allowlist genesis-file sync-mode
   sync-min-peers network-id rpc-http-enabled rpc-http-host rpc-http-port rpc-http-max-active-connections rpc-http-api
   rpc-http-cors-origins rpc-http-authentication-enabled rpc-http-max-batch-size rpc-max-logs-range rpc-gas-cap
   rpc-ws-api rpc-ws-enabled rpc-ws-host rpc-ws-port rpc-ws-max-active-connections metrics-enabled metrics-protocol
   metrics-host metrics-port min-gas-price min-priority-fee block-txs-selection-max-time
   poa-block-txs-selection-max-time permissions-nodes-config-file-enabled permissions-nodes-config-file
   permissions-accounts-config-file-enabled permissions-accounts-config-file tx-pool tx-pool-price-bump
   tx-pool-max-size tx-pool-limit-by-account-percentage tx-pool-min-gas-price revert-reason-enabled target-gas-limit
   data-storage-format bonsai-historical-block-limit`.split(/\s+/),
);

/** Groups of JSON-RPC methods that Besu 26.8.0 knows. */
export const BESU_APIS = "ETH DEBUG MINER NET PERM WEB3 ADMIN TXPOOL TRACE PLUGINS IBFT ENGINE QBFT TESTING".split(" ");
