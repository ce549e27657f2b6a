import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { digestOf } from "../market.ts";
import { BANK, FACTORY, PLANT, SUPPLIER } from "../story.ts";

export function itKeepsFinance(indexer: () => LocalIndexer): void {
  it("answers with a receivable's whole life in one query", async () => {
    const { receivable } = await indexer().query<{ receivable: object }>(`{ receivable(id: "1") {
      faceFen collectedFen dueDate invoiceHash forRecovery betweenAffiliates debtor { id } creditor { id }
      debt { code status paidFen trade { id receivableId } payments { items { way amountFen } } }
      units(orderBy: "units") { items { participantId units collectedFen } }
      transfers(orderBy: "units") { items { sender { id } recipient { id } units } }
      financingRequests { items { status maxRateBp bids { items { status rateBp toAffiliate heldFen paidFen bidder { id } } } } }
      financings { items { financier { id } paidFen daysToDue registrationNumber } }
      collections { items { participantId amountFen } }
    } }`);
    expect(receivable).to.deep.equal({
      ...{
        faceFen: "30",
        collectedFen: "10",
        dueDate: "2026-12-22",
        invoiceHash: null,
        forRecovery: false,
        betweenAffiliates: true,
      },
      ...{ debtor: { id: FACTORY }, creditor: { id: PLANT } },
      debt: {
        ...{ code: "energyOnTerms", status: "discharged", paidFen: "30", trade: { id: "2", receivableId: "1" } },
        payments: { items: [{ way: "paid", amountFen: "30" }] },
      },
      units: {
        items: [
          { participantId: PLANT, units: "0", collectedFen: "0" },
          // In the account that was replaced.
          { participantId: BANK, units: "0", collectedFen: "0" },
          { participantId: SUPPLIER, units: "0", collectedFen: "10" },
          { participantId: BANK, units: "20", collectedFen: "0" },
        ],
      },
      transfers: {
        items: [
          { sender: { id: BANK }, recipient: { id: SUPPLIER }, units: "10" },
          { sender: { id: PLANT }, recipient: { id: BANK }, units: "30" },
        ],
      },
      financingRequests: {
        items: [
          {
            ...{ status: "financed", maxRateBp: "4294967295" },
            bids: {
              items: [
                {
                  ...{ status: "accepted", rateBp: "385", toAffiliate: true, heldFen: "0", paidFen: "28" },
                  bidder: { id: BANK },
                },
              ],
            },
          },
        ],
      },
      financings: {
        items: [{ financier: { id: BANK }, paidFen: "28", daysToDue: 29, registrationNumber: "01234567" }],
      },
      collections: { items: [{ participantId: SUPPLIER, amountFen: "10" }] },
    });
  });

  it("follows a drafted claim from the supplier's draft to the late fee", async () => {
    const answer = await indexer().query<Record<string, object>>(`{
      claimDrafts(orderBy: "id") { items {
        status amountFen deliveryDate tradesOfDelivery dueDate invoiceNumber refusalReasonHash debtor { id } creditor { id }
        receivable {
          dueDate lateFeeCollectedFen draft { id } debt { code status dueDate lateFeePaidFen tradeId }
          encumbrances(orderBy: "id") { items {
            status units paidFen registrationNumber pledgee { id } holderParticipant { id }
          } }
          collections(orderBy: "amountFen") { items { part amountFen } }
        }
      } }
      financeTerms(orderBy: "effectiveDay") { items { effectiveDate longestTenorDays lateRateBp graceDays withdrawnAt } }
      calendarDays(orderBy: "day") { items { date business } }
    }`);
    const draft = {
      ...{ amountFen: "1000", deliveryDate: "2026-11-17", tradesOfDelivery: 0, invoiceNumber: "26512000000012345678" },
      ...{ debtor: { id: FACTORY }, creditor: { id: SUPPLIER }, refusalReasonHash: null },
    };
    const refusalReasonHash = digestOf("wrong amount");
    const pledge = { registrationNumber: "01234567", pledgee: { id: BANK }, holderParticipant: { id: SUPPLIER } };
    const receivable = {
      ...{ dueDate: "2026-12-14", draft: { id: "1" }, lateFeeCollectedFen: "5" },
      debt: {
        ...{ code: "confirmedClaim", status: "discharged", dueDate: "2026-12-12", lateFeePaidFen: "5", tradeId: null },
      },
      encumbrances: {
        items: [
          { status: "released", units: "700", paidFen: "0", ...pledge },
          { status: "paid", units: "600", paidFen: "600", ...pledge },
        ],
      },
      collections: {
        items: [
          { part: "lateFee", amountFen: "5" },
          { part: "faceValue", amountFen: "1000" },
        ],
      },
    };
    expect(answer).to.deep.equal({
      claimDrafts: {
        items: [
          { status: "confirmed", dueDate: "2026-12-12", ...draft, receivable },
          // No year of four digits has the day that this one names.
          { status: "cancelled", dueDate: "9999-12-31", ...draft, receivable: null },
          {
            ...{ ...draft, status: "refused", dueDate: "2026-12-12", receivable: null, refusalReasonHash },
            ...{ creditor: { id: PLANT }, deliveryDate: "2026-11-22", tradesOfDelivery: 2 },
          },
        ],
      },
      financeTerms: {
        items: [
          { effectiveDate: "1970-01-01", longestTenorDays: 180, lateRateBp: "1800", graceDays: 5, withdrawnAt: null },
          {
            effectiveDate: "2027-03-02",
            longestTenorDays: 90,
            lateRateBp: "1800",
            graceDays: 5,
            withdrawnAt: "1795000000",
          },
        ],
      },
      calendarDays: {
        items: [
          { date: "2027-01-01", business: false },
          { date: "2027-01-02", business: true },
        ],
      },
    });
  });
}
