import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Abi,
  type AbiEvent,
  type ContractEventName,
  concat,
  encodeAbiParameters,
  encodeEventTopics,
  type GetEventArgs,
  getAbiItem,
  type Hex,
  numberToHex,
  size,
  toHex,
} from "viem";
import { LocalChain } from "../../demo/local/chain.ts";
import { ABIS } from "../../sdk/chain/abis.ts";
import { CONTRACTS, type ContractName, type IndexedName } from "../../sdk/chain/contracts.ts";
import { jsonHash } from "../../sdk/chain/deployment.ts";

/** An event to emit, and the contract that emits it. */
export interface ChainEvent {
  contract: IndexedName;
  log: Hex;
}

/**
 * Emits the logs in its calldata, each as: number of topics (1 byte), size of the data (2 bytes), topics, data. In Yul:
 *
 *     let p := 0
 *     for {} lt(p, calldatasize()) {} {
 *       let n := byte(0, calldataload(p))
 *       let size := shr(240, calldataload(add(p, 1)))
 *       let t := add(p, 3)
 *       let data := add(t, mul(32, n))
 *       calldatacopy(0, data, size)
 *       switch n case 1 { log1(0, size, calldataload(t)) } case 2 ... default { log4(...) }
 *       p := add(data, size)
 *     }
 */
const RELAY =
  "0x5f5b368110600957005b80600391355f1a600182013560f01c91838101908260051b810192848685015f3780600114607b5780600214606d578514605957606381013591602360438301359201359035855fa45b01016001565b90602360438301359201359035845fa36053565b50602301359035835fa26053565b505035825fa1605356";

/** Where a contract is. */
export const addressOf = (name: ContractName): Hex => numberToHex(0xd0000 + CONTRACTS.indexOf(name), { size: 20 });

/** What a contract of the platform would emit. */
export function event<const C extends IndexedName, const N extends ContractEventName<(typeof ABIS)[C]>>(
  contract: C,
  eventName: N,
  args: GetEventArgs<(typeof ABIS)[C], N, { EnableUnion: false; IndexedOnly: false; Required: true }>,
): ChainEvent {
  const events: Abi = ABIS[contract];
  const item = getAbiItem({ abi: events, name: eventName as string }) as AbiEvent;
  const values = args as Record<string, unknown>;
  const topics = encodeEventTopics({ abi: [item], args: values } as never) as Hex[];
  const plain = item.inputs.filter(({ indexed }) => !indexed);
  const data = encodeAbiParameters(
    plain,
    plain.map(({ name }) => values[name ?? ""]),
  );
  return {
    contract,
    log: concat([toHex(topics.length, { size: 1 }), toHex(size(data), { size: 2 }), ...topics, data]),
  };
}

/**
 * A chain on which every contract's address emits whatever is asked for, so that a few sentences make any history,
 * and a deployment that says where they are.
 */
export class EventChain {
  readonly chain: LocalChain;
  /** Parent of the deployment's folder, for DUJIANG_DEPLOYMENTS. */
  readonly deployments: string;
  readonly network = "events";
  /** Where the contracts are. */
  readonly contracts = Object.fromEntries(CONTRACTS.map((name) => [name, { address: addressOf(name) }]));
  #sender = "";

  private constructor(chain: LocalChain) {
    this.chain = chain;
    this.deployments = mkdtempSync(join(tmpdir(), "dujiang-events-"));
  }

  static async start(startsAt: number): Promise<EventChain> {
    const eventChain = new EventChain(await LocalChain.start({ startsAt, port: "any" }));
    const { chain } = eventChain;
    [eventChain.#sender = ""] = await chain.request<string[]>("eth_accounts");
    for (const name of CONTRACTS) await chain.request("hardhat_setCode", [addressOf(name), RELAY]);
    const { hash } = await chain.request<{ hash: Hex }>("eth_getBlockByNumber", ["0x0", false]);
    const folder = join(eventChain.deployments, eventChain.network);
    mkdirSync(folder);
    writeFileSync(join(folder, "deployment.json"), JSON.stringify(deployment(eventChain.network, chain.chainId, hash)));
    return eventChain;
  }

  /**
   * One block for each run of events of the same contract: logs keep the order in which they are given. Time stands
   * still meanwhile, so that no answer depends on how quickly blocks are sealed.
   */
  async emit(events: ChainEvent[]): Promise<void> {
    const second = await this.chain.now();
    for (let from = 0, to = 0; from < events.length; from = to) {
      const contract = events[from]!.contract;
      while (to < events.length && to - from < 40 && events[to]!.contract === contract) to += 1;
      const data = concat(events.slice(from, to).map(({ log }) => log));
      const call = { from: this.#sender, to: addressOf(contract), data, gas: toHex(16_777_216), gasPrice: "0x0" };
      await this.chain.request("evm_setNextBlockTimestamp", [second]);
      await this.chain.request("eth_sendTransaction", [call]);
    }
  }

  async stop(): Promise<void> {
    await this.chain.stop();
    rmSync(this.deployments, { recursive: true, force: true });
  }
}

function deployment(network: string, chainId: number, genesisHash: Hex) {
  const transactionHash = toHex(0, { size: 32 });
  const place = (name: ContractName) => ({
    address: addressOf(name),
    transactionHash,
    blockNumber: 0,
    abiHash: transactionHash,
  });
  return {
    ...{ network, chainId, genesisHash, startBlock: 0, parameters: {}, parametersHash: jsonHash({}) },
    contracts: Object.fromEntries(CONTRACTS.map((name) => [name, place(name)])),
    setup: { transactionHash, blockNumber: 0 },
  };
}
