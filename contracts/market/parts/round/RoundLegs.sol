// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Curve} from "../../../types/Curve.sol";
import {TradeId} from "../../../types/Ids.sol";
import {Margin, SkipReason, TradeTerms} from "../../interfaces/ITradeEscrow.sol";
import {Amount} from "../../libraries/Amount.sol";
import {Commitment} from "../../libraries/Commitment.sol";
import {chain} from "../../libraries/DayBook.sol";
import {Filling} from "../../libraries/Filling.sol";
import {Leg, PackedRound} from "../../libraries/PackedRound.sol";
import {OrderState, RoundOrders} from "./RoundOrders.sol";
import {Pricing, Submission} from "./Submission.sol";

/// @dev A sale that is being opened.
struct Sale {
    /// Its place in the submission.
    uint256 index;
    OrderState order;
    uint256 capacityWh;
    uint256 bondRateBp;
    Pricing pricing;
    /// What the meter day sold so far: its position, the hash of that and of its trades; 0 where nothing was sold.
    uint256[12] position;
    bytes32 positionHash;
    bytes32 trades;
    uint256 tradeCount;
    /// Whether its book lies beside the word of its remainder.
    bool aside;
    /// What all legs share; each fills in the rest.
    TradeTerms terms;
    /// The leg at hand.
    Purchase purchase;
}

/// @dev A leg that is being opened.
struct Purchase {
    Leg leg;
    uint256[12] energy;
    Filling.Fit fit;
    /// What the trade asks of the buyer in all, and what of that is held and what owed on terms.
    uint256 paymentFen;
    uint256 heldFen;
    uint256 termsFen;
}

