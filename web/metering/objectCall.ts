import { objectionDesk } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { buildObjection, reasonHash } from "../../sdk/metering/objection.ts";
import type { Day } from "../../sdk/types/time.ts";

/** The call by which a participant objects to what is in force of a meter's day, with the hash of its reason. */
export async function objectToReading(platform: Platform, meter: bigint, day: Day, reason: string) {
  const args = await buildObjection(platform, meter, day, reasonHash(reason));
  return { ...contractAt(platform, objectionDesk), functionName: "object" as const, args };
}
