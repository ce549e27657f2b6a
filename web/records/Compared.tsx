import { Figure, fromIndex, Mark, onChain } from "../design/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";
import type { Comparison, Fact } from "./compare.ts";

interface ComparedProps {
  /** Undefined while the chain was not asked yet. */
  comparison: Comparison | undefined;
  /** Who says what is compared. */
  source?: Sentence;
  /** As of which block the index says it. */
  indexBlock?: number | undefined;
}

const INDEX: Sentence = { en: "the index", zh: "索引" };

/** Grey until it is compared, green where it agrees with the chain, red with both values where it does not. */
export function Compared({ comparison, source = INDEX, indexBlock }: ComparedProps) {
  if (comparison === undefined) return <Mark trust="indexed" words={fromIndex(indexBlock)} />;
  const { block, differences } = comparison;
  if (differences.length === 0) return <Mark trust="checked" words={onChain(block)} />;
  return (
    <Differences
      differences={differences}
      source={source}
      against={{ en: "the chain", zh: "链上" }}
      advice={{
        en: `What ${source.en} says is not what the chain has at block ${block}: rely on the chain, and report this.`,
        zh: `${source.zh}所述与链上区块 ${block} 不符：请以链上为准，并反馈此问题。`,
      }}
    />
  );
}

interface DifferencesProps {
  differences: readonly Fact[];
  /** Who says the first value of each, and who the other. */
  source: Sentence;
  against: Sentence;
  advice: Sentence;
}

/** Both values of everything that differs, and what to rely on. */
export function Differences({ differences, source, against, advice }: DifferencesProps) {
  const say = useWords();
  return (
    <div className="note bad stack" role="alert">
      <p>
        <Mark trust="differs" words={{ en: `differs from ${against.en}`, zh: `与${against.zh}不符` }} />
      </p>
      <p>{say(advice)}</p>
      <ul className="stack">
        {differences.map((fact) => (
          <li key={fact.what.en} data-differs={fact.what.en}>
            {say(fact.what)}
            {say({ en: `: ${source.en} has `, zh: `：${source.zh}为 ` })}
            <Value fact={fact} value={fact.said} />
            {say({ en: `, ${against.en} `, zh: `，${against.zh}为 ` })}
            <Value fact={fact} value={fact.onChain} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Value({ fact: { kind }, value }: { fact: Fact; value: bigint | string }) {
  const { yuan, kwh, yuanPerMwh } = useFormat();
  if (typeof value === "string") return <code>{value}</code>;
  const write = { fen: yuan, wh: (wh: bigint) => kwh(wh, 3), price: yuanPerMwh, text: String }[kind];
  const written = write(value);
  return typeof written === "string" ? <code>{written}</code> : <Figure amount={written} />;
}
