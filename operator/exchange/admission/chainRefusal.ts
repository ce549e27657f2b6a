import { encodeErrorResult } from "viem";
import { ABIS, explain } from "../../../sdk/index.ts";
import { Refusal } from "../../gateway/refusal.ts";

/** What the escrow would refuse with, reported before anything is sent, in the chain's own words and figures. */
export function chainRefusal(name: string, figures: Record<string, unknown>) {
  const [abi, errorName] = [ABIS.TradeEscrow, `TradeEscrow_${name}`];
  const items = abi as readonly { type: string; name?: string; inputs?: readonly { name?: string }[] }[];
  const inputs = items.find((item) => item.type === "error" && item.name === errorName)?.inputs ?? [];
  const args = inputs.map((input) => figures[input.name ?? ""]);
  const data = encodeErrorResult({ abi, errorName, args } as never);
  return new Refusal(422, name, { en: explain({ data }, "en"), zh: explain({ data }, "zh") }, figures);
}
