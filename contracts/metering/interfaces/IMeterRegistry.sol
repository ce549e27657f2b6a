// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {DayState, Direction, Quality, Source, Voltage} from "../../types/Enums.sol";
import {MeterId, ParticipantId, ZoneId} from "../../types/Ids.sol";
import {DayWord} from "../libraries/DayWord.sol";
import {MeterWord} from "../libraries/MeterWord.sol";

/// @notice A meter: one storage word.
struct Meter {
    ParticipantId owner;
    /// Who may trade for the meter: its owner, or a retailer or aggregator the owner named. From `nextTraderFrom` on, it is
    /// `nextTrader` instead: see `MeterWord.traderOn`.
    ParticipantId trader;
    ZoneId zone;
    Direction direction;
    Voltage voltage;
    Source source;
    bool active;
    /// Rated capacity in watt; a slot holds at most capacity x 15 min x 1.1.
    uint32 capacityW;
    /// Who was named last and trades from `nextTraderFrom` on, which may be past; 0 if nobody else was named since.
    ParticipantId nextTrader;
    /// First day on which the next trader may open anything; 0 if there is none.
    Day nextTraderFrom;
}

/// @notice What the registry keeps of a meter day: one storage word.
struct DayRecord {
    /// First 24 bytes of keccak256 of the 384-byte curve of the version in force.
    bytes24 curveHash;
    /// Unix second from which the version in force can be finalised; set when it is reported.
    uint40 finalisableAt;
    /// 1 for the first report, one more for each correction.
    uint16 version;
    DayState state;
}

/// @notice What the registry keeps of the correction of a final day: one storage word. The final curve stays what it is.
struct Correction {
    /// First 24 bytes of keccak256 of the corrected curve.
    bytes24 curveHash;
    /// Unix second from which trades can be adjusted by it; until then it can be objected to and corrected again.
    uint40 adjustableAt;
    /// Continues from the version that was finalised; 0 if there is no correction.
    uint16 version;
}

struct MeterDay {
    MeterId meter;
    Day day;
}

struct Reading {
    MeterId meter;
    Day day;
    Quality quality;
    /// 96 slots, four bytes each, big-endian, Wh: 384 bytes.
    bytes curve;
}

/// @notice First reports of a day, of meters of one group, to be kept under one root.
struct RootReport {
    /// The meters `group` x 256 to `group` x 256 + 255.
    uint64 group;
    Day day;
    /// Which of them report: bit i stands for meter `group` x 256 + i.
    uint256 meters;
    /// Which of these are estimated, likewise; all others are measured.
    uint256 estimated;
    /// The curves by ascending meter, 384 bytes each, nothing in between.
    bytes curves;
}

/// @notice Where meter days in a row are kept, and if under a root, what proves them.
struct DayProof {
    /// The number of the root, as its event says; 0 if all of them have words of their own.
    uint64 root;
    /// Which of the days are estimated: bit i stands for the i-th one.
    uint256 estimated;
    /// A multiproof as of OpenZeppelin's `MerkleProof`, the days by ascending meter; see `sdk/metering/dayRoot.ts`.
    bytes32[] siblings;
    bool[] flags;
}

/// @notice Deadlines of metering, in force from a delivery day on.
struct Windows {
    /// Days after the delivery day until the end of which a first report is accepted.
    uint16 reportDays;
    /// Hours after a report during which it can be objected to and corrected.
    uint16 objectionHours;
}

