// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Season} from "../../contracts/market/libraries/Season.sol";

/// @notice What holds for every season, over New Year or not.
contract SeasonProof {
    function firstAndLastDateBelongToIt(uint32 from, uint32 until) external pure {
        assert(Season.contains(from, until, from));
        assert(Season.contains(from, until, until));
    }

    /// @dev The other season begins after the last date and ends before the first.
    function everyDateBelongsToOneOfTwoSeasons(uint32 from, uint32 until, uint32 date) external pure {
        require(from != 0 && until != type(uint32).max && from != until + 1);
        assert(Season.contains(from, until, date) != Season.contains(until + 1, from - 1, date));
    }
}
