import { readFileSync } from "node:fs";
import hre from "hardhat";
import { childrenOf, type Node } from "../../tools/mutate/syntax.ts";

const OWN = "project/contracts/";
const BRANCHES = ["IfStatement", "Conditional", "RevertStatement"];

/** The escrow runs the code of opening as its own. */
const RUN_BY: Record<string, string> = {
  BilateralOpening: "TradeEscrow",
  RoundOpening: "TradeEscrow",
  MarginBook: "TradeEscrow",
  KwhClaims: "TradeEscrow",
};

/**
 * `Contract::function` of everything in contracts/ that can be called to change state and does not always do the same: its
 * own code, or code of ours that it calls in the same contract, decides something.
 */
export async function functionsWithBranches(): Promise<string[]> {
  const nodes = new Map<number, Node & { source: string }>();
  const contracts: Node[] = [];
  for (const [source, { ast }] of Object.entries(await syntaxTrees())) {
    const visit = (node: Node): void => {
      nodes.set(node.id as number, Object.assign(node, { source }));
      if (node.nodeType === "ContractDefinition" && source.startsWith(OWN)) contracts.push(node);
      for (const { child } of childrenOf(node)) visit(child);
    };
    visit(ast);
  }

  const found: string[] = [];
  for (const contract of contracts) {
    if (contract.contractKind !== "contract" || contract.abstract) continue;
    const functions = functionsOf(contract);
    for (const [signature, entry] of functions) {
      const changes = !["view", "pure"].includes(entry.stateMutability as string);
      const callable = ["external", "public"].includes(entry.visibility as string) && entry.kind === "function";
      if (!changes || !callable || !sourceOf(entry).startsWith(OWN) || !decides(entry, functions)) continue;
      found.push(`${RUN_BY[contract.name as string] ?? contract.name}::${signature.replace(/\(.*/, "")}`);
    }
  }
  return [...new Set(found)].sort();

  /** Every function of a contract by its signature, the one that counts where several override each other. */
  function functionsOf(contract: Node): Map<string, Node> {
    const functions = new Map<string, Node>();
    for (const id of contract.linearizedBaseContracts as number[]) {
      for (const member of (nodes.get(id) as Node).nodes as Node[]) {
        if (member.nodeType !== "FunctionDefinition" || !member.implemented) continue;
        if (!functions.has(signatureOf(member))) functions.set(signatureOf(member), member);
      }
    }
    return functions;
  }

  function decides(node: Node, functions: Map<string, Node>, seen = new Set<Node>()): boolean {
    if (seen.has(node)) return false;
    seen.add(node);
    if (BRANCHES.includes(node.nodeType) && sourceOf(node).startsWith(OWN)) return true;
    const called = nodes.get(node.referencedDeclaration as number);
    if (called?.nodeType === "FunctionDefinition") {
      // What is virtual is what the contract makes of it; what `super` calls is called besides.
      for (const code of [called, functions.get(signatureOf(called))]) {
        if (code?.implemented && decides(code, functions, seen)) return true;
      }
    }
    return [...childrenOf(node)].some(({ child }) => decides(child, functions, seen));
  }

  function sourceOf(node: Node): string {
    return nodes.get(node.id as number)?.source ?? "";
  }
}

function signatureOf(definition: Node): string {
  const parameters = (definition.parameters as Node).parameters as Node[];
  return `${definition.name}(${parameters
    .map((parameter) => (parameter.typeDescriptions as { typeString: string }).typeString)
    .join()})`;
}

/** What the compiler made of the contracts as they were built before the tests. */
async function syntaxTrees(): Promise<Record<string, { ast: Node }>> {
  const id = await hre.artifacts.getBuildInfoId("TradeEscrow");
  const path = await hre.artifacts.getBuildInfoOutputPath(id as string);
  return JSON.parse(readFileSync(path as string, "utf8")).output.sources;
}
