// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev A participant, numbered from 1 in the order of proposal. 0 is nobody.
type ParticipantId is uint32;

using {isNobody, sameAs as ==, differsFrom as !=} for ParticipantId global;

/// @dev A meter, numbered from 1 in the order of registration. 0 is no meter.
type MeterId is uint64;

/// @dev A node of the network's zone tree, see MarketRules. 0 is no zone.
type ZoneId is uint32;

using {sameZone as ==, otherZone as !=} for ZoneId global;

/// @dev A published rule set, numbered from 1.
type RuleSetId is uint32;

/// @dev A trade, numbered from 1 in the order of opening.
type TradeId is uint64;

/// @dev A debt, numbered from 1 in the order of posting.
type DebtId is uint64;

/// @dev A receivable, numbered from 1; also the ERC-1155 id of its units.
type ReceivableId is uint256;

function isNobody(ParticipantId id) pure returns (bool) {
    return ParticipantId.unwrap(id) == 0;
}

function sameAs(ParticipantId a, ParticipantId b) pure returns (bool) {
    return ParticipantId.unwrap(a) == ParticipantId.unwrap(b);
}

function differsFrom(ParticipantId a, ParticipantId b) pure returns (bool) {
    return ParticipantId.unwrap(a) != ParticipantId.unwrap(b);
}

function sameZone(ZoneId a, ZoneId b) pure returns (bool) {
    return ZoneId.unwrap(a) == ZoneId.unwrap(b);
}

function otherZone(ZoneId a, ZoneId b) pure returns (bool) {
    return ZoneId.unwrap(a) != ZoneId.unwrap(b);
}
