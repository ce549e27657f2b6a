import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen } from "./events.ts";
import { noteEvent } from "./pending.ts";

/** Events come in swarms when a round is opened; so long they are collected. */
const COLLECT_MS = 400;

/** Keeps what is shown up to date: one place of the page calls it, once. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      for (const queryKey of [["operator"], ["chain"]]) void client.invalidateQueries({ queryKey });
    };
    const stop = listen(() => {
      noteEvent();
      timer ??= setTimeout(refresh, COLLECT_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
}
