// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const objectionDeskAbi = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AuthorityUpdated","type":"event"},
  {"inputs":[{"indexed":true,"name":"meter","type":"uint64"},{"indexed":true,"name":"day","type":"uint32"},{"indexed":true,"name":"participant","type":"uint32"},{"name":"version","type":"uint16"},{"name":"curveHash","type":"bytes32"},{"name":"reasonHash","type":"bytes32"}],"name":"MeterDayObjected","type":"event"},
  {"inputs":[],"name":"authority","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"isConsumingScheduledOp","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"components":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"}],"internalType":"struct MeterDay","name":"meterDay","type":"tuple"},{"name":"version","type":"uint16"},{"name":"curveHash","type":"bytes32"},{"name":"reasonHash","type":"bytes32"},{"components":[{"name":"root","type":"uint64"},{"name":"estimated","type":"uint256"},{"name":"siblings","type":"bytes32[]"},{"name":"flags","type":"bool[]"}],"internalType":"struct DayProof","name":"proof","type":"tuple"}],"name":"object","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"participant","type":"uint32"},{"name":"version","type":"uint16"}],"name":"reasonOf","outputs":[{"name":"","type":"bytes32"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"newAuthority","type":"address"}],"name":"setAuthority","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
export const objectionDeskErrors = [
  {"inputs":[{"name":"authority","type":"address"}],"name":"AccessManagedInvalidAuthority","type":"error"},
  {"inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}],"name":"AccessManagedRequiredDelay","type":"error"},
  {"inputs":[{"name":"caller","type":"address"}],"name":"AccessManagedUnauthorized","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"until","type":"uint256"}],"name":"ObjectionDesk_Closed","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"version","type":"uint16"}],"name":"ObjectionDesk_NotInForce","type":"error"},
  {"inputs":[{"name":"account","type":"address"}],"name":"ObjectionDesk_NotParticipant","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"},{"name":"participant","type":"uint32"},{"name":"version","type":"uint16"}],"name":"ObjectionDesk_ObjectedBefore","type":"error"},
  {"inputs":[{"name":"meter","type":"uint64"},{"name":"day","type":"uint32"}],"name":"ObjectionDesk_ReasonMissing","type":"error"},
] as const;
export const objectionDesk = { name: "ObjectionDesk", abi: objectionDeskAbi } as const;
