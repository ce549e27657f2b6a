import { useState } from "react";
import { useChain } from "../chain/index.ts";
import { Asked, Empty, Facts, Field } from "../design/index.ts";
import { useIndexed } from "../indexed/index.ts";
import { Send } from "../wallets/index.ts";
import { time, useWords } from "../words/index.ts";
import { KEY_PROPOSALS } from "./documentQueries.ts";
import { ReaderName } from "./ReaderName.tsx";

/** For registrars: one proposes a reader's key, another compares its fingerprint with the holder and approves it. */
export function EnrolKeys() {
  const say = useWords();
  return (
    <details className="card">
      <summary>{say({ en: "For registrars: enrol a reader's key", zh: "注册员：登记读者密钥" })}</summary>
      <div className="stack">
        <Propose />
        <Proposals />
      </div>
    </details>
  );
}

function Propose() {
  const say = useWords();
  const [text, setText] = useState("");
  const read = useChain(
    ["handedOver", text],
    async () => {
      const { fingerprint, readHandedOver } = await import("./keyring.ts");
      const { reader, point } = readHandedOver(text);
      return { reader, point, fingerprint: fingerprint(point) };
    },
    { enabled: text.trim() !== "" },
  );
  const known = text.trim() === "" ? undefined : read.data;
  return (
    <div className="stack">
      <Field
        label={{ en: "Key as its holder's page shows it", zh: "持有人页面所示的密钥" }}
        wrong={
          text.trim() !== "" && read.isError
            ? {
                en: "This is no key: a number or an account, a colon, 0x and 128 digits.",
                zh: "这不是密钥：应为编号或账户、冒号、0x 和 128 位十六进制数字。",
              }
            : undefined
        }
      >
        <input autoComplete="off" spellCheck={false} value={text} onChange={({ target }) => setText(target.value)} />
      </Field>
      {known !== undefined && (
        <Facts
          rows={[
            [{ en: "Reader", zh: "读者" }, <ReaderName key="reader" reader={known.reader} />],
            [{ en: "Fingerprint", zh: "指纹" }, <code key="print">{known.fingerprint}</code>],
          ]}
        />
      )}
      <p>
        <Send
          title={{ en: "Propose this key", zh: "提交此密钥" }}
          isDisabled={known === undefined}
          call={async (platform) =>
            (await import("./keyring.ts")).proposeReaderKey(platform, known!.reader, known!.point)
          }
          done={() => setText("")}
        >
          <p>
            {say({
              en: `You propose this as the reading key of ${known?.reader}. It counts once a second registrar has compared its fingerprint with the holder.`,
              zh: `您提交此密钥作为 ${known?.reader} 的阅读密钥；第二名注册员与持有人核对指纹并批准后生效。`,
            })}
          </p>
        </Send>
      </p>
    </div>
  );
}

function Proposals() {
  const say = useWords();
  const query = useIndexed(KEY_PROPOSALS, {});
  return (
    <Asked query={query}>
      {({ readerKeyProposals: { items } }) => {
        if (items.length === 0)
          return <Empty>{say({ en: "No key waits for a second registrar.", zh: "没有待批准的密钥。" })}</Empty>;
        return (
          <ul className="stack">
            {items.map((proposal) => (
              <li key={`${proposal.reader} ${proposal.number}`}>
                <Proposal {...proposal} />
              </li>
            ))}
          </ul>
        );
      }}
    </Asked>
  );
}

interface ProposalProps {
  reader: string;
  x: string;
  y: string;
  proposedBy: string;
  proposedAt: string;
}

function Proposal({ reader, x, y, proposedBy, proposedAt }: ProposalProps) {
  const say = useWords();
  const point = { x: x as `0x${string}`, y: y as `0x${string}` };
  const { data: print } = useChain(["fingerprint", x, y], async () =>
    (await import("./keyring.ts")).fingerprint(point),
  );
  return (
    <div className="stack">
      <Facts
        rows={[
          [{ en: "Reader", zh: "读者" }, <ReaderName key="reader" reader={reader} />],
          [{ en: "Fingerprint", zh: "指纹" }, <code key="print">{print}</code>],
          [{ en: "Proposed by", zh: "提交人" }, <code key="by">{proposedBy}</code>],
          [{ en: "On", zh: "提交时间" }, time(BigInt(proposedAt))],
        ]}
      />
      <div className="row">
        <Send
          title={{ en: `Approve the key of ${reader}`, zh: `批准 ${reader} 的密钥` }}
          isPrimary
          call={async (platform) => {
            const { approveReaderKey, readerOfText } = await import("./keyring.ts");
            return approveReaderKey(platform, readerOfText(reader), point);
          }}
        >
          <p>
            {say({
              en: `Documents for ${reader} are sealed for this key from now on, and who holds it reads them. Approve only if its holder read you this fingerprint: ${print}.`,
              zh: `此后给 ${reader} 的文件将为此密钥加密，其持有人均可阅读。仅在持有人亲自读出此指纹时批准：${print}。`,
            })}
          </p>
        </Send>
        <Send
          title={{ en: `Reject the key of ${reader}`, zh: `驳回 ${reader} 的密钥` }}
          call={async (platform) => {
            const { readerOfText, rejectReaderKey } = await import("./keyring.ts");
            return rejectReaderKey(platform, readerOfText(reader));
          }}
        >
          <p>{say({ en: "The proposal ends; another can be made.", zh: "该提交终止；可另行提交。" })}</p>
        </Send>
      </div>
    </div>
  );
}
