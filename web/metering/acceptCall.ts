import { meterRegistry } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";

/** The call by which a participant agrees with a version of a meter's day. */
export const acceptReading = (
  platform: Platform,
  meter: bigint,
  { day, version }: { day: number; version: number },
) => ({
  ...contractAt(platform, meterRegistry),
  functionName: "accept" as const,
  args: [{ meter, day }, version] as const,
});
