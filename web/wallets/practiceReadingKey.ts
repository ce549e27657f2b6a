import type { Address } from "viem";
import { readConfig } from "./config.ts";

/** The reading key that goes with a practice wallet; undefined for any other account, and where there are none. */
export async function practiceReadingKey(account: Address): Promise<string | undefined> {
  const { practice } = await readConfig();
  return practice ? (await import("./practice.ts")).readingKeyOf(account) : undefined;
}
