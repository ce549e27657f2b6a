// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {
    Debt,
    DebtClaim,
    DebtPayments,
    DebtStatus,
    DebtTerms,
    IDebtLedger,
    Recovery,
    StandStill
} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ParticipantId} from "../../contracts/types/Ids.sol";
import {DebtPlatform} from "../utils/DebtPlatform.sol";

contract DebtLedgerTest is DebtPlatform {
    bytes32 internal constant SUIT = keccak256("suit");
    bytes32 internal constant RULING = keccak256("bankruptcy closed");

    // ---- steps

    function _terms(DebtCode code, bytes32 source) internal view returns (DebtTerms memory) {
        return DebtTerms(worksId, plantId, dueDay, code, uint80(AMOUNT), source);
    }

    function _start(DebtId id) internal {
        vm.prank(plant);
        debts.startRecovery(id, plantId, SUIT);
    }

    function _refused(bytes memory revertData) internal {
        vm.expectRevert(revertData);
    }

    function _notFor(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
    }

    function _wrongStatus(DebtId id, DebtStatus status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_WrongStatus.selector, id, status);
    }

    function _notParty(address caller, ParticipantId party) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_NotParty.selector, caller, party);
    }

    function _notPoster(address caller, DebtCode code) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_NotPoster.selector, caller, code);
    }

    function _notClaimable(DebtId id, address book) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_NotClaimable.selector, id, book);
    }

    function _invalidAmount(DebtId id, uint256 owedFen, uint256 amountFen) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_InvalidAmount.selector, id, owedFen, amountFen);
    }

    function _notMutual(DebtId one, DebtId other) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_NotMutual.selector, one, other);
    }

    // ---- approvePoster, approveClaimBook

    function test_approvePoster_isTheCouncilsAndForOneCode() public {
        _refused(_notFor(stranger));
        vm.prank(stranger);
        debts.approvePoster(stranger, DebtCode.Award);
        vm.expectEmit(address(debts));
        emit IDebtLedger.PosterApproved(stranger, DebtCode.Award);
        _admitPoster(stranger, DebtCode.Award);
        assertTrue(debts.isPoster(stranger, DebtCode.Award), "awards");
        assertFalse(debts.isPoster(stranger, DebtCode.BuyBack), "nothing else");
        assertFalse(debts.isPoster(address(this), DebtCode.Award), "nobody else");
    }

    function test_approveClaimBook_isTheCouncils() public {
        DebtId id = _owe(AMOUNT);
        _refused(_notFor(stranger));
        vm.prank(stranger);
        debts.approveClaimBook(stranger);
        vm.expectEmit(address(debts));
        emit IDebtLedger.ClaimBookApproved(stranger, 2);
        _admitClaimBook(stranger);
        assertEq(debts.bookNumberOf(stranger), 2, "the second");
        vm.expectEmit(address(debts));
        emit IDebtLedger.ClaimBookApproved(stranger, 2);
        _admitClaimBook(stranger);
        vm.prank(stranger);
        debts.claim(id);
    }

    // ---- post

    function test_post_numbersDebtsOneAfterTheOther() public {
        _admitPoster(address(this), DebtCode.NetworkCharge);
        _owe(7);
        DebtTerms[] memory terms = new DebtTerms[](2);
        terms[0] = _terms(DebtCode.EnergyOnTerms, "a trade");
        terms[1] = DebtTerms(plantId, millId, START, DebtCode.NetworkCharge, type(uint80).max, "a trade");
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtPosted(
            DebtId.wrap(2),
            worksId,
            plantId,
            DebtCode.EnergyOnTerms,
            dueDay,
            AMOUNT,
            "a trade"
        );
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtPosted(
            DebtId.wrap(3),
            plantId,
            millId,
            DebtCode.NetworkCharge,
            START,
            type(uint80).max,
            "a trade"
        );
        assertEq(DebtId.unwrap(debts.post(terms)), 2, "the first of them");
        assertEq(debts.debtCount(), 3, "count");
        Debt memory wanted = Debt({
            debtor: worksId,
            creditor: plantId,
            issueDay: START,
            dueDay: dueDay,
            code: DebtCode.EnergyOnTerms,
            status: DebtStatus.Outstanding,
            book: 0,
            amountFen: uint80(AMOUNT)
        });
        assertEq(abi.encode(debts.debtOf(DebtId.wrap(2))), abi.encode(wanted), "debt");
        assertEq(_unpaidOf(DebtId.wrap(3)), type(uint80).max, "all of it is unpaid");
        (uint32 rateBp, uint16 graceDays) = debts.lateTermsOf(DebtId.wrap(2));
        assertEq(rateBp, LATE_RATE_BP, "rate");
        assertEq(graceDays, GRACE_DAYS, "grace");
    }

    function test_post_isForApprovedPostersOfEachCode() public {
        DebtTerms[] memory terms = new DebtTerms[](3);
        terms[0] = _terms(DebtCode.EnergyOnTerms, "first");
        terms[1] = _terms(DebtCode.EnergyOnTerms, "second");
        terms[2] = _terms(DebtCode.Adjustment, "third");
        _refused(_notPoster(address(this), DebtCode.Adjustment));
        debts.post(terms);
        assertFalse(debts.isPosted(DebtCode.EnergyOnTerms, "first"), "nothing of it");
        _refused(_notPoster(stranger, DebtCode.EnergyOnTerms));
        vm.prank(stranger);
        debts.post(terms);
    }

    /// @dev Who could, would owe nothing any more: it would set off what it owes against what it posts.
    function test_post_refusesDebtsForNothing() public {
        DebtTerms[] memory terms = new DebtTerms[](1);
        terms[0] = _terms(DebtCode.None, "invented");
        _refused(_notPoster(address(this), DebtCode.None));
        debts.post(terms);
        _refused(_notPoster(stranger, DebtCode.None));
        vm.prank(stranger);
        debts.post(terms);
    }

    function test_post_takesASourceOnceForEachCode() public {
        _admitPoster(address(this), DebtCode.Adjustment);
        DebtTerms[] memory terms = new DebtTerms[](1);
        terms[0] = _terms(DebtCode.EnergyOnTerms, "a trade");
        DebtId id = debts.post(terms);
        bytes memory posted = abi.encodeWithSelector(
            IDebtLedger.DebtLedger_AlreadyPosted.selector,
            DebtCode.EnergyOnTerms,
            bytes32("a trade")
        );
        _refused(posted);
        debts.post(terms);
        _payOff(id);
        _refused(posted);
        debts.post(terms);
        assertTrue(debts.isPosted(DebtCode.EnergyOnTerms, "a trade"), "posted");
        assertFalse(debts.isPosted(DebtCode.Adjustment, "a trade"), "not as an adjustment");
        terms[0].code = DebtCode.Adjustment;
        debts.post(terms);
        // Twice in one call.
        terms = new DebtTerms[](2);
        terms[0] = _terms(DebtCode.EnergyOnTerms, "another");
        terms[1] = terms[0];
        _refused(
            abi.encodeWithSelector(
                IDebtLedger.DebtLedger_AlreadyPosted.selector,
                DebtCode.EnergyOnTerms,
                bytes32("another")
            )
        );
        debts.post(terms);
    }

    function test_post_asksForTwoPartiesAndAnAmount() public {
        _refusesTerms(worksId, plantId, 0);
        _refusesTerms(worksId, worksId, 1);
        _refusesTerms(ParticipantId.wrap(0), plantId, 1);
        _refusesTerms(worksId, ParticipantId.wrap(0), 1);
    }

    function _refusesTerms(ParticipantId debtor, ParticipantId creditor, uint80 amountFen) internal {
        DebtTerms[] memory terms = new DebtTerms[](1);
        terms[0] = DebtTerms(debtor, creditor, dueDay, DebtCode.EnergyOnTerms, amountFen, "nothing");
        _refused(abi.encodeWithSelector(IDebtLedger.DebtLedger_InvalidTerms.selector, bytes32("nothing")));
        debts.post(terms);
    }

    /// @dev Nobody has to make a receivable of it, or to declare anything.
    function test_post_letsEveryDebtAge() public {
        DebtId id = _owe(AMOUNT);
        assertEq(_defaultsAt(id), Calendar.startOf(dueDay.plusDays(GRACE_DAYS + 1)), "default");
        assertEq(_arrearsAt(id), Calendar.startOf(dueDay.plusDays(61)), "arrears");
        _goToLastSecondOf(dueDay);
        assertEq(_lateFeeOf(id), 0, "in time to the last second");
        vm.warp(block.timestamp + 1);
        assertEq(_lateFeeOf(id), _fee(AMOUNT, 1), "a day late");
        _goTo(dueDay.plusDays(61));
        assertEq(_lateFeeOf(id), _fee(AMOUNT, 61), "in arrears");
        assertEq(_unpaidOf(id), AMOUNT, "unpaid");
        debts.declareDefault(id);
        assertEq(debts.defaultsOf(worksId), 1, "in default");
    }

    // ---- reduce

    function test_reduce_takesBackWhatWasNeverOwedWithItsFee() public {
        DebtId id = _owe(AMOUNT);
        _goTo(dueDay.plusDays(10));
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtReduced(id, 30_000_000);
        debts.reduce(id, 30_000_000);
        assertEq(_unpaidOf(id), AMOUNT - 30_000_000, "the rest");
        assertEq(_lateFeeOf(id), _fee(AMOUNT - 30_000_000, 10), "as if the rest had been all");
        assertEq(debts.reducedFenOf(id), 30_000_000, "reduced");
        _goTo(dueDay.plusDays(15));
        assertEq(_lateFeeOf(id), _fee(AMOUNT - 30_000_000, 15), "and so it goes on");
        _payOff(id);
        assertEq(debts.paymentsOf(id).paidFen, AMOUNT - 30_000_000, "paid");
        assertEq(debts.paymentsOf(id).lateFeePaidFen, _fee(AMOUNT - 30_000_000, 15), "fee paid");
    }

    function test_reduce_toNothingLeavesNothingOwed() public {
        DebtId id = _owe(AMOUNT);
        _default(id);
        _pay(id, 1_000_000);
        assertEq(debts.defaultsOf(worksId), 1, "in default");
        uint256 unpaidFen = _unpaidOf(id);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtReduced(id, unpaidFen);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtDischarged(id);
        debts.reduce(id, unpaidFen);
        _assertDebtIs(id, DebtStatus.Discharged);
        assertEq(_owedOn(id), 0, "nothing is owed, and no fee");
        assertEq(debts.defaultsOf(worksId), 0, "no longer in default");
        vm.warp(block.timestamp + 100 days);
        assertEq(_owedOn(id), 0, "and none comes");
    }

    function test_reduce_leavesPaidWhatWasPaidOfTheFee() public {
        DebtId id = _owe(AMOUNT);
        _goTo(dueDay.plusDays(10));
        _pay(id, _lateFeeOf(id));
        // More fee was paid than turned out to be due.
        debts.reduce(id, AMOUNT - 1_000);
        assertEq(_lateFeeOf(id), 0, "no fee");
        _goTo(dueDay.plusDays(40));
        assertEq(_owedOn(id), 1_000, "covered by what was paid");
        assertEq(debts.paymentsOf(id).lateFeePaidFen, _fee(AMOUNT, 10), "stays paid");
    }

    function test_reduce_leavesPaidInTimeWhatWasPaidInTime() public {
        DebtId id = _owe(AMOUNT);
        _goTo(dueDay);
        _pay(id, 70_000_000);
        _goTo(dueDay.plusDays(40));
        debts.reduce(id, AMOUNT - 70_000_000);
        _assertDebtIs(id, DebtStatus.Discharged);
        assertEq(_owedOn(id), 0, "nothing is owed");
        DebtPayments memory wanted = DebtPayments(70_000_000, 0, 0);
        assertEq(abi.encode(debts.paymentsOf(id)), abi.encode(wanted), "all that was owed was paid in time");
    }

    function test_reduce_leavesAsLateWhatWasPaidLate() public {
        DebtId id = _owe(AMOUNT);
        _goTo(dueDay.plusDays(5));
        _pay(id, 70_000_000);
        _goTo(dueDay.plusDays(40));
        debts.reduce(id, 1_000_000);
        assertEq(debts.paymentsOf(id).countedDays, 5, "a part");
        debts.reduce(id, _unpaidOf(id));
        assertEq(debts.paymentsOf(id).countedDays, 5, "the rest");
    }

    /// @dev Whatever is paid and taken back when, in any order: as if what was taken back had never been owed.
    function testFuzz_reduce_costsWhatTheRestAloneWouldHaveCost(uint256[5] memory seeds) public {
        (DebtId id, DebtId alone) = (_owe(AMOUNT), _owe(AMOUNT / 2));
        for (uint256 i; i < seeds.length; ++i) {
            vm.warp(block.timestamp + bound(seeds[i], 0, 40 days));
            uint256 amountFen = bound(seeds[i] >> 64, 0, AMOUNT / 12);
            uint256 feeFen = _lateFeeOf(alone);
            if ((seeds[i] >> 128) % 2 == 0) {
                // What is taken back later has accrued a fee until then: both pay theirs, and the same of the amount.
                _pay(alone, feeFen + amountFen + 1);
                _pay(id, _lateFeeOf(id) + amountFen + 1);
            } else if (amountFen != 0) {
                debts.reduce(id, amountFen);
            }
        }
        uint256 reducedFen = debts.reducedFenOf(id);
        if (reducedFen != AMOUNT - AMOUNT / 2) debts.reduce(id, AMOUNT - AMOUNT / 2 - reducedFen);
        assertEq(_unpaidOf(id), _unpaidOf(alone), "unpaid");
        uint256 paidFen = debts.paymentsOf(id).lateFeePaidFen;
        uint256 costFen = _lateFeeOf(alone) + debts.paymentsOf(alone).lateFeePaidFen;
        assertEq(_lateFeeOf(id) + paidFen, paidFen > costFen ? paidFen : costFen, "fee, paid or due");
    }

    function test_reduce_isForPostersOfItsCode() public {
        DebtId id = _owe(AMOUNT);
        _admitPoster(stranger, DebtCode.Adjustment);
        _refused(_notPoster(stranger, DebtCode.EnergyOnTerms));
        vm.prank(stranger);
        debts.reduce(id, 1);
        _admitPoster(stranger, DebtCode.EnergyOnTerms);
        vm.prank(stranger);
        debts.reduce(id, 1);
    }

    function test_reduce_revertsForNothingOrMoreThanIsUnpaid() public {
        DebtId id = _owe(AMOUNT);
        _pay(id, 1);
        _refused(_invalidAmount(id, AMOUNT - 1, 0));
        debts.reduce(id, 0);
        _refused(_invalidAmount(id, AMOUNT - 1, AMOUNT));
        debts.reduce(id, AMOUNT);
        _refused(_invalidAmount(id, AMOUNT - 1, type(uint256).max));
        debts.reduce(id, type(uint256).max);
        debts.reduce(id, AMOUNT - 1);
        _refused(_wrongStatus(id, DebtStatus.Discharged));
        debts.reduce(id, 1);
    }

    function test_reduce_leavesDividedDebtsAlone() public {
        DebtId id = _owe(AMOUNT);
        debts.claim(id);
        _refused(_notClaimable(id, address(this)));
        debts.reduce(id, 1);
    }

    // ---- pay

    function test_pay_reachesTheCreditorAtOnce() public {
        DebtId id = _owe(AMOUNT);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtPaid(id, 40, 0);
        _pay(id, 40);
        assertEq(deposits.balanceOfParticipant(plantId), WEALTH + 40, "plant");
        assertEq(deposits.balanceOfParticipant(worksId), WEALTH - 40, "works");
        assertEq(_heldByLedger(worksId), 0, "nothing is held");
        _assertDebtIs(id, DebtStatus.Outstanding);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtPaid(id, AMOUNT - 40, 0);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtDischarged(id);
        _pay(id, AMOUNT - 40);
        _assertDebtIs(id, DebtStatus.Discharged);
        DebtPayments memory wanted = DebtPayments(uint80(AMOUNT), 0, 0);
        assertEq(abi.encode(debts.paymentsOf(id)), abi.encode(wanted), "payments");
    }

    function test_pay_isHeldOnceTheDebtIsDivided() public {
        DebtId id = _owe(AMOUNT);
        debts.claim(id);
        _pay(id, 40);
        assertEq(_heldByLedger(worksId), 40, "held");
        assertEq(debts.claimOf(id).heldFen, 40, "for this debt");
        assertEq(deposits.balanceOfParticipant(plantId), WEALTH, "the creditor has nothing of it");
        _goTo(dueDay.plusDays(2));
        _payOff(id);
        assertEq(debts.claimOf(id).heldFen, AMOUNT + _fee(AMOUNT - 40, 2), "the fee too");
        _assertDebtIs(id, DebtStatus.Discharged);
    }

    function test_pay_isTheDebtors() public {
        DebtId id = _owe(AMOUNT);
        address[3] memory callers = [plant, mill, stranger];
        for (uint256 i = 0; i < 3; ++i) {
            _refused(_notParty(callers[i], worksId));
            vm.prank(callers[i]);
            debts.pay(id, 1);
        }
        address account = _named("the works' new key");
        _replaceAccount(worksId, account);
        _refused(_notParty(works, worksId));
        vm.prank(works);
        debts.pay(id, 1);
        vm.prank(account);
        debts.pay(id, 1);
        assertEq(_unpaidOf(id), AMOUNT - 1, "paid by the new account");
    }

    function test_pay_revertsForNothingOrMoreThanIsOwed() public {
        DebtId id = _owe(AMOUNT);
        _goTo(dueDay.plusDays(1));
        uint256 owed = AMOUNT + _fee(AMOUNT, 1);
        _refusesPayment(id, 0, owed);
        _refusesPayment(id, owed + 1, owed);
        _refusesPayment(id, type(uint256).max, owed);
        _pay(id, owed);
        _refused(_wrongStatus(id, DebtStatus.Discharged));
        vm.prank(works);
        debts.pay(id, 1);
        DebtId unknown = DebtId.wrap(99);
        _refused(_wrongStatus(unknown, DebtStatus.None));
        vm.prank(works);
        debts.pay(unknown, 1);
    }

    function _refusesPayment(DebtId id, uint256 amountFen, uint256 owedFen) internal {
        _refused(_invalidAmount(id, owedFen, amountFen));
        vm.prank(works);
        debts.pay(id, amountFen);
    }

    /// @dev With everything closed, revoked, suspended or frozen, what is owed is paid and reaches its creditor.
    function test_pay_goesOnWhenEverythingIsShut() public {
        DebtId id = _owe(AMOUNT);
        _fund(works, 20 * WEALTH);
        _standStill(id, block.timestamp + 30 days);
        vm.startPrank(bank);
        deposits.setFrozen(worksId, true, "court order");
        deposits.setFrozen(plantId, true, "court order");
        vm.stopPrank();
        _suspend(worksId);
        _suspend(plantId);
        _close(address(debts), true);
        _close(address(deposits), true);
        _close(address(registry), true);
        vm.warp(block.timestamp + 4000 days);
        debts.declareDefault(id);
        uint256 owed = _owedOn(id);
        _payOff(id);
        assertEq(deposits.balanceOfParticipant(plantId), WEALTH + owed, "amount and fee");
        assertEq(debts.defaultsOf(worksId), 0, "no longer in default");
    }

    // ---- setOff

    function test_setOff_coversTwoDebtsAsFarAsTheyReach() public {
        (DebtId more, DebtId less) = (_owe(AMOUNT), _oweBack(30_000_000));
        _goTo(dueDay);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtSetOff(more, less, 30_000_000, 0);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtSetOff(less, more, 30_000_000, 0);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtDischarged(less);
        vm.prank(plant);
        debts.setOff(more, less);
        assertEq(_unpaidOf(more), AMOUNT - 30_000_000, "the rest");
        _assertDebtIs(more, DebtStatus.Outstanding);
        _assertDebtIs(less, DebtStatus.Discharged);
        assertEq(debts.paymentsOf(less).paidFen, 30_000_000, "counts as paid");
        assertEq(deposits.balanceOfParticipant(worksId), WEALTH, "no money moves");
        _refused(_wrongStatus(less, DebtStatus.Discharged));
        vm.prank(plant);
        debts.setOff(more, less);
    }

    function test_setOff_takesTheFeeOfEachFirst() public {
        (DebtId early, DebtId late) = (_owe(10_000_000), _oweBack(10_000_000));
        _goTo(dueDay.plusDays(10));
        _pay(early, _lateFeeOf(early));
        _goTo(dueDay.plusDays(20));
        // Ten days of fee against twenty: 5 元 a day for each 10,000.00 元.
        assertEq(_lateFeeOf(early), _fee(10_000_000, 20) - _fee(10_000_000, 10), "of the one");
        uint256 owed = 10_000_000 + _lateFeeOf(early);
        uint256 feeFen = _fee(10_000_000, 20);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtSetOff(early, late, 10_000_000, owed - 10_000_000);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtSetOff(late, early, owed - feeFen, feeFen);
        vm.prank(works);
        debts.setOff(early, late);
        assertEq(_unpaidOf(late), 10_000_000 + feeFen - owed, "what is left of the amount");
        assertEq(_lateFeeOf(late), 0, "no fee is left");
    }

    function test_setOff_endsADefault() public {
        (DebtId one, DebtId other) = (_owe(500), _oweBack(AMOUNT));
        _default(one);
        debts.declareDefault(other);
        vm.prank(works);
        debts.setOff(other, one);
        assertEq(debts.defaultsOf(worksId), 0, "the works");
        assertEq(debts.defaultsOf(plantId), 1, "not the plant");
    }

    function test_setOff_isForEitherParty() public {
        (DebtId one, DebtId other) = (_owe(AMOUNT), _oweBack(AMOUNT));
        _goTo(dueDay);
        _refused(_notParty(stranger, worksId));
        vm.prank(stranger);
        debts.setOff(one, other);
        _refused(_notParty(mill, worksId));
        vm.prank(mill);
        debts.setOff(one, other);
        _close(address(debts), true);
        _suspend(plantId);
        vm.prank(plant);
        debts.setOff(one, other);
        _assertDebtIs(one, DebtStatus.Discharged);
        _assertDebtIs(other, DebtStatus.Discharged);
    }

    function test_setOff_refusesDebtsThatAreNotMutual() public {
        DebtId one = _owe(AMOUNT);
        DebtId same = _owe(AMOUNT);
        DebtId ofMill = _post(DebtCode.EnergyOnTerms, millId, worksId, AMOUNT, dueDay);
        DebtId toMill = _post(DebtCode.EnergyOnTerms, plantId, millId, AMOUNT, dueDay);
        _goTo(dueDay);
        DebtId[4] memory others = [one, same, ofMill, toMill];
        for (uint256 i = 0; i < 4; ++i) {
            _refused(_notMutual(one, others[i]));
            vm.prank(works);
            debts.setOff(one, others[i]);
        }
    }

    function test_setOff_waitsForBothToBeDue() public {
        (DebtId one, DebtId other) = (_owe(AMOUNT), _oweBack(AMOUNT));
        dueDay = dueDay.plusDays(1);
        DebtId later = _oweBack(AMOUNT);
        vm.warp(Calendar.startOf(dueDay) - 1);
        _refusesSetOff(one, later);
        _refusesSetOff(later, one);
        uint256 snapshot = vm.snapshotState();
        vm.prank(works);
        debts.setOff(one, other);
        vm.revertToState(snapshot);
        vm.warp(block.timestamp + 1);
        vm.prank(works);
        debts.setOff(one, later);
    }

    function test_setOff_refusesDividedDebts() public {
        (DebtId one, DebtId other) = (_owe(AMOUNT), _oweBack(AMOUNT));
        debts.claim(one);
        _goTo(dueDay);
        _refusesSetOff(one, other);
        _refusesSetOff(other, one);
    }

    function _refusesSetOff(DebtId one, DebtId other) internal {
        _refused(_notMutual(one, other));
        vm.prank(works);
        debts.setOff(one, other);
    }

    // ---- declareDefault

    function test_declareDefault_waitsForTheLastSecondOfGrace() public {
        DebtId id = _owe(AMOUNT);
        uint256 from = Calendar.startOf(dueDay.plusDays(GRACE_DAYS + 1));
        vm.warp(from - 1);
        _refusesDefault(id, from);
        vm.warp(from);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtDefaulted(id, worksId, AMOUNT);
        vm.prank(stranger);
        debts.declareDefault(id);
        _assertDebtIs(id, DebtStatus.Defaulted);
        assertEq(debts.defaultsOf(worksId), 1, "counted");
        _refusesDefault(id, from);
    }

    function test_declareDefault_revertsOnceAllIsPaid() public {
        DebtId id = _owe(AMOUNT);
        vm.warp(_defaultsAt(id));
        _payOff(id);
        _refusesDefault(id, _defaultsAt(id));
        assertEq(debts.defaultsOf(worksId), 0, "not counted");
        _refused(_wrongStatus(DebtId.wrap(99), DebtStatus.None));
        debts.declareDefault(DebtId.wrap(99));
    }

    function test_declareDefault_countsUntilFeeAndAmountArePaid() public {
        (DebtId first, DebtId second) = (_owe(AMOUNT), _owe(AMOUNT));
        _pay(second, 1);
        _default(first);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtDefaulted(second, worksId, AMOUNT - 1);
        debts.declareDefault(second);
        assertEq(debts.defaultsOf(worksId), 2, "both");
        _pay(first, AMOUNT);
        assertEq(debts.defaultsOf(worksId), 2, "the fee was paid first");
        _payOff(first);
        assertEq(debts.defaultsOf(worksId), 1, "one");
        _payOff(second);
        assertEq(debts.defaultsOf(worksId), 0, "none");
    }

    // ---- defaultsAtMidnight

    function _assertDefaults(uint256 now_, uint256 atMidnight) internal view {
        assertEq(debts.defaultsOf(worksId), now_, "now");
        assertEq(debts.defaultsAtMidnight(worksId), atMidnight, "at midnight");
    }

    function test_defaultsAtMidnight_changesWithTheDayOnly() public {
        (DebtId first, DebtId second) = (_owe(AMOUNT), _owe(AMOUNT));
        _default(first);
        _assertDefaults(1, 0);
        debts.declareDefault(second);
        _payOff(first);
        _assertDefaults(1, 0);
        _goToLastSecondOf(Calendar.today());
        _assertDefaults(1, 0);
        vm.warp(block.timestamp + 1);
        _assertDefaults(1, 1);
        _payOff(second);
        _assertDefaults(0, 1);
        _goTo(Calendar.today().plusDays(30));
        _assertDefaults(0, 0);
    }

    /// @dev Debts default, are paid or taken back over days: both counts are those of a book that keeps every debt.
    function testFuzz_defaultsAtMidnight_isTheCountWithWhichTheDayBegan(bytes32 seed) public {
        DebtId[] memory ids = new DebtId[](6);
        for (uint256 i; i < ids.length; ++i) {
            ids[i] = _owe(AMOUNT);
        }
        vm.warp(_defaultsAt(ids[0]) - 12 hours);
        (Day today, uint256 atMidnight, uint256 count) = (Calendar.today(), 0, 0);
        for (uint256 step; step < 40; ++step) {
            seed = keccak256(abi.encode(seed));
            if (!(today == Calendar.today())) (today, atMidnight) = (Calendar.today(), count);
            _assertDefaults(count, atMidnight);
            _changeDebt(ids[uint256(seed) % ids.length], uint256(seed) >> 8);
            count = 0;
            for (uint256 i; i < ids.length; ++i) {
                if (debts.debtOf(ids[i]).status.isInDefault()) ++count;
            }
            _assertDefaults(count, atMidnight);
            vm.warp(block.timestamp + ((uint256(seed) >> 64) % 16) * 1 hours);
        }
    }

    function _changeDebt(DebtId id, uint256 seed) private {
        DebtStatus status = debts.debtOf(id).status;
        if (!status.isOwed()) return;
        if (seed % 4 == 0) _payOff(id);
        else if (seed % 4 == 1 && status.isInDefault()) debts.reduce(id, _unpaidOf(id));
        else if (status == DebtStatus.Outstanding && block.timestamp >= _defaultsAt(id)) debts.declareDefault(id);
    }

    function _refusesDefault(DebtId id, uint256 from) internal {
        _refused(abi.encodeWithSelector(IDebtLedger.DebtLedger_NotInDefault.selector, id, from));
        debts.declareDefault(id);
    }

    // ---- standStill

    function test_standStill_isAnArbitersForWhatIsOwed() public {
        DebtId id = _owe(AMOUNT);
        _refused(_notFor(plant));
        vm.prank(plant);
        debts.standStill(id, 0);
        _refused(_wrongStatus(DebtId.wrap(99), DebtStatus.None));
        vm.prank(arbiter);
        debts.standStill(DebtId.wrap(99), 0);
        _payOff(id);
        _refused(_wrongStatus(id, DebtStatus.Discharged));
        vm.prank(arbiter);
        debts.standStill(id, 0);
    }

    function test_standStill_lastsThirtyDaysAfterTheFirstOneAtMost() public {
        DebtId id = _owe(AMOUNT);
        uint256 limit = block.timestamp + 30 days;
        _refusesStandStill(id, limit + 1);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtStoodStill(id, uint40(limit - 20 days));
        _standStill(id, limit - 20 days);
        StandStill memory wanted = StandStill(uint40(limit - 20 days), uint40(limit), 10 days);
        assertEq(abi.encode(debts.standStillOf(id)), abi.encode(wanted), "as it stands");
        vm.warp(limit - 10 days);
        _refusesStandStill(id, limit + 1);
        _standStill(id, limit);
        vm.warp(limit);
        _refusesStandStill(id, limit + 1);
        // That it runs can always be said.
        _standStill(id, 0);
    }

    function test_standStill_doesNotBeginWithLettingTheClockRun() public {
        DebtId id = _owe(AMOUNT);
        _standStill(id, 0);
        _standStill(id, block.timestamp);
        vm.warp(block.timestamp + 20 days);
        _standStill(id, block.timestamp + 30 days);
    }

    function test_standStill_delaysDefaultAndArrears() public {
        DebtId id = _owe(AMOUNT);
        (uint256 from, uint256 arrears) = (_defaultsAt(id), _arrearsAt(id));
        _standStill(id, block.timestamp + 10 days);
        assertEq(_defaultsAt(id), from + 10 days, "the whole stand-still");
        vm.warp(block.timestamp + 4 days);
        _standStill(id, 0);
        assertEq(_defaultsAt(id), from + 4 days, "cut short");
        _standStill(id, block.timestamp + 6 days);
        vm.warp(block.timestamp + 1 days);
        _standStill(id, block.timestamp + 9 days);
        assertEq(_defaultsAt(id), from + 14 days, "prolonged");
        assertEq(_arrearsAt(id), arrears + 14 days, "arrears too");
        vm.warp(from + 14 days - 1);
        _refusesDefault(id, from + 14 days);
        vm.warp(from + 14 days);
        debts.declareDefault(id);
    }

    function testFuzz_standStill_delaysDefaultByTheSecondsItLasted(uint256[6] memory seeds) public {
        DebtId id = _owe(AMOUNT);
        uint256 from = _defaultsAt(id);
        uint256 limit = block.timestamp + 30 days;
        uint256 until = block.timestamp + bound(seeds[0], 1, 30 days);
        _standStill(id, until);
        uint256 stood;
        for (uint256 i = 1; i < seeds.length; ++i) {
            uint256 pause = bound(seeds[i], 0, limit - block.timestamp);
            stood += pause < until - block.timestamp ? pause : until - block.timestamp;
            vm.warp(block.timestamp + pause);
            until = bound(seeds[i] >> 128, block.timestamp, limit);
            _standStill(id, until);
        }
        stood += until - block.timestamp;
        assertEq(_defaultsAt(id), from + stood, "defaults at");
        assertTrue(stood <= 30 days, "bounded");
    }

    function _refusesStandStill(DebtId id, uint256 until) internal {
        _refused(abi.encodeWithSelector(IDebtLedger.DebtLedger_StandStillTooLong.selector, id, uint40(until)));
        vm.prank(arbiter);
        debts.standStill(id, uint40(until));
    }

    // ---- startRecovery

    function test_startRecovery_isTheCreditorsOfADebtInDefault() public {
        DebtId id = _owe(AMOUNT);
        vm.warp(_defaultsAt(id));
        _refusesStart(plant, id, plantId, SUIT, _wrongStatus(id, DebtStatus.Outstanding));
        debts.declareDefault(id);
        _refusesStart(plant, id, plantId, 0, abi.encodeWithSelector(IDebtLedger.DebtLedger_NoEvidence.selector, id));
        _refusesStart(works, id, plantId, SUIT, _notParty(works, plantId));
        _refusesStart(works, id, worksId, SUIT, _notParty(works, worksId));
        // A book speaks for units only.
        _refusesStart(address(this), id, plantId, SUIT, _notParty(address(this), plantId));
        vm.expectEmit(address(debts));
        emit IDebtLedger.RecoveryStarted(id, plantId, SUIT);
        _start(id);
        _assertDebtIs(id, DebtStatus.Recovering);
        Recovery memory wanted = Recovery(Calendar.today(), Day.wrap(0));
        assertEq(abi.encode(debts.recoveryOf(id)), abi.encode(wanted), "since today");
        _refusesStart(plant, id, plantId, SUIT, _wrongStatus(id, DebtStatus.Recovering));
        assertEq(debts.defaultsOf(worksId), 1, "still in default");
        _payOff(id);
        _refusesStart(plant, id, plantId, SUIT, _wrongStatus(id, DebtStatus.Discharged));
        assertEq(debts.defaultsOf(worksId), 0, "no longer");
    }

    function test_startRecovery_isTheBooksOnceTheDebtIsDivided() public {
        DebtId id = _owe(AMOUNT);
        debts.claim(id);
        _default(id);
        _refusesStart(plant, id, plantId, SUIT, _notParty(plant, plantId));
        vm.expectEmit(address(debts));
        emit IDebtLedger.RecoveryStarted(id, millId, SUIT);
        debts.startRecovery(id, millId, SUIT);
    }

    function _refusesStart(
        address caller,
        DebtId id,
        ParticipantId claimant,
        bytes32 evidence,
        bytes memory failure
    ) internal {
        _refused(failure);
        vm.prank(caller);
        debts.startRecovery(id, claimant, evidence);
    }

    // ---- writeOff

    function test_writeOff_isAnArbitersAndRestsOnADocument() public {
        DebtId id = _owe(AMOUNT);
        _default(id);
        vm.warp(_arrearsAt(id));
        _refusesWriteOff(arbiter, id, RULING, _wrongStatus(id, DebtStatus.Defaulted));
        _start(id);
        _refusesWriteOff(plant, id, RULING, _notFor(plant));
        _refusesWriteOff(arbiter, id, 0, abi.encodeWithSelector(IDebtLedger.DebtLedger_NoEvidence.selector, id));
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtWrittenOff(id, worksId, AMOUNT, RULING);
        vm.prank(arbiter);
        debts.writeOff(id, RULING);
        _assertDebtIs(id, DebtStatus.WrittenOff);
        assertTrue(debts.recoveryOf(id).writeOffDay == Calendar.today(), "today");
        _refusesWriteOff(arbiter, id, RULING, _wrongStatus(id, DebtStatus.WrittenOff));
        _refusesStart(plant, id, plantId, SUIT, _wrongStatus(id, DebtStatus.WrittenOff));
    }

    function test_writeOff_comesAfterMoreThanSixtyDays() public {
        DebtId id = _owe(AMOUNT);
        _default(id);
        _start(id);
        uint256 from = Calendar.startOf(dueDay.plusDays(61));
        bytes4 notInArrears = IDebtLedger.DebtLedger_NotInArrears.selector;
        vm.warp(from - 1);
        _refusesWriteOff(arbiter, id, RULING, abi.encodeWithSelector(notInArrears, id, from));
        // The clock stands still for a day.
        _standStill(id, block.timestamp + 1 days);
        vm.warp(from);
        _refusesWriteOff(arbiter, id, RULING, abi.encodeWithSelector(notInArrears, id, from + 1 days));
        vm.warp(from + 1 days);
        vm.prank(arbiter);
        debts.writeOff(id, RULING);
    }

    function test_writeOff_changesNothingAboutWhatIsOwed() public {
        DebtId id = _owe(AMOUNT);
        _default(id);
        _start(id);
        vm.warp(_arrearsAt(id));
        vm.prank(arbiter);
        debts.writeOff(id, RULING);
        assertEq(_lateFeeOf(id), _fee(AMOUNT, 61), "the fee runs");
        vm.warp(block.timestamp + 1 days);
        assertEq(_lateFeeOf(id), _fee(AMOUNT, 62), "and runs on");
        assertEq(debts.defaultsOf(worksId), 1, "in default");
        _pay(id, 50_000_000);
        _payOff(id);
        _assertDebtIs(id, DebtStatus.Discharged);
        assertEq(debts.defaultsOf(worksId), 0, "paid after all");
    }

    function _refusesWriteOff(address caller, DebtId id, bytes32 evidence, bytes memory failure) internal {
        _refused(failure);
        vm.prank(caller);
        debts.writeOff(id, evidence);
    }

    // ---- claim

    function test_claim_dividesWhatIsUnpaid() public {
        DebtId id = _owe(AMOUNT);
        _goTo(dueDay.plusDays(1));
        uint256 feeFen = _fee(AMOUNT, 1);
        _pay(id, feeFen + 1_000);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtClaimed(id, address(this), AMOUNT - 1_000);
        (Debt memory debt, uint256 unpaidFen) = debts.claim(id);
        assertEq(unpaidFen, AMOUNT - 1_000, "unpaid");
        assertEq(abi.encode(debt), abi.encode(debts.debtOf(id)), "debt");
        assertEq(debt.book, 1, "divided");
        DebtClaim memory wanted = DebtClaim(1_000, uint80(feeFen), 0);
        assertEq(abi.encode(debts.claimOf(id)), abi.encode(wanted), "paid before");
    }

    function test_claim_isForBooksAndOnce() public {
        DebtId id = _owe(AMOUNT);
        _refused(_notClaimable(id, plant));
        vm.prank(plant);
        debts.claim(id);
        debts.claim(id);
        _refused(_notClaimable(id, address(this)));
        debts.claim(id);
    }

    function test_claim_leavesAloneWhatIsNoReceivable() public {
        _admitPoster(address(this), DebtCode.NetworkCharge);
        DebtId charge = _post(DebtCode.NetworkCharge, worksId, plantId, AMOUNT, dueDay);
        _refused(_notClaimable(charge, address(this)));
        debts.claim(charge);
        DebtId paid = _owe(AMOUNT);
        _payOff(paid);
        _refused(_wrongStatus(paid, DebtStatus.Discharged));
        debts.claim(paid);
        _refused(_wrongStatus(DebtId.wrap(99), DebtStatus.None));
        debts.claim(DebtId.wrap(99));
    }

    function test_claim_takesADebtInDefault() public {
        DebtId id = _owe(AMOUNT);
        _default(id);
        debts.claim(id);
        _assertDebtIs(id, DebtStatus.Defaulted);
        assertEq(debts.defaultsOf(worksId), 1, "as before");
    }

    // ---- payOut

    function test_payOut_paysWhatIsHeldAndNotMore() public {
        (DebtId id, DebtId other) = (_owe(AMOUNT), _owe(AMOUNT));
        debts.claim(id);
        debts.claim(other);
        _pay(id, 100);
        _pay(other, 1_000);
        ParticipantId[] memory payees = new ParticipantId[](2);
        uint256[] memory amountsFen = new uint256[](2);
        (payees[0], payees[1]) = (plantId, millId);
        (amountsFen[0], amountsFen[1]) = (60, 41);
        _refused(_invalidAmount(id, 100, 101));
        debts.payOut(id, payees, amountsFen);
        amountsFen[1] = 30;
        debts.payOut(id, payees, amountsFen);
        assertEq(deposits.balanceOfParticipant(plantId), WEALTH + 60, "plant");
        assertEq(deposits.balanceOfParticipant(millId), 30, "mill");
        assertEq(debts.claimOf(id).heldFen, 10, "left of this debt");
        assertEq(debts.claimOf(other).heldFen, 1_000, "nothing of the other");
        _refused(_invalidAmount(id, 10, 11));
        _payOut(id, plantId, 11);
        _payOut(id, plantId, 10);
        assertEq(_heldByLedger(worksId), 1_000, "held");
        _refused(_invalidAmount(id, 0, 1));
        _payOut(id, plantId, 1);
    }

    function test_payOut_cannotBeMadeToWrapAround() public {
        DebtId id = _owe(AMOUNT);
        debts.claim(id);
        _pay(id, 100);
        _refused(_invalidAmount(id, 100, uint256(1) << 128));
        _payOut(id, plantId, uint256(1) << 128);
        ParticipantId[] memory payees = new ParticipantId[](2);
        uint256[] memory amountsFen = new uint256[](2);
        (payees[0], payees[1]) = (plantId, millId);
        (amountsFen[0], amountsFen[1]) = (type(uint256).max, 101);
        vm.expectRevert();
        debts.payOut(id, payees, amountsFen);
    }

    function test_payOut_isForTheBookThatDividedTheDebt() public {
        _admitClaimBook(address(this));
        _admitClaimBook(stranger);
        DebtId id = _owe(AMOUNT);
        debts.claim(id);
        _pay(id, 10);
        ParticipantId[] memory payees = new ParticipantId[](1);
        uint256[] memory amountsFen = new uint256[](1);
        (payees[0], amountsFen[0]) = (millId, 10);
        _refused(abi.encodeWithSelector(IDebtLedger.DebtLedger_NotClaimable.selector, id, stranger));
        vm.prank(stranger);
        debts.payOut(id, payees, amountsFen);
        _default(id);
        _refused(abi.encodeWithSelector(IDebtLedger.DebtLedger_NotParty.selector, stranger, millId));
        vm.prank(stranger);
        debts.startRecovery(id, millId, "suit");
        debts.startRecovery(id, millId, "suit");
    }

    function test_payOut_isForBooksOfDividedDebts() public {
        DebtId id = _owe(AMOUNT);
        _refused(_notClaimable(id, address(this)));
        _payOut(id, plantId, 0);
        debts.claim(id);
        _pay(id, 100);
        ParticipantId[] memory payees = new ParticipantId[](1);
        uint256[] memory amountsFen = new uint256[](1);
        (payees[0], amountsFen[0]) = (plantId, 100);
        address[3] memory callers = [plant, works, arbiter];
        for (uint256 i = 0; i < 3; ++i) {
            _refused(_notClaimable(id, callers[i]));
            vm.prank(callers[i]);
            debts.payOut(id, payees, amountsFen);
        }
        _refused(_wrongStatus(DebtId.wrap(99), DebtStatus.None));
        _payOut(DebtId.wrap(99), plantId, 0);
    }

    // ---- sums

    /// @dev Three debts, of which two are divided into units; whatever happens to them, in any order.
    function testFuzz_sums_addUp(uint256 seed) public {
        uint256[3] memory amounts = [uint256(50_000_000), 70_000_000, 3];
        DebtId[3] memory ids = [_owe(amounts[0]), _owe(amounts[1]), _owe(amounts[2])];
        uint256[3] memory paidOut;
        debts.claim(ids[1]);
        for (uint256 i = 0; i < 16; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + (seed % 12) * 1 days);
            if (i == 8 && _unpaidOf(ids[0]) != 0) debts.claim(ids[0]);
            uint256 which = (seed >> 32) % 3;
            paidOut[which] += _act(ids[which], (seed >> 40) % 3, seed >> 64);
            uint256 heldFen;
            for (uint256 j = 0; j < 3; ++j) {
                heldFen += _checkSums(ids[j], amounts[j], paidOut[j]);
            }
            assertEq(_heldByLedger(worksId), heldFen, "held by the ledger");
        }
    }

    function _act(DebtId id, uint256 action, uint256 seed) private returns (uint256 paidOutFen) {
        (uint256 unpaidFen, uint256 heldFen) = (_unpaidOf(id), debts.claimOf(id).heldFen);
        if (action == 0 && unpaidFen != 0) {
            _pay(id, bound(seed, 1, _owedOn(id)));
        } else if (action == 1 && unpaidFen != 0 && debts.debtOf(id).book == 0) {
            debts.reduce(id, bound(seed, 1, unpaidFen));
        } else if (action == 2 && heldFen != 0) {
            paidOutFen = bound(seed, 1, heldFen);
            _payOut(id, millId, paidOutFen);
        }
    }

    function _checkSums(DebtId id, uint256 amountFen, uint256 paidOutFen) private view returns (uint256 heldFen) {
        DebtPayments memory paid = debts.paymentsOf(id);
        DebtClaim memory claimed = debts.claimOf(id);
        assertEq(paid.paidFen + debts.reducedFenOf(id) + _unpaidOf(id), amountFen, "paid + reduced + unpaid = amount");
        heldFen = claimed.heldFen;
        uint256 since = uint256(paid.paidFen) + paid.lateFeePaidFen;
        since = debts.debtOf(id).book != 0 ? since - claimed.paidBeforeFen - claimed.lateFeePaidBeforeFen : 0;
        assertEq(heldFen, since - paidOutFen, "held: paid since it was divided, and not paid out");
    }

    // ---- views

    function test_debtOf_revertsForAnUnknownDebt() public {
        DebtId unknown = DebtId.wrap(1);
        bytes memory failure = _wrongStatus(unknown, DebtStatus.None);
        _refused(failure);
        debts.debtOf(unknown);
        _refused(failure);
        debts.dueOn(unknown);
        _refused(failure);
        debts.lastPaymentDay(unknown);
        _refused(failure);
        debts.lateTermsOf(unknown);
    }
}
