/**
 * What the indexer keeps: tables named as people speak, each in the schema of its room.
 *
 * Energy is in Wh, money in fen, prices in fen per MWh, times in unix seconds, rates in basis points. A curve is an array
 * of 96 on its row. `day` and `date` are the same day twice, as a number and as text.
 */
export * from "./src/access/schema.ts";
export * from "./src/credit/schema.ts";
export * from "./src/debts/schema.ts";
export * from "./src/energy/schema.ts";
export * from "./src/finance/schema.ts";
export * from "./src/identity/schema.ts";
export * from "./src/kpi/schema.ts";
export * from "./src/market/schema.ts";
export * from "./src/metering/schema.ts";
export * from "./src/money/schema.ts";
export * from "./src/records/schema.ts";
export * from "./src/settlement/schema.ts";
