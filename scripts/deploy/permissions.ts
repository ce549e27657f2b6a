import type { ContractFunctionName } from "viem";
import type { RoleName } from "../../sdk/access/roles.ts";
import type { ABIS } from "../../sdk/chain/abis.ts";
import type { ContractName, GovernedName } from "../../sdk/chain/contracts.ts";

/**
 * Which role may call which function, on every network; who holds a role is in the network's parameter file.
 *
 * Every function that changes state has one line, so that a new one without a decision does not compile:
 * - a role: the function is `restricted` and asks for it; closing the target stops it. PUBLIC is everybody: such a
 *   function asks for no role, but still stops when its contract is closed;
 * - FINANCE: PUBLIC where the network's parameters switch finance on, otherwise COUNCIL, which has no use for it;
 * - `open`: the function is not `restricted`, and nothing can stop it, for the reason given.
 */
export type Decision = RoleName | "FINANCE" | { open: string };

const open = (reason: string): Decision => ({ open: reason });
const OWN = "disposes of nothing but the caller's own";
const SAME_HOLDER = "moves units between two accounts of one participant, from the former to the current";
const setAuthority = open("asks by itself to be called by the AccessManager in charge");

type Changing<Name extends GovernedName> = ContractFunctionName<(typeof ABIS)[Name], "nonpayable" | "payable">;

export const PERMISSIONS: { [Name in GovernedName]: Record<Changing<Name>, Decision> } = {
  ParticipantRegistry: {
    propose: "REGISTRAR",
    proposeRenewal: "REGISTRAR",
    approve: "REGISTRAR",
    reject: "REGISTRAR",
    suspend: "COMPLIANCE",
    reinstate: "COMPLIANCE",
    proposeAccount: "REGISTRAR",
    approveAccount: "REGISTRAR",
    withdrawReplacement: "REGISTRAR",
    objectToReplacement: open(OWN),
    completeReplacement: open("two registrars and the delay have decided; only objection and withdrawal end it"),
    setAuthority,
  },
  SecondFactor: {
    confirm: "PUBLIC",
    spendBoth: "EXPOSURE_BOOK",
    spendOnce: "EXPOSURE_BOOK",
    setAuthority,
  },
  MeterRegistry: {
    register: "METER_OPERATOR",
    deactivate: "METER_OPERATOR",
    report: "METER_OPERATOR",
    correct: "METER_OPERATOR",
    setTrader: open(OWN),
    accept: open(OWN),
    finalise: open("a due meter day must become final, or its trades would never settle"),
    finaliseAccepted: "TRADE_BOOK",
    lapse: open("an unreported day must lapse, or its holds would never be released"),
    setWindows: "RULE_MAKER",
    withdrawWindows: "RULE_MAKER",
    setAuthority,
  },
  MarketRules: {
    publish: "RULE_MAKER",
    withdraw: "RULE_MAKER",
    addZone: "RULE_MAKER",
    setAuthority,
  },
  DepositToken: {
    issue: "BANK",
    setFrozen: "BANK",
    approveNotary: "COUNCIL",
    holdMany: "NOTARY",
    transfer: "PUBLIC",
    transferFrom: "PUBLIC",
    redeem: open("holders can always have their money paid out"),
    optIn: open(OWN),
    approve: open("moves nothing: the transfer it allows is guarded"),
    permit: open("moves nothing: the transfer it allows is guarded"),
    holdToRepay: open("a debt that exists can always be repaid; only notaries that were approved once may ask"),
    moveHolds: open("what is held can always be paid out or released, by the notary that holds it"),
    setAuthority,
  },
  KwhToken: {
    approveMinter: "COUNCIL",
    withdrawMinter: "COUNCIL",
    mint: open("what was metered is always credited, by the escrow in charge of the day"),
    retire: open(OWN),
    follow: open(SAME_HOLDER),
    safeTransferFrom: "PUBLIC",
    safeBatchTransferFrom: "PUBLIC",
    setApprovalForAll: open("moves nothing: the transfer it allows is guarded"),
    setAuthority,
  },
  DebtLedger: {
    approvePoster: "COUNCIL",
    approveClaimBook: "COUNCIL",
    standStill: "ARBITER",
    writeOff: "ARBITER",
    post: open("what was open must be able to end in a debt; only contracts that were approved once may post"),
    reduce: open("takes back what was never owed, by a contract that may post it"),
    pay: open("a debt that exists can always be paid"),
    setOff: open("two debts that exist pay each other, by either party"),
    declareDefault: open("states a fact that anybody can check"),
    startRecovery: open("states what the creditor, or the book of its units, does anyway"),
    claim: open("divides what the creditor is owed, by a book that was approved once and answers for its consent"),
    payOut: open("what was paid is always paid out, by the book that holders have their units in"),
    setAuthority,
  },
  TradeEscrow: {
    open: "PUBLIC",
    openRound: "MARKET_OPERATOR",
    cancel: open(OWN),
    cancelPage: open(OWN),
    settle: open("what is open can always be finished"),
    lapse: open("what is open can always be finished"),
    mintSurplus: open("what was metered is always credited"),
    finaliseAccepted: open("brings settlement forward when everybody concerned has accepted"),
    redirectPayee: "ASSIGNMENT",
    freeze: "ARBITER",
    rule: "ARBITER",
    setAuthority,
  },
  AdjustmentDesk: {
    adjust: "PUBLIC",
    setAuthority,
  },
  FinanceRules: {
    publish: "RULE_MAKER",
    withdraw: "RULE_MAKER",
    announce: "RULE_MAKER",
    setAuthority,
  },
  Receivables: {
    issueFromDebt: "FINANCE",
    issueConfirmed: "CLAIM_DESK",
    safeTransferFrom: "PUBLIC",
    safeBatchTransferFrom: "PUBLIC",
    setApprovalForAll: open("moves nothing: the transfer it allows is guarded"),
    encumber: "FINANCE",
    releaseEncumbrance: open(OWN),
    collect: open("what was paid can always be collected"),
    follow: open(SAME_HOLDER),
    startRecovery: open("states what a holder, or the pledgee of its units, does anyway"),
    setAuthority,
  },
  DraftingDesk: {
    draft: "FINANCE",
    confirm: "FINANCE",
    cancel: open(OWN),
    refuse: open("nobody has to confirm what it does not owe"),
    setAuthority,
  },
  FinancingDesk: {
    requestFinancing: "FINANCE",
    placeBid: "FINANCE",
    accept: "FINANCE",
    cancelRequest: open(OWN),
    releaseBid: open("money of a bid that no longer binds is always freed"),
    recordRegistration: open("notes a number beside a financing that exists"),
    setAuthority,
  },
  CreditLedger: {
    countTrades: "PUBLIC",
    countDebt: "PUBLIC",
    setAuthority,
  },
};

