/** Voltage of a connection or a zone, lowest first; the index is the number on chain. */
export const VOLTAGES = ["Below1kV", "Kv10", "Kv35", "Kv110", "Kv220", "Kv500"] as const;
/** One of `VOLTAGES`. */
export type VoltageName = (typeof VOLTAGES)[number];

/** Which way energy goes through a meter; the index is the number on chain. */
export const DIRECTIONS = ["None", "Generation", "Consumption"] as const;
/** One of `DIRECTIONS`. */
export type DirectionName = (typeof DIRECTIONS)[number];

/** What drives a generator; the index is the number on chain. */
export const SOURCES = [
  "None",
  "HydroRunOfRiver",
  "HydroSeasonal",
  "HydroAnnual",
  "Wind",
  "Solar",
  "Thermal",
  "Storage",
] as const;
/** One of `SOURCES`. */
export type SourceName = (typeof SOURCES)[number];
/** `SOURCES` without `None`: what drives a plant. */
export const PLANT_SOURCES = SOURCES.filter((source): source is Exclude<SourceName, "None"> => source !== "None");

/** Over which period a deviation is taken; the index is the number on chain. */
export const DEVIATION_PERIODS = ["Exempt", "Slot", "Day"] as const;

/** Who receives a deviation charge; the index is the number on chain. */
export const DEVIATION_PAYEES = ["Buyer", "BalancingAccount"] as const;
