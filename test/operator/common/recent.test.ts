import { expect } from "chai";
import { Recent } from "../../../operator/common/recent.ts";

describe("Recent", () => {
  it("keeps as many as it may, and forgets the oldest first", () => {
    const kept = new Recent<number, string>(2);
    kept.set(1, "a").set(2, "b").set(3, "c");
    expect([...kept]).to.deep.equal([
      [2, "b"],
      [3, "c"],
    ]);
  });

  it("forgets nothing where a value takes the place of another", () => {
    const kept = new Recent<number, string>(2);
    kept.set(1, "a").set(2, "b").set(2, "c");
    expect([...kept]).to.deep.equal([
      [1, "a"],
      [2, "c"],
    ]);
  });
});
