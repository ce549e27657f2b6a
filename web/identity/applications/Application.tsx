import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { OfRole } from "../../access/index.ts";
import { isSame } from "../../chain/index.ts";
import { Asked, Empty, type Fact, Facts, Titled } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { blockOf, useIndexed } from "../../indexed/index.ts";
import { CheckedMark } from "../../records/CheckedMark.tsx";
import { useComparison } from "../../records/useComparison.ts";
import { Who } from "../../records/Who.tsx";
import { Send, useWallet } from "../../wallets/index.ts";
import { type Sentence, time, useWords } from "../../words/index.ts";
import type { ApplicationOnChain } from "./applicationCheck.ts";
import { APPLICATION, type ApplicationAnswer, type AppliedRow } from "./applicationQueries.ts";
import { Difference, Particulars } from "./Difference.tsx";
import { DECISION_WORDS, REPLACEMENT_WORDS } from "./fields.ts";
import { ProofFile } from "./ProofFile.tsx";

const NOT_YOURS: Sentence = {
  en: "Registrars decide: another than the one who proposed it reads the papers and approves or refuses it here.",
  zh: "由注册员决定：提交人以外的另一名注册员审阅材料后在此批准或驳回。",
};

/** What waits of one participant, with the difference to the chain, deciding it, and what was decided before. */
export function Application({ id }: { id: number }) {
  const say = useWords();
  const query = useIndexed(APPLICATION, { id });
  return (
    <Titled title={{ en: `Application of ${id}`, zh: `参与方 ${id} 的申请` }}>
      <Asked query={query}>
        {(answer) =>
          answer.participant === null ? (
            <Empty>
              {say({
                en: "Nobody of this number was ever proposed: numbers count from 1.",
                zh: "从未提交过该编号的申请：编号自 1 起。",
              })}
            </Empty>
          ) : (
            <Known row={answer.participant} answer={answer} />
          )
        }
      </Asked>
    </Titled>
  );
}

function Known({ row, answer }: { row: AppliedRow; answer: ApplicationAnswer }) {
  const say = useWords();
  const indexBlock = blockOf(answer);
  const check = useComparison(
    ["application", row.id, row],
    async (platform) => (await import("./applicationCheck.ts")).checkApplication(platform, row),
    { indexBlock },
  );
  return (
    <>
      <p>
        <Link to="/applications">{say({ en: "All applications", zh: "全部申请" })}</Link> · <Who id={row.id} />
      </p>
      <CheckedMark check={check} indexBlock={indexBlock} />
      {check.data !== undefined && <Now participant={row.id} found={check.data} />}
      <History row={row} />
    </>
  );
}

function Now({ participant, found }: { participant: number; found: ApplicationOnChain }) {
  const say = useWords();
  const { waiting, replacement, inForce, verifiers } = found;
  return (
    <>
      {waiting !== undefined && (
        <Decide key={waiting.application.credentialHash} participant={participant} found={{ ...found, waiting }} />
      )}
      {replacement !== undefined && (
        <Replace key={replacement.account} participant={participant} found={{ ...found, replacement }} />
      )}
      {waiting === undefined && replacement === undefined && (
        <section className="card stack">
          <h2>{say({ en: "In force", zh: "现行内容" })}</h2>
          {inForce === undefined ? (
            <p>{say({ en: "Nothing is in force, and nothing waits.", zh: "没有生效内容，也没有待办申请。" })}</p>
          ) : (
            <>
              <p className="soft">{say({ en: "Nothing waits for a registrar.", zh: "没有待注册员处理的事项。" })}</p>
              <Particulars of={inForce} verifiers={verifiers} />
            </>
          )}
        </section>
      )}
    </>
  );
}

type WithWaiting = ApplicationOnChain & { waiting: NonNullable<ApplicationOnChain["waiting"]> };
type WithReplacement = ApplicationOnChain & { replacement: NonNullable<ApplicationOnChain["replacement"]> };

