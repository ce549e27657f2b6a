import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Address, Hex } from "viem";
import type { ClaimStage } from "../../sdk/finance/claimStage.ts";
import { isSame } from "../chain/index.ts";
import { Field } from "../design/index.ts";
import { type Chosen, type Me, ParticipantField } from "../identity/index.ts";
import { FileHash } from "../records/FileHash.tsx";
import { Send } from "../wallets/index.ts";
import { useFormat, useWords, written } from "../words/index.ts";
import type { ClaimDetail } from "./queries.ts";
import { readUnits } from "./typed.ts";
import { UnitsField } from "./UnitsField.tsx";

interface ActionsProps {
  claim: ClaimDetail;
  stage: ClaimStage;
  me: Me;
}

/** What the connected participant can do with a receivable: pass on, finance, pledge, collect, pursue. */
export default function ClaimActions({ claim, stage, me }: ActionsProps) {
  const say = useWords();
  const held = claim.units?.items ?? [];
  const mine = held.find(({ holder }) => isSame(holder, me.account));
  const former = held.filter(
    ({ holder, participantId, units }) =>
      participantId === me.participant && !isSame(holder, me.account) && units !== "0",
  );
  const live = (claim.encumbrances?.items ?? []).filter(({ status }) => status === "live");
  const pledged = live.find(({ holder }) => isSame(holder, me.account));
  const units = BigInt(mine?.units ?? 0);
  const free = units - BigInt(pledged?.units ?? 0) + BigInt(pledged?.paidFen ?? 0);
  const isMoving = stage === "Held" && !claim.forRecovery;
  const toMe = live.filter(({ pledgeeId }) => pledgeeId === me.participant);
  const isDue = stage !== "Held" && stage !== "StandingStill" && stage !== "Closed";
  return (
    <section className="card stack no-print">
      <h2>{say({ en: "What you can do", zh: "可办理的事项" })}</h2>
      {units === 0n && former.length === 0 && toMe.length === 0 && claim.debtorId !== me.participant && (
        <p className="soft">{say({ en: "You hold nothing of this receivable.", zh: "您未持有此应收账款。" })}</p>
      )}
      {units > 0n && !isMoving && (
        <p>
          {say({
            en: "Its units do not move any more: it is due, or stands still, or its debtor is in default. They are paid to who holds them.",
            zh: "其份额已不能转让：已到期、中止计时或债务人违约；款项付给当前持有人。",
          })}
        </p>
      )}
      {free > 0n && isMoving && (
        <>
          <p>
            <Link to="/receivables/$id/request" params={{ id: claim.id }} className="button primary">
              {say({ en: "Request financing", zh: "申请融资" })}
            </Link>
          </p>
          <PassOn claim={claim} me={me} free={free} />
          {pledged === undefined && <Pledge claim={claim} units={units} />}
        </>
      )}
      {claim.debtorId === me.participant && stage !== "Closed" && stage !== "Paid" && (
        <p>
          {say({ en: "You owe this: it is paid at ", zh: "此款由您支付，请前往" })}
          <a href="/payables">{say({ en: "what you owe", zh: "应付款" })}</a>
          {say({ en: ".", zh: "办理。" })}
        </p>
      )}
      {toMe.map((pledge) => (
        <Send
          key={pledge.id}
          title={{ en: `Release pledge ${pledge.id}`, zh: `解除质押 ${pledge.id}` }}
          call={async (platform) =>
            (await import("./calls.ts")).releasePledge(platform, BigInt(claim.id), pledge.holder as Address)
          }
        >
          <p>
            {say({
              en: `You give up what is left of pledge ${pledge.id}: its units are free again, and what they bring goes to their holder. This cannot be undone.`,
              zh: `您将放弃质押 ${pledge.id} 的剩余部分：份额恢复自由，款项归持有人。此操作不可撤销。`,
            })}
          </p>
        </Send>
      ))}
      {former.map(({ holder }) => (
        <Send
          key={holder}
          title={{ en: "Fetch units of your former account", zh: "取回原账户的份额" }}
          call={async (platform) =>
            (await import("./calls.ts")).fetchUnits(platform, holder as Address, [BigInt(claim.id)])
          }
        >
          <p>
            {say({
              en: `All units of receivable ${claim.id} come from ${holder}, which was replaced, to your account of today.`,
              zh: `应收账款 ${claim.id} 的全部份额将由已更换的账户 ${holder} 转至您的现用账户。`,
            })}
          </p>
        </Send>
      ))}
      {isDue && <Collect claim={claim} />}
      {stage === "Overdue" && claim.debt !== null && <Declare claim={claim} />}
      {stage === "Defaulted" && (units > 0n || toMe.length > 0) && (
        <Pursue claim={claim} holder={(units > 0n ? me.account : toMe[0]!.holder) as Address} />
      )}
    </section>
  );
}

/** Hands units to another participant. */
function PassOn({ claim, me, free }: { claim: ClaimDetail; me: Me; free: bigint }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [to, setTo] = useState<Chosen>();
  const [text, setText] = useState("");
  const amount = readUnits(text, free);
  return (
    <details>
      <summary>{say({ en: "Pass on (a part)", zh: "转让（拆分）" })}</summary>
      <div className="columns">
        <ParticipantField
          label={{ en: "To", zh: "受让方" }}
          chosen={to?.id}
          choose={setTo}
          hint={{ en: "An active participant.", zh: "须为有效的参与方。" }}
        />
        <UnitsField
          label={{ en: "Face value passed on, CNY", zh: "转让面额（元）" }}
          text={text}
          setText={setText}
          free={free}
        />
      </div>
      <Send
        title={{ en: "Pass it on", zh: "转让" }}
        isDisabled={to === undefined || amount.value === undefined}
        call={async (platform) => {
          const { passOnUnits } = await import("./calls.ts");
          return passOnUnits(platform, me.account, to!.account as Address, BigInt(claim.id), amount.value!);
        }}
      >
        <p>
          {amount.value !== undefined &&
            to !== undefined &&
            say({
              en: `${written(yuan(amount.value))} of receivable ${claim.id} go to participant ${to.id} at once and for good; on the due day the debtor pays them to it. Nothing is paid for them here.`,
              zh: `应收账款 ${claim.id} 中的 ${written(yuan(amount.value))} 将立即且不可撤回地转给参与方 ${to.id}，到期由债务人向其付款；此处不收取对价。`,
            })}
        </p>
      </Send>
    </details>
  );
}

