import { expect } from "chai";
import { Interface } from "ethers";
import { ROLES } from "../../sdk/access/roles.ts";
import { deployInProcess, type InProcess } from "../utils/inProcess.ts";

const DELAY = 72 * 3600;

describe("the council and the guardian's veto", () => {
  let platform: InProcess;
  let manager: Interface;
  let council: string;

  before(async () => {
    platform = await deployInProcess();
    manager = new Interface(platform.abis.AccessManager);
    council = platform.wallet("council").address;
    const now = platform.contract("AccessManager", "council");
    // Its own delay last: from then on it has to wait.
    await now.grantRole(ROLES.COUNCIL, council, DELAY);
    await now.grantRole(ROLES.ADMIN, council, DELAY);
  });

  /** Everything by which the council could take power at once, each as it would be scheduled. */
  const slow = (): [what: string, to: string, data: string][] => {
    const { addresses } = platform;
    const own = (name: string, ...args: unknown[]) => manager.encodeFunctionData(name, args);
    const of = (contract: "DepositToken" | "KwhToken", name: string, ...args: unknown[]) =>
      new Interface(platform.abis[contract]).encodeFunctionData(name, args);
    const someone = platform.wallet("factory").address;
    return [
      ["a grant", addresses.AccessManager, own("grantRole", ROLES.BANK, someone, 0)],
      ["a grant of ADMIN", addresses.AccessManager, own("grantRole", ROLES.ADMIN, someone, 0)],
      ["another admin of a role", addresses.AccessManager, own("setRoleAdmin", ROLES.BANK, ROLES.BANK)],
      ["another guardian of a role", addresses.AccessManager, own("setRoleGuardian", ROLES.COUNCIL, ROLES.ADMIN)],
      ["a delay of grants", addresses.AccessManager, own("setGrantDelay", ROLES.BANK, 0)],
      [
        "another role of a function",
        addresses.AccessManager,
        own("setTargetFunctionRole", addresses.DepositToken, ["0x867904b4"], ROLES.COMPLIANCE),
      ],
      ["a delay of a target", addresses.AccessManager, own("setTargetAdminDelay", addresses.DepositToken, 0)],
      ["a closure", addresses.AccessManager, own("setTargetClosed", addresses.TradeEscrow, true)],
      ["another authority", addresses.AccessManager, own("updateAuthority", addresses.TradeEscrow, someone)],
      ["another notary", addresses.DepositToken, of("DepositToken", "approveNotary", someone)],
      ["another minter", addresses.KwhToken, of("KwhToken", "approveMinter", someone, platform.today + 200)],
      ["a minter withdrawn", addresses.KwhToken, of("KwhToken", "withdrawMinter")],
    ];
  };

  it("has to wait with everything by which it could take power, and the guardian can veto each in that time", async () => {
    for (const [what, to, data] of slow()) {
      await refused(platform.contract("AccessManager", "council").execute(to, data), "AccessManagerNotScheduled", what);
      await platform.contract("AccessManager", "council").schedule(to, data, 0);
      await platform.contract("AccessManager", "guardian").cancel(council, to, data);
      await waitFor(DELAY);
      await refused(platform.contract("AccessManager", "council").execute(to, data), "AccessManagerNotScheduled", what);
    }
  });

  it("is vetoed by nobody but the guardian and itself", async () => {
    const [, to, data] = slow()[0]!;
    await platform.contract("AccessManager", "council").schedule(to, data, 0);
    for (const other of ["compliance", "ruleMaker", "settlementBank", "factory"] as const) {
      const veto = platform.contract("AccessManager", other).cancel(council, to, data);
      await refused(veto, "AccessManagerUnauthorizedCancel", other);
    }
    await platform.contract("AccessManager", "council").cancel(council, to, data);
  });

  it("does what nobody vetoed once its delay is over, and not before", async () => {
    const [what, to, data] = slow()[0]!;
    await platform.contract("AccessManager", "council").schedule(to, data, 0);
    await refused(platform.contract("AccessManager", "council").execute(to, data), "AccessManagerNotReady", what);
    await waitFor(DELAY);
    await platform.contract("AccessManager", "council").execute(to, data);
    const [isBank] = await platform.contract("AccessManager").hasRole(ROLES.BANK, platform.wallet("factory").address);
    expect(isBank).to.equal(true);
  });

  it("removes the guardian, which cannot veto its own removal", async () => {
    const guardian = platform.wallet("guardian").address;
    const to = platform.addresses.AccessManager;
    const data = manager.encodeFunctionData("revokeRole", [ROLES.GUARDIAN, guardian]);
    await platform.contract("AccessManager", "council").schedule(to, data, 0);
    const veto = platform.contract("AccessManager", "guardian").cancel(council, to, data);
    await refused(veto, "AccessManagerUnauthorizedCancel", "its own removal");
    await waitFor(DELAY);
    await platform.contract("AccessManager", "council").execute(to, data);
    const [isGuardian] = await platform.contract("AccessManager").hasRole(ROLES.GUARDIAN, guardian);
    expect(isGuardian).to.equal(false);
  });

  async function waitFor(seconds: number): Promise<void> {
    const { provider } = platform.connection;
    await provider.request({ method: "evm_increaseTime", params: [seconds] });
    await provider.request({ method: "evm_mine", params: [] });
  }

  async function refused(call: Promise<unknown>, error: string, what: string): Promise<void> {
    const outcome = await call.then(
      () => "it went through",
      (cause: Error) => String(cause),
    );
    expect(outcome, what).to.include(error);
  }
});
