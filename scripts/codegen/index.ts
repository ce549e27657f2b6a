import { abiFiles } from "./abis.ts";

/** Every file that is generated and committed, by path from the root. */
export async function generatedFiles(): Promise<Map<string, string>> {
  return abiFiles();
}
