// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {
    Document,
    DocumentId,
    DocumentKind,
    Envelope,
    IDocumentRegistry,
    NewDocument,
    ReaderId,
    SubjectKind
} from "./interfaces/IDocumentRegistry.sol";
import {ReaderKeys} from "./parts/ReaderKeys.sol";

/// @title DocumentRegistry
contract DocumentRegistry is ReaderKeys {
    /// @dev What is kept of an envelope.
    struct KeptEnvelope {
        uint32 key;
        bytes28 envelopeHash;
    }

    // ---- storage

    mapping(DocumentId => Document) private _documents;

    mapping(DocumentId => mapping(ReaderId => KeptEnvelope)) private _envelopes;

    // ---- constructor

    constructor(address authority, IParticipantRegistry registry_) AccessManaged(authority) ReaderKeys(registry_) {}

    // ---- entrances

    /// @inheritdoc IDocumentRegistry
    function anchor(
        NewDocument calldata document,
        Envelope[] calldata envelopes
    ) external restricted returns (DocumentId id) {
        _check(document);
        if (auditor.isNobody()) revert DocumentRegistry_NoAuditor();
        ReaderId owner = readerOf(msg.sender);
        id = idOf(owner, document.commitment);
        if (_documents[id].anchoredAt != 0) revert DocumentRegistry_AlreadyAnchored(id);
        if (!document.predecessor.isNone()) _succeed(document, owner, id);
        _documents[id] = Document({
            owner: owner,
            kind: document.kind,
            subjectKind: document.subjectKind,
            size: document.size,
            // Unix seconds fit 40 bits for another 34,000 years.
            anchoredAt: uint40(block.timestamp),
            ciphertextHash: document.ciphertextHash,
            commitment: document.commitment,
            subject: document.subject,
            successor: DocumentId.wrap(0)
        });
        emit DocumentAnchored(id, owner, document);
        _add(id, envelopes);
        _checkReads(id, owner);
        _checkReads(id, auditor);
    }

    /// @inheritdoc IDocumentRegistry
    function addReaders(DocumentId id, Envelope[] calldata envelopes) external restricted {
        ReaderId caller = _callerOf(id);
        if (caller != _documents[id].owner) {
            // The auditor reads everything: who can read may hand it on to a new one.
            bool allowed = _reads(id, caller) && envelopes.length == 1 && envelopes[0].reader == auditor;
            if (!allowed) revert DocumentRegistry_NotAllowed(id, msg.sender);
        }
        _add(id, envelopes);
    }

    // ---- no role, no standing, no gate

    /// @inheritdoc IDocumentRegistry
    function rewrap(DocumentId id, Envelope calldata envelope) external {
        ReaderId caller = _callerOf(id);
        ReaderId reader = envelope.reader;
        uint32 former = _envelopes[id][reader].key;
        if (former == 0) revert DocumentRegistry_NotAReader(id, reader);
        if (caller != reader && caller != _documents[id].owner) {
            // An envelope that still opens is nobody else's to replace.
            if (!_reads(id, caller) || former == envelope.key) revert DocumentRegistry_NotAllowed(id, msg.sender);
        }
        _keep(id, envelope);
        emit EnvelopeReplaced(id, reader, envelope.key, envelope.envelopeHash);
    }

    /// @inheritdoc IDocumentRegistry
    function removeReader(DocumentId id, ReaderId reader) external {
        ReaderId owner = _documents[id].owner;
        if (_callerOf(id) != owner) revert DocumentRegistry_NotAllowed(id, msg.sender);
        if (reader == owner || reader == auditor) revert DocumentRegistry_MustRead(reader);
        if (!_reads(id, reader)) revert DocumentRegistry_NotAReader(id, reader);
        delete _envelopes[id][reader];
        emit ReaderRemoved(id, reader);
    }

    // ---- views

    /// @inheritdoc IDocumentRegistry
    function idOf(ReaderId owner, bytes32 commitment) public view returns (DocumentId) {
        return DocumentId.wrap(keccak256(abi.encode(block.chainid, address(this), owner, commitment)));
    }

    /// @inheritdoc IDocumentRegistry
    function documentOf(DocumentId id) external view returns (Document memory) {
        return _documents[id];
    }

    /// @inheritdoc IDocumentRegistry
    function envelopeOf(DocumentId id, ReaderId reader) external view returns (uint32 key, bytes28 envelopeHash) {
        KeptEnvelope memory kept = _envelopes[id][reader];
        return (kept.key, kept.envelopeHash);
    }

    // ---- internals

    /// @dev As whom the caller reads; reverts where there is no such document.
    function _callerOf(DocumentId id) private view returns (ReaderId) {
        if (_documents[id].anchoredAt == 0) revert DocumentRegistry_NoDocument(id);
        return readerOf(msg.sender);
    }

    function _check(NewDocument calldata document) private pure {
        if (document.kind == DocumentKind.None) revert DocumentRegistry_InvalidDocument("kind");
        if (document.size == 0) revert DocumentRegistry_InvalidDocument("size");
        if (document.ciphertextHash == 0) revert DocumentRegistry_InvalidDocument("ciphertextHash");
        if (document.commitment == 0) revert DocumentRegistry_InvalidDocument("commitment");
        if ((document.subjectKind == SubjectKind.None) != (document.subject == 0)) {
            revert DocumentRegistry_InvalidDocument("subject");
        }
    }

    function _succeed(NewDocument calldata document, ReaderId owner, DocumentId id) private {
        Document storage former = _documents[document.predecessor];
        bool replaceable = former.owner == owner && former.kind == document.kind && former.successor.isNone();
        if (!replaceable) revert DocumentRegistry_NotReplaceable(document.predecessor);
        former.successor = id;
    }

    function _add(DocumentId id, Envelope[] calldata envelopes) private {
        for (uint256 i; i < envelopes.length; ++i) {
            Envelope calldata envelope = envelopes[i];
            if (_reads(id, envelope.reader)) revert DocumentRegistry_ReadsAlready(id, envelope.reader);
            _keep(id, envelope);
            emit ReaderAdded(id, envelope.reader, envelope.key, envelope.envelopeHash);
        }
    }

    function _keep(DocumentId id, Envelope calldata envelope) private {
        uint32 inForce = _keyInForce(envelope.reader);
        if (envelope.key != inForce) revert DocumentRegistry_WrongKey(envelope.reader, envelope.key, inForce);
        if (envelope.envelopeHash == 0) revert DocumentRegistry_InvalidDocument("envelopeHash");
        _envelopes[id][envelope.reader] = KeptEnvelope(envelope.key, envelope.envelopeHash);
    }

    function _reads(DocumentId id, ReaderId reader) private view returns (bool) {
        return _envelopes[id][reader].key != 0;
    }

    function _checkReads(DocumentId id, ReaderId reader) private view {
        if (!_reads(id, reader)) revert DocumentRegistry_MustRead(reader);
    }
}
