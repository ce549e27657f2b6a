import type { ApplicationField } from "../../../sdk/identity/changes.ts";
import { kindsOf } from "../../../sdk/identity/kinds.ts";
import type { Application } from "../../../sdk/identity/participants.ts";
import { FIRM_SIZES } from "../../../sdk/types/enums.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import { formatDay } from "../../../sdk/types/time.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { unbroken, written, yuan } from "../../words/index.ts";
import { KIND_WORDS, SIZE_WORDS } from "../words.ts";

export const FIELD_WORDS: Record<ApplicationField, Sentence> = {
  account: { en: "Account", zh: "操作账户" },
  kinds: { en: "Kinds", zh: "类型" },
  size: { en: "Size", zh: "企业规模" },
  validUntil: { en: "Admitted until", zh: "有效期至" },
  credentialHash: { en: "Hash of the papers", zh: "证照哈希" },
  secondFactor: { en: "Second factor", zh: "第二因子" },
  exposureLimitFen: { en: "Daily limit of its key", zh: "密钥当日限额" },
  controller: { en: "Controller", zh: "控制人" },
};

/** Addresses of the verifiers by which keys of second factors are told apart. */
export type Verifiers = Readonly<Record<"PasskeyVerifier" | "P256Verifier" | "RsaVerifier", string>>;

const ACCOUNT_CHARACTERS = 42;

/** A part of an application as people read it: words, and the text that only machines compare. */
export function partsOf(
  field: ApplicationField,
  application: Application,
  verifiers: Verifiers,
): { words?: Sentence; code?: string } {
  switch (field) {
    case "account":
    case "credentialHash":
      return { code: application[field] };
    case "kinds": {
      const kinds = kindsOf(application.kinds).map((kind) => KIND_WORDS[kind] ?? { en: kind, zh: kind });
      return {
        words: { en: kinds.map(({ en }) => en).join(", "), zh: kinds.map(({ zh }) => zh).join("、") },
      };
    }
    case "size": {
      const size = wordsOf(FIRM_SIZES)[application.size] ?? "unspecified";
      return { words: SIZE_WORDS[size] ?? { en: size, zh: size } };
    }
    case "validUntil": {
      const date = unbroken(formatDay(application.validUntil));
      return { words: { en: date, zh: date } };
    }
    case "exposureLimitFen":
      if (application.secondFactor === "0x")
        return { words: { en: "no second factor, no limit", zh: "无第二因子，不设限额" } };
      return {
        words: {
          en: written(yuan("en", application.exposureLimitFen)),
          zh: written(yuan("zh", application.exposureLimitFen)),
        },
      };
    case "secondFactor":
      return factorParts(application.secondFactor, verifiers);
    case "controller":
      if (BigInt(application.controller) === 0n) return { words: { en: "none declared", zh: "未申报" } };
      return { code: application.controller };
  }
}

function factorParts(signer: string, verifiers: Verifiers): { words: Sentence; code?: string } {
  if (signer === "0x") return { words: { en: "none", zh: "无" } };
  if (signer.length === ACCOUNT_CHARACTERS) return { words: { en: "another account", zh: "另一账户" }, code: signer };
  const isBehind = (verifier: string) => signer.toLowerCase().startsWith(verifier.toLowerCase());
  const words = isBehind(verifiers.PasskeyVerifier)
    ? { en: "passkey", zh: "通行密钥" }
    : isBehind(verifiers.P256Verifier)
      ? { en: "P-256 key", zh: "P-256 密钥" }
      : isBehind(verifiers.RsaVerifier)
        ? { en: "RSA key", zh: "RSA 密钥" }
        : { en: "a verifier that is none of the platform's", zh: "非本平台的验证合约" };
  return { words, code: signer };
}

export const DECISION_WORDS: Record<string, Sentence> = {
  pending: { en: "waits for a second registrar", zh: "待复核" },
  approved: { en: "approved", zh: "已批准" },
  rejected: { en: "refused", zh: "已驳回" },
  replaced: { en: "replaced by a later one", zh: "已被新的申请替代" },
};

export const REPLACEMENT_WORDS: Record<string, Sentence> = {
  proposed: { en: "waits for a second registrar", zh: "待复核" },
  approved: { en: "approved, time to object", zh: "已批准，异议期内" },
  objected: { en: "ended by objection", zh: "因异议终止" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
  completed: { en: "completed", zh: "已完成" },
};

export const shortOf = (account: string): string => `${account.slice(0, 6)}…${account.slice(-4)}`;
