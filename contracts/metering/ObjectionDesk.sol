// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {Day} from "../types/Day.sol";
import {DayState, ParticipantStatus} from "../types/Enums.sol";
import {MeterId, ParticipantId} from "../types/Ids.sol";
import {Correction, DayProof, DayRecord, IMeterRegistry, MeterDay} from "./interfaces/IMeterRegistry.sol";
import {IObjectionDesk} from "./interfaces/IObjectionDesk.sol";

/// @title ObjectionDesk
contract ObjectionDesk is IObjectionDesk, AccessManaged {
    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;
    IMeterRegistry private immutable METERS;

    // ---- storage

    /// @inheritdoc IObjectionDesk
    mapping(MeterId meter => mapping(Day day => mapping(ParticipantId participant => mapping(uint16 version => bytes32))))
        public reasonOf;

    // ---- constructor

    constructor(address authority, IParticipantRegistry registry, IMeterRegistry meters) AccessManaged(authority) {
        REGISTRY = registry;
        METERS = meters;
    }

    // ---- user actions

    /// @inheritdoc IObjectionDesk
    function object(
        MeterDay calldata meterDay,
        uint16 version,
        bytes32 curveHash,
        bytes32 reasonHash,
        DayProof calldata proof
    ) external restricted {
        (MeterId meter, Day day) = (meterDay.meter, meterDay.day);
        ParticipantId participant = _participant();
        if (reasonHash == 0) revert ObjectionDesk_ReasonMissing(meter, day);
        _requireOpen(meter, day, version, curveHash, proof);
        if (reasonOf[meter][day][participant][version] != 0) {
            revert ObjectionDesk_ObjectedBefore(meter, day, participant, version);
        }
        reasonOf[meter][day][participant][version] = reasonHash;
        emit MeterDayObjected(meter, day, participant, version, curveHash, reasonHash);
    }

    // ---- internals

    /// @dev A suspended participant opens nothing new, but its trades of before are settled by readings, too.
    function _participant() private view returns (ParticipantId) {
        Standing memory caller = REGISTRY.standingOf(msg.sender);
        bool isApproved = caller.status == ParticipantStatus.Active || caller.status == ParticipantStatus.Suspended;
        if (!isApproved) revert ObjectionDesk_NotParticipant(msg.sender);
        return caller.id;
    }

    /// @dev The version is in force, has this curve, and its window is open.
    function _requireOpen(
        MeterId meter,
        Day day,
        uint16 version,
        bytes32 curveHash,
        DayProof calldata proof
    ) private view {
        (uint16 inForce, bytes24 kept, uint256 until, bool isFinal) = _inForce(meter, day, curveHash, proof);
        // Kept are the first 24 bytes, as documented at `DayRecord`.
        if (version != inForce || bytes24(curveHash) != kept) revert ObjectionDesk_NotInForce(meter, day, inForce);
        if (isFinal || block.timestamp >= until) revert ObjectionDesk_Closed(meter, day, until);
    }

    function _inForce(
        MeterId meter,
        Day day,
        bytes32 curveHash,
        DayProof calldata proof
    ) private view returns (uint16 version, bytes24 kept, uint256 until, bool isFinal) {
        Correction memory correction = METERS.correctionOf(meter, day);
        // A correction is of a final day, and has a window of its own.
        if (correction.version != 0) return (correction.version, correction.curveHash, correction.adjustableAt, false);
        DayRecord memory record = METERS.dayOf(meter, day);
        if (record.state == DayState.None && proof.root != 0) {
            // Reverts unless the day lies under the root with this very curve.
            METERS.stateOf(meter, day, curveHash, proof);
            record = METERS.rootOf(proof.root);
            record.curveHash = bytes24(curveHash);
        }
        return (record.version, record.curveHash, record.finalisableAt, record.state.isFinal());
    }
}
