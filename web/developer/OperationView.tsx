import { useState } from "react";
import { reach } from "../../sdk/operator/client.ts";
import { type Column, Field, sentencesOf, Table } from "../design/index.ts";
import { operatorAt } from "../operator/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { addressOf, exampleOf, type Operation, type Parameter, typeText } from "./openapi.ts";
import { Code, Snippet } from "./Snippet.tsx";

type Answer = Operation["answers"][number];

/** One question: what it takes, what it answers, and the same as curl and TypeScript. */
export function OperationView({ operation }: { operation: Operation }) {
  const say = useWords();
  const [isOpen, setOpen] = useState(false);
  const { method, path, summary } = operation;
  return (
    <details className="operation" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <span className="tag">{method}</span>
        <code>{path}</code>
        <span className="soft">{say(summary)}</span>
      </summary>
      {isOpen && <Details operation={operation} />}
    </details>
  );
}

function Details({ operation }: { operation: Operation }) {
  const say = useWords();
  const { method, path, description, parameters, body, answers, isGuarded } = operation;
  const [values, setValues] = useState(() =>
    Object.fromEntries(parameters.map((parameter) => [parameter.name, exampleOf(parameter)])),
  );
  const address = addressOf(path, parameters, values);
  const columns: Column<Answer>[] = [
    { title: { en: "Status", zh: "状态码" }, cell: ({ status }) => status },
    { title: { en: "When", zh: "情形" }, kind: "text", cell: (answer) => say(answer.description) },
    {
      title: { en: "Type", zh: "类型" },
      kind: "text",
      cell: ({ type = "—" }) => <code>{type.includes("\n") ? "{ … }" : type}</code>,
    },
  ];
  const inline = answers.find(({ status, type }) => status.startsWith("2") && type?.includes("\n"));
  return (
    <div className="stack">
      {description !== undefined && <p>{say(description)}</p>}
      {isGuarded && (
        <p className="note">
          {say({
            en: "Asks for the token of a trader's session, or an API key of the operator.",
            zh: "须提供交易者会话令牌或运营方的 API 密钥。",
          })}
        </p>
      )}
      {parameters.length > 0 && (
        <div className="columns">
          {parameters.map((parameter) => (
            <Field key={parameter.name} label={labelOf(parameter)} hint={hintOf(parameter)}>
              <input
                value={values[parameter.name]}
                onChange={({ target }) => setValues({ ...values, [parameter.name]: target.value })}
              />
            </Field>
          ))}
        </div>
      )}
      {body !== undefined && (
        <>
          <h3>{say({ en: "What is sent", zh: "请求体" })}</h3>
          <Code label={{ en: "What is sent", zh: "请求体" }} text={body} />
        </>
      )}
      <Table label={{ en: "Answers", zh: "应答" }} columns={columns} rows={answers} keyOf={({ status }) => status} />
      {inline?.type !== undefined && <Code label={{ en: "Type of the answer", zh: "应答类型" }} text={inline.type} />}
      {method === "GET" && !isGuarded && <Trial address={address} />}
      <Snippet title={{ en: "As curl", zh: "curl" }} code={curlOf(operation, address)} />
      <Snippet title={{ en: "As TypeScript", zh: "TypeScript" }} code={typeScriptOf(operation, address)} />
    </div>
  );
}

/** Longer answers are cut: a stream has no end. */
const MOST_SHOWN = 20_000;

/** Asks, and shows the answer as it came. */
function Trial({ address }: { address: string }) {
  const say = useWords();
  const [answer, setAnswer] = useState<string>();
  const ask = async () => {
    setAnswer("…");
    const said = await reach(operatorAt(), address)
      .then(readSome)
      .catch((error: unknown) => say(sentencesOf(error)));
    setAnswer(said);
  };
  return (
    <div className="stack">
      <p>
        <button type="button" className="button primary" onClick={() => void ask()}>
          {say({ en: "Ask", zh: "发送请求" })}
        </button>
      </p>
      <div role="status">{answer !== undefined && <Code label={{ en: "Answer", zh: "应答" }} text={answer} />}</div>
    </div>
  );
}

async function readSome({ body }: Response): Promise<string> {
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return indented(text);
    text += value;
    if (text.length <= MOST_SHOWN && !text.startsWith("event:")) continue;
    await reader.cancel();
    return `${text.slice(0, MOST_SHOWN)}\n…`;
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const labelOf = ({ name, in: where, required }: Parameter): Sentence => ({
  en: `${name} (${where}${required || where === "path" ? "" : ", optional"})`,
  zh: `${name}（${where}${required || where === "path" ? "" : "，可选"}）`,
});

function hintOf({ schema, description }: Parameter): Sentence {
  const said = description ?? schema.description;
  const type = typeText(schema);
  return said === undefined ? { en: type, zh: type } : { en: `${type}: ${said}`, zh: `${type}：${said}` };
}

function curlOf({ method, body, isGuarded }: Operation, address: string): string {
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`} "${location.origin}/api${address}"`,
    ...(isGuarded ? ['-H "authorization: Bearer $TOKEN"'] : []),
    ...(body === undefined ? [] : ['-H "content-type: application/json"', "--data @message.json"]),
  ];
  return parts.join(" \\\n  ");
}

function typeScriptOf({ method, body, isGuarded }: Operation, address: string): string {
  const headers = [
    ...(isGuarded ? ['authorization: "Bearer " + token'] : []),
    ...(body === undefined ? [] : ['"content-type": "application/json"']),
  ];
  const options = [
    ...(method === "GET" ? [] : [`method: "${method}"`]),
    ...(headers.length > 0 ? [`headers: { ${headers.join(", ")} }`] : []),
    ...(body === undefined ? [] : ["body: JSON.stringify(message)"]),
  ];
  const more = options.length === 0 ? "" : `, {\n  ${options.join(",\n  ")},\n}`;
  return `const answer = await fetch("${location.origin}/api${address}"${more});\nconst found = await answer.json();`;
}
