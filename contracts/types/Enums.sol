// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

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

enum Direction {
    None,
    Generation,
    Consumption
}

/// @dev Voltage of a connection or of a zone, lowest first. 500 kV is the provincial backbone.
enum Voltage {
    Below1kV,
    Kv10,
    Kv35,
    Kv110,
    Kv220,
    Kv500
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
    /// Nothing came by the deadline: holds are released, claims stay.
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
