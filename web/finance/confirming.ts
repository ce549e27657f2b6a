import type { Sentence } from "../../sdk/types/sentence.ts";
import { dateNumber, parseDay } from "../../sdk/types/time.ts";
import type { DraftRow } from "./draftQueries.ts";

/** The fields that a wallet shows, but for accounts and expiry, which come from the chain and the clock. */
export function fieldsOf(
  draft: Pick<DraftRow, "id" | "amountFen" | "dueDate" | "deliveryDate" | "invoiceNumber" | "invoiceHash">,
): [string, string][] {
  return [
    ["amountFen", draft.amountFen],
    ["dueDate", String(dateNumber(parseDay(draft.dueDate)))],
    ["deliveryDate", String(dateNumber(parseDay(draft.deliveryDate)))],
    ["invoiceNumber", draft.invoiceNumber],
    ["invoiceHash", draft.invoiceHash],
    ["draft", draft.id],
  ];
}

/** Thrown where the chain's draft is not what the page showed. */
export const DIFFERS: Sentence = {
  en: "The chain's draft is not what this page showed: nothing was signed; load the page again, and report it if it happens again.",
  zh: "链上的草稿与本页面所示不符：未签署任何内容；请重新载入页面，若再次出现请反馈。",
};
