import { expect } from "chai";
import { keccak256, stringToHex } from "viem";
import { readContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import {
  type Confirmation,
  claimDeskOf,
  confirmationDigest,
  confirmationTypedData,
  contractOf,
  DraftError,
  explain,
  readConfirmation,
  SignerError,
  signConfirmation,
  typedDataJson,
  walletOf,
} from "../../sdk/index.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const EXPIRY = 1_900_000_000n;

describe("confirming a drafted claim", () => {
  let market: TestMarket;
  let plant: Member;
  let factory: Member;
  let confirmation: Confirmation;

  before(async () => {
    market = await TestMarket.create();
    plant = await market.generator("hydroStation");
    factory = await market.consumer("factory");
    const invoice = {
      ...{ debtor: factory.participant, deliveryDay: market.today - 1, dueDay: market.today + 30 },
      ...{ amountFen: 1_234_567n, number: 26512000000012345678n, fileHash: keccak256(stringToHex("invoice")) },
    };
    await send("draft", [invoice]);
    confirmation = await readConfirmation(market.platform, 1n, EXPIRY);
  });

  async function send(functionName: "draft" | "confirm", args: unknown[]): Promise<void> {
    const { platform } = market;
    const wallet = walletOf(platform, plant.account);
    const hash = await writeContract(wallet, { ...contractOf(platform, "DraftingDesk"), functionName, args } as never);
    await waitForTransactionReceipt(platform.client, { hash });
  }

  it("reads from the chain what the debtor signs, as a person reads it", () => {
    expect(confirmationTypedData(confirmation, claimDeskOf(market.platform)).message).to.deep.equal({
      ...{ debtor: factory.account.address, creditor: plant.account.address, amountFen: 1_234_567n },
      ...{ dueDate: 20261222, deliveryDate: 20261121, invoiceNumber: 26512000000012345678n },
      ...{ invoiceHash: keccak256(stringToHex("invoice")), draft: 1n, expiry: EXPIRY },
    });
    const json = JSON.parse(typedDataJson(confirmationTypedData(confirmation, claimDeskOf(market.platform))));
    expect(json.primaryType).to.equal("ReceivableConfirmation");
    expect(json.domain.name).to.equal("Dujiang 都江电力市场");
  });

  it("has the digest that the desk checks", async () => {
    const args = [1n, EXPIRY] as const;
    const desk = contractOf(market.platform, "DraftingDesk");
    const digest = await readContract(market.platform.client, { ...desk, functionName: "hashConfirmation", args });
    expect(confirmationDigest(confirmation, claimDeskOf(market.platform))).to.equal(digest);
  });

  it("is signed by the debtor alone, and once it counted there is nothing left to confirm", async () => {
    const { platform } = market;
    const desk = claimDeskOf(platform);
    try {
      await signConfirmation(confirmation, desk, plant.account);
      expect.fail("the supplier signed");
    } catch (error) {
      expect(error).to.be.instanceOf(SignerError);
    }
    const signature = await signConfirmation(confirmation, desk, factory.account);
    try {
      await send("confirm", [1n, EXPIRY - 1n, signature]);
      expect.fail("another expiry was confirmed");
    } catch (error) {
      expect(explain(error)).to.equal(
        `${factory.account.address} did not sign this draft: the debtor's own account must confirm exactly these terms, on this chain.`,
      );
    }
    await send("confirm", [1n, EXPIRY, signature]);
    const claim = await readContract(platform.client, {
      ...contractOf(platform, "Receivables"),
      functionName: "receivable",
      args: [1n],
    });
    expect([claim.debtor, claim.faceFen, claim.debt]).to.deep.equal([factory.participant, 1_234_567n, 1n]);
    try {
      await readConfirmation(platform, 1n, EXPIRY);
      expect.fail("a confirmed draft was offered again");
    } catch (error) {
      expect(error).to.be.instanceOf(DraftError);
    }
  });
});
