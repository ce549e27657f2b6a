import { encodeErrorResult } from "viem";
import { ABIS, explain } from "../../../sdk/index.ts";
import { Refusal } from "../../gateway/refusal.ts";

/** What the chain would refuse with, reported before anything is sent, in the chain's own words and figures. */
export function chainRefusal(
  contract: "TradeEscrow" | "DepositToken" | "SecondFactor",
  name: string,
  figures: Record<string, unknown>,
) {
  const errorName = `${contract}_${name}`;
  const abi = ABIS[contract] as readonly { type: string; name?: string; inputs?: readonly { name?: string }[] }[];
  const inputs = abi.find((item) => item.type === "error" && item.name === errorName)?.inputs ?? [];
  const args = inputs.map((input) => figures[input.name ?? ""]);
  const data = encodeErrorResult({ abi: ABIS[contract], errorName, args } as never);
  return new Refusal(422, name, { en: explain({ data }, "en"), zh: explain({ data }, "zh") }, figures);
}
