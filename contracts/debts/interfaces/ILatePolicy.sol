// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";

/// @title What is late, and what it costs
interface ILatePolicy {
    /// @notice Late fee on a debt that arises on `day`: annual rate, basis points, actual/360.
    function lateRateBpOn(Day day) external view returns (uint32);

    /// @notice `day`, or the first business day after it (民法典 203: a term that ends on a holiday ends on the day after).
    /// At most 15 days later, whatever was announced.
    function businessDayFrom(Day day) external view returns (Day);
}
