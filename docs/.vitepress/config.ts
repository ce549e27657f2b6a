import { defineConfig } from "vitepress";

/** The chapters, as the sidebar shows them; what is left out is found from its neighbours or by search. */
const CHAPTERS = [
  ["architecture", "Architecture", "架构"],
  ["operations", "Operations", "运维"],
  ["guide/", "Guides", "操作指南"],
  ["market/clearing", "From orders to trades", "从报单到交易"],
  ["kpi", "Key figures", "关键指标"],
  ["credit/grades", "Credit grades", "信用等级"],
  ["glossary", "Glossary", "术语表"],
  ["invariants", "Invariants", "不变量"],
  ["threat-model", "Threat model", "威胁模型"],
  ["known-issues", "Known issues", "已知问题"],
  ["audit-scope", "Audit scope", "审计范围"],
  ["decisions/", "Decisions", "决策记录"],
] as const;

const sidebar = (prefix: string, title: 1 | 2) =>
  CHAPTERS.map((chapter) => ({ text: chapter[title], link: `${prefix}${chapter[0]}` }));

/** The words of the search box in Chinese; English ones it has. */
const SEARCH_ZH = {
  button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
  modal: {
    noResultsText: "没有找到",
    resetButtonTitle: "清除",
    backButtonTitle: "关闭",
    displayDetails: "显示详情",
    footer: { selectText: "选择", navigateText: "切换", closeText: "关闭" },
  },
};

/**
 * Words as search finds them: Latin ones as they are, Chinese ones as pairs of neighbouring characters, since nothing
 * stands between them. VitePress hands this function on as text, so that it uses nothing from outside.
 */
function tokenize(text: string): string[] {
  return (text.toLowerCase().match(/[\u4e00-\u9fff]+|[^\s\p{P}\u4e00-\u9fff]+/gu) ?? []).flatMap((word) =>
    /[\u4e00-\u9fff]/.test(word) && word.length > 1
      ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
      : [word],
  );
}

/** Links to headings are written as the repository's own pages have them. */
const slugify = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

export default defineConfig({
  title: "Dujiang 都江",
  description: "Energy trading and receivable finance for Sichuan's grid · 四川电网的电能交易与应收账款融资",
  locales: {
    root: { label: "English", lang: "en", themeConfig: { sidebar: sidebar("/", 1) } },
    zh: {
      ...{ label: "简体中文", lang: "zh-CN", title: "都江 Dujiang" },
      themeConfig: {
        sidebar: sidebar("/zh/", 2),
        outline: { label: "本页目录" },
        docFooter: { prev: "上一页", next: "下一页" },
        ...{
          langMenuLabel: "语言",
          returnToTopLabel: "回到顶部",
          sidebarMenuLabel: "目录",
          darkModeSwitchLabel: "深色",
        },
      },
    },
  },
  themeConfig: {
    search: {
      provider: "local",
      options: { locales: { zh: { translations: SEARCH_ZH } }, miniSearch: { options: { tokenize } } },
    },
  },
  markdown: { anchor: { slugify } },
});
