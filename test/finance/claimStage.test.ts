import { expect } from "chai";
import { id } from "ethers";
import type { Hex } from "viem";
import {
  CLAIM_STAGES,
  type ClaimStage,
  type ClaimState,
  claimStage,
  explain,
  readClaimStage,
  readCredit,
  startOfDay,
} from "../../sdk/index.ts";
import { TestMarket } from "../utils/market.ts";

const DUE = 20_800;
/** Falls due on a Saturday by what was announced since: payable on Monday. */
const OUTSTANDING: ClaimState = {
  ...{ status: "Outstanding", dueDay: DUE, lastPaymentDay: DUE + 2, standsStillUntil: 0, unitsLeft: 100n },
};

describe("the stage of a receivable", () => {
  const stage = (changed: Partial<ClaimState>, now: number) => claimStage({ ...OUTSTANDING, ...changed }, now);

  it("follows from the day while nothing is said", () => {
    const stages: [now: number, stage: ClaimStage][] = [
      [startOfDay(DUE) - 1, "Held"],
      [startOfDay(DUE), "Matured"],
      [startOfDay(DUE + 3) - 1, "Matured"],
      [startOfDay(DUE + 3), "Overdue"],
    ];
    for (const [now, wanted] of stages) expect(stage({}, now)).to.equal(wanted);
  });

  it("is what the chain says of it otherwise", () => {
    const now = startOfDay(DUE + 80);
    expect(stage({ status: "Defaulted" }, now)).to.equal("Defaulted");
    expect(stage({ status: "Recovering" }, now)).to.equal("Recovering");
    expect(stage({ status: "WrittenOff", standsStillUntil: now + 1 }, now)).to.equal("WrittenOff");
    expect(stage({ standsStillUntil: now + 1 }, now)).to.equal("StandingStill");
    expect(stage({ standsStillUntil: now }, now)).to.equal("Overdue");
    expect(stage({ status: "Discharged" }, now)).to.equal("Paid");
    expect(stage({ status: "Discharged", unitsLeft: 0n }, now)).to.equal("Closed");
  });

  it("has words in both languages", () => {
    for (const { en, zh } of Object.values(CLAIM_STAGES)) {
      expect(en).to.match(/^[a-z]/);
      expect(zh).to.match(/\p{Script=Han}/u);
    }
  });
});

describe("a claim that is not paid", () => {
  it("is overdue, in default, recovered, written off and paid after all", async () => {
    const market = await TestMarket.create();
    const plant = await market.generator("solarPlant");
    const factory = await market.consumer("factory");
    const { contract, addresses } = market.inProcess;
    const invoice = {
      ...{ debtor: factory.participant, deliveryDay: market.today, dueDay: market.today + 30, amountFen: 1_000_000n },
      ...{ number: 99n, fileHash: id("invoice") },
    };
    await contract("DraftingDesk", "solarPlant").draft(invoice);
    const digest = (await contract("DraftingDesk").hashConfirmation(1, 2n ** 63n)) as Hex;
    await contract("DraftingDesk", "solarPlant").confirm(1, 2n ** 63n, await factory.account.sign({ hash: digest }));
    const debts = contract("DebtLedger");
    const isAt = async (stage: ClaimStage) => expect(await readClaimStage(market.platform, 1n)).to.equal(stage);

    await isAt("Held");
    await market.goTo(startOfDay(Number(await debts.lastPaymentDay(1)) + 1));
    await isAt("Overdue");
    await market.goTo(Number((await debts.dueOn(1)).defaultsAt));
    await contract("DebtLedger", "household").declareDefault(1);
    await isAt("Defaulted");
    await contract("Receivables", "solarPlant").startRecovery(1, plant.account.address, id("suit"));
    await isAt("Recovering");
    const tooEarly = await contract("DebtLedger", "arbiter")
      .writeOff(1, id("bankruptcy closed"))
      .catch((error: unknown) => explain(error));
    expect(tooEarly).to.match(/^Debt 1 can be written off from 20\d\d-\d\d-\d\d 00:00 on/);
    await market.goTo(Number((await debts.dueOn(1)).arrearsAt));
    await contract("DebtLedger", "arbiter").writeOff(1, id("bankruptcy closed"));
    await isAt("WrittenOff");
    await contract("CreditLedger", "household").countDebt(1);
    expect((await readCredit(market.platform)).get(factory.participant)?.debts).to.deep.equal({
      ...{ onTime: 0, late: 0, daysLate: 0, defaults: 1, arrears: 1, standing: 1, writtenOff: 1 },
    });

    await contract("DepositToken", "factory").optIn(addresses.DebtLedger, true);
    await contract("DebtLedger", "factory").pay(1, 1_000_000n + (await debts.dueOn(1)).lateFeeFen);
    await isAt("Paid");
    await contract("Receivables", "household").collect(1, [plant.account.address]);
    await isAt("Closed");
  });
});
