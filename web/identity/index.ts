/** Participants: who acts here, and the choice of another. */
export { type Chosen, ParticipantField, useParticipants } from "./ParticipantField.tsx";
export { type Me, useMe } from "./useMe.ts";
