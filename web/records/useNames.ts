import { skipToken, useQuery } from "@tanstack/react-query";
import type { Sentence } from "../words/index.ts";

/** Under which key the names are kept that the reader had shown and the chain proved: the address book fills it. */
export const NAMES = ["names"] as const;

/** Names of participants by their numbers; undefined as long as the reader has not asked for them. */
export const useNames = (): ReadonlyMap<number, Sentence> | undefined =>
  useQuery<ReadonlyMap<number, Sentence>>({
    queryKey: NAMES,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  }).data;
