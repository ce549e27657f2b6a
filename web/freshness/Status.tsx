import { type Column, Figure, Table } from "../design/index.ts";
import { useOperator } from "../operator/index.ts";
import { type Sentence, time, useFormat, useWords } from "../words/index.ts";
import { APART_SECONDS, type Heads, useHeads } from "./heads.ts";

/** What the operator's process says of itself. */
interface Health {
  trades: readonly string[];
}

interface Service {
  name: Sentence;
  state: Sentence;
  /** Newest block and its time, where a service has one. */
  head: Heads["node"];
  behind: number | undefined;
  more: Sentence | undefined;
}

/** Whether node, index and operator answer, and how far each of them is. */
export function Status() {
  const say = useWords();
  const { count } = useFormat();
  const heads = useHeads();
  const { data } = useOperator<Health>("/health");
  const { node, index } = heads;
  const behind = node === undefined || index === undefined ? undefined : Math.max(0, node.block - index.block);
  const services: Service[] = [
    { name: NAMES.node, state: stateOf(heads, "node"), head: node, behind: undefined, more: undefined },
    { name: NAMES.index, state: stateOf(heads, "index"), head: index, behind, more: lagOf(heads) },
    {
      name: NAMES.operator,
      state: stateOf(heads, "operator"),
      head: undefined,
      behind: undefined,
      more: data === undefined ? undefined : tradesOf(data),
    },
  ];
  const columns: Column<Service>[] = [
    { title: { en: "Service", zh: "服务" }, cell: ({ name }) => say(name) },
    { title: { en: "State", zh: "状态" }, cell: ({ state }) => say(state) },
    {
      title: { en: "Newest block", zh: "最新区块" },
      kind: "num",
      cell: ({ head }) => (head ? count(head.block) : "—"),
    },
    {
      title: { en: "Time of it (Shanghai)", zh: "区块时间（北京时间）" },
      cell: ({ head }) => (head ? time(head.time) : "—"),
    },
    {
      title: { en: "Blocks behind", zh: "落后区块数" },
      kind: "num",
      cell: (row) => (row.behind === undefined ? "—" : <Figure amount={{ number: count(row.behind), unit: "" }} />),
    },
    { title: { en: "More", zh: "说明" }, kind: "text", cell: ({ more }) => (more === undefined ? "" : say(more)) },
  ];
  return (
    <>
      <h1>{say({ en: "Status", zh: "运行状态" })}</h1>
      <section className="card stack">
        <Table
          label={{ en: "Services behind this page", zh: "本页面所依赖的服务" }}
          columns={columns}
          rows={services}
          keyOf={({ name }) => name.en}
        />
        <p className="soft">
          {say({
            en: 'Asked every four seconds. "Now" on this page is the time of the newest block of the chain.',
            zh: "每四秒查询一次。本页面的“当前时间”以链上最新区块的时间为准。",
          })}
        </p>
      </section>
    </>
  );
}

const NAMES = {
  node: { en: "Chain's node", zh: "区块链节点" },
  index: { en: "Index", zh: "索引" },
  operator: { en: "Market operator's service", zh: "运营服务" },
} as const satisfies Record<string, Sentence>;

const TRADES: Readonly<Record<string, Sentence>> = {
  exchange: { en: "exchange", zh: "交易" },
  keeper: { en: "keeper", zh: "到期任务" },
  metering: { en: "metering", zh: "计量" },
  statements: { en: "statements", zh: "清单" },
  documents: { en: "documents", zh: "文件" },
};

function stateOf(heads: Heads, service: keyof typeof NAMES): Sentence {
  if (heads.away.includes(service)) return { en: "does not answer", zh: "没有应答" };
  if (heads[service] === undefined) return { en: "being asked …", zh: "查询中……" };
  if (heads[service] === "not ready") return { en: "answers, but is not ready", zh: "有应答，尚未就绪" };
  return { en: "answers", zh: "正常" };
}

function lagOf({ node, index }: Heads): Sentence | undefined {
  if (node === undefined || index === undefined || node.time - index.time <= APART_SECONDS) return undefined;
  const seconds = node.time - index.time;
  return {
    en: `Its newest block is ${seconds} s older than the chain's: what is listed may be out of date.`,
    zh: `其最新区块比链上早 ${seconds} 秒：所列内容可能已过时。`,
  };
}

function tradesOf({ trades }: Health): Sentence {
  const names = trades.map((trade) => TRADES[trade] ?? { en: trade, zh: trade });
  return {
    en: `Runs: ${names.map(({ en }) => en).join(", ")}.`,
    zh: `运行中的服务：${names.map(({ zh }) => zh).join("、")}。`,
  };
}
