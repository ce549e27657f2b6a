import { useChain } from "../chain/index.ts";
import { Asked, Facts, Mark, onChain } from "../design/index.ts";
import { Send, useRoles, useWallet } from "../wallets/index.ts";
import { time, useWords } from "../words/index.ts";
import type { Waiting } from "./scheduledCalls.ts";

/** Decisions that wait for their delay: what each would do, from when, and cancelling it for who may. */
export function Scheduled() {
  const say = useWords();
  const query = useChain(["scheduled"], async ({ platform }) =>
    (await import("./scheduledCalls.ts")).readWaiting(platform),
  );
  return (
    <section className="card stack">
      <h2>{say({ en: "Decisions that wait", zh: "等待执行的决定" })}</h2>
      <Asked query={query}>
        {({ block, calls }) => (
          <>
            {calls.length === 0 ? (
              <p>{say({ en: "Nothing waits for its delay.", zh: "没有等待执行的决定。" })}</p>
            ) : (
              <ul className="stack">
                {calls.map((call) => (
                  <li key={call.operation} className="stack">
                    <One call={call} />
                  </li>
                ))}
              </ul>
            )}
            <p>
              <Mark trust="checked" words={onChain(block)} />
            </p>
          </>
        )}
      </Asked>
    </section>
  );
}

function One({ call }: { call: Waiting }) {
  const say = useWords();
  const [wallet, roles] = [useWallet(), useRoles()];
  const { intent, contract, functionName, caller, from, until } = call;
  const name = contract === undefined ? call.to : `${contract}.${functionName ?? "?"}`;
  const isOwn = wallet?.account.toLowerCase() === caller.toLowerCase();
  const may = isOwn || roles?.some((role) => role === "GUARDIAN" || role === "ADMIN");
  return (
    <>
      <h3>{intent === undefined ? <code>{name}</code> : say(intent)}</h3>
      <Facts
        rows={[
          [{ en: "Call", zh: "调用" }, <code key="call">{name}</code>],
          [{ en: "Scheduled by", zh: "预约人" }, <code key="caller">{caller}</code>],
          [{ en: "Counts from", zh: "可执行起" }, time(from)],
          [{ en: "Counts until", zh: "可执行止" }, time(until)],
          [{ en: "Data", zh: "数据" }, <code key="data">{call.data}</code>],
        ]}
      />
      {may && (
        <p>
          <Send
            title={{ en: "Cancel this decision", zh: "撤销此决定" }}
            call={async (platform) => (await import("./scheduledCalls.ts")).cancelScheduled(platform, call)}
          >
            <p>
              {say({
                en: `${name}, scheduled by ${caller}, is not carried out. It can be scheduled again, and waits again.`,
                zh: `由 ${caller} 预约的 ${name} 将不再执行；可重新预约，并重新等待。`,
              })}
            </p>
          </Send>
        </p>
      )}
    </>
  );
}
