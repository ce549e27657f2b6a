// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../types/Ids.sol";

/// @title Settlement banks of one deposit token
/// @notice A deposit is a claim on the bank that keeps its holder's account. A bank issues to its own customers, and its
/// customers redeem with it. Its position is what it issued less what was redeemed with it, corrected by what banks paid
/// each other: the money that it received for deposits and has not handed on. When customers of one bank pay those of
/// another, positions stay and claims move; banks settle the difference at the central bank, and the receiver confirms it
/// here. A cap bounds what a bank issues, and 0 closes it: its customers' deposits can be paid out of holds and repay
/// debts, and stay otherwise until another bank keeps the account.
interface ISettlementBanks {
    /// @notice Thrown when the caller is not the account of an active settlement bank: a participant of kind `BANK`, not
    /// suspended, that the council once set a cap for.
    error DepositToken_NotBank(address account);
    /// @notice Thrown when the council never set a cap for the participant.
    error DepositToken_UnknownBank(ParticipantId bank);
    /// @notice Thrown when there is no more room for another bank.
    error DepositToken_TooManyBanks(uint256 most);
    /// @notice Thrown when another bank than the caller's, or none, keeps the participant's account.
    error DepositToken_NotItsBank(ParticipantId participant, ParticipantId caller, ParticipantId bank);
    /// @notice Thrown when no bank keeps the account of a participant that is to move.
    error DepositToken_NoBank(ParticipantId participant);
    /// @notice Thrown when a bank keeps the participant's account already.
    error DepositToken_HasBank(ParticipantId participant, ParticipantId bank);
    /// @notice Thrown when the bank that would take part for the participant is closed; `bank` is 0 where none keeps its
    /// account.
    error DepositToken_BankClosed(ParticipantId participant, ParticipantId bank);
    /// @notice Thrown when registrars would move a customer whose bank is open, and can speak for itself.
    error DepositToken_BankOpen(ParticipantId participant, ParticipantId bank);
    /// @notice Thrown when a bank's position would pass its cap.
    error DepositToken_CapExceeded(ParticipantId bank, int256 positionFen, uint256 amountFen, uint256 capFen);
    /// @notice Thrown when the bank booked the reference before.
    error DepositToken_ReferenceUsed(ParticipantId bank, bytes32 bankReference);
    /// @notice Thrown when what a registrar approves was not proposed.
    error DepositToken_MoveMismatch(ParticipantId participant, ParticipantId toBank, bytes32 reasonHash);
    /// @notice Thrown when the registrar that proposed a move approves it.
    error DepositToken_SamePerson(address registrar);
    /// @notice Thrown when a registrar acts through the access manager, which hides which of them it is.
    error DepositToken_NotInPerson();

    /// @notice Emitted when the council sets a bank's cap; 0 closes the bank.
    event CapChanged(ParticipantId indexed bank, uint256 capFen);
    /// @notice Emitted when a bank starts keeping the account of a participant that had none.
    event AccountOpened(ParticipantId indexed participant, ParticipantId indexed bank);
    /// @notice Emitted when one of the two banks of a move gives its word, or takes it back. `by` is a closed bank where
    /// two registrars speak for it.
    event MoveConfirmed(
        ParticipantId indexed participant,
        ParticipantId indexed by,
        ParticipantId indexed toBank,
        bool confirmed
    );
    /// @notice Emitted when a registrar proposes another bank for a customer of a closed one.
    event MoveProposed(
        ParticipantId indexed participant,
        ParticipantId indexed toBank,
        address indexed registrar,
        bytes32 reasonHash
    );
    /// @notice Emitted when a second registrar approves: both together speak for the closed bank.
    event MoveApproved(ParticipantId indexed participant, ParticipantId indexed toBank, address indexed registrar);
    /// @notice Emitted when another bank keeps a participant's account from now on.
    event AccountMoved(ParticipantId indexed participant, ParticipantId indexed fromBank, ParticipantId indexed toBank);
    /// @notice Emitted when a bank confirms that it received money from another, outside.
    event BanksSettled(
        ParticipantId indexed fromBank,
        ParticipantId indexed toBank,
        uint256 amountFen,
        bytes32 indexed bankReference
    );

    /// @notice Sets how far a bank's position may grow by issuing; 0 closes the bank, more opens it again. The first cap
    /// makes the participant a settlement bank, enrolled or not: what it may do it can do once it is enrolled as a bank.
    /// Role: council.
    function setCap(ParticipantId bank, uint80 capFen) external;

    /// @notice Makes the calling bank keep the account of a participant that no bank keeps. Role: bank.
    function openAccount(ParticipantId participant) external;

    /// @notice Gives the calling bank's word that a participant moves to `toBank`, or takes it back. By the bank that keeps
    /// the account and by `toBank`, in either order; the second word moves it, balance and holds included. Role: bank.
    function confirmMove(ParticipantId participant, ParticipantId toBank, bool confirmed) external;

    /// @notice Proposes another bank for a customer of a closed one; replaces what was proposed before. Role: registrar.
    /// @param reasonHash id of the document with the reason, or keccak256 of a file that stays off chain.
    function proposeMove(ParticipantId participant, ParticipantId toBank, bytes32 reasonHash) external;

    /// @notice Gives the closed bank's word in its place, by another registrar than the proposer's. The move takes effect
    /// when `toBank` has confirmed it, before or after. Role: registrar.
    function approveMove(ParticipantId participant, ParticipantId toBank, bytes32 reasonHash) external;

    /// @notice Confirms that the calling bank received money from `fromBank` at the central bank: the position of the one
    /// falls, that of the caller rises. Changes no deposit. A reference is booked once by a bank.
    function settleBetween(ParticipantId fromBank, uint256 amountFen, bytes32 bankReference) external;

    /// @notice The bank that keeps a participant's account; 0 if none does.
    function bankOf(ParticipantId participant) external view returns (ParticipantId);

    /// @notice Issued less redeemed, less what was paid to other banks, plus what was received of them, in fen. Negative
    /// where a bank paid out for others. The positions of all banks add up to the supply.
    function positionOf(ParticipantId bank) external view returns (int256);

    /// @notice How far the position may grow by issuing, in fen; 0 while the bank is closed.
    function capOf(ParticipantId bank) external view returns (uint256);

    /// @notice All settlement banks, closed ones too, in the order of their first caps.
    function banks() external view returns (ParticipantId[] memory);
}
