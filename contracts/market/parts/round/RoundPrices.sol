// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../../types/Curve.sol";
import {ZoneId} from "../../../types/Ids.sol";
import {PriceBand} from "../../interfaces/IMarketRules.sol";
import {ZonePrice} from "../../interfaces/ITradeEscrow.sol";
import {Season} from "../../libraries/Season.sol";
import {TradeStore} from "../TradeStore.sol";
import {Pricing, Submission} from "./Submission.sol";

/// @title The prices of a round, the same in each of its submissions
abstract contract RoundPrices is TradeStore {
    using Curve for uint256[12];

    function _readPrices(Submission memory submission, ZonePrice[] calldata prices) internal {
        PriceBand memory limits = Season.priceLimits(submission.rules, submission.day);
        submission.pricings = new Pricing[](prices.length);
        for (uint256 i; i < prices.length; ++i) {
            Pricing memory pricing = submission.pricings[i];
            pricing.zone = prices[i].zone;
            (, pricing.voltage) = rules.zone(pricing.zone);
            Curve.readInto(prices[i].price, pricing.price);
            pricing.priceHash = pricing.price.hash();
            _prepare(pricing, limits);
            _storePrice(submission, pricing, prices[i].price);
        }
    }

    /// @dev A price of zero says that nothing was cleared in the slot; any other lies within the season's limits.
    function _prepare(Pricing memory pricing, PriceBand memory limits) private pure {
        (uint256 floor, uint256 cap) = (Curve.lanesOf(limits.floor), Curve.lanesOf(limits.cap));
        for (uint256 i; i < Curve.WORDS; ++i) {
            uint256 price = pricing.price.wordAt(i);
            uint256 tradable = Curve.orderedLanes(floor, price) & Curve.orderedLanes(price, cap);
            pricing.tradable.setWord(i, tradable);
            pricing.reversed.setWord(i, Curve.reverse(price));
            if (price & ~tradable != 0) _refusePrice(pricing, limits, i * Curve.LANES);
        }
    }

    /// @dev Names the first slot from `slot` on whose price lies outside the limits: there is one.
    function _refusePrice(Pricing memory pricing, PriceBand memory limits, uint256 slot) private pure {
        while (pricing.price.slot(slot) & ~pricing.tradable.slot(slot) == 0) ++slot;
        revert TradeEscrow_PriceOutsideLimits(slot, pricing.price.slot(slot), limits.floor, limits.cap);
    }

    /// @dev An auction has one price for good once it opened a trade; those of continuous matches are many.
    function _storePrice(Submission memory submission, Pricing memory pricing, bytes calldata price) private {
        (ZoneId zone, bytes32 priceHash) = (pricing.zone, pricing.priceHash);
        (uint16 paymentDays, bool continuous) = (submission.paymentDays, submission.continuous);
        if (!continuous) {
            mapping(uint16 => bytes32) storage known = _priceHashes[submission.day][zone];
            bytes32 before = known[paymentDays];
            if (before == priceHash) return;
            if (before != 0) revert TradeEscrow_PriceConflict(submission.round, zone);
            (known[paymentDays], pricing.isNew) = (priceHash, true);
        }
        emit PriceCurve(priceHash, price);
        emit ZonePriced(submission.round, submission.day, zone, paymentDays, continuous, priceHash);
    }

    /// @dev Takes back the prices of an auction of which nothing was opened: it may be cleared again at others.
    function _forgetPrices(Submission memory submission) internal {
        for (uint256 i; i < submission.pricings.length; ++i) {
            Pricing memory pricing = submission.pricings[i];
            if (pricing.isNew) delete _priceHashes[submission.day][pricing.zone][submission.paymentDays];
        }
    }
}
