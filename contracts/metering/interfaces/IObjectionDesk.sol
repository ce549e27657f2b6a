// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {MeterId, ParticipantId} from "../../types/Ids.sol";
import {DayProof, MeterDay} from "./IMeterRegistry.sol";

/// @title Objections to readings
/// @notice As long as a report or a correction is open to objection, a participant can put on record that it does not agree,
/// with the document or the hash of its reason. The record says who, when, and to which curve, and can be cited for good. It
/// moves nothing: the day becomes final as without it, unless the metering centre reports another version.
interface IObjectionDesk {
    /// @notice Thrown when the caller's account is not that of a participant who was approved.
    error ObjectionDesk_NotParticipant(address account);
    /// @notice Thrown when no reason is given.
    error ObjectionDesk_ReasonMissing(MeterId meter, Day day);
    /// @notice Thrown when the version or the curve given is not in force; `version` is, 0 if nothing was reported.
    error ObjectionDesk_NotInForce(MeterId meter, Day day, uint16 version);
    /// @notice Thrown when the version in force is final, or was open to objection until `until`.
    error ObjectionDesk_Closed(MeterId meter, Day day, uint256 until);
    /// @notice Thrown when the participant has objected to this version before.
    error ObjectionDesk_ObjectedBefore(MeterId meter, Day day, ParticipantId participant, uint16 version);

    /// @notice Emitted when a participant objects to a version of a meter day.
    event MeterDayObjected(
        MeterId indexed meter,
        Day indexed day,
        ParticipantId indexed participant,
        uint16 version,
        bytes32 curveHash,
        bytes32 reasonHash
    );

    /// @notice Records that the caller's participant objects to the version in force of a meter day, or of its correction, once
    /// for each version. Any participant may, suspended or not: who is concerned by a day, those know who traded on it, and who
    /// cites an objection shows that the objector was.
    /// @param curveHash keccak256 of the curve objected to.
    /// @param reasonHash id of the document with the reason, or keccak256 of a file or text that stays off chain.
    /// @param proof where the day is kept; empty if it has a word of its own.
    function object(
        MeterDay calldata meterDay,
        uint16 version,
        bytes32 curveHash,
        bytes32 reasonHash,
        DayProof calldata proof
    ) external;

    /// @notice The document or the hash of the reason for which a participant objected to a version; 0 if it did not.
    function reasonOf(
        MeterId meter,
        Day day,
        ParticipantId participant,
        uint16 version
    ) external view returns (bytes32);
}
