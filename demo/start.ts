/**
 * `npm start`: the whole product on this machine, and a trading day on it.
 *
 * --once ends by itself after the day; --readings and --mapping take the day's readings from a file of one's own.
 */
import { resolve } from "node:path";
import { commandOf } from "../scripts/command.ts";
import { deployPlatform } from "../scripts/deploy/deployPlatform.ts";
import { inWords, language } from "../scripts/language.ts";
import { root } from "../scripts/root.ts";
import { DujiangError } from "../sdk/types/errors.ts";
import { formatDay } from "../sdk/types/time.ts";
import { deliveryDay, firstSecond, runTradingDay } from "./day/day.ts";
import { queriesFor } from "./day/queries.ts";
import { type ReadingsFile, readDay } from "./day/readings.ts";
import { buildContracts } from "./local/build.ts";
import { LocalChain, RPC_PORT } from "./local/chain.ts";
import { GRAPHQL_PORT, LocalIndexer } from "./local/indexer.ts";
import { LocalOperator, OPERATOR_PORT } from "./local/operator.ts";
import { buildPage } from "./local/page.ts";
import { takePort } from "./local/port.ts";
import { stopAll } from "./local/process.ts";
import { LocalWeb, WEB_PORT } from "./local/web.ts";
import { showDay } from "./look.ts";
import { Terminal } from "./terminal.ts";

const command = commandOf("npm start --", {
  en: "Brings up the product on this machine and runs a trading day.",
  zh: "在本机启动整套产品并演示一个交易日。",
})
  .option("--once", inWords({ en: "end after the trading day", zh: "演示结束后自动退出" }))
  .option("--readings <file>", inWords({ en: "a CSV file of meter readings of your own", zh: "自己的电表读数" }))
  .option(
    "--mapping <file>",
    inWords({ en: "the mapping that describes it, see intake/README.md", zh: "描述该文件的映射，见 intake/README.md" }),
  )
  .parse();
const options = command.opts<{ once?: boolean; readings?: string; mapping?: string }>();
const terminal = new Terminal(language);
const { begin, say } = terminal;

let interrupted = false;
try {
  await main();
} catch (error) {
  // Failures while everything is being ended are expected; demo/local/process.ts ends this process, too.
  if (interrupted) await new Promise(() => {});
  await stopAll();
  // What is meant for people is a sentence; for anything else the place in the code is worth more.
  const isForPeople = error instanceof DujiangError;
  console.error(`\n${isForPeople ? error.sentences[language] : error instanceof Error ? error.stack : error}`);
  process.exit(1);
}
process.exit(0);

async function main(): Promise<void> {
  const day = deliveryDay(Date.now() / 1000);
  begin({ zh: `都江：${formatDay(day)} 的交易日`, en: `Dujiang: a trading day, ${formatDay(day)}` });
  const readings = await readDay(day, ownReadings());
  say(readings.matching);
  await LocalOperator.checkSettings();
  LocalWeb.checkSettings();
  for (const port of [RPC_PORT, GRAPHQL_PORT, OPERATOR_PORT, WEB_PORT]) await takePort(port);
  say({ zh: "编译合约（首次约需一分钟）……", en: "Compiling the contracts (a minute or two the first time) ..." });
  // What needs no contracts comes up meanwhile.
  noteInterruptions();
  const [startedChain, preparedOperator] = [LocalChain.start({ startsAt: firstSecond(day) }), LocalOperator.prepare()];
  const builtPage = buildPage(root);
  // Failures are reported where they are awaited.
  for (const started of [startedChain, preparedOperator, builtPage]) started.catch(() => {});
  await buildContracts(root);

  begin({ zh: "本地链、部署与运营服务", en: "A local chain, the deployment, the market operator's service" });
  const chain = await startedChain;
  say({
    zh: `链 ${chain.chainId}，地址 ${chain.url}，始于交割日前两天；只有本地链的时间可以拨动。`,
    en: `Chain ${chain.chainId} at ${chain.url} begins two days before delivery; only a local chain's time can be moved.`,
  });
  const deployment = await deployPlatform({ network: "local", localUrl: chain.url });
  const count = Object.keys(deployment.contracts).length;
  say({
    zh: `${count} 个合约已部署，参数与角色按 deployments/parameters/local.json 设定，部署者不保留任何权限。`,
    en: `${count} contracts are deployed, parameters and roles are as in deployments/parameters/local.json, the deployer keeps nothing.`,
  });
  const operator = LocalOperator.launch(await preparedOperator, { network: deployment.network, rpcUrl: chain.url });
  say({
    zh: `市场运营服务在 ${operator.url}：接收签名报单，出清并提交上链，到期自动定稿、结算、分付。`,
    en: `The market operator's service at ${operator.url} takes signed orders, clears and opens them, and does what falls due.`,
  });
  // The day begins while the operator comes up, and the index after it: three at once would keep the first lines waiting.
  const indexing = operator.ready.then(() => LocalIndexer.start({ network: deployment.network, rpcUrl: chain.url }));
  indexing.catch(() => {});

  const tradingDay = await runTradingDay(chain, deployment, operator, readings, terminal);
  const { market, receivable } = tradingDay;

  begin({ zh: "索引", en: "The index" });
  const indexer = await indexing;
  await indexer.caughtUpWith(await chain.blockNumber(), { seal: () => chain.seal() });
  const queries = queriesFor({ seller: market.id("hydroStation"), receivable, day });
  for (const { text } of queries) await indexer.query(text);
  say({
    zh: "索引已追上链，下面三个查询均有应答。",
    en: "It has caught up with the chain and answers the three queries below.",
  });

  await builtPage;
  const places = { rpcUrl: chain.url, operatorUrl: operator.url, indexUrl: indexer.url };
  const web = await LocalWeb.start({ network: deployment.network, ...places });
  showDay(terminal, tradingDay, { chain, indexer, operator });
  terminal.begin({ zh: "网页", en: "The page" });
  terminal.say({
    zh: "以上全部内容也可在浏览器中查看和操作；“连接钱包”中有本地链各参与方的练习钱包。",
    en: "All of this is there to look at and to use in a browser, with everybody's wallet to practise with.",
  });

  if (!options.once) terminal.print(`\n${inWords({ zh: "按 Ctrl-C 全部结束。", en: "Ctrl-C ends everything." })}`);
  terminal.print(`\n${web.url}`);
  if (options.once) {
    await stopAll();
    return;
  }
  chain.beat();
  const ended = await Promise.race([chain, indexer, operator, web].map((service) => service.process.ended));
  throw new DujiangError({
    zh: `有一个服务意外结束：${ended.zh}。`,
    en: `A service ended unexpectedly: it ${ended.en}.`,
  });
}

/** From here on there is something to end, which demo/local/process.ts does; until then a signal simply ends us. */
function noteInterruptions(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      interrupted = true;
    });
  }
}

/** Paths are those of the folder in which npm was called. */
function ownReadings(): ReadingsFile | undefined {
  const { readings, mapping } = options;
  if (readings === undefined && mapping === undefined) return undefined;
  if (readings === undefined || mapping === undefined) {
    throw new DujiangError({
      zh: "--readings 和 --mapping 须同时给出：读数文件的格式由映射描述，见 intake/README.md。",
      en: "--readings and --mapping go together: the mapping describes the file, see intake/README.md.",
    });
  }
  const from = process.env.INIT_CWD ?? process.cwd();
  return { readings: resolve(from, readings), mapping: resolve(from, mapping) };
}
