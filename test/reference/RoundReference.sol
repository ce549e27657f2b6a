// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../../contracts/energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry, Standing} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Confirmation, ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {IBondPolicy} from "../../contracts/market/interfaces/IBondPolicy.sol";
import {IMarketRules, PriceBand, RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    ITradeEscrowEvents,
    OrderFill,
    Round,
    SkipReason,
    TradeTerms,
    ZonePrice
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {IMeterRegistry, Meter} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, ParticipantStatus, Voltage} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId, RuleSetId, TradeId, ZoneId} from "../../contracts/types/Ids.sol";
import {CurveReference} from "./CurveReference.sol";
import {ReadLeg, ReadOrder, ReadSale, RoundBytes} from "./RoundBytes.sol";

/// @dev The escrow whose submissions are repeated, for which orders are signed, and the rooms it asks.
struct Rooms {
    address escrow;
    IParticipantRegistry registry;
    IMeterRegistry meters;
    IDepositToken deposits;
    IKwhToken kwh;
    IMarketRules rules;
    IDebtLedger debts;
    ISecondFactor secondFactor;
}

/// @title `openRound` once more, slow and plain
/// @notice Keeps books of its own (fills, nonces, positions, prices, holds, exposures), reverts with the errors of the escrow
/// and emits its events, and those of the rooms it calls, in the same order. What the other rooms say is read from their
/// public views. Days are 96 numbers, one loop each; nothing is shared with the libraries of `contracts/market`.
contract RoundReference is ITradeEscrowEvents {
    /// @dev As `Curve` names it.
    error Curve_Malformed(uint256 length);

    struct PricedZone {
        ZoneId zone;
        Voltage voltage;
        uint256[96] price;
        bytes32 priceHash;
    }

    struct Trader {
        address account;
        Standing standing;
        uint256 holdableFen;
        uint256 heldFen;
    }

    /// @dev An order, what was found out about it, and how far it is filled.
    struct Entry {
        ReadOrder order;
        bool sell;
        Trader trader;
        /// Whose deposits it draws on: the trader's, or of its participant's account in force.
        Trader purse;
        bytes32 digest;
        SkipReason reason;
        Meter meter;
        PricedZone priced;
        uint256[96] ordered;
        uint256[96] limit;
        uint256[96] filled;
        uint256 usedFen;
        bool touched;
        /// What the books said of its fill when it was read.
        bytes32 knownFill;
    }

    struct Submission {
        uint64 round;
        Day day;
        RuleSetId rulesId;
        RuleSet rules;
        PriceBand limits;
        PricedZone[] prices;
        Trader[] traders;
        Entry[] buys;
    }

    /// @dev A leg that is being looked at.
    struct Purchase {
        uint256 firstSlot;
        bytes packed;
        uint256[96] energy;
        uint256[96] positionBefore;
        TradeTerms terms;
        uint256 paymentFen;
        uint256 heldFen;
    }

    uint256 private constant SLOTS = 96;
    uint256 private constant VALUE_LIMIT = 2 ** 31;
    uint256 private constant SHANGHAI = 8 hours;

    bytes private constant BAND = "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)";
    bytes private constant SELL =
        "SellOrder(address seller,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxBondFen,uint16 paymentDays,uint64 expiry,uint256 nonce)";
    bytes private constant BUY =
        "BuyOrder(address buyer,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxPaymentFen,uint16 paymentDays,uint64 expiry,uint256 nonce)";

    Rooms private _rooms;

    uint64 public tradeCount;
    mapping(TradeId => bytes30) public commitmentOf;
    mapping(bytes32 order => bytes32) public fillHashOf;
    mapping(address trader => mapping(uint256 nonce => bool)) public isNonceUsed;
    mapping(MeterId => mapping(Day => bytes32)) public positionHashOf;
    mapping(uint64 round => mapping(Day => mapping(ZoneId => bytes32))) public priceHashOf;
    mapping(ParticipantId => uint256) public heldBy;
    mapping(ParticipantId => mapping(Day => uint256)) public exposureOf;

    /// @dev The fills of the submission at hand.
    OrderFill[] private _fills;

    constructor(Rooms memory rooms) {
        _rooms = rooms;
    }

    /// @notice As `ITradeEscrow.cancel`, of a trader.
    function cancel(address trader, uint256 nonce) external {
        isNonceUsed[trader][nonce] = true;
    }

    /// @notice As `ITradeEscrow.openRound`.
    function openRound(Round calldata round) external {
        if (round.round == 0) revert TradeEscrow_MalformedRound("round 0 is for bilateral trades", 0);
        delete _fills;
        Submission memory all;
        (all.round, all.day) = (round.round, round.day);
        _readRules(all);
        _readPrices(all, round.prices);
        _readTraders(all, round.traders);
        _readBuys(all, round.buys);
        _openSales(all, round.sales);
        for (uint256 i; i < all.buys.length; ++i) {
            if (all.buys[i].touched) _storeBuy(all.buys[i], i);
        }
        if (_fills.length != 0) emit OrdersFilled(all.round, _fills);
        _hold(all);
    }

    // ---- what a submission rests on

    function _readRules(Submission memory all) private view {
        (all.rulesId, all.rules) = _rooms.rules.ruleSetOn(_today());
        uint256 day = Day.unwrap(all.day);
        uint256 begins = day == 0 ? 0 : day * 1 days - SHANGHAI;
        uint256 ahead = uint256(all.rules.maxAdvanceDays) * 1 days;
        uint256 opens = begins > ahead ? begins - ahead : 0;
        uint256 closes = begins > all.rules.gateLeadSeconds ? begins - all.rules.gateLeadSeconds : 0;
        if (block.timestamp < opens || closes <= block.timestamp) {
            revert TradeEscrow_GateClosed(all.day, opens, closes);
        }
        address minter = _rooms.kwh.minterOf(all.day);
        if (minter != _rooms.escrow) revert TradeEscrow_NotInCharge(all.day, minter);
        _requireEnrolled(all.rules.gridCompany);
        _requireEnrolled(all.rules.balancingAccount);

        uint256 date = _dateOf(day) % 10_000;
        (uint256 from, uint256 until) = (all.rules.wetFrom, all.rules.wetUntil);
        bool wet = from <= until ? (from <= date && date <= until) : (from <= date || date <= until);
        all.limits = wet ? all.rules.wet : all.rules.dry;
    }

    function _requireEnrolled(ParticipantId payee) private view {
        if (_rooms.registry.accountOf(payee) == address(0)) revert TradeEscrow_UnknownPayee(payee);
    }

    function _readPrices(Submission memory all, ZonePrice[] calldata prices) private {
        all.prices = new PricedZone[](prices.length);
        for (uint256 i; i < prices.length; ++i) {
            PricedZone memory priced = all.prices[i];
            priced.zone = prices[i].zone;
            (, priced.voltage) = _rooms.rules.zone(priced.zone);
            priced.price = _readCurve(prices[i].price);
            priced.priceHash = keccak256(prices[i].price);
            for (uint256 slot; slot < SLOTS; ++slot) {
                uint256 price = priced.price[slot];
                if (price != 0 && (price < all.limits.floor || price > all.limits.cap)) {
                    revert TradeEscrow_PriceOutsideLimits(slot, price, all.limits.floor, all.limits.cap);
                }
            }
            bytes32 known = priceHashOf[all.round][all.day][priced.zone];
            if (known == priced.priceHash) continue;
            if (known != 0) revert TradeEscrow_PriceConflict(all.round, priced.zone);
            priceHashOf[all.round][all.day][priced.zone] = priced.priceHash;
            emit PriceCurve(priced.priceHash, prices[i].price);
            emit ZonePriced(all.round, all.day, priced.zone, priced.priceHash);
        }
    }

    function _readCurve(bytes calldata packed) private pure returns (uint256[96] memory values) {
        if (packed.length != 384) revert Curve_Malformed(packed.length);
        values = RoundBytes.slots(packed, 0);
        if (!_areValues(values)) revert Curve_Malformed(packed.length);
    }

    function _readTraders(Submission memory all, address[] calldata accounts) private view {
        all.traders = new Trader[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            if (i != 0 && accounts[i] <= accounts[i - 1]) {
                revert TradeEscrow_MalformedRound("traders not in ascending order", i);
            }
            all.traders[i].account = accounts[i];
            all.traders[i].standing = _standingForOrders(accounts[i]);
            ParticipantId[] memory one = new ParticipantId[](1);
            one[0] = all.traders[i].standing.id;
            all.traders[i].holdableFen = _rooms.deposits.holdableOf(one, _rooms.escrow)[0];
        }
    }

    function _standingForOrders(address account) private view returns (Standing memory) {
        Day until = _rooms.registry.ordersHoldUntil(account);
        if (Day.unwrap(until) == 0 || until < _today()) return _rooms.registry.standingOf(account);
        return _rooms.registry.standing(_rooms.registry.participantOfFormer(account));
    }

    function _purseOf(Submission memory all, Trader memory trader) private view returns (Trader memory) {
        ParticipantId formerly = _rooms.registry.participantOfFormer(trader.account);
        address current = _rooms.registry.accountOf(formerly);
        for (uint256 i; i < all.traders.length; ++i) {
            bool mayAnswer = trader.standing.id == formerly && current != address(0);
            if (mayAnswer && all.traders[i].account == current) return all.traders[i];
        }
        return trader;
    }

    // ---- orders

    function _readBuys(Submission memory all, bytes calldata packed) private view {
        (ReadOrder[] memory orders, bool filled) = RoundBytes.readOrders(packed);
        all.buys = new Entry[](orders.length);
        for (uint256 i; i < orders.length; ++i) {
            all.buys[i] = _readOrder(all, orders[i], false);
        }
        if (!filled) revert TradeEscrow_MalformedRound("buy orders do not fill their bytes", orders.length);
    }

    function _readOrder(
        Submission memory all,
        ReadOrder memory order,
        bool sell
    ) private view returns (Entry memory entry) {
        if (order.trader >= all.traders.length) {
            revert TradeEscrow_MalformedRound("trader index out of range", order.trader);
        }
        (entry.order, entry.sell, entry.trader) = (order, sell, all.traders[order.trader]);
        entry.purse = _purseOf(all, entry.trader);
        entry.digest = digestOf(sell, entry.trader.account, all.day, order);
        entry.knownFill = fillHashOf[entry.digest];
        entry.meter = _rooms.meters.meterOf(order.meter);
        entry.reason = _check(all, entry);
    }

    function _check(Submission memory all, Entry memory entry) private view returns (SkipReason) {
        if (!_isGood(entry.trader.standing)) return SkipReason.TraderNotGood;
        if (block.timestamp > entry.order.expiry) return SkipReason.Expired;
        if (isNonceUsed[entry.trader.account][entry.order.nonce]) return SkipReason.Cancelled;
        if (!_mayTrade(entry)) return SkipReason.MeterNotTradable;
        if (!_findPrice(all, entry)) return SkipReason.UnknownPrice;
        if (entry.sell && !_isEligible(all.rules, entry.meter, entry.priced.voltage)) return SkipReason.NotEligible;
        if (!_readFill(entry)) return SkipReason.StaleFill;
        if (!_spread(entry)) return SkipReason.InvalidBands;
        if (!_totalsAreRight(entry)) return SkipReason.WrongTotals;
        bool signed = SignatureChecker.isValidSignatureNow(entry.trader.account, entry.digest, entry.order.signature);
        return signed ? SkipReason.None : SkipReason.InvalidSignature;
    }

    function _isGood(Standing memory standing) private view returns (bool) {
        return standing.status == ParticipantStatus.Active && _today() <= standing.validUntil;
    }

    function _mayTrade(Entry memory entry) private view returns (bool) {
        Direction wanted = entry.sell ? Direction.Generation : Direction.Consumption;
        bool changed = Day.unwrap(entry.meter.nextTraderFrom) != 0 && entry.meter.nextTraderFrom <= _today();
        ParticipantId trader = changed ? entry.meter.nextTrader : entry.meter.trader;
        bool own = trader == entry.trader.standing.id;
        return own && entry.meter.active && entry.meter.direction == wanted;
    }

    function _findPrice(Submission memory all, Entry memory entry) private pure returns (bool) {
        for (uint256 i; i < all.prices.length; ++i) {
            if (all.prices[i].zone != entry.meter.zone) continue;
            entry.priced = all.prices[i];
            return true;
        }
        return false;
    }

    function _isEligible(RuleSet memory rules, Meter memory plant, Voltage path) private pure returns (bool) {
        if (path == Voltage.KV500) return true;
        bool small = plant.capacityW <= rules.smallPlantW && plant.voltage <= rules.smallPlantVoltage;
        bool near = plant.capacityW <= rules.largePlantW && path <= rules.largePlantPath;
        return small || near;
    }

    function _readFill(Entry memory entry) private pure returns (bool) {
        if (!entry.order.wasFilled) return entry.knownFill == 0;
        bytes memory said = bytes.concat(entry.order.filled, bytes32(entry.order.usedFen));
        if (keccak256(said) != entry.knownFill) return false;
        entry.filled = RoundBytes.slots(entry.order.filled, 0);
        entry.usedFen = entry.order.usedFen;
        return true;
    }

    /// @dev Bands in order, within the day, none of them empty.
    function _spread(Entry memory entry) private pure returns (bool) {
        Band[] memory bands = entry.order.bands;
        uint256 end;
        for (uint256 i; i < bands.length; ++i) {
            Band memory band = bands[i];
            if (band.fromSlot < end || band.toSlot <= band.fromSlot || band.toSlot > SLOTS) return false;
            if (band.energyWh == 0 || band.energyWh >= VALUE_LIMIT || band.price >= VALUE_LIMIT) return false;
            end = band.toSlot;
            for (uint256 slot = band.fromSlot; slot < band.toSlot; ++slot) {
                entry.ordered[slot] = band.energyWh;
                entry.limit[slot] = band.price;
            }
        }
        return bands.length != 0;
    }

    function _totalsAreRight(Entry memory entry) private pure returns (bool) {
        return
            CurveReference.sum(entry.ordered) == entry.order.totalEnergyWh &&
            _amountFen(entry.ordered, entry.limit) == entry.order.totalAmountFen;
    }

    // ---- sales

    function _openSales(Submission memory all, bytes calldata packed) private {
        (ReadSale[] memory sales, bool filled) = RoundBytes.readSales(packed);
        for (uint256 i; i < sales.length; ++i) {
            _openSale(all, sales[i], i);
        }
        if (!filled) revert TradeEscrow_MalformedRound("sales do not fill their bytes", sales.length);
    }

    function _openSale(Submission memory all, ReadSale memory sale, uint256 index) private {
        Entry memory sell = _readOrder(all, sale.order, true);
        bytes32 said = sale.hasPosition ? keccak256(sale.position) : bytes32(0);
        if (sell.reason == SkipReason.None && said != positionHashOf[sell.order.meter][all.day]) {
            sell.reason = SkipReason.StalePosition;
        }
        if (sell.reason != SkipReason.None) {
            emit Skipped(all.round, sell.digest, index, type(uint256).max, sell.reason);
            return;
        }
        uint256[96] memory position = RoundBytes.slots(sale.position, 0);
        for (uint256 i; i < sale.legs.length; ++i) {
            Purchase memory purchase;
            purchase.positionBefore = position;
            SkipReason reason = _checkLeg(all, sell, sale.legs[i], i, purchase);
            if (reason != SkipReason.None) {
                emit Skipped(all.round, sell.digest, index, i, reason);
                continue;
            }
            position = CurveReference.add(position, purchase.energy);
            _openTrade(all, sell, all.buys[sale.legs[i].buy], purchase, position);
        }
        if (sell.touched) _storeFill(sell);
    }

    function _checkLeg(
        Submission memory all,
        Entry memory sell,
        ReadLeg memory leg,
        uint256 index,
        Purchase memory purchase
    ) private returns (SkipReason) {
        if (leg.buy >= all.buys.length) revert TradeEscrow_MalformedRound("buy index out of range", leg.buy);
        if ((leg.firstWord + leg.words) * 8 > SLOTS) {
            revert TradeEscrow_MalformedRound("leg reaches beyond the day", index);
        }
        Entry memory buy = all.buys[leg.buy];
        SkipReason reason = _checkPair(all.rules, sell, buy);
        if (reason != SkipReason.None) return reason;

        (purchase.firstSlot, purchase.packed) = (leg.firstWord * 8, leg.energy);
        purchase.energy = RoundBytes.slots(leg.energy, leg.firstWord * 8);
        if (!_areValues(purchase.energy)) revert Curve_Malformed(leg.energy.length);
        if (CurveReference.sum(purchase.energy) == 0) return SkipReason.NothingToFill;
        if (!_isLeft(all, sell, purchase.energy)) return SkipReason.ExceedsOrder;
        if (!_isLeft(all, buy, purchase.energy)) return SkipReason.ExceedsOrder;
        _setTerms(all, sell, buy, purchase);
        return _checkAmounts(sell, buy, purchase);
    }

    /// @dev What two orders have to agree on, whatever flows between them.
    function _checkPair(RuleSet memory rules, Entry memory sell, Entry memory buy) private view returns (SkipReason) {
        if (buy.reason != SkipReason.None) return SkipReason.BuyOrderSkipped;
        if (buy.trader.standing.id == sell.trader.standing.id) return SkipReason.SameParty;
        if (buy.meter.zone != sell.meter.zone) return SkipReason.UnknownPrice;
        if (buy.order.paymentDays != sell.order.paymentDays) return SkipReason.PaymentTermsDiffer;
        FirmSize seller = sell.trader.standing.size;
        bool smallSeller = seller == FirmSize.Micro || seller == FirmSize.Small || seller == FirmSize.Medium;
        bool isProtected = smallSeller && buy.trader.standing.size == FirmSize.Large;
        uint256 longest = isProtected ? rules.smallSellerPaymentDays : rules.maxPaymentDays;
        if (sell.order.paymentDays > longest) return SkipReason.PaymentTermTooLong;
        bool onTerms = sell.order.paymentDays != 0;
        if (onTerms && _rooms.debts.defaultsAtMidnight(buy.trader.standing.id) != 0) return SkipReason.BuyerInDefault;
        return SkipReason.None;
    }

    /// @dev Whether an order has so much left in every slot, at a price that was cleared and keeps its limit.
    function _isLeft(Submission memory all, Entry memory entry, uint256[96] memory energy) private pure returns (bool) {
        for (uint256 slot; slot < SLOTS; ++slot) {
            uint256 price = entry.priced.price[slot];
            bool kept = entry.sell ? entry.limit[slot] <= price : price <= entry.limit[slot];
            bool cleared = all.limits.floor <= price && price <= all.limits.cap;
            uint256 left = kept && cleared ? entry.ordered[slot] - entry.filled[slot] : 0;
            if (energy[slot] > left) return false;
        }
        return true;
    }

    function _setTerms(
        Submission memory all,
        Entry memory sell,
        Entry memory buy,
        Purchase memory purchase
    ) private view {
        TradeTerms memory terms = purchase.terms;
        (terms.seller, terms.buyer) = (sell.trader.standing.id, buy.trader.standing.id);
        (terms.sellerMeter, terms.buyerMeter) = (sell.order.meter, buy.order.meter);
        (terms.day, terms.rules, terms.paymentDays) = (all.day, all.rulesId, sell.order.paymentDays);
        terms.source = sell.meter.source;
        uint64 whole = all.rules.tariffs[uint256(buy.meter.voltage)];
        uint64 saved = all.rules.tariffs[uint256(sell.priced.voltage)];
        terms.tariff = whole > saved ? whole - saved : 0;
        uint256 energyFen = _amountFen(purchase.energy, sell.priced.price);
        uint256 energyWh = CurveReference.sum(purchase.energy);
        terms.energyFen = uint128(energyFen);
        terms.networkFen = uint128((energyWh * terms.tariff + 500_000_000) / 1_000_000_000);
        terms.bondFen = uint128((energyFen * _bondRateBp(all.rules, terms.seller) + 9_999) / 10_000);
        bytes32 before = positionHashOf[sell.order.meter][all.day];
        terms.scheduleHash = keccak256(abi.encode(keccak256(CurveReference.pack(purchase.energy)), before));
        terms.priceHash = sell.priced.priceHash;
        purchase.paymentFen = energyFen + terms.networkFen;
        purchase.heldFen = terms.paymentDays == 0 ? purchase.paymentFen : terms.networkFen;
    }

    function _checkAmounts(Entry memory sell, Entry memory buy, Purchase memory purchase) private returns (SkipReason) {
        uint256 bondFen = purchase.terms.bondFen;
        if (sell.usedFen + bondFen > sell.order.maxFen) return SkipReason.ExceedsMaximum;
        if (buy.usedFen + purchase.paymentFen > buy.order.maxFen) return SkipReason.ExceedsMaximum;
        if (bondFen > sell.purse.holdableFen) return SkipReason.InsufficientBalance;
        if (purchase.heldFen > buy.purse.holdableFen) return SkipReason.InsufficientBalance;
        uint256 capacityWh = (uint256(sell.meter.capacityW) * 11) / 40;
        for (uint256 slot; slot < SLOTS; ++slot) {
            if (purchase.positionBefore[slot] + purchase.energy[slot] > capacityWh) return SkipReason.AboveCapacity;
        }
        bool allowed = _mayCommit(sell, bondFen) && _mayCommit(buy, purchase.paymentFen);
        if (!allowed) return SkipReason.SecondFactorMissing;
        _commit(sell, bondFen);
        _commit(buy, purchase.paymentFen);
        return SkipReason.None;
    }

    /// @dev Whether the trader's key, or its second factor, vouches for the amount.
    function _mayCommit(Entry memory entry, uint256 amountFen) private view returns (bool) {
        Standing memory standing = entry.trader.standing;
        if (standing.factor == 0 || amountFen == 0) return true;
        if (exposureOf[standing.id][_today()] + amountFen <= standing.exposureLimitFen) return true;
        return _rooms.secondFactor.confirmationOf(standing.id, entry.digest) == Confirmation.Given;
    }

    function _commit(Entry memory entry, uint256 amountFen) private {
        Standing memory standing = entry.trader.standing;
        if (standing.factor == 0 || amountFen == 0) return;
        uint256 exposureFen = exposureOf[standing.id][_today()] + amountFen;
        exposureOf[standing.id][_today()] = exposureFen;
        emit ISecondFactor.ExposureRecorded(standing.id, _today(), entry.digest, amountFen, exposureFen);
    }

    function _openTrade(
        Submission memory all,
        Entry memory sell,
        Entry memory buy,
        Purchase memory purchase,
        uint256[96] memory position
    ) private {
        TradeTerms memory terms = purchase.terms;
        _take(sell, purchase.energy, terms.bondFen, terms.bondFen);
        _take(buy, purchase.energy, purchase.paymentFen, purchase.heldFen);
        positionHashOf[sell.order.meter][all.day] = keccak256(CurveReference.pack(position));
        TradeId id = TradeId.wrap(++tradeCount);
        commitmentOf[id] = bytes30(keccak256(abi.encode(terms)));
        emit TradeOpened(id, sell.digest, buy.digest, all.round, terms, purchase.firstSlot, purchase.packed);
    }

    function _take(Entry memory entry, uint256[96] memory energy, uint256 usedFen, uint256 heldFen) private pure {
        entry.touched = true;
        entry.filled = CurveReference.add(entry.filled, energy);
        entry.usedFen += usedFen;
        entry.purse.holdableFen -= heldFen;
        entry.purse.heldFen += heldFen;
    }

    // ---- what stays

    function _storeBuy(Entry memory buy, uint256 index) private {
        bool changed = fillHashOf[buy.digest] != buy.knownFill;
        if (isNonceUsed[buy.trader.account][buy.order.nonce] || changed) {
            revert TradeEscrow_MalformedRound("buy order or its nonce given twice", index);
        }
        _storeFill(buy);
    }

    function _storeFill(Entry memory entry) private {
        bool complete = CurveReference.sum(entry.filled) == entry.order.totalEnergyWh;
        if (complete) {
            isNonceUsed[entry.trader.account][entry.order.nonce] = true;
            fillHashOf[entry.digest] = 0;
        } else {
            bytes memory kept = bytes.concat(CurveReference.pack(entry.filled), bytes32(entry.usedFen));
            fillHashOf[entry.digest] = keccak256(kept);
        }
        _fills.push(OrderFill(entry.digest, complete, entry.usedFen));
    }

    /// @dev One hold for each trader who owes anything, in the order of the traders.
    function _hold(Submission memory all) private {
        uint256 count;
        for (uint256 i; i < all.traders.length; ++i) {
            if (all.traders[i].heldFen != 0) ++count;
        }
        ParticipantId[] memory payers = new ParticipantId[](count);
        uint256[] memory amounts = new uint256[](count);
        count = 0;
        for (uint256 i; i < all.traders.length; ++i) {
            Trader memory trader = all.traders[i];
            if (trader.heldFen == 0) continue;
            (payers[count], amounts[count]) = (trader.standing.id, trader.heldFen);
            heldBy[trader.standing.id] += trader.heldFen;
            ++count;
        }
        emit IDepositToken.Held(_rooms.escrow, payers, amounts);
    }

    // ---- amounts, days, digests

    /// @dev Sum of Wh x fen per MWh, in fen, rounded half up once.
    function _amountFen(uint256[96] memory energy, uint256[96] memory price) private pure returns (uint256) {
        return (CurveReference.dot(energy, price) + 500_000) / 1_000_000;
    }

    function _bondRateBp(RuleSet memory rules, ParticipantId seller) private view returns (uint256) {
        if (address(rules.bondPolicy) == address(0)) return rules.bondRateBp;
        (bool answered, bytes memory answer) = address(rules.bondPolicy).staticcall{gas: 50_000}(
            abi.encodeCall(IBondPolicy.bondRateBp, (seller, rules.bondRateBp))
        );
        if (!answered || answer.length < 32) return rules.bondRateBp;
        uint256 rate = abi.decode(answer, (uint256));
        return rate <= 10_000 ? rate : rules.bondRateBp;
    }

    function _areValues(uint256[96] memory values) private pure returns (bool) {
        for (uint256 slot; slot < SLOTS; ++slot) {
            if (values[slot] >= VALUE_LIMIT) return false;
        }
        return true;
    }

    function _today() private view returns (Day) {
        return Day.wrap(uint32((block.timestamp + SHANGHAI) / 1 days));
    }

    /// @dev 20261122 for 2026-11-22: years and months are counted off one by one.
    function _dateOf(uint256 day) private pure returns (uint256) {
        uint256 year = 1970;
        while (day >= _daysOfYear(year)) {
            day -= _daysOfYear(year);
            ++year;
        }
        uint8[12] memory lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        if (_daysOfYear(year) == 366) lengths[1] = 29;
        uint256 month;
        while (day >= lengths[month]) {
            day -= lengths[month];
            ++month;
        }
        return year * 10_000 + (month + 1) * 100 + day + 1;
    }

    function _daysOfYear(uint256 year) private pure returns (uint256) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return leap ? 366 : 365;
    }

    /// @notice EIP-712 digest of an order, as `ITradeEscrow.hashOrder`.
    function digestOf(bool sell, address trader, Day day, ReadOrder memory order) public view returns (bytes32) {
        bytes memory bands;
        for (uint256 i; i < order.bands.length; ++i) {
            Band memory band = order.bands[i];
            bytes32 hash = keccak256(
                abi.encode(keccak256(BAND), band.fromSlot, band.toSlot, band.energyWh, band.price)
            );
            bands = bytes.concat(bands, hash);
        }
        // All fields are static, so that two encodings one behind the other are one.
        bytes memory first = abi.encode(
            keccak256(sell ? bytes.concat(SELL, BAND) : bytes.concat(BUY, BAND)),
            trader,
            order.meter,
            _dateOf(Day.unwrap(day)),
            keccak256(bands)
        );
        bytes memory second = abi.encode(
            order.totalEnergyWh,
            order.totalAmountFen,
            order.maxFen,
            order.paymentDays,
            order.expiry,
            order.nonce
        );
        return MessageHashUtils.toTypedDataHash(_domain(), keccak256(bytes.concat(first, second)));
    }

    function _domain() private view returns (bytes32) {
        bytes32 domainType = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 name = keccak256(unicode"Dujiang 都江电力市场");
        return keccak256(abi.encode(domainType, name, keccak256("1"), block.chainid, _rooms.escrow));
    }
}
