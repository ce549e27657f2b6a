import { useState } from "react";
import { useChain } from "../../chain/index.ts";
import { Asked } from "../../design/index.ts";
import { useWords } from "../../words/index.ts";
import { ParticipantField } from "../ParticipantField.tsx";
import { ApplicationForm } from "./ApplicationForm.tsx";

/** Other particulars of a participant: it begins with what is in force. */
export function Renewal() {
  const say = useWords();
  const [participant, setParticipant] = useState<number>();
  const query = useChain(
    ["in force", participant],
    async ({ platform }) =>
      (await (await import("../../../sdk/identity/participants.ts")).readInForce(platform, participant!)) ?? null,
    { enabled: participant !== undefined },
  );
  return (
    <div className="stack">
      <ParticipantField
        label={{ en: "Participant", zh: "参与方" }}
        hint={{ en: "Its account stays: another one is proposed apart.", zh: "操作账户不变；更换账户须另行提交。" }}
        chosen={participant}
        choose={(one) => setParticipant(one?.id)}
      />
      {participant !== undefined && (
        <Asked query={query}>
          {(inForce) =>
            inForce === null ? (
              <p>
                {say({
                  en: "Nothing of it is in force: it has to be approved before it can be renewed.",
                  zh: "尚无生效内容：须先获批准方可变更。",
                })}
              </p>
            ) : (
              <ApplicationForm key={participant} of={{ participant, inForce }} />
            )
          }
        </Asked>
      )}
    </div>
  );
}