/// @title One leg of a sale: what one buy order takes of it
abstract contract RoundLegs is RoundOrders {
    using Curve for uint256[12];

    /// @dev Opens the leg as a trade, or returns why not.
    function _openLeg(
        Submission memory submission,
        Sale memory sale,
        OrderState memory buy
    ) internal returns (SkipReason reason) {
        Purchase memory purchase = sale.purchase;
        reason = _checkPair(submission, sale.order, buy);
        if (reason != SkipReason.None) return reason;
        Filling.Fit memory fit = purchase.fit;
        _measure(sale, buy, purchase);
        if (fit.energyWh == 0) return SkipReason.NothingToFill;
        if (!fit.fits) return SkipReason.ExceedsOrder;
        _setPurchaseTerms(submission, sale, buy, purchase);
        reason = _checkAmounts(submission, sale, buy, purchase);
        if (reason != SkipReason.None) return reason;
        if (!fit.hasRoom) return SkipReason.AboveCapacity;
        _openTrade(submission, sale, buy, purchase);
    }

    /// @dev Whether the two orders can trade with each other at all.
    function _checkPair(
        Submission memory submission,
        OrderState memory sell,
        OrderState memory buy
    ) private view returns (SkipReason) {
        if (buy.reason != SkipReason.None) return SkipReason.BuyOrderSkipped;
        if (buy.standing.id() == sell.standing.id()) return SkipReason.SameParty;
        if (buy.properties.zone() != sell.properties.zone()) return SkipReason.UnknownPrice;
        if (buy.greenCertificates != sell.greenCertificates) return SkipReason.CertificatesDiffer;
        if (submission.paymentDays == 0) return SkipReason.None;
        uint16 longest = _longestTerm(submission.rules, sell.standing.size(), buy.standing.size());
        if (submission.paymentDays > longest) return SkipReason.PaymentTermTooLong;
        // Who was in default when the day began pays at once: a default of today undoes nothing.
        bool refused = debts.defaultsAtMidnight(buy.standing.id()) != 0;
        return refused ? SkipReason.BuyerInDefault : SkipReason.None;
    }

    /// @dev Reads the energy and compares it with what both orders have left and the meter has room for.
    function _measure(Sale memory sale, OrderState memory buy, Purchase memory purchase) private pure {
        Leg memory leg = purchase.leg;
        purchase.energy.clear();
        Curve.copyStretch(_energyOf(leg), purchase.energy, leg.from);
        Filling.measure(
            purchase.fit,
            purchase.energy,
            sale.pricing.reversed,
            sale.order.left,
            buy.left,
            sale.position,
            sale.capacityWh,
            leg.from,
            leg.to
        );
        if (!purchase.fit.valid) revert Curve.Curve_Malformed(leg.to - leg.from);
    }

    /// @dev The energy of a leg, where it lies in the calldata.
    function _energyOf(Leg memory leg) private pure returns (bytes calldata) {
        return PackedRound.slice(leg.energy, leg.to - leg.from);
    }

    function _setPurchaseTerms(
        Submission memory submission,
        Sale memory sale,
        OrderState memory buy,
        Purchase memory purchase
    ) private pure {
        (TradeTerms memory terms, Filling.Fit memory fit) = (sale.terms, purchase.fit);
        terms.buyer = buy.standing.id();
        terms.buyerMeter = buy.meter;
        terms.tariff = _tariff(submission.rules, buy.properties.voltage(), sale.pricing.voltage);
        uint256 energyFen = Amount.ofProduct(fit.product);
        uint256 networkFen = Amount.ofNetwork(fit.energyWh, terms.tariff);
        _setAmounts(terms, energyFen, networkFen, _bondFen(sale, energyFen));
        purchase.paymentFen = energyFen + networkFen;
        purchase.heldFen = _heldOfBuyer(terms);
        purchase.termsFen = purchase.paymentFen - purchase.heldFen;
    }

    /// @dev No more than the seller signed: a grade that fell since undoes nothing.
    function _bondFen(Sale memory sale, uint256 energyFen) private pure returns (uint256) {
        OrderState memory sell = sale.order;
        return Math.min(Amount.ofBond(energyFen, sale.bondRateBp), sell.maxFen - sell.usedFen);
    }

    /// @dev Whether it is worth a trade, and both sides signed for so much and set it aside.
    function _checkAmounts(
        Submission memory submission,
        Sale memory sale,
        OrderState memory buy,
        Purchase memory purchase
    ) private pure returns (SkipReason) {
        Filling.Fit memory fit = purchase.fit;
        if (!_isWorthIt(submission.rules, fit.energyWh, sale.terms.energyFen, fit.product != 0)) {
            return SkipReason.BelowLeast;
        }
        unchecked {
            // What is used and a maximum have 128 bits.
            if (buy.usedFen + purchase.paymentFen > buy.maxFen) return SkipReason.ExceedsMaximum;
        }
        Margin[] memory margins = submission.traders.margins;
        bool covered =
            _covers(margins[sale.order.purse], sale.terms.bondFen, 0) &&
                _covers(margins[buy.purse], purchase.heldFen, purchase.termsFen);
        return covered ? SkipReason.None : SkipReason.InsufficientMargin;
    }

    /// @dev All checks are done; whatever changes, changes here.
    function _openTrade(
        Submission memory submission,
        Sale memory sale,
        OrderState memory buy,
        Purchase memory purchase
    ) private {
        (OrderState memory sell, TradeTerms memory terms, Leg memory leg) = (sale.order, sale.terms, purchase.leg);
        terms.scheduleHash = Commitment.ofSchedule(purchase.energy.hash(), sale.positionHash);
        Filling.take(purchase.energy, sell.left, sell.filled, buy.left, buy.filled, sale.position, leg.from, leg.to);
        sale.positionHash = sale.position.hash();
        _count(sell, purchase.fit.energyWh, terms.bondFen);
        _count(buy, purchase.fit.energyWh, purchase.paymentFen);
        _draw(submission.traders, sell.purse, terms.bondFen, 0);
        _draw(submission.traders, buy.purse, purchase.heldFen, purchase.termsFen);
        TradeId id = TradeId.wrap(++submission.tradeCount);
        sale.trades = chain(sale.trades, Commitment.ofTerms(id, terms));
        unchecked {
            ++sale.tradeCount; // Each fills calldata.
        }
        uint256 firstSlot = leg.from / Curve.SLOT_BYTES;
        emit TradeOpened(id, sell.digest, buy.digest, submission.round, terms, firstSlot, _energyOf(leg));
    }

    function _count(OrderState memory state, uint256 energyWh, uint256 usedFen) private pure {
        state.touched = true;
        unchecked {
            // Compared before with what the order has left and with its maximum.
            state.filledWh += energyWh;
            state.usedFen += usedFen;
        }
    }
}
