import { createClient, custom, numberToHex } from "viem";
import type { Platform } from "../../sdk/chain/client.ts";

/** The platform as it stood at a block, for what is read by calls: the index is a few blocks behind, and says of which block it speaks. */
export function platformAt(platform: Platform, block: bigint): Platform {
  const { client } = platform;
  const at = numberToHex(block);
  const request = ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    if (method === "eth_blockNumber") return Promise.resolve(at);
    const [asked, ...rest] = (params ?? []) as readonly unknown[];
    const there = method === "eth_call" ? [asked, at, ...rest.slice(1)] : params;
    return client.request({ method, params: there } as never);
  };
  return { ...platform, client: createClient({ chain: client.chain, transport: custom({ request }) }) };
}