/// @title Meters and their days
/// @notice The meter operator reports a day's curve; a correction is a new version; after the objection window, or when
/// all parties accept, the version in force becomes final: one basis and one fate per meter day. First reports can be kept
/// under a root instead of a word each; their curves are in the event either way, and the contract hashes them itself.
interface IMeterRegistry {
    /// @notice Thrown when the meter is not registered.
    error MeterRegistry_UnknownMeter(MeterId meter);
    /// @notice Thrown when the asset number (hashed) is registered already.
    error MeterRegistry_AssetTaken(bytes32 assetHash);
    /// @notice Thrown when a field of a registration has no admissible value.
    error MeterRegistry_InvalidMeter(string field);
    /// @notice Thrown when the meter was taken out of service before.
    error MeterRegistry_Inactive(MeterId meter);
    /// @notice Thrown when the owner or trader is not an active participant, or the trader is neither the owner nor a
    /// retailer or aggregator.
    error MeterRegistry_ParticipantNotGood(ParticipantId participant);
    /// @notice Thrown when the caller's account is not that of the participant who may do this.
    error MeterRegistry_NotAuthorised(address caller, ParticipantId participant);
    /// @notice Thrown when a day is reported before it has ended.
    error MeterRegistry_DayNotOver(MeterId meter, Day day);
    /// @notice Thrown when a first report comes after the deadline; let the day lapse, then report late.
    error MeterRegistry_DeadlinePassed(MeterId meter, Day day);
    /// @notice Thrown when a day is not in a state that admits the call, or its 65,535th version would be corrected.
    error MeterRegistry_WrongState(MeterId meter, Day day, DayState state);
    /// @notice Thrown when the objection window is still open, or the deadline still ahead.
    error MeterRegistry_TooEarly(MeterId meter, Day day, uint256 from);
    /// @notice Thrown when a slot exceeds capacity x 15 min x 1.1.
    error MeterRegistry_AboveCapacity(MeterId meter, Day day, uint256 slot, uint256 energyWh, uint256 limitWh);
    /// @notice Thrown when a final day is corrected more than 366 days after it.
    error MeterRegistry_CorrectionTooLate(MeterId meter, Day day, uint256 until);
    /// @notice Thrown when the version accepted is not the one in force.
    error MeterRegistry_VersionChanged(MeterId meter, Day day, uint16 version);
    /// @notice Thrown when a party has not accepted the version in force.
    error MeterRegistry_NotAccepted(MeterId meter, Day day, ParticipantId participant);
    /// @notice Thrown when a day is kept under a root only: have it recorded, then ask again.
    error MeterRegistry_InRoot(MeterId meter, Day day);
    /// @notice Thrown when a report under a root has a day that was reported before: that takes a version by itself.
    error MeterRegistry_ReportedBefore(MeterId meter, Day day);
    /// @notice Thrown when a report under a root has no curve, or not as many as meters, or says of others that they are
    /// estimated.
    error MeterRegistry_MalformedRoot(uint64 group, Day day);
    /// @notice Thrown when no root has this number.
    error MeterRegistry_UnknownRoot(uint64 root);
    /// @notice Thrown when the objection window of a root is still open.
    error MeterRegistry_RootTooEarly(uint64 root, uint256 from);
    /// @notice Thrown when these days with these curves are not all under the root.
    error MeterRegistry_WrongProof(uint64 root);
    /// @notice Thrown when windows are zero or too long (60 days, 720 hours).
    error MeterRegistry_InvalidWindows(uint16 reportDays, uint16 objectionHours);

