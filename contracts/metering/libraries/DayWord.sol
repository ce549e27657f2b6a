// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DayState} from "../../types/Enums.sol";

/// @dev A `DayRecord` as the word it is stored in. Settling reads one for each meter day; a struct would cost eight times as
/// much as the word.
///
///   8 state | 16 version | 40 finalisableAt | 192 curveHash
///   highest bits                             lowest bits
type DayWord is uint256;

using {state, hasCurve, stateWith} for DayWord global;

uint256 constant STATE_OFFSET = 248;
/// @dev What the 192 bits leave out of a whole hash, whose first bytes they are.
uint256 constant HASH_BITS_LEFT_OUT = 64;

function state(DayWord day) pure returns (DayState) {
    return DayState(DayWord.unwrap(day) >> STATE_OFFSET);
}

/// @dev Where the day stands if this is the whole hash of the curve of the version in force, otherwise `None`.
function stateWith(DayWord day, bytes32 curveHash) pure returns (DayState) {
    return day.hasCurve(curveHash) ? day.state() : DayState.None;
}

/// @dev Whether the version in force is the curve of which this is the whole hash.
function hasCurve(DayWord day, bytes32 curveHash) pure returns (bool) {
    return uint192(DayWord.unwrap(day)) == uint256(curveHash) >> HASH_BITS_LEFT_OUT;
}
