// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const secondFactorAbi = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AuthorityUpdated","type":"event"},
  {"inputs":[{"indexed":true,"name":"participant","type":"uint32"},{"indexed":true,"name":"subject","type":"bytes32"},{"name":"factor","type":"uint32"}],"name":"ConfirmationUsed","type":"event"},
  {"inputs":[],"name":"EIP712DomainChanged","type":"event"},
  {"inputs":[{"indexed":true,"name":"participant","type":"uint32"},{"indexed":true,"name":"day","type":"uint32"},{"indexed":true,"name":"subject","type":"bytes32"},{"name":"amountFen","type":"uint256"},{"name":"exposureFen","type":"uint256"}],"name":"ExposureRecorded","type":"event"},
  {"inputs":[{"indexed":true,"name":"participant","type":"uint32"},{"indexed":true,"name":"subject","type":"bytes32"},{"name":"factor","type":"uint32"}],"name":"SubjectConfirmed","type":"event"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"},{"name":"amountFen","type":"uint256"}],"name":"allows","outputs":[{"name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"authority","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"target","type":"address"},{"name":"participant","type":"uint32"},{"name":"call","type":"bytes"},{"name":"day","type":"uint32"}],"name":"callSubject","outputs":[{"name":"","type":"bytes32"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"},{"name":"signature","type":"bytes"}],"name":"confirm","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"}],"name":"confirmationDigest","outputs":[{"name":"","type":"bytes32"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"}],"name":"confirmationOf","outputs":[{"internalType":"enum Confirmation","name":"","type":"uint8"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"eip712Domain","outputs":[{"name":"fields","type":"bytes1"},{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"},{"name":"salt","type":"bytes32"},{"name":"extensions","type":"uint256[]"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"day","type":"uint32"}],"name":"exposureOf","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"isConsumingScheduledOp","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"registry","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"newAuthority","type":"address"}],"name":"setAuthority","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"components":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"},{"name":"amountFen","type":"uint256"}],"internalType":"struct Spending","name":"seller","type":"tuple"},{"components":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"},{"name":"amountFen","type":"uint256"}],"internalType":"struct Spending","name":"buyer","type":"tuple"}],"name":"spendBoth","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"},{"name":"amountFen","type":"uint256"}],"name":"spendOnce","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"}],"name":"useConfirmation","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
export const secondFactorErrors = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AccessManagedInvalidAuthority","type":"error"},
  {"inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}],"name":"AccessManagedRequiredDelay","type":"error"},
  {"inputs":[{"name":"caller","type":"address"}],"name":"AccessManagedUnauthorized","type":"error"},
  {"inputs":[],"name":"InvalidShortString","type":"error"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"}],"name":"SecondFactor_AlwaysRequired","type":"error"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"}],"name":"SecondFactor_InvalidSignature","type":"error"},
  {"inputs":[{"name":"participant","type":"uint32"}],"name":"SecondFactor_NoFactor","type":"error"},
  {"inputs":[{"name":"participant","type":"uint32"},{"name":"subject","type":"bytes32"},{"name":"exposureFen","type":"uint256"},{"name":"amountFen","type":"uint256"},{"name":"exposureLimitFen","type":"uint64"}],"name":"SecondFactor_Required","type":"error"},
  {"inputs":[{"name":"str","type":"string"}],"name":"StringTooLong","type":"error"},
] as const;
export const secondFactor = { name: "SecondFactor", abi: secondFactorAbi } as const;
