// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {FinanceTerms, IFinanceRules} from "../../contracts/finance/interfaces/IFinanceRules.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Schedule} from "../../contracts/types/Schedule.sol";
import {Deploy} from "../utils/Deploy.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";

contract FinanceRulesTest is FinancePlatform {
    function _publish(Day effectiveDay, uint16 longestTenorDays, uint32 lateRateBp) internal {
        vm.prank(ruleMaker);
        financeRules.publish(FinanceTerms(effectiveDay, longestTenorDays, lateRateBp, GRACE_DAYS));
    }

    function _announce(Day dayOff, Day workday) internal {
        (Day[] memory daysOff, Day[] memory workdays) = (new Day[](1), new Day[](1));
        (daysOff[0], workdays[0]) = (dayOff, workday);
        vm.prank(ruleMaker);
        financeRules.announce(daysOff, workdays);
    }

    function _isDay(Day actual, Day expected, string memory what) internal pure {
        assertEq(Day.unwrap(actual), Day.unwrap(expected), what);
    }

    // ---- publish

    function test_publish_takesEffectOnItsDay() public {
        Day later = START.plusDays(10);
        vm.expectEmit(address(financeRules));
        emit IFinanceRules.FinanceTermsPublished(later, FinanceTerms(later, 90, 900, GRACE_DAYS));
        _publish(later, 90, 900);
        assertEq(financeRules.termsOn(START.plusDays(9)).longestTenorDays, 180, "the day before");
        assertEq(financeRules.termsOn(Day.wrap(0)).lateRateBp, LATE_RATE_BP, "long before");
        assertEq(financeRules.termsOn(later).longestTenorDays, 90, "on the day");
        assertEq(financeRules.termsOn(later).lateRateBp, 900, "rate");
        _publish(later.plusDays(1), 365, 3_600);
        assertEq(financeRules.termsOn(later.plusDays(1)).longestTenorDays, 365, "the next");
    }

    function test_publish_revertsForAnybodyButARuleMaker() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, works));
        vm.prank(works);
        financeRules.publish(FinanceTerms(START.plusDays(1), 90, 900, GRACE_DAYS));
    }

    function test_publish_revertsForInadmissibleTerms() public {
        _refuses(0, 900, 5, "longestTenorDays");
        _refuses(366, 900, 5, "longestTenorDays");
        _refuses(180, 3_601, 5, "lateRateBp");
        _refuses(180, 900, 61, "graceDays");
        vm.prank(ruleMaker);
        financeRules.publish(FinanceTerms(START.plusDays(1), 365, 3_600, 60));
    }

    function test_lateTermsOn_areThoseOfTheDay() public {
        vm.prank(ruleMaker);
        financeRules.publish(FinanceTerms(START.plusDays(3), 90, 900, 0));
        _termsAre(Day.wrap(0), LATE_RATE_BP, GRACE_DAYS);
        _termsAre(START.plusDays(2), LATE_RATE_BP, GRACE_DAYS);
        _termsAre(START.plusDays(3), 900, 0);
    }

    function _termsAre(Day day, uint256 rateBp, uint256 graceDays) private view {
        (uint32 rateBpThen, uint16 graceDaysThen) = financeRules.lateTermsOn(day);
        assertEq(rateBpThen, rateBp, "rate");
        assertEq(graceDaysThen, graceDays, "grace");
    }

    function _refuses(uint16 longestTenorDays, uint32 lateRateBp, uint16 graceDays, string memory field) private {
        vm.prank(ruleMaker);
        vm.expectRevert(abi.encodeWithSelector(IFinanceRules.FinanceRules_InvalidTerms.selector, field));
        financeRules.publish(FinanceTerms(START.plusDays(1), longestTenorDays, lateRateBp, graceDays));
    }

    function test_publish_revertsForADayThatHasBegunOrPrecedesTheLast() public {
        _refusesDay(START, START.plusDays(1));
        _publish(START.plusDays(3), 90, 900);
        _refusesDay(START.plusDays(3), START.plusDays(4));
    }

    function test_publish_revertsForADayMoreThanAYearAhead() public {
        _refusesDay(START.plusDays(367), START.plusDays(1));
        _publish(START.plusDays(366), 90, 900);
    }

    function test_withdraw_leavesTheTermsBeforeInForce() public {
        bytes memory before = abi.encode(financeRules.termsOn(START.plusDays(3)));
        _publish(START.plusDays(3), 90, 900);
        vm.expectEmit(address(financeRules));
        emit IFinanceRules.FinanceTermsWithdrawn(START.plusDays(3));
        vm.prank(ruleMaker);
        financeRules.withdraw();
        assertEq(abi.encode(financeRules.termsOn(START.plusDays(3))), before, "as before");
        _publish(START.plusDays(2), 60, 1_200);
        assertEq(financeRules.termsOn(START.plusDays(3)).longestTenorDays, 60, "the next ones");
    }

    function test_withdraw_revertsOnceTheTermsApply() public {
        _publish(START.plusDays(1), 90, 900);
        vm.warp(Calendar.startOf(START.plusDays(1)));
        vm.prank(ruleMaker);
        vm.expectRevert(abi.encodeWithSelector(Schedule.Schedule_NothingAhead.selector, START.plusDays(1)));
        financeRules.withdraw();
    }

    function test_withdraw_revertsForAnybodyButARuleMaker() public {
        _publish(START.plusDays(3), 90, 900);
        vm.prank(works);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, works));
        financeRules.withdraw();
    }

    function _refusesDay(Day effectiveDay, Day earliest) private {
        vm.prank(ruleMaker);
        vm.expectRevert(
            abi.encodeWithSelector(Schedule.Schedule_OutOfRange.selector, effectiveDay, earliest, START.plusDays(366))
        );
        financeRules.publish(FinanceTerms(effectiveDay, 90, 900, GRACE_DAYS));
    }

    // ---- announce, isBusinessDay, businessDayFrom

    function test_businessDays_areMondayToFriday() public view {
        // The first day is a Sunday.
        for (uint256 i = 0; i < 21; ++i) {
            bool works_ = i % 7 != 0 && i % 7 != 6;
            assertTrue(financeRules.isBusinessDay(START.plusDays(i)) == works_, vm.toString(i));
        }
        _isDay(financeRules.businessDayFrom(START), START.plusDays(1), "from Sunday");
        _isDay(financeRules.businessDayFrom(START.plusDays(1)), START.plusDays(1), "from Monday");
        _isDay(financeRules.businessDayFrom(START.plusDays(6)), START.plusDays(8), "from Saturday");
    }

    function testFuzz_businessDays_followTheWeek(uint32 day) public view {
        day = uint32(bound(day, 0, 3_000_000));
        Day from = financeRules.businessDayFrom(Day.wrap(day));
        assertTrue(Day.unwrap(from) >= day && Day.unwrap(from) <= day + 2, "within the weekend");
        // 1970-01-05 was a Monday.
        assertTrue((Day.unwrap(from) + 7 - 4) % 7 < 5 || Day.unwrap(from) == Day.unwrap(dueDay), "Monday to Friday");
    }

    function test_announce_makesDaysOffAndWorkdays() public {
        (Day[] memory daysOff, Day[] memory workdays) = (new Day[](2), new Day[](1));
        (daysOff[0], daysOff[1]) = (START.plusDays(2), START.plusDays(3));
        workdays[0] = START.plusDays(6);
        vm.expectEmit(address(financeRules));
        emit IFinanceRules.CalendarAnnounced(daysOff, workdays);
        vm.prank(ruleMaker);
        financeRules.announce(daysOff, workdays);
        _isDay(financeRules.businessDayFrom(START.plusDays(2)), START.plusDays(4), "after two days off");
        _isDay(financeRules.businessDayFrom(START.plusDays(6)), START.plusDays(6), "a Saturday that is worked");
        _announce(START.plusDays(6), START.plusDays(2));
        assertTrue(financeRules.isBusinessDay(START.plusDays(2)), "worked after all");
        assertFalse(financeRules.isBusinessDay(START.plusDays(6)), "off after all");
    }

    function test_announce_emitsOneDayAndNothingForNone() public {
        (Day[] memory one, Day[] memory none) = (new Day[](1), new Day[](0));
        one[0] = START.plusDays(2);
        vm.startPrank(ruleMaker);
        vm.expectEmit(address(financeRules));
        emit IFinanceRules.CalendarAnnounced(one, none);
        financeRules.announce(one, none);
        vm.expectEmit(address(financeRules));
        emit IFinanceRules.CalendarAnnounced(none, one);
        financeRules.announce(none, one);
        vm.recordLogs();
        financeRules.announce(none, none);
        vm.stopPrank();
        assertEq(vm.getRecordedLogs().length, 0, "nothing emitted");
    }

    function test_announce_looksAheadOnly() public {
        _goToLastSecondOf(START.plusDays(1));
        (Day[] memory some, Day[] memory none) = (new Day[](1), new Day[](0));
        some[0] = START.plusDays(1);
        bytes memory begun = abi.encodeWithSelector(
            IFinanceRules.FinanceRules_DayHasBegun.selector,
            START.plusDays(1),
            START.plusDays(1)
        );
        vm.startPrank(ruleMaker);
        vm.expectRevert(begun);
        financeRules.announce(some, none);
        vm.expectRevert(begun);
        financeRules.announce(none, some);
        some[0] = START.plusDays(2);
        financeRules.announce(some, none);
        vm.stopPrank();
        assertFalse(financeRules.isBusinessDay(START.plusDays(2)), "tomorrow");
    }

    function test_announce_revertsForAnybodyButARuleMaker() public {
        vm.prank(works);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, works));
        financeRules.announce(new Day[](0), new Day[](0));
    }

    function test_businessDayFrom_endsAfterFifteenDaysWhateverWasAnnounced() public {
        Day[] memory daysOff = new Day[](60);
        for (uint256 i = 0; i < 60; ++i) {
            daysOff[i] = START.plusDays(1 + i);
        }
        vm.prank(ruleMaker);
        financeRules.announce(daysOff, new Day[](0));
        _isDay(financeRules.businessDayFrom(START.plusDays(5)), START.plusDays(20), "the fifteenth");
    }

    // ---- constructor

    function test_constructor_refusesInadmissibleTerms() public {
        vm.expectRevert(abi.encodeWithSelector(IFinanceRules.FinanceRules_InvalidTerms.selector, "longestTenorDays"));
        this.deployWith(0);
    }

    function deployWith(uint16 longestTenorDays) external {
        FinanceTerms memory terms = FinanceTerms(Calendar.today(), longestTenorDays, 0, 0);
        Deploy.financeRules(address(manager), terms, new Day[](0), new Day[](0));
    }
}
