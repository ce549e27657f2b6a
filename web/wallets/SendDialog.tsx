import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { Dialog, Loading } from "../design/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";
import type { Stage } from "./sending.ts";
import type { Sending } from "./useSending.ts";
import { useWallet } from "./wallet.ts";

const SecondFactor = lazy(() => import("./SecondFactor.tsx"));

interface SendDialogProps extends Sending {
  title: Sentence;
  close: () => void;
  children: ReactNode;
}

/** The question before a transaction, and what becomes of it. */
export default function SendDialog({ title, close, children, state, check, confirm }: SendDialogProps) {
  const [say, wallet] = [useWords(), useWallet()];
  const stage = state?.stage;
  return (
    <Dialog title={title} close={close}>
      <div className="stack">{children}</div>
      {wallet !== undefined && (
        <p className="soft">
          {say({ en: `As ${wallet.name.en}, account `, zh: `发送方：${wallet.name.zh}，账户 ` })}
          <code>{wallet.account}</code>
        </p>
      )}
      <div aria-live="polite">{state === undefined ? <Loading /> : <Where state={state} />}</div>
      {state?.stage === "refused" && state.asks !== undefined && (
        <Suspense>
          <SecondFactor {...state.asks} done={() => void check()} />
        </Suspense>
      )}
      <div className="row">
        {(stage === "ready" || stage === "checking") && (
          <button type="button" className="button primary" disabled={stage !== "ready"} onClick={() => void confirm()}>
            {say({ en: "Confirm in the wallet", zh: "在钱包中确认" })}
          </button>
        )}
        {stage === "refused" && (
          <button type="button" className="button" onClick={() => void check()}>
            {say({ en: "Check again", zh: "重新检查" })}
          </button>
        )}
        {stage === "included" && (
          <button type="button" className="button primary" onClick={close}>
            {say({ en: "Done", zh: "完成" })}
          </button>
        )}
      </div>
    </Dialog>
  );
}

/** Where a transaction is, in a sentence. */
function Where({ state }: { state: Stage }) {
  const say = useWords();
  const { count } = useFormat();
  switch (state.stage) {
    case "checking":
      return (
        <p className="note">
          {say({ en: "Asking the node what the chain would say …", zh: "正在向节点查询链上是否接受……" })}
        </p>
      );
    case "ready":
      return (
        <p className="note">
          {say({
            en: "The chain would take this as things stand. Nothing is sent before the wallet agrees.",
            zh: "按目前情况，链上会接受此操作。钱包确认之前不会发送任何内容。",
          })}
        </p>
      );
    case "asking":
      return (
        <p className="note">
          {say({
            en: "The wallet is asking: compare what it shows with what is written here, and agree or decline there.",
            zh: "请在钱包中核对其显示内容与此处是否一致，然后确认或拒绝。",
          })}
        </p>
      );
    case "pending":
      return (
        <p className="note">
          {say({
            en: "Sent. It counts once a block has it; until then nothing has changed. ",
            zh: "已发送。进入区块后方才生效；在此之前没有任何变化。",
          })}
          <Transaction hash={state.hash} />
        </p>
      );
    case "included":
      return (
        <p className="note">
          {say({
            en: `Done: block ${count(state.block)} has it. `,
            zh: `已完成：已进入区块 ${count(state.block)}。`,
          })}
          <Transaction hash={state.hash} />
        </p>
      );
    case "refused":
      return (
        <div className="note bad stack" role="alert">
          <p>{say(state.why)}</p>
          <p>
            {say(
              state.hash === undefined
                ? { en: "Nothing was sent, and nothing has changed.", zh: "未发送任何内容，没有任何变化。" }
                : { en: "The chain refused it, and nothing has changed. ", zh: "链上已拒绝，没有任何变化。" },
            )}
            {state.hash !== undefined && <Transaction hash={state.hash} />}
          </p>
        </div>
      );
  }
}

const Transaction = ({ hash }: { hash: string }) => (
  <Link to="/tx/$hash" params={{ hash }} className="mono">
    {`${hash.slice(0, 10)}…${hash.slice(-6)}`}
  </Link>
);
