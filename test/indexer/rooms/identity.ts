import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { accountOf, digestOf, REGISTRARS } from "../market.ts";
import { BANK, FACTOR, GRID, NEW_ACCOUNT, SUPPLIER } from "../story.ts";

export function itKeepsIdentity(indexer: () => LocalIndexer): void {
  it("keeps what two registrars proposed and decided", async () => {
    const { participant } = await indexer().query<Record<string, object>>(`{
      participant(id: ${SUPPLIER}) { status validUntilDate proposalHistory(orderBy: "number") { items {
        decision validUntilDay validUntilDate
      } } }
    }`);
    expect(participant).to.deep.equal({
      ...{ status: "active", validUntilDate: "2052-02-20" },
      proposalHistory: {
        items: [
          { decision: "approved", validUntilDay: 30_000, validUntilDate: "2052-02-20" },
          // No year of four digits has the day that this one named.
          { decision: "replaced", validUntilDay: 2_932_896, validUntilDate: "9999-12-31" },
          { decision: "rejected", validUntilDay: 40_000, validUntilDate: "2079-07-08" },
        ],
      },
    });
  });

  it("keeps the second factor that came with an approval", async () => {
    const { participant, secondFactor, confirmations, exposureDays } = await indexer().query<Record<string, object>>(`{
      participant(id: ${GRID}) { factor secondFactor exposureLimitFen controller }
      secondFactor(participantId: ${GRID}, number: 1) { signer }
      confirmations { items { participantId subject usedAt } }
      exposureDays { items { participantId date exposureFen } }
    }`);
    expect(participant).to.deep.equal({
      ...{ factor: 1, secondFactor: FACTOR, exposureLimitFen: "5000000", controller: digestOf("group") },
    });
    expect(secondFactor).to.deep.equal({ signer: FACTOR });
    const [used] = (confirmations as { items: { usedAt: string | null }[] }).items;
    expect(used).to.include({ participantId: GRID, subject: digestOf("payment") });
    expect(used?.usedAt).to.be.a("string");
    expect(exposureDays).to.deep.equal({
      items: [{ participantId: GRID, date: "2026-11-22", exposureFen: "6000000" }],
    });
  });

  it("keeps whose every account is and was, and how it was replaced", async () => {
    const answer = await indexer().query<Record<string, object>>(`{
      participant(id: ${BANK}) { account replacements
        accountHistory(orderBy: "since") { items { address replacedBy } }
        replacementHistory(orderBy: "number") { items {
          status former account reasonHash proposedBy approvedBy withdrawnBy completableAt
        } }
        encumbrancesGiven { items { status holder units } }
      }
      account(address: "${accountOf(BANK)}") { participant { id account } }
    }`);
    const [first, second] = REGISTRARS;
    const replacement = {
      ...{ former: accountOf(BANK), account: NEW_ACCOUNT, proposedBy: first },
      ...{ approvedBy: null, withdrawnBy: null, completableAt: null },
    };
    expect(answer).to.deep.equal({
      participant: {
        ...{ account: NEW_ACCOUNT, replacements: 3 },
        accountHistory: {
          items: [
            { address: accountOf(BANK), replacedBy: NEW_ACCOUNT },
            { address: NEW_ACCOUNT, replacedBy: null },
          ],
        },
        replacementHistory: {
          items: [
            { ...replacement, status: "objected", reasonHash: digestOf("a mistake") },
            { ...replacement, status: "withdrawn", reasonHash: digestOf("a doubt"), withdrawnBy: second },
            {
              ...{ ...replacement, status: "completed", reasonHash: digestOf("lost key") },
              ...{ approvedBy: second, completableAt: "1800000000" },
            },
          ],
        },
        encumbrancesGiven: { items: [{ status: "live", holder: NEW_ACCOUNT, units: "5" }] },
      },
      account: { participant: { id: BANK, account: NEW_ACCOUNT } },
    });
  });
}
