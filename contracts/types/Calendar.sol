// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "./Day.sol";

/// @title Shanghai's calendar
library Calendar {
    uint256 private constant OFFSET = 8 hours;

    /// @notice The day that `timestamp` (unix seconds) falls on in Shanghai.
    function dayAt(uint256 timestamp) internal pure returns (Day) {
        // A uint32 of days reaches past the year eleven million; block timestamps are uint64 seconds.
        return Day.wrap(uint32((timestamp + OFFSET) / 1 days));
    }

    /// @notice The block's day.
    function today() internal view returns (Day) {
        return dayAt(block.timestamp);
    }

    /// @notice Unix second at which the day begins in Shanghai; 0 for day 0, which began before 1970.
    function startOf(Day day) internal pure returns (uint256) {
        return Day.unwrap(day) == 0 ? 0 : uint256(Day.unwrap(day)) * 1 days - OFFSET;
    }

    /// @notice The date as a number a person reads, 2026-11-22 -> 20261122.
    /// @dev Civil date from day count by the Gregorian rule, eras of 400 years counted from 0000-03-01 so that the leap
    /// day is the last of its year.
    function dateNumber(Day day) internal pure returns (uint32) {
        unchecked {
            // All terms are bounded: day < 2^32, so every product below stays far under 2^256.
            uint256 shifted = uint256(Day.unwrap(day)) + 719_468;
            uint256 era = shifted / 146_097;
            uint256 dayOfEra = shifted % 146_097;
            uint256 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
            uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            uint256 shiftedMonth = (5 * dayOfYear + 2) / 153;
            uint256 dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
            uint256 month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
            uint256 year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
            return uint32(year * 10_000 + month * 100 + dayOfMonth);
        }
    }
}
