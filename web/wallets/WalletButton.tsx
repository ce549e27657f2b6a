import { lazy, Suspense, useEffect, useState } from "react";
import { useWords } from "../words/index.ts";
import { useConfig } from "./config.ts";
import { useStanding } from "./standing.ts";
import { useRoles } from "./useRoles.ts";
import { reconnect, useWallet } from "./wallet.ts";

const WalletDialog = lazy(() => import("./WalletDialog.tsx"));

/** Who acts here; opens the choice of wallets, or what can be done with the connected one. */
export function WalletButton() {
  const [say, wallet, config] = [useWords(), useWallet(), useConfig()];
  const standing = useStanding(wallet?.account);
  const isOfDesk = (useRoles() ?? []).length > 0;
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // A wallet that is gone, or locked, is connected by hand again.
    reconnect().catch(() => {});
  }, []);
  const isElsewhere = wallet !== undefined && config !== undefined && wallet.chainId !== config.chainId;
  const isFine = standing === undefined || standing.state === "active" || (standing.state === "stranger" && isOfDesk);
  const needsCare = isElsewhere || !isFine;
  return (
    <>
      <button
        type="button"
        className={wallet === undefined ? "button s primary" : "button s wallet"}
        onClick={() => setOpen(true)}
      >
        {wallet === undefined ? (
          say({ en: "Connect a wallet", zh: "连接钱包" })
        ) : (
          <>
            <img src={wallet.icon} alt="" width="18" height="18" />
            <span className="who">{say(wallet.name)}</span>
            {needsCare && (
              <span className="mark bad">
                <span aria-hidden="true">!</span>
                <span className="hidden">{say({ en: "needs attention", zh: "需要处理" })}</span>
              </span>
            )}
          </>
        )}
      </button>
      {isOpen && (
        <Suspense>
          <WalletDialog close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
