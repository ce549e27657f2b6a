// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {ParticipantStatus} from "../types/Enums.sol";
import {ParticipantId} from "../types/Ids.sol";
import {Application, IParticipantRegistry, Standing} from "./interfaces/IParticipantRegistry.sol";
import {StandingWord} from "./libraries/StandingWord.sol";
import {AccountReplacement} from "./parts/AccountReplacement.sol";

/// @title ParticipantRegistry
contract ParticipantRegistry is AccountReplacement {
    /// @dev What waits for a second registrar.
    struct Proposal {
        address registrar;
        address account;
        bytes32 applicationHash;
    }

    struct Factor {
        /// How many were in force so far; the latest is the signer's number.
        uint32 count;
        bytes signer;
    }

    // ---- storage

    uint32 private _count;

    mapping(ParticipantId id => bytes32) private _credentialHashes;

    mapping(ParticipantId id => bytes32) private _controllers;

    mapping(ParticipantId id => Factor) private _factors;

    mapping(ParticipantId id => Proposal) private _proposals;

    // ---- constructor

    constructor(address authority) AccessManaged(authority) {}

    // ---- registrars

    /// @inheritdoc IParticipantRegistry
    function propose(Application calldata application) external restricted returns (ParticipantId id) {
        address account = application.account;
        _checkFree(account);
        id = ParticipantId.wrap(++_count);
        _standings[account].id = id;
        _standings[account].status = ParticipantStatus.Proposed;
        _propose(id, application);
    }

    /// @inheritdoc IParticipantRegistry
    function proposeRenewal(ParticipantId id, Application calldata application) external restricted {
        address account = _accounts[id];
        if (account == address(0)) revert ParticipantRegistry_WrongStatus(id, standing(id).status);
        if (application.account != account) revert ParticipantRegistry_AccountChanged(id, application.account);
        _propose(id, application);
    }

    /// @inheritdoc IParticipantRegistry
    function approve(ParticipantId id, Application calldata application) external restricted {
        Proposal memory proposal = _takeProposal(id);
        bytes32 approved = keccak256(abi.encode(application));
        if (approved != proposal.applicationHash) {
            revert ParticipantRegistry_ApplicationMismatch(id, proposal.applicationHash, approved);
        }
        _checkApplication(application);
        // A renewal that waited while the account was replaced would write to the former one.
        address account = _accounts[id];
        if (account != address(0) && account != proposal.account) {
            revert ParticipantRegistry_AccountChanged(id, proposal.account);
        }

        Standing storage current = _standings[proposal.account];
        current.size = application.size;
        current.validUntil = application.validUntil;
        current.kinds = application.kinds;
        current.exposureLimitFen = application.exposureLimitFen;
        // A renewal does not end a suspension: only compliance does.
        if (current.status == ParticipantStatus.Proposed) {
            current.status = ParticipantStatus.Active;
            _accounts[id] = proposal.account;
        }
        _credentialHashes[id] = application.credentialHash;
        _controllers[id] = application.controller;
        emit ParticipantApproved(id, proposal.account, msg.sender);
        _setFactor(id, current, application.secondFactor);
    }

    /// @inheritdoc IParticipantRegistry
    function reject(ParticipantId id) external restricted {
        Proposal memory proposal = _takeProposal(id);
        if (_accounts[id] == address(0)) delete _standings[proposal.account];
        emit ParticipantRejected(id, msg.sender);
    }

    // ---- compliance

    /// @inheritdoc IParticipantRegistry
    function suspend(ParticipantId id, bytes32 reason) external restricted {
        _changeStatus(id, ParticipantStatus.Active, ParticipantStatus.Suspended);
        emit ParticipantSuspended(id, reason);
    }

    /// @inheritdoc IParticipantRegistry
    function reinstate(ParticipantId id) external restricted {
        _changeStatus(id, ParticipantStatus.Suspended, ParticipantStatus.Active);
        emit ParticipantReinstated(id);
    }

    // ---- views

    /// @inheritdoc IParticipantRegistry
    function standingOf(address account) external view returns (Standing memory) {
        return _standings[account];
    }

    /// @inheritdoc IParticipantRegistry
    function standingsOf(address[] calldata accounts) external view returns (Standing[] memory standings) {
        standings = new Standing[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            standings[i] = _standings[accounts[i]];
        }
    }

    /// @inheritdoc IParticipantRegistry
    function standingWordsOf(address[] calldata accounts) external view returns (StandingWord[] memory standings) {
        standings = new StandingWord[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            standings[i] = _wordOf(accounts[i]);
        }
    }

    /// @inheritdoc IParticipantRegistry
    function orderStandingWordsOf(
        address[] calldata accounts
    ) external view returns (StandingWord[] memory standings, bool anyFormer) {
        standings = new StandingWord[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            StandingWord word = _wordOf(accounts[i]);
            // Only strangers and former accounts have none: a good account pays nothing for the question.
            if (StandingWord.unwrap(word) == 0) {
                address answering = _accountForOrdersOf(accounts[i]);
                if (answering != accounts[i]) (word, anyFormer) = (_wordOf(answering), true);
            }
            standings[i] = word;
        }
    }

    /// @inheritdoc IParticipantRegistry
    function accountOf(ParticipantId id) external view returns (address) {
        return _accounts[id];
    }

    /// @inheritdoc IParticipantRegistry
    function accountsOf(ParticipantId[] calldata ids) external view returns (address[] memory accounts) {
        accounts = new address[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            accounts[i] = _accounts[ids[i]];
        }
    }

    /// @inheritdoc IParticipantRegistry
    function standing(ParticipantId id) public view override returns (Standing memory result) {
        address account = _accounts[id];
        if (account != address(0)) return _standings[account];
        if (id.isNobody() || ParticipantId.unwrap(id) > _count) return result;
        result.id = id;
        // Without an account the id was never approved: either its first proposal is waiting, or it was rejected.
        result.status =
            _proposals[id].registrar == address(0) ? ParticipantStatus.Rejected : ParticipantStatus.Proposed;
    }

    /// @inheritdoc IParticipantRegistry
    function credentialHashOf(ParticipantId id) external view returns (bytes32) {
        return _credentialHashes[id];
    }

    /// @inheritdoc IParticipantRegistry
    function secondFactorOf(ParticipantId id) public view override returns (bytes memory) {
        return _factors[id].signer;
    }

    /// @inheritdoc IParticipantRegistry
    function controllerOf(ParticipantId id) external view returns (bytes32) {
        return _controllers[id];
    }

    /// @inheritdoc IParticipantRegistry
    function areAffiliates(ParticipantId one, ParticipantId other) external view returns (bool) {
        if (one == other) return true;
        bytes32 controller = _controllers[one];
        return controller != 0 && controller == _controllers[other];
    }

    /// @inheritdoc IParticipantRegistry
    function participantCount() external view returns (uint32) {
        return _count;
    }

    // ---- internals

    function _wordOf(address account) private view returns (StandingWord word) {
        Standing storage stored = _standings[account];
        assembly ("memory-safe") {
            word := sload(stored.slot)
        }
    }

    function _propose(ParticipantId id, Application calldata application) private {
        _checkInPerson();
        _checkApplication(application);
        _proposals[id] = Proposal(msg.sender, application.account, keccak256(abi.encode(application)));
        emit ParticipantProposed(id, msg.sender, application);
    }

    /// @dev Ends a waiting proposal on behalf of a second registrar.
    function _takeProposal(ParticipantId id) private returns (Proposal memory proposal) {
        _checkInPerson();
        proposal = _proposals[id];
        if (proposal.registrar == address(0)) revert ParticipantRegistry_WrongStatus(id, standing(id).status);
        if (proposal.registrar == msg.sender) revert ParticipantRegistry_SamePerson(msg.sender);
        delete _proposals[id];
    }

    /// @dev A renewal that keeps the factor keeps its number, and what it confirmed.
    function _setFactor(ParticipantId id, Standing storage current, bytes calldata signer) private {
        Factor storage factor = _factors[id];
        if (keccak256(signer) == keccak256(factor.signer)) return;
        factor.signer = signer;
        current.factor = signer.length == 0 ? 0 : ++factor.count;
        emit SecondFactorChanged(id, current.factor, signer);
    }

    function _changeStatus(ParticipantId id, ParticipantStatus from, ParticipantStatus to) private {
        ParticipantStatus status = standing(id).status;
        if (status != from) revert ParticipantRegistry_WrongStatus(id, status);
        _standings[_accounts[id]].status = to;
    }

    function _checkApplication(Application calldata application) private view {
        if (application.kinds == 0) revert ParticipantRegistry_NoKind();
        Day today = Calendar.today();
        if (application.validUntil < today) revert ParticipantRegistry_ValidityEnded(application.validUntil, today);
        bytes calldata factor = application.secondFactor;
        if (factor.length != 0) {
            _checkFactor(factor, application.account);
        } else if (application.exposureLimitFen != 0) {
            revert ParticipantRegistry_LimitWithoutFactor(application.exposureLimitFen);
        }
    }

    /// @dev A factor that cannot sign would lock the participant out; its own account, current or reserved, would add
    /// nothing.
    function _checkFactor(bytes calldata factor, address account) private view {
        bool valid =
            factor.length == 20
                ? address(bytes20(factor)) != account && _reservedFor[address(bytes20(factor))].isNobody()
                : factor.length > 20 && address(bytes20(factor)).code.length != 0;
        if (!valid) revert ParticipantRegistry_InvalidFactor(factor);
    }
}
