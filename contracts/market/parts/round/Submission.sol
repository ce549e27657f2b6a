// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StandingWord} from "../../../identity/libraries/StandingWord.sol";
import {Day} from "../../../types/Day.sol";
import {Voltage} from "../../../types/Enums.sol";
import {ParticipantId, RuleSetId, ZoneId} from "../../../types/Ids.sol";
import {RuleSet} from "../../interfaces/IMarketRules.sol";

/// @dev What everything in a submission rests on.
struct Submission {
    uint64 round;
    Day day;
    /// The delivery day as orders sign it.
    uint32 date;
    Day today;
    bytes32 domain;
    RuleSetId rulesId;
    RuleSet rules;
    Pricing[] pricings;
    Traders traders;
}

/// @dev A price curve of the round, ready to trade at.
struct Pricing {
    ZoneId zone;
    Voltage voltage;
    bytes32 priceHash;
    uint256[12] price;
    /// The same, each word as `Curve.reverse` leaves it.
    uint256[12] reversed;
    /// All bits in the slots whose price lies within the season's limits, none elsewhere.
    uint256[12] tradable;
}

/// @dev The traders in the order of the submission: who they are, what can still be held of each, and what is to be.
struct Traders {
    address[] accounts;
    StandingWord[] standings;
    ParticipantId[] ids;
    uint256[] holdable;
    uint256[] toHold;
}
