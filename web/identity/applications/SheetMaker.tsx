import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Hex } from "viem";
import { Failed, Field, save } from "../../design/index.ts";
import { useWords } from "../../words/index.ts";

/** Writes the sheet of a participant: its name and the hashes of its papers. Whoever checks the hash later needs the file. */
export function SheetMaker({ choose }: { choose: (hash: Hex | undefined) => void }) {
  const say = useWords();
  const [zh, setZh] = useState("");
  const [en, setEn] = useState("");
  const [papers, setPapers] = useState<readonly File[]>([]);
  const [hash, setHash] = useState<Hex>();
  const set = (found: Hex | undefined) => {
    setHash(found);
    choose(found);
  };
  const writing = useMutation({
    mutationFn: async () => {
      const { buildSheet, keccak256, sheetHash } = await import("./sheets.ts");
      const hashes = await Promise.all(
        papers.map(async (file) => ({
          title: file.name,
          hash: keccak256(new Uint8Array(await file.arrayBuffer())),
        })),
      );
      const text = buildSheet({ name: { en: en.trim(), zh: zh.trim() }, papers: hashes });
      const found = sheetHash(text);
      save(new Blob([text], { type: "application/json" }), `sheet-${found.slice(2, 10)}.json`);
      set(found);
    },
  });
  return (
    <div className="stack">
      <div className="columns">
        <Field label={{ en: "Name in Chinese", zh: "中文名称" }}>
          <input
            value={zh}
            maxLength={200}
            onChange={({ target }) => {
              setZh(target.value);
              set(undefined);
            }}
          />
        </Field>
        <Field label={{ en: "Name in English", zh: "英文名称" }}>
          <input
            value={en}
            maxLength={200}
            onChange={({ target }) => {
              setEn(target.value);
              set(undefined);
            }}
          />
        </Field>
        <Field
          label={{ en: "Licence and authority, as files", zh: "证照与授权文件" }}
          hint={{
            en: "They are hashed on this device and sent nowhere; the sheet has their titles and hashes.",
            zh: "仅在本设备计算哈希，不上传；登记表只记其标题与哈希。",
          }}
        >
          <input
            type="file"
            multiple
            onChange={({ target }) => {
              setPapers([...(target.files ?? [])]);
              set(undefined);
            }}
          />
        </Field>
      </div>
      {writing.isError && <Failed error={writing.error} />}
      <p>
        <button
          type="button"
          className="button"
          disabled={zh.trim() === "" || en.trim() === "" || papers.length === 0}
          onClick={() => writing.mutate()}
        >
          {say({ en: "Write the sheet and save it", zh: "生成并保存登记表" })}
        </button>
      </p>
      <p className={hash === undefined ? "soft" : "note"} role="status">
        {hash === undefined
          ? say({
              en: "The chain keeps the hash of the sheet alone: save the file, and give it to the second registrar with the papers.",
              zh: "链上只记录登记表的哈希：请保存该文件，并连同材料交给第二名注册员。",
            })
          : say({ en: "Saved. Its hash is proposed: ", zh: "已保存，将提交其哈希：" })}
        {hash !== undefined && <code>{hash}</code>}
      </p>
    </div>
  );
}
