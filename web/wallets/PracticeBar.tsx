import { useWords } from "../words/index.ts";
import { useConfig } from "./config.ts";

/** Says on every screen that nothing here is worth anything. */
export function PracticeBar() {
  const say = useWords();
  if (useConfig()?.practice !== true) return null;
  return (
    <p className="practice">
      {say({
        en: "Practice: a network of this machine alone, with wallets whose keys everybody has. No amount is real.",
        zh: "练习：仅限本机的演示网络，钱包私钥人人可得，所有数额均非真实。",
      })}
    </p>
  );
}
