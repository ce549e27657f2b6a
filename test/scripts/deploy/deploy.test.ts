import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Contract, JsonRpcProvider, Wallet } from "ethers";
import hre from "hardhat";
import { LocalChain } from "../../../demo/local/chain.ts";
import { wallets } from "../../../demo/local/wallets.ts";
import { type DeployOptions, deployPlatform } from "../../../scripts/deploy/deployPlatform.ts";
import { deploymentName } from "../../../scripts/deploy/networks.ts";
import { root } from "../../../scripts/root.ts";
import { ROLES } from "../../../sdk/access/roles.ts";
import { CONTRACTS } from "../../../sdk/chain/contracts.ts";
import { abiHash, type Deployment } from "../../../sdk/chain/deployment.ts";
import { readDeployment } from "../../../sdk/chain/readDeployment.ts";
import { DEBT_CODES } from "../../../sdk/debts/enums.ts";
import { parseDay, startOfDay } from "../../../sdk/types/time.ts";
import { BesuNode } from "../../besu/besuNode.ts";

const TODAY = parseDay("2026-10-01");
/** One a contract, and one that sets everything up. */
const TRANSACTIONS = CONTRACTS.length + 1;
const parametersOf = (network: string) =>
  readFileSync(join(root, "deployments", "parameters", `${network}.json`), "utf8");

let scratch: string;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), "dujiang-deploy-"));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

const freshFolder = () => mkdtempSync(join(scratch, "deployments-"));
const freshChain = () => LocalChain.start({ startsAt: startOfDay(TODAY) + 36_000, port: "any" });
const deployer = wallets.deployer.wallet.address;
const nonceOf = async (chain: LocalChain, account = deployer) =>
  Number(await chain.request("eth_getTransactionCount", [account, "latest"]));

/** Why a deployment is refused. */
async function refusal(options: DeployOptions): Promise<string> {
  try {
    await deployPlatform(options);
  } catch (error) {
    const { message } = error as Error;
    expect(message, "one sentence").to.match(/^[^\n]+\.$/);
    return message;
  }
  return expect.fail("the deployment was not refused");
}

/** Does something under other environment variables; undefined takes one away. */
function withEnvironment<Result>(
  variables: Record<string, string | undefined>,
  action: () => Promise<Result>,
): Promise<Result> {
  const set = (values: typeof variables) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  set(variables);
  return action().finally(() => set(before));
}

