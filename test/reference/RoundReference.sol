// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../../contracts/energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry, Standing} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {IBondPolicy} from "../../contracts/market/interfaces/IBondPolicy.sol";
import {IMarketRules, PriceBand, RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    ITradeEscrowEvents,
    Margin,
    NonceKind,
    OrderFill,
    Round,
    SkipReason,
    TradeTerms,
    ZonePrice
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {IMeterRegistry, Meter} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, ParticipantStatus, Source, Voltage} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId, RuleSetId, TradeId, ZoneId} from "../../contracts/types/Ids.sol";
import {CurveReference} from "./CurveReference.sol";
import {ReadLeg, ReadOrder, ReadSale, RoundBytes} from "./RoundBytes.sol";

/// @dev The escrow whose submissions are repeated, for which orders are signed, and the rooms it asks.
struct Rooms {
    address escrow;
    IParticipantRegistry registry;
    IMeterRegistry meters;
    IKwhToken kwh;
    IMarketRules rules;
    IDebtLedger debts;
}

/// @title `openRound` once more, slow and plain
/// @notice Keeps books of its own (fills, nonces, positions, prices, margins), reverts with the errors of the escrow and emits
/// its events in the same order. What the other rooms say is read from their
/// public views. Days are 96 numbers, one loop each; nothing is shared with the libraries of `contracts/market`.
contract RoundReference is ITradeEscrowEvents {
    /// @dev As `Curve` names it.
    error Curve_Malformed(uint256 length);

    struct PricedZone {
        ZoneId zone;
        Voltage voltage;
        uint256[96] price;
        bytes32 priceHash;
        bool isFirst;
    }

    struct Trader {
        address account;
        Standing standing;
        uint256 lockedDrawn;
        uint256 termsDrawn;
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
        uint16 paymentDays;
        bool continuous;
        RuleSetId rulesId;
        RuleSet rules;
        PriceBand limits;
        PricedZone[] prices;
        Trader[] traders;
        Entry[] buys;
        /// What the sale before says, or left, of its meter day.
        Sold sold;
    }

    /// @dev What a meter day sold: its position, the hash of that, and the hash of its trades.
    struct Sold {
        uint256[96] position;
        bytes32 positionHash;
        bytes32 trades;
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
        uint256 termsFen;
    }

    uint256 private constant SLOTS = 96;
    uint256 private constant VALUE_LIMIT = 2 ** 31;
    uint256 private constant SHANGHAI = 8 hours;

    bytes private constant BAND = "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)";
    bytes private constant SELL =
        "SellOrder(address seller,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxBondFen,uint16 paymentDays,bool continuous,bool greenCertificates,"
        "uint64 expiry,uint32 nonce)";
    bytes private constant BUY =
        "BuyOrder(address buyer,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxPaymentFen,uint16 paymentDays,bool continuous,bool greenCertificates,"
        "uint64 expiry,uint32 nonce)";

    Rooms private _rooms;

    uint64 public tradeCount;
    mapping(address trader => mapping(NonceKind => mapping(Day => mapping(uint32 nonce => bytes32)))) public fillHashOf;
    mapping(address trader => mapping(NonceKind => mapping(Day => mapping(uint32 nonce => bool)))) public isNonceUsed;
    mapping(MeterId => mapping(Day => bytes32)) private _positionHashOf;
    mapping(MeterId => mapping(Day => bytes32)) private _tradesHashOf;
    mapping(Day => mapping(ZoneId => mapping(uint16 paymentDays => bytes32))) public priceHashOf;
    mapping(address account => mapping(bytes32 order => bool)) public isPresigned;
    mapping(ParticipantId => uint256) public lockedFenOf;
    mapping(ParticipantId => uint256) public termsFenOf;

    /// @dev The fills of the submission at hand.
    OrderFill[] private _fills;

    constructor(Rooms memory rooms) {
        _rooms = rooms;
    }

    /// @notice As `ITradeEscrow.cancel`, of a trader.
    function cancel(address trader, NonceKind kind, Day day, uint32 nonce) external {
        isNonceUsed[trader][kind][day][nonce] = true;
    }

    /// @notice As `ITradeEscrow.presign`, of an account.
    function presign(address account, bytes32 order) external {
        isPresigned[account][order] = true;
    }

    /// @notice What a participant has set aside for rounds.
    function setMargin(ParticipantId participant, Margin calldata margin) external {
        (lockedFenOf[participant], termsFenOf[participant]) = (margin.lockedFen, margin.termsFen);
    }

    /// @notice As `ITradeEscrow.bookOf`.
    function bookOf(MeterId meter, Day day) external view returns (bytes25) {
        bytes32 trades = _tradesHashOf[meter][day];
        if (trades == 0) return 0;
        return bytes25(uint200(uint256(keccak256(abi.encode(_positionHashOf[meter][day], trades)))));
    }

    /// @notice As `ITradeEscrow.openRound`.
    function openRound(Round calldata round) external {
        if (round.round == 0) revert TradeEscrow_MalformedRound("round 0 is for bilateral trades", 0);
        delete _fills;
        Submission memory all;
        (all.round, all.day) = (round.round, round.day);
        (all.paymentDays, all.continuous) = (round.paymentDays, round.continuous);
        _readRules(all);
        _readPrices(all, round.prices);
        _readTraders(all, round.traders);
        _readBuys(all, round.buys);
        uint64 before = tradeCount;
        _openSales(all, round.sales);
        if (tradeCount == before) _forgetPrices(all);
        for (uint256 i; i < all.buys.length; ++i) {
            if (all.buys[i].touched) _storeBuy(all, all.buys[i], i);
        }
        if (_fills.length != 0) emit OrdersFilled(all.round, _fills);
        _storeMargins(all);
    }

    // ---- what a submission rests on

    function _readRules(Submission memory all) private view {
        (all.rulesId, all.rules) = _rooms.rules.ruleSetOn(_today());
        uint256 day = Day.unwrap(all.day);
        uint256 begins = day == 0 ? 0 : day * 1 days - SHANGHAI;
        uint256 longBefore = uint256(all.rules.maxAdvanceDays) * 1 days;
        uint256 opens = _before(begins, all.continuous ? longBefore : all.rules.cutOffLeadSeconds);
        uint256 closes = _before(begins, all.continuous ? all.rules.cutOffLeadSeconds : all.rules.gateLeadSeconds);
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

    function _before(uint256 begins, uint256 lead) private pure returns (uint256) {
        return begins > lead ? begins - lead : 0;
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
            if (!all.continuous) {
                bytes32 known = priceHashOf[all.day][priced.zone][all.paymentDays];
                if (known == priced.priceHash) continue;
                if (known != 0) revert TradeEscrow_PriceConflict(all.round, priced.zone);
                priceHashOf[all.day][priced.zone][all.paymentDays] = priced.priceHash;
                priced.isFirst = true;
            }
            emit PriceCurve(priced.priceHash, prices[i].price);
            emit ZonePriced(all.round, all.day, priced.zone, all.paymentDays, all.continuous, priced.priceHash);
        }
    }

    /// @dev An auction that opened nothing leaves no price.
    function _forgetPrices(Submission memory all) private {
        for (uint256 i; i < all.prices.length; ++i) {
            if (all.prices[i].isFirst) priceHashOf[all.day][all.prices[i].zone][all.paymentDays] = 0;
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
        entry.digest = digestOf(sell, entry.trader.account, all.day, all.paymentDays, order);
        entry.knownFill = fillHashOf[entry.trader.account][_kindOf(entry)][all.day][order.nonce];
        entry.meter = _rooms.meters.meterOf(order.meter);
        entry.reason = _check(all, entry);
    }

    function _check(Submission memory all, Entry memory entry) private view returns (SkipReason) {
        if (!_isGood(entry.trader.standing)) return SkipReason.TraderNotGood;
        if (block.timestamp > entry.order.expiry) return SkipReason.Expired;
        if (all.continuous && !entry.order.continuous) return SkipReason.NotContinuous;
        if (isNonceUsed[entry.trader.account][_kindOf(entry)][all.day][entry.order.nonce]) return SkipReason.Cancelled;
        if (!_mayTrade(entry)) return SkipReason.MeterNotTradable;
        if (!_findPrice(all, entry)) return SkipReason.UnknownPrice;
        if (entry.sell && entry.order.greenCertificates && !_isGreen(entry.meter.source)) {
            return SkipReason.CertificatesDiffer;
        }
        if (entry.sell && !_isEligible(all.rules, entry.meter, entry.priced.voltage)) return SkipReason.NotEligible;
        if (!_readFill(entry)) return SkipReason.StaleFill;
        if (!_spread(entry)) return SkipReason.InvalidBands;
        if (!_totalsAreRight(entry)) return SkipReason.WrongTotals;
        return _isSigned(entry) ? SkipReason.None : SkipReason.InvalidSignature;
    }

    function _isSigned(Entry memory entry) private view returns (bool) {
        address account = entry.trader.account;
        if (entry.order.presigned) return isPresigned[account][entry.digest];
        bytes memory signature = entry.order.signature;
        (bytes32 r, bytes32 s) = (_word(signature, 0), _word(signature, 32));
        // Of the two signatures that fit, the one with the lower s counts (EIP-2).
        bool low = uint256(s) <= 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
        return account != address(0) && low && ecrecover(entry.digest, uint8(signature[64]), r, s) == account;
    }

    function _word(bytes memory data, uint256 from) private pure returns (bytes32 word) {
        for (uint256 i; i < 32; ++i) {
            word = (word << 8) | bytes32(uint256(uint8(data[from + i])));
        }
    }

    function _isGreen(Source source) private pure returns (bool) {
        return source != Source.None && source != Source.Thermal && source != Source.Storage;
    }

    function _kindOf(Entry memory entry) private pure returns (NonceKind) {
        return entry.sell ? NonceKind.SellOrder : NonceKind.BuyOrder;
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
        if (_fillHash(entry.digest, entry.order.filled, entry.order.usedFen) != entry.knownFill) return false;
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
        if (sale.before != 2) all.sold = _readSold(sale);
        Sold memory sold = all.sold;
        bool same =
            sold.positionHash == _positionHashOf[sell.order.meter][all.day] &&
                sold.trades == _tradesHashOf[sell.order.meter][all.day];
        if (sell.reason == SkipReason.None && !same) sell.reason = SkipReason.StalePosition;
        if (sell.reason != SkipReason.None) {
            emit Skipped(all.round, sell.digest, index, type(uint256).max, sell.reason);
            return;
        }
        for (uint256 i; i < sale.legs.length; ++i) {
            Purchase memory purchase;
            purchase.positionBefore = sold.position;
            SkipReason reason = _checkLeg(all, sell, sale.legs[i], i, purchase);
            if (reason != SkipReason.None) {
                emit Skipped(all.round, sell.digest, index, i, reason);
                continue;
            }
            sold.position = CurveReference.add(sold.position, purchase.energy);
            _openTrade(all, sell, all.buys[sale.legs[i].buy], purchase, sold);
        }
        if (sell.touched) _storeFill(all, sell);
    }

    function _readSold(ReadSale memory sale) private pure returns (Sold memory sold) {
        if (sale.before == 0) return sold;
        sold.position = RoundBytes.slots(sale.position, 0);
        (sold.positionHash, sold.trades) = (keccak256(sale.position), sale.trades);
    }

    function _checkLeg(
        Submission memory all,
        Entry memory sell,
        ReadLeg memory leg,
        uint256 index,
        Purchase memory purchase
    ) private view returns (SkipReason) {
        if (leg.buy >= all.buys.length) revert TradeEscrow_MalformedRound("buy index out of range", leg.buy);
        if ((leg.firstWord + leg.words) * 8 > SLOTS) {
            revert TradeEscrow_MalformedRound("leg reaches beyond the day", index);
        }
        Entry memory buy = all.buys[leg.buy];
        SkipReason reason = _checkPair(all, sell, buy);
        if (reason != SkipReason.None) return reason;

        (purchase.firstSlot, purchase.packed) = (leg.firstWord * 8, leg.energy);
        purchase.energy = RoundBytes.slots(leg.energy, leg.firstWord * 8);
        if (!_areValues(purchase.energy)) revert Curve_Malformed(leg.energy.length);
        if (CurveReference.sum(purchase.energy) == 0) return SkipReason.NothingToFill;
        if (!_isLeft(all, sell, purchase.energy)) return SkipReason.ExceedsOrder;
        if (!_isLeft(all, buy, purchase.energy)) return SkipReason.ExceedsOrder;
        _setTerms(all, sell, buy, purchase);
        return _checkAmounts(all, sell, buy, purchase);
    }

    /// @dev What two orders have to agree on, whatever flows between them.
    function _checkPair(Submission memory all, Entry memory sell, Entry memory buy) private view returns (SkipReason) {
        if (buy.reason != SkipReason.None) return SkipReason.BuyOrderSkipped;
        if (buy.trader.standing.id == sell.trader.standing.id) return SkipReason.SameParty;
        if (buy.meter.zone != sell.meter.zone) return SkipReason.UnknownPrice;
        if (buy.order.greenCertificates != sell.order.greenCertificates) return SkipReason.CertificatesDiffer;
        FirmSize seller = sell.trader.standing.size;
        bool smallSeller = seller == FirmSize.Micro || seller == FirmSize.Small || seller == FirmSize.Medium;
        bool isProtected = smallSeller && buy.trader.standing.size == FirmSize.Large;
        uint256 longest = isProtected ? all.rules.smallSellerPaymentDays : all.rules.maxPaymentDays;
        bool onTerms = all.paymentDays != 0;
        if (onTerms && all.paymentDays > longest) return SkipReason.PaymentTermTooLong;
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
        (terms.day, terms.rules, terms.paymentDays) = (all.day, all.rulesId, all.paymentDays);
        (terms.greenCertificates, terms.source) = (sell.order.greenCertificates, sell.meter.source);
        uint64 whole = all.rules.tariffs[uint256(buy.meter.voltage)];
        uint64 saved = all.rules.tariffs[uint256(sell.priced.voltage)];
        terms.tariff = whole > saved ? whole - saved : 0;
        uint256 energyFen = _amountFen(purchase.energy, sell.priced.price);
        uint256 energyWh = CurveReference.sum(purchase.energy);
        terms.energyFen = uint128(energyFen);
        terms.networkFen = uint128((energyWh * terms.tariff + 500_000_000) / 1_000_000_000);
        uint256 bondFen = (energyFen * _bondRateBp(all.rules, terms.seller) + 9_999) / 10_000;
        uint256 mostFen = sell.order.maxFen - sell.usedFen;
        terms.bondFen = uint128(bondFen < mostFen ? bondFen : mostFen);
        bytes32 before = _positionHashOf[sell.order.meter][all.day];
        terms.scheduleHash = keccak256(abi.encode(keccak256(CurveReference.pack(purchase.energy)), before));
        terms.priceHash = sell.priced.priceHash;
        purchase.paymentFen = energyFen + terms.networkFen;
        purchase.heldFen = terms.paymentDays == 0 ? purchase.paymentFen : terms.networkFen;
        purchase.termsFen = terms.paymentDays == 0 ? 0 : energyFen;
    }

    function _checkAmounts(
        Submission memory all,
        Entry memory sell,
        Entry memory buy,
        Purchase memory purchase
    ) private view returns (SkipReason) {
        TradeTerms memory terms = purchase.terms;
        if (CurveReference.sum(purchase.energy) < all.rules.lotWh) return SkipReason.BelowLeast;
        bool free = CurveReference.dot(purchase.energy, sell.priced.price) == 0;
        if (terms.energyFen == 0 && !free) return SkipReason.BelowLeast;
        if (buy.usedFen + purchase.paymentFen > buy.order.maxFen) return SkipReason.ExceedsMaximum;
        if (terms.bondFen > lockedFenOf[terms.seller] - sell.purse.lockedDrawn) return SkipReason.InsufficientMargin;
        bool covered =
            purchase.heldFen <= lockedFenOf[terms.buyer] - buy.purse.lockedDrawn &&
                purchase.termsFen <= termsFenOf[terms.buyer] - buy.purse.termsDrawn;
        if (!covered) return SkipReason.InsufficientMargin;
        uint256 capacityWh = (uint256(sell.meter.capacityW) * 11) / 40;
        for (uint256 slot; slot < SLOTS; ++slot) {
            if (purchase.positionBefore[slot] + purchase.energy[slot] > capacityWh) return SkipReason.AboveCapacity;
        }
        return SkipReason.None;
    }

    function _openTrade(
        Submission memory all,
        Entry memory sell,
        Entry memory buy,
        Purchase memory purchase,
        Sold memory sold
    ) private {
        TradeTerms memory terms = purchase.terms;
        _take(sell, purchase.energy, terms.bondFen, terms.bondFen, 0);
        _take(buy, purchase.energy, purchase.paymentFen, purchase.heldFen, purchase.termsFen);
        (MeterId meter, TradeId id) = (sell.order.meter, TradeId.wrap(++tradeCount));
        sold.positionHash = keccak256(CurveReference.pack(sold.position));
        sold.trades = keccak256(abi.encode(sold.trades, keccak256(abi.encode(id, terms))));
        (_positionHashOf[meter][all.day], _tradesHashOf[meter][all.day]) = (sold.positionHash, sold.trades);
        emit TradeOpened(id, sell.digest, buy.digest, all.round, terms, purchase.firstSlot, purchase.packed);
    }

    function _take(
        Entry memory entry,
        uint256[96] memory energy,
        uint256 usedFen,
        uint256 lockedFen,
        uint256 termsFen
    ) private pure {
        entry.touched = true;
        entry.filled = CurveReference.add(entry.filled, energy);
        entry.usedFen += usedFen;
        entry.purse.lockedDrawn += lockedFen;
        entry.purse.termsDrawn += termsFen;
    }

    // ---- what stays

    function _storeBuy(Submission memory all, Entry memory buy, uint256 index) private {
        (address account, uint32 nonce) = (buy.trader.account, buy.order.nonce);
        bool changed = fillHashOf[account][NonceKind.BuyOrder][all.day][nonce] != buy.knownFill;
        if (isNonceUsed[account][NonceKind.BuyOrder][all.day][nonce] || changed) {
            revert TradeEscrow_MalformedRound("buy order or its nonce given twice", index);
        }
        _storeFill(all, buy);
    }

    function _storeFill(Submission memory all, Entry memory entry) private {
        (address account, NonceKind kind, uint32 nonce) = (entry.trader.account, _kindOf(entry), entry.order.nonce);
        bool complete = CurveReference.sum(entry.filled) == entry.order.totalEnergyWh;
        if (complete) {
            isNonceUsed[account][kind][all.day][nonce] = true;
        } else {
            bytes memory filled = CurveReference.pack(entry.filled);
            fillHashOf[account][kind][all.day][nonce] = _fillHash(entry.digest, filled, entry.usedFen);
        }
        _fills.push(OrderFill(entry.digest, complete, entry.usedFen));
    }

    function _fillHash(bytes32 digest, bytes memory filled, uint256 usedFen) private pure returns (bytes32) {
        return keccak256(bytes.concat(filled, keccak256(abi.encode(digest, usedFen))));
    }

    /// @dev What was drawn of each trader, in the order of the traders.
    function _storeMargins(Submission memory all) private {
        uint256 count;
        for (uint256 i; i < all.traders.length; ++i) {
            if (_hasDrawn(all.traders[i])) ++count;
        }
        if (count == 0) return;
        ParticipantId[] memory ids = new ParticipantId[](count);
        (uint256[] memory locked, uint256[] memory terms) = (new uint256[](count), new uint256[](count));
        count = 0;
        for (uint256 i; i < all.traders.length; ++i) {
            Trader memory trader = all.traders[i];
            if (!_hasDrawn(trader)) continue;
            ParticipantId id = trader.standing.id;
            (ids[count], locked[count], terms[count]) = (id, trader.lockedDrawn, trader.termsDrawn);
            lockedFenOf[id] -= trader.lockedDrawn;
            termsFenOf[id] -= trader.termsDrawn;
            ++count;
        }
        emit MarginDrawn(all.round, ids, locked, terms);
    }

    function _hasDrawn(Trader memory trader) private pure returns (bool) {
        return trader.lockedDrawn != 0 || trader.termsDrawn != 0;
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
    function digestOf(
        bool sell,
        address trader,
        Day day,
        uint16 paymentDays,
        ReadOrder memory order
    ) public view returns (bytes32) {
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
            paymentDays,
            order.continuous,
            order.greenCertificates,
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
