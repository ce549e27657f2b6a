import { BrowserProvider, Contract, Interface, type LogDescription } from "ethers";
import { CONTRACTS, type ContractName } from "../../sdk/chain/contracts.ts";
import type { Deployment } from "../../sdk/chain/deployment.ts";
import { blockAt, blockNumber, type ReadableChain } from "../deploy/chain.ts";
import type { Abis, Addresses } from "../deploy/setup.ts";

/** Besu's limit for one eth_getLogs. */
const MOST_BLOCKS = 5_000;

/** Events that say who may do what and by which rules, by the contract that emits them. */
const HISTORY = {
  AccessManager: [
    "RoleGranted",
    "RoleRevoked",
    "RoleAdminChanged",
    "RoleGuardianChanged",
    "RoleGrantDelayChanged",
    "TargetClosed",
    "TargetFunctionRoleUpdated",
    "TargetAdminDelayUpdated",
  ],
  MeterRegistry: ["WindowsChanged", "WindowsWithdrawn"],
  MarketRules: ["RuleSetPublished", "RuleSetWithdrawn", "ZoneAdded"],
  DepositToken: ["NotaryApproved", "CapChanged"],
  DebtLedger: ["PosterApproved", "ClaimBookApproved"],
  KwhToken: ["MinterApproved", "MinterWithdrawn"],
  FinanceRules: ["FinanceTermsPublished", "FinanceTermsWithdrawn", "CalendarAnnounced"],
} as const satisfies Partial<Record<ContractName, readonly string[]>>;

/** A deployment as one block of the chain shows it. */
export class OnChain {
  readonly chain: ReadableChain;
  readonly deployment: Deployment;
  readonly addresses: Addresses;
  readonly abis: Abis;
  /** The block that is looked at, and its second since 1970. */
  readonly block: number;
  readonly now: number;
  readonly #contracts: Record<ContractName, Contract>;
  readonly #events: { contract: string; event: LogDescription }[];

  private constructor(
    chain: ReadableChain,
    deployment: Deployment,
    abis: Abis,
    head: { block: number; now: number },
    contracts: Record<ContractName, Contract>,
    events: { contract: string; event: LogDescription }[],
  ) {
    this.chain = chain;
    this.deployment = deployment;
    this.abis = abis;
    this.addresses = addressesOf(deployment);
    this.block = head.block;
    this.now = head.now;
    this.#contracts = contracts;
    this.#events = events;
  }

  static async read(chain: ReadableChain, deployment: Deployment, abis: Abis): Promise<OnChain> {
    const block = await blockNumber(chain.provider);
    const { timestamp } = await blockAt(chain.provider, hex(block));
    const provider = new BrowserProvider(chain.provider, chain.chainId);
    const addresses = addressesOf(deployment);
    const contracts = Object.fromEntries(
      CONTRACTS.map((name) => [name, new Contract(addresses[name], abis[name], provider)]),
    ) as Record<ContractName, Contract>;
    const events = await history(chain, addresses, abis, deployment.startBlock, block);
    return new OnChain(chain, deployment, abis, { block, now: Number(timestamp) }, contracts, events);
  }

  /** What a view of a contract answers. */
  call(contract: ContractName, view: string, ...args: unknown[]) {
    return this.#contracts[contract].getFunction(view).staticCall(...args, { blockTag: this.block });
  }

  /** What a contract ever emitted as one event, oldest first. */
  events(contract: keyof typeof HISTORY, name: string): LogDescription[] {
    return this.#events
      .filter((entry) => entry.contract === contract && entry.event.name === name)
      .map(({ event }) => event);
  }

  /** The same without what was withdrawn: a withdrawal takes back the last version that stands. */
  standing(contract: keyof typeof HISTORY, published: string, withdrawn: string): LogDescription[] {
    const versions: LogDescription[] = [];
    for (const entry of this.#events) {
      if (entry.contract !== contract) continue;
      if (entry.event.name === published) versions.push(entry.event);
      if (entry.event.name === withdrawn) versions.pop();
    }
    return versions;
  }

  async code(address: string): Promise<string> {
    return (await this.chain.provider.request({ method: "eth_getCode", params: [address, hex(this.block)] })) as string;
  }
}

/** What the events that matter add up to, from one block to another. */
async function history({ provider }: ReadableChain, addresses: Addresses, abis: Abis, from: number, to: number) {
  const names = Object.keys(HISTORY) as (keyof typeof HISTORY)[];
  const interfaces = new Map(
    names.map((name) => [addresses[name].toLowerCase(), { name, abi: new Interface(abis[name]) }]),
  );
  const topics = names.flatMap((name) =>
    HISTORY[name].map((event) => {
      const found = new Interface(abis[name]).getEvent(event);
      if (found === null) throw new Error(`${name} has no event ${event}, which its verification is to read.`);
      return found.topicHash;
    }),
  );
  const events: { contract: string; event: LogDescription }[] = [];
  for (let start = from; start <= to; start += MOST_BLOCKS) {
    const end = Math.min(start + MOST_BLOCKS - 1, to);
    const logs = (await provider.request({
      method: "eth_getLogs",
      params: [
        { address: names.map((name) => addresses[name]), topics: [topics], fromBlock: hex(start), toBlock: hex(end) },
      ],
    })) as { address: string; topics: string[]; data: string }[];
    for (const log of logs) {
      const { name, abi } = interfaces.get(log.address.toLowerCase())!;
      const event = abi.parseLog(log);
      if (event !== null) events.push({ contract: name, event });
    }
  }
  return events;
}

function addressesOf({ contracts }: Deployment): Addresses {
  return Object.fromEntries(CONTRACTS.map((name) => [name, contracts[name].address])) as Addresses;
}

const hex = (block: number) => `0x${block.toString(16)}`;
