// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const creditLedgerAbi = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AuthorityUpdated","type":"event"},
  {"inputs":[{"indexed":true,"name":"id","type":"uint64"},{"indexed":true,"name":"debtor","type":"uint32"},{"internalType":"enum DebtMark","name":"mark","type":"uint8"},{"name":"day","type":"uint32"},{"name":"daysLate","type":"uint32"},{"name":"ends","type":"bool"}],"name":"DebtCounted","type":"event"},
  {"inputs":[{"indexed":true,"name":"id","type":"uint64"},{"indexed":true,"name":"seller","type":"uint32"},{"indexed":true,"name":"buyer","type":"uint32"},{"name":"contractedWh","type":"uint64"},{"name":"deliveredWh","type":"uint64"},{"name":"charged","type":"bool"},{"name":"late","type":"bool"},{"name":"ruled","type":"bool"}],"name":"TradeCounted","type":"event"},
  {"inputs":[{"indexed":true,"name":"id","type":"uint64"},{"indexed":true,"name":"seller","type":"uint32"},{"indexed":true,"name":"buyer","type":"uint32"}],"name":"TradeLeftOut","type":"event"},
  {"inputs":[],"name":"authority","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"seller","type":"uint32"},{"name":"flatRateBp","type":"uint16"}],"name":"bondRateBp","outputs":[{"name":"","type":"uint16"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint64"}],"name":"countDebt","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"components":[{"name":"id","type":"uint64"},{"components":[{"name":"seller","type":"uint32"},{"name":"buyer","type":"uint32"},{"name":"sellerMeter","type":"uint64"},{"name":"buyerMeter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"rules","type":"uint32"},{"name":"paymentDays","type":"uint16"},{"name":"greenCertificates","type":"bool"},{"internalType":"enum Source","name":"source","type":"uint8"},{"name":"tariff","type":"uint64"},{"name":"energyFen","type":"uint128"},{"name":"networkFen","type":"uint128"},{"name":"bondFen","type":"uint128"},{"name":"scheduleHash","type":"bytes32"},{"name":"priceHash","type":"bytes32"}],"internalType":"struct TradeTerms","name":"terms","type":"tuple"},{"components":[{"name":"deliveredWh","type":"uint256"},{"name":"energyFen","type":"uint256"},{"name":"networkFen","type":"uint256"},{"name":"deviationFen","type":"uint256"},{"name":"invoiced","type":"bool"}],"internalType":"struct Outcome","name":"outcome","type":"tuple"},{"components":[{"name":"settlement","type":"uint64"},{"name":"siblings","type":"bytes32[]"}],"internalType":"struct OutcomeProof","name":"kept","type":"tuple"},{"name":"energy","type":"bytes"},{"name":"positionHash","type":"bytes32"}],"internalType":"struct TradeProof[]","name":"proofs","type":"tuple[]"}],"name":"countTrades","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"}],"name":"debtsOf","outputs":[{"components":[{"name":"onTime","type":"uint32"},{"name":"late","type":"uint32"},{"name":"daysLate","type":"uint32"},{"name":"defaults","type":"uint32"},{"name":"arrears","type":"uint32"},{"name":"standing","type":"uint32"},{"name":"writtenOff","type":"uint32"}],"internalType":"struct DebtCounts","name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"}],"name":"gradeOf","outputs":[{"internalType":"enum Grade","name":"","type":"uint8"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"isConsumingScheduledOp","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint64"}],"name":"isCounted","outputs":[{"name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"}],"name":"pointsOf","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"newAuthority","type":"address"}],"name":"setAuthority","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"internalType":"enum Side","name":"side","type":"uint8"}],"name":"tradesOf","outputs":[{"components":[{"name":"trades","type":"uint32"},{"name":"charged","type":"uint32"},{"name":"late","type":"uint32"},{"name":"ruled","type":"uint32"},{"name":"contractedWh","type":"uint64"},{"name":"deliveredWh","type":"uint64"}],"internalType":"struct TradeCounts","name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
] as const;
export const creditLedgerErrors = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AccessManagedInvalidAuthority","type":"error"},
  {"inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}],"name":"AccessManagedRequiredDelay","type":"error"},
  {"inputs":[{"name":"caller","type":"address"}],"name":"AccessManagedUnauthorized","type":"error"},
  {"inputs":[{"name":"id","type":"uint64"},{"internalType":"enum TradeStatus","name":"status","type":"uint8"}],"name":"CreditLedger_NotFinished","type":"error"},
  {"inputs":[{"name":"id","type":"uint64"}],"name":"CreditLedger_NothingToCount","type":"error"},
  {"inputs":[{"name":"id","type":"uint64"}],"name":"CreditLedger_WrongTerms","type":"error"},
  {"inputs":[{"name":"length","type":"uint256"}],"name":"Curve_Malformed","type":"error"},
  {"inputs":[{"name":"bits","type":"uint8"},{"name":"value","type":"uint256"}],"name":"SafeCastOverflowedUintDowncast","type":"error"},
] as const;
export const creditLedger = { name: "CreditLedger", abi: creditLedgerAbi } as const;
