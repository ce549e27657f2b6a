/** The calls of a settlement bank; loaded when the first one is checked. */
export { confirmMove, openAccount, settleBetween } from "../../../sdk/money/banks.ts";
export { freezeAccount, issueDeposits, redeemDeposits } from "../../../sdk/money/deposits.ts";
