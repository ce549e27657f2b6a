import { clearOrders } from "./clearOrders.ts";
import { clearProvince } from "./clearProvince.ts";
import type { Figure } from "./figure.ts";
import { intakeOrders } from "./intakeOrders.ts";
import { openedTrades } from "./openedTrades.ts";
import { pairTrades } from "./pairTrades.ts";
import { readBook } from "./readBook.ts";
import { verifyOrders } from "./verifyOrders.ts";

/** All figures of the market; a new one is a module of this folder and a name here. */
export const FIGURES: readonly Figure[] = [
  clearOrders,
  clearProvince,
  pairTrades,
  verifyOrders,
  intakeOrders,
  openedTrades,
  readBook,
];
