import { useChain } from "../chain/index.ts";
import { useMe } from "../identity/index.ts";
import { Send } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";

/** A bid holds money: its bank lets the desk do so, once. */
export function DeskOptIn() {
  const say = useWords();
  const me = useMe();
  const { data } = useChain(
    ["optedIn", me?.participant],
    async ({ platform }) => (await import("./optedIn.ts")).hasDeskOptedIn(platform, me!.participant),
    { enabled: me !== undefined },
  );
  if (data !== false) return null;
  return (
    <div className="note stack">
      <p>
        {say({
          en: "Once before the first bid: let the financing desk hold deposits for your bids.",
          zh: "首次报价前，须授权融资合约为您的报价冻结存款。",
        })}
      </p>
      <p>
        <Send
          title={{ en: "Let the desk hold deposits", zh: "授权融资合约冻结存款" }}
          call={async (platform) => (await import("./optedIn.ts")).optIn(platform, "FinancingDesk")}
        >
          <p>
            {say({
              en: "The financing desk may hold as much of your deposits as your bids need, and no more. You can take this back; what is held by then stays until its bid ends.",
              zh: "融资合约可按您的报价所需冻结存款，仅此而已。可随时撤回授权；届时已冻结的款项保留至报价结束。",
            })}
          </p>
        </Send>
      </p>
    </div>
  );
}
