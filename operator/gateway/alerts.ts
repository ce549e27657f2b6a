import type { Words } from "./language.ts";

/**
 * Something that goes on until a person sees to it. Notices of /health are for everybody and cost nothing to answer; what stands
 * here is found in the tables and on the chain whenever it is asked for, so that an alert ends with its cause and nobody has to
 * put it away, and it is for staff alone.
 */
export interface Alert {
  code: string;
  /** What is wrong, with the figures of the moment. */
  sentences: Words;
  /** What to do about it. */
  step: Words;
  figures?: Record<string, string | number>;
}

/** Keys that cannot send, with the reason: the others go on, but what such a key signed waits for it. */
export const keysSetAside = (lame: ReadonlyMap<string, Words>): Alert[] =>
  [...lame].map(([account, { en, zh }]) => ({
    code: "KeySetAside",
    sentences: {
      en: `The service's account ${account} cannot send to the chain: ${en}`,
      zh: `服务账户 ${account} 无法向链提交：${zh}`,
    },
    step: {
      en: "Have the network let the account in and the council grant its role, or take the key out of the settings.",
      zh: "请为该账户办理网络准入并授予角色，或从配置中移除该密钥。",
    },
    figures: { account },
  }));
