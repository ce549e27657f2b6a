// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {Direction, Source, Voltage} from "../../types/Enums.sol";
import {ParticipantId, ZoneId} from "../../types/Ids.sol";

/// @dev A `Meter` as the word it is stored in. A round reads one for each order; packing a struct into an answer and out of it
/// again would cost more than reading the word.
///
///   32 unused | 32 nextTraderFrom | 32 nextTrader |
///   32 capacityW | 8 active | 8 source | 8 voltage | 8 direction | 32 zone | 32 trader | 32 owner
///   highest bits first
type MeterWord is uint256;

using {owner, traderOn, isTradable, zone, direction, voltage, source, capacityW} for MeterWord global;

uint256 constant TRADER_OFFSET = 32;
uint256 constant ZONE_OFFSET = 64;
uint256 constant DIRECTION_OFFSET = 96;
uint256 constant VOLTAGE_OFFSET = 104;
uint256 constant SOURCE_OFFSET = 112;
uint256 constant ACTIVE_OFFSET = 120;
uint256 constant CAPACITY_OFFSET = 128;
uint256 constant NEXT_TRADER_OFFSET = 160;
uint256 constant NEXT_TRADER_FROM_OFFSET = 192;

/// @dev Direction and whether the meter is active.
uint256 constant TRADABLE_MASK = (0xff << DIRECTION_OFFSET) | (0xff << ACTIVE_OFFSET);

// Casts cut a field out of the word.

function owner(MeterWord meter) pure returns (ParticipantId) {
    return ParticipantId.wrap(uint32(MeterWord.unwrap(meter)));
}

/// @dev Who may trade for the meter on a day, in Shanghai; of days before the trader in force, nothing is known.
function traderOn(MeterWord meter, Day day) pure returns (ParticipantId) {
    uint256 word = MeterWord.unwrap(meter);
    uint256 from = uint32(word >> NEXT_TRADER_FROM_OFFSET);
    bool changed = from != 0 && from <= Day.unwrap(day);
    return ParticipantId.wrap(uint32(word >> (changed ? NEXT_TRADER_OFFSET : TRADER_OFFSET)));
}

/// @dev Whether the meter is active, measures in this direction, and is the trader's to trade for today.
function isTradable(MeterWord meter, ParticipantId trader, Direction measured, Day today) pure returns (bool) {
    uint256 wanted = (uint256(measured) << DIRECTION_OFFSET) | (1 << ACTIVE_OFFSET);
    return MeterWord.unwrap(meter) & TRADABLE_MASK == wanted && meter.traderOn(today) == trader;
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
