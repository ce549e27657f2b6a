// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Role ids of the platform's one AccessManager
/// @notice Which function asks for which role is written in `scripts/deploy/permissions.ts`; who holds a role
/// is written in the parameter file of each network. Role 0 is AccessManager's admin (the consortium's council),
/// `type(uint64).max` its public role.
library Roles {
    /// @dev Proposes and approves participants; the two are never the same person for one participant.
    uint64 internal constant REGISTRAR = 1;
    /// @dev Suspends and reinstates participants.
    uint64 internal constant COMPLIANCE = 2;
    /// @dev Registers meters and reports their curves: the grid company's metering department.
    uint64 internal constant METER_OPERATOR = 3;
    /// @dev Submits the clearing of a round: the power exchange.
    uint64 internal constant MARKET_OPERATOR = 4;
    /// @dev Publishes rule sets, zones and windows.
    uint64 internal constant RULE_MAKER = 5;
    /// @dev Settlement banks: each issues to its own customers, freezes their deposits on a court's order and lets them move.
    uint64 internal constant BANK = 6;
    /// @dev Freezes one subject for a bounded time and rules on it.
    uint64 internal constant ARBITER = 7;
    /// @dev Cancels what holders of other roles have scheduled. Only the admin closes a target.
    uint64 internal constant GUARDIAN = 8;
    /// @dev Contracts that may place new holds on deposits.
    uint64 internal constant NOTARY = 9;
    /// @dev TradeEscrow towards MeterRegistry: finalises a day that both sides accepted.
    uint64 internal constant TRADE_BOOK = 10;
    /// @dev Contracts that redirect the proceeds of a trade to their assignee.
    uint64 internal constant ASSIGNMENT = 11;
    /// @dev Desks towards Receivables: issue what a debtor has confirmed.
    uint64 internal constant CLAIM_DESK = 12;
    /// @dev Contracts that count what participants commit, and use up what their second factors confirmed.
    uint64 internal constant EXPOSURE_BOOK = 13;
    /// @dev The council, in what the guardian can veto: its holders are those of role 0. What is scheduled under role 0 only
    /// role 0 can cancel; what is scheduled under this role its guardian can.
    uint64 internal constant COUNCIL = 14;
}
