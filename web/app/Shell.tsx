import { Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { FreshnessBar, useLive } from "../freshness/index.ts";
import { PracticeBar } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";
import { Header } from "./Header.tsx";

/** What stands around every screen. */
export function Shell() {
  const say = useWords();
  useLive();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // Who follows a link with a screen reader goes on where the new screen begins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what this waits for
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [pathname]);
  return (
    <>
      <header>
        <a href="#main" className="hidden skip">
          {say({ en: "Skip to the content", zh: "跳到正文" })}
        </a>
        <PracticeBar />
        <Header />
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <FreshnessBar />
    </>
  );
}
