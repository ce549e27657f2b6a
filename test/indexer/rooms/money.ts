import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { digestOf, NOTARY, REGISTRARS } from "../market.ts";
import { BANK, FACTORY, FIRST_BANK, GRID, PLANT, SECOND_BANK } from "../story.ts";

export function itKeepsMoney(indexer: () => LocalIndexer): void {
  it("keeps every account's balance and holds, and what notaries hold of it", async () => {
    const { depositAccounts } = await indexer().query<{ depositAccounts: object }>(`{
      depositAccounts(orderBy: "participantId") { items {
        participantId balanceFen heldFen issuedFen bankId holds { items { notary heldFen allowed } }
      } }
    }`);
    const account = (
      participantId: number,
      balanceFen: string,
      heldFen: string,
      issuedFen: string,
      bankId: number,
    ) => ({
      ...{ participantId, balanceFen, heldFen, issuedFen, bankId },
      holds: { items: issuedFen === "0" ? [] : [{ notary: NOTARY, heldFen, allowed: true }] },
    });
    expect(depositAccounts).to.deep.equal({
      items: [
        account(GRID, "17", "0", "0", SECOND_BANK),
        account(PLANT, "100185", "10", "100000", SECOND_BANK),
        account(FACTORY, "499826", "193", "500000", SECOND_BANK),
        account(BANK, "899972", "0", "900000", FIRST_BANK),
      ],
    });
  });
  it("keeps each bank's position, and what its customers may claim", async () => {
    const { settlementBanks } = await indexer().query<{ settlementBanks: object }>(`{
      settlementBanks(orderBy: "participantId") { items {
        participantId capFen issuedFen redeemedFen receivedFen paidFen positionFen depositsFen
        customers(orderBy: "participantId") { items { participantId } }
      } }
    }`);
    const customers = (...ids: number[]) => ({ items: ids.map((participantId) => ({ participantId })) });
    expect(settlementBanks).to.deep.equal({
      items: [
        {
          ...{ participantId: FIRST_BANK, capFen: "0", issuedFen: "1400000", redeemedFen: "0" },
          ...{ receivedFen: "0", paidFen: "188", positionFen: "1399812", depositsFen: "899972" },
          customers: customers(BANK),
        },
        {
          ...{ participantId: SECOND_BANK, capFen: "10000000000", issuedFen: "100000", redeemedFen: "0" },
          ...{ receivedFen: "188", paidFen: "0", positionFen: "100188", depositsFen: "600028" },
          customers: customers(GRID, PLANT, FACTORY),
        },
      ],
    });
  });

  it("keeps what banks settled and who moved, and the words for moves to come", async () => {
    const answer = await indexer().query<Record<string, object>>(`{
      bankSettlements { items { fromBankId toBankId amountFen bankReference } }
      accountMoves(orderBy: "participantId") { items { participantId fromBankId toBankId balanceFen } }
      pendingMoves(orderBy: "participantId") { items { participantId toBankId confirmedById registrar reasonHash } }
    }`);
    const between = { fromBankId: FIRST_BANK, toBankId: SECOND_BANK };
    expect(answer).to.deep.equal({
      bankSettlements: { items: [{ ...between, amountFen: "188", bankReference: digestOf("central bank") }] },
      accountMoves: {
        items: [
          { participantId: GRID, ...between, balanceFen: "17" },
          { participantId: FACTORY, ...between, balanceFen: "499826" },
        ],
      },
      pendingMoves: {
        items: [
          {
            ...{ participantId: BANK, toBankId: SECOND_BANK, confirmedById: null },
            ...{ registrar: REGISTRARS[0], reasonHash: digestOf("failed") },
          },
        ],
      },
    });
  });
}
