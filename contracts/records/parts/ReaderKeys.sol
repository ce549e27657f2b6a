// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import {IParticipantRegistry, Standing} from "../../identity/interfaces/IParticipantRegistry.sol";
import {ParticipantId} from "../../types/Ids.sol";
import {IDocumentRegistry, ReaderId, ReaderKey} from "../interfaces/IDocumentRegistry.sol";

/// @title Keys that documents are encrypted for
abstract contract ReaderKeys is IDocumentRegistry, AccessManaged {
    /// @dev What waits for a second registrar.
    struct KeyProposal {
        address registrar;
        bytes32 keyHash;
    }

    // ---- immutables

    IParticipantRegistry public immutable registry;

    // ---- storage

    /// @inheritdoc IDocumentRegistry
    ReaderId public auditor;

    mapping(ReaderId => ReaderKey) private _keys;

    mapping(ReaderId => KeyProposal) private _proposals;

    // ---- constructor

    constructor(IParticipantRegistry registry_) {
        registry = registry_;
    }

    // ---- registrars, compliance, council

    /// @inheritdoc IDocumentRegistry
    function proposeKey(ReaderId reader, bytes32 x, bytes32 y) external restricted {
        _checkInPerson();
        _checkReader(reader);
        if (!P256.isValidPublicKey(x, y)) revert DocumentRegistry_InvalidKey(x, y);
        _proposals[reader] = KeyProposal(msg.sender, _hash(x, y));
        emit KeyProposed(reader, msg.sender, x, y);
    }

    /// @inheritdoc IDocumentRegistry
    function approveKey(ReaderId reader, bytes32 x, bytes32 y) external restricted {
        if (_takeProposal(reader) != _hash(x, y)) revert DocumentRegistry_KeyMismatch(reader);
        uint32 number = _keys[reader].number + 1;
        _keys[reader] = ReaderKey({number: number, inForce: true, x: x, y: y});
        emit KeyApproved(reader, number, msg.sender, x, y);
    }

    /// @inheritdoc IDocumentRegistry
    function rejectKey(ReaderId reader) external restricted {
        _takeProposal(reader);
        emit KeyRejected(reader, msg.sender);
    }

    /// @inheritdoc IDocumentRegistry
    function revokeKey(ReaderId reader, bytes32 reason) external restricted {
        emit KeyRevoked(reader, _endKey(reader), reason);
    }

    /// @inheritdoc IDocumentRegistry
    function setAuditor(ReaderId reader) external restricted {
        _keyInForce(reader);
        auditor = reader;
        emit AuditorNamed(reader);
    }

    // ---- holders

    /// @inheritdoc IDocumentRegistry
    function retireKey() external {
        ReaderId reader = readerOf(msg.sender);
        emit KeyRetired(reader, _endKey(reader));
    }

    // ---- views

    /// @inheritdoc IDocumentRegistry
    function keyOf(ReaderId reader) external view returns (ReaderKey memory) {
        return _keys[reader];
    }

    /// @inheritdoc IDocumentRegistry
    function readerOf(address account) public view returns (ReaderId) {
        Standing memory standing = registry.standingOf(account);
        if (standing.status.isApproved()) return ReaderId.wrap(ParticipantId.unwrap(standing.id));
        // A key that was stolen and replaced must not go on as an office.
        if (!registry.participantOfFormer(account).isNobody()) return ReaderId.wrap(0);
        return ReaderId.wrap(uint160(account));
    }

    // ---- internals

    /// @dev The number of the reader's key in force.
    function _keyInForce(ReaderId reader) internal view returns (uint32) {
        ReaderKey storage key = _keys[reader];
        if (!key.inForce) revert DocumentRegistry_NoKey(reader);
        return key.number;
    }

    function _endKey(ReaderId reader) private returns (uint32 number) {
        number = _keyInForce(reader);
        _keys[reader].inForce = false;
    }

    /// @dev Ends a waiting proposal on behalf of a second registrar.
    function _takeProposal(ReaderId reader) private returns (bytes32 keyHash) {
        _checkInPerson();
        KeyProposal memory proposal = _proposals[reader];
        if (proposal.registrar == address(0)) revert DocumentRegistry_NoProposal(reader);
        if (proposal.registrar == msg.sender) revert DocumentRegistry_SamePerson(msg.sender);
        delete _proposals[reader];
        return proposal.keyHash;
    }

    function _checkReader(ReaderId reader) private view {
        uint160 number = ReaderId.unwrap(reader);
        // Casts after comparing.
        bool valid =
            number <= type(uint32).max
                ? registry.accountOf(ParticipantId.wrap(uint32(number))) != address(0)
                : readerOf(address(number)) == reader;
        if (!valid) revert DocumentRegistry_InvalidReader(reader);
    }

    /// @dev One person behind the access manager could be both.
    function _checkInPerson() private view {
        if (msg.sender == authority()) revert DocumentRegistry_NotInPerson();
    }

    function _hash(bytes32 x, bytes32 y) private pure returns (bytes32) {
        return keccak256(abi.encode(x, y));
    }
}