    /// @notice Emitted when a meter is registered.
    event MeterRegistered(
        MeterId indexed meter,
        ParticipantId indexed owner,
        bytes32 indexed assetHash,
        Meter properties
    );
    /// @notice Emitted when the owner names a trader: `trader`, who is in force, goes on until `nextTraderFrom`, from when on
    /// `nextTrader` trades. Both are 0 where the trader in force was named: it stays.
    event MeterTraderNamed(
        MeterId indexed meter,
        ParticipantId indexed trader,
        ParticipantId indexed nextTrader,
        Day nextTraderFrom
    );
    /// @notice Emitted when a meter is taken out of service: it opens nothing new, its open days continue.
    event MeterDeactivated(MeterId indexed meter);
    /// @notice Emitted for each version of a day. `curve` holds 96 slots of Wh.
    event MeterDayReported(
        MeterId indexed meter,
        Day indexed day,
        uint16 version,
        Quality quality,
        uint40 finalisableAt,
        bytes curve
    );
    /// @notice Emitted for first reports that are kept under a root: the Merkle tree over keccak256(meter | day | quality, hash
    /// of the curve), by ascending meter. Fields as in `RootReport`; all versions are 1.
    event RootReported(
        uint64 indexed root,
        uint64 indexed group,
        Day indexed day,
        uint256 meters,
        uint256 estimated,
        uint40 finalisableAt,
        bytes curves
    );
    /// @notice Emitted when the days of a root that have no words of their own become final.
    event RootFinalised(uint64 indexed root);
    /// @notice Emitted when a day gets a word of its own, as its root has it: what happens to it from now on happens there.
    event MeterDayRecorded(MeterId indexed meter, Day indexed day, uint64 indexed root);
    /// @notice Emitted when a participant accepts the version in force before the window ends.
    event MeterDayAccepted(MeterId indexed meter, Day indexed day, ParticipantId indexed participant, uint16 version);
    /// @notice Emitted when the version in force becomes final; `late` if the day had lapsed before.
    event MeterDayFinalised(MeterId indexed meter, Day indexed day, uint16 version, bool late);
    /// @notice Emitted when the reading of a final day is corrected. `curve` holds 96 slots of Wh.
    event MeterDayCorrected(
        MeterId indexed meter,
        Day indexed day,
        uint16 version,
        Quality quality,
        uint40 adjustableAt,
        bytes curve
    );
    /// @notice Emitted when no report came by the deadline.
    event MeterDayLapsed(MeterId indexed meter, Day indexed day);
    /// @notice Emitted when new windows are set for delivery days from `fromDay` on.
    event WindowsChanged(Day indexed fromDay, uint16 reportDays, uint16 objectionHours);
    /// @notice Emitted when windows are withdrawn that have not begun; those before them stay in force.
    event WindowsWithdrawn(Day indexed fromDay);

    /// @notice Registers a meter. Role: meter operator.
    /// @param properties owner, trader from now on (0 = the owner), zone, direction, voltage, source, capacity; `active` and
    /// the next trader are ignored.
    /// @param assetHash keccak256 of the asset number, registered once.
    function register(Meter calldata properties, bytes32 assetHash) external returns (MeterId meter);

    /// @notice Names the trader of the meter from the day after tomorrow on, in Shanghai: a retailer or aggregator, or the
    /// owner (0 for short), which is always possible. Until then the trader in force goes on, so that between a book's cut-off
    /// and its gate no order loses its meter. Takes the place of a trader named before whose day has not come; naming the
    /// trader in force leaves everything as it is today. Naming another than the owner takes the confirmation of the owner's
    /// second factor, if it has one, even if that one is in force: see `ISecondFactor.callSubject`. By the owner's account.
    function setTrader(MeterId meter, ParticipantId trader) external;

    /// @notice Takes a meter out of service. Role: meter operator.
    function deactivate(MeterId meter) external;

    /// @notice Reports curves: the first of a day, a correction, or a late one of a lapsed day. Each restarts the
    /// objection window. Reverts with `Curve_Malformed` unless a curve is 384 bytes of values below 2^31.
    /// Role: meter operator.
    function report(Reading[] calldata readings) external;

    /// @notice Reports the first curves of days under a root each, for less gas a day the more meters of a group report at
    /// once. Nothing happens if one of them cannot be reported. Reverts with `Curve_Malformed` for a value of 2^31 or more.
    /// Role: meter operator.
    function reportRoots(RootReport[] calldata reports) external;

    /// @notice Corrects final days, up to 366 days after them. What was settled stays; trades are adjusted by the difference,
    /// see AdjustmentDesk, once the correction has been open to objection as long as a report is. Role: meter operator.
    function correct(Reading[] calldata readings) external;

    /// @notice Records that the caller's participant accepts the version in force.
    function accept(MeterDay calldata meterDay, uint16 version) external;

