// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {FirmSize, ParticipantId, Standing} from "../../identity/interfaces/IParticipantRegistry.sol";
import {StandingGuard} from "../../identity/libraries/StandingGuard.sol";
import {Direction, Meter, Source, Voltage, ZoneId} from "../../metering/interfaces/IMeterRegistry.sol";
import {Calendar, Day} from "../../metering/libraries/Calendar.sol";
import {Curve} from "../../metering/libraries/Curve.sol";
import {PriceBand, RuleSet} from "../interfaces/IMarketRules.sol";
import {
    Leg,
    Round,
    Sale,
    SignedOrder,
    SkipReason,
    TradeId,
    TradeStatus,
    TradeTerms,
    ZonePrice
} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "../libraries/Amount.sol";
import {Bands} from "../libraries/Bands.sol";
import {BoundedCall} from "../libraries/BoundedCall.sol";
import {Filling} from "../libraries/Filling.sol";
import {Scratch} from "../libraries/Scratch.sol";
import {Season} from "../libraries/Season.sol";
import {TypedData} from "../libraries/TypedData.sol";
import {DeskCode} from "./DeskCode.sol";
import {TradeRules} from "./TradeRules.sol";

/// @title The way in for what the market cleared
/// @notice Duties of the operator revert when broken; what a trader can cause (a cancelled order, a spent balance, a
/// wallet that does not answer) skips a leg or a sale and leaves the rest alone.
abstract contract RoundOpening is DeskCode, TradeRules {
    using BitMaps for BitMaps.BitMap;
    using Curve for uint256[12];
    using StandingGuard for Standing;

    /// @dev A price curve of the round, ready to trade at.
    struct Pricing {
        ZoneId zone;
        Voltage voltage;
        bytes32 priceHash;
        uint256[12] price;
        /// All bits in the slots whose price lies within the season's limits, none elsewhere.
        uint256[12] tradable;
    }

    /// @dev A trader as the round finds it; `holdable` falls and `toHold` rises with each leg.
    struct Trader {
        ParticipantId id;
        FirmSize size;
        bool good;
        uint256 holdable;
        uint256 toHold;
    }

    /// @dev An order as the round finds it; `left` falls, `filled` and `usedFen` rise with each leg.
    struct OrderState {
        SkipReason reason;
        Voltage voltage;
        Source source;
        bool touched;
        uint256 trader;
        uint256 pricing;
        uint256 capacityWh;
        uint256 usedFen;
        uint256 filledWh;
        bytes32 digest;
        bytes32 fillHash;
        /// What can still be filled at the round's price.
        uint256[12] left;
        uint256[12] filled;
    }

    /// @dev What all sales of a submission share. Memory is taken once, because its price grows with the square.
    struct Desk {
        uint64 round;
        Day day;
        uint32 date;
        bytes32 domain;
        uint64 lastTrade;
        uint256 bondRateBp;
        RuleSet set;
        Pricing[] pricings;
        Trader[] traders;
        OrderState[] buys;
        /// The sale at hand.
        OrderState sell;
        uint256[12] position;
        TradeTerms terms;
        /// The leg at hand, and the words of its energy that are not zero.
        uint256[12] energy;
        uint256 energyWh;
        uint256 from;
        uint256 to;
    }

    // ------------------------------------------------------------------------------------------- user actions

    /// @notice See `ITradeEscrow.openRound`.
    function openRound(Round calldata round) external onlyEscrow {
        if (round.round == 0) revert TradeEscrow_MalformedRound("round 0 is for bilateral trades", 0);
        Desk memory desk;
        (desk.round, desk.day, desk.date) = (round.round, round.day, Calendar.dateNumber(round.day));
        (desk.terms.rules, desk.set) = _openDay(round.day);
        desk.terms.day = round.day;
        desk.domain = _domainSeparatorV4();
        desk.lastTrade = _tradeCount;
        _price(desk, round.prices);
        _readTraders(desk, round.traders);
        desk.buys = new OrderState[](round.buys.length);

        uint256 free = Scratch.mark();
        for (uint256 i; i < round.buys.length; ++i) {
            _readOrder(desk, desk.buys[i], round.traders, round.buys[i], false);
            Scratch.release(free);
        }
        for (uint256 i; i < round.sales.length; ++i) {
            _openSale(desk, round, i);
            Scratch.release(free);
        }
        for (uint256 i; i < round.buys.length; ++i) {
            OrderState memory buy = desk.buys[i];
            if (!buy.touched) continue;
            // The second of two would overwrite what the first was filled to.
            if (_fills[buy.digest] != buy.fillHash || _nonces[round.traders[buy.trader]].get(round.buys[i].nonce)) {
                revert TradeEscrow_MalformedRound("buy order or its nonce given twice", i);
            }
            _storeFill(buy, round.traders[buy.trader], round.buys[i]);
            Scratch.release(free);
        }
        _tradeCount = desk.lastTrade;
        _placeHolds(desk.traders);
    }

    // --------------------------------------------------------------------------------------- internals: tables

    /// @dev Prices of the round, the same in each of its submissions.
    function _price(Desk memory desk, ZonePrice[] calldata prices) private {
        PriceBand memory limits = Season.priceLimits(desk.set, desk.day);
        desk.pricings = new Pricing[](prices.length);
        mapping(ZoneId => bytes32) storage known = _priceHashes[desk.round][desk.day];
        for (uint256 i; i < prices.length; ++i) {
            Pricing memory pricing = desk.pricings[i];
            ZoneId zone = prices[i].zone;
            pricing.zone = zone;
            (, pricing.voltage) = rules.zone(zone);
            Curve.readInto(prices[i].price, pricing.price);
            pricing.priceHash = pricing.price.hash();
            _findTradable(pricing, limits);

            bytes32 before = known[zone];
            if (before == pricing.priceHash) continue;
            if (before != 0) revert TradeEscrow_PriceConflict(desk.round, zone);
            known[zone] = pricing.priceHash;
            emit PriceCurve(pricing.priceHash, prices[i].price);
            emit ZonePriced(desk.round, desk.day, zone, pricing.priceHash);
        }
    }

    /// @dev A price of zero says that nothing was cleared in the slot; any other lies within the season's limits.
    function _findTradable(Pricing memory pricing, PriceBand memory limits) private pure {
        uint256[12] memory tradable = Curve.level(Curve.MAX);
        tradable.keepWhereOrdered(Curve.level(limits.floor), pricing.price);
        tradable.keepWhereOrdered(pricing.price, Curve.level(limits.cap));
        pricing.tradable = tradable;
        for (uint256 i; i < Curve.WORDS; ++i) {
            uint256 outside = pricing.price.wordAt(i) & ~tradable.wordAt(i);
            if (outside == 0) continue;
            uint256 slot = i * 8;
            while (pricing.price.slot(slot) & ~tradable.slot(slot) == 0) ++slot;
            revert TradeEscrow_PriceOutsideLimits(slot, pricing.price.slot(slot), limits.floor, limits.cap);
        }
    }

    function _readTraders(Desk memory desk, address[] calldata accounts) private view {
        Standing[] memory standings = registry.standingsOf(accounts);
        ParticipantId[] memory ids = new ParticipantId[](accounts.length);
        Trader[] memory traders = new Trader[](accounts.length);
        Day today = Calendar.today();
        address previous;
        for (uint256 i; i < accounts.length; ++i) {
            if (accounts[i] <= previous) revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            previous = accounts[i];
            ids[i] = standings[i].id;
            traders[i].id = standings[i].id;
            traders[i].size = standings[i].size;
            traders[i].good = standings[i].isGoodOn(today);
        }
        uint256[] memory holdable = deposits.holdableOf(ids, address(this));
        for (uint256 i; i < accounts.length; ++i) {
            traders[i].holdable = holdable[i];
        }
        desk.traders = traders;
    }

    // --------------------------------------------------------------------------------------- internals: orders

    /// @dev Reads an order and checks all that does not depend on its counterparty.
    function _readOrder(
        Desk memory desk,
        OrderState memory state,
        address[] calldata accounts,
        SignedOrder calldata order,
        bool sell
    ) private view {
        if (order.trader >= accounts.length) {
            revert TradeEscrow_MalformedRound("trader index out of range", order.trader);
        }
        state.trader = order.trader;
        address account = accounts[order.trader];
        state.digest = MessageHashUtils.toTypedDataHash(desk.domain, TypedData.hash(sell, account, desk.date, order));
        state.reason = _checkOrder(desk, state, order, account, sell);
    }

    function _checkOrder(
        Desk memory desk,
        OrderState memory state,
        SignedOrder calldata order,
        address account,
        bool sell
    ) private view returns (SkipReason) {
        Trader memory trader = desk.traders[order.trader];
        if (!trader.good) return SkipReason.TraderNotGood;
        if (block.timestamp > order.expiry) return SkipReason.Expired;
        if (_nonces[account].get(order.nonce)) return SkipReason.Cancelled;
        Meter memory meter = meters.meterOf(order.meter);
        if (!_isTradable(meter, trader.id, sell ? Direction.Generation : Direction.Consumption)) {
            return SkipReason.MeterNotTradable;
        }
        (state.voltage, state.source, state.capacityWh) = (meter.voltage, meter.source, _capacityWh(meter));
        if (!_findPricing(desk, state, meter.zone)) return SkipReason.UnknownPrice;
        if (sell && !_isEligible(desk.set, meter, desk.pricings[state.pricing].voltage)) {
            return SkipReason.NotEligible;
        }
        if (!_readFill(state, order)) return SkipReason.StaleFill;
        SkipReason reason = _readBands(state, order, desk.pricings[state.pricing], sell);
        if (reason != SkipReason.None) return reason;
        if (!BoundedCall.isValidSignature(account, state.digest, order.signature)) return SkipReason.InvalidSignature;
        return SkipReason.None;
    }

    function _findPricing(Desk memory desk, OrderState memory state, ZoneId zone) private pure returns (bool) {
        for (uint256 i; i < desk.pricings.length; ++i) {
            if (desk.pricings[i].zone == zone) {
                state.pricing = i;
                return true;
            }
        }
        return false;
    }

    /// @dev What was filled before, as the operator says and the hash confirms.
    function _readFill(OrderState memory state, SignedOrder calldata order) private view returns (bool) {
        state.fillHash = _fills[state.digest];
        if (order.filled.length == 0) return state.fillHash == 0 && order.usedFen == 0;
        Curve.copyInto(order.filled, state.filled);
        state.usedFen = order.usedFen;
        state.filledWh = state.filled.sum();
        return state.fillHash == _fillHash(state);
    }

    /// @dev What is left of the bands, in the slots where the round's price keeps the order's limit.
    function _readBands(
        OrderState memory state,
        SignedOrder calldata order,
        Pricing memory pricing,
        bool sell
    ) private pure returns (SkipReason) {
        uint256[12] memory left = state.left;
        uint256[12] memory limit;
        (bool valid, uint256 energyWh, uint256 amountFen) = Bands.spread(order.bands, left, limit);
        if (!valid) return SkipReason.InvalidBands;
        if (energyWh != order.totalEnergyWh || amountFen != order.totalAmountFen) return SkipReason.WrongTotals;
        (uint256 from, uint256 to) = Bands.range(order.bands);
        (uint256[12] memory low, uint256[12] memory high) = sell ? (limit, pricing.price) : (pricing.price, limit);
        Filling.restrict(left, state.filled, low, high, pricing.tradable, from, to);
        return SkipReason.None;
    }

    /// @dev Remembers what an order was filled to; a complete one spends its nonce instead.
    function _storeFill(OrderState memory state, address account, SignedOrder calldata order) private {
        bool complete = state.filledWh == order.totalEnergyWh;
        if (complete) {
            _nonces[account].set(order.nonce);
            if (state.fillHash != 0) delete _fills[state.digest];
        } else {
            _fills[state.digest] = _fillHash(state);
        }
        emit OrderFilled(state.digest, account, complete, state.usedFen);
    }

    function _fillHash(OrderState memory state) private pure returns (bytes32) {
        return state.filled.hashWith(state.usedFen);
    }

    // ---------------------------------------------------------------------------------------- internals: sales

    function _openSale(Desk memory desk, Round calldata round, uint256 index) private {
        Sale calldata sale = round.sales[index];
        OrderState memory sell = desk.sell;
        _reset(sell);
        _readOrder(desk, sell, round.traders, sale.order, true);
        bytes32 positionHash = _positions[sale.order.meter][desk.day];
        if (sell.reason == SkipReason.None && _hashOrZero(sale.position) != positionHash) {
            sell.reason = SkipReason.StalePosition;
        }
        if (sell.reason != SkipReason.None) {
            emit Skipped(desk.round, sell.digest, index, type(uint256).max, sell.reason);
            return;
        }
        if (sale.position.length == 0) desk.position.clear();
        else Curve.readInto(sale.position, desk.position);
        _setSellerTerms(desk, sale.order);

        uint256 free = Scratch.mark();
        for (uint256 i; i < sale.legs.length; ++i) {
            Leg calldata leg = sale.legs[i];
            if (leg.buy >= desk.buys.length) revert TradeEscrow_MalformedRound("buy index out of range", leg.buy);
            OrderState memory buy = desk.buys[leg.buy];
            SkipReason reason = _checkLeg(desk, buy, leg, sale.order, round.buys[leg.buy]);
            if (reason == SkipReason.None) positionHash = _openLeg(desk, buy, leg.energy, positionHash);
            else emit Skipped(desk.round, sell.digest, index, i, reason);
            Scratch.release(free);
        }
        if (!sell.touched) return;
        _positions[sale.order.meter][desk.day] = positionHash;
        _storeFill(sell, round.traders[sell.trader], sale.order);
    }

    function _reset(OrderState memory state) private pure {
        state.touched = false;
        state.usedFen = 0;
        state.filledWh = 0;
        state.left.clear();
        state.filled.clear();
    }

    function _setSellerTerms(Desk memory desk, SignedOrder calldata order) private view {
        OrderState memory sell = desk.sell;
        TradeTerms memory terms = desk.terms;
        terms.seller = desk.traders[sell.trader].id;
        terms.sellerMeter = order.meter;
        terms.paymentDays = order.paymentDays;
        terms.source = sell.source;
        terms.priceHash = desk.pricings[sell.pricing].priceHash;
        desk.bondRateBp = _bondRateBp(desk.set, terms.seller);
    }

    /// @dev Checks a leg, and fills in its terms.
    function _checkLeg(
        Desk memory desk,
        OrderState memory buy,
        Leg calldata leg,
        SignedOrder calldata sellOrder,
        SignedOrder calldata buyOrder
    ) private pure returns (SkipReason) {
        OrderState memory sell = desk.sell;
        TradeTerms memory terms = desk.terms;
        Trader memory seller = desk.traders[sell.trader];
        Trader memory buyer = desk.traders[buy.trader];
        if (buy.reason != SkipReason.None) return SkipReason.BuyOrderSkipped;
        if (buyer.id == seller.id) return SkipReason.SameParty;
        if (buy.pricing != sell.pricing) return SkipReason.UnknownPrice;
        if (buyOrder.paymentDays != sellOrder.paymentDays) return SkipReason.PaymentTermsDiffer;
        if (sellOrder.paymentDays > _longestTerm(desk.set, seller.size, buyer.size)) {
            return SkipReason.PaymentTermTooLong;
        }
        (uint256 from, uint256 to) = Curve.readRange(leg.energy, desk.energy);
        if (from == to) return SkipReason.NothingToFill;
        if (!Filling.fits(desk.energy, sell.left, buy.left, from, to)) return SkipReason.ExceedsOrder;
        (desk.from, desk.to) = (from, to);

        Pricing memory pricing = desk.pricings[sell.pricing];
        (uint256 energyWh, uint256 product) = Filling.measure(desk.energy, pricing.price, from, to);
        desk.energyWh = energyWh;
        terms.buyer = buyer.id;
        terms.buyerMeter = buyOrder.meter;
        terms.tariff = _tariff(desk.set, buy.voltage, pricing.voltage);
        uint256 energyFen = Amount.ofProduct(product);
        _setAmounts(
            terms,
            energyFen,
            Amount.ofNetwork(energyWh, terms.tariff),
            Amount.ofBond(energyFen, desk.bondRateBp)
        );
        if (
            sell.usedFen + terms.bondFen > sellOrder.maxFen ||
            buy.usedFen + terms.energyFen + terms.networkFen > buyOrder.maxFen
        ) return SkipReason.ExceedsMaximum;
        if (terms.bondFen > seller.holdable || _heldOfBuyer(terms) > buyer.holdable) {
            return SkipReason.InsufficientBalance;
        }
        bool room = Filling.hasRoom(desk.position, desk.energy, sell.capacityWh, from, to);
        return room ? SkipReason.None : SkipReason.AboveCapacity;
    }

    /// @dev All checks are done; whatever changes, changes here.
    function _openLeg(
        Desk memory desk,
        OrderState memory buy,
        bytes calldata energy,
        bytes32 positionHash
    ) private returns (bytes32) {
        TradeTerms memory terms = desk.terms;
        terms.scheduleHash = _scheduleHash(desk.energy.hash(), positionHash);
        _take(desk, desk.sell, terms.bondFen, terms.bondFen);
        _take(desk, buy, uint256(terms.energyFen) + terms.networkFen, _heldOfBuyer(terms));
        TradeId id = TradeId.wrap(++desk.lastTrade);
        _records[id] = Record(_commitment(terms), TradeStatus.Open, 0);
        emit TradeOpened(id, desk.sell.digest, buy.digest, desk.round, terms, energy);
        Filling.add(desk.position, desk.energy, desk.from, desk.to);
        return desk.position.hash();
    }

    function _take(Desk memory desk, OrderState memory order, uint256 usedFen, uint256 heldFen) private pure {
        Filling.take(desk.energy, order.left, order.filled, desk.from, desk.to);
        order.filledWh += desk.energyWh;
        order.usedFen += usedFen;
        order.touched = true;
        Trader memory trader = desk.traders[order.trader];
        trader.holdable -= heldFen;
        trader.toHold += heldFen;
    }

    function _placeHolds(Trader[] memory traders) private {
        ParticipantId[] memory payers = new ParticipantId[](traders.length);
        uint256[] memory amounts = new uint256[](traders.length);
        uint256 count;
        for (uint256 i; i < traders.length; ++i) {
            if (traders[i].toHold == 0) continue;
            (payers[count], amounts[count]) = (traders[i].id, traders[i].toHold);
            ++count;
        }
        assembly ("memory-safe") {
            // Only the first `count` entries are in use.
            mstore(payers, count)
            mstore(amounts, count)
        }
        deposits.holdMany(payers, amounts);
    }
}
