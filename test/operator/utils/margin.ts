/** What members set aside for rounds, enough for whatever these tests sign, fen. */
export const MARGIN = { locked: 4_000_000_00n, terms: 4_000_000_00n };
