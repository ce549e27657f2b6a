// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Memory that is used again
/// @notice Memory's price grows with the square of its size, and Solidity never gives any back. A loop that leaves nothing
/// behind in memory but what it wrote into places taken before can release the rest after each turn.
library Scratch {
    /// @notice Where free memory begins now.
    function mark() internal pure returns (uint256 free) {
        assembly ("memory-safe") {
            free := mload(0x40)
        }
    }

    /// @notice Frees everything taken since `mark`. No reference to it may be followed afterwards.
    function release(uint256 free) internal pure {
        assembly ("memory-safe") {
            mstore(0x40, free)
        }
    }
}
