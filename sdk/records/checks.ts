import { type Address, type Hex, slice } from "viem";
import { readContract } from "viem/actions";
import { adjustmentDesk, meterRegistry, tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { DEBT_CODES } from "../debts/enums.ts";
import { bookHash, isInBook, type PlacedTrade, readBook, soldBy } from "../market/opened.ts";
import type { KeptOutcome } from "../market/outcomes.ts";
import type { Due } from "../market/payments.ts";
import type { SignedMessage } from "../market/signed.ts";
import { type Outcome, outcomeHash, scheduleHash } from "../market/terms.ts";
import { dayLeaf } from "../metering/dayRoot.ts";
import type { CorrectedReading, MeteredDay } from "../metering/metered.ts";
import { isSigned } from "../signing/verify.ts";
import { type Curve, hashCurve } from "../types/curve.ts";
import { merkleRoot } from "../types/merkleTree.ts";
import type { Sentence } from "../types/sentence.ts";
import { nameOf } from "../types/words.ts";

/** One thing that was recomputed and compared with what the chain keeps. */
export interface Check {
  what: string;
  /** The same in both languages. */
  words: Sentence;
  onChain: string;
  recomputed: string;
  holds: boolean;
}

/** What was signed against the digests logged at opening, and each signature against who signed. */
export async function checkSigned(
  platform: Platform,
  trade: PlacedTrade,
  signed: readonly SignedMessage[],
): Promise<Check[]> {
  const logged = [trade.sellOrder, trade.buyOrder];
  const checks = signed.map(async ({ signer, digest, signature }, index) => {
    const side = index === 0 ? { en: "seller", zh: "卖方" } : { en: "buyer", zh: "买方" };
    const vouches =
      signature === undefined
        ? await isPresigned(platform, signer, digest)
        : await isSigned(digest, signature, signer, platform.client);
    return [
      compare({ en: `digest of what the ${side.en} signed`, zh: `${side.zh}所签内容的摘要` }, logged[index], digest),
      compare(
        { en: `who signed for the ${side.en}`, zh: `${side.zh}的签署人` },
        signer,
        vouches ? signer : "somebody else",
      ),
    ];
  });
  return (await Promise.all(checks)).flat();
}

function isPresigned(platform: Platform, account: Address, order: Hex): Promise<boolean> {
  const escrow = contractAt(platform, tradeEscrow);
  return readContract(platform.client, { ...escrow, functionName: "isPresigned", args: [account, order] });
}

/**
 * What the escrow keeps of a trade: the book of its meter day until all of that has ended and its word serves another day, and
 * the root of the outcomes of the call that finished it for good.
 */
export async function checkKept(
  platform: Platform,
  ofDay: readonly PlacedTrade[],
  { terms }: PlacedTrade,
  kept: KeptOutcome | undefined,
): Promise<Check[]> {
  const sold = soldBy(ofDay);
  const book = await readBook(platform, terms.sellerMeter, terms.day);
  const gone = kept !== undefined && book.known !== bookHash(sold) && isInBook(book, sold);
  return [
    ...(gone
      ? []
      : [
          compare(
            { en: "book of the trades of its meter day", zh: "其计量日各笔交易的账簿" },
            book.known,
            bookHash(sold),
          ),
        ]),
    ...(kept === undefined
      ? []
      : [
          compare(
            { en: "root of the outcomes of its settlement", zh: "其结算批次的结果根" },
            kept.root.onChain,
            kept.root.recomputed,
          ),
        ]),
  ];
}

/** What was minted of a trade against what it delivered. */
export function checkClaimed(claimed: { energyWh: bigint } | undefined, outcome: Outcome | undefined): Check[] {
  if (claimed === undefined) return [];
  return [
    compare(
      { en: "energy claimed as kWh (Wh)", zh: "已领取的电量凭证（Wh）" },
      claimed.energyWh,
      outcome?.deliveredWh ?? 0n,
    ),
  ];
}

/** What the terms of a trade name by hash. */
export function checkTerms({ terms, energy, offset }: PlacedTrade, price: Curve): Check[] {
  return [
    compare(
      { en: "hash of the sold curve and the position before it", zh: "售电曲线及其之前已售电量的哈希" },
      terms.scheduleHash,
      scheduleHash(energy, offset),
    ),
    compare({ en: "hash of the price curve", zh: "价格曲线的哈希" }, terms.priceHash, hashCurve(price)),
  ];
}

/** The reading in force against what the registry keeps: the hash of its curve, or the root that it lies under. */
export async function checkReading(
  platform: Platform,
  { meter, day, inForce, underRoot }: MeteredDay,
): Promise<Check[]> {
  if (inForce === undefined) return [];
  const registry = contractAt(platform, meterRegistry);
  if (underRoot !== undefined) {
    const { root, leaves, place, quality } = underRoot;
    const kept = await readContract(platform.client, { ...registry, functionName: "rootOf", args: [root] });
    const its = leaves.with(place, dayLeaf({ meter, day, quality, curve: inForce.curve }));
    return [
      compare(
        { en: "root of the report that the reading in force came in", zh: "现行读数所在上报批次的根" },
        kept.curveHash,
        slice(merkleRoot(its), 0, 24),
      ),
    ];
  }
  const record = await readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] });
  return [
    compare(
      { en: "hash of the reading in force", zh: "现行读数的哈希" },
      record.curveHash,
      slice(hashCurve(inForce.curve), 0, 24),
    ),
  ];
}