describe("a deployment to a local chain", () => {
  let chain: LocalChain;
  let provider: JsonRpcProvider;
  let folder: string;
  let deployment: Deployment;
  let seconds: number;
  const at = async (name: (typeof CONTRACTS)[number]): Promise<Contract> =>
    new Contract(deployment.contracts[name].address, (await hre.artifacts.readArtifact(name)).abi, provider);

  before(async () => {
    chain = await freshChain();
    provider = new JsonRpcProvider(chain.url, chain.chainId, { staticNetwork: true });
    folder = freshFolder();
    const begun = performance.now();
    deployment = await deployPlatform({ network: "local", localUrl: chain.url, folder });
    seconds = (performance.now() - begun) / 1000;
  });
  after(async () => {
    provider.destroy();
    await chain.stop();
  });

  it("writes what everybody else reads addresses from", async () => {
    expect(readDeployment("local", folder)).to.deep.equal(deployment);
    expect(deployment).to.deep.include({ network: "local", chainId: chain.chainId, startBlock: 1 });
    expect(deployment.parameters).to.deep.equal(JSON.parse(parametersOf("local")));
    for (const name of CONTRACTS) {
      const { address, transactionHash, blockNumber, abiHash: hash } = deployment.contracts[name];
      const receipt = (await provider.getTransactionReceipt(transactionHash))!;
      expect([receipt.contractAddress, receipt.blockNumber]).to.deep.equal([address, blockNumber]);
      expect(hash).to.equal(abiHash((await hre.artifacts.readArtifact(name)).abi));
    }
    const setup = (await provider.getTransactionReceipt(deployment.setup.transactionHash))!;
    expect(setup.gasUsed < 16_777_216n).to.equal(true);
    expect(await nonceOf(chain)).to.equal(TRANSACTIONS);
    console.log(`        deployed in ${seconds.toFixed(1)} s; the set-up took ${setup.gasUsed} gas`);
  });

  it("puts the reviewed parameters on chain", async () => {
    const [rules, meters] = [await at("MarketRules"), await at("MeterRegistry")];
    const [id, ruleSet] = await rules.getFunction("ruleSetOn")(TODAY);
    expect(id).to.equal(1n);
    expect(ruleSet.effectiveDay).to.equal(BigInt(TODAY));
    expect([ruleSet.wet.floor, ruleSet.wet.cap]).to.deep.equal([7_500n, 25_372n]);
    expect([...ruleSet.tariffs]).to.deep.equal([27_340_000n, 25_110_000n, 22_880_000n, 9_580_000n, 6_680_000n, 0n]);
    expect([ruleSet.gridCompany, ruleSet.balancingAccount]).to.deep.equal([1n, 2n]);
    expect([ruleSet.maxPaymentDays, ruleSet.smallSellerPaymentDays]).to.deep.equal([180n, 60n]);
    const windows = await meters.getFunction("windowsOf")(TODAY);
    expect([windows.reportDays, windows.objectionHours]).to.deep.equal([3n, 24n]);
    const zones = await rules.queryFilter("ZoneAdded", 0, "latest");
    expect(zones.map((zone) => (zone as unknown as { args: { name: string } }).args.name)).to.deep.equal(
      (deployment.parameters.zones as { name: string }[]).map(({ name }) => name),
    );
  });

  it("leaves the deployer with nothing, and the council in charge", async () => {
    const manager = await at("AccessManager");
    for (const [role, id] of Object.entries(ROLES).filter(([name]) => name !== "PUBLIC")) {
      expect((await manager.getFunction("hasRole")(id, deployer))[0], role).to.equal(false);
    }
    const grant = (from: string) => manager.getFunction("grantRole").estimateGas(ROLES.BANK, deployer, 0, { from });
    await grant(wallets.council.wallet.address);
    expect(
      await grant(deployer).then(
        () => "allowed",
        ({ code }) => code,
      ),
    ).to.equal("CALL_EXCEPTION");
  });

  it("lets contracts do what they are for, and nobody else", async () => {
    const [manager, deposits] = [await at("AccessManager"), await at("DepositToken")];
    const { TradeEscrow, FinancingDesk, Receivables, DebtLedger } = deployment.contracts;
    const holds = async (role: keyof typeof ROLES, { address }: { address: string }) =>
      (await manager.getFunction("hasRole")(ROLES[role], address))[0];
    expect(await holds("NOTARY", TradeEscrow)).to.equal(true);
    expect(await holds("NOTARY", FinancingDesk)).to.equal(true);
    expect(await holds("NOTARY", Receivables)).to.equal(false);
    expect(await holds("TRADE_BOOK", TradeEscrow)).to.equal(true);
    for (const { address } of [TradeEscrow, FinancingDesk, DebtLedger]) {
      expect(await deposits.getFunction("isNotary")(address)).to.equal(true);
    }
    const debts = await at("DebtLedger");
    for (const [{ address }, code] of [
      [TradeEscrow, "EnergyOnTerms"],
      [Receivables, "ConfirmedClaim"],
    ] as const) {
      expect(await debts.getFunction("isPoster")(address, DEBT_CODES.indexOf(code))).to.equal(true);
    }
    expect(await debts.getFunction("isPoster")(Receivables.address, DEBT_CODES.indexOf("Award"))).to.equal(false);
    const kwh = await at("KwhToken");
    expect(await kwh.getFunction("minterOf")(TODAY)).to.equal(TradeEscrow.address);
  });

  it("sends nothing when run again", async () => {
    const said: string[] = [];
    const again = await deployPlatform({ network: "local", localUrl: chain.url, folder, say: (s) => said.push(s.en) });
    expect(again).to.deep.equal(deployment);
    expect(await nonceOf(chain)).to.equal(TRANSACTIONS);
    expect(said).to.deep.equal(["Everything is deployed already: nothing was sent."]);
  });

  it("sends nothing either when it was killed before writing its result, in the middle of a line of its journal", async () => {
    rmSync(join(folder, "local", "deployment.json"));
    appendFileSync(join(folder, "local", "ignition", "journal.jsonl"), '\n{"futureId":"Setup#Se');
    expect(await deployPlatform({ network: "local", localUrl: chain.url, folder })).to.deep.equal(deployment);
    expect(await nonceOf(chain)).to.equal(TRANSACTIONS);
  });

  it("refuses parameters that were changed after it", async () => {
    const parametersFile = join(scratch, "changed.json");
    writeFileSync(parametersFile, parametersOf("local").replace('"graceDays": 10', '"graceDays": 11'));
    const sentence = await refusal({ network: "local", localUrl: chain.url, folder, parametersFile });
    expect(sentence).to.match(/changed\.json was changed after the deployment/);
  });

  it("starts over by itself on a fresh chain", async () => {
    const fresh = await freshChain();
    try {
      const said: string[] = [];
      const second = await deployPlatform({
        network: "local",
        localUrl: fresh.url,
        folder,
        say: (s) => said.push(s.en),
      });
      expect(second.chainId).to.equal(fresh.chainId);
      expect(said[0]).to.match(/another one than last time/);
      expect(readDeployment("local", folder)).to.deep.equal(second);
    } finally {
      await fresh.stop();
    }
  });

  it("says where no chain answers, and keeps public keys on this machine", async () => {
    expect(await refusal({ network: "local", localUrl: "http://127.0.0.1:9", folder })).to.match(
      /^No chain answers at http:\/\/127\.0\.0\.1:9: "npm start" brings one up/,
    );
    expect(await refusal({ network: "local", localUrl: "http://192.0.2.1:8545", folder })).to.match(/on this machine/);
  });

  it("is for chains for development, each port with a folder of its own", async () => {
    const node = await BesuNode.start(chain.url, [deployer]);
    try {
      const sentence = await refusal({ network: "local", localUrl: node.url, folder });
      expect(sentence).to.match(/is for chains for development, but chain \d+ at http:\S+ is none/);
    } finally {
      await node.stop();
    }
    const names = ["http://127.0.0.1:8545", "http://localhost:9545"].map((url) => deploymentName("local", url));
    expect([...names, deploymentName("consortium")]).to.deep.equal(["local", "local-9545", "consortium"]);
  });
});

