// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {
    Band,
    BookProof,
    ITradeEscrowEvents,
    TradeSettlement,
    TradeStatus,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {IMeterRegistry, MeterDay} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {DayState} from "../../contracts/types/Enums.sol";
import {ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Opened} from "../utils/Market.sol";

contract SeamsTest is Market {
    uint256 internal constant MWH = 1_000_000;
    /// @dev Of a trade of 4 MWh at 400 元/MWh.
    uint128 internal constant ENERGY_FEN = 160_000;
    uint128 internal constant NETWORK_FEN = 62_120;
    uint128 internal constant BOND_FEN = 24_000;

    address internal assigner = _named("assignment room");
    ParticipantId internal factorId;
    TradeId internal id;

    function setUp() public override {
        super.setUp();
        (, factorId) = _enrol("factor", Kinds.BANK);
        _grant(Roles.ASSIGNMENT, assigner);
        id = _openCash(solar, works, _bands());
    }

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _metered(uint256 energyWh) internal pure returns (bytes memory) {
        return Builder.level(40, 44, energyWh);
    }

    function _redirect(TradeId trade) internal {
        vm.prank(assigner);
        escrow.redirectPayee(trade, factorId);
    }

    // ---- redirectPayee

    function test_proceedsGoToThePayee() public {
        _redirect(id);
        assertEq(ParticipantId.unwrap(escrow.redirectedPayee(id)), ParticipantId.unwrap(factorId), "payee");
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        assertEq(_balance(factorId), ENERGY_FEN, "factor");
        assertEq(_balance(solar.id), WEALTH, "seller");
    }

    function test_whatIsOwedIsOwedToThePayee() public {
        day = day.plusDays(1);
        TradeId onTerms = _openOnTerms(solar, works, _bands(), 30);
        _redirect(onTerms);
        _measured(solar.meter, _metered(MWH));
        _settle(onTerms);
        _assertOwed(onTerms, DebtCode.EnergyOnTerms, works.id, factorId, ENERGY_FEN);
    }

    function test_redirectionRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        escrow.redirectPayee(id, factorId);
        ParticipantId nobody = ParticipantId.wrap(99);
        vm.startPrank(assigner);
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotParty.selector, address(0), nobody));
        escrow.redirectPayee(id, nobody);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITradeEscrowEvents.TradeEscrow_WrongStatus.selector,
                TradeId.wrap(9),
                TradeStatus.None
            )
        );
        escrow.redirectPayee(TradeId.wrap(9), factorId);
        vm.stopPrank();
    }

    // ---- freeze

    function test_freezesExactlyOne() public {
        TradeId other = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2 * MWH));
        uint256 until = block.timestamp + 5 days;
        _arrange(id, until);
        _settle(_ids(id, other));
        _assertStatus(id, TradeStatus.Open);
        _assertStatus(other, TradeStatus.Settled);
        vm.warp(until - 1);
        _settle(id);
        _assertStatus(id, TradeStatus.Open);
        vm.warp(until);
        _settle(id);
        _assertStatus(id, TradeStatus.Settled);
    }

    function test_thirtyDaysFromTheFirstFreeze() public {
        uint256 latest = block.timestamp + 30 days;
        vm.prank(arbiter);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_FreezeTooLong.selector, id, uint40(latest + 1))
        );
        escrow.freeze(id, uint40(latest + 1));
        _arrange(id, block.timestamp + 1 days);
        vm.warp(block.timestamp + 20 days);
        _arrange(id, latest);
        _arrange(id, 0);
        assertEq(escrow.frozenUntil(id), 0, "unfrozen");
        vm.prank(arbiter);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_FreezeTooLong.selector, id, uint40(latest + 1))
        );
        escrow.freeze(id, uint40(latest + 1));
    }

    function test_freezesALapsedTradeToo() public {
        _miss(solar.meter);
        _lapseTrade(id);
        uint256 until = block.timestamp + 1 days;
        _arrange(id, until);
        assertEq(escrow.frozenUntil(id), until, "frozen");
    }

    function test_finishedTradesAreNotFrozen() public {
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        vm.prank(arbiter);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongStatus.selector, id, TradeStatus.Settled)
        );
        escrow.freeze(id, uint40(block.timestamp + 1));
        vm.prank(arbiter);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITradeEscrowEvents.TradeEscrow_WrongStatus.selector,
                TradeId.wrap(9),
                TradeStatus.None
            )
        );
        escrow.freeze(TradeId.wrap(9), 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        escrow.freeze(id, 0);
    }

    // ---- rule

    function _rule(uint128 energyFen, uint128 networkFen, uint128 deviationFen) internal {
        BookProof memory book = _book(id);
        vm.recordLogs();
        vm.prank(arbiter);
        escrow.rule(id, _terms(id), book, energyFen, networkFen, deviationFen);
        _readLog();
    }

    function test_dividesTheHolds() public {
        _arrange(id, block.timestamp + 1 days);
        _rule(100_000, 60_000, 4_000);
        _assertStatus(id, TradeStatus.Ruled);
        assertEq(_balance(solar.id), WEALTH + 100_000 - 4_000, "seller");
        assertEq(_balance(works.id), WEALTH - 160_000 + 4_000, "buyer");
        assertEq(_balance(gridId), 60_000, "grid company");
        assertEq(_held(works) + _held(solar), 0, "holds");

        // Decided is decided: no lapse, no settlement, no second ruling.
        _miss(solar.meter);
        _lapseTrade(id);
        _measuredLate(solar.meter, _metered(MWH));
        _settle(id);
        BookProof memory book = _book(id);
        vm.prank(arbiter);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongStatus.selector, id, TradeStatus.Ruled)
        );
        escrow.rule(id, _terms(id), book, 0, 0, 0);
        assertEq(_balance(solar.id), WEALTH + 96_000, "seller, still");
    }

    function test_rulingOnTermsIsOwed() public {
        id = _openOnTerms(thermal, works, _bands(), 30);
        _arrange(id, block.timestamp + 1 days);
        uint256 balancing = _balance(balancingId);
        _rule(ENERGY_FEN, 0, BOND_FEN);
        _assertOwed(id, DebtCode.EnergyOnTerms, works.id, thermal.id, ENERGY_FEN);
        assertEq(_balance(balancingId), balancing + BOND_FEN, "balancing account");
    }

    function test_rulingPaysThePayee() public {
        _redirect(id);
        _arrange(id, block.timestamp + 1 days);
        _rule(ENERGY_FEN, NETWORK_FEN, 0);
        assertEq(_balance(factorId), ENERGY_FEN, "factor");
    }

    function test_rulingRefused() public {
        bytes memory notFrozen = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotFrozen.selector, id);
        vm.startPrank(arbiter);
        vm.expectRevert(notFrozen);
        _ruleExternally(0, 0, 0);
        escrow.freeze(id, uint40(block.timestamp + 1 days));
        bytes memory exceeds = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_RulingExceedsHold.selector, id);
        vm.expectRevert(exceeds);
        _ruleExternally(ENERGY_FEN + 1, 0, 0);
        vm.expectRevert(exceeds);
        _ruleExternally(0, NETWORK_FEN + 1, 0);
        vm.expectRevert(exceeds);
        _ruleExternally(0, 0, BOND_FEN + 1);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(notFrozen);
        _ruleExternally(0, 0, 0);
        vm.stopPrank();
    }

    function test_rulingAsksForTheArbiterAndTheTerms() public {
        _arrange(id, block.timestamp + 1 days);
        TradeTerms memory terms = _terms(id);
        BookProof memory book = _book(id);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        escrow.rule(id, terms, book, 1, 1, 1);
        terms.energyFen += 1;
        vm.prank(arbiter);
        vm.expectRevert(_wrongBook());
        escrow.rule(id, terms, book, ENERGY_FEN + 1, 1, 1);
    }

    /// @dev The terms are read before, so that the next call is the escrow's.
    function _ruleExternally(uint128 energyFen, uint128 networkFen, uint128 deviationFen) internal {
        Opened memory opened = _opened[TradeId.unwrap(id)];
        // The only trade of its day.
        BookProof memory book = BookProof(0, new bytes32[](0), keccak256(opened.energy));
        escrow.rule(id, opened.terms, book, energyFen, networkFen, deviationFen);
    }

    // ---- finaliseAccepted

    function _items(TradeId first, TradeId second) internal view returns (TradeSettlement[] memory items) {
        items = new TradeSettlement[](2);
        (items[0], items[1]) = (_item(first, 0), _item(second, 0));
    }

    function _accept(address account, uint16 version) internal {
        vm.prank(account);
        meters.accept(MeterDay(solar.meter, day), version);
    }

    function test_finalisesOnceEverybodyAccepted() public {
        TradeId other = _openCash(solar, mill, _bands());
        TradeSettlement[] memory items = _items(id, other);
        vm.warp(Calendar.startOf(day.plusDays(1)));
        _report(solar.meter, day, _metered(MWH));
        _accept(solar.account, 1);
        _accept(works.account, 1);
        bytes memory failure = abi.encodeWithSelector(
            IMeterRegistry.MeterRegistry_NotAccepted.selector,
            solar.meter,
            day,
            mill.id
        );
        vm.expectRevert(failure);
        escrow.finaliseAccepted(solar.meter, day, items);
        _accept(mill.account, 1);
        // A correction asks everybody again.
        _report(solar.meter, day, _metered(2 * MWH));
        vm.expectRevert();
        escrow.finaliseAccepted(solar.meter, day, items);
        _accept(solar.account, 2);
        _accept(works.account, 2);
        _accept(mill.account, 2);
        escrow.finaliseAccepted(solar.meter, day, items);
        assertEq(uint256(meters.dayOf(solar.meter, day).state), uint256(DayState.Final), "state");
    }

    function test_noTradeMayBeMissing() public {
        TradeId other = _openCash(solar, mill, _bands());
        vm.warp(Calendar.startOf(day.plusDays(1)));
        _report(solar.meter, day, _metered(MWH));
        bytes memory failure = _wrongBook();
        TradeSettlement[] memory items = _items(other, id);
        vm.expectRevert(failure);
        escrow.finaliseAccepted(solar.meter, day, items);
        items = _items(id, id);
        vm.expectRevert(failure);
        escrow.finaliseAccepted(solar.meter, day, items);
        items = new TradeSettlement[](1);
        items[0] = _item(id, 0);
        vm.expectRevert(failure);
        escrow.finaliseAccepted(solar.meter, day, items);
        items = new TradeSettlement[](0);
        vm.expectRevert(failure);
        escrow.finaliseAccepted(solar.meter, day, items);
        items = _items(id, other);
        items[0].terms.bondFen += 1;
        vm.expectRevert(failure);
        escrow.finaliseAccepted(solar.meter, day, items);
        items[0].terms.bondFen -= 1;
        vm.expectPartialRevert(ITradeEscrowEvents.TradeEscrow_WrongBook.selector);
        escrow.finaliseAccepted(thermal.meter, day, items);
        vm.expectPartialRevert(ITradeEscrowEvents.TradeEscrow_WrongBook.selector);
        escrow.finaliseAccepted(solar.meter, day.plusDays(1), items);
    }

    function _wrongBook() internal view returns (bytes memory) {
        return abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongBook.selector, solar.meter, day);
    }

    /// @dev The bond at stake is the seller's, even if another trades for the meter now.
    function test_asksWhoSoldThoughAnotherTradesNow() public {
        (address retailer, ParticipantId retailerId) = _enrol("retailer", Kinds.RETAILER);
        vm.prank(solar.account);
        meters.setTrader(solar.meter, retailerId);
        vm.warp(Calendar.startOf(day.plusDays(1)));
        _report(solar.meter, day, Builder.zeros());
        _accept(retailer, 1);
        _accept(works.account, 1);
        TradeSettlement[] memory items = new TradeSettlement[](1);
        items[0] = _item(id, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_NotAccepted.selector, solar.meter, day, solar.id)
        );
        escrow.finaliseAccepted(solar.meter, day, items);
        _accept(solar.account, 1);
        escrow.finaliseAccepted(solar.meter, day, items);
    }
}
