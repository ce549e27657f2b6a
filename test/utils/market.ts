import { ContractFactory, id, ZeroHash } from "ethers";
import { type Address, custom, type EIP1193RequestFn, type Hex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import type { LocalActor } from "../../demo/local/wallets.ts";
import {
  type Curve,
  type Day,
  DEBT_CODES,
  encodeCurve,
  KINDS,
  marketOf,
  NO_NEXT_TRADER,
  type Order,
  orderDigest,
  type Platform,
  platformOf,
  SOURCES,
  type Source,
  startOfDay,
  VOLTAGES,
} from "../../sdk/index.ts";
import { asBesu } from "../besu/asBesu.ts";
import { deployInProcess, type InProcess } from "./inProcess.ts";
import { testArtifact } from "./testArtifact.ts";

const FUNDS_FEN = 10_000_000_00n;
const CAPACITY_W = 20_000_000;

/** As the local network's parameters number them: participants 3 and 4. */
const SETTLEMENT_BANKS = ["settlementBank", "secondSettlementBank"] as const;

/** By number, too. */
const GRID_COMPANY = 1;

/** Somebody enrolled. */
export interface Participant {
  account: PrivateKeyAccount;
  participant: number;
}

/** Somebody with one meter and deposits. */
export interface Member extends Participant {
  meter: bigint;
}

/** The platform on a chain inside this process, with the steps that tests take to get somewhere. */
export class TestMarket {
  readonly inProcess: InProcess;
  readonly platform: Platform;
  #assets = 0;
  #awards = 0;
  /** What each new member sets aside for rounds. */
  marginFen: { locked: bigint; terms: bigint } | undefined;

  private constructor(inProcess: InProcess, wrap: (request: EIP1193RequestFn) => EIP1193RequestFn) {
    this.inProcess = inProcess;
    this.platform = this.through(wrap);
  }

  static async create(wrap = asBesu): Promise<TestMarket> {
    const market = new TestMarket(await deployInProcess(), wrap);
    await market.enrol(market.address("gridCompany"), KINDS.gridCompany);
    await market.enrol(market.address("balancingAccount"), KINDS.balancingAccount);
    for (const bank of SETTLEMENT_BANKS) await market.enrol(market.address(bank), KINDS.bank);
    return market;
  }

  /** The same platform, read through a node that gives set answers. */
  through(wrap: (request: EIP1193RequestFn) => EIP1193RequestFn): Platform {
    const { connection, addresses } = this.inProcess;
    const contracts = Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, { address }]));
    const request = connection.provider.request.bind(connection.provider) as unknown as EIP1193RequestFn;
    return platformOf(
      { network: "default", chainId: 31337, startBlock: 1, contracts: contracts as never },
      custom({ request: wrap(request) }, { retryCount: 0 }),
    );
  }

  get today(): Day {
    return this.inProcess.today;
  }

  account(actor: LocalActor): PrivateKeyAccount {
    return privateKeyToAccount(this.inProcess.wallet(actor).privateKey as Hex);
  }

  address(actor: LocalActor): Address {
    return this.account(actor).address;
  }

  async generator(actor: LocalActor, source: Source = "Solar"): Promise<Member> {
    return this.#member(actor, source);
  }

  /** A generator with another plant of the same kind. */
  async withAnotherPlant({ account, participant, meter }: Member): Promise<Member> {
    const { source } = await this.inProcess.contract("MeterRegistry").meterOf(meter);
    return { account, participant, meter: await this.#registerMeter(participant, Number(source)) };
  }

  async consumer(actor: LocalActor): Promise<Member> {
    return this.#member(actor, "None");
  }

  /** A consumer whose account is an ERC-1271 wallet that `actor` holds the key of. */
  async contractConsumer(actor: LocalActor): Promise<Member> {
    const artifact = await testArtifact("test/utils/Wallets.sol", "SigningWallet");
    const factory = new ContractFactory(artifact.abi, artifact.bytecode, this.inProcess.wallet("deployer"));
    const wallet = await factory.deploy(this.address(actor));
    await wallet.waitForDeployment();
    const address = (await wallet.getAddress()) as Address;
    const member = await this.#register({ ...this.account(actor), address } as PrivateKeyAccount, "None");
    const { connection, contract, addresses } = this.inProcess;
    const itself = await connection.ethers.getImpersonatedSigner(address);
    await contract("DepositToken", itself).optIn(addresses.TradeEscrow, true, { gasPrice: 0n });
    await this.#setAside(member);
    return member;
  }

  /** Enrols somebody without a meter or deposits. */
  async enrol(account: Address, kinds: number): Promise<number> {
    const { contract } = this.inProcess;
    const application = {
      ...{ account, size: 3, validUntil: this.today + 3650, kinds, credentialHash: id(account) },
      ...{ secondFactor: "0x", exposureLimitFen: 0, controller: ZeroHash },
    };
    await contract("ParticipantRegistry", "registrar1").propose(application);
    const participant = Number(await contract("ParticipantRegistry").participantCount());
    await contract("ParticipantRegistry", "registrar2").approve(participant, application);
    return participant;
  }

  /** Puts a second factor in force, by a renewal that one registrar proposes and another approves. */
  async enrolFactor({ account, participant }: Participant, secondFactor: Hex, exposureLimitFen: bigint): Promise<void> {
    const { contract } = this.inProcess;
    const { size, kinds, validUntil } = await contract("ParticipantRegistry").standing(participant);
    const application = {
      ...{ account: account.address, size, validUntil, kinds, credentialHash: id("renewed") },
      ...{ secondFactor, exposureLimitFen, controller: ZeroHash },
    };
    await contract("ParticipantRegistry", "registrar1").proposeRenewal(participant, application);
    await contract("ParticipantRegistry", "registrar2").approve(participant, application);
  }

  /** Sets money aside for rounds, and what may be bought on terms. */
  async lockMargin({ account }: Pick<Member, "account">, lockedFen: bigint, termsFen = 0n): Promise<void> {
    const escrow = await this.#escrowAs(account.address);
    await escrow.lockMargin(lockedFen, { gasPrice: 0n });
    if (termsFen > 0n) await escrow.allowOnTerms(termsFen, { gasPrice: 0n });
  }

  /** Signs an order on chain, as the account that it is of. */
  async presign(order: Order): Promise<void> {
    const escrow = await this.#escrowAs(order.trader);
    await escrow.presign(orderDigest(order, marketOf(this.platform)), { gasPrice: 0n });
  }

  async report(meter: bigint, day: Day, curve: Curve): Promise<void> {
    await this.goTo(startOfDay(day + 1));
    const reading = { meter, day, quality: 0, curve: encodeCurve(curve) };
    await this.inProcess.contract("MeterRegistry", "meterOperator").report([reading]);
  }

  async finalise(meter: bigint, day: Day): Promise<void> {
    const registry = this.inProcess.contract("MeterRegistry", "household");
    const { finalisableAt } = await registry.dayOf(meter, day);
    await this.goTo(Number(finalisableAt));
    await registry.finalise([{ meter, day }]);
  }

  /** Corrects a final day, and waits until trades can be adjusted by it. */
  async correct(meter: bigint, day: Day, curve: Curve): Promise<void> {
    const registry = this.inProcess.contract("MeterRegistry", "meterOperator");
    await registry.correct([{ meter, day, quality: 0, curve: encodeCurve(curve) }]);
    await this.goTo(Number((await registry.correctionOf(meter, day)).adjustableAt));
  }

  async lapse(meter: bigint, day: Day): Promise<void> {
    const registry = this.inProcess.contract("MeterRegistry", "household");
    await this.goTo(Number(await registry.lapsesAt(day)));
    await registry.lapse([{ meter, day }]);
  }

  /** Leaves somebody in default of a fen, which an award that fell due a year ago obliges it to pay; the debt. */
  async putInDefault({ participant }: Participant): Promise<bigint> {
    const { contract } = this.inProcess;
    const [ledger, code] = [contract("DebtLedger", "council"), DEBT_CODES.indexOf("Award")];
    await ledger.approvePoster(this.address("council"), code);
    const source = id(`award ${++this.#awards}`);
    const dueDay = this.today - 365;
    await ledger.post([{ debtor: participant, creditor: GRID_COMPANY, dueDay, code, amountFen: 1n, source }]);
    const debt = await ledger.debtCount();
    await ledger.declareDefault(debt);
    return debt;
  }

  /** Takes back what `putInDefault` left owed, so that the default ends. */
  async endDefault(debt: bigint): Promise<void> {
    await this.inProcess.contract("DebtLedger", "council").reduce(debt, 1n);
  }

  /** Moves the clock on; never back. */
  async goTo(second: number): Promise<void> {
    const { provider } = this.inProcess.connection.ethers;
    const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
    if (second <= now) return;
    await provider.send("evm_setNextBlockTimestamp", [second]);
    await provider.send("evm_mine", []);
  }

  /** Lets empty blocks pass. */
  async idle(blocks: number): Promise<void> {
    await this.inProcess.connection.ethers.provider.send("hardhat_mine", [`0x${blocks.toString(16)}`, "0x1"]);
  }

  deposits(account: Address): Promise<bigint> {
    return this.inProcess.contract("DepositToken").balanceOf(account);
  }

  /** The escrow as an account sends to it, which may be a contract. */
  async #escrowAs(account: Address) {
    const { connection, contract } = this.inProcess;
    return contract("TradeEscrow", await connection.ethers.getImpersonatedSigner(account));
  }

  async #member(actor: LocalActor, source: Source): Promise<Member> {
    const member = await this.#register(this.account(actor), source);
    await this.inProcess.contract("DepositToken", actor).optIn(this.inProcess.addresses.TradeEscrow, true);
    await this.#setAside(member);
    return member;
  }

  async #setAside(member: Member): Promise<void> {
    if (this.marginFen !== undefined) await this.lockMargin(member, this.marginFen.locked, this.marginFen.terms);
  }

  async #register(account: PrivateKeyAccount, source: Source): Promise<Member> {
    const generates = source !== "None";
    const participant = await this.enrol(account.address, generates ? KINDS.generator : KINDS.consumer);
    const { contract } = this.inProcess;
    const bank = contract("DepositToken", "settlementBank");
    await bank.openAccount(participant);
    await bank.issue(account.address, FUNDS_FEN, id(`funds ${account.address}`));
    return { account, participant, meter: await this.#registerMeter(participant, SOURCES.indexOf(source)) };
  }

  async #registerMeter(participant: number, source: number): Promise<bigint> {
    const { contract } = this.inProcess;
    const generates = SOURCES[source] !== "None";
    const properties = {
      owner: participant,
      trader: 0,
      zone: 4,
      direction: generates ? 1 : 2,
      voltage: VOLTAGES.indexOf(generates ? "KV10" : "Below1kV"),
      source,
      active: true,
      capacityW: CAPACITY_W,
      ...NO_NEXT_TRADER,
    };
    await contract("MeterRegistry", "meterOperator").register(properties, id(`meter ${++this.#assets}`));
    return contract("MeterRegistry").meterCount();
  }
}
