import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../../scripts/root.ts";

const HEADER = "// Generated from indexer/src/*/schema.ts and IMarketRules.sol by `npm run codegen`. Do not edit.\n\n";

/** What the index's tables and the rules they hold say of their fields, as its GraphQL schema repeats it. */
export function commentsFile(): [string, string] {
  const comments = Object.fromEntries([...ofTables(), ...ofStructs()].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${HEADER}/** Comments by "table" and "table.column", "Struct" and "Struct.member". */\nexport const COMMENTS: Readonly<Record<string, string>> = ${JSON.stringify(comments, null, 2)};\n`;
  return ["indexer/src/api/graphql/comments.ts", text];
}

function ofTables(): [string, string][] {
  return globSync("indexer/src/*/schema.ts", { cwd: root }).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
    return source.statements.filter(ts.isVariableStatement).flatMap((statement) => {
      const [declaration] = statement.declarationList.declarations;
      const name = declaration?.name.getText() ?? "";
      const found: [string, string][] = [[name, commentOf(statement)]];
      const visit = (node: ts.Node): void => {
        if (ts.isPropertyAssignment(node)) found.push([`${name}.${node.name.getText()}`, commentOf(node)]);
        ts.forEachChild(node, visit);
      };
      ts.forEachChild(statement, visit);
      return found.filter(([, comment]) => comment !== "");
    });
  });
}

const commentOf = (node: ts.Node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => plain(typeof comment === "string" ? comment : ""))
    .join(" ");

/** The structs of a rule set, whose members say in their NatSpec what they are. */
function ofStructs(): [string, string][] {
  const source = readFileSync(join(root, "contracts/market/interfaces/IMarketRules.sol"), "utf8");
  return [...source.matchAll(/((?:^\/\/\/.*\n)*)^struct (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(
    ([, above = "", struct = "", body = ""]) => {
      const members = [...body.matchAll(/((?:^ +\/\/\/.*\n)*)^ +[\w.[\]]+ (\w+);/gm)];
      return [
        [struct, natSpec(above)],
        ...members.map(([, doc = "", name]) => [`${struct}.${name}`, natSpec(doc)]),
      ].filter(([, comment]) => comment !== "") as [string, string][];
    },
  );
}

const natSpec = (lines: string) => plain(lines.replaceAll(/^\s*\/\/\/ ?(@(notice|dev|title) )?/gm, ""));
const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();
