// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DraftingDesk} from "../../contracts/finance/DraftingDesk.sol";
import {FinancingDesk} from "../../contracts/finance/FinancingDesk.sol";
import {Receivables} from "../../contracts/finance/Receivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {MarketRules} from "../../contracts/market/MarketRules.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    BookProof,
    DayLapse,
    DaySettlement,
    ITradeEscrowEvents,
    KwhClaim,
    Margin,
    NonceKind,
    OrderFill,
    Outcome,
    OutcomeProof,
    SkipReason,
    Trade,
    SettlementRun,
    TradeSettlement,
    TradeStatus,
    TradeTerms,
    ZonePrice
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Meter} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {AdjustmentDesk} from "../../contracts/settlement/AdjustmentDesk.sol";
import {
    DayAdjustment,
    IAdjustmentDesk,
    TradeAdjustment
} from "../../contracts/settlement/interfaces/IAdjustmentDesk.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, Source, Voltage} from "../../contracts/types/Enums.sol";
import {DebtId, MeterId, ParticipantId, TradeId, ZoneId} from "../../contracts/types/Ids.sol";
import {MerkleTreeReference} from "../reference/MerkleTreeReference.sol";
import {Builder} from "./Builder.sol";
import {DebtRoom} from "./DebtRoom.sol";
import {Deploy} from "./Deploy.sol";
import {Permissions} from "./Permissions.sol";
import {Leg, Round, Rounds, Sale, SignedOrder} from "./Rounds.sol";
import {SampleRules} from "./SampleRules.sol";
import {Vm} from "./Vm.sol";

/// @notice Somebody who trades: a participant with the account it acts by, the key that signs for it, and a meter.
struct Party {
    address account;
    uint256 key;
    ParticipantId id;
    MeterId meter;
}

/// @notice An order with the account it is of; `_assemble` finds its place among the round's traders.
struct Draft {
    address account;
    SignedOrder order;
}

struct SaleDraft {
    Draft sell;
    /// See `Sale.sold`.
    bytes sold;
    Leg[] legs;
}

/// @notice What the log says of a trade.
struct Opened {
    TradeTerms terms;
    bytes32 sellOrder;
    bytes32 buyOrder;
    uint64 round;
    bytes energy;
    /// As its event has it.
    uint8 firstSlot;
    bytes stretch;
    /// The position of the meter day before the trade, and the hash of its trades.
    bytes offset;
    bytes32 earlier;
    bytes32 commitment;
    /// Where its outcome is found once it is settled or ruled on: the call, and its place in it.
    uint64 settlement;
    uint256 place;
}

struct Skip {
    uint256 sale;
    uint256 leg;
    SkipReason reason;
}

