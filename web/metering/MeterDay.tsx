import { useState } from "react";
import { Amounts, Asked, Empty, Field, Figure, SlotChart } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { DIRECTION_WORDS } from "../identity/words.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { Transaction } from "../records/LifeLine.tsx";
import { useComparison } from "../records/useComparison.ts";
import { Who } from "../records/Who.tsx";
import { DAY_STATE_WORDS, QUALITY_WORDS, SOURCE_WORDS } from "../records/words.ts";
import { Send, useParticipant } from "../wallets/index.ts";
import { type Sentence, time, unbroken, useFormat, useWords } from "../words/index.ts";
import { METER_DAY, type MeterDayAnswer, type MeterDayRow, meterDayId } from "./meterDayQuery.ts";

/** A meter's day: every version, what is in force, who accepted it, until when it is open to objection, what was retired. */
export function MeterDay({ meter, date }: { meter: string; date: string }) {
  const say = useWords();
  const query = useIndexed(METER_DAY, { meter, date, id: meterDayId(meter, date) });
  return (
    <>
      <h1>{say({ en: `Meter ${meter}, ${unbroken(date)}`, zh: `计量点 ${meter}，${unbroken(date)}` })}</h1>
      <Asked query={query}>
        {(answer) =>
          answer.meter === null ? (
            <Empty>
              {say({
                en: "There is no meter of this number: numbers count from 1.",
                zh: "没有该编号的计量点：编号自 1 起。",
              })}
            </Empty>
          ) : (
            <>
              <About meter={answer.meter} />
              {answer.meterDay === null ? (
                <section className="card">
                  <Empty>
                    {say({
                      en: "Nothing was traded or reported for this meter and day yet.",
                      zh: "该计量点该日尚无交易，也未上报读数。",
                    })}
                  </Empty>
                </section>
              ) : (
                <Known meter={meter} date={date} row={answer.meterDay} answer={answer} />
              )}
            </>
          )
        }
      </Asked>
    </>
  );
}

function About({ meter }: { meter: NonNullable<MeterDayAnswer["meter"]> }) {
  const say = useWords();
  const { kwh } = useFormat();
  const direction = DIRECTION_WORDS[meter.direction] ?? { en: meter.direction, zh: meter.direction };
  const source = SOURCE_WORDS[meter.source];
  const capacity = `${kwh(BigInt(meter.capacityW)).number}\u00a0kW`;
  return (
    <p>
      {say({
        en: `${direction.en}${source === undefined ? "" : `, ${source.en}`}, ${capacity}, zone ${meter.zone?.name ?? meter.zoneId}; owned by `,
        zh: `${direction.zh}${source === undefined ? "" : `，${source.zh}`}，${capacity}，分区 ${meter.zone?.name ?? meter.zoneId}；所有者 `,
      })}
      <Who id={meter.ownerId} />
      {meter.traderId !== meter.ownerId && (
        <>
          {say({ en: ", traded for by ", zh: "，交易方 " })}
          <Who id={meter.traderId} />
        </>
      )}
    </p>
  );
}

interface KnownProps {
  meter: string;
  date: string;
  row: MeterDayRow;
  answer: MeterDayAnswer;
}

function Known({ meter, date, row, answer }: KnownProps) {
  const say = useWords();
  const { kwh } = useFormat();
  const indexBlock = blockOf(answer);
  const said = { ...row, meter };
  const check = useComparison(
    ["meter day", meter, date, said],
    async (platform) => (await import("./meterDayCheck.ts")).checkMeterDay(platform, said),
    { indexBlock },
  );
  const state = DAY_STATE_WORDS[row.state] ?? { en: row.state, zh: row.state };
  const quality =
    row.quality === null ? undefined : (QUALITY_WORDS[row.quality] ?? { en: row.quality, zh: row.quality });
  const energy = (wh: string | null) => (wh === null ? undefined : kwh(BigInt(wh), 3));
  const isPlant = answer.meter?.direction === "generation";
  return (
    <>
      <p>
        <span className="tag">{say(state)}</span> {quality !== undefined && <span className="tag">{say(quality)}</span>}{" "}
        {say(
          row.rootId === null
            ? { en: "It has a word of its own on the chain.", zh: "链上单独记录。" }
            : { en: `It was reported under root ${row.rootId} with others.`, zh: `随第 ${row.rootId} 号根成批上报。` },
        )}
      </p>
      <CheckedMark check={check} indexBlock={indexBlock} />
      <Objection meter={meter} date={date} row={row} answer={answer} />
      <Amounts
        label={{ en: "Energy", zh: "电量" }}
        figures={[
          [{ en: "Metered", zh: "计量电量" }, energy(row.meteredWh)],
          ...(row.correctedWh === null
            ? []
            : ([[{ en: "Corrected", zh: "更正电量" }, energy(row.correctedWh)]] as const)),
          ...(isPlant
            ? ([
                [{ en: "Sold", zh: "已售电量" }, energy(row.positionWh)],
                [{ en: "Surplus", zh: "余量" }, energy(row.surplusWh)],
                [{ en: "kWh records", zh: "电量凭证" }, energy(row.mintedWh)],
                [{ en: "kWh claimable", zh: "可领取电量凭证" }, energy(row.claimableWh)],
              ] as const)
            : ([[{ en: "Retired for its use", zh: "已注销（用于用电）" }, energy(row.retiredWh)]] as const)),
        ]}
      />
      <section className="card stack">
        <h2>{say({ en: "Curve in force", zh: "现行曲线" })}</h2>
        {row.metered === null && <p className="soft">{say({ en: "Nothing is metered yet.", zh: "尚未计量。" })}</p>}
        <Curves row={row} isPlant={isPlant} />
      </section>
      <Versions answer={answer} row={row} />
      {answer.retirements.items.length > 0 && <Retired answer={answer} />}
    </>
  );
}

