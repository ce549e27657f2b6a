// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {BoundedCall} from "../access/libraries/BoundedCall.sol";
import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {IMarketRules, RuleSet} from "../market/interfaces/IMarketRules.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {FirmSize} from "../types/Enums.sol";
import {ParticipantId, ReceivableId} from "../types/Ids.sol";
import {Draft, DraftStatus, IDraftingDesk, Invoice} from "./interfaces/IDraftingDesk.sol";
import {ConfirmedClaim, DraftId, IReceivables} from "./interfaces/IReceivables.sol";

/// @title DraftingDesk
contract DraftingDesk is IDraftingDesk, AccessManaged, EIP712 {
    using StandingGuard for Standing;

    bytes32 private constant CONFIRMATION_TYPEHASH = keccak256(
        abi.encodePacked(
            "ReceivableConfirmation(address debtor,address creditor,uint256 amountFen,uint32 dueDate,",
            "uint32 deliveryDate,uint256 invoiceNumber,bytes32 invoiceHash,uint256 draft,uint64 expiry)"
        )
    );

    // ---- immutables

    IParticipantRegistry public immutable registry;
    IReceivables public immutable receivables;
    IMarketRules public immutable rules;
    ISecondFactor public immutable secondFactor;

    // ---- storage

    /// @inheritdoc IDraftingDesk
    uint64 public draftCount;
    mapping(DraftId id => Draft) private _drafts;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_,
        IReceivables receivables_,
        IMarketRules rules_,
        ISecondFactor secondFactor_
    ) AccessManaged(authority) EIP712(unicode"Dujiang 都江电力市场", "1") {
        registry = registry_;
        receivables = receivables_;
        rules = rules_;
        secondFactor = secondFactor_;
    }

    // ---- entrances

    /// @inheritdoc IDraftingDesk
    function draft(Invoice calldata invoice) external restricted returns (DraftId id) {
        Standing memory supplier = registry.standingOf(msg.sender);
        _check(supplier, msg.sender, invoice);
        ParticipantId creditor = supplier.id;
        id = DraftId.wrap(++draftCount);
        _drafts[id] = Draft(creditor, DraftStatus.Drafted, invoice);
        emit ClaimDrafted(id, invoice.debtor, creditor, invoice);
    }

    /// @inheritdoc IDraftingDesk
    function confirm(
        DraftId id,
        uint64 expiry,
        bytes calldata signature
    ) external restricted returns (ReceivableId receivable) {
        Draft memory drafted = _drafted(id);
        Invoice memory invoice = drafted.invoice;
        if (block.timestamp > expiry) revert DraftingDesk_Expired(expiry);
        _check(registry.standing(drafted.creditor), registry.accountOf(drafted.creditor), invoice);
        address debtor = registry.accountOf(invoice.debtor);
        bytes32 digest = _digest(id, drafted, expiry);
        if (!BoundedCall.isValidSignature(debtor, digest, signature)) revert DraftingDesk_InvalidSignature(debtor);
        // The debtor spends, not the sender.
        if (registry.standing(invoice.debtor).factor != 0) {
            secondFactor.spendOnce(invoice.debtor, digest, invoice.amountFen);
        }

        _drafts[id].status = DraftStatus.Confirmed;
        receivable = receivables.issueConfirmed(
            ConfirmedClaim({
                draft: id,
                debtor: invoice.debtor,
                creditor: drafted.creditor,
                dueDay: invoice.dueDay,
                faceFen: invoice.amountFen,
                invoiceNumber: invoice.number,
                invoiceHash: invoice.fileHash
            })
        );
        emit ClaimConfirmed(id, receivable, digest);
    }

    // ---- finishing: no role, no standing, no gate

    /// @inheritdoc IDraftingDesk
    function cancel(DraftId id) external {
        _checkParty(_drafted(id).creditor);
        _drafts[id].status = DraftStatus.Cancelled;
        emit DraftCancelled(id);
    }

    /// @inheritdoc IDraftingDesk
    function refuse(DraftId id, bytes32 reasonHash) external {
        _checkParty(_drafted(id).invoice.debtor);
        _drafts[id].status = DraftStatus.Refused;
        emit DraftRefused(id, reasonHash);
    }

    // ---- views

    /// @inheritdoc IDraftingDesk
    function draftOf(DraftId id) external view returns (Draft memory) {
        return _drafts[id];
    }

    /// @inheritdoc IDraftingDesk
    function hashConfirmation(DraftId id, uint64 expiry) external view returns (bytes32) {
        return _digest(id, _drafted(id), expiry);
    }

    // ---- internals

    function _drafted(DraftId id) private view returns (Draft memory drafted) {
        drafted = _drafts[id];
        if (drafted.status != DraftStatus.Drafted) revert DraftingDesk_WrongStatus(id, drafted.status);
    }

    function _checkParty(ParticipantId party) private view {
        if (registry.accountOf(party) != msg.sender) revert DraftingDesk_NotParty(msg.sender, party);
    }

    function _check(Standing memory supplier, address account, Invoice memory invoice) private view {
        if (!supplier.isGood()) revert DraftingDesk_ParticipantNotGood(account);
        Standing memory debtor = registry.standing(invoice.debtor);
        if (!debtor.isGood()) revert DraftingDesk_ParticipantNotGood(registry.accountOf(invoice.debtor));
        if (supplier.id == invoice.debtor) revert DraftingDesk_SameParty(supplier.id);
        if (invoice.amountFen == 0) revert DraftingDesk_InvalidInvoice("amountFen");
        if (invoice.number == 0) revert DraftingDesk_InvalidInvoice("number");
        if (invoice.fileHash == 0) revert DraftingDesk_InvalidInvoice("fileHash");
        Day today = Calendar.today();
        if (invoice.deliveryDay > today) revert DraftingDesk_NotDelivered(invoice.deliveryDay, today);
        if (invoice.dueDay < invoice.deliveryDay) revert DraftingDesk_InvalidInvoice("dueDay");
        if (_isProtected(supplier.size, debtor.size)) _checkTerm(invoice, today);
    }

    /// @dev Counted from delivery, so that issuing late does not prolong the term.
    function _checkTerm(Invoice memory invoice, Day today) private view {
        (, RuleSet memory set) = rules.ruleSetOn(today);
        uint256 paymentDays = Day.unwrap(invoice.dueDay) - Day.unwrap(invoice.deliveryDay);
        if (paymentDays > set.smallSellerPaymentDays) {
            revert DraftingDesk_PaymentTermTooLong(paymentDays, set.smallSellerPaymentDays);
        }
    }

    /// @dev As in `TradeRules`: a large firm owes a micro, small or medium one.
    function _isProtected(FirmSize supplier, FirmSize debtor) private pure returns (bool) {
        return debtor == FirmSize.Large && supplier.isSme();
    }

    function _digest(DraftId id, Draft memory drafted, uint64 expiry) private view returns (bytes32) {
        Invoice memory invoice = drafted.invoice;
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        CONFIRMATION_TYPEHASH,
                        registry.accountOf(invoice.debtor),
                        registry.accountOf(drafted.creditor),
                        invoice.amountFen,
                        Calendar.dateNumber(invoice.dueDay),
                        Calendar.dateNumber(invoice.deliveryDay),
                        invoice.number,
                        invoice.fileHash,
                        id,
                        expiry
                    )
                )
            );
    }
}
