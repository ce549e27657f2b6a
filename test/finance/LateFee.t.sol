// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {IReceivables, ReceivableStatus} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {LateFeeBehaviour} from "../behaviours/LateFeeBehaviour.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What is paid by a debtor who is late, and by when it is late. The example of the law: where nothing was agreed, a
/// large firm owes a small one 0.05 % of what is unpaid for each day (国务院令802).
contract LateFeeTest is FinancePlatform, LateFeeBehaviour {
    uint256 internal constant BP_DAYS = 3_600_000;

    ReceivableId private _owing;

    function setUp() public override(FinancePlatform, Platform) {
        super.setUp();
    }

    function _fee(uint256 unpaidFen, uint256 daysLate) internal pure returns (uint256) {
        return (unpaidFen * LATE_RATE_BP * daysLate + BP_DAYS / 2) / BP_DAYS;
    }

    function _dueIs(ReceivableId id, uint256 feeFen, string memory what) internal view {
        assertEq(receivables.lateFeeDue(id), feeFen, what);
    }

    // ---- lateFeeDue

    function test_lastPaymentDay_movesWithTheCalendarWhileTheDueDayStays() public {
        // Agreed for a Saturday: due on Monday.
        dueDay = START.plusDays(6);
        ReceivableId id = _issue(FACE);
        assertEq(Day.unwrap(receivables.receivable(id).dueDay), Day.unwrap(START.plusDays(8)), "due on Monday");
        // Monday becomes a holiday.
        Day[] memory daysOff = new Day[](1);
        daysOff[0] = START.plusDays(8);
        vm.prank(ruleMaker);
        financeRules.announce(daysOff, new Day[](0));
        assertEq(Day.unwrap(receivables.receivable(id).dueDay), Day.unwrap(START.plusDays(8)), "due day stays");
        assertEq(Day.unwrap(receivables.lastPaymentDay(id)), Day.unwrap(START.plusDays(9)), "payable on Tuesday");
        assertEq(receivables.defaultsAt(id), Calendar.startOf(START.plusDays(9 + 5 + 1)), "grace counts from Tuesday");
    }

    function test_lateFee_standsStillWhileFrozen() public {
        ReceivableId id = _issue(FACE);
        _goTo(dueDay.plusDays(3));
        _dueIs(id, _fee(FACE, 3), "three days late");
        _freezeReceivable(id, block.timestamp + 10 days);
        _dueIs(id, _fee(FACE, 3), "frozen");
        vm.warp(block.timestamp + 10 days - 1);
        _dueIs(id, _fee(FACE, 3), "still frozen");
        vm.warp(block.timestamp + 1);
        _dueIs(id, _fee(FACE, 3), "no longer");
        vm.warp(block.timestamp + 1 days);
        _dueIs(id, _fee(FACE, 4), "a day later");
    }

    function testFuzz_lateFee_neverFallsByTime(uint256[6] memory seeds) public {
        ReceivableId id = _issue(FACE);
        uint256 before;
        for (uint256 i = 0; i < seeds.length; ++i) {
            vm.warp(block.timestamp + bound(seeds[i], 0, 40 days));
            assertTrue(receivables.lateFeeDue(id) >= before, "by time");
            before = receivables.lateFeeDue(id);
            uint256 until = block.timestamp + ((seeds[i] >> 128) % 20 days);
            vm.prank(arbiter);
            // Refused beyond thirty days from the first.
            (bool done, ) = address(receivables).call(abi.encodeCall(receivables.freeze, (id, uint40(until))));
            if (done) assertEq(receivables.lateFeeDue(id), before, "by a freeze");
        }
    }

    // ---- repay

    function test_repay_paysTheFeeFirst() public {
        ReceivableId id = _issue(10_000_000);
        _goTo(dueDay.plusDays(2));
        vm.expectEmit(address(receivables));
        emit IReceivables.LateFeePaid(id, 4_000, 4_000);
        _repay(id, 4_000);
        assertEq(receivables.receivable(id).repaidFen, 0, "nothing of the face value");
        _dueIs(id, 6_000, "the rest of the fee");
        vm.expectEmit(address(receivables));
        emit IReceivables.LateFeePaid(id, 6_000, 10_000);
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableRepaid(id, 5_000_000, 5_000_000);
        _repay(id, 5_006_000);
        // Half is left: 25.00 元 a day.
        _goTo(dueDay.plusDays(5));
        _dueIs(id, 7_500, "three more days");
        _refusesPayment(id, 5_007_501, 5_007_500);
        _repay(id, 5_007_500);
        assertEq(uint256(receivables.receivable(id).status), uint256(ReceivableStatus.Repaid), "repaid");
        _goTo(dueDay.plusDays(50));
        _dueIs(id, 0, "no more");
        _refusesPayment(id, 1, 0);
        assertEq(receivables.lateFee(id).paidFen, 17_500, "paid in all");
        assertEq(deposits.heldBy(worksId, address(receivables)), 10_017_500, "held");
    }

    function _refusesPayment(ReceivableId id, uint256 amountFen, uint256 owedFen) internal {
        vm.prank(works);
        vm.expectRevert(
            abi.encodeWithSelector(IReceivables.Receivables_InvalidPayment.selector, id, owedFen, amountFen)
        );
        receivables.repay(id, amountFen);
    }

    function test_repay_staysInDefaultUntilTheFeeIsPaid() public {
        ReceivableId id = _issue(FACE);
        vm.warp(receivables.defaultsAt(id));
        receivables.declareDefault(id);
        _repay(id, FACE);
        assertEq(receivables.defaultsOf(worksId), 1, "the fee was paid first");
        _repay(id, _owed(id));
        assertEq(receivables.defaultsOf(worksId), 0, "all is paid");
    }

    /// @dev Against the plain sum over days of what was unpaid at the end of each, rounded once.
    function testFuzz_repay_roundsTheFeeOnce(uint256 seed, uint128 face) public {
        face = uint128(bound(face, 1, WEALTH / 3));
        ReceivableId id = _issue(face);
        _goTo(dueDay);
        uint256 unpaid = face;
        uint256 sum;
        uint256 paidFee;
        for (uint256 i = 0; i < 8 && unpaid != 0; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 wait = seed % 40;
            vm.warp(block.timestamp + wait * 1 days);
            sum += unpaid * wait;
            uint256 fee = (sum * LATE_RATE_BP + BP_DAYS / 2) / BP_DAYS - paidFee;
            _dueIs(id, fee, "fee due");
            uint256 amount = i == 7 ? unpaid + fee : bound(seed >> 128, 0, unpaid + fee);
            if (amount == 0) continue;
            _repay(id, amount);
            uint256 ofFee = amount < fee ? amount : fee;
            paidFee += ofFee;
            unpaid -= amount - ofFee;
            assertEq(receivables.receivable(id).repaidFen, face - unpaid, "repaid");
        }
        assertEq(receivables.lateFee(id).paidFen, paidFee, "fee paid");
        assertEq(deposits.heldBy(worksId, address(receivables)), face - unpaid + paidFee, "all of it is held");
    }

    // ---- collect

    function test_collect_sharesTheFeeAndLeavesNothing() public {
        ReceivableId id = _issue(10_000_001);
        _pass(plant, supplier, id, 3_333_333);
        _pass(plant, firstBank, id, 3_333_334);
        _goTo(dueDay.plusDays(1));
        // 5,000.0005 of fee.
        _repay(id, 2_000);
        assertEq(receivables.collectable(id, supplier), 666, "a third, rounded down");
        vm.expectEmit(address(receivables));
        emit IReceivables.LateFeeCollected(id, supplier, supplierId, 666);
        _collect(id, supplier);
        _repay(id, _owed(id));
        address[] memory holders = new address[](4);
        (holders[0], holders[1], holders[2], holders[3]) = (supplier, firstBank, plant, supplier);
        receivables.collect(id, holders);
        assertEq(deposits.balanceOfParticipant(supplierId), 3_333_333 + 1_666, "supplier");
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 3_333_334 + 1_666, "bank");
        assertEq(deposits.balanceOfParticipant(plantId), 3_333_334 + 1_668, "the plant came last");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(receivables.collectable(id, holders[i]), 0, "nothing more");
        }
    }

    function testFuzz_collect_paysAllOfTheFeeInTheEnd(uint256 seed, uint128 face) public {
        face = uint128(bound(face, 4, WEALTH / 3));
        ReceivableId id = _issue(face);
        address[] memory holders = new address[](4);
        (holders[0], holders[1], holders[2], holders[3]) = (plant, supplier, firstBank, secondBank);
        uint256 left = face;
        for (uint256 i = 1; i < 4; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 units = bound(seed, 0, left);
            left -= units;
            _pass(plant, holders[i], id, units);
        }
        _goTo(dueDay);
        for (uint256 payment = 0; payment < 5; ++payment) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + (seed % 30) * 1 days);
            uint256 owed = _owed(id);
            uint256 amount = payment == 4 ? owed : bound(seed >> 64, 0, owed);
            if (amount != 0) _repay(id, amount);
            for (uint256 i = 0; i < 4; ++i) {
                if ((seed >> (200 + i)) & 1 == 1) _collect(id, holders[i]);
            }
            uint256 paid = receivables.receivable(id).repaidFen + receivables.lateFee(id).paidFen;
            uint256 collected = face - receivables.unitsOf(id) + receivables.lateFee(id).collectedFen;
            assertEq(deposits.heldBy(worksId, address(receivables)), paid - collected, "the rest is held");
        }
        // The last to collect.
        for (uint256 i = 0; i < 4; ++i) {
            _collect(id, holders[(seed + i) % 4]);
        }
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        assertEq(receivables.lateFee(id).collectedFen, receivables.lateFee(id).paidFen, "all of the fee");
    }

    // ---- hooks

    function _latePolicy() internal view override returns (FinanceRules) {
        return financeRules;
    }

    function _debtor() internal view override returns (ParticipantId) {
        return worksId;
    }

    function _oweByDebtor(uint256 seed) internal override returns (uint256 amountFen) {
        amountFen = bound(seed, 1, WEALTH / 3);
        _owing = _issue(uint128(amountFen));
    }

    function _dueDayOfDebt() internal view override returns (Day) {
        return dueDay;
    }

    function _feeDue() internal view override returns (uint256) {
        return receivables.lateFeeDue(_owing);
    }

    function _payAll() internal override {
        _repay(_owing, _owed(_owing));
    }
}
