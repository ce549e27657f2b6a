// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {FirmSize, ParticipantId} from "../../identity/interfaces/IParticipantRegistry.sol";
import {StandingWord} from "../../identity/libraries/StandingWord.sol";
import {Direction, MeterId, Source, Voltage, ZoneId} from "../../metering/interfaces/IMeterRegistry.sol";
import {Calendar, Day} from "../../metering/libraries/Calendar.sol";
import {Curve} from "../../metering/libraries/Curve.sol";
import {MeterWord} from "../../metering/libraries/MeterWord.sol";
import {PriceBand, RuleSet} from "../interfaces/IMarketRules.sol";
import {
    OrderFill,
    Round,
    SkipReason,
    TradeId,
    TradeStatus,
    TradeTerms,
    ZonePrice
} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "../libraries/Amount.sol";
import {Bands} from "../libraries/Bands.sol";
import {BoundedCall} from "../libraries/BoundedCall.sol";
import {Commitment} from "../libraries/Commitment.sol";
import {Filling} from "../libraries/Filling.sol";
import {Leg, Order, PackedRound} from "../libraries/PackedRound.sol";
import {Scratch} from "../libraries/Scratch.sol";
import {Season} from "../libraries/Season.sol";
import {TypedData} from "../libraries/TypedData.sol";
import {DeskCode} from "./DeskCode.sol";
import {ExposureGuard} from "./ExposureGuard.sol";
import {TradeRules} from "./TradeRules.sol";

