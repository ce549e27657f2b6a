// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtStatus, IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ParticipantId} from "../../contracts/types/Ids.sol";
import {LateFeeBehaviour} from "../behaviours/LateFeeBehaviour.sol";
import {DebtPlatform} from "../utils/DebtPlatform.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What is paid by a debtor who is late, and by when it is late. The example of the law: where nothing was agreed, a
/// large firm owes a small one 0.05 % of what is unpaid for each day (国务院令802).
abstract contract LateFeeOfADebtTest is DebtPlatform, LateFeeBehaviour {
    DebtId private _owing;

    function setUp() public override(DebtPlatform, Platform) {
        super.setUp();
    }

    /// @dev What the works owe, divided into units or not.
    function _begin(uint256 amountFen) internal virtual returns (DebtId);

    function _dueIs(DebtId id, uint256 feeFen, string memory what) internal view {
        assertEq(_lateFeeOf(id), feeFen, what);
    }

    // ---- lastPaymentDay

    function test_lastPaymentDay_movesWithTheCalendarWhileTheDueDayStays() public {
        // Agreed for a Saturday: payable on Monday.
        dueDay = START.plusDays(6);
        DebtId id = _begin(AMOUNT);
        assertEq(Day.unwrap(debts.lastPaymentDay(id)), Day.unwrap(START.plusDays(8)), "payable on Monday");
        // Monday becomes a holiday.
        Day[] memory daysOff = new Day[](1);
        daysOff[0] = START.plusDays(8);
        vm.prank(ruleMaker);
        financeRules.announce(daysOff, new Day[](0));
        assertEq(Day.unwrap(debts.debtOf(id).dueDay), Day.unwrap(START.plusDays(6)), "due day stays");
        assertEq(Day.unwrap(debts.lastPaymentDay(id)), Day.unwrap(START.plusDays(9)), "payable on Tuesday");
        assertEq(_defaultsAt(id), Calendar.startOf(START.plusDays(9 + 5 + 1)), "grace counts from Tuesday");
    }

    // ---- standStill

    function test_standStill_stopsTheFee() public {
        DebtId id = _begin(AMOUNT);
        _goTo(dueDay.plusDays(3));
        _dueIs(id, _fee(AMOUNT, 3), "three days late");
        _standStill(id, block.timestamp + 10 days);
        _dueIs(id, _fee(AMOUNT, 3), "standing still");
        vm.warp(block.timestamp + 10 days - 1);
        _dueIs(id, _fee(AMOUNT, 3), "still standing");
        vm.warp(block.timestamp + 1);
        _dueIs(id, _fee(AMOUNT, 3), "no longer");
        vm.warp(block.timestamp + 1 days);
        _dueIs(id, _fee(AMOUNT, 4), "a day later");
    }

    function testFuzz_lateFee_neverFallsByTime(uint256[6] memory seeds) public {
        DebtId id = _begin(AMOUNT);
        uint256 before;
        for (uint256 i = 0; i < seeds.length; ++i) {
            vm.warp(block.timestamp + bound(seeds[i], 0, 40 days));
            assertTrue(_lateFeeOf(id) >= before, "by time");
            before = _lateFeeOf(id);
            uint256 until = block.timestamp + ((seeds[i] >> 128) % 20 days);
            vm.prank(arbiter);
            // Refused beyond thirty days from the first.
            (bool done, ) = address(debts).call(abi.encodeCall(debts.standStill, (id, uint40(until))));
            if (done) _dueIs(id, before, "by a stand-still");
        }
    }

    // ---- pay

    function test_pay_paysTheFeeFirst() public {
        DebtId id = _begin(10_000_000);
        _goTo(dueDay.plusDays(2));
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtPaid(id, 0, 4_000);
        _pay(id, 4_000);
        assertEq(_unpaidOf(id), 10_000_000, "nothing of the amount");
        _dueIs(id, 6_000, "the rest of the fee");
        vm.expectEmit(address(debts));
        emit IDebtLedger.DebtPaid(id, 5_000_000, 6_000);
        _pay(id, 5_006_000);
        // Half is left: 25.00 元 a day.
        _goTo(dueDay.plusDays(5));
        _dueIs(id, 7_500, "three more days");
        vm.expectRevert(
            abi.encodeWithSelector(IDebtLedger.DebtLedger_InvalidAmount.selector, id, 5_007_500, 5_007_501)
        );
        vm.prank(works);
        debts.pay(id, 5_007_501);
        _pay(id, 5_007_500);
        _assertDebtIs(id, DebtStatus.Discharged);
        _goTo(dueDay.plusDays(50));
        _dueIs(id, 0, "no more");
        assertEq(debts.paymentsOf(id).lateFeePaidFen, 17_500, "paid in all");
        assertEq(debts.paymentsOf(id).countedDays, 5, "days late");
        assertEq(
            deposits.balanceOfParticipant(worksId) - deposits.heldOf(worksId),
            WEALTH - 10_017_500,
            "gone or held"
        );
    }

    /// @dev Against the plain sum over days of what was unpaid at the end of each, rounded once.
    function testFuzz_pay_roundsTheFeeOnce(uint256 seed, uint256 amountFen) public {
        amountFen = bound(amountFen, 1, WEALTH / 3);
        DebtId id = _begin(amountFen);
        _goTo(dueDay);
        uint256 unpaid = amountFen;
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
            _pay(id, amount);
            uint256 ofFee = amount < fee ? amount : fee;
            paidFee += ofFee;
            unpaid -= amount - ofFee;
            assertEq(debts.paymentsOf(id).paidFen, amountFen - unpaid, "paid");
        }
        assertEq(debts.paymentsOf(id).lateFeePaidFen, paidFee, "fee paid");
        assertEq(_unpaidOf(id), unpaid, "unpaid");
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
        _owing = _begin(amountFen);
    }

    function _dueDayOfDebt() internal view override returns (Day) {
        return dueDay;
    }

    function _feeDue() internal view override returns (uint256) {
        return _lateFeeOf(_owing);
    }

    function _payAll() internal override {
        _payOff(_owing);
    }
}

