import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ask, type Operator } from "../../sdk/operator/ask.ts";
import { language } from "../words/index.ts";

/** The operator's service, behind the page's own address. */
export const operatorAt = (token?: string): Operator => ({ url: "/api", language: language(), token });

/** What the operator answers to a question. @param token of a trader's session, for what is its own */
export const readOperator = <Answer>(path: string, token?: string): Promise<Answer> => ask(operatorAt(token), path);

/** Asks the operator; again when it says that something happened. */
export function useOperator<Answer>(
  path: string,
  { token, enabled = true }: { token?: string | undefined; enabled?: boolean } = {},
): UseQueryResult<Answer> {
  return useQuery({
    queryKey: ["operator", path, token],
    queryFn: () => readOperator<Answer>(path, token),
    enabled,
    placeholderData: keepPreviousData,
  });
}
