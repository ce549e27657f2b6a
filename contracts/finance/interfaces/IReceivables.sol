// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {ParticipantId, ReceivableId, TradeId} from "../../types/Ids.sol";

/// @dev A draft of a drafting desk, numbered from 1.
type DraftId is uint64;

/// @dev A pledge of units, numbered from 1.
type EncumbranceId is uint64;

using {isInDefault} for ReceivableStatus global;

/// @dev Where a receivable stands.
enum ReceivableStatus {
    None,
    /// Units move, or wait for payment.
    Outstanding,
    /// Unpaid after due day and grace.
    Defaulted,
    /// In default, and a holder or pledgee pursues the debtor (追偿).
    Recovering,
    /// Nothing more is expected (核销). The debtor owes as before, and later payments are collected as before.
    WrittenOff,
    /// The debtor has paid the face value, late or not.
    Repaid
}

/// @dev Whether the debtor has defaulted and not paid since, whatever is still expected.
function isInDefault(ReceivableStatus status) pure returns (bool) {
    return
        status == ReceivableStatus.Defaulted ||
        status == ReceivableStatus.Recovering ||
        status == ReceivableStatus.WrittenOff;
}

/// @notice A claim on a debtor for `faceFen`, payable on `dueDay`, which was a business day by the calendar of the day of
/// issue.
struct Receivable {
    // slot 0
    ParticipantId debtor;
    ParticipantId creditor;
    Day issueDay;
    Day dueDay;
    /// Days after the last day of payment before it is in default, from the rule set in force on the day of issue.
    uint16 graceDays;
    ReceivableStatus status;
    /// Late fee, annual rate, basis points, actual/360, from the terms in force on the day of issue.
    uint32 lateRateBp;
    // slot 1
    uint128 faceFen;
    uint128 repaidFen;
    // slot 2: the trade or the draft that it comes from; the other is 0
    TradeId source;
    DraftId draft;
    /// Until when an arbiter froze it; 0 if not.
    uint40 frozenUntil;
    /// Seconds that grace is extended by, because the receivable was frozen, or is until `frozenUntil`.
    uint40 stoodStill;
    // slot 3: keccak256 of the VAT invoice; zero if none was given
    bytes32 invoiceHash;
}

/// @notice What a debtor has confirmed.
struct ConfirmedClaim {
    DraftId draft;
    ParticipantId debtor;
    ParticipantId creditor;
    /// As the parties agreed it; on a holiday, the claim falls due on the next business day.
    Day dueDay;
    uint128 faceFen;
    uint128 invoiceNumber;
    /// keccak256 of the VAT invoice, not zero.
    bytes32 invoiceHash;
}

/// @notice The late fee, which a debtor pays on top of the face value.
struct LateFee {
    // slot 0
    uint96 paidFen;
    uint96 collectedFen;
    /// Days late that `accrued` counts.
    uint32 countedDays;
    // slot 1: fen x basis points x days up to the last payment, not rounded
    uint256 accrued;
}

/// @notice When a claim in default was pursued and given up; 0 if it was not.
struct Recovery {
    Day startDay;
    Day writeOffDay;
}

/// @notice A pledge (质押) of units that stay with their holder: at most one for each receivable and holder.
struct Encumbrance {
    EncumbranceId id;
    ParticipantId pledgee;
    /// As many units cannot be passed on, and as many fen of what the holder collects go to the pledgee first; 0 if there
    /// is no pledge.
    uint128 units;
}

