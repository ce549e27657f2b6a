import { formatDay } from "../sdk/index.ts";
import type { TradingDay } from "./day/day.ts";
import { DISTRIBUTION_ZONE } from "./day/places.ts";
import { queriesFor } from "./day/queries.ts";
import { tables } from "./day/statement.ts";
import type { LocalChain } from "./local/chain.ts";
import type { LocalIndexer } from "./local/indexer.ts";
import type { LocalOperator } from "./local/operator.ts";
import { type LocalActor, wallets } from "./local/wallets.ts";
import type { Terminal } from "./terminal.ts";

/** What runs after the day. */
export interface Running {
  chain: Pick<LocalChain, "url" | "chainId">;
  indexer: Pick<LocalIndexer, "url" | "graphqlUrl">;
  operator: Pick<LocalOperator, "url">;
}

/** Participants with deposits, to send something from. */
const SHOWN: readonly LocalActor[] = ["factory", "hydroStation", "retailer"];

/** Shows what the day came to, and where to look further. */
export function showDay(terminal: Terminal, day: TradingDay, running: Running): void {
  const { market, statement, readings, receivable } = day;
  terminal.begin({ zh: "谁交付、支付、收到了什么", en: "Who delivered, paid and received what" });
  for (const each of tables(market, statement.lines, terminal.language)) terminal.print(`\n${each}`);
  terminal.print("");
  for (const line of statement.proof) terminal.say(line);

  showPlaces(terminal, day, running);
  showAccounts(terminal, running.chain.chainId);
  for (const { title, text } of queriesFor({ seller: market.id("hydroStation"), receivable, day: readings.day })) {
    terminal.print(`\n  # ${terminal.words(title)}\n  ${text.replaceAll("\n", "\n  ")}`);
  }
}

function showPlaces(terminal: Terminal, { market, readings }: TradingDay, { chain, indexer, operator }: Running): void {
  terminal.begin({ zh: "请自行查看", en: "Look for yourself" });
  const [seller, zone, date] = [market.id("hydroStation"), DISTRIBUTION_ZONE, formatDay(readings.day)];
  const places: [zh: string, en: string, place: string][] = [
    ["GraphiQL", "GraphiQL", indexer.graphqlUrl],
    ["关键指标", "Key figures", `${indexer.url}/kpi.json`],
    ["日清单", "Statement", market.exchange.statementPage(seller, readings.day)],
    ["运营服务", "Operator", `${operator.url}/docs`],
    ["出清结果", "Rounds", `${operator.url}/rounds/${zone}/${date}`],
    ["订单簿", "Book", `${operator.url}/book/${zone}/${date}/48`],
    ["自动任务", "Tasks", `${operator.url}/tasks`],
    ["JSON-RPC", "JSON-RPC", chain.url],
  ];
  for (const [zh, en, place] of places) terminal.say({ zh: `${zh}  ${place}`, en: `${en}  ${place}` });
}

function showAccounts(terminal: Terminal, chainId: number): void {
  terminal.begin({ zh: "可试用的账户", en: "Accounts to try things with" });
  terminal.say({
    zh: `以下私钥来自公开的开发助记词，人人可得：只可在本机的链 ${chainId} 上使用，切勿用于有价值之物。各户有存款，燃料免费。`,
    en: `these private keys come from the public development mnemonic, so that everybody has them: use them on chain ${chainId} of this machine alone, and never for anything of value. Each has deposits, and gas is free.`,
  });
  for (const actor of SHOWN) {
    const { name, wallet } = wallets[actor];
    terminal.print(`\n  ${terminal.words(name)}\n  ${wallet.address}\n  ${wallet.privateKey}`);
  }
}
