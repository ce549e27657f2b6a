// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Who reads: the number of a participant, or the account of an office that is none (a registrar, an arbiter, the metering
/// centre). No account is as small as a participant's number. 0 is nobody.
type ReaderId is uint160;

using {isNobody, sameReader as ==, otherReader as !=} for ReaderId global;

/// @dev A document, named by who owns it and what it says; see `IDocumentRegistry.idOf`. 0 is no document.
type DocumentId is bytes32;

using {isNone} for DocumentId global;

function isNobody(ReaderId id) pure returns (bool) {
    return ReaderId.unwrap(id) == 0;
}

function sameReader(ReaderId a, ReaderId b) pure returns (bool) {
    return ReaderId.unwrap(a) == ReaderId.unwrap(b);
}

function otherReader(ReaderId a, ReaderId b) pure returns (bool) {
    return ReaderId.unwrap(a) != ReaderId.unwrap(b);
}

function isNone(DocumentId id) pure returns (bool) {
    return DocumentId.unwrap(id) == 0;
}

/// @dev What a document is.
enum DocumentKind {
    None,
    /// Of a trade, or a framework for several.
    Contract,
    /// A VAT invoice.
    Invoice,
    /// Of a metering centre, on a meter or one of its days.
    MeterCertificate,
    /// Licence, authority and other papers of an application.
    Credential,
    /// Why something was refused, frozen, suspended or written off.
    Reason,
    /// What is laid before an arbiter.
    Exhibit,
    /// Everything that proves one trade, as the sdk gathers it.
    Evidence,
    /// How a score came about.
    ScoreCard
}

/// @dev What a document is about, beside the hash fields that name it.
enum SubjectKind {
    None,
    Trade,
    /// Number of the meter * 2^32 + day.
    MeterDay,
    Debt,
    Receivable,
    Draft,
    Participant
}

/// @notice What an owner anchors.
struct NewDocument {
    DocumentKind kind;
    SubjectKind subjectKind;
    /// Number of the subject; 0 where there is none.
    uint128 subject;
    /// Bytes of the ciphertext.
    uint32 size;
    /// keccak256 of the ciphertext.
    bytes32 ciphertextHash;
    /// keccak256 of salt, name and file: the salt is as secret as the file, so that nobody can try out what a file says.
    bytes32 commitment;
    /// The document of the same owner and kind that this one replaces; 0 for none.
    DocumentId predecessor;
}

/// @notice A document as it is kept.
struct Document {
    // slot 0
    ReaderId owner;
    DocumentKind kind;
    SubjectKind subjectKind;
    uint32 size;
    /// Unix second.
    uint40 anchoredAt;
    // slot 1
    bytes32 ciphertextHash;
    // slot 2
    bytes32 commitment;
    // slot 3
    uint128 subject;
    // slot 4
    /// Written once, when another document takes its place.
    DocumentId successor;
}

/// @notice What opens a document for one reader, by hash: the content key, wrapped for a key of the reader (HPKE).
struct Envelope {
    ReaderId reader;
    /// Number of the reader's key that it is wrapped for.
    uint32 key;
    /// The first 28 bytes of keccak256 of the envelope.
    bytes28 envelopeHash;
}

/// @notice A reader's public key on P-256, for HPKE (RFC 9180).
struct ReaderKey {
    // slot 0
    /// Each key that is approved takes the next number, from 1; 0 if there was none.
    uint32 number;
    /// Whether envelopes may be wrapped for it.
    bool inForce;
    // slots 1 and 2: the point
    bytes32 x;
    bytes32 y;
}

/// @title Documents for named readers
/// @notice A document is encrypted off chain under a key of its own, which is wrapped for each reader in an envelope. Chain
/// keeps who owns it, hashes of the ciphertext and of each envelope, and a salted commitment to the file: who stores it can
/// neither read, change nor exchange it unseen. The owner and the auditor in charge are always among the readers. Readers' keys are
/// enrolled by two registrars. What a reader has read stays read: removing one only ends what is handed out from then on.
/// Anchoring moves nothing and asks for no standing, so that a suspended participant can still lay an exhibit before an arbiter.
interface IDocumentRegistry {
    /// @notice Thrown when a reader is nobody, was never approved, or is named by an account though it is a participant.
    error DocumentRegistry_InvalidReader(ReaderId reader);
    /// @notice Thrown when a key is no point of P-256.
    error DocumentRegistry_InvalidKey(bytes32 x, bytes32 y);
    /// @notice Thrown when no key is proposed for the reader.
    error DocumentRegistry_NoProposal(ReaderId reader);
    /// @notice Thrown when what is approved is not the key that was proposed.
    error DocumentRegistry_KeyMismatch(ReaderId reader);
    /// @notice Thrown when the proposer tries to decide on its own proposal.
    error DocumentRegistry_SamePerson(address registrar);
    /// @notice Thrown when a registrar acts through the access manager, which hides which of them it is.
    error DocumentRegistry_NotInPerson();
    /// @notice Thrown when a reader has no key in force.
    error DocumentRegistry_NoKey(ReaderId reader);
    /// @notice Thrown when an envelope is wrapped for another key than the reader's in force.
    error DocumentRegistry_WrongKey(ReaderId reader, uint32 key, uint32 inForce);
    /// @notice Thrown when the council has named no auditor yet.
    error DocumentRegistry_NoAuditor();
    /// @notice Thrown when kind, size or a hash is missing, or subject and its kind do not go together.
    error DocumentRegistry_InvalidDocument(string field);
    /// @notice Thrown when the same owner anchored the same commitment before.
    error DocumentRegistry_AlreadyAnchored(DocumentId id);
    /// @notice Thrown when no such document is anchored.
    error DocumentRegistry_NoDocument(DocumentId id);
    /// @notice Thrown when a predecessor is of another owner or kind, or has a successor.
    error DocumentRegistry_NotReplaceable(DocumentId predecessor);
    /// @notice Thrown when one who must be able to read is left out, or would be removed: the owner or the auditor.
    error DocumentRegistry_MustRead(ReaderId reader);
    /// @notice Thrown when the caller may not do this with the document.
    error DocumentRegistry_NotAllowed(DocumentId id, address caller);
    /// @notice Thrown when an envelope comes twice, or a reader is added that reads already.
    error DocumentRegistry_ReadsAlready(DocumentId id, ReaderId reader);
    /// @notice Thrown when the participant or office is no reader of the document.
    error DocumentRegistry_NotAReader(DocumentId id, ReaderId reader);

