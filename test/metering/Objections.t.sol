// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ObjectionDesk} from "../../contracts/metering/ObjectionDesk.sol";
import {DayProof, IMeterRegistry, MeterDay} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {IObjectionDesk} from "../../contracts/metering/interfaces/IObjectionDesk.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState, Direction, FirmSize} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId} from "../../contracts/types/Ids.sol";
import {Deploy} from "../utils/Deploy.sol";
import {Permissions} from "../utils/Permissions.sol";
import {Platform} from "../utils/Platform.sol";

contract ObjectionsTest is Platform {
    Day internal constant DAY = START;
    bytes32 internal constant REASON = keccak256("the meter stood still from 10:00 on");

    ObjectionDesk internal desk;
    address internal plant;
    address internal works;
    ParticipantId internal worksId;
    MeterId internal meter;
    MeterId internal neighbour;

    address internal book = _named("trade book");

    function setUp() public override {
        super.setUp();
        desk = Deploy.objectionDesk(address(manager), registry, meters);
        vm.prank(council);
        Permissions.objectionDesk(manager, address(desk));
        _grant(Roles.TRADE_BOOK, book);
        ParticipantId plantId;
        (plant, plantId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        (works, worksId) = _enrol("Deyang machine works", Kinds.CONSUMER);
        meter = _registerMeter(plantId, Direction.Generation);
        neighbour = _registerMeter(plantId, Direction.Generation);
    }

    function _over() internal pure returns (uint256) {
        return Calendar.startOf(DAY) + 1 days;
    }

    /// @dev Version 1, in a word of its own.
    function _reported() internal {
        vm.warp(_over());
        _report(meter, DAY, _levelCurve(7));
    }

    /// @dev Both meters under a root.
    function _rooted() internal returns (uint64) {
        vm.warp(_over());
        MeterId[] memory both = new MeterId[](2);
        (both[0], both[1]) = (meter, neighbour);
        bytes[] memory curves = new bytes[](2);
        (curves[0], curves[1]) = (_levelCurve(7), _levelCurve(8));
        return _reportRoot(both, DAY, curves);
    }

    function _object(address by, uint16 version, bytes memory curve, DayProof memory proof) internal {
        vm.prank(by);
        desk.object(MeterDay(meter, DAY), version, keccak256(curve), REASON, proof);
    }

    function _refused(uint16 version, bytes memory curve, DayProof memory proof, bytes memory failure) internal {
        vm.expectRevert(failure);
        _object(works, version, curve, proof);
    }

    function _notInForce(uint16 inForce) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IObjectionDesk.ObjectionDesk_NotInForce.selector, meter, DAY, inForce);
    }

    function _closed(uint256 until) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IObjectionDesk.ObjectionDesk_Closed.selector, meter, DAY, until);
    }

    function _assertKept(uint16 version) internal view {
        assertEq(desk.reasonOf(meter, DAY, worksId, version), REASON, "reason");
    }

    // ---- object

    function test_object_keepsTheReason() public {
        _reported();
        bytes32 curve = keccak256(_levelCurve(7));
        vm.expectEmit(address(desk));
        emit IObjectionDesk.MeterDayObjected(meter, DAY, worksId, 1, curve, REASON);
        _object(works, 1, _levelCurve(7), _ofWords());
        _assertKept(1);
        assertEq(desk.reasonOf(meter, DAY, worksId, 2), 0, "another version");
    }

    function test_object_delaysNothing() public {
        _reported();
        uint256 from = meters.dayOf(meter, DAY).finalisableAt;
        _object(works, 1, _levelCurve(7), _ofWords());
        vm.warp(from);
        _finalise(meter, DAY);
        assertTrue(meters.dayOf(meter, DAY).state == DayState.Final, "final");
    }

    function test_object_bySomebodySuspended() public {
        _reported();
        _suspend(worksId);
        _object(works, 1, _levelCurve(7), _ofWords());
        _assertKept(1);
    }

    function test_object_onceForEachVersion() public {
        _reported();
        _object(works, 1, _levelCurve(7), _ofWords());
        bytes4 selector = IObjectionDesk.ObjectionDesk_ObjectedBefore.selector;
        _refused(1, _levelCurve(7), _ofWords(), abi.encodeWithSelector(selector, meter, DAY, worksId, 1));
        _object(plant, 1, _levelCurve(7), _ofWords());
        _report(meter, DAY, _levelCurve(9));
        _object(works, 2, _levelCurve(9), _ofWords());
        _assertKept(2);
    }

    function test_object_aDayUnderARoot() public {
        _rooted();
        _object(works, 1, _levelCurve(7), _proofOf(meter, DAY));
        _assertKept(1);
    }

    function test_object_aDayUnderARootIsProven() public {
        uint64 root = _rooted();
        DayProof memory proof = _proofOf(meter, DAY);
        bytes memory wrong = abi.encodeWithSelector(IMeterRegistry.MeterRegistry_WrongProof.selector, root);
        _refused(1, _levelCurve(8), proof, wrong);
        _refused(1, _levelCurve(7), _proofOf(neighbour, DAY), wrong);
        _refused(1, _levelCurve(7), _ofWords(), _notInForce(0));
        _refused(2, _levelCurve(7), proof, _notInForce(1));
        uint256 until = meters.rootOf(root).finalisableAt;
        vm.warp(until);
        _refused(1, _levelCurve(7), proof, _closed(until));
        _finaliseRoot(root);
        _refused(1, _levelCurve(7), proof, _closed(until));
    }

    function test_object_aDayThatLeftItsRoot() public {
        _rooted();
        DayProof memory proof = _proofOf(meter, DAY);
        _recordDay(meter, DAY, _levelCurve(7));
        _object(works, 1, _levelCurve(7), proof);
        _object(plant, 1, _levelCurve(7), _ofWords());
        _assertKept(1);
    }

    function test_object_aCorrection() public {
        _measure(meter, DAY, _levelCurve(7));
        _correct(meter, DAY, _levelCurve(9));
        _refused(1, _levelCurve(7), _ofWords(), _notInForce(2));
        _object(works, 2, _levelCurve(9), _ofWords());
        _assertKept(2);
        uint256 until = meters.correctionOf(meter, DAY).adjustableAt;
        vm.warp(until);
        _refused(2, _levelCurve(9), _ofWords(), _closed(until));
    }

    function test_object_revertsForAnythingButTheVersionInForce() public {
        _refused(0, _levelCurve(7), _ofWords(), _notInForce(0));
        _reported();
        _refused(1, _levelCurve(8), _ofWords(), _notInForce(1));
        _refused(2, _levelCurve(7), _ofWords(), _notInForce(1));
        _report(meter, DAY, _levelCurve(8));
        _refused(1, _levelCurve(7), _ofWords(), _notInForce(2));
    }

    function test_object_revertsOnceTheWindowHasEnded() public {
        _reported();
        uint256 until = meters.dayOf(meter, DAY).finalisableAt;
        vm.warp(until);
        _refused(1, _levelCurve(7), _ofWords(), _closed(until));
        vm.warp(until - 1);
        _object(works, 1, _levelCurve(7), _ofWords());
    }

    function test_object_revertsOnceEverybodyAccepted() public {
        _reported();
        uint256 until = meters.dayOf(meter, DAY).finalisableAt;
        vm.prank(plant);
        meters.accept(MeterDay(meter, DAY), 1);
        vm.prank(book);
        meters.finaliseAccepted(MeterDay(meter, DAY), new ParticipantId[](0));
        _refused(1, _levelCurve(7), _ofWords(), _closed(until));
    }

    function test_object_asksForAReason() public {
        _reported();
        bytes4 selector = IObjectionDesk.ObjectionDesk_ReasonMissing.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, meter, DAY));
        vm.prank(works);
        desk.object(MeterDay(meter, DAY), 1, keccak256(_levelCurve(7)), 0, _ofWords());
    }

    function test_object_revertsForAStranger() public {
        _reported();
        bytes4 selector = IObjectionDesk.ObjectionDesk_NotParticipant.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, stranger));
        _object(stranger, 1, _levelCurve(7), _ofWords());
        // Only proposed.
        vm.prank(registrar);
        registry.propose(_application(stranger, Kinds.CONSUMER, FirmSize.Large));
        vm.expectRevert(abi.encodeWithSelector(selector, stranger));
        _object(stranger, 1, _levelCurve(7), _ofWords());
    }

    function test_object_stopsWhileTheDeskIsClosed() public {
        _reported();
        _close(address(desk), true);
        bytes4 selector = IAccessManaged.AccessManagedUnauthorized.selector;
        _refused(1, _levelCurve(7), _ofWords(), abi.encodeWithSelector(selector, works));
        _close(address(desk), false);
        _object(works, 1, _levelCurve(7), _ofWords());
    }
}
