import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../../sdk/chain/client.ts";
import { readEvents } from "../../sdk/chain/logs.ts";
import { type Fen, formatYuan } from "../../sdk/types/units.ts";
import { LedgerError } from "./ledger.ts";
import type { Booking } from "./statement.ts";

export interface Reconciliation {
  /** Bookings that are on the statement and on chain with the same amount. */
  agreed: number;
  /** One sentence each. */
  differences: string[];
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
    throw new LedgerError(`Participant ${bank} is no settlement bank: name one of ${banks.join(", ")}.`);
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
  const differences: string[] = [];
  for (const [key, { booking, count }] of onChain) {
    const stated = counted.get(key)?.count ?? 0;
    agreed += Math.min(count, stated);
    if (count > stated) differences.push(`${say(booking, count - stated)} on chain, but not on the statement.`);
  }
  for (const [key, { booking, count }] of counted) {
    const found = onChain.get(key)?.count ?? 0;
    if (count > found) differences.push(`${say(booking, count - found)} on the statement, but not on chain.`);
  }
  if (positionFen !== statementFen) {
    differences.push(
      `The position on chain is ${formatYuan(positionFen)}, the statement comes to ${formatYuan(statementFen)}.`,
    );
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

function say({ kind, reference, amountFen }: Booking, count: number): string {
  const times = count === 1 ? "" : `${count} times `;
  return `Reference ${reference}: ${times}${formatYuan(amountFen)} ${kind}`;
}
