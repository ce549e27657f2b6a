import { NetworkError } from "./problem.ts";

/** Asks a node; what goes wrong becomes a sentence that names node and question. */
export async function ask<Answer>(url: string, method: string, params: unknown[] = []): Promise<Answer> {
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
    throw new NetworkError({
      en: `"${url}" is not the address of a node's JSON-RPC, such as http://127.0.0.1:18501.`,
      zh: `“${url}”不是节点 JSON-RPC 的地址，应如 http://127.0.0.1:18501。`,
    });
  }
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    throw new NetworkError({
      en: `No node answers at ${url}: see whether it runs and listens there.`,
      zh: `${url} 处没有节点应答：请检查其是否在运行并监听该地址。`,
    });
  }
  const text = await response.text();
  let answer: { result?: Answer; error?: { code?: number; message?: string } };
  try {
    answer = JSON.parse(text);
  } catch {
    throw new NetworkError({
      en: `${url} answers, but not as a node does (HTTP ${response.status}): ${text.slice(0, 80)}.`,
      zh: `${url} 有应答，但不是节点（HTTP ${response.status}）：${text.slice(0, 80)}。`,
    });
  }
  if (answer.result !== undefined) return answer.result;
  const reason = answer.error?.message ?? (answer as { message?: string }).message ?? "no result";
  throw new NetworkError(
    {
      en: `${url} refuses ${method}: ${reason.replace(/\.$/, "")}.`,
      zh: `${url} 拒绝 ${method}：${reason.replace(/\.$/, "")}。`,
    },
    answer.error?.code,
  );
}
