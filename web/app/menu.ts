import type { Sentence } from "../words/index.ts";

/** A place in the menu; everything that has one is in `MENU`, whose order is the menu's. */
export interface MenuEntry {
  path: string;
  words: Sentence;
  group: keyof typeof GROUPS;
}

/** The groups of the menu, in their order; a group with one entry is a link itself. */
export const GROUPS = {
  market: { en: "Market", zh: "市场" },
  trading: { en: "Trading", zh: "交易" },
  money: { en: "Money", zh: "资金" },
  finance: { en: "Finance", zh: "融资" },
  desks: { en: "Desks", zh: "业务台" },
  documents: { en: "Documents", zh: "文件" },
  help: { en: "Help", zh: "帮助" },
} as const satisfies Record<string, Sentence>;

export const MENU: readonly MenuEntry[] = [
  { path: "/market", words: { en: "Market of the day", zh: "当日行情" }, group: "market" },
  { path: "/kpi", words: { en: "Key figures", zh: "关键指标" }, group: "market" },
  { path: "/day", words: { en: "Enter a day", zh: "日电能申报" }, group: "trading" },
  { path: "/orders", words: { en: "Your orders", zh: "我的报单" }, group: "trading" },
  { path: "/proposals", words: { en: "Bilateral proposals", zh: "双边提案" }, group: "trading" },
  { path: "/my-day", words: { en: "My day", zh: "我的一天" }, group: "trading" },
  { path: "/trades", words: { en: "Trades", zh: "交易" }, group: "trading" },
  { path: "/money", words: { en: "Money", zh: "资金" }, group: "money" },
  { path: "/payables", words: { en: "Owed and owing", zh: "应付与应收" }, group: "money" },
  { path: "/statements", words: { en: "Statements", zh: "结算清单" }, group: "money" },
  { path: "/issue", words: { en: "Settlement bank", zh: "结算银行" }, group: "money" },
  { path: "/receivables", words: { en: "Receivables", zh: "应收账款" }, group: "finance" },
  { path: "/drafts", words: { en: "Drafts", zh: "草稿与确权" }, group: "finance" },
  { path: "/requests", words: { en: "Requests for financing", zh: "融资申请" }, group: "finance" },
  { path: "/maturities", words: { en: "Maturities", zh: "到期日历" }, group: "finance" },
  { path: "/positions", words: { en: "Positions", zh: "融资持仓" }, group: "finance" },
  { path: "/desk", words: { en: "Exchange desk", zh: "交易业务台" }, group: "desks" },
  { path: "/readings", words: { en: "Metering desk", zh: "计量业务台" }, group: "desks" },
  { path: "/applications", words: { en: "Applications", zh: "注册申请" }, group: "desks" },
  { path: "/cases", words: { en: "Cases", zh: "争议与违约" }, group: "desks" },
  { path: "/roles", words: { en: "Roles", zh: "角色" }, group: "desks" },
  { path: "/documents", words: { en: "Documents", zh: "文件" }, group: "documents" },
  { path: "/help", words: { en: "Guides", zh: "操作指南" }, group: "help" },
  { path: "/glossary", words: { en: "Glossary", zh: "术语表" }, group: "help" },
  { path: "/status", words: { en: "Status", zh: "运行状态" }, group: "help" },
  { path: "/developer", words: { en: "For developers", zh: "开发者" }, group: "help" },
];
