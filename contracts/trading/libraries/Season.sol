// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar, Day} from "../../metering/libraries/Calendar.sol";
import {PriceBand, RuleSet} from "../interfaces/IMarketRules.sol";

/// @title Wet season (丰水期) and dry season (枯水期)
library Season {
    /// @notice Whether `day` falls into the wet season, first and last date included. A season may run over New Year.
    function isWet(RuleSet memory rules, Day day) internal pure returns (bool) {
        uint32 date = Calendar.dateNumber(day) % 10_000;
        if (rules.wetFrom <= rules.wetUntil) return rules.wetFrom <= date && date <= rules.wetUntil;
        return rules.wetFrom <= date || date <= rules.wetUntil;
    }

    /// @notice The price limits that apply to deliveries on `day`.
    function priceLimits(RuleSet memory rules, Day day) internal pure returns (PriceBand memory) {
        return isWet(rules, day) ? rules.wet : rules.dry;
    }
}
