import { type Context, ponder } from "ponder:registry";
import { type Hex, zeroHash } from "viem";
import { type Outcome, outcomeHash } from "../../../sdk/market/terms.ts";
import { merkleRoot } from "../../../sdk/types/merkleTree.ts";
import { outcomeTree } from "./schema.ts";

/** Adds a trade's outcome to those of the call that settled or ruled on it; the root comes after the last of them. */
export async function keepOutcome(
  db: Context["db"],
  settlement: bigint,
  commitment: Hex,
  outcome: Outcome,
): Promise<{ settlement: bigint; outcomePlace: number }> {
  const leaf = outcomeHash(commitment, outcome);
  const { leaves } = await db
    .insert(outcomeTree)
    .values({ settlement, leaves: [leaf], root: zeroHash })
    .onConflictDoUpdate((row) => ({ leaves: [...row.leaves, leaf] }));
  return { settlement, outcomePlace: leaves.length - 1 };
}

ponder.on("TradeEscrow:OutcomesKept", async ({ event, context: { db } }) => {
  const { settlement, root } = event.args;
  await db.update(outcomeTree, { settlement }).set(({ leaves }) => {
    // Nobody could prove an outcome with other leaves than the chain's.
    if (merkleRoot(leaves) !== root) {
      throw new Error(
        `Settlement ${settlement} kept ${root} by the chain, but its outcomes make ${merkleRoot(leaves)}.`,
      );
    }
    return { root };
  });
});
