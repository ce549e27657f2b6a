import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Cached } from "../../../operator/chain/cached.ts";

describe("answers that are kept", () => {
  const counting = (ttlMs: number, most?: number) => {
    const asked: string[] = [];
    const cached = new Cached(ttlMs, async (key: string) => asked.push(key), most);
    return { asked, get: (key: string) => cached.get(key) };
  };

  it("are asked for once while they are good, and again once they are not", async () => {
    const { asked, get } = counting(30);
    await Promise.all([get("a"), get("a")]);
    await setTimeout(40);
    await get("a");
    expect(asked).to.deep.equal(["a", "a"]);
  });

  it("are so many at most: the oldest goes first", async () => {
    const { asked, get } = counting(60_000, 2);
    for (const key of ["a", "b", "c", "b", "c", "a"]) await get(key);
    expect(asked).to.deep.equal(["a", "b", "c", "a"]);
  });
});
