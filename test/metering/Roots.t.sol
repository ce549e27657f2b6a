// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {
    DayProof,
    DayRecord,
    IMeterRegistry,
    MeterDay,
    RootReport
} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState, Direction} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice Days that are kept under roots, beside days with words of their own.
contract RootsTest is Platform {
    uint256 internal constant METERS = 12;
    uint32 internal limitWh;

    address internal plant;
    ParticipantId internal plantId;
    address internal retailer;
    MeterId[] internal some;
    bytes[] internal curves;
    Day internal constant DAY = START;

    address internal book = _named("trade book");

    function setUp() public override {
        super.setUp();
        (plant, plantId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        (retailer, ) = _enrol("Mianyang power sales", Kinds.RETAILER);
        _grant(Roles.TRADE_BOOK, book);
        for (uint256 i; i < METERS; ++i) {
            some.push(_registerMeter(plantId, Direction.Generation));
            curves.push(_levelCurve(uint32(1000 + i)));
        }
        limitWh = uint32((uint256(meters.meterOf(some[0]).capacityW) * 11) / 40);
    }

    function _over() internal pure returns (uint256) {
        return Calendar.startOf(DAY) + 1 days;
    }

    /// @dev All meters under root 1.
    function _rootNow() internal {
        vm.warp(_over());
        assertEq(_reportRoot(some, DAY, curves), 1, "number");
    }

    function _raw(uint256 bits, uint256 estimated, bytes memory packed) internal returns (RootReport[] memory reports) {
        reports = new RootReport[](1);
        reports[0] = RootReport(0, DAY, bits, estimated, packed);
        vm.warp(_over());
    }

    function _bit(uint256 i) internal view returns (uint256) {
        return 1 << MeterId.unwrap(some[i]);
    }

    function _assertStates(DayState expected) internal view {
        for (uint256 i; i < METERS; ++i) {
            DayState state = meters.stateOf(some[i], DAY, keccak256(curves[i]), _proofOf(some[i], DAY));
            assertEq(uint256(state), uint256(expected), "state");
        }
    }

    function _inRoot(uint256 i) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IMeterRegistry.MeterRegistry_InRoot.selector, some[i], DAY);
    }

    function _wrongProof() internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterRegistry.MeterRegistry_WrongProof.selector, 1);
    }

    // ---- reportRoots

    function test_reportRoots_keepsOneWordForAll() public {
        vm.warp(_over());
        uint256 bits;
        bytes memory packed;
        for (uint256 i; i < METERS; ++i) {
            (bits, packed) = (bits | _bit(i), bytes.concat(packed, curves[i]));
        }
        uint40 finalisableAt = uint40(block.timestamp + uint256(OBJECTION_HOURS) * 1 hours);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.RootReported(1, 0, DAY, bits, 0, finalisableAt, packed);
        _reportRoot(some, DAY, curves);

        DayRecord memory kept = meters.rootOf(1);
        assertEq(uint256(kept.state), uint256(DayState.Reported), "state");
        assertTrue(kept.version == 1 && kept.finalisableAt == finalisableAt, "version and window");
        assertEq(meters.reportedOf(0, DAY), bits, "who reported");
        assertEq(abi.encode(meters.dayOf(some[0], DAY)), abi.encode(meters.dayOf(some[0], Day.wrap(1))), "no word");
        _assertStates(DayState.Reported);
    }

    function test_reportRoots_bindsMeterDayQualityAndCurve() public {
        vm.warp(_over());
        _reportRoot(some, DAY, curves, 2);
        DayProof memory proof = _proofOf(some[1], DAY);
        bytes32 hash = keccak256(curves[1]);
        assertEq(uint256(meters.stateOf(some[1], DAY, hash, proof)), uint256(DayState.Reported), "estimated");
        vm.expectRevert(_wrongProof());
        meters.stateOf(some[2], DAY, hash, proof);
        vm.expectRevert(_wrongProof());
        meters.stateOf(some[1], DAY.plusDays(1), hash, proof);
        vm.expectRevert(_wrongProof());
        meters.stateOf(some[1], DAY, keccak256(curves[2]), proof);
        proof.estimated = 0;
        vm.expectRevert(_wrongProof());
        meters.stateOf(some[1], DAY, hash, proof);
        proof.root = 2;
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownRoot.selector, 2));
        meters.stateOf(some[1], DAY, hash, proof);
        assertEq(uint256(meters.stateOf(some[1], DAY, hash, _ofWords())), uint256(DayState.None), "without its root");
    }

    function test_reportRoots_takesOneMeter() public {
        (MeterId[] memory one, bytes[] memory its) = (new MeterId[](1), new bytes[](1));
        (one[0], its[0]) = (some[3], curves[3]);
        vm.warp(_over());
        _reportRoot(one, DAY, its);
        DayState state = meters.stateOf(some[3], DAY, keccak256(curves[3]), _proofOf(some[3], DAY));
        assertEq(uint256(state), uint256(DayState.Reported), "state");
    }

    /// @dev The same days, once some under a root and once all in words: said apart by nothing, whatever happens to them.
    function testFuzz_rootsAndWordsTellTheSame(uint256 seed) public {
        for (uint256 i; i < METERS; ++i) {
            bytes memory curve = Builder.zeros();
            for (uint256 slot; slot < 96; slot += 11) {
                seed = uint256(keccak256(abi.encode(seed)));
                Builder.set(curve, slot, bound(seed, 0, limitWh));
            }
            curves[i] = curve;
        }
        uint256 snapshot = vm.snapshotState();
        bytes memory inRoots = _life(seed, true);
        vm.revertToState(snapshot);
        assertEq(inRoots, _life(seed, false), "what became of the days");
    }

    function _life(uint256 seed, bool rooted) private returns (bytes memory said) {
        vm.warp(_over());
        _reportAll(seed, rooted);
        vm.warp(block.timestamp + 1 hours);
        for (uint256 i; i < METERS; ++i) {
            uint256 what = (seed >> (32 + 3 * i)) % 8;
            if (what < 3 && _rootOf(some[i], DAY) != 0) _recordDay(some[i], DAY, curves[i]);
            if (what == 0) {
                curves[i] = _levelCurve(uint32(7 + i));
                _report(some[i], DAY, curves[i]);
            } else if (what == 1) {
                vm.prank(plant);
                meters.accept(MeterDay(some[i], DAY), 1);
                vm.prank(book);
                meters.finaliseAccepted(MeterDay(some[i], DAY), new ParticipantId[](0));
            }
        }
        said = _say();
        vm.warp(_over() + uint256(OBJECTION_HOURS) * 1 hours);
        for (uint256 i; i < METERS; ++i) {
            uint64 root = _rootOf(some[i], DAY);
            // A new version has a new window.
            bool waits = root == 0 && meters.dayOf(some[i], DAY).finalisableAt > block.timestamp;
            if (root != 0) _finaliseRoot(root);
            else if (!waits) _finalise(some[i], DAY);
        }
        said = bytes.concat(said, _say());
        for (uint256 i; i < METERS; ++i) {
            bool corrects = (seed >> (80 + i)) % 2 == 0 && (seed >> (32 + 3 * i)) % 8 != 0;
            if (!corrects) continue;
            if (_rootOf(some[i], DAY) != 0) _recordDay(some[i], DAY, curves[i]);
            _correct(some[i], DAY, _levelCurve(uint32(11 + i)));
            said = bytes.concat(said, abi.encode(meters.correctionOf(some[i], DAY)));
        }
    }

    function _reportAll(uint256 seed, bool rooted) private {
        uint256 count;
        for (uint256 i; i < METERS; ++i) {
            if (rooted && (seed >> i) & 1 == 1) ++count;
            else _report(some[i], DAY, curves[i]);
        }
        if (count == 0) return;
        (MeterId[] memory under, bytes[] memory its) = (new MeterId[](count), new bytes[](count));
        uint256 next;
        for (uint256 i; i < METERS; ++i) {
            if ((seed >> i) & 1 == 1) (under[next], its[next++]) = (some[i], curves[i]);
        }
        _reportRoot(under, DAY, its, (seed >> 16) & ((1 << count) - 1));
    }

    function _say() private view returns (bytes memory said) {
        for (uint256 i; i < METERS; ++i) {
            DayProof memory proof = _proofOf(some[i], DAY);
            said = bytes.concat(said, bytes1(uint8(meters.stateOf(some[i], DAY, keccak256(curves[i]), proof))));
            uint16 version = proof.root == 0 ? meters.dayOf(some[i], DAY).version : meters.rootOf(proof.root).version;
            said = bytes.concat(said, bytes2(version));
        }
    }

    function reportRoot(MeterId[] memory rooted, bytes[] memory its) external {
        _reportRoot(rooted, DAY, its);
    }

    function test_reportRoots_revertsFromAStranger() public {
        RootReport[] memory reports = new RootReport[](0);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant));
        vm.prank(plant);
        meters.reportRoots(reports);
    }

    function test_reportRoots_comesAsFirstReportsDo() public {
        vm.warp(_over() - 1);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_DayNotOver.selector, some[0], DAY));
        this.reportRoot(some, curves);
        vm.warp(_over() + uint256(REPORT_DAYS) * 1 days);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_DeadlinePassed.selector, some[0], DAY));
        this.reportRoot(some, curves);
        vm.warp(block.timestamp - 1);
        this.reportRoot(some, curves);
    }

    function test_reportRoots_revertsForADayReportedBefore() public {
        vm.warp(_over());
        _report(some[4], DAY, curves[4]);
        bytes4 selector = IMeterRegistry.MeterRegistry_ReportedBefore.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, some[4], DAY));
        this.reportRoot(some, curves);
        (MeterId[] memory one, bytes[] memory its) = (new MeterId[](1), new bytes[](1));
        (one[0], its[0]) = (some[3], curves[3]);
        _reportRoot(one, DAY, its);
        vm.expectRevert(abi.encodeWithSelector(selector, some[3], DAY));
        this.reportRoot(one, its);
    }

    function test_reportRoots_revertsUnlessCurvesAndMetersMatch() public {
        bytes memory malformed = abi.encodeWithSelector(IMeterRegistry.MeterRegistry_MalformedRoot.selector, 0, DAY);
        bytes memory two = bytes.concat(curves[0], curves[1]);
        bytes[5] memory packed = [bytes(""), curves[0], two, bytes.concat(two, hex"00"), curves[0]];
        uint256[5] memory bits = [_bit(0), _bit(0) | _bit(1), _bit(0), _bit(0) | _bit(1), 0];
        for (uint256 i; i < packed.length; ++i) {
            RootReport[] memory reports = _raw(bits[i], 0, packed[i]);
            vm.expectRevert(malformed);
            vm.prank(meterOperator);
            meters.reportRoots(reports);
        }
        RootReport[] memory others = _raw(_bit(0), _bit(1), curves[0]);
        vm.expectRevert(malformed);
        vm.prank(meterOperator);
        meters.reportRoots(others);
    }

    function test_reportRoots_holdsEverySlotToTheCapacity() public {
        bytes memory above = curves[5];
        Builder.set(above, 95, uint256(limitWh) + 1);
        curves[5] = above;
        bytes4 selector = IMeterRegistry.MeterRegistry_AboveCapacity.selector;
        vm.warp(_over());
        vm.expectRevert(abi.encodeWithSelector(selector, some[5], DAY, 95, uint256(limitWh) + 1, limitWh));
        this.reportRoot(some, curves);
        Builder.set(above, 95, limitWh);
        curves[5] = above;
        this.reportRoot(some, curves);
    }

    function test_reportRoots_revertsForAnUnknownMeter() public {
        uint64[2] memory unknown = [uint64(0), uint64(200)];
        for (uint256 i; i < unknown.length; ++i) {
            RootReport[] memory reports = _raw(1 << unknown[i], 0, curves[0]);
            vm.expectRevert(
                abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownMeter.selector, MeterId.wrap(unknown[i]))
            );
            vm.prank(meterOperator);
            meters.reportRoots(reports);
        }
    }

    // ---- what a root does not do

    function test_underARoot_everythingElseAsksForAWord() public {
        _rootNow();
        vm.startPrank(meterOperator);
        vm.expectRevert(_inRoot(2));
        meters.report(_reading(some[2], DAY, curves[2]));
        vm.expectRevert(_inRoot(2));
        meters.correct(_reading(some[2], DAY, curves[2]));
        vm.stopPrank();
        vm.expectRevert(_inRoot(2));
        meters.finalise(_one(some[2], DAY));
        vm.expectRevert(_inRoot(2));
        vm.prank(book);
        meters.finaliseAccepted(MeterDay(some[2], DAY), new ParticipantId[](0));
        vm.warp(meters.lapsesAt(DAY));
        vm.expectRevert(_inRoot(2));
        meters.lapse(_one(some[2], DAY));
    }

    function test_underARoot_theFirstVersionCanBeAccepted() public {
        _rootNow();
        vm.startPrank(plant);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_VersionChanged.selector, some[0], DAY, uint16(1))
        );
        meters.accept(MeterDay(some[0], DAY), 2);
        meters.accept(MeterDay(some[0], DAY), 1);
        vm.stopPrank();
        _recordDay(some[0], DAY, curves[0]);
        vm.prank(book);
        meters.finaliseAccepted(MeterDay(some[0], DAY), new ParticipantId[](0));
        assertEq(uint256(meters.dayOf(some[0], DAY).state), uint256(DayState.Final), "by consent");
    }

    // ---- finaliseRoots

    function test_finaliseRoots_finishesItsDaysOnceTheWindowHasPassed() public {
        _rootNow();
        uint40 from = meters.rootOf(1).finalisableAt;
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_RootTooEarly.selector, 1, from));
        this.finaliseRoot(1);
        vm.warp(from);
        vm.expectEmit(address(meters));
        emit IMeterRegistry.RootFinalised(1);
        _finaliseRoot(1);
        _assertStates(DayState.Final);
        _finaliseRoot(1);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownRoot.selector, 2));
        this.finaliseRoot(2);
    }

    function finaliseRoot(uint64 root) external {
        _finaliseRoot(root);
    }

    function test_finaliseRoots_leavesDaysWithWordsAlone() public {
        _rootNow();
        _recordDay(some[6], DAY, curves[6]);
        curves[6] = _levelCurve(7);
        vm.warp(block.timestamp + 1 hours);
        _report(some[6], DAY, curves[6]);
        vm.warp(meters.rootOf(1).finalisableAt);
        _finaliseRoot(1);
        assertEq(uint256(meters.dayOf(some[6], DAY).state), uint256(DayState.Reported), "its window is still open");
        vm.warp(meters.dayOf(some[6], DAY).finalisableAt);
        _finalise(some[6], DAY);
        _assertStates(DayState.Final);
    }

    // ---- recordDays

    function test_recordDays_writesWhatTheRootHas() public {
        _rootNow();
        vm.expectEmit(address(meters));
        emit IMeterRegistry.MeterDayRecorded(some[0], DAY, 1);
        _recordDay(some[0], DAY, curves[0]);
        DayRecord memory open = meters.dayOf(some[0], DAY);
        assertEq(open.curveHash, bytes24(keccak256(curves[0])), "curve");
        assertTrue(open.version == 1 && open.finalisableAt == meters.rootOf(1).finalisableAt, "version and window");
        assertEq(uint256(open.state), uint256(DayState.Reported), "open");
        vm.warp(open.finalisableAt);
        _finaliseRoot(1);
        _recordDay(some[1], DAY, curves[1]);
        assertEq(uint256(meters.dayOf(some[1], DAY).state), uint256(DayState.Final), "final with its root");
        _correct(some[1], DAY, curves[2]);
        assertEq(meters.correctionOf(some[1], DAY).version, 2, "corrected");
    }

    function test_recordDays_skipsWhatHasAWord() public {
        _rootNow();
        DayProof memory proof = _proofOf(some[0], DAY);
        bytes32[] memory hashes = new bytes32[](1);
        hashes[0] = keccak256(curves[0]);
        _recordDay(some[0], DAY, curves[0]);
        vm.warp(block.timestamp + 1 hours);
        _report(some[0], DAY, curves[1]);
        DayRecord memory kept = meters.dayOf(some[0], DAY);
        meters.recordDays(_one(some[0], DAY), hashes, proof);
        assertEq(abi.encode(meters.dayOf(some[0], DAY)), abi.encode(kept), "the version in force stays");
        // What is in force is what counts, though the root still proves the first version.
        DayState first = meters.stateOf(some[0], DAY, hashes[0], proof);
        assertEq(uint256(first), uint256(DayState.None), "the first version");
        DayState second = meters.stateOf(some[0], DAY, keccak256(curves[1]), _ofWords());
        assertEq(uint256(second), uint256(DayState.Reported), "the second");
    }

    function test_recordDays_revertsWithoutProof() public {
        _rootNow();
        DayProof memory proof = _proofOf(some[0], DAY);
        bytes32[] memory hashes = new bytes32[](1);
        hashes[0] = keccak256(curves[1]);
        vm.expectRevert(_wrongProof());
        meters.recordDays(_one(some[0], DAY), hashes, proof);
        hashes[0] = keccak256(curves[0]);
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_UnknownRoot.selector, 0));
        meters.recordDays(_one(some[0], DAY), hashes, _ofWords());
    }

    /// @dev Who writes a day's word before somebody proves it with others undoes nothing of that.
    function test_recordDays_leavesProofsGood() public {
        _rootNow();
        vm.warp(meters.rootOf(1).finalisableAt);
        DayProof memory proof = _proofOf(some[0], DAY);
        _recordDay(some[0], DAY, curves[0]);
        DayState state = meters.stateOf(some[0], DAY, keccak256(curves[0]), proof);
        assertEq(uint256(state), uint256(DayState.Reported), "by its word");
        _finalise(some[0], DAY);
        state = meters.stateOf(some[0], DAY, keccak256(curves[0]), proof);
        assertEq(uint256(state), uint256(DayState.Final), "by its word, whatever the root says");
    }
}
