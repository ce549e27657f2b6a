// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TradeStatus} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {TradeState, TradeStates} from "../../contracts/market/libraries/TradeStates.sol";
import {TradeId} from "../../contracts/types/Ids.sol";
import {Assertions} from "../utils/Assertions.sol";

contract TradeStatesTest is Assertions {
    TradeStates private _states;

    /// @dev Three words of trades, so that neighbours stand in one word and in two.
    uint64 private constant TRADES = 192;

    function test_setState_isOfOneTradeAlone() public {
        for (uint64 number = 1; number <= TRADES; ++number) {
            _states.setState(TradeId.wrap(number), _stateFor(number));
        }
        for (uint64 number = 1; number <= TRADES; ++number) {
            TradeState found = _states.stateOf(TradeId.wrap(number));
            assertEq(TradeState.unwrap(found), TradeState.unwrap(_stateFor(number)), vm.toString(number));
        }
    }

    function test_stateOf_isOpenWhereNothingIsWritten() public view {
        TradeState state = _states.stateOf(TradeId.wrap(7));
        assertTrue(state.status() == TradeStatus.Open, "open");
        assertFalse(state.isMarked() || state.isClaimed(), "neither marked nor claimed");
    }

    function test_withStatus_followsAnyOther() public pure {
        for (uint8 from = 1; from <= 4; ++from) {
            TradeState before = TradeState.wrap(0).withStatus(TradeStatus(from)).mark().claim();
            for (uint8 to = 1; to <= 4; ++to) {
                TradeState state = before.withStatus(TradeStatus(to));
                assertTrue(state.status() == TradeStatus(to), "status");
                assertTrue(state.isMarked() && state.isClaimed(), "the rest stays");
            }
        }
    }

    /// @dev Neighbours, and trades a word apart, differ.
    function _stateFor(uint64 number) private pure returns (TradeState) {
        return TradeState.wrap((number * 7 + number / 64) % 16);
    }
}
