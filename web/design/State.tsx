import type { ReactNode } from "react";
import { DujiangError } from "../../sdk/types/errors.ts";
import { walletRefusal } from "../../sdk/wallets/walletRefusal.ts";
import { type Sentence, useWords } from "../words/index.ts";

/** While something is fetched. */
export function Loading({ what }: { what?: Sentence }) {
  const say = useWords();
  return (
    <p className="loading" role="status">
      {say(what ?? { en: "Loading …", zh: "正在载入……" })}
    </p>
  );
}

/** Where there is nothing to show: why, and what to do about it. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Why something could not be shown, and a way to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useWords();
  return (
    <div className="note bad stack" role="alert">
      <p>{say(sentencesOf(error))}</p>
      {retry !== undefined && (
        <p>
          <button type="button" className="button s" onClick={retry}>
            {say({ en: "Try again", zh: "重试" })}
          </button>
        </p>
      )}
    </div>
  );
}

/** What an error says to people. */
export function sentencesOf(error: unknown): Sentence {
  if (error instanceof DujiangError) return error.sentences;
  const refusal = walletRefusal(error);
  if (refusal !== undefined) return refusal;
  const detail = error instanceof Error ? error.message : String(error);
  return {
    en: `The page could not do this (${detail}): try again, and report it with this sentence if it happens again.`,
    zh: `页面未能完成此操作（${detail}）：请重试；若再次出现，请附上此句反馈。`,
  };
}
