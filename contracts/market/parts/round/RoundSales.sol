// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../../types/Curve.sol";
import {SkipReason, TradeTerms} from "../../interfaces/ITradeEscrow.sol";
import {bookOf, DayBook} from "../../libraries/DayBook.sol";
import {Leg, PackedRound} from "../../libraries/PackedRound.sol";
import {Scratch} from "../../libraries/Scratch.sol";
import {Book, RoundFills} from "./RoundFills.sol";
import {RoundLegs, Sale} from "./RoundLegs.sol";
import {OrderState} from "./RoundOrders.sol";
import {Submission} from "./Submission.sol";

/// @title The sales of a round, one after the other
abstract contract RoundSales is RoundLegs, RoundFills {
    using Curve for uint256[12];

    /// @dev In place of a leg in `Skipped`: the whole sale was left out.
    uint256 private constant WHOLE_SALE = type(uint256).max;

    function _openSales(Submission memory submission, Book memory book, bytes calldata packed) internal {
        (uint256 count, uint256 place, uint256 end) = PackedRound.readCount(packed);
        // Sales are opened in the same memory, one after the other, as orders are read.
        Sale memory sale;
        sale.order.sell = true;
        uint256 free = Scratch.mark();
        for (uint256 i; i < count; ++i) {
            sale.index = i;
            place = _openSale(submission, book, sale, place);
            Scratch.release(free);
        }
        if (place != end) revert TradeEscrow_MalformedRound("sales do not fill their bytes", count);
    }

    /// @dev Opens the sale that begins at `start` in the calldata.
    /// @return end where it ends.
    function _openSale(
        Submission memory submission,
        Book memory book,
        Sale memory sale,
        uint256 start
    ) private returns (uint256 end) {
        OrderState memory sell = sale.order;
        uint256 legCount;
        (legCount, end) = _readSale(submission, sale, start);
        if (sell.reason != SkipReason.None) {
            _emitSkip(submission, sale, WHOLE_SALE, sell.reason);
            return PackedRound.skipLegs(end, legCount);
        }
        _setSaleTerms(submission, sale);
        end = _openLegs(submission, book.buys, sale, legCount, end);
        if (!sell.touched) return end;
        DayBook sold = bookOf(submission.day, sale.positionHash, sale.trades, sale.tradeCount);
        _storeBook(sell.meter, submission.day, sold, sale.aside);
        _storeFill(submission, book, sell, _pageOf(submission, sell));
    }

    /// @dev Opens each leg by itself, from `start` on.
    /// @return end where the last one ends.
    function _openLegs(
        Submission memory submission,
        OrderState[] memory buys,
        Sale memory sale,
        uint256 count,
        uint256 start
    ) private returns (uint256 end) {
        end = start;
        uint256 free = Scratch.mark();
        for (uint256 i; i < count; ++i) {
            end = PackedRound.readLeg(end, sale.purchase.leg);
            SkipReason reason = _openLeg(submission, sale, buys[_buyOf(buys, sale.purchase.leg, i)]);
            if (reason != SkipReason.None) _emitSkip(submission, sale, i, reason);
            Scratch.release(free);
        }
    }

    function _emitSkip(Submission memory submission, Sale memory sale, uint256 leg, SkipReason reason) private {
        emit Skipped(submission.round, sale.order.digest, sale.index, leg, reason);
    }

    /// @dev Reads the order and the position before the sale.
    /// @return legCount how many legs follow.
    /// @return end where they begin.
    function _readSale(
        Submission memory submission,
        Sale memory sale,
        uint256 start
    ) private view returns (uint256 legCount, uint256 end) {
        OrderState memory sell = sale.order;
        _reset(sell);
        uint256 before;
        end = _readOrder(submission, sell, start);
        (before, legCount, end) = PackedRound.readSale(end);
        // Of a sale that is left out too: the one behind it may go on from there.
        if (before != PackedRound.AS_LEFT) _readBefore(sale, before);
        if (sell.reason != SkipReason.None) return (legCount, end);
        DayBook book;
        (book, sale.aside) = _bookOf(sell.meter, submission.day);
        sale.tradeCount = book.count();
        if (!book.holds(sale.positionHash, sale.trades)) sell.reason = SkipReason.StalePosition;
    }

    /// @dev What the meter day sold before a sale, as the operator says: confirmed by its book before anything is done with it.
    function _readBefore(Sale memory sale, uint256 start) private pure {
        if (start == 0) {
            sale.position.clear();
            (sale.positionHash, sale.trades) = (0, 0);
            return;
        }
        Curve.copyInto(PackedRound.slice(start, Curve.BYTES), sale.position);
        sale.positionHash = sale.position.hash();
        sale.trades = bytes32(PackedRound.word(start + Curve.BYTES));
    }

    function _setSaleTerms(Submission memory submission, Sale memory sale) private view {
        (OrderState memory sell, TradeTerms memory terms) = (sale.order, sale.terms);
        (terms.day, terms.rules) = (submission.day, submission.rulesId);
        terms.seller = sell.standing.id();
        terms.sellerMeter = sell.meter;
        terms.paymentDays = submission.paymentDays;
        (terms.greenCertificates, terms.source) = (sell.greenCertificates, sell.properties.source());
        sale.pricing = submission.reading.pricing;
        terms.priceHash = sale.pricing.priceHash;
        sale.capacityWh = _capacityWh(sell.properties);
        sale.bondRateBp = _bondRateBp(submission.rules, terms.seller);
    }

    /// @dev Place of a leg's buy order, which the operator has to name rightly.
    function _buyOf(OrderState[] memory buys, Leg memory leg, uint256 index) private pure returns (uint256 buy) {
        buy = leg.buy;
        if (buy >= buys.length) revert TradeEscrow_MalformedRound("buy index out of range", buy);
        if (leg.to > Curve.BYTES) revert TradeEscrow_MalformedRound("leg reaches beyond the day", index);
    }
}
