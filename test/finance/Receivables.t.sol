// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DebtStatus, IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {BidId, RequestId} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {IReceivables, Receivable} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";

contract ReceivablesTest is FinancePlatform {
    function _refused(bytes memory revertData) internal {
        vm.expectRevert(revertData);
    }

    function _unitsFixed(ReceivableId id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_UnitsFixed.selector, id);
    }

    function _notGood(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_ParticipantNotGood.selector, account);
    }

    function _owe(uint256 amountFen) internal returns (DebtId) {
        return _post(DebtCode.EnergyOnTerms, worksId, plantId, amountFen, dueDay);
    }

    function _heldByLedger() internal view returns (uint256) {
        return deposits.heldBy(worksId, address(debts));
    }

    // ---- issueFromDebt

    function test_issueFromDebt_givesTheCreditorAllUnits() public {
        DebtId debt = _owe(FACE);
        Receivable memory expected = Receivable({
            debt: debt,
            debtor: worksId,
            issueDay: START,
            dueDay: dueDay,
            faceFen: FACE,
            invoiceHash: "invoice"
        });
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtClaimed(debt, address(receivables), FACE);
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableIssued(ReceivableId.wrap(1), debt, plantId, expected, false, false);
        ReceivableId id = _divide(debt);
        assertEq(ReceivableId.unwrap(id), 1, "id");
        assertEq(receivables.receivableCount(), 1, "count");
        assertEq(abi.encode(receivables.receivable(id)), abi.encode(expected), "terms");
        assertEq(_unitsOf(plant, id), FACE, "units");
        assertEq(receivables.unitsOf(id), FACE, "all units");
        assertTrue(receivables.isTransferable(id), "moves");
    }

    function test_issueFromDebt_marksAClaimBetweenAffiliates() public {
        _declareController(plant, "group");
        _declareController(works, "group");
        DebtId debt = _owe(FACE);
        Receivable memory expected = Receivable(debt, worksId, START, dueDay, FACE, "invoice");
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableIssued(ReceivableId.wrap(1), debt, plantId, expected, false, true);
        _divide(debt);
    }

    function test_issueFromDebt_revertsWhereClosed() public {
        DebtId debt = _owe(FACE);
        _close(address(receivables), true);
        _refusesIssue(plant, debt, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant));
    }

    function test_issueFromDebt_revertsForAStrangerAndASuspendedCreditor() public {
        DebtId debt = _owe(FACE);
        _refusesIssue(stranger, debt, _notGood(stranger));
        _suspend(plantId);
        _refusesIssue(plant, debt, _notGood(plant));
    }

    function test_issueFromDebt_revertsForAnybodyButTheCreditor() public {
        DebtId debt = _owe(FACE);
        bytes4 notParty = IReceivables.Receivables_NotParty.selector;
        _refusesIssue(works, debt, abi.encodeWithSelector(notParty, works, plantId));
        _refusesIssue(supplier, debt, abi.encodeWithSelector(notParty, supplier, plantId));
        assertEq(debts.debtOf(debt).book, 0, "not divided");
    }

    function test_issueFromDebt_takesADebtOnce() public {
        DebtId debt = _owe(FACE);
        _divide(debt);
        bytes4 notClaimable = IDebtLedger.DebtLedger_NotClaimable.selector;
        _refusesIssue(plant, debt, abi.encodeWithSelector(notClaimable, debt, receivables));
        DebtId paid = _owe(FACE);
        _payOff(paid);
        bytes4 wrongStatus = IDebtLedger.DebtLedger_WrongStatus.selector;
        _refusesIssue(plant, paid, abi.encodeWithSelector(wrongStatus, paid, DebtStatus.Discharged));
        DebtId unknown = DebtId.wrap(99);
        _refusesIssue(plant, unknown, abi.encodeWithSelector(wrongStatus, unknown, DebtStatus.None));
    }

    function test_issueFromDebt_takesATenorOf180DaysAtMost() public {
        dueDay = START.plusDays(180);
        _issue(FACE);
        dueDay = START.plusDays(181);
        DebtId debt = _owe(FACE);
        bytes memory tooLong = abi.encodeWithSelector(
            IReceivables.Receivables_TenorOutOfRange.selector,
            181,
            LONGEST_TENOR
        );
        // Days are counted in Shanghai.
        _goToLastSecondOf(START);
        _refusesIssue(plant, debt, tooLong);
        _goTo(START.plusDays(1));
        _divide(debt);
    }

    function test_issueFromDebt_callsNoReceiver() public {
        // An account whose code accepts nothing.
        ParticipantId deaf = _enrol(address(financeRules), Kinds.GENERATOR, FirmSize.Small);
        DebtId debt = _post(DebtCode.EnergyOnTerms, worksId, deaf, FACE, dueDay);
        vm.prank(address(financeRules));
        ReceivableId id = receivables.issueFromDebt(debt, 0);
        assertEq(_unitsOf(address(financeRules), id), FACE, "units");
    }

    function test_issueFromDebt_dividesADebtThatIsDueToRecoverIt() public {
        DebtId debt = _owe(FACE);
        _goTo(dueDay);
        ReceivableId id = _divideForRecovery(debt);
        _neverMoves(id);
        _default(debt);
        vm.prank(plant);
        receivables.startRecovery(id, plant, "suit");
        _repay(id, _owed(id));
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(plantId), FACE + debts.paymentsOf(debt).lateFeePaidFen, "paid");
        assertEq(_heldByLedger(), 0, "nothing stays held");
    }

    /// @dev A debtor cannot shield what it owes by a default on next to nothing, which it brings about itself.
    function test_issueFromDebt_dividesDebtsOfADebtorInDefaultToRecoverThem() public {
        DebtId dust = _post(DebtCode.EnergyOnTerms, worksId, supplierId, 1, START);
        DebtId debt = _owe(FACE);
        _default(dust);
        ReceivableId id = _divideForRecovery(debt);
        _neverMoves(id);
        assertEq(receivables.freeUnitsOf(id, plant), FACE, "units");
        // Due itself, it is recovered.
        _default(debt);
        vm.prank(plant);
        receivables.startRecovery(id, plant, "suit");
        _assertDebtIs(debt, DebtStatus.Recovering);
    }

    function test_issueFromDebt_movesAgainOnceTheDebtorHasPaidWhatItDefaultedOn() public {
        DebtId dust = _post(DebtCode.EnergyOnTerms, worksId, supplierId, 1, START);
        DebtId debt = _owe(FACE);
        _default(dust);
        ReceivableId id = _divideForRecovery(debt);
        _payOff(dust);
        assertTrue(receivables.isTransferable(id), "not due, and nobody in default");
        _pass(plant, supplier, id, 1);
    }

    function test_issueFromDebt_dividesOnlyWhatIsUnpaid() public {
        DebtId debt = _owe(1_000);
        DebtId back = _post(DebtCode.EnergyOnTerms, plantId, worksId, 100, dueDay);
        _pay(debt, 300);
        _goTo(dueDay);
        vm.prank(works);
        debts.setOff(debt, back);
        uint256 before = deposits.balanceOfParticipant(plantId);
        ReceivableId id = _divideForRecovery(debt);
        assertEq(receivables.receivable(id).faceFen, 600, "face");
        assertEq(_unitsOf(plant, id), 600, "units");
        assertEq(receivables.collectable(id, plant), 0, "nothing of what was paid before");
        _repay(id, 60);
        assertEq(receivables.collectable(id, plant), 60, "what was paid since");
        _collect(id, plant);
        _repay(id, 540);
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(plantId) - before, 600, "collected");
        assertEq(receivables.unitsOf(id), 0, "no units left");
        assertEq(_heldByLedger(), 0, "nothing stays held");
    }

    function test_issueFromDebt_leavesTheLateFeePaidBeforeToTheCreditor() public {
        DebtId debt = _owe(10_000_000);
        _goTo(dueDay.plusDays(4));
        // Of the fee of four days.
        _pay(debt, 20_000);
        ReceivableId id = _divideForRecovery(debt);
        assertEq(receivables.receivable(id).faceFen, 10_000_000, "face");
        assertEq(receivables.collectable(id, plant), 0, "the fee was paid before");
        _goTo(dueDay.plusDays(6));
        _repay(id, 7_000);
        assertEq(receivables.collectable(id, plant), 7_000, "fee paid since");
        _repay(id, _owed(id));
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(plantId), 10_000_000 + 30_000, "amount and six days of fee");
        assertEq(_heldByLedger(), 0, "nothing stays held");
    }

    function _refusesIssue(address caller, DebtId debt, bytes memory revertData) private {
        _refused(revertData);
        vm.prank(caller);
        receivables.issueFromDebt(debt, "invoice");
    }

    function _divideForRecovery(DebtId debt) private returns (ReceivableId id) {
        Receivable memory expected = Receivable({
            debt: debt,
            debtor: worksId,
            issueDay: Calendar.today(),
            dueDay: dueDay,
            faceFen: uint80(_unpaidOf(debt)),
            invoiceHash: "invoice"
        });
        id = ReceivableId.wrap(receivables.receivableCount() + 1);
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableIssued(id, debt, plantId, expected, true, false);
        _divide(debt);
    }

    /// @dev Not passed on, not pledged; what that means for financing, the desk's test shows.
    function _neverMoves(ReceivableId id) private {
        assertFalse(receivables.isTransferable(id), "fixed");
        vm.startPrank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
        _refused(_unitsFixed(id));
        receivables.encumber(id, 1, firstBankId, "0123");
        vm.stopPrank();
    }

    // ---- safeTransferFrom, safeBatchTransferFrom

    function test_transfer_splitsAndPassesOnAClaim() public {
        ReceivableId id = _issue(FACE);
        _pass(plant, supplier, id, 30_000_000);
        _pass(supplier, firstBank, id, 1);
        assertEq(_unitsOf(plant, id), FACE - 30_000_000, "plant");
        assertEq(_unitsOf(supplier, id), 29_999_999, "supplier");
        assertEq(_unitsOf(firstBank, id), 1, "bank");
        assertEq(receivables.unitsOf(id), FACE, "units in all");
    }

    function test_transfer_beyondTheLimitTakesTheHoldersSecondFactorOnce() public {
        ReceivableId id = _issue(FACE);
        _enrolFactor(plant, abi.encodePacked(_named("token")), 99);
        _pass(plant, supplier, id, 40);
        bytes memory call = abi.encodeCall(
            receivables.safeTransferFrom,
            (plant, supplier, ReceivableId.unwrap(id), 60, "")
        );
        bytes32 subject = _callSubject(address(receivables), plantId, call);
        bytes memory required = _factorRequired(plantId, subject, 40, 60, 99);
        vm.expectRevert(required);
        _pass(plant, supplier, id, 60);
        _confirmAsFactor("token", plantId, subject);
        // Sent by an operator, it is the same call.
        vm.prank(plant);
        receivables.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 60, "");
        assertEq(_unitsOf(supplier, id), 100, "passed on");
        assertEq(secondFactor.exposureOf(plantId, START), 100, "counted");
        vm.expectPartialRevert(ISecondFactor.SecondFactor_Required.selector);
        _pass(plant, supplier, id, 60);
        // Who receives is not asked.
        _pass(supplier, plant, id, 100);
    }

    function test_transfer_ofABatchCountsAllItsUnits() public {
        uint256 id = ReceivableId.unwrap(_issue(FACE));
        _enrolFactor(plant, abi.encodePacked(_named("token")), 99);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory units = new uint256[](2);
        (ids[0], ids[1], units[0], units[1]) = (id, id, 40, 60);
        bytes memory call = abi.encodeCall(receivables.safeBatchTransferFrom, (plant, supplier, ids, units, ""));
        bytes32 subject = _callSubject(address(receivables), plantId, call);
        bytes memory required = _factorRequired(plantId, subject, 0, 100, 99);
        vm.prank(plant);
        vm.expectRevert(required);
        receivables.safeBatchTransferFrom(plant, supplier, ids, units, "");
        _confirmAsFactor("token", plantId, subject);
        vm.prank(plant);
        receivables.safeBatchTransferFrom(plant, supplier, ids, units, "");
        assertEq(secondFactor.exposureOf(plantId, START), 100, "counted");
    }

    function test_transfer_revertsWhereClosed() public {
        ReceivableId id = _issue(FACE);
        _close(address(receivables), true);
        bytes memory closed = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant);
        uint256[] memory one = new uint256[](1);
        one[0] = 1;
        vm.startPrank(plant);
        _refused(closed);
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
        _refused(closed);
        receivables.safeBatchTransferFrom(plant, supplier, one, one, "");
    }

    function test_transfer_revertsToAStrangerAndFromASuspendedHolder() public {
        ReceivableId id = _issue(FACE);
        vm.prank(plant);
        _refused(_notGood(stranger));
        receivables.safeTransferFrom(plant, stranger, ReceivableId.unwrap(id), 1, "");
        _suspend(plantId);
        vm.prank(plant);
        _refused(_notGood(plant));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
    }

    function test_transfer_endsWithTheLastSecondBeforeTheDueDay() public {
        ReceivableId id = _issue(FACE);
        vm.warp(Calendar.startOf(dueDay) - 1);
        _pass(plant, supplier, id, 1);
        _goTo(dueDay);
        assertFalse(receivables.isTransferable(id), "due");
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
    }

    function test_transfer_endsOnceAllIsPaid() public {
        ReceivableId id = _issue(FACE);
        _repay(id, FACE);
        assertFalse(receivables.isTransferable(id), "paid");
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
    }

    /// @dev A debtor that pays a fen early would otherwise fix what its creditor wants to sell.
    function test_transfer_survivesAnEarlyPartPayment() public {
        ReceivableId id = _issue(FACE);
        vm.startPrank(plant);
        receivables.setApprovalForAll(address(desk), true);
        RequestId request = desk.requestFinancing(id, 60_000_000, 600, START.plusDays(10));
        vm.stopPrank();
        vm.prank(firstBank);
        BidId bid = desk.placeBid(request, 385, true, START.plusDays(10));
        _repay(id, 1);
        assertTrue(receivables.isTransferable(id), "moves");
        assertTrue(desk.isBinding(bid), "a bid stays");
        _pass(plant, supplier, id, 1_000);
        vm.startPrank(plant);
        desk.accept(bid);
        receivables.encumber(id, 5_000, secondBankId, "0123");
        desk.requestFinancing(id, 100, 600, START.plusDays(10));
        vm.stopPrank();
        assertEq(_unitsOf(firstBank, id), 60_000_000, "financed");
        assertEq(receivables.collectable(id, firstBank), 0, "held until the due day");
        _goTo(dueDay);
        _repay(id, FACE - 1);
        address[] memory holders = new address[](3);
        (holders[0], holders[1], holders[2]) = (firstBank, supplier, plant);
        receivables.collect(id, holders);
        assertEq(deposits.balanceOfParticipant(supplierId), 1_000, "shared by those who hold units then");
        assertEq(_heldByLedger(), 0, "nothing stays held");
    }

    function test_transfer_waitsWhileTheClockStandsStill() public {
        ReceivableId id = _issue(FACE);
        uint256 until = block.timestamp + 10 days;
        _standStill(_debtOf(id), until);
        vm.warp(until - 1);
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
        vm.warp(until);
        _pass(plant, supplier, id, 1);
    }

    function test_transfer_waitsWhileTheDebtorIsInDefault() public {
        DebtId overdue = _post(DebtCode.EnergyOnTerms, worksId, supplierId, 1, START);
        ReceivableId id = _issue(FACE);
        vm.warp(_defaultsAt(overdue));
        _pass(plant, supplier, id, 1);
        debts.declareDefault(overdue);
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
        _payOff(overdue);
        _pass(plant, supplier, id, 1);
    }

    function test_transfer_ofABatchStopsAtOneFixedReceivable() public {
        ReceivableId free = _issue(FACE);
        ReceivableId paid = _issue(FACE);
        _repay(paid, FACE);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory units = new uint256[](2);
        (ids[0], ids[1]) = (ReceivableId.unwrap(free), ReceivableId.unwrap(paid));
        (units[0], units[1]) = (1, 0);
        vm.startPrank(plant);
        _refused(_unitsFixed(paid));
        receivables.safeBatchTransferFrom(plant, supplier, ids, units, "");
        ids[1] = ids[0];
        receivables.safeBatchTransferFrom(plant, supplier, ids, units, "");
        assertEq(_unitsOf(supplier, free), 1, "supplier");
    }

    // ---- collect

    function test_collect_waitsForTheDueDay() public {
        ReceivableId id = _issue(FACE);
        _repay(id, 40);
        _goToLastSecondOf(Day.wrap(Day.unwrap(dueDay) - 1));
        _repay(id, 2);
        assertEq(receivables.collectable(id, plant), 0, "nothing yet");
        vm.recordLogs();
        _collect(id, plant);
        assertEq(vm.getRecordedLogs().length, 0, "nothing happens");
        assertEq(_heldByLedger(), 42, "held");
        _goTo(dueDay);
        assertEq(receivables.collectable(id, plant), 42, "on the due day");
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(plantId), 42, "both parts");
    }

    function test_collect_waitsNoLongerOnceAllIsPaid() public {
        ReceivableId id = _issue(FACE);
        _repay(id, FACE - 1);
        assertEq(receivables.collectable(id, plant), 0, "a fen is missing");
        _repay(id, 1);
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(plantId), FACE, "long before the due day");
        assertEq(_heldByLedger(), 0, "nothing stays held");
    }

    function test_collect_paysProRata() public {
        ReceivableId id = _issue(100);
        _pass(plant, supplier, id, 33);
        _pass(plant, firstBank, id, 33);
        _repay(id, 20);
        _goTo(dueDay);
        _repay(id, 30);
        // 33 x 50 / 100 = 16.5 and 34 x 50 / 100 = 17.
        assertEq(receivables.collectable(id, supplier), 16, "supplier's");
        address[] memory holders = new address[](5);
        (holders[0], holders[1], holders[2], holders[3], holders[4]) = (supplier, stranger, plant, supplier, firstBank);
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableCollected(id, supplier, supplierId, 16);
        receivables.collect(id, holders);
        assertEq(deposits.balanceOfParticipant(supplierId), 16, "supplier");
        assertEq(deposits.balanceOfParticipant(plantId), 17, "plant");
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 16, "bank");
        assertEq(_heldByLedger(), 1, "rounding stays held");
        assertEq(receivables.unitsOf(id), 51, "units left");
        assertEq(_unitsOf(supplier, id), 17, "supplier's units left");

        _repay(id, 50);
        receivables.collect(id, holders);
        assertEq(deposits.balanceOfParticipant(supplierId), 33, "supplier in full");
        assertEq(deposits.balanceOfParticipant(plantId), 34, "plant in full");
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 33, "bank in full");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        assertEq(receivables.unitsOf(id), 0, "no units left");
    }

    function test_collect_paysNothingTwice() public {
        ReceivableId id = _issue(FACE);
        _repay(id, FACE);
        _collect(id, plant);
        vm.recordLogs();
        _collect(id, plant);
        assertEq(vm.getRecordedLogs().length, 0, "nothing happens");
        assertEq(deposits.balanceOfParticipant(plantId), FACE, "paid once");
    }

    function test_collect_paysADebtorWhoBoughtTheOwnDebt() public {
        ReceivableId id = _issue(FACE);
        _pass(plant, works, id, FACE);
        _repay(id, FACE);
        _collect(id, works);
        assertEq(deposits.balanceOfParticipant(worksId), WEALTH, "as before");
        assertEq(deposits.heldOf(worksId), 0, "nothing held");
    }

    function test_collect_revertsForAnUnknownReceivable() public {
        ReceivableId unknown = ReceivableId.wrap(1);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_Unknown.selector, unknown));
        receivables.collect(unknown, new address[](0));
    }

    /// @dev With everything closed, revoked, suspended or frozen, debts are paid and money reaches its holder.
    function test_payAndCollect_goOnWhenEverythingIsShut() public {
        ReceivableId id = _issue(FACE);
        _fund(works, 20 * WEALTH);
        _pass(plant, supplier, id, 1_000);
        _standStill(_debtOf(id), block.timestamp + 30 days);
        vm.prank(bank);
        deposits.setFrozen(worksId, true, "court order");
        _close(address(receivables), true);
        _close(address(debts), true);
        _close(address(deposits), true);
        _suspend(worksId);
        _suspend(plantId);
        _suspend(supplierId);
        vm.warp(block.timestamp + 4000 days);
        debts.declareDefault(_debtOf(id));
        uint256 feeFen = _lateFeeOf(_debtOf(id));
        _repay(id, FACE + feeFen);
        _collect(id, plant);
        _collect(id, supplier);
        uint256 ofPlant = ((FACE - 1_000) * feeFen) / FACE;
        assertEq(deposits.balanceOfParticipant(plantId), FACE - 1_000 + ofPlant, "plant");
        assertEq(deposits.balanceOfParticipant(supplierId), 1_000 + feeFen - ofPlant, "supplier");
    }

    function testFuzz_collect_neverPaysMoreThanWasPaidAndAllOfItInTheEnd(uint256 seed, uint128 face) public {
        face = uint128(bound(face, 4, WEALTH));
        ReceivableId id = _issue(face);
        address[] memory holders = new address[](4);
        (holders[0], holders[1], holders[2], holders[3]) = (plant, supplier, firstBank, secondBank);
        uint256[4] memory units;
        units[0] = face;
        for (uint256 i = 1; i < 4; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            units[i] = bound(seed, 0, units[0]);
            units[0] -= units[i];
            _pass(plant, holders[i], id, units[i]);
        }
        uint256 repaid;
        for (uint256 payment = 0; payment < 5; ++payment) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 amountFen = payment == 4 ? face - repaid : bound(seed, 0, face - repaid);
            // The first two parts come before the due day.
            if (payment == 2) _goTo(dueDay);
            if (amountFen == 0) continue;
            _repay(id, amountFen);
            repaid += amountFen;
            uint256 shared = payment >= 2 || repaid == face ? repaid : 0;
            // Some collect now, some later.
            for (uint256 i = 0; i < 4; ++i) {
                if ((seed >> (200 + i)) & 1 == 1) _collect(id, holders[i]);
            }
            uint256 collected = face - receivables.unitsOf(id);
            assertTrue(collected <= shared, "not more than was paid");
            assertEq(_heldByLedger(), repaid - collected, "the rest is held");
            for (uint256 i = 0; i < 4; ++i) {
                uint256 had = units[i] - _unitsOf(holders[i], id);
                assertTrue(had + receivables.collectable(id, holders[i]) == (units[i] * shared) / face, "share");
            }
        }
        receivables.collect(id, holders);
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(_unitsOf(holders[i], id), 0, "all units are paid");
        }
        assertEq(receivables.unitsOf(id), 0, "no units left");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        assertEq(deposits.balanceOfParticipant(worksId), WEALTH - face, "the debtor paid the face");
    }

    function testFuzz_collect_leavesLessThanAFenAHolderHeld(uint128 face, uint256 paid, uint256 passed) public {
        face = uint128(bound(face, 2, WEALTH));
        paid = bound(paid, 1, face);
        ReceivableId id = _issue(face);
        _pass(plant, supplier, id, bound(passed, 0, face));
        _repay(id, paid);
        _goTo(dueDay);
        _collect(id, plant);
        _collect(id, supplier);
        assertTrue(deposits.heldOf(worksId) < 2, "at most one fen for two holders");
    }

    // ---- what does not exist

    function test_unknown_revertsEverywhere() public {
        ReceivableId unknown = ReceivableId.wrap(9);
        bytes memory refusal = abi.encodeWithSelector(IReceivables.Receivables_Unknown.selector, unknown);
        _refused(refusal);
        receivables.startRecovery(unknown, plant, "suit");
        vm.prank(plant);
        _refused(refusal);
        receivables.encumber(unknown, 1, firstBankId, "0123");
        _refused(refusal);
        receivables.receivable(unknown);
        _refused(refusal);
        receivables.isTransferable(unknown);
        _refused(refusal);
        receivables.unitsOf(unknown);
        _refused(refusal);
        receivables.collectable(unknown, plant);
    }
}
