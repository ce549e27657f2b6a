import { Link } from "@tanstack/react-router";
import { Empty } from "../design/index.ts";
import { useWords } from "../words/index.ts";

/** In place of a request that the index does not have. */
export function NoRequest({ id }: { id: string }) {
  const say = useWords();
  return (
    <Empty action={<Link to="/requests">{say({ en: "All requests", zh: "全部申请" })}</Link>}>
      {say({ en: `There is no request ${id} in the index.`, zh: `索引中没有申请 ${id}。` })}
    </Empty>
  );
}
