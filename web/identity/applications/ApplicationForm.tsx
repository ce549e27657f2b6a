import { useState } from "react";
import { KINDS, type Kind } from "../../../sdk/identity/enums.ts";
import { kindsOf } from "../../../sdk/identity/kinds.ts";
import type { Application } from "../../../sdk/identity/participants.ts";
import { formatDecimal } from "../../../sdk/types/decimal.ts";
import { FIRM_SIZES, type FirmSize } from "../../../sdk/types/enums.ts";
import { formatDay } from "../../../sdk/types/time.ts";
import type { Fen } from "../../../sdk/types/units.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { useChain } from "../../chain/index.ts";
import { Failed, Field } from "../../design/index.ts";
import { Send } from "../../wallets/index.ts";
import { type Sentence, useWords } from "../../words/index.ts";
import { KIND_WORDS, SIZE_WORDS } from "../words.ts";
import { Difference } from "./Difference.tsx";
import type { TypedApplication } from "./makeApplication.ts";
import { SheetMaker } from "./SheetMaker.tsx";

interface FormProps {
  /** Of whom other particulars are proposed, and what is in force of it; undefined for a newcomer. */
  of?: { participant: number; inForce: Application };
}

/** What one registrar proposes; the difference to the chain is shown before it is sent. */
export function ApplicationForm({ of }: FormProps) {
  const say = useWords();
  const [typed, setTyped] = useState(() => beginning(of?.inForce));
  const [credential, setCredential] = useState<"keep" | "sheet">(of === undefined ? "sheet" : "keep");
  const set = (change: Partial<TypedApplication>) => setTyped((before) => ({ ...before, ...change }));
  const credentialHash = credential === "keep" ? (of?.inForce.credentialHash ?? "") : typed.credentialHash;
  const asked = { ...typed, credentialHash };
  const isComplete =
    typed.kinds.length > 0 &&
    typed.validUntil !== "" &&
    credentialHash !== "" &&
    (of !== undefined || typed.account.trim() !== "") &&
    (typed.factor !== "account" || typed.factorText.trim() !== "") &&
    (typed.factor !== "key" || typed.factorText.trim() !== "") &&
    (typed.controller !== "code" || typed.code.trim() !== "");
  const made = useChain(
    ["application made", of?.participant, asked],
    async ({ platform }) => (await import("./makeApplication.ts")).makeApplication(platform, asked, of?.participant),
    { enabled: isComplete },
  );
  const ready = isComplete ? made.data : undefined;
  const title: Sentence =
    of === undefined
      ? { en: "Propose the newcomer", zh: "提交注册申请" }
      : { en: `Propose the change of participant ${of.participant}`, zh: `提交参与方 ${of.participant} 的变更` };
  return (
    <div className="stack">
      <div className="columns">
        {of === undefined && (
          <Field
            label={{ en: "Account that it acts with", zh: "操作账户" }}
            hint={{
              en: "A key's account or a contract wallet; nobody else's, now or ever.",
              zh: "密钥账户或合约钱包；不得曾属于他人。",
            }}
          >
            <input value={typed.account} spellCheck={false} onChange={({ target }) => set({ account: target.value })} />
          </Field>
        )}
        <Field label={{ en: "Size of the firm", zh: "企业规模" }}>
          <select value={typed.size} onChange={({ target }) => set({ size: target.value as FirmSize })}>
            {FIRM_SIZES.map((size, at) => (
              <option key={size} value={size}>
                {say(SIZE_WORDS[wordsOf(FIRM_SIZES)[at] ?? ""] ?? { en: size, zh: size })}
              </option>
            ))}
          </select>
        </Field>
        <Field
          label={{ en: "Admitted until", zh: "有效期至" }}
          hint={{ en: "The last day of licence and authority.", zh: "证照与授权的最后一日。" }}
        >
          <input type="date" value={typed.validUntil} onChange={({ target }) => set({ validUntil: target.value })} />
        </Field>
      </div>
      <fieldset className="row">
        <legend>{say({ en: "Kinds", zh: "类型" })}</legend>
        {(Object.keys(KINDS) as Kind[]).map((kind) => (
          <label key={kind} className="row">
            <input
              type="checkbox"
              checked={typed.kinds.includes(kind)}
              onChange={({ target }) =>
                set({ kinds: target.checked ? [...typed.kinds, kind] : typed.kinds.filter((one) => one !== kind) })
              }
            />
            {say(KIND_WORDS[kind] ?? { en: kind, zh: kind })}
          </label>
        ))}
      </fieldset>
      {of !== undefined && (
        <Field label={{ en: "Papers", zh: "证照" }}>
          <select value={credential} onChange={({ target }) => setCredential(target.value as "keep" | "sheet")}>
            <option value="keep">{say({ en: "stay as they are", zh: "保持不变" })}</option>
            <option value="sheet">{say({ en: "new ones, by a new sheet", zh: "更换（新登记表）" })}</option>
          </select>
        </Field>
      )}
      {credential === "sheet" && <SheetMaker choose={(hash) => set({ credentialHash: hash ?? "" })} />}
      <Factor typed={typed} set={set} isKnown={of !== undefined} />
      <Controller typed={typed} set={set} isKnown={of !== undefined} />
      {isComplete && made.isError && <Failed error={made.error} />}
      <p>
        <Send
          title={title}
          isPrimary
          isDisabled={ready === undefined}
          call={async (platform) => {
            const { proposeParticipant, proposeRenewal } = await import("./calls.ts");
            return of === undefined
              ? proposeParticipant(platform, ready!.application)
              : proposeRenewal(platform, of.participant, ready!.application);
          }}
          done={() => {
            setTyped(beginning(of?.inForce));
            setCredential(of === undefined ? "sheet" : "keep");
          }}
        >
          {ready !== undefined && (
            <Difference inForce={ready.inForce} proposed={ready.application} verifiers={ready.verifiers} />
          )}
          <p>
            {say({
              en: "It takes effect when another registrar approves exactly this.",
              zh: "须由另一名注册员对此内容原样批准后生效。",
            })}
          </p>
        </Send>
      </p>
    </div>
  );
}

