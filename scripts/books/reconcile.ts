import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../../sdk/chain/client.ts";
import { readEvents } from "../../sdk/chain/logs.ts";
import { type Fen, formatYuan } from "../../sdk/types/units.ts";
import type { Booking } from "./statement.ts";

export interface Reconciliation {
  /** Bookings that are on the statement and on chain with the same amount. */
  agreed: number;
  /** One sentence each. */
  differences: string[];
  supplyFen: Fen;
  statementFen: Fen;
}

/** Compares a statement of the settlement bank with the deposits issued and redeemed on chain, and with their supply. */
export async function reconcile(platform: Platform, statement: readonly Booking[]): Promise<Reconciliation> {
  const events = await readEvents(platform, "DepositToken", ["Issued", "Redeemed"]);
  const chain = events.map(
    ({ eventName, args }): Booking => ({
      reference: args.bankReference,
      kind: eventName === "Issued" ? "issued" : "redeemed",
      amountFen: args.amountFen,
    }),
  );
  const supplyFen = await readContract(platform.client, {
    ...contractOf(platform, "DepositToken"),
    functionName: "totalSupply",
  });
  const statementFen = statement.reduce(
    (sum, { kind, amountFen }) => sum + (kind === "issued" ? amountFen : -amountFen),
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
  if (supplyFen !== statementFen) {
    differences.push(
      `The supply on chain is ${formatYuan(supplyFen)}, the statement comes to ${formatYuan(statementFen)}.`,
    );
  }
  return { agreed, differences, supplyFen, statementFen };
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
