import type { ReactNode } from "react";
import { useChain } from "../chain/index.ts";
import { Asked, Empty, Titled } from "../design/index.ts";
import { useWallet } from "../wallets/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import type { Myself } from "./keyring.ts";

/** What a reader sees: a participant by its number, an office by its account; without a wallet, what to do to see it. */
export function AsReader({ title, children }: { title: Sentence; children: (me: Myself) => ReactNode }) {
  const say = useWords();
  const account = useWallet()?.account;
  const reader = useChain(
    ["reader", account],
    async ({ platform }) => {
      const { readReaderOf } = await import("../../sdk/documents/registry.ts");
      return (await readReaderOf(platform, account!)) ?? null;
    },
    { enabled: account !== undefined },
  );
  return (
    <Titled title={title}>
      {account === undefined ? (
        <Empty>
          {say({
            en: "Connect a wallet with the button above: documents are shown to their readers.",
            zh: "请用上方按钮连接钱包：文件只向其读者显示。",
          })}
        </Empty>
      ) : (
        <Asked query={reader}>
          {(found) =>
            found === null ? (
              <Empty>
                {say({
                  en: "This account was replaced by another and reads nothing any more: connect the new one.",
                  zh: "此账户已被更换，不能再阅读文件：请连接新账户。",
                })}
              </Empty>
            ) : (
              children({ account, reader: found })
            )
          }
        </Asked>
      )}
    </Titled>
  );
}
