/**
 * The market's vocabulary in TypeScript: units and curves, what is signed and how, what the chain keeps and how it is
 * proven. Runs in Node and in browsers; README.md has an example for each task. Each room can be imported alone; `documents`
 * is only by itself, because it brings HPKE along.
 */

export * from "./access/index.ts";
export * from "./chain/index.ts";
export * from "./clearing/index.ts";
export * from "./credit/index.ts";
export * from "./debts/index.ts";
export * from "./energy/index.ts";
export * from "./errors/index.ts";
export * from "./finance/index.ts";
export * from "./graphql/index.ts";
export * from "./identity/index.ts";
export * from "./market/index.ts";
export * from "./metering/index.ts";
export * from "./money/index.ts";
export * from "./operator/index.ts";
export * from "./records/index.ts";
export * from "./settlement/index.ts";
export * from "./signing/index.ts";
export * from "./types/index.ts";
export * from "./wallets/index.ts";
