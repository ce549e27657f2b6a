/** Documents for named readers: encrypted, anchored, opened and compared with the chain. */

export { evidenceFile, evidenceName } from "../records/evidenceFile.ts";
export { commit } from "./contentKey.ts";
export {
  type DocumentInput,
  hashOf,
  type KeyedReader,
  MOST_FILE_BYTES,
  type SealedDocument,
  sealDocument,
  wrapFor,
} from "./document.ts";
export { envelopeHash, type SealedEnvelope } from "./envelope.ts";
export { DocumentError } from "./errors.ts";
export { type ExhibitInput, sealEvidence } from "./exhibit.ts";
export { LEAST_PASSPHRASE, openReaderKey, sealReaderKey } from "./keyFile.ts";
export {
  createReaderKey,
  exportReaderKey,
  fingerprint,
  importReaderKey,
  isSamePoint,
  pointOf,
  type ReaderKeyPair,
  type ReaderPoint,
} from "./keys.ts";
export { isNamedBy, type OpenedDocument, type OpeningInput, openDocument } from "./open.ts";
export { checkPdfSignatures, type PdfSignature } from "./pdfSignature.ts";
export { type DocumentPlace, documentId, documentPlaceOf } from "./place.ts";
export { type Reader, readerId, readerOf } from "./readers.ts";
export {
  type AnchoredDocument,
  addReaders,
  anchorDocument,
  approveReaderKey,
  type EnrolledKey,
  isAnchoredEnvelope,
  nameAuditor,
  proposeReaderKey,
  readAllReaders,
  readAuditor,
  readDocument,
  readEnvelope,
  readKeyedReaders,
  readReaderKey,
  readReaderOf,
  readReaders,
  rejectReaderKey,
  removeReader,
  retireReaderKey,
  revokeReaderKey,
  rewrapReader,
} from "./registry.ts";
export { type ReadingChallenge, readingDigest, readingTypedData } from "./session.ts";
export {
  fetchCiphertext,
  fetchEnvelope,
  openReadingSession,
  PART_BYTES,
  readStored,
  type StoredDocument,
  storeDocument,
  storeEnvelope,
} from "./store.ts";
export { type Subject, subjectNumbers, subjectOf } from "./subject.ts";
