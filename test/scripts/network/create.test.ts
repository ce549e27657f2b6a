import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse as parseToml } from "smol-toml";
import type { Hex } from "viem";
import { parse as parseYaml } from "yaml";
import { type CreateOptions, createNetwork } from "../../../scripts/network/create.ts";
import { extraData } from "../../../scripts/network/extraData.ts";
import { createFolder, replaceFiles } from "../../../scripts/network/folder.ts";
import { createKeyFolder } from "../../../scripts/network/keyFolder.ts";
import { addressOf, generateNodeKey, nodeKeyOf } from "../../../scripts/network/nodeKey.ts";
import { root } from "../../../scripts/root.ts";
import { BESU_APIS, BESU_OPTIONS } from "./vectors.ts";

const OPTIONS: CreateOptions = { chainId: 2018, validators: 4, rpcNodes: 1, fork: "osaka", blockPeriodSeconds: 2 };
const NODES = ["validator-1", "validator-2", "validator-3", "validator-4", "rpc-1"];
const TRADES = ["exchange", "keeper", "metering", "statements", "documents"];

let scratch: string;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), "dujiang-network-"));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

let made = 0;
const freshFolder = () => join(scratch, `network-${++made}`);
const create = (options: Partial<CreateOptions> = {}) => {
  const folder = freshFolder();
  createNetwork(folder, { ...OPTIONS, ...options });
  return folder;
};
const text = (...path: string[]) => readFileSync(join(...path), "utf8");
const json = (...path: string[]) => JSON.parse(text(...path));
const config = (folder: string, node: string) => parseToml(text(folder, "nodes", node, "config.toml"));
const modeOf = (...path: string[]) => statSync(join(...path)).mode & 0o777;

