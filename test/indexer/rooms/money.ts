import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { NOTARY } from "../market.ts";
import { BANK, FACTORY, GRID, PLANT } from "../story.ts";

export function itKeepsMoney(indexer: () => LocalIndexer): void {
  it("keeps every account's balance and holds, and what notaries hold of it", async () => {
    const { depositAccounts } = await indexer().query<{ depositAccounts: object }>(`{
      depositAccounts(orderBy: "participantId") { items {
        participantId balanceFen heldFen issuedFen holds { items { notary heldFen allowed } }
      } }
    }`);
    const holds = { items: [{ notary: NOTARY, heldFen: "0", allowed: true }] };
    const account = (participantId: number, balanceFen: string, issuedFen: string) => ({
      ...{ participantId, balanceFen, heldFen: "0", issuedFen, holds: issuedFen === "0" ? { items: [] } : holds },
    });
    expect(depositAccounts).to.deep.equal({
      items: [
        account(GRID, "7", "0"),
        account(PLANT, "100188", "100000"),
        account(FACTORY, "499833", "500000"),
        account(BANK, "899972", "900000"),
      ],
    });
  });
}
