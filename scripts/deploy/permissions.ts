import type { ContractFunctionName } from "viem";
import type { RoleName } from "../../sdk/access/roles.ts";
import type { ABIS } from "../../sdk/chain/abis.ts";
import type { ContractName, GovernedName } from "../../sdk/chain/contracts.ts";

/**
 * Two decisions about every function that changes state, on every network; who holds a role is in the network's parameter
 * file. A new function without its line does not compile.
 */
export type Decision = readonly [caller: Caller, effect: Effect];

/**
 * Who may call it:
 * - a role: the function is `restricted` and asks for it; closing the target stops it. PUBLIC is everybody: such a
 *   function asks for no role, but still stops when its contract is closed;
 * - FINANCE: PUBLIC where the network's parameters switch finance on, otherwise COUNCIL, which has no use for it;
 * - `open`: the function is not `restricted`, and nothing can stop it, for the reason given.
 */
type Caller = RoleName | "FINANCE" | { readonly open: string };

/**
 * What a key can do by it. Either value leaves a participant, a debt arises or control passes to somebody else: a door,
 * with what guards it. Or it is none, for one of the reasons below.
 */
export type Effect = `${"value" | "debt" | "control"}: ${Guard}` | NoDoor;

type Guard =
  /** Counted as the day's exposure of the one who gives or owes; beyond the limit its second factor confirms. */
  | "limit"
  /** The second factor confirms each time, because nothing says what it is worth. */
  | "confirmation"
  /** One person proposes, another approves. */
  | "two persons"
  /** Takes effect only after a time in which others can object, veto or correct. */
  | "delay";

type NoDoor =
  /** Pays or hands out what is owed: never refused. */
  | "owed"
  /** Brings back, uses, keeps or withdraws the caller's own; nobody else receives anything. */
  | "own"
  /** States what anybody can check, or agrees to it. */
  | "fact"
  /** Allows what is guarded when it is done: a transfer by somebody else, a hold by a notary, a draft, a request. */
  | "later"
  /** Carries out or records what a door decided; where a contract holds the role, that contract's door. */
  | "decided"
  /** An office whose holders, and what they cannot do, are in `docs/threat-model.md`. */
  | "office";

const open = (reason: string) => ({ open: reason });
const OWN = open("disposes of nothing but the caller's own");
const SAME_HOLDER = open("moves units between two accounts of one participant, from the former to the current");
const ALLOWS = open("moves nothing: the transfer it allows is guarded");
const setAuthority = [open("asks by itself to be called by the AccessManager in charge"), "control: delay"] as const;

type Changing<Name extends GovernedName> = ContractFunctionName<(typeof ABIS)[Name], "nonpayable" | "payable">;

