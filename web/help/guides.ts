import type { Language, Sentence } from "../words/index.ts";

/** Who a guide is for; its file has the same name in docs/guide/ and docs/zh/guide/. */
export interface Guide {
  role: string;
  who: Sentence;
  what: Sentence;
}

export const GUIDES: readonly Guide[] = [
  {
    role: "household",
    who: { en: "Household", zh: "屋顶光伏户" },
    what: { en: "Sell what the roof generates tomorrow.", zh: "出售屋顶光伏明日的电量。" },
  },
  {
    role: "company",
    who: { en: "Generator or factory", zh: "发电企业与用电企业" },
    what: { en: "Enter a day, agree on trades, follow deliveries.", zh: "申报一日电量、商定双边交易、跟踪交付。" },
  },
  {
    role: "retailer",
    who: { en: "Retailer", zh: "售电公司" },
    what: { en: "Enter all meters of a day from one file.", zh: "用一个文件申报当日全部计量点。" },
  },
  {
    role: "finance",
    who: { en: "A company's finance", zh: "企业财务" },
    what: { en: "See what is owed, and have a claim financed.", zh: "查看应收应付，将应收账款融资。" },
  },
  {
    role: "bank",
    who: { en: "Bank", zh: "银行" },
    what: { en: "Price, bid for and follow claims.", zh: "对应收账款定价、报价并跟踪到期。" },
  },
  {
    role: "exchange",
    who: { en: "Power exchange", zh: "电力交易中心" },
    what: { en: "Run the market from intake to submission.", zh: "从报单接收到上链提交的市场运行。" },
  },
  {
    role: "metering",
    who: { en: "Metering centre", zh: "计量中心" },
    what: { en: "Report readings, and answer objections.", zh: "上报电量数据，处理异议。" },
  },
  {
    role: "registrar",
    who: { en: "Registrar", zh: "注册员" },
    what: { en: "Admit participants, two persons each.", zh: "双人复核，准入市场主体。" },
  },
  {
    role: "auditor",
    who: { en: "Arbiter and auditor", zh: "仲裁员与审计" },
    what: { en: "Check any trade without trusting anybody.", zh: "独立核验任意一笔交易。" },
  },
  {
    role: "developer",
    who: { en: "Developer", zh: "开发者" },
    what: { en: "Read and act by program.", zh: "以程序读取与操作。" },
  },
];

const FILES: Record<Language, Record<string, () => Promise<string>>> = {
  en: import.meta.glob<string>(["../../docs/guide/*.md", "!**/README.md"], { query: "?raw", import: "default" }),
  zh: import.meta.glob<string>(["../../docs/zh/guide/*.md", "!**/README.md"], { query: "?raw", import: "default" }),
};
const PICTURES = import.meta.glob<string>("../../docs/guide/pictures/*.png", {
  query: "?url",
  import: "default",
  eager: true,
});

const FOLDERS: Record<Language, string> = { en: "../../docs/guide", zh: "../../docs/zh/guide" };

/** The text of a guide; undefined where there is none. */
export async function readGuide(role: string, language: Language): Promise<string | null> {
  return (await FILES[language][`${FOLDERS[language]}/${role}.md`]?.()) ?? null;
}

/** Where the page has a picture that a guide names from its own folder. */
export const pictureAt = (file: string): string | undefined =>
  PICTURES[`../../docs/guide/pictures/${file.slice(file.lastIndexOf("/") + 1)}`];