/**
 * The AccessManager's own functions that change who may do what. It asks for ADMIN itself, whatever role they are mapped to;
 * but who may cancel one that was scheduled, is the guardian of the role it is mapped to, and ADMIN has no guardian. Left out
 * is `revokeRole`: the guardian cannot veto its own removal.
 */
export const COUNCIL_FUNCTIONS = [
  "grantRole",
  "setRoleAdmin",
  "setRoleGuardian",
  "setGrantDelay",
  "setTargetFunctionRole",
  "setTargetAdminDelay",
  "setTargetClosed",
  "updateAuthority",
] as const;

/** Roles that contracts hold, by what they are. */
export const CONTRACT_ROLES = {
  NOTARY: ["TradeEscrow", "FinancingDesk"],
  TRADE_BOOK: ["TradeEscrow"],
  ASSIGNMENT: [],
  CLAIM_DESK: ["DraftingDesk"],
  EXPOSURE_BOOK: ["DepositToken", "TradeEscrow", "FinancingDesk"],
} as const satisfies Partial<Record<RoleName, readonly ContractName[]>>;

/**
 * Contracts that may move holds of theirs for good. The debt ledger only holds what pays a debt: no role is asked. The escrow is the first, see DepositToken.
 */
export const NOTARIES = [
  "TradeEscrow",
  "DebtLedger",
  "FinancingDesk",
] as const satisfies readonly ContractName[];

/** Contracts that divide debts into units, for good. */
export const CLAIM_BOOKS = ["Receivables"] as const satisfies readonly ContractName[];

/** The role that a decision comes to on a network; undefined where the function is not restricted. */
export function roleOf(decision: Decision, finance: boolean): RoleName | undefined {
  if (typeof decision === "object") return undefined;
  if (decision === "FINANCE") return finance ? "PUBLIC" : "COUNCIL";
  return decision;
}
