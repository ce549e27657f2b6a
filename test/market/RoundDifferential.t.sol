// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {IBondPolicy} from "../../contracts/market/interfaces/IBondPolicy.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    Margin,
    NonceKind,
    Round as PackedRound,
    SkipReason,
    TradeStatus,
    ZonePrice
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Meter} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Direction, FirmSize, Source} from "../../contracts/types/Enums.sol";
import {MeterId, TradeId, ZoneId} from "../../contracts/types/Ids.sol";
import {RoundBytes} from "../reference/RoundBytes.sol";
import {Rooms, RoundReference} from "../reference/RoundReference.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market, Party, SaleDraft} from "../utils/Market.sol";
import {Leg, Round, Rounds, SignedOrder} from "../utils/Rounds.sol";
import {Vm} from "../utils/Vm.sol";
import {SigningWallet, TestBondPolicy} from "../utils/Wallets.sol";

/// @notice An order of a random market, and what is wrong with it.
struct Wish {
    bool sell;
    Party party;
    SignedOrder order;
    SkipReason fault;
}

/// @notice Random rounds, submitted to the escrow and to its slow twin: the same answer, the same events, the same books.
contract RoundDifferentialTest is Market {
    uint256 internal constant REASONS = uint256(type(SkipReason).max) + 1;
    uint256 internal constant MARKETS = 120;
    uint256 internal constant PRICE = 40_000;

    RoundReference internal twin;
    TestBondPolicy internal policy;
    Party[] internal sellers;
    Party[] internal buyers;
    Party internal defaulter;
    /// @dev Whether the market at hand is matched continuously.
    bool internal continuous;
    /// @dev One participant: with the key it lost yesterday, and with the new one.
    Party internal former;
    Party internal successor;
    uint256 private _seed;
    /// @dev How often the submissions of a market refused, and why they left something out.
    uint256 private _refusals;
    mapping(SkipReason => uint256) private _seen;

    function setUp() public override {
        super.setUp();
        _admitWhoLosesItsKey();
        _admitDefaulter();
        _admitSellers();
        _admitBuyers();
        policy = new TestBondPolicy();
        policy.set(1_500, false, false);
        RuleSet memory set = _rules();
        set.bondPolicy = IBondPolicy(address(policy));
        uint256 completableAt = registry.replacementOf(former.id).completableAt;
        if (block.timestamp < completableAt) vm.warp(completableAt);
        registry.completeReplacement(former.id);
        _newRules(set);
        // Tomorrow, so that the former account still trades.
        day = Calendar.today().plusDays(1);
        twin = new RoundReference(Rooms(address(escrow), registry, meters, kwh, rules, debts));

        for (uint256 i; i < sellers.length; ++i) {
            twin.setMargin(sellers[i].id, escrow.marginOf(sellers[i].id));
        }
        for (uint256 i; i < buyers.length; ++i) {
            twin.setMargin(buyers[i].id, escrow.marginOf(buyers[i].id));
        }
    }

    /// @dev Its margin suffices for few of its orders.
    function _admitWhoLosesItsKey() private {
        former = _enterAt("works that loses its key", Direction.Consumption, DEYANG, 20_000_000);
        _keepMargin(former, 400, 400);
        (successor, successor.key) = (former, _keyOf("works with a new key"));
        successor.account = _named("works with a new key");
        _proposeReplacement(former.id, successor.account);
    }

    /// @dev Early, since grace has to pass.
    function _admitDefaulter() private {
        defaulter = _enterAt("works in default", Direction.Consumption, DEYANG, 20_000_000);
        _admitPoster(address(this), DebtCode.Adjustment);
        _default(_post(DebtCode.Adjustment, defaulter.id, gridId, 1, Calendar.today()));
    }

    function _admitSellers() private {
        sellers.push(thermal);
        sellers.push(solar);
        sellers.push(_enterAt("Shifang hydro", Direction.Generation, SHIFANG, 20_000_000));
        // No slot of it may hold more than 55 Wh.
        sellers.push(_enterAt("rooftop", Direction.Generation, DEYANG, 200));
        sellers.push(_enterAt("plant too large for neighbours", Direction.Generation, DEYANG, 60_000_000));
        sellers.push(_enterAt("suspended plant", Direction.Generation, DEYANG, 20_000_000));
        _suspend(sellers[5].id);
        sellers.push(_enterAt("plant that pledges little", Direction.Generation, DEYANG, 20_000_000));
        _keepMargin(sellers[6], 60, 60);
        sellers.push(_enterAt("thermal plant", Direction.Generation, DEYANG, 20_000_000));
        sellers[7].meter = _addMeter(sellers[7].id, Direction.Generation, Source.Thermal, DEYANG);
    }

    function _admitBuyers() private {
        buyers.push(works);
        buyers.push(mill);
        buyers.push(_enterAt("Shifang works", Direction.Consumption, SHIFANG, 20_000_000));
        buyers.push(_enterAt("household", Direction.Consumption, DEYANG, 20_000_000));
        _keepMargin(buyers[3], 300, 200);
        Party memory pump = solar;
        pump.meter = _addMeter(solar.id, Direction.Consumption, Source.None, DEYANG);
        buyers.push(pump);
        Party memory large;
        (large.account, large.key) = (_named("large works"), _keyOf("large works"));
        large.id = _enrol(large.account, Kinds.CONSUMER, FirmSize.Large);
        large.meter = _addMeter(large.id, Direction.Consumption, Source.None, DEYANG);
        _fund(large.account, WEALTH);
        _optIn(large.account, address(escrow));
        _setMarginAside(large.account);
        buyers.push(large);
        address wallet = address(new SigningWallet(vm.addr(_keyOf("owner of a wallet"))));
        buyers.push(_enter(wallet, _keyOf("owner of a wallet"), Direction.Consumption, Source.None, DEYANG));
        // Twice, to come up often enough.
        buyers.push(defaulter);
        buyers.push(defaulter);
        buyers.push(former);
        buyers.push(successor);
    }

    function _enterAt(
        string memory name,
        Direction direction,
        ZoneId zone,
        uint32 capacityW
    ) private returns (Party memory party) {
        Source source = direction == Direction.Generation ? Source.HydroRunOfRiver : Source.None;
        party = _enter(_named(name), _keyOf(name), direction, source, zone);
        Meter memory properties = _meter(party.id, direction);
        (properties.source, properties.zone, properties.capacityW) = (source, zone, capacityW);
        party.meter = _registerMeter(properties);
    }

    /// @dev A day before the market: notice has to pass.
    function _keepMargin(Party memory party, uint96 lockedFen, uint96 termsFen) private {
        _leaveMargin(party, lockedFen, termsFen);
        day = Calendar.today().plusDays(2);
    }

    // ---- chance

    function _random(uint256 count) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % count;
    }

    function _once(uint256 among) private returns (bool) {
        return _random(among) == 0;
    }

    /// @notice One market of random traders, in three submissions.
    /// forge-config: default.fuzz.runs = 48
    function testFuzz_theEscrowDoesWhatItsTwinDoes(uint256 seed) public {
        play(seed);
    }

    function test_randomMarketsMeetEveryReason() public {
        uint256[] memory seen = new uint256[](REASONS);
        uint256 trades;
        uint256 refusals;
        for (uint256 seed; seed < MARKETS; ++seed) {
            uint256 before = vm.snapshotState();
            (uint256[] memory skips, uint256 opened, uint256 refused) = this.play(seed);
            vm.revertToState(before);
            trades += opened;
            refusals += refused;
            for (uint256 i; i < REASONS; ++i) {
                seen[i] += skips[i];
            }
        }
        string memory missing;
        for (uint256 i = 1; i < REASONS; ++i) {
            if (seen[i] == 0) missing = string.concat(missing, " ", vm.toString(i));
        }
        assertEq(missing, "", "reasons that nothing was skipped for");
        assertTrue(trades > MARKETS / 2, "trades");
        assertTrue(refusals > MARKETS / 4, "refusals");
    }

    /// @notice Plays one random market; returns what was skipped, how many trades opened, how often it refused.
    function play(uint256 seed) public returns (uint256[] memory skips, uint256 opened, uint256 refused) {
        _seed = uint256(keccak256(abi.encode("market", seed)));
        policy.set(_random(4) * 5_000, _once(8), false);
        term = [0, 0, 0, 30, 61, 181][_random(6)];
        continuous = _once(3);
        if (!continuous) _closeBook();
        Wish[] memory wishes = new Wish[](9);
        for (uint256 i; i < wishes.length; ++i) {
            wishes[i] = _wish(i < 4);
        }
        uint64 before = escrow.tradeCount();
        bytes memory price = _prices();
        for (uint256 i; i < 3; ++i) {
            // The second belongs to the round of the first, mostly at its prices.
            if (i == 2 || _once(12)) price = _prices();
            _submitToBoth(_break(_draw(wishes, i < 2 ? 1 : 2, price)));
            _compareBooks(wishes);
        }
        skips = new uint256[](REASONS);
        for (uint256 i; i < REASONS; ++i) {
            skips[i] = _seen[SkipReason(i)];
        }
        (opened, refused) = (escrow.tradeCount() - before, _refusals);
    }

    // ---- orders

    function _wish(bool sell) private returns (Wish memory wish) {
        wish.sell = sell;
        wish.party = sell ? _pick(sellers) : _pick(buyers);
        SignedOrder memory order = _order(wish.party, _someBands(sell));
        (order.continuous, order.greenCertificates) = (!_once(10), _once(10));
        if (_once(5)) order.maxFen = _random(sell ? 100 : 600);
        // Two orders of one nonce.
        if (_once(16)) order.nonce = uint32(_random(order.nonce));
        wish.order = order;
        if (_once(3)) _spoil(wish);
    }

    /// @dev The first two trade without trouble and come up most.
    function _pick(Party[] storage among) private returns (Party memory) {
        return among[_once(3) ? _random(2) : _random(among.length)];
    }

    /// @dev One band or two, from slot 8 to slot 88.
    function _someBands(bool sell) private returns (Band[] memory) {
        uint256 cut = 9 + _random(79);
        uint256 limit = sell ? PRICE - _random(9_000) : PRICE + 4_000 + _random(9_000);
        Band memory first = Builder.band(8, cut, 200 + _random(2_500), limit);
        if (_once(3)) return Builder.bands(Builder.band(8, 88, 200 + _random(2_500), limit));
        return Builder.bands(first, Builder.band(cut, 88, 200 + _random(2_500), sell ? limit - 1 : limit + 1));
    }

    function _spoil(Wish memory wish) private {
        SkipReason[9] memory faults = [
            SkipReason.InvalidBands,
            SkipReason.WrongTotals,
            SkipReason.InvalidSignature,
            SkipReason.Expired,
            SkipReason.Cancelled,
            SkipReason.TraderNotGood,
            SkipReason.MeterNotTradable,
            SkipReason.StaleFill,
            SkipReason.StalePosition
        ];
        wish.fault = faults[_random(9)];
        SignedOrder memory order = wish.order;
        if (wish.fault == SkipReason.InvalidBands) _spoilBand(order);
        else if (wish.fault == SkipReason.WrongTotals) _spoilTotals(order);
        else if (wish.fault == SkipReason.Expired) order.expiry = uint64(block.timestamp - _random(2));
        else if (wish.fault == SkipReason.Cancelled) _cancel(wish);
        else if (wish.fault == SkipReason.TraderNotGood) (wish.party, order.meter) = (sellers[5], sellers[5].meter);
        else if (wish.fault == SkipReason.MeterNotTradable) order.meter = MeterId.wrap(uint64(1 + _random(20)));
    }

    function _spoilBand(SignedOrder memory order) private {
        Band memory band = order.bands[order.bands.length - 1];
        uint256 kind = _random(6);
        if (kind == 0) band.energyWh = 0;
        else if (kind == 1) band.energyWh = 1 << 31;
        else if (kind == 2) band.price = 1 << 31;
        else if (kind == 3) band.toSlot = 97;
        else if (kind == 4) band.toSlot = band.fromSlot;
        else if (order.bands.length == 1) order.bands = new Band[](0);
        else --band.fromSlot;
    }

    function _spoilTotals(SignedOrder memory order) private {
        if (_once(2)) ++order.totalEnergyWh;
        else --order.totalAmountFen;
    }

    /// @dev As of before the cut-off.
    function _cancel(Wish memory wish) private {
        (NonceKind kind, uint32 nonce) = (_kindOf(wish), wish.order.nonce);
        uint256 time = block.timestamp;
        vm.warp(Calendar.startOf(day) - 1 days);
        _cancel(wish.party, kind, nonce);
        vm.warp(time);
        twin.cancel(wish.party.account, kind, day, nonce);
    }

    function _kindOf(Wish memory wish) private pure returns (NonceKind) {
        return wish.sell ? NonceKind.SellOrder : NonceKind.BuyOrder;
    }

    /// @dev Signs an order as it stands now, unless its fault lies there.
    function _signed(Wish memory wish) private returns (Draft memory draft) {
        SignedOrder memory order = abi.decode(abi.encode(wish.order), (SignedOrder));
        draft = _draft(wish.sell, wish.party, order);
        if (wish.fault == SkipReason.InvalidSignature) order.signature = _badSignature(order.signature);
        if (wish.fault == SkipReason.StaleFill) {
            if (_once(2)) order.usedFen += 1;
            else order.filled = Builder.plus(order.filled, Builder.level(9, 10, 1));
        }
        if (_once(8)) _presign(wish, order);
    }

    function _badSignature(bytes memory signature) private returns (bytes memory) {
        if (_once(2)) return _sign(_keyOf("a stranger"), keccak256(signature));
        signature[_random(64)] ^= 0x01;
        return signature;
    }

    function _presign(Wish memory wish, SignedOrder memory order) private {
        bytes32 digest = _digestOf(wish.sell, wish.party, order);
        if (!_once(4)) {
            vm.prank(wish.party.account);
            escrow.presign(digest);
            twin.presign(wish.party.account, digest);
        }
        order.signature = "";
    }

    // ---- rounds

    /// @dev A curve around the price, now and then with slots that were not cleared.
    function _prices() private returns (bytes memory price) {
        price = Builder.level(0, 96, PRICE + _random(4_000));
        for (uint256 i = _random(3); i > 0; --i) {
            Builder.set(price, _random(96), _once(2) ? 0 : PRICE + _random(8_000));
        }
    }

    /// @dev Some of the orders, as they stand now, and random legs between them.
    function _draw(Wish[] memory wishes, uint64 number, bytes memory price) private returns (Round memory) {
        Draft[] memory buys = new Draft[](1 + _random(4));
        uint256 first = _random(5);
        for (uint256 i; i < buys.length; ++i) {
            buys[i] = _signed(wishes[4 + ((first + i) % 5)]);
        }
        SaleDraft[] memory sales = new SaleDraft[](1 + _random(3));
        first = _random(4);
        for (uint256 i; i < sales.length; ++i) {
            Wish memory wish = wishes[(first + i) % 4];
            sales[i] = SaleDraft(_signed(wish), _soldFor(wish), _someLegs(buys.length));
        }
        ZonePrice[] memory prices = new ZonePrice[](1 + _random(3));
        prices[0] = ZonePrice(_once(12) ? SHIFANG : DEYANG, price);
        if (prices.length > 1) prices[1] = ZonePrice(SHIFANG, price);
        // Once more.
        if (prices.length > 2) prices[2] = ZonePrice(SHIFANG, price);
        Round memory round = _assemble(number, prices, buys, sales);
        for (uint256 i = 1; i < sales.length; ++i) {
            // Of another meter now and then, whose day is as it is left by chance alone.
            bool follows = MeterId.unwrap(round.sales[i].order.meter) == MeterId.unwrap(round.sales[i - 1].order.meter);
            round.sales[i].asLeft = follows ? !_once(3) : _once(16);
            if (round.sales[i].asLeft) round.sales[i].sold = "";
        }
        round.continuous = continuous;
        return round;
    }

    function _soldFor(Wish memory wish) private returns (bytes memory sold) {
        sold = _sold(wish.order.meter, day);
        if (wish.fault != SkipReason.StalePosition) return sold;
        if (_once(2)) return "";
        return bytes.concat(Builder.level(20, 21, 7), _tradesHash(wish.order.meter, day));
    }

    function _someLegs(uint256 buyCount) private returns (Leg[] memory legs) {
        legs = new Leg[](_random(5));
        for (uint256 i; i < legs.length; ++i) {
            uint256 from = 8 + _random(79);
            uint256 to = from + 1 + _random(88 - from);
            uint256 energyWh = _once(16) ? 0 : _random(_once(4) ? 3_000 : 200);
            bytes memory energy = Builder.level(from, to, energyWh);
            if (_once(24)) energy = Builder.level(7, 9, 1);
            // Around half a fen.
            if (_once(8)) energy = Builder.level(10, 11, 1 + _random(24));
            legs[i] = _leg(_random(buyCount), energy);
        }
    }

    /// @dev Breaks a duty of the operator once in a while.
    function _break(Round memory round) private returns (PackedRound memory packed) {
        uint256 kind = _random(40);
        SignedOrder[] memory buys = round.buys;
        if (kind == 0) round.round = 0;
        else if (kind == 1) buys[0].trader = uint16(round.traders.length);
        else if (kind == 2) round.sales[0].order.trader = 999;
        else if (kind == 3) buys[buys.length - 1] = buys[0];
        else if (kind == 4) round.traders[round.traders.length - 1] = round.traders[0];
        else if (kind == 5) round.prices[0].zone = ZoneId.wrap(77);
        else if (kind == 6) round.day = day.plusDays(40);
        else if (kind == 7) _breakPrice(round.prices);
        else if (kind == 8) _breakLegs(round);
        packed = Rounds.pack(round);
        if (kind == 9) packed.buys = _cut(packed.buys);
        else if (kind == 10) packed.sales = _cut(packed.sales);
        else if (kind == 11) packed.buys = bytes.concat(packed.buys, hex"00");
        else if (kind == 12) packed.sales = bytes.concat(packed.sales, hex"00");
        else if (kind == 13) _widenLastLeg(round, packed);
    }

    function _breakPrice(ZonePrice[] memory prices) private {
        uint256 kind = _random(4);
        bytes memory price = bytes.concat(prices[0].price);
        if (kind == 0) price = _cut(price);
        else if (kind == 1) Builder.set(price, _random(96), 1 << 31);
        else if (kind == 2) Builder.set(price, _random(96), 7_499);
        else Builder.set(price, _random(96), 60_001);
        prices[0].price = price;
    }

    function _breakLegs(Round memory round) private {
        Leg[] memory legs = round.sales[0].legs;
        if (legs.length == 0) return;
        if (_once(2)) legs[0].buy = uint16(round.buys.length);
        else legs[0].energy = Builder.level(10, 11, 1 << 31);
    }

    /// @dev The last leg begins where it ended.
    function _widenLastLeg(Round memory round, PackedRound memory packed) private pure {
        Leg[] memory legs = round.sales[round.sales.length - 1].legs;
        if (legs.length == 0) return;
        uint256 length = Rounds.pack(legs[legs.length - 1]).length;
        packed.sales[packed.sales.length - length + 2] = bytes1(uint8(12));
    }

    function _cut(bytes memory whole) private returns (bytes memory part) {
        part = new bytes(whole.length - 1 - _random(40));
        for (uint256 i; i < part.length; ++i) {
            part[i] = whole[i];
        }
    }

    // ---- the escrow beside its twin

    function _submitToBoth(PackedRound memory round) private {
        vm.recordLogs();
        (bool expected, bytes memory reason) = address(twin).call(abi.encodeCall(RoundReference.openRound, (round)));
        Vm.Log[] memory twinLogs = vm.getRecordedLogs();
        vm.recordLogs();
        vm.prank(marketOperator);
        (bool done, bytes memory failure) = address(escrow).call(abi.encodeCall(TradeEscrow.openRound, (round)));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (!expected) {
            ++_refusals;
            assertFalse(done, "the twin refuses");
            // Bytes that are cut short are refused, for whatever is read behind them.
            if (bytes4(reason) != RoundBytes.RoundBytes_Cut.selector) assertEq(failure, reason, "refusal");
            return;
        }
        assertTrue(done, string.concat("the escrow refuses: ", string(failure)));
        assertEq(logs.length, twinLogs.length, "number of events");
        for (uint256 i; i < logs.length; ++i) {
            assertEq(abi.encode(logs[i].topics), abi.encode(twinLogs[i].topics), "topics of an event");
            assertEq(logs[i].data, twinLogs[i].data, "data of an event");
            _note(logs[i]);
        }
        _count();
    }

    function _count() private {
        for (uint256 i; i < _skips.length; ++i) {
            ++_seen[_skips[i].reason];
        }
        delete _skips;
    }

    function _compareBooks(Wish[] memory wishes) private view {
        for (uint256 i; i < wishes.length; ++i) {
            SignedOrder memory order = wishes[i].order;
            address account = wishes[i].party.account;
            (NonceKind kind, uint32 nonce) = (_kindOf(wishes[i]), order.nonce);
            bool spent = escrow.isNonceUsed(account, kind, day, nonce);
            assertTrue(spent == twin.isNonceUsed(account, kind, day, nonce), "nonce");
            // Of a complete order the word stays as it was, and means nothing.
            bytes32 fillHash = escrow.fillHashOf(account, kind, day, nonce);
            assertEq(fillHash, twin.fillHashOf(account, kind, day, nonce), "fill");
            assertEq(bytes32(escrow.bookOf(order.meter, day)), bytes32(twin.bookOf(order.meter, day)), "book");
            _comparePurse(wishes[i].party);
        }
        bytes32 priceHash = twin.priceHashOf(day, DEYANG, term);
        assertEq(escrow.priceHashOf(day, DEYANG, term), priceHash, "price of Deyang");
        priceHash = twin.priceHashOf(day, SHIFANG, term);
        assertEq(escrow.priceHashOf(day, SHIFANG, term), priceHash, "price of Shifang");
        assertEq(escrow.tradeCount(), twin.tradeCount(), "trades");
        for (uint64 i = 1; i <= escrow.tradeCount(); ++i) {
            TradeId id = TradeId.wrap(i);
            _assertStatus(id, TradeStatus.Open);
        }
    }

    function _comparePurse(Party memory party) private view {
        Margin memory margin = escrow.marginOf(party.id);
        assertEq(margin.lockedFen, twin.lockedFenOf(party.id), "money");
        assertEq(margin.termsFen, twin.termsFenOf(party.id), "terms");
    }
}
