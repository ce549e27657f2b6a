// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
import {Day} from "../../types/Day.sol";
import {ParticipantStatus} from "../../types/Enums.sol";
import {Standing} from "../interfaces/IParticipantRegistry.sol";

/// @title Whether a participant may open something today
library StandingGuard {
    /// @notice Whether the participant is approved, not suspended and not expired on `today`.
    function isGoodOn(Standing memory self, Day today) internal pure returns (bool) {
        return self.status == ParticipantStatus.Active && self.validUntil >= today;
    }

    /// @notice `isGoodOn` the day of the block.
    function isGood(Standing memory self) internal view returns (bool) {
        return isGoodOn(self, Calendar.today());
    }
}
