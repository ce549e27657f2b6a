import type { Hex } from "viem";
import type { Platform } from "../chain/client.ts";
import { evidence } from "../records/evidence.ts";
import { evidenceFile, evidenceName } from "../records/evidenceFile.ts";
import { type SealedDocument, sealDocument } from "./document.ts";
import { documentPlaceOf } from "./place.ts";
import type { Reader } from "./readers.ts";
import { readAllReaders } from "./registry.ts";

/** For whom the evidence of a trade is sealed. */
export interface ExhibitInput {
  owner: Reader;
  /** Beside owner and auditor: the other side, an arbiter. */
  readers: readonly Reader[];
  /** The exhibit that it replaces. */
  predecessor?: Hex;
}

/**
 * Everything that proves a trade, out of the node alone, sealed as a document that can be an exhibit. Once it is anchored, its id is what a ruling, an objection
 * or the pursuit of a debt cites as its `reasonHash` or `evidenceHash`.
 */
export async function sealEvidence(
  platform: Platform,
  trade: bigint,
  { owner, readers, predecessor }: ExhibitInput,
): Promise<SealedDocument> {
  const [proof, keyed] = await Promise.all([evidence(platform, trade), readAllReaders(platform, owner, readers)]);
  return sealDocument(documentPlaceOf(platform), {
    ...{ file: evidenceFile(proof), name: evidenceName(trade), owner, kind: "Evidence", readers: keyed },
    subject: { kind: "Trade", id: trade },
    ...(predecessor && { predecessor }),
  });
}
