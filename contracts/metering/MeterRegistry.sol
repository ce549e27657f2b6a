// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IParticipantRegistry, Kinds, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {CallSubject} from "../identity/libraries/CallSubject.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {Calendar} from "../types/Calendar.sol";
import {Curve} from "../types/Curve.sol";
import {Day} from "../types/Day.sol";
import {DayState, Direction, Source} from "../types/Enums.sol";
import {MeterId, ParticipantId, ZoneId} from "../types/Ids.sol";
import {Schedule} from "../types/Schedule.sol";
import {
    Correction,
    DayProof,
    DayRecord,
    IMeterRegistry,
    Meter,
    MeterDay,
    Reading,
    RootReport,
    Windows
} from "./interfaces/IMeterRegistry.sol";
import {MeterWord} from "./libraries/MeterWord.sol";
import {DayStore} from "./parts/DayStore.sol";

/// @title MeterRegistry
contract MeterRegistry is DayStore, AccessManaged {
    using Checkpoints for Checkpoints.Trace224;
    using Schedule for Checkpoints.Trace224;
    using StandingGuard for Standing;

    /// @dev The windows of one delivery day, as times, for a report in this block.
    struct Times {
        uint256 over;
        uint256 lapses;
        uint40 finalisable;
    }

    /// @dev Bounds of the windows, so that every day ends.
    uint16 private constant MAX_REPORT_DAYS = 60;
    uint16 private constant MAX_OBJECTION_HOURS = 720;
    /// @dev Refunds and surcharges (退补) reach back to the last check of a meter, or half of that period; a year is the
    /// limit here.
    uint256 private constant CORRECTION_DAYS = 366;

    /// @dev Nothing named on the day on which a round opens changes who trades in it; and whose orders a change voids is known
    /// for a whole day before, while others are still taken.
    uint256 private constant TRADER_NOTICE_DAYS = 2;

    uint224 private constant REPORT_DAYS_OFFSET = 16;

    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;

    ISecondFactor private immutable SECOND_FACTOR;

    // ---- storage

    uint64 private _count;

    mapping(MeterId meter => Meter) private _meters;

    mapping(bytes32 assetHash => bool) private _assetTaken;

    mapping(MeterId meter => mapping(Day day => Correction)) private _corrections;

    mapping(MeterId meter => mapping(Day day => mapping(ParticipantId participant => uint16))) private _accepted;

    /// @dev Key: first delivery day; value: report days above objection hours, 16 bits each.
    Checkpoints.Trace224 private _windows;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor secondFactor,
        Windows memory initialWindows
    ) AccessManaged(authority) {
        REGISTRY = registry;
        SECOND_FACTOR = secondFactor;
        _windows.push(0, _packWindows(initialWindows));
        emit WindowsChanged(Day.wrap(0), initialWindows.reportDays, initialWindows.objectionHours);
    }

    // ---- administration

    /// @inheritdoc IMeterRegistry
    function setWindows(Day fromDay, Windows calldata windows) external restricted {
        _windows.add(fromDay, _packWindows(windows));
        emit WindowsChanged(fromDay, windows.reportDays, windows.objectionHours);
    }

    /// @inheritdoc IMeterRegistry
    function withdrawWindows() external restricted {
        (Day fromDay, ) = _windows.withdraw();
        emit WindowsWithdrawn(fromDay);
    }

    // ---- meter operator

    /// @inheritdoc IMeterRegistry
    function register(Meter calldata properties, bytes32 assetHash) external restricted returns (MeterId meter) {
        if (_assetTaken[assetHash]) revert MeterRegistry_AssetTaken(assetHash);
        if (ZoneId.unwrap(properties.zone) == 0) revert MeterRegistry_InvalidMeter("zone");
        if (properties.direction == Direction.None) revert MeterRegistry_InvalidMeter("direction");
        bool generates = properties.direction == Direction.Generation;
        if (generates == (properties.source == Source.None)) revert MeterRegistry_InvalidMeter("source");
        if (properties.capacityW == 0) revert MeterRegistry_InvalidMeter("capacityW");

        Meter memory registered = properties;
        _checkGood(registered.owner, 0);
        if (registered.trader.isNobody()) registered.trader = registered.owner;
        if (registered.trader != registered.owner) _checkTrader(registered.trader);
        (registered.nextTrader, registered.nextTraderFrom) = (ParticipantId.wrap(0), Day.wrap(0));
        registered.active = true;

        _assetTaken[assetHash] = true;
        meter = MeterId.wrap(++_count);
        _meters[meter] = registered;
        _keepCapacity(meter, registered.capacityW);
        emit MeterRegistered(meter, registered.owner, assetHash, registered);
    }

    /// @inheritdoc IMeterRegistry
    function deactivate(MeterId meter) external restricted {
        Meter storage properties = _known(meter);
        if (!properties.active) revert MeterRegistry_Inactive(meter);
        properties.active = false;
        emit MeterDeactivated(meter);
    }

    /// @inheritdoc IMeterRegistry
    function report(Reading[] calldata readings) external restricted {
        // A batch is mostly one day: its times are computed once.
        Day day;
        Times memory times;
        for (uint256 i; i < readings.length; ++i) {
            Reading calldata reading = readings[i];
            if (i == 0 || !(reading.day == day)) {
                day = reading.day;
                times = _timesOf(day);
            }
            _report(reading, times);
        }
    }

    /// @inheritdoc IMeterRegistry
    function reportRoots(RootReport[] calldata reports) external restricted {
        for (uint256 i; i < reports.length; ++i) {
            RootReport calldata given = reports[i];
            Times memory times = _timesOf(given.day);
            _requireInTime(_lowestOf(given.group, given.meters), given.day, times);
            _keepRoot(given, times.finalisable);
        }
    }

    /// @inheritdoc IMeterRegistry
    function correct(Reading[] calldata readings) external restricted {
        for (uint256 i; i < readings.length; ++i) {
            _correct(readings[i]);
        }
    }

    // ---- owners and participants

    /// @inheritdoc IMeterRegistry
    function setTrader(MeterId meter, ParticipantId trader) external {
        Meter storage properties = _known(meter);
        ParticipantId owner = properties.owner;
        Standing memory caller = REGISTRY.standingOf(msg.sender);
        if (caller.id != owner) revert MeterRegistry_NotAuthorised(msg.sender, owner);
        if (trader.isNobody()) trader = owner;
        // Taking the meter back needs no check; giving it to another trader does.
        if (trader != owner) {
            _checkGood(owner, 0);
            _checkTrader(trader);
            // A trader sells what the meter delivers from now on: no amount says what that is worth.
            if (caller.factor != 0) SECOND_FACTOR.useConfirmation(owner, CallSubject.ofThisCall(owner));
        }
        ParticipantId inForce = _traderToday(meter);
        bool stays = trader == inForce;
        ParticipantId next = stays ? ParticipantId.wrap(0) : trader;
        Day from = stays ? Day.wrap(0) : Calendar.today().plusDays(TRADER_NOTICE_DAYS);
        (properties.trader, properties.nextTrader, properties.nextTraderFrom) = (inForce, next, from);
        emit MeterTraderNamed(meter, inForce, next, from);
    }

    /// @inheritdoc IMeterRegistry
    function accept(MeterDay calldata meterDay, uint16 version) external {
        ParticipantId participant = REGISTRY.standingOf(msg.sender).id;
        if (participant.isNobody()) revert MeterRegistry_NotAuthorised(msg.sender, participant);
        DayRecord memory record = _days[meterDay.meter][meterDay.day];
        if (record.state == DayState.None && _isReported(meterDay.meter, meterDay.day)) {
            // Under a root, there is only the first version; if it is final by now, nothing is lost.
            (record.state, record.version) = (DayState.Reported, 1);
        }
        if (!record.state.isOpen()) revert MeterRegistry_WrongState(meterDay.meter, meterDay.day, record.state);
        if (version != record.version) {
            revert MeterRegistry_VersionChanged(meterDay.meter, meterDay.day, record.version);
        }
        _accepted[meterDay.meter][meterDay.day][participant] = version;
        emit MeterDayAccepted(meterDay.meter, meterDay.day, participant, version);
    }

    // ---- finalisation and lapsing

    /// @inheritdoc IMeterRegistry
    function finalise(MeterDay[] calldata meterDays) external {
        for (uint256 i; i < meterDays.length; ++i) {
            MeterDay calldata meterDay = meterDays[i];
            DayRecord storage stored = _days[meterDay.meter][meterDay.day];
            DayRecord memory record = stored;
            if (record.state.isFinal()) continue;
            _requireOutOfRoot(meterDay.meter, meterDay.day, record.state);
            if (!record.state.isOpen()) revert MeterRegistry_WrongState(meterDay.meter, meterDay.day, record.state);
            if (block.timestamp < record.finalisableAt) {
                revert MeterRegistry_TooEarly(meterDay.meter, meterDay.day, record.finalisableAt);
            }
            _finalise(stored, meterDay, record);
        }
    }

    /// @inheritdoc IMeterRegistry
    function finaliseAccepted(MeterDay calldata meterDay, ParticipantId[] calldata counterparties) external restricted {
        DayRecord storage stored = _days[meterDay.meter][meterDay.day];
        DayRecord memory record = stored;
        _requireOutOfRoot(meterDay.meter, meterDay.day, record.state);
        if (!record.state.isOpen()) revert MeterRegistry_WrongState(meterDay.meter, meterDay.day, record.state);
        _checkAccepted(meterDay, record.version, _traderToday(meterDay.meter));
        for (uint256 i; i < counterparties.length; ++i) {
            _checkAccepted(meterDay, record.version, counterparties[i]);
        }
        _finalise(stored, meterDay, record);
    }

    /// @inheritdoc IMeterRegistry
    function lapse(MeterDay[] calldata meterDays) external {
        for (uint256 i; i < meterDays.length; ++i) {
            MeterDay calldata meterDay = meterDays[i];
            DayRecord storage stored = _days[meterDay.meter][meterDay.day];
            DayState state = stored.state;
            if (state.hasLapsed()) continue;
            if (state != DayState.None) revert MeterRegistry_WrongState(meterDay.meter, meterDay.day, state);
            _requireOutOfRoot(meterDay.meter, meterDay.day, state);
            _known(meterDay.meter);
            uint256 from = lapsesAt(meterDay.day);
            if (block.timestamp < from) revert MeterRegistry_TooEarly(meterDay.meter, meterDay.day, from);
            stored.state = DayState.Lapsed;
            emit MeterDayLapsed(meterDay.meter, meterDay.day);
        }
    }

    // ---- roots

    /// @inheritdoc IMeterRegistry
    function finaliseRoots(uint64[] calldata roots) external {
        for (uint256 i; i < roots.length; ++i) {
            _finaliseRoot(roots[i]);
        }
    }

    /// @inheritdoc IMeterRegistry
    function recordDays(
        MeterDay[] calldata meterDays,
        bytes32[] calldata curveHashes,
        DayProof calldata proof
    ) external {
        _record(meterDays, curveHashes, proof);
    }

    // ---- views

    /// @inheritdoc IMeterRegistry
    function meterOf(MeterId meter) external view returns (Meter memory) {
        return _meters[meter];
    }

    /// @inheritdoc IMeterRegistry
    function packedMeter(MeterId meter) public view returns (MeterWord word) {
        Meter storage properties = _meters[meter];
        assembly ("memory-safe") {
            word := sload(properties.slot)
        }
    }

    /// @inheritdoc IMeterRegistry
    function metersOf(MeterId[] calldata meters) external view returns (Meter[] memory result) {
        result = new Meter[](meters.length);
        for (uint256 i; i < meters.length; ++i) {
            result[i] = _meters[meters[i]];
        }
    }

    /// @inheritdoc IMeterRegistry
    function dayOf(MeterId meter, Day day) external view returns (DayRecord memory) {
        return _days[meter][day];
    }

    /// @inheritdoc IMeterRegistry
    function correctionOf(MeterId meter, Day day) external view returns (Correction memory) {
        return _corrections[meter][day];
    }

    /// @inheritdoc IMeterRegistry
    function windowsOf(Day day) public view returns (Windows memory windows) {
        uint224 packed = _windows.versionOn(day);
        // Two uint16 lie side by side, see `_packWindows`.
        windows = Windows({reportDays: uint16(packed >> REPORT_DAYS_OFFSET), objectionHours: uint16(packed)});
    }

    /// @inheritdoc IMeterRegistry
    function lapsesAt(Day day) public view returns (uint256) {
        return _lapsesAt(day, windowsOf(day));
    }

    /// @inheritdoc IMeterRegistry
    function acceptedVersion(MeterId meter, Day day, ParticipantId participant) external view returns (uint16) {
        return _accepted[meter][day][participant];
    }

    /// @inheritdoc IMeterRegistry
    function meterCount() external view returns (uint64) {
        return _count;
    }

    // ---- internals

    function _report(Reading calldata reading, Times memory times) private {
        (MeterId meter, Day day, bytes calldata curve) = (reading.meter, reading.day, reading.curve);
        _checkCurve(meter, day, curve);
        DayRecord storage record = _days[meter][day];
        (DayState state, uint16 version) = (record.state, record.version);
        _requireOutOfRoot(meter, day, state);
        if (state == DayState.None) {
            _requireInTime(meter, day, times);
            _markReported(meter, day);
            state = DayState.Reported;
        } else if (state == DayState.Lapsed) {
            state = DayState.LateReported;
        } else if (!state.isOpen() || version == type(uint16).max) {
            // After version 65,535 the day cannot be reported again; the last one becomes final.
            revert MeterRegistry_WrongState(meter, day, state);
        }
        ++version;
        // Truncates to the first 24 bytes, as documented at `DayRecord`.
        record.curveHash = bytes24(keccak256(curve));
        record.finalisableAt = times.finalisable;
        record.version = version;
        record.state = state;
        emit MeterDayReported(meter, day, version, reading.quality, times.finalisable, curve);
    }

    function _correct(Reading calldata reading) private {
        (MeterId meter, Day day, bytes calldata curve) = (reading.meter, reading.day, reading.curve);
        _checkCurve(meter, day, curve);
        DayRecord memory record = _days[meter][day];
        _requireOutOfRoot(meter, day, record.state);
        uint16 version = _corrections[meter][day].version;
        if (version == 0) version = record.version;
        if (!record.state.isFinal() || version == type(uint16).max)
            revert MeterRegistry_WrongState(meter, day, record.state);
        uint256 until = Calendar.startOf(day) + (1 + CORRECTION_DAYS) * 1 days;
        if (block.timestamp >= until) revert MeterRegistry_CorrectionTooLate(meter, day, until);
        ++version;
        uint40 adjustableAt = _timesOf(day).finalisable;
        // Truncates to the first 24 bytes, as documented at `Correction`.
        _corrections[meter][day] = Correction(bytes24(keccak256(curve)), adjustableAt, version);
        emit MeterDayCorrected(meter, day, version, reading.quality, adjustableAt, curve);
    }

    /// @dev The meter exists, and the curve is one that it can have measured.
    function _checkCurve(MeterId meter, Day day, bytes calldata packed) private view {
        uint256 limitWh = _limitWh(meter);
        if (Curve.isPackedAtMost(packed, limitWh)) return;
        // An empty curve, elsewhere a curve of zeros, is no report.
        if (packed.length != Curve.BYTES) revert Curve.Curve_Malformed(packed.length);
        _checkCurve(meter, day, Curve.read(packed), limitWh);
    }

    /// @dev A first report comes after the end of the day, and before it can lapse.
    function _requireInTime(MeterId meter, Day day, Times memory times) private view {
        if (block.timestamp < times.over) revert MeterRegistry_DayNotOver(meter, day);
        if (block.timestamp >= times.lapses) revert MeterRegistry_DeadlinePassed(meter, day);
    }

    function _timesOf(Day day) private view returns (Times memory times) {
        Windows memory windows = windowsOf(day);
        times.over = Calendar.startOf(day) + 1 days;
        times.lapses = _lapsesAt(day, windows);
        times.finalisable = SafeCast.toUint40(block.timestamp + uint256(windows.objectionHours) * 1 hours);
    }

    function _finalise(DayRecord storage stored, MeterDay calldata meterDay, DayRecord memory record) private {
        bool late = record.state == DayState.LateReported;
        stored.state = late ? DayState.LateFinal : DayState.Final;
        emit MeterDayFinalised(meterDay.meter, meterDay.day, record.version, late);
    }

    function _packWindows(Windows memory windows) private pure returns (uint224) {
        bool valid =
            windows.reportDays != 0 &&
                windows.reportDays <= MAX_REPORT_DAYS &&
                windows.objectionHours != 0 &&
                windows.objectionHours <= MAX_OBJECTION_HOURS;
        if (!valid) revert MeterRegistry_InvalidWindows(windows.reportDays, windows.objectionHours);
        return (uint224(windows.reportDays) << REPORT_DAYS_OFFSET) | windows.objectionHours;
    }

    /// @dev In seconds throughout, so that a day at the end of the number range wraps nowhere.
    function _lapsesAt(Day day, Windows memory windows) private pure returns (uint256) {
        return Calendar.startOf(day) + (1 + uint256(windows.reportDays)) * 1 days;
    }

    function _known(MeterId meter) private view returns (Meter storage properties) {
        properties = _meters[meter];
        if (properties.direction == Direction.None) revert MeterRegistry_UnknownMeter(meter);
    }

    function _traderToday(MeterId meter) private view returns (ParticipantId) {
        return packedMeter(meter).traderOn(Calendar.today());
    }

    function _checkTrader(ParticipantId trader) private view {
        _checkGood(trader, Kinds.RETAILER | Kinds.AGGREGATOR);
    }

    /// @dev The participant is active and, unless `kinds` is 0, of one of these kinds.
    function _checkGood(ParticipantId participant, uint32 kinds) private view {
        Standing memory standing = REGISTRY.standing(participant);
        if (!standing.isGood() || (kinds != 0 && standing.kinds & kinds == 0)) {
            revert MeterRegistry_ParticipantNotGood(participant);
        }
    }

    function _checkAccepted(MeterDay calldata meterDay, uint16 version, ParticipantId participant) private view {
        if (_accepted[meterDay.meter][meterDay.day][participant] != version) {
            revert MeterRegistry_NotAccepted(meterDay.meter, meterDay.day, participant);
        }
    }
}
