/** Which receivables are listed. */
export type ClaimView = "held" | "owed" | "all";

/** Which requests are listed. */
export type RequestView = "open" | "mine" | "all";

/** What of the index belongs to a view. @param held numbers of the receivables that the reader holds units of */
export function claimsIn(view: ClaimView, me: number | undefined, held: readonly string[]) {
  if (view === "all" || me === undefined) return {};
  return view === "owed" ? { debtorId: me } : { OR: [{ creditorId: me }, { id_in: [...held] }] };
}

/** What of the index belongs to a view. @param place.bidOn numbers of the requests that the reader has bid on */
export function requestsIn(
  view: RequestView,
  { today, me, bidOn }: { today: string; me: number | undefined; bidOn: readonly string[] },
) {
  if (view === "open") return { status: "open" as const, lastDate_gte: today };
  return view === "all" || me === undefined ? {} : { OR: [{ requesterId: me }, { id_in: [...new Set(bidOn)] }] };
}
