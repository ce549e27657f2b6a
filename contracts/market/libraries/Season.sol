// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
import {Day} from "../../types/Day.sol";
import {PriceBand, RuleSet} from "../interfaces/IMarketRules.sol";

/// @title Wet season (丰水期) and dry season (枯水期)
library Season {
    /// @notice Whether `day` falls into the wet season, first and last date included. A season may run over New Year.
    function isWet(RuleSet memory rules, Day day) internal pure returns (bool) {
        return contains(rules.wetFrom, rules.wetUntil, Calendar.dateNumber(day) % 10_000);
    }

    /// @notice Whether `date` (501 is 1 May) falls into the season from one date to another.
    function contains(uint32 from, uint32 until, uint32 date) internal pure returns (bool) {
        if (from <= until) return from <= date && date <= until;
        return from <= date || date <= until;
    }

    /// @notice The price limits that apply to deliveries on `day`.
    function priceLimits(RuleSet memory rules, Day day) internal pure returns (PriceBand memory) {
        return isWet(rules, day) ? rules.wet : rules.dry;
    }
}
