import { expect } from "chai";
import { getAddress } from "viem";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { CERTIFICATE, CONTRACT, ENVELOPE, NEXT_CONTRACT, OFFICE, REWRAPPED } from "../documentStory.ts";
import { digestOf, REGISTRARS } from "../market.ts";
import { BANK, DAY, FACTORY, PLANT } from "../story.ts";

interface Items<Row> {
  items: Row[];
}

export function itKeepsRecords(indexer: () => LocalIndexer): void {
  const office = getAddress(OFFICE);

  it("keeps a document with its owner, what it is about, its readers and its next version", async () => {
    const { document, documents } = await indexer().query<Record<string, Record<string, unknown>>>(`{
      document(id: "${CONTRACT}") {
        owner kind subjectKind size ciphertextHash commitment predecessorId successorId
        ownedBy { id } trade { id } debt { id } draft { id }
        readers(orderBy: "reader") { items { reader key envelopeHash rewrappedAt removedAt participant { id } } }
      }
      documents(where: { tradeId: "1", successorId: null }) { items { id predecessorId } }
    }`);
    const { readers, ...kept } = document as { readers: Items<Record<string, unknown>> };
    expect(kept).to.deep.equal({
      ...{ owner: String(PLANT), kind: "contract", subjectKind: "trade", size: 4_000 },
      ciphertextHash: digestOf(`ciphertext of ${CONTRACT}`),
      commitment: digestOf(`commitment of ${CONTRACT}`),
      ...{ predecessorId: null, successorId: NEXT_CONTRACT },
      ...{ ownedBy: { id: PLANT }, trade: { id: "1" }, debt: null, draft: null },
    });
    expect((documents as unknown as Items<object>).items).to.deep.equal([
      { id: NEXT_CONTRACT, predecessorId: CONTRACT },
    ]);
    const byReader = new Map(readers.items.map(({ reader, ...row }) => [reader, row]));
    expect(readers.items).to.have.length(4);
    expect(byReader.get(String(FACTORY))).to.deep.include({ key: 2, envelopeHash: REWRAPPED, removedAt: null });
    expect(byReader.get(String(FACTORY))?.rewrappedAt).to.be.a("string");
    expect(byReader.get(String(BANK))?.removedAt).to.be.a("string");
    expect(byReader.get(office)).to.deep.equal({
      ...{ key: 1, envelopeHash: ENVELOPE, rewrappedAt: null, removedAt: null, participant: null },
    });
  });

  it("keeps a document of an office about a meter day, and subjects that none are", async () => {
    const { document, documents } = await indexer().query<Record<string, Record<string, unknown>>>(`{
      document(id: "${CERTIFICATE}") { owner ownerId kind subjectKind meterId meterDay tradeId }
      documents(where: { owner: "${FACTORY}" }) { totalCount }
    }`);
    expect(document).to.deep.equal({
      ...{ owner: office, ownerId: null, kind: "meterCertificate", subjectKind: "meterDay" },
      ...{ meterId: "1", meterDay: DAY, tradeId: null },
    });
    expect(documents).to.deep.equal({ totalCount: 6 });
  });

  it("keeps every key, who decided on it, and how it ended", async () => {
    const answer = await indexer().query<Record<string, Items<Record<string, unknown>>>>(`{
      readerKeys(where: { reader: "${FACTORY}" }, orderBy: "number") { items { number participantId approvedBy retiredAt revokedAt } }
      proposals: readerKeyProposals(where: { reader: "${FACTORY}" }, orderBy: "number") { items { number decision } }
      rejected: readerKeyProposals(where: { reader: "${PLANT}" }, orderBy: "number") { items { decision decidedBy } }
      revoked: readerKeys(where: { reader: "${BANK}" }) { items { revocationReason retiredAt } }
      offices: readerKeys(where: { reader: "${office}" }) { items { number participantId } }
      documentAuditors { items { reader } }
    }`);
    const [former, current] = answer.readerKeys!.items;
    expect(former?.retiredAt).to.be.a("string");
    expect(current).to.deep.equal({
      ...{ number: 2, participantId: FACTORY, approvedBy: REGISTRARS[1], retiredAt: null, revokedAt: null },
    });
    expect(answer.proposals!.items).to.deep.equal([
      { number: 1, decision: "replaced" },
      { number: 2, decision: "approved" },
      { number: 3, decision: "approved" },
    ]);
    expect(answer.rejected!.items).to.deep.equal([
      { decision: "rejected", decidedBy: REGISTRARS[1] },
      { decision: "approved", decidedBy: REGISTRARS[1] },
    ]);
    expect(answer.revoked!.items).to.deep.equal([{ revocationReason: digestOf("why"), retiredAt: null }]);
    expect(answer.offices!.items).to.deep.equal([{ number: 1, participantId: null }]);
    expect(answer.documentAuditors!.items).to.deep.equal([{ reader: String(BANK) }]);
  });
}
