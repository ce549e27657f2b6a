import type { Address, Hex } from "viem";
import { isSigned, marketOf, type Order, type Platform, type Trade, tradeDigest } from "../../../sdk/index.ts";
import { isSignedByKey } from "../signature/isSignedByKey.ts";
import { orderHasher } from "../signature/orderHasher.ts";
import { chainRefusal } from "./chainRefusal.ts";

/** Names what was signed by its EIP-712 digest, and refuses a signature that its signer does not vouch for. */
export class SignatureDesk {
  readonly #platform: Platform;
  readonly digestOfOrder: (order: Order) => Hex;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.digestOfOrder = orderHasher(marketOf(platform));
  }

  digestOfTrade(trade: Trade): Hex {
    return tradeDigest(trade, marketOf(this.#platform));
  }

  /** The chain is asked about accounts that are contracts only: what a key signed is checked here. */
  async require(digest: Hex, signature: Hex, signer: Address): Promise<void> {
    if (isSignedByKey(digest, signature, signer)) return;
    if (await isSigned(digest, signature, signer, this.#platform.client)) return;
    throw chainRefusal("TradeEscrow", "InvalidSignature", { signer });
  }
}
