import { expect } from "chai";
import { skipSentence } from "../../../operator/exchange/submission/skipSentence.ts";
import { SKIP_REASONS } from "../../../sdk/index.ts";

describe("what a leg that was not opened failed for", () => {
  it("is said in a sentence in both languages, for any reason of the chain", () => {
    for (const reason of [...SKIP_REASONS, "GateClosed", "NotInCharge", "TooMuchGas", "Undone", "ClearedAgain"]) {
      expect(skipSentence(reason, "en")).to.match(/^[A-Z].* .*\.$/);
      expect(skipSentence(reason, "zh")).to.match(/^[^a-z]*(gas)?[^a-z]*。$/);
    }
  });

  it("names what the purchase would be refused for now", () => {
    expect(skipSentence("BuyOrderSkipped: NonceUsed", "en")).to.equal(
      "The purchase: The order was taken back before it could be opened.",
    );
    expect(skipSentence("BuyOrderSkipped: NonceUsed", "zh")).to.equal("买单：报单在上链之前已撤回。");
    expect(skipSentence("BuyOrderSkipped: SomethingNew", "en")).to.equal("The purchase: SomethingNew");
  });
});
