import { resolve } from "node:path";
import { z } from "zod";
import { count, parseSettings } from "../common/settings.ts";

const SETTINGS = z.object({
  /** Where parts lie; without it with the tables. */
  OPERATOR_DOCUMENT_FOLDER: z.string().optional(),
  /** Most bytes of a ciphertext: a file of 20 MB, its padding and its tags. */
  OPERATOR_DOCUMENT_BYTES: count(25_165_824, 1_048_576, 268_435_456),
  /** Parts of 1 MiB that an account hands in within a minute. */
  OPERATOR_RATE_DOCUMENT_PARTS: count(240, 1, 1_000_000),
});

export interface DocumentSettings {
  folder: string | undefined;
  mostBytes: number;
  ratePerAccount: number;
}

export function readDocumentSettings(variables: NodeJS.ProcessEnv): DocumentSettings {
  const read = parseSettings(SETTINGS, variables);
  const folder = read.OPERATOR_DOCUMENT_FOLDER;
  return {
    folder: folder === undefined ? undefined : resolve(folder),
    mostBytes: read.OPERATOR_DOCUMENT_BYTES,
    ratePerAccount: read.OPERATOR_RATE_DOCUMENT_PARTS,
  };
}
