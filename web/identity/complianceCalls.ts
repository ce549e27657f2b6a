/** What compliance does; loaded when the first call is checked. */
export { reinstateParticipant, suspendParticipant } from "../../sdk/identity/participants.ts";
