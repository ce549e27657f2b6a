import { type Day, readDayTrades } from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import { Recent } from "../common/recent.ts";
import type { Desk } from "../tasks/work.ts";
import { Worker, type WorkerParts } from "../tasks/worker.ts";
import { discover } from "./discover.ts";
import { LIST } from "./kinds.ts";
import { type KeeperDesk, WORK } from "./work.ts";

/** How long a day's trades, read once, are good for: long enough to look at all of its meters. */
const TRADES_MS = 60_000;

export type KeeperParts = Desk &
  Omit<WorkerParts, "desk" | "list" | "work" | "discover"> & {
    /** Whether it claims kWh for the buyers. */
    claims: boolean;
  };

/** Finalises, settles, lapses, claims, collects, declares defaults, frees bids: whatever is due that anybody may do. */
export function createKeeper({ db, platform, claims, ...parts }: KeeperParts): Worker<KeeperDesk> {
  const trades = new Cached(TRADES_MS, (day: Day) => readDayTrades(platform, day));
  return new Worker({
    ...parts,
    desk: {
      ...{ db, platform, transactionGas: parts.transactionGas },
      ...{ tradesOf: (day: Day) => trades.get(day), ended: new Recent(), adjusted: new Recent() },
    },
    list: LIST,
    work: WORK,
    discover: () => discover(db, platform, claims),
  });
}
