// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../identity/interfaces/IParticipantRegistry.sol";
import {Direction, Source, Voltage, ZoneId} from "../interfaces/IMeterRegistry.sol";

/// @dev A `Meter` as the word it is stored in, field after field from the lowest bit on. A round reads one for each order;
/// packing a struct into an answer and out of it again would cost more than reading the word.
type MeterWord is uint256;

using {trader, zone, direction, voltage, source, active, capacityW} for MeterWord global;

// Casts cut a field out of the word.

function trader(MeterWord meter) pure returns (ParticipantId) {
    return ParticipantId.wrap(uint32(MeterWord.unwrap(meter) >> 32));
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

function active(MeterWord meter) pure returns (bool) {
    return uint8(MeterWord.unwrap(meter) >> 120) != 0;
}

function capacityW(MeterWord meter) pure returns (uint256) {
    return uint32(MeterWord.unwrap(meter) >> 128);
}
