import { useState } from "react";
import type { Hex } from "viem";
import { reachChain } from "../chain/index.ts";
import { Dialog, Failed } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { FileHash } from "../records/FileHash.tsx";
import { Send, useSigner } from "../wallets/index.ts";
import { time, unbroken, useFormat, useWords, written } from "../words/index.ts";
import { fieldsOf } from "./confirming.ts";
import type { DraftRow } from "./draftQueries.ts";

/** So long a signature counts: time to hand it in, and no longer. */
const GOOD_SECONDS = 3_600;

interface Signed {
  signature: Hex;
  expiry: bigint;
}

/** What a debtor can do with a draft: read what it signs and confirm it, or refuse it. */
export function Review({ draft }: { draft: DraftRow }) {
  const say = useWords();
  const [reason, setReason] = useState<Hex>();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="stack">
      <p>
        <button type="button" className="button primary" onClick={() => setOpen(true)}>
          {say({ en: `Review and confirm draft ${draft.id}`, zh: `核对并确权草稿 ${draft.id}` })}
        </button>
      </p>
      {isOpen && <Confirm draft={draft} close={() => setOpen(false)} />}
      <details>
        <summary>{say({ en: "Refuse it", zh: "拒绝确权" })}</summary>
        <FileHash
          label={{ en: "File that says why", zh: "说明理由的文件" }}
          hint={{ en: "It stays on this device; its hash goes on chain.", zh: "文件留在本设备，仅其哈希上链。" }}
          choose={setReason}
        />
        <Send
          title={{ en: `Refuse draft ${draft.id}`, zh: `拒绝草稿 ${draft.id}` }}
          isDisabled={reason === undefined}
          call={async (platform) => (await import("./calls.ts")).refuseDraft(platform, BigInt(draft.id), reason!)}
        >
          <p>
            {say({
              en: `You refuse draft ${draft.id} for good; a signature that you gave for it becomes void. The supplier can draft a corrected one.`,
              zh: `您将最终拒绝草稿 ${draft.id}；此前对其作出的签名失效。供应商可以更正后重新起草。`,
            })}
          </p>
        </Send>
      </details>
    </div>
  );
}

/** Two steps: the debtor signs what it owes, and the signature is handed in. */
function Confirm({ draft, close }: { draft: DraftRow; close: () => void }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [signer, now] = [useSigner(), useChainNow()];
  const [signed, setSigned] = useState<Signed>();
  const [error, setError] = useState<unknown>();
  const [isAsking, setAsking] = useState(false);
  const sign = async () => {
    if (signer === undefined || now === undefined) return;
    setError(undefined);
    setAsking(true);
    try {
      const expiry = BigInt(now + GOOD_SECONDS);
      const [{ platform }, { signDraft }] = await Promise.all([reachChain(), import("./signDraft.ts")]);
      setSigned({ signature: await signDraft(platform, draft, expiry, signer), expiry });
    } catch (refused) {
      setError(refused);
    }
    setAsking(false);
  };
  return (
    <Dialog title={{ en: `Confirm draft ${draft.id}`, zh: `确权草稿 ${draft.id}` }} close={close}>
      <p>
        {say({
          en: `You owe participant ${draft.creditorId} ${written(yuan(BigInt(draft.amountFen)))}, to be paid on ${unbroken(draft.dueDate)} to those who hold the receivable then. This cannot be taken back.`,
          zh: `您确认欠参与方 ${draft.creditorId} ${written(yuan(BigInt(draft.amountFen)))}，于 ${unbroken(draft.dueDate)} 向届时的持有人付款。确权后不可撤回。`,
        })}
      </p>
      <p>{say({ en: "The wallet shows the same in these words:", zh: "钱包将显示以下字段，请逐项核对：" })}</p>
      <dl className="facts">
        {fieldsOf(draft).map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      {error !== undefined && <Failed error={error} />}
      {signed === undefined ? (
        <p>
          <button
            type="button"
            className="button primary"
            disabled={isAsking || signer === undefined || now === undefined}
            onClick={() => void sign()}
          >
            {say(
              isAsking
                ? { en: "The wallet is asking …", zh: "请在钱包中核对……" }
                : { en: "Sign in the wallet", zh: "在钱包中签名" },
            )}
          </button>
        </p>
      ) : (
        <div className="stack">
          <p className="note">
            {say({
              en: `Signed; it counts once it is handed in, until ${unbroken(time(signed.expiry))}.`,
              zh: `已签名；提交后生效，签名有效至 ${unbroken(time(signed.expiry))}。`,
            })}
          </p>
          <p>
            <Send
              title={{ en: "Hand in the confirmation", zh: "提交确权" }}
              isPrimary
              done={close}
              call={async (platform) =>
                (await import("./calls.ts")).confirmClaim(platform, BigInt(draft.id), signed.expiry, signed.signature)
              }
            >
              <p>
                {say({
                  en: `Draft ${draft.id} becomes a receivable of ${written(yuan(BigInt(draft.amountFen)))}, which you owe.`,
                  zh: `草稿 ${draft.id} 将成为您应付的应收账款，金额 ${written(yuan(BigInt(draft.amountFen)))}。`,
                })}
              </p>
            </Send>
          </p>
        </div>
      )}
    </Dialog>
  );
}
