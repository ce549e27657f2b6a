import type { ErrorComponentProps } from "@tanstack/react-router";
import { Failed } from "../design/index.ts";
import { useWords } from "../words/index.ts";

/** Where a screen fails: why, and how to go on. The shell around it stays. */
export function Trouble({ error, reset }: ErrorComponentProps) {
  const say = useWords();
  return (
    <>
      <h1>{say({ en: "This page could not be shown", zh: "页面无法显示" })}</h1>
      <Failed error={error} retry={reset} />
    </>
  );
}
