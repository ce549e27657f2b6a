import { Failed, Loading } from "../design/index.ts";
import { Market } from "../market/Market.tsx";
import { useToday } from "../market/useToday.ts";

/** The first page: what is to be done, and the market of today. */
export function Home() {
  const { place, error } = useToday();
  if (error !== undefined) return <Failed error={error} />;
  return place === undefined ? <Loading /> : <Market {...place} />;
}
