import { useQuery } from "@tanstack/react-query";
import { DujiangError } from "../../sdk/types/errors.ts";

/** What of deployment.json is shown; whatever signs or sends reads and checks all of it by the sdk. */
export interface Shown {
  network: string;
  chainId: number;
  genesisHash: string;
  startBlock: number;
  contracts: Record<string, { address: string; transactionHash: string; blockNumber: number }>;
  parametersHash: string;
}

class DeploymentAway extends DujiangError {}

/** The addresses of the market, as the page's server has them. */
export const useDeployment = () =>
  useQuery({ queryKey: ["deployment"], queryFn: read, staleTime: Number.POSITIVE_INFINITY });

async function read(): Promise<Shown> {
  const answer = await fetch("/deployment.json").catch(() => undefined);
  if (answer?.ok) return (await answer.json()) as Shown;
  throw new DeploymentAway({
    en: "The page's server does not answer: check the network, and try again.",
    zh: "页面服务器没有应答：请检查网络后重试。",
  });
}
