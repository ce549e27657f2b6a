import { Fragment } from "react";
import { type Sentence, time, useFormat, useWords } from "../words/index.ts";
import { APART_SECONDS, type Heads, useHeads } from "./heads.ts";

/** How far node, index and operator are: always written, and said aloud where they are apart or away. */
export function FreshnessBar() {
  const say = useWords();
  const { count } = useFormat();
  const heads = useHeads();
  const { node, index, operator } = heads;
  const warnings = warningsOf(heads);
  const at = (block: number | undefined) =>
    block === undefined ? "—" : say({ en: `block ${count(block)}`, zh: `区块 ${count(block)}` });
  return (
    <footer className="freshness">
      {warnings.length > 0 && (
        <div className="note warn" role="status">
          {warnings.map((warning) => (
            <p key={warning.en}>{say(warning)}</p>
          ))}
        </div>
      )}
      <dl>
        {[
          [{ en: "Chain", zh: "链" }, at(node?.block)] as const,
          [{ en: "Chain time", zh: "链上时间" }, node === undefined ? "—" : time(node.time)] as const,
          [{ en: "Index", zh: "索引" }, at(index?.block)] as const,
          [{ en: "Operator", zh: "运营服务" }, operator === undefined ? "—" : say(READY[operator])] as const,
        ].map(([title, value]) => (
          <Fragment key={title.en}>
            <dt>{say(title)}</dt>
            <dd className="unbroken">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </footer>
  );
}

const READY: Record<"ready" | "not ready", Sentence> = {
  ready: { en: "running", zh: "运行中" },
  "not ready": { en: "not ready", zh: "未就绪" },
};

const NAMES: Record<Heads["away"][number], Sentence> = {
  node: { en: "chain's node", zh: "区块链节点" },
  index: { en: "index", zh: "索引" },
  operator: { en: "market operator's service", zh: "运营服务" },
};

/** Which services are away or behind, a sentence each. */
export function warningsOf({ node, index, away }: Heads): Sentence[] {
  const said = away.map((name) => ({
    en: `The ${NAMES[name].en} does not answer: what comes from it is as it was last, and the page goes on asking.`,
    zh: `${NAMES[name].zh}没有应答：来自它的内容停留在上次的状态，页面会继续尝试。`,
  }));
  if (node === undefined || index === undefined || node.time - index.time <= APART_SECONDS) return said;
  const seconds = node.time - index.time;
  const apart = {
    en: `The index is ${seconds} s behind the chain: what is listed may be older than the chain's time says.`,
    zh: `索引落后链上 ${seconds} 秒：所列内容可能早于链上时间。`,
  };
  return [...said, apart];
}
