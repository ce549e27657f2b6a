import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Hex } from "viem";
import type { Platform } from "../../sdk/chain/client.ts";
import { reachChain } from "../chain/index.ts";
import { Failed, Loading, sentencesOf } from "../design/index.ts";
import { language, type Sentence, useWords } from "../words/index.ts";
import type { FactorAsked } from "./sending.ts";
import { findWallets, useWallet } from "./wallet.ts";

/** Lets the second factor confirm what the chain asks it for, and hands the confirmation in. @param done once a block has it */
export default function SecondFactor({ participant, subject, done }: FactorAsked & { done: () => void }) {
  const say = useWords();
  const wallet = useWallet();
  const [wrong, setWrong] = useState<Sentence>();
  const [isBusy, setBusy] = useState(false);
  const factor = useQuery({
    queryKey: ["chain", "factor", participant],
    queryFn: async () => {
      const [{ platform }, { readFactor }] = await Promise.all([reachChain(), import("./factor.ts")]);
      return readFactor(platform, participant);
    },
  });
  const asked = factor.data;
  const confirm = async (sign: (platform: Platform) => Promise<Hex>) => {
    if (wallet === undefined) return;
    setWrong(undefined);
    setBusy(true);
    try {
      const [{ platform }, { handIn }] = await Promise.all([reachChain(), import("./factor.ts")]);
      const signature = await sign(platform);
      const { account, provider } = wallet;
      const end = await handIn({ participant, subject }, signature, { platform, account, provider }, () => {});
      if (end.stage === "refused") setWrong(end.why);
      else done();
    } catch (error) {
      setWrong(sentencesOf(error));
    }
    setBusy(false);
  };
  return (
    <section className="note stack" aria-label={say({ en: "Second factor", zh: "第二因子" })}>
      <p>
        {say({
          en: "The second factor confirms exactly this call, for today and once. Afterwards the call is checked again.",
          zh: "第二因子仅确认这一笔操作，当日有效、使用一次；确认后将重新检查。",
        })}
      </p>
      <p className="soft">
        {say({ en: "It confirms ", zh: "确认内容：" })}
        <code>{subject}</code>
      </p>
      {factor.isPending && <Loading />}
      {factor.isError && <Failed error={factor.error} retry={() => void factor.refetch()} />}
      {asked?.kind === "passkey" && (
        <p>
          <button
            type="button"
            className="button primary"
            disabled={isBusy}
            onClick={() =>
              void confirm(async (platform) =>
                (await import("./factor.ts")).signByPasskey(platform, { participant, subject }),
              )
            }
          >
            {say({ en: "Confirm with the passkey", zh: "用通行密钥确认" })}
          </button>
        </p>
      )}
      {asked?.kind === "account" && (
        <SecondWallet
          account={asked.account}
          isBusy={isBusy}
          choose={(provider) =>
            void confirm(async (platform) => {
              const { signByWallet } = await import("./factor.ts");
              return signByWallet(platform, { participant, subject }, { account: asked.account, provider });
            })
          }
        />
      )}
      {asked?.kind === "elsewhere" && (
        <p>
          {say({
            en: "The second factor is a key that no browser reaches, such as a bank's token: have its holder sign the confirmation and hand it in, then check again.",
            zh: "第二因子为浏览器无法调用的密钥（如银行密钥设备）：请由持有人签署并提交确认，然后重新检查。",
          })}
        </p>
      )}
      {wrong !== undefined && (
        <p className="note bad" role="alert">
          {say(wrong)}
        </p>
      )}
    </section>
  );
}

interface SecondWalletProps {
  account: string;
  isBusy: boolean;
  choose: (provider: Awaited<ReturnType<typeof findWallets>>[number]["provider"]) => void;
}

/** The wallets of this browser, of which the second person chooses theirs. */
function SecondWallet({ account, isBusy, choose }: SecondWalletProps) {
  const say = useWords();
  const found = useQuery({ queryKey: ["wallets", language()], queryFn: findWallets, staleTime: 0 });
  return (
    <>
      <p>
        {say({ en: "The second person signs with the account ", zh: "请复核人使用以下账户签名：" })}
        <code>{account}</code>
      </p>
      <ul className="wallets">
        {found.data?.map(({ info, provider }) => (
          <li key={info.uuid}>
            <button type="button" className="button" disabled={isBusy} onClick={() => choose(provider)}>
              <img src={info.icon} alt="" width="24" height="24" />
              <span>{info.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
