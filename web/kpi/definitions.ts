import page from "../../docs/kpi.md?raw";
import { type Definition, definitionsIn } from "./definitionsIn.ts";

/** By the name of the figure in /kpi.json. */
export const DEFINITIONS: ReadonlyMap<string, Definition> = definitionsIn(page);
