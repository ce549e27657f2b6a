import { Failed, Loading } from "../design/index.ts";
import { useOperator } from "../operator/index.ts";
import { useWords } from "../words/index.ts";
import { OperationView } from "./OperationView.tsx";
import { type OpenApi, operationsOf, typeText } from "./openapi.ts";
import { Code } from "./Snippet.tsx";

/** The operator's own document of what it answers, as something to read and to try. */
export default function Api() {
  const say = useWords();
  const { data, error, refetch } = useOperator<OpenApi>("/openapi.json");
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const schemas = Object.entries(data.components?.schemas ?? {});
  return (
    <>
      {operationsOf(data).map(({ tag, about, operations }) => (
        <section key={tag} className="card stack">
          <h2>{tag}</h2>
          <p>{say(about)}</p>
          <div>
            {operations.map((operation) => (
              <OperationView key={operation.id} operation={operation} />
            ))}
          </div>
        </section>
      ))}
      <section className="card stack">
        <h2>{say({ en: "Types", zh: "类型" })}</h2>
        {schemas.map(([name, schema]) => (
          <details key={name}>
            <summary>
              <code>{name}</code>
            </summary>
            <Code label={{ en: name, zh: name }} text={typeText(schema)} />
          </details>
        ))}
      </section>
    </>
  );
}
