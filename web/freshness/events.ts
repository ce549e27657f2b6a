import type { WatchedEvent } from "../../sdk/operator/watch.ts";

/** What tabs of one browser tell each other. */
const CHANNEL = "dujiang-events";

export type Listener = (event: WatchedEvent) => void;

/**
 * Hears what happens in the market. A browser keeps few connections to one address, so one tab listens for all of them; when
 * it closes, another takes its place.
 * @returns ends it
 */
export function listen(hear: Listener): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => hear(data as WatchedEvent);
  const lead = async () => {
    const { watch } = await import("../../sdk/operator/watch.ts");
    for await (const event of watch({ url: "/api" }, { signal })) {
      channel.postMessage(event);
      hear(event);
    }
  };
  // An end while waiting for its turn, or a refusal to be listened to: heads are polled all the same.
  navigator.locks.request(CHANNEL, { signal }, lead).catch(() => {});
  return () => {
    ending.abort();
    channel.close();
  };
}