    /// @notice Emitted when a registrar proposes a key.
    event KeyProposed(ReaderId indexed reader, address indexed registrar, bytes32 x, bytes32 y);
    /// @notice Emitted when a second registrar approves a key: envelopes are wrapped for it from now on.
    event KeyApproved(ReaderId indexed reader, uint32 key, address indexed registrar, bytes32 x, bytes32 y);
    /// @notice Emitted when a second registrar rejects a key that was proposed.
    event KeyRejected(ReaderId indexed reader, address indexed registrar);
    /// @notice Emitted when its holder ends a key that was lost or seen by others.
    event KeyRetired(ReaderId indexed reader, uint32 key);
    /// @notice Emitted when compliance ends a key.
    event KeyRevoked(ReaderId indexed reader, uint32 key, bytes32 reason);
    /// @notice Emitted when the council names who reads every document from now on.
    event AuditorNamed(ReaderId indexed auditor);
    /// @notice Emitted when a document is anchored.
    event DocumentAnchored(DocumentId indexed id, ReaderId indexed owner, NewDocument document);
    /// @notice Emitted for each reader when a document is anchored or a reader is added.
    event ReaderAdded(DocumentId indexed id, ReaderId indexed reader, uint32 key, bytes28 envelopeHash);
    /// @notice Emitted when the envelope of a reader is replaced, after its key was.
    event EnvelopeReplaced(DocumentId indexed id, ReaderId indexed reader, uint32 key, bytes28 envelopeHash);
    /// @notice Emitted when a reader is handed nothing any more; what it read stays read.
    event ReaderRemoved(DocumentId indexed id, ReaderId indexed reader);

    /// @notice Proposes a key for a participant or an office; one that is pending is replaced. Role: registrar.
    /// @param x with `y` a point of P-256, big-endian.
    function proposeKey(ReaderId reader, bytes32 x, bytes32 y) external;

    /// @notice Approves the key that another registrar proposed; it takes the place of the one in force. The key is repeated, so
    /// that what the second person compared is what takes effect. Role: registrar.
    function approveKey(ReaderId reader, bytes32 x, bytes32 y) external;

    /// @notice Rejects a proposed key. Role: registrar, not the proposer.
    function rejectKey(ReaderId reader) external;

    /// @notice Ends the caller's key in force: nobody wraps for it any more. What was wrapped for it stays readable with it.
    function retireKey() external;

    /// @notice Ends a reader's key in force. Role: compliance.
    /// @param reason id of a document, or keccak256 of a file, that says why.
    function revokeKey(ReaderId reader, bytes32 reason) external;

    /// @notice Names who reads every document that is anchored from now on; it needs a key in force. Earlier documents keep
    /// their readers; any of these adds the new auditor by `addReaders`. Role: council.
    function setAuditor(ReaderId reader) external;

    /// @notice Anchors a document with the envelopes of its readers, among them its owner, the caller, and the auditor.
    /// Entrance.
    function anchor(NewDocument calldata document, Envelope[] calldata envelopes) external returns (DocumentId id);

    /// @notice Adds readers. By the owner; the auditor in charge also by any reader. Entrance.
    function addReaders(DocumentId id, Envelope[] calldata envelopes) external;

    /// @notice Replaces the envelope of somebody who reads already. By the owner or that reader, and, once its key was replaced,
    /// by any reader: so a lost key costs nobody a document.
    function rewrap(DocumentId id, Envelope calldata envelope) external;

    /// @notice Ends that a reader is handed the document: what it read stays read, and a copy that it keeps stays readable. By
    /// the owner; neither owner nor auditor can be removed.
    function removeReader(DocumentId id, ReaderId reader) external;

    /// @notice The id of what an owner anchors under a commitment: keccak256 of chain, this contract, owner and commitment. It is
    /// known before anchoring, encryption binds to it, and a hash field of another room, such as `Application.credentialHash`,
    /// names the document by it.
    function idOf(ReaderId owner, bytes32 commitment) external view returns (DocumentId);

    /// @notice A document; all zero if none is anchored under this id.
    function documentOf(DocumentId id) external view returns (Document memory);

    /// @notice The key number and the hash of a reader's envelope; zero for who is no reader.
    function envelopeOf(DocumentId id, ReaderId reader) external view returns (uint32 key, bytes28 envelopeHash);

    /// @notice The latest key of a reader, in force or not.
    function keyOf(ReaderId reader) external view returns (ReaderKey memory);

    /// @notice As whom an account reads: the participant that it acts for, otherwise itself; nobody for an account that was
    /// replaced.
    function readerOf(address account) external view returns (ReaderId);

    /// @notice Who reads every document that is anchored now; nobody until the council names one.
    function auditor() external view returns (ReaderId);
}
