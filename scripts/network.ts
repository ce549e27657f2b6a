/** `npm run network -- ...`: makes and looks after a Besu network for the platform; see `docs/operations.md`. */
import { Argument, InvalidArgumentError, Option } from "commander";
import type { Sentence } from "../sdk/types/sentence.ts";
import { commandOf, runCommand } from "./command.ts";
import { inWords } from "./language.ts";
import { type AccountChange, addNode, changeAccounts, refresh, removeNode } from "./network/change.ts";
import { type CreateOptions, createNetwork } from "./network/create.ts";
import { extraData, parseValidators, sortValidators } from "./network/extraData.ts";
import { createKeyFolder } from "./network/keyFolder.ts";
import { enodeOf, FORKS, KINDS, type Kind, kindOf, type Network, readNetwork } from "./network/network.ts";
import { addressOf } from "./network/nodeKey.ts";
import { reload } from "./network/reload.ts";
import { describeStatus, statusOf } from "./network/status.ts";
import { VOTES, type Vote, vote } from "./network/vote.ts";

const say = (...lines: (string | Sentence)[]) =>
  console.log(lines.map((line) => (typeof line === "string" ? line : inWords(line))).join("\n"));

function whole(text: string): number {
  if (!/^\d{1,16}$/.test(text))
    throw new InvalidArgumentError(inWords({ en: "It must be a whole number.", zh: "须为整数。" }));
  return Number(text);
}

/** One line a node: what others may know of it. */
function table({ nodes }: Network): string[] {
  return nodes.map((node) => `${node.name.padEnd(14)} ${addressOf(node.publicKey)} ${enodeOf(node)}`);
}

const RELOAD: Sentence = {
  en: `Running validators take up new lists by "reload", rpc nodes when started again.`,
  zh: `运行中的验证节点用 "reload" 读取新名单，rpc 节点须重新启动。`,
};

const program = commandOf("network", {
  en: "Makes and looks after a Besu network (QBFT, without fees).",
  zh: "建立与维护 Besu 网络（QBFT，不收费）。",
});

program
  .command("create")
  .description(
    inWords({
      en: "make a network: genesis, keys, settings, lists, and a compose.yaml that runs it",
      zh: "建立网络：创世文件、密钥、设置、名单，以及用于运行的 compose.yaml",
    }),
  )
  .argument("<folder>", inWords({ en: "where it is written; must not exist yet", zh: "写入的目录，须尚不存在" }))
  .requiredOption(
    "--chain-id <number>",
    inWords({ en: "a number that no other chain has", zh: "其他链未使用的编号" }),
    whole,
  )
  .option(
    "--validators <count>",
    inWords({ en: "nodes that make blocks; four stand the loss of one", zh: "出块的节点数；四个可容许一个失效" }),
    whole,
    4,
  )
  .option(
    "--rpc-nodes <count>",
    inWords({ en: "nodes that answer programs and wallets", zh: "为程序和钱包应答的节点数" }),
    whole,
    1,
  )
  .addOption(
    new Option("--fork <name>", inWords({ en: "rules of the EVM", zh: "EVM 规则" }))
      .choices([...FORKS])
      .default("osaka"),
  )
  .option("--block-period <seconds>", inWords({ en: "time from block to block", zh: "出块间隔（秒）" }), whole, 2)
  .option(
    "--ip <address...>",
    inWords({
      en: "addresses of the nodes, validators first, if each has a machine of its own",
      zh: "各节点的地址，验证节点在前；每个节点各有一台机器时填写",
    }),
  )
  .option(
    "--public-key <key...>",
    inWords({
      en: "public keys of the nodes, validators first, if their members made the keys",
      zh: "各节点的公钥，验证节点在前；由成员自行生成密钥时填写",
    }),
  )
  .option(
    "--account <address...>",
    inWords({ en: "accounts that alone may send transactions", zh: "仅允许这些账户发送交易" }),
  )
  .option(
    "--rpc-name <host...>",
    inWords({ en: "names by which programs elsewhere reach the rpc nodes", zh: "其他机器访问 rpc 节点所用的名称" }),
  )
  .option(
    "--rpc-origin <origin...>",
    inWords({ en: "web pages that may ask the rpc nodes", zh: "可以访问 rpc 节点的网页" }),
  )
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
    say(
      {
        en: `${folder} is a network of ${network.nodes.length} nodes on chain ${network.chainId}:`,
        zh: `${folder} 是链 ${network.chainId} 的网络，有 ${network.nodes.length} 个节点：`,
      },
      ...table(network),
    );
    const validators = network.nodes.filter((node) => kindOf(node) === "validator").length;
    if (validators < 4) {
      say({
        en: "With fewer than four validators, no block is made while one of them is down.",
        zh: "验证节点少于四个时，任一失效即无法出块。",
      });
    }
  });

program
  .command("show")
  .description(
    inWords({ en: "list a network's nodes with addresses and enodes", zh: "列出网络的节点及其地址和 enode" }),
  )
  .argument("<folder>")
  .action((folder: string) => say(...table(readNetwork(folder))));

