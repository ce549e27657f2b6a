import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { hashTypedData, zeroAddress } from "viem";
import { root } from "../../scripts/root.ts";
import { formatKwh, formatYuan, formatYuanPerMwh } from "../../sdk/types/units.ts";
import { clearSigning, TYPES } from "../../sdk/wallets/clearSigning.ts";
import type { ShownField } from "../../sdk/wallets/shownField.ts";
import { clearSigningFiles } from "../../tools/codegen/clearSigning.ts";

describe("ERC-7730 descriptors", () => {
  const address = (digit: number) => `0x${String(digit).repeat(40)}` as const;
  const contracts = {
    TradeEscrow: { address: address(1) },
    DraftingDesk: { address: address(2) },
    DepositToken: { address: address(3) },
    SecondFactor: { address: address(4) },
  };
  const all = clearSigning({ chainId: 2018, contracts: contracts as never });
  const formats = Object.values(all).flatMap(({ display }) => Object.entries(display.formats));

  it("are there for everything that is signed", () => {
    expect(formats.map(([type]) => type).sort()).to.deep.equal(
      Object.keys(TYPES)
        .filter((type) => type !== "Band")
        .sort(),
    );
  });

  it("are there for every message whose signature a contract takes", () => {
    const sources = globSync("contracts/**/*.sol", { cwd: root }).map((file) => readFileSync(join(root, file), "utf8"));
    const named = sources.flatMap((source) => [
      ...source.matchAll(/"([A-Z]\w+)\((?:address|u?int\d+|bytes\d*|bool) /g),
    ]);
    const signed = new Set(named.map(([, name = ""]) => name).filter((name) => name !== "Band"));
    if (sources.some((source) => source.includes("ERC20Permit"))) signed.add("Permit");
    expect(signed.size).to.be.greaterThan(4);
    expect(formats.map(([type]) => type)).to.include.members([...signed]);
  });

  it("are the files of the package, but for the deployment; run `npm run codegen` when they are not", () => {
    for (const [path, text] of clearSigningFiles()) {
      if (path.includes("calldata-")) continue;
      expect(readFileSync(join(root, path), "utf8"), path).to.equal(text);
      const name = path.slice(path.lastIndexOf("/") + 1, -".json".length) as keyof typeof all;
      const { deployments: _, ...eip712 } = all[name].context.eip712;
      expect(JSON.parse(text)).to.deep.equal({ ...all[name], context: { eip712 } });
    }
  });

  it("show every field, in the order it is signed", () => {
    for (const [type, { fields }] of formats) {
      const paths = TYPES[type as keyof typeof TYPES].flatMap(({ name }) =>
        name === "bands" ? TYPES.Band.map((part) => `bands.[].${part.name}`) : [name],
      );
      expect(fields.map(({ path }) => path)).to.deep.equal(paths);
      expect(fields.every(({ label }) => /^[ -~]+ \p{Script=Han}/u.test(label))).to.equal(true);
    }
  });

  it("bind to the contract, the chain and the very types that are hashed", () => {
    for (const { context } of Object.values(all)) {
      const [deployment] = context.eip712.deployments ?? [];
      for (const { primaryType, types } of context.eip712.schemas) {
        const domain = {
          name: "deposits",
          ...context.eip712.domain,
          chainId: 2018,
          verifyingContract: deployment?.address ?? zeroAddress,
        };
        const message = Object.fromEntries(TYPES[primaryType].map(({ name, type }) => [name, emptyOf(type)]));
        const hash = hashTypedData({ domain, primaryType, types, message } as never);
        const plain = { [primaryType]: TYPES[primaryType], Band: TYPES.Band };
        expect(hash).to.equal(hashTypedData({ domain, primaryType, types: plain, message } as never));
      }
    }
  });

  it("show amounts as the sdk does", () => {
    const shown = (path: string, value: bigint) => {
      const field = formats.flatMap(([, { fields }]) => fields).find((one) => one.path === path) as ShownField;
      const { base, decimals } = field.params as { base: string; decimals: number };
      const digits = String(value).padStart(decimals + 1, "0");
      return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)} ${base}`;
    };
    expect(shown("totalAmountFen", 40_120n)).to.equal(formatYuan(40_120n));
    expect(shown("totalEnergyWh", 123_456n)).to.equal(formatKwh(123_456n));
    expect(shown("bands.[].priceFenPerMWh", 40_120n)).to.equal(formatYuanPerMwh(40_120));
  });
});

function emptyOf(type: string): unknown {
  if (type.endsWith("[]")) return [];
  if (type === "address") return zeroAddress;
  if (type === "bool") return false;
  if (type === "bytes32") return `0x${"00".repeat(32)}`;
  return 0n;
}
