import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/root.ts";

/** Runs a command of `scripts/` against a local chain, as its user does: exit code, and everything it printed. */
export async function runScript(
  script: string,
  chainUrl: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const command = ["--import", "tsx", join("scripts", script), ...args];
  const env = { ...process.env, RPC_URL: chainUrl };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}
