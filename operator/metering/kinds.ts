/** What becomes of readings, for the holder of the meter operator's role; a day that nobody reported lapses first. */
export const KINDS = ["report", "correct", "lapse"] as const;
export type Kind = (typeof KINDS)[number];

/** The list of what readings ask of the chain, and their rows of the journal. */
export const LIST = "report";
