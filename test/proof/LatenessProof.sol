// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Lateness} from "../../contracts/debts/libraries/Lateness.sol";

/// @notice What holds for every late fee; times are those of a block, 64 bits.
contract LatenessProof {
    uint256 private constant BP_DAYS = 10_000 * 360;

    /// @dev Face value x rate x days: 128, 32 and 32 bits.
    function roundsByHalfAFenAtMost(uint192 accrued) external pure {
        uint256 feeFen = Lateness.feeFen(accrued);
        assert(2 * feeFen * BP_DAYS <= 2 * uint256(accrued) + BP_DAYS);
        assert(2 * feeFen * BP_DAYS + BP_DAYS > 2 * uint256(accrued));
    }

    function neverFallsAsMoreAccrues(uint192 accrued, uint192 more) external pure {
        assert(Lateness.feeFen(uint256(accrued) + more) >= Lateness.feeFen(accrued));
    }

    function noDayIsLateBeforeTheFirstSecond(uint64 from, uint64 timestamp) external pure {
        assert((Lateness.daysSince(from, timestamp) == 0) == (timestamp < from));
    }

    function aDayIsLateOnceItHasBegun(uint64 from, uint32 day) external pure {
        uint256 begins = uint256(from) + uint256(day) * 1 days;
        assert(Lateness.daysSince(from, begins) == uint256(day) + 1);
        assert(Lateness.daysSince(from, begins + 1 days - 1) == uint256(day) + 1);
    }
}
