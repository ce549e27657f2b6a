// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Calendar} from "../../types/Calendar.sol";
import {Day} from "../../types/Day.sol";
import {ParticipantStatus} from "../../types/Enums.sol";
import {ParticipantId} from "../../types/Ids.sol";
import {IParticipantRegistry, Replacement, Standing} from "../interfaces/IParticipantRegistry.sol";

/// @title A new account for a participant whose key was lost, stolen or seized
/// @dev Two registrars, a delay in which the key in force can object, then anybody completes it. What is kept by
/// participant follows by itself; what is kept by account follows with `follow` of the token.
abstract contract AccountReplacement is IParticipantRegistry, AccessManaged {
    /// @dev An account that was replaced: one storage word.
    struct Former {
        ParticipantId id;
        /// Last day on which its orders hold in rounds.
        Day ordersUntil;
    }

    /// @dev A round opens on the day on which its book closed: an account replaced on that day, or in the night before, must
    /// not void what the price was made of.
    uint256 private constant ORDER_DAYS = 1;
    /// @dev Time to notice and to object.
    uint256 private constant DELAY = 7 days;

    // ---- storage

    /// @dev By account, because guards start from an account and read one word.
    mapping(address account => Standing) internal _standings;

    /// @dev Set when a participant is first approved.
    mapping(ParticipantId id => address) internal _accounts;

    mapping(ParticipantId id => Replacement) private _replacements;

    /// @dev Accounts reserved for a pending replacement.
    mapping(address account => ParticipantId) internal _reservedFor;

    mapping(address former => Former) private _formers;

    // ---- registrars

    /// @inheritdoc IParticipantRegistry
    function proposeAccount(ParticipantId id, address account, bytes32 reasonHash) external restricted {
        _checkInPerson();
        if (_accounts[id] == address(0)) revert ParticipantRegistry_WrongStatus(id, standing(id).status);
        address waiting = _replacements[id].account;
        if (waiting != address(0)) revert ParticipantRegistry_ReplacementWaits(id, waiting);
        _checkFree(account);
        bytes memory factor = secondFactorOf(id);
        // One key would be both.
        if (factor.length == 20 && address(bytes20(factor)) == account)
            revert ParticipantRegistry_InvalidFactor(factor);
        _reservedFor[account] = id;
        _replacements[id] = Replacement(account, 0, msg.sender, reasonHash);
        emit AccountProposed(id, account, msg.sender, reasonHash);
    }

    /// @inheritdoc IParticipantRegistry
    function approveAccount(ParticipantId id, address account, bytes32 reasonHash) external restricted {
        _checkInPerson();
        Replacement storage proposed = _waiting(id);
        if (proposed.completableAt != 0) revert ParticipantRegistry_ReplacementWaits(id, proposed.account);
        if (proposed.registrar == msg.sender) revert ParticipantRegistry_SamePerson(msg.sender);
        if (account != proposed.account || reasonHash != proposed.reasonHash) {
            revert ParticipantRegistry_ReplacementMismatch(id, proposed.account, proposed.reasonHash);
        }
        // Unix seconds fit 40 bits for another 34,000 years.
        uint40 completableAt = uint40(block.timestamp + DELAY);
        proposed.completableAt = completableAt;
        emit AccountApproved(id, account, msg.sender, completableAt);
    }

    /// @inheritdoc IParticipantRegistry
    function withdrawReplacement(ParticipantId id) external restricted {
        _checkInPerson();
        address account = _takeReplacement(id);
        emit ReplacementWithdrawn(id, account, msg.sender);
    }

    // ---- the key in force, and anybody

    /// @inheritdoc IParticipantRegistry
    function objectToReplacement() external {
        Standing memory caller = _standings[msg.sender];
        // Whether the key of a suspended participant was stolen is for a third person to decide, not for the key.
        if (caller.status == ParticipantStatus.Suspended) {
            revert ParticipantRegistry_WrongStatus(caller.id, caller.status);
        }
        address account = _takeReplacement(caller.id);
        emit ReplacementObjected(caller.id, account);
    }

    /// @inheritdoc IParticipantRegistry
    function completeReplacement(ParticipantId id) external {
        uint256 completableAt = _waiting(id).completableAt;
        if (completableAt == 0) revert ParticipantRegistry_ReplacementNotApproved(id, _replacements[id].account);
        if (block.timestamp < completableAt) revert ParticipantRegistry_ReplacementTooEarly(id, completableAt);
        address account = _takeReplacement(id);
        address former = _accounts[id];
        _accounts[id] = account;
        _standings[account] = _standings[former];
        delete _standings[former];
        _formers[former] = Former(id, Calendar.today().plusDays(ORDER_DAYS));
        emit AccountReplaced(id, former, account);
    }

    // ---- views

    /// @inheritdoc IParticipantRegistry
    function replacementOf(ParticipantId id) external view returns (Replacement memory) {
        return _replacements[id];
    }

    /// @inheritdoc IParticipantRegistry
    function participantOfFormer(address account) external view returns (ParticipantId) {
        return _formers[account].id;
    }

    /// @inheritdoc IParticipantRegistry
    function ordersHoldUntil(address account) external view returns (Day) {
        return _formers[account].ordersUntil;
    }

    /// @inheritdoc IParticipantRegistry
    function standing(ParticipantId id) public view virtual override returns (Standing memory);

    /// @inheritdoc IParticipantRegistry
    function secondFactorOf(ParticipantId id) public view virtual override returns (bytes memory);

    // ---- internals

    /// @dev The account that answers for what a former account ordered; itself once that is over, and for all others.
    function _accountForOrdersOf(address account) internal view returns (address) {
        Former memory former = _formers[account];
        return Calendar.today() <= former.ordersUntil ? _accounts[former.id] : account;
    }

    /// @dev An account serves one participant, once.
    function _checkFree(address account) internal view {
        bool free =
            account != address(0) &&
                _standings[account].id.isNobody() &&
                _reservedFor[account].isNobody() &&
                _formers[account].id.isNobody();
        if (!free) revert ParticipantRegistry_AccountNotFree(account);
    }

    /// @dev `AccessManager.execute` calls in the manager's own name: through it, one registrar could be two persons.
    function _checkInPerson() internal view {
        if (msg.sender == authority()) revert ParticipantRegistry_NotInPerson();
    }

    /// @dev Ends a pending replacement, one way or the other.
    function _takeReplacement(ParticipantId id) private returns (address account) {
        account = _waiting(id).account;
        delete _replacements[id];
        _reservedFor[account] = ParticipantId.wrap(0);
    }

    function _waiting(ParticipantId id) private view returns (Replacement storage replacement) {
        replacement = _replacements[id];
        if (replacement.account == address(0)) revert ParticipantRegistry_NoReplacement(id);
    }
}
