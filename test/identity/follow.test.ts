import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { id } from "ethers";
import type { Hex } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { root } from "../../scripts/root.ts";
import {
  type Band,
  bandsToCurves,
  buildSurplus,
  contractOf,
  followAccount,
  heldIds,
  type Platform,
  walletOf,
} from "../../sdk/index.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const PAGE = readFileSync(join(root, "docs", "operations.md"), "utf8");
const SECTION = /## Replace a participant's key\n(.*?)\n## /s.exec(PAGE)?.[1] ?? "";
const BLOCKS = [...SECTION.matchAll(/```js\n(.*?)```/gs)].map(([, block = ""]) => block);
const run = Object.getPrototypeOf(async () => {}).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<void>;

const ALL_DAY: Band = { fromSlot: 0, toSlot: 96, energyWh: 1_000, price: 1 };

describe("replacing a participant's key as the page on operations says", () => {
  let market: TestMarket;
  let platform: Platform;
  let plant: Member;
  const kwhIds: bigint[] = [];

  before(async () => {
    market = await TestMarket.create();
    platform = market.platform;
    plant = await market.generator("solarPlant");
    const factory = await market.consumer("factory");
    const { contract } = market.inProcess;
    const first = market.today;
    const invoice = {
      ...{ debtor: factory.participant, deliveryDay: first, dueDay: first + 30, amountFen: 1_234_567n },
      ...{ number: 99n, fileHash: id("invoice") },
    };
    await contract("DraftingDesk", "solarPlant").draft(invoice);
    const digest = (await contract("DraftingDesk").hashConfirmation(1, 2n ** 63n)) as Hex;
    await contract("DraftingDesk", "household").confirm(1, 2n ** 63n, await factory.account.sign({ hash: digest }));
    for (const day of [first, first + 1]) {
      await market.report(plant.meter, day, bandsToCurves([ALL_DAY]).energy);
      await market.finalise(plant.meter, day);
      const [meter, ...rest] = await buildSurplus(platform, plant.meter, day);
      await contract("TradeEscrow", "household").mintSurplus(meter, ...rest);
      kwhIds.push(await contract("KwhToken").idOf(plant.meter, day));
    }
  });

  it("finds in the log what an account holds", async () => {
    expect(await heldIds(platform, "KwhToken", plant.account.address)).to.deep.equal(kwhIds);
    expect(await heldIds(platform, "Receivables", plant.account.address)).to.deep.equal([1n]);
    expect(await heldIds(platform, "Receivables", market.address("windFarm"))).to.deep.equal([]);
  });

  it("leaves nothing with the former account", async () => {
    const { contract } = market.inProcess;
    const [former, account] = [plant.account.address, market.address("windFarm")];
    const had = await market.deposits(former);
    const names = {
      ...{ platform, followAccount, waitForTransactionReceipt, registry: contractOf(platform, "ParticipantRegistry") },
      registrar1: walletOf(platform, market.account("registrar1")),
      registrar2: walletOf(platform, market.account("registrar2")),
      anybody: walletOf(platform, market.account("household")),
      ...{ PARTICIPANT: plant.participant, NEW_ACCOUNT: account, FORMER_ACCOUNT: former, REASON: id("lost key") },
    };
    expect(BLOCKS).to.have.length(2);
    const [begin = "", complete = ""] = BLOCKS;
    await new run(...Object.keys(names), begin)(...Object.values(names));
    const { completableAt } = await contract("ParticipantRegistry").replacementOf(plant.participant);
    await market.goTo(Number(completableAt));
    await new run(...Object.keys(names), complete)(...Object.values(names));

    expect(await contract("ParticipantRegistry").accountOf(plant.participant)).to.equal(account);
    expect(await market.deposits(account)).to.equal(had);
    expect(await market.deposits(former)).to.equal(0n);
    for (const token of ["KwhToken", "Receivables"] as const) {
      expect(await heldIds(platform, token, former)).to.deep.equal([]);
    }
    expect(await heldIds(platform, "KwhToken", account)).to.deep.equal(kwhIds);
    expect(await contract("Receivables").balanceOf(account, 1)).to.equal(1_234_567n);
  });
});
