// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {ParticipantId} from "../../types/Ids.sol";

/// @notice Where a subject stands with one second factor.
enum Confirmation {
    None,
    Given,
    /// Used up, by a subject that is used only once.
    Used
}

/// @notice What a participant spends of a day's limit, and on what.
struct Spending {
    ParticipantId participant;
    /// Digest of the order or trade.
    bytes32 subject;
    uint256 amountFen;
}

/// @title What a participant's key may commit alone
/// @notice A participant with a second factor commits no more in a day than its limit with its key alone. A commitment
/// that would pass the limit must be confirmed by the second factor, and counts as well. Participants without one have
/// no limit. Days are Shanghai's, on which it commits itself and not of delivery. What has no price on chain is not
/// counted but confirmed, each time. Only what is new is guarded: what is open is settled, released and repaid without
/// this check. `scripts/deploy/permissions.ts` says of every function of the platform whether it is guarded, and how.
interface ISecondFactor {
    /// @notice Thrown when the participant has no second factor that could confirm.
    error SecondFactor_NoFactor(ParticipantId participant);
    /// @notice Thrown when the second factor in force did not sign the subject.
    error SecondFactor_InvalidSignature(ParticipantId participant, bytes32 subject);
    /// @notice Thrown when the day's exposure would pass the limit without a confirmation that is still good.
    error SecondFactor_Required(
        ParticipantId participant,
        bytes32 subject,
        uint256 exposureFen,
        uint256 amountFen,
        uint64 exposureLimitFen
    );
    /// @notice Thrown when something that no limit covers comes without a confirmation that is still good.
    error SecondFactor_AlwaysRequired(ParticipantId participant, bytes32 subject);

    /// @notice Emitted when a second factor confirms: from now on the participant may commit itself by the subject.
    event SubjectConfirmed(ParticipantId indexed participant, bytes32 indexed subject, uint32 factor);
    /// @notice Emitted when a confirmation is used up, by a subject that is used only once.
    event ConfirmationUsed(ParticipantId indexed participant, bytes32 indexed subject, uint32 factor);
    /// @notice Emitted when a participant with a second factor commits itself; `exposureFen` is the day's sum with it.
    event ExposureRecorded(
        ParticipantId indexed participant,
        Day indexed day,
        bytes32 indexed subject,
        uint256 amountFen,
        uint256 exposureFen
    );

    /// @notice Records that the participant's second factor confirms a subject. By anyone who has the signature.
    /// @dev What carries a nonce or a number of its own is its EIP-712 digest, and confirmed for all of its parts: an
    /// order or a bilateral trade (`ITradeEscrow.hashOrder`, `hashTrade`), a debtor's confirmation of a drafted claim
    /// (`IDraftingDesk.hashConfirmation`). Everything else is a call by the participant, or by whom it allowed to move
    /// its deposits, units or kWh: its subject is `callSubject`, good on one day and, where it is needed, once.
    /// @param signature by the second factor, of `confirmationDigest`. A passkey's challenge is that digest.
    function confirm(ParticipantId participant, bytes32 subject, bytes calldata signature) external;

    /// @notice Counts what both sides of a trade commit; reverts where one passes its limit unconfirmed. Sides without a second
    /// factor are not counted. Role: exposure book.
    function spendBoth(Spending calldata seller, Spending calldata buyer) external;

    /// @notice Counts what a participant commits by something that carries no nonce of its own; reverts where it passes
    /// the limit unconfirmed, and uses the confirmation up, for good. Role: exposure book.
    function spendOnce(ParticipantId participant, bytes32 subject, uint256 amountFen) external;

    /// @notice Uses a confirmation up, for good, of something that has no price to count; reverts without one. Asks
    /// nothing of a participant without a second factor. Role: exposure book.
    function useConfirmation(ParticipantId participant, bytes32 subject) external;

    /// @notice Whether the participant may commit itself so today.
    function allows(ParticipantId participant, bytes32 subject, uint256 amountFen) external view returns (bool);

    /// @notice Where a subject stands with the second factor in force; what a former one confirmed is void.
    function confirmationOf(ParticipantId participant, bytes32 subject) external view returns (Confirmation);

    /// @notice What a participant with a second factor has committed on a day, in fen.
    function exposureOf(ParticipantId participant, Day day) external view returns (uint256);

    /// @notice What the second factor signs: the EIP-712 digest of `Confirmation(uint32 participant,bytes32 subject)`
    /// under the domain of this contract. A type of its own, so that no order, trade or claim that the same key signs
    /// ever counts as a confirmation.
    function confirmationDigest(ParticipantId participant, bytes32 subject) external view returns (bytes32);

    /// @notice The subject of a call that gives away, pledges or commits something of the participant's without a nonce.
    /// @param target the contract that is called.
    /// @param participant whose it is: the one who spends, not who sends the call.
    /// @param call selector and arguments, to the byte.
    /// @param day the day of Shanghai on which the call is made.
    function callSubject(
        address target,
        ParticipantId participant,
        bytes calldata call,
        Day day
    ) external view returns (bytes32);
}
