/** What is owed: codes, sources, the late fee, and a debt as it stands. */
export { ARREARS_DAYS, LONGEST_STAND_STILL_DAYS, standStill, writeOff } from "./arbitrate.ts";
export { DEBT_CODE_ENTRIES, type DebtCodeEntry } from "./codes.ts";
export { type DebtState, readDebt } from "./debt.ts";
export { declareDefault } from "./declareDefault.ts";
export { DEBT_CODES, DEBT_STATUSES, type DebtCode, type DebtStatus } from "./enums.ts";
export { daysLate, type LateStretch, lateFee } from "./lateFee.ts";
export { readDebtsOfTrade } from "./posted.ts";
export { type DifferenceSource, differenceSource, readDifferenceSource, tradeOfDebt, tradeSource } from "./source.ts";
export { DEBT_STATUS_WORDS } from "./words.ts";
