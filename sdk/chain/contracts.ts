/** The entry of a contract of the platform. */
interface Registration {
  /** Its folder in `contracts/`; of the AccessManager, which is OpenZeppelin's, the room that it serves. */
  room: string;
  /** Arguments of the constructor: a contract from above, or a value that `scripts/deploy/constructorArguments.ts` names. */
  args: readonly string[];
  /** Whether the AccessManager decides who may call it: `scripts/deploy/permissions.ts` then has each of its functions. */
  governed: boolean;
  /** Whether the index reads its events: `indexer/src/<room>/` then has their handlers. */
  indexed: boolean;
}

/** What code that the escrow runs is given. */
const ESCROW_CODE = [
  "ParticipantRegistry",
  "MeterRegistry",
  "DepositToken",
  "KwhToken",
  "MarketRules",
  "DebtLedger",
  "SecondFactor",
] as const;

/**
 * The contracts of the platform, in the order of deployment. A line here registers a contract everywhere: ABIs and typed
 * bindings, deployment and its verification, roles, index, the set-up of tests.
 */
export const REGISTER = {
  AccessManager: { room: "access", args: ["deployer"], governed: false, indexed: true },
  ParticipantRegistry: { room: "identity", args: ["AccessManager"], governed: true, indexed: true },
  SecondFactor: { room: "identity", args: ["AccessManager", "ParticipantRegistry"], governed: true, indexed: true },
  // The verifiers keep nothing and move nothing.
  PasskeyVerifier: { room: "identity", args: [], governed: false, indexed: false },
  P256Verifier: { room: "identity", args: [], governed: false, indexed: false },
  RsaVerifier: { room: "identity", args: [], governed: false, indexed: false },
  DocumentRegistry: { room: "records", args: ["AccessManager", "ParticipantRegistry"], governed: true, indexed: true },
  MeterRegistry: {
    room: "metering",
    args: ["AccessManager", "ParticipantRegistry", "SecondFactor", "metering"],
    governed: true,
    indexed: true,
  },
  MarketRules: { room: "market", args: ["AccessManager"], governed: true, indexed: true },
  DepositToken: {
    room: "money",
    args: ["AccessManager", "ParticipantRegistry", "SecondFactor", "depositToken.name", "depositToken.symbol"],
    governed: true,
    indexed: true,
  },
  KwhToken: {
    room: "energy",
    args: ["AccessManager", "ParticipantRegistry", "SecondFactor", "MeterRegistry", "kwhToken.uri"],
    governed: true,
    indexed: true,
  },
  FinanceRules: {
    room: "finance",
    args: ["AccessManager", "financeRules.terms", "financeRules.daysOff", "financeRules.workdays"],
    governed: true,
    indexed: true,
  },
  DebtLedger: {
    room: "debts",
    args: ["AccessManager", "ParticipantRegistry", "DepositToken", "FinanceRules"],
    governed: true,
    indexed: true,
  },
  // Code that the escrow runs as its own; it keeps nothing by itself.
  BilateralOpening: { room: "market", args: ESCROW_CODE, governed: false, indexed: false },
  RoundOpening: { room: "market", args: ESCROW_CODE, governed: false, indexed: false },
  MarginBook: { room: "market", args: ESCROW_CODE, governed: false, indexed: false },
  KwhClaims: { room: "market", args: ESCROW_CODE, governed: false, indexed: false },
  TradeEscrow: {
    room: "market",
    args: ["AccessManager", ...ESCROW_CODE, "BilateralOpening", "RoundOpening", "MarginBook", "KwhClaims"],
    governed: true,
    indexed: true,
  },
  AdjustmentDesk: {
    room: "settlement",
    args: ["AccessManager", "MeterRegistry", "TradeEscrow", "MarketRules", "DebtLedger"],
    governed: true,
    indexed: true,
  },
  Receivables: {
    room: "finance",
    args: ["AccessManager", "ParticipantRegistry", "DebtLedger", "FinanceRules", "SecondFactor", "receivables.uri"],
    governed: true,
    indexed: true,
  },
  DraftingDesk: {
    room: "finance",
    args: ["AccessManager", "ParticipantRegistry", "Receivables", "MarketRules", "SecondFactor"],
    governed: true,
    indexed: true,
  },
  FinancingDesk: {
    room: "finance",
    args: ["AccessManager", "ParticipantRegistry", "Receivables", "DebtLedger", "DepositToken", "SecondFactor"],
    governed: true,
    indexed: true,
  },
  CreditLedger: {
    room: "credit",
    args: ["AccessManager", "ParticipantRegistry", "MeterRegistry", "TradeEscrow", "DebtLedger"],
    governed: true,
    indexed: true,
  },
  ObjectionDesk: {
    room: "metering",
    args: ["AccessManager", "ParticipantRegistry", "MeterRegistry"],
    governed: true,
    indexed: true,
  },
} as const satisfies Record<string, Registration>;

type Register = typeof REGISTER;
type Where<Flag extends "governed" | "indexed"> = {
  [Name in keyof Register]: Register[Name][Flag] extends true ? Name : never;
}[keyof Register];

/** A contract of the platform. */
export type ContractName = keyof Register;
/** A contract that the AccessManager governs. */
export type GovernedName = Where<"governed">;
/** A contract whose events the index reads. */
export type IndexedName = Where<"indexed">;
/** What constructors are given beside other contracts. */
export type GivenArgument = Exclude<Register[ContractName]["args"][number], ContractName>;

/** The contracts of the platform, each after those it depends on. */
export const CONTRACTS = Object.keys(REGISTER) as ContractName[];
export const GOVERNED = CONTRACTS.filter((name): name is GovernedName => REGISTER[name].governed);
export const INDEXED = CONTRACTS.filter((name): name is IndexedName => REGISTER[name].indexed);