function Curves({ row, isPlant }: { row: MeterDayRow; isPlant: boolean }) {
  const { kwh } = useFormat();
  const plain = (wh: number) => kwh(BigInt(Math.round(wh))).number;
  return (
    <SlotChart
      label={{ en: "Metered energy of 96 quarter-hours", zh: "96 个时段的计量电量" }}
      panels={[
        {
          title: { en: "Energy, kWh", zh: "电量（kWh）" },
          series: [
            ...(row.metered === null
              ? []
              : [
                  {
                    label: { en: "Metered", zh: "计量" },
                    kind: "bar" as const,
                    color: "energy" as const,
                    values: row.metered,
                  },
                ]),
            ...(row.corrected === null
              ? []
              : [
                  {
                    label: { en: "Corrected", zh: "更正" },
                    kind: "step" as const,
                    color: "sell" as const,
                    values: row.corrected,
                  },
                ]),
            ...(isPlant
              ? [
                  {
                    label: { en: "Sold", zh: "已售" },
                    kind: "step" as const,
                    color: "plain" as const,
                    values: row.position,
                  },
                ]
              : []),
          ],
          format: plain,
          tick: plain,
        },
      ]}
    />
  );
}

/** Until when what is in force is open to objection, and accepting it. */
function Objection({ meter, date, row, answer }: KnownProps) {
  const say = useWords();
  const now = useChainNow();
  const me = useParticipant();
  const isOpen = row.state === "reported" || row.state === "lateReported";
  if (!isOpen || row.finalisableAt === null) return null;
  const until = time(BigInt(row.finalisableAt));
  const isOver = now !== undefined && now >= Number(row.finalisableAt);
  const concerns =
    me !== undefined &&
    (answer.meter?.ownerId === me ||
      answer.meter?.traderId === me ||
      answer.trades.items.some(({ sellerId, buyerId }) => sellerId === me || buyerId === me));
  const objected = answer.meterDayObjections.items.some(
    ({ participantId, version }) => participantId === me && version === row.version,
  );
  const accepted = answer.meterDayAcceptances.items.some(
    ({ participantId, version }) => participantId === me && version === row.version,
  );
  return (
    <div className="note stack">
      <p>
        {isOver
          ? say({
              en: `The time to object was over at ${until}: version ${row.version} can be finalised by anybody.`,
              zh: `异议期已于 ${until} 结束：第 ${row.version} 版可由任何人定稿。`,
            })
          : say({
              en: `Version ${row.version} is open to objection until ${until}. Once everybody concerned accepts it, it can be finalised earlier.`,
              zh: `第 ${row.version} 版的异议期至 ${until}。相关各方均认可后可提前定稿。`,
            })}
      </p>
      {accepted && <p>{say({ en: "You have accepted this version.", zh: "您已认可此版本。" })}</p>}
      {objected && <p>{say({ en: "You have objected to this version.", zh: "您已对此版本提出异议。" })}</p>}
      {concerns && !objected && !isOver && <ObjectForm meter={meter} date={date} row={row} />}
      {concerns && !accepted && !isOver && (
        <div>
          <Send
            isPrimary
            title={{ en: "Accept this version", zh: "认可此版本" }}
            call={async (platform) => (await import("./acceptCall.ts")).acceptReading(platform, BigInt(meter), row)}
          >
            <p>
              {say({
                en: `You agree that version ${row.version} of meter ${meter} on ${unbroken(date)} is right. It cannot be taken back; a new version asks again.`,
                zh: `您认可计量点 ${meter} 在 ${unbroken(date)} 的第 ${row.version} 版读数。此操作不可撤回；如有新版本须重新认可。`,
              })}
            </p>
          </Send>
        </div>
      )}
    </div>
  );
}

