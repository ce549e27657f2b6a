import { HTTPException } from "hono/http-exception";
import { isOfNode } from "../../sdk/index.ts";
import { Refusal } from "./refusal.ts";

/** Bytes of a usual message. */
export const BODY_BYTES = 65_536;

/** What a failed request is answered with; undefined if nobody foresaw it. */
export function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof HTTPException) return refusedByServer(error.status);
  if (isOfNode(error)) return CHAIN_AWAY;
  if (isDatabaseAway(error)) return DATABASE_AWAY;
  return undefined;
}

export const NOT_FOUND = new Refusal(404, "NotFound", {
  en: "There is nothing at this address: /openapi.json lists what there is.",
  zh: "此地址没有内容：可用的接口见 /openapi.json。",
});

export const TOO_LARGE = new Refusal(413, "TooLarge", {
  en: `The message has more than ${BODY_BYTES} bytes: send less at a time.`,
  zh: `消息超过 ${BODY_BYTES} 字节：请分次发送。`,
});

export const STAND_BY = new Refusal(503, "StandBy", {
  en: "This process stands by: another one over the same database does the work, ask that one.",
  zh: "本进程处于待命状态，由使用同一数据库的另一进程提供服务：请访问该进程。",
});

export const UNFORESEEN = new Refusal(503, "Unforeseen", {
  en: "The service could not finish this, and its log says why: try again, or tell its operator the request id.",
  zh: "服务未能完成该请求，原因已记入日志：请重试，或将请求编号告知运营方。",
});

const CHAIN_AWAY = new Refusal(503, "ChainAway", {
  en: "The chain's node does not answer at the moment, so nothing can be checked against it: try again shortly.",
  zh: "区块链节点暂时没有应答，无法核验：请稍后重试。",
});

const DATABASE_AWAY = new Refusal(503, "DatabaseAway", {
  en: "The database does not answer at the moment: nothing was kept, try again shortly.",
  zh: "数据库暂时没有应答，内容未保存：请稍后重试。",
});

function refusedByServer(status: number): Refusal | undefined {
  if (status === 413) return TOO_LARGE;
  if (status === 415) {
    const words = {
      en: 'The message must say that it is JSON: send the header "content-type: application/json".',
      zh: '消息须注明为 JSON：请加上 "content-type: application/json" 头。',
    };
    return new Refusal(415, "NotJson", words);
  }
  if (status === 400) {
    return new Refusal(400, "NotJson", { en: "The message is not JSON.", zh: "消息不是有效的 JSON。" });
  }
  return undefined;
}

/** Drizzle wraps what the driver says; a server that restarts ends connections in several ways. */
function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, message = "", cause } = error as { code?: string; message?: string; cause?: unknown };
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0[1-3]|08\w{3}|53300)$/.test(code ?? "") ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(message) ||
    isDatabaseAway(cause, depth + 1)
  );
}
