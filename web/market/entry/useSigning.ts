import { useState } from "react";
import type { Order } from "../../../sdk/market/order.ts";
import { reachChain } from "../../chain/index.ts";
import { operatorAt } from "../../operator/index.ts";
import { useSigner } from "../../wallets/index.ts";
import type { JournalEntry } from "./journal.ts";

/** What came of having an order signed. */
export interface Signing {
  isBusy: boolean;
  /** Why it was not signed, or not handed in; what was entered and signed stays. */
  refusal: unknown;
  /** What was signed. */
  entry: JournalEntry | undefined;
}

/** Has orders signed by the connected wallet and hands them in; what was signed is kept before it is sent. */
export function useSigning(kept: JournalEntry | undefined) {
  const signer = useSigner();
  const [signing, setSigning] = useState<Signing>({ isBusy: false, refusal: undefined, entry: kept });
  const run = async (work: (acts: typeof import("./handIn.ts")) => Promise<void>) => {
    setSigning((before) => ({ ...before, isBusy: true, refusal: undefined }));
    let refusal: unknown;
    try {
      await work(await import("./handIn.ts"));
    } catch (error) {
      refusal = error;
    }
    setSigning((before) => ({ ...before, isBusy: false, refusal }));
  };
  const note = (entry: JournalEntry) => setSigning((before) => ({ ...before, entry }));
  return {
    ...signing,
    canSign: signer !== undefined,
    sign: (order: Order, done: (entry: JournalEntry) => void) =>
      run(async ({ sign, send }) => {
        const entry = await sign(order, { reached: await reachChain(), signer: signer!, shelf: localStorage });
        note(entry);
        done(entry);
        note(await send(entry, operatorAt(), localStorage));
      }),
    /** Where nobody knows whether it arrived. */
    sendAgain: (entry: JournalEntry) => run(async ({ send }) => note(await send(entry, operatorAt(), localStorage))),
    cancel: (entry: JournalEntry) =>
      run(async ({ withdraw }) => {
        await withdraw(entry.hash, { reached: await reachChain(), signer: signer!, operator: operatorAt() });
      }),
    forget: () => setSigning({ isBusy: false, refusal: undefined, entry: undefined }),
  };
}
