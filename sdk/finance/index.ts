/** Receivables: calls, confirmation of drafts, discount, stages. */
export {
  acceptBid,
  type BidInput,
  cancelDraft,
  cancelRequest,
  collectUnits,
  confirmClaim,
  draftClaim,
  fetchUnits,
  type InvoiceInput,
  issueFromDebt,
  letDeskHandOver,
  passOnUnits,
  placeBid,
  pledgeUnits,
  pursueReceivable,
  type RequestInput,
  recordRegistration,
  refuseDraft,
  releaseBid,
  releasePledge,
  requestFinancing,
} from "./calls.ts";
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
