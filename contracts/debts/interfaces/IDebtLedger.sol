// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {DebtId, ParticipantId} from "../../types/Ids.sol";
import {DebtCode} from "../DebtCode.sol";

using {isOwed, isInDefault} for DebtStatus global;

/// @dev Where a debt stands.
enum DebtStatus {
    None,
    /// Not in default, whether or not it is due.
    Outstanding,
    /// Unpaid after due day and grace.
    Defaulted,
    /// In default, and the creditor, a holder of units or their pledgee pursues the debtor (追偿).
    Recovering,
    /// Nothing more is expected (核销). The debtor owes as before, and later payments are paid out as before.
    WrittenOff,
    /// Paid, set off or reduced to nothing (清偿), late or not.
    Discharged
}

/// @dev Whether something is owed still.
function isOwed(DebtStatus status) pure returns (bool) {
    return status != DebtStatus.None && status != DebtStatus.Discharged;
}

/// @dev Whether the debtor has defaulted and not paid since, whatever is still expected.
function isInDefault(DebtStatus status) pure returns (bool) {
    return status == DebtStatus.Defaulted || status == DebtStatus.Recovering || status == DebtStatus.WrittenOff;
}

/// @notice What a poster says is owed.
struct DebtTerms {
    ParticipantId debtor;
    ParticipantId creditor;
    /// The agreed day of payment; on a holiday, the next business day is in time.
    Day dueDay;
    DebtCode code;
    uint80 amountFen;
    /// What it comes from, such as a trade's number: once for each code.
    bytes32 source;
}

/// @notice A debt: one storage word.
struct Debt {
    ParticipantId debtor;
    ParticipantId creditor;
    /// On which it arose, and whose late fee and grace it keeps.
    Day issueDay;
    Day dueDay;
    DebtCode code;
    DebtStatus status;
    /// The book by which the creditor's side is divided into units, numbered from 1 in the order of approval: payments are
    /// held until it pays them out; 0 if it is undivided.
    uint8 book;
    uint80 amountFen;
}

/// @notice What was paid of a debt: one storage word.
struct DebtPayments {
    /// Of the amount, by payment or set-off.
    uint80 paidFen;
    uint80 lateFeePaidFen;
    /// Days late when it was last paid or set off, for which the fee is counted.
    uint32 countedDays;
}

/// @notice What a claimed debt had been paid before it was claimed, and what is held since: one storage word.
struct DebtClaim {
    uint80 paidBeforeFen;
    uint80 lateFeePaidBeforeFen;
    /// Paid since and not paid out.
    uint80 heldFen;
}

/// @notice For how long the clock of a debt stands still.
struct StandStill {
    /// Until when it stands; past or 0 if it runs.
    uint40 until;
    /// No stand-still lasts beyond this second, counted from the first; 0 if there was none.
    uint40 latest;
    /// Seconds that the clock is behind, up to `until`.
    uint40 seconds_;
}

/// @notice When a debt in default was pursued and given up; 0 if it was not.
struct Recovery {
    Day startDay;
    Day writeOffDay;
}

/// @title One book for what is owed
/// @notice Every debt has one clock: due, late (with a fee), in default after grace, in arrears after 60 days; it stands
/// still only while an arbiter says so, for 30 days at most. There is one way to pay, in parts, the fee first. What a
/// debt is for is its code, see contracts/debts/codes.tsv. Posting, paying, setting off and stating a default ask for no
/// role and no standing: they finish something. A poster is approved for a code for good, so that what is open elsewhere
/// can always end in a debt.
interface IDebtLedger {
    /// @notice Thrown when the caller was never approved to post, or to reduce, debts of this code.
    error DebtLedger_NotPoster(address caller, DebtCode code);
    /// @notice Thrown when a debt of this code was posted from this source before.
    error DebtLedger_AlreadyPosted(DebtCode code, bytes32 source);
    /// @notice Thrown when debtor and creditor are one or nobody, or nothing is owed.
    error DebtLedger_InvalidTerms(bytes32 source);
    /// @notice Thrown when the debt does not exist, or is not in a status that the call asks for.
    error DebtLedger_WrongStatus(DebtId id, DebtStatus status);
    /// @notice Thrown when the caller is not the participant who may do this.
    error DebtLedger_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when a payment or a reduction is zero or exceeds what is owed.
    error DebtLedger_InvalidAmount(DebtId id, uint256 owedFen, uint256 amountFen);
    /// @notice Thrown when two debts cannot be set off: other parties, not both due, or divided into units.
    error DebtLedger_NotMutual(DebtId one, DebtId other);
    /// @notice Thrown when default is declared before due day and grace have passed, again, or after full payment.
    error DebtLedger_NotInDefault(DebtId id, uint256 defaultsAt);
    /// @notice Thrown when a recovery or a write-off names no document that it rests on.
    error DebtLedger_NoEvidence(DebtId id);
    /// @notice Thrown when a write-off comes before the debt is more than two months in arrears.
    error DebtLedger_NotInArrears(DebtId id, uint256 arrearsAt);
    /// @notice Thrown when a stand-still would last beyond 30 days after the first one.
    error DebtLedger_StandStillTooLong(DebtId id, uint40 until);
    /// @notice Thrown when the caller keeps no units, or the debt is divided already, cannot be or is not.
    error DebtLedger_NotClaimable(DebtId id, address book);

