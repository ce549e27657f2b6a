/** Participants: their kinds, their second factor, and the units that follow them to a new account. */
export { APPLICATION_FIELDS, type ApplicationField, changedFields } from "./changes.ts";
export {
  buildSheet,
  type CheckedName,
  type CredentialSheet,
  checkName,
  type NameEntry,
  readSheet,
  SheetError,
  sheetHash,
} from "./credentialSheet.ts";
export { KINDS, type Kind } from "./enums.ts";
export { followAccount, heldIds } from "./follow.ts";
export { kindBits, kindsOf } from "./kinds.ts";
export { P256Error, readP256Key } from "./p256.ts";
export {
  type Application,
  type ApplicationInput,
  approveParticipant,
  buildApplication,
  type ParticipantProposal,
  type ParticipantStanding,
  proposeParticipant,
  proposeRenewal,
  readInForce,
  readParticipantOf,
  readParticipants,
  readProposal,
  reinstateParticipant,
  rejectParticipant,
  suspendParticipant,
} from "./participants.ts";
export { type PasskeyAssertion, passkeySignature } from "./passkey.ts";
export {
  type AccountReplacement,
  approveAccount,
  completeReplacement,
  objectToReplacement,
  proposeAccount,
  readReplacement,
  withdrawReplacement,
} from "./replacement.ts";
export {
  callSubject,
  confirmSubject,
  FACTOR_TYPES,
  type FactorConfirmation,
  type FactorPlace,
  factorDigest,
  factorPlaceOf,
  factorTypedData,
  type SecondFactorKey,
  secondFactorSigner,
  signAsFactor,
} from "./secondFactor.ts";
