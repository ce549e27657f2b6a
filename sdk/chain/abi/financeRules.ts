// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const financeRulesAbi = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AuthorityUpdated","type":"event"},
  {"inputs":[{"name":"daysOff","type":"uint32[]"},{"name":"workdays","type":"uint32[]"}],"name":"CalendarAnnounced","type":"event"},
  {"inputs":[{"indexed":true,"name":"effectiveDay","type":"uint32"},{"components":[{"name":"effectiveDay","type":"uint32"},{"name":"longestTenorDays","type":"uint16"},{"name":"lateRateBp","type":"uint32"},{"name":"graceDays","type":"uint16"}],"internalType":"struct FinanceTerms","name":"terms","type":"tuple"}],"name":"FinanceTermsPublished","type":"event"},
  {"inputs":[{"indexed":true,"name":"effectiveDay","type":"uint32"}],"name":"FinanceTermsWithdrawn","type":"event"},
  {"inputs":[{"name":"daysOff","type":"uint32[]"},{"name":"workdays","type":"uint32[]"}],"name":"announce","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[],"name":"authority","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"day","type":"uint32"}],"name":"businessDayFrom","outputs":[{"name":"candidate","type":"uint32"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"day","type":"uint32"}],"name":"isBusinessDay","outputs":[{"name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"isConsumingScheduledOp","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"day","type":"uint32"}],"name":"lateTermsOn","outputs":[{"name":"rateBp","type":"uint32"},{"name":"graceDays","type":"uint16"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"components":[{"name":"effectiveDay","type":"uint32"},{"name":"longestTenorDays","type":"uint16"},{"name":"lateRateBp","type":"uint32"},{"name":"graceDays","type":"uint16"}],"internalType":"struct FinanceTerms","name":"terms","type":"tuple"}],"name":"publish","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"newAuthority","type":"address"}],"name":"setAuthority","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"day","type":"uint32"}],"name":"termsOn","outputs":[{"components":[{"name":"effectiveDay","type":"uint32"},{"name":"longestTenorDays","type":"uint16"},{"name":"lateRateBp","type":"uint32"},{"name":"graceDays","type":"uint16"}],"internalType":"struct FinanceTerms","name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"withdraw","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
export const financeRulesErrors = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AccessManagedInvalidAuthority","type":"error"},
  {"inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}],"name":"AccessManagedRequiredDelay","type":"error"},
  {"inputs":[{"name":"caller","type":"address"}],"name":"AccessManagedUnauthorized","type":"error"},
  {"inputs":[],"name":"CheckpointUnorderedInsertion","type":"error"},
  {"inputs":[{"name":"day","type":"uint32"},{"name":"today","type":"uint32"}],"name":"FinanceRules_DayHasBegun","type":"error"},
  {"inputs":[{"name":"field","type":"string"}],"name":"FinanceRules_InvalidTerms","type":"error"},
  {"inputs":[{"name":"bits","type":"uint8"},{"name":"value","type":"uint256"}],"name":"SafeCastOverflowedUintDowncast","type":"error"},
  {"inputs":[{"name":"today","type":"uint32"}],"name":"Schedule_NothingAhead","type":"error"},
  {"inputs":[{"name":"day","type":"uint32"},{"name":"earliest","type":"uint32"},{"name":"latest","type":"uint32"}],"name":"Schedule_OutOfRange","type":"error"},
] as const;
export const financeRules = { name: "FinanceRules", abi: financeRulesAbi } as const;
