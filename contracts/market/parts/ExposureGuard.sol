// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Spending} from "../../identity/interfaces/ISecondFactor.sol";
import {TradeTerms} from "../interfaces/ITradeEscrow.sol";
import {TradeStore} from "./TradeStore.sol";

/// @title Daily limits of traders with a second factor, for both ways in
/// @notice A buyer is exposed to energy and network charge, on terms too; a seller to its bond. Whether a trader has a
/// second factor stands in the word that opening reads anyway, so that the others pay nothing for this.
abstract contract ExposureGuard is TradeStore {
    /// @dev Counts what both sides commit, or neither.
    function _spendExposure(
        TradeTerms memory terms,
        bytes32 sellOrder,
        bytes32 buyOrder,
        bool strict
    ) internal returns (bool) {
        return
            secondFactor.spendBoth(
                Spending(terms.seller, sellOrder, terms.bondFen),
                Spending(terms.buyer, buyOrder, uint256(terms.energyFen) + terms.networkFen),
                strict
            );
    }
}