program
  .command("add-node")
  .description(
    inWords({
      en: "give a network one more node and add it to the lists of the others",
      zh: "为网络增加一个节点，并加入其他节点的名单",
    }),
  )
  .argument("<folder>")
  .addArgument(new Argument("<kind>").choices([...KINDS]))
  .option(
    "--ip <address>",
    inWords({ en: "its address, if each node has a machine of its own", zh: "节点地址；每个节点各有一台机器时填写" }),
  )
  .option(
    "--public-key <key>",
    inWords({ en: "its public key, if its member made the key", zh: "节点公钥；由成员自行生成密钥时填写" }),
  )
  .action((folder: string, kind: Kind, options: { ip?: string; publicKey?: string }) => {
    const node = addNode(folder, { kind, ...options });
    const [address, enode] = [addressOf(node.publicKey), enodeOf(node)];
    say({ en: `${node.name} is ${address}, ${enode}.`, zh: `${node.name} 的地址为 ${address}，${enode}。` }, RELOAD);
  });

program
  .command("remove-node")
  .description(inWords({ en: "take a node out of the lists; its folder stays", zh: "将节点移出名单；其目录保留" }))
  .argument("<folder>")
  .argument("<name>")
  .action((folder: string, name: string) => {
    const node = removeNode(folder, name);
    const address = addressOf(node.publicKey);
    say(
      {
        en: `${node.name} (${address}) is in no list any more; its folder is left as it is.`,
        zh: `${node.name}（${address}）已不在任何名单中；其目录保持原样。`,
      },
      RELOAD,
    );
  });

program
  .command("accounts")
  .description(inWords({ en: "change which accounts may send transactions", zh: "更改可以发送交易的账户" }))
  .argument("<folder>")
  .option("--add <address...>", inWords({ en: "may from now on", zh: "自此允许" }))
  .option("--remove <address...>", inWords({ en: "may no longer", zh: "不再允许" }))
  .option("--everybody", inWords({ en: "everyone who reaches a node may", zh: "凡能访问节点者均可" }))
  .action((folder: string, options: AccountChange) => {
    const { accounts } = changeAccounts(folder, options);
    const everybody = { en: "Every account may send transactions.", zh: "所有账户均可发送交易。" };
    say(accounts === "everybody" ? everybody : accounts.join("\n"), RELOAD);
    say({
      en: "From everybody to a list, or back, all nodes must be started again.",
      zh: "在不限账户与名单之间切换时，须重新启动所有节点。",
    });
  });

program
  .command("refresh")
  .description(
    inWords({
      en: "rewrite settings, lists and compose.yaml from network.json",
      zh: "按 network.json 重写设置、名单和 compose.yaml",
    }),
  )
  .argument("<folder>")
  .action((folder: string) => {
    const { nodes } = refresh(folder);
    say(
      {
        en: `Settings and lists of ${nodes.length} nodes are rewritten; keys and genesis are as they were.`,
        zh: `${nodes.length} 个节点的设置与名单已重写；密钥与创世文件保持原样。`,
      },
      RELOAD,
    );
  });

program
  .command("reload")
  .description(inWords({ en: "let running validators read their lists again", zh: "让运行中的验证节点重新读取名单" }))
  .argument("<url...>", inWords({ en: "JSON-RPC of validators", zh: "验证节点的 JSON-RPC 地址" }))
  .action(async (urls: string[]) => {
    await reload(urls);
    say({
      en: `${urls.length} validators have read their lists again.`,
      zh: `${urls.length} 个验证节点已重新读取名单。`,
    });
  });

program
  .command("key")
  .description(
    inWords({
      en: "make a node's key for a member who lets nobody else have it",
      zh: "为不愿他人持有密钥的成员生成节点密钥",
    }),
  )
  .argument("<folder>", inWords({ en: "where it is written; must not exist yet", zh: "写入的目录，须尚不存在" }))
  .action((folder: string) => {
    const { publicKey, address } = createKeyFolder(folder);
    say(
      { en: `public key ${publicKey}`, zh: `公钥 ${publicKey}` },
      { en: `address    ${address}`, zh: `地址 ${address}` },
    );
  });

program
  .command("extra-data")
  .description(
    inWords({
      en: "print QBFT's extraData of a genesis block with these validators",
      zh: "输出含这些验证节点的创世区块 QBFT extraData",
    }),
  )
  .argument("<address...>")
  .option("--as-given", inWords({ en: "keep the order instead of sorting", zh: "保持原有顺序，不排序" }))
  .action((addresses: string[], { asGiven = false }: { asGiven?: boolean }) => {
    const validators = parseValidators(addresses);
    say(extraData(asGiven ? validators : sortValidators(validators)));
  });

program
  .command("status")
  .description(inWords({ en: "what nodes say of themselves and of the validators", zh: "节点自身及验证节点的状态" }))
  .argument("<url...>", inWords({ en: "JSON-RPC of nodes", zh: "节点的 JSON-RPC 地址" }))
  .action(async (urls: string[]) => {
    for (const url of urls) say(...describeStatus(await statusOf(url)));
  });

program
  .command("vote")
  .description(inWords({ en: "let validators vote on who is one of them", zh: "让验证节点就成员资格投票" }))
  .addArgument(new Argument("<what>").choices([...VOTES]))
  .argument("<address>", inWords({ en: "the validator", zh: "相关验证节点" }))
  .requiredOption(
    "--rpc <url...>",
    inWords({ en: "JSON-RPC of the validators that vote", zh: "参与投票的验证节点的 JSON-RPC 地址" }),
  )
  .action(async (what: Vote, address: string, { rpc }: { rpc: string[] }) => say(await vote(rpc, what, address)));

await runCommand(() => program.parseAsync());
