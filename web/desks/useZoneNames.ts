import { graphql, useIndexed } from "../indexed/index.ts";

const ZONES = graphql(`query ZoneNames { zones(orderBy: "id", limit: 1000) { items { id name } } }`);

/** What a zone is called; its number until the index has answered. */
export function useZoneNames(): (zone: number) => string {
  const { data } = useIndexed(ZONES, {});
  const names = new Map(data?.zones.items.map(({ id, name }) => [id, name]));
  return (zone) => names.get(zone) ?? String(zone);
}
