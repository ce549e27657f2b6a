import { readerOf } from "../../../sdk/documents/readers.ts";

interface ReaderColumns {
  /**
   * What rows are found by. Ponder fetches rows ahead by the arguments of events that their keys were found to be equal to: a key of text
   * that reads like a number would be asked for as a number, which the database refuses.
   */
  readerId: bigint;
  reader: string;
  participantId: number | null;
}

/** A reader as rows name it, and the participant that it is, if it is one. */
export function readerColumns(readerId: bigint): ReaderColumns {
  const reader = readerOf(readerId);
  return { readerId, reader: String(reader), participantId: typeof reader === "number" ? reader : null };
}
