import { connect, type Platform } from "../../sdk/chain/client.ts";
import { type Deployment, parseDeployment } from "../../sdk/chain/deployment.ts";
import { nodeUrl } from "./rpc.ts";

/** The platform, reached through the page's own node, after its chain and its contracts were compared with the deployment. */
export interface Reached {
  platform: Platform;
  deployment: Deployment;
}

let reaching: Promise<Reached> | undefined;

/** Reached once a visit; after a failure it is tried again. Import this file lazily: it brings the whole chain layer. */
export function reach(): Promise<Reached> {
  reaching ??= begin().catch((error: unknown) => {
    reaching = undefined;
    throw error;
  });
  return reaching;
}

async function begin(): Promise<Reached> {
  const answer = await fetch("/deployment.json");
  const deployment = parseDeployment(await answer.text(), "/deployment.json");
  return { platform: await connect(deployment, nodeUrl()), deployment };
}
