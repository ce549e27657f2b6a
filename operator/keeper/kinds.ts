/** What the keeper does when it is due; nothing of it asks for a role, so that anybody else can do it too. */
export const KINDS = [
  ...(["finalise", "finaliseRoot", "lapse", "settle", "release", "claimKwh", "mintSurplus", "adjust"] as const),
  ...(["collect", "markOverdue", "declareDefault", "releaseBid"] as const),
];
export type Kind = (typeof KINDS)[number];

/** The keeper's list of tasks, and its rows of the journal. */
export const LIST = "keep";
