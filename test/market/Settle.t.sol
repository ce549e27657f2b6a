// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {
    Band,
    DaySettlement,
    ITradeEscrow,
    ITradeEscrowEvents,
    NonceKind,
    TradeSettlement,
    TradeStatus,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, Source} from "../../contracts/types/Enums.sol";
import {DebtId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Party} from "../utils/Market.sol";
import {HostileWallet} from "../utils/Wallets.sol";

contract SettleTest is Market {
    /// @dev 1 MWh in each of four slots at 400 元/MWh: 1,600.00 元, network 621.20 元, bond 240.00 元.
    uint256 internal constant ENERGY_FEN = 160_000;
    uint256 internal constant NETWORK_FEN = 62_120;
    uint256 internal constant BOND_FEN = 24_000;
    uint256 internal constant MWH = 1_000_000;

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _metered(uint256 energyWh) internal pure returns (bytes memory) {
        return Builder.level(40, 44, energyWh);
    }

    function _assertPaid(
        Party memory seller,
        Party memory buyer,
        uint256 energy,
        uint256 network,
        uint256 charge
    ) internal view {
        assertEq(_balance(buyer.id), WEALTH - energy - network + charge, "buyer");
        assertEq(_balance(seller.id), WEALTH + energy - charge, "seller");
        assertEq(_balance(gridId), network, "grid company");
        assertEq(_held(buyer) + _held(seller), 0, "holds");
    }

    function _refused(TradeId id, bytes memory failure) internal {
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        vm.expectRevert(failure);
        escrow.settle(settlements, prices);
    }

    // ---- settle

    function test_deliveredInFull() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        _assertStatus(id, TradeStatus.Settled);
        _assertPaid(solar, works, ENERGY_FEN, NETWORK_FEN, 0);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "kWh of the buyer");
    }

    function test_chargesWhatIsMissingBeyondTheTolerance() public {
        TradeId id = _openCash(solar, works, _bands());
        bytes memory metered = _metered(MWH);
        Builder.set(metered, 41, 960_000);
        Builder.set(metered, 42, 900_000);
        _measured(solar.meter, metered);
        _settle(id);
        // 3.86 MWh arrived. Slot 41 is within 4 %; of slot 42, 60 kWh count: 10 % of 400 元/MWh.
        _assertPaid(solar, works, 154_400, 59_946, 240);
        assertEq(_kwhOf(works.account, solar.meter), 3_860_000, "kWh of the buyer");
    }

    function test_chargesOverTheDayToTheBalancingAccount() public {
        TradeId id = _openCash(thermal, works, _bands());
        bytes memory metered = _metered(MWH);
        Builder.set(metered, 42, 500_000);
        _measured(thermal.meter, metered);
        _settle(id);
        // 0.5 MWh are missing, 0.34 beyond 4 % of the day: at 40 + 20 元/MWh.
        assertEq(_balance(balancingId), 2_040, "balancing account");
        assertEq(_balance(thermal.id), WEALTH + 140_000 - 2_040, "seller");
        assertEq(_balance(works.id), WEALTH - 140_000 - 54_355, "buyer");
    }

    function test_chargesNothingWithinTheToleranceOfTheDay() public {
        TradeId id = _openCash(thermal, works, _bands());
        bytes memory metered = _metered(MWH);
        // 4 % of the day, all of it missing in one slot.
        Builder.set(metered, 42, 840_000);
        _measured(thermal.meter, metered);
        _settle(id);
        assertEq(_balance(balancingId), 0, "balancing account");
        assertEq(_balance(thermal.id), WEALTH + 153_600, "seller");
        assertEq(_balance(works.id), WEALTH - 153_600 - 59_635, "buyer");
    }

    function test_exemptSource() public {
        Party memory hydro = _enter("Zipingpu hydropower", Direction.Generation, Source.HydroRunOfRiver);
        TradeId id = _openCash(hydro, works, _bands());
        _measured(hydro.meter, Builder.zeros());
        _settle(id);
        _assertPaid(hydro, works, 0, 0, 0);
        assertEq(kwh.balanceOf(works.account, kwh.idOf(hydro.meter, day)), 0, "no kWh");
    }

    function test_oneCallChargesEachMeterByItsOwnSource() public {
        Party memory hydro = _enter("Zipingpu hydropower", Direction.Generation, Source.HydroRunOfRiver);
        TradeId exempt = _openCash(hydro, works, _bands());
        TradeId charged = _openCash(solar, mill, _bands());
        _measured(hydro.meter, Builder.zeros());
        _measured(solar.meter, Builder.zeros());
        _settle(_ids(exempt, charged));
        assertEq(_balance(hydro.id), WEALTH, "hydropower pays nothing");
        assertEq(_balance(works.id), WEALTH, "its buyer is paid nothing");
        // 3.84 MWh beyond the tolerance at 40 元/MWh.
        assertEq(_balance(solar.id), WEALTH - 15_360, "solar pays");
        assertEq(_balance(mill.id), WEALTH + 15_360, "its buyer is compensated");
    }

    function test_chargeIsCappedByTheBond() public {
        TradeId id = _openCash(thermal, works, _bands());
        _measured(thermal.meter, Builder.zeros());
        _settle(id);
        // 3.84 MWh at 60 元/MWh come to 230.40 元, within the bond of 240.00 元.
        assertEq(_balance(balancingId), 23_040, "balancing account");

        TradeId cheap = _openAtTheFloor();
        _measured(thermal.meter, Builder.zeros());
        _settle(cheap);
        // 3.84 MWh at 7.5 + 20 元/MWh come to 105.60 元; the bond is 45.00 元.
        assertEq(_balance(balancingId), 23_040 + 4_500, "balancing account");
        assertEq(_held(thermal), 0, "nothing is held");
    }

    function _openAtTheFloor() internal returns (TradeId) {
        day = day.plusDays(10);
        return _openCash(thermal, works, Builder.bands(Builder.band(40, 44, MWH, 7_500)));
    }

    function test_servesInTheOrderOfOpening() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(1_500_000));
        _settle(_ids(second, first));
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "the first buyer has all");
        assertEq(_kwhOf(mill.account, solar.meter), 2 * MWH, "the second has the rest");
        assertEq(_balance(works.id), WEALTH - ENERGY_FEN - NETWORK_FEN, "the first pays for all");
        // 0.46 MWh a slot beyond the tolerance at 40 元/MWh: 73.60 元.
        assertEq(_balance(mill.id), WEALTH - 80_000 - 31_060 + 7_360, "the second pays for half, and is compensated");
    }

    function test_oneCallForOneDay() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2_000_000));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(first));
        settlements[0].trades = new TradeSettlement[](3);
        settlements[0].trades[0] = _item(first, 0);
        settlements[0].trades[1] = _item(second, 0);
        settlements[0].trades[2] = _item(first, 0);
        escrow.settle(settlements, prices);
        _assertStatus(first, TradeStatus.Settled);
        _assertStatus(second, TradeStatus.Settled);
        assertEq(_balance(solar.id), WEALTH + 2 * ENERGY_FEN, "paid once each");
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "kWh of the first");
        assertEq(_kwhOf(mill.account, solar.meter), 4 * MWH, "kWh of the second");
    }

    function test_positionsFollowFromTradeToTrade() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        TradeId third = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(2_000_000));
        _settle(second);
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(first));
        settlements[0].trades = new TradeSettlement[](3);
        settlements[0].trades[0] = _item(first, 0);
        // Settled before: still leads from the first to the third.
        settlements[0].trades[1] = _item(second, 0);
        settlements[0].trades[2] = _item(third, 0);
        (settlements[0].trades[1].offset, settlements[0].trades[2].offset) = ("", "");
        escrow.settle(settlements, prices);
        _assertStatus(first, TradeStatus.Settled);
        _assertStatus(third, TradeStatus.Settled);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "nothing is left for the third");
    }

    function test_positionsFollowInTheOrderOfOpeningOnly() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2_000_000));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(second));
        settlements[0].trades = new TradeSettlement[](2);
        (settlements[0].trades[0], settlements[0].trades[1]) = (_item(second, 0), _item(first, 0));
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, first));
        escrow.settle(settlements, prices);
        settlements[0].trades[0].offset = "";
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, second));
        escrow.settle(settlements, prices);
        // What another trade sold leads nowhere.
        settlements[0].trades[0] = _item(first, 0);
        settlements[0].trades[1] = _item(second, 0);
        settlements[0].trades[1].offset = "";
        settlements[0].trades[0].energy = _metered(MWH - 1);
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, first));
        escrow.settle(settlements, prices);
    }

    function testFuzz_settlesAsSlotBySlot(uint256 seed) public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, Builder.bands(Builder.band(39, 42, 700_000, 33_333)));
        bytes memory metered = Builder.zeros();
        for (uint256 slot = 38; slot < 45; ++slot) {
            Builder.set(metered, slot, bound(uint32(seed >> (32 * (slot - 38))), 0, 2_000_000));
        }
        _measured(solar.meter, metered);
        _settle(_ids(second, first));
        _mintSurplus(solar.meter);

        uint256 minted =
            _kwhOf(works.account, solar.meter) + _kwhOf(mill.account, solar.meter) + _kwhOf(solar.account, solar.meter);
        assertEq(minted, Builder.sum(metered), "all that was metered is minted, and no more");
        _assertDelivered(first, works, metered);
        _assertDelivered(second, mill, metered);
        assertEq(
            _balance(works.id) + _balance(mill.id) + _balance(solar.id) + _balance(gridId),
            3 * WEALTH,
            "money is conserved"
        );
    }

    function _assertDelivered(TradeId id, Party memory buyer, bytes memory metered) internal view {
        uint64 number = TradeId.unwrap(id);
        bytes memory sold = _opened[number].energy;
        bytes memory price = _priceCurves[_terms(id).priceHash];
        bytes memory delivered = Builder.deliveries(sold, _opened[number].offset, metered);
        uint256 charge;
        for (uint256 slot; slot < 96; ++slot) {
            uint256 wanted = Builder.slotAt(sold, slot);
            uint256 missing = wanted - Builder.slotAt(delivered, slot);
            uint256 tolerated = (wanted * 400 + 9_999) / 10_000;
            if (missing > tolerated) charge += (missing - tolerated) * Builder.slotAt(price, slot) * 1_000;
        }
        charge = (charge + 5e9) / 1e10;
        if (charge > _terms(id).bondFen) charge = _terms(id).bondFen;
        uint256 paid = Builder.amount(delivered, price) + Builder.network(Builder.sum(delivered), 15_530_000);
        assertEq(_balance(buyer.id), WEALTH - paid + charge, "buyer");
        assertEq(_kwhOf(buyer.account, solar.meter), Builder.sum(delivered), "delivered");
    }

    // ---- payment on terms

    function test_onTermsTheEnergyIsOwed() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 30);
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        DebtId debt = _debtOf(id, DebtCode.EnergyOnTerms);
        _assertDebt(debt, works.id, solar.id, ENERGY_FEN);
        assertTrue(debts.debtOf(debt).dueDay == day.plusDays(30), "due day");
        assertEq(debts.debtCount(), 1, "the network charge was held");
        assertEq(_balance(works.id), WEALTH - NETWORK_FEN, "buyer");
        assertEq(_held(works) + _held(solar), 0, "holds");

        _pay(debt, ENERGY_FEN);
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN, "paid");
    }

    function test_onTermsSettledAfterTheTermIsDueAtOnce() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 1);
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        assertTrue(debts.debtOf(_debtOf(id, DebtCode.EnergyOnTerms)).dueDay == day.plusDays(3), "day of settlement");
    }

    function test_onTermsNothingDeliveredIsNothingOwed() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 30);
        _measured(solar.meter, Builder.zeros());
        _settle(id);
        assertEq(debts.debtCount(), 0, "no debt");
        assertEq(_balance(works.id), WEALTH + 15_360, "compensated by the bond");
    }

    // ---- settled by anyone, once

    function test_settledOnce() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        _settle(id);
        _assertPaid(solar, works, ENERGY_FEN, NETWORK_FEN, 0);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "minted once");
    }

    function test_callsNoReceiver() public {
        HostileWallet wallet = new HostileWallet(vm.addr(77));
        Party memory party = _enter(address(wallet), 77, Direction.Consumption, Source.None, DEYANG);
        TradeId id = _openCash(solar, party, _bands());
        wallet.setRefusal(true);
        wallet.arm(address(escrow), abi.encodeCall(TradeEscrow.cancelPage, (NonceKind.Trade, day, 0)));
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        assertEq(_kwhOf(address(wallet), solar.meter), 4 * MWH, "kWh arrived without asking");
        assertFalse(wallet.attempted(), "nobody was called");
    }

    // ---- what does not fit

    function test_dayNotFinal() public {
        TradeId id = _openCash(solar, works, _bands());
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_NotFinal.selector,
            solar.meter,
            day
        );
        _meteredOf[solar.meter][day] = _metered(MWH);
        _refused(id, failure);
        _goPast();
        _report(solar.meter, day, _metered(MWH));
        _refused(id, failure);
        vm.warp(meters.dayOf(solar.meter, day).finalisableAt);
        _finalise(solar.meter, day);
        _meteredOf[solar.meter][day] = _metered(MWH - 1);
        _refused(id, failure);
        _meteredOf[solar.meter][day] = _metered(MWH);
        _settle(id);
    }

    function _goPast() internal {
        vm.warp(block.timestamp + 3 days);
    }

    function test_everythingInTheTermsIsCommitted() public {
        TradeId id = _openCash(solar, works, _bands());
        _openCash(thermal, works, _bands());
        _measured(solar.meter, _metered(MWH));
        bytes memory failure = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, id);
        for (uint256 field; field < 8; ++field) {
            (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
            TradeTerms memory terms = settlements[0].trades[0].terms;
            if (field == 0) terms.seller = mill.id;
            if (field == 1) terms.buyer = mill.id;
            if (field == 2) terms.energyFen += 1;
            if (field == 3) terms.bondFen -= 1;
            if (field == 4) terms.paymentDays = 1;
            if (field == 5) settlements[0].trades[0].energy = _metered(MWH - 1);
            if (field == 6) settlements[0].trades[0].offset = Builder.zeros();
            if (field == 7) prices[0] = Builder.level(40, 44, 40_001);
            vm.expectRevert(failure);
            escrow.settle(settlements, prices);
        }
    }

    function test_tradeOfAnotherMeterDay() public {
        TradeId id = _openCash(thermal, works, _bands());
        _measured(solar.meter, _metered(MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        settlements[0].meter = solar.meter;
        settlements[0].metered = _metered(MWH);
        bytes memory failure = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, id);
        vm.expectRevert(failure);
        escrow.settle(settlements, prices);
        // Of the right meter, but the day before.
        Day before = Day.wrap(Day.unwrap(day) - 1);
        _measure(thermal.meter, before, _metered(MWH));
        (settlements[0].meter, settlements[0].day) = (thermal.meter, before);
        vm.expectRevert(failure);
        escrow.settle(settlements, prices);
    }

    function test_unknownTrade() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        settlements[0].trades[0].id = TradeId.wrap(2);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITradeEscrowEvents.TradeEscrow_WrongStatus.selector,
                TradeId.wrap(2),
                TradeStatus.None
            )
        );
        escrow.settle(settlements, prices);
    }

    function test_malformedCurves() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        bytes[] memory wrong = new bytes[](3);
        wrong[0] = new bytes(383);
        wrong[1] = new bytes(416);
        wrong[2] = Builder.level(0, 1, 1 << 31);
        for (uint256 i; i < wrong.length * 4; ++i) {
            (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
            bytes memory curve = wrong[i / 4];
            if (i % 4 == 0) settlements[0].metered = curve;
            if (i % 4 == 1) settlements[0].trades[0].energy = curve;
            if (i % 4 == 2) settlements[0].trades[0].offset = curve;
            if (i % 4 == 3) prices[0] = curve;
            // A curve of the right length that was never reported or sold has another hash.
            if (curve.length != Curve.BYTES) {
                vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, curve.length));
            } else vm.expectRevert();
            escrow.settle(settlements, prices);
        }
        (DaySettlement[] memory outside, bytes[] memory one) = _settlements(_ids(id));
        outside[0].trades[0].price = 1;
        vm.expectRevert();
        escrow.settle(outside, one);
    }

    function test_malformedCalldata() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        bytes memory call = abi.encodeCall(ITradeEscrow.settle, (settlements, prices));
        for (uint256 length = 4; length < call.length; length += 96) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = call[i];
            }
            (bool passed, ) = address(escrow).call(cut);
            assertFalse(passed, "cut short");
        }
        (bool success, ) = address(escrow).call(bytes.concat(call, hex"c0ffee"));
        assertTrue(success, "trailing bytes");
        _assertStatus(id, TradeStatus.Settled);
    }

    // ---- mintSurplus

    function test_surplusBeyondThePosition() public {
        _openCash(solar, works, _bands());
        bytes memory metered = Builder.level(39, 44, 600_000);
        Builder.set(metered, 43, 1_700_000);
        _measured(solar.meter, metered);
        _mintSurplus(solar.meter);
        // Slot 39 whole, slots 40 to 42 short, slot 43 0.7 MWh beyond.
        assertEq(_kwhOf(solar.account, solar.meter), 1_300_000, "surplus");
        assertEq(escrow.positionHashOf(solar.meter, day), bytes32(uint256(1)), "marked");
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_SurplusMinted.selector, solar.meter, day)
        );
        escrow.mintSurplus(solar.meter, day, metered, _positionOf[solar.meter][day]);
    }

    function test_surplusWhereNothingWasSold() public {
        _measured(solar.meter, _metered(MWH));
        _mintSurplus(solar.meter);
        assertEq(_kwhOf(solar.account, solar.meter), 4 * MWH, "all of it");
    }

    function test_surplusOfNothing() public {
        _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.SurplusMinted(solar.meter, day, solar.id, 0);
        vm.recordLogs();
        _mintSurplus(solar.meter);
        assertEq(vm.getRecordedLogs().length, 1, "no kWh are minted");
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_SurplusMinted.selector, solar.meter, day)
        );
        escrow.mintSurplus(solar.meter, day, _metered(MWH), _metered(MWH));
    }

    function test_surplusRefused() public {
        _openCash(solar, works, _bands());
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_NotFinal.selector,
            solar.meter,
            day
        );
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, day, _metered(MWH), _metered(MWH));
        _measured(solar.meter, _metered(MWH));
        failure = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_StalePosition.selector, solar.meter, day);
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, day, _metered(MWH), "");
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, day, _metered(MWH), _metered(MWH - 1));
        _measured(works.meter, _metered(MWH));
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_MeterNotTradable.selector, works.meter, works.id)
        );
        escrow.mintSurplus(works.meter, day, _metered(MWH), "");
    }
}
