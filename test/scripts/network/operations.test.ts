import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { Wallet } from "ethers";
import { parse as parseYaml } from "yaml";
import { LocalChain } from "../../../demo/local/chain.ts";
import { generateNodeKey } from "../../../scripts/network/nodeKey.ts";
import { root } from "../../../scripts/root.ts";
import { parseDay, startOfDay } from "../../../sdk/types/time.ts";
import { BesuNode } from "../../besu/besuNode.ts";
import { StubNode } from "./stubNode.ts";

/** The loader by its place, because some commands run elsewhere; `import.meta.resolve` is missing under the loader itself. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const PAGE = readFileSync(join(root, "docs", "operations.md"), "utf8");
const COMMANDS = [...PAGE.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.trim().split("\n"));
const SCRIPTS: Record<string, string> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;

/** What a validator answers; who the others are, each command of the page says for itself. */
const VALIDATOR = {
  web3_clientVersion: "besu/v26.8.0",
  net_peerCount: "0x4",
  eth_getBlockByNumber: { number: "0x1", timestamp: "0x1" },
  qbft_getPendingVotes: {},
  qbft_getSignerMetrics: [],
  qbft_proposeValidatorVote: true,
  qbft_discardValidatorVote: true,
  perm_reloadPermissionsFromFile: "Success",
};

describe("the page on operations", () => {
  it("says what was checked, and names scripts that there are", () => {
    expect(PAGE).to.match(/None of it was checked against a running node/);
    const named = [...PAGE.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(SCRIPTS).to.include.keys([...new Set(named)]);
    for (const name of ["network", "deploy", "verify"]) {
      expect(SCRIPTS[name]).to.equal(`node tools/launch.mjs scripts/${name}.ts`);
    }
    expect(readFileSync(join(root, "docs", "README.md"), "utf8")).to.include("(operations.md)");
  });

  describe("in the order in which it is written", () => {
    let scratch: string;
    let chain: LocalChain;
    let besu: BesuNode;
    let validator: StubNode;
    let validatorUrl: string;
    let docker: { folder: string; words: string[]; services: string[] }[];

    before(async function () {
      // The page is written for a shell.
      if (process.platform === "win32") this.skip();
      scratch = mkdtempSync(join(tmpdir(), "dujiang-operations-"));
      mkdirSync(join(scratch, "deployments"));
      chain = await LocalChain.start({ startsAt: startOfDay(parseDay("2026-10-01")) + 36_000, port: "any" });
      besu = await BesuNode.start(chain.url);
      validator = new StubNode({ ...VALIDATOR });
      validatorUrl = await validator.start();
      docker = [];
      writeFileSync(join(scratch, "parameters.json"), filledIn(chain.chainId));
    });
    after(async () => {
      validator?.stop();
      await besu?.stop();
      await chain?.stop();
      if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    });

    for (const command of COMMANDS) {
      it(command.length > 100 ? `${command.slice(0, 97)}...` : command, async function () {
        this.timeout(300_000);
        const address = /(?:vote (?:remove|discard)) \$\(cat (\S+)\)/.exec(command)?.[1];
        validator.answers.qbft_getValidatorsByBlockNumber =
          address === undefined ? [] : [readFileSync(join(scratch, address), "utf8")];
        const output = await run(command);
        expect(output).to.not.match(/0x[0-9a-f]{64}(?![0-9a-f])/);
      });
    }

    it("leaves what it speaks of", () => {
      expect(validator.asked.map(([method]) => method)).to.include.members([
        "qbft_proposeValidatorVote",
        "qbft_discardValidatorVote",
        "perm_reloadPermissionsFromFile",
      ]);
      expect(existsSync(join(scratch, "networks/market/nodes/rpc-1/data"))).to.equal(true);
      expect(statSync(join(scratch, "network-secrets.tar")).mode & 0o777).to.equal(0o600);
      expect(existsSync(join(scratch, "deployments/consortium/deployment.json"))).to.equal(true);
    });

    it("asks Docker for nothing but services of the network", () => {
      expect(docker.length).to.be.greaterThan(10);
      for (const { words, services } of docker) {
        const isOfOption = (at: number) => words[at]!.startsWith("-") || words[at - 1] === "--profile";
        const [compose, verb = "", ...whom] = words.filter((_, at) => !isOfOption(at));
        expect(compose).to.equal("compose");
        expect(["up", "stop", "start", "restart", "pull", "exec"]).to.include(verb);
        const service = verb === "exec" ? whom.slice(0, 1) : whom;
        for (const name of service) expect(services, words.join(" ")).to.include(name);
      }
    });

    /** Runs a line of the page, with node in place of npm's launcher and a note in place of Docker. */
    async function run(command: string): Promise<string> {
      const note = join(scratch, "docker.txt");
      rmSync(note, { force: true });
      const line = command
        .replaceAll(/http:\/\/127\.0\.0\.1:18\d\d\d/g, validatorUrl)
        // The chain of this test is no node: it has no peers.
        .replaceAll("http://127.0.0.1:8545", validatorUrl);
      const shell = `
        set -eu
        npm() {
          test "$1" = run; test "$3" = --; script="$2"; shift 3
          case "$script" in
            deploy|verify) set -- "$@" --parameters "${scratch}/parameters.json" --folder "${scratch}/deployments" ;;
          esac
          case "$script" in
            network) "${process.execPath}" --import "${TSX}" "${root}/scripts/network.ts" "$@" ;;
            * ) (cd "${root}" && "${process.execPath}" --import tsx "scripts/$script.ts" "$@") ;;
          esac
        }
        docker() { printf '%s\\n' "$PWD" "$@" > "${note}"; }
        ${line}`;
      const env = {
        ...process.env,
        RPC_URL: besu.url,
        DEPLOYER_KEY: deployer.privateKey,
        ...Object.fromEntries(memberKeys.map((key, at) => [`KEY_${at + 1}`, key])),
      };
      const { stdout, stderr } = await promisify(execFile)("bash", ["-c", shell], { cwd: scratch, env });
      if (existsSync(note)) {
        const [folder = "", ...words] = readFileSync(note, "utf8").trim().split("\n");
        const { services } = parseYaml(readFileSync(join(folder, "compose.yaml"), "utf8"));
        docker.push({ folder, words, services: Object.keys(services) });
      }
      return stdout + stderr;
    }
  });
});

const deployer = Wallet.createRandom();
const memberKeys = Array.from({ length: 5 }, () => generateNodeKey().publicKey);

/** The parameter file of a consortium as somebody filled it in. */
function filledIn(chainId: number): string {
  const example = readFileSync(join(root, "deployments", "parameters", "consortium.json"), "utf8");
  let names = 0;
  const fill = (field: string) => {
    if (field === "capYuan") return "1000000.00";
    return field.startsWith("account") ? Wallet.createRandom().address : `name ${++names}`;
  };
  return example.replaceAll(/"(\w+)": "TO BE FILLED IN[^"]*"/g, (_, field: string) =>
    field === "chainId" ? `"chainId": ${chainId}` : `"${field}": "${fill(field)}"`,
  );
}
