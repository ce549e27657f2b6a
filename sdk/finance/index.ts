/** Receivables: confirmation of drafts, discount, stages. */
export { CLAIM_STAGES, type ClaimStage, type ClaimState, claimStage, readClaimStage } from "./claimStage.ts";
export {
  type ClaimDesk,
  CONFIRMATION_TYPES,
  type Confirmation,
  type ConfirmationTypedData,
  claimDeskOf,
  confirmationDigest,
  confirmationTypedData,
  DraftError,
  readConfirmation,
  signConfirmation,
} from "./confirmation.ts";
export { DiscountError, discountPrice } from "./discount.ts";
export {
  BID_STATUSES,
  type BidStatus,
  DRAFT_STATUSES,
  type DraftStatus,
  REQUEST_STATUSES,
  type RequestStatus,
} from "./enums.ts";
