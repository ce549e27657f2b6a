/** `npm run keystore -- set|get|list|delete|path`: Hardhat's encrypted keystore, from which commands take what is not in the environment. */
import { createInterface } from "node:readline";
import { Command } from "commander";
import hre from "hardhat";
import { runCommand } from "./command.ts";

/** Hardhat's words name a command of its own, which nobody here has to have. */
const say = console.log;
console.log = (...words: unknown[]) =>
  say(
    ...words.map((word) =>
      typeof word === "string" ? word.replaceAll("npx hardhat keystore", "npm run keystore --") : word,
    ),
  );

// Where nobody is at the keyboard, passwords and values are lines of what is piped in.
if (process.stdin.isTTY !== true) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const answer = async () => String((await lines.next()).value ?? "");
  hre.hooks.registerHandlers("userInterruptions", { requestSecretInput: answer, requestInput: answer });
}

const program = new Command("keystore").description(
  "Keeps addresses and keys, encrypted under a password, for this user of this machine. 加密保存地址与密钥。",
);
for (const [name, description] of [
  ["set", "keep a value under a name 保存"],
  ["get", "show a value 显示"],
  ["delete", "forget a value 删除"],
] as const) {
  program
    .command(name)
    .description(description)
    .argument("<name>", "such as DEPLOYER_KEY")
    .option("--force", "set: over a value that is there; delete: also one that is not 覆盖／忽略不存在")
    .action((key: string, { force = false }: { force?: boolean }) =>
      hre.tasks.getTask(["keystore", name]).run({ key, dev: false, ...(name === "get" ? {} : { force }) }),
    );
}
program
  .command("list")
  .description("list the names 列出名称")
  .action(() => hre.tasks.getTask(["keystore", "list"]).run({ dev: false }));
program
  .command("path")
  .description("say where the file lies 文件位置")
  .action(() => hre.tasks.getTask(["keystore", "path"]).run({ dev: false }));

await runCommand(() => program.parseAsync());
