import { expect } from "chai";
import { id } from "ethers";
import { type Address, encodeFunctionData, type Hex } from "viem";
import { readContract, writeContract } from "viem/actions";
import type { LocalActor } from "../../demo/local/wallets.ts";
import { type Decision, PERMISSIONS } from "../../scripts/deploy/permissions.ts";
import type { GovernedName } from "../../sdk/chain/contracts.ts";
import {
  ABIS,
  type Band,
  bandsToCurves,
  buildSurplus,
  buildTrade,
  callSubject,
  confirmSubject,
  contractOf,
  type Day,
  dayOf,
  factorPlaceOf,
  KINDS,
  kwhId,
  marketOf,
  type Platform,
  readConditions,
  refusalOf,
  signAsFactor,
  signTrade,
  tradeDigest,
  walletOf,
} from "../../sdk/index.ts";
import { type Member, type Participant, TestMarket } from "../utils/market.ts";

/** What a door refuses with while a confirmation is missing, by what guards it. */
const REFUSALS: Record<string, string> = {
  limit: "SecondFactor_Required",
  confirmation: "SecondFactor_AlwaysRequired",
};

/** The functions that the second factor guards, and what each refuses with: read from the table. */
const DOORS = Object.entries(PERMISSIONS).flatMap(([contract, functions]) =>
  Object.entries<Decision>(functions).flatMap(([name, [, effect]]) => {
    const refusal = REFUSALS[effect.split(": ")[1] ?? ""];
    return refusal === undefined ? [] : [{ door: `${contract}.${name}`, refusal }];
  }),
);

/** A thief's try: with the keys, without the second factors. */
interface Try {
  /** What must be confirmed, and by whose second factor. */
  asked: { by: Participant; subject: Hex }[];
  /** Whether a confirmation is used up, which is so where what is signed carries no nonce. */
  once: boolean;
  /** Answers with the name of the refusal; undefined where it goes through. */
  attempt: () => Promise<string | undefined>;
}

const UNITS = 100n;
const FACE = 1_234_567n;
const FOREVER = 2n ** 63n;
const HOUR: Band = { fromSlot: 40, toSlot: 44, energyWh: 1_000, price: 40_000 };

