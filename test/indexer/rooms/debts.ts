import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { BOOK, digestOf, NOTARY } from "../market.ts";
import { FACTORY, PLANT } from "../story.ts";

export function itKeepsDebts(indexer: () => LocalIndexer): void {
  it("shows what a trade left owing, paid late, taken back and set off", async () => {
    const { trade } = await indexer().query<{ trade: object }>(`{ trade(id: "2") { debts(orderBy: "id") { items {
      id code status debtor { id } creditor { id } issueDate dueDate lastPaymentDate amountFen paidFen lateFeePaidFen
      reducedFen claimed receivable { id } payments { items { way amountFen lateFeeFen against { id unpaidBy: debtorId } } }
    } } } }`);
    const common = {
      ...{ status: "discharged", debtor: { id: FACTORY }, creditor: { id: PLANT } },
      ...{ issueDate: "2026-11-18", dueDate: "2026-12-22", lastPaymentDate: "2026-12-22" },
    };
    const paid = { way: "paid", against: null };
    const setOff = { way: "setOff", lateFeeFen: "0", against: { id: "4", unpaidBy: PLANT } };
    expect(trade).to.deep.equal({
      debts: {
        items: [
          {
            ...{ id: "1", code: "energyOnTerms", ...common, amountFen: "30", paidFen: "30", lateFeePaidFen: "0" },
            ...{ reducedFen: "0", claimed: true, receivable: { id: "1" } },
            payments: { items: [{ ...paid, amountFen: "30", lateFeeFen: "0" }] },
          },
          {
            ...{ id: "2", code: "adjustment", ...common, amountFen: "30", paidFen: "30", lateFeePaidFen: "1" },
            ...{ reducedFen: "0", claimed: false, receivable: null },
            payments: { items: [{ ...paid, amountFen: "30", lateFeeFen: "1" }] },
          },
          {
            ...{ id: "3", code: "adjustment", ...common, amountFen: "4", paidFen: "1", lateFeePaidFen: "0" },
            ...{ reducedFen: "3", claimed: false, receivable: null },
            payments: { items: [{ ...setOff, amountFen: "1" }] },
          },
        ],
      },
    });
  });

  it("follows a debt into default, recovery and beyond", async () => {
    const { debt } = await indexer().query<{ debt: object }>(`{ debt(id: "101") {
      status paidFen reducedFen defaultedAt recoveringAt recoveryEvidenceHash recoverer { id } writtenOffAt
      writeOffEvidenceHash
    } }`);
    const days = (day: number, hour: number) => String((20_790 + day) * 86_400 - 28_800 + hour * 3600);
    expect(debt).to.deep.equal({
      ...{ status: "writtenOff", paidFen: "70", reducedFen: "2", defaultedAt: days(17, 9), recoverer: { id: 13 } },
      ...{ recoveringAt: days(18, 10), recoveryEvidenceHash: digestOf("suit") },
      ...{ writtenOffAt: days(19, 9), writeOffEvidenceHash: digestOf("bankruptcy closed") },
    });
  });

  it("says which clock stands still, who may post and who may divide", async () => {
    const answer = await indexer().query<object>(`{
      debts(where: { standsStillUntil_gt: "0" }) { items { id status standsStillUntil } }
      debtPosters { items { poster code } } claimBooks { items { book number } }
    }`);
    expect(answer).to.deep.equal({
      debts: { items: [{ id: "4", status: "outstanding", standsStillUntil: "1800000000" }] },
      debtPosters: { items: [{ poster: NOTARY, code: "energyOnTerms" }] },
      claimBooks: { items: [{ book: BOOK, number: 1 }] },
    });
  });
}
