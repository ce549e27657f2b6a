import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type AbiFunction, type AbiParameter, toFunctionSignature } from "viem";
import { CONTRACT_ROLES, PERMISSIONS, roleOf } from "../../scripts/deploy/permissions.ts";
import { root } from "../../scripts/root.ts";
import { ROLES } from "../../sdk/access/roles.ts";
import { ABIS } from "../../sdk/chain/abis.ts";
import type { ContractName } from "../../sdk/chain/contracts.ts";
import { DEBT_CODES } from "../../sdk/debts/enums.ts";
import { DIRECTIONS, FIRM_SIZES, SOURCES, VOLTAGES } from "../../sdk/types/enums.ts";
import { CALL_FIELDS } from "../../sdk/wallets/callFields.ts";
import { CALLS, type CalledName } from "../../sdk/wallets/calls.ts";
import { clearCalls } from "../../sdk/wallets/clearCalls.ts";
import { clearSigningFiles } from "../../tools/codegen/clearSigning.ts";

const BY_CONTRACTS = "only a contract calls it";
const BY_THE_ESCROW = "the escrow runs it, and refuses it to everybody else";
const BY_PROGRAMS = "a program sends it: packed readings, rounds or proofs, which nobody could read on a device";

/** Functions that a wallet need not describe. A new function is described, or stands here with its reason. */
const LEFT_OUT: Partial<Record<ContractName, Record<string, string>>> = {
  AccessManager: { consumeScheduledOp: BY_CONTRACTS },
  SecondFactor: { spendBoth: BY_CONTRACTS, spendOnce: BY_CONTRACTS, useConfirmation: BY_CONTRACTS },
  MeterRegistry: {
    report: BY_PROGRAMS,
    reportRoots: BY_PROGRAMS,
    recordDays: BY_PROGRAMS,
    correct: BY_PROGRAMS,
    finaliseAccepted: BY_CONTRACTS,
  },
  DepositToken: { holdMany: BY_CONTRACTS, holdToRepay: BY_CONTRACTS, moveHolds: BY_CONTRACTS },
  KwhToken: { mint: BY_CONTRACTS },
  DebtLedger: { post: BY_CONTRACTS, reduce: BY_CONTRACTS, claim: BY_CONTRACTS, payOut: BY_CONTRACTS },
  BilateralOpening: { open: BY_THE_ESCROW },
  RoundOpening: { openRound: BY_THE_ESCROW },
  MarginBook: {
    lockMargin: BY_THE_ESCROW,
    allowOnTerms: BY_THE_ESCROW,
    announceRelease: BY_THE_ESCROW,
    releaseMargin: BY_THE_ESCROW,
  },
  KwhClaims: { claimKwh: BY_THE_ESCROW, mintSurplus: BY_THE_ESCROW, finaliseAccepted: BY_THE_ESCROW },
  TradeEscrow: {
    openRound: BY_PROGRAMS,
    settle: BY_PROGRAMS,
    lapse: BY_PROGRAMS,
    mintSurplus: BY_PROGRAMS,
    finaliseAccepted: BY_PROGRAMS,
    redirectPayee: BY_CONTRACTS,
  },
  AdjustmentDesk: { adjust: BY_PROGRAMS },
  Receivables: { issueConfirmed: BY_CONTRACTS },
  CreditLedger: { countTrades: BY_PROGRAMS },
};
/** Of every governed contract: the AccessManager in charge calls it. */
const OF_ALL = "setAuthority";

