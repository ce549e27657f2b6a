import { useQuery } from "@tanstack/react-query";
import type { Address, Hex } from "viem";
import { askNode } from "../chain/index.ts";

/** `getTargetFunctionRole(address,bytes4)` of the access manager, and `requestFinancing` of the financing desk. */
export const SELECTORS = { getTargetFunctionRole: "0x6d5115bd", requestFinancing: "0xbffa76aa" } as const;
/** The role that everybody has, as OpenZeppelin's manager numbers it. */
const PUBLIC_ROLE = 2n ** 64n - 1n;

interface Addresses {
  contracts: Record<"AccessManager" | "FinancingDesk", { address: Address }>;
}

/** Whether the entrances of finance are open on this network, by the chain: asked without the chain layer, for the menu. */
export async function readFinance(): Promise<boolean> {
  const deployment = await fetch("/deployment.json");
  const { contracts } = (await deployment.json()) as Addresses;
  const word = (text: string) => text.slice(2).toLowerCase();
  const desk = word(contracts.FinancingDesk.address).padStart(64, "0");
  const data = `${SELECTORS.getTargetFunctionRole}${desk}${word(SELECTORS.requestFinancing).padEnd(64, "0")}`;
  const role = await askNode<Hex>("eth_call", [{ to: contracts.AccessManager.address, data }, "latest"]);
  return BigInt(role) === PUBLIC_ROLE;
}

/** Undefined while it is not known. */
export const useFinance = (): boolean | undefined =>
  useQuery({ queryKey: ["finance"], queryFn: readFinance, staleTime: 300_000 }).data;
