import { expect } from "chai";
import { createClient, custom, type Hex } from "viem";
import { OtherChainError, requireOwnChain } from "../../../operator/chain/ownChain.ts";
import type { Platform } from "../../../sdk/index.ts";
import { overBothDatabases } from "../utils/databases.ts";

const [GENESIS, OTHER]: Hex[] = [`0x${"1".repeat(64)}`, `0x${"2".repeat(64)}`];

/** A chain of which only its first block and an escrow are known. */
function chainOf(genesis: Hex | undefined, escrow: Hex): Platform {
  const request = async () => ({ number: "0x0", hash: genesis, transactions: [] });
  return { client: createClient({ transport: custom({ request }) }), addresses: { TradeEscrow: escrow } } as never;
}

describe("tables and their chain", () => {
  overBothDatabases("a database", (open) => {
    it("belongs to the chain that it was first used with, and to one escrow on it", async () => {
      const { db } = open();
      const own = chainOf(GENESIS, "0xaB");
      await requireOwnChain(db, own);
      await requireOwnChain(db, own);
      for (const other of [chainOf(OTHER, "0xaB"), chainOf(GENESIS, "0xcd")]) {
        const refused = await requireOwnChain(db, other).catch((error: Error) => error);
        expect(refused).to.be.instanceOf(OtherChainError);
        expect((refused as Error).message).to.include(`genesis ${GENESIS} and escrow 0xab, not to this one`);
      }
    });
  });
});
