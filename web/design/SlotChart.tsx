import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { SLOTS, slotLabel } from "../../sdk/types/time.ts";
import { useWords } from "../words/language.tsx";
import "./slot-chart.css";

/** A line of steps (what is agreed), or bars (what was measured); null is drawn as nothing: not metered is not zero. */
export interface ChartSeries {
  label: Sentence;
  kind: "bar" | "step";
  /** A colour of the palette: never red or green, which mean neither direction nor side. */
  color: "energy" | "sell" | "buy" | "plain";
  dashed?: boolean;
  /** Base units: Wh, or fen per MWh. */
  values: readonly (number | null)[];
}

/** One scale, and what is drawn on it. */
export interface ChartPanel {
  title: Sentence;
  series: readonly ChartSeries[];
  /** Limits across the day. */
  limits?: readonly { value: number; label: Sentence }[];
  /** How high the scale goes where nothing is drawn yet; otherwise to the highest limit. */
  empty?: number;
  /** A value with as many decimals as its unit has. */
  format(value: number): string;
  /** A value at the axis. */
  tick(value: number): string;
  /** Base units of the last decimal that is drawn at: a stroke ends on a whole one. */
  grain?: number;
}

interface SlotChartProps {
  panels: readonly ChartPanel[];
  /** What it is of, for who cannot see it. */
  label: Sentence;
  selected?: { from: number; to: number } | undefined;
  height?: number;
  /** A slot was pointed at, or the stretch to it. */
  onSelect?: ((slot: number, extend: boolean) => void) | undefined;
  /** A value was drawn over the slots between two places of the pointer. */
  onDraw?: ((stroke: Stroke) => void) | undefined;
}

/** What a pointer drew since the last time it was heard. */
export interface Stroke {
  panel: number;
  from: number;
  slot: number;
  value: number;
  isFirst: boolean;
}

const LEFT = 52;
const RIGHT = 8;
const TITLE = 22;
const BELOW = 24;
const SLOTS_AN_HOUR = 4;

/**
 * 96 slots across, one panel above the other on the same hours, never two scales in one panel. Measured, not stretched: its
 * letters keep their size on a phone. With the keyboard a reader goes from slot to slot; the table below has every value.
 */
