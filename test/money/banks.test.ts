import { expect } from "chai";
import { id } from "ethers";
import {
  bankReference,
  confirmMove,
  openAccount,
  readBankBooks,
  readBankOf,
  settleBetween,
  walletOf,
} from "../../sdk/index.ts";
import { TestMarket } from "../utils/market.ts";

/** As the local network's parameters number them. */
const [FIRST, SECOND] = [3, 4];

describe("books of settlement banks", () => {
  let market: TestMarket;
  let seller: Awaited<ReturnType<TestMarket["generator"]>>;
  let buyer: Awaited<ReturnType<TestMarket["generator"]>>;

  before(async () => {
    market = await TestMarket.create();
    seller = await market.generator("solarPlant");
    buyer = await market.generator("hydroStation");
  });

  it("say who is owed what when a customer moves, and nothing once that is settled", async () => {
    const { platform } = market;
    const first = walletOf(platform, market.account("settlementBank"));
    const second = walletOf(platform, market.account("secondSettlementBank"));
    expect(await readBankOf(platform, SECOND)).to.equal(undefined);
    await second.writeContract(openAccount(platform, SECOND));
    expect(await readBankOf(platform, SECOND)).to.equal(SECOND);

    await first.writeContract(confirmMove(platform, seller.participant, SECOND));
    await first.writeContract(confirmMove(platform, seller.participant, SECOND, false));
    await second.writeContract(confirmMove(platform, seller.participant, SECOND));
    expect(await readBankOf(platform, seller.participant)).to.equal(FIRST);
    await first.writeContract(confirmMove(platform, seller.participant, SECOND));
    expect(await readBankOf(platform, seller.participant)).to.equal(SECOND);

    const funds = await market.deposits(buyer.account.address);
    const [own, other] = await readBankBooks(platform);
    expect(own).to.deep.include({ bank: FIRST, positionFen: 2n * funds, depositsFen: funds, receivableFen: -funds });
    expect(other).to.deep.include({ bank: SECOND, positionFen: 0n, depositsFen: funds, receivableFen: funds });

    await second.writeContract(settleBetween(platform, FIRST, funds, bankReference("PBC 1")));
    for (const books of await readBankBooks(platform)) {
      expect(books).to.deep.include({ positionFen: funds, receivableFen: 0n });
    }
  });
});

describe("a bank's reference", () => {
  it("is 32 bytes, or a text that fits them", () => {
    expect(bankReference(id("a").toUpperCase().replace("0X", "0x"))).to.equal(id("a"));
    expect(bankReference("wire 7")).to.equal(`0x${Buffer.from("wire 7").toString("hex").padEnd(64, "0")}`);
    expect(() => bankReference("x".repeat(32))).to.throw("is not a reference");
    expect(() => bankReference("")).to.throw("is not a reference");
  });
});