export const PERMISSIONS: { [Name in GovernedName]: Record<Changing<Name>, Decision> } = {
  ParticipantRegistry: {
    propose: ["REGISTRAR", "control: two persons"],
    proposeRenewal: ["REGISTRAR", "control: two persons"],
    approve: ["REGISTRAR", "control: two persons"],
    reject: ["REGISTRAR", "office"],
    suspend: ["COMPLIANCE", "office"],
    reinstate: ["COMPLIANCE", "office"],
    proposeAccount: ["REGISTRAR", "control: two persons"],
    approveAccount: ["REGISTRAR", "control: two persons"],
    withdrawReplacement: ["REGISTRAR", "office"],
    objectToReplacement: [OWN, "own"],
    completeReplacement: [
      open("two registrars and the delay have decided; only objection and withdrawal end it"),
      "control: delay",
    ],
    setAuthority,
  },
  SecondFactor: {
    confirm: ["PUBLIC", "fact"],
    spendBoth: ["EXPOSURE_BOOK", "decided"],
    spendOnce: ["EXPOSURE_BOOK", "decided"],
    useConfirmation: ["EXPOSURE_BOOK", "decided"],
    setAuthority,
  },
  DocumentRegistry: {
    proposeKey: ["REGISTRAR", "control: two persons"],
    approveKey: ["REGISTRAR", "control: two persons"],
    rejectKey: ["REGISTRAR", "office"],
    revokeKey: ["COMPLIANCE", "office"],
    retireKey: [OWN, "own"],
    setAuditor: ["COUNCIL", "control: delay"],
    anchor: ["PUBLIC", "fact"],
    addReaders: ["PUBLIC", "fact"],
    rewrap: [open("who reads can always help a reader whose key was replaced; discloses nothing by itself"), "fact"],
    removeReader: [OWN, "own"],
    setAuthority,
  },
  MeterRegistry: {
    register: ["METER_OPERATOR", "office"],
    deactivate: ["METER_OPERATOR", "office"],
    report: ["METER_OPERATOR", "office"],
    reportRoots: ["METER_OPERATOR", "office"],
    correct: ["METER_OPERATOR", "office"],
    setTrader: [OWN, "control: confirmation"],
    accept: [OWN, "fact"],
    finalise: [open("a due meter day must become final, or its trades would never settle"), "fact"],
    finaliseRoots: [open("due days under a root must become final, or their trades would never settle"), "fact"],
    recordDays: [open("writes down what the root has, so that nobody waits for who reported it"), "fact"],
    finaliseAccepted: ["TRADE_BOOK", "decided"],
    lapse: [open("an unreported day must lapse, or its holds would never be released"), "fact"],
    setWindows: ["RULE_MAKER", "office"],
    withdrawWindows: ["RULE_MAKER", "office"],
    setAuthority,
  },
  MarketRules: {
    publish: ["RULE_MAKER", "office"],
    withdraw: ["RULE_MAKER", "office"],
    addZone: ["RULE_MAKER", "office"],
    setAuthority,
  },
  DepositToken: {
    issue: ["BANK", "office"],
    setFrozen: ["BANK", "office"],
    openAccount: ["BANK", "office"],
    confirmMove: ["BANK", "control: two persons"],
    settleBetween: [open("states what the receiving bank received; changes no deposit"), "fact"],
    proposeMove: ["REGISTRAR", "control: two persons"],
    approveMove: ["REGISTRAR", "control: two persons"],
    setCap: ["COUNCIL", "control: delay"],
    approveNotary: ["COUNCIL", "control: delay"],
    holdMany: ["NOTARY", "decided"],
    transfer: ["PUBLIC", "value: limit"],
    transferFrom: ["PUBLIC", "value: limit"],
    redeem: [open("holders of an open bank can always have their money paid out"), "own"],
    optIn: [OWN, "later"],
    approve: [ALLOWS, "later"],
    permit: [ALLOWS, "later"],
    holdToRepay: [
      open("a debt that exists can always be repaid; only notaries that were approved once may ask"),
      "owed",
    ],
    moveHolds: [open("what is held can always be paid out or released, by the notary that holds it"), "decided"],
    setAuthority,
  },
  KwhToken: {
    approveMinter: ["COUNCIL", "control: delay"],
    withdrawMinter: ["COUNCIL", "office"],
    mint: [open("what was metered is always credited, by the escrow in charge of the day"), "owed"],
    retire: [OWN, "own"],
    follow: [SAME_HOLDER, "own"],
    safeTransferFrom: ["PUBLIC", "value: confirmation"],
    safeBatchTransferFrom: ["PUBLIC", "value: confirmation"],
    setApprovalForAll: [ALLOWS, "later"],
    setAuthority,
  },
  DebtLedger: {
    approvePoster: ["COUNCIL", "control: delay"],
    approveClaimBook: ["COUNCIL", "control: delay"],
    standStill: ["ARBITER", "office"],
    writeOff: ["ARBITER", "office"],
    post: [open("what was open must be able to end in a debt; only contracts approved for good may post"), "decided"],
    reduce: [open("takes back what was never owed, by a contract that may post it"), "decided"],
    pay: [open("a debt that exists can always be paid"), "owed"],
    setOff: [open("two debts that exist pay each other, by either party"), "owed"],
    declareDefault: [open("states a fact that anybody can check"), "fact"],
    startRecovery: [open("states what the creditor, or the book of its units, does anyway"), "fact"],
    claim: [open("divides what the creditor is owed, by a book approved for good that answers for its consent"), "own"],
    payOut: [open("what was paid is always paid out, by the book that divided the debt"), "owed"],
    setAuthority,
  },
  TradeEscrow: {
    open: ["PUBLIC", "debt: limit"],
    openRound: ["MARKET_OPERATOR", "decided"],
    cancel: [OWN, "own"],
    cancelPage: [OWN, "own"],
    presign: [OWN, "later"],
    lockMargin: ["PUBLIC", "value: limit"],
    allowOnTerms: ["PUBLIC", "debt: limit"],
    announceRelease: [OWN, "own"],
    releaseMargin: [open("brings back what its owner announced, to nobody else"), "own"],
    settle: [open("what is open can always be finished"), "decided"],
    lapse: [open("what is open can always be finished"), "decided"],
    claimKwh: [open("what was delivered is always credited, to its buyer"), "owed"],
    mintSurplus: [open("what was metered is always credited"), "owed"],
    finaliseAccepted: [open("brings settlement forward when everybody concerned has accepted"), "fact"],
    redirectPayee: ["ASSIGNMENT", "decided"],
    freeze: ["ARBITER", "office"],
    rule: ["ARBITER", "office"],
    setAuthority,
  },
  AdjustmentDesk: {
    adjust: ["PUBLIC", "debt: delay"],
    setAuthority,
  },
  FinanceRules: {
    publish: ["RULE_MAKER", "office"],
    withdraw: ["RULE_MAKER", "office"],
    announce: ["RULE_MAKER", "office"],
    setAuthority,
  },
  Receivables: {
    issueFromDebt: ["FINANCE", "own"],
    issueConfirmed: ["CLAIM_DESK", "decided"],
    safeTransferFrom: ["PUBLIC", "value: limit"],
    safeBatchTransferFrom: ["PUBLIC", "value: limit"],
    setApprovalForAll: [ALLOWS, "later"],
    encumber: ["FINANCE", "value: limit"],
    releaseEncumbrance: [OWN, "value: limit"],
    collect: [open("what was paid can always be collected"), "owed"],
    follow: [SAME_HOLDER, "own"],
    startRecovery: [open("states what a holder, or the pledgee of its units, does anyway"), "fact"],
    setAuthority,
  },
  DraftingDesk: {
    draft: ["FINANCE", "later"],
    confirm: ["FINANCE", "debt: limit"],
    cancel: [OWN, "own"],
    refuse: [open("nobody has to confirm what it does not owe"), "own"],
    setAuthority,
  },
  FinancingDesk: {
    requestFinancing: ["FINANCE", "later"],
    placeBid: ["FINANCE", "value: limit"],
    accept: ["FINANCE", "value: limit"],
    cancelRequest: [OWN, "own"],
    releaseBid: [open("money of a bid that no longer binds is always freed"), "own"],
    recordRegistration: [open("notes a number beside a financing that exists"), "fact"],
    setAuthority,
  },
  CreditLedger: {
    countTrades: ["PUBLIC", "fact"],
    countDebt: ["PUBLIC", "fact"],
    setAuthority,
  },
  ObjectionDesk: {
    object: ["PUBLIC", "fact"],
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
  EXPOSURE_BOOK: [
    "MeterRegistry",
    "DepositToken",
    "KwhToken",
    "TradeEscrow",
    "Receivables",
    "DraftingDesk",
    "FinancingDesk",
  ],
} as const satisfies Partial<Record<RoleName, readonly ContractName[]>>;

/**
 * Contracts that may move holds of theirs for good. The debt ledger only holds what pays a debt: no role is asked. The escrow is
 * the first, see DepositToken.
 */
export const NOTARIES = ["TradeEscrow", "DebtLedger", "FinancingDesk"] as const satisfies readonly ContractName[];

/** Contracts that divide debts into units, for good. */
export const CLAIM_BOOKS = ["Receivables"] as const satisfies readonly ContractName[];

/** The role that a decision comes to on a network; undefined where the function is not restricted. */
export function roleOf([caller]: Decision, finance: boolean): RoleName | undefined {
  if (typeof caller === "object") return undefined;
  if (caller === "FINANCE") return finance ? "PUBLIC" : "COUNCIL";
  return caller;
}
