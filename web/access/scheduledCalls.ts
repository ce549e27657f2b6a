import { getBlock } from "viem/actions";
import { readScheduled, type Scheduled } from "../../sdk/access/permissions.ts";
import type { Platform } from "../../sdk/chain/client.ts";
import { type DescribedCall, describeCall } from "../../sdk/wallets/transaction.ts";

export { cancelScheduled } from "../../sdk/access/permissions.ts";

export type Waiting = Scheduled & DescribedCall;

/** Decisions that wait for their delay, with what each would do, and as of which block. */
export async function readWaiting(platform: Platform): Promise<{ block: bigint; calls: Waiting[] }> {
  const { number: block } = await getBlock(platform.client);
  const calls = await readScheduled(platform);
  return { block, calls: calls.map((each) => ({ ...each, ...describeCall(platform, each) })) };
}
