import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { allPages, listMeterDaysNotOnChain } from "../../../sdk/operator/lists.ts";
import { parseDay } from "../../../sdk/types/time.ts";
import { operatorAt } from "../../operator/index.ts";

/** What the metering service has that the chain has not, by meter and date. */
export type NotOnChain = ReadonlyMap<string, "quarantined" | "waiting">;

export const cellKey = (meter: string, date: string): string => `${meter} ${date}`;

/** Asks for the meters from the first to the last; not before both are known. */
export function useNotOnChain(
  { from, to }: { from: string; to: string },
  meters: readonly { id: string }[] | undefined,
  token: string,
): UseQueryResult<NotOnChain> {
  const [first, last] = [meters?.[0]?.id, meters?.at(-1)?.id];
  return useQuery({
    queryKey: ["operator", "days not on chain", from, to, first, last, token],
    queryFn: async () => {
      const found = new Map<string, "quarantined" | "waiting">();
      const range = { from: parseDay(from), to: parseDay(to), fromMeter: BigInt(first!), toMeter: BigInt(last!) };
      const pages = allPages((page) => listMeterDaysNotOnChain(operatorAt(token), range, { ...page, limit: 500 }));
      for await (const { days } of pages) for (const day of days) found.set(cellKey(day.meter, day.date), day.state);
      return found;
    },
    enabled: first !== undefined && last !== undefined,
    refetchInterval: 10_000,
  });
}
