import { graphql, type ResultOf } from "../indexed/index.ts";

const DOCUMENT_ROW = graphql(`fragment DocumentRow on document {
  id kind owner subjectKind tradeId meterId meterDay debtId receivableId draftId participantId size anchoredAt successorId
}`);

/** What a reader reads now, and what it owns; the latest first. */
export const MY_DOCUMENTS = graphql(
  `query MyDocuments($reader: String!) {
  documentReaders(where: { reader: $reader }, orderBy: "addedAt", orderDirection: "desc", limit: 500) {
    totalCount items { removedAt key document { ...DocumentRow } }
  }
  _meta { status { market { block { number } } } }
}`,
  [DOCUMENT_ROW],
);

/** Who may be named: every reader with a key in force. */
export const KEYED_READERS = graphql(`query KeyedReaders {
  readerKeys(orderBy: "reader", limit: 1000) { items { reader number retiredAt revokedAt } }
  documentAuditors(orderBy: "namedAt", orderDirection: "desc", limit: 1) { items { reader } }
}`);

/** What waits for a second registrar. */
export const KEY_PROPOSALS = graphql(`query KeyProposals {
  readerKeyProposals(where: { decision: pending }, orderBy: "proposedAt", limit: 200) {
    items { reader number x y proposedBy proposedAt }
  }
}`);

/** What happened to a document, and to its readers. */
export const DOCUMENT_HISTORY = graphql(`query DocumentHistory($id: String!) {
  document(id: $id) { anchoredAt anchoredTx predecessorId successorId }
  documentReaders(where: { documentId: $id }, orderBy: "addedAt", limit: 200) {
    items { reader addedAt rewrappedAt removedAt }
  }
  _meta { status { market { block { number } } } }
}`);

/** What is about a trade, a receivable, a draft or a participant. */
export const DOCUMENTS_ABOUT = graphql(
  `query DocumentsAbout($where: documentFilter!) {
  documents(where: $where, orderBy: "anchoredAt", orderDirection: "desc", limit: 50) { items { ...DocumentRow } }
}`,
  [DOCUMENT_ROW],
);

export type DocumentRow = NonNullable<ResultOf<typeof MY_DOCUMENTS>["documentReaders"]["items"][number]["document"]>;
export type DocumentHistory = ResultOf<typeof DOCUMENT_HISTORY>;
