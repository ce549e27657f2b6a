import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import {
  type DeploymentResult,
  DeploymentResultType,
  deploy,
  type ExecutionEventListener,
} from "@nomicfoundation/ignition-core";
import { Interface } from "ethers";
import hre from "hardhat";
import { CONTRACTS, type ContractName } from "../../sdk/chain/contracts.ts";
import {
  abiHash,
  type DeployedContract,
  type Deployment,
  DeploymentError,
  jsonHash,
  parseDeployment,
} from "../../sdk/chain/deployment.ts";
import { deploymentsFolder } from "../../sdk/chain/readDeployment.ts";
import { nodeErrorOf } from "../../sdk/errors/nodeError.ts";
import { nodeRefusal } from "../../sdk/errors/nodeRefusal.ts";
import { joined, type Sentence } from "../../sdk/types/sentence.ts";
import { type Day, dayOf, formatDay } from "../../sdk/types/time.ts";
import type { Report } from "../verify/report.ts";
import { verifyDeployment } from "../verify/verifyDeployment.ts";
import { readAbis } from "./abis.ts";
import { blockAt, type Chain, connect, missingVariables, requireReviewedChain } from "./chain.ts";
import { Journal, writeWhole } from "./journal.ts";
import { contractsModule, SETUP_FUTURE, setupModule } from "./module.ts";
import { deploymentName, networkNamed, parametersFileOf, shownPath } from "./networks.ts";
import { type NetworkParameters, type ParameterFile, readParameters } from "./parameters.ts";
import { type Abis, type Addresses, setupCalls } from "./setup.ts";

export interface DeployOptions {
  network: string;
  /** Where the local chain answers; otherwise RPC_URL, or 127.0.0.1 and DUJIANG_RPC_PORT. */
  localUrl?: string;
  /** The reviewed file; otherwise `parameters/<network>.json` under deployments. */
  parametersFile?: string;
  /** Where `<network>/deployment.json` is written; otherwise as `readDeployment` looks for it. */
  folder?: string;
  /** Forgets an earlier deployment to the same local chain. */
  reset?: boolean;
  /** Called at each step with a sentence. */
  say?: (sentence: Sentence) => void;
}

/**
 * Deploys the platform to a network, continues an interrupted deployment, or finds that there is nothing left to do.
 * The contracts must have been built.
 */
export async function deployPlatform(options: DeployOptions): Promise<Deployment> {
  const { network, reset = false, say = () => {} } = options;
  if (reset && network !== "local") {
    throw new DeploymentError({
      en: `--reset is for the local network: what is deployed to ${network} is there to stay.`,
      zh: `--reset 仅用于 local 网络：部署到 ${network} 的内容不可重来。`,
    });
  }

  const { where, reviewed, chain } = await reachReviewedChain(options);
  const name = options.folder === undefined ? deploymentName(network, options.localUrl) : network;
  const folder = join(options.folder ?? deploymentsFolder(), name);
  const file = join(folder, "deployment.json");
  const resolver = new HardhatArtifactResolver(hre.artifacts);
  let journal = new Journal(join(folder, "ignition"), resolver);

  if (reset || !(await belongsHere(chain, journal, file))) {
    if (network !== "local") throw strangeChain(chain, journal, folder);
    if (!reset && existsSync(folder))
      say({ en: "The local chain is another one than last time: starting over.", zh: "本地链与上次不同：重新开始。" });
    rmSync(folder, { recursive: true, force: true });
    journal = new Journal(join(folder, "ignition"), resolver);
  }
  const abis = await readAbis();
  if (existsSync(file)) return alreadyDeployed(file, reviewed, abis, where, network, say);

  await journal.resume(chain);
  const { parameters } = reviewed;
  const contracts = contractsModule(parameters);
  const run = (module: Parameters<typeof deploy>[0]["ignitionModule"]) =>
    deploy({
      ignitionModule: module,
      deploymentDir: journal.folder,
      artifactResolver: resolver,
      provider: chain.provider,
      accounts: [chain.deployer],
      defaultSender: chain.deployer,
      deploymentParameters: {},
      config: {
        requiredConfirmations: 1,
        blockPollingInterval: network === "local" ? 20 : 500,
        // Nobody pays a fee here, so a higher one speeds nothing up: wait for as long as it takes to mine.
        disableFeeBumping: true,
        timeBeforeBumpingFees: 2 ** 31 - 1,
      },
      executionEventListener: listener(say),
    }).catch(stopped);

  const deployed = succeeded(await run(contracts));
  const addresses = Object.fromEntries(
    CONTRACTS.map((name) => [name, deployed[`Contracts#${name}`]?.address]),
  ) as Addresses;

  const effectiveDay = await effectiveDayOf(chain, parameters, journal, where);
  const calls = setupCalls(parameters, addresses, abis, chain.deployer, effectiveDay);
  if (!(await journal.hasBegun(SETUP_FUTURE))) {
    await rehearse(chain, addresses, abis, calls);
    journal.noteEffectiveDay(effectiveDay);
  }
  succeeded(await run(setupModule(contracts, calls)));

  const deployment = await describe({ ...chain, name }, journal, addresses, abis, reviewed);
  refuseDifferences(await verifyDeployment(chain, deployment, parameters));
  say({
    en: "Read back from the chain: parameters and roles are as reviewed, and the deployer holds nothing.",
    zh: "已从链上核对：参数与角色均与审阅一致，部署者不持有任何权限。",
  });
  writeWhole(file, deployment);
  return deployment;
}

