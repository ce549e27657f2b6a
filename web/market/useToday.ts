import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { useChainNow } from "../freshness/index.ts";
import { graphql, useIndexed } from "../indexed/index.ts";

const LATEST = graphql(`query LatestPlace {
  priceSlots(orderBy: "day", orderDirection: "desc", limit: 1) { items { zoneId } }
  zones(orderBy: "id", orderDirection: "desc", limit: 1) { items { id } }
}`);

/** Today by the chain's time, and the zone that had a price last: where somebody begins who has not said where. */
export function useToday(): { place: { zone: number; date: string } | undefined; error: unknown } {
  const now = useChainNow();
  const { data, error } = useIndexed(LATEST, {});
  const zone = data?.priceSlots.items[0]?.zoneId ?? data?.zones.items[0]?.id;
  const place = now === undefined || zone === undefined ? undefined : { zone, date: formatDay(dayOf(now)) };
  return { place, error: error ?? undefined };
}
