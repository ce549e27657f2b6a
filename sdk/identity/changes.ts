import type { Application } from "./participants.ts";

/** The parts of an application, in the order in which people read them. */
export const APPLICATION_FIELDS = [
  "account",
  "kinds",
  "size",
  "validUntil",
  "credentialHash",
  "secondFactor",
  "exposureLimitFen",
  "controller",
] as const satisfies readonly (keyof Application)[];
/** One of `APPLICATION_FIELDS`. */
export type ApplicationField = (typeof APPLICATION_FIELDS)[number];

/** What an application would change of what is in force; everything where nothing is. */
export function changedFields(inForce: Application | undefined, proposed: Application): ApplicationField[] {
  // Addresses and hashes are the same in either case of letters.
  const same = (field: ApplicationField) =>
    String(inForce?.[field]).toLowerCase() === String(proposed[field]).toLowerCase();
  return APPLICATION_FIELDS.filter((field) => !same(field));
}
