import type { Address, Hex } from "viem";
import {
  isSigned,
  marketOf,
  type Order,
  orderDigest,
  type Platform,
  type Trade,
  tradeDigest,
} from "../../sdk/index.ts";
import { chainRefusal } from "../refusal.ts";

/** Names what was signed by its EIP-712 digest, and refuses a signature that its signer does not vouch for. */
export class SignatureDesk {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  digestOfOrder(order: Order): Hex {
    return orderDigest(order, marketOf(this.#platform));
  }

  digestOfTrade(trade: Trade): Hex {
    return tradeDigest(trade, marketOf(this.#platform));
  }

  async isSigned(digest: Hex, signature: Hex, signer: Address): Promise<boolean> {
    return isSigned(digest, signature, signer, this.#platform.client);
  }

  async require(digest: Hex, signature: Hex, signer: Address): Promise<void> {
    if (await this.isSigned(digest, signature, signer)) return;
    throw chainRefusal("TradeEscrow", "InvalidSignature", { signer });
  }
}
