// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Direction, Source, Voltage} from "../../types/Enums.sol";
import {ParticipantId, ZoneId} from "../../types/Ids.sol";

/// @dev A `Meter` as the word it is stored in, field after field from the lowest bit on. A round reads one for each order;
/// packing a struct into an answer and out of it again would cost more than reading the word.
type MeterWord is uint256;

using {owner, isTradable, zone, direction, voltage, source, capacityW} for MeterWord global;

/// @dev Trader, direction and whether the meter is active.
uint256 constant TRADABLE_MASK = (uint256(type(uint32).max) << 32) | (0xff << 96) | (0xff << 120);

// Casts cut a field out of the word.

function owner(MeterWord meter) pure returns (ParticipantId) {
    return ParticipantId.wrap(uint32(MeterWord.unwrap(meter)));
}

/// @dev Whether the meter is active, measures in this direction, and is the trader's to trade for.
function isTradable(MeterWord meter, ParticipantId trader, Direction measured) pure returns (bool) {
    uint256 wanted = (uint256(ParticipantId.unwrap(trader)) << 32) | (uint256(measured) << 96) | (1 << 120);
    return MeterWord.unwrap(meter) & TRADABLE_MASK == wanted;
}

function zone(MeterWord meter) pure returns (ZoneId) {
    return ZoneId.wrap(uint32(MeterWord.unwrap(meter) >> 64));
}

function direction(MeterWord meter) pure returns (Direction) {
    return Direction(uint8(MeterWord.unwrap(meter) >> 96));
}

function voltage(MeterWord meter) pure returns (Voltage) {
    return Voltage(uint8(MeterWord.unwrap(meter) >> 104));
}

function source(MeterWord meter) pure returns (Source) {
    return Source(uint8(MeterWord.unwrap(meter) >> 112));
}

function capacityW(MeterWord meter) pure returns (uint256) {
    return uint32(MeterWord.unwrap(meter) >> 128);
}
