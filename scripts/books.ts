/** `npm run books -- reconcile|export|check`: a settlement bank's and the auditor's questions to the chain; changes nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { custom } from "viem";
import { readText } from "../intake/text.ts";
import { connect, type Platform } from "../sdk/chain/client.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { parseDay } from "../sdk/types/time.ts";
import { formatYuan } from "../sdk/types/units.ts";
import { type Entry, firstBroken, LedgerError, readLedger } from "./books/ledger.ts";
import { reconcile } from "./books/reconcile.ts";
import { readStatement } from "./books/statement.ts";
import { commandOf, FOLDER, runCommand } from "./command.ts";
import { connectToRead } from "./deploy/chain.ts";
import { networkNamed } from "./deploy/networks.ts";
import { inWords } from "./language.ts";
import { createFolder } from "./network/folder.ts";

interface Place {
  network: string;
  folder?: string;
}

const program = commandOf("books", {
  en: "Compares a bank's books with the chain; exports the chain's for an auditor.",
  zh: "将银行账目与链上核对；为审计导出链上账目。",
});
const onNetwork = (name: string) =>
  program
    .command(name)
    .requiredOption("--network <name>", inWords({ en: "which deployment", zh: "哪个部署" }))
    .option(...FOLDER);

onNetwork("reconcile")
  .description(
    inWords({
      en: "Compares the statement of one settlement bank (CSV: reference, kind issued|redeemed|received|paid, amount in 元) with the chain.",
      zh: "将一家结算银行的对账单（CSV：reference、kind 为 issued|redeemed|received|paid、amount 单位元）与链上核对。",
    }),
  )
  .requiredOption(
    "--bank <participant>",
    inWords({ en: "the bank's number as a participant", zh: "该银行的参与方编号" }),
  )
  .requiredOption("--statement <file>", inWords({ en: "its statement since the beginning", zh: "自开业以来的对账单" }))
  .action(async ({ bank, statement, ...place }: Place & Record<"bank" | "statement", string>) => {
    if (!/^[1-9]\d*$/.test(bank))
      throw new LedgerError({
        en: `"${bank}" is no participant: give the bank's number to --bank.`,
        zh: `“${bank}”不是参与方：请在 --bank 填写银行的编号。`,
      });
    const { text, assumed } = readText(readBytes(statement));
    if (assumed !== undefined) console.log(inWords(assumed));
    const bookings = readStatement(text);
    const { agreed, differences, positionFen } = await reconcile(await platformAt(place), Number(bank), bookings);
    for (const difference of differences) console.log(inWords(difference));
    console.log(
      inWords({
        en: `${agreed} bookings agree, ${differences.length} differences; the position of bank ${bank} is ${formatYuan(positionFen)}.`,
        zh: `${agreed} 笔相符，${differences.length} 处差异；银行 ${bank} 的头寸为 ${formatYuan(positionFen)}。`,
      }),
    );
    process.exitCode = differences.length === 0 ? 0 : 1;
  });

onNetwork("export")
  .description(
    inWords({
      en: "Writes every event of a period, each with a hash over all before it, as CSV and JSON.",
      zh: "将一段期间的每个事件写成 CSV 与 JSON，每条附有覆盖此前全部内容的哈希。",
    }),
  )
  .requiredOption(
    "--from <date>",
    inWords({ en: "first day in Shanghai, as 2026-11-22", zh: "首日（北京时间），如 2026-11-22" }),
  )
  .requiredOption("--to <date>", inWords({ en: "last day, included", zh: "末日（含）" }))
  .requiredOption("--out <folder>", inWords({ en: "a folder that does not exist yet", zh: "尚不存在的目录" }))
  .action(async ({ from, to, out, ...place }: Place & Record<"from" | "to" | "out", string>) => {
    const entries = await readLedger(await platformAt(place), parseDay(from), parseDay(to));
    createFolder(out, [
      { path: "entries.json", text: `${JSON.stringify(entries, null, 1)}\n` },
      { path: "entries.csv", text: csvOf(entries) },
    ]);
    const last = entries.at(-1)?.hash ?? "–";
    console.log(
      inWords({
        en: `${entries.length} entries in ${out}; the last hash is ${last}.`,
        zh: `${out} 中共 ${entries.length} 条；最后的哈希为 ${last}。`,
      }),
    );
  });

program
  .command("check")
  .description(inWords({ en: "Recomputes the hashes of an export.", zh: "重新计算导出内容的哈希。" }))
  .argument("<folder>", inWords({ en: "what export wrote", zh: "export 写出的目录" }))
  .action((folder: string) => {
    const entries = JSON.parse(read(join(folder, "entries.json"))) as Entry[];
    const broken = firstBroken(entries);
    if (broken !== undefined)
      throw new LedgerError({
        en: `Entry ${broken} is not as it was exported, or one is missing.`,
        zh: `第 ${broken} 条与导出时不同，或有缺失。`,
      });
    if (read(join(folder, "entries.csv")) !== csvOf(entries)) {
      throw new LedgerError({
        en: "entries.csv does not say what entries.json says: export again.",
        zh: "entries.csv 与 entries.json 不一致：请重新导出。",
      });
    }
    const last = entries.at(-1)?.hash ?? "–";
    console.log(
      inWords({
        en: `${entries.length} entries are as they were exported; the last hash is ${last}.`,
        zh: `${entries.length} 条均与导出时一致；最后的哈希为 ${last}。`,
      }),
    );
  });

await runCommand(() => program.parseAsync());

async function platformAt({ network, folder }: Place): Promise<Platform> {
  networkNamed(network);
  const deployment = readDeployment(network, folder);
  const { provider } = await connectToRead(network);
  return connect(deployment, custom(provider as never));
}

function read(file: string): string {
  return readBytes(file).toString("utf8");
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LedgerError({
      en: `${file} cannot be read (${code}): name a file that exists.`,
      zh: `无法读取 ${file}（${code}）：请指定存在的文件。`,
    });
  }
}

function csvOf(entries: readonly Entry[]): string {
  const columns = [
    "number",
    "time",
    "block",
    "transaction",
    "logIndex",
    "contract",
    "event",
    "values",
    "hash",
  ] as const;
  const lines = entries.map((entry) =>
    columns
      .map((column) => quoted(column === "values" ? JSON.stringify(entry.values) : String(entry[column])))
      .join(","),
  );
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

/** RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
