// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DayState} from "../../types/Enums.sol";

/// @dev A `DayRecord` as the word it is stored in: 192 bits of the curve's hash (the lowest), 40 of `finalisableAt`, 16 of the
/// version, 8 of the state. Settling reads one for each meter day; a struct would cost eight times as much as the word.
type DayWord is uint256;

using {state, hasCurve} for DayWord global;

function state(DayWord day) pure returns (DayState) {
    return DayState(DayWord.unwrap(day) >> 248);
}

/// @dev Whether the version in force is the curve of which this is the whole hash.
function hasCurve(DayWord day, bytes32 curveHash) pure returns (bool) {
    return uint192(DayWord.unwrap(day)) == uint256(curveHash) >> 64;
}
