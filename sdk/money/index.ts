/** Deposits, the banks that keep them, and permits to move them. */
export { BankReferenceError, bankReference } from "./bankReference.ts";
export { type BankBooks, confirmMove, openAccount, readBankBooks, readBankOf, settleBetween } from "./banks.ts";
export { freezeAccount, issueDeposits, optIn, redeemDeposits, setBankCap } from "./deposits.ts";
export {
  type DepositToken,
  depositTokenOf,
  PERMIT_TYPES,
  type Permit,
  type PermitTypedData,
  permitDigest,
  permitTypedData,
  readPermit,
  signPermit,
} from "./permit.ts";
