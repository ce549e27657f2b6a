// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtPayments, DebtStatus, IDebtLedger, Recovery} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ReceivableId} from "../../contracts/types/Ids.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";

/// @notice A works that does not pay: its claim is pursued by the plant that holds most of it, by the supplier it was passed
/// on to in part, or by the bank that the plant pledged it to, and written off in the end.
contract RecoveryTest is FinancePlatform {
    bytes32 internal constant SUIT = keccak256("suit");
    bytes32 internal constant RULING = keccak256("bankruptcy closed");
    uint256 internal constant PASSED_ON = 33_333_333;

    ReceivableId internal id;
    DebtId internal debt;

    function setUp() public override {
        super.setUp();
        id = _issue(FACE);
        debt = _debtOf(id);
        _pass(plant, supplier, id, PASSED_ON);
    }

    // ---- steps

    function _start() internal {
        vm.prank(plant);
        receivables.startRecovery(id, plant, SUIT);
    }

    function _writeOff() internal {
        vm.warp(_arrearsAt(debt));
        vm.prank(arbiter);
        debts.writeOff(debt, RULING);
    }

    function _wrongStatus(DebtStatus status) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IDebtLedger.DebtLedger_WrongStatus.selector, debt, status);
    }

    function _refusesStart(address caller, address holder, bytes32 evidence, bytes memory failure) internal {
        vm.prank(caller);
        vm.expectRevert(failure);
        receivables.startRecovery(id, holder, evidence);
    }

    function _collectAll() internal {
        address[] memory holders = new address[](2);
        (holders[0], holders[1]) = (plant, supplier);
        receivables.collect(id, holders);
    }

    // ---- startRecovery

    function test_startRecovery_onlyOfAClaimInDefault() public {
        _refusesStart(plant, plant, SUIT, _wrongStatus(DebtStatus.Outstanding));
        vm.warp(_defaultsAt(debt));
        _refusesStart(plant, plant, SUIT, _wrongStatus(DebtStatus.Outstanding));
        debts.declareDefault(debt);
        vm.expectEmit(address(debts));
        emit IDebtLedger.RecoveryStarted(debt, plantId, SUIT);
        _start();
        _assertDebtIs(debt, DebtStatus.Recovering);
        Recovery memory wanted = Recovery({startDay: Calendar.today(), writeOffDay: Day.wrap(0)});
        assertEq(abi.encode(debts.recoveryOf(debt)), abi.encode(wanted), "since today");
        _refusesStart(plant, plant, SUIT, _wrongStatus(DebtStatus.Recovering));
        _repay(id, _owed(id));
        _refusesStart(plant, plant, SUIT, _wrongStatus(DebtStatus.Discharged));
    }

    function test_startRecovery_restsOnADocument() public {
        _default(debt);
        bytes memory failure = abi.encodeWithSelector(IDebtLedger.DebtLedger_NoEvidence.selector, debt);
        _refusesStart(plant, plant, 0, failure);
    }

    function test_startRecovery_byHoldersAndPledgeesOnly() public {
        vm.prank(plant);
        receivables.encumber(id, 5, firstBankId, "0123");
        _default(debt);
        address[4] memory callers = [works, arbiter, secondBank, supplier];
        for (uint256 i = 0; i < 4; ++i) {
            _refusesStart(callers[i], plant, SUIT, _notHolder(plant, callers[i]));
        }
        _refusesStart(firstBank, supplier, SUIT, _notHolder(supplier, firstBank));
        _refusesStart(works, works, SUIT, _notHolder(works, works));
        uint256 snapshot = vm.snapshotState();
        vm.prank(supplier);
        receivables.startRecovery(id, supplier, SUIT);
        assertTrue(vm.revertToState(snapshot), "back");
        vm.expectEmit(address(debts));
        emit IDebtLedger.RecoveryStarted(debt, firstBankId, SUIT);
        vm.prank(firstBank);
        receivables.startRecovery(id, plant, SUIT);
    }

    function _notHolder(address holder, address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_NotHolder.selector, id, holder, caller);
    }

    function test_startRecovery_byTheNewAccountForUnitsLeftInTheFormer() public {
        address account = _named("the plant's new key");
        _replaceAccount(plantId, account);
        _default(debt);
        _refusesStart(plant, plant, SUIT, _notHolder(plant, plant));
        vm.prank(account);
        receivables.startRecovery(id, plant, SUIT);
        _assertDebtIs(debt, DebtStatus.Recovering);
    }

    // ---- writeOff

    function test_writeOff_takesNothingFromAnybody() public {
        vm.prank(plant);
        receivables.encumber(id, 60_000_000, firstBankId, "0123");
        _default(debt);
        _start();
        _writeOff();
        assertEq(_unitsOf(plant, id) + _unitsOf(supplier, id), FACE, "units stay");
        assertEq(receivables.encumbranceOf(id, plant).units, 60_000_000, "the pledge stays");
        // 0.05 % a day, for 61 days and one more.
        assertEq(_lateFeeOf(debt), (uint256(FACE) * 5 * 61 + 5_000) / 10_000, "the late fee runs");
        vm.warp(block.timestamp + 1 days);
        assertEq(_lateFeeOf(debt), (uint256(FACE) * 5 * 62 + 5_000) / 10_000, "and runs on");
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_UnitsFixed.selector, id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
    }

    // ---- pay and collect

    function test_collect_sharesAPartialRecoveryToTheFen() public {
        vm.prank(plant);
        receivables.encumber(id, 10_000_000, firstBankId, "0123");
        _default(debt);
        _start();
        // The bankruptcy pays the late fee and 12.34 % of the face value.
        uint256 feeFen = _lateFeeOf(debt);
        _repay(id, feeFen + 12_340_000);
        _collectAll();
        // 12,340,000 x 33,333,333 / 100,000,001 = 4,113,333.25...; of the fee, 300,000 x the same share = 99,999.998...
        assertEq(feeFen, (uint256(FACE) * 5 * 6 + 5_000) / 10_000, "six days late");
        assertEq(deposits.balanceOfParticipant(supplierId), 4_113_333 + 99_999, "a third");
        // 8,226,666.75 and 200,000.002; the pledge comes first.
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 8_226_666 + 200_000, "the pledgee");
        assertEq(deposits.balanceOfParticipant(plantId), 0, "the holder after it");
        assertEq(deposits.heldOf(worksId), 2, "a fen of each by rounding");
        _assertDebtIs(debt, DebtStatus.Recovering);
    }

    function test_pay_inFullAfterAWriteOffEndsTheDefault() public {
        _default(debt);
        _start();
        _repay(id, _lateFeeOf(debt) + 50_000_000);
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtWrittenOff(debt, worksId, FACE - 50_000_000, RULING);
        _writeOff();
        _collectAll();
        _assertDebtIs(debt, DebtStatus.WrittenOff);
        assertEq(debts.defaultsOf(worksId), 1, "still in default");
        _goTo(dueDay.plusDays(400));
        _repay(id, _owed(id));
        _assertDebtIs(debt, DebtStatus.Discharged);
        assertEq(debts.defaultsOf(worksId), 0, "no longer");
        _collectAll();
        assertEq(receivables.unitsOf(id), 0, "no units left");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
    }

    function testFuzz_recovery_leavesHoldersWhatTheyWouldHaveHad(uint256 seed) public {
        _default(debt);
        uint256 snapshot = vm.snapshotState();
        (uint256 plantHad, uint256 supplierHad) = _payInParts(seed, false);
        assertTrue(vm.revertToState(snapshot), "back");
        _start();
        (uint256 plantHas, uint256 supplierHas) = _payInParts(seed, true);
        assertEq(plantHas, plantHad, "the plant");
        assertEq(supplierHas, supplierHad, "the supplier");
    }

    /// @dev Four payments, each 20 to 50 days after the one before, with the write-off in between if there is one.
    function _payInParts(uint256 seed, bool writtenOff) private returns (uint256, uint256) {
        for (uint256 i = 0; i < 4; ++i) {
            vm.warp(block.timestamp + (20 + (seed % 31)) * 1 days);
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 owed = _owed(id);
            if (owed == 0) break;
            if (writtenOff && block.timestamp >= _arrearsAt(debt)) {
                vm.prank(arbiter);
                debts.writeOff(debt, RULING);
                writtenOff = false;
            }
            _repay(id, bound(seed, 1, owed));
            if (seed % 2 == 0) _collectAll();
        }
        _collectAll();
        DebtPayments memory payments = debts.paymentsOf(debt);
        uint256 paid = uint256(payments.paidFen) + payments.lateFeePaidFen;
        uint256 collected = deposits.balanceOfParticipant(plantId) + deposits.balanceOfParticipant(supplierId);
        assertEq(deposits.heldBy(worksId, address(debts)), paid - collected, "held: paid and not collected");
        assertTrue(paid - collected < 4, "all but the rounding is collected");
        return (deposits.balanceOfParticipant(plantId), deposits.balanceOfParticipant(supplierId));
    }
}
