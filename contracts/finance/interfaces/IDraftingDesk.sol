// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";
import {DraftId} from "./IReceivables.sol";

/// @dev Where a draft of a claim stands.
enum DraftStatus {
    None,
    /// Waits for the debtor.
    Drafted,
    /// The debtor has confirmed: it is a receivable, for good.
    Confirmed,
    /// Withdrawn by the supplier before it was confirmed.
    Cancelled,
    /// Turned down by the debtor.
    Refused
}

/// @notice What a supplier says it is owed.
struct Invoice {
    ParticipantId debtor;
    /// When goods were handed over or services rendered: what a payment term counts from (国务院令802).
    Day deliveryDay;
    /// The agreed day of payment; on a holiday, the claim falls due on the next business day.
    Day dueDay;
    uint80 amountFen;
    /// The number printed on the VAT invoice; older ones: code and number as one.
    uint128 number;
    /// keccak256 of the VAT invoice's file, which its readers compare with the document about the draft.
    bytes32 fileHash;
}

/// @notice A draft and where it stands.
struct Draft {
    ParticipantId creditor;
    DraftStatus status;
    Invoice invoice;
}

/// @title Where suppliers draft claims and debtors confirm them
/// @notice A supplier drafts what it is owed by a VAT invoice, and thereby consents to being paid by a claim; the
/// debtor's signature confirms it (确权) and makes it a receivable. Until then the supplier can withdraw the draft and
/// the debtor can refuse it; afterwards neither can. What is signed is EIP-712: `ReceivableConfirmation(address
/// debtor,address creditor,uint256 amountFen,uint32 dueDate,uint32 deliveryDate,uint256 invoiceNumber,bytes32
/// invoiceHash,uint256 draft,uint64 expiry)`, dates as numbers a person reads, 20261122. Drafting and confirming are
/// entrances that a deployment's governance switches on for licensed parties.
interface IDraftingDesk {
    /// @notice Thrown when an account, or the account of a participant, does not belong to an active participant.
    error DraftingDesk_ParticipantNotGood(address account);
    /// @notice Thrown when a supplier drafts a claim on itself.
    error DraftingDesk_SameParty(ParticipantId participant);
    /// @notice Thrown when a field of the invoice has no admissible value.
    error DraftingDesk_InvalidInvoice(string field);
    /// @notice Thrown when goods or services would be delivered after today: a claim on them does not exist yet.
    error DraftingDesk_NotDelivered(Day deliveryDay, Day today);
    /// @notice Thrown when a large firm would pay a smaller one later after delivery than the law allows.
    error DraftingDesk_PaymentTermTooLong(uint256 paymentDays, uint256 longest);
    /// @notice Thrown when the draft does not exist, was confirmed, withdrawn or refused.
    error DraftingDesk_WrongStatus(DraftId id, DraftStatus status);
    /// @notice Thrown when the caller is not the supplier who drafted, or the debtor who refuses.
    error DraftingDesk_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when the confirmation has expired.
    error DraftingDesk_Expired(uint64 expiry);
    /// @notice Thrown when neither an ECDSA signature nor the contract at the account vouches for the confirmation.
    error DraftingDesk_InvalidSignature(address debtor);

    /// @notice Emitted when a supplier drafts a claim.
    event ClaimDrafted(
        DraftId indexed id,
        ParticipantId indexed debtor,
        ParticipantId indexed creditor,
        Invoice invoice
    );
    /// @notice Emitted when the debtor's signature makes a draft a receivable; `digest` is what was signed.
    event ClaimConfirmed(DraftId indexed id, ReceivableId indexed receivable, bytes32 digest);
    /// @notice Emitted when the supplier withdraws a draft.
    event DraftCancelled(DraftId indexed id);
    /// @notice Emitted when the debtor refuses a draft; what the reason says stays off chain.
    event DraftRefused(DraftId indexed id, bytes32 reasonHash);

    /// @notice Drafts a claim. By the supplier. Entrance.
    function draft(Invoice calldata invoice) external returns (DraftId id);

    /// @notice Turns a draft into a receivable that the supplier holds. By anyone who has the debtor's signature.
    /// Everything checked when it was drafted is checked again. The amount counts against the debtor's daily limit, see
    /// `ISecondFactor`; what its second factor confirms is `hashConfirmation`. Entrance.
    function confirm(DraftId id, uint64 expiry, bytes calldata signature) external returns (ReceivableId receivable);

    /// @notice Withdraws a draft that is not confirmed. By the supplier.
    function cancel(DraftId id) external;

    /// @notice Refuses a draft that is not confirmed, for good; a signature given before becomes void. By the debtor.
    /// The supplier can draft a corrected one.
    /// @param reasonHash id of the document that says why, or keccak256 of a file that stays off chain.
    function refuse(DraftId id, bytes32 reasonHash) external;

    /// @notice The draft.
    function draftOf(DraftId id) external view returns (Draft memory);

    /// @notice The EIP-712 digest that the debtor signs to confirm a draft until `expiry`, a unix second.
    function hashConfirmation(DraftId id, uint64 expiry) external view returns (bytes32);

    /// @notice Number of drafts so far: ids run from 1 to this.
    function draftCount() external view returns (uint64);
}