export function SlotChart({ panels, label, selected, height = 132, onSelect, onDraw }: SlotChartProps) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  const [at, setAt] = useState<number>();
  const stroke = useRef<{ panel: number; slot: number }>(undefined);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry!.contentRect.width))));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);

  const inner = width - LEFT - RIGHT;
  const across = (slot: number) => LEFT + (slot / SLOTS) * inner;
  const top = (panel: number) => TITLE + panel * (height + TITLE + 6);
  const total = top(panels.length - 1) + height + BELOW;
  const scales = panels.map(scaleOf);

  const placeOf = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - box.left - LEFT) / inner) * SLOTS);
    const y = event.clientY - box.top;
    return {
      slot: Math.min(SLOTS - 1, Math.max(0, slot)),
      y,
      panel: panels.findIndex((_, row) => y < top(row) + height + 3),
    };
  };
  const draw = (event: PointerEvent<SVGSVGElement>, panel: number, from: number, isFirst: boolean) => {
    const { slot, y } = placeOf(event);
    const { grain = 1 } = panels[panel]!;
    const share = Math.min(1, Math.max(0, (top(panel) + height - y) / height));
    onDraw?.({ panel, from, slot, value: Math.round((share * scales[panel]!) / grain) * grain, isFirst });
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    const { slot, panel } = placeOf(event);
    setAt(slot);
    if (onDraw === undefined || event.shiftKey) {
      onSelect?.(slot, event.shiftKey);
      return;
    }
    if (panel < 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = { panel, slot };
    draw(event, panel, slot, true);
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { slot } = placeOf(event);
    setAt(slot);
    if (stroke.current !== undefined) {
      draw(event, stroke.current.panel, stroke.current.slot, false);
      stroke.current = { ...stroke.current, slot };
    } else if (event.buttons === 1) onSelect?.(slot, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = reading;
    const next = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      PageUp: now - SLOTS_AN_HOUR,
      PageDown: now + SLOTS_AN_HOUR,
      Home: 0,
      End: SLOTS - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const slot = Math.min(SLOTS - 1, Math.max(0, next));
    setAt(slot);
    onSelect?.(slot, event.shiftKey);
  };

  const hours = width < 480 ? [0, 6, 12, 18, 24] : [0, 3, 6, 9, 12, 15, 18, 21, 24];
  const gap = width < 560 ? 0 : 0.6;
  const reading = at ?? selected?.from ?? 0;
  const endStroke = () => {
    stroke.current = undefined;
  };
  return (
    <figure className="slot-chart">
      {/* A slider, because that is what it is without a pointer: it goes along the day and says what is there. */}
      <div
        ref={frame}
        role="slider"
        tabIndex={0}
        aria-label={words(label)}
        aria-valuemin={0}
        aria-valuemax={SLOTS - 1}
        aria-valuenow={reading}
        aria-valuetext={readingOf(panels, reading, words)}
        onKeyDown={onKeyDown}
        onFocus={() => setAt(reading)}
        onBlur={() => setAt(undefined)}
      >
        <svg
          className={onDraw === undefined ? "chart" : "chart drawable"}
          width={width}
          height={total}
          viewBox={`0 0 ${width} ${total}`}
          aria-hidden="true"
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={endStroke}
          onPointerCancel={endStroke}
          onPointerLeave={() => setAt(undefined)}
        >
          {panels.map((panel, row) => (
            <Panel
              key={panel.title.en}
              panel={panel}
              scale={scales[row]!}
              {...{ across, height, width, gap, selected, at }}
              y0={top(row)}
            />
          ))}
          {hours.map((hour) => (
            <text
              key={hour}
              x={across(hour * SLOTS_AN_HOUR)}
              y={total - 8}
              textAnchor={hour === 24 ? "end" : hour === 0 ? "start" : "middle"}
            >
              {`${String(hour).padStart(2, "0")}:00`}
            </text>
          ))}
        </svg>
      </div>
      <figcaption>
        <span className="chart-legend">
          {panels
            .flatMap(({ series }) => series)
            .map((series) => (
              <span key={series.label.en}>
                <svg width="12" height="12" aria-hidden="true">
                  {series.kind === "bar" ? (
                    <rect width="12" height="12" className={`fill-${series.color}`} />
                  ) : (
                    <path d="M0 6H12" className={`line-${series.color}${series.dashed ? " dashed" : ""}`} />
                  )}
                </svg>
                {words(series.label)}
              </span>
            ))}
        </span>
        <span className="chart-reading" aria-hidden="true">
          {at === undefined ? "" : readingOf(panels, at, words)}
        </span>
      </figcaption>
      <ChartTable panels={panels} label={label} />
    </figure>
  );
}

function Panel({
  panel,
  scale,
  across,
  y0,
  height,
  width,
  gap,
  selected,
  at,
}: {
  panel: ChartPanel;
  scale: number;
  across(slot: number): number;
  y0: number;
  height: number;
  width: number;
  gap: number;
  selected: { from: number; to: number } | undefined;
  at: number | undefined;
}) {
  const words = useWords();
  const up = (value: number) => y0 + height - (value / scale) * height;
  return (
    <g>
      <text x={LEFT} y={y0 - 7} className="chart-title">
        {words(panel.title)}
      </text>
      {selected && (
        <rect
          x={across(selected.from)}
          width={across(selected.to) - across(selected.from)}
          y={y0}
          height={height}
          className="chart-selected"
        />
      )}
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line x1={LEFT} x2={width - RIGHT} y1={up(scale * part)} y2={up(scale * part)} className="chart-rule" />
          <text x={LEFT - 6} y={up(scale * part) + 4} textAnchor="end">
            {panel.tick(scale * part)}
          </text>
        </g>
      ))}
      {panel.series.map((series) => (
        <path
          key={series.label.en}
          className={
            series.kind === "bar" ? `fill-${series.color}` : `line-${series.color}${series.dashed ? " dashed" : ""}`
          }
          d={series.kind === "bar" ? barsOf(series.values, across, up, gap) : stepsOf(series.values, across, up)}
        />
      ))}
      {(panel.limits ?? [])
        .filter(({ value }) => value <= scale)
        .map((limit) => (
          <g key={limit.label.en} className="chart-limit">
            <line x1={LEFT} x2={width - RIGHT} y1={up(limit.value)} y2={up(limit.value)} />
            <text x={width - RIGHT} y={up(limit.value) - 4} textAnchor="end">
              {words(limit.label)}
            </text>
          </g>
        ))}
      {at !== undefined && (
        <line x1={across(at + 0.5)} x2={across(at + 0.5)} y1={y0} y2={y0 + height} className="chart-at" />
      )}
    </g>
  );
}

