import { readContract } from "viem/actions";
import { depositToken, marketRules, tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { eventsOf, type PlatformEvent } from "../chain/logs.ts";
import type { DebtCode } from "../debts/enums.ts";
import type { Fen } from "../types/units.ts";
import type { OpenedTrade } from "./opened.ts";
import type { Settlement } from "./settlementAmounts.ts";

/** What one participant has to give another out of a settled trade. */
export interface Due {
  amount: "Energy" | "NetworkCharge" | "DeviationCharge";
  payer: number;
  payee: number;
  amountFen: Fen;
  /** The code of the debt that it became; undefined if it was paid out of a hold at once. */
  owedAs: DebtCode | undefined;
}

/** What the settlement of a trade must have moved: computed from its terms, not read from its events. */
export async function computeDues(
  platform: Platform,
  { id, terms }: OpenedTrade,
  { energyFen, networkFen, deviationFen }: Settlement,
  late: boolean,
): Promise<Due[]> {
  const [escrow, rules] = [contractAt(platform, tradeEscrow), contractAt(platform, marketRules)];
  const [redirected, gridCompany, [, deviationPayee]] = await Promise.all([
    readContract(platform.client, { ...escrow, functionName: "redirectedPayee", args: [id] }),
    readContract(platform.client, { ...rules, functionName: "gridCompanyOf", args: [terms.rules] }),
    readContract(platform.client, { ...rules, functionName: "deviationRule", args: [terms.rules, terms.source] }),
  ]);
  const dues: Due[] = [
    {
      amount: "Energy",
      payer: terms.buyer,
      payee: redirected || terms.seller,
      amountFen: energyFen,
      owedAs: late ? "LateInvoice" : terms.paymentDays === 0 ? undefined : "EnergyOnTerms",
    },
    {
      amount: "NetworkCharge",
      payer: terms.buyer,
      payee: gridCompany,
      amountFen: networkFen,
      owedAs: late ? "NetworkCharge" : undefined,
    },
    {
      amount: "DeviationCharge",
      payer: terms.seller,
      payee: deviationPayee || terms.buyer,
      amountFen: deviationFen,
      owedAs: late ? "DeviationCharge" : undefined,
    },
  ];
  // Nobody owes itself.
  return dues.filter(({ amountFen, owedAs, payer, payee }) => amountFen > 0n && (!owedAs || payer !== payee));
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
  const events = await eventsOf(platform, depositToken, ["HoldsReduced"], wanted, range);
  return events
    .filter((event) => event.transactionHash === transactionHash)
    .flatMap(({ args: { moves } }) => moves)
    .filter(({ payer }) => payer === terms.buyer || payer === terms.seller);
}
