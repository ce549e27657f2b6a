import { readContract } from "viem/actions";
import { creditLedger } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { GRADES, type Grade } from "../../sdk/credit/enums.ts";
import { nameOf } from "../../sdk/types/words.ts";

/** The grade of a participant as the ledger has it now. */
export async function readGrade(platform: Platform, participant: number): Promise<Grade> {
  const ledger = contractAt(platform, creditLedger);
  return nameOf(
    GRADES,
    await readContract(platform.client, { ...ledger, functionName: "gradeOf", args: [participant] }),
  );
}
