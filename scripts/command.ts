import { DujiangError } from "../sdk/types/errors.ts";

/** Runs a command: a refusal ends it with its sentence and exit code 1, anything else with its trace. */
export async function runCommand(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DujiangError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
