/** What becomes of readings, for whoever holds the meter operator's role; a day that nobody reported lapses first. */
export const KINDS = ["report", "correct", "lapse"] as const;
export type Kind = (typeof KINDS)[number];

/** The list of what readings ask of the chain, and their rows of the journal. */
export const LIST = "report";
