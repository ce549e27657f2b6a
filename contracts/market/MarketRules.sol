// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Day} from "../types/Day.sol";
import {Source, Voltage} from "../types/Enums.sol";
import {ParticipantId, RuleSetId, ZoneId} from "../types/Ids.sol";
import {Schedule} from "../types/Schedule.sol";
import {RuleSetRecord} from "./RuleSetRecord.sol";
import {DeviationPayee, IMarketRules, RuleSet, DeviationRule} from "./interfaces/IMarketRules.sol";
import {RuleSetCheck} from "./libraries/RuleSetCheck.sol";

/// @title The rules of the market, with versions and effective days
contract MarketRules is IMarketRules, AccessManaged {
    using Schedule for Checkpoints.Trace224;

    /// @dev Where a rule set is kept, and the payees that settlement asks for: one word.
    struct Published {
        RuleSetRecord record;
        ParticipantId gridCompany;
        ParticipantId balancingAccount;
    }

    /// @dev `path` holds the zones from the root (highest lane) down to the zone itself, eight lanes of 32 bits, so
    /// that two words give the lowest common ancestor.
    struct Zone {
        uint256 path;
        Voltage voltage;
    }

    uint256 private constant LANE_BITS = 32;
    uint256 private constant MAX_DEPTH = 8;

    // ---- storage

    uint32 private _ruleSetCount;
    uint32 private _zoneCount;
    /// @dev Effective day -> number of the rule set.
    Checkpoints.Trace224 private _inForce;
    mapping(RuleSetId id => Published) private _published;
    /// @dev The deviation rules of the record again, a word each: settling a trade reads one of them only.
    mapping(RuleSetId id => mapping(Source source => DeviationRule)) private _deviationRules;
    mapping(ZoneId id => Zone) private _zones;

    // ---- constructor

    constructor(address authority) AccessManaged(authority) {}

    // ---- administration

    /// @inheritdoc IMarketRules
    function publish(RuleSet calldata rules) external restricted returns (RuleSetId id) {
        RuleSetCheck.check(rules);
        id = RuleSetId.wrap(++_ruleSetCount);
        _inForce.add(rules.effectiveDay, RuleSetId.unwrap(id));
        RuleSetRecord record = new RuleSetRecord(rules);
        _published[id] = Published(record, rules.gridCompany, rules.balancingAccount);
        for (uint256 i = 0; i < rules.deviationRules.length; ++i) {
            DeviationRule calldata rule = rules.deviationRules[i];
            _deviationRules[id][rule.source] = rule;
        }
        emit RuleSetPublished(id, rules.effectiveDay, address(record).codehash, rules);
    }

    /// @inheritdoc IMarketRules
    function withdraw() external restricted returns (RuleSetId id) {
        (Day effectiveDay, uint224 last) = _inForce.withdraw();
        // Only numbers of rule sets, which are uint32, are scheduled.
        id = RuleSetId.wrap(uint32(last));
        emit RuleSetWithdrawn(id, effectiveDay);
    }

    /// @inheritdoc IMarketRules
    function addZone(ZoneId parent, Voltage voltage, string calldata name) external restricted returns (ZoneId id) {
        id = ZoneId.wrap(++_zoneCount);
        uint256 path;
        uint256 depth;
        if (ZoneId.unwrap(parent) != 0) {
            Zone storage above = _zoneAt(parent);
            path = above.path;
            depth = _depthOf(path);
            if (voltage > above.voltage || depth == MAX_DEPTH) revert MarketRules_InvalidZone(parent, voltage);
        }
        _zones[id] = Zone(path | (uint256(ZoneId.unwrap(id)) << _shiftOf(depth)), voltage);
        emit ZoneAdded(id, parent, voltage, name);
    }

    // ---- views

    /// @inheritdoc IMarketRules
    function ruleSetOn(Day day) external view returns (RuleSetId id, RuleSet memory rules) {
        address record;
        (id, record) = recordOn(day);
        rules = abi.decode(record.code, (RuleSet));
    }

    /// @inheritdoc IMarketRules
    function clockOn(Day day) external view returns (uint256, uint256, uint256) {
        (, address record) = recordOn(day);
        RuleSet memory set = abi.decode(record.code, (RuleSet));
        return (set.cutOffLeadSeconds, set.gateLeadSeconds, set.marginNoticeSeconds);
    }

    /// @inheritdoc IMarketRules
    function recordOn(Day day) public view returns (RuleSetId id, address record) {
        // Only numbers of rule sets, which are uint32, are scheduled.
        id = RuleSetId.wrap(uint32(_inForce.versionOn(day)));
        if (RuleSetId.unwrap(id) == 0) revert MarketRules_NoRuleSet(day);
        record = address(_publishedAt(id).record);
    }

    /// @inheritdoc IMarketRules
    function ruleSet(RuleSetId id) external view returns (RuleSet memory) {
        return abi.decode(address(_publishedAt(id).record).code, (RuleSet));
    }

    /// @inheritdoc IMarketRules
    function ruleHash(RuleSetId id) external view returns (bytes32) {
        return address(_publishedAt(id).record).codehash;
    }

    /// @inheritdoc IMarketRules
    function deviationRule(
        RuleSetId id,
        Source source
    ) external view returns (DeviationRule memory rule, ParticipantId payeeAccount) {
        Published storage published = _publishedAt(id);
        rule = _deviationRules[id][source];
        if (rule.payee == DeviationPayee.BalancingAccount) payeeAccount = published.balancingAccount;
    }

    /// @inheritdoc IMarketRules
    function gridCompanyOf(RuleSetId id) external view returns (ParticipantId) {
        return _publishedAt(id).gridCompany;
    }

    /// @inheritdoc IMarketRules
    function zone(ZoneId id) external view returns (ZoneId parent, Voltage voltage) {
        Zone storage found = _zoneAt(id);
        uint256 depth = _depthOf(found.path);
        if (depth > 1) parent = _laneOf(found.path, depth - 2);
        voltage = found.voltage;
    }

    /// @inheritdoc IMarketRules
    function pathVoltage(ZoneId a, ZoneId b) external view returns (Voltage) {
        uint256 path = _zones[a].path;
        uint256 differing = path ^ _zones[b].path;
        // Equal paths are the same zone, or two that do not exist.
        if (differing == 0) return path == 0 ? Voltage.KV500 : _zones[a].voltage;
        uint256 firstDifferent = (255 - Math.log2(differing)) / LANE_BITS;
        if (firstDifferent == 0) return Voltage.KV500;
        return _zones[_laneOf(path, firstDifferent - 1)].voltage;
    }

    // ---- internals

    function _publishedAt(RuleSetId id) private view returns (Published storage published) {
        published = _published[id];
        if (address(published.record) == address(0)) revert MarketRules_UnknownRuleSet(id);
    }

    function _zoneAt(ZoneId id) private view returns (Zone storage found) {
        found = _zones[id];
        if (found.path == 0) revert MarketRules_UnknownZone(id);
    }

    function _depthOf(uint256 path) private pure returns (uint256 depth) {
        while (depth < MAX_DEPTH && ZoneId.unwrap(_laneOf(path, depth)) != 0) ++depth;
    }

    function _laneOf(uint256 path, uint256 level) private pure returns (ZoneId) {
        // Truncation to the lowest 32 bits is what a lane is.
        return ZoneId.wrap(uint32(path >> _shiftOf(level)));
    }

    function _shiftOf(uint256 level) private pure returns (uint256) {
        return (MAX_DEPTH - 1 - level) * LANE_BITS;
    }
}
