import type { Hex } from "viem";
import { parseAddress } from "./extraData.ts";
import { ask } from "./jsonRpc.ts";
import { NetworkError } from "./problem.ts";
import { majority } from "./status.ts";

export const VOTES = ["add", "remove", "discard"] as const;
export type Vote = (typeof VOTES)[number];

/** Lets validators vote on who is one of them, or forget that they did; answers with a sentence on what it takes. */
export async function vote(urls: readonly string[], what: Vote, address: string): Promise<string> {
  const whom = parseAddress(address);
  const lists = await Promise.all(urls.map((url) => ask<Hex[]>(url, "qbft_getValidatorsByBlockNumber", ["latest"])));
  const [validators = []] = lists;
  const isOne = validators.includes(whom);
  if (what === "add" && isOne) throw new NetworkError(`${whom} is a validator already.`);
  if (what === "remove" && !isOne) throw new NetworkError(`${whom} is not a validator, so it cannot be voted out.`);
  for (const url of urls) {
    if (what === "discard") await ask(url, "qbft_discardValidatorVote", [whom]);
    else await ask(url, "qbft_proposeValidatorVote", [whom, what === "add"]);
  }
  if (what === "discard") return `${urls.length} of ${validators.length} validators no longer vote on ${whom}.`;
  const effect = what === "add" ? "becomes a validator" : "is one no longer";
  return `${urls.length} of ${validators.length} validators vote on ${whom}: it ${effect} once ${majority(validators.length)} do and each has made a block; "vote discard" ends the vote then.`;
}
