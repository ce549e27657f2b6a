import type { Hex } from "viem";
import { type Curve, decodeCurve } from "../../../sdk/types/curve.ts";

/** A curve out of an event, as an array a row can hold. */
export const curveOf = (bytes: Hex): number[] => [...decodeCurve(bytes)];

/** A curve to be stored. */
export const stored = (curve: Curve): number[] => [...curve];

/** Text as a database can keep it: text on chain must not stop the indexer with a zero byte. */
export const storable = (text: string): string => text.replaceAll("\u0000", "");
