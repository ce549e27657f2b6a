// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OrderFill} from "../../interfaces/ITradeEscrow.sol";
import {NoncePage} from "../../libraries/NoncePage.sol";
import {OrderState, RoundOrders} from "./RoundOrders.sol";
import {Submission} from "./Submission.sol";

/// @dev The orders of a submission that are filled.
struct Book {
    OrderState[] buys;
    /// Room for each order of the submission, sell orders too; `fillCount` says how much is in use.
    OrderFill[] fills;
    uint256 fillCount;
}

/// @title What a round leaves of its orders
abstract contract RoundFills is RoundOrders {
    /// @dev Remembers what the buy orders of the submission were filled to.
    function _storeBuys(Submission memory submission, Book memory book) internal {
        for (uint256 i; i < book.buys.length; ++i) {
            OrderState memory buy = book.buys[i];
            if (!buy.touched) continue;
            NoncePage storage page = _pageOf(submission, buy);
            (bool spent, bool filled) = page.read(submission.day, buy.nonce);
            // The second of two would overwrite what the first was filled to.
            if (spent || (filled && _fills[buy.account][_fillCell(submission, buy)] != buy.fillHash)) {
                revert TradeEscrow_MalformedRound("buy order or its nonce given twice", i);
            }
            _storeFill(submission, book, buy, page);
        }
    }

    /// @dev Remembers what an order was filled to; a complete one spends its nonce instead, and its word waits for another.
    function _storeFill(
        Submission memory submission,
        Book memory book,
        OrderState memory state,
        NoncePage storage page
    ) internal {
        bool complete = state.filledWh == state.totalEnergyWh;
        if (complete) {
            page.spend(submission.day, state.nonce);
        } else {
            _fills[state.account][_fillCell(submission, state)] = _fillHash(state);
            page.markFilled(submission.day, state.nonce);
        }
        // Written into memory that was taken before: what a sale takes is released after it.
        OrderFill memory fill = book.fills[book.fillCount];
        unchecked {
            ++book.fillCount; // There is room for each order.
        }
        (fill.order, fill.complete, fill.usedFen) = (state.digest, complete, state.usedFen);
    }

    function _emitFills(uint64 round, Book memory book) internal {
        (OrderFill[] memory fills, uint256 count) = (book.fills, book.fillCount);
        if (count == 0) return;
        assembly ("memory-safe") {
            // Only the first entries are in use.
            mstore(fills, count)
        }
        emit OrdersFilled(round, fills);
    }
}
