/** Roles: what the connected account may do by them. */
export { OfRole } from "./OfRole.tsx";
export { useHolds, useRoles } from "./useRoles.ts";
export { roleWords } from "./words.ts";
