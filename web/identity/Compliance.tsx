import { useState } from "react";
import type { Hex } from "viem";
import { FileHash } from "../records/FileHash.tsx";
import { Send } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";
import type { ParticipantRow } from "./participantQuery.ts";

/** What compliance does about a participant: suspend it, or end its suspension. */
export default function Compliance({ row }: { row: ParticipantRow }) {
  const say = useWords();
  const [reason, setReason] = useState<Hex>();
  return (
    <>
      {row.status === "active" && (
        <section className="card stack no-print">
          <h2>{say({ en: "As compliance officer", zh: "合规员事项" })}</h2>
          <FileHash
            label={{ en: "File with the reason", zh: "理由文件" }}
            hint={{ en: "It stays on this device; its hash goes on chain.", zh: "文件留在本设备，仅其哈希上链。" }}
            choose={setReason}
          />
          <p>
            <Send
              title={{ en: "Suspend it", zh: "暂停" }}
              isDisabled={reason === undefined}
              call={async (platform) =>
                (await import("./complianceCalls.ts")).suspendParticipant(platform, row.id, reason!)
              }
            >
              <p>
                {say({
                  en: `Participant ${row.id} opens nothing new from now on; settlements, releases and repayments continue.`,
                  zh: `参与方 ${row.id} 自此不能新开业务；结算、解除冻结与还款照常。`,
                })}
              </p>
            </Send>
          </p>
        </section>
      )}
      {row.status === "suspended" && (
        <p>
          <Send
            title={{ en: "Reinstate it", zh: "恢复" }}
            call={async (platform) => (await import("./complianceCalls.ts")).reinstateParticipant(platform, row.id)}
          >
            <p>
              {say({
                en: `Participant ${row.id} is active again, as long as its admission lasts.`,
                zh: `参与方 ${row.id} 恢复有效，直至其有效期届满。`,
              })}
            </p>
          </Send>
        </p>
      )}
    </>
  );
}
