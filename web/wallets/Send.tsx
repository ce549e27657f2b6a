import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { type Sentence, useWords } from "../words/index.ts";
import { useConfig } from "./config.ts";
import { type MakeCall, useSending } from "./useSending.ts";
import { useWallet } from "./wallet.ts";

const SendDialog = lazy(() => import("./SendDialog.tsx"));
const WalletDialog = lazy(() => import("./WalletDialog.tsx"));

interface SendProps {
  /** On the button, and over the question: "Lock margin". */
  title: Sentence;
  /** What exactly is sent, with its figures: stands in the question before the wallet is asked. */
  children: ReactNode;
  call: MakeCall;
  isPrimary?: boolean;
  isSmall?: boolean;
  /** Where something is missing that the call is made of. */
  isDisabled?: boolean;
  /** A block has it, and the question is closed: what it was made of may go. */
  done?: () => void;
}

/**
 * Everything that the page sends to the chain goes through this: a dry run first, then the wallet, then the block. Nothing
 * shows as done before a block has it; a refusal is a sentence with what to do next.
 */
export function Send({ title, children, call, isPrimary, isSmall, isDisabled, done }: SendProps) {
  const [say, wallet, config] = [useWords(), useWallet(), useConfig()];
  const [isOpen, setOpen] = useState(false);
  const isShown = useRef(false);
  const sending = useSending(call, () => {
    if (!isShown.current) done?.();
  });
  const isUnderway = sending.state?.stage === "asking" || sending.state?.stage === "pending";
  const isElsewhere = wallet !== undefined && config !== undefined && wallet.chainId !== config.chainId;
  const show = (now: boolean) => {
    isShown.current = now;
    setOpen(now);
  };
  const open = () => {
    show(true);
    if (!isUnderway && !isElsewhere) void sending.check();
  };
  const close = () => {
    show(false);
    if (sending.state?.stage === "included") done?.();
  };
  const look = ["button", isSmall ? "s" : "", isPrimary ? "primary" : ""].filter(Boolean).join(" ");
  return (
    <>
      <button type="button" className={look} disabled={isDisabled} onClick={open}>
        {say(title)}
        {isUnderway && <span aria-hidden="true"> …</span>}
      </button>
      {isOpen && (
        <Suspense>
          {wallet === undefined || isElsewhere ? (
            <WalletDialog close={close} />
          ) : (
            <SendDialog title={title} close={close} {...sending}>
              {children}
            </SendDialog>
          )}
        </Suspense>
      )}
    </>
  );
}
