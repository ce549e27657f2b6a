/** Participants: who acts here, and how others are named. */
export { kindsWords } from "./kinds.ts";
export { type Chosen, ParticipantField, useParticipants } from "./ParticipantField.tsx";
export { type Me, useMe } from "./useMe.ts";
export { Who } from "./Who.tsx";
