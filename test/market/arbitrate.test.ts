import { expect } from "chai";
import { id } from "ethers";
import type { Address, Hex } from "viem";
import { getBlock, waitForTransactionReceipt } from "viem/actions";
import type { LocalActor } from "../../demo/local/wallets.ts";
import {
  ARREARS_DAYS,
  buildTrade,
  contractOf,
  encodeSold,
  explain,
  freezeTrade,
  LONGEST_FREEZE_DAYS,
  LONGEST_STAND_STILL_DAYS,
  marketOf,
  readConditions,
  readDebt,
  readSold,
  ruleOnTrade,
  signTrade,
  standStill,
  startOfDay,
  walletOf,
  writeOff,
} from "../../sdk/index.ts";
import { readStatuses } from "../../sdk/market/settle.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const DAY = 86_400;
const BANDS = [{ fromSlot: 40, toSlot: 44, energyWh: 50_000, price: 30_000 }];

describe("what an arbiter does", () => {
  let market: TestMarket;
  let seller: Member;
  let buyer: Member;

  const send = async (actor: LocalActor, made: { address: Address; abi: unknown; functionName: string }) => {
    const wallet = walletOf(market.platform, market.account(actor));
    await waitForTransactionReceipt(market.platform.client, { hash: await wallet.writeContract(made as never) });
  };
  const refused = (made: Parameters<typeof send>[1]) =>
    send("arbiter", made).then(
      () => "taken",
      (error: unknown) => explain(error),
    );
  const now = async () => Number((await getBlock(market.platform.client)).timestamp);

  before(async () => {
    market = await TestMarket.create();
    seller = await market.generator("solarPlant");
    buyer = await market.consumer("factory");
  });

  it("freezes a trade for thirty days at most, and rules on it while it is frozen", async () => {
    const { platform } = market;
    const parties = { seller: seller.account.address, buyer: buyer.account.address };
    const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
    const day = market.today + 3;
    const trade = buildTrade({ ...parties, ...meters, day, bands: BANDS }, await readConditions(platform, meters));
    const ofBuyer = await signTrade(trade, marketOf(platform), buyer.account);
    const ofSeller = await signTrade(trade, marketOf(platform), seller.account);
    const position = encodeSold(await readSold(platform, seller.meter, day));
    const args = [trade, ofBuyer, ofSeller, position];
    await send("household", { ...contractOf(platform, "TradeEscrow"), functionName: "open", args } as never);

    const ruling = { energyFen: 1_234n, networkFen: 0n, deviationFen: 0n };
    expect(await refused(await ruleOnTrade(platform, 1n, ruling))).to.match(/is not frozen/);
    const latest = (await now()) + LONGEST_FREEZE_DAYS * DAY;
    expect(await refused(freezeTrade(platform, 1n, latest + DAY))).to.match(/30 days/);
    await send("arbiter", freezeTrade(platform, 1n, latest));
    await send("arbiter", await ruleOnTrade(platform, 1n, ruling));
    expect((await readStatuses(platform, [1n])).get(1n)).to.equal("Ruled");
  });

  it("lets the clock of a debt stand still, and writes off what is pursued and in arrears", async () => {
    const { platform, inProcess } = market;
    const debt = await market.putInDefault(buyer);
    const { arrearsAt, defaultsAt } = await readDebt(platform, debt);
    const { lastPaymentDay } = inProcess.contract("DebtLedger");
    const lateFrom = startOfDay(Number(await lastPaymentDay(debt)) + 1);
    expect(arrearsAt).to.equal(lateFrom + ARREARS_DAYS * DAY);
    expect(defaultsAt).to.be.at.least(lateFrom);

    const latest = (await now()) + LONGEST_STAND_STILL_DAYS * DAY;
    expect(await refused(standStill(platform, debt, latest + DAY))).to.match(/30 days/);
    await send("arbiter", standStill(platform, debt, latest));
    expect((await readDebt(platform, debt)).arrearsAt).to.be.greaterThan(arrearsAt);
    await send("arbiter", standStill(platform, debt, 0));
    await inProcess.contract("DebtLedger", "gridCompany").startRecovery(debt, 1, id("suit"));
    await send("arbiter", writeOff(platform, debt, id("bankruptcy closed") as Hex));
    expect((await readDebt(platform, debt)).status).to.equal("WrittenOff");
  });
});
