// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TradeId} from "../../types/Ids.sol";
import {TradeStatus} from "../interfaces/ITradeEscrow.sol";

/// @dev Where trades stand: four bits each, 64 trades to a word. Ids count up, so the trades of a round share words, and an
/// open trade has none of its bits set.
///
///   1 kWh claimed | 1 frozen or redirected once | 2 status, less one
struct TradeStates {
    mapping(uint256 index => uint256) words;
}

/// @dev Four bits of a trade.
type TradeState is uint256;

using {stateOf, setState} for TradeStates global;
using {status, isMarked, isClaimed, withStatus, mark, claim} for TradeState global;

uint256 constant STATES_PER_WORD = 64;
uint256 constant STATE_BITS = 4;
uint256 constant STATE_MASK = 15;
uint256 constant STATUS_MASK = 3;
uint256 constant MARKED = 4;
uint256 constant CLAIMED = 8;

function stateOf(TradeStates storage states, TradeId id) view returns (TradeState) {
    (uint256 index, uint256 shift) = _placeOf(id);
    return TradeState.wrap((states.words[index] >> shift) & STATE_MASK);
}

function setState(TradeStates storage states, TradeId id, TradeState state) {
    (uint256 index, uint256 shift) = _placeOf(id);
    states.words[index] = (states.words[index] & ~(STATE_MASK << shift)) | (TradeState.unwrap(state) << shift);
}

/// @dev Of a trade that was opened.
function status(TradeState state) pure returns (TradeStatus) {
    return TradeStatus((TradeState.unwrap(state) & STATUS_MASK) + 1);
}

function isMarked(TradeState state) pure returns (bool) {
    return TradeState.unwrap(state) & MARKED != 0;
}

function isClaimed(TradeState state) pure returns (bool) {
    return TradeState.unwrap(state) & CLAIMED != 0;
}

function withStatus(TradeState state, TradeStatus status_) pure returns (TradeState) {
    return TradeState.wrap((TradeState.unwrap(state) & ~STATUS_MASK) | (uint256(status_) - 1));
}

function mark(TradeState state) pure returns (TradeState) {
    return TradeState.wrap(TradeState.unwrap(state) | MARKED);
}

function claim(TradeState state) pure returns (TradeState) {
    return TradeState.wrap(TradeState.unwrap(state) | CLAIMED);
}

function _placeOf(TradeId id) pure returns (uint256 index, uint256 shift) {
    uint256 number = TradeId.unwrap(id);
    return (number / STATES_PER_WORD, (number % STATES_PER_WORD) * STATE_BITS);
}
