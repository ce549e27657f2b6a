/** Deposits, and permits to move them. */
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
