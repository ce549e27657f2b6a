// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {FinanceTerms} from "../../contracts/finance/interfaces/IFinanceRules.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What being late costs, whatever is owed: simple interest for each day that has begun after the last day of
/// payment, at the rate of the day on which the debt arose, rounded half up once.
abstract contract LateFeeBehaviour is Platform {
    uint256 private constant BP_DAYS = 3_600_000;

    // ---- hooks

    /// @notice Where rates and business days are published.
    function _latePolicy() internal view virtual returns (FinanceRules);

    /// @notice Lets somebody owe something from now on, more or less by the seed, and says how much.
    function _oweByDebtor(uint256 seed) internal virtual returns (uint256 amountFen);

    function _debtor() internal view virtual returns (ParticipantId);

    /// @notice The day on which it falls due, whatever is announced of it later.
    function _dueDayOfDebt() internal view virtual returns (Day);

    function _feeDue() internal view virtual returns (uint256);

    /// @notice The debtor pays all that it owes now.
    function _payAll() internal virtual;

    // ---- tests

    function test_lateFee_beginsWithTheFirstSecondAfterTheLastDayOfPayment() public {
        uint256 amountFen = _oweByDebtor(1);
        uint256 from = _firstLateSecond();
        vm.warp(from - 1);
        assertEq(_feeDue(), 0, "on time");
        vm.warp(from);
        assertEq(_feeDue(), _fee(amountFen, 1_800, 1), "a day late");
        vm.warp(from + 1 days - 1);
        assertEq(_feeDue(), _fee(amountFen, 1_800, 1), "still a day late");
        vm.warp(from + 1 days);
        assertEq(_feeDue(), _fee(amountFen, 1_800, 2), "two days late");
    }

    function test_lateFee_waitsForABusinessDay() public {
        uint256 amountFen = _oweByDebtor(2);
        uint256 before = _firstLateSecond();
        Day[] memory daysOff = new Day[](1);
        daysOff[0] = _dueDayOfDebt();
        vm.prank(ruleMaker);
        _latePolicy().announce(daysOff, new Day[](0));
        uint256 from = _firstLateSecond();
        assertTrue(from > before, "payable later");
        vm.warp(from - 1);
        assertEq(_feeDue(), 0, "on time");
        vm.warp(from);
        assertEq(_feeDue(), _fee(amountFen, 1_800, 1), "a day late");
    }

    function test_lateFee_keepsTheRateOfTheDayOnWhichTheDebtArose() public {
        uint256 amountFen = _oweByDebtor(3);
        _publishRate(3_600);
        vm.warp(_firstLateSecond());
        assertEq(_feeDue(), _fee(amountFen, 1_800, 1), "as before");
    }

    function test_lateFee_isPaidWithTheDebtAndEndsWithIt() public {
        uint256 amountFen = _oweByDebtor(4);
        vm.warp(_firstLateSecond() + 6 days);
        uint256 free = deposits.freeOf(_debtor());
        _payAll();
        assertEq(deposits.freeOf(_debtor()), free - amountFen - _fee(amountFen, 1_800, 7), "the debt and seven days");
        assertEq(_feeDue(), 0, "nothing is due");
        vm.warp(block.timestamp + 50 days);
        assertEq(_feeDue(), 0, "no more");
    }

    function testFuzz_lateFee_isRoundedHalfUpOnce(uint256 seed, uint256 rateBp, uint256 later) public {
        rateBp = bound(rateBp, 0, 3_600);
        _publishRate(uint32(rateBp));
        vm.warp(Calendar.startOf(Calendar.today().plusDays(1)) + 10 hours);
        uint256 amountFen = _oweByDebtor(seed);
        later = bound(later, 0, 2_000 days);
        vm.warp(_firstLateSecond() + later);
        assertEq(_feeDue(), _fee(amountFen, rateBp, later / 1 days + 1), "half up, once");
    }

    // ---- steps

    function _firstLateSecond() private view returns (uint256) {
        return Calendar.startOf(_latePolicy().businessDayFrom(_dueDayOfDebt()).plusDays(1));
    }

    function _publishRate(uint32 rateBp) private {
        FinanceTerms memory terms = FinanceTerms(Calendar.today().plusDays(1), 180, rateBp, 5);
        FinanceRules policy = _latePolicy();
        vm.prank(ruleMaker);
        policy.publish(terms);
    }

    function _fee(uint256 amountFen, uint256 rateBp, uint256 daysLate) private pure returns (uint256) {
        return (amountFen * rateBp * daysLate + BP_DAYS / 2) / BP_DAYS;
    }
}
