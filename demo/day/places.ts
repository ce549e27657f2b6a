import type { Source, Voltage } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";

/** What a meter does in the trading day, with typical readings or with the user's own. */
export interface Place {
  /** The meter of the typical curves that stands here. */
  name: string;
  direction: "generation" | "consumption";
  owner: LocalActor;
  /** Who trades for it, where that is not its owner. */
  trader?: LocalActor;
  zone: number;
  voltage: Voltage;
  source: Source;
}

/** The number of the zone 都江堰配电网 Dujiangyan distribution in the local network's parameters, and of the substation above it. */
export const DISTRIBUTION_ZONE = 4;
const SUBSTATION_ZONE = 3;

/**
 * Who takes part, in the order in which readings of another file take the places: meters that people have readings of are
 * solar ones more often than not.
 */
export const PLACES = {
  solar: {
    name: "solar-plant",
    direction: "generation",
    owner: "solarPlant",
    zone: DISTRIBUTION_ZONE,
    voltage: "KV10",
    source: "Solar",
  },
  rooftop: {
    name: "rooftop-solar",
    direction: "generation",
    owner: "household",
    zone: DISTRIBUTION_ZONE,
    voltage: "Below1kV",
    source: "Solar",
  },
  hydro: {
    name: "hydro-station",
    direction: "generation",
    owner: "hydroStation",
    zone: DISTRIBUTION_ZONE,
    voltage: "KV10",
    source: "HydroRunOfRiver",
  },
  factory: {
    name: "factory",
    direction: "consumption",
    owner: "factory",
    zone: DISTRIBUTION_ZONE,
    voltage: "KV10",
    source: "None",
  },
  shopping: {
    name: "shopping-centre",
    direction: "consumption",
    owner: "shoppingCentre",
    trader: "retailer",
    zone: DISTRIBUTION_ZONE,
    voltage: "KV10",
    source: "None",
  },
  household: {
    name: "household",
    direction: "consumption",
    owner: "household",
    zone: DISTRIBUTION_ZONE,
    voltage: "Below1kV",
    source: "None",
  },
  depot: {
    name: "charging-depot",
    direction: "consumption",
    owner: "chargingOperator",
    trader: "retailer",
    zone: SUBSTATION_ZONE,
    voltage: "KV10",
    source: "None",
  },
} as const satisfies Record<string, Place>;
export type PlaceName = keyof typeof PLACES;

/** Where meters stand for which no place is left: they trade in the round alone. */
export const FURTHER = { generation: PLACES.solar, consumption: PLACES.shopping } as const satisfies Record<
  Place["direction"],
  Place
>;
