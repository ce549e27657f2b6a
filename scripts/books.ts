/** `npm run books -- reconcile|export|check`: a settlement bank's and the auditor's questions to the chain; changes nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { custom } from "viem";
import { readText } from "../intake/text.ts";
import { connect, type Platform } from "../sdk/chain/client.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { parseDay } from "../sdk/types/time.ts";
import { formatYuan } from "../sdk/types/units.ts";
import { type Entry, firstBroken, LedgerError, readLedger } from "./books/ledger.ts";
import { reconcile } from "./books/reconcile.ts";
import { readStatement } from "./books/statement.ts";
import { runCommand } from "./command.ts";
import { connectToRead } from "./deploy/chain.ts";
import { networkNamed } from "./deploy/networks.ts";
import { createFolder } from "./network/folder.ts";

interface Place {
  network: string;
  folder?: string;
}

const program = new Command("books").description(
  "Compares a bank's books with the chain; exports the chain's for an auditor.",
);
const onNetwork = (name: string) =>
  program
    .command(name)
    .requiredOption("--network <name>", "which deployment")
    .option("--folder <folder>", "where <network>/deployment.json is (default: deployments)");

onNetwork("reconcile")
  .description(
    "Compares the statement of one settlement bank (CSV: reference, kind issued|redeemed|received|paid, amount in 元) with the chain.",
  )
  .requiredOption("--bank <participant>", "the bank's number as a participant")
  .requiredOption("--statement <file>", "its statement since the beginning")
  .action(async ({ bank, statement, ...place }: Place & Record<"bank" | "statement", string>) => {
    if (!/^[1-9]\d*$/.test(bank))
      throw new LedgerError(`"${bank}" is no participant: give the bank's number to --bank.`);
    const { text, assumed } = readText(readBytes(statement));
    if (assumed !== undefined) console.log(assumed.en);
    const bookings = readStatement(text);
    const { agreed, differences, positionFen } = await reconcile(await platformAt(place), Number(bank), bookings);
    for (const difference of differences) console.log(difference);
    console.log(
      `${agreed} bookings agree, ${differences.length} differences; the position of bank ${bank} is ${formatYuan(positionFen)}.`,
    );
    process.exitCode = differences.length === 0 ? 0 : 1;
  });

onNetwork("export")
  .description("Writes every event of a period, each with a hash over all before it, as CSV and JSON.")
  .requiredOption("--from <date>", "first day in Shanghai, as 2026-11-22")
  .requiredOption("--to <date>", "last day, included")
  .requiredOption("--out <folder>", "a folder that does not exist yet")
  .action(async ({ from, to, out, ...place }: Place & Record<"from" | "to" | "out", string>) => {
    const entries = await readLedger(await platformAt(place), parseDay(from), parseDay(to));
    createFolder(out, [
      { path: "entries.json", text: `${JSON.stringify(entries, null, 1)}\n` },
      { path: "entries.csv", text: csvOf(entries) },
    ]);
    console.log(`${entries.length} entries in ${out}; the last hash is ${entries.at(-1)?.hash ?? "none"}.`);
  });

program
  .command("check")
  .description("Recomputes the hashes of an export.")
  .argument("<folder>", "what export wrote")
  .action((folder: string) => {
    const entries = JSON.parse(read(join(folder, "entries.json"))) as Entry[];
    const broken = firstBroken(entries);
    if (broken !== undefined) throw new LedgerError(`Entry ${broken} is not as it was exported, or one is missing.`);
    if (read(join(folder, "entries.csv")) !== csvOf(entries)) {
      throw new LedgerError("entries.csv does not say what entries.json says: export again.");
    }
    console.log(
      `${entries.length} entries are as they were exported; the last hash is ${entries.at(-1)?.hash ?? "none"}.`,
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
    throw new LedgerError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a file that exists.`,
    );
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
