// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {DocumentRegistry} from "../../contracts/records/DocumentRegistry.sol";
import {
    Document,
    DocumentId,
    DocumentKind,
    Envelope,
    IDocumentRegistry,
    NewDocument,
    ReaderId,
    ReaderKey,
    SubjectKind
} from "../../contracts/records/interfaces/IDocumentRegistry.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Deploy} from "../utils/Deploy.sol";
import {Permissions} from "../utils/Permissions.sol";
import {Platform} from "../utils/Platform.sol";

contract DocumentRegistryTest is Platform {
    // Points of P-256: the generator, its double and the negative of both.
    bytes32 internal constant GX = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296;
    bytes32 internal constant GY = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5;
    bytes32 internal constant MINUS_GY = 0xb01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a;
    bytes32 internal constant GX2 = 0x7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978;
    bytes32 internal constant GY2 = 0x07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1;

    bytes32 internal constant CIPHERTEXT = keccak256("ciphertext");
    bytes32 internal constant COMMITMENT = keccak256("commitment");
    bytes28 internal constant SEALED = bytes28(keccak256("envelope"));
    bytes32 internal constant WHY = "seen by others";

    DocumentRegistry internal documents;

    address internal plant;
    address internal works;
    address internal auditorAccount;
    ReaderId internal owner;
    ReaderId internal counterparty;
    ReaderId internal auditor;
    ReaderId internal office;
    ParticipantId internal plantId;

    function setUp() public override {
        super.setUp();
        documents = Deploy.documentRegistry(address(manager), registry);
        vm.startPrank(council);
        Permissions.documentRegistry(manager, address(documents));
        vm.stopPrank();
        (plant, plantId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        owner = documents.readerOf(plant);
        (works, counterparty) = _reader("Deyang turbine works", Kinds.CONSUMER);
        (auditorAccount, auditor) = _reader("auditor", Kinds.AUDITOR);
        office = documents.readerOf(registrar);
        _enrolKey(owner, GX, GY);
        _enrolKey(counterparty, GX, MINUS_GY);
        _enrolKey(auditor, GX2, GY2);
        vm.prank(council);
        documents.setAuditor(auditor);
    }

    // ---- steps

    function _reader(string memory name, uint32 kinds) internal returns (address account, ReaderId reader) {
        (account, ) = _enrol(name, kinds);
        reader = documents.readerOf(account);
    }

    function _enrolKey(ReaderId reader, bytes32 x, bytes32 y) internal {
        vm.prank(registrar);
        documents.proposeKey(reader, x, y);
        vm.prank(secondRegistrar);
        documents.approveKey(reader, x, y);
    }

    function _contract() internal pure returns (NewDocument memory) {
        return
            NewDocument({
                kind: DocumentKind.Contract,
                subjectKind: SubjectKind.Trade,
                subject: 7,
                size: 1_000,
                ciphertextHash: CIPHERTEXT,
                commitment: COMMITMENT,
                predecessor: DocumentId.wrap(0)
            });
    }

    function _envelope(ReaderId reader) internal view returns (Envelope memory) {
        return Envelope(reader, documents.keyOf(reader).number, SEALED);
    }

    function _list(ReaderId one) internal view returns (Envelope[] memory envelopes) {
        envelopes = new Envelope[](1);
        envelopes[0] = _envelope(one);
    }

    function _list(ReaderId one, ReaderId other) internal view returns (Envelope[] memory envelopes) {
        envelopes = new Envelope[](2);
        (envelopes[0], envelopes[1]) = (_envelope(one), _envelope(other));
    }

    function _list(ReaderId one, ReaderId other, ReaderId third) internal view returns (Envelope[] memory envelopes) {
        envelopes = new Envelope[](3);
        (envelopes[0], envelopes[1], envelopes[2]) = (_envelope(one), _envelope(other), _envelope(third));
    }

    /// @dev The contract of the plant, read by the works.
    function _anchor() internal returns (DocumentId id) {
        Envelope[] memory envelopes = _list(owner, counterparty, auditor);
        vm.prank(plant);
        id = documents.anchor(_contract(), envelopes);
    }

    function _anchorRefused(
        address account,
        NewDocument memory document,
        Envelope[] memory envelopes,
        bytes memory failure
    ) internal {
        vm.prank(account);
        vm.expectRevert(failure);
        documents.anchor(document, envelopes);
    }

    function _invalid(string memory field) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_InvalidDocument.selector, field);
    }

    function _of(bytes4 failure, ReaderId reader) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(failure, reader);
    }

    function _of(bytes4 failure, DocumentId id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(failure, id);
    }

    function _of(bytes4 failure, DocumentId id, ReaderId reader) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(failure, id, reader);
    }

    function _notAllowed(DocumentId id, address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_NotAllowed.selector, id, caller);
    }

    function _unauthorized(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
    }

    // ---- what is the same

    function _assertEq(ReaderId actual, ReaderId expected, string memory what) internal pure {
        assertEq(ReaderId.unwrap(actual), ReaderId.unwrap(expected), what);
    }

    function _assertKey(ReaderId reader, uint32 number, bool inForce, bytes32 x, bytes32 y) internal view {
        ReaderKey memory key = documents.keyOf(reader);
        assertEq(key.number, number, "number");
        assertTrue(key.inForce == inForce, "in force");
        assertEq(key.x, x, "x");
        assertEq(key.y, y, "y");
    }

    function _assertEnvelope(DocumentId id, ReaderId reader, uint32 number, bytes28 hash) internal view {
        (uint32 key, bytes28 envelopeHash) = documents.envelopeOf(id, reader);
        assertEq(key, number, "number of the key");
        assertEq(bytes32(envelopeHash), bytes32(hash), "hash of the envelope");
    }

    // ---- keys

    function test_keys_takeRegistrars() public {
        vm.startPrank(stranger);
        vm.expectRevert(_unauthorized(stranger));
        documents.proposeKey(owner, GX, GY);
        vm.expectRevert(_unauthorized(stranger));
        documents.approveKey(owner, GX, GY);
        vm.expectRevert(_unauthorized(stranger));
        documents.rejectKey(owner);
        vm.stopPrank();
    }

    function test_keys_takeRegistrarsInPerson() public {
        vm.startPrank(registrar);
        vm.expectRevert(IDocumentRegistry.DocumentRegistry_NotInPerson.selector);
        manager.execute(address(documents), abi.encodeCall(documents.proposeKey, (owner, GX2, GY2)));
        documents.proposeKey(owner, GX2, GY2);
        vm.expectRevert(IDocumentRegistry.DocumentRegistry_NotInPerson.selector);
        manager.execute(address(documents), abi.encodeCall(documents.approveKey, (owner, GX2, GY2)));
        vm.stopPrank();
        _assertKey(owner, 1, true, GX, GY);
    }

    function _refusesReader(ReaderId reader) private {
        vm.prank(registrar);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_InvalidReader.selector, reader));
        documents.proposeKey(reader, GX, GY);
    }

    function test_proposeKey_revertsForWhoCannotRead() public {
        _refusesReader(ReaderId.wrap(0));
        _refusesReader(ReaderId.wrap(registry.participantCount() + 1));
        // A participant has one key, whatever account it acts with.
        _refusesReader(ReaderId.wrap(uint160(plant)));
        _replaceAccount(plantId, _named("new key"));
        _refusesReader(ReaderId.wrap(uint160(plant)));
    }

    function test_proposeKey_revertsForWhatIsNoPoint() public {
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_InvalidKey.selector, GX, GY2));
        documents.proposeKey(owner, GX, GY2);
        vm.expectRevert(abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_InvalidKey.selector, 0, 0));
        documents.proposeKey(owner, 0, 0);
        vm.stopPrank();
    }

    function testFuzz_proposeKey_takesPointsOnly(bytes32 y) public {
        vm.assume(y != GY && y != MINUS_GY);
        vm.prank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_InvalidKey.selector, GX, y));
        documents.proposeKey(owner, GX, y);
    }

    function test_proposeKey_waitsForASecondRegistrar() public {
        vm.startPrank(registrar);
        documents.proposeKey(owner, GX, MINUS_GY);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.KeyProposed(owner, registrar, GX2, GY2);
        documents.proposeKey(owner, GX2, GY2);
        vm.stopPrank();
        _assertKey(owner, 1, true, GX, GY);

        vm.prank(secondRegistrar);
        documents.approveKey(owner, GX2, GY2);
        _assertKey(owner, 2, true, GX2, GY2);
    }

    function test_approveKey_revertsWithoutAProposal() public {
        vm.prank(secondRegistrar);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoProposal.selector, owner));
        documents.approveKey(owner, GX, GY);
    }

    function test_approveKey_revertsForTheProposer() public {
        vm.startPrank(registrar);
        documents.proposeKey(owner, GX2, GY2);
        vm.expectRevert(abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_SamePerson.selector, registrar));
        documents.approveKey(owner, GX2, GY2);
        vm.stopPrank();
    }

    function test_approveKey_revertsForAnotherKey() public {
        vm.prank(registrar);
        documents.proposeKey(owner, GX2, GY2);
        vm.prank(secondRegistrar);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_KeyMismatch.selector, owner));
        documents.approveKey(owner, GX, MINUS_GY);
        _assertKey(owner, 1, true, GX, GY);
    }

    function test_approveKey_putsAKeyInForce() public {
        vm.prank(registrar);
        documents.proposeKey(owner, GX2, GY2);
        vm.startPrank(secondRegistrar);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.KeyApproved(owner, 2, secondRegistrar, GX2, GY2);
        documents.approveKey(owner, GX2, GY2);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoProposal.selector, owner));
        documents.approveKey(owner, GX2, GY2);
        vm.stopPrank();
        _assertKey(owner, 2, true, GX2, GY2);
    }

    function test_approveKey_numbersKeys() public {
        _assertKey(office, 0, false, 0, 0);
        _enrolKey(office, GX, GY);
        _assertKey(office, 1, true, GX, GY);
        vm.prank(registrar);
        documents.retireKey();
        _enrolKey(office, GX2, GY2);
        _assertKey(office, 2, true, GX2, GY2);
    }

    function test_rejectKey_takesASecondRegistrar() public {
        vm.startPrank(registrar);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoProposal.selector, owner));
        documents.rejectKey(owner);
        documents.proposeKey(owner, GX2, GY2);
        vm.expectRevert(abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_SamePerson.selector, registrar));
        documents.rejectKey(owner);
        vm.stopPrank();
    }

    function test_rejectKey_leavesTheKeyInForce() public {
        vm.prank(registrar);
        documents.proposeKey(owner, GX2, GY2);
        vm.startPrank(secondRegistrar);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.KeyRejected(owner, secondRegistrar);
        documents.rejectKey(owner);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoProposal.selector, owner));
        documents.approveKey(owner, GX2, GY2);
        vm.stopPrank();
        _assertKey(owner, 1, true, GX, GY);
    }

    function test_retireKey_endsItEvenWhereEverythingIsShut() public {
        _close(address(documents), true);
        vm.prank(plant);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.KeyRetired(owner, 1);
        documents.retireKey();
        _assertKey(owner, 1, false, GX, GY);
    }

    function test_retireKey_worksOnce() public {
        vm.startPrank(plant);
        documents.retireKey();
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoKey.selector, owner));
        documents.retireKey();
        vm.stopPrank();
    }

    function test_retireKey_isTheAccountInForces() public {
        _replaceAccount(plantId, _named("new key"));
        vm.prank(plant);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoKey.selector, ReaderId.wrap(0)));
        documents.retireKey();
        vm.prank(_named("new key"));
        documents.retireKey();
        _assertKey(owner, 1, false, GX, GY);
    }

    function test_revokeKey_isCompliances() public {
        vm.prank(registrar);
        vm.expectRevert(_unauthorized(registrar));
        documents.revokeKey(owner, WHY);
        vm.prank(compliance);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.KeyRevoked(owner, 1, WHY);
        documents.revokeKey(owner, WHY);
        _assertKey(owner, 1, false, GX, GY);
    }

    function test_revokeKey_worksOnce() public {
        vm.startPrank(compliance);
        documents.revokeKey(owner, WHY);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoKey.selector, owner));
        documents.revokeKey(owner, WHY);
        vm.stopPrank();
    }

    // ---- auditor

    function test_setAuditor_isTheCouncils() public {
        vm.prank(auditorAccount);
        vm.expectRevert(_unauthorized(auditorAccount));
        documents.setAuditor(counterparty);
    }

    function test_setAuditor_takesAKeyInForce() public {
        vm.prank(council);
        vm.expectRevert(_of(IDocumentRegistry.DocumentRegistry_NoKey.selector, office));
        documents.setAuditor(office);
    }

    function test_setAuditor_readsFromThenOn() public {
        _enrolKey(office, GX, GY);
        vm.prank(council);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.AuditorNamed(office);
        documents.setAuditor(office);
        _assertEq(documents.auditor(), office, "auditor");
        _anchorRefused(
            plant,
            _contract(),
            _list(owner, auditor),
            _of(IDocumentRegistry.DocumentRegistry_MustRead.selector, office)
        );
    }

    // ---- anchor

    function test_anchor_revertsWhereClosed() public {
        _close(address(documents), true);
        _anchorRefused(plant, _contract(), _list(owner, auditor), _unauthorized(plant));
    }

    function test_anchor_revertsWithoutAnAuditor() public {
        documents = Deploy.documentRegistry(address(manager), registry);
        vm.startPrank(council);
        Permissions.documentRegistry(manager, address(documents));
        vm.stopPrank();
        _enrolKey(owner, GX, GY);
        _anchorRefused(
            plant,
            _contract(),
            _list(owner),
            abi.encodeWithSelector(IDocumentRegistry.DocumentRegistry_NoAuditor.selector)
        );
    }

    function test_anchor_revertsForAnIncompleteDocument() public {
        Envelope[] memory envelopes = _list(owner, auditor);
        NewDocument memory document = _contract();
        document.kind = DocumentKind.None;
        _anchorRefused(plant, document, envelopes, _invalid("kind"));
        document = _contract();
        document.size = 0;
        _anchorRefused(plant, document, envelopes, _invalid("size"));
        document = _contract();
        document.ciphertextHash = 0;
        _anchorRefused(plant, document, envelopes, _invalid("ciphertextHash"));
        document = _contract();
        document.commitment = 0;
        _anchorRefused(plant, document, envelopes, _invalid("commitment"));
        document = _contract();
        document.subject = 0;
        _anchorRefused(plant, document, envelopes, _invalid("subject"));
        document = _contract();
        document.subjectKind = SubjectKind.None;
        _anchorRefused(plant, document, envelopes, _invalid("subject"));
    }

    function test_anchor_worksOnce() public {
        DocumentId id = _anchor();
        _anchorRefused(
            plant,
            _contract(),
            _list(owner, auditor),
            _of(IDocumentRegistry.DocumentRegistry_AlreadyAnchored.selector, id)
        );
    }

    function test_anchor_revertsWithoutOwnerOrAuditor() public {
        _anchorRefused(
            plant,
            _contract(),
            _list(counterparty, auditor),
            _of(IDocumentRegistry.DocumentRegistry_MustRead.selector, owner)
        );
        _anchorRefused(
            plant,
            _contract(),
            _list(owner, counterparty),
            _of(IDocumentRegistry.DocumentRegistry_MustRead.selector, auditor)
        );
        // Nobody but registrars makes a reader.
        _anchorRefused(
            stranger,
            _contract(),
            _list(counterparty, auditor),
            _of(IDocumentRegistry.DocumentRegistry_MustRead.selector, documents.readerOf(stranger))
        );
    }

    function test_anchor_revertsForEnvelopesThatCannotServe() public {
        DocumentId id = documents.idOf(owner, COMMITMENT);
        Envelope[] memory envelopes = _list(owner, auditor, owner);
        bytes memory failure = _of(IDocumentRegistry.DocumentRegistry_ReadsAlready.selector, id, owner);
        _anchorRefused(plant, _contract(), envelopes, failure);

        envelopes = _list(owner, auditor, office);
        failure = _of(IDocumentRegistry.DocumentRegistry_NoKey.selector, office);
        _anchorRefused(plant, _contract(), envelopes, failure);

        envelopes = _list(owner, auditor, counterparty);
        envelopes[2].envelopeHash = 0;
        _anchorRefused(plant, _contract(), envelopes, _invalid("envelopeHash"));

        envelopes = _list(owner, auditor, counterparty);
        _enrolKey(counterparty, GX2, GY2);
        failure = abi.encodeWithSelector(
            IDocumentRegistry.DocumentRegistry_WrongKey.selector,
            counterparty,
            uint32(1),
            uint32(2)
        );
        _anchorRefused(plant, _contract(), envelopes, failure);

        vm.prank(works);
        documents.retireKey();
        envelopes = _list(owner, auditor, counterparty);
        failure = _of(IDocumentRegistry.DocumentRegistry_NoKey.selector, counterparty);
        _anchorRefused(plant, _contract(), envelopes, failure);
    }

    function test_anchor_keepsTheDocument() public {
        DocumentId id = documents.idOf(owner, COMMITMENT);
        Envelope[] memory envelopes = _list(owner, counterparty, auditor);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.DocumentAnchored(id, owner, _contract());
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.ReaderAdded(id, owner, 1, SEALED);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.ReaderAdded(id, counterparty, 1, SEALED);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.ReaderAdded(id, auditor, 1, SEALED);
        vm.prank(plant);
        assertEq(
            DocumentId.unwrap(documents.anchor(_contract(), envelopes)),
            DocumentId.unwrap(id),
            "known before anchoring"
        );

        Document memory kept = documents.documentOf(id);
        _assertEq(kept.owner, owner, "owner");
        assertEq(uint256(kept.kind), uint256(DocumentKind.Contract), "kind");
        assertEq(uint256(kept.subjectKind), uint256(SubjectKind.Trade), "kind of its subject");
        assertEq(kept.subject, 7, "subject");
        assertEq(kept.size, 1_000, "size");
        assertEq(kept.anchoredAt, block.timestamp, "time");
        assertEq(kept.ciphertextHash, CIPHERTEXT, "ciphertext");
        assertEq(kept.commitment, COMMITMENT, "commitment");
        assertTrue(kept.successor.isNone(), "no successor");
        _assertEnvelope(id, owner, 1, SEALED);
        _assertEnvelope(id, counterparty, 1, SEALED);
        _assertEnvelope(id, auditor, 1, SEALED);
        _assertEnvelope(id, office, 0, 0);
    }

    function test_anchor_takesASuspendedParticipantsExhibit() public {
        vm.prank(compliance);
        registry.suspend(plantId, WHY);
        NewDocument memory document = _contract();
        document.kind = DocumentKind.Exhibit;
        Envelope[] memory envelopes = _list(owner, auditor);
        vm.prank(plant);
        DocumentId id = documents.anchor(document, envelopes);
        assertEq(uint256(documents.documentOf(id).kind), uint256(DocumentKind.Exhibit), "kind");
    }

    function test_anchor_takesAnOfficesDocument() public {
        _enrolKey(office, GX, GY);
        NewDocument memory document = _contract();
        (document.kind, document.subjectKind) = (DocumentKind.Credential, SubjectKind.Participant);
        Envelope[] memory envelopes = _list(office, auditor);
        vm.prank(registrar);
        DocumentId id = documents.anchor(document, envelopes);
        _assertEq(documents.documentOf(id).owner, office, "owner");
    }

    function test_anchor_cannotBeForestalled() public {
        Envelope[] memory envelopes = _list(counterparty, auditor);
        vm.prank(works);
        DocumentId copied = documents.anchor(_contract(), envelopes);
        DocumentId id = _anchor();
        assertTrue(DocumentId.unwrap(copied) != DocumentId.unwrap(id), "each owner's own");
    }

    function test_anchor_replacesOnlyTheLatestOfItsOwnerAndKind() public {
        Envelope[] memory envelopes = _list(owner, auditor);
        NewDocument memory next = _contract();
        (next.commitment, next.predecessor) = (keccak256("second"), DocumentId.wrap(keccak256("nothing")));
        bytes4 failure = IDocumentRegistry.DocumentRegistry_NotReplaceable.selector;
        _anchorRefused(plant, next, envelopes, _of(failure, next.predecessor));

        DocumentId id = _anchor();
        next.predecessor = id;
        _anchorRefused(works, next, _list(counterparty, auditor), _of(failure, id));
        next.kind = DocumentKind.Invoice;
        _anchorRefused(plant, next, envelopes, _of(failure, id));
        // Nothing replaces itself.
        next.predecessor = documents.idOf(owner, next.commitment);
        _anchorRefused(plant, next, envelopes, _of(failure, next.predecessor));

        (next.kind, next.predecessor) = (DocumentKind.Contract, id);
        vm.prank(plant);
        documents.anchor(next, envelopes);
        next.commitment = keccak256("third");
        _anchorRefused(plant, next, envelopes, _of(failure, id));
    }

    function test_anchor_succeeds() public {
        DocumentId id = _anchor();
        Envelope[] memory envelopes = _list(owner, auditor);
        NewDocument memory next = _contract();
        (next.commitment, next.predecessor) = (keccak256("second"), id);
        vm.prank(plant);
        DocumentId second = documents.anchor(next, envelopes);
        assertEq(DocumentId.unwrap(documents.documentOf(id).successor), DocumentId.unwrap(second), "successor");
        // Who read the former one is handed the next one only if its owner says so.
        _assertEnvelope(second, counterparty, 0, 0);
    }

    // ---- addReaders

    function _addRefused(address account, DocumentId id, Envelope[] memory envelopes, bytes memory failure) private {
        vm.prank(account);
        vm.expectRevert(failure);
        documents.addReaders(id, envelopes);
    }

    function test_addReaders_revertsWhereClosed() public {
        DocumentId id = _anchor();
        _enrolKey(office, GX, GY);
        _close(address(documents), true);
        _addRefused(plant, id, _list(office), _unauthorized(plant));
    }

    function test_addReaders_revertsWithoutADocument() public {
        DocumentId id = documents.idOf(owner, COMMITMENT);
        _addRefused(plant, id, _list(counterparty), _of(IDocumentRegistry.DocumentRegistry_NoDocument.selector, id));
    }

    function test_addReaders_isTheOwners() public {
        DocumentId id = _anchor();
        _enrolKey(office, GX, GY);
        _addRefused(works, id, _list(office), _notAllowed(id, works));
        _addRefused(auditorAccount, id, _list(office), _notAllowed(id, auditorAccount));
        _addRefused(registrar, id, _list(office), _notAllowed(id, registrar));
    }

    function test_addReaders_takesTheAuditorFromAnyReader() public {
        DocumentId id = _anchor();
        _enrolKey(office, GX, GY);
        (, ReaderId another) = _reader("bank's branch", Kinds.BANK);
        _enrolKey(another, GX2, GY2);
        vm.prank(council);
        documents.setAuditor(office);
        _addRefused(works, id, _list(office, another), _notAllowed(id, works));
        _addRefused(registrar, id, _list(office), _notAllowed(id, registrar));
        Envelope[] memory envelopes = _list(office);
        vm.prank(works);
        documents.addReaders(id, envelopes);
        _assertEnvelope(id, office, 1, SEALED);
        _assertEnvelope(id, auditor, 1, SEALED);
    }

    function test_addReaders_revertsForReaders() public {
        DocumentId id = _anchor();
        _addRefused(
            plant,
            id,
            _list(counterparty),
            _of(IDocumentRegistry.DocumentRegistry_ReadsAlready.selector, id, counterparty)
        );
    }

    function test_addReaders_keepsTheirEnvelopes() public {
        DocumentId id = _anchor();
        _enrolKey(office, GX, GY);
        Envelope[] memory envelopes = _list(office);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.ReaderAdded(id, office, 1, SEALED);
        vm.prank(plant);
        documents.addReaders(id, envelopes);
        _assertEnvelope(id, office, 1, SEALED);
    }

    // ---- rewrap

    bytes28 internal constant REWRAPPED = bytes28(keccak256("wrapped again"));

    function _again(ReaderId reader) private view returns (Envelope memory envelope) {
        envelope = _envelope(reader);
        envelope.envelopeHash = REWRAPPED;
    }

    function _rewrapRefused(address account, DocumentId id, Envelope memory envelope, bytes memory failure) private {
        vm.prank(account);
        vm.expectRevert(failure);
        documents.rewrap(id, envelope);
    }

    function test_rewrap_isForReaders() public {
        DocumentId id = documents.idOf(owner, COMMITMENT);
        bytes memory failure = _of(IDocumentRegistry.DocumentRegistry_NoDocument.selector, id);
        _rewrapRefused(plant, id, _again(owner), failure);
        _anchor();
        failure = _of(IDocumentRegistry.DocumentRegistry_NotAReader.selector, id, office);
        _rewrapRefused(plant, id, _again(office), failure);
    }

    function test_rewrap_ofAKeyInForceIsTheOwnersAndTheReaders() public {
        DocumentId id = _anchor();
        _rewrapRefused(auditorAccount, id, _again(counterparty), _notAllowed(id, auditorAccount));
        _rewrapRefused(stranger, id, _again(counterparty), _notAllowed(id, stranger));
        Envelope memory envelope = _again(counterparty);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.EnvelopeReplaced(id, counterparty, 1, REWRAPPED);
        vm.prank(plant);
        documents.rewrap(id, envelope);
        _assertEnvelope(id, counterparty, 1, REWRAPPED);
        envelope.envelopeHash = SEALED;
        vm.prank(works);
        documents.rewrap(id, envelope);
        _assertEnvelope(id, counterparty, 1, SEALED);
    }

    function test_rewrap_afterALostKeyIsAnyReaders() public {
        DocumentId id = _anchor();
        vm.prank(works);
        documents.retireKey();
        _enrolKey(counterparty, GX2, GY2);
        _close(address(documents), true);
        Envelope memory envelope = _again(counterparty);
        _rewrapRefused(stranger, id, envelope, _notAllowed(id, stranger));
        vm.prank(auditorAccount);
        documents.rewrap(id, envelope);
        _assertEnvelope(id, counterparty, 2, REWRAPPED);
        _rewrapRefused(auditorAccount, id, envelope, _notAllowed(id, auditorAccount));
    }

    function test_rewrap_takesTheKeyInForce() public {
        DocumentId id = _anchor();
        Envelope memory former = _again(counterparty);
        _enrolKey(counterparty, GX2, GY2);
        bytes memory failure = abi.encodeWithSelector(
            IDocumentRegistry.DocumentRegistry_WrongKey.selector,
            counterparty,
            uint32(1),
            uint32(2)
        );
        _rewrapRefused(works, id, former, failure);
    }

    // ---- removeReader

    function _removeRefused(address account, DocumentId id, ReaderId reader, bytes memory failure) private {
        vm.prank(account);
        vm.expectRevert(failure);
        documents.removeReader(id, reader);
    }

    function test_removeReader_isTheOwners() public {
        DocumentId id = documents.idOf(owner, COMMITMENT);
        bytes memory failure = _of(IDocumentRegistry.DocumentRegistry_NoDocument.selector, id);
        _removeRefused(plant, id, counterparty, failure);
        _anchor();
        _removeRefused(works, id, counterparty, _notAllowed(id, works));
        _removeRefused(auditorAccount, id, counterparty, _notAllowed(id, auditorAccount));
    }

    function test_removeReader_leavesOwnerAndAuditor() public {
        DocumentId id = _anchor();
        _removeRefused(plant, id, owner, _of(IDocumentRegistry.DocumentRegistry_MustRead.selector, owner));
        _removeRefused(plant, id, auditor, _of(IDocumentRegistry.DocumentRegistry_MustRead.selector, auditor));
    }

    function test_removeReader_worksOnce() public {
        DocumentId id = _anchor();
        vm.prank(plant);
        documents.removeReader(id, counterparty);
        _removeRefused(
            plant,
            id,
            counterparty,
            _of(IDocumentRegistry.DocumentRegistry_NotAReader.selector, id, counterparty)
        );
    }

    function test_removeReader_keepsNoEnvelope() public {
        DocumentId id = _anchor();
        _close(address(documents), true);
        vm.expectEmit(address(documents));
        emit IDocumentRegistry.ReaderRemoved(id, counterparty);
        vm.prank(plant);
        documents.removeReader(id, counterparty);
        _assertEnvelope(id, counterparty, 0, 0);
        // No reader wraps it again.
        bytes memory failure = _of(IDocumentRegistry.DocumentRegistry_NotAReader.selector, id, counterparty);
        _rewrapRefused(auditorAccount, id, _again(counterparty), failure);
    }

    // ---- views

    function testFuzz_idOf_bindsChainRegistryOwnerAndCommitment(ReaderId reader, bytes32 commitment) public {
        bytes32 id = DocumentId.unwrap(documents.idOf(reader, commitment));
        assertEq(id, keccak256(abi.encode(block.chainid, address(documents), reader, commitment)), "id");
        vm.chainId(block.chainid + 1);
        assertTrue(DocumentId.unwrap(documents.idOf(reader, commitment)) != id, "chain");
    }

    function test_readerOf_isTheParticipant() public {
        assertEq(ReaderId.unwrap(owner), ParticipantId.unwrap(plantId), "participant");
        assertEq(ReaderId.unwrap(office), uint160(registrar), "office");
        vm.prank(compliance);
        registry.suspend(plantId, WHY);
        _assertEq(documents.readerOf(plant), owner, "suspended");
    }

    function test_readerOf_followsAReplacedAccount() public {
        address account = _named("new key");
        _replaceAccount(plantId, account);
        assertTrue(documents.readerOf(plant).isNobody(), "former account");
        _assertEq(documents.readerOf(account), owner, "new account");
    }
}
