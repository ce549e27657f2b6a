import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failed, Loading } from "./State.tsx";

/** What was asked for, once it is there; until then that it is coming, or why it is not. */
export function Asked<Answer>({
  query,
  children,
}: {
  query: UseQueryResult<Answer>;
  children: (answer: Answer) => ReactNode;
}) {
  const { data, error, isPending, refetch } = query;
  if (data !== undefined) return children(data);
  return isPending ? <Loading /> : <Failed error={error} retry={() => void refetch()} />;
}
