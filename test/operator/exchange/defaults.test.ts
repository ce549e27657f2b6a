import { expect } from "chai";
import { id } from "ethers";
import { getBlock } from "viem/actions";
import { admit } from "../../../operator/exchange/admission/admit.ts";
import { ChainView } from "../../../operator/exchange/chainView.ts";
import { Refusal } from "../../../operator/gateway/refusal.ts";
import { type Day, DEBT_CODES, dayOf, startOfDay } from "../../../sdk/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";
import { signedOrder } from "../utils/day.ts";
import { band } from "../utils/desk.ts";

describe("orders on terms of a buyer in default", function () {
  this.timeout(300_000);
  let market: TestMarket;
  let buyer: Member;
  let nonce = 0;

  before(async () => {
    market = await TestMarket.create();
    const seller = await market.generator("solarPlant");
    buyer = await market.consumer("factory");
    const { contract } = market.inProcess;
    const code = DEBT_CODES.indexOf("Adjustment");
    await contract("DebtLedger", "council").approvePoster(market.address("household"), code);
    const [debtor, creditor] = [buyer.participant, seller.participant];
    const terms = { debtor, creditor, dueDay: market.today, code, amountFen: 1n, source: id("adjusted") };
    await contract("DebtLedger", "household").post([terms]);
    const { defaultsAt } = await contract("DebtLedger").dueOn(1n);
    await market.goTo(Number(defaultsAt));
    await contract("DebtLedger", "household").declareDefault(1n);
  });

  const today = async (): Promise<Day> => dayOf(Number((await getBlock(market.platform.client)).timestamp));

  async function refusalFor(day: Day): Promise<string | undefined> {
    nonce += 1;
    const terms = { bands: [band(40, 60, 1_000, 30_000)], day, nonce, paymentDays: 30 };
    const { order } = await signedOrder(market, "buy", buyer, terms);
    try {
      await admit(order, new ChainView(market.platform, 0), 0);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  it("are taken for rounds of the day on which it was declared, and refused for later ones", async () => {
    expect(await refusalFor((await today()) + 1)).to.equal(undefined);
    expect(await refusalFor((await today()) + 2)).to.equal("BuyerInDefault");
  });

  it("are refused for a whole day that began in default, whatever is paid on it", async () => {
    await market.goTo(startOfDay((await today()) + 1));
    expect(await refusalFor((await today()) + 1)).to.equal("BuyerInDefault");
    const { contract, addresses } = market.inProcess;
    await contract("DepositToken", "factory").optIn(addresses.DebtLedger, true);
    const { unpaidFen, lateFeeFen } = await contract("DebtLedger").dueOn(1n);
    await contract("DebtLedger", "factory").pay(1n, unpaidFen + lateFeeFen);
    expect(await refusalFor((await today()) + 1)).to.equal("BuyerInDefault");
    await market.goTo(startOfDay((await today()) + 1));
    expect(await refusalFor((await today()) + 1)).to.equal(undefined);
  });
});