/// @notice The whole platform with its trading rooms: two plants that sell, two works that buy, the grid company and the
/// balancing account. Whatever a call needs to repeat (terms, curves, positions, fills) is taken from the log.
abstract contract Market is DebtRoom {
    /// @dev 200,000,000.00 元 for everybody who trades, and as much again as margin, and to buy on terms in rounds.
    uint256 internal constant WEALTH = 20_000_000_000;
    uint256 internal constant WHOLE_SALE = type(uint256).max;
    /// @dev The slot of the escrow's books.
    uint256 internal constant BOOKS = 2;

    ZoneId internal constant BACKBONE = ZoneId.wrap(1);
    ZoneId internal constant DEYANG = ZoneId.wrap(2);
    ZoneId internal constant SHIFANG = ZoneId.wrap(3);

    MarketRules internal rules;
    TradeEscrow internal escrow;
    AdjustmentDesk internal adjusting;
    Receivables internal receivables;
    DraftingDesk internal drafting;
    FinancingDesk internal desk;

    /// @dev Thermal: deviations are taken over the day and go to the balancing account.
    Party internal thermal;
    /// @dev Solar: deviations are taken slot by slot and go to the buyer.
    Party internal solar;
    Party internal works;
    Party internal mill;
    ParticipantId internal gridId;
    ParticipantId internal balancingId;

    /// @dev The delivery day that tests trade in, and the payment term of their rounds.
    Day internal day = START.plusDays(2);
    uint16 internal term;

    // ---- what the log says

    mapping(uint64 trade => Opened) internal _opened;
    mapping(MeterId => mapping(Day => bytes)) internal _positionOf;
    mapping(MeterId => mapping(Day => TradeId[])) internal _tradesOf;
    mapping(uint64 settlement => bytes32[]) internal _outcomesOf;
    mapping(uint64 settlement => bytes32) internal _saidRootOf;
    mapping(bytes32 priceHash => bytes) internal _priceCurves;
    mapping(bytes32 order => bytes) internal _filledOf;
    mapping(bytes32 order => uint256) internal _usedOf;
    mapping(MeterId => mapping(Day => bytes)) internal _meteredOf;
    mapping(MeterId => mapping(Day => bytes)) internal _correctedOf;
    /// @dev What a trade came to when it was settled or last adjusted.
    mapping(uint64 trade => Outcome) internal _outcomeOf;
    mapping(uint64 trade => Outcome) internal _settledAs;
    Skip[] internal _skips;
    uint32 internal _nonce;

    function setUp() public virtual override {
        super.setUp();
        address grid;
        address balancing;
        (grid, gridId) = _enrol("grid company", Kinds.GRID_COMPANY);
        (balancing, balancingId) = _enrol("balancing account", Kinds.BALANCING_ACCOUNT);
        _deployTrading();
        _mapTrading();
        _optIn(grid, address(debts));
        _optIn(balancing, address(debts));
        _publishRules();
        thermal = _enter("Jiangyou thermal", Direction.Generation, Source.Thermal);
        solar = _enter("Ganzi solar", Direction.Generation, Source.Solar);
        works = _enter("Deyang turbine works", Direction.Consumption, Source.None);
        mill = _enter("Mianzhu paper mill", Direction.Consumption, Source.None);
    }

    function _deployTrading() private {
        rules = Deploy.marketRules(address(manager));
        _deployDebts(new Day[](0));
        escrow = _newEscrow(rules);
        adjusting = Deploy.adjustmentDesk(address(manager), meters, escrow, rules, debts);
        receivables = Deploy.receivables(address(manager), registry, debts, financeRules, secondFactor, CLAIM_URI);
        drafting = Deploy.draftingDesk(address(manager), registry, receivables, rules, secondFactor);
        desk = Deploy.financingDesk(address(manager), registry, receivables, debts, deposits, secondFactor);
    }

    function _mapTrading() private {
        vm.startPrank(council);
        Permissions.marketRules(manager, address(rules));
        Permissions.tradeEscrow(manager, address(escrow));
        Permissions.adjustmentDesk(manager, address(adjusting));
        Permissions.receivables(manager, address(receivables));
        Permissions.draftingDesk(manager, address(drafting));
        Permissions.financingDesk(manager, address(desk));
        vm.stopPrank();
        _grant(Roles.CLAIM_DESK, address(drafting));
        _admitNotary(address(escrow));
        _admitNotary(address(desk));
        vm.prank(council);
        kwh.approveMinter(address(escrow), Day.wrap(0));
        _admitPoster(address(escrow), DebtCode.EnergyOnTerms);
        _admitPoster(address(escrow), DebtCode.LateInvoice);
        _admitPoster(address(escrow), DebtCode.NetworkCharge);
        _admitPoster(address(escrow), DebtCode.DeviationCharge);
        _admitPoster(address(adjusting), DebtCode.Adjustment);
        _admitPoster(address(receivables), DebtCode.ConfirmedClaim);
        _admitClaimBook(address(receivables));
        _grant(Roles.TRADE_BOOK, address(escrow));
        _grant(Roles.EXPOSURE_BOOK, address(escrow));
        _grant(Roles.EXPOSURE_BOOK, address(receivables));
        _grant(Roles.EXPOSURE_BOOK, address(drafting));
        _grant(Roles.EXPOSURE_BOOK, address(desk));
    }

    function _publishRules() private {
        vm.startPrank(ruleMaker);
        rules.publish(SampleRules.ruleSet(START, gridId, balancingId));
        rules.addZone(ZoneId.wrap(0), Voltage.KV500, unicode"四川 Sichuan");
        rules.addZone(BACKBONE, Voltage.KV110, unicode"德阳 Deyang");
        rules.addZone(DEYANG, Voltage.KV35, unicode"什邡 Shifang");
        vm.stopPrank();
    }

    /// @notice Publishes what `set` says for tomorrow, and moves on to tomorrow 10:00.
    function _newRules(RuleSet memory set) internal {
        set.effectiveDay = Calendar.today().plusDays(1);
        vm.prank(ruleMaker);
        rules.publish(set);
        vm.warp(Calendar.startOf(set.effectiveDay) + 10 hours);
    }

    function _rules() internal view returns (RuleSet memory set) {
        (, set) = rules.ruleSetOn(Calendar.today());
    }

    // ---- people

    /// @notice Enrols somebody with a meter and money, who trusts the notaries.
    function _enter(string memory name, Direction direction, Source source) internal returns (Party memory party) {
        party.key = _keyOf(name);
        party = _enter(_named(name), party.key, direction, source, DEYANG);
    }

    function _enter(
        address account,
        uint256 key,
        Direction direction,
        Source source,
        ZoneId zone
    ) internal returns (Party memory party) {
        (party.account, party.key) = (account, key);
        uint32 kinds = direction == Direction.Generation ? Kinds.GENERATOR : Kinds.CONSUMER;
        party.id = _enrol(account, kinds, FirmSize.Medium);
        party.meter = _addMeter(party.id, direction, source, zone);
        _fund(account, 2 * WEALTH);
        _optIn(account, address(escrow));
        _optIn(account, address(debts));
        _setMarginAside(account);
    }

    /// @notice As much as a participant is funded with for it, locked and allowed on terms.
    function _setMarginAside(address account) internal {
        vm.startPrank(account);
        escrow.lockMargin(uint96(WEALTH));
        escrow.allowOnTerms(uint96(WEALTH));
        vm.stopPrank();
    }

    /// @notice Takes back of what was set aside all but this; it takes the day of notice.
    function _leaveMargin(Party memory party, uint96 lockedFen, uint96 termsFen) internal {
        vm.prank(party.account);
        escrow.announceRelease(uint96(WEALTH) - lockedFen, uint96(WEALTH) - termsFen);
        vm.warp(block.timestamp + 1 days);
        escrow.releaseMargin(party.id);
    }

    function _cancel(Party memory party, NonceKind kind, uint32 nonce) internal {
        uint32[] memory nonces = new uint32[](1);
        nonces[0] = nonce;
        vm.prank(party.account);
        escrow.cancel(kind, day, nonces);
    }

    function _addMeter(
        ParticipantId owner,
        Direction direction,
        Source source,
        ZoneId zone
    ) internal returns (MeterId) {
        Meter memory properties = _meter(owner, direction);
        (properties.source, properties.zone) = (source, zone);
        return _registerMeter(properties);
    }

    /// @notice The owner names another trader; two days pass, after which it trades, and the delivery day moves on.
    function _nameTrader(Party memory owner, ParticipantId trader) internal {
        vm.prank(owner.account);
        meters.setTrader(owner.meter, trader);
        vm.warp(block.timestamp + 2 days);
        day = day.plusDays(2);
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    // ---- bilateral trades

    function _trade(
        Party memory seller,
        Party memory buyer,
        Band[] memory bands
    ) internal returns (Trade memory trade) {
        bytes memory energy = Builder.energy(bands);
        trade.seller = seller.account;
        trade.buyer = buyer.account;
        trade.sellerMeter = seller.meter;
        trade.buyerMeter = buyer.meter;
        trade.day = day;
        trade.expiry = uint64(block.timestamp + 1 hours);
        trade.bands = bands;
        trade.totalEnergyWh = Builder.sum(energy);
        trade.totalAmountFen = Builder.amount(energy, Builder.prices(bands));
        trade.maxPaymentFen = type(uint128).max;
        trade.maxBondFen = type(uint128).max;
        trade.nonce = ++_nonce;
    }

    /// @notice Opens a trade that both have signed, at the position the log says.
    function _open(Trade memory trade, Party memory seller, Party memory buyer) internal returns (TradeId id) {
        bytes32 digest = escrow.hashTrade(trade);
        vm.recordLogs();
        id = escrow.open(
            trade,
            _sign(buyer.key, digest),
            _sign(seller.key, digest),
            _sold(trade.sellerMeter, trade.day)
        );
        _readLog();
    }

    function _openCash(Party memory seller, Party memory buyer, Band[] memory bands) internal returns (TradeId) {
        return _open(_trade(seller, buyer, bands), seller, buyer);
    }

    function _openOnTerms(
        Party memory seller,
        Party memory buyer,
        Band[] memory bands,
        uint16 paymentDays
    ) internal returns (TradeId) {
        Trade memory trade = _trade(seller, buyer, bands);
        trade.paymentDays = paymentDays;
        return _open(trade, seller, buyer);
    }

    // ---- rounds

    function _order(Party memory trader, Band[] memory bands) internal returns (SignedOrder memory order) {
        bytes memory energy = Builder.energy(bands);
        order.meter = trader.meter;
        order.expiry = uint64(Calendar.startOf(day));
        order.bands = bands;
        order.totalEnergyWh = Builder.sum(energy);
        order.totalAmountFen = Builder.amount(energy, Builder.prices(bands));
        order.maxFen = type(uint128).max;
        order.nonce = ++_nonce;
    }

    /// @notice Signs an order and notes what the log says was filled of it.
    function _draft(bool sell, Party memory trader, SignedOrder memory order) internal view returns (Draft memory) {
        bytes32 digest = _digestOf(sell, trader, order);
        order.signature = _sign(trader.key, digest);
        order.filled = _filledOf[digest];
        order.usedFen = _usedOf[digest];
        return Draft(trader.account, order);
    }

    function _digestOf(bool sell, Party memory trader, SignedOrder memory order) internal view returns (bytes32) {
        return escrow.hashOrder(sell, trader.account, day, term, Rounds.pack(order));
    }

    function _sell(Party memory trader, Band[] memory bands) internal returns (Draft memory) {
        return _draft(true, trader, _order(trader, bands));
    }

    function _buy(Party memory trader, Band[] memory bands) internal returns (Draft memory) {
        return _draft(false, trader, _order(trader, bands));
    }

    function _leg(uint256 buy, bytes memory energy) internal pure returns (Leg memory) {
        return Leg(uint16(buy), energy);
    }

    function _legs(Leg memory only) internal pure returns (Leg[] memory list) {
        list = new Leg[](1);
        list[0] = only;
    }

    function _legs(Leg memory first, Leg memory second) internal pure returns (Leg[] memory list) {
        list = new Leg[](2);
        (list[0], list[1]) = (first, second);
    }

    function _drafts(Draft memory only) internal pure returns (Draft[] memory list) {
        list = new Draft[](1);
        list[0] = only;
    }

    function _drafts(Draft memory first, Draft memory second) internal pure returns (Draft[] memory list) {
        list = new Draft[](2);
        (list[0], list[1]) = (first, second);
    }

    /// @notice What a meter day sold, as the log says: its position and the hash of its trades; empty if nothing.
    function _sold(MeterId meter, Day day_) internal view returns (bytes memory) {
        if (_tradesOf[meter][day_].length == 0) return "";
        return bytes.concat(_positionOf[meter][day_], _tradesHash(meter, day_));
    }

    function _tradesHash(MeterId meter, Day day_) internal view returns (bytes32 hash) {
        TradeId[] storage sold = _tradesOf[meter][day_];
        for (uint256 i; i < sold.length; ++i) {
            hash = Hashes.efficientKeccak256(hash, _opened[TradeId.unwrap(sold[i])].commitment);
        }
    }

    /// @notice Where the escrow keeps the book of a meter day, which it shares with other days.
    function _bookWord(MeterId meter) internal view returns (bytes32) {
        return keccak256(abi.encode(Day.unwrap(day) % 128, keccak256(abi.encode(meter, BOOKS))));
    }

    /// @notice What the escrow keeps of a meter day, by the log.
    function _bookHash(MeterId meter, Day day_) internal view returns (bytes25) {
        if (_tradesOf[meter][day_].length == 0) return 0;
        return _bookHash(_positionOf[meter][day_], _tradesHash(meter, day_));
    }

    function _bookHash(bytes memory position, bytes32 trades) internal pure returns (bytes25) {
        return bytes25(uint200(uint256(keccak256(abi.encode(keccak256(position), trades)))));
    }

    /// @notice What the book of a meter day holds beside the trades from `first` to `last`.
    function _book(TradeId first, TradeId last) internal view returns (BookProof memory book) {
        TradeTerms memory terms = _terms(first);
        TradeId[] storage sold = _tradesOf[terms.sellerMeter][terms.day];
        book.earlier = _opened[TradeId.unwrap(first)].earlier;
        book.position = keccak256(_positionOf[terms.sellerMeter][terms.day]);
        uint256 place;
        while (TradeId.unwrap(sold[place]) != TradeId.unwrap(last)) ++place;
        book.later = new bytes32[](sold.length - place - 1);
        for (uint256 i; i < book.later.length; ++i) {
            book.later[i] = _opened[TradeId.unwrap(sold[place + 1 + i])].commitment;
        }
    }

    function _book(TradeId only) internal view returns (BookProof memory) {
        return _book(only, only);
    }

    /// @notice A sale of a meter day that sold what the log says.
    function _sale(Draft memory sell, Leg[] memory legs) internal view returns (SaleDraft memory) {
        return SaleDraft(sell, _sold(sell.order.meter, day), legs);
    }

    function _sales(SaleDraft memory only) internal pure returns (SaleDraft[] memory list) {
        list = new SaleDraft[](1);
        list[0] = only;
    }

    function _sales(SaleDraft memory first, SaleDraft memory second) internal pure returns (SaleDraft[] memory list) {
        list = new SaleDraft[](2);
        (list[0], list[1]) = (first, second);
    }

    /// @notice A round that prices Deyang at `price` in every slot.
    function _round(
        uint64 number,
        uint256 price,
        Draft[] memory buys,
        SaleDraft[] memory sales
    ) internal view returns (Round memory round) {
        ZonePrice[] memory prices = new ZonePrice[](1);
        prices[0] = ZonePrice(DEYANG, Builder.level(0, 96, price));
        return _assemble(number, prices, buys, sales);
    }

    /// @notice Gathers the traders in ascending order and points the orders to them.
    function _assemble(
        uint64 number,
        ZonePrice[] memory prices,
        Draft[] memory buys,
        SaleDraft[] memory sales
    ) internal view returns (Round memory round) {
        (round.round, round.day, round.paymentDays, round.prices) = (number, day, term, prices);
        address[] memory traders = new address[](buys.length + sales.length);
        uint256 count;
        for (uint256 i; i < buys.length; ++i) {
            count = _insert(traders, count, buys[i].account);
        }
        for (uint256 i; i < sales.length; ++i) {
            count = _insert(traders, count, sales[i].sell.account);
        }
        assembly ("memory-safe") {
            mstore(traders, count)
        }
        round.traders = traders;
        round.buys = new SignedOrder[](buys.length);
        for (uint256 i; i < buys.length; ++i) {
            round.buys[i] = buys[i].order;
            round.buys[i].trader = _indexOf(traders, buys[i].account);
        }
        round.sales = new Sale[](sales.length);
        for (uint256 i; i < sales.length; ++i) {
            round.sales[i] = Sale(sales[i].sell.order, sales[i].sold, false, sales[i].legs);
            round.sales[i].order.trader = _indexOf(traders, sales[i].sell.account);
        }
    }

    /// @notice Waits until the book of the day closes, when its auctions open.
    function _closeBook() internal {
        uint256 cutOff = Calendar.startOf(day) - _rules().cutOffLeadSeconds;
        if (block.timestamp < cutOff) vm.warp(cutOff);
    }

    /// @notice Submits a round as the market operator, an auction once the book has closed.
    function _submit(Round memory round) internal {
        if (!round.continuous) _closeBook();
        delete _skips;
        vm.recordLogs();
        vm.prank(marketOperator);
        escrow.openRound(Rounds.pack(round));
        _readLog();
    }

    function _insert(address[] memory sorted, uint256 count, address account) private pure returns (uint256) {
        uint256 place;
        while (place < count && sorted[place] < account) ++place;
        if (place < count && sorted[place] == account) return count;
        for (uint256 i = count; i > place; --i) {
            sorted[i] = sorted[i - 1];
        }
        sorted[place] = account;
        return count + 1;
    }

    function _indexOf(address[] memory traders, address account) private pure returns (uint16 index) {
        // One of a handful: `_insert` put it there.
        while (traders[index] != account) ++index;
    }

    // ---- metering and settling

    /// @notice Measures a selling day of this market, notes the curve, and finalises it.
    function _measured(MeterId meter, bytes memory curve) internal {
        _measure(meter, day, curve);
        _meteredOf[meter][day] = curve;
    }

    /// @notice Lets the day pass unreported until it lapses.
    function _miss(MeterId meter) internal {
        uint256 from = meters.lapsesAt(day);
        if (block.timestamp < from) vm.warp(from);
        _lapse(meter, day);
    }

    /// @notice Reports a lapsed day late and finalises it.
    function _measuredLate(MeterId meter, bytes memory curve) internal {
        _report(meter, day, curve);
        vm.warp(meters.dayOf(meter, day).finalisableAt);
        _finalise(meter, day);
        _meteredOf[meter][day] = curve;
    }

    function _ids(TradeId only) internal pure returns (TradeId[] memory list) {
        list = new TradeId[](1);
        list[0] = only;
    }

    function _ids(TradeId first, TradeId second) internal pure returns (TradeId[] memory list) {
        list = new TradeId[](2);
        (list[0], list[1]) = (first, second);
    }

    function _terms(TradeId id) internal view returns (TradeTerms memory) {
        return _opened[TradeId.unwrap(id)].terms;
    }

    /// @notice What `settle` asks of a trade, as the log says; `price` is its index among the prices of the call.
    function _item(TradeId id, uint16 price) internal view returns (TradeSettlement memory) {
        Opened memory opened = _opened[TradeId.unwrap(id)];
        return TradeSettlement(id, price, opened.terms, opened.firstSlot, opened.stretch);
    }

    /// @notice A day settlement for each trade, with a price curve of its own.
    function _settlements(
        TradeId[] memory ids
    ) internal view returns (DaySettlement[] memory settlements, bytes[] memory prices) {
        settlements = new DaySettlement[](ids.length);
        prices = new bytes[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            TradeTerms memory terms = _terms(ids[i]);
            settlements[i].meter = terms.sellerMeter;
            settlements[i].day = terms.day;
            settlements[i].metered = _meteredOf[terms.sellerMeter][terms.day];
            settlements[i].book = _book(ids[i]);
            settlements[i].offset = _opened[TradeId.unwrap(ids[i])].offset;
            settlements[i].trades = new TradeSettlement[](1);
            settlements[i].trades[0] = _item(ids[i], uint16(i));
            prices[i] = _priceCurves[terms.priceHash];
        }
    }

    /// @notice All trades of a meter day at once, each with a price curve of its own.
    function _wholeDay(
        MeterId meter,
        Day day_
    ) internal view returns (DaySettlement[] memory settlements, bytes[] memory prices) {
        TradeId[] memory ids = _tradesOf[meter][day_];
        settlements = new DaySettlement[](1);
        settlements[0].meter = meter;
        settlements[0].day = day_;
        settlements[0].metered = _meteredOf[meter][day_];
        settlements[0].book = _book(ids[0], ids[ids.length - 1]);
        settlements[0].trades = new TradeSettlement[](ids.length);
        prices = new bytes[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            settlements[0].trades[i] = _item(ids[i], uint16(i));
            prices[i] = _priceCurves[_terms(ids[i]).priceHash];
        }
    }

    /// @notice Each meter day by itself, as it is kept.
    function _runs(DaySettlement[] memory settlements) internal view returns (SettlementRun[] memory runs) {
        runs = new SettlementRun[](settlements.length);
        for (uint256 i; i < runs.length; ++i) {
            runs[i] = SettlementRun(_proofOf(settlements[i].meter, settlements[i].day), new DaySettlement[](1));
            runs[i].settlements[0] = settlements[i];
        }
    }

    /// @notice Settles trades and claims what they delivered.
    function _settle(TradeId[] memory ids) internal {
        _settleAlone(ids);
        for (uint256 i; i < ids.length; ++i) {
            if (escrow.statusOf(ids[i]) == TradeStatus.Settled) _claim(ids[i]);
        }
    }

    /// @notice Settles trades and claims nothing.
    function _settleAlone(TradeId[] memory ids) internal {
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(ids);
        _settle(settlements, prices);
    }

    function _settle(DaySettlement[] memory settlements, bytes[] memory prices) internal {
        vm.recordLogs();
        escrow.settle(_runs(settlements), prices);
        _readLog();
    }

    /// @notice Where the outcome of a trade is found, by the log.
    function _kept(TradeId id) internal view returns (OutcomeProof memory) {
        Opened storage opened = _opened[TradeId.unwrap(id)];
        if (opened.settlement == 0) return OutcomeProof(0, new bytes32[](0));
        return
            OutcomeProof(opened.settlement, MerkleTreeReference.siblings(_outcomesOf[opened.settlement], opened.place));
    }

    /// @notice The claim of a trade with its outcome at settlement.
    function _claimOf(TradeId id) internal view returns (KwhClaim[] memory claims) {
        claims = new KwhClaim[](1);
        claims[0] = KwhClaim(id, _terms(id), _settledAs[TradeId.unwrap(id)], _kept(id));
    }

    function _claim(TradeId id) internal {
        KwhClaim[] memory claims = _claimOf(id);
        vm.recordLogs();
        escrow.claimKwh(claims);
        _readLog();
    }

    function _settle(TradeId id) internal {
        _settle(_ids(id));
    }

    /// @notice The lapse of one trade.
    function _lapseOf(TradeId id) internal view returns (DayLapse[] memory lapses) {
        TradeTerms[] memory terms = new TradeTerms[](1);
        terms[0] = _terms(id);
        lapses = new DayLapse[](1);
        lapses[0] = DayLapse(terms[0].sellerMeter, terms[0].day, _book(id), _ids(id), terms);
    }

    function _lapseTrade(TradeId id) internal {
        DayLapse[] memory lapses = _lapseOf(id);
        vm.recordLogs();
        escrow.lapse(lapses);
        _readLog();
    }

    function _mintSurplus(MeterId meter) internal {
        escrow.mintSurplus(meter, day, _meteredOf[meter][day], _sold(meter, day), _proofOf(meter, day));
    }

    // ---- correcting and adjusting

    /// @notice Corrects a final selling day of this market, notes the curve, and waits until it can be adjusted by.
    function _corrected(MeterId meter, bytes memory curve) internal {
        _correct(meter, day, curve);
        _correctedOf[meter][day] = curve;
        vm.warp(meters.correctionOf(meter, day).adjustableAt);
    }

    /// @notice A day adjustment for each trade, with a price curve of its own.
    function _adjustments(
        TradeId[] memory ids
    ) internal view returns (DayAdjustment[] memory adjustments, bytes[] memory prices) {
        adjustments = new DayAdjustment[](ids.length);
        prices = new bytes[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            Opened memory opened = _opened[TradeId.unwrap(ids[i])];
            (MeterId meter, Day day_) = (opened.terms.sellerMeter, opened.terms.day);
            (adjustments[i].meter, adjustments[i].day) = (meter, day_);
            adjustments[i].corrected = _correctedOf[meter][day_];
            adjustments[i].trades = new TradeAdjustment[](1);
            adjustments[i].trades[0] = TradeAdjustment(
                ids[i],
                uint16(i),
                opened.terms,
                opened.energy,
                opened.offset,
                _outcomeOf[TradeId.unwrap(ids[i])],
                _kept(ids[i])
            );
            prices[i] = _priceCurves[opened.terms.priceHash];
        }
    }

    function _adjust(TradeId[] memory ids) internal {
        (DayAdjustment[] memory adjustments, bytes[] memory prices) = _adjustments(ids);
        vm.recordLogs();
        adjusting.adjust(adjustments, prices);
        _readLog();
    }

    function _arrange(TradeId id, uint256 until) internal {
        vm.prank(arbiter);
        escrow.freeze(id, uint40(until));
    }

    // ---- reading the log

    /// @notice Notes what was logged since `vm.recordLogs`.
    function _readLog() internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            _note(logs[i]);
        }
    }

    function _note(Vm.Log memory log) internal virtual {
        bytes32 event_ = log.topics[0];
        _noteDebt(log);
        if (log.emitter == address(adjusting) && event_ == IAdjustmentDesk.TradeAdjusted.selector) {
            (, , _outcomeOf[uint64(uint256(log.topics[1]))]) = abi.decode(log.data, (uint16, int256, Outcome));
        }
        if (log.emitter != address(escrow)) return;
        if (event_ == ITradeEscrowEvents.TradeOpened.selector) {
            _readOpened(log);
        } else if (event_ == ITradeEscrowEvents.PriceCurve.selector) {
            _priceCurves[log.topics[1]] = abi.decode(log.data, (bytes));
        } else if (event_ == ITradeEscrowEvents.OrdersFilled.selector) {
            OrderFill[] memory fills = abi.decode(log.data, (OrderFill[]));
            for (uint256 i; i < fills.length; ++i) {
                _usedOf[fills[i].order] = fills[i].usedFen;
            }
        } else if (event_ == ITradeEscrowEvents.Skipped.selector) {
            (uint256 sale, uint256 leg, SkipReason reason) = abi.decode(log.data, (uint256, uint256, SkipReason));
            _skips.push(Skip(sale, leg, reason));
        } else if (event_ == ITradeEscrowEvents.TradeSettled.selector) {
            (Outcome memory outcome, uint64 settlement) = abi.decode(log.data, (Outcome, uint64));
            _noteOutcome(uint64(uint256(log.topics[1])), outcome, settlement);
        } else if (event_ == ITradeEscrowEvents.OutcomesKept.selector) {
            _saidRootOf[uint64(uint256(log.topics[1]))] = abi.decode(log.data, (bytes32));
        } else if (event_ == ITradeEscrowEvents.TradeRuled.selector) {
            Outcome memory ruled;
            uint64 settlement;
            (ruled.energyFen, ruled.networkFen, ruled.deviationFen, settlement) = abi.decode(
                log.data,
                (uint256, uint256, uint256, uint64)
            );
            _noteOutcome(uint64(uint256(log.topics[1])), ruled, settlement);
        }
    }

    function _noteOutcome(uint64 id, Outcome memory outcome, uint64 settlement) private {
        Opened storage opened = _opened[id];
        (_outcomeOf[id], _settledAs[id]) = (outcome, outcome);
        (opened.settlement, opened.place) = (settlement, _outcomesOf[settlement].length);
        _outcomesOf[settlement].push(keccak256(abi.encode(opened.commitment, outcome)));
    }

    function _readOpened(Vm.Log memory log) private {
        Opened storage opened = _opened[uint64(uint256(log.topics[1]))];
        (uint64 round, TradeTerms memory terms, uint256 firstSlot, bytes memory energy) = abi.decode(
            log.data,
            (uint64, TradeTerms, uint256, bytes)
        );
        (opened.firstSlot, opened.stretch) = (uint8(firstSlot), energy);
        energy = Rounds.unfold(firstSlot, energy);
        (opened.terms, opened.round, opened.energy) = (terms, round, energy);
        (opened.sellOrder, opened.buyOrder) = (log.topics[2], log.topics[3]);
        bytes memory before = _positionOf[terms.sellerMeter][terms.day];
        (opened.offset, opened.earlier) = (before, _tradesHash(terms.sellerMeter, terms.day));
        opened.commitment = keccak256(abi.encode(log.topics[1], terms));
        _tradesOf[terms.sellerMeter][terms.day].push(TradeId.wrap(uint64(uint256(log.topics[1]))));
        _positionOf[terms.sellerMeter][terms.day] = Builder.plus(before, energy);
        if (round == 0) return; // A bilateral trade is whole: nothing is filled.
        _filledOf[opened.sellOrder] = Builder.plus(_filledOf[opened.sellOrder], energy);
        _filledOf[opened.buyOrder] = Builder.plus(_filledOf[opened.buyOrder], energy);
    }

    // ---- margin

    /// @notice Announces that all margin of everybody comes back.
    function _announceAllReleases() internal {
        for (uint32 i = 1; i <= registry.participantCount(); ++i) {
            ParticipantId id = ParticipantId.wrap(i);
            Margin memory margin = escrow.marginOf(id);
            if (margin.lockedFen == 0 && margin.termsFen == 0) continue;
            address account = registry.accountOf(id);
            vm.prank(account);
            escrow.announceRelease(margin.lockedFen, margin.termsFen);
        }
    }

    /// @notice Gives back what was announced, once the notice is over.
    function _releaseAllMargins() internal {
        for (uint32 i = 1; i <= registry.participantCount(); ++i) {
            ParticipantId id = ParticipantId.wrap(i);
            if (escrow.marginReleaseOf(id).due != 0) escrow.releaseMargin(id);
        }
    }

    // ---- what is so

    function _status(TradeId id) internal view returns (TradeStatus) {
        return escrow.statusOf(id);
    }

    /// @notice That the escrow keeps of a meter day the trades that were logged, and this position.
    function _assertBook(MeterId meter, bytes memory position) internal view {
        assertEq(_positionOf[meter][day], position, "position");
        assertEq(bytes32(escrow.bookOf(meter, day)), bytes32(_bookHash(meter, day)), "book");
    }

    function _assertStatus(TradeId id, TradeStatus status) internal view {
        assertEq(uint256(escrow.statusOf(id)), uint256(status), "status of the trade");
    }

    /// @notice What is held of somebody for trades.
    function _held(Party memory party) internal view returns (uint256) {
        return deposits.heldBy(party.id, address(escrow)) - _margin(party);
    }

    /// @notice What somebody has set aside for rounds.
    function _margin(Party memory party) internal view returns (uint256) {
        return escrow.marginOf(party.id).lockedFen;
    }

    /// @notice What somebody has beside its margin.
    function _balance(ParticipantId id) internal view returns (uint256) {
        return deposits.balanceOfParticipant(id) - escrow.marginOf(id).lockedFen;
    }

    function _kwhOf(address account, MeterId meter) internal view returns (uint256) {
        return kwh.balanceOf(account, kwh.idOf(meter, day));
    }

    /// @notice The debt that a trade left, as the log says; 0 if none.
    function _debtOf(TradeId id, DebtCode code) internal view returns (DebtId) {
        return _debtFrom(code, bytes32(uint256(TradeId.unwrap(id))));
    }

    function _assertOwed(TradeId id, DebtCode code, ParticipantId debtor, ParticipantId to, uint256 fen) internal view {
        _assertDebt(_debtOf(id, code), debtor, to, fen);
    }

    /// @notice Whether the last round skipped exactly one thing, for this reason.
    function _assertSkipped(uint256 sale, uint256 leg, SkipReason reason) internal view {
        assertEq(_skips.length, 1, "skips");
        assertEq(uint256(_skips[0].reason), uint256(reason), "reason");
        assertEq(_skips[0].sale, sale, "sale skipped");
        assertEq(_skips[0].leg, leg, "leg skipped");
    }
}
