// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {
    DayRecord,
    IMeterRegistry,
    Meter,
    MeterDay,
    Reading,
    Windows
} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {DayWord} from "../../contracts/metering/libraries/DayWord.sol";
import {MeterWord} from "../../contracts/metering/libraries/MeterWord.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState, Direction, Quality, Source, Voltage} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId, ZoneId} from "../../contracts/types/Ids.sol";
import {Schedule} from "../../contracts/types/Schedule.sol";
import {Deploy} from "../utils/Deploy.sol";
import {Platform} from "../utils/Platform.sol";

contract MeterRegistryTest is Platform {
    ParticipantId internal constant NOBODY = ParticipantId.wrap(0);
    bytes32 internal constant ASSET = keccak256("asset 5101-0001");

    address internal plant;
    ParticipantId internal plantId;
    address internal factory;
    ParticipantId internal factoryId;
    address internal retailer;
    ParticipantId internal retailerId;
    MeterId internal meter;
    bytes internal curve;
    bytes internal corrected;

    address internal book = _named("trade book");

    function setUp() public override {
        super.setUp();
        (plant, plantId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        (factory, factoryId) = _enrol("Deyang turbine works", Kinds.CONSUMER);
        (retailer, retailerId) = _enrol("Mianyang power sales", Kinds.RETAILER);
        _grant(Roles.TRADE_BOOK, book);
        meter = _registerMeter(plantId, Direction.Generation);
        curve = _levelCurve(1_000_000);
        corrected = _levelCurve(999_999);
    }

    function _wrongState(Day day, DayState state) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IMeterRegistry.MeterRegistry_WrongState.selector, meter, day, state);
    }

    function _notGood(ParticipantId participant) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterRegistry.MeterRegistry_ParticipantNotGood.selector, participant);
    }

    function _unauthorized(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
    }

    function _assertState(Day day, DayState expected) internal view {
        assertEq(uint256(meters.dayOf(meter, day).state), uint256(expected), "state");
    }

    function _over(Day day) internal pure returns (uint256) {
        return Calendar.startOf(day) + 1 days;
    }

    /// @dev The end of the day on which reports are still accepted.
    function _deadline(Day day) internal pure returns (uint256) {
        return _over(day) + uint256(REPORT_DAYS) * 1 days;
    }

    function _reportNow(bytes memory packed) internal {
        vm.warp(_over(START));
        _report(meter, START, packed);
    }

    function _lapseNow() internal {
        vm.warp(_deadline(START));
        _lapse(meter, START);
    }

    // ---- register

    function test_register_numbersMetersFromOne() public {
        Meter memory properties = _meter(factoryId, Direction.Consumption);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterRegistered(MeterId.wrap(2), factoryId, ASSET, properties);
        vm.prank(meterOperator);
        MeterId id = meters.register(properties, ASSET);
        assertEq(MeterId.unwrap(id), 2, "id");
        assertEq(meters.meterCount(), 2, "count");
        assertEq(abi.encode(meters.meterOf(id)), abi.encode(properties), "properties");

        MeterId[] memory ids = new MeterId[](3);
        (ids[0], ids[1], ids[2]) = (id, MeterId.wrap(9), meter);
        Meter[] memory found = meters.metersOf(ids);
        assertTrue(found[0].owner == factoryId, "first");
        assertTrue(found[1].owner.isNobody(), "unknown");
        assertTrue(found[2].owner == plantId, "last");
    }

    function test_register_isActiveAndTradedByItsOwnerUnlessNamed() public {
        Meter memory properties = _meter(factoryId, Direction.Consumption);
        properties.trader = NOBODY;
        properties.active = false;
        Meter memory registered = meters.meterOf(_registerMeter(properties));
        assertTrue(registered.trader == factoryId, "trader");
        assertTrue(registered.active, "active");

        properties.trader = retailerId;
        registered = meters.meterOf(_registerMeter(properties));
        assertTrue(registered.trader == retailerId, "named trader");
    }

    function test_register_takesNoNextTrader() public {
        Meter memory properties = _meter(plantId, Direction.Generation);
        (properties.nextTrader, properties.nextTraderFrom) = (factoryId, START);
        Meter memory registered = meters.meterOf(_registerMeter(properties));
        assertTrue(registered.nextTrader == NOBODY, "unchecked");
        assertEq(Day.unwrap(registered.nextTraderFrom), 0, "day");
    }

    function test_register_isReadAsAWordToo() public {
        Meter memory properties = _meter(plantId, Direction.Generation);
        properties.trader = retailerId;
        (properties.voltage, properties.source) = (Voltage.KV220, Source.Thermal);
        (properties.zone, properties.capacityW) = (ZoneId.wrap(type(uint32).max - 1), type(uint32).max - 2);
        MeterId id = _registerMeter(properties);
        MeterWord word = meters.packedMeter(id);
        assertTrue(word.owner() == plantId, "owner");
        assertTrue(word.direction() == Direction.Generation, "direction");
        assertTrue(word.isTradable(retailerId, Direction.Generation, START), "by its trader, in its direction");
        assertFalse(word.isTradable(plantId, Direction.Generation, START), "by its owner, who named another");
        assertFalse(word.isTradable(retailerId, Direction.Consumption, START), "in the other direction");
        assertTrue(word.zone() == properties.zone, "zone");
        assertTrue(word.voltage() == Voltage.KV220, "voltage");
        assertTrue(word.source() == Source.Thermal, "source");
        assertEq(word.capacityW(), properties.capacityW, "capacity");
        vm.prank(meterOperator);
        meters.deactivate(id);
        assertFalse(meters.packedMeter(id).isTradable(retailerId, Direction.Generation, START), "out of service");
        assertEq(MeterWord.unwrap(meters.packedMeter(MeterId.wrap(9))), 0, "unknown");
    }

    function test_register_revertsForAnAssetRegisteredBefore() public {
        vm.startPrank(meterOperator);
        meters.register(_meter(plantId, Direction.Generation), ASSET);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_AssetTaken.selector, ASSET));
        meters.register(_meter(factoryId, Direction.Consumption), ASSET);
        vm.stopPrank();
    }

    function test_register_revertsForPropertiesWithoutSense() public {
        Meter memory properties = _meter(plantId, Direction.Generation);
        properties.zone = ZoneId.wrap(0);
        _expectInvalid(properties, "zone");
        properties = _meter(plantId, Direction.Generation);
        properties.direction = Direction.None;
        _expectInvalid(properties, "direction");
        properties = _meter(plantId, Direction.Generation);
        properties.source = Source.None;
        _expectInvalid(properties, "source");
        properties = _meter(plantId, Direction.Consumption);
        properties.source = Source.Wind;
        _expectInvalid(properties, "source");
        properties = _meter(plantId, Direction.Generation);
        properties.capacityW = 0;
        _expectInvalid(properties, "capacityW");
    }

    function _expectInvalid(Meter memory properties, string memory field) internal {
        vm.prank(meterOperator);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_InvalidMeter.selector, field));
        meters.register(properties, ASSET);
    }

    function test_register_revertsForAnOwnerOrTraderNotGood() public {
        Meter memory properties = _meter(ParticipantId.wrap(99), Direction.Generation);
        vm.startPrank(meterOperator);
        vm.expectRevert(_notGood(ParticipantId.wrap(99)));
        meters.register(properties, ASSET);
        properties = _meter(plantId, Direction.Generation);
        properties.trader = factoryId;
        vm.expectRevert(_notGood(factoryId));
        meters.register(properties, ASSET);
        vm.stopPrank();
        _suspend(retailerId);
        properties.trader = retailerId;
        vm.prank(meterOperator);
        vm.expectRevert(_notGood(retailerId));
        meters.register(properties, ASSET);
    }

    function test_register_revertsFromAStranger() public {
        vm.prank(plant);
        vm.expectRevert(_unauthorized(plant));
        meters.register(_meter(plantId, Direction.Generation), ASSET);
    }

    // ---- setTrader

    function _setTrader(ParticipantId trader) internal {
        vm.prank(plant);
        meters.setTrader(meter, trader);
    }

    function _expectNamed(ParticipantId trader, ParticipantId next, Day from) internal {
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterTraderNamed(meter, trader, next, from);
    }

    function _assertTrader(ParticipantId expected, string memory when) internal view {
        MeterWord word = meters.packedMeter(meter);
        Day today = Calendar.today();
        assertTrue(word.traderOn(today) == expected, when);
        assertTrue(word.isTradable(expected, Direction.Generation, today), when);
        ParticipantId other = expected == plantId ? retailerId : plantId;
        assertFalse(word.isTradable(other, Direction.Generation, today), when);
    }

    function test_setTrader_namesARetailerFromTheDayAfterTomorrow() public {
        Day from = START.plusDays(2);
        _expectNamed(plantId, retailerId, from);
        _setTrader(retailerId);
        Meter memory named = meters.meterOf(meter);
        assertTrue(named.trader == plantId && named.nextTrader == retailerId && named.nextTraderFrom == from, "kept");
        vm.warp(Calendar.startOf(from) - 1);
        _assertTrader(plantId, "until the last second");
        vm.warp(Calendar.startOf(from));
        _assertTrader(retailerId, "from the first second");
        vm.warp(Calendar.startOf(from.plusDays(400)));
        _assertTrader(retailerId, "for good");
    }

    function test_setTrader_atAnySecondLeavesTheTraderOfTheNextDay() public {
        vm.warp(Calendar.startOf(START.plusDays(1)) - 1);
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(2)) - 1);
        _assertTrader(plantId, "named in the last second of a day");
        vm.warp(Calendar.startOf(START.plusDays(2)));
        _assertTrader(retailerId, "after a whole day");
    }

    function test_setTrader_againReplacesWhatIsScheduledAndComesNoSooner() public {
        (, ParticipantId otherId) = _enrol("Zigong power sales", Kinds.AGGREGATOR);
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(2)) - 1);
        _expectNamed(plantId, otherId, START.plusDays(3));
        _setTrader(otherId);
        vm.warp(Calendar.startOf(START.plusDays(3)) - 1);
        _assertTrader(plantId, "the retailer never trades");
        vm.warp(Calendar.startOf(START.plusDays(3)));
        _assertTrader(otherId, "the other does");
        // Once in force, it is the one that goes on.
        _expectNamed(otherId, retailerId, START.plusDays(5));
        _setTrader(retailerId);
        _assertTrader(otherId, "until the next");
    }

    function test_setTrader_toTheTraderInForceWithdrawsWhatIsScheduled() public {
        _setTrader(retailerId);
        _expectNamed(plantId, NOBODY, Day.wrap(0));
        _setTrader(plantId);
        vm.warp(Calendar.startOf(START.plusDays(3)));
        _assertTrader(plantId, "as if never named");
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(5)));
        _setTrader(plantId);
        _expectNamed(retailerId, NOBODY, Day.wrap(0));
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(9)));
        _assertTrader(retailerId, "keeps it");
    }

    /// @dev Days pass and traders are named: what was named last on a day is in force two days later, unless something was
    /// named on the day between.
    function testFuzz_setTrader_isInForceAfterADayOnWhichNothingWasNamed(bytes32 seed) public {
        (ParticipantId inForce, ParticipantId named, uint256 namedOn) = (plantId, plantId, 0);
        for (uint256 today = 1; today < 40; ++today) {
            if (today == namedOn + 2) inForce = named;
            for (uint256 j; j < 2; ++j) {
                _assertTrader(inForce, "whatever is named today");
                seed = keccak256(abi.encode(seed));
                if (uint256(seed) % 4 != 0) continue;
                (named, namedOn) = (uint256(seed) % 8 == 0 ? retailerId : plantId, today);
                _setTrader(named);
                vm.warp(block.timestamp + 1 hours);
            }
            vm.warp(Calendar.startOf(Calendar.today().plusDays(1)) + ((uint256(seed) >> 128) % 12 hours));
        }
    }

    function test_setTrader_takesTheMeterBackInAnyStanding() public {
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(2)));
        _suspend(plantId);
        _close(address(meters), true);
        _setTrader(NOBODY);
        _assertTrader(retailerId, "with the notice that any trader has");
        vm.warp(Calendar.startOf(START.plusDays(4)));
        _assertTrader(plantId, "the owner again");
        vm.prank(plant);
        vm.expectRevert(_notGood(plantId));
        meters.setTrader(meter, retailerId);
    }

    function test_setTrader_takesTheOwnersSecondFactorEachTime() public {
        _enrolFactor(plant, abi.encodePacked(_named("token")), type(uint64).max);
        bytes memory call = abi.encodeCall(meters.setTrader, (meter, retailerId));
        bytes32 subject = _callSubject(address(meters), plantId, call);
        bytes memory required = _factorAlwaysRequired(plantId, subject);
        vm.prank(plant);
        vm.expectRevert(required);
        meters.setTrader(meter, retailerId);
        _confirmAsFactor("token", plantId, subject);
        _setTrader(retailerId);
        assertTrue(meters.meterOf(meter).nextTrader == retailerId, "trader");
        // Taking it back takes none, with the second factor out of reach.
        _close(address(secondFactor), true);
        _setTrader(NOBODY);
        _close(address(secondFactor), false);
        vm.prank(plant);
        vm.expectRevert(required);
        meters.setTrader(meter, retailerId);
    }

    /// @dev Or a stolen key could keep a meter with a trader that its owner has just dismissed.
    function test_setTrader_toKeepAnotherTakesTheSecondFactorToo() public {
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(2)));
        _enrolFactor(plant, abi.encodePacked(_named("token")), type(uint64).max);
        _setTrader(NOBODY);
        bytes memory call = abi.encodeCall(meters.setTrader, (meter, retailerId));
        bytes32 subject = _callSubject(address(meters), plantId, call);
        bytes memory required = _factorAlwaysRequired(plantId, subject);
        vm.prank(plant);
        vm.expectRevert(required);
        meters.setTrader(meter, retailerId);
        _confirmAsFactor("token", plantId, subject);
        _setTrader(retailerId);
        vm.warp(Calendar.startOf(START.plusDays(4)));
        _assertTrader(retailerId, "kept by two factors");
    }

    function test_setTrader_revertsForWhoMayNotTradeForOthers() public {
        vm.startPrank(plant);
        vm.expectRevert(_notGood(factoryId));
        meters.setTrader(meter, factoryId);
        vm.expectRevert(_notGood(ParticipantId.wrap(99)));
        meters.setTrader(meter, ParticipantId.wrap(99));
        vm.stopPrank();
    }

    function test_setTrader_revertsForOthersThanTheOwner() public {
        vm.prank(plant);
        meters.setTrader(meter, retailerId);
        vm.prank(retailer);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_NotAuthorised.selector, retailer, plantId));
        meters.setTrader(meter, NOBODY);
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownMeter.selector, MeterId.wrap(9)));
        meters.setTrader(MeterId.wrap(9), NOBODY);
    }

    // ---- deactivate

    function test_deactivate_takesOutOfServiceWhileDaysGoOn() public {
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDeactivated(meter);
        vm.prank(meterOperator);
        meters.deactivate(meter);
        assertFalse(meters.meterOf(meter).active, "inactive");
        _measure(meter, START, curve);
        _assertState(START, DayState.Final);
    }

    function test_deactivate_revertsForUnknownInactiveOrStranger() public {
        vm.startPrank(meterOperator);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownMeter.selector, MeterId.wrap(9)));
        meters.deactivate(MeterId.wrap(9));
        meters.deactivate(meter);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_Inactive.selector, meter));
        meters.deactivate(meter);
        vm.stopPrank();
        vm.prank(plant);
        vm.expectRevert(_unauthorized(plant));
        meters.deactivate(meter);
    }

    // ---- report

    function test_report_recordsTheFirstVersion() public {
        vm.warp(_over(START));
        uint40 finalisableAt = uint40(_over(START) + uint256(OBJECTION_HOURS) * 1 hours);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayReported(meter, START, 1, Quality.Measured, finalisableAt, curve);
        _report(meter, START, curve);
        DayRecord memory record = meters.dayOf(meter, START);
        assertEq(bytes32(record.curveHash), bytes32(bytes24(keccak256(curve))), "hash");
        assertEq(record.finalisableAt, finalisableAt, "finalisable at");
        assertEq(record.version, 1, "version");
        assertEq(uint256(record.state), uint256(DayState.Reported), "state");
    }

    function test_report_takesManyMetersAndDays() public {
        MeterId load = _registerMeter(factoryId, Direction.Consumption);
        Day next = START.plusDays(1);
        vm.warp(_over(next));
        Reading[] memory readings = new Reading[](4);
        readings[0] = Reading(meter, START, Quality.Measured, curve);
        readings[1] = Reading(load, START, Quality.Estimated, corrected);
        readings[2] = Reading(meter, next, Quality.Measured, corrected);
        readings[3] = Reading(meter, START, Quality.Measured, corrected);
        vm.prank(meterOperator);
        meters.report(readings);
        assertEq(meters.dayOf(meter, START).version, 2, "reported and corrected in one call");
        assertEq(meters.dayOf(load, START).version, 1, "the load");
        assertEq(meters.dayOf(meter, next).version, 1, "the day after");
    }

    function test_report_beginsAtTheEndOfTheDayAndEndsAtTheDeadline() public {
        vm.warp(_over(START) - 1);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_DayNotOver.selector, meter, START));
        _report(meter, START, curve);

        vm.warp(_deadline(START) - 1);
        _report(meter, START, curve);

        vm.warp(_deadline(START.plusDays(1)));
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_DeadlinePassed.selector, meter, START.plusDays(1))
        );
        _report(meter, START.plusDays(1), curve);
    }

    function test_report_correctsWithANewVersionAndANewWindow() public {
        _reportNow(curve);
        uint256 later = _over(START) + uint256(OBJECTION_HOURS) * 1 hours + 3 days;
        vm.warp(later);
        uint40 finalisableAt = uint40(later + uint256(OBJECTION_HOURS) * 1 hours);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayReported(meter, START, 2, Quality.Measured, finalisableAt, corrected);
        _report(meter, START, corrected);
        assertEq(
            bytes32(meters.dayOf(meter, START).curveHash),
            bytes32(bytes24(keccak256(corrected))),
            "corrected hash"
        );
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_TooEarly.selector, meter, START, uint256(finalisableAt))
        );
        _finalise(meter, START);
    }

    function test_report_isLateOnceTheDayHasLapsed() public {
        _lapseNow();
        _report(meter, START, curve);
        DayRecord memory record = meters.dayOf(meter, START);
        assertEq(record.version, 1, "version");
        assertEq(uint256(record.state), uint256(DayState.LateReported), "state");
        _report(meter, START, corrected);
        assertEq(meters.dayOf(meter, START).version, 2, "corrected");
        _assertState(START, DayState.LateReported);
    }

    function test_report_revertsOnceFinal() public {
        _measure(meter, START, curve);
        vm.expectRevert(_wrongState(START, DayState.Final));
        _report(meter, START, corrected);

        Day next = START.plusDays(1);
        vm.warp(_deadline(next));
        _lapse(meter, next);
        _measure(meter, next, curve);
        vm.expectRevert(_wrongState(next, DayState.LateFinal));
        _report(meter, next, corrected);
    }

    function test_report_revertsWhenVersionsRunOutAndTheLastCanBeFinalised() public {
        _reportNow(curve);
        bytes32 slot = keccak256(abi.encode(START, keccak256(abi.encode(meter, _daysSlot()))));
        bytes32 word = vm.load(address(meters), slot);
        // Version lies above the 24 bytes of hash and 5 of time.
        vm.store(address(meters), slot, word | bytes32(uint256(type(uint16).max) << 232));
        assertEq(meters.dayOf(meter, START).version, type(uint16).max, "last version");
        vm.expectRevert(_wrongState(START, DayState.Reported));
        _report(meter, START, corrected);
        vm.warp(meters.dayOf(meter, START).finalisableAt);
        _finalise(meter, START);
        _assertState(START, DayState.Final);
    }

    /// @dev Position of the mapping of days: the first whose entry of the reported day is set.
    function _daysSlot() internal view returns (uint256 position) {
        while (vm.load(address(meters), keccak256(abi.encode(START, keccak256(abi.encode(meter, position))))) == 0)
            ++position;
    }

    function test_report_revertsForAnUnknownMeter() public {
        vm.warp(_over(START));
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownMeter.selector, MeterId.wrap(9)));
        _report(MeterId.wrap(9), START, curve);
    }

    function testFuzz_report_revertsForACurveOfAnotherLength(uint16 length) public {
        vm.assume(length != 384);
        vm.warp(_over(START));
        vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, uint256(length)));
        _report(meter, START, new bytes(length));
    }

    function testFuzz_report_holdsEverySlotToTheCapacity(uint8 slot, uint32 capacityW, uint32 energyWh) public {
        slot = uint8(bound(slot, 0, 95));
        capacityW = uint32(bound(capacityW, 1, type(uint32).max));
        Meter memory properties = _meter(plantId, Direction.Generation);
        properties.capacityW = capacityW;
        MeterId id = _registerMeter(properties);
        uint256 limitWh = (uint256(capacityW) * 15 * 11) / 600;
        uint32[96] memory slots;
        slots[slot] = energyWh;
        vm.warp(_over(START));
        if (energyWh >= 2 ** 31) {
            vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, 384));
        } else if (energyWh > limitWh) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IMeterRegistry.MeterRegistry_AboveCapacity.selector,
                    id,
                    START,
                    uint256(slot),
                    uint256(energyWh),
                    limitWh
                )
            );
        }
        _report(id, START, _curve(slots));
    }

    function testFuzz_report_judgesEveryCurveSlotBySlot(bytes32 seed, uint32 capacityW) public {
        capacityW = uint32(bound(capacityW, 4, type(uint32).max));
        Meter memory properties = _meter(plantId, Direction.Generation);
        properties.capacityW = capacityW;
        MeterId id = _registerMeter(properties);
        uint256 limitWh = (uint256(capacityW) * 15 * 11) / 600;
        // At the limit or just above it, in a few slots out of range altogether, in a pattern that the seed gives.
        uint32[96] memory slots;
        uint256 above = 96;
        bool malformed;
        for (uint256 i; i < 96; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            uint256 value = limitWh - (draw % 2);
            if (uint8(seed[0]) % 3 == 0 && draw % 64 == 0) value = limitWh + 1;
            if (uint8(seed[1]) % 3 == 0 && draw % 64 < 2) value = 2 ** 31 + ((draw >> 8) % 2 ** 31);
            slots[i] = uint32(value);
            if (value >= 2 ** 31) malformed = true;
            else if (value > limitWh && above == 96) above = i;
        }
        vm.warp(_over(START));
        if (malformed) {
            vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, 384));
        } else if (above < 96) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IMeterRegistry.MeterRegistry_AboveCapacity.selector,
                    id,
                    START,
                    above,
                    limitWh + 1,
                    limitWh
                )
            );
        }
        _report(id, START, _curve(slots));
    }

    function test_report_acceptsExactlyTheLimitAndNotOneWhMore() public {
        // 20 MW for a quarter of an hour and a tenth more.
        vm.warp(_over(START));
        _report(meter, START, _levelCurve(5_500_000));
        vm.expectRevert(
            abi.encodeWithSelector(
                IMeterRegistry.MeterRegistry_AboveCapacity.selector,
                meter,
                START,
                0,
                5_500_001,
                5_500_000
            )
        );
        _report(meter, START, _levelCurve(5_500_001));
    }

    function test_report_revertsFromAStrangerAndInClosedRooms() public {
        vm.warp(_over(START));
        Reading[] memory readings = new Reading[](0);
        vm.prank(plant);
        vm.expectRevert(_unauthorized(plant));
        meters.report(readings);
        _close(address(meters), true);
        vm.prank(meterOperator);
        vm.expectRevert(_unauthorized(meterOperator));
        meters.report(readings);
    }

    // ---- accept

    function test_accept_recordsTheVersion() public {
        _reportNow(curve);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayAccepted(meter, START, factoryId, 1);
        vm.prank(factory);
        meters.accept(MeterDay(meter, START), 1);
        assertEq(meters.acceptedVersion(meter, START, factoryId), 1, "accepted");
        assertEq(meters.acceptedVersion(meter, START, plantId), 0, "not by the others");
    }

    function test_accept_revertsForAStranger() public {
        _reportNow(curve);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_NotAuthorised.selector, stranger, NOBODY));
        meters.accept(MeterDay(meter, START), 1);
    }

    function test_accept_revertsUnlessOpenToObjection() public {
        vm.prank(plant);
        vm.expectRevert(_wrongState(START, DayState.None));
        meters.accept(MeterDay(meter, START), 0);
        _measure(meter, START, curve);
        vm.prank(plant);
        vm.expectRevert(_wrongState(START, DayState.Final));
        meters.accept(MeterDay(meter, START), 1);
    }

    function test_accept_revertsForAnotherVersion() public {
        _reportNow(curve);
        _report(meter, START, corrected);
        vm.startPrank(plant);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_VersionChanged.selector, meter, START, uint16(2))
        );
        meters.accept(MeterDay(meter, START), 1);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_VersionChanged.selector, meter, START, uint16(2))
        );
        meters.accept(MeterDay(meter, START), 3);
        vm.stopPrank();
    }

    // ---- finalise

    function test_finalise_finishesTheDayOnceTheWindowHasPassed() public {
        _reportNow(curve);
        uint256 finalisableAt = meters.dayOf(meter, START).finalisableAt;
        vm.warp(finalisableAt - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_TooEarly.selector, meter, START, finalisableAt)
        );
        _finalise(meter, START);

        vm.warp(finalisableAt);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayFinalised(meter, START, 1, false);
        _finalise(meter, START);
        DayRecord memory record = meters.dayOf(meter, START);
        assertEq(uint256(record.state), uint256(DayState.Final), "state");
        assertEq(bytes32(record.curveHash), bytes32(bytes24(keccak256(curve))), "the version in force");
        DayWord word = meters.packedDay(meter, START);
        assertEq(uint256(word.state()), uint256(DayState.Final), "state in the word");
        assertTrue(word.hasCurve(keccak256(curve)), "the version in force in the word");
        // 24 bytes of the hash are kept.
        assertTrue(word.hasCurve(keccak256(curve) ^ bytes32(uint256(type(uint64).max))), "what is not kept");
        assertFalse(word.hasCurve(keccak256(curve) ^ bytes32(uint256(1) << 64)), "the lowest bit that is");
        assertFalse(word.hasCurve(keccak256(curve) ^ bytes32(uint256(1) << 255)), "the highest");
    }

    function test_finalise_finishesALateDayLate() public {
        _lapseNow();
        _report(meter, START, curve);
        vm.warp(meters.dayOf(meter, START).finalisableAt);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayFinalised(meter, START, 1, true);
        _finalise(meter, START);
        _assertState(START, DayState.LateFinal);
    }

    function test_finalise_skipsWhatIsFinal() public {
        _reportNow(curve);
        vm.warp(meters.dayOf(meter, START).finalisableAt);
        MeterDay[] memory twice = new MeterDay[](2);
        (twice[0], twice[1]) = (MeterDay(meter, START), MeterDay(meter, START));
        vm.recordLogs();
        meters.finalise(twice);
        assertEq(vm.getRecordedLogs().length, 1, "one event");
    }

    function test_finalise_revertsWithoutAVersion() public {
        vm.expectRevert(_wrongState(START, DayState.None));
        _finalise(meter, START);
        _lapseNow();
        vm.expectRevert(_wrongState(START, DayState.Lapsed));
        _finalise(meter, START);
    }

    function test_finalise_asksForNoRoleNoStandingNoOpenDoor() public {
        _reportNow(curve);
        _suspend(plantId);
        vm.prank(council);
        manager.revokeRole(Roles.METER_OPERATOR, meterOperator);
        _close(address(meters), true);
        vm.warp(meters.dayOf(meter, START).finalisableAt);
        vm.prank(stranger);
        _finalise(meter, START);
        _assertState(START, DayState.Final);
    }

    // ---- finaliseAccepted

    function test_finaliseAccepted_finishesTheDayAtOnce() public {
        _reportNow(curve);
        _accept(plant, 1);
        _accept(factory, 1);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayFinalised(meter, START, 1, false);
        _finaliseAccepted(factoryId);
        _assertState(START, DayState.Final);
    }

    function test_finaliseAccepted_asksTheTraderOfTodayInsteadOfTheOwner() public {
        _setTrader(retailerId);
        _reportNow(curve);
        _accept(plant, 1);
        vm.warp(Calendar.startOf(START.plusDays(2)));
        _accept(factory, 1);
        vm.expectRevert(_notAccepted(retailerId));
        _finaliseAccepted(factoryId);
        _accept(retailer, 1);
        _finaliseAccepted(factoryId);
        _assertState(START, DayState.Final);
    }

    function test_finaliseAccepted_revertsWhenSomebodyAcceptedAnOlderVersion() public {
        _reportNow(curve);
        _accept(plant, 1);
        _accept(factory, 1);
        _report(meter, START, corrected);
        _accept(plant, 2);
        vm.expectRevert(_notAccepted(factoryId));
        _finaliseAccepted(factoryId);
    }

    function test_finaliseAccepted_finalisesALateDayLate() public {
        _lapseNow();
        _report(meter, START, curve);
        _accept(plant, 1);
        vm.prank(book);
        meters.finaliseAccepted(MeterDay(meter, START), new ParticipantId[](0));
        _assertState(START, DayState.LateFinal);
    }

    function test_finaliseAccepted_revertsUnlessOpenToObjection() public {
        vm.expectRevert(_wrongState(START, DayState.None));
        _finaliseAccepted(factoryId);
        _measure(meter, START, curve);
        vm.expectRevert(_wrongState(START, DayState.Final));
        _finaliseAccepted(factoryId);
    }

    function test_finaliseAccepted_revertsForOthersThanTheTradeBook() public {
        _reportNow(curve);
        _accept(plant, 1);
        vm.prank(meterOperator);
        vm.expectRevert(_unauthorized(meterOperator));
        meters.finaliseAccepted(MeterDay(meter, START), new ParticipantId[](0));
    }

    function _accept(address account, uint16 version) internal {
        vm.prank(account);
        meters.accept(MeterDay(meter, START), version);
    }

    function _notAccepted(ParticipantId participant) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IMeterRegistry.MeterRegistry_NotAccepted.selector, meter, START, participant);
    }

    function _finaliseAccepted(ParticipantId counterparty) internal {
        ParticipantId[] memory counterparties = new ParticipantId[](1);
        counterparties[0] = counterparty;
        vm.prank(book);
        meters.finaliseAccepted(MeterDay(meter, START), counterparties);
    }

    // ---- lapse

    function test_lapse_recordsThatNoReportCame() public {
        vm.warp(_deadline(START) - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_TooEarly.selector, meter, START, _deadline(START))
        );
        _lapse(meter, START);

        vm.warp(_deadline(START));
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayLapsed(meter, START);
        _lapse(meter, START);
        _assertState(START, DayState.Lapsed);
        assertEq(meters.dayOf(meter, START).version, 0, "no version");
    }

    function test_lapse_skipsWhatHasLapsed() public {
        _lapseNow();
        _lapse(meter, START);
        _assertState(START, DayState.Lapsed);
        _report(meter, START, curve);
        _lapse(meter, START);
        _assertState(START, DayState.LateReported);
        vm.warp(meters.dayOf(meter, START).finalisableAt);
        _finalise(meter, START);
        _lapse(meter, START);
        _assertState(START, DayState.LateFinal);
    }

    function test_lapse_revertsWhenAVersionCameInTime() public {
        _reportNow(curve);
        vm.warp(_deadline(START));
        vm.expectRevert(_wrongState(START, DayState.Reported));
        _lapse(meter, START);
        _finalise(meter, START);
        vm.expectRevert(_wrongState(START, DayState.Final));
        _lapse(meter, START);
    }

    function test_lapse_revertsForAnUnknownMeter() public {
        vm.warp(_deadline(START));
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownMeter.selector, MeterId.wrap(9)));
        _lapse(MeterId.wrap(9), START);
    }

    function test_lapse_asksForNoRoleAndNoOpenDoor() public {
        _close(address(meters), true);
        vm.warp(_deadline(START));
        vm.prank(stranger);
        _lapse(meter, START);
        _assertState(START, DayState.Lapsed);
    }

    function testFuzz_lapse_revertsForEveryDayWhoseDeadlineIsAhead(uint32 day) public {
        day = uint32(bound(day, Day.unwrap(START) - REPORT_DAYS, type(uint32).max));
        vm.expectPartialRevert(IMeterRegistry.MeterRegistry_TooEarly.selector);
        _lapse(meter, Day.wrap(day));
    }

    // ---- setWindows

    function test_setWindows_appliesFromItsDayOn() public {
        Day from = START.plusDays(10);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.WindowsChanged(from, 2, 24);
        vm.prank(ruleMaker);
        meters.setWindows(from, Windows(2, 24));
        assertEq(abi.encode(meters.windowsOf(START.plusDays(9))), abi.encode(Windows(5, 48)), "the day before");
        assertEq(abi.encode(meters.windowsOf(from)), abi.encode(Windows(2, 24)), "the first day");
        assertEq(meters.lapsesAt(START), _deadline(START), "old deadline");
        assertEq(meters.lapsesAt(from), Calendar.startOf(from.plusDays(3)), "new deadline");

        vm.warp(_over(from));
        _report(meter, from, curve);
        assertEq(meters.dayOf(meter, from).finalisableAt, _over(from) + 24 hours, "new objection window");
        _report(meter, START.plusDays(9), curve);
        assertEq(meters.dayOf(meter, START.plusDays(9)).finalisableAt, _over(from) + 48 hours, "old objection window");
    }

    function test_withdrawWindows_leavesThoseBeforeInForce() public {
        Day from = START.plusDays(10);
        vm.startPrank(ruleMaker);
        meters.setWindows(from, Windows(2, 24));
        vm.expectEmit(address(meters));
        emit IMeterRegistry.WindowsWithdrawn(from);
        meters.withdrawWindows();
        assertEq(abi.encode(meters.windowsOf(from)), abi.encode(Windows(5, 48)), "as before");
        meters.setWindows(START.plusDays(3), Windows(3, 36));
        vm.stopPrank();
        assertEq(abi.encode(meters.windowsOf(from)), abi.encode(Windows(3, 36)), "the next ones");
    }

    function test_withdrawWindows_revertsOnceTheyApply() public {
        vm.startPrank(ruleMaker);
        meters.setWindows(START.plusDays(1), Windows(2, 24));
        vm.warp(Calendar.startOf(START.plusDays(1)));
        vm.expectRevert(abi.encodeWithSelector(Schedule.Schedule_NothingAhead.selector, START.plusDays(1)));
        meters.withdrawWindows();
        vm.stopPrank();
    }

    function test_withdrawWindows_revertsForOthers() public {
        vm.prank(meterOperator);
        vm.expectRevert(_unauthorized(meterOperator));
        meters.withdrawWindows();
    }

    function test_setWindows_takesTheBoundsAndNothingBeyond() public {
        vm.startPrank(ruleMaker);
        meters.setWindows(START.plusDays(1), Windows(1, 1));
        meters.setWindows(START.plusDays(366), Windows(60, 720));
        vm.stopPrank();
        _expectInvalidWindows(START.plusDays(366), 0, 24);
        _expectInvalidWindows(START.plusDays(366), 61, 24);
        _expectInvalidWindows(START.plusDays(366), 5, 0);
        _expectInvalidWindows(START.plusDays(366), 5, 721);
        vm.startPrank(ruleMaker);
        meters.withdrawWindows();
        _expectOutOfRange(START.plusDays(367), START.plusDays(2));
        _expectOutOfRange(START.plusDays(1), START.plusDays(2));
        _expectOutOfRange(START, START.plusDays(2));
        vm.stopPrank();
    }

    function _expectOutOfRange(Day from, Day earliest) internal {
        bytes4 outOfRange = Schedule.Schedule_OutOfRange.selector;
        vm.expectRevert(abi.encodeWithSelector(outOfRange, from, earliest, START.plusDays(366)));
        meters.setWindows(from, Windows(5, 24));
    }

    function _expectInvalidWindows(Day from, uint16 reportDays, uint16 objectionHours) internal {
        vm.prank(ruleMaker);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_InvalidWindows.selector, reportDays, objectionHours)
        );
        meters.setWindows(from, Windows(reportDays, objectionHours));
    }

    function test_setWindows_revertsForOthers() public {
        vm.prank(meterOperator);
        vm.expectRevert(_unauthorized(meterOperator));
        meters.setWindows(START.plusDays(1), Windows(5, 24));
    }

    function test_constructor_revertsForWindowsOutOfBounds() public {
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_InvalidWindows.selector, uint16(0), uint16(48))
        );
        Deploy.meterRegistry(address(manager), registry, secondFactor, Windows(0, 48));
    }
}
