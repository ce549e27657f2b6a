// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {DraftId, IReceivables, Receivable, ReceivableStatus} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {IMarketRules} from "../../contracts/market/interfaces/IMarketRules.sol";
import {ITradeEscrow, ITradeEscrowEvents, PayableKind} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {ParticipantId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {HoldBehaviour} from "../behaviours/HoldBehaviour.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";
import {Platform} from "../utils/Platform.sol";

contract ReceivablesTest is FinancePlatform, HoldBehaviour {
    uint16 internal constant GRACE_DAYS = 5;

    ReceivableId private _held;

    function setUp() public override(FinancePlatform, Platform) {
        super.setUp();
    }

    function _refused(bytes memory revertData) internal {
        vm.expectRevert(revertData);
    }

    function _statusIs(ReceivableId id, ReceivableStatus expected) internal view {
        assertEq(uint256(receivables.receivable(id).status), uint256(expected), "status");
    }

    function _unitsFixed(ReceivableId id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_UnitsFixed.selector, id);
    }

    function _notGood(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_ParticipantNotGood.selector, account);
    }

    function _default(ReceivableId id) internal {
        vm.warp(receivables.defaultsAt(id));
        receivables.declareDefault(id);
    }

    // ---- issueFromTrade

    function test_issueFromTrade_givesTheCreditorAllUnits() public {
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        Receivable memory expected = Receivable({
            debtor: worksId,
            creditor: plantId,
            issueDay: START,
            dueDay: dueDay,
            graceDays: GRACE_DAYS,
            status: ReceivableStatus.Outstanding,
            lateRateBp: LATE_RATE_BP,
            faceFen: FACE,
            repaidFen: 0,
            source: trade,
            draft: DraftId.wrap(0),
            frozenUntil: 0,
            stoodStill: 0,
            invoiceHash: "invoice"
        });
        ReceivableId first = ReceivableId.wrap(1);
        bytes32 key = keccak256(abi.encode(worksId, plantId, trade));
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableIssued(first, worksId, plantId, key, expected);
        vm.prank(plant);
        ReceivableId id = receivables.issueFromTrade(trade, "invoice");
        assertEq(ReceivableId.unwrap(id), 1, "id");
        assertEq(receivables.receivableCount(), 1, "count");
        assertEq(abi.encode(receivables.receivable(id)), abi.encode(expected), "terms");
        assertEq(_unitsOf(plant, id), FACE, "units");
        assertEq(receivables.unitsOf(id), FACE, "all units");
        assertTrue(receivables.isTransferable(id), "moves");
    }

    function test_issueFromTrade_revertsWhereClosed() public {
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        _close(address(receivables), true);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_revertsForAStrangerAndASuspendedCreditor() public {
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        vm.prank(stranger);
        _refused(_notGood(stranger));
        receivables.issueFromTrade(trade, 0);
        _suspend(plantId);
        vm.prank(plant);
        _refused(_notGood(plant));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_revertsForAnybodyButTheCreditor() public {
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        vm.prank(works);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_NotParty.selector, works, plantId));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_takesAPayableOnce() public {
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        vm.startPrank(plant);
        receivables.issueFromTrade(trade, 0);
        _refused(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NoPayable.selector, trade, PayableKind.Energy));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_usesAKeyOnceWhateverTheEscrowSays() public {
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        vm.startPrank(plant);
        receivables.issueFromTrade(trade, 0);
        bytes memory takePayable = abi.encodeCall(ITradeEscrow.takePayable, (trade));
        vm.mockCall(address(source), takePayable, abi.encode(worksId, plantId, dueDay, 1, FACE));
        bytes32 key = keccak256(abi.encode(worksId, plantId, trade));
        _refused(abi.encodeWithSelector(IReceivables.Receivables_KeyUsed.selector, key));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_asksForATenorOfOneTo180Days() public {
        _issueDue(START.plusDays(1));
        _issueDue(START.plusDays(180));
        _refusesTenor(START.plusDays(181), 181);
        _refusesTenor(START, 0);
        _refusesTenor(Day.wrap(Day.unwrap(START) - 1), 0);
    }

    function test_issueFromTrade_countsTheTenorInShanghai() public {
        _goToLastSecondOf(START);
        uint256 lastSecond = vm.snapshotState();
        _issueDue(START.plusDays(1));
        vm.revertToState(lastSecond);
        _goTo(START.plusDays(1));
        _refusesTenor(START.plusDays(1), 0);
    }

    function _issueDue(Day due) internal {
        TradeId trade = _owe(worksId, plantId, FACE, due);
        vm.prank(plant);
        receivables.issueFromTrade(trade, 0);
    }

    function _refusesTenor(Day due, uint256 tenorDays) internal {
        TradeId trade = _owe(worksId, plantId, FACE, due);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_TenorOutOfRange.selector, tenorDays, 180));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_refusesADebtorInDefaultUntilAllIsPaid() public {
        ReceivableId overdue = _issue(FACE);
        _default(overdue);
        dueDay = Calendar.today().plusDays(30);
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_DebtorInDefault.selector, worksId));
        receivables.issueFromTrade(trade, 0);

        _repay(overdue, _owed(overdue) - 1);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_DebtorInDefault.selector, worksId));
        receivables.issueFromTrade(trade, 0);

        _repay(overdue, 1);
        vm.prank(plant);
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_revertsBeforeTheFirstRuleSet() public {
        Day before = Day.wrap(Day.unwrap(START) - 1);
        TradeId trade = _owe(worksId, plantId, FACE, dueDay);
        _goToLastSecondOf(before);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IMarketRules.MarketRules_NoRuleSet.selector, before));
        receivables.issueFromTrade(trade, 0);
    }

    function test_issueFromTrade_callsNoReceiver() public {
        // An account whose code accepts nothing.
        ParticipantId deaf = _enrol(address(source), Kinds.GENERATOR, FirmSize.Small);
        TradeId trade = _owe(worksId, deaf, FACE, dueDay);
        vm.prank(address(source));
        ReceivableId id = receivables.issueFromTrade(trade, 0);
        assertEq(_unitsOf(address(source), id), FACE, "units");
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

    function test_transfer_endsWithTheFirstPayment() public {
        ReceivableId id = _issue(FACE);
        _repay(id, 1);
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
        _repay(id, FACE - 1);
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
    }

    function test_transfer_ofABatchStopsAtOneFixedReceivable() public {
        ReceivableId free = _issue(FACE);
        ReceivableId paid = _issue(FACE);
        _repay(paid, 1);
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

    // ---- repay

    function test_repay_holdsThePaymentUntilItIsCollected() public {
        ReceivableId id = _issue(FACE);
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableRepaid(id, 40, 40);
        _repay(id, 40);
        _repay(id, 2);
        assertEq(receivables.receivable(id).repaidFen, 42, "repaid");
        assertEq(deposits.heldBy(worksId, address(receivables)), 42, "held");
        _statusIs(id, ReceivableStatus.Outstanding);
        _repay(id, FACE - 42);
        _statusIs(id, ReceivableStatus.Repaid);
    }

    function test_repay_revertsForAnybodyButTheDebtor() public {
        ReceivableId id = _issue(FACE);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_NotParty.selector, plant, worksId));
        receivables.repay(id, 1);
        ReceivableId unknown = ReceivableId.wrap(2);
        vm.prank(works);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_Unknown.selector, unknown));
        receivables.repay(unknown, 1);
    }

    function test_repay_revertsForNothingOrTooMuch() public {
        ReceivableId id = _issue(FACE);
        _refusesPayment(id, 0, FACE);
        _refusesPayment(id, FACE + 1, FACE);
        _refusesPayment(id, type(uint256).max, FACE);
        _repay(id, FACE);
        _refusesPayment(id, 1, 0);
    }

    function _refusesPayment(ReceivableId id, uint256 amountFen, uint256 outstandingFen) internal {
        vm.prank(works);
        _refused(
            abi.encodeWithSelector(IReceivables.Receivables_InvalidPayment.selector, id, outstandingFen, amountFen)
        );
        receivables.repay(id, amountFen);
    }

    // ---- collect

    function test_collect_paysProRata() public {
        ReceivableId id = _issue(100);
        _pass(plant, supplier, id, 33);
        _pass(plant, firstBank, id, 33);
        _repay(id, 50);
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
        assertEq(deposits.heldBy(worksId, address(receivables)), 1, "rounding stays held");
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
    function test_repayAndCollect_goOnWhenEverythingIsShut() public {
        ReceivableId id = _issue(FACE);
        _fund(works, 20 * WEALTH);
        _pass(plant, supplier, id, 1_000);
        _freezeReceivable(id, block.timestamp + 30 days);
        vm.prank(bank);
        deposits.setFrozen(worksId, true, "court order");
        _close(address(receivables), true);
        _close(address(deposits), true);
        _suspend(worksId);
        _suspend(plantId);
        _suspend(supplierId);
        vm.warp(block.timestamp + 4000 days);
        receivables.declareDefault(id);
        uint256 feeFen = receivables.lateFeeDue(id);
        _repay(id, FACE + feeFen);
        _collect(id, plant);
        _collect(id, supplier);
        uint256 ofPlant = ((FACE - 1_000) * feeFen) / FACE;
        assertEq(deposits.balanceOfParticipant(plantId), FACE - 1_000 + ofPlant, "plant");
        assertEq(deposits.balanceOfParticipant(supplierId), 1_000 + feeFen - ofPlant, "supplier");
    }

    function testFuzz_collect_neverPaysMoreThanWasRepaidAndAllOfItInTheEnd(uint256 seed, uint128 face) public {
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
            if (amountFen == 0) continue;
            _repay(id, amountFen);
            repaid += amountFen;
            // Some collect now, some later.
            for (uint256 i = 0; i < 4; ++i) {
                if ((seed >> (200 + i)) & 1 == 1) _collect(id, holders[i]);
            }
            uint256 collected = face - receivables.unitsOf(id);
            assertTrue(collected <= repaid, "not more than was repaid");
            assertEq(deposits.heldBy(worksId, address(receivables)), repaid - collected, "the rest is held");
            for (uint256 i = 0; i < 4; ++i) {
                uint256 had = units[i] - _unitsOf(holders[i], id);
                assertTrue(had + receivables.collectable(id, holders[i]) == (units[i] * repaid) / face, "share");
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
        _collect(id, plant);
        _collect(id, supplier);
        assertTrue(deposits.heldOf(worksId) < 2, "at most one fen for two holders");
    }

    // ---- declareDefault

    function test_declareDefault_waitsForTheLastSecondOfGrace() public {
        ReceivableId id = _issue(FACE);
        uint256 from = Calendar.startOf(dueDay.plusDays(GRACE_DAYS + 1));
        assertEq(receivables.defaultsAt(id), from, "after due day and five days of grace");
        vm.warp(from - 1);
        _refusesDefault(id, from);
        vm.warp(from);
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableDefaulted(id, worksId, FACE);
        receivables.declareDefault(id);
        _statusIs(id, ReceivableStatus.Defaulted);
        assertEq(receivables.defaultsOf(worksId), 1, "counted");
        _refusesDefault(id, from);
    }

    function test_declareDefault_revertsOnceAllIsPaid() public {
        ReceivableId id = _issue(FACE);
        vm.warp(receivables.defaultsAt(id));
        _repay(id, _owed(id));
        _refusesDefault(id, receivables.defaultsAt(id));
        assertEq(receivables.defaultsOf(worksId), 0, "not counted");
    }

    function test_declareDefault_endsWithFullPayment() public {
        ReceivableId first = _issue(FACE);
        ReceivableId second = _issue(FACE);
        _repay(second, 1);
        _default(first);
        receivables.declareDefault(second);
        assertEq(receivables.defaultsOf(worksId), 2, "both");
        _repay(first, _owed(first));
        _statusIs(first, ReceivableStatus.Repaid);
        assertEq(receivables.defaultsOf(worksId), 1, "one");
        _repay(second, _owed(second));
        assertEq(receivables.defaultsOf(worksId), 0, "none");
    }

    function _refusesDefault(ReceivableId id, uint256 from) internal {
        _refused(abi.encodeWithSelector(IReceivables.Receivables_NotInDefault.selector, id, from));
        receivables.declareDefault(id);
    }

    function test_unknown_revertsEverywhere() public {
        ReceivableId unknown = ReceivableId.wrap(9);
        bytes memory refusal = abi.encodeWithSelector(IReceivables.Receivables_Unknown.selector, unknown);
        _refused(refusal);
        receivables.declareDefault(unknown);
        _refused(refusal);
        receivables.startRecovery(unknown, plant, "suit");
        vm.prank(arbiter);
        _refused(refusal);
        receivables.writeOff(unknown, "ruling");
        vm.prank(arbiter);
        _refused(refusal);
        receivables.freeze(unknown, 0);
        vm.prank(plant);
        _refused(refusal);
        receivables.encumber(unknown, 1, firstBankId, "0123");
        _refused(refusal);
        receivables.receivable(unknown);
        _refused(refusal);
        receivables.lateFee(unknown);
    }

    // ---- freeze

    function test_freeze_revertsForAnybodyButAnArbiter() public {
        ReceivableId id = _issue(FACE);
        vm.prank(plant);
        _refused(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant));
        receivables.freeze(id, 0);
        vm.prank(arbiter);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_Unknown.selector, ReceivableId.wrap(9)));
        receivables.freeze(ReceivableId.wrap(9), 0);
    }

    function test_freeze_stopsUnitsUntilItsLastSecond() public {
        ReceivableId id = _issue(FACE);
        uint256 until = block.timestamp + 10 days;
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableFrozen(id, uint40(until));
        _freezeReceivable(id, until);
        vm.warp(until - 1);
        vm.prank(plant);
        _refused(_unitsFixed(id));
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 1, "");
        vm.warp(until);
        _pass(plant, supplier, id, 1);
    }

    function test_freeze_lastsThirtyDaysAfterTheFirstOneAtMost() public {
        ReceivableId id = _issue(FACE);
        uint256 limit = block.timestamp + 30 days;
        _refusesFreeze(id, limit + 1);
        _freezeReceivable(id, limit - 20 days);
        vm.warp(limit - 10 days);
        _refusesFreeze(id, limit + 1);
        _freezeReceivable(id, limit);
        vm.warp(limit);
        _refusesFreeze(id, limit + 1);
        assertTrue(receivables.isTransferable(id), "moves again");
    }

    function test_freeze_doesNotBeginWithAnUnfreeze() public {
        ReceivableId id = _issue(FACE);
        _freezeReceivable(id, 0);
        _freezeReceivable(id, block.timestamp);
        vm.warp(block.timestamp + 20 days);
        _freezeReceivable(id, block.timestamp + 30 days);
    }

    function test_freeze_letsTheClockOfDefaultStandStill() public {
        ReceivableId id = _issue(FACE);
        uint256 from = receivables.defaultsAt(id);
        _freezeReceivable(id, block.timestamp + 10 days);
        assertEq(receivables.defaultsAt(id), from + 10 days, "the whole freeze");
        vm.warp(block.timestamp + 4 days);
        _freezeReceivable(id, 0);
        assertEq(receivables.defaultsAt(id), from + 4 days, "cut short");
        _freezeReceivable(id, block.timestamp + 6 days);
        vm.warp(block.timestamp + 1 days);
        _freezeReceivable(id, block.timestamp + 9 days);
        assertEq(receivables.defaultsAt(id), from + 14 days, "prolonged");
        vm.warp(from + 14 days - 1);
        _refusesDefault(id, from + 14 days);
        vm.warp(from + 14 days);
        receivables.declareDefault(id);
    }

    function testFuzz_freeze_delaysDefaultByTheSecondsFrozen(uint256[6] memory seeds) public {
        ReceivableId id = _issue(FACE);
        uint256 from = receivables.defaultsAt(id);
        uint256 limit = block.timestamp + 30 days;
        uint256 until = block.timestamp + bound(seeds[0], 1, 30 days);
        _freezeReceivable(id, until);
        uint256 frozen;
        for (uint256 i = 1; i < seeds.length; ++i) {
            uint256 pause = bound(seeds[i], 0, limit - block.timestamp);
            frozen += pause < until - block.timestamp ? pause : until - block.timestamp;
            vm.warp(block.timestamp + pause);
            until = bound(seeds[i] >> 128, block.timestamp, limit);
            _freezeReceivable(id, until);
        }
        frozen += until - block.timestamp;
        assertEq(receivables.defaultsAt(id), from + frozen, "defaults at");
        assertTrue(frozen <= 30 days, "bounded");
    }

    function _refusesFreeze(ReceivableId id, uint256 until) internal {
        vm.prank(arbiter);
        _refused(abi.encodeWithSelector(IReceivables.Receivables_FreezeTooLong.selector, id, uint40(until)));
        receivables.freeze(id, uint40(until));
    }

    // ---- hooks

    function _notary() internal view override returns (address) {
        return address(receivables);
    }

    function _payer() internal view override returns (ParticipantId) {
        return worksId;
    }

    function _isEntrance() internal pure override returns (bool) {
        return false;
    }

    function _prepareHold() internal override returns (Step memory, uint256) {
        _held = _issue(FACE);
        return (Step(works, address(receivables), abi.encodeCall(IReceivables.repay, (_held, FACE))), FACE);
    }

    function _endHold() internal override {
        _collect(_held, plant);
    }
}
