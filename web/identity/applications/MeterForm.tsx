import { useState } from "react";
import { DIRECTIONS, type Direction, SOURCES, type Source, VOLTAGES, type Voltage } from "../../../sdk/types/enums.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { parseKwh } from "../../../sdk/types/units.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { Field, reading } from "../../design/index.ts";
import { useIndexed } from "../../indexed/index.ts";
import { SOURCE_WORDS } from "../../records/words.ts";
import { Send } from "../../wallets/index.ts";
import { type Sentence, useWords } from "../../words/index.ts";
import { type Chosen, ParticipantField } from "../ParticipantField.tsx";
import { DIRECTION_WORDS, VOLTAGE_WORDS } from "../words.ts";
import { ZONES } from "./applicationQueries.ts";

const MOST_WATTS = 2n ** 32n - 1n;

/** The last step of an enrolment: the metering centre registers the meter of a participant. */
export function MeterForm() {
  const say = useWords();
  const [asset, setAsset] = useState("");
  const [owner, setOwner] = useState<Chosen>();
  const [trader, setTrader] = useState<Chosen>();
  const [zone, setZone] = useState("");
  const [direction, setDirection] = useState<Exclude<Direction, "None">>("Generation");
  const [voltage, setVoltage] = useState<Voltage>("KV10");
  const [source, setSource] = useState<Source>("Solar");
  const [capacityText, setCapacity] = useState("");
  const zones = useIndexed(ZONES, {}).data?.zones.items ?? [];
  const capacity = reading(capacityText, readWatts);
  const isReady = asset.trim() !== "" && owner !== undefined && zone !== "" && capacity.value !== undefined;
  const options = <Name extends string>(names: readonly Name[], words: Record<string, Sentence>) =>
    names.map((name, at) => (
      <option key={name} value={name}>
        {say(words[wordsOf(names)[at] ?? ""] ?? { en: name, zh: name })}
      </option>
    ));
  return (
    <div className="stack">
      <div className="columns">
        <Field
          label={{ en: "Asset number", zh: "资产编号" }}
          hint={{ en: "As it stands on the meter; its hash goes on chain.", zh: "电能表上的编号；其哈希上链。" }}
        >
          <input value={asset} onChange={({ target }) => setAsset(target.value)} />
        </Field>
        <ParticipantField label={{ en: "Owner", zh: "所有者" }} chosen={owner?.id} choose={setOwner} />
        <ParticipantField
          label={{ en: "Who trades for it", zh: "交易方" }}
          hint={{ en: "Nobody chosen: its owner.", zh: "未选择则为所有者。" }}
          may={({ kinds }) => kinds.includes("retailer") || kinds.includes("aggregator")}
          chosen={trader?.id}
          choose={setTrader}
        />
        <Field label={{ en: "Zone", zh: "分区" }}>
          <select value={zone} onChange={({ target }) => setZone(target.value)}>
            <option value="">{say({ en: "Choose …", zh: "请选择……" })}</option>
            {zones.map(({ id, name }) => (
              <option key={id} value={id}>
                {id} {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label={{ en: "Direction", zh: "计量方向" }}>
          <select value={direction} onChange={({ target }) => setDirection(target.value as Exclude<Direction, "None">)}>
            {options(DIRECTIONS, DIRECTION_WORDS).slice(1)}
          </select>
        </Field>
        <Field label={{ en: "Voltage", zh: "电压等级" }}>
          <select value={voltage} onChange={({ target }) => setVoltage(target.value as Voltage)}>
            {options(VOLTAGES, VOLTAGE_WORDS)}
          </select>
        </Field>
        {direction === "Generation" && (
          <Field label={{ en: "Source", zh: "电源类型" }}>
            <select value={source} onChange={({ target }) => setSource(target.value as Source)}>
              {options(SOURCES, SOURCE_WORDS).slice(1)}
            </select>
          </Field>
        )}
        <Field label={{ en: "Rated capacity, kW", zh: "额定容量（kW）" }} wrong={capacity.wrong}>
          <input inputMode="decimal" value={capacityText} onChange={({ target }) => setCapacity(target.value)} />
        </Field>
      </div>
      <p>
        <Send
          title={{ en: "Register the meter", zh: "登记计量点" }}
          isPrimary
          isDisabled={!isReady}
          call={async (platform) => {
            const { registerMeter } = await import("./calls.ts");
            return registerMeter(platform, {
              ...{ assetNumber: asset.trim(), owner: owner!.id, zone: Number(zone), direction, voltage },
              capacityW: Number(capacity.value),
              ...(trader === undefined ? {} : { trader: trader.id }),
              ...(direction === "Generation" ? { source } : {}),
            });
          }}
          done={() => setAsset("")}
        >
          {isReady && (
            <p>
              {say({
                en: `Meter ${asset.trim()} of participant ${owner.id}, ${capacityText} kW in zone ${zone}, is registered${trader === undefined ? "" : `; participant ${trader.id} trades for it`}. Its readings are due from the next day on.`,
                zh: `登记参与方 ${owner.id} 的计量点 ${asset.trim()}，${capacityText} kW，分区 ${zone}${trader === undefined ? "" : `，由参与方 ${trader.id} 交易`}。次日起须上报读数。`,
              })}
            </p>
          )}
        </Send>
      </p>
    </div>
  );
}

/** A kW has a thousand watts, as a kWh has a thousand Wh. */
function readWatts(text: string): bigint {
  const watts = parseKwh(text);
  if (watts > 0n && watts <= MOST_WATTS) return watts;
  throw new DujiangError({
    en: `A meter has more than 0 and at most 4,294,967 kW, not ${text}.`,
    zh: `容量须大于 0 且不超过 4,294,967 kW，不能是 ${text}。`,
  });
}
