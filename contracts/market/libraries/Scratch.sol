// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// Used in assembly, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {FREE_MEMORY} from "../../types/Words.sol";

/// @title Reuse of memory
/// @notice Memory's price grows with the square of its size, and Solidity never frees any. A loop that keeps only what
/// it wrote to memory allocated before it can release the rest after each turn.
library Scratch {
    /// @notice Where free memory begins now.
    function mark() internal pure returns (uint256 free) {
        assembly ("memory-safe") {
            free := mload(FREE_MEMORY)
        }
    }

    /// @notice Frees everything taken since `mark`. No reference to it may be followed afterwards.
    function release(uint256 free) internal pure {
        assembly ("memory-safe") {
            mstore(FREE_MEMORY, free)
        }
    }
}
