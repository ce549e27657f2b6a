import { setTimeout } from "node:timers/promises";
import { createTransport, http, type Transport } from "viem";
import { connect } from "../sdk/chain/client.ts";
import type { Deployment } from "../sdk/chain/deployment.ts";
import { nodeErrorOf } from "../sdk/errors/nodeError.ts";
import { nodeRefusal } from "../sdk/errors/nodeRefusal.ts";
import { DujiangError } from "../sdk/types/errors.ts";

/** What waiting depends on; tests have it hurry. */
export interface Patience {
  say?: (sentence: string) => void;
  /** Called when the node turns out to be on another chain: nothing read from it may go into the tables. */
  refuse?: (sentence: string) => void;
  firstWaitMs?: number;
  longestWaitMs?: number;
}

/** A word while a node stays away, so that a night of it leaves a page of log and no more. */
const REMIND_MS = 600_000;

/**
 * A node for Ponder, which gives up on one that is away for ten minutes and logs every question meanwhile. Here a question waits
 * until it is answered, and whether the node is on the deployment's chain is asked before the first and after each absence.
 */
export function patientNode(deployment: Deployment, url: string, patience: Patience = {}): Transport {
  const { say = console.warn, refuse = endWith, firstWaitMs = 250, longestWaitMs = 30_000 } = patience;
  // Questions of one moment go together, because Besu takes 80 connections, of which others need some; but not those for logs,
  // whose answers are long.
  const ask = http(url, { batch: { batchSize: 50 }, retryCount: 0, maxResponseBodySize: false });
  const askAlone = http(url, { retryCount: 0, maxResponseBodySize: false });
  let [awaySince, remindedAt] = [0, 0];
  let ownChain: Promise<unknown> | undefined;

  const noteAway = (error: unknown) => {
    ownChain = undefined;
    const now = Date.now();
    awaySince ||= now;
    if (now - remindedAt < REMIND_MS) return;
    remindedAt = now;
    say(`The index waits for its node, since ${new Date(awaySince).toISOString()}: ${nodeRefusal(error, "en")}`);
  };
  const noteBack = () => {
    if (awaySince > 0) say(`The node answers again, after ${Math.round((Date.now() - awaySince) / 1000)} s.`);
    [awaySince, remindedAt] = [0, 0];
  };

  return (config) => {
    const own = { ...config, retryCount: 0 };
    const [together, alone] = [ask(own).request, askAlone(own).request];
    return createTransport({
      ...{ key: "patient", name: "a node that is waited for", type: "patient", retryCount: 0 },
      async request(question) {
        for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
          try {
            ownChain ??= connect(deployment, ask);
            await ownChain;
            const answer = await (question.method === "eth_getLogs" ? alone : together)(question as never);
            noteBack();
            return answer as never;
          } catch (error) {
            if (error instanceof DujiangError) refuse(error.message);
            if (!isPassing(error)) throw error;
            noteAway(error);
            await setTimeout(waitMs);
          }
        }
      },
    });
  };
}

/** Whether the same question may well be answered later. */
function isPassing(error: unknown): boolean {
  const found = nodeErrorOf(error);
  return found?.kind === "unanswered" || (found?.kind === "refused" && ["failing", "behind"].includes(found.word));
}

/** Before anything is ready: an index of another chain would look like this one's. */
function endWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