contract LateFeeOfAnUndividedDebtTest is LateFeeOfADebtTest {
    function _begin(uint256 amountFen) internal override returns (DebtId) {
        return _owe(amountFen);
    }

    /// @dev However it is paid: the two ways out and a poster's reduction mixed, against the plain sum.
    function testFuzz_setOffAndReduce_roundTheFeeOnce(uint256 seed, uint256 amountFen) public {
        amountFen = bound(amountFen, 1, WEALTH / 3);
        DebtId id = _owe(amountFen);
        _goTo(dueDay);
        uint256 unpaid = amountFen;
        uint256 sum;
        uint256 paidFee;
        for (uint256 i = 0; i < 8 && unpaid != 0; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 wait = seed % 40;
            vm.warp(block.timestamp + wait * 1 days);
            sum += unpaid * wait;
            uint256 accrued = (sum * LATE_RATE_BP + BP_DAYS / 2) / BP_DAYS;
            uint256 fee = accrued < paidFee ? 0 : accrued - paidFee;
            _dueIs(id, fee, "fee due");
            if (seed >> 255 == 0) {
                uint256 reduced = bound(seed >> 128, 1, unpaid);
                // It was never owed, on none of the days.
                sum -= reduced * (Day.unwrap(Calendar.today()) - Day.unwrap(dueDay));
                unpaid -= reduced;
                debts.reduce(id, reduced);
                continue;
            }
            uint256 amount = bound(seed >> 128, 1, unpaid + fee);
            DebtId against = _oweBackToday(amount);
            vm.prank(works);
            debts.setOff(id, against);
            uint256 ofFee = amount < fee ? amount : fee;
            paidFee += ofFee;
            unpaid -= amount - ofFee;
        }
        assertEq(debts.paymentsOf(id).lateFeePaidFen, paidFee, "fee paid");
        assertEq(_unpaidOf(id), unpaid, "unpaid");
        if (unpaid == 0) assertEq(_owedOn(id), 0, "nothing is owed");
    }

    /// @dev What the plant owes, due today: without a late fee of its own.
    function _oweBackToday(uint256 amountFen) private returns (DebtId id) {
        Day before = dueDay;
        dueDay = Calendar.today();
        id = _oweBack(amountFen);
        dueDay = before;
    }
}

contract LateFeeOfADividedDebtTest is LateFeeOfADebtTest {
    function _begin(uint256 amountFen) internal override returns (DebtId id) {
        id = _owe(amountFen);
        debts.claim(id);
    }
}
