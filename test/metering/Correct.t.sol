// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Correction, DayRecord, IMeterRegistry, Reading} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {DayState, Direction, Quality} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

contract CorrectTest is Platform {
    MeterId internal meter;

    function setUp() public override {
        super.setUp();
        (, ParticipantId plant) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        meter = _registerMeter(plant, Direction.Generation);
    }

    function _refused(bytes memory curve, bytes memory failure) internal {
        Reading[] memory readings = _reading(meter, START, curve);
        vm.expectRevert(failure);
        vm.prank(meterOperator);
        meters.correct(readings);
    }

    function _wrongState(DayState state) internal {
        bytes4 selector = IMeterRegistry.MeterRegistry_WrongState.selector;
        _refused(_levelCurve(1), abi.encodeWithSelector(selector, meter, START, state));
    }

    function _assertCorrection(uint16 version, bytes memory curve, uint256 adjustableAt) internal view {
        Correction memory correction = meters.correctionOf(meter, START);
        assertEq(correction.version, version, "version");
        assertEq(bytes32(correction.curveHash), bytes32(bytes24(keccak256(curve))), "curve");
        assertEq(correction.adjustableAt, adjustableAt, "adjustable from");
    }

    // ---- correct

    function test_correct_leavesTheFinalCurveAsItIs() public {
        _measure(meter, START, _levelCurve(7));
        DayRecord memory kept = meters.dayOf(meter, START);
        bytes memory curve = _levelCurve(9);
        uint40 adjustableAt = uint40(block.timestamp + uint256(OBJECTION_HOURS) * 1 hours);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayCorrected(meter, START, 2, Quality.Measured, adjustableAt, curve);
        _correct(meter, START, curve);
        _assertCorrection(2, curve, adjustableAt);
        assertEq(abi.encode(meters.dayOf(meter, START)), abi.encode(kept), "the day");
    }

    function test_correct_againWithTheNextVersionAndANewWindow() public {
        _measure(meter, START, _levelCurve(7));
        _correct(meter, START, _levelCurve(8));
        vm.warp(block.timestamp + 1 hours);
        _correct(meter, START, _levelCurve(9));
        _assertCorrection(3, _levelCurve(9), block.timestamp + uint256(OBJECTION_HOURS) * 1 hours);
    }

    function test_correct_aDayFinalisedLate() public {
        vm.warp(meters.lapsesAt(START));
        _lapse(meter, START);
        _report(meter, START, _levelCurve(7));
        _wrongState(DayState.LateReported);
        vm.warp(meters.dayOf(meter, START).finalisableAt);
        _finalise(meter, START);
        _correct(meter, START, _levelCurve(8));
        assertEq(meters.correctionOf(meter, START).version, 2, "version");
    }

    function test_correct_revertsUnlessFinal() public {
        _wrongState(DayState.None);
        vm.warp(Calendar.startOf(START) + 1 days);
        _report(meter, START, _levelCurve(7));
        _wrongState(DayState.Reported);
    }

    function test_correct_revertsAfterAYear() public {
        _measure(meter, START, _levelCurve(7));
        uint256 until = Calendar.startOf(START.plusDays(367));
        vm.warp(until - 1);
        _correct(meter, START, _levelCurve(8));
        vm.warp(until);
        bytes4 selector = IMeterRegistry.MeterRegistry_CorrectionTooLate.selector;
        _refused(_levelCurve(9), abi.encodeWithSelector(selector, meter, START, until));
    }

    function test_correct_revertsWhenVersionsRunOut() public {
        _measure(meter, START, _levelCurve(7));
        _correct(meter, START, _levelCurve(8));
        Correction memory last = meters.correctionOf(meter, START);
        bytes32 slot = _slotOfCorrection(last);
        last.version = type(uint16).max;
        vm.store(address(meters), slot, _packed(last));
        assertEq(meters.correctionOf(meter, START).version, type(uint16).max, "last version");
        _wrongState(DayState.Final);
    }

    /// @dev The mapping of corrections is the first whose entry of the day is the one that was read.
    function _slotOfCorrection(Correction memory correction) private view returns (bytes32 slot) {
        for (uint256 position; vm.load(address(meters), slot) != _packed(correction); ++position) {
            slot = keccak256(abi.encode(START, keccak256(abi.encode(meter, position))));
        }
    }

    function _packed(Correction memory correction) private pure returns (bytes32) {
        uint256 above = (uint256(correction.version) << 232) | (uint256(correction.adjustableAt) << 192);
        return bytes32(above | uint192(correction.curveHash));
    }

    function test_correct_checksTheCurveAsAReport() public {
        _measure(meter, START, _levelCurve(7));
        // 20 MW for a quarter of an hour, and a tenth.
        _correct(meter, START, _levelCurve(5_500_000));
        bytes4 above = IMeterRegistry.MeterRegistry_AboveCapacity.selector;
        bytes memory tooMuch = _levelCurve(5_500_001);
        _refused(tooMuch, abi.encodeWithSelector(above, meter, START, 0, 5_500_001, 5_500_000));
        _refused(new bytes(383), abi.encodeWithSelector(Curve.Curve_Malformed.selector, 383));
    }

    function test_correct_revertsForAStranger() public {
        _measure(meter, START, _levelCurve(7));
        Reading[] memory readings = _reading(meter, START, _levelCurve(8));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        vm.prank(stranger);
        meters.correct(readings);
    }
}