/** An objection on chain: the text stays with its author, and its hash goes to the chain. */
function ObjectForm({ meter, date, row }: Pick<KnownProps, "meter" | "date" | "row">) {
  const say = useWords();
  const [reason, setReason] = useState("");
  return (
    <div className="row no-print" style={{ alignItems: "end" }}>
      <Field
        label={{ en: "Why it is wrong", zh: "异议理由" }}
        hint={{ en: "keep this text: the chain has its hash alone", zh: "请自行保存此文本：链上只记录其哈希" }}
      >
        <input value={reason} onChange={({ target }) => setReason(target.value)} />
      </Field>
      <Send
        title={{ en: "Object", zh: "提出异议" }}
        isDisabled={reason.trim() === ""}
        call={async (platform) =>
          (await import("./objectCall.ts")).objectToReading(platform, BigInt(meter), row.day, reason.trim())
        }
        done={() => setReason("")}
      >
        <p>
          {say({
            en: `You object to what is in force of meter ${meter} on ${unbroken(date)}: “${reason.trim()}”. The metering centre and a later dispute can cite it.`,
            zh: `您对计量点 ${meter} 在 ${unbroken(date)} 的现行读数提出异议：“${reason.trim()}”。计量中心及日后争议可引用。`,
          })}
        </p>
      </Send>
    </div>
  );
}

function Versions({ answer, row }: { answer: MeterDayAnswer; row: MeterDayRow }) {
  const say = useWords();
  const { kwh } = useFormat();
  const nameOf = (quality: string): Sentence => QUALITY_WORDS[quality] ?? { en: quality, zh: quality };
  return (
    <section className="card stack">
      <h2>{say({ en: "Versions", zh: "版本" })}</h2>
      {answer.meterDayVersions.items.length === 0 && (
        <p>{say({ en: "Nothing was reported yet.", zh: "尚未上报读数。" })}</p>
      )}
      <ol className="stack">
        {answer.meterDayVersions.items.map(({ version, quality, meteredWh, reportedAt, reportedTx }) => (
          <li key={version}>
            {say({
              en: `Version ${version}, ${nameOf(quality).en}: `,
              zh: `第 ${version} 版，${nameOf(quality).zh}：`,
            })}
            <Figure amount={kwh(BigInt(meteredWh), 3)} />
            {say({ en: ", reported ", zh: "，上报于 " })}
            <span className="unbroken">{time(BigInt(reportedAt))}</span> <Transaction hash={reportedTx} />
            {version === row.version && <strong>{say({ en: " in force", zh: " 现行版" })}</strong>}
            {version > row.version && (
              <strong>
                {say(
                  version === row.correctedVersion
                    ? { en: " correction in force", zh: " 现行更正" }
                    : { en: " correction", zh: " 更正" },
                )}
              </strong>
            )}
          </li>
        ))}
      </ol>
      {row.finalisedAt !== null && row.finalisedTx !== null && (
        <p>
          {say({ en: "Final since ", zh: "定稿于 " })}
          <span className="unbroken">{time(BigInt(row.finalisedAt))}</span> <Transaction hash={row.finalisedTx} />
        </p>
      )}
      {row.lapsedAt !== null && row.lapsedTx !== null && (
        <p>
          {say({ en: "Lapsed without readings ", zh: "因未上报读数失效于 " })}
          <span className="unbroken">{time(BigInt(row.lapsedAt))}</span> <Transaction hash={row.lapsedTx} />
        </p>
      )}
      {answer.meterDayObjections.items.map(({ participantId, version, objectedAt, objectedTx }) => (
        <p key={`objection ${participantId} ${version}`}>
          {say({ en: "Objected to by ", zh: "异议方 " })}
          <Who id={participantId} />
          {say({ en: `, version ${version}, `, zh: `，第 ${version} 版，` })}
          <span className="unbroken">{time(BigInt(objectedAt))}</span> <Transaction hash={objectedTx} />
        </p>
      ))}
      {answer.meterDayAcceptances.items.map(({ participantId, version, acceptedAt, acceptedTx }) => (
        <p key={`${participantId} ${version}`}>
          {say({ en: "Accepted by ", zh: "认可方 " })}
          <Who id={participantId} />
          {say({ en: `, version ${version}, `, zh: `，第 ${version} 版，` })}
          <span className="unbroken">{time(BigInt(acceptedAt))}</span> <Transaction hash={acceptedTx} />
        </p>
      ))}
    </section>
  );
}

function Retired({ answer }: { answer: MeterDayAnswer }) {
  const say = useWords();
  const { kwh } = useFormat();
  return (
    <section className="card stack">
      <h2>{say({ en: "Retired for its use", zh: "已注销（用于用电）" })}</h2>
      <ul className="stack">
        {answer.retirements.items.map(({ id, participantId, energyWh, retiredAt, retiredTx, meterDay }) => (
          <li key={id}>
            <Figure amount={kwh(BigInt(energyWh), 3)} />
            {say({
              en: ` of meter ${meterDay?.meterId ?? "—"}, by `,
              zh: `（计量点 ${meterDay?.meterId ?? "—"}），注销方 `,
            })}
            <Who id={participantId} /> <span className="unbroken">{time(BigInt(retiredAt))}</span>{" "}
            <Transaction hash={retiredTx} />
          </li>
        ))}
      </ul>
    </section>
  );
}
