import { useState } from "react";
import { Field } from "../design/index.ts";
import type { Trade } from "../records/tradeQueries.ts";
import { Send } from "../wallets/index.ts";
import { type Sentence, useFormat, useWords, written } from "../words/index.ts";
import { readAward } from "./readAward.ts";

type Ruled = Pick<Trade, "id" | "contractedEnergyFen" | "contractedNetworkFen" | "bondFen" | "sellerId">;

/** Divides what is held for a frozen trade; what is not awarded goes back to who gave it. */
export function Rule({ trade }: { trade: Ruled }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [energyText, setEnergy] = useState("");
  const [networkText, setNetwork] = useState("");
  const [bondText, setBond] = useState("");
  const energy = readAward(energyText, BigInt(trade.contractedEnergyFen));
  const network = readAward(networkText, BigInt(trade.contractedNetworkFen));
  const bond = readAward(bondText, BigInt(trade.bondFen));
  const field = (label: Sentence, text: string, set: (text: string) => void, wrong: Sentence | undefined) => (
    <Field label={label} wrong={wrong}>
      <input inputMode="decimal" value={text} onChange={({ target }) => set(target.value)} />
    </Field>
  );
  const ruling =
    energy.value === undefined || network.value === undefined || bond.value === undefined
      ? undefined
      : { energyFen: energy.value, networkFen: network.value, deviationFen: bond.value };
  return (
    <div className="stack">
      <div className="columns">
        {field({ en: "To the seller for energy, CNY", zh: "付卖方电费（元）" }, energyText, setEnergy, energy.wrong)}
        {field({ en: "For the network, CNY", zh: "输配电费（元）" }, networkText, setNetwork, network.wrong)}
        {field({ en: "Out of the seller's bond, CNY", zh: "由履约保证金支付（元）" }, bondText, setBond, bond.wrong)}
      </div>
      <p>
        <Send
          title={{ en: "Rule on it", zh: "裁决" }}
          isDisabled={ruling === undefined}
          call={async (platform) => (await import("./calls.ts")).ruleOnTrade(platform, BigInt(trade.id), ruling!)}
        >
          {ruling !== undefined && (
            <p>
              {say({
                en: `Trade ${trade.id} ends: ${written(yuan(ruling.energyFen))} for energy go to participant ${trade.sellerId} or its assignee, ${written(yuan(ruling.networkFen))} to the grid company, ${written(yuan(ruling.deviationFen))} out of the bond to who the rules name. The rest goes back to who gave it. This cannot be taken back.`,
                zh: `交易 ${trade.id} 终结：电费 ${written(yuan(ruling.energyFen))} 付参与方 ${trade.sellerId} 或其受让方，输配电费 ${written(yuan(ruling.networkFen))} 付电网企业，履约保证金 ${written(yuan(ruling.deviationFen))} 付规则所定收款方；其余退还。不可撤回。`,
              })}
            </p>
          )}
        </Send>
      </p>
    </div>
  );
}