/** Why something is refused, in one sentence. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    const { message } = error as Error;
    expect(message).to.match(/^[^\n]+\.$/);
    return message;
  }
  return expect.fail("it was not refused");
}

describe("a new network", () => {
  let folder: string;
  before(() => {
    folder = create();
  });

  it("has a first block without fees, that names its validators in ascending order", () => {
    const genesis = json(folder, "genesis.json");
    const addresses = NODES.slice(0, 4).map((node) => text(folder, "nodes", node, "address") as Hex);
    expect(genesis.extraData).to.equal(extraData([...addresses].sort()));
    expect(genesis.baseFeePerGas).to.equal("0x0");
    expect(genesis.difficulty).to.equal("0x1");
    expect(genesis.mixHash).to.equal("0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365");
    expect(genesis.config).to.deep.include({ chainId: 2018, londonBlock: 0, zeroBaseFee: true });
    expect(genesis.config).to.deep.include({ shanghaiTime: 0, cancunTime: 0, pragueTime: 0, osakaTime: 0 });
    expect(genesis.config.contractSizeLimit).to.equal(2_147_483_647);
    expect(genesis.config.qbft).to.deep.equal({ blockperiodseconds: 2, epochlength: 30_000, requesttimeoutseconds: 4 });
    expect(Object.keys(genesis.config).join()).to.not.match(/ContractAddress|ibft|clique/i);
    expect(json(create({ fork: "cancun" }), "genesis.json").config).to.not.have.any.keys("pragueTime", "osakaTime");
  });

  it("gives each node a key that nobody else can read, with public key and address beside it", () => {
    expect(modeOf(folder)).to.equal(0o700);
    expect(modeOf(folder, ".env")).to.equal(0o600);
    for (const node of NODES) {
      expect(modeOf(folder, "nodes", node)).to.equal(0o700);
      expect(modeOf(folder, "nodes", node, "key")).to.equal(0o600);
      const { privateKey, publicKey } = nodeKeyOf(text(folder, "nodes", node, "key") as Hex);
      expect(text(folder, "nodes", node, "key")).to.equal(privateKey);
      expect(text(folder, "nodes", node, "key.pub")).to.equal(publicKey);
      expect(text(folder, "nodes", node, "address")).to.equal(addressOf(publicKey));
    }
  });

  it("keeps private keys in the files for them alone", () => {
    const keys = NODES.map((node) => text(folder, "nodes", node, "key").slice(2));
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name === "key") continue;
      for (const key of keys) expect(text(entry.parentPath, entry.name)).to.not.include(key);
    }
  });

  it("lets every node know all others, and speak with nobody else", () => {
    const { nodes } = json(folder, "network.json") as { nodes: { name: string; publicKey: string; ip: string }[] };
    const enodes = nodes.map(({ publicKey, ip }) => `enode://${publicKey.slice(2)}@${ip}:30303`);
    NODES.forEach((node, at) => {
      expect(json(folder, "nodes", node, "static-nodes.json")).to.deep.equal(enodes.filter((_, other) => other !== at));
      const lists = parseToml(text(folder, "nodes", node, "permissions_config.toml"));
      // Besu does not start when a static node is not allowed.
      expect(lists).to.deep.equal({ "nodes-allowlist": enodes });
      expect(config(folder, node)).to.include({
        "discovery-enabled": false,
        "p2p-host": nodes[at]!.ip,
        "permissions-nodes-config-file-enabled": true,
      });
    });
  });

  it("sets nothing that Besu does not know, no fee, and no price bump, which Besu refuses without a base fee", () => {
    for (const node of NODES) {
      const settings = config(folder, node);
      for (const name of Object.keys(settings)) expect(BESU_OPTIONS.has(name), name).to.equal(true);
      expect(settings).to.include({ "min-gas-price": 0, "block-txs-selection-max-time": 1_500, profile: "ENTERPRISE" });
      expect(settings).to.not.have.property("tx-pool-price-bump");
      for (const api of settings["rpc-http-api"] as string[]) expect(BESU_APIS).to.include(api);
    }
    expect(config(folder, "rpc-1")).to.deep.include({
      "rpc-http-api": ["ETH", "NET", "WEB3"],
      "rpc-ws-enabled": true,
      // The indexer asks by the node's name, and Besu turns away names it does not know.
      "host-allowlist": ["localhost", "127.0.0.1", "rpc-1"],
    });
    expect(config(folder, "validator-1")["rpc-http-api"]).to.include.members(["QBFT", "PERM"]);
  });

  describe("its compose.yaml", () => {
    let compose: { services: Record<string, any>; networks: any; volumes: any };
    before(() => {
      compose = parseYaml(text(folder, "compose.yaml"));
    });

    it("runs the nodes, Postgres and, once there is something to index, the indexer and the operator's trades", () => {
      expect(Object.keys(compose.services)).to.deep.equal([...NODES, "postgres", "indexer", ...TRADES, "web"]);
      expect(compose.services.indexer.profiles).to.deep.equal(["indexer"]);
      expect(compose.services.indexer.environment).to.include({
        DUJIANG_NETWORK: "consortium",
        RPC_URL: "http://rpc-1:8545",
        RPC_WS_URL: "ws://rpc-1:8546",
      });
      // Reached from outside its container, where only the machine's loopback is published.
      expect(compose.services.indexer.command).to.deep.equal(["--hostname", "0.0.0.0"]);
      const { context, dockerfile } = compose.services.indexer.build;
      expect(existsSync(join(folder, context, dockerfile))).to.equal(true);
      expect(join(folder, context, "deployments")).to.equal(join(root, "deployments"));
    });

    it("mounts what is there, and into each node nothing of another", () => {
      for (const node of NODES) {
        const [genesis, own, ...others] = compose.services[node].volumes as string[];
        expect(genesis).to.equal("./genesis.json:/opt/besu/genesis.json:ro");
        expect(own).to.equal(`./nodes/${node}:/opt/besu/node`);
        expect(others).to.deep.equal([]);
        const inside = config(folder, node);
        for (const option of ["node-private-key-file", "static-nodes-file", "permissions-nodes-config-file"]) {
          const file = String(inside[option]).replace("/opt/besu/node", join(folder, "nodes", node));
          expect(existsSync(file), file).to.equal(true);
        }
      }
    });

    it("gives nodes the addresses of their enodes, out of Docker's way", () => {
      const { nodes } = json(folder, "network.json");
      for (const { name, ip } of nodes) {
        expect(compose.services[name].networks.chain.ipv4_address).to.equal(ip);
        expect(Number(ip.split(".")[3])).to.be.within(2, 127);
      }
      expect(compose.networks.chain.ipam.config).to.deep.equal([
        { subnet: "172.28.17.0/24", ip_range: "172.28.17.128/25" },
      ]);
    });

    it("publishes each port once, and on this machine alone", () => {
      const ports = Object.values(compose.services).flatMap(({ ports = [] }) => ports as string[]);
      for (const port of ports) expect(port).to.match(/^127\.0\.0\.1:\d+:\d+$/);
      const outside = ports.map((port) => port.split(":")[1]);
      expect(new Set(outside).size).to.equal(outside.length);
      expect(outside).to.include.members(["8545", "8546", "5432", "42069", "18501", "18504"]);
    });

    it("takes from .env every variable it asks for, and sets where Besu listens over the image's own settings", () => {
      const defined = text(folder, ".env").match(/^[A-Z_]+(?==)/gm)!;
      const asked = text(folder, "compose.yaml").match(/(?<=\$\{)[A-Z_]+/g)!;
      expect(defined).to.have.members([...new Set(asked)]);
      expect(text(folder, ".env")).to.match(/^BESU_IMAGE=hyperledger\/besu:26\.8\.0$/m);
      expect(compose.services["rpc-1"].environment.BESU_RPC_HTTP_HOST).to.equal(
        config(folder, "rpc-1")["rpc-http-host"],
      );
    });
  });
});

describe("a network of members with machines of their own", () => {
  const ips = ["10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4", "10.1.0.9"];

  it("uses their addresses, listens for JSON-RPC on each machine alone, and needs none of their private keys", () => {
    const keys = NODES.map(generateNodeKey);
    const folder = create({ ips, publicKeys: keys.map(({ publicKey }) => publicKey) });
    const compose = parseYaml(text(folder, "compose.yaml"));
    NODES.forEach((node, at) => {
      expect(existsSync(join(folder, "nodes", node, "key"))).to.equal(false);
      expect(text(folder, "nodes", node, "address")).to.equal(addressOf(keys[at]!.publicKey));
      expect(config(folder, node)).to.include({ "p2p-host": ips[at], "rpc-http-host": "127.0.0.1" });
      expect(compose.services[node].network_mode).to.equal("host");
      expect(compose.services[node].environment.BESU_RPC_HTTP_HOST).to.equal("127.0.0.1");
      expect(compose.services[node]).to.not.have.any.keys("ports", "networks");
    });
    expect(compose.services.indexer.environment.RPC_URL).to.equal("http://127.0.0.1:8545");
    expect(compose.services.indexer).to.not.have.any.keys("command", "ports");
  });

  it("takes a key that its member made alone", () => {
    const place = freshFolder();
    const { publicKey, address } = createKeyFolder(place);
    expect([modeOf(place), modeOf(place, "key")]).to.deep.equal([0o700, 0o600]);
    expect(nodeKeyOf(text(place, "key") as Hex).publicKey).to.equal(publicKey);
    expect(text(place, "address")).to.equal(address);
    const before = text(place, "key");
    expect(refusal(() => createKeyFolder(place))).to.match(/exists already/);
    expect(text(place, "key")).to.equal(before);
  });

  it("lists who may send, and which names and pages may ask", () => {
    const account = "0x4592c8e45706cc08b8f44b11e43cba0cfc5892cb";
    const folder = create({
      accounts: [account],
      rpcNames: ["rpc.market.example"],
      rpcOrigins: ["https://market.example"],
    });
    for (const node of NODES) {
      expect(config(folder, node)["permissions-accounts-config-file-enabled"]).to.equal(true);
      expect(parseToml(text(folder, "nodes", node, "permissions_config.toml"))["accounts-allowlist"]).to.deep.equal([
        account,
      ]);
    }
    expect(config(folder, "rpc-1")["host-allowlist"]).to.include("rpc.market.example");
    expect(config(folder, "rpc-1")["rpc-http-cors-origins"]).to.deep.equal(["https://market.example"]);
    expect(config(folder, "validator-1")["host-allowlist"]).to.deep.equal(["localhost", "127.0.0.1"]);
  });
});

describe("what no network can be made of", () => {
  const cases: [string, Partial<CreateOptions>, RegExp][] = [
    ["no chain", { chainId: 0 }, /chainId/],
    ["a chain id that wallets refuse", { chainId: 2 ** 53 - 1 }, /chainId/],
    ["Ethereum's id", { chainId: 1 }, /^Chain id 1 belongs to Ethereum, [^\n]+\.$/],
    ["a development chain's id", { chainId: 31_337 }, /^Chain id 31337 belongs to /],
    ["no validators", { validators: 0 }, /1 to 89 validator nodes, but asked for were 0/],
    ["half a validator", { validators: 1.5 }, /1\.5/],
    ["too many rpc nodes", { rpcNodes: 28 }, /0 to 27 rpc nodes/],
    ["blocks at once", { blockPeriodSeconds: 0 }, /blockPeriodSeconds/],
    ["an address too few", { ips: ["10.0.0.1"] }, /--ip was given 1 times, but there are 5 nodes/],
    [
      "a host name",
      { ips: ["a.example", ...NODES.slice(1).map((_, at) => `10.0.0.${at}`)] },
      /nodes\[0\]\.ip must be an IPv4/,
    ],
    ["an address twice", { ips: NODES.map(() => "10.0.0.1") }, /is another node's, too/],
    ["one key for all", { publicKeys: NODES.map(() => `0x${"12".repeat(64)}`) }, /publicKey is another node's/],
    ["an account that is none", { accounts: ["0x12"] }, /"0x12" is not an address/],
    ["a name with a port", { rpcNames: ["rpc.example:8545"] }, /host name without port/],
    ["a page instead of an origin", { rpcOrigins: ["https://a.example/page"] }, /must be an origin/],
  ];
  for (const [what, options, sentence] of cases) {
    it(`${what} is refused with a sentence, and nothing is written`, () => {
      const folder = join(scratch, "refused", "network");
      expect(refusal(() => createNetwork(folder, { ...OPTIONS, ...options }))).to.match(sentence);
      expect(existsSync(join(scratch, "refused"))).to.equal(false);
    });
  }
});

describe("a folder that is written whole or not at all", () => {
  it("is never written over one that is there, be it empty, a file or a broken link", () => {
    const folder = create();
    const before = text(folder, "nodes/validator-1/key");
    expect(refusal(() => createNetwork(folder, OPTIONS))).to.match(/exists already and is left as it is/);
    expect(text(folder, "nodes/validator-1/key")).to.equal(before);
    const [empty, file, link] = [freshFolder(), freshFolder(), freshFolder()];
    mkdirSync(empty);
    writeFileSync(file, "");
    symlinkSync(join(scratch, "nowhere"), link);
    for (const taken of [empty, file, link])
      expect(refusal(() => createNetwork(taken, OPTIONS))).to.match(/exists already/);
    expect(readdirSync(empty)).to.deep.equal([]);
  });

  it("leaves nothing behind when it fails half-way: no part of it, and no folder made for it", () => {
    const above = join(scratch, "above");
    const files = [
      { path: "nodes/a/key", text: "secret", isSecret: true },
      { path: "nodes/a/key/impossible", text: "" },
    ];
    expect(refusal(() => createFolder(join(above, "deep", "network"), files))).to.match(/nothing is left of it/);
    expect(existsSync(above)).to.equal(false);
    mkdirSync(above);
    const dying = () => {
      throw new Error("the disk is full");
    };
    expect(refusal(() => createFolder(join(above, "network"), files.slice(0, 1), dying))).to.match(/the disk is full/);
    expect(readdirSync(above)).to.deep.equal([]);
  });

  it("is changed wholly or not at all, too", () => {
    const folder = freshFolder();
    createFolder(folder, [{ path: "a", text: "old" }]);
    const next = [
      { path: "a", text: "new" },
      { path: "missing/b", text: "new" },
    ];
    expect(refusal(() => replaceFiles(folder, next))).to.match(/it is as it was/);
    expect(readdirSync(folder)).to.deep.equal(["a"]);
    expect(text(folder, "a")).to.equal("old");
  });
});

describe("npm run network", () => {
  const run = (...args: string[]) => {
    const env = { ...process.env, LC_ALL: "C" };
    try {
      const output = execFileSync(process.execPath, ["--import", "tsx", "scripts/network.ts", ...args], {
        ...{ cwd: root, env },
        encoding: "utf8",
        timeout: 60_000,
        stdio: "pipe",
      });
      return { code: 0, output };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, output: stdout + stderr };
    }
  };

  it("makes a network, prints addresses and enodes, and no key", () => {
    const folder = freshFolder();
    const { code, output } = run("create", folder, "--chain-id", "2018");
    expect(code, output).to.equal(0);
    for (const node of NODES) {
      expect(output).to.include(text(folder, "nodes", node, "address"));
      expect(output).to.include(text(folder, "nodes", node, "key.pub").slice(2));
      expect(output).to.not.include(text(folder, "nodes", node, "key").slice(2));
    }
    const again = run("create", folder, "--chain-id", "2018");
    expect(again.code).to.equal(1);
    expect(again.output).to.match(/^[^\n]+ exists already and is left as it is: [^\n]+\.\n$/);
  });

  it("prints extraData, sorted unless asked otherwise", () => {
    const addresses = ["be068f726a13c8d46c44be6ce9d275600e1735a4", "5ff6f4b66a46a2b2310a6f3a93aaddc0d9a1c193"];
    const given = addresses.map((address): Hex => `0x${address}`);
    expect(run("extra-data", ...addresses).output.trim()).to.equal(extraData([...given].sort()));
    expect(run("extra-data", "--as-given", ...addresses).output.trim()).to.equal(extraData(given));
  });

  it("says in a sentence what is missing", () => {
    expect(run("create", freshFolder())).to.deep.equal({
      code: 1,
      output: "error: required option '--chain-id <number>' not specified\n",
    });
    expect(run("show", scratch).output).to.match(/network\.json cannot be read: name the folder of a network/);
  });

  it("speaks Chinese where that is asked for: help, complaints and refusals", () => {
    const help = run("create", "--help", "--language", "zh").output;
    expect(help)
      .to.match(/^用法：/)
      .and.to.include("选项：")
      .and.to.include("写入的目录，须尚不存在");
    expect(run("create", freshFolder(), "--language=zh").output).to.equal("必须给出选项 --chain-id <number>。\n");
    expect(run("vote", "perhaps", "0x", "--rpc", "x", "--language", "zh").output).to.include(
      "可选 add, remove, discard",
    );
    expect(run("nothing", "--language", "zh").output).to.equal("没有命令 nothing。\n");
    expect(run("--language", "zh", "show", scratch).output).to.match(/^无法读取 [^\n]+network\.json：/);
  });
});
