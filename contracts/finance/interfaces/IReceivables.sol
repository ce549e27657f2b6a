// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {DebtId, ParticipantId, ReceivableId} from "../../types/Ids.sol";

/// @dev A draft of a drafting desk, numbered from 1.
type DraftId is uint64;

/// @dev A pledge of units, numbered from 1.
type EncumbranceId is uint64;

/// @notice A debt whose creditor's side is divided into units. What is owed of it, and since when, the debt says.
struct Receivable {
    // slot 0
    DebtId debt;
    ParticipantId debtor;
    Day issueDay;
    /// A business day by the calendar of the day of issue.
    Day dueDay;
    /// What was unpaid when it was issued: as many units.
    uint80 faceFen;
    // slot 1: keccak256 of the VAT invoice's file; zero if none was given
    bytes32 invoiceHash;
}

/// @notice What a debtor has confirmed.
struct ConfirmedClaim {
    DraftId draft;
    ParticipantId debtor;
    ParticipantId creditor;
    /// As the parties agreed it; on a holiday, the claim falls due on the next business day.
    Day dueDay;
    uint80 faceFen;
    uint128 invoiceNumber;
    /// keccak256 of the VAT invoice's file, not zero.
    bytes32 invoiceHash;
}

/// @notice A pledge (质押) of units that stay with their holder: at most one for each receivable and holder.
struct Encumbrance {
    EncumbranceId id;
    ParticipantId pledgee;
    /// As many units cannot be passed on, and as many fen of what the holder collects go to the pledgee first; 0 if there
    /// is no pledge.
    uint128 units;
}

/// @title Receivables: debts whose creditor's side is divided into units
/// @notice ERC-1155: id = one receivable, units = fen of face value, so splitting and passing on a claim (拆分流转) is a
/// transfer between participants in good standing. The debtor pays the debt, see `IDebtLedger`; what it pays is held, and
/// from the due day on, or once all is paid, holders are paid pro rata. Units stop moving on the due day, and while the
/// debtor is in default or the debt's clock stands still: a part payment before it takes nothing from their holders.
/// Issuing is an entrance that a deployment's governance switches on for licensed parties; collecting needs nothing but
/// the units. Units passed on or pledged, and pledges released, count against the daily limit of who gives them up, at face
/// value, see `ISecondFactor`.
interface IReceivables {
    /// @notice Thrown when an account does not belong to an active participant.
    error Receivables_ParticipantNotGood(address account);
    /// @notice Thrown when the caller is not the participant who may do this.
    error Receivables_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when the receivable does not exist.
    error Receivables_Unknown(ReceivableId id);
    /// @notice Thrown when a drafted claim and one out of a trade would rest on the same VAT invoice, or two drafted ones.
    error Receivables_InvoiceUsed(bytes32 invoiceHash);
    /// @notice Thrown when nothing remains until the due day, or more than the rules allow.
    error Receivables_TenorOutOfRange(uint256 tenorDays, uint256 longest);
    /// @notice Thrown when the debtor is in default and gets no new receivables.
    error Receivables_DebtorInDefault(ParticipantId debtor);
    /// @notice Thrown when units do not move: the debt is due, paid or standing still, or its debtor in default.
    error Receivables_UnitsFixed(ReceivableId id);
    /// @notice Thrown when the caller is neither the holder nor its pledgee, or the account holds no units.
    error Receivables_NotHolder(ReceivableId id, address holder, address caller);
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
    /// @notice Thrown when the account was never replaced by another.
    error Receivables_NotFormerAccount(address account);

    /// @notice Emitted when a debt becomes a receivable; the creditor holds all units. `forRecovery` marks one whose units do
    /// not move when it is issued, because it is due or stands still, or its debtor is in default; `betweenAffiliates` one
    /// whose debtor and creditor had the same controller then.
    event ReceivableIssued(
        ReceivableId indexed id,
        DebtId indexed debt,
        ParticipantId indexed creditor,
        Receivable terms,
        bool forRecovery,
        bool betweenAffiliates
    );
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

    /// @notice Turns what is unpaid of a debt into a receivable. By the creditor, whose consent this is. Within the longest
    /// tenor; a debt that is due, or whose debtor is in default, can be divided too, to recover it: its units never move, or
    /// not before the debtor has paid what it defaulted on. Entrance: switched on per deployment.
    function issueFromDebt(DebtId debt, bytes32 invoiceHash) external returns (ReceivableId id);

    /// @notice Turns what a debtor has confirmed into a debt, and that into a receivable that the creditor holds. The due day
    /// must lie ahead, the debtor not be in default, and the number of the invoice be new between the two.
    /// Role: claim desk, which answers for the debtor's confirmation, the creditor's consent, both parties' standing and
    /// the payment term between them.
    function issueConfirmed(ConfirmedClaim calldata claim) external returns (ReceivableId id);

    /// @notice Pays holders their share of what was paid, and of the late fee paid: floor(units on the due day x paid / face)
    /// less what they had. Nothing before the due day unless all is paid. While part is unpaid, less than one fen per holder
    /// stays held by rounding;
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

    /// @notice Records that a debt in default is pursued, see `IDebtLedger.startRecovery`. By a holder of units, or the pledgee
    /// of a holder's units, who may demand payment as well (民法典 445).
    /// @param holder account that holds the units.
    /// @param evidenceHash id of the document the recovery rests on, or keccak256 of its file; not zero.
    function startRecovery(ReceivableId id, address holder, bytes32 evidenceHash) external;

    /// @notice Whether units of the receivable can change hands now.
    function isTransferable(ReceivableId id) external view returns (bool);

    /// @notice The receivable.
    function receivable(ReceivableId id) external view returns (Receivable memory);

    /// @notice What `collect` would pay a holder now, its share of the late fee included, fen.
    function collectable(ReceivableId id, address holder) external view returns (uint256);

    /// @notice Units of a receivable not yet burned: face less collected.
    function unitsOf(ReceivableId id) external view returns (uint256);

    /// @notice The pledge on a holder's units.
    function encumbranceOf(ReceivableId id, address holder) external view returns (Encumbrance memory);

    /// @notice Units of a holder that are not pledged.
    function freeUnitsOf(ReceivableId id, address holder) external view returns (uint256);

    /// @notice Number of receivables issued so far: ids run from 1 to this.
    function receivableCount() external view returns (uint256);
}
