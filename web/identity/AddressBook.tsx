import { useMutation, useQueryClient } from "@tanstack/react-query";
import { OfRole } from "../access/index.ts";
import { reachChain } from "../chain/index.ts";
import { Failed, Field, Loading, Mark, onChain } from "../design/index.ts";
import { enterDesk, operatorAt, sessionToken, useDeskSession } from "../operator/index.ts";
import { NAMES } from "../records/useNames.ts";
import { useParticipant, useRoles, useSigner } from "../wallets/index.ts";
import { useFormat, useWords } from "../words/index.ts";

/** Names of participants, shown to who signs in, and proved by their hashes; registrars hand in the sheets behind them. */
export function AddressBook() {
  const say = useWords();
  const { count } = useFormat();
  const [signer, roles, client] = [useSigner(), useRoles(), useQueryClient()];
  const isParticipant = useParticipant() !== undefined;
  // A settlement bank is a participant and holds a role without a desk.
  const isDesk = !isParticipant || (roles?.includes("REGISTRAR") ?? false);
  const known = useDeskSession("/api", signer?.address);
  const open = async () => {
    const { address } = signer!;
    if (!isDesk) return operatorAt(await sessionToken(address, signer!));
    // The operator's clock decides, which is that of people and not the chain's.
    const isGood = known !== undefined && known.expiry > Date.now() / 1000;
    return operatorAt((isGood ? known : await enterDesk("/api", address, signer!)).token);
  };
  const reading = useMutation({
    mutationFn: async () => {
      const [{ platform }, { readNames }] = await Promise.all([reachChain(), import("./names.ts")]);
      const found = await readNames(platform, await open());
      client.setQueryData(NAMES, found.names);
      return found;
    },
  });
  const handing = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const { handIn } = await import("./names.ts");
      const names = await handIn(await open(), files);
      await reading.mutateAsync();
      return names;
    },
  });
  const found = reading.data;
  return (
    <section className="card stack">
      <h2>{say({ en: "Names", zh: "名称" })}</h2>
      <p className="soft">
        {say({
          en: "The market operator shows names to participants and to those who hold a role. Each is proved by its sheet: its hash is the one on the chain, which two registrars signed off. Then it stands beside the number on every screen.",
          zh: "运营服务向参与方和角色持有人显示名称。每个名称由登记表证明：其哈希即两名注册员签署上链的哈希。此后名称与编号一并显示于各页面。",
        })}
      </p>
      {signer === undefined ? (
        <p>{say({ en: "Connect a wallet to sign in.", zh: "请连接钱包后登录查看。" })}</p>
      ) : (
        <p className="no-print">
          <button
            type="button"
            className="button"
            disabled={reading.isPending || roles === undefined}
            onClick={() => reading.mutate()}
          >
            {say({ en: "Sign in and show names", zh: "登录并显示名称" })}
          </button>
        </p>
      )}
      {reading.isPending && <Loading />}
      {reading.isError && <Failed error={reading.error} />}
      {found !== undefined && (
        <p>
          <Mark trust="checked" words={onChain(found.block)} />{" "}
          {say({ en: `${count(found.names.size)} names are proved.`, zh: `${count(found.names.size)} 个名称已核对。` })}
        </p>
      )}
      {found !== undefined && found.differing.length > 0 && (
        <p className="note bad" data-differs="names">
          {say({
            en: `The sheets of ${found.differing.join(", ")} do not make the hashes on the chain: they have no name here until a registrar hands in the right ones.`,
            zh: `编号 ${found.differing.join("、")} 的登记表与链上哈希不符：在注册员提交正确的登记表之前不显示其名称。`,
          })}
        </p>
      )}
      <OfRole holder="REGISTRAR">
        <Field
          label={{ en: "Hand in sheets of approved participants", zh: "提交已批准参与方的登记表" }}
          hint={{
            en: "Byte for byte as they were proposed; all are taken, or none.",
            zh: "须与提交申请时的文件逐字节一致；全部接收或全部拒绝。",
          }}
        >
          <input
            type="file"
            multiple
            accept=".json"
            disabled={handing.isPending}
            onChange={({ target }) => {
              if (target.files !== null && target.files.length > 0) handing.mutate([...target.files]);
            }}
          />
        </Field>
        {handing.isError && <Failed error={handing.error} />}
        {handing.data !== undefined && (
          <p className="note" role="status">
            {say({
              en: `Taken: ${count(handing.data)} participants have their names by them.`,
              zh: `已接收：${count(handing.data)} 个参与方据此有了名称。`,
            })}
          </p>
        )}
      </OfRole>
    </section>
  );
}