/** The reviewed file and the chain that it is for; refuses either before anything is compiled or sent, all that is wrong at once. */
export async function reachReviewedChain({ network, localUrl, ...options }: DeployOptions) {
  networkNamed(network);
  const parametersFile = options.parametersFile ?? parametersFileOf(network);
  const where = shownPath(parametersFile);
  const mistakes: Sentence[] = [];
  let reviewed: ParameterFile | undefined;
  try {
    reviewed = readParameters(parametersFile, where);
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    mistakes.push(error.sentences);
  }
  mistakes.push(...(await missingVariables(network)));
  if (reviewed === undefined || mistakes.length > 0) throw new DeploymentError(joined(mistakes));
  const chain = await connect(network, localUrl);
  await requireReviewedChain(chain, reviewed.parameters.chainId, where);
  refuseDeployerAsHolder(chain, reviewed.parameters, where);
  return { where, reviewed, chain };
}

/** The roles of a network are for its people; the deployer keeps none. */
function refuseDeployerAsHolder({ deployer }: Chain, { roles }: NetworkParameters, where: string): void {
  for (const [role, { holders }] of Object.entries(roles)) {
    if (holders.some(({ account }) => account.toLowerCase() === deployer.toLowerCase())) {
      throw new DeploymentError({
        en: `${where}: roles.${role} is given to ${deployer}, the account that deploys, which keeps nothing: deploy with another key.`,
        zh: `${where}：roles.${role} 授予了部署账户 ${deployer}，而部署者不保留任何权限：请换用其他密钥部署。`,
      });
    }
  }
}

function refuseDifferences({ differences: [first] }: Report): void {
  if (first === undefined) return;
  throw new DeploymentError({
    en: `After the deployment ${first.what} is ${first.found}, but reviewed is ${first.wanted}: do not use this deployment.`,
    zh: `部署后 ${first.what} 为 ${first.found}，而经审阅的是 ${first.wanted}：请勿使用此次部署。`,
  });
}

/** Whether the deployment in the folder happened on this chain; an empty folder fits every chain. */
async function belongsHere(chain: Chain, journal: Journal, file: string): Promise<boolean> {
  const finished = existsSync(file) ? parseDeployment(readFileSync(file, "utf8"), file) : undefined;
  const record = finished ?? journal.run;
  if (record === undefined) return true;
  if (record.chainId !== chain.chainId || record.genesisHash !== chain.genesisHash) return false;
  const hash =
    finished?.setup.transactionHash ??
    (await journal.transactions()).find(({ status }) => status === "SUCCESS")?.txHash;
  if (hash === undefined) return true;
  return (await chain.provider.request({ method: "eth_getTransactionReceipt", params: [hash] })) !== null;
}

