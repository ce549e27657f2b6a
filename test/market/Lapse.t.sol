// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    DayLapse,
    ITradeEscrowEvents,
    TradeStatus,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState} from "../../contracts/types/Enums.sol";
import {TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Market} from "../utils/Market.sol";

contract LapseTest is Market {
    uint256 internal constant MWH = 1_000_000;
    TradeId internal id;

    function setUp() public override {
        super.setUp();
        id = _openCash(thermal, works, _bands());
    }

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _metered(uint256 energyWh) internal pure returns (bytes memory) {
        return Builder.level(40, 44, energyWh);
    }

    function _assertReleased() internal view {
        _assertStatus(id, TradeStatus.Lapsed);
        assertEq(_held(works) + _held(thermal), 0, "holds");
        assertEq(_balance(works.id), WEALTH, "buyer");
        assertEq(_balance(thermal.id), WEALTH, "seller");
    }

    // ---- lapse

    function test_releasesTheHolds() public {
        vm.warp(meters.lapsesAt(day) - 1);
        vm.expectRevert();
        _lapse(thermal.meter, day);
        _miss(thermal.meter);
        _lapseTrade(id);
        _assertReleased();
        // Again: nothing.
        _lapseTrade(id);
        _assertReleased();
    }

    function test_releasesThoughReportedLate() public {
        _miss(thermal.meter);
        _report(thermal.meter, day, _metered(MWH));
        assertEq(uint256(meters.dayOf(thermal.meter, day).state), uint256(DayState.LateReported), "reported late");
        _lapseTrade(id);
        _assertReleased();
    }

    function test_releasesThoughFinalisedLate() public {
        _miss(thermal.meter);
        _measuredLate(thermal.meter, _metered(MWH));
        _lapseTrade(id);
        _assertReleased();
        _settle(id);
        _assertStatus(id, TradeStatus.Settled);
    }

    /// @dev On terms, 30 Wh at 600 元/MWh: 2 fen of energy that nobody holds, no network charge, a bond of a fen.
    function test_releasesABondAlone() public {
        id = _openOnTerms(thermal, works, Builder.bands(Builder.band(40, 41, 30, 60_000)), 30);
        assertEq(_held(thermal), 1 + _bondOfTheFirst(), "held");
        _miss(thermal.meter);
        _lapseTrade(id);
        assertEq(_held(thermal), _bondOfTheFirst(), "released");
    }

    /// @dev 8 Wh at 600 元/MWh are not half a fen.
    function test_releasesATradeThatHoldsNothing() public {
        RuleSet memory set = _rules();
        set.dry.floor = 0;
        _newRules(set);
        day = Calendar.today().plusDays(2);
        id = _openCash(thermal, works, Builder.bands(Builder.band(40, 41, 8, 0)));
        assertEq(_terms(id).bondFen + _terms(id).energyFen + _terms(id).networkFen, 0, "nothing is held");
        _miss(thermal.meter);
        _lapseTrade(id);
        _assertStatus(id, TradeStatus.Lapsed);
    }

    function _bondOfTheFirst() private view returns (uint256) {
        return _terms(TradeId.wrap(1)).bondFen;
    }

    function test_dayNotLapsed() public {
        DayLapse[] memory lapses = _lapseOf(id);
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_NotLapsed.selector,
            thermal.meter,
            day
        );
        vm.expectRevert(failure);
        escrow.lapse(lapses);
        vm.warp(Calendar.startOf(day.plusDays(1)));
        _report(thermal.meter, day, _metered(MWH));
        vm.expectRevert(failure);
        escrow.lapse(lapses);
        vm.warp(meters.dayOf(thermal.meter, day).finalisableAt);
        _finalise(thermal.meter, day);
        vm.expectRevert(failure);
        escrow.lapse(lapses);
    }

    function test_wrongTerms() public {
        _miss(thermal.meter);
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_WrongBook.selector,
            thermal.meter,
            day
        );
        DayLapse[] memory lapses = _lapseOf(id);
        lapses[0].terms[0].bondFen += 1;
        vm.expectRevert(failure);
        escrow.lapse(lapses);
        lapses = _lapseOf(id);
        lapses[0].ids[0] = TradeId.wrap(2);
        vm.expectRevert(failure);
        escrow.lapse(lapses);
        lapses = _lapseOf(id);
        lapses[0].terms = new TradeTerms[](0);
        vm.expectRevert();
        escrow.lapse(lapses);
    }

    function test_lateReadingSettlesAsInvoices() public {
        _miss(thermal.meter);
        _lapseTrade(id);
        bytes memory metered = _metered(MWH);
        Builder.set(metered, 40, 0);
        Builder.set(metered, 41, 0);
        _measuredLate(thermal.meter, metered);
        _settle(id);
        Day today = Calendar.today();
        // Half arrived; 1.84 MWh beyond the tolerance at 60 元/MWh.
        _assertOwed(id, DebtCode.LateInvoice, works.id, thermal.id, 80_000);
        _assertOwed(id, DebtCode.NetworkCharge, works.id, gridId, 31_060);
        _assertOwed(id, DebtCode.DeviationCharge, thermal.id, balancingId, 11_040);
        assertTrue(debts.debtOf(_debtOf(id, DebtCode.LateInvoice)).dueDay == today, "due at once");
        assertEq(_kwhOf(works.account, thermal.meter), 2 * MWH, "kWh of the buyer");

        _payOff(_debtOf(id, DebtCode.LateInvoice));
        _payOff(_debtOf(id, DebtCode.NetworkCharge));
        _payOff(_debtOf(id, DebtCode.DeviationCharge));
        assertEq(_balance(works.id), WEALTH - 80_000 - 31_060, "buyer");
        assertEq(_balance(thermal.id), WEALTH + 80_000 - 11_040, "seller");
        assertEq(_balance(balancingId), 11_040, "balancing account");
        assertEq(_balance(gridId), 31_060, "grid company");
    }

    function test_settlingADayFinalisedLateReleasesByItself() public {
        _miss(thermal.meter);
        _measuredLate(thermal.meter, _metered(MWH));
        _settle(id);
        _assertStatus(id, TradeStatus.Settled);
        assertEq(_held(works) + _held(thermal), 0, "holds");
        _assertOwed(id, DebtCode.LateInvoice, works.id, thermal.id, 160_000);
    }

    function test_invoicedChargeIsNotCapped() public {
        day = day.plusDays(10);
        TradeId cheap = _openCash(thermal, works, Builder.bands(Builder.band(40, 44, MWH, 7_500)));
        _miss(thermal.meter);
        _measuredLate(thermal.meter, Builder.zeros());
        _settle(cheap);
        // 3.84 MWh at 7.5 + 20 元/MWh, beyond the bond of 45.00 元.
        _assertOwed(cheap, DebtCode.DeviationCharge, thermal.id, balancingId, 10_560);
    }

    function test_frozenTradesWait() public {
        _arrange(id, block.timestamp + 29 days);
        _miss(thermal.meter);
        _lapseTrade(id);
        _assertStatus(id, TradeStatus.Open);
        vm.warp(escrow.frozenUntil(id));
        _lapseTrade(id);
        _assertReleased();
    }
}
