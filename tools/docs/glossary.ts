import { parse } from "csv-parse/sync";

interface Term {
  zh: string;
  en: string;
  note: string;
  "where it stands in the system": string;
}

const HEADS = {
  en: { title: "Glossary", columns: ["English", "Chinese", "where it stands", "note"] },
  zh: { title: "术语表", columns: ["中文", "英文", "系统中的位置", "说明"] },
} as const;

/** The glossary as a page, one word for one thing, by the rows of its file. */
export function glossaryPage(tsv: string, language: "en" | "zh"): string {
  const terms: Term[] = parse(tsv, { delimiter: "\t", columns: true, quote: null, relax_column_count: true });
  const { title, columns } = HEADS[language];
  const rows = terms.map(({ zh, en, note, "where it stands in the system": place }) =>
    (language === "en" ? [en, zh, place, note] : [zh, en, place, note]).map(cell),
  );
  const lines = [[...columns], columns.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  return `# ${title}\n\n${lines.join("\n")}\n`;
}

/** Text that means nothing to Markdown or Vue. */
const cell = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("{", "&#123;")
    .replaceAll("|", "\\|")
    .replaceAll("*", "\\*");
