// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {MarketRules} from "../../contracts/market/MarketRules.sol";
import {RuleSetRecord} from "../../contracts/market/RuleSetRecord.sol";
import {IBondPolicy} from "../../contracts/market/interfaces/IBondPolicy.sol";
import {
    DeviationPeriod,
    IMarketRules,
    RuleSet,
    DeviationRule
} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day, MAX_ADVANCE_DAYS} from "../../contracts/types/Day.sol";
import {Source, Voltage} from "../../contracts/types/Enums.sol";
import {ParticipantId, RuleSetId, ZoneId} from "../../contracts/types/Ids.sol";
import {Schedule} from "../../contracts/types/Schedule.sol";
import {Assertions} from "../utils/Assertions.sol";
import {Deploy} from "../utils/Deploy.sol";
import {SampleRules} from "../utils/SampleRules.sol";

contract MarketRulesTest is Assertions {
    ParticipantId internal constant GRID = ParticipantId.wrap(7);
    ParticipantId internal constant BALANCING = ParticipantId.wrap(8);
    ParticipantId internal constant NOBODY = ParticipantId.wrap(0);
    /// @dev 2026-11-22.
    Day internal constant TODAY = Day.wrap(20_779);
    ZoneId internal constant ROOT = ZoneId.wrap(0);

    address internal stranger = address(0xBAD);
    MarketRules internal rules;

    function setUp() public {
        vm.warp(Calendar.startOf(TODAY) + 10 hours);
        // This contract is the manager's admin, to whom unmapped functions belong.
        rules = Deploy.marketRules(address(Deploy.accessManager(address(this))));
    }

    function _set(Day effectiveDay) internal pure returns (RuleSet memory) {
        return SampleRules.ruleSet(effectiveDay, GRID, BALANCING);
    }

    function _publish(Day effectiveDay) internal returns (RuleSetId) {
        return rules.publish(_set(effectiveDay));
    }

    function _refused(RuleSet memory set, string memory field) internal {
        vm.expectRevert(abi.encodeWithSelector(IMarketRules.MarketRules_InvalidRuleSet.selector, field));
        rules.publish(set);
    }

    function _accepted(RuleSet memory set) internal {
        uint256 before = vm.snapshotState();
        rules.publish(set);
        vm.revertToState(before);
    }

    // ---- publish

    function test_publish_revertsFromAStranger() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        rules.publish(_set(TODAY));
    }

    function test_publish_refusesDatesThatDoNotExist() public {
        uint16[8] memory wrong = [uint16(0), 1, 100, 1301, 230, 431, 1232, 65_535];
        RuleSet memory set = _set(TODAY);
        for (uint256 i = 0; i < wrong.length; ++i) {
            set.wetFrom = wrong[i];
            _refused(set, "wetFrom");
        }
        set.wetFrom = 101;
        for (uint256 i = 0; i < wrong.length; ++i) {
            set.wetUntil = wrong[i];
            _refused(set, "wetUntil");
        }
    }

    function test_publish_acceptsTheLastDateOfEveryMonth() public {
        uint16[12] memory last = [uint16(131), 229, 331, 430, 531, 630, 731, 831, 930, 1031, 1130, 1231];
        RuleSet memory set = _set(TODAY);
        for (uint256 i = 0; i < last.length; ++i) {
            set.wetUntil = last[i];
            _accepted(set);
            set.wetUntil = last[i] + 1;
            _refused(set, "wetUntil");
        }
    }

    function test_publish_refusesRatesAndTermsBeyondTheLaw() public {
        RuleSet memory set = _set(TODAY);
        set.bondRateBp = 10_001;
        _refused(set, "bondRateBp");
        set.bondRateBp = 10_000;
        set.maxPaymentDays = 181;
        _refused(set, "maxPaymentDays");
        set.maxPaymentDays = 180;
        set.smallSellerPaymentDays = 61;
        _refused(set, "smallSellerPaymentDays");
        set.maxPaymentDays = 30;
        set.smallSellerPaymentDays = 31;
        _refused(set, "smallSellerPaymentDays");
        set.smallSellerPaymentDays = 30;
        set.maxAdvanceDays = 0;
        _refused(set, "maxAdvanceDays");
        set.maxAdvanceDays = uint16(MAX_ADVANCE_DAYS + 1);
        _refused(set, "maxAdvanceDays");
        set.maxAdvanceDays = uint16(MAX_ADVANCE_DAYS);
        _accepted(set);
    }

    function test_publish_refusesClocksThatDoNotRunInOrder() public {
        RuleSet memory set = _set(TODAY);
        set.cutOffLeadSeconds = 7 days;
        _refused(set, "cutOffLeadSeconds");
        set.cutOffLeadSeconds = 7 days - 1;
        set.gateLeadSeconds = 7 days - 1;
        _refused(set, "gateLeadSeconds");
        set.gateLeadSeconds = 7 days - 1 - 5 hours;
        set.marginNoticeSeconds = 10 hours - 1;
        _refused(set, "marginNoticeSeconds");
        set.marginNoticeSeconds = 30 days + 1;
        _refused(set, "marginNoticeSeconds");
        set.marginNoticeSeconds = 10 hours;
        set.lotWh = 0;
        _refused(set, "lotWh");
        set.lotWh = 1 << 31;
        _refused(set, "lotWh");
        set.lotWh = (1 << 31) - 1;
        rules.publish(set);
        (uint256 cutOffLead, uint256 gateLead, uint256 notice) = rules.clockOn(TODAY);
        assertEq(cutOffLead, 7 days - 1, "cut-off");
        assertEq(gateLead, 7 days - 1 - 5 hours, "gate");
        assertEq(notice, 10 hours, "notice");
    }

    function test_publish_takesTheLongestNotice() public {
        RuleSet memory set = _set(TODAY);
        set.marginNoticeSeconds = 30 days;
        _accepted(set);
    }

    function test_publish_refusesPricesOutOfOrderOrBeyondALane() public {
        RuleSet memory set = _set(TODAY);
        set.wet.floor = set.wet.cap + 1;
        _refused(set, "wet");
        set.wet.floor = set.wet.cap;
        set.dry.cap = 1 << 31;
        _refused(set, "dry");
        set.dry.cap = (1 << 31) - 1;
        _accepted(set);
    }

    function test_publish_refusesNobodyAsPayee() public {
        RuleSet memory set = _set(TODAY);
        set.gridCompany = NOBODY;
        _refused(set, "gridCompany");
        set.gridCompany = GRID;
        set.balancingAccount = NOBODY;
        _refused(set, "balancingAccount");
    }

    function test_publish_refusesABondPolicyWithoutCode() public {
        RuleSet memory set = _set(TODAY);
        set.bondPolicy = IBondPolicy(stranger);
        _refused(set, "bondPolicy");
        set.bondPolicy = IBondPolicy(address(rules));
        _accepted(set);
    }

    function test_publish_refusesTariffsThatRiseWithVoltage() public {
        for (uint256 voltage = 0; voltage < 5; ++voltage) {
            RuleSet memory set = _set(TODAY);
            set.tariffs[voltage + 1] = set.tariffs[voltage] + 1;
            _refused(set, "tariffs");
        }
        RuleSet memory level = _set(TODAY);
        for (uint256 voltage = 0; voltage < 5; ++voltage) {
            level.tariffs[voltage] = 1;
        }
        _accepted(level);
        level.tariffs[5] = 1;
        _refused(level, "tariffs");
    }

    function test_publish_refusesADeviationRuleBeyondItsBoundsForAnySource() public {
        for (uint256 source = 0; source < _set(TODAY).deviationRules.length; ++source) {
            RuleSet memory set = _set(TODAY);
            set.deviationRules[source].toleranceBp = 10_001;
            _refused(set, "deviationRules");
            set.deviationRules[source].toleranceBp = 10_000;
            set.deviationRules[source].rateBp = 10_001;
            _refused(set, "deviationRules");
            set.deviationRules[source].rateBp = 10_000;
            set.deviationRules[source].priceFenPerMWh = 1 << 31;
            _refused(set, "deviationRules");
            set.deviationRules[source].priceFenPerMWh = (1 << 31) - 1;
            _accepted(set);
        }
    }

    function test_publish_refusesDeviationRulesThatDoNotNameEachSourceOnce() public {
        RuleSet memory set = _set(TODAY);
        set.deviationRules[1].source = Source.HydroRunOfRiver;
        _refused(set, "deviationRules");
        set.deviationRules[0].source = Source.HydroSeasonal;
        _refused(set, "deviationRules");
        set.deviationRules[0].source = Source.None;
        _refused(set, "deviationRules");
        set.deviationRules[0].source = Source.HydroRunOfRiver;
        set.deviationRules[1].source = Source.HydroSeasonal;
        _accepted(set);
    }

    function test_publish_letsTheFirstSetTakeEffectToday() public {
        Day yesterday = Day.wrap(Day.unwrap(TODAY) - 1);
        vm.expectRevert(_outOfRange(yesterday, TODAY));
        _publish(yesterday);
        assertEq(RuleSetId.unwrap(_publish(TODAY)), 1, "first id");
    }

    function test_publish_refusesALaterSetForTodayOrNotAfterTheLast() public {
        _publish(TODAY);
        _refusedBefore(TODAY, TODAY.plusDays(1));
        _publish(TODAY.plusDays(10));
        _refusedBefore(TODAY.plusDays(5), TODAY.plusDays(11));
        _refusedBefore(TODAY.plusDays(10), TODAY.plusDays(11));
        assertEq(RuleSetId.unwrap(_publish(TODAY.plusDays(11))), 3, "third id");
    }

    function test_publish_countsDaysInShanghai() public {
        _publish(TODAY);
        vm.warp(Calendar.startOf(TODAY.plusDays(1)) - 1);
        uint256 lastSecond = vm.snapshotState();
        _publish(TODAY.plusDays(1));
        vm.revertToState(lastSecond);
        vm.warp(block.timestamp + 1);
        _refusedBefore(TODAY.plusDays(1), TODAY.plusDays(2));
    }

    function _refusedBefore(Day effectiveDay, Day earliest) internal {
        vm.expectRevert(_outOfRange(effectiveDay, earliest));
        _publish(effectiveDay);
    }

    function _outOfRange(Day effectiveDay, Day earliest) internal view returns (bytes memory) {
        Day latest = Calendar.today().plusDays(366);
        return abi.encodeWithSelector(Schedule.Schedule_OutOfRange.selector, effectiveDay, earliest, latest);
    }

    function test_publish_refusesASetMoreThanAYearAhead() public {
        _publish(TODAY);
        _refusedBefore(TODAY.plusDays(367), TODAY.plusDays(1));
        assertEq(RuleSetId.unwrap(_publish(TODAY.plusDays(366))), 2, "second id");
    }

    function test_withdraw_leavesTheSetBeforeInForce() public {
        _publish(TODAY);
        RuleSetId wrong = _publish(TODAY.plusDays(366));
        vm.expectEmit(address(rules));
        emit IMarketRules.RuleSetWithdrawn(wrong, TODAY.plusDays(366));
        assertTrue(RuleSetId.unwrap(rules.withdraw()) == RuleSetId.unwrap(wrong), "the last one");
        _assertInForce(TODAY.plusDays(366), 1);
        _publish(TODAY.plusDays(1));
        _assertInForce(TODAY.plusDays(1), 3);
    }

    function test_withdraw_takesBackOneAfterTheOther() public {
        _publish(TODAY);
        _publish(TODAY.plusDays(2));
        _publish(TODAY.plusDays(4));
        rules.withdraw();
        _assertInForce(TODAY.plusDays(4), 2);
        rules.withdraw();
        _assertInForce(TODAY.plusDays(4), 1);
        _nothingAhead();
    }

    function test_withdraw_revertsOnceTheSetIsInForce() public {
        _nothingAhead();
        _publish(TODAY);
        _publish(TODAY.plusDays(1));
        vm.warp(Calendar.startOf(TODAY.plusDays(1)));
        _nothingAhead();
        _assertInForce(TODAY.plusDays(1), 2);
    }

    function test_withdraw_revertsFromAStranger() public {
        _publish(TODAY);
        _publish(TODAY.plusDays(1));
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        rules.withdraw();
    }

    function _nothingAhead() internal {
        vm.expectRevert(abi.encodeWithSelector(Schedule.Schedule_NothingAhead.selector, Calendar.today()));
        rules.withdraw();
    }

    function test_publish_keepsTheSetWordForWordAndTheHashOfItsEncoding() public {
        RuleSet memory set = _set(TODAY);
        set.bondPolicy = IBondPolicy(address(rules));
        bytes32 expectedHash = keccak256(abi.encode(set));
        vm.expectEmit(address(rules));
        emit IMarketRules.RuleSetPublished(RuleSetId.wrap(1), TODAY, expectedHash, set);
        RuleSetId id = rules.publish(set);
        assertEq(abi.encode(rules.ruleSet(id)), abi.encode(set), "word for word");
        assertEq(rules.ruleHash(id), expectedHash, "hash");
    }

    function testFuzz_publish_takesEveryDayOfAYear(uint32 effectiveDay) public {
        Day day = Day.wrap(uint32(bound(effectiveDay, Day.unwrap(TODAY), Day.unwrap(TODAY) + 366)));
        RuleSetId id = _publish(day);
        assertTrue(rules.ruleSet(id).effectiveDay == day, "effective day");
    }

    /// @dev The encoding begins with a zero byte, the STOP instruction, for any effective day.
    function test_record_doesNothingWhenCalled() public {
        address record = address(new RuleSetRecord(_set(Day.wrap(type(uint32).max))));
        (bool ok, bytes memory answer) = record.call{value: 0}(hex"01020304");
        assertTrue(ok, "stops");
        assertEq(answer.length, 0, "says nothing");
        assertEq(uint8(record.code[0]), 0, "first byte");
    }

    // ---- ruleSetOn

    function test_ruleSetOn_isTheLastThatHasTakenEffect() public {
        Day first = TODAY.plusDays(1);
        Day second = TODAY.plusDays(8);
        _publish(first);
        _publish(second);
        vm.expectRevert(abi.encodeWithSelector(IMarketRules.MarketRules_NoRuleSet.selector, TODAY));
        rules.ruleSetOn(TODAY);
        vm.expectRevert(abi.encodeWithSelector(IMarketRules.MarketRules_NoRuleSet.selector, TODAY));
        rules.recordOn(TODAY);
        _assertInForce(first, 1);
        _assertInForce(TODAY.plusDays(7), 1);
        _assertInForce(second, 2);
        _assertInForce(Day.wrap(type(uint32).max), 2);
    }

    function _assertInForce(Day day, uint32 expected) internal view {
        (RuleSetId id, RuleSet memory set) = rules.ruleSetOn(day);
        assertEq(RuleSetId.unwrap(id), expected, "in force");
        assertEq(abi.encode(set), abi.encode(rules.ruleSet(id)), "the set itself");
        (RuleSetId same, address record) = rules.recordOn(day);
        assertEq(RuleSetId.unwrap(same), expected, "its record");
        assertEq(record.code, abi.encode(set), "what is kept of it");
    }

    // ---- ruleSet, ruleHash, deviationRule, gridCompanyOf

    function test_views_refuseASetThatDoesNotExist() public {
        RuleSetId unknown = RuleSetId.wrap(1);
        bytes memory unknownSet = abi.encodeWithSelector(IMarketRules.MarketRules_UnknownRuleSet.selector, unknown);
        vm.expectRevert(unknownSet);
        rules.ruleSet(unknown);
        vm.expectRevert(unknownSet);
        rules.ruleHash(unknown);
        vm.expectRevert(unknownSet);
        rules.deviationRule(unknown, Source.Wind);
        vm.expectRevert(unknownSet);
        rules.gridCompanyOf(unknown);
    }

    function test_deviationRule_isTheOneOfTheSetAndSource() public {
        RuleSetId id = _publish(TODAY);
        RuleSet memory later = _set(TODAY.plusDays(1));
        later.deviationRules[SampleRules.placeOf(Source.Wind)].rateBp = 2_000;
        later.gridCompany = ParticipantId.wrap(99);
        later.deviationRules[0].rateBp = 3_000;
        RuleSetId next = rules.publish(later);

        (DeviationRule memory rule, ParticipantId payee) = rules.deviationRule(id, Source.Wind);
        assertEq(rule.rateBp, 1_000, "wind, first set");
        assertTrue(payee.isNobody(), "the buyer is paid");
        (rule, ) = rules.deviationRule(next, Source.Wind);
        assertEq(rule.rateBp, 2_000, "wind, second set");
        (rule, ) = rules.deviationRule(next, Source.HydroRunOfRiver);
        assertEq(rule.rateBp, 3_000, "the first of the sources");
        (rule, payee) = rules.deviationRule(id, Source.Thermal);
        assertTrue(payee == BALANCING, "the balancing account is paid");
        assertEq(rule.priceFenPerMWh, 2_000, "fixed part");
        assertTrue(rule.period == DeviationPeriod.Day, "period");
        assertTrue(rules.gridCompanyOf(id) == GRID, "grid company of the first set");
        assertTrue(rules.gridCompanyOf(next) == ParticipantId.wrap(99), "grid company of the second set");
    }

    // ---- addZone

    function test_addZone_revertsFromAStranger() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        rules.addZone(ROOT, Voltage.KV500, "Sichuan");
    }

    function test_addZone_growsATree() public {
        vm.expectEmit(address(rules));
        emit IMarketRules.ZoneAdded(ZoneId.wrap(1), ROOT, Voltage.KV500, "Sichuan");
        ZoneId province = rules.addZone(ROOT, Voltage.KV500, "Sichuan");
        ZoneId city = rules.addZone(province, Voltage.KV220, "Chengdu");
        (ZoneId parent, Voltage voltage) = rules.zone(city);
        assertTrue(parent == province, "parent");
        assertTrue(voltage == Voltage.KV220, "voltage");
        (parent, voltage) = rules.zone(province);
        assertTrue(parent == ROOT, "a root has none");
        assertTrue(voltage == Voltage.KV500, "voltage of the root");
    }

    function test_addZone_revertsUnderAnUnknownParent() public {
        vm.expectRevert(abi.encodeWithSelector(IMarketRules.MarketRules_UnknownZone.selector, ZoneId.wrap(1)));
        rules.addZone(ZoneId.wrap(1), Voltage.KV10, "itself");
        vm.expectRevert(abi.encodeWithSelector(IMarketRules.MarketRules_UnknownZone.selector, ZoneId.wrap(1)));
        rules.zone(ZoneId.wrap(1));
    }

    function test_addZone_revertsAboveTheParentsVoltage() public {
        ZoneId substation = rules.addZone(ROOT, Voltage.KV110, "Pixian");
        vm.expectRevert(
            abi.encodeWithSelector(IMarketRules.MarketRules_InvalidZone.selector, substation, Voltage.KV220)
        );
        rules.addZone(substation, Voltage.KV220, "too high");
        rules.addZone(substation, Voltage.KV110, "level is fine");
    }

    function test_addZone_revertsOnTheNinthLevel() public {
        ZoneId deepest = ROOT;
        for (uint256 level = 1; level <= 8; ++level) {
            ZoneId parent = deepest;
            deepest = rules.addZone(parent, Voltage.KV10, "a level further down");
            (ZoneId found, ) = rules.zone(deepest);
            assertTrue(found == parent, "parent on every level");
        }
        vm.expectRevert(abi.encodeWithSelector(IMarketRules.MarketRules_InvalidZone.selector, deepest, Voltage.KV10));
        rules.addZone(deepest, Voltage.KV10, "too deep");
        assertTrue(rules.pathVoltage(deepest, deepest) == Voltage.KV10, "the deepest is found");
    }

    // ---- pathVoltage

    function test_pathVoltage_isThatOfTheLowestCommonAncestor() public {
        ZoneId province = rules.addZone(ROOT, Voltage.KV500, "Sichuan");
        ZoneId city = rules.addZone(province, Voltage.KV220, "Chengdu");
        ZoneId substation = rules.addZone(city, Voltage.KV110, "Pixian 110 kV");
        ZoneId feeder = rules.addZone(substation, Voltage.KV10, "feeder 1");
        ZoneId otherFeeder = rules.addZone(substation, Voltage.KV10, "feeder 2");
        ZoneId otherSubstation = rules.addZone(city, Voltage.KV35, "Wenjiang 35 kV");
        ZoneId otherProvince = rules.addZone(ROOT, Voltage.KV35, "an island grid");

        _assertPath(feeder, feeder, Voltage.KV10, "the same zone");
        _assertPath(feeder, otherFeeder, Voltage.KV110, "two feeders of a substation");
        _assertPath(feeder, substation, Voltage.KV110, "a feeder and its substation");
        _assertPath(feeder, otherSubstation, Voltage.KV220, "two substations of a city");
        _assertPath(feeder, province, Voltage.KV500, "a feeder and the backbone");
        _assertPath(feeder, otherProvince, Voltage.KV500, "no common ancestor");
        _assertPath(feeder, ZoneId.wrap(99), Voltage.KV500, "one that does not exist");
        _assertPath(ZoneId.wrap(99), ZoneId.wrap(99), Voltage.KV500, "none that exists");
        _assertPath(otherProvince, otherProvince, Voltage.KV35, "a root of its own");
    }

    function _assertPath(ZoneId a, ZoneId b, Voltage expected, string memory what) internal view {
        assertEq(uint256(rules.pathVoltage(a, b)), uint256(expected), what);
        assertEq(uint256(rules.pathVoltage(b, a)), uint256(expected), what);
    }

    function testFuzz_pathVoltage_agreesWithWalkingUp(uint256 seed) public {
        for (uint32 i = 1; i <= 24; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            ZoneId parent = ZoneId.wrap(uint32(bound(seed, 0, i - 1)));
            (uint256 depth, Voltage highest) = _depthAndVoltage(parent);
            if (depth == 8) (parent, highest) = (ROOT, Voltage.KV500);
            rules.addZone(parent, Voltage(bound(seed >> 128, 0, uint256(highest))), "grown");
        }
        for (uint32 a = 1; a <= 24; ++a) {
            ZoneId b = ZoneId.wrap(uint32(bound(uint256(keccak256(abi.encode(seed, a))), 1, 24)));
            _assertPath(ZoneId.wrap(a), b, _walk(ZoneId.wrap(a), b), "fast and slow way");
        }
    }

    function _depthAndVoltage(ZoneId id) internal view returns (uint256 depth, Voltage voltage) {
        voltage = Voltage.KV500;
        for (bool first = true; id != ROOT; first = false) {
            (ZoneId parent, Voltage found) = rules.zone(id);
            if (first) voltage = found;
            id = parent;
            ++depth;
        }
    }

    /// @dev The readable twin: for every ancestor of a, bottom up, look for it above b.
    function _walk(ZoneId a, ZoneId b) internal view returns (Voltage) {
        while (a != ROOT) {
            (ZoneId aboveA, Voltage voltage) = rules.zone(a);
            for (ZoneId c = b; c != ROOT; (c, ) = rules.zone(c)) {
                if (c == a) return voltage;
            }
            a = aboveA;
        }
        return Voltage.KV500;
    }
}
