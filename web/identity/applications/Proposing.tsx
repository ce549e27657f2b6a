import type { ReactNode } from "react";
import { useHolds } from "../../wallets/index.ts";
import { type Sentence, useWords } from "../../words/index.ts";
import { AccountForm } from "./AccountForm.tsx";
import { ApplicationForm } from "./ApplicationForm.tsx";
import { MeterForm } from "./MeterForm.tsx";
import { PasskeyMaker } from "./PasskeyMaker.tsx";
import { Renewal } from "./Renewal.tsx";

/** What one registrar, or the metering centre, begins; what an applicant brings along. */
export default function Proposing() {
  const say = useWords();
  const [isRegistrar, isMetering] = [useHolds("REGISTRAR"), useHolds("METER_OPERATOR")];
  const form = (summary: Sentence, children: ReactNode) => (
    <details className="card no-print">
      <summary>{say(summary)}</summary>
      {children}
    </details>
  );
  return (
    <>
      {!isRegistrar && (
        <>
          <p className="soft">
            {say({
              en: "Registrars propose and approve, two persons each. To be admitted, bring one of them your licence, your authority and your account; your application then waits here until another has approved it.",
              zh: "由两名注册员提交与复核。申请准入请将证照、授权和操作账户交给一名注册员；申请将显示于此，直至另一名注册员批准。",
            })}
          </p>
          <PasskeyMaker />
        </>
      )}
      {isRegistrar && (
        <>
          {form({ en: "Propose a newcomer", zh: "提交新参与方" }, <ApplicationForm />)}
          {form({ en: "Propose a renewal or another second factor", zh: "提交续期或更换第二因子" }, <Renewal />)}
          {form({ en: "Propose another account", zh: "提交更换账户" }, <AccountForm />)}
        </>
      )}
      {isMetering && form({ en: "Register a meter", zh: "登记计量点" }, <MeterForm />)}
    </>
  );
}
