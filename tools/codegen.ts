/** `npm run codegen`: writes the files that are generated and committed, first those that are compiled themselves. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../scripts/root.ts";
import { commentsFile } from "./codegen/comments.ts";
import { debtCodeFiles } from "./codegen/debtCodes.ts";
import { tool } from "./tool.ts";

write(new Map([...debtCodeFiles(), commentsFile()]));

const build = spawnSync(process.execPath, [tool("hardhat"), "build", "--no-tests", "--quiet"], {
  cwd: root,
  stdio: "inherit",
});
if (build.status !== 0) process.exit(1);

// Read only now: they import what was just written.
const { abiFiles } = await import("./codegen/abis.ts");
write(abiFiles());
const { generatedFiles } = await import("./codegen/index.ts");
write(await generatedFiles());

function write(files: Map<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
}
