import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import type { Address } from "viem";
import type { RoleName } from "../../sdk/access/roles.ts";
import { ROLE_WORDS } from "../../sdk/access/words.ts";
import type { Alerts as Answer } from "../../sdk/operator/answers.ts";
import type { OperatorError } from "../../sdk/operator/ask.ts";
import { Empty, Failed, Loading } from "../design/index.ts";
import { type Door, enterDesk, leaveDesk, useDeskSession, useOperator } from "../operator/index.ts";
import { useRoles, useSigner, useWallet } from "../wallets/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { Alerts } from "./Alerts.tsx";

interface DeskProps {
  title: Sentence;
  /** The role of who works here. */
  staff: RoleName;
  /** Where its staff sign in, and whose alerts it shows. */
  door: Door;
  children: (token: string) => ReactNode;
}

/** Alerts come from clocks and keys too, that no event speaks of. */
const ALERTS_MS = 10_000;

/** A desk for who holds a role: signed in with the wallet. Others read what to do to get in. */
export function Desk({ title, staff, door, children }: DeskProps) {
  const [say, wallet] = [useWords(), useWallet()];
  const account = wallet?.account;
  const session = useDeskSession(door, account);
  return (
    <>
      <div className="row between">
        <h1>{say(title)}</h1>
        {account !== undefined && session !== undefined && (
          <button type="button" className="button s no-print" onClick={() => leaveDesk(door, account)}>
            {say({ en: "Leave the desk", zh: "离开业务台" })}
          </button>
        )}
      </div>
      {account === undefined ? (
        <Empty>{say(connectFirst(staff))}</Empty>
      ) : session === undefined ? (
        <Entrance account={account} staff={staff} door={door} />
      ) : (
        <AtDesk account={account} door={door} token={session.token}>
          {children(session.token)}
        </AtDesk>
      )}
    </>
  );
}

/** Who holds the role signs in here; who does not is not asked to sign in vain. */
function Entrance({ account, staff, door }: { account: Address; staff: RoleName; door: Door }) {
  const [say, signer] = [useWords(), useSigner()];
  const roles = useRoles();
  const entering = useMutation({ mutationFn: () => enterDesk(door, account, signer!) });
  if (roles === undefined) return <Loading />;
  if (!roles.includes(staff)) return <Empty>{say(notYours(staff, account))}</Empty>;
  return (
    <section className="card stack">
      <p>
        {say({
          en: "Sign in with the wallet: what you sign lets this page work at the desk for an hour; nothing goes to the chain.",
          zh: "请用钱包登录：签署后本页面可在业务台工作一小时，不会向链提交任何内容。",
        })}
      </p>
      <p>
        <button
          type="button"
          className="button primary"
          disabled={entering.isPending}
          onClick={() => entering.mutate()}
        >
          {say({ en: "Sign in", zh: "登录业务台" })}
        </button>
      </p>
      {entering.isError && <Failed error={entering.error} />}
    </section>
  );
}

interface AtDeskProps {
  account: Address;
  door: Door;
  token: string;
  children: ReactNode;
}

function AtDesk({ account, door, token, children }: AtDeskProps) {
  const alerts = useOperator<Answer>(door === "/api" ? "/alerts" : "/readings/alerts", { token, everyMs: ALERTS_MS });
  // The hour is over, the service was started again, or the role is gone: who comes back signs in again.
  const isOut = (alerts.error as OperatorError | null)?.status === 401;
  useEffect(() => {
    if (isOut) leaveDesk(door, account);
  }, [isOut, door, account]);
  return (
    <>
      <Alerts query={alerts} token={token} />
      {children}
    </>
  );
}

const connectFirst = (role: RoleName): Sentence => ({
  en: `This desk is for the ${ROLE_WORDS[role].en}: connect the wallet of an account that holds the role ${role}, with the button above.`,
  zh: `此业务台供${ROLE_WORDS[role].zh}使用：请用上方按钮连接持有 ${role} 角色的账户的钱包。`,
});

const notYours = (role: RoleName, account: Address): Sentence => ({
  en: `The account ${account} does not hold the role ${role} of the ${ROLE_WORDS[role].en}: connect one that does, or have the council grant it.`,
  zh: `账户 ${account} 没有${ROLE_WORDS[role].zh}的 ${role} 角色：请改用持有该角色的账户，或请联盟理事会授予。`,
});
