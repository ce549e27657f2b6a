import { expect } from "chai";
import { id as keccakOf } from "ethers";
import fc from "fast-check";
import {
  type BasisPoints,
  DAY_SECONDS,
  DEBT_CODES,
  daysLate,
  type Fen,
  type LateStretch,
  lateFee,
  startOfDay,
} from "../../sdk/index.ts";
import { TestMarket } from "../utils/market.ts";

const RATES = 6;
const DEBTS_A_RATE = 10;
const STEPS = 30;
const HIGHEST_RATE_BP = 3_600;
const LONGEST_STAND_STILL = 30 * DAY_SECONDS;
const CREDITOR = 1;
/** What the debtor pays at most at once; it has enough for all. */
const LARGEST_PAYMENT: Fen = 10_000_000_000n;

/** What happens to a debt in a step; parts in thousandths of all that could be meant. */
type Act = { kind: "nothing" } | { kind: "pay" | "reduce"; part: number } | { kind: "standStill"; seconds: number };

const part = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 999 }) },
  { weight: 1, arbitrary: fc.constant(1_000) },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Act>({ kind: "nothing" }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("pay" as const), part }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reduce" as const), part }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("standStill" as const), seconds: fc.nat(12 * DAY_SECONDS) }),
  },
);
const debt = fc.record({
  amountFen: fc.oneof(
    fc.bigInt({ min: 1n, max: 1_000n }),
    fc.bigInt({ min: 1n, max: 10_000_000_000n }),
    fc.bigInt({ min: 1n, max: 2n ** 80n - 1n }),
  ),
  dueInDays: fc.integer({ min: -5, max: 40 }),
  acts: fc.array(act, { minLength: STEPS, maxLength: STEPS }),
});
const step = fc.oneof(fc.nat(9 * DAY_SECONDS), fc.nat(2), fc.constant(DAY_SECONDS));

describe("the late fee of the domain library against the ledger's", function () {
  this.timeout(300_000);

  it("is the same to the fen, whatever is paid, taken back and stood still when", async () => {
    const market = await TestMarket.create();
    const { contract, addresses, connection } = market.inProcess;
    const code = DEBT_CODES.indexOf("Award");
    const [poster, arbiter, ledger] = [
      contract("DebtLedger", "council"),
      contract("DebtLedger", "arbiter"),
      contract("DebtLedger"),
    ];
    const debtor = await market.consumer("factory");
    await contract("DepositToken", "settlementBank").issue(
      debtor.account.address,
      5_000_000_000_000n,
      keccakOf("funds"),
    );
    await contract("DepositToken", "factory").optIn(addresses.DebtLedger, true);
    await poster.approvePoster(market.address("council"), code);
    const now = async () => (await connection.ethers.provider.getBlock("latest"))?.timestamp ?? 0;

    const models: Model[] = [];
    for (let day = market.today + 1; day <= market.today + RATES; day += 1) {
      const [rateBp = 0] = fc.sample(fc.integer({ min: 0, max: HIGHEST_RATE_BP }), 1);
      const terms = { effectiveDay: day, longestTenorDays: 180, lateRateBp: rateBp, graceDays: 10 };
      await contract("FinanceRules", "ruleMaker").publish(terms);
      await market.goTo(startOfDay(day));
      for (const { amountFen, dueInDays, acts } of fc.sample(debt, DEBTS_A_RATE)) {
        const number = BigInt(models.length + 1);
        const source = keccakOf(`award ${number}`);
        const [dueDay, parties] = [day + dueInDays, { debtor: debtor.participant, creditor: CREDITOR }];
        await poster.post([{ ...parties, dueDay, code, amountFen, source }]);
        const lateFrom = startOfDay(Number(await ledger.lastPaymentDay(number)) + 1);
        models.push(new Model(number, { amountFen, rateBp, lateFrom, acts }));
      }
    }

    let [late, compared] = [0, 0];
    const compare = async (model: Model) => {
      const [unpaidFen, lateFeeFen] = await ledger.dueOn(model.id);
      const fee = model.fee(await now());
      expect([unpaidFen, lateFeeFen], model.story()).to.deep.equal([model.unpaidFen, fee]);
      compared += 1;
      if (fee > 0n) late += 1;
    };
    for (const [index, seconds] of fc.sample(step, STEPS).entries()) {
      await market.goTo((await now()) + seconds);
      for (const model of models) {
        const chosen = model.acts[index];
        if (model.unpaidFen === 0n || chosen === undefined) continue;
        const before = await now();
        if (chosen.kind === "pay") {
          const amountFen = min(portion(model.unpaidFen + model.fee(before), chosen.part), LARGEST_PAYMENT);
          await contract("DebtLedger", "factory").pay(model.id, amountFen);
          model.pay(amountFen, await now());
        } else if (chosen.kind === "reduce") {
          const amountFen = portion(model.unpaidFen, chosen.part);
          await poster.reduce(model.id, amountFen);
          model.reduce(amountFen, await now());
        } else if (chosen.kind === "standStill") {
          const until = model.mayStandUntil(before + chosen.seconds);
          await arbiter.standStill(model.id, until);
          model.standStill(until, await now());
        }
        await compare(model);
      }
      for (const model of models) await compare(model);
    }
    // Fees were due, and not always.
    expect(late).to.be.within(1, compared - 1);
  });
});

