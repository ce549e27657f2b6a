// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Direction, Source, Voltage} from "../../types/Enums.sol";
import {ParticipantId, ZoneId} from "../../types/Ids.sol";

/// @dev A `Meter` as the word it is stored in. A round reads one for each order; packing a struct into an answer and out of it
/// again would cost more than reading the word.
///
///   96 unused | 32 capacityW | 8 active | 8 source | 8 voltage | 8 direction | 32 zone | 32 trader | 32 owner
///   highest bits                                                                                 lowest bits
type MeterWord is uint256;

using {owner, isTradable, zone, direction, voltage, source, capacityW} for MeterWord global;

uint256 constant TRADER_OFFSET = 32;
uint256 constant ZONE_OFFSET = 64;
uint256 constant DIRECTION_OFFSET = 96;
uint256 constant VOLTAGE_OFFSET = 104;
uint256 constant SOURCE_OFFSET = 112;
uint256 constant ACTIVE_OFFSET = 120;
uint256 constant CAPACITY_OFFSET = 128;

/// @dev Trader, direction and whether the meter is active.
uint256 constant TRADABLE_MASK =
    (uint256(type(uint32).max) << TRADER_OFFSET) | (0xff << DIRECTION_OFFSET) | (0xff << ACTIVE_OFFSET);

// Casts cut a field out of the word.

function owner(MeterWord meter) pure returns (ParticipantId) {
    return ParticipantId.wrap(uint32(MeterWord.unwrap(meter)));
}

/// @dev Whether the meter is active, measures in this direction, and is the trader's to trade for.
function isTradable(MeterWord meter, ParticipantId trader, Direction measured) pure returns (bool) {
    uint256 wanted = uint256(ParticipantId.unwrap(trader)) << TRADER_OFFSET;
    wanted |= (uint256(measured) << DIRECTION_OFFSET) | (1 << ACTIVE_OFFSET);
    return MeterWord.unwrap(meter) & TRADABLE_MASK == wanted;
}

function zone(MeterWord meter) pure returns (ZoneId) {
    return ZoneId.wrap(uint32(MeterWord.unwrap(meter) >> ZONE_OFFSET));
}

function direction(MeterWord meter) pure returns (Direction) {
    return Direction(uint8(MeterWord.unwrap(meter) >> DIRECTION_OFFSET));
}

function voltage(MeterWord meter) pure returns (Voltage) {
    return Voltage(uint8(MeterWord.unwrap(meter) >> VOLTAGE_OFFSET));
}

function source(MeterWord meter) pure returns (Source) {
    return Source(uint8(MeterWord.unwrap(meter) >> SOURCE_OFFSET));
}

function capacityW(MeterWord meter) pure returns (uint256) {
    return uint32(MeterWord.unwrap(meter) >> CAPACITY_OFFSET);
}
