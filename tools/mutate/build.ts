import { posix } from "node:path";
import { type Compiled, compile, errorsOf, readSources, type Sources } from "./compile.ts";
import { constantsOf, findPoints, type Point } from "./points.ts";
import { blamed, type Mutant, neverSet, type Rewritten, rewrite, SWITCH } from "./schemata.ts";

/** The file that says which mutant is active, and the library whose address is its number: nothing is linked there. */
const SWITCH_FILE = "contracts/ActiveMutant.sol";
const SWITCH_SOURCE = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

library ActiveMutant {
    function unused() external pure {}
}

function ${SWITCH}(uint160 id) pure returns (bool) {
    uint160 active = uint160(address(ActiveMutant));
    if (active == type(uint160).max) {
        function(uint256) view writing = noteReached;
        function(uint256) pure noting;
        assembly ("memory-safe") {
            // A pure function may not call others; this call reaches the test runner only.
            noting := writing
        }
        noting(id);
    }
    return active == id;
}

function noteReached(uint256 id) view {
    assembly ("memory-safe") {
        let free := mload(0x40)
        mstore(free, id)
        pop(staticcall(gas(), 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE, free, 32, 0, 0))
    }
}
`;
const SWITCHED_MODIFIERS: [file: string, before: string, after: string][] = [
  [
    "@openzeppelin/contracts/access/manager/AccessManaged.sol",
    "modifier restricted() {",
    `modifier restrictedUnless(uint160 mutant) {
        if (!${SWITCH}(mutant)) _checkCanCall(_msgSender(), _msgData());
        _;
    }

    `,
  ],
  ...["ReentrancyGuard", "ReentrancyGuardTransient"].map((name): [string, string, string] => [
    `@openzeppelin/contracts/utils/${name}.sol`,
    "modifier nonReentrant() {",
    `modifier nonReentrantUnless(uint160 mutant) {
        if (!${SWITCH}(mutant)) _nonReentrantBefore();
        _;
        if (!${SWITCH}(mutant)) _nonReentrantAfter();
    }

    `,
  ]),
];

export interface MutatedBuild {
  mutants: Mutant[];
  sources: Sources;
}

/** Finds every mutant of the files that `isMutated` picks and writes them all into the sources, as far as they compile. */
export function mutate(root: string, isMutated: (file: string) => boolean): MutatedBuild {
  const originals = readSources(root, ["contracts"]);
  const trees = compile(originals, { outputSelection: { "*": { "": ["ast"] } } });
  refuseErrors(trees);
  const constants = constantsOf(Object.values(trees.sources).map(({ ast }) => ast));

  const files = Object.keys(originals).filter(isMutated).sort();
  let nextId = 1;
  const plans = files.map((file) => {
    const text = asBytes(originals[file] as string);
    const points = findPoints((trees.sources[file] as { ast: never }).ast, text, constants).map((point) => {
      const mutants = point.changes.map((change) => mutantOf(nextId++, file, text, point, change));
      return { ...point, mutants };
    });
    return { file, text, points };
  });

  const mutants = plans.flatMap(({ points }) => points.flatMap((point) => point.mutants));
  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));

  const sources: Sources = { ...originals, [SWITCH_FILE]: SWITCH_SOURCE };
  for (const [file, before, added] of SWITCHED_MODIFIERS) {
    const text = originals[file];
    if (text !== undefined) sources[file] = withSwitch(file, text.replace(before, `${added}${before}`));
  }
  // Some changes do not compile, such as a storage reference that is never set: leave them out until the rest does.
  const dropped = new Set<number>();
  while (true) {
    const rewritten = new Map<string, Rewritten>();
    for (const { file, text, points } of plans) {
      const kept = points.map((point) => ({ ...point, mutants: point.mutants.filter(({ id }) => !dropped.has(id)) }));
      const result = rewrite(text, kept);
      rewritten.set(file, result);
      sources[file] = withSwitch(file, fromBytes(result.text));
    }
    const checked = compile(sources, { outputSelection: { "*": { "": ["ast"] } } });
    const errors = errorsOf(checked);
    if (errors.length === 0) break;
    const before = dropped.size;
    for (const { sourceLocation } of errors) {
      const file = sourceLocation && rewritten.get(sourceLocation.file);
      if (!file || !sourceLocation) continue;
      const ids = blamed(file, sourceLocation);
      for (const id of ids.length > 0 ? ids : neverSet(file, sourceLocation, byId)) dropped.add(id);
    }
    if (dropped.size === before) refuseErrors(checked);
  }
  return { mutants: mutants.filter(({ id }) => !dropped.has(id)), sources };
}

function mutantOf(id: number, file: string, text: string, point: Point, change: Point["changes"][number]): Mutant {
  return {
    id,
    file,
    line: text.slice(0, point.start).split("\n").length,
    where: point.where,
    operator: change.operator,
    original: fromBytes(text.slice(point.start, point.end)),
    mutated: fromBytes(change.text),
  };
}

export function refuseErrors(compiled: Compiled): void {
  const errors = errorsOf(compiled);
  if (errors.length === 0) return;
  throw new Error(
    `The contracts do not compile:\n${errors.map(({ formattedMessage }) => formattedMessage).join("\n")}`,
  );
}

/** Imports stand at the end, so that no offset moves. */
function withSwitch(file: string, text: string): string {
  const path = posix.relative(posix.dirname(file), SWITCH_FILE);
  return `${text}\nimport {${SWITCH}} from "${path.startsWith(".") ? path : `./${path}`}";\n`;
}

function asBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function fromBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString();
}