/// @title Receivables, out of settled trades or drafted and confirmed
/// @notice ERC-1155: id = one receivable, units = fen of face value, so splitting and passing on a claim (拆分流转) is a
/// transfer between participants in good standing. From the due day or the first payment on, units stop moving, and
/// their holders are paid pro rata. Issuing is an entrance that a deployment's governance switches on for licensed
/// parties; repaying and collecting need nothing but the claim.
interface IReceivables {
    /// @notice Thrown when an account does not belong to an active participant.
    error Receivables_ParticipantNotGood(address account);
    /// @notice Thrown when the caller is not the participant who may do this.
    error Receivables_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when the receivable does not exist.
    error Receivables_Unknown(ReceivableId id);
    /// @notice Thrown when debtor, creditor and source (a trade, or the number of a VAT invoice) were turned into a
    /// receivable before.
    error Receivables_KeyUsed(bytes32 key);
    /// @notice Thrown when a drafted claim and one out of a trade would rest on the same VAT invoice, or two drafted ones.
    error Receivables_InvoiceUsed(bytes32 invoiceHash);
    /// @notice Thrown when nothing remains until the due day, or more than the rules allow.
    error Receivables_TenorOutOfRange(uint256 tenorDays, uint256 longest);
    /// @notice Thrown when the debtor is in default and gets no new receivables.
    error Receivables_DebtorInDefault(ParticipantId debtor);
    /// @notice Thrown when units no longer move: due, partly paid, defaulted or frozen.
    error Receivables_UnitsFixed(ReceivableId id);
    /// @notice Thrown when a payment is zero or exceeds what is outstanding.
    error Receivables_InvalidPayment(ReceivableId id, uint256 outstandingFen, uint256 amountFen);
    /// @notice Thrown when default is declared before due day and grace have passed, again, or after full payment.
    error Receivables_NotInDefault(ReceivableId id, uint256 defaultsAt);
    /// @notice Thrown when a recovery starts for a claim that is not in default or is pursued already, or a write-off
    /// for one that is not being recovered.
    error Receivables_WrongStatus(ReceivableId id, ReceivableStatus status);
    /// @notice Thrown when the caller is neither the holder nor its pledgee, or the account holds no units.
    error Receivables_NotHolder(ReceivableId id, address holder, address caller);
    /// @notice Thrown when a recovery or a write-off names no document that it rests on.
    error Receivables_NoEvidence(ReceivableId id);
    /// @notice Thrown when a write-off comes before the claim is more than two months in arrears.
    error Receivables_NotInArrears(ReceivableId id, uint256 arrearsAt);
    /// @notice Thrown when pledged units would be passed on, or pledged again.
    error Receivables_Encumbered(ReceivableId id, address holder, uint256 units);
    /// @notice Thrown when the holder's units are not pledged.
    error Receivables_NotEncumbered(ReceivableId id, address holder);
    /// @notice Thrown when units to be pledged are zero or more than the caller holds.
    error Receivables_InsufficientUnits(ReceivableId id, uint256 units, uint256 balance);
    /// @notice Thrown when the pledgee is not a bank in good standing.
    error Receivables_PledgeeNotGood(ParticipantId pledgee);
    /// @notice Thrown when a registration number is empty or longer than 64 bytes.
    error Receivables_InvalidRegistration(uint256 length, uint256 longest);
    /// @notice Thrown when a freeze would last beyond 30 days after the first one.
    error Receivables_FreezeTooLong(ReceivableId id, uint40 until);
    /// @notice Thrown when the account was never replaced by another.
    error Receivables_NotFormerAccount(address account);

