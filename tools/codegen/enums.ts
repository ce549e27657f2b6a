import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { root } from "../../scripts/root.ts";

const HEADER = "// Generated from the contracts by `npm run codegen`. Do not edit.\n\n";
/** A file out of which something is generated. */
const DEFINES = /^(enum|library (Kinds|Roles)) /m;
/** As long as the formatter lets a line be. */
const WIDTH = 120;

interface Documented {
  name: string;
  documentation?: { text: string };
}
interface EnumDefinition extends Documented {
  nodeType: "EnumDefinition";
  members: Documented[];
}
interface Constant extends Documented {
  value: Literal | Shift;
}
interface Literal {
  nodeType: "Literal";
  value: string;
}
interface Shift {
  nodeType: "BinaryOperation";
  operator: string;
  leftExpression: Literal;
  rightExpression: Literal;
}
interface Library extends Documented {
  nodeType: "ContractDefinition";
  nodes: Constant[];
}
type Definition = EnumDefinition | Library | { nodeType: "ImportDirective" };

/**
 * What the sdk takes from the sources of the contracts, by path from the root: in each room the enums of the same room's
 * contracts, with them the kinds of participants, and the roles.
 */
export function enumFiles(): Map<string, string> {
  const parsed = parseContracts();
  const enums = new Map<string, string[]>();
  for (const [file, definitions] of parsed) {
    const [, room = ""] = file.split("/");
    const found = definitions.filter((node) => node.nodeType === "EnumDefinition").map(enumText);
    if (found.length > 0) enums.set(room, [...(enums.get(room) ?? []), ...found]);
  }
  enums.get("identity")?.push(kindsText(libraryOf(parsed, "contracts/identity/interfaces/IParticipantRegistry.sol")));
  const files = [...enums].map(([room, texts]): [string, string] => [
    `sdk/${room}/enums.ts`,
    HEADER + texts.join("\n"),
  ]);
  return new Map([
    ...files,
    ["sdk/access/roles.ts", HEADER + rolesText(libraryOf(parsed, "contracts/access/Roles.sol"))],
  ]);
}

/** The syntax trees of the files that define any of it; nothing is compiled. */
function parseContracts(): Map<string, Definition[]> {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const sources = globSync("contracts/**/*.sol", { cwd: root })
    .map((file) => [file.split(sep).join("/"), { content: readFileSync(join(root, file), "utf8") }] as const)
    .filter(([, { content }]) => DEFINES.test(content))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const settings = { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } };
  const input = { language: "Solidity", sources: Object.fromEntries(sources), settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    errors?: { formattedMessage: string }[];
    sources: Record<string, { ast: { nodes: Definition[] } }>;
  };
  if (output.errors !== undefined) throw new Error(output.errors.map((error) => error.formattedMessage).join("\n"));
  return new Map(Object.entries(output.sources).map(([file, { ast }]) => [file, ast.nodes]));
}

/** A tree that is only parsed has no comments at constants: they are read from the lines above. */
function withComment(file: string, constant: Constant): Constant {
  const above = new RegExp(`((?: *///.*\\n)*).* constant ${constant.name} =`).exec(
    readFileSync(join(root, file), "utf8"),
  );
  return { ...constant, documentation: { text: (above?.[1] ?? "").replaceAll("///", "") } };
}

function libraryOf(parsed: Map<string, Definition[]>, file: string): Library {
  const found = parsed.get(file)?.find((node) => node.nodeType === "ContractDefinition");
  if (found === undefined) throw new Error(`${file} has no library.`);
  return { ...found, nodes: found.nodes.map((constant) => withComment(file, constant)) };
}

/** TradeStatus -> TRADE_STATUSES, and the type of one of them. */
function enumText(definition: EnumDefinition): string {
  const { name, members } = definition;
  const list = plural(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase());
  const names = members.map((member) => `"${member.name}"`).join(", ");
  const line = `export const ${list} = [${names}] as const;\n`;
  const isShort = line.length <= WIDTH && members.every(({ documentation }) => documentation === undefined);
  const entries = members.map((member) => `${comment(member, "  ")}  "${member.name}",\n`).join("");
  const text = isShort ? line : `export const ${list} = [\n${entries}] as const;\n`;
  const description = requireComment(definition, "The index is the number on chain.");
  return `${description}${text}/** One of \`${list}\`. */\nexport type ${name} = (typeof ${list})[number];\n`;
}

/** GRID_COMPANY = 1 << 4 -> gridCompany: 1 << 4. */
function kindsText(library: Library): string {
  const entries = library.nodes.map((constant) => {
    const { value } = constant;
    if (value.nodeType !== "BinaryOperation") throw new Error(`Kind ${constant.name} is not written as a bit.`);
    const bit = `${value.leftExpression.value} ${value.operator} ${value.rightExpression.value}`;
    return `${comment(constant, "  ")}  ${camelCase(constant.name)}: ${bit},\n`;
  });
  return `/** What a participant may be, by its bit on chain. */
export const KINDS = {
${entries.join("")}} as const;
/** One of \`KINDS\`. */
export type Kind = keyof typeof KINDS;
`;
}

function rolesText(library: Library): string {
  const entries = library.nodes.map((constant) => {
    const { value } = constant;
    if (value.nodeType !== "Literal") throw new Error(`Role ${constant.name} has no plain number.`);
    return `${comment(constant, "  ")}  ${constant.name}: ${value.value}n,\n`;
  });
  return `/** Role ids of the platform's AccessManager: those of contracts/access/Roles.sol, and its own two. */
export const ROLES = {
  /** AccessManager's own admin: the consortium's council. */
  ADMIN: 0n,
${entries.join("")}  /** Everybody, held by nobody in particular. */
  PUBLIC: 2n ** 64n - 1n,
} as const;

/** One of \`ROLES\`. */
export type RoleName = keyof typeof ROLES;
`;
}

function requireComment(item: Documented, more: string): string {
  const { text = "" } = item.documentation ?? {};
  if (text === "") throw new Error(`Enum ${item.name} needs a comment that says what it is.`);
  return comment({ name: item.name, documentation: { text: `${text} ${more}` } }, "");
}

/** NatSpec as a comment of TypeScript, if there is any. */
function comment({ documentation }: Documented, indent: string): string {
  const text = (documentation?.text ?? "")
    .replace(/@(dev|notice)\s/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "") return "";
  const line = `${indent}/** ${text} */\n`;
  if (line.length <= WIDTH + 1) return line;
  const room = WIDTH - indent.length - " * ".length;
  const lines = [...text.matchAll(new RegExp(`(.{1,${room}})(?: |$)`, "g"))].map(([, part]) => `${indent} * ${part}\n`);
  return `${indent}/**\n${lines.join("")}${indent} */\n`;
}

function plural(name: string): string {
  if (name.endsWith("Y")) return `${name.slice(0, -1)}IES`;
  return `${name}${name.endsWith("S") ? "ES" : "S"}`;
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