/** As it is typed: without its unit and separators. */
const typedYuan = (fen: Fen): string => formatDecimal(fen, 2).replaceAll(",", "");

function beginning(inForce: Application | undefined): TypedApplication {
  const isKnown = inForce !== undefined;
  return {
    account: "",
    kinds: isKnown ? kindsOf(inForce.kinds) : [],
    size: FIRM_SIZES[inForce?.size ?? 0] ?? "Unspecified",
    validUntil: isKnown ? formatDay(inForce.validUntil) : "",
    credentialHash: "",
    factor: isKnown ? "keep" : "none",
    factorText: "",
    limit: isKnown ? typedYuan(inForce.exposureLimitFen) : "0",
    controller: isKnown ? "keep" : "none",
    code: "",
  };
}

interface PartProps {
  typed: TypedApplication;
  set: (change: Partial<TypedApplication>) => void;
  isKnown: boolean;
}

function Factor({ typed, set, isKnown }: PartProps) {
  const say = useWords();
  return (
    <div className="columns">
      <Field label={{ en: "Second factor", zh: "第二因子" }}>
        <select
          value={typed.factor}
          onChange={({ target }) => set({ factor: target.value as TypedApplication["factor"], factorText: "" })}
        >
          {isKnown && <option value="keep">{say({ en: "stays as it is", zh: "保持不变" })}</option>}
          <option value="none">{say({ en: "none", zh: "无" })}</option>
          <option value="key">{say({ en: "a passkey or another key", zh: "通行密钥或其他公钥" })}</option>
          <option value="account">{say({ en: "another account", zh: "另一账户" })}</option>
        </select>
      </Field>
      {typed.factor === "account" && (
        <Field label={{ en: "Its account", zh: "第二因子账户" }}>
          <input
            value={typed.factorText}
            spellCheck={false}
            onChange={({ target }) => set({ factorText: target.value })}
          />
        </Field>
      )}
      {typed.factor === "key" && (
        <Field
          label={{ en: "Its key, as the applicant made it", zh: "申请方提供的公钥" }}
          hint={{
            en: "Applicants make it on this screen, and hand in the text.",
            zh: "申请方可在本页生成并提交该文本。",
          }}
        >
          <input
            value={typed.factorText}
            spellCheck={false}
            placeholder='{"kind":"passkey","x":"0x…","y":"0x…"}'
            onChange={({ target }) => set({ factorText: target.value })}
          />
        </Field>
      )}
      {typed.factor !== "none" && (
        <Field
          label={{ en: "Daily limit of its key, CNY", zh: "密钥当日限额（元）" }}
          hint={{
            en: "What it commits in a day beyond this, the second factor confirms.",
            zh: "当日承诺超过此额，须由第二因子确认。",
          }}
        >
          <input inputMode="decimal" value={typed.limit} onChange={({ target }) => set({ limit: target.value })} />
        </Field>
      )}
    </div>
  );
}

function Controller({ typed, set, isKnown }: PartProps) {
  const say = useWords();
  return (
    <div className="columns">
      <Field label={{ en: "Controller of the firm", zh: "企业控制人" }}>
        <select
          value={typed.controller}
          onChange={({ target }) => set({ controller: target.value as TypedApplication["controller"] })}
        >
          {isKnown && <option value="keep">{say({ en: "stays as it is", zh: "保持不变" })}</option>}
          <option value="none">{say({ en: "none is declared", zh: "未申报" })}</option>
          <option value="code">{say({ en: "by its credit code", zh: "按统一社会信用代码" })}</option>
        </select>
      </Field>
      {typed.controller === "code" && (
        <Field
          label={{ en: "Unified social credit code", zh: "统一社会信用代码" }}
          hint={{
            en: "Its hash goes on chain: participants with the same are affiliates.",
            zh: "哈希上链：相同者视为关联方。",
          }}
        >
          <input value={typed.code} maxLength={18} onChange={({ target }) => set({ code: target.value })} />
        </Field>
      )}
    </div>
  );
}
