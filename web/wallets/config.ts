import { useQuery } from "@tanstack/react-query";

/** What the page's server says of the network. */
export interface Config {
  network: string;
  chainId: number;
  /** Whether there are wallets to practise with. */
  practice: boolean;
  /** Whether there are authorities whose certificates are believed. */
  authorities: boolean;
}

let reading: Promise<Config> | undefined;

export function readConfig(): Promise<Config> {
  reading ??= fetch("/config.json")
    .then((answer) => answer.json() as Promise<Config>)
    .catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
  return reading;
}

export const useConfig = (): Config | undefined =>
  useQuery({ queryKey: ["config"], queryFn: readConfig, staleTime: Number.POSITIVE_INFINITY }).data;
