import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { hexToNumber } from "viem";
import { ensureNetwork, networkPanel, WrongNetwork } from "../../sdk/wallets/ensureNetwork.ts";
import { nodeUrl, reachChain } from "../chain/index.ts";
import { Copy, sentencesOf } from "../design/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { noteNetwork, type Wallet } from "./wallet.ts";

/** A wallet on another network: the page asks it to change, and where it refuses, its owner types in what is written here. */
export function NetworkHelp({ wallet }: { wallet: Wallet }) {
  const say = useWords();
  const [refused, setRefused] = useState<Sentence>();
  const { data } = useQuery({ queryKey: ["reached"], queryFn: reachChain });
  const change = async () => {
    const { deployment } = await reachChain();
    try {
      await ensureNetwork(wallet.provider, deployment, [nodeUrl()]);
      setRefused(undefined);
    } catch (error) {
      setRefused(error instanceof WrongNetwork ? error.sentences : sentencesOf(error));
    }
    await noteNetwork();
  };
  const panel = data === undefined ? undefined : networkPanel(data.deployment, [nodeUrl()]);
  return (
    <div className="stack">
      <p className="note warn">
        {say({
          en: `The wallet is on network ${wallet.chainId}, and this market is on another: change it before you sign or send.`,
          zh: `钱包位于网络 ${wallet.chainId}，与本市场所在网络不同：请先切换网络，再签名或发送。`,
        })}
      </p>
      <p>
        <button type="button" className="button primary" onClick={() => void change()}>
          {say({ en: "Change the network", zh: "切换网络" })}
        </button>
      </p>
      {refused !== undefined && (
        <p className="note bad" role="alert">
          {say(refused)}
        </p>
      )}
      {panel !== undefined && (
        <>
          <p>{say({ en: "To type in by hand:", zh: "如需手工填写：" })}</p>
          <dl className="sum">
            <Copied name={{ en: "Name", zh: "名称" }} value={panel.chainName} />
            <Copied name={{ en: "Chain id", zh: "链编号" }} value={String(hexToNumber(panel.chainId))} />
            <Copied name={{ en: "RPC address", zh: "RPC 地址" }} value={panel.rpcUrls[0]!} />
            <Copied name={{ en: "Currency", zh: "货币符号" }} value={panel.nativeCurrency.symbol} />
          </dl>
        </>
      )}
    </div>
  );
}

function Copied({ name, value }: { name: Sentence; value: string }) {
  const say = useWords();
  return (
    <>
      <dt>{say(name)}</dt>
      <dd className="row" style={{ justifyContent: "flex-end" }}>
        <code>{value}</code>
        <Copy text={value} what={name} />
      </dd>
    </>
  );
}
