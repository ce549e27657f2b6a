import { expect } from "chai";
import { readContract } from "viem/actions";
import { kwhId, meterDayOf } from "../../sdk/energy/index.ts";
import { contractOf } from "../../sdk/index.ts";
import { TestMarket } from "../utils/market.ts";

describe("Ids of the kWh token", function () {
  this.timeout(300_000);

  it("are those of the contract, and name one meter day", async () => {
    const { platform } = await TestMarket.create();
    for (const of of [
      { meter: 1n, day: 0 },
      { meter: 7n, day: 20_779 },
      { meter: 2n ** 64n - 1n, day: 2 ** 32 - 1 },
    ]) {
      const token = contractOf(platform, "KwhToken");
      const id = await readContract(platform.client, { ...token, functionName: "idOf", args: [of.meter, of.day] });
      expect(kwhId(of)).to.equal(id);
      expect(meterDayOf(id)).to.deep.equal(of);
    }
  });
});
