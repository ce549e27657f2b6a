import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Failed, Loading } from "../design/index.ts";
import { useLanguage, useWords } from "../words/index.ts";
import { readGuide } from "./guides.ts";
import { Markdown } from "./Markdown.tsx";

/** The guide for a role, as docs/guide/ has it. */
export function GuidePage({ role }: { role: string }) {
  const [say, language] = [useWords(), useLanguage()];
  const { data, error } = useQuery({
    queryKey: ["guide", role, language],
    queryFn: () => readGuide(role, language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const back = (
    <Link to="/help" className="button">
      {say({ en: "All guides", zh: "全部指南" })}
    </Link>
  );
  if (error !== null) return <Failed error={error} />;
  if (data === undefined) return <Loading />;
  if (data === null)
    return (
      <>
        <h1>{say({ en: "There is no such guide", zh: "没有此指南" })}</h1>
        <Empty action={back}>
          {say({ en: "Choose one of the roles that there is a guide for.", zh: "请从已有的角色中选择。" })}
        </Empty>
      </>
    );
  return (
    <article className="card stack guide">
      <Markdown text={data} />
      <p className="no-print">{back}</p>
    </article>
  );
}
