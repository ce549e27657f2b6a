// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StandingWord} from "../../../identity/libraries/StandingWord.sol";
import {ParticipantId} from "../../../types/Ids.sol";
import {TradeStore} from "../TradeStore.sol";
import {Traders} from "./Submission.sol";

/// @title Who trades in a round, and what is held of them
abstract contract RoundTraders is TradeStore {
    function _readTraders(Traders memory traders, address[] memory accounts) internal view {
        (StandingWord[] memory standings, bool anyFormer) = registry.orderStandingWordsOf(accounts);
        ParticipantId[] memory ids = new ParticipantId[](accounts.length);
        address last;
        for (uint256 i; i < accounts.length; ++i) {
            address account = accounts[i];
            if (account <= last && i != 0) revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            last = account;
            ids[i] = standings[i].id();
        }
        (traders.accounts, traders.standings, traders.ids) = (accounts, standings, ids);
        (traders.holdable, traders.toHold) = (deposits.holdableOf(ids, address(this)), new uint256[](ids.length));
        if (anyFormer) traders.purses = _pursesOf(accounts, ids);
    }

    /// @dev Where a participant trades with its account and its former one, both draw on one purse: that of the account. The
    /// same deposits set aside twice could not be held, and the whole submission would fail.
    function _pursesOf(
        address[] memory accounts,
        ParticipantId[] memory ids
    ) private view returns (uint256[] memory purses) {
        address[] memory current = registry.accountsOf(ids);
        purses = new uint256[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            purses[i] = i;
            if (current[i] == accounts[i]) continue;
            for (uint256 j; j < accounts.length; ++j) {
                if (accounts[j] == current[i]) purses[i] = j;
            }
        }
    }

    /// @dev Where what is held of a trader is set aside; the trader's own place unless a former account is about.
    function _purseOf(Traders memory traders, uint256 trader) internal pure returns (uint256) {
        uint256[] memory purses = traders.purses;
        return purses.length == 0 ? trader : purses[trader];
    }

    /// @dev Whether so much can be held of a trader, beside what is set aside.
    function _canHold(Traders memory traders, uint256 trader, uint256 amountFen) internal pure returns (bool) {
        unchecked {
            // What is set aside was compared with what can be held, and an amount has 128 bits.
            return traders.toHold[trader] + amountFen <= traders.holdable[trader];
        }
    }

    /// @dev Sets aside what a trade asks of a trader; the caller has asked whether it can be held.
    function _setAside(Traders memory traders, uint256 trader, uint256 amountFen) internal pure {
        unchecked {
            traders.toHold[trader] += amountFen;
        }
    }

    /// @dev Holds what was set aside, in the arrays that say so: of these only the first entries are in use then.
    function _placeHolds(Traders memory traders) internal {
        (ParticipantId[] memory payers, uint256[] memory amounts) = (traders.ids, traders.toHold);
        uint256 count;
        for (uint256 i; i < amounts.length; ++i) {
            uint256 amountFen = amounts[i];
            if (amountFen == 0) continue;
            if (count != i) (payers[count], amounts[count]) = (payers[i], amountFen);
            unchecked {
                ++count; // No more than there are.
            }
        }
        assembly ("memory-safe") {
            mstore(payers, count)
            mstore(amounts, count)
        }
        deposits.holdMany(payers, amounts);
    }
}
