import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Interface } from "ethers";
import hre from "hardhat";
import { PERMISSIONS } from "../../../scripts/deploy/permissions.ts";
import { GOVERNED } from "../../../sdk/chain/contracts.ts";

/** What the compiler's syntax tree says of a contract, as far as it matters here. */
interface Node {
  id: number;
  nodeType: string;
  name: string;
  nodes?: Node[];
  linearizedBaseContracts?: number[];
  functionSelector?: string;
  implemented?: boolean;
  modifiers?: { modifierName: { name: string } }[];
}

/** Selectors of a contract's functions -> whether the one that runs is `restricted`. */
async function restrictedFunctions(contract: string): Promise<Map<string, boolean>> {
  const { sourceName, buildInfoId } = await hre.artifacts.readArtifact(contract);
  const path = (await hre.artifacts.getBuildInfoPath(buildInfoId!))!.replace(/\.json$/, ".output.json");
  const { output } = JSON.parse(readFileSync(path, "utf8")) as { output: { sources: Record<string, { ast: Node }> } };
  const definitions = new Map<number, Node>();
  let own: Node | undefined;
  for (const [source, { ast }] of Object.entries(output.sources)) {
    for (const node of ast.nodes ?? []) {
      if (node.nodeType !== "ContractDefinition") continue;
      definitions.set(node.id, node);
      if (source.endsWith(sourceName) && node.name === contract) own = node;
    }
  }
  const functions = new Map<string, boolean>();
  // Most derived first: the first implementation of a selector is the one that runs.
  for (const id of own!.linearizedBaseContracts!) {
    for (const { functionSelector, implemented, modifiers } of definitions.get(id)!.nodes ?? []) {
      if (functionSelector === undefined || implemented !== true || functions.has(functionSelector)) continue;
      functions.set(
        functionSelector,
        modifiers!.some(({ modifierName }) => modifierName.name === "restricted"),
      );
    }
  }
  return functions;
}

describe("the table of functions and roles", () => {
  for (const contract of GOVERNED) {
    describe(contract, () => {
      let abi: Interface;
      before(async () => {
        abi = new Interface((await hre.artifacts.readArtifact(contract)).abi);
      });

      it("has a line for every function that changes state, and no other", () => {
        const names: string[] = [];
        abi.forEachFunction(({ name, stateMutability }) => {
          if (!["view", "pure"].includes(stateMutability)) names.push(name);
        });
        expect(Object.keys(PERMISSIONS[contract])).to.have.members(names);
      });

      it("gives a role to what is restricted in the source, and a reason to the rest", async () => {
        const restricted = await restrictedFunctions(contract);
        const wanted: Record<string, string> = {};
        const found: Record<string, string> = {};
        for (const [name, decision] of Object.entries(PERMISSIONS[contract])) {
          wanted[name] = restricted.get(abi.getFunction(name)!.selector.slice(2)) ? "restricted" : "open";
          found[name] = typeof decision[0] === "object" ? "open" : "restricted";
        }
        expect(found).to.deep.equal(wanted);
      });
    });
  }
});
