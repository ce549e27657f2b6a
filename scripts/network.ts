/** `npm run network -- ...`: makes and looks after a Besu network for the platform; see `docs/operations.md`. */
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { runCommand } from "./command.ts";
import { type AccountChange, addNode, changeAccounts, refresh, removeNode } from "./network/change.ts";
import { type CreateOptions, createNetwork } from "./network/create.ts";
import { extraData, parseValidators, sortValidators } from "./network/extraData.ts";
import { createKeyFolder } from "./network/keyFolder.ts";
import { enodeOf, FORKS, KINDS, type Kind, kindOf, type Network, readNetwork } from "./network/network.ts";
import { addressOf } from "./network/nodeKey.ts";
import { reload } from "./network/reload.ts";
import { describeStatus, statusOf } from "./network/status.ts";
import { VOTES, type Vote, vote } from "./network/vote.ts";

const say = (...lines: string[]) => console.log(lines.join("\n"));

function whole(text: string): number {
  if (!/^\d{1,16}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

/** One line a node: what others may know of it. */
function table({ nodes }: Network): string[] {
  return nodes.map((node) => `${node.name.padEnd(14)} ${addressOf(node.publicKey)} ${enodeOf(node)}`);
}

const RELOAD = `Running validators take up new lists by "reload", rpc nodes when started again.`;

const program = new Command("network").description("Makes and looks after a Besu network (QBFT, without fees).");

program
  .command("create")
  .description("make a network: genesis, keys, settings, lists, and a compose.yaml that runs it")
  .argument("<folder>", "where it is written; must not exist yet")
  .requiredOption("--chain-id <number>", "a number that no other chain has", whole)
  .option("--validators <count>", "nodes that make blocks; four stand the loss of one", whole, 4)
  .option("--rpc-nodes <count>", "nodes that answer programs and wallets", whole, 1)
  .addOption(new Option("--fork <name>", "rules of the EVM").choices([...FORKS]).default("osaka"))
  .option("--block-period <seconds>", "time from block to block", whole, 2)
  .option("--ip <address...>", "addresses of the nodes, validators first, if each has a machine of its own")
  .option("--public-key <key...>", "public keys of the nodes, validators first, if their members made the keys")
  .option("--account <address...>", "accounts that alone may send transactions")
  .option("--rpc-name <host...>", "names by which programs elsewhere reach the rpc nodes")
  .option("--rpc-origin <origin...>", "web pages that may ask the rpc nodes")
  .action((folder: string, options: Record<string, unknown>) => {
    const network = createNetwork(folder, {
      chainId: options.chainId,
      validators: options.validators,
      rpcNodes: options.rpcNodes,
      fork: options.fork,
      blockPeriodSeconds: options.blockPeriod,
      ips: options.ip,
      publicKeys: options.publicKey,
      accounts: options.account,
      rpcNames: options.rpcName,
      rpcOrigins: options.rpcOrigin,
    } as CreateOptions);
    say(`${folder} is a network of ${network.nodes.length} nodes on chain ${network.chainId}:`, ...table(network));
    const validators = network.nodes.filter((node) => kindOf(node) === "validator").length;
    if (validators < 4) say("With fewer than four validators, no block is made while one of them is down.");
  });

program
  .command("show")
  .description("list a network's nodes with addresses and enodes")
  .argument("<folder>")
  .action((folder: string) => say(...table(readNetwork(folder))));

program
  .command("add-node")
  .description("give a network one more node and add it to the lists of the others")
  .argument("<folder>")
  .addArgument(new Argument("<kind>").choices([...KINDS]))
  .option("--ip <address>", "its address, if each node has a machine of its own")
  .option("--public-key <key>", "its public key, if its member made the key")
  .action((folder: string, kind: Kind, options: { ip?: string; publicKey?: string }) => {
    const node = addNode(folder, { kind, ...options });
    say(`${node.name} is ${addressOf(node.publicKey)}, ${enodeOf(node)}.`, RELOAD);
  });

program
  .command("remove-node")
  .description("take a node out of the lists; its folder stays")
  .argument("<folder>")
  .argument("<name>")
  .action((folder: string, name: string) => {
    const node = removeNode(folder, name);
    say(`${node.name} (${addressOf(node.publicKey)}) is in no list any more; its folder is left as it is.`, RELOAD);
  });

program
  .command("accounts")
  .description("change which accounts may send transactions")
  .argument("<folder>")
  .option("--add <address...>", "may from now on")
  .option("--remove <address...>", "may no longer")
  .option("--everybody", "everyone who reaches a node may")
  .action((folder: string, options: AccountChange) => {
    const { accounts } = changeAccounts(folder, options);
    say(accounts === "everybody" ? "Every account may send transactions." : accounts.join("\n"), RELOAD);
    say("From everybody to a list, or back, all nodes must be started again.");
  });

program
  .command("refresh")
  .description("rewrite settings, lists and compose.yaml from network.json")
  .argument("<folder>")
  .action((folder: string) => {
    const { nodes } = refresh(folder);
    say(`Settings and lists of ${nodes.length} nodes are rewritten; keys and genesis are as they were.`, RELOAD);
  });

program
  .command("reload")
  .description("let running validators read their lists again")
  .argument("<url...>", "JSON-RPC of validators")
  .action(async (urls: string[]) => {
    await reload(urls);
    say(`${urls.length} validators have read their lists again.`);
  });

program
  .command("key")
  .description("make a node's key for a member who lets nobody else have it")
  .argument("<folder>", "where it is written; must not exist yet")
  .action((folder: string) => {
    const { publicKey, address } = createKeyFolder(folder);
    say(`public key ${publicKey}`, `address    ${address}`);
  });

program
  .command("extra-data")
  .description("print QBFT's extraData of a genesis block with these validators")
  .argument("<address...>")
  .option("--as-given", "keep the order instead of sorting")
  .action((addresses: string[], { asGiven = false }: { asGiven?: boolean }) => {
    const validators = parseValidators(addresses);
    say(extraData(asGiven ? validators : sortValidators(validators)));
  });

program
  .command("status")
  .description("what nodes say of themselves and of the validators")
  .argument("<url...>", "JSON-RPC of nodes")
  .action(async (urls: string[]) => {
    for (const url of urls) say(...describeStatus(await statusOf(url)));
  });

program
  .command("vote")
  .description("let validators vote on who is one of them")
  .addArgument(new Argument("<what>").choices([...VOTES]))
  .argument("<address>", "the validator")
  .requiredOption("--rpc <url...>", "JSON-RPC of the validators that vote")
  .action(async (what: Vote, address: string, { rpc }: { rpc: string[] }) => say(await vote(rpc, what, address)));

await runCommand(() => program.parseAsync());
