import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { askIndex } from "../../sdk/graphql/ask.ts";
import { Failed, Field, Loading, sentencesOf } from "../design/index.ts";
import { useWords } from "../words/index.ts";
import { INTROSPECTION, type IntrospectedSchema, type Question, questionsOf } from "./introspection.ts";
import { Code, Snippet } from "./Snippet.tsx";

const FIRST = `{
  trades(orderBy: "id", orderDirection: "desc", limit: 5) {
    items { id status sellerId buyerId date contractedWh }
  }
}`;

/** Asks the index anything, with what it can be asked beside it. Of this page's own parts alone: nothing is fetched from elsewhere. */
export default function Explorer() {
  const say = useWords();
  const [query, setQuery] = useState(FIRST);
  const [variables, setVariables] = useState("{}");
  const [answer, setAnswer] = useState<string>();
  const ask = async () => {
    try {
      const given = JSON.parse(variables) as Record<string, unknown>;
      setAnswer(JSON.stringify(await askIndex({ url: "/graphql" }, query, given), null, 2));
    } catch (error) {
      setAnswer(say(error instanceof SyntaxError ? NO_JSON : sentencesOf(error)));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void ask();
  };
  return (
    <div className="columns">
      <section className="card stack">
        <h2>{say({ en: "Question", zh: "查询" })}</h2>
        <Field label={{ en: "Query (Ctrl+Enter asks)", zh: "查询语句（Ctrl+Enter 执行）" }}>
          <textarea
            className="editor"
            spellCheck={false}
            value={query}
            onKeyDown={onKeyDown}
            onChange={({ target }) => setQuery(target.value)}
          />
        </Field>
        <Field label={{ en: "Variables, as JSON", zh: "变量（JSON）" }}>
          <textarea
            className="editor short"
            spellCheck={false}
            value={variables}
            onKeyDown={onKeyDown}
            onChange={({ target }) => setVariables(target.value)}
          />
        </Field>
        <p>
          <button type="button" className="button primary" onClick={() => void ask()}>
            {say({ en: "Ask", zh: "执行" })}
          </button>
        </p>
        <div role="status">{answer !== undefined && <Code label={{ en: "Answer", zh: "应答" }} text={answer} />}</div>
        <Snippet title={{ en: "As curl", zh: "curl" }} code={curlOf(query, variables)} />
        <Snippet title={{ en: "As TypeScript", zh: "TypeScript" }} code={typeScriptOf(query, variables)} />
      </section>
      <section className="card stack">
        <h2>{say({ en: "What it can be asked", zh: "可查询的内容" })}</h2>
        <Questions take={({ example }) => setQuery(example)} />
      </section>
    </div>
  );
}

const NO_JSON = {
  en: 'The variables are no JSON: write them like { "id": "1" }.',
  zh: '变量不是 JSON：请写成 { "id": "1" } 的形式。',
};

function Questions({ take }: { take: (question: Question) => void }) {
  const say = useWords();
  const [sought, setSought] = useState("");
  const { data, error, refetch } = useQuery({
    queryKey: ["introspection"],
    queryFn: () => askIndex<IntrospectedSchema>({ url: "/graphql" }, INTROSPECTION, {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const text = sought.trim().toLowerCase();
  const found = questionsOf(data).filter(({ name }) => name.toLowerCase().includes(text));
  return (
    <>
      <Field label={{ en: "Find", zh: "查找" }}>
        <input type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
      </Field>
      {found.map((question) => (
        <details key={question.name}>
          <summary>
            <code>{question.name}</code> {question.about !== "" && <span className="soft">{question.about}</span>}
          </summary>
          <div className="stack">
            <Code label={{ en: question.name, zh: question.name }} text={question.fields} />
            <p>
              <button type="button" className="button s" onClick={() => take(question)}>
                {say({ en: "Ask for this", zh: "查询此项" })}
                <span className="hidden"> {question.name}</span>
              </button>
            </p>
          </div>
        </details>
      ))}
    </>
  );
}

const curlOf = (query: string, variables: string) =>
  `curl "${location.origin}/graphql" -H "content-type: application/json" --data @- <<'END'\n${messageOf(query, variables)}\nEND`;

const typeScriptOf = (query: string, variables: string) =>
  [
    `const answer = await fetch("${location.origin}/graphql", {`,
    '  method: "POST",',
    '  headers: { "content-type": "application/json" },',
    `  body: JSON.stringify({ query: \`${query.replace(/[`\\$]/g, "\\$&")}\`, variables: ${variables} }),`,
    "});",
    "const { data, errors } = await answer.json();",
  ].join("\n");

function messageOf(query: string, variables: string): string {
  try {
    return JSON.stringify({ query, variables: JSON.parse(variables) as unknown });
  } catch {
    return JSON.stringify({ query });
  }
}
