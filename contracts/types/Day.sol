// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @dev A calendar day in Asia/Shanghai: days since 1970-01-01 at UTC+8. Sichuan keeps this time all year.
type Day is uint32;

using {dayEquals as ==, dayBefore as <, dayNotAfter as <=, dayAfter as >, dayNotBefore as >=, plusDays} for Day global;

function dayEquals(Day a, Day b) pure returns (bool) {
    return Day.unwrap(a) == Day.unwrap(b);
}

function dayBefore(Day a, Day b) pure returns (bool) {
    return Day.unwrap(a) < Day.unwrap(b);
}

function dayNotAfter(Day a, Day b) pure returns (bool) {
    return Day.unwrap(a) <= Day.unwrap(b);
}

function dayAfter(Day a, Day b) pure returns (bool) {
    return Day.unwrap(a) > Day.unwrap(b);
}

function dayNotBefore(Day a, Day b) pure returns (bool) {
    return Day.unwrap(a) >= Day.unwrap(b);
}

function plusDays(Day day, uint256 count) pure returns (Day) {
    return Day.wrap(SafeCast.toUint32(Day.unwrap(day) + count));
}

/// @dev How many days ahead a delivery day can be traded at the very most, whatever the rules say.
uint256 constant MAX_ADVANCE_DAYS = 92;

/// @dev Words that serve one day after another are kept by the day's remainder. More days than can be traded at a time, so no
/// two of them share one.
uint256 constant RING_DAYS = 128;
