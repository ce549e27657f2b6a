import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { Interface, type JsonFragmentType } from "ethers";
import { format, resolveConfig } from "prettier";
import { type Decision, PERMISSIONS, roleOf } from "../../scripts/deploy/permissions.ts";
import { root } from "../../scripts/root.ts";
import type { RoleName } from "../../sdk/access/roles.ts";
import { CONTRACTS, type ContractName, GOVERNED, type GovernedName } from "../../sdk/chain/contracts.ts";
import { camel, HEADER, readArtifact } from "./artifact.ts";

const DEPLOY = "test/utils/Deploy.sol";
const PERMISSIONS_FILE = "test/utils/Permissions.sol";
const PREAMBLE = `// SPDX-License-Identifier: Apache-2.0\n${HEADER}pragma solidity 0.8.37;\n`;

/** How the Solidity tests set up each contract of the register, by path from the root. */
export async function solidityFiles(): Promise<Map<string, string>> {
  const files: [string, string][] = [
    [DEPLOY, deployLibrary()],
    [PERMISSIONS_FILE, permissionsLibrary()],
  ];
  return new Map(await Promise.all(files.map(async ([path, text]) => [path, await formatted(path, text)] as const)));
}

function deployLibrary(): string {
  const types = new Set<string>(CONTRACTS);
  const functions = CONTRACTS.map((name) => {
    const inputs = constructorOf(name);
    for (const { internalType } of inputs) for (const type of typesIn(internalType ?? "")) types.add(type);
    const list = inputs.map((input) => `${solidityType(input)} ${argument(input)}`).join(", ");
    const encoded = inputs.length === 0 ? '""' : `abi.encode(${inputs.map(argument).join(", ")})`;
    return `function ${camel(name)}(${list}) internal returns (${name}) {
      return ${name}(_create("${name}", ${encoded}));
    }`;
  });
  return `${PREAMBLE}
${imports([...types], DEPLOY)}
import {Vm} from "./Vm.sol";

/// @notice Deploys the contracts from their artifacts: the very code that goes on a chain. \`new\` would put the code of all
/// of them into every test contract, and the compiler would optimise each copy for itself, for minutes.
library Deploy {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    ${functions.join("\n\n")}

    /// @dev Reverts with the error of the constructor.
    function _create(string memory name, bytes memory arguments) private returns (address created) {
        bytes memory code = bytes.concat(vm.getCode(name), arguments);
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
            if iszero(created) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }
}
`;
}

function permissionsLibrary(): string {
  return `${PREAMBLE}
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Roles} from "../../contracts/access/Roles.sol";

/// @notice Which role may call which function, as \`scripts/deploy/permissions.ts\` has it where finance is switched on. By
/// the admin of the manager.
library Permissions {
    uint256 private constant SELECTOR_BYTES = 4;

    ${GOVERNED.map(permissionsFunction).join("\n\n")}

    /// @param packed selectors, one after the other.
    function _ask(AccessManager manager, address target, uint64 role, bytes memory packed) private {
        bytes4[] memory selectors = new bytes4[](packed.length / SELECTOR_BYTES);
        for (uint256 i; i < packed.length; ++i) {
            selectors[i / SELECTOR_BYTES] |= bytes4(packed[i]) >> (8 * (i % SELECTOR_BYTES));
        }
        manager.setTargetFunctionRole(target, selectors, role);
    }
}
`;
}

function permissionsFunction(contract: GovernedName): string {
  const byRole = new Map<RoleName, string[]>();
  // A contract registered a moment ago has no decisions yet: they are written by the ABI that is generated now.
  for (const [name, decision] of Object.entries<Decision>(PERMISSIONS[contract] ?? {})) {
    const role = roleOf(decision, true);
    // What nobody spoke of asks for the admin already.
    if (role !== undefined && role !== "ADMIN") byRole.set(role, [...(byRole.get(role) ?? []), name]);
  }
  const abi = new Interface(readArtifact(contract).abi);
  const calls = [...byRole].map(([role, names]) => {
    const packed = names.map((name) => abi.getFunction(name)?.selector.slice(2)).join("");
    const id = role === "PUBLIC" ? "type(uint64).max" : `Roles.${role}`;
    return `// ${names.join(", ")}\n_ask(manager, target, ${id}, hex"${packed}");`;
  });
  return `function ${camel(contract)}(AccessManager manager, address target) internal {
      ${calls.join("\n")}
    }`;
}

function constructorOf(name: ContractName): readonly JsonFragmentType[] {
  return readArtifact(name).abi.find(({ type }) => type === "constructor")?.inputs ?? [];
}

/** A parameter's type and where it lies, as its function declares it. */
function solidityType({ internalType = "", type = "" }: JsonFragmentType): string {
  const name = (internalType || type).replace(/^(contract|struct|enum) /, "");
  const inMemory = name.endsWith("]") || internalType.startsWith("struct ") || ["string", "bytes"].includes(name);
  return inMemory ? `${name} memory` : name;
}

/** Named as in the contract, unless a function of the library has the name. */
function argument({ name = "" }: JsonFragmentType): string {
  const plain = name.replace(/_$/, "");
  return CONTRACTS.some((contract) => camel(contract) === plain) ? `${plain}_` : plain;
}

/** Names in a type that begin with a capital are declared somewhere. */
const typesIn = (internalType: string) => internalType.match(/\b[A-Z]\w*/g) ?? [];

/** Imports of what is declared at file level, from where it is. */
function imports(types: readonly string[], importer: string): string {
  const byFile = new Map<string, string[]>();
  const declared = declarations();
  for (const type of types) {
    const file = declared.get(type) ?? readArtifact(type).sourceName;
    byFile.set(file, [...(byFile.get(file) ?? []), type]);
  }
  const lines = [...byFile].map(([file, names]) => {
    const path = file.startsWith("contracts/") ? posix.relative(posix.dirname(importer), file) : file;
    return { ours: path !== file, line: `import {${names.sort().join(", ")}} from "${path}";` };
  });
  const sorted = (ours: boolean) =>
    lines
      .filter((each) => each.ours === ours)
      .map(({ line }) => line)
      .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
      .join("\n");
  return `${sorted(false)}\n\n${sorted(true)}`;
}

const pathOf = (line: string) => line.slice(line.indexOf('"'));

/** The file of `contracts/` that declares each type. */
function declarations(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of globSync("contracts/**/*.sol", { cwd: root })) {
    const path = file.split("\\").join("/");
    const text = readFileSync(join(root, file), "utf8");
    for (const [, name = ""] of text.matchAll(/^(?:abstract contract|contract|interface|struct|enum|type) (\w+)/gm)) {
      found.set(name, path);
    }
  }
  return found;
}

async function formatted(path: string, text: string): Promise<string> {
  const filepath = join(root, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
