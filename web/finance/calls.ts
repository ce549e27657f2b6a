/** The calls of these screens; loaded when the first one is checked. */
export { declareDefault } from "../../sdk/debts/declareDefault.ts";
export * from "../../sdk/finance/calls.ts";
