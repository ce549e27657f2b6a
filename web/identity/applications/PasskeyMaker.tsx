import { useMutation } from "@tanstack/react-query";
import { Copy, Failed } from "../../design/index.ts";
import { useWords } from "../../words/index.ts";

/** An applicant makes a passkey on its own device, and gives the public half to the registrars. */
export function PasskeyMaker() {
  const say = useWords();
  const making = useMutation({
    mutationFn: async () => (await import("./makePasskey.ts")).makePasskey(say({ en: "Dujiang", zh: "都江" })),
  });
  const key = making.data;
  return (
    <details className="card">
      <summary>{say({ en: "Make a passkey as second factor", zh: "生成通行密钥作为第二因子" })}</summary>
      <div className="stack">
        <p>
          {say({
            en: "The passkey stays on this device or in its account. What is shown then is its public half: give it to a registrar, who proposes it with your application or a renewal.",
            zh: "通行密钥保存在本设备或其账号中。随后显示的是公钥：请交给注册员，随注册或变更申请一并提交。",
          })}
        </p>
        <p>
          <button type="button" className="button" onClick={() => making.mutate()}>
            {say({ en: "Make a passkey", zh: "生成通行密钥" })}
          </button>
        </p>
        {making.isError && <Failed error={making.error} />}
        {key !== undefined && (
          <p className="note">
            <code>{key}</code> <Copy text={key} what={{ en: "the public key", zh: "公钥" }} />
          </p>
        )}
      </div>
    </details>
  );
}
