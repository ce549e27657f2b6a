// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Calendar} from "./Calendar.sol";
import {Day} from "./Day.sol";

/// @title Versions of rules by the day from which they apply
/// @notice A version is scheduled for a day after today, after every other one, and at most a year ahead, so that a year typed
/// wrong cannot block the next change. Until its day begins, the last one can be withdrawn; the one before it then stays in
/// force.
library Schedule {
    using Checkpoints for Checkpoints.Trace224;

    /// @notice Thrown when a version would apply before the day after today, not after the last one, or more than 366 days
    /// ahead.
    error Schedule_OutOfRange(Day day, Day earliest, Day latest);
    /// @notice Thrown when no version lies ahead that could be withdrawn.
    error Schedule_NothingAhead(Day today);

    uint256 private constant DAYS_AHEAD = 366;

    /// @notice Schedules a version from `day` on. The very first one may apply today.
    function add(Checkpoints.Trace224 storage self, Day day, uint224 version) internal {
        Day today = Calendar.today();
        (bool exists, uint32 last, ) = self.latestCheckpoint();
        Day earliest = today;
        if (exists) earliest = (last > Day.unwrap(today) ? Day.wrap(last) : today).plusDays(1);
        Day latest = today.plusDays(DAYS_AHEAD);
        if (day < earliest || day > latest) revert Schedule_OutOfRange(day, earliest, latest);
        self.push(Day.unwrap(day), version);
    }

    /// @notice Takes the last version back, whose day has not begun.
    function withdraw(Checkpoints.Trace224 storage self) internal returns (Day day, uint224 version) {
        Day today = Calendar.today();
        (bool exists, uint32 last, uint224 latestVersion) = self.latestCheckpoint();
        (day, version) = (Day.wrap(last), latestVersion);
        if (!exists || day <= today) revert Schedule_NothingAhead(today);
        // Checkpoints only ever grow by themselves; what never applied leaves no trace in the past.
        self._checkpoints.pop();
    }

    /// @notice The version in force on `day`; 0 before the first one.
    function versionOn(Checkpoints.Trace224 storage self, Day day) internal view returns (uint224 version) {
        return self.upperLookupRecent(Day.unwrap(day));
    }
}
