// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {BoundedCall} from "../../access/libraries/BoundedCall.sol";
import {StandingWord} from "../../identity/libraries/StandingWord.sol";
import {MeterWord} from "../../metering/libraries/MeterWord.sol";
import {Calendar} from "../../types/Calendar.sol";
import {Curve} from "../../types/Curve.sol";
import {Day} from "../../types/Day.sol";
import {Direction, Voltage} from "../../types/Enums.sol";
import {MeterId, ParticipantId, TradeId, ZoneId} from "../../types/Ids.sol";
import {PriceBand, RuleSet} from "../interfaces/IMarketRules.sol";
import {Round, SkipReason, TradeStatus, TradeTerms, ZonePrice} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "../libraries/Amount.sol";
import {Bands} from "../libraries/Bands.sol";
import {Commitment} from "../libraries/Commitment.sol";
import {Entries} from "../libraries/Entries.sol";
import {Filling} from "../libraries/Filling.sol";
import {NoncePage} from "../libraries/NoncePage.sol";
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
    using Curve for uint256[12];
    using Entries for ParticipantId[];
    using Entries for StandingWord[];
    using Entries for uint256[];

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

    /// @dev What a round keeps of an order it has read; `left` falls, `filled` and `usedFen` rise with each leg.
    struct OrderState {
        SkipReason reason;
        bool touched;
        /// Place among the traders.
        uint256 trader;
        address account;
        uint256 nonce;
        MeterId meter;
        MeterWord properties;
        uint16 paymentDays;
        uint256 maxFen;
        uint256 usedFen;
        uint256 totalEnergyWh;
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
        RuleSet set;
        Day today;
        Pricing[] pricings;
        /// The traders: where their accounts begin in the calldata, who they are, what can still be held of each, and what
        /// is to be.
        uint256 accounts;
        StandingWord[] standings;
        ParticipantId[] ids;
        uint256[] holdable;
        uint256[] toHold;
        OrderState[] buys;
        /// What `OrdersFilled` tells in the end, written as the event encodes it: two words, and three for each fill.
        uint256[] fills;
        uint256 fillCount;
        /// The order at hand, its bands, their limits, and what its zone is priced at.
        Order order;
        Bands.Spread spread;
        uint256[12] limit;
        Pricing pricing;
        /// The sale at hand.
        OrderState sell;
        StandingWord seller;
        uint256 capacityWh;
        uint256 bondRateBp;
        uint256[12] position;
        TradeTerms terms;
        /// The leg at hand.
        Leg leg;
        OrderState buy;
        StandingWord buyer;
        uint256[12] energy;
        uint256 energyWh;
        /// What the trade asks of the buyer in all, and what is held of that.
        uint256 paymentFen;
        uint256 heldFen;
    }

    // ------------------------------------------------------------------------------------------- user actions

    /// @notice See `ITradeEscrow.openRound`.
    function openRound(Round calldata round) external onlyEscrow {
        if (round.round == 0) revert TradeEscrow_MalformedRound("round 0 is for bilateral trades", 0);
        Desk memory desk;
        (desk.round, desk.day, desk.date) = (round.round, round.day, Calendar.dateNumber(round.day));
        (desk.terms.rules, desk.set) = _openDay(round.day);
        desk.terms.day = round.day;
        (desk.domain, desk.today) = (_domainSeparatorV4(), Calendar.today());
        desk.lastTrade = _tradeCount;
        _price(desk, round.prices);
        _readTraders(desk, round.traders);

        (uint256 buyCount, uint256 buyAt, uint256 buysEnd) = PackedRound.readCount(round.buys);
        (uint256 saleCount, uint256 saleAt, uint256 salesEnd) = PackedRound.readCount(round.sales);
        desk.buys = new OrderState[](buyCount);
        desk.fills = new uint256[](2 + (buyCount + saleCount) * 3);
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
        _placeHolds(desk.ids, desk.toHold);
    }

    // --------------------------------------------------------------------------------------- internals: tables

    /// @dev Prices of the round, the same in each of its submissions.
    function _price(Desk memory desk, ZonePrice[] calldata prices) private {
        PriceBand memory limits = Season.priceLimits(desk.set, desk.day);
        desk.pricings = new Pricing[](prices.length);
        mapping(ZoneId => bytes32) storage known = _priceHashes[desk.round][desk.day];
        for (uint256 i; i < prices.length; ++i) {
            Pricing memory pricing = desk.pricings[i];
            desk.pricing = pricing;
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
        address last;
        for (uint256 i; i < accounts.length; ++i) {
            address account = accounts[i];
            if (account <= last && i != 0) revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            last = account;
            // As many standings as accounts.
            ids.setEntry(i, standings.entry(i).id());
        }
        (desk.standings, desk.ids) = (standings, ids);
        desk.holdable = deposits.holdableOf(ids, address(this));
        desk.toHold = new uint256[](accounts.length);
        uint256 start;
        assembly ("memory-safe") {
            start := accounts.offset
        }
        desk.accounts = start;
    }

    // --------------------------------------------------------------------------------------- internals: orders

    /// @dev Reads an order and checks all that does not depend on its counterparty; tells where it ends.
    function _readOrder(
        Desk memory desk,
        OrderState memory state,
        uint256 start,
        bool sell
    ) private view returns (uint256 end) {
        Order memory order = desk.order;
        end = PackedRound.readOrder(start, order);
        if (order.index >= desk.standings.length) {
            revert TradeEscrow_MalformedRound("trader index out of range", order.index);
        }
        address account = PackedRound.accountAt(desk.accounts, order.index);
        state.digest = MessageHashUtils.toTypedDataHash(desk.domain, TypedData.hash(order, sell, account, desk.date));
        (state.trader, state.account, state.nonce) = (order.index, account, order.nonce);
        (state.meter, state.paymentDays) = (order.meter, order.paymentDays);
        (state.maxFen, state.totalEnergyWh) = (order.maxFen, order.totalEnergyWh);
        state.reason = _checkOrder(desk, order, state, sell);
    }

    function _checkOrder(
        Desk memory desk,
        Order memory order,
        OrderState memory state,
        bool sell
    ) private view returns (SkipReason) {
        StandingWord standing = desk.standings.entry(order.index);
        if (!standing.isGoodOn(desk.today)) return SkipReason.TraderNotGood;
        if (block.timestamp > order.expiry) return SkipReason.Expired;
        (bool spent, bool filled) = _pageOf(state.account, state.nonce).read(state.nonce);
        if (spent) return SkipReason.Cancelled;
        if (filled) state.fillHash = _fills[state.digest];
        MeterWord meter = meters.packedMeter(order.meter);
        state.properties = meter;
        if (!meter.isTradable(standing.id(), sell ? Direction.Generation : Direction.Consumption)) {
            return SkipReason.MeterNotTradable;
        }
        if (!_findPricing(desk, meter.zone())) return SkipReason.UnknownPrice;
        if (sell) {
            desk.seller = standing;
            if (!_isEligible(desk.set, meter, desk.pricing.voltage)) return SkipReason.NotEligible;
        }
        if (!_readFill(order, state)) return SkipReason.StaleFill;
        SkipReason reason = _readBands(desk, state, sell);
        if (reason != SkipReason.None) return reason;
        bytes calldata signature = PackedRound.slice(order.signature, order.signatureLength);
        if (!BoundedCall.isValidSignature(state.account, state.digest, signature)) return SkipReason.InvalidSignature;
        return SkipReason.None;
    }

    /// @dev Orders of one zone mostly follow each other.
    function _findPricing(Desk memory desk, ZoneId zone) private pure returns (bool) {
        if (desk.pricing.zone == zone) return true;
        for (uint256 i; i < desk.pricings.length; ++i) {
            Pricing memory pricing = desk.pricings[i];
            if (pricing.zone != zone) continue;
            desk.pricing = pricing;
            return true;
        }
        return false;
    }

    /// @dev What was filled before, as the operator says and the hash confirms.
    function _readFill(Order memory order, OrderState memory state) private pure returns (bool) {
        uint256 fill = order.fill;
        if (fill == 0) return state.fillHash == 0;
        Curve.copyInto(PackedRound.slice(fill, Curve.BYTES), state.filled);
        state.usedFen = PackedRound.word(fill + Curve.BYTES);
        state.filledWh = state.filled.sum();
        return state.fillHash == _fillHash(state);
    }

    /// @dev What is left of the bands, in the slots where the round's price keeps the order's limit.
    function _readBands(Desk memory desk, OrderState memory state, bool sell) private pure returns (SkipReason) {
        (Order memory order, Pricing memory pricing, uint256[12] memory limit) = (desk.order, desk.pricing, desk.limit);
        Bands.Spread memory spreading = desk.spread;
        limit.clear();
        spreading.spread(order.bands, order.bandCount, state.left, limit);
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
            NoncePage storage page = _pageOf(buy.account, buy.nonce);
            (bool spent, bool filled) = page.read(buy.nonce);
            // The second of two would overwrite what the first was filled to.
            if (spent || (filled && _fills[buy.digest] != buy.fillHash)) {
                revert TradeEscrow_MalformedRound("buy order or its nonce given twice", i);
            }
            _storeFill(desk, buy, page);
        }
    }

    /// @dev Remembers what an order was filled to; a complete one spends its nonce instead.
    function _storeFill(Desk memory desk, OrderState memory state, NoncePage storage page) private {
        bool complete = state.filledWh == state.totalEnergyWh;
        if (complete) {
            page.spend(state.nonce);
            if (state.fillHash != 0) delete _fills[state.digest];
        } else {
            _fills[state.digest] = _fillHash(state);
            page.markFilled(state.nonce);
        }
        uint256[] memory fills = desk.fills;
        unchecked {
            // There is room for each order once, and no more is stored.
            uint256 place = 2 + desk.fillCount * 3;
            ++desk.fillCount;
            fills.setEntry(place, uint256(state.digest));
            fills.setEntry(place + 1, complete ? 1 : 0);
            fills.setEntry(place + 2, state.usedFen);
        }
    }

    /// @dev Emits `OrdersFilled`: where its only array begins, how long it is, and the fills.
    function _tellFills(Desk memory desk) private {
        (uint256[] memory fills, uint256 count, uint256 round) = (desk.fills, desk.fillCount, desk.round);
        if (count == 0) return;
        fills.setEntry(0, 32);
        fills.setEntry(1, count);
        bytes32 topic = OrdersFilled.selector;
        assembly ("memory-safe") {
            log2(add(fills, 32), add(64, mul(count, 96)), topic, round)
        }
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
        mapping(Day => bytes32) storage positions = _positions[sell.meter];
        bytes32 positionHash = positions[desk.day];
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
        positions[desk.day] = positionHash;
        _storeFill(desk, sell, _pageOf(sell.account, sell.nonce));
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
        state.fillHash = 0;
        state.left.clear();
        state.filled.clear();
    }

    function _setSellerTerms(Desk memory desk) private view {
        OrderState memory sell = desk.sell;
        TradeTerms memory terms = desk.terms;
        terms.seller = desk.seller.id();
        terms.sellerMeter = sell.meter;
        terms.paymentDays = sell.paymentDays;
        terms.source = sell.properties.source();
        terms.priceHash = desk.pricing.priceHash;
        desk.capacityWh = _capacityWh(sell.properties);
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
        StandingWord buyer = desk.standings.entry(buy.trader);
        (desk.buy, desk.buyer) = (buy, buyer);
        if (buyer.id() == terms.seller) return SkipReason.SameParty;
        Pricing memory pricing = desk.pricing;
        if (buy.properties.zone() != pricing.zone) return SkipReason.UnknownPrice;
        if (buy.paymentDays != terms.paymentDays) return SkipReason.PaymentTermsDiffer;
        // Cash is never too late.
        if (terms.paymentDays != 0 && terms.paymentDays > _longestTerm(desk.set, desk.seller.size(), buyer.size()))
            return SkipReason.PaymentTermTooLong;

        desk.energy.clear();
        Curve.copyStretch(PackedRound.slice(leg.energy, leg.to - leg.from), desk.energy, leg.from);
        Filling.Fit memory fit = Filling.measure(
            desk.energy,
            pricing.reversed,
            sell.left,
            buy.left,
            desk.position,
            desk.capacityWh,
            leg.from,
            leg.to
        );
        if (!fit.valid) revert Curve.Curve_Malformed(leg.to - leg.from);
        if (fit.energyWh == 0) return SkipReason.NothingToFill;
        if (!fit.fits) return SkipReason.ExceedsOrder;

        desk.energyWh = fit.energyWh;
        terms.buyer = buyer.id();
        terms.buyerMeter = buy.meter;
        terms.tariff = _tariff(desk.set, buy.properties.voltage(), pricing.voltage);
        uint256 energyFen = Amount.ofProduct(fit.product);
        _setAmounts(
            terms,
            energyFen,
            Amount.ofNetwork(fit.energyWh, terms.tariff),
            Amount.ofBond(energyFen, desk.bondRateBp)
        );
        (desk.paymentFen, desk.heldFen) = (uint256(terms.energyFen) + terms.networkFen, _heldOfBuyer(terms));
        unchecked {
            // What is used was within a uint128 before.
            if (sell.usedFen + terms.bondFen > sell.maxFen || buy.usedFen + desk.paymentFen > buy.maxFen) {
                return SkipReason.ExceedsMaximum;
            }
        }
        if (terms.bondFen > desk.holdable.entry(sell.trader) || desk.heldFen > desk.holdable.entry(buy.trader)) {
            return SkipReason.InsufficientBalance;
        }
        return fit.hasRoom ? SkipReason.None : SkipReason.AboveCapacity;
    }

    /// @dev The last check of a leg, because it counts what it allows.
    function _spendLeg(Desk memory desk) private returns (bool) {
        if (desk.seller.factor() | desk.buyer.factor() == 0) return true;
        return _spendExposure(desk.terms, desk.sell.digest, desk.buy.digest, false);
    }

    /// @dev All checks are done; whatever changes, changes here. Returns the hash of the position after the leg.
    function _openLeg(Desk memory desk, bytes32 positionHash) private returns (bytes32) {
        TradeTerms memory terms = desk.terms;
        Leg memory leg = desk.leg;
        (OrderState memory sell, OrderState memory buy) = (desk.sell, desk.buy);
        terms.scheduleHash = _scheduleHash(desk.energy.hash(), positionHash);
        Filling.take(desk.energy, sell.left, sell.filled, buy.left, buy.filled, desk.position, leg.from, leg.to);
        _take(desk, sell, terms.bondFen, terms.bondFen);
        _take(desk, buy, desk.paymentFen, desk.heldFen);
        unchecked {
            ++desk.lastTrade; // Counted one by one in a uint64.
        }
        TradeId id = TradeId.wrap(desk.lastTrade);
        _records[id] = Record(Commitment.ofTerms(terms), TradeStatus.Open, 0);
        bytes calldata energy = PackedRound.slice(leg.energy, leg.to - leg.from);
        emit TradeOpened(id, sell.digest, buy.digest, desk.round, terms, leg.from / 4, energy);
        return desk.position.hash();
    }

    function _take(Desk memory desk, OrderState memory state, uint256 usedFen, uint256 heldFen) private pure {
        state.touched = true;
        uint256 trader = state.trader;
        unchecked {
            // `_checkLeg` compared: no more than the order has left, than its maximum and than what can be held.
            state.filledWh += desk.energyWh;
            state.usedFen += usedFen;
            desk.holdable.setEntry(trader, desk.holdable.entry(trader) - heldFen);
            desk.toHold.setEntry(trader, desk.toHold.entry(trader) + heldFen);
        }
    }

    /// @dev Holds what the trades ask of each trader, in the arrays that told of them: only the first entries are in use then.
    function _placeHolds(ParticipantId[] memory payers, uint256[] memory amounts) private {
        uint256 count;
        for (uint256 i; i < amounts.length; ++i) {
            uint256 amountFen = amounts.entry(i);
            if (amountFen == 0) continue;
            if (count != i) (payers[count], amounts[count]) = (payers[i], amountFen);
            ++count;
        }
        assembly ("memory-safe") {
            mstore(payers, count)
            mstore(amounts, count)
        }
        deposits.holdMany(payers, amounts);
    }
}
