import type { Proposal } from "../../../sdk/operator/answers.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";

/** What a proposal waits for, as one of its parties sees it. @param account in small letters */
export function waitsFor(
  { state, trade }: Pick<Proposal, "state"> & { trade: Pick<Proposal["trade"], "seller" | "buyer"> },
  account: string | undefined,
): Sentence & { isMine: boolean } {
  if (state === "complete") return { en: "signed by both", zh: "双方均已签署", isMine: false };
  const signer = state === "waitsForSeller" ? trade.seller : trade.buyer;
  const isMine = account !== undefined && signer.toLowerCase() === account;
  if (isMine) return { en: "waits for your signature", zh: "等待您会签", isMine };
  return state === "waitsForSeller"
    ? { en: "waits for the seller", zh: "等待卖方签署", isMine }
    : { en: "waits for the buyer", zh: "等待买方签署", isMine };
}