function strangeChain({ chainId, place }: Chain, { run }: Journal, folder: string): DeploymentError {
  return new DeploymentError({
    en: `${folder} records a deployment to chain ${run?.chainId ?? "unknown"}, which is not the one that answers at ${place} (chain ${chainId}): point RPC_URL at the right chain, or move the folder away to deploy again.`,
    zh: `${folder} 记录的部署在链 ${run?.chainId ?? "unknown"} 上，与 ${place} 处应答的链（${chainId}）不同：请将 RPC_URL 指向正确的链，或移走该目录后重新部署。`,
  });
}

function alreadyDeployed(
  file: string,
  { reviewed }: ParameterFile,
  abis: Abis,
  where: string,
  network: string,
  say: (sentence: Sentence) => void,
): Deployment {
  const deployment = parseDeployment(readFileSync(file, "utf8"), file);
  const instead =
    network === "local"
      ? { en: "deploy again with --reset", zh: "请用 --reset 重新部署" }
      : { en: "change parameters by governance, and undo the edit", zh: "请通过治理修改参数，并撤销对文件的改动" };
  if (deployment.parametersHash !== jsonHash(reviewed)) {
    throw new DeploymentError({
      en: `${where} was changed after the deployment it describes: ${instead.en}.`,
      zh: `${where} 在其所述的部署之后被改动：${instead.zh}。`,
    });
  }
  say({ en: "Everything is deployed already: nothing was sent.", zh: "已全部部署，无需发送任何交易。" });
  const changed = CONTRACTS.filter((name) => abiHash(abis[name]) !== deployment.contracts[name].abiHash);
  if (changed.length > 0)
    say({
      en: `The sources here differ from what is deployed: ${changed.join(", ")}.`,
      zh: `此处源码与已部署的不同：${changed.join("、")}。`,
    });
  return deployment;
}

/** The first day of the first rule set: fixed once the transaction that says it may be on its way. */
async function effectiveDayOf(
  { provider }: Chain,
  { ruleSet }: NetworkParameters,
  journal: Journal,
  where: string,
): Promise<Day> {
  const noted = journal.run?.effectiveDay;
  if (noted !== undefined && (await journal.hasBegun(SETUP_FUTURE))) return noted;
  const today = dayOf(Number((await blockAt(provider, "latest")).timestamp));
  const wanted = ruleSet.effectiveDate === "deployment" ? today : ruleSet.effectiveDate;
  if (wanted < today) {
    throw new DeploymentError({
      en: `${where}: ruleSet.effectiveDate is ${formatDay(wanted)}, but the chain is at ${formatDay(today)}: rules take effect today or later.`,
      zh: `${where}：ruleSet.effectiveDate 为 ${formatDay(wanted)}，而链上日期已是 ${formatDay(today)}：规则只能自当日或以后生效。`,
    });
  }
  return wanted;
}

/** Lets the node try the set-up without sending it, so that a refusal comes in the words of the contract. */
async function rehearse(chain: Chain, addresses: Addresses, abis: Abis, calls: string[]): Promise<void> {
  const data = new Interface(abis.AccessManager).encodeFunctionData("multicall", [calls]);
  try {
    await chain.provider.request({
      method: "eth_call",
      params: [{ from: chain.deployer, to: addresses.AccessManager, data }, "latest"],
    });
  } catch (error) {
    if (nodeErrorOf(error)?.kind !== "reverted") stopped(error);
    throw new DeploymentError({
      en: `The contracts refuse the reviewed parameters: ${reasonOf(error, abis)}.`,
      zh: `合约拒绝经审阅的参数：${reasonOf(error, abis)}。`,
    });
  }
}

function reasonOf(error: unknown, abis: Abis): string {
  const { data, message } = error as { data?: string | { data?: string }; message?: string };
  const bytes = typeof data === "object" ? data?.data : data;
  if (bytes !== undefined) {
    for (const name of CONTRACTS) {
      const parsed = new Interface(abis[name]).parseError(bytes);
      if (parsed !== null) return `${parsed.name}(${parsed.args.map(String).join(", ")})`;
    }
  }
  return message ?? String(error);
}