    /// @notice Finalises days whose objection window has passed. By anyone. Days already final are skipped.
    function finalise(MeterDay[] calldata meterDays) external;

    /// @notice Finalises the days of roots whose objection window has passed, but for those that have words of their own. By
    /// anyone. Roots already final are skipped.
    function finaliseRoots(uint64[] calldata roots) external;

    /// @notice Gives days of a root a word each, so that what is not possible under a root can be done: a new version, a
    /// correction, an early end by consent. By anyone. Days that have words are skipped.
    /// @param curveHashes keccak256 of each curve.
    function recordDays(
        MeterDay[] calldata meterDays,
        bytes32[] calldata curveHashes,
        DayProof calldata proof
    ) external;

    /// @notice Finalises a day at once after all counterparties have accepted the version in force. The caller vouches
    /// that they are all who have a trade on this day; the meter's trader of today must always have accepted. It speaks for
    /// the meter, though another may have traded on the delivery day: who did is named by the caller, and of traders before
    /// the last change the registry knows nothing. Role: trade book.
    function finaliseAccepted(MeterDay calldata meterDay, ParticipantId[] calldata counterparties) external;

    /// @notice Records that no report came by the deadline. By anyone. Days already lapsed are skipped, even if a
    /// report came late.
    function lapse(MeterDay[] calldata meterDays) external;

    /// @notice Sets windows for delivery days from `fromDay` on: after today, after windows already set, at most 366 days
    /// ahead. Role: rule maker.
    function setWindows(Day fromDay, Windows calldata windows) external;

    /// @notice Withdraws the windows set last, whose first day has not begun. Role: rule maker.
    function withdrawWindows() external;

    /// @notice The meter, with the trader before and the trader from a day on; all zero if unknown.
    function meterOf(MeterId meter) external view returns (Meter memory);

    /// @notice `meterOf` as the word that is stored.
    function packedMeter(MeterId meter) external view returns (MeterWord);

    /// @notice `meterOf` for many.
    function metersOf(MeterId[] calldata meters) external view returns (Meter[] memory);

    /// @notice Where a day stands if this is the hash of the curve of its version in force, otherwise `None`.
    function stateOf(
        MeterId meter,
        Day day,
        bytes32 curveHash,
        DayProof calldata proof
    ) external view returns (DayState);

    /// @notice `stateOf` for days in a row. Reverts unless all of them are, or were, under the root that the proof names.
    function statesOf(
        MeterDay[] calldata meterDays,
        bytes32[] calldata curveHashes,
        DayProof calldata proof
    ) external view returns (DayState[] memory);

    /// @notice What is kept of a root, as of a day: its first 24 bytes in place of a curve's hash. All zero if unknown.
    function rootOf(uint64 root) external view returns (DayRecord memory);

    /// @notice Which meters of a group were reported for a day, in words or under roots: bit i stands for meter
    /// `group` x 256 + i.
    function reportedOf(uint64 group, Day day) external view returns (uint256);

    /// @notice What is recorded of a meter day in a word of its own; all zero while it is kept under a root.
    function dayOf(MeterId meter, Day day) external view returns (DayRecord memory);

    /// @notice `dayOf` as the word that is stored.
    function packedDay(MeterId meter, Day day) external view returns (DayWord);

    /// @notice The correction of a final meter day in force; all zero if there is none.
    function correctionOf(MeterId meter, Day day) external view returns (Correction memory);

    /// @notice The windows that apply to a delivery day.
    function windowsOf(Day day) external view returns (Windows memory);

    /// @notice Unix second from which an unreported day can lapse.
    function lapsesAt(Day day) external view returns (uint256);

    /// @notice The version a participant accepted of a meter day; 0 if none.
    function acceptedVersion(MeterId meter, Day day, ParticipantId participant) external view returns (uint16);

    /// @notice How many meters were ever registered: ids run from 1 to this.
    function meterCount() external view returns (uint64);
}