describe("a deployment that is killed again and again", () => {
  let chain: LocalChain;
  let proxy: Server;
  let folder: string;
  /** Called with each transaction on its way; answers how to go on. */
  let onTransaction: () => "pass" | "swallow the answer" | "swallow the transaction";
  let child: ChildProcess;

  before(async () => {
    chain = await freshChain();
    folder = freshFolder();
    proxy = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        const fate = body.includes('"eth_sendRawTransaction"') ? onTransaction() : "pass";
        if (fate === "swallow the transaction") return child.kill("SIGKILL");
        const answer = await fetch(chain.url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        });
        const text = await answer.text();
        if (fate === "swallow the answer") return child.kill("SIGKILL");
        return response.setHeader("content-type", "application/json").end(text);
      })().catch(() => response.destroy());
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
  });
  after(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await chain.stop();
  });

  /** Runs the command to its end, successful or not. */
  async function run(): Promise<{ code: number | null; output: string }> {
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    child = spawn(
      process.execPath,
      ["--import", "tsx", "scripts/deploy.ts", "--network", "local", "--folder", folder],
      { cwd: root, env: { ...process.env, RPC_URL: url }, stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (text) => (output += text));
    const [code] = await once(child, "exit");
    return { code: code as number | null, output };
  }

  it("doubles nothing, wherever it was killed", async function () {
    this.timeout(600_000);
    // In each run the transaction that is its last, and whether it reaches the chain before the run is killed.
    const lives = [
      { sends: 1, fate: "swallow the answer" },
      { sends: 2, fate: "swallow the transaction" },
      { sends: 3, fate: "swallow the answer" },
      { sends: 3, fate: "swallow the answer" },
      { sends: 1, fate: "swallow the transaction" },
    ] as const;
    for (const { sends, fate } of lives) {
      let sent = 0;
      onTransaction = () => (++sent === sends ? fate : "pass");
      const { code, output } = await run();
      expect(code, output).to.equal(null);
      expect(existsSync(join(folder, "local", "deployment.json"))).to.equal(false);
    }

    onTransaction = () => "pass";
    const last = await run();
    expect(last.code, last.output).to.equal(0);
    expect(last.output).to.match(/Compiling the contracts \.\.\. 0 s\n(.*\n)*The contracts are compiled \(\d+ s\)\./);
    expect(await nonceOf(chain)).to.equal(TRANSACTIONS);

    onTransaction = () => expect.fail("a finished deployment sent something");
    const again = await run();
    expect(again.code, again.output).to.equal(0);
    expect(again.output).to.match(/nothing was sent/);
    expect(await nonceOf(chain)).to.equal(TRANSACTIONS);
  });
});