/** Every value, for who hears the page, a row an equal stretch. */
function ChartTable({ panels, label }: Pick<SlotChartProps, "panels" | "label">) {
  const words = useWords();
  const columns = panels.flatMap(({ series, format }) => series.map((one) => ({ ...one, format })));
  const isSame = (slot: number) => slot > 0 && columns.every(({ values }) => values[slot] === values[slot - 1]);
  const starts = Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => !isSame(slot));
  return (
    <table className="hidden">
      <caption>{words(label)}</caption>
      <thead>
        <tr>
          <th scope="col">{words({ en: "Hours", zh: "时段" })}</th>
          {columns.map(({ label: name }) => (
            <th scope="col" key={name.en}>
              {words(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {starts.map((slot, row) => (
          <tr key={slot}>
            <th scope="row">{`${slotLabel(slot).slice(0, 5)}–${slotLabel((starts[row + 1] ?? SLOTS) - 1).slice(6)}`}</th>
            {columns.map(({ label: name, values, format }) => (
              <td key={name.en}>{shown(values[slot], format, words)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function readingOf(panels: readonly ChartPanel[], slot: number, words: (sentence: Sentence) => string): string {
  const values = panels.flatMap(({ series, format }) =>
    series.map(({ label, values }) => `${words(label)} ${shown(values[slot], format, words)}`),
  );
  return `${slotLabel(slot)} · ${values.join(" · ")}`;
}

const shown = (
  value: number | null | undefined,
  format: ChartPanel["format"],
  words: (sentence: Sentence) => string,
): string => (value === null || value === undefined ? words({ en: "none yet", zh: "暂无" }) : format(value));

function barsOf(
  values: ChartSeries["values"],
  across: (slot: number) => number,
  up: (value: number) => number,
  gap: number,
): string {
  return values
    .map((value, slot) =>
      value ? `M${across(slot) + gap} ${up(0)}V${up(value)}H${across(slot + 1) - gap}V${up(0)}Z` : "",
    )
    .join("");
}

function stepsOf(
  values: ChartSeries["values"],
  across: (slot: number) => number,
  up: (value: number) => number,
): string {
  return values
    .map((value, slot) => {
      if (value === null) return "";
      const isJoined = slot > 0 && values[slot - 1] !== null;
      return `${isJoined ? "L" : "M"}${across(slot)} ${up(value)}H${across(slot + 1)}`;
    })
    .join("");
}

/** A round number above everything that is drawn. */
function scaleOf({ series, limits = [], empty = 0 }: ChartPanel): number {
  const drawn = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const highest = Math.max(0, ...drawn);
  // A limit far above what is drawn would flatten it; where nothing is drawn yet, one may draw up to it.
  const near = limits.map(({ value }) => value).filter((value) => highest === 0 || value <= 4 * highest);
  const most = Math.max(1, highest, ...near, highest === 0 ? empty : 0);
  const power = 10 ** Math.floor(Math.log10(most));
  return (
    [1, 1.2, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 10].map((factor) => factor * power).find((scale) => scale >= most * 1.02) ??
    20 * power
  );
}