/** Pledges units to a bank under the number of the registration system. */
function Pledge({ claim, units }: { claim: ClaimDetail; units: bigint }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [bank, setBank] = useState<Chosen>();
  const [text, setText] = useState("");
  const [number, setNumber] = useState("");
  const amount = readUnits(text, units);
  return (
    <details>
      <summary>{say({ en: "Pledge to a bank", zh: "质押给银行" })}</summary>
      <div className="columns">
        <ParticipantField
          label={{ en: "Bank", zh: "质权银行" }}
          may={({ kinds }) => kinds.includes("bank")}
          chosen={bank?.id}
          choose={setBank}
        />
        <UnitsField
          label={{ en: "Face value pledged, CNY", zh: "质押面额（元）" }}
          text={text}
          setText={setText}
          free={units}
        />
        <Field
          label={{ en: "Registration number", zh: "中登登记编号" }}
          hint={{
            en: "A pledge exists from its registration on (Civil Code 445).",
            zh: "质权自办理登记时设立（民法典第 445 条）。",
          }}
        >
          <input value={number} maxLength={64} onChange={({ target }) => setNumber(target.value)} />
        </Field>
      </div>
      <Send
        title={{ en: "Pledge", zh: "质押" }}
        isDisabled={bank === undefined || amount.value === undefined || number.trim() === ""}
        call={async (platform) => {
          const { pledgeUnits } = await import("./calls.ts");
          return pledgeUnits(platform, BigInt(claim.id), amount.value!, bank!.id, number.trim());
        }}
      >
        <p>
          {amount.value !== undefined &&
            bank !== undefined &&
            say({
              en: `${written(yuan(amount.value))} of receivable ${claim.id} are pledged to participant ${bank.id} under ${number.trim()}: they stay with you, cannot be passed on, and what they bring goes to the bank first until it releases them.`,
              zh: `应收账款 ${claim.id} 中的 ${written(yuan(amount.value))} 将质押给参与方 ${bank.id}，登记编号 ${number.trim()}：份额仍由您持有但不能转让，款项在解除前先付质权银行。`,
            })}
        </p>
      </Send>
    </details>
  );
}

function Collect({ claim }: { claim: ClaimDetail }) {
  const say = useWords();
  const holders = (claim.units?.items ?? [])
    .filter(({ units }) => units !== "0")
    .map(({ holder }) => holder as Address);
  if (holders.length === 0) return null;
  return (
    <Send
      title={{ en: "Pay out to the holders", zh: "向持有人分付" }}
      call={async (platform) => (await import("./calls.ts")).collectUnits(platform, BigInt(claim.id), holders)}
    >
      <p>
        {say({
          en: `Of what the debtor has paid for receivable ${claim.id}, each of its ${holders.length} holders is paid its share, pledgees first. Anybody may do this; where nothing was paid, nothing moves.`,
          zh: `应收账款 ${claim.id} 的 ${holders.length} 名持有人按份额领取债务人已付款项，质权人优先。任何人均可办理；债务人未付款时不发生任何划付。`,
        })}
      </p>
    </Send>
  );
}

function Declare({ claim }: { claim: ClaimDetail }) {
  const say = useWords();
  return (
    <Send
      title={{ en: "Declare the default", zh: "宣告违约" }}
      call={async (platform) => (await import("./calls.ts")).declareDefault(platform, BigInt(claim.debtId))}
    >
      <p>
        {say({
          en: `Debt ${claim.debtId} is recorded as in default, once its days of grace have passed: its debtor gets no new receivables until it has paid.`,
          zh: `宽限期届满后，债务 ${claim.debtId} 将记为违约：债务人还清前不能再有新的应收账款。`,
        })}
      </p>
    </Send>
  );
}

function Pursue({ claim, holder }: { claim: ClaimDetail; holder: Address }) {
  const say = useWords();
  const [evidence, setEvidence] = useState<Hex>();
  return (
    <details>
      <summary>{say({ en: "Pursue the debtor", zh: "追偿" })}</summary>
      <FileHash
        label={{ en: "Document it rests on", zh: "所依据的文件" }}
        hint={{
          en: "The demand, the suit, or the claim filed with a bankruptcy administrator; it stays on this device, its hash goes on chain.",
          zh: "催告函、起诉状或债权申报材料；文件留在本设备，仅其哈希上链。",
        }}
        choose={setEvidence}
      />
      <Send
        title={{ en: "Record the recovery", zh: "登记追偿" }}
        isDisabled={evidence === undefined}
        call={async (platform) =>
          (await import("./calls.ts")).pursueReceivable(platform, BigInt(claim.id), holder, evidence!)
        }
      >
        <p>
          {say({
            en: `That you pursue the debtor of receivable ${claim.id} is recorded with the hash of the document. What is owed stays as it is.`,
            zh: `将连同文件哈希登记您对应收账款 ${claim.id} 债务人的追偿；欠款金额不变。`,
          })}
        </p>
      </Send>
    </details>
  );
}
