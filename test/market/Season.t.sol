// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PriceBand, RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Season} from "../../contracts/market/libraries/Season.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Assertions} from "../utils/Assertions.sol";

contract SeasonTest is Assertions {
    /// @dev 2026-06-26 and 2026-10-25, first and last day of the wet season.
    Day internal constant JUNE_26 = Day.wrap(20_630);
    Day internal constant OCTOBER_25 = Day.wrap(20_751);

    function _rules(uint16 wetFrom, uint16 wetUntil) internal pure returns (RuleSet memory rules) {
        rules.wetFrom = wetFrom;
        rules.wetUntil = wetUntil;
        rules.wet = PriceBand({floor: 1, cap: 2});
        rules.dry = PriceBand({floor: 3, cap: 4});
    }

    // ---- priceLimits

    function test_priceLimits_changeOnTheFirstAndAfterTheLastDateOfTheSeason() public pure {
        RuleSet memory rules = _rules(626, 1025);
        assertEq(Calendar.dateNumber(JUNE_26), 20260626, "first date");
        assertEq(Calendar.dateNumber(OCTOBER_25), 20261025, "last date");
        assertEq(Season.priceLimits(rules, JUNE_26).cap, 2, "wet on the first date");
        assertEq(Season.priceLimits(rules, OCTOBER_25).cap, 2, "wet on the last date");
        assertEq(Season.priceLimits(rules, Day.wrap(20_629)).cap, 4, "dry the day before");
        assertEq(Season.priceLimits(rules, OCTOBER_25.plusDays(1)).floor, 3, "dry the day after");
    }

    function test_priceLimits_followASeasonOverNewYear() public pure {
        RuleSet memory rules = _rules(1101, 331);
        assertTrue(Season.isWet(rules, Day.wrap(20_819)), "2027-01-01");
        assertTrue(Season.isWet(rules, Day.wrap(20_818)), "2026-12-31");
        assertFalse(Season.isWet(rules, Day.wrap(20_757)), "2026-10-31, the day before");
        assertTrue(Season.isWet(rules, Day.wrap(20_758)), "2026-11-01, the first");
        assertTrue(Season.isWet(rules, Day.wrap(20_908)), "2027-03-31, the last");
        assertFalse(Season.isWet(rules, Day.wrap(20_909)), "2027-04-01, the day after");
        assertFalse(Season.isWet(rules, JUNE_26), "2026-06-26");
        assertFalse(Season.isWet(rules, OCTOBER_25), "2026-10-25");
    }

    function test_isWet_countsTheLeapDay() public pure {
        RuleSet memory rules = _rules(229, 229);
        // 2028-02-28, 02-29 and 03-01.
        assertFalse(Season.isWet(rules, Day.wrap(21_242)), "the day before");
        assertTrue(Season.isWet(rules, Day.wrap(21_243)), "the leap day");
        assertFalse(Season.isWet(rules, Day.wrap(21_244)), "the day after");
    }

    function testFuzz_isWet_turnsTheOtherWayRoundWithTheComplement(
        uint32 day,
        uint256 from,
        uint256 until
    ) public pure {
        // Days of the month up to 27, so that the date after an end is one more.
        uint16 first = uint16(bound(from, 1, 12) * 100 + bound(from >> 8, 2, 27));
        uint16 last = uint16(bound(until, 1, 12) * 100 + bound(until >> 8, 2, 27));
        vm.assume(first <= last || last + 1 < first);
        vm.assume(!(first == last + 1));
        day = uint32(bound(day, 0, 80_000));
        bool wet = Season.isWet(_rules(first, last), Day.wrap(day));
        bool wetOfComplement = Season.isWet(_rules(last + 1, first - 1), Day.wrap(day));
        assertTrue(wet != wetOfComplement, "a date is in a season or in the rest of the year");
    }
}
