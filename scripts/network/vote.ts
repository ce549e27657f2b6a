import type { Hex } from "viem";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { parseAddress } from "./extraData.ts";
import { ask } from "./jsonRpc.ts";
import { NetworkError } from "./problem.ts";
import { majority } from "./status.ts";

export const VOTES = ["add", "remove", "discard"] as const;
export type Vote = (typeof VOTES)[number];

/** Lets validators vote on who is one of them, or forget that they did; answers with a sentence on what it takes. */
export async function vote(urls: readonly string[], what: Vote, address: string): Promise<Sentence> {
  const whom = parseAddress(address);
  const lists = await Promise.all(urls.map((url) => ask<Hex[]>(url, "qbft_getValidatorsByBlockNumber", ["latest"])));
  const [validators = []] = lists;
  const isOne = validators.includes(whom);
  if (what === "add" && isOne)
    throw new NetworkError({ en: `${whom} is a validator already.`, zh: `${whom} 已是验证节点。` });
  if (what === "remove" && !isOne)
    throw new NetworkError({
      en: `${whom} is not a validator, so it cannot be voted out.`,
      zh: `${whom} 不是验证节点，无法投票移除。`,
    });
  for (const url of urls) {
    if (what === "discard") await ask(url, "qbft_discardValidatorVote", [whom]);
    else await ask(url, "qbft_proposeValidatorVote", [whom, what === "add"]);
  }
  if (what === "discard") {
    return {
      en: `${urls.length} of ${validators.length} validators no longer vote on ${whom}.`,
      zh: `${validators.length} 个验证节点中有 ${urls.length} 个不再就 ${whom} 投票。`,
    };
  }
  const effect =
    what === "add"
      ? { en: "becomes a validator", zh: "即成为验证节点" }
      : { en: "is one no longer", zh: "即不再是验证节点" };
  return {
    en: `${urls.length} of ${validators.length} validators vote on ${whom}: it ${effect.en} once ${majority(validators.length)} do and each has made a block; "vote discard" ends the vote then.`,
    zh: `${validators.length} 个验证节点中有 ${urls.length} 个就 ${whom} 投票：达到 ${majority(validators.length)} 个且各自出块后，${effect.zh}；此后用 "vote discard" 结束投票。`,
  };
}
