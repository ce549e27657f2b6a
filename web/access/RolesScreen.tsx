import { Asked, type Column, Listing, Titled } from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { Transaction } from "../records/LifeLine.tsx";
import { useComparison } from "../records/useComparison.ts";
import { useRoles, useWallet } from "../wallets/index.ts";
import { type Sentence, time, useFormat, useWords } from "../words/index.ts";
import { type HolderRow, ROLES, type RolesAnswer } from "./rolesQuery.ts";
import { Scheduled } from "./Scheduled.tsx";
import { ROLE_TASKS, roleWords } from "./words.ts";

/** Who holds which role and since when, who held one, and what waits for its delay. */
export function RolesScreen() {
  const query = useIndexed(ROLES, {});
  return (
    <Titled title={{ en: "Roles", zh: "角色" }}>
      <Yours />
      <Asked query={query}>{(answer) => <Known answer={answer} />}</Asked>
      <Scheduled />
    </Titled>
  );
}

/** What the connected account may do by roles. */
function Yours() {
  const say = useWords();
  const [wallet, roles] = [useWallet(), useRoles()];
  if (wallet === undefined || roles === undefined) return null;
  if (roles.length === 0)
    return (
      <p className="soft">
        {say({
          en: "Your account holds no role: you can read everything here; the council gives roles.",
          zh: "您的账户没有任何角色：可查看全部内容；角色由联盟理事会授予。",
        })}
      </p>
    );
  const said = (role: (typeof roles)[number]): Sentence => {
    const [{ en, zh }, task] = [roleWords(role), ROLE_TASKS[role]];
    return task === undefined ? { en, zh } : { en: `${en} (${task.en})`, zh: `${zh}（${task.zh}）` };
  };
  const all = roles.map(said);
  return (
    <p className="note">
      {say({
        en: `Your account acts as ${all.map(({ en }) => en).join("; ")}.`,
        zh: `您的账户为：${all.map(({ zh }) => zh).join("；")}。`,
      })}
    </p>
  );
}

function Known({ answer }: { answer: RolesAnswer }) {
  const say = useWords();
  const indexBlock = blockOf(answer);
  const { items } = answer.holding;
  const check = useComparison(
    ["roles", items],
    async (platform) => (await import("./roleCheck.ts")).checkRoles(platform, items),
    { indexBlock },
  );
  const contracts = check.data?.contracts;
  return (
    <>
      <CheckedMark check={check} indexBlock={indexBlock} />
      <section className="card stack">
        <h2>{say({ en: "Who holds which role", zh: "现任角色" })}</h2>
        <Holders label={{ en: "Holders of roles", zh: "角色持有人" }} rows={items} contracts={contracts} />
      </section>
      {answer.former.items.length > 0 && (
        <details className="card">
          <summary>
            {say({
              en: `Taken away: ${answer.former.items.length}`,
              zh: `已收回：${answer.former.items.length} 项`,
            })}
          </summary>
          <Holders
            label={{ en: "Former holders", zh: "原角色持有人" }}
            rows={answer.former.items}
            contracts={contracts}
          />
        </details>
      )}
    </>
  );
}

interface HoldersProps {
  label: Sentence;
  rows: readonly HolderRow[];
  contracts: ReadonlyMap<string, string> | undefined;
}

function Holders({ label, rows, contracts }: HoldersProps) {
  const say = useWords();
  const { count } = useFormat();
  const delay = ({ delaySeconds }: HolderRow) =>
    delaySeconds === "0"
      ? say({ en: "at once", zh: "立即" })
      : say({ en: `${count(hoursOf(delaySeconds))} h`, zh: `${count(hoursOf(delaySeconds))} 小时` });
  const who = ({ account }: HolderRow) => contracts?.get(account.toLowerCase()) ?? "";
  const columns: Column<HolderRow>[] = [
    { title: { en: "Role", zh: "角色" }, cell: ({ role }) => say(roleWords(role)) },
    {
      title: { en: "Account", zh: "账户" },
      cell: (row) => (
        <>
          <code>{row.account}</code> {who(row)}
        </>
      ),
    },
    { title: { en: "Since", zh: "自" }, cell: ({ since }) => time(BigInt(since)) },
    { title: { en: "Its acts wait", zh: "操作等待" }, cell: delay },
    {
      title: { en: "Given by", zh: "授予" },
      cell: ({ grantedTx }) => <Transaction hash={grantedTx} />,
    },
    {
      title: { en: "Taken away", zh: "收回" },
      cell: ({ revokedAt, revokedTx }) =>
        revokedAt === null || revokedTx === null ? (
          "—"
        ) : (
          <>
            {time(BigInt(revokedAt))} <Transaction hash={revokedTx} />
          </>
        ),
    },
  ];
  return (
    <Listing
      label={label}
      columns={columns}
      rows={rows}
      keyOf={({ roleId, account }) => `${roleId} ${account}`}
      lines={(row) => ({
        first: [say(roleWords(row.role)), <span key="who">{who(row) || short(row.account)}</span>],
        second: [time(BigInt(row.since)), <Transaction key="tx" hash={row.grantedTx} />],
      })}
    />
  );
}

const hoursOf = (seconds: string) => BigInt(seconds) / 3600n;
const short = (account: string) => `${account.slice(0, 8)}…${account.slice(-4)}`;
