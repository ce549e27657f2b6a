// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";

/// @title What is late, and what it costs
/// @notice What it says of a day that has begun never changes.
interface ILatePolicy {
    /// @notice Late fee on a debt that arises on `day`: annual rate, basis points, actual/360; and the days after its last
    /// day of payment before it is in default.
    function lateTermsOn(Day day) external view returns (uint32 rateBp, uint16 graceDays);

    /// @notice `day`, or the first business day after it (民法典 203: a term that ends on a holiday ends on the day after).
    /// At most 15 days later, whatever was announced.
    function businessDayFrom(Day day) external view returns (Day);
}
