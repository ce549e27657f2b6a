import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Hex } from "viem";
import { Asked, type Column, Copy, Empty, fromIndex, Listing, Mark, Pages, usePages } from "../../design/index.ts";
import { blockOf, useIndexed } from "../../indexed/index.ts";
import { FileHash } from "../../records/FileHash.tsx";
import { Transaction } from "../../records/LifeLine.tsx";
import { Who } from "../../records/Who.tsx";
import { type Sentence, time, unbroken, useWords } from "../../words/index.ts";
import { OBJECTIONS, type ObjectionRow } from "./matrixQuery.ts";

/** Who objects to which reading, the latest first, and whether another version has answered. A reason is a file that the objector keeps: its hash is on the chain. */
export function Objections() {
  const say = useWords();
  const [file, choose] = useState<Hex>();
  const pages = usePages();
  const query = useIndexed(OBJECTIONS, { after: pages.after });
  const meterDay = ({ meterDay, meterDayId }: ObjectionRow) =>
    meterDay === null ? (
      meterDayId
    ) : (
      <Link to="/meters/$id/$date" params={{ id: meterDay.meterId, date: meterDay.date }} className="unbroken">
        {say({
          en: `Meter ${meterDay.meterId}, ${unbroken(meterDay.date)}`,
          zh: `计量点 ${meterDay.meterId}，${unbroken(meterDay.date)}`,
        })}
      </Link>
    );
  const state = (row: ObjectionRow) => <span className="tag">{say(answerTo(row))}</span>;
  const reason = ({ reasonHash }: ObjectionRow) => (
    <span className="row">
      <span className="mono unbroken">{`${reasonHash.slice(0, 10)}…`}</span>
      <Copy text={reasonHash} what={{ en: "hash of the reason", zh: "理由的哈希" }} />
      {file === reasonHash && (
        <Mark trust="checked" words={{ en: "this file is its reason", zh: "所选文件即其理由" }} />
      )}
    </span>
  );
  const columns: Column<ObjectionRow>[] = [
    { title: { en: "Meter day", zh: "计量日" }, cell: meterDay },
    { title: { en: "By", zh: "提出方" }, cell: ({ participantId }) => <Who id={participantId} /> },
    { title: { en: "Version", zh: "版本" }, kind: "num", cell: ({ version }) => version },
    { title: { en: "State", zh: "状态" }, cell: state },
    {
      title: { en: "At (Shanghai)", zh: "时间（北京时间）" },
      cell: ({ objectedAt }) => <span className="unbroken">{time(BigInt(objectedAt))}</span>,
    },
    { title: { en: "Reason", zh: "理由" }, cell: reason },
    { title: { en: "Transaction", zh: "链上记录" }, cell: ({ objectedTx }) => <Transaction hash={objectedTx} /> },
  ];
  return (
    <div className="stack">
      <FileHash
        label={{ en: "A file with a reason, to compare", zh: "选择理由文件以核对" }}
        hint={{
          en: "The objector sends its reason by other ways; the file is hashed here and sent nowhere.",
          zh: "理由由提出方另行送达；文件仅在本地计算哈希，不会上传。",
        }}
        choose={choose}
      />
      <Asked query={query}>
        {(answer) => (
          <>
            {answer.meterDayObjections.items.length === 0 ? (
              <Empty>{say({ en: "Nobody has objected to a reading.", zh: "尚无参与方提出异议。" })}</Empty>
            ) : (
              <Listing
                label={{ en: "Objections", zh: "异议" }}
                columns={columns}
                rows={answer.meterDayObjections.items}
                keyOf={({ meterDayId, participantId, version }) => `${meterDayId} ${participantId} ${version}`}
                lines={(row) => ({
                  first: [meterDay(row), state(row)],
                  second: [
                    <Who key="who" id={row.participantId} />,
                    file === row.reasonHash ? (
                      reason(row)
                    ) : (
                      <span key="hash" className="mono">{`${row.reasonHash.slice(0, 10)}…`}</span>
                    ),
                  ],
                })}
              />
            )}
            <Pages pages={pages} {...answer.meterDayObjections.pageInfo} />
            <p>
              <Mark trust="indexed" words={fromIndex(blockOf(answer))} />
            </p>
          </>
        )}
      </Asked>
    </div>
  );
}

/** Whether there is something to do about an objection. */
function answerTo({ version, meterDay }: ObjectionRow): Sentence {
  const inForce = meterDay === null ? version : (meterDay.correctedVersion ?? meterDay.version);
  if (inForce > version) return { en: `answered by version ${inForce}`, zh: `已由第 ${inForce} 版更正` };
  const isFinal = meterDay?.state === "final" || meterDay?.state === "lateFinal";
  return isFinal
    ? { en: "final as it was", zh: "按原读数定稿" }
    : { en: "open: correct it, or let it become final", zh: "待处理：可更正，或待其定稿" };
}
