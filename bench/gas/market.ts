import { id, type Log, type Result, Wallet, ZeroHash } from "ethers";
import type { Hex } from "viem";
import { KINDS } from "../../sdk/identity/enums.ts";
import { NONCE_KINDS } from "../../sdk/market/enums.ts";
import { NONCES_PER_PAGE, pageNonce } from "../../sdk/market/nonce.ts";
import { encodeSold, type Sold } from "../../sdk/market/opened.ts";
import { buildOrder, type OrderInput, type SignedOrder } from "../../sdk/market/order.ts";
import { buildRound, type RoundInput } from "../../sdk/market/round.ts";
import { chainTrades, type Outcome, outcomeHash, type TradeTerms, termsCommitment } from "../../sdk/market/terms.ts";
import { buildTrade, type TradeInput } from "../../sdk/market/trade.ts";
import { signOrder, signTrade } from "../../sdk/market/typedData.ts";
import { dayLeaf, OWN_WORDS, proveDays, type Reading, rootReports } from "../../sdk/metering/dayRoot.ts";
import { NO_NEXT_TRADER } from "../../sdk/metering/meter.ts";
import {
  addCurves,
  type Curve,
  decodeStretch,
  encodeCurve,
  encodeStretch,
  hashCurve,
  ZERO_CURVE,
} from "../../sdk/types/curve.ts";
import { SOURCES, type Source, VOLTAGES } from "../../sdk/types/enums.ts";
import { merkleSiblings } from "../../sdk/types/merkleTree.ts";
import { type Day, startOfDay } from "../../sdk/types/time.ts";
import { deployInProcess, FreeWallet, type InProcess } from "../../test/utils/inProcess.ts";
import type {
  KwhClaimStruct,
  TradeEscrow,
  TradeOpenedEvent,
  TradeTermsStruct,
} from "../../types/typechain/contracts/market/TradeEscrow.ts";

/** Somebody with one meter, deposits and nonces in use: an established participant. */
export interface Member {
  participant: bigint;
  wallet: FreeWallet;
  meter: bigint;
}

/** A trade as its event logs it. */
interface Opened {
  id: bigint;
  meter: bigint;
  terms: TradeTermsStruct;
  energy: Curve;
  /** What stands for it in the book of its day. */
  commitment: Hex;
}

const CONDITIONS = { tariff: 0n, bondRateBp: 1000, priceCap: 48_144 };
const FUNDS_FEN = 100_000_000_00n;
const ZONE = 2;
/** As in Day.sol: so many days apart, two share their words. */
const RING_DAYS = 128;

/** A market on a chain in this process, with members as many as a figure needs. */
export class BenchMarket {
  readonly platform: InProcess;
  readonly escrow: { chainId: number; escrow: `0x${string}` };
  #members = 0;
  #meters = 0;
  #nonces = 0;
  #round = 0n;

  private constructor(platform: InProcess, chainId: bigint) {
    this.platform = platform;
    this.escrow = { chainId: Number(chainId), escrow: platform.addresses.TradeEscrow as `0x${string}` };
  }

  static async create(hardfork?: "cancun"): Promise<BenchMarket> {
    const platform = await deployInProcess(hardfork);
    const { chainId } = await platform.connection.ethers.provider.getNetwork();
    const market = new BenchMarket(platform, chainId);
    market.day = platform.today + 1;
    // In the order in which the parameters number them.
    const first = [await market.#approve(KINDS.gridCompany), await market.#approve(KINDS.balancingAccount)];
    await market.#approve(KINDS.bank, platform.wallet("settlementBank"));
    for (const enrolled of first) await market.#fund(enrolled);
    return market;
  }

  /** The delivery day that everything is opened for. */
  day: Day = 0;

  /** Enrols somebody by two registrars, funded, opted in, with margin, and a nonce of the first page of each kind spent. */
  async enrol(kinds: number): Promise<Omit<Member, "meter">> {
    const enrolled = await this.#approve(kinds);
    await this.#fund(enrolled);
    return enrolled;
  }

  async #fund({ participant, wallet }: Omit<Member, "meter">): Promise<void> {
    const { contract } = this.platform;
    const bank = contract("DepositToken", "settlementBank");
    await bank.openAccount(participant);
    await bank.issue(wallet.address, FUNDS_FEN, id(`funds ${wallet.address}`));
    for (const notary of ["TradeEscrow", "DebtLedger", "FinancingDesk"] as const) {
      await contract("DepositToken", wallet).optIn(this.platform.addresses[notary], true);
    }
    const escrow = contract("TradeEscrow", wallet);
    await escrow.lockMargin(FUNDS_FEN / 2n);
    await escrow.allowOnTerms(FUNDS_FEN / 2n);
    for (const kind of NONCE_KINDS.keys()) await escrow.cancel(kind, this.day, [pageNonce(0, 0)]);
  }