    /// @notice Emitted when a payable, or a draft that its debtor confirmed, becomes a receivable; the creditor holds all
    /// units.
    event ReceivableIssued(
        ReceivableId indexed id,
        ParticipantId indexed debtor,
        ParticipantId indexed creditor,
        bytes32 key,
        Receivable terms
    );
    /// @notice Emitted when the debtor pays towards the face value: discharged to this amount, held until the holders collect.
    event ReceivableRepaid(ReceivableId indexed id, uint256 amountFen, uint256 repaidFen);
    /// @notice Emitted when the debtor pays late fee, held until the holders collect; `paidFen` in all.
    event LateFeePaid(ReceivableId indexed id, uint256 amountFen, uint256 paidFen);
    /// @notice Emitted when a holder's share of the late fee is paid; no units are burned.
    event LateFeeCollected(
        ReceivableId indexed id,
        address indexed holder,
        ParticipantId indexed participant,
        uint256 amountFen
    );
    /// @notice Emitted when a holder's share is paid, to its pledgee first if it is pledged; as many units are burned.
    event ReceivableCollected(
        ReceivableId indexed id,
        address indexed holder,
        ParticipantId indexed participant,
        uint256 amountFen
    );
    /// @notice Emitted when a holder pledges units; a pledge exists from its registration (中登) on, under this number.
    event ReceivableEncumbered(
        EncumbranceId indexed encumbrance,
        ReceivableId indexed id,
        address indexed holder,
        ParticipantId pledgee,
        uint256 units,
        string registrationNumber
    );
    /// @notice Emitted when `amountFen` of what a holder collects is paid to its pledgee; with no units left, the pledge has
    /// ended.
    event EncumbrancePaid(EncumbranceId indexed encumbrance, uint256 amountFen, uint256 unitsLeft);
    /// @notice Emitted when the pledgee gives up what is left of a pledge.
    event EncumbranceReleased(EncumbranceId indexed encumbrance);
    /// @notice Emitted when a pledge follows its units to the account that replaced its holder's.
    event EncumbranceFollowed(EncumbranceId indexed encumbrance, address indexed holder);
    /// @notice Emitted when due day and grace passed unpaid.
    event ReceivableDefaulted(ReceivableId indexed id, ParticipantId indexed debtor, uint256 outstandingFen);
    /// @notice Emitted when a participant begins to pursue the debtor of a claim in default. `evidenceHash` is the hash
    /// of the document it rests on: the demand, the suit, the claim filed with a bankruptcy administrator.
    event RecoveryStarted(ReceivableId indexed id, ParticipantId indexed participant, bytes32 evidenceHash);
    /// @notice Emitted when a claim is written off with this much of its face value unpaid. `evidenceHash` is the hash
    /// of the document that shows that nothing more can be recovered: the end of a bankruptcy or of an enforcement.
    event ReceivableWrittenOff(
        ReceivableId indexed id,
        ParticipantId indexed debtor,
        uint256 outstandingFen,
        bytes32 evidenceHash
    );
    /// @notice Emitted when an arbiter freezes a receivable until a unix second; 0 ends the freeze.
    event ReceivableFrozen(ReceivableId indexed id, uint40 until);

    /// @notice Turns the energy payable of a settled trade into a receivable. By the creditor, whose consent this is; the
    /// debtor confirmed the debt by signing the trade. The due day must lie ahead. Entrance: switched on per deployment.
    function issueFromTrade(TradeId trade, bytes32 invoiceHash) external returns (ReceivableId id);

    /// @notice Turns what a debtor has confirmed into a receivable that the creditor holds. The due day must lie ahead.
    /// Role: claim desk, which answers for the debtor's confirmation, the creditor's consent, both parties' standing and
    /// the payment term between them.
    function issueConfirmed(ConfirmedClaim calldata claim) external returns (ReceivableId id);

    /// @notice Pays out of the debtor's deposits, in parts or in full, at any time: the late fee due by now first, then
    /// towards the face value (民法典 561: interest before principal). By the debtor.
    function repay(ReceivableId id, uint256 amountFen) external;

    /// @notice Pays holders their share of what was repaid, and of the late fee paid: floor(units at the first payment
    /// x paid / face) less what they had. While part is unpaid, less than one fen per holder stays held by rounding;
    /// the last payment makes it exact, and the last holder to collect receives what rounding left of the late fee. The
    /// participant who received the units is paid. By anyone. Holders with nothing to collect are skipped.
    function collect(ReceivableId id, address[] calldata holders) external;

    /// @notice Pledges units that the caller holds and that still move to a bank, under the number of the registration
    /// system (中登), without which a pledge does not exist (民法典 445). One pledge at a time. Entrance.
    function encumber(
        ReceivableId id,
        uint128 units,
        ParticipantId pledgee,
        string calldata registrationNumber
    ) external returns (EncumbranceId encumbrance);

