import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { type PlatformEvent, readEvents } from "../chain/logs.ts";
import type { Fen } from "../types/units.ts";
import type { PayableKind } from "./enums.ts";
import type { OpenedTrade } from "./opened.ts";
import type { Settlement } from "./settlementAmounts.ts";

/** What one participant has to give another out of a settled trade. */
export interface Due {
  kind: PayableKind;
  payer: number;
  payee: number;
  amountFen: Fen;
  /** Whether it was paid out of a hold at once, or became a payable. */
  how: "paid" | "owed";
}

/** What the settlement of a trade must have moved: computed from its terms, not read from its events. */
export async function computeDues(
  platform: Platform,
  { id, terms }: OpenedTrade,
  { energyFen, networkFen, deviationFen }: Settlement,
  late: boolean,
): Promise<Due[]> {
  const [escrow, rules] = [contractOf(platform, "TradeEscrow"), contractOf(platform, "MarketRules")];
  const [redirected, gridCompany, [, deviationPayee]] = await Promise.all([
    readContract(platform.client, { ...escrow, functionName: "redirectedPayee", args: [id] }),
    readContract(platform.client, { ...rules, functionName: "gridCompanyOf", args: [terms.rules] }),
    readContract(platform.client, { ...rules, functionName: "deviationRule", args: [terms.rules, terms.source] }),
  ]);
  const held = late ? "owed" : "paid";
  const dues: Due[] = [
    {
      kind: "Energy",
      payer: terms.buyer,
      payee: redirected || terms.seller,
      amountFen: energyFen,
      how: terms.paymentDays === 0 ? held : "owed",
    },
    { kind: "NetworkCharge", payer: terms.buyer, payee: gridCompany, amountFen: networkFen, how: held },
    {
      kind: "DeviationCharge",
      payer: terms.seller,
      payee: deviationPayee || terms.buyer,
      amountFen: deviationFen,
      how: held,
    },
  ];
  return dues.filter(({ amountFen }) => amountFen > 0n);
}

/** What left the holds of both parties in the transaction that settled a trade; other trades in it may show, too. */
export async function readHoldMoves(
  platform: Platform,
  { terms }: OpenedTrade,
  {
    blockNumber,
    transactionHash,
  }: Pick<PlatformEvent<"TradeEscrow", "TradeSettled">, "blockNumber" | "transactionHash">,
) {
  const wanted = { notary: platform.addresses.TradeEscrow };
  const range = { from: blockNumber, to: blockNumber };
  const events = await readEvents(platform, "DepositToken", ["HoldsReduced"], wanted, range);
  return events
    .filter((event) => event.transactionHash === transactionHash)
    .flatMap(({ args: { moves } }) => moves)
    .filter(({ payer }) => payer === terms.buyer || payer === terms.seller);
}
