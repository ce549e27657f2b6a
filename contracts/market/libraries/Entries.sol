// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StandingWord} from "../../identity/libraries/StandingWord.sol";
import {ParticipantId} from "../../types/Ids.sol";

/// @title Entries of a list by an index that was checked before
/// @notice Solidity compares every index with the length again, at the price of twenty additions.
library Entries {
    function entry(uint256[] memory list, uint256 index) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(add(list, 32), shl(5, index)))
        }
    }

    function entry(StandingWord[] memory list, uint256 index) internal pure returns (StandingWord value) {
        assembly ("memory-safe") {
            value := mload(add(add(list, 32), shl(5, index)))
        }
    }

    function setEntry(uint256[] memory list, uint256 index, uint256 value) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 32), shl(5, index)), value)
        }
    }

    function setEntry(ParticipantId[] memory list, uint256 index, ParticipantId value) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 32), shl(5, index)), value)
        }
    }
}
