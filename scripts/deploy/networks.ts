import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { DeploymentError, parseJson } from "../../sdk/chain/deployment.ts";
import { deploymentsFolder } from "../../sdk/chain/readDeployment.ts";
import { allIssues, says } from "../../sdk/types/issue.ts";
import { portFrom } from "../port.ts";
import { root } from "../root.ts";

/** The network of the local chain, whose keys are public: it has no file. */
export const LOCAL = "local";

const settings = z.strictObject({
  /** The one chain that answers there; otherwise whatever the parameter file names. */
  chainId: z.int().positive().optional(),
  /** JSON-RPC of a node; RPC_URL goes before it, and must be given where it is left out. */
  rpcUrl: z
    .string()
    .refine(
      (text) => /^https?:/.test(text) && URL.canParse(text),
      says({ en: "is not the http address of a JSON-RPC node", zh: "不是 JSON-RPC 节点的 http 地址" }),
    )
    .optional(),
  /** What a unit of gas is paid with. Only the platform's own commands pay; its services and the sdk offer nothing. */
  gasPriceWei: z
    .string()
    .regex(
      /^\d{1,30}$/,
      says({ en: 'is not a number of wei in quotes, such as "0"', zh: '须为引号内的 wei 数，如 "0"' }),
    )
    .default("0")
    .transform(BigInt),
  /** The most gas that the network gives to one transaction. */
  transactionGas: z.int().min(1_000_000).max(400_000_000).default(16_777_216),
});

/** Where a local chain listens unless it is said otherwise. */
const USUAL_PORT = 8545;

/** A network by its name: where its node answers, and what a transaction offers there. */
export type NetworkSettings = z.infer<typeof settings> & { name: string };

/** The settings of a network, from `deployments/networks/<name>.json`; a name without a file is refused with those that have one. */
export function networkNamed(name: string): NetworkSettings {
  if (name === LOCAL) return { name, ...settings.parse({}) };
  const file = /^[\w-]+$/.test(name) ? deploymentFile("networks", name) : undefined;
  if (file === undefined) {
    const known = knownNetworks().join(", ");
    throw new DeploymentError({
      en: `There is no network "${name}": name one of ${known}, or describe it in deployments/networks/${name}.json.`,
      zh: `没有名为“${name}”的网络：请填写 ${known} 之一，或新建 deployments/networks/${name}.json。`,
    });
  }
  const where = shownPath(file);
  const result = settings.safeParse(parseJson(readFileSync(file, "utf8"), where));
  if (!result.success) throw new DeploymentError(allIssues(result.error, where));
  return { name, ...result.data };
}

/** Every name that `networkNamed` knows. */
export function knownNetworks(): string[] {
  const files = places().flatMap((place) => {
    const folder = join(place, "networks");
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
  });
  return [LOCAL, ...new Set(files.map((file) => file.slice(0, -".json".length)).sort())];
}

/** The reviewed parameters of a network. */
export function parametersFileOf(network: string): string {
  return deploymentFile("parameters", network) ?? join(deploymentsFolder(), "parameters", `${network}.json`);
}

/** A path as a person may see it: from the project's folder where it lies in there. */
export function shownPath(file: string): string {
  const path = relative(root, file);
  return path.startsWith("..") ? file : path;
}

/** DUJIANG_DEPLOYMENTS goes before what the product ships. */
const places = () => [deploymentsFolder(), join(root, "deployments")];

function deploymentFile(kind: "networks" | "parameters", name: string): string | undefined {
  return places()
    .map((place) => join(place, kind, `${name}.json`))
    .find(existsSync);
}

/**
 * The folder of a network under deployments/: a local chain at another port than the usual one has a folder of its own, so that
 * of two neither changes what is read of the other.
 */
export function deploymentName(network: string, localUrl = usualLocalUrl()): string {
  const { port } = new URL(localUrl);
  return network === LOCAL && port !== String(USUAL_PORT) ? `local-${port}` : network;
}

/** Where the local chain answers: RPC_URL, or 127.0.0.1 and DUJIANG_RPC_PORT. */
export function usualLocalUrl(): string {
  return process.env.RPC_URL || `http://127.0.0.1:${portFrom("DUJIANG_RPC_PORT", USUAL_PORT)}`;
}
