import { expect } from "chai";
import { DAY_STATES, nameOf, VOLTAGES, WholeError, wordsOf } from "../../sdk/types/index.ts";

describe("Names of enums", () => {
  it("are words with a small first letter, typed one by one", () => {
    const words: readonly ["none", "reported", "final", "lapsed", "lateReported", "lateFinal"] = wordsOf(DAY_STATES);
    expect(words).to.deep.equal(["none", "reported", "final", "lapsed", "lateReported", "lateFinal"]);
    expect(wordsOf(VOLTAGES)).to.include.members(["below1kV", "kV10", "kV500"]);
  });

  it("are found by the number on chain", () => {
    expect(nameOf(DAY_STATES, 2)).to.equal("Final");
    expect(() => nameOf(DAY_STATES, 6)).to.throw(WholeError, "There is no number 6 among None, Reported");
  });
});
