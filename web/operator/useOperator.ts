import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ask, type Operator } from "../../sdk/operator/ask.ts";
import { language, useLanguage } from "../words/index.ts";

/** Where who works for the operator signs in: metering may run in a process of its own, which then knows its own staff. */
export type Door = "/api" | "/api/readings";

/** The operator's service, behind the page's own address. */
export const operatorAt = (token?: string, door: Door = "/api"): Operator => ({
  url: door,
  language: language(),
  token,
});

/** What the operator answers to a question. @param token of a session, for what is not everybody's */
export const readOperator = <Answer>(path: string, token?: string): Promise<Answer> => ask(operatorAt(token), path);

interface Asking {
  token?: string | undefined;
  enabled?: boolean;
  /** Asked again after so long, where nothing says that it has changed. */
  everyMs?: number;
}

/** Asks the operator; again when it says that something happened. */
export function useOperator<Answer>(
  path: string,
  { token, enabled = true, everyMs }: Asking = {},
): UseQueryResult<Answer> {
  // Its sentences are in the language that it is asked in.
  const spoken = useLanguage();
  return useQuery({
    queryKey: ["operator", path, token, spoken],
    queryFn: () => readOperator<Answer>(path, token),
    enabled,
    placeholderData: keepPreviousData,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}
