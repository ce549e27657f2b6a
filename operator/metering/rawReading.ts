/** A meter's day as a batch says it, not checked yet. */
export interface RawReading {
  /** The line of a CSV file, or which of the readings of a JSON message, from 1 on. */
  place: number;
  /** The asset number. */
  meter: string;
  date: string;
  quality: string;
  /** kWh of each slot as decimal text; empty where there is none. */
  values: readonly string[];
}
