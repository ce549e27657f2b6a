import hre from "hardhat";
import { inWords } from "./language.ts";

/** Between two signs of life where nobody looks at a terminal. */
const TICK_MS = 10_000;

/** Compiles the contracts, and says on stderr what it does and for how long, where it has something to do. */
export async function buildShowing(): Promise<void> {
  const begun = performance.now();
  const isTerminal = process.stderr.isTTY === true;
  const seconds = () => Math.round((performance.now() - begun) / 1000);
  const doing = () =>
    inWords({ en: `Compiling the contracts ... ${seconds()} s`, zh: `正在编译合约…… ${seconds()} 秒` });
  const show = () => process.stderr.write(isTerminal ? `\r${doing()}` : `${doing()}\n`);
  show();
  const tick = setInterval(show, isTerminal ? 500 : TICK_MS);
  try {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  } finally {
    clearInterval(tick);
  }
  const done = inWords({ en: `The contracts are compiled (${seconds()} s).`, zh: `合约已编译（${seconds()} 秒）。` });
  process.stderr.write(`${isTerminal ? "\r\x1b[K" : ""}${done}\n`);
}
