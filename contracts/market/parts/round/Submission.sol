// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StandingWord} from "../../../identity/libraries/StandingWord.sol";
import {Day} from "../../../types/Day.sol";
import {Voltage} from "../../../types/Enums.sol";
import {ParticipantId, RuleSetId, ZoneId} from "../../../types/Ids.sol";
import {RuleSet} from "../../interfaces/IMarketRules.sol";
import {Margin} from "../../interfaces/ITradeEscrow.sol";
import {Bands} from "../../libraries/Bands.sol";
import {Order} from "../../libraries/PackedRound.sol";
import {BandHashing} from "../../libraries/TypedData.sol";

/// @dev What everything in a submission rests on.
struct Submission {
    uint64 round;
    Day day;
    uint16 paymentDays;
    bool continuous;
    /// The delivery day as orders sign it.
    uint32 date;
    Day today;
    bytes32 domain;
    /// Trades that were opened, here and before; stored in the end.
    uint64 tradeCount;
    RuleSetId rulesId;
    RuleSet rules;
    Pricing[] pricings;
    Traders traders;
    Reading reading;
}

/// @dev A price curve of the round, ready to trade at.
struct Pricing {
    ZoneId zone;
    Voltage voltage;
    bytes32 priceHash;
    /// Whether this submission is the first to name it.
    bool isNew;
    uint256[12] price;
    /// The same, each word as `Curve.reverse` leaves it.
    uint256[12] reversed;
    /// All bits in the slots whose price lies within the season's limits, none elsewhere.
    uint256[12] tradable;
}

/// @dev The order that is being read. Orders are read into the same memory, one after the other: allocating it
/// again for each costs a hundredth of a trade.
struct Reading {
    Order order;
    BandHashing hashing;
    Pricing pricing;
    /// What its bands come to, and their limits.
    Bands.Spread spreading;
    uint256[12] limit;
}

/// @dev The traders in the order of the submission: who they are, what is left of the margin of each, and what was drawn.
struct Traders {
    address[] accounts;
    StandingWord[] standings;
    ParticipantId[] ids;
    Margin[] margins;
    uint256[] lockedDrawn;
    uint256[] termsDrawn;
    /// Whose margin each draws on, where a former account trades beside the current one; empty otherwise.
    uint256[] purses;
}
