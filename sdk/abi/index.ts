// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export * from "./accessManager.ts";
export * from "./adjustmentDesk.ts";
export * from "./depositToken.ts";
export * from "./draftingDesk.ts";
export * from "./financeRules.ts";
export * from "./financingDesk.ts";
export * from "./kwhToken.ts";
export * from "./marketRules.ts";
export * from "./meterRegistry.ts";
export * from "./openingDesk.ts";
export * from "./p256Verifier.ts";
export * from "./participantRegistry.ts";
export * from "./passkeyVerifier.ts";
export * from "./receivables.ts";
export * from "./rsaVerifier.ts";
export * from "./secondFactor.ts";
export * from "./tradeEscrow.ts";
