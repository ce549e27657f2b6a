import { Command, Option } from "commander";
import { DujiangError } from "../sdk/types/errors.ts";
import { LANGUAGES, languageOf, type Sentence } from "../sdk/types/sentence.ts";
import { inWords, language } from "./language.ts";

/** A command that speaks the language chosen, as do the commands under it. */
export function commandOf(name: string, description: Sentence): Command {
  const option = new Option("--language <language>", inWords({ en: "language of what is said", zh: "语言" }));
  return new SpokenCommand(name)
    .description(inWords(description))
    .addOption(option.choices([...LANGUAGES]).default(languageOf(process.env)));
}

/** Options of several commands, as `option` takes them: where a deployment is read, and by what it was reviewed. */
export const FOLDER = [
  "--folder <folder>",
  inWords({
    en: "where <network>/deployment.json is (default: deployments)",
    zh: "<network>/deployment.json 所在目录（默认 deployments）",
  }),
] as const;
export const PARAMETERS = [
  "--parameters <file>",
  inWords({
    en: "reviewed parameter file (default: deployments/parameters/<network>.json)",
    zh: "经审阅的参数文件（默认 deployments/parameters/<network>.json）",
  }),
] as const;

/** Runs a command: a refusal, or a node's failure, ends it with its sentence and exit code 1, anything else with its trace. */
export async function runCommand(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    // What explains knows every contract, and most commands never fail.
    const { explain, isOfNode } = await import("../sdk/errors/index.ts");
    if (!(error instanceof DujiangError) && !isOfNode(error)) throw error;
    console.error(explain(error, language));
    process.exitCode = 1;
  }
}

/** Commander says what it says by itself in English; in Chinese its titles and complaints are replaced. */
class SpokenCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.helpOption("-h, --help", inWords(HELP));
    this.configureHelp({ showGlobalOptions: true, styleTitle: (title) => spoken(title, TITLES) });
    this.configureOutput({ outputError: (text, write) => write(spoken(text, COMPLAINTS)) });
  }

  override createCommand(name?: string): Command {
    // What has commands has this one, too, which is made here itself.
    if (name !== "help") this.helpCommand("help [command]", inWords(HELP));
    return new SpokenCommand(name);
  }
}

const HELP = { en: "show help", zh: "显示帮助" };

const TITLES: readonly [RegExp, string][] = [
  [/^Usage:/, "用法："],
  [/^Arguments:/, "参数："],
  [/^Global Options:/, "通用选项："],
  [/^Options:/, "选项："],
  [/^Commands:/, "命令："],
];

const COMPLAINTS: readonly [RegExp, string][] = [
  [/^error: missing required argument '(.*)'/, "缺少参数 $1。"],
  [/^error: option '(.*)' argument missing/, "选项 $1 缺少取值。"],
  [/^error: required option '(.*)' not specified/, "必须给出选项 $1。"],
  [/^error: unknown option '(.*?)'[\s\S]*/, "没有选项 $1。\n"],
  [/^error: unknown command '(.*?)'[\s\S]*/, "没有命令 $1。\n"],
  [/^error: too many arguments[\s\S]*: (.*)\./, "参数过多：$1。"],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    "选项 $1 的取值“$2”无效：可选 $3。",
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\. /, "选项 $1 的取值“$2”无效："],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\./,
    "参数 $2 的取值“$1”无效：可选 $3。",
  ],
];

function spoken(text: string, inChinese: readonly [RegExp, string][]): string {
  const found = language === "zh" ? inChinese.find(([pattern]) => pattern.test(text)) : undefined;
  return found === undefined ? text : text.replace(...found);
}
