// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Assertions} from "../utils/Assertions.sol";

contract CalendarTest is Assertions {
    uint256 private constant DAYS_OF_AN_ERA = 146_097;

    /// @dev The Gregorian calendar repeats after 400 years, so this is every date there is but for the number of the era.
    function test_dateNumber_countsEveryDayOf400Years() public pure {
        (uint256 year, uint256 month, uint256 date) = (1970, 1, 1);
        for (uint32 day; day < DAYS_OF_AN_ERA; ++day) {
            uint256 number = Calendar.dateNumber(Day.wrap(day));
            if (number != year * 10_000 + month * 100 + date) {
                assertEq(number, year * 10_000 + month * 100 + date, "date");
            }
            if (++date <= _lengthOf(year, month)) continue;
            (date, month) = (1, month + 1);
            if (month == 13) (month, year) = (1, year + 1);
        }
        assertEq(year * 10_000 + month * 100 + date, 23700101, "400 years later");
    }

    /// @dev Up to a hundred thousand years ahead.
    function testFuzz_dateNumber_repeatsAfter400Years(uint32 day, uint8 eras) public pure {
        day %= uint32(DAYS_OF_AN_ERA);
        uint32 later = uint32(day + uint256(eras) * DAYS_OF_AN_ERA);
        assertEq(
            Calendar.dateNumber(Day.wrap(later)),
            Calendar.dateNumber(Day.wrap(day)) + uint256(eras) * 4_000_000,
            "eras later"
        );
    }

    function _lengthOf(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    function testFuzz_days_beginAt0OClockInShanghaiAndLast24Hours(uint32 number) public pure {
        Day day = Day.wrap(number);
        uint256 begins = Calendar.startOf(day);
        assertTrue(Calendar.dayAt(begins) == day, "first second");
        if (number == 0) return;
        assertEq(begins % 1 days, 16 hours, "midnight at UTC+8");
        assertTrue(Calendar.dayAt(begins - 1) < day, "the second before");
        assertTrue(Calendar.dayAt(begins + 1 days - 1) == day, "last second");
    }
}
