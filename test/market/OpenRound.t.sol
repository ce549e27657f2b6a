// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {RoundOpening} from "../../contracts/market/RoundOpening.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {IMarketRules, RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    ITradeEscrowEvents,
    NonceKind,
    Round as PackedRound,
    SkipReason,
    Trade,
    TradeStatus,
    TradeTerms,
    ZonePrice
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {EscrowCode} from "../../contracts/market/parts/EscrowCode.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, Source} from "../../contracts/types/Enums.sol";
import {DebtId, TradeId, ZoneId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market, Party, SaleDraft} from "../utils/Market.sol";
import {Leg, Round, Rounds, SignedOrder} from "../utils/Rounds.sol";
import {Vm} from "../utils/Vm.sol";
import {HostileWallet, SigningWallet, Spite} from "../utils/Wallets.sol";

contract OpenRoundTest is Market {
    uint256 internal constant PRICE = 40_000;

    /// @dev Four slots from midnight.
    function _bands(uint256 energyWh, uint256 limit) internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(0, 4, energyWh, limit));
    }

    function _energy(uint256 energyWh) internal pure returns (bytes memory) {
        return Builder.level(0, 4, energyWh);
    }

    function _sells(Party memory party, uint256 energyWh) internal returns (Draft memory) {
        return _sell(party, _bands(energyWh, 30_000));
    }

    function _buys(Party memory party, uint256 energyWh) internal returns (Draft memory) {
        return _buy(party, _bands(energyWh, 50_000));
    }

    function _roundOf(Draft memory sell, Draft memory buy, uint256 energyWh) internal view returns (Round memory) {
        return _roundOf(1, sell, buy, _energy(energyWh));
    }

    function _roundOf(
        uint64 number,
        Draft memory sell,
        Draft memory buy,
        bytes memory energy
    ) internal view returns (Round memory) {
        return _round(number, PRICE, _drafts(buy), _sales(_sale(sell, _legs(_leg(0, energy)))));
    }

    /// @dev A round in which thermal sells to works by the drafts given, and then solar to the mill.
    function _twoSales(Draft memory sell, Draft memory buy) internal returns (Round memory) {
        return
            _round(
                1,
                PRICE,
                _drafts(buy, _buys(mill, 1_000)),
                _sales(
                    _sale(sell, _legs(_leg(0, _energy(1_000)))),
                    _sale(_sells(solar, 1_000), _legs(_leg(1, _energy(1_000))))
                )
            );
    }

    /// @dev Submits a round of two sales, of which the first is left out as a whole.
    function _skipsSale(Round memory round, SkipReason reason) internal {
        uint64 before = escrow.tradeCount();
        _submit(round);
        _assertSkipped(0, WHOLE_SALE, reason);
        assertEq(escrow.tradeCount(), before + 1, "the other sale went through");
    }

    /// @dev Submits a round of two sales, of which the first leg of the first is left out.
    function _skipsLeg(Round memory round, SkipReason reason) internal {
        uint64 before = escrow.tradeCount();
        _submit(round);
        _assertSkipped(0, 0, reason);
        assertEq(escrow.tradeCount(), before + 1, "the other sale went through");
    }

    function _refused(Round memory round, bytes memory failure) internal {
        if (!round.continuous && block.timestamp < Calendar.startOf(day) - 1 days) _closeBook();
        vm.prank(marketOperator);
        vm.expectRevert(failure);
        escrow.openRound(Rounds.pack(round));
    }

    function _malformed(string memory what, uint256 position) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_MalformedRound.selector, what, position);
    }

    function _resign(Party memory party, bool sell, SignedOrder memory order) internal view returns (Draft memory) {
        return _draft(sell, party, order);
    }

    function test_opensAtThePriceOfTheRound() public {
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        assertEq(_skips.length, 0, "skips");
        TradeTerms memory terms = _terms(TradeId.wrap(1));
        // 4 kWh at 400 元/MWh and 0.1553 元/kWh.
        assertEq(terms.energyFen, 160, "energy");
        assertEq(terms.networkFen, 62, "network charge");
        assertEq(terms.bondFen, 24, "bond");
        assertEq(terms.priceHash, keccak256(Builder.level(0, 96, PRICE)), "prices");
        assertEq(terms.scheduleHash, keccak256(abi.encode(keccak256(_energy(1_000)), bytes32(0))), "schedule");
        _assertBook(thermal.meter, _energy(1_000));
        assertEq(escrow.priceHashOf(day, DEYANG, 0), terms.priceHash, "price of the zone");
        assertEq(_held(works), 222, "held of the buyer");
        assertEq(_held(thermal), 24, "held of the seller");
        assertEq(_opened[1].round, 1, "round");
        _assertStatus(TradeId.wrap(1), TradeStatus.Open);
    }

    function test_onTermsHoldsTheNetworkChargeAndTheBond() public {
        term = 30;
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        assertEq(_held(works), 62, "held of the buyer");
        assertEq(escrow.marginOf(works.id).termsFen, WEALTH - 160, "what it may still buy on terms");
        assertEq(_held(thermal), 24, "held of the seller");
        assertEq(_terms(TradeId.wrap(1)).paymentDays, 30, "payment days");
    }

    function _domain() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256(unicode"Dujiang 都江电力市场"),
                    keccak256("1"),
                    block.chainid,
                    address(escrow)
                )
            );
    }

    function _orderType(bool isSell) private pure returns (bytes32) {
        return
            keccak256(
                bytes.concat(
                    isSell ? bytes("SellOrder(address seller") : bytes("BuyOrder(address buyer"),
                    ",uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,uint256 totalAmountFen,",
                    isSell ? bytes("uint256 maxBondFen") : bytes("uint256 maxPaymentFen"),
                    ",uint16 paymentDays,bool continuous,bool greenCertificates,uint64 expiry,uint32 nonce)",
                    "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
                )
            );
    }

    function test_typedDataOfOrders() public {
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        order.continuous = true;
        bytes32 bandType = keccak256("Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)");
        bytes32 bands = keccak256(abi.encode(keccak256(abi.encode(bandType, 0, 4, 1_000, 30_000))));
        bytes32 domain = _domain();
        for (uint256 side; side < 2; ++side) {
            bytes32 typeHash = _orderType(side == 0);
            // All of them are static, so that two encodings make one; the compiler's stack takes no more at once.
            bytes32 message = keccak256(
                bytes.concat(
                    abi.encode(typeHash, thermal.account, order.meter, 20_261_124, bands),
                    abi.encode(4_000, 120, order.maxFen, 0, true, false, order.expiry, order.nonce)
                )
            );
            assertEq(
                escrow.hashOrder(side == 0, thermal.account, day, 0, Rounds.pack(order)),
                keccak256(abi.encodePacked(hex"1901", domain, message)),
                "digest"
            );
        }
    }

    function testFuzz_legsGiveTheSameAmountsAsSlotBySlot(uint256 seed) public {
        uint256 first = bound(uint32(seed), 10, 3_000_000);
        uint256 second = bound(uint32(seed >> 32), 10, 2_500_000);
        uint256 price = bound(uint32(seed >> 64), 30_000, 50_000);
        Draft memory sell = _sells(thermal, 5_500_000);
        _submit(
            _round(
                7,
                price,
                _drafts(_buys(works, first), _buys(mill, second)),
                _sales(_sale(sell, _legs(_leg(0, _energy(first)), _leg(1, _energy(second)))))
            )
        );
        assertEq(_skips.length, 0, "skips");
        uint256 bonds;
        for (uint64 id = 1; id <= 2; ++id) {
            TradeTerms memory terms = _terms(TradeId.wrap(id));
            bytes memory energy = _opened[id].energy;
            assertEq(terms.energyFen, Builder.amount(energy, Builder.level(0, 96, price)), "energy");
            assertEq(terms.networkFen, Builder.network(Builder.sum(energy), 15_530_000), "network charge");
            assertEq(terms.bondFen, Builder.bond(terms.energyFen, 1_500), "bond");
            bonds += terms.bondFen;
        }
        assertEq(uint16(uint256(vm.load(address(escrow), _bookWord(thermal.meter))) >> 200), 2, "trades in the book");
        bytes32 digest = _digestOf(true, thermal, sell.order);
        assertEq(_usedOf[digest], bonds, "bonds of the sell order");
        assertEq(_filledOf[digest], _energy(first + second), "filled");
        assertEq(_held(thermal), bonds, "held of the seller");
    }

    // ---- fills

    function test_partialFillsOverRounds() public {
        SignedOrder memory sell = _order(thermal, _bands(1_000, 30_000));
        SignedOrder memory buy = _order(works, _bands(2_000, 50_000));
        _submit(_roundOf(_resign(thermal, true, sell), _resign(works, false, buy), 400));
        // 1.6 kWh at 400 元/MWh: 64 fen, bond 10.
        _assertFill(true, thermal, sell, _energy(400), 10);
        assertFalse(_isUsed(thermal, NonceKind.SellOrder, sell.nonce), "the order lives on");

        Round memory round = _roundOf(_resign(thermal, true, sell), _resign(works, false, buy), 600);
        round.round = 2;
        _submit(round);
        assertEq(_skips.length, 0, "skips");
        assertTrue(_isUsed(thermal, NonceKind.SellOrder, sell.nonce), "the sell order is complete");
        assertFalse(_isUsed(works, NonceKind.BuyOrder, buy.nonce), "the buy order is half filled");

        // A third fill has nothing left to come from.
        round = _roundOf(_resign(thermal, true, sell), _resign(works, false, buy), 1);
        _submit(round);
        _assertSkipped(0, WHOLE_SALE, SkipReason.Cancelled);
    }

    function test_aNonceBelongsToTheFirstOrderItWasUsedWith() public {
        SignedOrder memory one = _order(works, _bands(2_000, 50_000));
        SignedOrder memory other = _order(works, _bands(3_000, 50_000));
        // The last of its page.
        (one.nonce, other.nonce) = (111, 111);
        _submit(_roundOf(_sells(thermal, 1_000), _resign(works, false, one), 400));
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _resign(works, false, other)), SkipReason.BuyOrderSkipped);
        // The fill of one is no fill of the other.
        Draft memory posing = _resign(works, false, other);
        (posing.order.filled, posing.order.usedFen) = (_energy(400), _payment(_energy(400)));
        _skipsLeg(_twoSales(_sells(thermal, 1_000), posing), SkipReason.BuyOrderSkipped);
        _assertFill(false, works, one, _energy(400), _payment(_energy(400)));
        _submit(_roundOf(_sells(thermal, 1_000), _resign(works, false, one), 600));
        assertEq(_skips.length, 0, "the first goes on");
    }

    function test_salesPurchasesAndTradesHaveNoncesOfTheirOwn() public {
        Party memory pump = solar;
        pump.meter = _addMeter(solar.id, Direction.Consumption, Source.None, DEYANG);
        Trade memory trade = _trade(solar, mill, _bands(1_000, 40_000));
        trade.nonce = 7;
        _open(trade, solar, mill);
        SignedOrder memory sell = _order(solar, _bands(1_000, 30_000));
        SignedOrder memory buy = _order(pump, _bands(1_000, 50_000));
        (sell.nonce, buy.nonce) = (7, 7);
        _submit(
            _round(
                1,
                PRICE,
                _drafts(_buys(works, 1_000), _resign(pump, false, buy)),
                _sales(
                    _sale(_resign(solar, true, sell), _legs(_leg(0, _energy(1_000)))),
                    _sale(_sells(thermal, 1_000), _legs(_leg(1, _energy(1_000))))
                )
            )
        );
        assertEq(_skips.length, 0, "skips");
        assertEq(escrow.tradeCount(), 3, "trades");
    }

    function test_aDayHasNoncesOfItsOwn() public {
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        _submit(_roundOf(_resign(thermal, true, order), _buys(works, 1_000), 400));
        // The word that this day shares with the one 128 days later.
        for (uint256 i; i < 2; ++i) {
            day = day.plusDays(i == 0 ? 1 : 127);
            order.expiry = uint64(Calendar.startOf(day));
            _submit(_roundOf(_resign(thermal, true, order), _buys(works, 1_000), 1_000));
            assertEq(_skips.length, 0, "skips");
            assertTrue(_isUsed(thermal, NonceKind.SellOrder, order.nonce), "complete");
        }
        day = day.plusDays(1);
        assertFalse(_isUsed(thermal, NonceKind.SellOrder, order.nonce), "the word is of another day");
        assertEq(
            escrow.fillHashOf(thermal.account, NonceKind.SellOrder, day, order.nonce),
            bytes32(0),
            "so is its fill"
        );
    }

    function test_fillsOrdersOfAWholeDayBandByBand() public {
        SignedOrder memory sell = _order(
            thermal,
            Builder.bands(Builder.band(0, 48, 1_000, 30_000), Builder.band(48, 96, 2_000, 31_000))
        );
        SignedOrder memory buy = _order(
            works,
            Builder.bands(Builder.band(0, 40, 3_000, 50_000), Builder.band(40, 96, 2_500, 45_000))
        );
        bytes memory first = Builder.plus(Builder.level(0, 48, 400), Builder.level(48, 96, 900));
        _submit(_roundOf(1, _resign(thermal, true, sell), _resign(works, false, buy), first));
        assertEq(_skips.length, 0, "skips");
        _assertBook(thermal.meter, first);
        _assertFill(true, thermal, sell, first, _bond(first));
        _assertFill(false, works, buy, first, _payment(first));

        bytes memory second = Builder.plus(Builder.level(0, 48, 600), Builder.level(48, 96, 1_100));
        bytes memory both = Builder.plus(first, second);
        _submit(_roundOf(2, _resign(thermal, true, sell), _resign(works, false, buy), second));
        assertEq(_skips.length, 0, "skips");
        _assertBook(thermal.meter, both);
        assertTrue(_isUsed(thermal, NonceKind.SellOrder, sell.nonce), "the sell order is complete");
        _assertFill(false, works, buy, both, _payment(first) + _payment(second));
    }

    function _assertFill(
        bool isSell,
        Party memory party,
        SignedOrder memory order,
        bytes memory energy,
        uint256 usedFen
    ) private view {
        bytes32 wanted = keccak256(
            bytes.concat(energy, keccak256(abi.encode(_digestOf(isSell, party, order), usedFen)))
        );
        NonceKind kind = isSell ? NonceKind.SellOrder : NonceKind.BuyOrder;
        assertEq(escrow.fillHashOf(party.account, kind, day, order.nonce), wanted, "fill");
    }

    function _isUsed(Party memory party, NonceKind kind, uint32 nonce) private view returns (bool) {
        return escrow.isNonceUsed(party.account, kind, day, nonce);
    }

    function _bond(bytes memory energy) private pure returns (uint256) {
        return Builder.bond(Builder.amount(energy, Builder.level(0, 96, PRICE)), 1_500);
    }

    function _payment(bytes memory energy) private pure returns (uint256) {
        uint256 networkFen = Builder.network(Builder.sum(energy), 15_530_000);
        return Builder.amount(energy, Builder.level(0, 96, PRICE)) + networkFen;
    }

    function test_aLimitHoldsUntilTheEndOfTheDay() public {
        SignedOrder memory sell = _order(thermal, Builder.bands(Builder.band(0, 96, 1_000, 30_000)));
        SignedOrder memory buy = _order(
            works,
            Builder.bands(Builder.band(0, 88, 1_000, PRICE), Builder.band(88, 96, 1_000, PRICE - 1))
        );
        Leg[] memory legs = _legs(_leg(0, Builder.level(95, 96, 1)), _leg(0, Builder.level(87, 88, 1_000)));
        SaleDraft[] memory sales = _sales(_sale(_resign(thermal, true, sell), legs));
        _submit(_round(1, PRICE, _drafts(_resign(works, false, buy)), sales));
        _assertSkipped(0, 0, SkipReason.ExceedsOrder);
        assertEq(_skips.length, 1, "skips");
    }

    /// @dev Of an order of one slot anywhere in the day.
    function testFuzz_aLimitHoldsInEverySlot(uint256 seed) public {
        uint256 slot = bound(seed, 0, 95);
        Draft memory buy = _buy(works, Builder.bands(Builder.band(0, 96, 1_000, 50_000)));
        bytes memory energy = Builder.level(slot, slot + 1, 1_000);
        Draft memory dear = _sell(thermal, Builder.bands(Builder.band(slot, slot + 1, 1_000, PRICE + 1)));
        _submit(_roundOf(1, dear, buy, energy));
        _assertSkipped(0, 0, SkipReason.ExceedsOrder);
        Draft memory fair = _sell(thermal, Builder.bands(Builder.band(slot, slot + 1, 1_000, PRICE)));
        _submit(_roundOf(1, fair, buy, energy));
        assertEq(_skips.length, 0, "at its limit it trades");
    }

    function test_aSaleOffersNothingOfTheOneBefore() public {
        Draft memory sell = _sell(thermal, Builder.bands(Builder.band(0, 16, 1_000, 30_000)));
        // What the first has left: a slot beside those of the second, and one in another word.
        Leg[] memory legs = _legs(_leg(0, Builder.level(4, 5, 1)), _leg(0, Builder.level(8, 9, 1)));
        _submit(
            _round(
                1,
                PRICE,
                _drafts(_buy(works, Builder.bands(Builder.band(0, 16, 2_000, 50_000)))),
                _sales(_sale(sell, _legs(_leg(0, _energy(1_000)))), _sale(_sells(solar, 1_000), legs))
            )
        );
        assertEq(_skips.length, 2, "skips");
        for (uint256 i; i < 2; ++i) {
            assertEq(_skips[i].sale, 1, "of the second sale");
            assertEq(uint256(_skips[i].reason), uint256(SkipReason.ExceedsOrder), "reason");
        }
    }

    function test_oneBuyOrderInSeveralSales() public {
        Draft memory buy = _buys(works, 1_000);
        _submit(
            _round(
                1,
                PRICE,
                _drafts(buy),
                _sales(
                    _sale(_sells(thermal, 1_000), _legs(_leg(0, _energy(300)))),
                    _sale(_sells(solar, 1_000), _legs(_leg(0, _energy(700)), _leg(0, _energy(1))))
                )
            )
        );
        _assertSkipped(1, 1, SkipReason.ExceedsOrder);
        assertTrue(_isUsed(works, NonceKind.BuyOrder, buy.order.nonce), "filled by both sales");
        bytes32 digest = _digestOf(false, works, buy.order);
        assertEq(_filledOf[digest], _energy(1_000), "filled");
        // 48 + 19 and 112 + 43 fen.
        assertEq(_held(works), 222, "held");
    }

    function test_oneMeterInTwoSales() public {
        Draft memory first = _sells(thermal, 1_000);
        Draft memory second = _sells(thermal, 500);
        Round memory round = _round(
            1,
            PRICE,
            _drafts(_buys(works, 2_000), _buys(mill, 2_000)),
            _sales(_sale(first, _legs(_leg(0, _energy(1_000)))), _sale(second, _legs(_leg(1, _energy(500)))))
        );
        (round.sales[1].sold, round.sales[1].asLeft) = ("", true);
        _submit(round);
        assertEq(_skips.length, 0, "skips");
        _assertBook(thermal.meter, _energy(1_500));
        assertEq(_opened[2].offset, _energy(1_000), "the second comes after the first");
    }

    function test_oneSellOrderInTwoSales() public {
        Draft memory sell = _sells(thermal, 1_000);
        Round memory round = _round(
            1,
            PRICE,
            _drafts(_buys(works, 2_000)),
            _sales(_sale(sell, _legs(_leg(0, _energy(600)))), _sale(sell, _legs(_leg(0, _energy(400)))))
        );
        // The second sale as if the first had not been: it is stale, and alone so.
        _submit(round);
        _assertSkipped(1, WHOLE_SALE, SkipReason.StaleFill);

        round = _round(
            2,
            PRICE,
            _drafts(_buys(mill, 2_000)),
            _sales(
                _sale(_draft(true, thermal, sell.order), _legs(_leg(0, _energy(300)))),
                _sale(_draft(true, thermal, sell.order), _legs(_leg(0, _energy(100))))
            )
        );
        // 600 at 40,000: 96 fen; 300: 48 fen.
        round.sales[1].order = _copy(round.sales[1].order);
        round.sales[1].order.filled = _energy(900);
        round.sales[1].order.usedFen = 15 + 8;
        (round.sales[1].sold, round.sales[1].asLeft) = ("", true);
        _submit(round);
        assertEq(_skips.length, 0, "skips");
        assertTrue(_isUsed(thermal, NonceKind.SellOrder, sell.order.nonce), "complete");
    }

    function _copy(SignedOrder memory order) internal pure returns (SignedOrder memory) {
        return abi.decode(abi.encode(order), (SignedOrder));
    }

    function test_sellerAndBuyerInOne() public {
        // Solar sells, and buys for a pump of its own; one purse pays both.
        Party memory pump = solar;
        pump.meter = _addMeter(solar.id, Direction.Consumption, Source.None, DEYANG);
        _submit(
            _round(
                1,
                PRICE,
                _drafts(_buys(works, 1_000), _buy(pump, _bands(1_000, 50_000))),
                _sales(
                    _sale(_sells(solar, 1_000), _legs(_leg(0, _energy(1_000)), _leg(1, _energy(0)))),
                    _sale(_sells(thermal, 1_000), _legs(_leg(1, _energy(1_000))))
                )
            )
        );
        _assertSkipped(0, 1, SkipReason.SameParty);
        assertEq(_held(solar), 24 + 222, "bond and payment");
    }

    function test_secondSubmissionOfARound() public {
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        _submit(_roundOf(_sells(solar, 1_000), _buys(works, 1_000), 1_000));
        assertEq(escrow.tradeCount(), 2, "trades");
        Round memory round = _roundOf(_sells(solar, 1_000), _buys(works, 1_000), 1_000);
        round.prices[0].price = Builder.level(0, 96, PRICE + 1);
        _refused(
            round,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_PriceConflict.selector, uint64(1), DEYANG)
        );
        // Neither has another auction of the zone, day and payment term; one of another term has.
        round.round = 2;
        _refused(
            round,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_PriceConflict.selector, uint64(2), DEYANG)
        );
        term = 30;
        round = _roundOf(_sells(solar, 1_000), _buys(works, 1_000), 1_000);
        round.prices[0].price = Builder.level(0, 96, PRICE + 1);
        _submit(round);
        assertEq(escrow.tradeCount(), 3, "trades");
    }

    function test_anAuctionThatOpensNothingLeavesNoPrice() public {
        _suspend(thermal.id);
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.prices[0].price = Builder.level(0, 96, PRICE + 1);
        _submit(round);
        _assertSkipped(0, WHOLE_SALE, SkipReason.TraderNotGood);
        assertEq(escrow.priceHashOf(day, DEYANG, 0), bytes32(0), "no price");
        // Cleared again, without it.
        _submit(_roundOf(_sells(solar, 1_000), _buys(works, 1_000), 1_000));
        assertEq(_skips.length, 0, "skips");
        assertEq(escrow.priceHashOf(day, DEYANG, 0), keccak256(Builder.level(0, 96, PRICE)), "its price");
        // Where something was opened, nothing of a later submission takes the price away.
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        assertEq(escrow.priceHashOf(day, DEYANG, 0), keccak256(Builder.level(0, 96, PRICE)), "it stays");
    }

    // ---- continuous matches

    function _continuous(Party memory seller, Party memory buyer, uint256 price) private returns (Round memory round) {
        SignedOrder memory sell = _order(seller, _bands(1_000, 30_000));
        SignedOrder memory buy = _order(buyer, _bands(1_000, 50_000));
        (sell.continuous, buy.continuous) = (true, true);
        round = _roundOf(_resign(seller, true, sell), _resign(buyer, false, buy), 1_000);
        round.prices[0].price = Builder.level(0, 96, price);
        round.continuous = true;
    }

    function test_matchesContinuouslyBeforeTheCutOffAtAnyPrice() public {
        Round memory round = _continuous(thermal, works, PRICE);
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.ZonePriced(1, day, DEYANG, 0, true, keccak256(Builder.level(0, 96, PRICE)));
        _submit(round);
        _submit(_continuous(solar, mill, PRICE + 1));
        assertEq(escrow.tradeCount(), 2, "trades");
        assertEq(escrow.priceHashOf(day, DEYANG, 0), bytes32(0), "no auction yet");
        // The auction has a price of its own, and takes what allows continuous matching, too.
        round = _continuous(thermal, works, PRICE + 2);
        round.continuous = false;
        _submit(round);
        assertEq(escrow.tradeCount(), 3, "trades");
        _refused(_continuous(thermal, works, PRICE), _closedGate(31 days, 8 hours));
    }

    function test_skips_NotContinuous() public {
        Round memory round = _continuous(thermal, works, PRICE);
        round.buys[0] = _buys(works, 1_000).order;
        round.buys[0].trader = _continuous(thermal, works, PRICE).buys[0].trader;
        _submit(round);
        _assertSkipped(0, 0, SkipReason.BuyOrderSkipped);
        round.sales[0].order = _sells(thermal, 1_000).order;
        round.sales[0].order.trader = _continuous(thermal, works, PRICE).sales[0].order.trader;
        _submit(round);
        _assertSkipped(0, WHOLE_SALE, SkipReason.NotContinuous);
    }

    // ---- green certificates

    function _withCertificates(bool isSell, Party memory party) private returns (Draft memory) {
        SignedOrder memory order = _order(party, _bands(1_000, isSell ? 30_000 : 50_000));
        order.greenCertificates = true;
        return _resign(party, isSell, order);
    }

    function test_certificatesGoWithTheEnergyWhereBothSaySo() public {
        _submit(_roundOf(_withCertificates(true, solar), _withCertificates(false, works), 1_000));
        assertEq(_skips.length, 0, "skips");
        assertTrue(_terms(TradeId.wrap(1)).greenCertificates, "in the terms");
    }

    function test_skips_CertificatesDiffer() public {
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _withCertificates(false, works)), SkipReason.CertificatesDiffer);
        _skipsSale(_twoSales(_withCertificates(true, thermal), _buys(works, 1_000)), SkipReason.CertificatesDiffer);
        _submit(_roundOf(_withCertificates(true, solar), _buys(mill, 1_000), 1_000));
        _assertSkipped(0, 0, SkipReason.CertificatesDiffer);
    }

    // ---- one reason each

    function test_skips_InvalidBands() public {
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        order.bands = Builder.bands(Builder.band(4, 4, 1_000, 30_000));
        _skipsSale(_twoSales(_resign(thermal, true, order), _buys(works, 1_000)), SkipReason.InvalidBands);
    }

    function test_skips_WrongTotals() public {
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        order.totalAmountFen += 1;
        _skipsSale(_twoSales(_resign(thermal, true, order), _buys(works, 1_000)), SkipReason.WrongTotals);

        order = _order(thermal, _bands(1_000, 30_000));
        order.totalEnergyWh += 1;
        _skipsSale(_twoSales(_resign(thermal, true, order), _buys(works, 1_000)), SkipReason.WrongTotals);
    }

    function test_skips_InvalidSignature() public {
        Draft memory sell = _sells(thermal, 1_000);
        sell.order.signature = _sign(solar.key, _digestOf(true, thermal, sell.order));
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
        // Not signed on chain.
        sell.order.signature = "";
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
        // A buy order is no sell order.
        sell = _sells(thermal, 1_000);
        sell.order.signature = _sign(thermal.key, _digestOf(false, thermal, sell.order));
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
        // Nobody signs for the account 0, and nothing recovers to it.
        sell.order.signature = new bytes(65);
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
    }

    function test_skips_OrdersForAnotherEscrowChainOrDay() public {
        TradeEscrow other = _newEscrow(rules);
        Draft memory sell = _sells(thermal, 1_000);
        sell.order.signature = _sign(
            thermal.key,
            other.hashOrder(true, thermal.account, day, 0, Rounds.pack(sell.order))
        );
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
        sell.order.signature = _sign(
            thermal.key,
            escrow.hashOrder(true, thermal.account, day.plusDays(1), 0, Rounds.pack(sell.order))
        );
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
        sell.order.signature = _sign(
            thermal.key,
            escrow.hashOrder(true, thermal.account, day, 1, Rounds.pack(sell.order))
        );
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        sell.order.signature = _sign(thermal.key, _digestOf(true, thermal, sell.order));
        vm.chainId(chain);
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.InvalidSignature);
    }

    function test_skips_Expired() public {
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        order.expiry -= 3 hours;
        Draft memory sell = _resign(thermal, true, order);
        vm.warp(sell.order.expiry);
        Round memory round = _twoSales(sell, _buys(works, 1_000));
        uint256 before = vm.snapshotState();
        _submit(round);
        assertEq(_skips.length, 0, "the last second counts");
        vm.revertToState(before);
        vm.warp(sell.order.expiry + 1);
        _skipsSale(round, SkipReason.Expired);
    }

    function test_skips_Cancelled() public {
        Draft memory sell = _sells(thermal, 1_000);
        _cancel(thermal, NonceKind.SellOrder, sell.order.nonce);
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.Cancelled);
    }

    function test_aCancelledNonceSkipsItsOrderOnly() public {
        // The last of its page, of another kind and of another day.
        _cancel(thermal, NonceKind.SellOrder, 111);
        _cancel(thermal, NonceKind.BuyOrder, 112);
        day = day.plusDays(1);
        _cancel(thermal, NonceKind.SellOrder, 112);
        day = START.plusDays(2);
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        order.nonce = 111;
        _skipsSale(_twoSales(_resign(thermal, true, order), _buys(works, 1_000)), SkipReason.Cancelled);
        // The first of the page, its neighbours, and the last of the next.
        uint16[4] memory others = [uint16(0), 110, 112, 223];
        for (uint256 i; i < others.length; ++i) {
            order = _order(thermal, _bands(1_000, 30_000));
            order.nonce = others[i];
            _submit(_roundOf(_resign(thermal, true, order), _buys(works, 1_000), 1_000));
            assertEq(_skips.length, 0, vm.toString(order.nonce));
        }
    }

    function test_skips_TraderNotGood() public {
        _suspend(thermal.id);
        _skipsSale(_twoSales(_sells(thermal, 1_000), _buys(works, 1_000)), SkipReason.TraderNotGood);
    }

    function test_skips_MeterNotTradable() public {
        SignedOrder memory order = _order(thermal, _bands(1_000, 30_000));
        order.meter = solar.meter;
        _skipsSale(_twoSales(_resign(thermal, true, order), _buys(works, 1_000)), SkipReason.MeterNotTradable);
        vm.prank(meterOperator);
        meters.deactivate(thermal.meter);
        _skipsSale(_twoSales(_sells(thermal, 1_000), _buys(works, 1_000)), SkipReason.MeterNotTradable);
    }

    function test_skips_PaymentTermTooLong() public {
        term = 181;
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        _assertSkipped(0, 0, SkipReason.PaymentTermTooLong);
    }

    function test_skips_BuyerInDefault() public {
        _admitPoster(address(this), DebtCode.Adjustment);
        DebtId debt = _post(DebtCode.Adjustment, works.id, gridId, 1, Calendar.today());
        _default(debt);
        day = Calendar.today().plusDays(3);
        term = 1;
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        _assertSkipped(0, 0, SkipReason.BuyerInDefault);
    }

    function test_skips_PaymentTermOfALargeBuyer() public {
        Party memory large;
        (large.account, large.key) = (_named("large works"), _keyOf("large works"));
        large.id = _enrol(large.account, Kinds.CONSUMER, FirmSize.Large);
        large.meter = _addMeter(large.id, Direction.Consumption, Source.None, DEYANG);
        term = 61;
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _buys(large, 1_000)), SkipReason.PaymentTermTooLong);
    }

    function test_skips_StaleFill() public {
        Draft memory sell = _sells(thermal, 1_000);
        _submit(_roundOf(sell, _buys(works, 1_000), 400));
        _skipsSale(_twoSales(sell, _buys(works, 1_000)), SkipReason.StaleFill);
        Draft memory fresh = _sells(thermal, 1_000);
        fresh.order.usedFen = 1;
        _skipsSale(_twoSales(fresh, _buys(works, 1_000)), SkipReason.StaleFill);
        fresh.order.usedFen = 0;
        fresh.order.filled = _energy(1);
        _skipsSale(_twoSales(fresh, _buys(works, 1_000)), SkipReason.StaleFill);
    }

    function test_skips_StalePosition() public {
        _openCash(thermal, mill, _bands(7, 40_000));
        Round memory round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        round.sales[0].sold = "";
        _skipsSale(round, SkipReason.StalePosition);
        round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        round.sales[0].sold = bytes.concat(_energy(6), _tradesHash(thermal.meter, day));
        _skipsSale(round, SkipReason.StalePosition);
        round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        round.sales[0].sold = bytes.concat(_energy(7), bytes32(uint256(1)));
        _skipsSale(round, SkipReason.StalePosition);
        round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        (round.sales[0].sold, round.sales[0].asLeft) = ("", true);
        _skipsSale(round, SkipReason.StalePosition);
    }

    function test_skips_AboveCapacity() public {
        _openCash(thermal, mill, _bands(5_499_001, 40_000));
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _buys(works, 1_000)), SkipReason.AboveCapacity);
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 999));
        assertEq(_skips.length, 0, "up to the capacity it fits");
    }

    function test_skips_UnknownPrice() public {
        Party memory far = solar;
        far.meter = _addMeter(solar.id, Direction.Generation, Source.Solar, SHIFANG);
        _submit(_roundOf(_sells(far, 1_000), _buys(works, 1_000), 1_000));
        _assertSkipped(0, WHOLE_SALE, SkipReason.UnknownPrice);
    }

    function test_skips_TradesBetweenZones() public {
        Party memory far = works;
        far.meter = _addMeter(works.id, Direction.Consumption, Source.None, SHIFANG);
        ZonePrice[] memory prices = new ZonePrice[](2);
        prices[0] = ZonePrice(DEYANG, Builder.level(0, 96, PRICE));
        prices[1] = ZonePrice(SHIFANG, Builder.level(0, 96, PRICE));
        _submit(
            _assemble(
                1,
                prices,
                _drafts(_buys(far, 1_000), _buys(mill, 1_000)),
                _sales(_sale(_sells(thermal, 1_000), _legs(_leg(0, _energy(500)), _leg(1, _energy(500)))))
            )
        );
        _assertSkipped(0, 0, SkipReason.UnknownPrice);
        assertEq(escrow.tradeCount(), 1, "the other leg went through");
    }

    function test_skips_BuyOrderSkipped() public {
        Draft memory buy = _buys(works, 1_000);
        vm.prank(works.account);
        escrow.cancelPage(NonceKind.BuyOrder, day, buy.order.nonce / 112);
        Round memory round = _round(
            1,
            PRICE,
            _drafts(buy),
            _sales(_sale(_sells(thermal, 1_000), _legs(_leg(0, _energy(1_000)))))
        );
        _submit(round);
        _assertSkipped(0, 0, SkipReason.BuyOrderSkipped);
        assertEq(escrow.tradeCount(), 0, "trades");
    }

    function test_skips_NotEligible() public {
        RuleSet memory set = _rules();
        set.smallPlantW = 19_999_999;
        set.largePlantW = 19_999_999;
        _newRules(set);

        _submit(_roundOf(_sells(solar, 1_000), _buys(works, 1_000), 1_000));
        _assertSkipped(0, WHOLE_SALE, SkipReason.NotEligible);
    }

    function test_skips_NothingToFill() public {
        Round memory round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        round.sales[0].legs[0].energy = Builder.zeros();
        _skipsLeg(round, SkipReason.NothingToFill);
    }

    function test_skips_ExceedsOrder() public {
        _skipsLeg(_twoSales(_sells(thermal, 999), _buys(works, 1_000)), SkipReason.ExceedsOrder);
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _buys(works, 999)), SkipReason.ExceedsOrder);
        // Limits count as much as energy.
        _skipsLeg(_twoSales(_sell(thermal, _bands(1_000, PRICE + 1)), _buys(works, 1_000)), SkipReason.ExceedsOrder);
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _buy(works, _bands(1_000, PRICE - 1))), SkipReason.ExceedsOrder);
    }

    function test_skips_SlotsThatWereNotCleared() public {
        Round memory round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        bytes memory price = Builder.level(0, 96, PRICE);
        Builder.set(price, 3, 0);
        round.prices[0].price = price;
        _submit(round);
        assertEq(_skips.length, 2, "both legs touch the slot");
        assertEq(uint256(_skips[0].reason), uint256(SkipReason.ExceedsOrder), "reason");
    }

    function test_skips_ExceedsMaximum() public {
        SignedOrder memory buy = _order(works, _bands(1_000, 50_000));
        buy.maxFen = 221;
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _resign(works, false, buy)), SkipReason.ExceedsMaximum);
        buy.maxFen = 222;
        _submit(_roundOf(_sells(thermal, 1_000), _resign(works, false, buy), 1_000));
        assertEq(_skips.length, 0, "exactly the maximum is fine");
    }

    function test_skips_ExceedsMaximumInAll() public {
        SignedOrder memory buy = _order(works, _bands(1_000, 50_000));
        buy.maxFen = 221;
        _submit(_roundOf(_sells(thermal, 1_000), _resign(works, false, buy), 500));
        assertEq(_skips.length, 0, "111 of 221");
        _submit(_roundOf(_sells(thermal, 1_000), _resign(works, false, buy), 500));
        _assertSkipped(0, 0, SkipReason.ExceedsMaximum);
    }

    function test_bondsEndAtWhatTheSellerSigned() public {
        SignedOrder memory sell = _order(thermal, _bands(1_000, 30_000));
        // The bond of the whole would be 24.
        sell.maxFen = 23;
        _submit(_roundOf(_resign(thermal, true, sell), _buys(works, 1_000), 500));
        assertEq(_terms(TradeId.wrap(1)).bondFen, 12, "as the rules say");
        _submit(_roundOf(_resign(thermal, true, sell), _buys(mill, 1_000), 500));
        assertEq(_skips.length, 0, "skips");
        assertEq(_terms(TradeId.wrap(2)).bondFen, 11, "what is left");
        assertEq(_held(thermal), 23, "held");
    }

    function test_skips_BelowLeast() public {
        // 12 Wh at 400 元/MWh are 0.48 fen, and 16 are one.
        _skipsLeg(_legOf(3), SkipReason.BelowLeast);
        _submit(_legOf(4));
        assertEq(_skips.length, 0, "a fen");

        RuleSet memory set = _rules();
        set.lotWh = 4_001;
        _newRules(set);
        day = Calendar.today().plusDays(2);
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        _assertSkipped(0, 0, SkipReason.BelowLeast);
    }

    function _legOf(uint256 energyWh) private returns (Round memory round) {
        round = _twoSales(_sells(thermal, 1_000), _buys(works, 1_000));
        round.sales[0].legs[0].energy = _energy(energyWh);
    }

    // ---- margin

    /// @dev Takes all margin of somebody back but for what is left, as it stands when the auction opens.
    function test_skips_InsufficientMargin() public {
        _leaveMargin(works, 221, 0);
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _buys(works, 1_000)), SkipReason.InsufficientMargin);
        vm.prank(works.account);
        escrow.lockMargin(1);
        _submit(
            _round(
                2,
                PRICE,
                _drafts(_buys(works, 2_000)),
                _sales(_sale(_sells(thermal, 2_000), _legs(_leg(0, _energy(1_000)), _leg(0, _energy(100)))))
            )
        );
        _assertSkipped(0, 1, SkipReason.InsufficientMargin);
        assertEq(_margin(works), 0, "drawn to the last fen");
        assertEq(_held(works), 222, "and held for the trade");
        // What is free counts for nothing.
        assertTrue(deposits.freeOf(works.id) > WEALTH, "free");
    }

    function test_skips_SellerWithoutTheBond() public {
        _leaveMargin(thermal, 23, 0);
        _skipsLeg(_twoSales(_sells(thermal, 1_000), _buys(works, 1_000)), SkipReason.InsufficientMargin);
        vm.prank(thermal.account);
        escrow.lockMargin(1);
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        assertEq(_skips.length, 0, "pledged to the last fen");
    }

    function test_skips_BuyerBeyondWhatItMayBuyOnTerms() public {
        _leaveMargin(works, 62, 159);
        term = 30;
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        _assertSkipped(0, 0, SkipReason.InsufficientMargin);
        vm.prank(works.account);
        escrow.allowOnTerms(1);
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        assertEq(_skips.length, 0, "to the last fen");
        assertEq(escrow.marginOf(works.id).termsFen, 0, "used up");
    }

    /// @dev Between cut-off and gate nothing that a trader does to its money undoes a leg.
    function test_marginIsBeyondWhoLockedIt() public {
        Draft memory sell = _sells(thermal, 1_000);
        Draft memory buy = _buys(works, 1_000);
        _closeBook();
        vm.startPrank(works.account);
        deposits.redeem(deposits.freeOf(works.id), "all that is free");
        deposits.optIn(address(escrow), false);
        escrow.announceRelease(uint96(WEALTH), uint96(WEALTH));
        vm.stopPrank();
        vm.prank(bank);
        deposits.setFrozen(thermal.id, true, "court order");
        vm.warp(Calendar.startOf(day) - 2 hours - 1);
        vm.expectRevert();
        escrow.releaseMargin(works.id);
        _submit(_roundOf(sell, buy, 1_000));
        assertEq(_skips.length, 0, "skips");
        assertEq(escrow.tradeCount(), 1, "trades");
    }

    function test_drawsWithoutASecondFactor() public {
        bytes memory token = abi.encodePacked(vm.addr(_keyOf("security token")));
        _enrolFactor(thermal.account, token, 0);
        _enrolFactor(works.account, token, 0);
        _close(address(secondFactor), true);
        vm.expectCall(address(secondFactor), "", 0);
        _submit(_roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000));
        assertEq(_skips.length, 0, "skips");
    }

    // ---- wallets that are contracts

    function test_takesWhatAWalletSignedOnChain() public {
        HostileWallet wallet = new HostileWallet(vm.addr(77));
        Party memory party = _enter(address(wallet), 77, Direction.Consumption, Source.None, DEYANG);
        vm.expectCall(address(wallet), abi.encodeWithSelector(SigningWallet.isValidSignature.selector), 0);
        Draft memory buy = _buys(party, 1_000);
        bytes32 digest = _digestOf(false, party, buy.order);
        // Its owner's signature is none of its own.
        _skipsLeg(_twoSales(_sells(thermal, 1_000), buy), SkipReason.BuyOrderSkipped);
        // Neither is what somebody else signs on chain.
        buy.order.signature = "";
        vm.prank(works.account);
        escrow.presign(digest);
        _skipsLeg(_twoSales(_sells(thermal, 1_000), buy), SkipReason.BuyOrderSkipped);

        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.OrderPresigned(party.account, digest);
        vm.prank(party.account);
        escrow.presign(digest);
        assertTrue(escrow.isPresigned(party.account, digest), "signed");
        for (uint256 spite = 1; spite <= uint256(Spite.Reenter); ++spite) {
            wallet.setSpite(Spite(spite));
            uint256 before = vm.snapshotState();
            _submit(_roundOf(_sells(thermal, 1_000), buy, 1_000));
            assertEq(_skips.length, 0, "whatever it answers");
            vm.revertToState(before);
        }
        vm.warp(Calendar.startOf(START.plusDays(1)));
        _cancel(party, NonceKind.BuyOrder, buy.order.nonce);
        _skipsLeg(_twoSales(_sells(thermal, 1_000), buy), SkipReason.BuyOrderSkipped);
    }

    // ---- duties of the operator

    function test_roundZero() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.round = 0;
        _refused(round, _malformed("round 0 is for bilateral trades", 0));
    }

    function test_tradersInOrder() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        (round.traders[0], round.traders[1]) = (round.traders[1], round.traders[0]);
        _refused(round, _malformed("traders not in ascending order", 1));
        round.traders[0] = round.traders[1];
        _refused(round, _malformed("traders not in ascending order", 1));
    }

    function test_indicesInRange() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.buys[0].trader = 2;
        _refused(round, _malformed("trader index out of range", 2));
        round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.sales[0].order.trader = 9;
        _refused(round, _malformed("trader index out of range", 9));
        round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.sales[0].legs[0].buy = 1;
        _refused(round, _malformed("buy index out of range", 1));
    }

    function test_buyOrderGivenTwice() public {
        Draft memory buy = _buys(works, 1_000);
        Leg[] memory both = _legs(_leg(0, _energy(400)), _leg(1, _energy(400)));
        Round memory round = _round(1, PRICE, _drafts(buy, buy), _sales(_sale(_sells(thermal, 1_000), both)));
        _refused(round, _malformed("buy order or its nonce given twice", 1));

        // Two orders of one nonce: the first uses it up.
        SignedOrder memory other = _order(works, _bands(500, 50_000));
        other.nonce = buy.order.nonce;
        both = _legs(_leg(0, _energy(500)), _leg(1, _energy(400)));
        Draft[] memory drafts = _drafts(_resign(works, false, other), buy);
        round = _round(1, PRICE, drafts, _sales(_sale(_sells(thermal, 1_000), both)));
        _refused(round, _malformed("buy order or its nonce given twice", 1));
    }

    function test_prices() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.prices[0].zone = ZoneId.wrap(99);
        _refused(round, abi.encodeWithSelector(IMarketRules.MarketRules_UnknownZone.selector, ZoneId.wrap(99)));
        round.prices[0].zone = DEYANG;
        bytes memory price = Builder.level(0, 96, PRICE);
        bytes4 outside = ITradeEscrowEvents.TradeEscrow_PriceOutsideLimits.selector;
        Builder.set(price, 95, 60_001);
        round.prices[0].price = price;
        _refused(round, abi.encodeWithSelector(outside, 95, 60_001, 7_500, 60_000));
        Builder.set(price, 41, 7_499);
        _refused(round, abi.encodeWithSelector(outside, 41, 7_499, 7_500, 60_000));
        Builder.set(price, 41, 1 << 31);
        _refused(round, abi.encodeWithSelector(Curve.Curve_Malformed.selector, 384));
    }

    function test_malformedPrices() public {
        bytes[] memory wrong = new bytes[](4);
        wrong[0] = "";
        wrong[1] = new bytes(383);
        wrong[2] = new bytes(385);
        wrong[3] = Builder.level(7, 8, 1 << 31);
        for (uint256 i; i < wrong.length; ++i) {
            Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
            round.prices[0].price = wrong[i];
            _refused(round, abi.encodeWithSelector(Curve.Curve_Malformed.selector, wrong[i].length));
        }
    }

    function test_malformedLegs() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        round.sales[0].legs[0].energy = Builder.level(7, 8, 1 << 31);
        _refused(round, abi.encodeWithSelector(Curve.Curve_Malformed.selector, 32));

        // The stretch of the only leg begins in the day's last word and takes two.
        round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        PackedRound memory packed = Rounds.pack(round);
        uint256 leg = packed.sales.length - 36;
        packed.sales = bytes.concat(packed.sales, new bytes(32));
        (packed.sales[leg + 2], packed.sales[leg + 3]) = (bytes1(uint8(11)), bytes1(uint8(2)));
        _refused(packed, _malformed("leg reaches beyond the day", 0));
        (packed.sales[leg + 2], packed.sales[leg + 3]) = (bytes1(type(uint8).max), bytes1(uint8(2)));
        _refused(packed, _malformed("leg reaches beyond the day", 0));
    }

    function test_aStretchMayBeginAndEndWithZeros() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        PackedRound memory packed = Rounds.pack(round);
        uint256 leg = packed.sales.length - 36;
        bytes memory wide = Rounds.packStretch(0, 0, 12, _energy(1_000));
        packed.sales = bytes.concat(_part(packed.sales, leg), wide);
        _closeBook();
        vm.recordLogs();
        vm.prank(marketOperator);
        escrow.openRound(packed);
        _readLog();
        assertEq(_opened[1].energy, _energy(1_000), "energy");
        _assertBook(thermal.meter, _energy(1_000));
    }

    function test_bytesThatAreNoOrdersOrSales() public {
        Draft memory sell = _sells(thermal, 1_000);
        Round memory round = _roundOf(sell, _buys(works, 1_000), 1_000);
        string memory buys = "buy orders do not fill their bytes";
        string memory sales = "sales do not fill their bytes";
        PackedRound memory packed = Rounds.pack(round);
        packed.buys = bytes.concat(packed.buys, hex"00");
        _refused(packed, _malformed(buys, 1));
        packed.buys = _part(packed.buys, packed.buys.length - 2);
        _refused(packed, _malformed(buys, 1));
        packed = Rounds.pack(round);
        packed.sales = bytes.concat(packed.sales, hex"00");
        _refused(packed, _malformed(sales, 1));
        packed.sales = _part(packed.sales, packed.sales.length - 2);
        _refused(packed, _malformed(sales, 1));
    }

    function _part(bytes memory whole, uint256 length) internal pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i; i < length; ++i) {
            part[i] = whole[i];
        }
    }

    function _refused(PackedRound memory round, bytes memory failure) internal {
        _closeBook();
        vm.prank(marketOperator);
        vm.expectRevert(failure);
        escrow.openRound(round);
    }

    function test_malformedCalldata() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        bytes memory call = abi.encodeCall(TradeEscrow.openRound, (Rounds.pack(round)));
        _closeBook();
        for (uint256 length = 4; length < call.length; length += 96) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = call[i];
            }
            vm.prank(marketOperator);
            (bool passed, ) = address(escrow).call(cut);
            assertFalse(passed, "cut short");
        }
        vm.prank(marketOperator);
        (bool success, ) = address(escrow).call(bytes.concat(call, hex"c0ffee"));
        assertTrue(success, "trailing bytes");
        assertEq(escrow.tradeCount(), 1, "trades");
    }

    // ---- doors

    function test_gate() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        vm.warp(Calendar.startOf(day) - 8 hours - 1);
        _refused(round, _closedGate(8 hours, 2 hours));
        vm.warp(Calendar.startOf(day) - 2 hours);
        _refused(round, _closedGate(8 hours, 2 hours));
        vm.warp(Calendar.startOf(day) - 2 hours - 1);
        _submit(round);
        assertEq(_skips.length, 0, "the last second");
    }

    function _closedGate(uint256 openLead, uint256 closeLead) private view returns (bytes memory) {
        uint256 start = Calendar.startOf(day);
        bytes4 gateClosed = ITradeEscrowEvents.TradeEscrow_GateClosed.selector;
        return abi.encodeWithSelector(gateClosed, day, start - openLead, start - closeLead);
    }

    function test_anotherEscrowIsInCharge() public {
        Day from = START.plusDays(93);
        address successor = address(0x5CC);
        vm.prank(council);
        kwh.approveMinter(successor, from);
        vm.warp(Calendar.startOf(START.plusDays(80)));
        day = from;
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        _refused(round, abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotInCharge.selector, from, successor));
    }

    function test_opensNothing() public {
        Round memory round = _round(1, PRICE, new Draft[](0), new SaleDraft[](0));
        _closeBook();
        vm.recordLogs();
        vm.prank(marketOperator);
        escrow.openRound(Rounds.pack(round));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            assertTrue(logs[i].topics[0] != ITradeEscrowEvents.OrdersFilled.selector, "fills");
        }
        assertEq(escrow.tradeCount(), 0, "trades");
        assertEq(_held(works), 0, "held");
    }

    function test_marketOperatorOnly() public {
        Round memory round = _roundOf(_sells(thermal, 1_000), _buys(works, 1_000), 1_000);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        escrow.openRound(Rounds.pack(round));
        _close(address(escrow), true);
        _refused(round, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, marketOperator));
        RoundOpening code = RoundOpening(escrow.roundOpening());
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.openRound(Rounds.pack(round));
    }
}
