import { expect } from "chai";
import { AbiCoder, type FunctionFragment, Interface, type ParamType, Wallet, ZeroAddress } from "ethers";
import { wallets } from "../../demo/local/wallets.ts";
import { PERMISSIONS, roleOf } from "../../scripts/deploy/permissions.ts";
import { ROLES, type RoleName } from "../../sdk/access/roles.ts";
import { GOVERNED, type GovernedName } from "../../sdk/chain/contracts.ts";
import { deployInProcess, type InProcess } from "../utils/inProcess.ts";

type Abi = ConstructorParameters<typeof Interface>[0];

const UNAUTHORIZED = Interface.from(["error AccessManagedUnauthorized(address caller)"]);
const NOT_ESCROW = Interface.from(["error EscrowCode_NotEscrow()"]);

/** Everybody who could be asked for: one account for each role, which holds no other, and one that holds none. */
const CALLERS = [...(Object.keys(ROLES) as RoleName[]).filter((role) => role !== "PUBLIC"), "stranger"] as const;
type Caller = (typeof CALLERS)[number];
const accounts = Object.fromEntries(
  CALLERS.map((caller, index) => [caller, new Wallet(`0x${String(index + 1).padStart(64, "0")}`).address]),
) as Record<Caller, string>;

describe("who may call what", () => {
  let platform: InProcess;
  let manager: Interface;

  before(async () => {
    platform = await deployInProcess();
    manager = new Interface(platform.abis.AccessManager);
    for (const [role, id] of Object.entries(ROLES)) {
      if (role !== "PUBLIC") await byCouncil("grantRole", id, accounts[role as Caller], 0);
    }
  });

  for (const contract of GOVERNED) {
    it(`${contract}: every function answers every role, and a stranger, as decided`, async () => {
      expect(await admitted(contract)).to.deep.equal(decided(contract, true));
    });
  }

  it("the code that opens trades: works for the escrow only", async () => {
    const wanted = NOT_ESCROW.encodeErrorResult("EscrowCode_NotEscrow");
    for (const name of ["BilateralOpening", "RoundOpening", "MarginBook", "KwhClaims"] as const) {
      for (const fragment of changing(platform.abis[name])) {
        for (const caller of CALLERS) {
          const answer = await call(platform.addresses[name], emptyCall(fragment), caller);
          expect(answer, `${name}.${fragment.name} by ${caller}`).to.equal(wanted);
        }
      }
    }
  });

  describe("with every target closed", () => {
    before(async () => {
      for (const contract of GOVERNED) await byCouncil("setTargetClosed", platform.addresses[contract], true);
    });

    for (const contract of GOVERNED) {
      it(`${contract}: only what is decided to stay open does`, async () => {
        expect(await admitted(contract)).to.deep.equal(decided(contract, false));
      });
    }
  });

  /** Callers that each function does not turn away for who they are. */
  async function admitted(contract: GovernedName): Promise<Record<string, Caller[]>> {
    const found: Record<string, Caller[]> = {};
    for (const fragment of changing(platform.abis[contract])) {
      const callers: Caller[] = [];
      for (const caller of CALLERS) {
        const answer = await call(platform.addresses[contract], emptyCall(fragment), caller);
        if (answer !== refusal(caller)) callers.push(caller);
      }
      found[fragment.name] = callers;
    }
    return found;
  }

  /** The same by the table of functions and roles. */
  function decided(contract: GovernedName, open: boolean): Record<string, Caller[]> {
    const callers = (name: string, role: RoleName | undefined): Caller[] => {
      // Not `restricted`, but asks for the AccessManager itself.
      if (name === "setAuthority") return [];
      if (role === undefined) return [...CALLERS];
      if (!open) return [];
      return role === "PUBLIC" ? [...CALLERS] : [role];
    };
    return Object.fromEntries(
      Object.entries(PERMISSIONS[contract]).map(([name, decision]) => [name, callers(name, roleOf(decision, true))]),
    );
  }

  /** What a call returns or reverts with. */
  async function call(to: string, data: string, caller: Caller): Promise<string> {
    try {
      const params = [{ from: accounts[caller], to, data, gas: "0xf42400" }, "latest"];
      return (await platform.connection.provider.request({ method: "eth_call", params })) as string;
    } catch (error) {
      return revertData(error);
    }
  }

  async function byCouncil(name: string, ...args: unknown[]): Promise<void> {
    const council = wallets.council.wallet.connect(platform.connection.ethers.provider);
    const sent = await council.sendTransaction({
      to: platform.addresses.AccessManager,
      data: manager.encodeFunctionData(name, args),
      maxFeePerGas: 0,
      maxPriorityFeePerGas: 0,
    });
    await sent.wait();
  }
});

/** Functions of an ABI that change state. */
function changing(abi: Abi): FunctionFragment[] {
  const found: FunctionFragment[] = [];
  new Interface(abi).forEachFunction((fragment) => {
    if (!["view", "pure"].includes(fragment.stateMutability)) found.push(fragment);
  });
  return found;
}

const refusal = (caller: Caller) => UNAUTHORIZED.encodeErrorResult("AccessManagedUnauthorized", [accounts[caller]]);

/** A call with nothing in its arguments: what matters is who asks. */
const emptyCall = (fragment: FunctionFragment) =>
  Interface.from([fragment]).encodeFunctionData(fragment, fragment.inputs.map(emptyOf));

function emptyOf(type: ParamType): unknown {
  if (type.isTuple()) return type.components.map(emptyOf);
  if (type.isArray()) return Array.from({ length: Math.max(type.arrayLength, 0) }, () => emptyOf(type.arrayChildren));
  if (type.type === "bytes") return "0x";
  if (type.type === "string") return "";
  if (type.type === "address") return ZeroAddress;
  return AbiCoder.defaultAbiCoder().decode([type], `0x${"00".repeat(32)}`)[0];
}

function revertData(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { data } = cause as { data?: unknown };
    if (typeof data === "string") return data;
    const inner = (data as { data?: unknown } | undefined)?.data;
    if (typeof inner === "string") return inner;
  }
  throw error;
}
