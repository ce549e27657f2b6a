import { useState } from "react";
import { type Column, Empty, Field, Table } from "../design/index.ts";
import { tagOf, useLanguage, useWords } from "../words/index.ts";
import { TERMS, type Term } from "./glossary.ts";

/** The words of the market in both languages, as every screen and document uses them. */
export function Glossary() {
  const [say, spoken] = [useWords(), useLanguage()];
  const [sought, setSought] = useState("");
  const other = spoken === "zh" ? "en" : "zh";
  const text = sought.trim().toLowerCase();
  const found = TERMS.filter(({ words, place, note }) =>
    [words.en, words.zh, place, note].some((each) => each.toLowerCase().includes(text)),
  );
  const columns: Column<Term>[] = [
    { title: { en: "Term", zh: "术语" }, kind: "text", cell: ({ words }) => say(words) },
    {
      title: { en: "In Chinese", zh: "英文" },
      kind: "text",
      cell: ({ words }) => <span lang={tagOf(other)}>{words[other]}</span>,
    },
    { title: { en: "In the system", zh: "系统中的名称" }, kind: "text", cell: ({ place }) => place },
    { title: { en: "Note", zh: "说明" }, kind: "text", cell: ({ note }) => note },
  ];
  return (
    <>
      <div className="row between">
        <h1>{say({ en: "Glossary", zh: "术语表" })}</h1>
        <Field label={{ en: "Find a term", zh: "查找术语" }}>
          <input type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
        </Field>
      </div>
      <section className="card">
        {found.length === 0 ? (
          <Empty>
            {say({
              en: "No term has these letters in it: try fewer of them, or the word in the other language.",
              zh: "没有包含这些字符的术语：请减少字数，或改用另一种语言查找。",
            })}
          </Empty>
        ) : (
          <Table label={{ en: "Terms", zh: "术语" }} columns={columns} rows={found} keyOf={({ id }) => id} />
        )}
      </section>
    </>
  );
}