    /// @notice Gives up what is left of a pledge. By the pledgee.
    function releaseEncumbrance(ReceivableId id, address holder) external;

    /// @notice Moves all units of receivables from an account that was replaced to the current one of its participant,
    /// with what was collected on them and their pledge, whether they still move or not: as if they had been there all
    /// along. No receiver is called. Refused while both accounts have a pledge: until one has ended, each is paid where
    /// it is. By anyone.
    function follow(address former, uint256[] calldata ids) external;

    /// @notice Records default once the last day of payment and grace have passed. By anyone.
    function declareDefault(ReceivableId id) external;

    /// @notice Records that a claim in default is pursued. By a holder of units, or the pledgee of a holder's units,
    /// who may demand payment as well (民法典 445). Changes nothing about what is owed or who is paid.
    /// @param holder account that holds the units.
    /// @param evidenceHash keccak256 of the document the recovery rests on, not zero.
    function startRecovery(ReceivableId id, address holder, bytes32 evidenceHash) external;

    /// @notice Records that nothing more is expected of a claim that is being recovered and more than 60 days late
    /// (账销案存: the claim leaves the books, the right to it stays). No right changes: units and pledges stay where they
    /// are, the late fee keeps accruing, the debtor counts as in default until it has paid, and what it pays later is
    /// collected pro rata as before. Role: arbiter.
    /// @param evidenceHash keccak256 of the document that shows that nothing more can be recovered, not zero.
    function writeOff(ReceivableId id, bytes32 evidenceHash) external;

    /// @notice Stops units from moving and the clock of late fee and default from running, until 30 days after the
    /// first freeze at the latest; 0 unfreezes. Repaying and collecting stay possible. Role: arbiter.
    function freeze(ReceivableId id, uint40 until) external;

    /// @notice Whether units of the receivable can change hands now.
    function isTransferable(ReceivableId id) external view returns (bool);

    /// @notice The receivable.
    function receivable(ReceivableId id) external view returns (Receivable memory);

    /// @notice What `collect` would pay a holder now, its share of the late fee included, fen.
    function collectable(ReceivableId id, address holder) external view returns (uint256);

    /// @notice Last day on which payment is on time: the due day or, if a later announcement made that a holiday, the next
    /// business day.
    function lastPaymentDay(ReceivableId id) external view returns (Day);

    /// @notice Late fee due now: unpaid face value x rate x days late / 360, over all stretches between payments,
    /// rounded half up once, less the fee already paid. A day counts as late from its first second; days on which the
    /// receivable was frozen do not count.
    function lateFeeDue(ReceivableId id) external view returns (uint256);

    /// @notice The late fee as it was left by the last payment or collection.
    function lateFee(ReceivableId id) external view returns (LateFee memory);

    /// @notice Unix second from which default can be declared.
    function defaultsAt(ReceivableId id) external view returns (uint256);

    /// @notice Unix second from which the claim, while unpaid, is in arrears of more than two months.
    function arrearsAt(ReceivableId id) external view returns (uint256);

    /// @notice When the claim was pursued and written off.
    function recoveryOf(ReceivableId id) external view returns (Recovery memory);

    /// @notice Receivables of a debtor that are in default now, those being recovered or written off among them.
    function defaultsOf(ParticipantId debtor) external view returns (uint32);

    /// @notice Units of a receivable not yet burned: face less collected.
    function unitsOf(ReceivableId id) external view returns (uint256);

    /// @notice The pledge on a holder's units.
    function encumbranceOf(ReceivableId id, address holder) external view returns (Encumbrance memory);

    /// @notice Units of a holder that are not pledged.
    function freeUnitsOf(ReceivableId id, address holder) external view returns (uint256);

    /// @notice Number of receivables issued so far: ids run from 1 to this.
    function receivableCount() external view returns (uint256);
}