interface Terms {
  amountFen: Fen;
  rateBp: BasisPoints;
  lateFrom: number;
  acts: readonly Act[];
}

/** A debt by `lateFee` and `daysLate` alone: the stretches in which the same was unpaid, and how long its clock stood. */
class Model {
  readonly id: bigint;
  readonly acts: readonly Act[];
  unpaidFen: Fen;
  readonly #terms: Terms;
  readonly #log: string[] = [];
  #stretches: LateStretch[] = [];
  #counted = 0;
  #feePaidFen: Fen = 0n;
  /** Seconds that were or will be credited; the second at which it goes on; the last one at which it must. */
  #still = { seconds: 0, until: 0, latest: 0 };

  constructor(id: bigint, terms: Terms) {
    this.id = id;
    this.acts = terms.acts;
    this.unpaidFen = terms.amountFen;
    this.#terms = terms;
  }

  /** Late fee due at a second. */
  fee(now: number): Fen {
    const running = { unpaidFen: this.unpaidFen, days: this.#days(now) - this.#counted };
    const fee = lateFee(this.#terms.rateBp, [...this.#stretches, running]) - this.#feePaidFen;
    return fee < 0n ? 0n : fee;
  }

  pay(amountFen: Fen, now: number): void {
    this.#log.push(`pays ${amountFen} at ${now}`);
    const fee = min(this.fee(now), amountFen);
    this.#endStretch(now);
    this.#feePaidFen += fee;
    this.unpaidFen -= amountFen - fee;
  }

  reduce(amountFen: Fen, now: number): void {
    this.#log.push(`is reduced by ${amountFen} at ${now}`);
    this.#endStretch(now);
    this.#stretches = this.#stretches.map(({ unpaidFen, days }) => ({ unpaidFen: unpaidFen - amountFen, days }));
    this.unpaidFen -= amountFen;
  }

  /** The wanted second, or the last that the thirty days allow; a stand-still may be cut short at any time. */
  mayStandUntil(wanted: number): number {
    return this.#still.latest === 0 ? wanted : Math.min(wanted, this.#still.latest);
  }

  standStill(until: number, now: number): void {
    this.#log.push(`stands still until ${until} from ${now}`);
    const left = (second: number) => Math.max(0, second - now);
    if (left(until) > 0 && this.#still.latest === 0) this.#still.latest = now + LONGEST_STAND_STILL;
    this.#still.seconds += left(until) - left(this.#still.until);
    this.#still.until = until;
  }

  story(): string {
    const { amountFen, rateBp, lateFrom } = this.#terms;
    return [`debt ${this.id} of ${amountFen} at ${rateBp} bp, late from ${lateFrom}`, ...this.#log].join("; ");
  }

  /** A clock that stands shows the days of the second at which it stopped. */
  #days(now: number): number {
    const stood = this.#still.seconds - Math.max(0, this.#still.until - now);
    return daysLate(this.#terms.lateFrom + stood, now);
  }

  #endStretch(now: number): void {
    const days = this.#days(now);
    this.#stretches.push({ unpaidFen: this.unpaidFen, days: days - this.#counted });
    this.#counted = days;
  }
}

const min = (one: bigint, other: bigint) => (one < other ? one : other);
/** At least one fen, so that it is an amount. */
const portion = (wholeFen: Fen, thousandths: number): Fen => (wholeFen * BigInt(thousandths)) / 1_000n || 1n;
