import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Deployment, DeploymentError, parseDeployment } from "./deployment.ts";

/** Where networks have their folders: `deployments/` of the project, unless DUJIANG_DEPLOYMENTS names another place. */
export function deploymentsFolder(): string {
  return resolve(process.env.DUJIANG_DEPLOYMENTS || join(dirname(fileURLToPath(import.meta.url)), "../../deployments"));
}

/** What was deployed to a network. Node only; a browser gets the file's text and uses `parseDeployment`. */
export function readDeployment(network: string, folder = deploymentsFolder()): Deployment {
  const file = join(folder, network, "deployment.json");
  if (!existsSync(file)) {
    throw new DeploymentError({
      en: `${file} does not exist: nothing is deployed to "${network}"; run "npm run deploy -- --network ${network}" first.`,
      zh: `${file} 不存在：“${network}”上尚无部署；请先运行 "npm run deploy -- --network ${network}"。`,
    });
  }
  return parseDeployment(readFileSync(file, "utf8"), file);
}
