import { useState } from "react";
import type { Address, Hex } from "viem";
import { Field } from "../../design/index.ts";
import { FileHash } from "../../records/FileHash.tsx";
import { Send } from "../../wallets/index.ts";
import { useWords } from "../../words/index.ts";
import { type Chosen, ParticipantField } from "../ParticipantField.tsx";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** Another account for a participant whose key was lost, stolen or seized. */
export function AccountForm() {
  const say = useWords();
  const [participant, setParticipant] = useState<Chosen>();
  const [account, setAccount] = useState("");
  const [reason, setReason] = useState<Hex>();
  const typed = account.trim();
  const isWrong = typed !== "" && !ADDRESS.test(typed);
  const isReady = participant !== undefined && ADDRESS.test(typed) && reason !== undefined;
  return (
    <div className="stack">
      <div className="columns">
        <ParticipantField
          label={{ en: "Participant whose key is replaced", zh: "更换密钥的参与方" }}
          chosen={participant?.id}
          choose={setParticipant}
        />
        <Field
          label={{ en: "New account", zh: "新账户" }}
          wrong={
            isWrong
              ? { en: "An account is 0x and 40 hexadecimal digits.", zh: "账户为 0x 加 40 位十六进制数字。" }
              : undefined
          }
        >
          <input value={account} spellCheck={false} onChange={({ target }) => setAccount(target.value)} />
        </Field>
        <FileHash
          label={{ en: "File with the reason", zh: "理由文件" }}
          hint={{
            en: "Request, proof of identity or court order; it stays on this device, its hash goes on chain.",
            zh: "申请书、身份证明或法院文书；文件留在本设备，仅其哈希上链。",
          }}
          choose={setReason}
        />
      </div>
      <p>
        <Send
          title={{ en: "Propose the new account", zh: "提交更换账户" }}
          isPrimary
          isDisabled={!isReady}
          call={async (platform) =>
            (await import("./calls.ts")).proposeAccount(platform, participant!.id, typed as Address, reason!)
          }
          done={() => setAccount("")}
        >
          {isReady && (
            <p>
              {say({
                en: `Participant ${participant.id} is to act with ${typed} in place of ${participant.account}. Another registrar has to approve it; then the key in force can object for seven days.`,
                zh: `参与方 ${participant.id} 将以 ${typed} 取代 ${participant.account}。须由另一名注册员批准，此后七日内现用密钥可提出异议。`,
              })}
            </p>
          )}
        </Send>
      </p>
    </div>
  );
}
