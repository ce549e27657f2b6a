// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {FirmSize, ParticipantStatus} from "../../types/Enums.sol";
import {ParticipantId} from "../../types/Ids.sol";

/// @dev A `Standing` as the word it is stored in. A round reads one for each trader; encoding and decoding a struct
/// would cost more than reading the word.
///
///   8 unused | 64 exposureLimitFen | 32 factor | 32 kinds | 32 validUntil | 8 grade | 8 size | 8 status | 32 id
///   highest bits                                                                                     lowest bits
type StandingWord is uint256;

using {id, size, factor, isGoodOn} for StandingWord global;

uint256 constant STATUS_OFFSET = 32;
uint256 constant SIZE_OFFSET = 40;
uint256 constant VALID_UNTIL_OFFSET = 56;
uint256 constant FACTOR_OFFSET = 120;

// Casts cut a field out of the word.

function id(StandingWord standing) pure returns (ParticipantId) {
    return ParticipantId.wrap(uint32(StandingWord.unwrap(standing)));
}

function size(StandingWord standing) pure returns (FirmSize) {
    return FirmSize(uint8(StandingWord.unwrap(standing) >> SIZE_OFFSET));
}

function factor(StandingWord standing) pure returns (uint32) {
    return uint32(StandingWord.unwrap(standing) >> FACTOR_OFFSET);
}

/// @dev As `StandingGuard.isGoodOn`.
function isGoodOn(StandingWord standing, Day today) pure returns (bool) {
    uint256 word = StandingWord.unwrap(standing);
    // The number of the status, whose range no word out of the registry leaves, is compared as it lies there.
    bool active = uint8(word >> STATUS_OFFSET) == uint8(ParticipantStatus.Active);
    return active && uint32(word >> VALID_UNTIL_OFFSET) >= Day.unwrap(today);
}
