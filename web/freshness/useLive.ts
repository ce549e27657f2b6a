import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen } from "./events.ts";
import { noteEvent } from "./pending.ts";

/** Events come in swarms when a round is opened: after the first one they are collected so long. */
const COLLECT_MS = 400;

/** Keeps what is shown up to date: one place of the page calls it, once. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isBehind = false;
    const refresh = () => {
      isBehind = false;
      timer = setTimeout(() => {
        timer = undefined;
        if (isBehind) refresh();
      }, COLLECT_MS);
      for (const queryKey of [["operator"], ["chain"]]) void client.invalidateQueries({ queryKey });
    };
    const stop = listen(() => {
      noteEvent();
      if (timer === undefined) refresh();
      else isBehind = true;
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
}
