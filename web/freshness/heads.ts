import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Head, readHead } from "../chain/index.ts";
import { graphql, readIndexed } from "../indexed/index.ts";
import { readOperator } from "../operator/index.ts";
import { isWaiting, noteHead } from "./pending.ts";

const EVERY_MS = 4_000;
/** Node and index further apart than this are said to be. */
export const APART_SECONDS = 30;

const HEAD = graphql(`query Head { _meta { status { market { block { number timestamp } } } } }`);

/** How far what the page reads from is, each undefined while it is not known. */
export interface Heads {
  node: Head | undefined;
  index: Head | undefined;
  operator: "ready" | "not ready" | undefined;
  /** Whatever did not answer when it was asked last. */
  away: readonly ("node" | "index" | "operator")[];
}

export function useHeads(): Heads {
  const node = useHead("node", readHead);
  const index = useHead("index", readIndexHead);
  const operator = useHead("operator", readReady);
  useInvalidation(index.data);
  const all = { node, index, operator };
  const away = (["node", "index", "operator"] as const).filter((name) => all[name].isError);
  return { node: node.data, index: index.data, operator: operator.data, away };
}

/** The chain's time, which is the page's "now": a local chain has a day of its own. Undefined until it is known. */
export function useChainNow(): number | undefined {
  return useHead("node", readHead).data?.time;
}

const useHead = <Answer>(name: string, read: () => Promise<Answer>) =>
  useQuery({ queryKey: ["head", name], queryFn: read, refetchInterval: EVERY_MS, retry: false, staleTime: EVERY_MS });

async function readIndexHead(): Promise<Head> {
  const { _meta } = await readIndexed(HEAD, {});
  const block = _meta?.status.market?.block;
  return { block: block?.number ?? 0, time: block?.timestamp ?? 0 };
}

async function readReady(): Promise<"ready" | "not ready"> {
  const { running } = await readOperator<{ running: boolean }>("/health");
  return running ? "ready" : "not ready";
}

/** What the index says is read again once it has the blocks after something happened. */
function useInvalidation(index: Head | undefined): void {
  const client = useQueryClient();
  const block = index?.block;
  useEffect(() => {
    if (block === undefined) return;
    if (isWaiting()) void client.invalidateQueries({ queryKey: ["index"] });
    noteHead();
  }, [block, client]);
}
