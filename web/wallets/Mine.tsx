import type { ReactNode } from "react";
import { Empty, Loading } from "../design/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { useStanding, wordsOfStanding } from "./standing.ts";
import { useWallet } from "./wallet.ts";

/** What belongs to the connected participant; without one, what to do to see it. */
export function Mine({ title, children }: { title: Sentence; children: (participant: number) => ReactNode }) {
  const [say, wallet] = [useWords(), useWallet()];
  const standing = useStanding(wallet?.account);
  const participant = standing?.participant;
  if (participant !== undefined) return children(participant);
  return (
    <>
      <h1>{say(title)}</h1>
      {wallet === undefined ? (
        <Empty>
          {say({
            en: "Connect a wallet with the button above: then this is shown for its participant.",
            zh: "请用上方按钮连接钱包，此处将显示其参与方的内容。",
          })}
        </Empty>
      ) : standing === undefined ? (
        <Loading />
      ) : (
        <Empty>{say(wordsOfStanding(standing))}</Empty>
      )}
    </>
  );
}