  #wallet(): FreeWallet {
    const { provider } = this.platform.connection.ethers;
    return FreeWallet.of(new Wallet(id(`bench member ${this.#members++}`)), provider);
  }

  async #approve(kinds: number, wallet = this.#wallet()): Promise<Omit<Member, "meter">> {
    const { contract, today } = this.platform;
    const application = {
      account: wallet.address,
      size: 3,
      validUntil: today + 3650,
      kinds,
      credentialHash: id(wallet.address),
      secondFactor: "0x",
      exposureLimitFen: 0,
      controller: ZeroHash,
    };
    await contract("ParticipantRegistry", "registrar1").propose(application);
    const participant = await contract("ParticipantRegistry").participantCount();
    await contract("ParticipantRegistry", "registrar2").approve(participant, application);
    return { participant, wallet };
  }

  async #member(generates: boolean): Promise<Member> {
    const enrolled = await this.enrol(generates ? KINDS.generator : KINDS.consumer);
    return { ...enrolled, meter: await this.register(enrolled.participant, generates) };
  }

  /** Registers a meter; returns its number. */
  async register(owner: bigint, generates: boolean): Promise<bigint> {
    const source: Source = generates ? "HydroRunOfRiver" : "None";
    const { contract } = this.platform;
    const meter = {
      owner,
      trader: 0,
      zone: ZONE,
      direction: generates ? 1 : 2,
      voltage: VOLTAGES.indexOf("KV10"),
      source: SOURCES.indexOf(source),
      active: true,
      capacityW: 20_000_000,
      ...NO_NEXT_TRADER,
    };
    await contract("MeterRegistry", "meterOperator").register(meter, id(`meter ${this.#meters++}`));
    return contract("MeterRegistry").meterCount();
  }

  generators = (count: number) => this.#many(count, () => this.#member(true));
  consumers = (count: number) => this.#many(count, () => this.#member(false));

  async #many<Item>(count: number, make: () => Promise<Item>): Promise<Item[]> {
    const items: Item[] = [];
    for (let index = 0; index < count; index++) items.push(await make());
    return items;
  }

  /** Goes on with the delivery day whose nonces, fills and books are kept in the words of this one. */
  async nextLap(): Promise<void> {
    this.day += RING_DAYS;
    this.#nonces = 0;
    await this.#goTo(startOfDay(this.day - 1));
  }

  /** Nonces of pages that are in use already. */
  #nonce = () => pageNonce(0, 1 + (this.#nonces++ % (NONCES_PER_PAGE - 1)));

  async order(member: Member, input: Pick<OrderInput, "side" | "bands"> & Partial<OrderInput>): Promise<SignedOrder> {
    const order = buildOrder(
      {
        trader: member.wallet.address as `0x${string}`,
        meter: member.meter,
        day: this.day,
        nonce: this.#nonce(),
        maxFen: 10n ** 12n,
        continuous: true,
        ...input,
      },
      CONDITIONS,
    );
    return signOrder(order, this.escrow, member.wallet);
  }

  /** Opens a bilateral trade; returns the gas used. */
  async open(seller: Member, buyer: Member, input: Pick<TradeInput, "bands"> & Partial<TradeInput>) {
    const parties = { seller: seller.wallet.address, buyer: buyer.wallet.address } as Pick<
      TradeInput,
      "seller" | "buyer"
    >;
    const trade = buildTrade(
      {
        ...parties,
        sellerMeter: seller.meter,
        buyerMeter: buyer.meter,
        day: this.day,
        nonce: this.#nonce(),
        maxPaymentFen: 10n ** 12n,
        maxBondFen: 10n ** 12n,
        ...input,
      },
      CONDITIONS,
    );
    const ofBuyer = await signTrade(trade, this.escrow, buyer.wallet);
    const ofSeller = await signTrade(trade, this.escrow, seller.wallet);
    const escrow = this.platform.contract("TradeEscrow", "marketOperator");
    return this.gas(escrow.open({ ...trade, bands: [...trade.bands] }, ofBuyer, ofSeller, "0x"));
  }

  /** Opens a round; returns the gas used and the trades. */
  async openRound(sales: RoundInput["sales"], price: Curve) {
    const prices = [{ zone: ZONE, price }];
    const paymentDays = sales[0]?.sell.order.paymentDays ?? 0;
    const terms = { round: ++this.#round, day: this.day, paymentDays, continuous: true };
    const round = buildRound({ ...terms, prices, sales });
    const escrow = this.platform.contract("TradeEscrow", "marketOperator");
    const receipt = await (await escrow.openRound(round)).wait();
    if (receipt === null) throw new Error("The round was not mined.");
    const trades = this.#opened(escrow, receipt.logs);
    const expected = sales.reduce((sum, { legs }) => sum + legs.length, 0);
    if (trades.length !== expected) throw new Error(`The round opened ${trades.length} of ${expected} trades.`);
    return { gas: Number(receipt.gasUsed), trades };
  }

  #opened(escrow: TradeEscrow, logs: readonly Log[]): Opened[] {
    return logs.flatMap((log) => {
      const event = escrow.interface.parseLog(log);
      if (event?.name !== "TradeOpened") return [];
      const [trade, , , , terms, firstSlot, energy] = event.args as unknown as TradeOpenedEvent.OutputTuple;
      return [
        {
          id: trade,
          meter: terms.sellerMeter,
          terms: (terms as unknown as Result).toObject() as TradeTermsStruct,
          energy: decodeStretch(Number(firstSlot), energy as Hex),
          commitment: termsCommitment(trade, (terms as unknown as Result).toObject() as TradeTerms),
        },
      ];
    });
  }

  /** Lets the delivery day pass and reports the meters' curves; returns the gas used. */
  async report(day: Day, readings: readonly { meter: bigint; curve: Curve }[]): Promise<number> {
    await this.#goTo(startOfDay(day + 1));
    const batch = readings.map(({ meter, curve }) => ({ meter, day, quality: 0, curve: encodeCurve(curve) }));
    return this.gas(this.platform.contract("MeterRegistry", "meterOperator").report(batch));
  }

  /** As `report`, under a root for each group. */
  async reportRoots(readings: readonly Reading[]): Promise<number> {
    await this.#goTo(startOfDay(this.day + 1));
    return this.gas(this.platform.contract("MeterRegistry", "meterOperator").reportRoots(rootReports(readings)));
  }

  /** Finalises the root reported last; returns the gas used. */
  async finaliseRoot(): Promise<number> {
    await this.#goTo(startOfDay(this.day + 3));
    return this.gas(this.platform.contract("MeterRegistry", "meterOperator").finaliseRoots([1]));
  }

  /** Finalises meter days that have words of their own; returns the gas used. */
  async finalise(day: Day, meters: readonly bigint[]): Promise<number> {
    await this.#goTo(startOfDay(day + 3));
    return this.gas(
      this.platform.contract("MeterRegistry", "meterOperator").finalise(meters.map((meter) => ({ meter, day }))),
    );
  }

  /**
   * Settles all trades of their meter days, which closes them; returns the gas used, and what can be claimed then.
   * @param under all readings of the root that the days were reported under; none if they have words of their own.
   */
  async settle(
    trades: readonly Opened[],
    price: Curve,
    metered: ReadonlyMap<bigint, Curve>,
    under: readonly Reading[] = [],
  ) {
    const days = [...Map.groupBy(trades, ({ meter }) => meter)].map(([meter, ofDay]) => {
      const curve = metered.get(meter);
      if (curve === undefined) throw new Error(`Meter ${meter} has no reading.`);
      return {
        ...{ meter, day: this.day, metered: encodeCurve(curve), offset: "0x" },
        book: { earlier: ZeroHash, later: [], position: hashCurve(soldBy(ofDay).position) },
        trades: ofDay.map(({ id: trade, terms, energy }) => ({
          ...{ id: trade, price: 0, terms, ...stretchOf(energy) },
        })),
      };
    });
    const leaves = under.map(dayLeaf);
    const places = days.flatMap(({ meter }) => {
      const place = under.findIndex((reading) => reading.meter === meter);
      return place === -1 ? [] : { root: 1n, leaves, place, quality: "Measured" as const };
    });
    const escrow = this.platform.contract("TradeEscrow", "marketOperator");
    const receipt = await (
      await escrow.settle([{ proof: proveDays(places), settlements: days }], [encodeCurve(price)])
    ).wait();
    if (receipt === null) throw new Error("The settlement was not mined.");
    const claims = this.#claimable(escrow, receipt.logs, new Map(trades.map((trade) => [trade.id, trade])));
    if (claims.length !== trades.length) throw new Error(`Only ${claims.length} of ${trades.length} trades settled.`);
    return { gas: Number(receipt.gasUsed), claims };
  }

  #claimable(escrow: TradeEscrow, logs: readonly Log[], trades: ReadonlyMap<bigint, Opened>): KwhClaimStruct[] {
    const settled = logs.flatMap((log) => {
      const event = escrow.interface.parseLog(log);
      if (event?.name !== "TradeSettled") return [];
      const {
        id: trade,
        settlement,
        ...outcome
      } = event.args.toObject() as Outcome & {
        id: bigint;
        settlement: bigint;
      };
      const { terms, commitment } = trades.get(trade) as Opened;
      return [{ id: trade, terms, outcome, settlement, leaf: outcomeHash(commitment, outcome) }];
    });
    const leaves = settled.map(({ leaf }) => leaf);
    return settled.map(({ id: trade, terms, outcome, settlement }, index) => ({
      ...{ id: trade, terms, outcome },
      proof: { settlement, siblings: merkleSiblings(leaves, index) },
    }));
  }

  /** Mints to their buyers what trades delivered; returns the gas used. */
  claim(claims: KwhClaimStruct[]): Promise<number> {
    return this.gas(this.platform.contract("TradeEscrow", "marketOperator").claimKwh(claims));
  }

  /** Mints what a meter generated beyond what it sold: only then can the word of its book serve another day. */
  async mintSurplus(trades: readonly Opened[], metered: ReadonlyMap<bigint, Curve>): Promise<void> {
    const escrow = this.platform.contract("TradeEscrow", "marketOperator");
    for (const [meter, ofDay] of Map.groupBy(trades, (trade) => trade.meter)) {
      const curve = encodeCurve(metered.get(meter) ?? ZERO_CURVE);
      await this.gas(escrow.mintSurplus(meter, this.day, curve, encodeSold(soldBy(ofDay)), OWN_WORDS));
    }
  }

  async gas(sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<number> {
    return Number((await (await sent).wait())?.gasUsed);
  }

  async #goTo(second: number): Promise<void> {
    const { provider } = this.platform.connection.ethers;
    const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
    if (second <= now) return;
    await provider.send("evm_setNextBlockTimestamp", [second]);
    await provider.send("evm_mine", []);
  }
}

/** As `settle` takes what a trade sold. */
function stretchOf(energy: Curve) {
  const { firstSlot, bytes } = encodeStretch(energy);
  return { firstSlot, energy: bytes };
}

/** What a meter day has sold by all of its trades. */
const soldBy = (trades: readonly Opened[]): Sold => ({
  position: trades.map(({ energy }) => energy).reduce(addCurves),
  trades: trades.map(({ commitment }) => commitment).reduce(chainTrades, ZeroHash as Hex),
});
