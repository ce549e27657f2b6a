// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {FirmSize, ParticipantStatus} from "../../types/Enums.sol";
import {ParticipantId} from "../../types/Ids.sol";

/// @dev A `Standing` as the word it is stored in, field after field from the lowest bit on. A round reads one for each
/// trader; packing a struct into an answer and out of it again would cost more than reading the word.
type StandingWord is uint256;

using {id, size, factor, isGoodOn} for StandingWord global;

// Casts cut a field out of the word.

function id(StandingWord standing) pure returns (ParticipantId) {
    return ParticipantId.wrap(uint32(StandingWord.unwrap(standing)));
}

function size(StandingWord standing) pure returns (FirmSize) {
    return FirmSize(uint8(StandingWord.unwrap(standing) >> 40));
}

function factor(StandingWord standing) pure returns (uint32) {
    return uint32(StandingWord.unwrap(standing) >> 120);
}

/// @dev As `StandingGuard.isGoodOn`.
function isGoodOn(StandingWord standing, Day today) pure returns (bool) {
    uint256 word = StandingWord.unwrap(standing);
    return uint8(word >> 32) == uint8(ParticipantStatus.Active) && uint32(word >> 56) >= Day.unwrap(today);
}
