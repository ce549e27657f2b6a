/** The calls of these screens; loaded when the first one is checked. */
export {
  approveParticipant,
  proposeParticipant,
  proposeRenewal,
  rejectParticipant,
} from "../../../sdk/identity/participants.ts";
export {
  approveAccount,
  completeReplacement,
  objectToReplacement,
  proposeAccount,
  withdrawReplacement,
} from "../../../sdk/identity/replacement.ts";
export { registerMeter } from "../../../sdk/metering/register.ts";
