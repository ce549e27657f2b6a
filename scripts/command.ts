import { explain } from "../sdk/errors/explain.ts";
import { isOfNode } from "../sdk/errors/nodeError.ts";
import { DujiangError } from "../sdk/types/errors.ts";
import { spokenLanguage } from "./language.ts";

/** Runs a command: a refusal, or a node's failure, ends it with its sentence and exit code 1, anything else with its trace. */
export async function runCommand(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DujiangError) && !isOfNode(error)) throw error;
    console.error(explain(error, spokenLanguage()));
    process.exitCode = 1;
  }
}
