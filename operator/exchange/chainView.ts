import { type Address, getAbiItem, type Hex, hexToBool, toFunctionSelector } from "viem";
import { readContract } from "viem/actions";
import {
  ABIS,
  contractOf,
  type Day,
  dayOf,
  explain,
  NONCE_KINDS,
  nonceKindOf,
  type OrderConditions,
  type Platform,
  type RuleSet,
  readMargin,
  readOrderConditions,
  readRules,
  refusalOf,
  type Side,
  startOfDay,
} from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import { ChainClock } from "../chain/clock.ts";
import { Gathered } from "../common/gathered.ts";
import { Refusal } from "../gateway/refusal.ts";

/** Index of the statuses in IParticipantRegistry. */
const ACTIVE = 2;
const NONE = undefined;
type Nothing = typeof NONE;

type Nonce = readonly [trader: Address, side: Side, day: Day, nonce: number];

const IS_NONCE_USED = toFunctionSelector(getAbiItem({ abi: ABIS.TradeEscrow, name: "isNonceUsed" }));

/** When what can be done for a delivery day, in Unix seconds. */
export interface Hours {
  /** From when on it can be traded. */
  opensAt: number;
  /** Its book closes: nothing is taken or taken back any more, and auctions open from here. */
  cutOff: number;
  /** Nothing of it opens any more. */
  gate: number;
}

/** What covers the orders of a participant: its margin, less what it takes back. */
export interface Cover {
  lockedFen: bigint;
  termsFen: bigint;
}

/** How many debts are in default now, and how many were at 00:00 of today, which is what rounds of today ask for. */
interface Defaults {
  now: number;
  atMidnight: number;
}

/** What orders are checked against, as the chain has it: kept for a moment, because thousands of orders ask the same. */
export class ChainView {
  readonly platform: Platform;
  readonly #rules: Cached<Nothing, RuleSet>;
  readonly #clock: ChainClock;
  readonly #standings: Cached<Address, Awaited<ReturnType<ChainView["readStanding"]>>>;
  readonly #meters: Cached<bigint, Awaited<ReturnType<ChainView["readMeter"]>>>;
  readonly #conditions: Cached<string, OrderConditions>;
  readonly #zones: Cached<number, number>;
  readonly #defaults: Cached<number, Defaults>;
  readonly #minters: Cached<Day, Address>;
  /** Each order asks of its own nonce: the node is asked for many at a time. */
  readonly #noncesUsed: Gathered<Nonce, boolean>;

