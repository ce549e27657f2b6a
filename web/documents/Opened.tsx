import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OpenedDocument } from "../../sdk/documents/open.ts";
import { reachChain } from "../chain/index.ts";
import { Facts, Failed, Mark, save } from "../design/index.ts";
import { useSigner } from "../wallets/index.ts";
import { useFormat, useWords } from "../words/index.ts";
import type { Myself } from "./keyring.ts";
import { PdfSignatures } from "./PdfSignatures.tsx";
import type { DocumentNow } from "./papers.ts";
import Readers from "./Readers.tsx";

interface Shown {
  file: OpenedDocument;
  /** Whether it is the file that the subject names; undefined where nothing names one. */
  isNamed: boolean | undefined;
}

/** What a document says, for one of its readers, once it asks: fetched, compared with the chain, decrypted here. */
export default function Opened({ me, now }: { me: Myself; now: DocumentNow }) {
  const say = useWords();
  const client = useQueryClient();
  const signer = useSigner();
  const [fetched, setFetched] = useState(0);
  const { count } = useFormat();
  const { document } = now;
  const opening = useMutation({
    mutationFn: async (): Promise<Shown> => {
      const [{ platform }, papers, { storeFor }] = await Promise.all([
        reachChain(),
        import("./papers.ts"),
        import("./sessions.ts"),
      ]);
      const file = await papers.open(platform, await storeFor(signer!), { me, id: document.id, note: setFetched });
      await client.invalidateQueries({ queryKey: ["chain", "copies"] });
      return { file, isNamed: await papers.isFileOfSubject(platform, document, file) };
    },
    // What it says goes with the screen.
    gcTime: 0,
  });
  const shown = opening.data;
  return (
    <>
      <section className="card stack">
        <h2>{say({ en: "What it says", zh: "文件内容" })}</h2>
        {shown === undefined ? (
          <>
            <p>
              {say({
                en: "You are one of its readers. It is fetched encrypted, compared with the chain and decrypted in this browser; the wallet signs once an hour that it is you who asks, and allows nothing else by that.",
                zh: "您是该文件的读者。文件以密文获取，与链上核对后在本浏览器中解密；钱包每小时签名一次以证明是您本人获取，不授予任何其他权限。",
              })}
            </p>
            {opening.isError && <Failed error={opening.error} />}
            <p>
              <button
                type="button"
                className="button primary"
                disabled={opening.isPending || signer === undefined}
                onClick={() => opening.mutate()}
              >
                {say(opening.isPending ? { en: "Opening …", zh: "正在打开……" } : { en: "Open it", zh: "打开" })}
              </button>{" "}
              {fetched > 0 && (
                <span role="status">
                  {say({
                    en: `${count(fetched)} of ${count(document.size)} bytes are here`,
                    zh: `已获取 ${count(fetched)} / ${count(document.size)} 字节`,
                  })}
                </span>
              )}
            </p>
          </>
        ) : (
          <File shown={shown} />
        )}
      </section>
      <Readers me={me} now={now} opened={shown?.file} />
    </>
  );
}

function File({ shown: { file, isNamed } }: { shown: Shown }) {
  const say = useWords();
  const { count } = useFormat();
  const isPdf = /\.pdf$/i.test(file.name) || file.type === "application/pdf";
  return (
    <>
      <p>
        <Mark
          trust="checked"
          words={{ en: "what its owner anchored, to the byte", zh: "与所有者登记的内容逐字节一致" }}
        />
      </p>
      {isNamed !== undefined && (
        <p className={isNamed ? undefined : "note bad"} role={isNamed ? undefined : "alert"}>
          {isNamed ? (
            <Mark trust="checked" words={{ en: "the file that the claim names", zh: "即该应收账款所记的文件" }} />
          ) : (
            say({
              en: "This is not the file that the claim names on the chain: do not confirm or buy the claim by it, and ask its owner.",
              zh: "这不是该应收账款在链上所记的文件：请勿据此确权或受让，并向所有者查询。",
            })
          )}
        </p>
      )}
      <Facts
        rows={[
          [{ en: "Name", zh: "文件名" }, file.name],
          [
            { en: "Length", zh: "长度" },
            say({ en: `${count(file.file.size)} bytes`, zh: `${count(file.file.size)} 字节` }),
          ],
          [{ en: "keccak256 of the file", zh: "文件的 keccak256" }, <code key="hash">{file.fileHash}</code>],
        ]}
      />
      {isPdf && <PdfSignatures file={file.file} hash={file.fileHash} />}
      <p>
        <button type="button" className="button" onClick={() => save(file.file, file.name)}>
          {say({ en: "Save it on this device", zh: "保存到本设备" })}
        </button>
      </p>
    </>
  );
}
