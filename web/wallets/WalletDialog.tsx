import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ROLE_WORDS } from "../../sdk/access/words.ts";
import type { AnnouncedWallet } from "../../sdk/wallets/announcedWallets.ts";
import { walletCodeOf } from "../../sdk/wallets/walletRefusal.ts";
import { Dialog, Empty, Failed, Loading, sentencesOf } from "../design/index.ts";
import { language, type Sentence, useWords } from "../words/index.ts";
import { useConfig } from "./config.ts";
import { NetworkHelp } from "./NetworkHelp.tsx";
import { useStanding, wordsOfStanding } from "./standing.ts";
import { useRoles } from "./useRoles.ts";
import { connect, disconnect, findWallets, useWallet } from "./wallet.ts";

/** The choice of a wallet, or the connected one with its standing. */
export default function WalletDialog({ close }: { close: () => void }) {
  const wallet = useWallet();
  return wallet === undefined ? <Choice close={close} /> : <Connected close={close} />;
}

function Choice({ close }: { close: () => void }) {
  const say = useWords();
  const [refused, setRefused] = useState<Sentence>();
  const found = useQuery({ queryKey: ["wallets", language()], queryFn: findWallets, staleTime: 0 });
  const choose = (wallet: AnnouncedWallet) =>
    connect(wallet).then(close, (error: unknown) =>
      setRefused(walletCodeOf(error) === 4001 ? DECLINED : sentencesOf(error)),
    );
  return (
    <Dialog title={{ en: "Connect a wallet", zh: "连接钱包" }} close={close}>
      {refused !== undefined && (
        <p className="note bad" role="alert">
          {say(refused)}
        </p>
      )}
      {found.isPending && <Loading what={{ en: "Looking for wallets …", zh: "正在查找钱包……" }} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && (
        <Empty>
          {say({
            en: "There is no wallet in this browser: install one that announces itself (EIP-6963), such as MetaMask or Rabby, and open this again.",
            zh: "此浏览器中没有钱包：请安装支持 EIP-6963 的钱包（如 MetaMask、Rabby），再重新打开此窗口。",
          })}
        </Empty>
      )}
      <ul className="wallets">
        {found.data?.map((wallet) => (
          <li key={wallet.info.uuid}>
            <button type="button" className="button" onClick={() => void choose(wallet)}>
              <img src={wallet.info.icon} alt="" width="24" height="24" />
              <span>{wallet.info.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const DECLINED: Sentence = {
  en: "The wallet declined: choose it again and let this page see an account.",
  zh: "钱包已拒绝：请再次选择，并允许本页面查看账户。",
};

function Connected({ close }: { close: () => void }) {
  const [say, wallet, config] = [useWords(), useWallet(), useConfig()];
  const standing = useStanding(wallet?.account);
  const roles = useRoles() ?? [];
  if (wallet === undefined) return null;
  const acts = roles.map((role) => ROLE_WORDS[role]);
  const isOfDesk = standing?.state === "stranger" && acts.length > 0;
  const isElsewhere = config !== undefined && wallet.chainId !== config.chainId;
  return (
    <Dialog title={wallet.name} close={close}>
      <p className="mono">{wallet.account}</p>
      {isElsewhere ? (
        <NetworkHelp wallet={wallet} />
      ) : (
        standing !== undefined &&
        !isOfDesk && (
          <p className={standing.state === "active" ? "note" : "note warn"}>{say(wordsOfStanding(standing))}</p>
        )
      )}
      {!isElsewhere && acts.length > 0 && (
        <p className="note">
          {say({
            en: `By its roles on the chain it acts as ${acts.map(({ en }) => en).join(", ")}.`,
            zh: `按链上角色，此账户为${acts.map(({ zh }) => zh).join("、")}。`,
          })}
        </p>
      )}
      <p>
        <button
          type="button"
          className="button"
          onClick={() => {
            disconnect();
            close();
          }}
        >
          {say({ en: "Disconnect", zh: "断开连接" })}
        </button>
      </p>
    </Dialog>
  );
}