/** What was proposed exactly, and approving or refusing it: never by who proposed it, and not without the papers. */
function Decide({ participant, found }: { participant: number; found: WithWaiting }) {
  const say = useWords();
  const account = useWallet()?.account;
  const [hasRead, setRead] = useState(false);
  const { waiting, inForce, verifiers } = found;
  const { application, registrar } = waiting;
  const isOwn = isSame(account, registrar);
  const areNew = inForce?.credentialHash !== application.credentialHash;
  return (
    <section className="card stack">
      <h2>
        {inForce === undefined
          ? say({ en: "Proposed: a newcomer", zh: "待复核：新参与方" })
          : say({ en: "Proposed: a change", zh: "待复核：变更" })}
      </h2>
      <p>
        {say({ en: "Proposed by ", zh: "提交人 " })}
        <code>{registrar}</code>
      </p>
      <Difference inForce={inForce} proposed={application} verifiers={verifiers} />
      <OfRole holder="REGISTRAR" others={NOT_YOURS}>
        {isOwn ? (
          <p className="note">
            {say({
              en: "You proposed this: another registrar has to read and approve it. Until then you can propose something else, which takes its place.",
              zh: "此申请由您提交：须由另一名注册员审阅并批准。在此之前您可重新提交，新的申请将取代它。",
            })}
          </p>
        ) : (
          <>
            {areNew && (
              <ProofFile
                label={{ en: "Sheet or file behind the hash of the papers", zh: "证照哈希对应的登记表或文件" }}
                hash={application.credentialHash}
                choose={setRead}
              />
            )}
            <div className="row no-print">
              <Send
                title={{ en: `Approve application ${participant}`, zh: `批准申请 ${participant}` }}
                isPrimary
                isDisabled={areNew && !hasRead}
                call={async (platform) =>
                  (await import("./calls.ts")).approveParticipant(platform, participant, application)
                }
              >
                <Difference inForce={inForce} proposed={application} verifiers={verifiers} />
                <p>
                  {say({
                    en: `You sign off exactly this for participant ${participant}: it is in force at once.`,
                    zh: `您将对参与方 ${participant} 的上述内容签署批准，立即生效。`,
                  })}
                </p>
              </Send>
              <Send
                title={{ en: `Refuse application ${participant}`, zh: `驳回申请 ${participant}` }}
                call={async (platform) => (await import("./calls.ts")).rejectParticipant(platform, participant)}
              >
                <p>
                  {inForce === undefined
                    ? say({
                        en: `Application ${participant} ends, and its account is free again: it can be proposed anew.`,
                        zh: `申请 ${participant} 终止，其账户可重新申请。`,
                      })
                    : say({
                        en: `What was proposed of participant ${participant} ends; what is in force stays.`,
                        zh: `参与方 ${participant} 的变更申请终止；现行内容不变。`,
                      })}
                </p>
              </Send>
            </div>
            {areNew && !hasRead && (
              <p className="soft">
                {say({
                  en: "Approving asks for the file behind the hash: what you read is then what was proposed.",
                  zh: "批准前须选择哈希对应的文件：以确认您审阅的即所提交的内容。",
                })}
              </p>
            )}
          </>
        )}
      </OfRole>
    </section>
  );
}

