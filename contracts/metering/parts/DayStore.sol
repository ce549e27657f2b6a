// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Curve} from "../../types/Curve.sol";
import {Day} from "../../types/Day.sol";
import {DayState, Quality} from "../../types/Enums.sol";
import {MeterId} from "../../types/Ids.sol";
import {MerkleTree} from "../../types/MerkleTree.sol";
import {DayProof, DayRecord, IMeterRegistry, MeterDay, RootReport} from "../interfaces/IMeterRegistry.sol";
import {DayWord} from "../libraries/DayWord.sol";

/// @title Where meter days are kept: in words of their own, or under the root of the report they came in
/// @notice A root holds first reports of neighbouring meters. As long as nothing happens to one of its days but the end of the
/// objection window, the root is all that is kept of it, and who needs the day proves it. Everything else asks for a word,
/// which anybody can write out of the root (`recordDays`): from then on the word counts.
abstract contract DayStore is IMeterRegistry {
    using Curve for uint256[12];

    /// @dev Meters whose first reports of a day share a word, and may share a root: neighbours by number.
    uint256 private constant GROUP_BITS = 8;
    uint256 private constant GROUP_MASK = 255;

    /// @dev Capacities of eight neighbours share a word, as the slots of a curve do.
    uint256 private constant CAPACITIES = 8;
    uint256 private constant CAPACITY_BITS = 32;

    /// @dev For assembly, which reads no constant of another library.
    uint256 private constant CURVE_BYTES = 384;

    // Where the parts of a leaf lie above its lowest bit: meter, day, quality. So small a number is never a hash, so
    // that no leaf passes for a node.
    uint256 private constant LEAF_METER = 40;
    uint256 private constant LEAF_DAY = 8;

    /// @dev Watt, by meter: what `Meter.capacityW` says, so that a report reads one word for eight neighbours.
    mapping(uint256 index => uint256) private _capacities;

    mapping(MeterId meter => mapping(Day day => DayRecord)) internal _days;

    /// @dev Of which meters a first report came, alone or in a root: a bit each.
    mapping(uint64 group => mapping(Day day => uint256)) private _reported;

    mapping(uint64 root => DayRecord) private _roots;

    uint64 private _rootCount;

    // ---- views

    /// @inheritdoc IMeterRegistry
    function stateOf(
        MeterId meter,
        Day day,
        bytes32 curveHash,
        DayProof calldata proof
    ) external view returns (DayState) {
        (MeterDay[] memory meterDays, bytes32[] memory curveHashes) = (new MeterDay[](1), new bytes32[](1));
        (meterDays[0], curveHashes[0]) = (MeterDay(meter, day), curveHash);
        return _statesOf(meterDays, curveHashes, proof)[0];
    }

    /// @inheritdoc IMeterRegistry
    function statesOf(
        MeterDay[] calldata meterDays,
        bytes32[] calldata curveHashes,
        DayProof calldata proof
    ) external view returns (DayState[] memory) {
        return _statesOf(meterDays, curveHashes, proof);
    }

    /// @inheritdoc IMeterRegistry
    function rootOf(uint64 root) external view returns (DayRecord memory) {
        return _roots[root];
    }

    /// @inheritdoc IMeterRegistry
    function reportedOf(uint64 group, Day day) external view returns (uint256) {
        return _reported[group][day];
    }

    /// @inheritdoc IMeterRegistry
    function packedDay(MeterId meter, Day day) public view returns (DayWord word) {
        DayRecord storage record = _days[meter][day];
        assembly ("memory-safe") {
            word := sload(record.slot)
        }
    }

    // ---- internals

    function _keepCapacity(MeterId meter, uint32 capacityW) internal {
        (uint256 index, uint256 shift) = _placeOfCapacity(MeterId.unwrap(meter));
        _capacities[index] |= uint256(capacityW) << shift;
    }

    /// @dev The most Wh that a meter can show in a slot: capacity x 15 min x 1.1; below 2^31 for every uint32.
    function _limitWh(MeterId meter) internal view returns (uint256) {
        (uint256 index, uint256 shift) = _placeOfCapacity(MeterId.unwrap(meter));
        return _limitIn(_capacities[index], shift, meter);
    }

    function _isReported(MeterId meter, Day day) internal view returns (bool) {
        (uint64 group, uint256 bit) = _placeOf(meter);
        return _reported[group][day] & bit != 0;
    }

    function _markReported(MeterId meter, Day day) internal {
        (uint64 group, uint256 bit) = _placeOf(meter);
        _reported[group][day] |= bit;
    }

    /// @dev A day of which only a root is kept has to be recorded before anything is done to it.
    function _requireOutOfRoot(MeterId meter, Day day, DayState state) internal view {
        if (state == DayState.None && _isReported(meter, day)) revert MeterRegistry_InRoot(meter, day);
    }

    /// @dev Keeps first reports under a root.
    function _keepRoot(RootReport calldata report, uint40 finalisableAt) internal {
        uint256 known = _reported[report.group][report.day];
        uint256 again = known & report.meters;
        if (again != 0) revert MeterRegistry_ReportedBefore(_lowestOf(report.group, again), report.day);
        _reported[report.group][report.day] = known | report.meters;
        (bytes32[] memory leaves, uint256 count) = _leavesOf(report);
        uint64 root = ++_rootCount;
        // Truncates to the first 24 bytes, as documented at `DayRecord`.
        _roots[root] = DayRecord(bytes24(MerkleTree.root(leaves, count)), finalisableAt, 1, DayState.Reported);
        emit RootReported(
            root,
            report.group,
            report.day,
            report.meters,
            report.estimated,
            finalisableAt,
            report.curves
        );
    }

    /// @dev Finalises the days of a root that have no words.
    function _finaliseRoot(uint64 root) internal {
        DayRecord storage stored = _roots[root];
        (DayState state, uint40 from) = (stored.state, stored.finalisableAt);
        if (state.isFinal()) return;
        if (state == DayState.None) revert MeterRegistry_UnknownRoot(root);
        if (block.timestamp < from) revert MeterRegistry_RootTooEarly(root, from);
        stored.state = DayState.Final;
        emit RootFinalised(root);
    }

    /// @dev Writes the words of days that have none, as their root has them.
    function _record(MeterDay[] calldata meterDays, bytes32[] calldata curveHashes, DayProof calldata proof) internal {
        DayRecord memory kept = _requireProven(meterDays, curveHashes, proof);
        for (uint256 i; i < meterDays.length; ++i) {
            (MeterId meter, Day day) = (meterDays[i].meter, meterDays[i].day);
            if (_days[meter][day].state != DayState.None) continue;
            // Truncates, as above.
            _days[meter][day] = DayRecord(bytes24(curveHashes[i]), kept.finalisableAt, kept.version, kept.state);
            emit MeterDayRecorded(meter, day, proof.root);
        }
    }

    function _statesOf(
        MeterDay[] memory meterDays,
        bytes32[] memory curveHashes,
        DayProof calldata proof
    ) private view returns (DayState[] memory states) {
        states = new DayState[](meterDays.length);
        DayState ofRoot;
        if (proof.root != 0) ofRoot = _requireProven(meterDays, curveHashes, proof).state;
        for (uint256 i; i < states.length; ++i) {
            DayWord word = packedDay(meterDays[i].meter, meterDays[i].day);
            if (DayWord.unwrap(word) == 0) states[i] = ofRoot;
            else states[i] = word.stateWith(curveHashes[i]);
        }
    }

    /// @dev The record of the root that holds all of these days with these curves.
    function _requireProven(
        MeterDay[] memory meterDays,
        bytes32[] memory curveHashes,
        DayProof calldata proof
    ) private view returns (DayRecord memory kept) {
        kept = _roots[proof.root];
        if (kept.state == DayState.None) revert MeterRegistry_UnknownRoot(proof.root);
        bytes32[] memory leaves = new bytes32[](meterDays.length);
        for (uint256 i; i < leaves.length; ++i) {
            Quality quality = Quality((proof.estimated >> i) & 1);
            leaves[i] = _leaf(MeterId.unwrap(meterDays[i].meter), meterDays[i].day, quality, curveHashes[i]);
        }
        bytes32 root = MerkleProof.processMultiProofCalldata(proof.siblings, proof.flags, leaves);
        if (bytes24(root) != kept.curveHash) revert MeterRegistry_WrongProof(proof.root);
    }

    /// @dev One for each curve, by ascending meter; each is checked against its meter's capacity.
    function _leavesOf(RootReport calldata report) private view returns (bytes32[] memory leaves, uint256 count) {
        (uint256 meters, uint256 estimated) = (report.meters, report.estimated);
        uint256 length = report.curves.length;
        leaves = new bytes32[](length / Curve.BYTES);
        uint256[12] memory curve;
        uint256 first = uint256(report.group) << GROUP_BITS;
        uint256 capacities;
        for (uint256 i; meters != 0 && count < leaves.length; ++i) {
            // Eight neighbours share a word, and the first group of them begins with one.
            if (i % CAPACITIES == 0) capacities = (meters & 0xff) == 0 ? 0 : _capacities[(first | i) / CAPACITIES];
            if (meters & 1 != 0) {
                MeterId meter = MeterId.wrap(uint64(first | i));
                Curve.copyInto(_curveAt(report.curves, count), curve);
                uint256 limitWh = _limitIn(capacities, (i % CAPACITIES) * CAPACITY_BITS, meter);
                _checkCurve(meter, report.day, curve, limitWh);
                unchecked {
                    // Below the number of curves.
                    leaves[count++] = _leaf(first | i, report.day, Quality((estimated >> i) & 1), curve.hash());
                }
            }
            meters >>= 1;
        }
        // Every curve has its meter, and nothing is said of others.
        bool whole = count != 0 && meters == 0 && count * Curve.BYTES == length && estimated & ~report.meters == 0;
        if (!whole) revert MeterRegistry_MalformedRoot(report.group, report.day);
    }

    /// @dev The bytes of a curve among others; the caller counts them.
    function _curveAt(bytes calldata curves, uint256 index) private pure returns (bytes calldata curve) {
        assembly ("memory-safe") {
            curve.offset := add(curves.offset, mul(index, CURVE_BYTES))
            curve.length := CURVE_BYTES
        }
    }

    function _checkCurve(MeterId meter, Day day, uint256[12] memory curve, uint256 limitWh) internal pure {
        if (curve.isAtMost(limitWh)) return;
        uint256 slot;
        while (curve.slot(slot) <= limitWh) ++slot;
        revert MeterRegistry_AboveCapacity(meter, day, slot, curve.slot(slot), limitWh);
    }

    function _leaf(uint256 meter, Day day, Quality quality, bytes32 curveHash) private pure returns (bytes32) {
        uint256 what = (meter << LEAF_METER) | (uint256(Day.unwrap(day)) << LEAF_DAY) | uint256(quality);
        return Hashes.efficientKeccak256(bytes32(what), curveHash);
    }

    function _limitIn(uint256 capacities, uint256 shift, MeterId meter) private pure returns (uint256) {
        uint256 capacityW = uint32(capacities >> shift);
        if (capacityW == 0) revert MeterRegistry_UnknownMeter(meter);
        return (capacityW * 11) / 40;
    }

    function _placeOfCapacity(uint256 meter) private pure returns (uint256 index, uint256 shift) {
        return (meter / CAPACITIES, (meter % CAPACITIES) * CAPACITY_BITS);
    }

    function _placeOf(MeterId meter) private pure returns (uint64 group, uint256 bit) {
        uint64 number = MeterId.unwrap(meter);
        return (number >> uint64(GROUP_BITS), 1 << (number & GROUP_MASK));
    }

    /// @dev The first meter that a bit stands for; the last one of the group where none does.
    function _lowestOf(uint64 group, uint256 bits) internal pure returns (MeterId) {
        uint256 i;
        while (i < GROUP_MASK && (bits >> i) & 1 == 0) ++i;
        return MeterId.wrap(uint64((uint256(group) << GROUP_BITS) | i));
    }
}
