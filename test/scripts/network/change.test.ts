import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { addNode, changeAccounts, refresh, removeNode } from "../../../scripts/network/change.ts";
import { createNetwork } from "../../../scripts/network/create.ts";
import { enodeOf, readNetwork } from "../../../scripts/network/network.ts";
import { generateNodeKey } from "../../../scripts/network/nodeKey.ts";

const OPTIONS = { chainId: 2018, validators: 4, rpcNodes: 1, fork: "cancun", blockPeriodSeconds: 1 } as const;
const ACCOUNT = "0x4592c8e45706cc08b8f44b11e43cba0cfc5892cb";

describe("a network that changes", () => {
  let scratch: string;
  let folder: string;
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), "dujiang-network-"));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));
  beforeEach(() => {
    folder = join(mkdtempSync(join(scratch, "n-")), "network");
    createNetwork(folder, OPTIONS);
  });

  const text = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");
  const allowed = (node: string) =>
    parseToml(text("nodes", node, "permissions_config.toml"))["nodes-allowlist"] as string[];
  const everything = () =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]),
    );

  it("adds a new node to the lists of all, whose key no one else can read", () => {
    const [genesis, key] = [text("genesis.json"), text("nodes/validator-1/key")];
    const node = addNode(folder, { kind: "validator" });
    expect(node.name).to.equal("validator-5");
    for (const { name } of readNetwork(folder).nodes) expect(allowed(name)).to.include(enodeOf(node));
    expect(JSON.parse(text("nodes/validator-1/static-nodes.json"))).to.include(enodeOf(node));
    expect(JSON.parse(text("nodes/validator-5/static-nodes.json"))).to.not.include(enodeOf(node));
    expect(Object.keys(parseYaml(text("compose.yaml")).services)).to.include("validator-5");
    expect(text("nodes/validator-5/key")).to.match(/^0x[0-9a-f]{64}$/);
    expect([text("genesis.json"), text("nodes/validator-1/key")]).to.deep.equal([genesis, key]);
    expect(readdirSync(join(folder, "nodes")).join()).to.not.match(/new|unfinished/);
  });

  it("takes a node off the lists of all others, keeps its folder, and never gives its number again", () => {
    addNode(folder, { kind: "validator" });
    const gone = removeNode(folder, "validator-5");
    for (const { name } of readNetwork(folder).nodes) expect(allowed(name)).to.not.include(enodeOf(gone));
    expect(Object.keys(parseYaml(text("compose.yaml")).services)).to.not.include("validator-5");
    expect(existsSync(join(folder, "nodes/validator-5/key"))).to.equal(true);
    expect(addNode(folder, { kind: "validator" }).name).to.equal("validator-6");
    expect(addNode(folder, { kind: "rpc" }).name).to.equal("rpc-2");
  });

  it("opens and closes the list of accounts", () => {
    changeAccounts(folder, { add: [ACCOUNT] });
    expect(parseToml(text("nodes/rpc-1/permissions_config.toml"))["accounts-allowlist"]).to.deep.equal([ACCOUNT]);
    expect(text("nodes/rpc-1/config.toml")).to.include("permissions-accounts-config-file-enabled = true");
    expect(() => changeAccounts(folder, { remove: [ACCOUNT] })).to.throw(/lists nobody/);
    changeAccounts(folder, { everybody: true });
    expect(text("nodes/rpc-1/permissions_config.toml")).to.not.include("accounts-allowlist");
    expect(() => changeAccounts(folder, { remove: [ACCOUNT] })).to.throw(/is not listed/);
  });

  it("comes to the same when rewritten", () => {
    const before = everything();
    refresh(folder);
    expect(everything()).to.deep.equal(before);
    writeFileSync(join(folder, "nodes/rpc-1/config.toml"), "");
    refresh(folder);
    expect(everything()).to.deep.equal(before);
  });

  it("is written on each of several machines for the node that is there", () => {
    rmSync(folder, { recursive: true });
    createNetwork(folder, { ...OPTIONS, ips: [1, 2, 3, 4, 9].map((host) => `10.1.0.${host}`) });
    for (const other of ["validator-1", "validator-3", "validator-4", "rpc-1"]) {
      rmSync(join(folder, "nodes", other), { recursive: true });
    }
    const next = readNetwork(folder);
    next.nodes.push({ name: "validator-5", publicKey: generateNodeKey().publicKey, ip: "10.1.0.5" });
    writeFileSync(join(folder, "network.json"), JSON.stringify(next));
    refresh(folder);
    expect(allowed("validator-2")).to.include(enodeOf(next.nodes[5]!));
    expect(readdirSync(join(folder, "nodes"))).to.deep.equal(["validator-2"]);
  });

  it("stays as it is when the change cannot be made", () => {
    const before = everything();
    expect(() => removeNode(folder, "validator-9")).to.throw(/There is no node validator-9/);
    expect(() => addNode(folder, { kind: "rpc", ip: "10.0.0.1" })).to.throw(/leave out --ip/);
    expect(() => addNode(folder, { kind: "rpc", publicKey: "0x12" })).to.throw(/128 hexadecimal digits/);
    expect(everything()).to.deep.equal(before);
    rmSync(join(folder, "nodes/validator-2"), { recursive: true });
    expect(() => addNode(folder, { kind: "rpc" })).to.throw(/validator-2.* is missing/);
    expect(existsSync(join(folder, "nodes/rpc-2"))).to.equal(false);
    for (const name of ["validator-2", "validator-3", "validator-4"]) {
      rmSync(join(folder, "nodes", name), { recursive: true, force: true });
      const { nodes, ...rest } = readNetwork(folder);
      const left = nodes.filter((node) => node.name !== name);
      writeFileSync(join(folder, "network.json"), JSON.stringify({ ...rest, nodes: left }));
    }
    expect(() => removeNode(folder, "validator-1")).to.throw(/is the only validator/);
  });

  it("refuses a network.json that is none", () => {
    writeFileSync(join(folder, "network.json"), "{");
    expect(() => refresh(folder)).to.throw(/network\.json is not JSON/);
    writeFileSync(join(folder, "network.json"), '{"chainId": "x"}');
    expect(() => refresh(folder)).to.throw(/network\.json: chainId/);
  });
});