  constructor(platform: Platform, ttlMs: number, clock = new ChainClock(platform, ttlMs)) {
    this.platform = platform;
    this.#clock = clock;
    this.#rules = new Cached(ttlMs, () => readRules(platform));
    this.#standings = new Cached(ttlMs, (account) => this.readStanding(account));
    this.#meters = new Cached(ttlMs, (meter) => this.readMeter(meter));
    this.#conditions = new Cached(ttlMs, (key) => {
      const [meter = "", day = ""] = key.split(" ");
      return readOrderConditions(platform, BigInt(meter), Number(day));
    });
    this.#zones = new Cached(ttlMs, (zone) => this.#readZone(zone));
    this.#defaults = new Cached(ttlMs, (participant) => this.#readDefaults(participant));
    this.#minters = new Cached(ttlMs, (day) =>
      readContract(platform.client, { ...contractOf(platform, "KwhToken"), functionName: "minterOf", args: [day] }),
    );
    this.#noncesUsed = new Gathered((asked) => Promise.all(asked.map((nonce) => this.#readNonceUsed(nonce))));
  }

  now = () => this.#clock.now();
  rules = () => this.#rules.get(NONE);
  standing = (account: Address) => this.#standings.get(account.toLowerCase() as Address);
  meter = (meter: bigint) => this.#meters.get(meter);
  /** Voltage of a zone, which is the highest that trades within it use. */
  zoneVoltage = (zone: number) => this.#zones.get(zone);
  /** Refuses a zone that does not exist. */
  async requireZone(zone: number): Promise<void> {
    try {
      await this.zoneVoltage(zone);
    } catch (error) {
      if (refusalOf(error)?.name !== "MarketRules_UnknownZone") throw error;
      throw new Refusal(404, "UnknownZone", { en: explain(error, "en"), zh: explain(error, "zh") }, { zone });
    }
  }
  conditions = (meter: bigint, day: Day) => this.#conditions.get(`${meter} ${day}`);
  /** As a round has it: a former account still answers for the orders in the book, for a day after it was replaced. */
  async orderStanding(account: Address) {
    const standing = await this.standing(account);
    return standing.id === 0 ? this.#readFormerStanding(account, standing) : standing;
  }
  /** Debts of a participant that are in default. */
  defaults = (participant: number) => this.#defaults.get(participant);
  minter = (day: Day) => this.#minters.get(day);

  async hours(day: Day): Promise<Hours> {
    const { maxAdvanceDays, cutOffLeadSeconds, gateLeadSeconds } = await this.rules();
    const start = startOfDay(day);
    return {
      opensAt: start - maxAdvanceDays * 86_400,
      cutOff: start - cutOffLeadSeconds,
      gate: start - gateLeadSeconds,
    };
  }

  isNonceUsed = (trader: Address, side: Side, day: Day, nonce: number) =>
    this.#noncesUsed.do([trader, side, day, nonce]);

  isPresigned(account: Address, order: Hex): Promise<boolean> {
    const escrow = contractOf(this.platform, "TradeEscrow");
    return readContract(this.platform.client, { ...escrow, functionName: "isPresigned", args: [account, order] });
  }

  /**
   * What covers orders of a participant now. Never an old answer: one cover would back two orders.
   * @param cutOff a release that was announced later ends after the gate, and takes nothing from the day's orders
   */
  async cover(participant: number, cutOff = Number.POSITIVE_INFINITY): Promise<Cover> {
    const [{ marginNoticeSeconds }, margin] = await Promise.all([this.rules(), readMargin(this.platform, participant)]);
    const { lockedFen, termsFen, release } = margin;
    if (release === undefined || release.due - marginNoticeSeconds >= cutOff) return { lockedFen, termsFen };
    return { lockedFen: lockedFen - release.lockedFen, termsFen: termsFen - release.termsFen };
  }

  /** The price that the chain has of an auction already, by its hash; 0 if none. */
  auctionPriceHash(day: Day, zone: number, paymentDays: number): Promise<Hex> {
    const escrow = contractOf(this.platform, "TradeEscrow");
    const args = [day, zone, paymentDays] as const;
    return readContract(this.platform.client, { ...escrow, functionName: "priceHashOf", args });
  }

  /** Forgets what it kept, as after a round. */
  forget(): void {
    this.#clock.forget();
    for (const cached of [this.#rules, this.#standings, this.#meters, this.#conditions, this.#defaults]) {
      cached.clear();
    }
  }

  async readStanding(account: Address) {
    const registry = contractOf(this.platform, "ParticipantRegistry");
    const standing = await readContract(this.platform.client, {
      ...registry,
      functionName: "standingOf",
      args: [account],
    });
    return { ...standing, isActive: standing.status === ACTIVE };
  }

  async #readFormerStanding(account: Address, none: Awaited<ReturnType<ChainView["readStanding"]>>) {
    const registry = contractOf(this.platform, "ParticipantRegistry");
    const { client } = this.platform;
    const [participant, until] = await Promise.all([
      readContract(client, { ...registry, functionName: "participantOfFormer", args: [account] }),
      readContract(client, { ...registry, functionName: "ordersHoldUntil", args: [account] }),
    ]);
    if (participant === 0 || until < dayOf(await this.now())) return none;
    const standing = await readContract(client, { ...registry, functionName: "standing", args: [participant] });
    return { ...standing, isActive: standing.status === ACTIVE };
  }

  async readMeter(meter: bigint) {
    const registry = contractOf(this.platform, "MeterRegistry");
    return readContract(this.platform.client, { ...registry, functionName: "meterOf", args: [meter] });
  }

  /** Written and read by hand: an encoder for any call takes as long as all else that is asked of an order's nonce. */
  async #readNonceUsed([trader, side, day, nonce]: Nonce): Promise<boolean> {
    const { client, addresses } = this.platform;
    const numbers = [NONCE_KINDS.indexOf(nonceKindOf(side)), day, nonce].map((number) => number.toString(16));
    const words = [trader.slice(2), ...numbers].map((digits) => digits.padStart(64, "0"));
    const data = `${IS_NONCE_USED}${words.join("")}` as Hex;
    const answer = await client.request({
      method: "eth_call",
      params: [{ to: addresses.TradeEscrow, data }, "latest"],
    });
    return hexToBool(answer, { size: 32 });
  }

  async #readZone(zone: number): Promise<number> {
    const rules = contractOf(this.platform, "MarketRules");
    const [, voltage] = await readContract(this.platform.client, { ...rules, functionName: "zone", args: [zone] });
    return voltage;
  }

  async #readDefaults(participant: number): Promise<Defaults> {
    const ledger = contractOf(this.platform, "DebtLedger");
    const { client } = this.platform;
    const [now, atMidnight] = await Promise.all([
      readContract(client, { ...ledger, functionName: "defaultsOf", args: [participant] }),
      readContract(client, { ...ledger, functionName: "defaultsAtMidnight", args: [participant] }),
    ]);
    return { now, atMidnight };
  }
}