/// @title The way in for what the market cleared
/// @notice Duties of the operator revert when broken; what a trader can cause (a cancelled order, a spent balance, a
/// wallet that does not answer) skips a leg or a sale and leaves the rest alone.
abstract contract RoundOpening is DeskCode, TradeRules, ExposureGuard {
    using Bands for Bands.Spread;
    using BitMaps for BitMaps.BitMap;
    using Curve for uint256[12];

    /// @dev A price curve of the round, ready to trade at.
    struct Pricing {
        ZoneId zone;
        Voltage voltage;
        bytes32 priceHash;
        uint256[12] price;
        /// The same, each word as `Curve.reverse` leaves it.
        uint256[12] reversed;
        /// All bits in the slots whose price lies within the season's limits, none elsewhere.
        uint256[12] tradable;
    }

    /// @dev A trader as the round finds it; `holdable` falls and `toHold` rises with each leg.
    struct Trader {
        address account;
        ParticipantId id;
        FirmSize size;
        bool good;
        /// Has a second factor.
        bool guarded;
        uint256 holdable;
        uint256 toHold;
    }

    /// @dev An order as the round finds it; `left` falls, `filled` and `usedFen` rise with each leg.
    struct OrderState {
        Order order;
        SkipReason reason;
        Voltage voltage;
        Source source;
        bool touched;
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
        /// What is told of in the end; only the first `fillCount` are in use.
        OrderFill[] fills;
        uint256 fillCount;
        /// The sale at hand.
        OrderState sell;
        uint256[12] position;
        TradeTerms terms;
        Trader seller;
        /// The leg at hand.
        Leg leg;
        OrderState buy;
        Trader buyer;
        uint256[12] energy;
        uint256 energyWh;
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

        (uint256 buyCount, uint256 buyAt, uint256 buysEnd) = PackedRound.readCount(round.buys);
        (uint256 saleCount, uint256 saleAt, uint256 salesEnd) = PackedRound.readCount(round.sales);
        desk.buys = new OrderState[](buyCount);
        desk.fills = new OrderFill[](buyCount + saleCount);
        uint256 free = Scratch.mark();
        for (uint256 i; i < buyCount; ++i) {
            buyAt = _readOrder(desk, desk.buys[i], buyAt, false);
            Scratch.release(free);
        }
        if (buyAt != buysEnd) revert TradeEscrow_MalformedRound("buy orders do not fill their bytes", buyCount);
        for (uint256 i; i < saleCount; ++i) {
            saleAt = _openSale(desk, i, saleAt);
            Scratch.release(free);
        }
        if (saleAt != salesEnd) revert TradeEscrow_MalformedRound("sales do not fill their bytes", saleCount);
        _storeBuys(desk);
        _tellFills(desk);
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
            _prepare(pricing, limits);

            bytes32 before = known[zone];
            if (before == pricing.priceHash) continue;
            if (before != 0) revert TradeEscrow_PriceConflict(desk.round, zone);
            known[zone] = pricing.priceHash;
            emit PriceCurve(pricing.priceHash, prices[i].price);
            emit ZonePriced(desk.round, desk.day, zone, pricing.priceHash);
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
            if (price & ~tradable == 0) continue;
            uint256 slot = i * 8;
            while (pricing.price.slot(slot) & ~pricing.tradable.slot(slot) == 0) ++slot;
            revert TradeEscrow_PriceOutsideLimits(slot, pricing.price.slot(slot), limits.floor, limits.cap);
        }
    }

    function _readTraders(Desk memory desk, address[] calldata accounts) private view {
        StandingWord[] memory standings = registry.standingWordsOf(accounts);
        ParticipantId[] memory ids = new ParticipantId[](accounts.length);
        Trader[] memory traders = new Trader[](accounts.length);
        desk.traders = traders;
        Day today = Calendar.today();
        for (uint256 i; i < accounts.length; ++i) {
            if (i != 0 && accounts[i] <= accounts[i - 1]) {
                revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            }
            ids[i] = _readTrader(traders[i], accounts[i], standings[i], today);
        }
        uint256[] memory holdable = deposits.holdableOf(ids, address(this));
        for (uint256 i; i < accounts.length; ++i) {
            traders[i].holdable = holdable[i];
        }
    }

    function _readTrader(
        Trader memory trader,
        address account,
        StandingWord standing,
        Day today
    ) private pure returns (ParticipantId id) {
        id = standing.id();
        (trader.account, trader.id, trader.size) = (account, id, standing.size());
        (trader.good, trader.guarded) = (standing.isGoodOn(today), standing.factor() != 0);
    }

    // --------------------------------------------------------------------------------------- internals: orders

    /// @dev Reads an order and checks all that does not depend on its counterparty; tells where it ends.
    function _readOrder(
        Desk memory desk,
        OrderState memory state,
        uint256 start,
        bool sell
    ) private view returns (uint256 end) {
        Order memory order = state.order;
        end = PackedRound.readOrder(start, order);
        if (order.index >= desk.traders.length) {
            revert TradeEscrow_MalformedRound("trader index out of range", order.index);
        }
        Trader memory trader = desk.traders[order.index];
        state.digest = MessageHashUtils.toTypedDataHash(
            desk.domain,
            TypedData.hash(order, sell, trader.account, desk.date)
        );
        state.reason = _checkOrder(desk, state, trader, sell);
    }

    function _checkOrder(
        Desk memory desk,
        OrderState memory state,
        Trader memory trader,
        bool sell
    ) private view returns (SkipReason) {
        Order memory order = state.order;
        if (!trader.good) return SkipReason.TraderNotGood;
        if (block.timestamp > order.expiry) return SkipReason.Expired;
        if (_nonces[order.trader].get(order.nonce)) return SkipReason.Cancelled;
        MeterWord meter = meters.meterWordOf(order.meter);
        if (!_isTradable(meter, trader.id, sell ? Direction.Generation : Direction.Consumption)) {
            return SkipReason.MeterNotTradable;
        }
        (state.voltage, state.source, state.capacityWh) = (meter.voltage(), meter.source(), _capacityWh(meter));
        if (!_findPricing(desk, state, meter.zone())) return SkipReason.UnknownPrice;
        if (sell && !_isEligible(desk.set, meter, desk.pricings[state.pricing].voltage)) {
            return SkipReason.NotEligible;
        }
        if (!_readFill(state)) return SkipReason.StaleFill;
        SkipReason reason = _readBands(state, desk.pricings[state.pricing], sell);
        if (reason != SkipReason.None) return reason;
        bytes calldata signature = PackedRound.slice(order.signature, order.signatureLength);
        if (!BoundedCall.isValidSignature(order.trader, state.digest, signature)) return SkipReason.InvalidSignature;
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
    function _readFill(OrderState memory state) private view returns (bool) {
        state.fillHash = _fills[state.digest];
        uint256 fill = state.order.fill;
        if (fill == 0) return state.fillHash == 0;
        Curve.copyInto(PackedRound.slice(fill, Curve.BYTES), state.filled);
        state.usedFen = PackedRound.word(fill + Curve.BYTES);
        state.filledWh = state.filled.sum();
        return state.fillHash == _fillHash(state);
    }

    /// @dev What is left of the bands, in the slots where the round's price keeps the order's limit.
    function _readBands(OrderState memory state, Pricing memory pricing, bool sell) private pure returns (SkipReason) {
        Order memory order = state.order;
        uint256[12] memory limit;
        Bands.Spread memory spreading = Bands.spread(order.bands, order.bandCount, state.left, limit);
        if (!spreading.valid) return SkipReason.InvalidBands;
        if (spreading.energyWh != order.totalEnergyWh || spreading.amountFen() != order.totalAmountFen) {
            return SkipReason.WrongTotals;
        }
        (uint256 from, uint256 to) = spreading.range();
        (uint256[12] memory low, uint256[12] memory high) = sell ? (limit, pricing.price) : (pricing.price, limit);
        Filling.restrict(state.left, state.filled, low, high, pricing.tradable, from, to);
        return SkipReason.None;
    }

    /// @dev Remembers what the buy orders of the submission were filled to.
    function _storeBuys(Desk memory desk) private {
        for (uint256 i; i < desk.buys.length; ++i) {
            OrderState memory buy = desk.buys[i];
            if (!buy.touched) continue;
            // The second of two would overwrite what the first was filled to.
            if (_fills[buy.digest] != buy.fillHash || _nonces[buy.order.trader].get(buy.order.nonce)) {
                revert TradeEscrow_MalformedRound("buy order or its nonce given twice", i);
            }
            _storeFill(desk, buy);
        }
    }

    /// @dev Remembers what an order was filled to; a complete one spends its nonce instead.
    function _storeFill(Desk memory desk, OrderState memory state) private {
        Order memory order = state.order;
        bool complete = state.filledWh == order.totalEnergyWh;
        if (complete) {
            _nonces[order.trader].set(order.nonce);
            if (state.fillHash != 0) delete _fills[state.digest];
        } else {
            _fills[state.digest] = _fillHash(state);
        }
        OrderFill memory fill = desk.fills[desk.fillCount++];
        (fill.order, fill.complete, fill.usedFen) = (state.digest, complete, state.usedFen);
    }

    function _tellFills(Desk memory desk) private {
        (OrderFill[] memory fills, uint256 count) = (desk.fills, desk.fillCount);
        assembly ("memory-safe") {
            // Only the first entries are in use.
            mstore(fills, count)
        }
        if (count != 0) emit OrdersFilled(desk.round, fills);
    }

    function _fillHash(OrderState memory state) private pure returns (bytes32) {
        return state.filled.hashWith(state.usedFen);
    }

    // ---------------------------------------------------------------------------------------- internals: sales

    /// @dev Opens the legs of a sale; tells where it ends in the calldata.
    function _openSale(Desk memory desk, uint256 index, uint256 start) private returns (uint256 end) {
        OrderState memory sell = desk.sell;
        _reset(sell);
        end = _readOrder(desk, sell, start, true);
        MeterId meter = sell.order.meter;
        bytes32 positionHash = _positions[meter][desk.day];
        uint256 positionBefore;
        uint256 legCount;
        (positionBefore, legCount, end) = PackedRound.readSale(end);
        if (sell.reason == SkipReason.None && _readPosition(desk, positionBefore) != positionHash) {
            sell.reason = SkipReason.StalePosition;
        }
        if (sell.reason == SkipReason.None) _setSellerTerms(desk);
        else emit Skipped(desk.round, sell.digest, index, type(uint256).max, sell.reason);

        uint256 free = Scratch.mark();
        for (uint256 i; i < legCount; ++i) {
            end = PackedRound.readLeg(end, desk.leg);
            if (sell.reason != SkipReason.None) continue;
            SkipReason reason = _checkLeg(desk, i);
            if (reason == SkipReason.None && !_spendLeg(desk)) reason = SkipReason.SecondFactorMissing;
            if (reason == SkipReason.None) positionHash = _openLeg(desk, positionHash);
            else emit Skipped(desk.round, sell.digest, index, i, reason);
            Scratch.release(free);
        }
        if (!sell.touched) return end;
        _positions[meter][desk.day] = positionHash;
        _storeFill(desk, sell);
    }

    /// @dev The position of the meter day before a sale, as the operator says; its hash.
    function _readPosition(Desk memory desk, uint256 start) private pure returns (bytes32) {
        if (start == 0) {
            desk.position.clear();
            return 0;
        }
        // Confirmed by its hash before anything is done with it.
        Curve.copyInto(PackedRound.slice(start, Curve.BYTES), desk.position);
        return desk.position.hash();
    }

    function _reset(OrderState memory state) private pure {
        state.touched = false;
        state.usedFen = 0;
        state.filledWh = 0;
        state.left.clear();
        state.filled.clear();
    }

    function _setSellerTerms(Desk memory desk) private view {
        OrderState memory sell = desk.sell;
        TradeTerms memory terms = desk.terms;
        desk.seller = desk.traders[sell.order.index];
        terms.seller = desk.seller.id;
        terms.sellerMeter = sell.order.meter;
        terms.paymentDays = sell.order.paymentDays;
        terms.source = sell.source;
        terms.priceHash = desk.pricings[sell.pricing].priceHash;
        desk.bondRateBp = _bondRateBp(desk.set, terms.seller);
    }

    /// @dev Checks the leg at hand, and fills in its terms.
    function _checkLeg(Desk memory desk, uint256 index) private pure returns (SkipReason) {
        Leg memory leg = desk.leg;
        if (leg.buy >= desk.buys.length) revert TradeEscrow_MalformedRound("buy index out of range", leg.buy);
        if (leg.to > Curve.BYTES) revert TradeEscrow_MalformedRound("leg reaches beyond the day", index);
        (OrderState memory sell, OrderState memory buy) = (desk.sell, desk.buys[leg.buy]);
        TradeTerms memory terms = desk.terms;
        if (buy.reason != SkipReason.None) return SkipReason.BuyOrderSkipped;
        (Trader memory seller, Trader memory buyer) = (desk.seller, desk.traders[buy.order.index]);
        (desk.buy, desk.buyer) = (buy, buyer);
        if (buyer.id == seller.id) return SkipReason.SameParty;
        if (buy.pricing != sell.pricing) return SkipReason.UnknownPrice;
        if (buy.order.paymentDays != terms.paymentDays) return SkipReason.PaymentTermsDiffer;
        if (terms.paymentDays > _longestTerm(desk.set, seller.size, buyer.size)) {
            return SkipReason.PaymentTermTooLong;
        }

        Pricing memory pricing = desk.pricings[sell.pricing];
        desk.energy.clear();
        Curve.copyStretch(PackedRound.slice(leg.energy, leg.to - leg.from), desk.energy, leg.from);
        Filling.Fit memory fit = Filling.measure(
            desk.energy,
            pricing.reversed,
            sell.left,
            buy.left,
            desk.position,
            sell.capacityWh,
            leg.from,
            leg.to
        );
        if (!fit.valid) revert Curve.Curve_Malformed(leg.to - leg.from);
        if (fit.energyWh == 0) return SkipReason.NothingToFill;
        if (!fit.fits) return SkipReason.ExceedsOrder;

        desk.energyWh = fit.energyWh;
        terms.buyer = buyer.id;
        terms.buyerMeter = buy.order.meter;
        terms.tariff = _tariff(desk.set, buy.voltage, pricing.voltage);
        uint256 energyFen = Amount.ofProduct(fit.product);
        _setAmounts(
            terms,
            energyFen,
            Amount.ofNetwork(fit.energyWh, terms.tariff),
            Amount.ofBond(energyFen, desk.bondRateBp)
        );
        if (
            sell.usedFen + terms.bondFen > sell.order.maxFen ||
            buy.usedFen + terms.energyFen + terms.networkFen > buy.order.maxFen
        ) return SkipReason.ExceedsMaximum;
        if (terms.bondFen > seller.holdable || _heldOfBuyer(terms) > buyer.holdable) {
            return SkipReason.InsufficientBalance;
        }
        return fit.hasRoom ? SkipReason.None : SkipReason.AboveCapacity;
    }

    /// @dev The last check of a leg, because it counts what it allows.
    function _spendLeg(Desk memory desk) private returns (bool) {
        if (!desk.seller.guarded && !desk.buyer.guarded) return true;
        return _spendExposure(desk.terms, desk.sell.digest, desk.buy.digest, false);
    }

    /// @dev All checks are done; whatever changes, changes here. Returns the hash of the position after the leg.
    function _openLeg(Desk memory desk, bytes32 positionHash) private returns (bytes32) {
        TradeTerms memory terms = desk.terms;
        Leg memory leg = desk.leg;
        (OrderState memory sell, OrderState memory buy) = (desk.sell, desk.buy);
        terms.scheduleHash = _scheduleHash(desk.energy.hash(), positionHash);
        Filling.take(desk.energy, sell.left, sell.filled, buy.left, buy.filled, desk.position, leg.from, leg.to);
        _take(sell, desk.seller, desk.energyWh, terms.bondFen, terms.bondFen);
        _take(buy, desk.buyer, desk.energyWh, uint256(terms.energyFen) + terms.networkFen, _heldOfBuyer(terms));
        TradeId id = TradeId.wrap(++desk.lastTrade);
        _records[id] = Record(Commitment.ofTerms(terms), TradeStatus.Open, 0);
        bytes calldata energy = PackedRound.slice(leg.energy, leg.to - leg.from);
        emit TradeOpened(id, sell.digest, buy.digest, desk.round, terms, leg.from / 4, energy);
        return desk.position.hash();
    }

    function _take(
        OrderState memory state,
        Trader memory trader,
        uint256 energyWh,
        uint256 usedFen,
        uint256 heldFen
    ) private pure {
        state.filledWh += energyWh;
        state.usedFen += usedFen;
        state.touched = true;
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
