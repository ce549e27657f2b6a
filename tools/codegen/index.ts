import { abiFiles } from "./abis.ts";
import { clearSigningFiles } from "./clearSigning.ts";
import { commentsFile } from "./comments.ts";
import { debtCodeFiles } from "./debtCodes.ts";
import { enumFiles } from "./enums.ts";
import { graphqlSchema } from "./graphqlSchema.ts";
import { indexTypesFile } from "./indexTypes.ts";
import { openApiFiles } from "./openApi.ts";
import { questionFiles } from "./questions.ts";
import { solidityFiles } from "./solidity.ts";

/** Every file that is generated and committed, by path from the root. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const schema = graphqlSchema();
  return new Map([
    ...abiFiles(),
    ...(await solidityFiles()),
    ...enumFiles(),
    ...debtCodeFiles(),
    ...clearSigningFiles(),
    commentsFile(),
    ["indexer/schema.graphql", schema],
    indexTypesFile(schema),
    ...(await questionFiles(schema)),
    ...(await openApiFiles()),
  ]);
}