const FIGURES = {
  deliveredWh: { en: "energy delivered (Wh)", zh: "交付电量（Wh）" },
  energyFen: { en: "energy amount (fen)", zh: "电费（分）" },
  networkFen: { en: "network charge (fen)", zh: "输配电费（分）" },
  deviationFen: { en: "deviation charge (fen)", zh: "偏差费用（分）" },
  invoiced: { en: "whether it was invoiced, its day being late", zh: "是否因迟报而开具账单" },
} as const satisfies Record<string, Sentence>;
type Figures = Record<keyof typeof FIGURES, bigint | boolean>;

/** What a trade came to. */
export function checkAmounts(logged: Figures, computed: Figures): Check[] {
  return (Object.keys(FIGURES) as (keyof Figures)[]).map((name) =>
    compare(FIGURES[name], logged[name], computed[name]),
  );
}

/** What had to be paid or owed against what left the holds or was posted as a debt. */
export function checkDues(
  dues: readonly Due[],
  moves: readonly { payer: number; payee: number; amountFen: bigint }[],
  posted: readonly { code: number; debtor: number; creditor: number; amountFen: bigint }[],
): Check[] {
  return dues.map(({ amount, payer, payee, amountFen, owedAs }) => {
    const found =
      owedAs === undefined
        ? moves.some((move) => move.payer === payer && move.payee === payee && move.amountFen === amountFen)
        : posted.some(
            (debt) =>
              nameOf(DEBT_CODES, debt.code) === owedAs &&
              debt.debtor === payer &&
              debt.creditor === payee &&
              debt.amountFen === amountFen,
          );
    const due = `${amountFen} fen from participant ${payer} to ${payee}`;
    return compare(dueWords(amount, owedAs !== undefined), found ? due : "nothing of the kind", due);
  });
}

/** Each adjustment against the corrected reading that it names; a correction that was replaced adjusted nothing. */
export function checkAdjustments(
  adjusted: readonly { version: number; outcome: Figures }[],
  corrections: readonly CorrectedReading[],
  computeBy: (curve: Curve) => Figures,
): Check[] {
  return adjusted.flatMap(({ version, outcome }) => {
    const by = corrections.find((correction) => correction.version === version);
    if (by === undefined)
      return [
        compare(
          { en: `the reading of version ${version}`, zh: `第 ${version} 版读数` },
          "missing from the logs",
          "a curve",
        ),
      ];
    return checkAmounts(outcome, computeBy(by.curve)).map((check) => ({
      ...check,
      ...named({ en: `${check.words.en}, by version ${version}`, zh: `${check.words.zh}（按第 ${version} 版）` }),
    }));
  });
}

/** What the adjustment desk keeps of a trade. */
export async function checkAdjusted(
  platform: Platform,
  { id, commitment }: PlacedTrade,
  last: { version: number; outcome: Outcome } | undefined,
): Promise<Check[]> {
  const desk = contractAt(platform, adjustmentDesk);
  const [version, kept] = await readContract(platform.client, { ...desk, functionName: "adjustmentOf", args: [id] });
  if (last === undefined) return version === 0 ? [] : [compare(ADJUSTED_TO, version, 0)];
  return [
    compare(ADJUSTED_TO, version, last.version),
    compare(
      { en: "commitment to the terms and the adjusted outcome", zh: "条款与退补后结果的承诺" },
      kept,
      slice(outcomeHash(commitment, last.outcome), 0, 30),
    ),
  ];
}

const ADJUSTED_TO: Sentence = { en: "the version adjusted to", zh: "退补所依据的版本" };

const DUES: Record<Due["amount"], Sentence> = {
  Energy: { en: "energy amount", zh: "电费" },
  NetworkCharge: { en: "network charge", zh: "输配电费" },
  DeviationCharge: { en: "deviation charge", zh: "偏差费用" },
};

function dueWords(amount: Due["amount"], isOwed: boolean): Sentence {
  const due = DUES[amount];
  return isOwed ? { en: `${due.en}, owed`, zh: `应付${due.zh}` } : { en: `${due.en}, paid`, zh: `已付${due.zh}` };
}

const named = (words: Sentence) => ({ what: words.en, words });

function compare(words: Sentence, onChain: unknown, recomputed: unknown): Check {
  return { ...named(words), onChain: String(onChain), recomputed: String(recomputed), holds: onChain === recomputed };
}