    /// @notice Emitted when governance admits a poster of debts of a code, for good.
    event PosterApproved(address indexed poster, DebtCode code);
    /// @notice Emitted when governance admits a book of units, for good.
    event ClaimBookApproved(address indexed book, uint8 number);
    /// @notice Emitted when something becomes owed.
    event DebtPosted(
        DebtId indexed id,
        ParticipantId indexed debtor,
        ParticipantId indexed creditor,
        DebtCode code,
        Day dueDay,
        uint256 amountFen,
        bytes32 source
    );
    /// @notice Emitted when a debtor pays, of the late fee and of the amount; to the creditor, or held for holders of units.
    event DebtPaid(DebtId indexed id, uint256 amountFen, uint256 lateFeeFen);
    /// @notice Emitted for each of two debts when they are set off.
    event DebtSetOff(DebtId indexed id, DebtId indexed against, uint256 amountFen, uint256 lateFeeFen);
    /// @notice Emitted when its poster reduces a debt: this much of it was never owed, nor the late fee on it.
    event DebtReduced(DebtId indexed id, uint256 amountFen);
    /// @notice Emitted when nothing more is owed.
    event DebtDischarged(DebtId indexed id);
    /// @notice Emitted when the creditor's side is divided into units by a book.
    event DebtClaimed(DebtId indexed id, address indexed book, uint256 unpaidFen);
    /// @notice Emitted when due day and grace passed unpaid.
    event DebtDefaulted(DebtId indexed id, ParticipantId indexed debtor, uint256 unpaidFen);
    /// @notice Emitted when an arbiter stops the clock of a debt until a unix second; 0 lets it run.
    event DebtStoodStill(DebtId indexed id, uint40 until);
    /// @notice Emitted when a participant begins to pursue the debtor of a debt in default. `evidenceHash` is the
    /// document it rests on, or the hash of its file: the demand, the suit, the claim filed with a bankruptcy administrator.
    event RecoveryStarted(DebtId indexed id, ParticipantId indexed claimant, bytes32 evidenceHash);
    /// @notice Emitted when a debt is written off with this much of it unpaid. `evidenceHash` is the document that
    /// shows that nothing more can be recovered, or the hash of its file: the end of a bankruptcy or of an enforcement.
    event DebtWrittenOff(DebtId indexed id, ParticipantId indexed debtor, uint256 unpaidFen, bytes32 evidenceHash);

    // ---- administration

    /// @notice Admits a contract that posts debts of a code, for good. Role: council.
    function approvePoster(address poster, DebtCode code) external;

    /// @notice Admits a contract that divides debts into units and pays their holders, for good. What one has divided is no
    /// other's to pay out. Role: council.
    function approveClaimBook(address book) external;

    /// @notice Stops the clock of late fee and default until a unix second, at most 30 days after the first stand-still; 0
    /// lets it run. Paying stays possible. Role: arbiter.
    function standStill(DebtId id, uint40 until) external;

    /// @notice Records that nothing more is expected of a debt that is being recovered and more than 60 days late (账销案存:
    /// the claim leaves the books, the right to it stays). No right changes: the late fee keeps accruing, the debtor counts
    /// as in default until it has paid. Role: arbiter.
    /// @param evidenceHash id of the document that shows that nothing more can be recovered, or keccak256 of its file; not
    /// zero.
    function writeOff(DebtId id, bytes32 evidenceHash) external;

    // ---- posters

