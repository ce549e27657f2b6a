import { type Hex, keccak256, stringToBytes, zeroHash } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { readContract, sendRawTransaction } from "viem/actions";
import { encodeFunctionData } from "viem/utils";
import { assetNumber } from "../../demo/day/meters.ts";
import { type LocalActor, wallets } from "../../demo/local/wallets.ts";
import {
  ABIS,
  type ContractName,
  contractOf,
  type Day,
  KINDS,
  NO_NEXT_TRADER,
  type Platform,
  SOURCES,
  type Source,
  VOLTAGES,
} from "../../sdk/index.ts";

/** A participant to be, with one meter. */
export interface Newcomer {
  /** What the meter generates from; "None" uses. */
  source: Source;
  capacityW: number;
  fundsFen: bigint;
}

/** Somebody enrolled, with a registered meter and deposits that the escrow may hold. */
export interface CrowdMember extends Newcomer {
  account: PrivateKeyAccount;
  participant: number;
  meter: bigint;
}

const VALID_DAYS = 3_650;
const GAS = 3_000_000n;
const BLOCK_GAS = 400_000_000n;

/** A fresh local chain filled with as many participants as asked for, in a few full blocks. */
export class Crowd {
  readonly platform: Platform;
  readonly zone: number;
  readonly #today: Day;
  readonly #nonces = new Map<Hex, number>();

  private constructor(platform: Platform, zone: number, today: Day) {
    this.platform = platform;
    this.zone = zone;
    this.#today = today;
  }

  /** Grid company, balancing account and settlement bank come first: the parameters name them as participants 1, 2 and 3. */
  static async gather(platform: Platform, zone: number, today: Day, newcomers: readonly Newcomer[]) {
    const crowd = new Crowd(platform, zone, today);
    await crowd.#enrol(1, accountOf("gridCompany"), KINDS.gridCompany);
    await crowd.#enrol(2, accountOf("balancingAccount"), KINDS.balancingAccount);
    await crowd.#enrol(3, accountOf("settlementBank"), KINDS.bank);
    const members: CrowdMember[] = [];
    await crowd.#inFullBlocks(async () => {
      for (const newcomer of newcomers) members.push(await crowd.#join(newcomer, members.length));
    });
    const meters = await readContract(platform.client, {
      ...contractOf(platform, "MeterRegistry"),
      functionName: "meterCount",
    });
    if (meters !== BigInt(members.length)) throw new Error(`${members.length} joined, but ${meters} meters are there`);
    return members;
  }

  async #send(from: PrivateKeyAccount, name: ContractName, functionName: string, args: readonly unknown[]) {
    const { client, addresses } = this.platform;
    const nonce = this.#nonces.get(from.address) ?? 0;
    const serializedTransaction = await from.signTransaction({
      ...{ type: "eip1559", chainId: client.chain.id, nonce, gas: GAS, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
      ...{ to: addresses[name], data: encodeFunctionData({ abi: ABIS[name], functionName, args } as never) },
    });
    await sendRawTransaction(client, { serializedTransaction });
    this.#nonces.set(from.address, nonce + 1);
  }

  async #inFullBlocks(work: () => Promise<void>): Promise<void> {
    const ask = (method: string, params: unknown[]) => this.platform.client.request({ method, params } as never);
    const sent = () => [...this.#nonces.values()].reduce((total, nonce) => total + nonce, 0);
    const before = sent();
    await ask("evm_setAutomine", [false]);
    await work();
    for (let left = sent() - before; left > 0; left -= Number(BLOCK_GAS / GAS)) await ask("evm_mine", []);
    await ask("evm_setAutomine", [true]);
  }

  async #join(newcomer: Newcomer, index: number): Promise<CrowdMember> {
    const account = privateKeyToAccount(hashOf(`member ${index}`));
    const participant = index + 4;
    const generates = newcomer.source !== "None";
    await this.#enrol(participant, account, generates ? KINDS.generator : KINDS.consumer);
    const bank = accountOf("settlementBank");
    await this.#send(bank, "DepositToken", "openAccount", [participant]);
    await this.#send(bank, "DepositToken", "issue", [account.address, newcomer.fundsFen, hashOf(`money ${index}`)]);
    await this.#send(account, "DepositToken", "optIn", [this.platform.addresses.TradeEscrow, true]);
    await this.#send(account, "TradeEscrow", "lockMargin", [newcomer.fundsFen / 2n]);
    const properties = {
      ...{ owner: participant, trader: 0, zone: this.zone, direction: generates ? 1 : 2, active: true },
      ...{ voltage: VOLTAGES.indexOf(generates ? "KV10" : "Below1kV"), source: SOURCES.indexOf(newcomer.source) },
      capacityW: newcomer.capacityW,
      ...NO_NEXT_TRADER,
    };
    await this.#send(accountOf("meterOperator"), "MeterRegistry", "register", [
      properties,
      hashOf(assetNumber(BigInt(index + 1))),
    ]);
    return { ...newcomer, account, participant, meter: BigInt(index + 1) };
  }

  async #enrol(id: number, { address: account }: PrivateKeyAccount, kinds: number): Promise<void> {
    const application = {
      ...{ account, size: 3, validUntil: this.#today + VALID_DAYS, kinds, credentialHash: hashOf(account) },
      ...{ secondFactor: "0x", exposureLimitFen: 0n, controller: zeroHash },
    };
    await this.#send(accountOf("registrar1"), "ParticipantRegistry", "propose", [application]);
    await this.#send(accountOf("registrar2"), "ParticipantRegistry", "approve", [id, application]);
  }
}

export const accountOf = (actor: LocalActor) => privateKeyToAccount(wallets[actor].wallet.privateKey as Hex);

const hashOf = (text: string): Hex => keccak256(stringToBytes(text));
