/** `npm run codegen`: compiles, then writes the files that are generated and committed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../scripts/root.ts";
import { generatedFiles } from "./codegen/index.ts";
import { tool } from "./tool.ts";

const build = spawnSync(process.execPath, [tool("hardhat"), "build", "--no-tests", "--quiet"], {
  cwd: root,
  stdio: "inherit",
});
if (build.status !== 0) process.exit(1);

for (const [path, text] of await generatedFiles()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
