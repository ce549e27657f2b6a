import { Navigate } from "@tanstack/react-router";
import { Failed, Loading } from "../design/index.ts";
import { useToday } from "../market/useToday.ts";

/** The market of today, by the chain's time, in the zone that was traded in last. */
export function MarketToday() {
  const { place, error } = useToday();
  if (error !== undefined) return <Failed error={error} />;
  if (place === undefined) return <Loading />;
  const { zone, date } = place;
  return <Navigate to="/market/$zone/$date" params={{ zone: String(zone), date }} replace />;
}
