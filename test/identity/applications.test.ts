import { expect } from "chai";
import { id } from "ethers";
import type { Address, Hex } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import type { LocalActor } from "../../demo/local/wallets.ts";
import {
  type Application,
  approveAccount,
  approveParticipant,
  buildApplication,
  changedFields,
  completeReplacement,
  explain,
  objectToReplacement,
  proposeAccount,
  proposeParticipant,
  proposeRenewal,
  readInForce,
  readParticipantOf,
  readProposal,
  readReplacement,
  readRolesOf,
  rejectParticipant,
  walletOf,
  withdrawReplacement,
} from "../../sdk/index.ts";
import { TestMarket } from "../utils/market.ts";

describe("applications of participants", () => {
  let market: TestMarket;
  let newcomer: Application;
  let participant: number;

  const send = async (actor: LocalActor, made: { address: Address; abi: unknown; functionName: string }) => {
    const wallet = walletOf(market.platform, market.account(actor));
    await waitForTransactionReceipt(market.platform.client, { hash: await wallet.writeContract(made as never) });
  };
  const refused = (actor: LocalActor, made: Parameters<typeof send>[1]) =>
    send(actor, made).then(
      () => "taken",
      (error: unknown) => explain(error),
    );

  before(async () => {
    market = await TestMarket.create();
    newcomer = buildApplication({
      ...{ account: market.address("windFarm"), kinds: ["generator"], size: "Small", validUntil: market.today + 400 },
      credentialHash: id("sheet") as Hex,
    });
  });

  it("are read with who proposed them, and differ in everything where nothing is in force", async () => {
    const { platform } = market;
    await send("registrar1", proposeParticipant(platform, newcomer));
    participant = (await readParticipantOf(platform, newcomer.account))?.participant ?? 0;
    const waiting = await readProposal(platform, participant);
    expect(waiting).to.deep.equal({ application: newcomer, registrar: market.address("registrar1") });
    expect(await readInForce(platform, participant)).to.equal(undefined);
    expect(changedFields(undefined, newcomer)).to.have.length(8);
  });

  it("are approved by another registrar alone, and are in force then", async () => {
    const { platform } = market;
    const approval = approveParticipant(platform, participant, newcomer);
    expect(await refused("registrar1", approval)).to.match(/proposed this participant and cannot approve it/);
    await send("registrar2", approval);
    expect(await readProposal(platform, participant)).to.equal(undefined);
    const inForce = await readInForce(platform, participant);
    expect(inForce).to.deep.equal(newcomer);
    expect(changedFields(inForce, newcomer)).to.deep.equal([]);
  });

  it("name what a renewal changes, and change nothing where it is rejected", async () => {
    const { platform } = market;
    const renewal = { ...newcomer, validUntil: newcomer.validUntil + 30, secondFactor: market.address("keeper") };
    await send("registrar2", proposeRenewal(platform, participant, { ...renewal, exposureLimitFen: 5_000n }));
    const waiting = await readProposal(platform, participant);
    const inForce = await readInForce(platform, participant);
    expect(changedFields(inForce, waiting!.application)).to.deep.equal([
      "validUntil",
      "secondFactor",
      "exposureLimitFen",
    ]);
    await send("registrar1", rejectParticipant(platform, participant));
    expect(await readInForce(platform, participant)).to.deep.equal(newcomer);
  });

  it("of another account wait for a second registrar and seven days, and end by objection or withdrawal", async () => {
    const { platform } = market;
    const replacement = { account: market.address("household"), reasonHash: id("lost key") as Hex };
    const propose = () =>
      send("registrar1", proposeAccount(platform, participant, replacement.account, replacement.reasonHash));
    const registrar = market.address("registrar1");
    await propose();
    expect(await readReplacement(platform, participant)).to.deep.equal({ ...replacement, registrar, completableAt: 0 });
    await send("windFarm", objectToReplacement(platform));
    expect(await readReplacement(platform, participant)).to.equal(undefined);
    await propose();
    await send("registrar1", withdrawReplacement(platform, participant));
    await propose();
    const approval = approveAccount(platform, participant, replacement);
    expect(await refused("registrar1", approval)).to.match(/cannot approve it: a second registrar must/);
    await send("registrar2", approval);
    const { completableAt = 0 } = (await readReplacement(platform, participant)) ?? {};
    expect(await refused("keeper", completeReplacement(platform, participant))).to.match(/can be replaced from/);
    await market.goTo(completableAt);
    await send("keeper", completeReplacement(platform, participant));
    expect((await readInForce(platform, participant))?.account).to.equal(replacement.account);
  });

  it("are for those whose roles the chain says", async () => {
    const rolesOf = async (actor: LocalActor) =>
      (await readRolesOf(market.platform, market.address(actor))).map(({ role }) => role);
    expect(await rolesOf("registrar1")).to.deep.equal(["REGISTRAR"]);
    expect(await rolesOf("council")).to.deep.equal(["ADMIN", "COUNCIL"]);
    expect(await rolesOf("windFarm")).to.deep.equal([]);
  });
});
