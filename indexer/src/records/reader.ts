import { readerOf } from "../../../sdk/documents/readers.ts";

/** A reader as rows name it, and the participant that it is, if it is one. */
export function readerColumns(id: bigint): { reader: string; participantId: number | null } {
  const reader = readerOf(id);
  return { reader: String(reader), participantId: typeof reader === "number" ? reader : null };
}
