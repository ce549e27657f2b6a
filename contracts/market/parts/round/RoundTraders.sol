// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../../types/Ids.sol";
import {TradeStore} from "../TradeStore.sol";
import {Traders} from "./Submission.sol";

/// @title Who trades in a round, and what is held of them
abstract contract RoundTraders is TradeStore {
    function _readTraders(Traders memory traders, address[] memory accounts) internal view {
        (traders.accounts, traders.standings) = (accounts, registry.standingWordsOf(accounts));
        traders.ids = new ParticipantId[](accounts.length);
        traders.toHold = new uint256[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            if (i != 0 && accounts[i] <= accounts[i - 1]) {
                revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            }
            traders.ids[i] = traders.standings[i].id();
        }
        traders.holdable = deposits.holdableOf(traders.ids, address(this));
    }

    /// @dev Sets aside what a trade asks of a trader; the caller has compared it with what can be held.
    function _setAside(Traders memory traders, uint256 trader, uint256 amountFen) internal pure {
        traders.holdable[trader] -= amountFen;
        traders.toHold[trader] += amountFen;
    }

    /// @dev Holds what was set aside, in the arrays that say so: of these only the first entries are in use then.
    function _placeHolds(Traders memory traders) internal {
        (ParticipantId[] memory payers, uint256[] memory amounts) = (traders.ids, traders.toHold);
        uint256 count;
        for (uint256 i; i < amounts.length; ++i) {
            if (amounts[i] == 0) continue;
            (payers[count], amounts[count]) = (payers[i], amounts[i]);
            ++count;
        }
        assembly ("memory-safe") {
            mstore(payers, count)
            mstore(amounts, count)
        }
        deposits.holdMany(payers, amounts);
    }
}