function Replace({ participant, found }: { participant: number; found: WithReplacement }) {
  const say = useWords();
  const now = useChainNow();
  const account = useWallet()?.account;
  const [hasRead, setRead] = useState(false);
  const { replacement, inForce } = found;
  const isApproved = replacement.completableAt !== 0;
  const isDue = isApproved && now !== undefined && now >= replacement.completableAt;
  const rows: Fact[] = [
    [{ en: "Account now", zh: "现用账户" }, <code key="now">{inForce?.account}</code>],
    [
      { en: "New account", zh: "新账户" },
      <ins key="new">
        <code>{replacement.account}</code>
      </ins>,
    ],
    [{ en: "Hash of the reason", zh: "理由文件哈希" }, <code key="reason">{replacement.reasonHash}</code>],
    [{ en: "Proposed by", zh: "提交人" }, <code key="by">{replacement.registrar}</code>],
    [
      { en: "Completed from", zh: "可完成时间" },
      isApproved ? time(replacement.completableAt) : say({ en: "not approved yet", zh: "尚未批准" }),
    ],
  ];
  return (
    <section className="card stack">
      <h2>{say({ en: "Proposed: another account", zh: "待办：更换账户" })}</h2>
      <Facts rows={rows} />
      {isApproved && (
        <p className="note">
          {isDue
            ? say({
                en: "The time to object is over: anybody completes it.",
                zh: "异议期已结束：任何人均可完成更换。",
              })
            : say({
                en: `Until ${time(replacement.completableAt)} the key in force can object, and any registrar can withdraw it.`,
                zh: `在 ${time(replacement.completableAt)} 之前，现用密钥可提出异议，注册员可撤回。`,
              })}
        </p>
      )}
      <OfRole holder="REGISTRAR" others={isApproved ? undefined : NOT_YOURS}>
        {!isApproved && isSame(account, replacement.registrar) && (
          <p className="note">
            {say({
              en: "You proposed this: another registrar has to read and approve it.",
              zh: "此申请由您提交：须由另一名注册员审阅并批准。",
            })}
          </p>
        )}
        {!isApproved && !isSame(account, replacement.registrar) && (
          <>
            <ProofFile
              label={{ en: "File behind the hash of the reason", zh: "理由哈希对应的文件" }}
              hash={replacement.reasonHash}
              choose={setRead}
            />
            <p>
              <Send
                title={{ en: `Approve the new account of ${participant}`, zh: `批准 ${participant} 的新账户` }}
                isPrimary
                isDisabled={!hasRead}
                call={async (platform) =>
                  (await import("./calls.ts")).approveAccount(platform, participant, replacement)
                }
              >
                <p>
                  {say({
                    en: `In seven days anybody can have participant ${participant} act with ${replacement.account} in place of ${inForce?.account}, unless the key in force objects.`,
                    zh: `七日后，除现用密钥提出异议外，任何人均可使参与方 ${participant} 改以 ${replacement.account} 取代 ${inForce?.account}。`,
                  })}
                </p>
              </Send>
            </p>
          </>
        )}
        <p>
          <Send
            title={{ en: "Withdraw it", zh: "撤回更换" }}
            call={async (platform) => (await import("./calls.ts")).withdrawReplacement(platform, participant)}
          >
            <p>
              {say({
                en: `${replacement.account} does not take over; the account in force stays.`,
                zh: `${replacement.account} 不再接替；现用账户不变。`,
              })}
            </p>
          </Send>
        </p>
      </OfRole>
      {isSame(account, inForce?.account) && (
        <p>
          <Send
            title={{ en: "Object: this is not mine", zh: "提出异议：并非本人申请" }}
            call={async (platform) => (await import("./calls.ts")).objectToReplacement(platform)}
          >
            <p>
              {say({
                en: `Your account stays, and ${replacement.account} does not take over.`,
                zh: `您的账户保持不变，${replacement.account} 不再接替。`,
              })}
            </p>
          </Send>
        </p>
      )}
      {isDue && (
        <p>
          <Send
            title={{ en: "Complete the replacement", zh: "完成更换" }}
            call={async (platform) => (await import("./calls.ts")).completeReplacement(platform, participant)}
          >
            <p>
              {say({
                en: `Participant ${participant} acts with ${replacement.account} from now on, with all that is its own.`,
                zh: `参与方 ${participant} 自此以 ${replacement.account} 操作，其全部权益随之转移。`,
              })}
            </p>
          </Send>
        </p>
      )}
    </section>
  );
}

function History({ row }: { row: AppliedRow }) {
  const say = useWords();
  const [proposals, replacements] = [row.proposalHistory?.items ?? [], row.replacementHistory?.items ?? []];
  return (
    <section className="card stack">
      <h2>{say({ en: "Who proposed and who decided", zh: "提交与复核记录" })}</h2>
      <ol className="stack">
        {proposals.map(({ number, decision, proposedBy, proposedAt, decidedBy, decidedAt }) => (
          <li key={number}>
            <span className="tag">{say(DECISION_WORDS[decision] ?? { en: decision, zh: decision })}</span>{" "}
            {number === 1
              ? say({ en: "Newcomer, proposed ", zh: "新参与方，提交于 " })
              : say({ en: "Change, proposed ", zh: "变更，提交于 " })}
            <span className="unbroken">{time(BigInt(proposedAt))}</span> <code>{proposedBy}</code>
            {decidedAt !== null && (
              <>
                {say({ en: "; decided ", zh: "；决定于 " })}
                <span className="unbroken">{time(BigInt(decidedAt))}</span> <code>{decidedBy}</code>
              </>
            )}
          </li>
        ))}
        {replacements.map(({ number, status, account, proposedBy, approvedBy, proposedAt, endedAt }) => (
          <li key={`account ${number}`}>
            <span className="tag">{say(REPLACEMENT_WORDS[status] ?? { en: status, zh: status })}</span>{" "}
            {say({ en: "Another account ", zh: "更换账户 " })}
            <code>{account}</code>
            {say({ en: ", proposed ", zh: "，提交于 " })}
            <span className="unbroken">{time(BigInt(proposedAt))}</span> <code>{proposedBy}</code>
            {approvedBy !== null && (
              <>
                {say({ en: "; approved by ", zh: "；批准人 " })}
                <code>{approvedBy}</code>
              </>
            )}
            {endedAt !== null && (
              <>
                {say({ en: "; ended ", zh: "；结束于 " })}
                <span className="unbroken">{time(BigInt(endedAt))}</span>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
