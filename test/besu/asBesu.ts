import type { EIP1193RequestFn } from "viem";
import { answerAsBesu, type Chain } from "./rules.ts";

/** A chain inside this process that answers as Besu would. */
export function asBesu(request: EIP1193RequestFn): EIP1193RequestFn {
  const read: Chain["read"] = (method, params = []) => request({ method, params } as never);
  const ask: Chain["ask"] = async (method, params = []) => {
    try {
      return { result: await read(method, params) };
    } catch (error) {
      const { code = -32603, message, data } = error as { code?: number; message: string; data?: string };
      return { error: { code, message, ...(data === undefined ? {} : { data }) } };
    }
  };
  return (async ({ method, params = [] }: { method: string; params?: unknown[] }) => {
    const answer = await answerAsBesu({ method, params }, { ask, read, allowlist: undefined });
    if ("error" in answer) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer.result;
  }) as EIP1193RequestFn;
}
