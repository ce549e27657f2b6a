import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Platform } from "../../sdk/chain/client.ts";
import { reachChain } from "../chain/index.ts";
import { sentencesOf } from "../design/index.ts";
import { noteEvent } from "../freshness/index.ts";
import type { Call, Stage } from "./sending.ts";
import { useWallet, type Wallet } from "./wallet.ts";

/** Makes the call that is sent; what it loads of the sdk it loads lazily. */
export type MakeCall = (platform: Platform) => Call | Promise<Call>;

export interface Sending {
  /** Undefined before the first check. */
  state: Stage | undefined;
  /** Asks the node what the chain would say; the wallet is not asked yet. */
  check: () => Promise<void>;
  /** Asks the wallet; only what was checked is sent. */
  confirm: () => Promise<void>;
}

/** Takes one call from its dry run to its block. @param done hears that a block has it */
export function useSending(make: MakeCall, done: () => void = () => {}): Sending {
  const [wallet, client] = [useWallet(), useQueryClient()];
  const [state, setState] = useState<Stage>();
  const [checked, setChecked] = useState<{ call: Call; wallet: Wallet }>();

  const attempt = async (work: () => Promise<Stage>) => {
    try {
      setState(await work());
    } catch (error) {
      setState({ stage: "refused", why: sentencesOf(error) });
    }
  };
  const check = async () => {
    if (wallet === undefined) return;
    setState({ stage: "checking" });
    await attempt(async () => {
      const [{ platform }, { dryRun }] = await Promise.all([reachChain(), import("./sending.ts")]);
      const call = await make(platform);
      const found = await dryRun(call, { platform, account: wallet.account });
      setChecked(found.stage === "ready" ? { call, wallet } : undefined);
      return found;
    });
  };
  const confirm = async () => {
    if (checked === undefined) return;
    await attempt(async () => {
      const [{ platform }, { send }] = await Promise.all([reachChain(), import("./sending.ts")]);
      const { account, provider } = checked.wallet;
      const end = await send(checked.call, { platform, account, provider }, setState);
      setChecked(undefined);
      if (end.stage === "included") {
        noteEvent();
        for (const name of ["chain", "operator", "index"]) void client.invalidateQueries({ queryKey: [name] });
        done();
      }
      return end;
    });
  };
  return { state, check, confirm };
}
