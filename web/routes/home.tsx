import { Failed, Loading } from "../design/index.ts";
import { Market } from "../market/Market.tsx";
import { useToday } from "../market/useToday.ts";
import { Todos } from "../todos/Todos.tsx";

/** The first page: what is to be done, and the market of today. */
export function Home() {
  const { place, error } = useToday();
  return (
    <>
      <Todos />
      {error !== undefined ? <Failed error={error} /> : place === undefined ? <Loading /> : <Market {...place} />}
    </>
  );
}
