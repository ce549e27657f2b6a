import { createConfig } from "ponder";
import { ABIS } from "../sdk/chain/abis.ts";
import { INDEXED, type IndexedName } from "../sdk/chain/contracts.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { database } from "./database.ts";
import { digestOfSources } from "./digestOfSources.ts";
import { patientNode } from "./patientNode.ts";

const network = process.env.DUJIANG_NETWORK || "local";
const rpc = process.env.RPC_URL || (network === "local" ? "http://127.0.0.1:8545" : undefined);
const ws = process.env.RPC_WS_URL || undefined;

const deployment = readDeployment(network);
const { chainId, startBlock, contracts } = deployment;
if (rpc === undefined) {
  throw new Error(`There is no node to read ${network} from: set RPC_URL to the JSON-RPC address of one.`);
}

// Ponder goes on with tables that the same configuration and the same files in src/ made, and refuses all others. Rows are
// made with the sdk, too: its sources are therefore part of the configuration.
const sdk = digestOfSources(new URL("../sdk/", import.meta.url));

/** Each contract that the index reads, with its address and interface. */
const indexed = Object.fromEntries(
  INDEXED.map((name) => [
    name,
    { chain: "market", abi: ABIS[name], address: contracts[name].address, startBlock, sdk },
  ]),
) as { [Name in IndexedName]: Indexed<Name> };

interface Indexed<Name extends IndexedName> {
  chain: "market";
  abi: (typeof ABIS)[Name];
  address: `0x${string}`;
  startBlock: number;
  sdk: string;
}

export default createConfig({
  database: database(network),
  chains: {
    // Besu refuses more blocks at a time, with an error that Ponder does not know as such.
    market: { id: chainId, rpc: patientNode(deployment, rpc), ws, ethGetLogsBlockRange: 5000 },
  },
  contracts: indexed,
  // By which days end without an event of any meter: every twenty minutes where a block takes two seconds.
  blocks: { Clock: { chain: "market", startBlock, interval: 600 } },
});
