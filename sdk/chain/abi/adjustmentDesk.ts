// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const adjustmentDeskAbi = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AuthorityUpdated","type":"event"},
  {"inputs":[{"indexed":true,"name":"id","type":"uint64"},{"name":"version","type":"uint16"},{"indexed":true,"internalType":"enum TradeAmount","name":"amount","type":"uint8"},{"indexed":true,"name":"debt","type":"uint64"}],"name":"DifferencePosted","type":"event"},
  {"inputs":[{"indexed":true,"name":"id","type":"uint64"},{"name":"version","type":"uint16"},{"name":"differenceWh","type":"int256"},{"components":[{"name":"deliveredWh","type":"uint256"},{"name":"energyFen","type":"uint256"},{"name":"networkFen","type":"uint256"},{"name":"deviationFen","type":"uint256"},{"name":"invoiced","type":"bool"}],"internalType":"struct Outcome","name":"outcome","type":"tuple"}],"name":"TradeAdjusted","type":"event"},
  {"inputs":[{"components":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"corrected","type":"bytes"},{"components":[{"name":"id","type":"uint64"},{"name":"price","type":"uint16"},{"components":[{"name":"seller","type":"uint32"},{"name":"buyer","type":"uint32"},{"name":"sellerMeter","type":"uint64"},{"name":"buyerMeter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"rules","type":"uint32"},{"name":"paymentDays","type":"uint16"},{"name":"greenCertificates","type":"bool"},{"internalType":"enum Source","name":"source","type":"uint8"},{"name":"tariff","type":"uint64"},{"name":"energyFen","type":"uint128"},{"name":"networkFen","type":"uint128"},{"name":"bondFen","type":"uint128"},{"name":"scheduleHash","type":"bytes32"},{"name":"priceHash","type":"bytes32"}],"internalType":"struct TradeTerms","name":"terms","type":"tuple"},{"name":"energy","type":"bytes"},{"name":"offset","type":"bytes"},{"components":[{"name":"deliveredWh","type":"uint256"},{"name":"energyFen","type":"uint256"},{"name":"networkFen","type":"uint256"},{"name":"deviationFen","type":"uint256"},{"name":"invoiced","type":"bool"}],"internalType":"struct Outcome","name":"previous","type":"tuple"},{"components":[{"name":"settlement","type":"uint64"},{"name":"siblings","type":"bytes32[]"}],"internalType":"struct OutcomeProof","name":"proof","type":"tuple"}],"internalType":"struct TradeAdjustment[]","name":"trades","type":"tuple[]"}],"internalType":"struct DayAdjustment[]","name":"adjustments","type":"tuple[]"},{"name":"prices","type":"bytes[]"}],"name":"adjust","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"id","type":"uint64"}],"name":"adjustmentOf","outputs":[{"name":"version","type":"uint16"},{"name":"outcome","type":"bytes30"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"authority","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"id","type":"uint64"},{"internalType":"enum TradeAmount","name":"amount","type":"uint8"}],"name":"differencesOf","outputs":[{"name":"","type":"uint64[]"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"isConsumingScheduledOp","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"newAuthority","type":"address"}],"name":"setAuthority","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
export const adjustmentDeskErrors = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AccessManagedInvalidAuthority","type":"error"},
  {"inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}],"name":"AccessManagedRequiredDelay","type":"error"},
  {"inputs":[{"name":"caller","type":"address"}],"name":"AccessManagedUnauthorized","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"}],"name":"AdjustmentDesk_NotCorrected","type":"error"},
  {"inputs":[{"name":"id","type":"uint64"},{"internalType":"enum TradeStatus","name":"status","type":"uint8"}],"name":"AdjustmentDesk_NotSettled","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"from","type":"uint256"}],"name":"AdjustmentDesk_TooEarly","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"version","type":"uint16"}],"name":"AdjustmentDesk_WrongCurve","type":"error"},
  {"inputs":[{"name":"id","type":"uint64"}],"name":"AdjustmentDesk_WrongTerms","type":"error"},
  {"inputs":[{"name":"length","type":"uint256"}],"name":"Curve_Malformed","type":"error"},
  {"inputs":[{"name":"bits","type":"uint8"},{"name":"value","type":"uint256"}],"name":"SafeCastOverflowedUintDowncast","type":"error"},
] as const;
export const adjustmentDesk = { name: "AdjustmentDesk", abi: adjustmentDeskAbi } as const;
