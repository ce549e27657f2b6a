import type { Hex } from "viem";
import { type Curve, decodeCurve } from "../../../sdk/types/curve.ts";

/** A curve out of an event, as an array a row can hold. */
export const curveOf = (bytes: Hex): number[] => [...decodeCurve(bytes)];

/** A curve to be stored. */
export const stored = (curve: Curve): number[] => [...curve];
