// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StandingWord} from "../../../identity/libraries/StandingWord.sol";
import {ParticipantId} from "../../../types/Ids.sol";
import {Margin} from "../../interfaces/ITradeEscrow.sol";
import {TradeStore} from "../TradeStore.sol";
import {Submission, Traders} from "./Submission.sol";

/// @title Who trades in a round, and what it draws of their margin
abstract contract RoundTraders is TradeStore {
    function _readTraders(Traders memory traders, address[] memory accounts) internal view {
        (StandingWord[] memory standings, bool anyFormer) = registry.orderStandingWordsOf(accounts);
        ParticipantId[] memory ids = new ParticipantId[](accounts.length);
        Margin[] memory margins = new Margin[](accounts.length);
        address last;
        for (uint256 i; i < accounts.length; ++i) {
            address account = accounts[i];
            if (account <= last && i != 0) revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            last = account;
            ids[i] = standings[i].id();
            margins[i] = _margins[ids[i]];
        }
        (traders.accounts, traders.standings, traders.ids) = (accounts, standings, ids);
        traders.margins = margins;
        (traders.lockedDrawn, traders.termsDrawn) = (new uint256[](ids.length), new uint256[](ids.length));
        if (anyFormer) traders.purses = _pursesOf(accounts, ids);
    }

    /// @dev Where a participant trades with its account and its former one, both draw on one margin, kept at the place of
    /// the account: what one of them drew would be lost otherwise.
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

    /// @dev Whether a trader's margin covers so much, beside what is drawn already.
    function _covers(Margin memory margin, uint256 lockedFen, uint256 termsFen) internal pure returns (bool) {
        return lockedFen <= margin.lockedFen && termsFen <= margin.termsFen;
    }

    /// @dev Draws what a trade asks of a trader; the caller has asked whether it is covered.
    function _draw(Traders memory traders, uint256 trader, uint256 lockedFen, uint256 termsFen) internal pure {
        Margin memory margin = traders.margins[trader];
        unchecked {
            // Covered, so below 2^96 and no difference below zero.
            margin.lockedFen -= uint96(lockedFen);
            margin.termsFen -= uint96(termsFen);
            traders.lockedDrawn[trader] += lockedFen;
            traders.termsDrawn[trader] += termsFen;
        }
    }

    /// @dev Keeps what is left of the margin of each who traded. What was drawn stays held: it is the trade's now. The arrays
    /// that say so are used up: only their first entries are in use then.
    function _storeMargins(Submission memory submission) internal {
        Traders memory traders = submission.traders;
        (ParticipantId[] memory ids, uint256[] memory locked) = (traders.ids, traders.lockedDrawn);
        (uint256[] memory terms, uint256 count) = (traders.termsDrawn, 0);
        for (uint256 i; i < ids.length; ++i) {
            if (locked[i] | terms[i] == 0) continue;
            _margins[ids[i]] = traders.margins[i];
            (ids[count], locked[count], terms[count]) = (ids[i], locked[i], terms[i]);
            unchecked {
                ++count; // No more than there are.
            }
        }
        if (count == 0) return;
        assembly ("memory-safe") {
            mstore(ids, count)
            mstore(locked, count)
            mstore(terms, count)
        }
        emit MarginDrawn(submission.round, ids, locked, terms);
    }
}
