import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { OfRole } from "../access/index.ts";
import { Amounts, Asked, type Column, Empty, Table, type TitledAmount } from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { TradeList } from "../records/TradeList.tsx";
import { useComparison } from "../records/useComparison.ts";
import { useNames } from "../records/useNames.ts";
import { SOURCE_WORDS } from "../records/words.ts";
import { type Amount, type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import { type MeterRow, PARTICIPANT, type ParticipantAnswer, type ParticipantRow } from "./participantQuery.ts";
import {
  DIRECTION_WORDS,
  gradeWords,
  KIND_WORDS,
  PARTICIPANT_STATUS_WORDS,
  SIZE_WORDS,
  VOLTAGE_WORDS,
} from "./words.ts";

const Compliance = lazy(() => import("./Compliance.tsx"));

/** What everybody may know of a participant: standing, credit record, meters and trades. */
export function ParticipantRecord({ id }: { id: number }) {
  const say = useWords();
  const query = useIndexed(PARTICIPANT, { id });
  const name = useNames()?.get(id);
  return (
    <>
      <h1>
        {say({ en: `Participant ${id}`, zh: `参与方 ${id}` })}
        {name !== undefined && ` · ${say(name)}`}
      </h1>
      <Asked query={query}>
        {(answer) =>
          answer.participant === null ? (
            <Empty>
              {say({
                en: "There is no participant of this number: numbers count from 1.",
                zh: "没有该编号的参与方：编号自 1 起。",
              })}
            </Empty>
          ) : (
            <Known row={answer.participant} answer={answer} />
          )
        }
      </Asked>
    </>
  );
}

const wordsIn = (table: Record<string, Sentence>, name: string): Sentence => table[name] ?? { en: name, zh: name };

function Known({ row, answer }: { row: ParticipantRow; answer: ParticipantAnswer }) {
  const say = useWords();
  const indexBlock = blockOf(answer);
  const check = useComparison(
    ["participant", row.id, row],
    async (platform) => (await import("./participantCheck.ts")).checkParticipant(platform, row),
    { indexBlock },
  );
  const kinds = row.kinds.map((kind) => wordsIn(KIND_WORDS, kind));
  const size = wordsIn(SIZE_WORDS, row.size);
  return (
    <>
      <p>
        <span className="tag">{say(wordsIn(PARTICIPANT_STATUS_WORDS, row.status))}</span>{" "}
        {say({
          en: `${kinds.map(({ en }) => en).join(", ")}; ${size.en}; admitted until ${unbroken(row.validUntilDate)}; account `,
          zh: `${kinds.map(({ zh }) => zh).join("、")}；${size.zh}；有效期至 ${unbroken(row.validUntilDate)}；账户 `,
        })}
        <code>{row.account}</code>
      </p>
      <CheckedMark check={check} indexBlock={indexBlock} />
      <p>
        <Link to="/applications/$id" params={{ id: String(row.id) }}>
          {say({ en: "Who proposed and approved it", zh: "提交与复核记录" })}
        </Link>
      </p>
      {row.status === "suspended" && (
        <p className="note warn">
          {say({
            en: "Suspended: what is open can be finished, nothing new begins. Hash of the reason: ",
            zh: "已暂停：未了事项可办结，不能新开业务。理由文件哈希：",
          })}
          <code>{row.suspensionReason}</code>
        </p>
      )}
      <OfRole holder="COMPLIANCE">
        <Suspense>
          <Compliance row={row} />
        </Suspense>
      </OfRole>
      <Credit credit={row.credit} grade={check.data === undefined ? undefined : gradeWords(check.data.grade)} />
      <section className="card stack">
        <h2>{say({ en: "Meters", zh: "计量点" })}</h2>
        <Meters meters={answer.meters.items} of={row.id} />
      </section>
      <section className="card stack">
        <h2>{say({ en: "Trades", zh: "交易" })}</h2>
        <TradeList
          where={{ OR: [{ sellerId: row.id }, { buyerId: row.id }] }}
          of={row.id}
          empty={say({ en: "It has traded nothing yet.", zh: "尚无交易。" })}
        />
      </section>
    </>
  );
}

function Credit({ credit, grade }: { credit: ParticipantRow["credit"]; grade: Sentence | undefined }) {
  const say = useWords();
  const { count, mwh } = useFormat();
  const number = (value: number | undefined): Amount => ({ number: count(value ?? 0), unit: "" });
  const energy = (wh: string | undefined): Amount => mwh(BigInt(wh ?? 0));
  const rows: TitledAmount[] = [
    [{ en: "Credit grade", zh: "信用等级" }, grade === undefined ? undefined : { number: say(grade), unit: "" }],
    [{ en: "Sales counted", zh: "计入的售电" }, number(credit?.sales)],
    [{ en: "with a deviation charge", zh: "其中有偏差费用" }, number(credit?.salesCharged)],
    [{ en: "Energy sold", zh: "售出电量" }, energy(credit?.soldWh)],
    [{ en: "of it delivered", zh: "其中已交付" }, energy(credit?.soldDeliveredWh)],
    [{ en: "Purchases counted", zh: "计入的购电" }, number(credit?.purchases)],
    [{ en: "Energy bought", zh: "购入电量" }, energy(credit?.boughtWh)],
    [{ en: "Discharged on time", zh: "按期清偿" }, number(credit?.dischargedOnTime)],
    [{ en: "Discharged late", zh: "逾期清偿" }, number(credit?.dischargedLate)],
    [{ en: "Days late in all", zh: "逾期天数合计" }, number(credit?.daysLate)],
    [{ en: "Defaults", zh: "违约" }, number(credit?.defaults)],
    [{ en: "In arrears now", zh: "现长期拖欠" }, number(credit?.arrearsStanding)],
    [{ en: "Written off", zh: "已核销" }, number(credit?.writtenOff)],
  ];
  return (
    <section className="stack">
      <h2>{say({ en: "Credit record", zh: "信用记录" })}</h2>
      <p className="soft">
        {say({
          en: "Counted by the chain out of settled trades and paid debts; nobody enters it by hand.",
          zh: "由链上依据已结算交易与债务清偿情况计算，不可人工录入。",
        })}
      </p>
      <Amounts label={{ en: "What is counted", zh: "计入内容" }} figures={rows} />
    </section>
  );
}

function Meters({ meters, of }: { meters: readonly MeterRow[]; of: number }) {
  const say = useWords();
  const { kwh } = useFormat();
  if (meters.length === 0)
    return <p>{say({ en: "It owns no meter and trades for none.", zh: "名下没有计量点，也未受托交易计量点。" })}</p>;
  const columns: Column<MeterRow>[] = [
    { title: { en: "Meter", zh: "计量点" }, cell: ({ id }) => id },
    {
      title: { en: "Part", zh: "关系" },
      cell: ({ ownerId, traderId }) =>
        say(
          ownerId !== of
            ? { en: `trades for ${ownerId}`, zh: `为 ${ownerId} 交易` }
            : traderId === of
              ? { en: "owns, trades", zh: "所有并交易" }
              : { en: `owns, ${traderId} trades`, zh: `所有，由 ${traderId} 交易` },
        ),
    },
    { title: { en: "Zone", zh: "分区" }, cell: ({ zone }) => zone?.name ?? "—" },
    { title: { en: "Direction", zh: "计量方向" }, cell: ({ direction }) => say(wordsIn(DIRECTION_WORDS, direction)) },
    { title: { en: "Voltage", zh: "电压等级" }, cell: ({ voltage }) => say(wordsIn(VOLTAGE_WORDS, voltage)) },
    {
      title: { en: "Source", zh: "电源类型" },
      cell: ({ source }) => (SOURCE_WORDS[source] === undefined ? "—" : say(wordsIn(SOURCE_WORDS, source))),
    },
    {
      title: { en: "Capacity, kW", zh: "容量（kW）" },
      kind: "num",
      // Thousandths of a kW, as a kWh has thousandths.
      cell: ({ capacityW }) => kwh(BigInt(capacityW)).number,
    },
    {
      title: { en: "State", zh: "状态" },
      cell: ({ active }) => say(active ? { en: "active", zh: "启用" } : { en: "deactivated", zh: "已停用" }),
    },
  ];
  return <Table label={{ en: "Meters", zh: "计量点" }} columns={columns} rows={meters} keyOf={({ id }) => id} />;
}
