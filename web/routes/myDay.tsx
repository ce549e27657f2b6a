import { Navigate, useParams } from "@tanstack/react-router";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { Loading } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { MyDay } from "../records/MyDay.tsx";

export function MyDayScreen() {
  const { date } = useParams({ from: "/my-day/$date" });
  return <MyDay date={date} />;
}

/** Today, by the chain's time. */
export function MyToday() {
  const now = useChainNow();
  if (now === undefined) return <Loading />;
  return <Navigate to="/my-day/$date" params={{ date: formatDay(dayOf(now)) }} replace />;
}
