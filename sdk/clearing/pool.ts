import type { Price } from "../types/units.ts";
import { type Book, checkEnergy, checkTotal } from "./book.ts";

/** All orders that some possible price suits, sales first, with their limits drawn into the season's. */
export interface Pool {
  limit: Uint32Array;
  energy: Float64Array;
  owner: Uint32Array;
  /** How many of them are sales. */
  sells: number;
  supplyWh: number;
  demandWh: number;
  /** One more than the largest owner. */
  owners: number;
}

export function poolOf({ sells, buys }: Book, floor: Price, cap: Price): Pool {
  const size = sells.limit.length + buys.limit.length;
  const [limit, energy, owner] = [new Uint32Array(size), new Float64Array(size), new Uint32Array(size)];
  let count = 0;
  let owners = 0;
  let supplyWh = 0;
  let demandWh = 0;
  for (let i = 0; i < sells.limit.length; i += 1) {
    const [asked, wh, by] = [sells.limit[i]!, sells.energy[i]!, sells.owner[i]!];
    if (by >= owners) owners = by + 1;
    checkEnergy(wh);
    if (asked > cap || wh === 0) continue;
    limit[count] = asked < floor ? floor : asked;
    energy[count] = wh;
    owner[count] = by;
    supplyWh += wh;
    count += 1;
  }
  const ofSells = count;
  for (let i = 0; i < buys.limit.length; i += 1) {
    const [given, wh, by] = [buys.limit[i]!, buys.energy[i]!, buys.owner[i]!];
    if (by >= owners) owners = by + 1;
    checkEnergy(wh);
    if (given < floor || wh === 0) continue;
    limit[count] = given > cap ? cap : given;
    energy[count] = wh;
    owner[count] = by;
    demandWh += wh;
    count += 1;
  }
  checkTotal(supplyWh + demandWh);
  return {
    limit: limit.subarray(0, count),
    energy: energy.subarray(0, count),
    owner: owner.subarray(0, count),
    sells: ofSells,
    supplyWh,
    demandWh,
    owners,
  };
}
