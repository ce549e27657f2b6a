import { Link } from "@tanstack/react-router";
import type { ProposalPage } from "../../sdk/operator/answers.ts";
import { useChainNow } from "../freshness/index.ts";
import { useIndexed } from "../indexed/index.ts";
import { useOperator } from "../operator/index.ts";
import { useParticipant, useWallet } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";
import { todosOf } from "./todosOf.ts";
import { TODOS } from "./todosQuery.ts";

/** My to-dos (我的待办): what waits for the connected participant, with the way to where it is done; nothing without a wallet. */
export function Todos() {
  const participant = useParticipant();
  const wallet = useWallet();
  if (participant === undefined || wallet === undefined) return null;
  return <Waiting participant={participant} account={wallet.account.toLowerCase()} />;
}

function Waiting({ participant, account }: { participant: number; account: string }) {
  const say = useWords();
  const now = useChainNow();
  const { data } = useIndexed(TODOS, { id: participant });
  const proposals = useOperator<ProposalPage>(`/proposals?${new URLSearchParams({ party: account, limit: "500" })}`);
  if (data === undefined || now === undefined) return null;
  const todos = todosOf({ ...data, proposals: proposals.data?.proposals ?? [] }, { account, now });
  return (
    <section className="card stack">
      <h2>{say({ en: "My to-dos", zh: "我的待办" })}</h2>
      {todos.length === 0 ? (
        <p className="soft">{say({ en: "Nothing waits for you.", zh: "暂无待办事项。" })}</p>
      ) : (
        <ul className="stack">
          {todos.map(({ key, words, to, isUrgent }) => (
            <li key={key}>
              {isUrgent && (
                <>
                  <span className="tag">{say({ en: "urgent", zh: "紧急" })}</span>{" "}
                </>
              )}
              <Link to={to}>{say(words)}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
