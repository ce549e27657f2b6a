import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../../sdk/chain/client.ts";
import { readEvents } from "../../sdk/chain/logs.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { type Fen, formatYuan } from "../../sdk/types/units.ts";
import { LedgerError } from "./ledger.ts";
import type { Booking } from "./statement.ts";

export interface Reconciliation {
  /** Bookings that are on the statement and on chain with the same amount. */
  agreed: number;
  differences: Sentence[];
  /** The bank's position on chain, and what its statement comes to. */
  positionFen: Fen;
  statementFen: Fen;
}

/**
 * Compares the statement of one settlement bank with what it issued, redeemed and settled with other banks on chain, and
 * with its position.
 */
export async function reconcile(
  platform: Platform,
  bank: number,
  statement: readonly Booking[],
): Promise<Reconciliation> {
  const token = contractOf(platform, "DepositToken");
  const banks = await readContract(platform.client, { ...token, functionName: "banks" });
  if (!banks.includes(bank)) {
    throw new LedgerError({
      en: `Participant ${bank} is no settlement bank: name one of ${banks.join(", ")}.`,
      zh: `参与方 ${bank} 不是结算银行：请填写 ${banks.join("、")} 之一。`,
    });
  }
  const [entries, received, paid] = await Promise.all([
    readEvents(platform, "DepositToken", ["Issued", "Redeemed"], { bank }),
    readEvents(platform, "DepositToken", ["BanksSettled"], { toBank: bank }),
    readEvents(platform, "DepositToken", ["BanksSettled"], { fromBank: bank }),
  ]);
  const chain = [
    ...entries.map(({ eventName, args }) => bookingOf(eventName === "Issued" ? "issued" : "redeemed", args)),
    ...received.map(({ args }) => bookingOf("received", args)),
    ...paid.map(({ args }) => bookingOf("paid", args)),
  ];
  const positionFen = await readContract(platform.client, { ...token, functionName: "positionOf", args: [bank] });
  const statementFen = statement.reduce(
    (sum, { kind, amountFen }) => sum + (kind === "issued" || kind === "received" ? amountFen : -amountFen),
    0n,
  );

  // A redemption's reference is the holder's own and need not be new, so equal bookings are counted.
  const [counted, onChain] = [countOf(statement), countOf(chain)];
  let agreed = 0;
  const differences: Sentence[] = [];
  for (const [key, { booking, count }] of onChain) {
    const stated = counted.get(key)?.count ?? 0;
    agreed += Math.min(count, stated);
    if (count > stated) differences.push(oneSided(booking, count - stated, "chain"));
  }
  for (const [key, { booking, count }] of counted) {
    const found = onChain.get(key)?.count ?? 0;
    if (count > found) differences.push(oneSided(booking, count - found, "statement"));
  }
  if (positionFen !== statementFen) {
    differences.push({
      en: `The position on chain is ${formatYuan(positionFen)}, the statement comes to ${formatYuan(statementFen)}.`,
      zh: `链上头寸为 ${formatYuan(positionFen)}，对账单合计为 ${formatYuan(statementFen)}。`,
    });
  }
  return { agreed, differences, positionFen, statementFen };
}

function bookingOf(kind: Booking["kind"], booked: { bankReference: Hex; amountFen: Fen }): Booking {
  return { reference: booked.bankReference, kind, amountFen: booked.amountFen };
}

function countOf(bookings: readonly Booking[]): Map<string, { booking: Booking; count: number }> {
  const counts = new Map<string, { booking: Booking; count: number }>();
  for (const booking of bookings) {
    const key = `${booking.kind} ${booking.reference} ${booking.amountFen}`;
    counts.set(key, { booking, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return counts;
}

/** A booking that stands on one side alone. */
function oneSided({ kind, reference, amountFen }: Booking, count: number, side: "chain" | "statement"): Sentence {
  const times = count === 1 ? { en: "", zh: "" } : { en: `${count} times `, zh: `${count} 笔，每笔` };
  const where =
    side === "chain"
      ? { en: "on chain, but not on the statement", zh: "链上有，对账单上没有" }
      : { en: "on the statement, but not on chain", zh: "对账单上有，链上没有" };
  return {
    en: `Reference ${reference}: ${times.en}${formatYuan(amountFen)} ${kind} ${where.en}.`,
    zh: `附言编号 ${reference}：${times.zh}${formatYuan(amountFen)}（${kind}），${where.zh}。`,
  };
}
