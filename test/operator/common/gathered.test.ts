import { setImmediate, setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Gathered } from "../../../operator/common/gathered.ts";

describe("gathered work", () => {
  it("takes together what arrives together or while some is under way, and answers each", async () => {
    const taken: number[][] = [];
    const gathered = new Gathered(async (items: readonly number[]) => {
      taken.push([...items]);
      await setTimeout(5);
      return items.map((item) => item * 10);
    });
    const first = [gathered.do(1), gathered.do(2)];
    await setTimeout(2);
    const then = [gathered.do(3), gathered.do(4), gathered.do(5)];
    expect(await Promise.all([...first, ...then])).to.deep.equal([10, 20, 30, 40, 50]);
    expect(taken).to.deep.equal([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it("waits a moment for more once several went together, and not when one came alone", async () => {
    const sizes: number[] = [];
    const gathered = new Gathered(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    });
    const apart = async () => {
      const first = gathered.do(1);
      await setImmediate();
      await setImmediate();
      await Promise.all([first, gathered.do(2)]);
    };
    await apart();
    expect(sizes).to.deep.equal([1, 1]);
    await Promise.all([gathered.do(1), gathered.do(2)]);
    await apart();
    expect(sizes).to.deep.equal([1, 1, 2, 2]);
  });

  it("takes so many at a time, fails for those that go together, and continues", async () => {
    const sizes: number[] = [];
    const gathered = new Gathered(async (items: readonly number[]) => {
      sizes.push(items.length);
      if (items.includes(0)) throw new Error("no zero");
      return items;
    });
    const ended = await Promise.allSettled(Array.from({ length: 450 }, (_, item) => gathered.do(item)));
    expect(sizes).to.deep.equal([200, 200, 50]);
    expect(ended.filter(({ status }) => status === "rejected")).to.have.length(200);
    expect(await gathered.do(7)).to.equal(7);
  });
});
