import { Link } from "@tanstack/react-router";
import { Empty } from "../design/index.ts";
import { useWords } from "../words/index.ts";

export function NotFound() {
  const say = useWords();
  return (
    <>
      <h1>{say({ en: "There is no such page", zh: "没有此页面" })}</h1>
      <Empty
        action={
          <Link to="/" className="button primary">
            {say({ en: "Go to the first page", zh: "返回首页" })}
          </Link>
        }
      >
        {say({
          en: "The address may be mistyped, or the page has moved: begin at the first page.",
          zh: "地址可能有误，或页面已移动：请从首页开始。",
        })}
      </Empty>
    </>
  );
}