describe("every door that the second factor guards, with a limit of 0", function () {
  this.timeout(300_000);

  let market: TestMarket;
  let platform: Platform;
  let day: Day;
  let plant: Member;
  let factory: Member;
  let bank: Participant;
  let supplier: Participant;
  let retailer: Participant;
  let kwh: bigint;
  let [claim, pledged, request, bid, draft] = [0n, 0n, 0n, 0n, 0n];

  before(async () => {
    market = await TestMarket.create();
    platform = market.platform;
    plant = await market.generator("solarPlant");
    factory = await market.consumer("factory");
    bank = await enrol("bankA", KINDS.bank);
    supplier = await enrol("supplier", KINDS.supplier);
    retailer = await enrol("retailer", KINDS.retailer);
    kwh = await deliver();
    day = dayOf(await now());
    [claim, pledged, request, bid, draft] = await lend();
    // One person confirms for all of them.
    for (const somebody of [plant, factory, bank]) {
      await market.enrolFactor(somebody, market.address("compliance"), 0n);
    }
  });

  async function enrol(actor: LocalActor, kinds: number): Promise<Participant> {
    const account = market.account(actor);
    return { account, participant: await market.enrol(account.address, kinds) };
  }

  async function now(): Promise<number> {
    return (await market.inProcess.connection.ethers.provider.getBlock("latest"))?.timestamp ?? 0;
  }

  /** The plant generates for a day and sells nothing. */
  async function deliver(): Promise<bigint> {
    const generated = market.today;
    await market.report(plant.meter, generated, bandsToCurves([HOUR]).energy);
    await market.finalise(plant.meter, generated);
    const [meter, ...rest] = await buildSurplus(platform, plant.meter, generated);
    await market.inProcess.contract("TradeEscrow", "household").mintSurplus(meter, ...rest);
    return kwhId({ meter: plant.meter, day: generated });
  }

  /** A claim of the plant on the factory, one that is pledged, one that a bank bids for, and one that is drafted only. */
  async function lend(): Promise<[bigint, bigint, bigint, bigint, bigint]> {
    const { contract, addresses } = market.inProcess;
    for (const number of [1n, 2n, 3n, 4n]) {
      await contract("DraftingDesk", "solarPlant").draft({
        ...{ debtor: factory.participant, deliveryDay: day, dueDay: day + 30, amountFen: FACE },
        ...{ number, fileHash: id(`invoice ${number}`) },
      });
      if (number === 4n) continue;
      const digest = (await contract("DraftingDesk").hashConfirmation(number, FOREVER)) as Hex;
      const signature = await factory.account.sign({ hash: digest });
      await contract("DraftingDesk", "household").confirm(number, FOREVER, signature);
    }
    await contract("Receivables", "solarPlant").encumber(2n, UNITS, bank.participant, "0123 4567");
    await contract("Receivables", "solarPlant").setApprovalForAll(addresses.FinancingDesk, true);
    await contract("DepositToken", "settlementBank").openAccount(bank.participant);
    await contract("DepositToken", "settlementBank").issue(bank.account.address, FACE, id("funds of the bank"));
    await contract("DepositToken", "bankA").optIn(addresses.FinancingDesk, true);
    for (const _ of [1, 2]) {
      await contract("FinancingDesk", "solarPlant").requestFinancing(3n, UNITS, 500, day + 5);
    }
    await contract("FinancingDesk", "bankA").placeBid(1n, 400, true, day + 5);
    return [1n, 2n, 2n, 1n, 4n];
  }

  // ---- what a thief tries

  /** A call that somebody sends, by which `by` gives something away. */
  function calls(
    by: Participant,
    contract: GovernedName,
    functionName: string,
    args: readonly unknown[],
    as = by,
  ): Try {
    const data = encodeFunctionData({ abi: ABIS[contract], functionName, args } as never);
    const call = { to: platform.addresses[contract], data };
    return {
      asked: [{ by, subject: callSubject(call, by.participant, day, factorPlaceOf(platform)) }],
      once: true,
      attempt: () => refusal(as, contract, functionName, args),
    };
  }

  async function refusal(
    as: Participant,
    contract: GovernedName,
    functionName: string,
    args: readonly unknown[],
  ): Promise<string | undefined> {
    const sent = { ...contractOf(platform, contract), functionName, args };
    try {
      await writeContract(walletOf(platform, as.account), sent as never);
      return undefined;
    } catch (error) {
      return refusalOf(error)?.name;
    }
  }

  /** The plant sells to the factory, both by stolen keys. */
  async function trades(): Promise<Try> {
    const parties = { seller: plant.account.address, buyer: factory.account.address };
    const meters = { sellerMeter: plant.meter, buyerMeter: factory.meter };
    const conditions = await readConditions(platform, meters);
    const trade = buildTrade({ ...parties, ...meters, day: day + 1, bands: [HOUR] }, conditions);
    const subject = tradeDigest(trade, marketOf(platform));
    const bought = await signTrade(trade, marketOf(platform), factory.account);
    const sold = await signTrade(trade, marketOf(platform), plant.account);
    return {
      asked: [plant, factory].map((by) => ({ by, subject })),
      once: false,
      attempt: () => refusal(plant, "TradeEscrow", "open", [trade, bought, sold, "0x"]),
    };
  }

  /** The factory comes to owe the plant. */
  async function owes(): Promise<Try> {
    const args = [draft, FOREVER] as const;
    const desk = contractOf(platform, "DraftingDesk");
    const subject = await readContract(platform.client, { ...desk, functionName: "hashConfirmation", args });
    const signature = await factory.account.sign({ hash: subject });
    return {
      asked: [{ by: factory, subject }],
      once: true,
      attempt: () => refusal(plant, "DraftingDesk", "confirm", [...args, signature]),
    };
  }

  const of = ({ account }: Participant): Address => account.address;
  const untried = (): Try => expect.fail("nothing tries this door");

  /** One try for each door. */
  const TRIES: Record<string, () => Try | Promise<Try>> = {
    "MeterRegistry.setTrader": async () => {
      const { meter } = await market.withAnotherPlant(plant);
      return calls(plant, "MeterRegistry", "setTrader", [meter, retailer.participant]);
    },
    "DepositToken.transfer": () => calls(factory, "DepositToken", "transfer", [of(plant), 500n]),
    "DepositToken.transferFrom": async () => {
      await market.inProcess.contract("DepositToken", "factory").approve(of(supplier), 500n);
      return calls(factory, "DepositToken", "transferFrom", [of(factory), of(supplier), 500n], supplier);
    },
    "KwhToken.safeTransferFrom": () =>
      calls(plant, "KwhToken", "safeTransferFrom", [of(plant), of(factory), kwh, 1n, "0x"]),
    "KwhToken.safeBatchTransferFrom": () =>
      calls(plant, "KwhToken", "safeBatchTransferFrom", [of(plant), of(factory), [kwh, kwh], [1n, 2n], "0x"]),
    "TradeEscrow.open": trades,
    "TradeEscrow.lockMargin": () => calls(factory, "TradeEscrow", "lockMargin", [500n]),
    "TradeEscrow.allowOnTerms": () => calls(factory, "TradeEscrow", "allowOnTerms", [500n]),
    "Receivables.safeTransferFrom": () =>
      calls(plant, "Receivables", "safeTransferFrom", [of(plant), of(supplier), claim, UNITS, "0x"]),
    "Receivables.safeBatchTransferFrom": () =>
      calls(plant, "Receivables", "safeBatchTransferFrom", [of(plant), of(supplier), [claim], [UNITS], "0x"]),
    "Receivables.encumber": () =>
      calls(plant, "Receivables", "encumber", [claim, UNITS, bank.participant, "0123 4567"]),
    "Receivables.releaseEncumbrance": () => calls(bank, "Receivables", "releaseEncumbrance", [pledged, of(plant)]),
    "DraftingDesk.confirm": owes,
    "FinancingDesk.placeBid": () => calls(bank, "FinancingDesk", "placeBid", [request, 400, true, day + 5]),
    "FinancingDesk.accept": () => calls(plant, "FinancingDesk", "accept", [bid]),
  };

  it("is tried here", () => {
    expect(Object.keys(TRIES)).to.have.members(DOORS.map(({ door }) => door));
  });

  for (const { door, refusal: wanted } of DOORS) {
    it(`${door}: stays shut to a key alone, and opens with the confirmation`, async () => {
      const { asked, once, attempt } = await (TRIES[door] ?? untried)();
      for (const { by, subject } of asked) {
        expect(await attempt()).to.equal(wanted);
        await confirm(by, subject);
      }
      expect(await attempt()).to.equal(undefined);
      for (const { by, subject } of asked) {
        const factor = market.inProcess.contract("SecondFactor");
        expect(await factor.confirmationOf(by.participant, subject)).to.equal(once ? 2n : 1n);
      }
    });
  }

  async function confirm({ participant }: Participant, subject: Hex): Promise<void> {
    const confirmation = { participant, subject };
    const signature = await signAsFactor(confirmation, factorPlaceOf(platform), market.account("compliance"));
    await writeContract(
      walletOf(platform, market.account("household")),
      confirmSubject(platform, confirmation, signature),
    );
  }
});