describe("ERC-7730 descriptors of transactions", () => {
  const contracts = Object.fromEntries(Object.keys(CALLS).map((name) => [name, { address: `0x${"1".repeat(40)}` }]));
  const all = clearCalls({ chainId: 2018, contracts: contracts as never });
  const descriptors = Object.entries(all);
  const formats = descriptors.flatMap(([contract, { display }]) =>
    Object.entries(display.formats).map(([signature, format]) => ({ contract, signature, ...format })),
  );
  const fields = formats.flatMap((format) => format.fields);

  it("are there for every function that people call, and a reason for each that they do not", () => {
    for (const [contract, abi] of Object.entries(ABIS)) {
      const described = Object.keys(CALLS[contract as CalledName] ?? {});
      const leftOut = Object.keys(LEFT_OUT[contract as ContractName] ?? {});
      const decided = [...described, ...leftOut].sort();
      expect(decided, contract).to.deep.equal(
        changing(abi)
          .map(({ name }) => name)
          .filter((name) => name !== OF_ALL)
          .sort(),
      );
    }
  });

  it("leave out everything that a role of contracts is needed for", () => {
    for (const [contract, functions] of Object.entries(PERMISSIONS)) {
      for (const [name, decision] of Object.entries(functions)) {
        const role = roleOf(decision, true);
        if (role === undefined || !(role in CONTRACT_ROLES)) continue;
        expect(LEFT_OUT[contract as ContractName]?.[name], `${contract}.${name}`).to.equal(BY_CONTRACTS);
      }
    }
  });

  it("show every part of what is sent, in its order, in both languages", () => {
    for (const { contract, signature, intent, fields } of formats) {
      const called = changing(ABIS[contract as ContractName]).find((item) => toFunctionSignature(item) === signature);
      expect(
        fields.map(({ path }) => path),
        signature,
      ).to.deep.equal((called?.inputs ?? []).flatMap((input) => leaves(input)));
      for (const text of [intent, ...fields.map(({ label }) => label)]) {
        expect(text, signature).to.match(/^[ -~]+ \p{Script=Han}/u);
      }
    }
  });

  it("show money, energy, seconds and accounts as such", () => {
    for (const { contract, signature } of formats) {
      const [called] = changing(ABIS[contract as ContractName]).filter(
        (item) => toFunctionSignature(item) === signature,
      );
      const described = all[contract as CalledName].display.formats[signature]?.fields ?? [];
      const types = (called?.inputs ?? []).flatMap((input) => leafTypes(input));
      for (const [index, { path, format, params }] of described.entries()) {
        const where = `${contract}.${signature}: ${path}`;
        if (/Fen(\.\[\])?$/.test(path)) expect(params, where).to.deep.equal({ base: "元", decimals: 2 });
        if (/[a-z]Wh(\.\[\])?$/.test(path)) expect(params, where).to.deep.equal({ base: "kWh", decimals: 3 });
        if (types[index] === "uint40" || types[index] === "uint48") expect(format, where).to.equal("date");
        expect(format === "addressName", where).to.equal(types[index] === "address");
      }
    }
  });

  it("have a word for each number of an enum", () => {
    const counts = { size: FIRM_SIZES.length, direction: DIRECTIONS.length, voltage: VOLTAGES.length };
    const expected = { ...counts, source: SOURCES.length, role: Object.keys(ROLES).length };
    for (const [contract, { display, metadata }] of descriptors) {
      const referred = Object.values(display.formats)
        .flatMap(({ fields }) => fields)
        .filter(({ format }) => format === "enum")
        .map(({ params }) => String(params?.$ref).replace("$.metadata.enums.", ""));
      expect(Object.keys(metadata.enums ?? {}).sort(), contract).to.deep.equal([...new Set(referred)].sort());
      for (const [name, words] of Object.entries(metadata.enums ?? {})) {
        const count = Object.keys(words).length;
        if (name in expected) expect(count, name).to.equal(expected[name as keyof typeof expected]);
        // No debt has the code None.
        if (name === "code") expect(count).to.equal(DEBT_CODES.length - 1);
      }
    }
  });

  it("use every label there is", () => {
    const used = new Set(fields.map(({ label }) => label));
    expect(
      Object.entries(CALL_FIELDS)
        .filter(([, { label }]) => !used.has(label))
        .map(([name]) => name),
    ).to.deep.equal([]);
  });

  it("are the files of the package, but for the deployment; run `npm run codegen` when they are not", () => {
    const files = [...clearSigningFiles()].filter(([path]) => path.includes("/calldata-"));
    expect(files).to.have.length(descriptors.length);
    for (const [path, text] of files) {
      const name = path.slice(path.lastIndexOf("-") + 1, -".json".length) as CalledName;
      expect(readFileSync(join(root, path), "utf8"), path).to.equal(text);
      const { context, ...rest } = all[name];
      const { deployments, ...contract } = context.contract;
      expect(deployments).to.deep.equal([{ chainId: 2018, address: `0x${"1".repeat(40)}` }]);
      expect(JSON.parse(text)).to.deep.equal({ ...rest, context: { contract } });
    }
  });
});

function changing(abi: readonly unknown[]): AbiFunction[] {
  return (abi as AbiFunction[]).filter(
    ({ type, stateMutability }) => type === "function" && stateMutability !== "view" && stateMutability !== "pure",
  );
}

/** Paths of all parts, by the rules of ERC-7730. */
function leaves({ name, type, ...rest }: AbiParameter): string[] {
  const path = type.endsWith("]") ? `${name}.[]` : `${name}`;
  if (!("components" in rest)) return [path];
  return (rest.components as AbiParameter[]).flatMap(leaves).map((part) => `${path}.${part}`);
}

function leafTypes(input: AbiParameter): string[] {
  if ("components" in input) return input.components.flatMap(leafTypes);
  return [input.type.replace(/\[\d*\]$/, "")];
}
