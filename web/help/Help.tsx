import { Link } from "@tanstack/react-router";
import { type Sentence, useWords } from "../words/index.ts";
import { GUIDES } from "./guides.ts";

const FURTHER: readonly { to: "/glossary" | "/kpi" | "/status" | "/developer"; words: Sentence }[] = [
  { to: "/glossary", words: { en: "Glossary: one word for one thing", zh: "术语表：一事一词" } },
  { to: "/kpi", words: { en: "Key figures, and what they mean", zh: "关键指标及其定义" } },
  { to: "/status", words: { en: "Status of node, index and operator", zh: "节点、索引与运营服务的状态" } },
  { to: "/developer", words: { en: "Addresses and interfaces for programs", zh: "合约地址与程序接口" } },
];

/** A guide for everybody who works here, and where else to look. */
export function Help() {
  const say = useWords();
  return (
    <>
      <h1>{say({ en: "Help", zh: "帮助" })}</h1>
      <ul className="columns">
        {GUIDES.map(({ role, who, what }) => (
          <li key={role} className="card stack">
            <h2>
              <Link to="/help/$role" params={{ role }}>
                {say(who)}
              </Link>
            </h2>
            <p>{say(what)}</p>
          </li>
        ))}
      </ul>
      <section className="card stack">
        <h2>{say({ en: "Further", zh: "更多" })}</h2>
        <ul className="stack">
          {FURTHER.map(({ to, words }) => (
            <li key={to}>
              <Link to={to}>{say(words)}</Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
