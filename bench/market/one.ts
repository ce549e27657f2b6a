/** Measures the figure named and writes it as JSON: one.ts NAME. */
import { FIGURES } from "./figures.ts";

const figure = FIGURES.find(({ name }) => name === process.argv[2]);
if (figure === undefined)
  throw new Error(`Usage: one.ts NAME, with one of ${FIGURES.map(({ name }) => name).join(", ")}.`);
console.log(JSON.stringify(await figure.measure()));