describe("a deployment to a consortium chain", () => {
  let chain: LocalChain;
  let folder: string;
  let parametersFile: string;
  const account = Wallet.createRandom();
  const options = (): DeployOptions => ({ network: "consortium", folder, parametersFile });
  const deployed = (url = chain.url, key = account.privateKey) =>
    withEnvironment({ RPC_URL: url, DEPLOYER_KEY: key }, () => deployPlatform(options()));
  const refused = (variables: Record<string, string | undefined>) =>
    withEnvironment(variables, () => refusal(options()));

  before(async () => {
    chain = await freshChain();
    folder = freshFolder();
    parametersFile = join(scratch, "consortium.json");
    let filled = 0;
    const fill = (field: string) => {
      if (field === "capYuan") return "1000000.00";
      return field.startsWith("account") ? Wallet.createRandom().address : `name ${++filled}`;
    };
    writeFileSync(
      parametersFile,
      parametersOf("consortium").replaceAll(/"(\w+)": "TO BE FILLED IN[^"]*"/g, (_, field) =>
        field === "chainId" ? `"chainId": ${chain.chainId}` : `"${field}": "${fill(field)}"`,
      ),
    );
  });
  after(() => chain.stop());

  it("asks for address and key when they are missing, and never shows a key", async () => {
    const key = account.privateKey;
    expect(await refused({ RPC_URL: chain.url, DEPLOYER_KEY: `${key}00` }))
      .to.match(/^DEPLOYER_KEY is not a private key/)
      .and.not.include(key);
    expect(await refused({ RPC_URL: "http://127.0.0.1:9", DEPLOYER_KEY: key }))
      .to.match(/^No chain answers at RPC_URL/)
      .and.not.include(key);
    // Where nobody is at the keyboard, Hardhat does not ask for the keystore's password.
    const unattended = { CI: "true", RPC_URL: undefined, DEPLOYER_KEY: undefined };
    const both = await withEnvironment(unattended, () =>
      deployPlatform(options()).then(
        () => "",
        ({ message }) => message,
      ),
    );
    expect(both.split("\n").map((line: string) => line.replace(/:.*/, ""))).to.deep.equal([
      "RPC_URL is not known",
      "DEPLOYER_KEY is not known",
    ]);
    expect(both).to.include("npm run keystore -- set RPC_URL").and.not.include("npx");
    expect(await refused({ ...unattended, RPC_URL: chain.url })).to.match(/^DEPLOYER_KEY is not known/);
  });

  it("lists all that is missing at once, before anything is compiled", async () => {
    const example = join(root, "deployments", "parameters", "consortium.json");
    const variables = { CI: "true", RPC_URL: undefined, DEPLOYER_KEY: undefined };
    const args = ["--network", "consortium", "--parameters", example, "--folder", folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/deploy.ts", ...args], {
      ...{ cwd: root, encoding: "utf8", timeout: 60_000, env: { ...process.env, ...variables } },
    });
    expect([status, stdout]).to.deep.equal([1, ""]);
    const lines = stderr.trim().split("\n");
    const fields = parametersOf("consortium").split("TO BE FILLED IN").length - 1;
    expect(
      lines.filter((line) => /^deployments\/parameters\/consortium\.json: \S+ is still to be filled in\.$/.test(line)),
    ).to.have.lengthOf(fields);
    expect(lines.slice(fields)).to.satisfy(
      (rest: string[]) => rest.length === 2 && rest.every((line) => /is not known/.test(line)),
    );
  });

  it("refuses a chain that its file does not name, before anything is compiled or sent", async () => {
    const other = await freshChain();
    try {
      const variables = { RPC_URL: other.url, DEPLOYER_KEY: account.privateKey };
      expect(await refused(variables)).to.equal(
        `${parametersFile} is for chain ${chain.chainId}, but chain ${other.chainId} answers at RPC_URL: point at the right chain, or have the file reviewed for this one.`,
      );
      const begun = performance.now();
      const args = ["--network", "consortium", "--parameters", parametersFile, "--folder", folder];
      const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/deploy.ts", ...args], {
        ...{ cwd: root, encoding: "utf8", timeout: 60_000, env: { ...process.env, ...variables } },
      });
      expect([status, stderr]).to.deep.equal([1, `${await refused(variables)}\n`]);
      console.log(`        refused in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      expect(await nonceOf(other, account.address)).to.equal(0);
    } finally {
      await other.stop();
    }
  });

  it("goes by the name of a network that has a file, and by no other", async () => {
    const mine = mkdtempSync(join(scratch, "networks-"));
    mkdirSync(join(mine, "networks"));
    mkdirSync(join(mine, "parameters"));
    const network = (settings: object) =>
      writeFileSync(join(mine, "networks", "harbour.json"), JSON.stringify(settings));
    network({ chainId: chain.chainId, rpcUrl: chain.url });
    writeFileSync(join(mine, "parameters", "harbour.json"), readFileSync(parametersFile));
    const variables = { DUJIANG_DEPLOYMENTS: mine, RPC_URL: undefined, DEPLOYER_KEY: Wallet.createRandom().privateKey };
    const named = (name: string) => withEnvironment(variables, () => refusal({ network: name }));
    expect(await named("harbor")).to.equal(
      'There is no network "harbor": name one of local, consortium, harbour, or describe it in deployments/networks/harbor.json.',
    );
    expect(await named("../parameters/harbour")).to.match(/^There is no network/);
    const deployment = await withEnvironment(variables, () => deployPlatform({ network: "harbour" }));
    expect(deployment).to.deep.include({ network: "harbour", chainId: chain.chainId });
    expect(readDeployment("harbour", mine)).to.deep.equal(deployment);

    network({ chainId: chain.chainId + 1, rpcUrl: chain.url });
    expect(await named("harbour")).to.match(
      new RegExp(`is chain ${chain.chainId + 1}, but chain ${chain.chainId} answers at ${chain.url}`),
    );
    network({ rpcUrl: "ftp://harbour", gasPriceWei: "-1" });
    const faults = await withEnvironment(variables, () =>
      deployPlatform({ network: "harbour" }).then(
        () => "",
        ({ message }) => message,
      ),
    );
    expect(faults.split("\n")).to.have.lengthOf(2);
    expect(faults)
      .to.match(/rpcUrl is not the http address/)
      .and.to.match(/gasPriceWei is not a number of wei/);
  });

  it("refuses a deployer who is to hold something", async () => {
    const { roles } = JSON.parse(readFileSync(parametersFile, "utf8"));
    const file = join(scratch, "holder.json");
    writeFileSync(
      file,
      readFileSync(parametersFile, "utf8").replace(roles.ARBITER.holders[0].account, account.address),
    );
    const sentence = await withEnvironment({ RPC_URL: chain.url, DEPLOYER_KEY: account.privateKey }, () =>
      refusal({ network: "consortium", folder, parametersFile: file }),
    );
    expect(sentence).to.match(/roles\.ARBITER is given to 0x\w+, the account that deploys/);
  });

  it("needs no balance, pays nothing and signs here", async () => {
    expect(BigInt(await chain.request("eth_getBalance", [account.address, "latest"]))).to.equal(0n);
    const { contracts, setup, network } = await deployed();
    expect(network).to.equal("consortium");
    for (const { transactionHash } of [...Object.values(contracts), setup]) {
      const transaction = await chain.request<Record<string, string>>("eth_getTransactionByHash", [transactionHash]);
      expect(transaction.from).to.equal(account.address.toLowerCase());
      expect(BigInt(transaction.gasPrice!)).to.equal(0n);
      expect(BigInt(transaction.gas!) < 16_777_216n).to.equal(true);
    }
    expect(await nonceOf(chain, account.address)).to.equal(TRANSACTIONS);
    await deployed();
    expect(await nonceOf(chain, account.address)).to.equal(TRANSACTIONS);
  });

  it("makes the council wait and keeps finance switched off", async () => {
    const { contracts, parameters } = readDeployment("consortium", folder);
    const provider = new JsonRpcProvider(chain.url, chain.chainId, { staticNetwork: true });
    const abi = async (name: string) => (await hre.artifacts.readArtifact(name)).abi;
    const manager = new Contract(contracts.AccessManager.address, await abi("AccessManager"), provider);
    const { roles } = parameters as { roles: { ADMIN: { holders: { account: string }[] } } };
    const [member, delay] = await manager.getFunction("hasRole")(ROLES.ADMIN, roles.ADMIN.holders[0]!.account);
    expect([member, delay]).to.deep.equal([true, 48n * 3600n]);
    const desk = new Contract(contracts.FinancingDesk.address, await abi("FinancingDesk"), provider);
    const { selector } = desk.interface.getFunction("placeBid")!;
    expect(await manager.getFunction("getTargetFunctionRole")(desk.target, selector)).to.equal(ROLES.COUNCIL);
    provider.destroy();
  });

  it("refuses a chain that is not the one of its folder", async () => {
    const other = await freshChain();
    try {
      const sentence = await refused({ RPC_URL: other.url, DEPLOYER_KEY: account.privateKey });
      expect(sentence).to.match(/not the one that answers at RPC_URL|is for chain \d+, but chain \d+ answers/);
      expect(await nonceOf(other, account.address)).to.equal(0);
    } finally {
      await other.stop();
    }
    expect(await refusal({ ...options(), reset: true })).to.match(/there to stay/);
  });
});
