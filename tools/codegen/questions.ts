import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { type DocumentNode, type OperationDefinitionNode, parse, print } from "graphql";
import { root } from "../../scripts/root.ts";

const SOURCE = "sdk/graphql/questions.graphql";

/** The typed questions of the sdk to the index, by path from the root. */
export async function questionFiles(schema: string): Promise<Map<string, string>> {
  const text = readFileSync(join(root, SOURCE), "utf8");
  const document = parse(text);
  const config = {
    ...{ scalars: { BigInt: { input: "bigint | string", output: "string" }, Date: "string" } },
    ...{ enumsAsTypes: true, immutableTypes: true, skipTypename: true, avoidOptionals: { field: true, object: false } },
  };
  const types = await codegen({
    ...{ filename: "questions.ts", schema: parse(schema), documents: [{ location: SOURCE, document }] },
    ...{ config, plugins: [{ operations: {} }], pluginMap: { operations } },
  });
  const header = `// Generated from questions.graphql and the index's schema by \`npm run codegen\`. Do not edit.\n`;
  const imports = `import type { Question } from "./ask.ts";\n\n`;
  return new Map([["sdk/graphql/questions.ts", `${header}${imports}${types.trim()}\n${questionsOf(document)}`]]);
}

/** Each query as a constant of its own, under what the comment above it says. */
function questionsOf({ definitions }: DocumentNode): string {
  const queries = definitions.filter((one): one is OperationDefinitionNode => one.kind === "OperationDefinition");
  return queries
    .map((query) => {
      const name = query.name?.value ?? "";
      const type = name.charAt(0).toUpperCase() + name.slice(1);
      const said = query.loc?.startToken.prev?.value?.trim() ?? "";
      const text = print(query).replace(/\s+/g, " ");
      return `
/** ${said} */
export const ${name}: Question<${type}Query, ${type}QueryVariables> =
  ${JSON.stringify(text)};
`;
    })
    .join("");
}
