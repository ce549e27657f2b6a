// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../types/Ids.sol";
import {ISettlementBanks} from "./ISettlementBanks.sol";

/// @notice One movement out of a hold.
struct HoldMove {
    ParticipantId payer;
    /// Who receives the money; 0 returns it to the payer's free balance.
    ParticipantId payee;
    uint128 amountFen;
}

/// @title Tokenized deposits of the settlement banks, in fen
/// @notice ERC-20 with permit and two decimals: one money, each participant's a claim on the bank that keeps its account, see
/// `ISettlementBanks`. Balances belong to participants, not to keys: the participant's current account disposes of them. A
/// participant without a bank can be paid and can repay; to hold, transfer and redeem it needs one that is open. Escrow is a hold: money that stays in the payer's account, locked for a notary contract
/// that can pay it to a participant or release it. A holder opts in per notary; the role gates only new obligations;
/// the right to pay or release comes from the hold itself. A transfer counts against the payer's daily limit, see
/// `ISecondFactor`: a stolen key could pay an accomplice as well as trade with one. Redeeming does not, since the bank
/// pays out to the participant's own account.
interface IDepositToken is ISettlementBanks {
    /// @notice Thrown when an account does not belong to an active participant (for a transfer) or to an approved one
    /// (elsewhere).
    error DepositToken_ParticipantNotGood(address account);
    /// @notice Thrown when the bank has frozen the account.
    error DepositToken_Frozen(ParticipantId participant);
    /// @notice Thrown when the free balance (balance less holds) does not cover the amount.
    error DepositToken_InsufficientFree(ParticipantId participant, uint256 freeFen, uint256 amountFen);
    /// @notice Thrown when the holder has not opted in to the notary.
    error DepositToken_NotOptedIn(ParticipantId participant, address notary);
    /// @notice Thrown when the contract was never approved as a notary.
    error DepositToken_NotNotary(address notary);
    /// @notice Thrown when a notary moves more than it holds of a payer.
    error DepositToken_ExceedsHold(ParticipantId payer, address notary, uint256 heldFen, uint256 amountFen);
    /// @notice Thrown when a payee does not exist.
    error DepositToken_UnknownParticipant(ParticipantId participant);
    /// @notice Thrown when two arrays that belong together differ in length.
    error DepositToken_LengthMismatch(uint256 left, uint256 right);

    /// @notice Emitted when a bank issues deposits against money it received.
    event Issued(
        ParticipantId indexed participant,
        ParticipantId indexed bank,
        uint256 amountFen,
        bytes32 indexed bankReference
    );
    /// @notice Emitted when a holder redeems deposits; its bank pays out under the reference.
    event Redeemed(
        ParticipantId indexed participant,
        ParticipantId indexed bank,
        uint256 amountFen,
        bytes32 indexed bankReference
    );
    /// @notice Emitted when governance admits a notary, for good: it can pay out what it holds even when it may hold no
    /// more.
    event NotaryApproved(address indexed notary);
    /// @notice Emitted when a holder lets a notary place holds, or stops letting it.
    event NotaryOptIn(ParticipantId indexed participant, address indexed notary, bool allowed);
    /// @notice Emitted when money of payers is locked for a notary.
    event Held(address indexed notary, ParticipantId[] payers, uint256[] amountsFen);
    /// @notice Emitted when a notary pays held money to payees, or returns it where the payee is 0.
    event HoldsReduced(address indexed notary, HoldMove[] moves);
    /// @notice Emitted when the bank freezes or unfreezes an account.
    event FrozenChanged(ParticipantId indexed participant, bool frozen, bytes32 reason);

    /// @notice Issues deposits to the account of a participant that the calling bank keeps, in any standing: debts must be
    /// payable. Within the bank's cap; a reference is booked once by a bank. Role: bank.
    function issue(address to, uint256 amountFen, bytes32 bankReference) external;

    /// @notice Redeems the caller's free deposits, in any standing unless frozen, with its bank, if that is open; it pays the
    /// money out under `bankReference`, which is the caller's own and need not be new.
    function redeem(uint256 amountFen, bytes32 bankReference) external;

    /// @notice Admits a notary contract for good. New holds also need the notary role. Role: council.
    function approveNotary(address notary) external;

    /// @notice Lets an approved notary place holds on the caller's deposits, or stops it; holds that exist stay.
    function optIn(address notary, bool allowed) external;

    /// @notice Freezes or unfreezes a participant's free balance: transfers, redemptions and new holds stop; holds that
    /// exist are paid and released, debts are repaid. By the bank that keeps the account. Role: bank.
    function setFrozen(ParticipantId participant, bool frozen, bytes32 reason) external;

    /// @notice Locks money of many payers for the calling notary, all or nothing. Each payer's bank must be open. Role:
    /// notary. A payer may occur more than once.
    function holdMany(ParticipantId[] calldata payers, uint256[] calldata amountsFen) external;

    /// @notice Locks money of a payer who discharges an obligation that exists. By any approved notary the payer opted
    /// in to, even without its role, on frozen accounts and with a closed bank too. The notary vouches for the payer's consent.
    function holdToRepay(ParticipantId payer, uint256 amountFen) external;

    /// @notice Pays out of, or releases, holds of the calling notary, in order. Nothing but the hold is needed.
    function moveHolds(HoldMove[] calldata moves) external;

    /// @notice Balance less all holds.
    function freeOf(ParticipantId participant) external view returns (uint256);

    /// @notice What `notary` could hold now of each participant: the free balance, or 0 if frozen, not opted in or without an
    /// open bank.
    function holdableOf(ParticipantId[] calldata participants, address notary) external view returns (uint256[] memory);

    /// @notice What `notary` holds of a participant.
    function heldBy(ParticipantId participant, address notary) external view returns (uint256);

    /// @notice What all notaries hold of a participant.
    function heldOf(ParticipantId participant) external view returns (uint256);

    /// @notice Balance of a participant, holds included.
    function balanceOfParticipant(ParticipantId participant) external view returns (uint256);

    /// @notice Whether a holder lets the notary place holds.
    function hasOptedIn(ParticipantId participant, address notary) external view returns (bool);

    /// @notice Whether the bank has frozen the account.
    function isFrozen(ParticipantId participant) external view returns (bool);

    /// @notice Whether the contract was ever admitted as a notary.
    function isNotary(address notary) external view returns (bool);
}
