// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

using {isApproved} for ParticipantStatus global;
using {isSme} for FirmSize global;
using {isRenewable} for Source global;
using {isOpen, isFinal, hasLapsed} for DayState global;

/// @dev Where a participant stands.
enum ParticipantStatus {
    None,
    Proposed,
    Active,
    Suspended,
    Rejected
}

/// @dev Firm size by the national classification; a large debtor owes a small creditor within 60 days (国务院令802).
enum FirmSize {
    Unspecified,
    Micro,
    Small,
    Medium,
    Large
}

/// @dev Which way a meter counts.
enum Direction {
    None,
    Generation,
    Consumption
}

/// @dev Voltage of a connection or of a zone, lowest first. 500 kV is the provincial backbone.
enum Voltage {
    Below1kV,
    KV10,
    KV35,
    KV110,
    KV220,
    KV500
}

/// @dev What drives a generator; deviation rules differ by it.
enum Source {
    None,
    HydroRunOfRiver,
    HydroSeasonal,
    HydroAnnual,
    Wind,
    Solar,
    Thermal,
    Storage
}

/// @dev Fate of one meter day.
enum DayState {
    /// Nothing was reported.
    None,
    /// A version is in force and open to objection.
    Reported,
    /// The version in force is the basis of settlement, for good.
    Final,
    /// Nothing came by the deadline: holds are released, what is owed stays owed.
    Lapsed,
    /// A late version is in force and open to objection.
    LateReported,
    /// The late version is the basis of invoices, for good.
    LateFinal
}

/// @dev Where a reading comes from.
enum Quality {
    Measured,
    /// By the estimation rule of the metering department.
    Estimated
}

/// @dev Whether the participant was approved once, whatever its validity now.
function isApproved(ParticipantStatus status) pure returns (bool) {
    return status == ParticipantStatus.Active || status == ParticipantStatus.Suspended;
}

/// @dev Whether it is registered as smaller than large (中小企业): firms whose payment the law hastens.
function isSme(FirmSize size) pure returns (bool) {
    return size != FirmSize.Large && size != FirmSize.Unspecified;
}

/// @dev Whether a version is in force that can still be objected to, replaced, accepted or finalised.
function isOpen(DayState state) pure returns (bool) {
    return state == DayState.Reported || state == DayState.LateReported;
}

/// @dev Whether the version in force is there for good.
function isFinal(DayState state) pure returns (bool) {
    return state == DayState.Final || state == DayState.LateFinal;
}

/// @dev Whether nothing came by the deadline, whatever came late.
function hasLapsed(DayState state) pure returns (bool) {
    return state == DayState.Lapsed || state == DayState.LateReported || state == DayState.LateFinal;
}

/// @dev Whether green certificates are issued for its energy (发改能源〔2023〕1044号).
function isRenewable(Source source) pure returns (bool) {
    return source >= Source.HydroRunOfRiver && source <= Source.Solar;
}
