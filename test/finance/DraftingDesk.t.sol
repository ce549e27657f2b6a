// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Debt, DebtStatus, IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {Draft, DraftStatus, IDraftingDesk, Invoice} from "../../contracts/finance/interfaces/IDraftingDesk.sol";
import {ConfirmedClaim, DraftId, IReceivables, Receivable} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Day} from "../../contracts/types/Day.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";
import {HostileWallet, SigningWallet, Spite} from "../utils/Wallets.sol";

contract DraftingDeskTest is FinancePlatform {
    string internal constant WORKS = "Deyang turbine works";
    uint64 internal constant NEVER = type(uint64).max;
    /// @dev Half of the order of secp256k1, doubled and one: what a high s is subtracted from.
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    /// @dev The supplier delivered cables worth 12,345.67 元 on the day before, to be paid in sixty days.
    function _invoice() internal view returns (Invoice memory) {
        Day deliveryDay = Day.wrap(Day.unwrap(START) - 1);
        return
            Invoice({
                debtor: worksId,
                deliveryDay: deliveryDay,
                dueDay: deliveryDay.plusDays(60),
                amountFen: 1_234_567,
                number: 26_512_000_000_012_345_678,
                fileHash: "file of the invoice"
            });
    }

    function _draft(Invoice memory invoice) internal returns (DraftId) {
        vm.prank(supplier);
        return drafting.draft(invoice);
    }

    function _confirm(DraftId id) internal returns (ReceivableId) {
        return drafting.confirm(id, NEVER, _confirmation(WORKS, id, NEVER));
    }

    function _refuses(Invoice memory invoice, bytes memory revertData) internal {
        vm.prank(supplier);
        vm.expectRevert(revertData);
        drafting.draft(invoice);
    }

    function _refusesField(Invoice memory invoice, string memory field) internal {
        _refuses(invoice, abi.encodeWithSelector(IDraftingDesk.DraftingDesk_InvalidInvoice.selector, field));
    }

    function _notGood(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDraftingDesk.DraftingDesk_ParticipantNotGood.selector, account);
    }

    function _refusesStatus(DraftId id, DraftStatus status) internal {
        vm.expectRevert(abi.encodeWithSelector(IDraftingDesk.DraftingDesk_WrongStatus.selector, id, status));
    }

    /// @dev Somebody of a size, by the name of the key.
    function _firm(string memory name, FirmSize size) internal returns (address account, ParticipantId id) {
        account = _named(name);
        id = _enrol(account, Kinds.SUPPLIER, size);
    }

    // ---- draft

    function test_draft_waitsForTheDebtor() public {
        Invoice memory invoice = _invoice();
        vm.expectEmit(address(drafting));
        emit IDraftingDesk.ClaimDrafted(DraftId.wrap(1), worksId, supplierId, invoice);
        DraftId id = _draft(invoice);
        assertEq(drafting.draftCount(), 1, "count");
        Draft memory expected = Draft(supplierId, DraftStatus.Drafted, invoice);
        assertEq(abi.encode(drafting.draftOf(id)), abi.encode(expected), "draft");
        assertEq(receivables.receivableCount(), 0, "no claim yet");
    }

    function test_draft_revertsWhereClosed() public {
        _close(address(drafting), true);
        _refuses(_invoice(), abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, supplier));
    }

    function test_draft_revertsWithoutGoodStanding() public {
        Invoice memory invoice = _invoice();
        vm.prank(stranger);
        vm.expectRevert(_notGood(stranger));
        drafting.draft(invoice);
        invoice.debtor = ParticipantId.wrap(99);
        _refuses(invoice, _notGood(address(0)));
        _suspend(worksId);
        _refuses(_invoice(), _notGood(works));
        _suspend(supplierId);
        _refuses(_invoice(), _notGood(supplier));
    }

    function test_draft_revertsOnAClaimOnOneself() public {
        Invoice memory invoice = _invoice();
        invoice.debtor = supplierId;
        _refuses(invoice, abi.encodeWithSelector(IDraftingDesk.DraftingDesk_SameParty.selector, supplierId));
    }

    function test_draft_revertsForAnIncompleteInvoice() public {
        Invoice memory invoice = _invoice();
        invoice.amountFen = 0;
        _refusesField(invoice, "amountFen");
        invoice = _invoice();
        invoice.number = 0;
        _refusesField(invoice, "number");
        invoice = _invoice();
        invoice.fileHash = 0;
        _refusesField(invoice, "fileHash");
        invoice = _invoice();
        invoice.dueDay = Day.wrap(Day.unwrap(invoice.deliveryDay) - 1);
        _refusesField(invoice, "dueDay");
    }

    function test_draft_revertsBeforeDelivery() public {
        Invoice memory invoice = _invoice();
        invoice.deliveryDay = START.plusDays(1);
        bytes memory refusal = abi.encodeWithSelector(
            IDraftingDesk.DraftingDesk_NotDelivered.selector,
            START.plusDays(1),
            START
        );
        _refuses(invoice, refusal);
        _goToLastSecondOf(START);
        _refuses(invoice, refusal);
        _goTo(START.plusDays(1));
        // Due on the day of delivery is not before it; whether that is tenor enough, confirming asks.
        invoice.dueDay = invoice.deliveryDay;
        _draft(invoice);
    }

    function test_draft_givesALargeFirmSixtyDaysFromDeliveryToPayASmallerOne() public {
        (, ParticipantId large) = _firm("large", FirmSize.Large);
        (address small, ) = _firm("small", FirmSize.Small);
        (address medium, ) = _firm("medium", FirmSize.Medium);
        (address alsoLarge, ) = _firm("also large", FirmSize.Large);
        (address unspecified, ) = _firm("unspecified", FirmSize.Unspecified);
        Invoice memory invoice = _invoice();
        invoice.debtor = large;
        vm.prank(small);
        drafting.draft(invoice);
        // Sixty-one days from delivery, though only sixty from today.
        invoice.dueDay = invoice.dueDay.plusDays(1);
        bytes memory tooLong = abi.encodeWithSelector(IDraftingDesk.DraftingDesk_PaymentTermTooLong.selector, 61, 60);
        vm.prank(small);
        vm.expectRevert(tooLong);
        drafting.draft(invoice);
        vm.prank(medium);
        vm.expectRevert(tooLong);
        drafting.draft(invoice);
        vm.prank(alsoLarge);
        drafting.draft(invoice);
        vm.prank(unspecified);
        drafting.draft(invoice);
        // Between firms that are not large.
        invoice.debtor = worksId;
        vm.prank(small);
        drafting.draft(invoice);
    }

    // ---- confirm

    function test_confirm_makesTheDraftAReceivable() public {
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        bytes32 digest = drafting.hashConfirmation(id, NEVER);
        vm.expectEmit(address(drafting));
        emit IDraftingDesk.ClaimConfirmed(id, ReceivableId.wrap(1), digest);
        vm.prank(stranger);
        ReceivableId claim = drafting.confirm(id, NEVER, signature);
        Receivable memory expected = Receivable({
            debt: DebtId.wrap(1),
            debtor: worksId,
            issueDay: START,
            // The sixtieth day, 2027-01-20, is a Wednesday.
            dueDay: START.plusDays(59),
            faceFen: 1_234_567,
            invoiceHash: "file of the invoice"
        });
        assertEq(abi.encode(receivables.receivable(claim)), abi.encode(expected), "claim");
        assertEq(_unitsOf(supplier, claim), 1_234_567, "units");
        _isPosted(_invoice());
        assertEq(uint256(drafting.draftOf(id).status), uint256(DraftStatus.Confirmed), "status");

        // It lives like any other.
        _pass(supplier, plant, claim, 567);
        _goTo(START.plusDays(59));
        _repay(claim, 1_234_567);
        _collect(claim, plant);
        _collect(claim, supplier);
        assertEq(deposits.balanceOfParticipant(supplierId), 1_234_000, "supplier");
    }

    function _isPosted(Invoice memory invoice) private view {
        Debt memory wanted = Debt({
            debtor: worksId,
            creditor: supplierId,
            issueDay: START,
            dueDay: invoice.dueDay,
            code: DebtCode.ConfirmedClaim,
            status: DebtStatus.Outstanding,
            book: 1,
            amountFen: invoice.amountFen
        });
        assertEq(abi.encode(debts.debtOf(DebtId.wrap(1))), abi.encode(wanted), "debt");
        assertTrue(debts.isPosted(DebtCode.ConfirmedClaim, _sourceOf(invoice)), "once for the number of the invoice");
    }

    function _sourceOf(Invoice memory invoice) private view returns (bytes32) {
        return keccak256(abi.encode(invoice.debtor, supplierId, invoice.number));
    }

    function test_confirm_showsThePersonWhatIsOwed() public {
        DraftId id = _draft(_invoice());
        bytes32 typeHash = keccak256(
            "ReceivableConfirmation(address debtor,address creditor,uint256 amountFen,uint32 dueDate,uint32 deliveryDate,uint256 invoiceNumber,bytes32 invoiceHash,uint256 draft,uint64 expiry)"
        );
        bytes memory message = abi.encode(
            typeHash,
            works,
            supplier,
            uint256(1_234_567),
            uint256(20_270_120),
            uint256(20_261_121),
            uint256(26_512_000_000_012_345_678),
            bytes32("file of the invoice"),
            uint256(1),
            uint256(1_800_000_000)
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(unicode"Dujiang 都江电力市场")),
                keccak256("1"),
                block.chainid,
                address(drafting)
            )
        );
        assertEq(
            drafting.hashConfirmation(id, 1_800_000_000),
            keccak256(abi.encodePacked(hex"1901", domain, keccak256(message))),
            "digest"
        );
    }

    function test_confirm_revertsWhereClosed() public {
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        _close(address(drafting), true);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        drafting.confirm(id, NEVER, signature);
    }

    function test_confirm_worksOnce() public {
        DraftId unknown = DraftId.wrap(1);
        _refusesStatus(unknown, DraftStatus.None);
        drafting.confirm(unknown, NEVER, "");
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        drafting.confirm(id, NEVER, signature);
        _refusesStatus(id, DraftStatus.Confirmed);
        drafting.confirm(id, NEVER, signature);
    }

    function test_confirm_beyondTheDebtorsLimitTakesItsSecondFactor() public {
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        _enrolFactor(works, abi.encodePacked(_named("token")), 1_234_566);
        bytes32 subject = drafting.hashConfirmation(id, NEVER);
        // The creditor, whose limit is not asked, brings it.
        _enrolFactor(supplier, abi.encodePacked(_named("token")), 0);
        bytes memory required = _factorRequired(worksId, subject, 0, 1_234_567, 1_234_566);
        vm.prank(supplier);
        vm.expectRevert(required);
        drafting.confirm(id, NEVER, signature);
        _confirmAsFactor("token", worksId, subject);
        vm.prank(supplier);
        drafting.confirm(id, NEVER, signature);
        assertEq(secondFactor.exposureOf(worksId, START), 1_234_567, "the debtor's");
        assertEq(secondFactor.exposureOf(supplierId, START), 0, "not the creditor's");
    }

    function test_confirm_checksAgainWhatMayHaveChanged() public {
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        _suspend(worksId);
        vm.expectRevert(_notGood(works));
        drafting.confirm(id, NEVER, signature);
        vm.prank(compliance);
        registry.reinstate(worksId);
        _suspend(supplierId);
        vm.expectRevert(_notGood(supplier));
        drafting.confirm(id, NEVER, signature);
    }

    function test_confirm_revertsOnceItExpired() public {
        DraftId id = _draft(_invoice());
        uint64 expiry = uint64(block.timestamp + 1 hours);
        bytes memory signature = _confirmation(WORKS, id, expiry);
        vm.warp(uint256(expiry) + 1);
        vm.expectRevert(abi.encodeWithSelector(IDraftingDesk.DraftingDesk_Expired.selector, expiry));
        drafting.confirm(id, expiry, signature);
        vm.warp(expiry);
        drafting.confirm(id, expiry, signature);
    }

    function _refusesSignature(DraftId id, bytes memory signature) internal {
        vm.expectRevert(abi.encodeWithSelector(IDraftingDesk.DraftingDesk_InvalidSignature.selector, works));
        drafting.confirm(id, NEVER, signature);
    }

    function test_confirm_takesNoSignatureButTheDebtorsForThisDraft() public {
        DraftId id = _draft(_invoice());
        Invoice memory other = _invoice();
        (other.number, other.fileHash) = (other.number + 1, "another file");
        DraftId another = _draft(other);
        _refusesSignature(id, _confirmation("Mianyang cables", id, NEVER));
        _refusesSignature(id, _confirmation(WORKS, another, NEVER));
        _refusesSignature(id, _confirmation(WORKS, id, NEVER - 1));
        _refusesSignature(id, "");
        _refusesSignature(id, new bytes(65));
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.chainId(block.chainid + 1);
        _refusesSignature(id, signature);
    }

    function test_confirm_refusesASecondFormOfTheSignature() public {
        DraftId id = _draft(_invoice());
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(WORKS), drafting.hashConfirmation(id, NEVER));
        _refusesSignature(id, abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27)));
        drafting.confirm(id, NEVER, abi.encodePacked(r, s, v));
    }

    function test_confirm_asksAWalletThatIsAContract() public {
        SigningWallet wallet = new SigningWallet(_named("its owner"));
        Invoice memory invoice = _invoice();
        invoice.debtor = _enrol(address(wallet), Kinds.CONSUMER, FirmSize.Medium);
        DraftId id = _draft(invoice);
        bytes memory wrong = _confirmation("nobody", id, NEVER);
        vm.expectRevert();
        drafting.confirm(id, NEVER, wrong);
        drafting.confirm(id, NEVER, _confirmation("its owner", id, NEVER));
    }

    function test_confirm_survivesAWalletThatMisbehaves() public {
        HostileWallet wallet = new HostileWallet(_named("its owner"));
        Invoice memory invoice = _invoice();
        invoice.debtor = _enrol(address(wallet), Kinds.CONSUMER, FirmSize.Medium);
        DraftId id = _draft(invoice);
        bytes memory signature = _confirmation("its owner", id, NEVER);
        for (uint256 spite = uint256(Spite.BurnGas); spite <= uint256(Spite.ShortAnswer); ++spite) {
            wallet.setSpite(Spite(spite));
            vm.expectRevert(
                abi.encodeWithSelector(IDraftingDesk.DraftingDesk_InvalidSignature.selector, address(wallet))
            );
            drafting.confirm(id, NEVER, signature);
        }
        wallet.setSpite(Spite.None);
        drafting.confirm(id, NEVER, signature);
    }

    function test_confirm_asksForATenorWithinTheRules() public {
        Invoice memory invoice = _invoice();
        invoice.dueDay = START;
        _refusesTenor(_draft(invoice), 0);
        invoice.dueDay = START.plusDays(181);
        _refusesTenor(_draft(invoice), 181);
        invoice.dueDay = START.plusDays(180);
        _confirm(_draft(invoice));
    }

    function _refusesTenor(DraftId id, uint256 tenorDays) internal {
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_TenorOutOfRange.selector, tenorDays, 180));
        drafting.confirm(id, NEVER, signature);
    }

    /// @dev Whatever it defaulted on: a debt need not be a receivable.
    function test_confirm_refusesADebtorInDefault() public {
        DebtId overdue = _post(DebtCode.EnergyOnTerms, worksId, plantId, 1, START.plusDays(1));
        _default(overdue);
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_DebtorInDefault.selector, worksId));
        drafting.confirm(id, NEVER, signature);
        _payOff(overdue);
        drafting.confirm(id, NEVER, signature);
    }

    function test_confirm_usesAnInvoiceOnceWhateverItsFile() public {
        _confirm(_draft(_invoice()));
        Invoice memory again = _invoice();
        again.fileHash = "the same invoice as another file";
        DraftId id = _draft(again);
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDebtLedger.DebtLedger_AlreadyPosted.selector,
                DebtCode.ConfirmedClaim,
                _sourceOf(again)
            )
        );
        drafting.confirm(id, NEVER, signature);

        again = _invoice();
        ++again.number;
        id = _draft(again);
        signature = _confirmation(WORKS, id, NEVER);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_InvoiceUsed.selector, again.fileHash));
        drafting.confirm(id, NEVER, signature);
        // The same number of another supplier is another invoice.
        vm.prank(plant);
        id = drafting.draft(_invoice());
        _confirm(id);
    }

    function test_confirm_refusesAnInvoiceOfATrade() public {
        _issue(FACE);
        Invoice memory invoice = _invoice();
        invoice.fileHash = "invoice";
        vm.prank(plant);
        DraftId id = drafting.draft(invoice);
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_InvoiceUsed.selector, bytes32("invoice")));
        drafting.confirm(id, NEVER, signature);
    }

    function test_issueFromDebt_refusesAnInvoiceOfADraft() public {
        vm.prank(plant);
        DraftId id = drafting.draft(_invoice());
        _confirm(id);
        DebtId debt = _post(DebtCode.EnergyOnTerms, worksId, plantId, FACE, dueDay);
        vm.startPrank(plant);
        vm.expectRevert(
            abi.encodeWithSelector(IReceivables.Receivables_InvoiceUsed.selector, bytes32("file of the invoice"))
        );
        receivables.issueFromDebt(debt, "file of the invoice");
        receivables.issueFromDebt(debt, "its own");
    }

    // ---- issueConfirmed

    function test_issueConfirmed_revertsForAnybodyButADesk() public {
        vm.prank(supplier);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, supplier));
        receivables.issueConfirmed(
            ConfirmedClaim(DraftId.wrap(1), worksId, supplierId, START.plusDays(30), 1, 1, "forged")
        );
    }

    // ---- cancel

    function test_cancel_withdrawsADraftEvenWhereEverythingIsShut() public {
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.prank(works);
        vm.expectRevert(abi.encodeWithSelector(IDraftingDesk.DraftingDesk_NotParty.selector, works, supplierId));
        drafting.cancel(id);
        _close(address(drafting), true);
        _suspend(supplierId);
        vm.expectEmit(address(drafting));
        emit IDraftingDesk.DraftCancelled(id);
        vm.prank(supplier);
        drafting.cancel(id);
        _close(address(drafting), false);
        _refusesStatus(id, DraftStatus.Cancelled);
        drafting.confirm(id, NEVER, signature);
        _refusesStatus(id, DraftStatus.Cancelled);
        vm.prank(supplier);
        drafting.cancel(id);
    }

    function test_cancel_comesTooLateOnceConfirmed() public {
        DraftId id = _draft(_invoice());
        _confirm(id);
        vm.prank(supplier);
        _refusesStatus(id, DraftStatus.Confirmed);
        drafting.cancel(id);
    }

    // ---- refuse

    function test_refuse_turnsADraftDownEvenWhereEverythingIsShut() public {
        DraftId id = _draft(_invoice());
        bytes memory signature = _confirmation(WORKS, id, NEVER);
        vm.prank(supplier);
        vm.expectRevert(abi.encodeWithSelector(IDraftingDesk.DraftingDesk_NotParty.selector, supplier, worksId));
        drafting.refuse(id, "wrong amount");
        _close(address(drafting), true);
        _suspend(worksId);
        vm.expectEmit(address(drafting));
        emit IDraftingDesk.DraftRefused(id, "wrong amount");
        vm.prank(works);
        drafting.refuse(id, "wrong amount");
        _close(address(drafting), false);
        vm.prank(compliance);
        registry.reinstate(worksId);
        _refusesStatus(id, DraftStatus.Refused);
        drafting.confirm(id, NEVER, signature);
        vm.prank(supplier);
        _refusesStatus(id, DraftStatus.Refused);
        drafting.cancel(id);
        vm.prank(works);
        _refusesStatus(id, DraftStatus.Refused);
        drafting.refuse(id, "again");

        _confirm(_draft(_invoice()));
    }

    function test_refuse_comesTooLateOnceConfirmed() public {
        DraftId id = _draft(_invoice());
        _confirm(id);
        vm.prank(works);
        _refusesStatus(id, DraftStatus.Confirmed);
        drafting.refuse(id, "too late");
    }
}