    /// @notice Posts debts, numbered one after the other from `first`. By approved posters.
    function post(DebtTerms[] calldata terms) external returns (DebtId first);

    /// @notice Takes back a part of what is unpaid because it was never owed, with the late fee that accrued on it; late fee
    /// paid before stays paid. By an approved poster of its code, while the debt is not divided into units.
    function reduce(DebtId id, uint256 amountFen) external;

    // ---- debtors and creditors: no role, no standing, no gate

    /// @notice Pays out of the debtor's deposits, in parts or in full, at any time: the late fee due by now first, then the
    /// amount (民法典 561: interest before principal). By the debtor, who has opted in to this ledger.
    function pay(DebtId id, uint256 amountFen) external;

    /// @notice Sets off two debts between the same parties, opposite ways, both due, as far as they cover each other, each
    /// with its late fee first (民法典 568). By either party.
    function setOff(DebtId one, DebtId other) external;

    /// @notice Records default once the last day of payment and grace have passed. By anyone.
    function declareDefault(DebtId id) external;

    /// @notice Records that a debt in default is pursued. By the creditor or, for a claimant that it vouches for, by the book
    /// that divided it. Changes nothing about what is owed or who is paid.
    /// @param evidenceHash id of the document the recovery rests on, or keccak256 of its file; not zero.
    function startRecovery(DebtId id, ParticipantId claimant, bytes32 evidenceHash) external;

    // ---- books of units

    /// @notice Divides the creditor's side of what is unpaid into units: from now on payments are held until the book pays
    /// them out. By an approved book, which answers for the creditor's consent. In default or not: what is divided then can be
    /// recovered.
    function claim(DebtId id) external returns (Debt memory debt, uint256 unpaidFen);

    /// @notice Pays participants out of what is held of a debt. By the book that divided it.
    function payOut(DebtId id, ParticipantId[] calldata payees, uint256[] calldata amountsFen) external;

    // ---- views

    /// @notice The debt.
    function debtOf(DebtId id) external view returns (Debt memory);

    /// @notice What was paid of it.
    function paymentsOf(DebtId id) external view returns (DebtPayments memory);

    /// @notice What was paid of it before it was divided into units, and what is held.
    function claimOf(DebtId id) external view returns (DebtClaim memory);

    /// @notice What is owed now, and when it becomes, or became, worse: unpaid amount; late fee due, that is unpaid amount x
    /// rate x days late / 360 over all stretches between changes, rounded half up once, less what was paid of it; the unix
    /// seconds from which default can be declared and from which it is in arrears of more than two months. A day counts as
    /// late from its first second; while the clock stands still it does not.
    function dueOn(
        DebtId id
    ) external view returns (uint256 unpaidFen, uint256 lateFeeFen, uint256 defaultsAt, uint256 arrearsAt);

    /// @notice Last day on which payment is on time: the due day or, if that is a holiday, the next business day.
    function lastPaymentDay(DebtId id) external view returns (Day);

    /// @notice Late fee, annual rate in basis points, and days of grace, both of the day on which the debt arose.
    function lateTermsOf(DebtId id) external view returns (uint32 rateBp, uint16 graceDays);

    /// @notice For how long its clock stands still, and stood.
    function standStillOf(DebtId id) external view returns (StandStill memory);

    /// @notice When the debt was pursued and written off.
    function recoveryOf(DebtId id) external view returns (Recovery memory);

    /// @notice How much its poster took back.
    function reducedFenOf(DebtId id) external view returns (uint256);

    /// @notice Counted debts of a participant that are in default now, those being recovered or written off among them.
    function defaultsOf(ParticipantId debtor) external view returns (uint32);

    /// @notice `defaultsOf` as of 00:00 of today, in Shanghai: what is declared or paid today counts from tomorrow on. Rounds of
    /// the market ask for this one, so that nobody undoes an order by a default on the day on which it is opened.
    function defaultsAtMidnight(ParticipantId debtor) external view returns (uint32);

    /// @notice Whether a debt of this code was posted from this source.
    function isPosted(DebtCode code, bytes32 source) external view returns (bool);

    /// @notice Whether the contract may post debts of this code.
    function isPoster(address poster, DebtCode code) external view returns (bool);

    /// @notice The number of a book; 0 if it was never approved.
    function bookNumberOf(address book) external view returns (uint8);

    /// @notice Number of debts posted so far: ids run from 1 to this.
    function debtCount() external view returns (uint64);
}
