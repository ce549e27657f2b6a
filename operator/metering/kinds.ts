/**
 * What becomes of readings, for the holder of the meter operator's role; a day that nobody reported lapses first, and one that
 * is kept under a root gets a word of its own before it is reported again or corrected.
 */
export const KINDS = ["report", "correct", "lapse", "record"] as const;
export type Kind = (typeof KINDS)[number];

/** The list of what readings ask of the chain, and their rows of the journal. */
export const LIST = "report";