async function describe(
  chain: Chain & { name: string },
  journal: Journal,
  addresses: Addresses,
  abis: Abis,
  { reviewed }: ParameterFile,
): Promise<Deployment> {
  const mined = (await journal.transactions()).filter(({ status }) => status === "SUCCESS");
  const placeOf = async (what: string, hash: string | undefined) => {
    if (hash === undefined)
      throw new DeploymentError({
        en: `The journal in ${journal.folder} does not know of ${what}.`,
        zh: `${journal.folder} 中的部署日志没有 ${what} 的记录。`,
      });
    const receipt = (await chain.provider.request({ method: "eth_getTransactionReceipt", params: [hash] })) as {
      blockNumber: string;
    };
    return { transactionHash: hash as `0x${string}`, blockNumber: Number(receipt.blockNumber) };
  };
  const contracts = Object.fromEntries(
    await Promise.all(
      CONTRACTS.map(async (name): Promise<[ContractName, DeployedContract]> => {
        const transaction = mined.find(({ address }) => address === addresses[name]);
        const place = await placeOf(name, transaction?.txHash);
        return [name, { address: addresses[name] as `0x${string}`, ...place, abiHash: abiHash(abis[name]) }];
      }),
    ),
  ) as Deployment["contracts"];
  return {
    network: chain.name,
    chainId: chain.chainId,
    genesisHash: chain.genesisHash as `0x${string}`,
    startBlock: Math.min(...Object.values(contracts).map(({ blockNumber }) => blockNumber)),
    contracts,
    setup: await placeOf(
      "AccessManager#multicall",
      mined.find(({ name }) => name === "AccessManager#multicall")?.txHash,
    ),
    parameters: reviewed,
    parametersHash: jsonHash(reviewed),
  };
}

/** A transaction that the node does not take is no fault of the program. */
function stopped(error: unknown): never {
  const [en, zh] = [nodeRefusal(error, "en"), nodeRefusal(error, "zh")];
  if (en === undefined || zh === undefined) throw error;
  throw new DeploymentError({
    en: `The deployment stopped. ${en} Then run the same command again.`,
    zh: `部署已中断。${zh}然后重新运行同一命令。`,
  });
}

function succeeded(result: DeploymentResult) {
  if (result.type === DeploymentResultType.SUCCESSFUL_DEPLOYMENT) return result.contracts;
  if (result.type === DeploymentResultType.EXECUTION_ERROR) {
    const [failed] = result.failed;
    const reason =
      failed === undefined
        ? { en: "it was not finished", zh: "未完成" }
        : { en: `${failed.futureId}: ${failed.error}`, zh: `${failed.futureId}：${failed.error}` };
    throw new DeploymentError({
      en: `The deployment stopped (${reason.en}): fix that and run the same command again.`,
      zh: `部署已中断（${reason.zh}）：请排除后重新运行同一命令。`,
    });
  }
  const [[future, reasons] = []] = Object.entries(result.errors);
  throw new DeploymentError({
    en: `The contracts or parameters here are not those that the unfinished deployment began with (${future}: ${reasons?.[0] ?? "unknown"}): restore them to go on, or, on the local network, start over with --reset.`,
    zh: `此处的合约或参数与未完成的部署开始时不同（${future}：${reasons?.[0] ?? "unknown"}）：请恢复原样后继续，或在 local 网络上用 --reset 重来。`,
  });
}

/** Ignition's events as sentences. */
function listener(say: (sentence: Sentence) => void): ExecutionEventListener {
  const handlers: Partial<ExecutionEventListener> = {
    deploymentExecutionStateComplete: async ({ futureId, result }) => {
      if (result.type === "SUCCESS") {
        const name = futureId.replace("Contracts#", "");
        say({ en: `${name} is at ${result.result}`, zh: `${name} 位于 ${result.result}` });
      }
    },
    callExecutionStateComplete: async ({ result }) => {
      if (result.type === "SUCCESS") {
        say({
          en: "Parameters are set, roles granted, and the deployer's own is given up.",
          zh: "参数已设置，角色已授予，部署者自身的权限已放弃。",
        });
      }
    },
  };
  return new Proxy({} as ExecutionEventListener, {
    get: (_, event) => handlers[event as keyof ExecutionEventListener] ?? (async () => {}),
  });
}
