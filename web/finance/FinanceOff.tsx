import "./finance.css";
import { useWords } from "../words/index.ts";
import { useFinance } from "./switchedOn.ts";

/** Says where finance is switched off that nothing new begins here; what is open is shown and can be finished. */
export function FinanceOff() {
  const say = useWords();
  if (useFinance() !== false) return null;
  return (
    <p className="note warn">
      {say({
        en: "Finance is switched off on this network: claims, requests and bids that exist can be finished, nothing new begins. The council switches it on for licensed parties.",
        zh: "本网络未开放融资业务：已有的应收账款、融资申请与报价仍可办结，不能新开业务；由联盟理事会面向持牌机构开放。",
      })}
    </p>
  );
}
