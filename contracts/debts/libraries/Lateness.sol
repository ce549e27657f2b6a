// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What being late costs
/// @notice Simple interest, annual rate, actual/360, no interest on interest. Fen x basis points x days are added up exactly
/// over all stretches between payments; only their sum is rounded, half up, so that paying in parts neither saves nor costs
/// by rounding.
library Lateness {
    /// @dev A debt later than this is in arrears (信用等级 D: arrears of more than two months).
    uint256 internal constant ARREARS_DAYS = 60;
    /// @dev A year of 360 days in basis points.
    uint256 private constant BP_DAYS = 10_000 * 360;

    /// @notice Days that have begun since `from`, the first second that is late.
    function daysSince(uint256 from, uint256 timestamp) internal pure returns (uint256) {
        return timestamp < from ? 0 : (timestamp - from) / 1 days + 1;
    }

    /// @notice The fee, in fen, for what has accrued, in fen x basis points x days.
    function feeFen(uint256 accrued) internal pure returns (uint256) {
        return (accrued + BP_DAYS / 2) / BP_DAYS;
    }
}
