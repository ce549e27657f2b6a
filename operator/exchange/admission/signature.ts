import type { Address, Hex } from "viem";
import { isSigned, marketOf, type Order, type Platform, type Trade, tradeDigest } from "../../../sdk/index.ts";
import type { ChainView } from "../chainView.ts";
import { isSignedByKey } from "../signature/isSignedByKey.ts";
import { orderHasher } from "../signature/orderHasher.ts";
import { chainRefusal } from "./chainRefusal.ts";

/** Names what was signed by its EIP-712 digest, and refuses a signature that its signer does not vouch for. */
export class SignatureDesk {
  readonly #platform: Platform;
  readonly #view: ChainView;
  readonly digestOfOrder: (order: Order) => Hex;

  constructor(view: ChainView) {
    this.#view = view;
    this.#platform = view.platform;
    this.digestOfOrder = orderHasher(marketOf(view.platform));
  }

  digestOfTrade(trade: Trade): Hex {
    return tradeDigest(trade, marketOf(this.#platform));
  }

  /** As a round on the chain takes it: by a key, or by the account on chain. No wallet is asked, which could take it back. */
  async requireOfOrder(digest: Hex, signature: Hex | undefined, trader: Address): Promise<void> {
    const holds =
      signature === undefined ? this.#view.isPresigned(trader, digest) : isSignedByKey(digest, signature, trader);
    if (!(await holds)) throw chainRefusal("InvalidSignature", { signer: trader });
  }

  /** The chain is asked about accounts that are contracts only: what a key signed is checked here. */
  async require(digest: Hex, signature: Hex, signer: Address): Promise<void> {
    if (isSignedByKey(digest, signature, signer)) return;
    if (await isSigned(digest, signature, signer, this.#platform.client)) return;
    throw chainRefusal("InvalidSignature", { signer });
  }
}
