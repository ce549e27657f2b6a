// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {
    Application,
    IParticipantRegistry,
    Kinds,
    Standing
} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {StandingGuard} from "../../contracts/identity/libraries/StandingGuard.sol";
import {StandingWord} from "../../contracts/identity/libraries/StandingWord.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {FirmSize, ParticipantStatus} from "../../contracts/types/Enums.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

contract ParticipantRegistryTest is Platform {
    using StandingGuard for Standing;

    /// @dev After the settlement bank.
    ParticipantId internal constant FIRST = ParticipantId.wrap(2);

    address internal plant = _named("Zipingpu hydropower");
    address internal factory = _named("Deyang turbine works");

    function _propose(Application memory application) internal returns (ParticipantId) {
        vm.prank(registrar);
        return registry.propose(application);
    }

    function _plant() internal view returns (Application memory) {
        return _application(plant, Kinds.GENERATOR, FirmSize.Large);
    }

    function _enrolPlant() internal returns (ParticipantId) {
        return _enrol(plant, Kinds.GENERATOR, FirmSize.Large);
    }

    function _assertStatus(ParticipantId id, ParticipantStatus expected) internal view {
        assertEq(uint256(registry.standing(id).status), uint256(expected), "status");
    }

    function _wrongStatus(ParticipantId id, ParticipantStatus status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_WrongStatus.selector, id, status);
    }

    // ---- propose

    function test_propose_numbersParticipantsInOrder() public {
        Application memory application = _plant();
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ParticipantProposed(FIRST, registrar, application);
        ParticipantId id = _propose(application);
        assertTrue(id == FIRST, "first id");
        assertEq(ParticipantId.unwrap(_propose(_application(factory, Kinds.CONSUMER, FirmSize.Small))), 3, "second id");
        assertEq(registry.participantCount(), 3, "count");
    }

    function test_propose_givesNoStandingYet() public {
        ParticipantId id = _propose(_plant());
        _assertStatus(id, ParticipantStatus.Proposed);
        Standing memory standing = registry.standingOf(plant);
        assertTrue(standing.id == id, "the account answers for the proposal");
        assertFalse(standing.isGood(), "not good");
        assertEq(standing.kinds, 0, "no kinds");
        assertEq(registry.accountOf(id), address(0), "no account yet");
        assertEq(registry.credentialHashOf(id), bytes32(0), "no credentials yet");
    }

    function test_propose_revertsFromAStranger() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        registry.propose(_plant());
    }

    function test_propose_revertsThroughTheAccessManager() public {
        vm.prank(registrar);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.propose, (_plant())));
    }

    function test_propose_revertsWithoutAccount() public {
        _expectAccountNotFree(address(0));
        _propose(_application(address(0), Kinds.GENERATOR, FirmSize.Large));
    }

    function test_propose_revertsWhileTheAccountWaits() public {
        _propose(_plant());
        _expectAccountNotFree(plant);
        _propose(_plant());
    }

    function test_propose_revertsForAParticipantsAccount() public {
        _enrolPlant();
        _expectAccountNotFree(plant);
        _propose(_plant());
    }

    function _expectAccountNotFree(address account) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_AccountNotFree.selector, account)
        );
    }

    function test_propose_revertsWithoutKind() public {
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NoKind.selector);
        _propose(_application(plant, 0, FirmSize.Large));
    }

    function test_propose_takesAValidityUntilTodayAndNoneBefore() public {
        Application memory application = _plant();
        application.validUntil = START;
        _propose(application);

        application.account = factory;
        application.validUntil = Day.wrap(Day.unwrap(START) - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticipantRegistry.ParticipantRegistry_ValidityEnded.selector,
                application.validUntil,
                START
            )
        );
        _propose(application);
    }

    // ---- approve

    function test_approve_makesANewcomerActive() public {
        Application memory application = _plant();
        ParticipantId id = _propose(application);
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ParticipantApproved(id, plant, secondRegistrar);
        vm.prank(secondRegistrar);
        registry.approve(id, application);

        Standing memory standing = registry.standingOf(plant);
        assertTrue(standing.isGood(), "good");
        assertTrue(standing.id == id, "id");
        assertEq(uint256(standing.size), uint256(FirmSize.Large), "size");
        assertEq(standing.kinds, Kinds.GENERATOR, "kinds");
        assertEq(Day.unwrap(standing.validUntil), Day.unwrap(application.validUntil), "validity");
        assertEq(standing.grade, 0, "not graded");
        assertEq(registry.accountOf(id), plant, "account");
        assertEq(registry.credentialHashOf(id), application.credentialHash, "credentials");
        assertEq(abi.encode(registry.standing(id)), abi.encode(standing), "the same by id");
    }

    function test_approve_revertsForTheProposer() public {
        Application memory application = _plant();
        ParticipantId id = _propose(application);
        vm.prank(registrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_SamePerson.selector, registrar)
        );
        registry.approve(id, application);
    }

    function test_approve_revertsForTheProposerBehindTheAccessManager() public {
        Application memory application = _plant();
        ParticipantId id = _propose(application);
        vm.prank(registrar);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.approve, (id, application)));
    }

    function test_approve_revertsFromAStranger() public {
        Application memory application = _plant();
        ParticipantId id = _propose(application);
        vm.prank(compliance);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, compliance));
        registry.approve(id, application);
    }

    function test_approve_revertsWhenNothingWaits() public {
        ParticipantId id = _enrolPlant();
        vm.prank(secondRegistrar);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Active));
        registry.approve(id, _plant());

        vm.prank(secondRegistrar);
        vm.expectRevert(_wrongStatus(ParticipantId.wrap(7), ParticipantStatus.None));
        registry.approve(ParticipantId.wrap(7), _plant());
    }

    function testFuzz_approve_revertsForAnotherApplication(uint8 field, uint256 seed) public {
        Application memory application = _plant();
        ParticipantId id = _propose(application);
        bytes32 proposed = keccak256(abi.encode(application));
        field = uint8(bound(field, 0, 7));
        if (field == 0) application.account = factory;
        if (field == 1) application.size = FirmSize.Small;
        if (field == 2) application.validUntil = START.plusDays(bound(seed, 0, 3649));
        if (field == 3) application.kinds = uint32(bound(seed, Kinds.CONSUMER, type(uint32).max));
        if (field == 4) application.credentialHash = keccak256(abi.encode(seed));
        if (field == 5) application.secondFactor = abi.encodePacked(bytes32(seed));
        if (field == 6) application.exposureLimitFen = uint64(bound(seed, 1, type(uint64).max));
        if (field == 7) application.controller = keccak256(abi.encode(seed));
        vm.prank(secondRegistrar);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticipantRegistry.ParticipantRegistry_ApplicationMismatch.selector,
                id,
                proposed,
                keccak256(abi.encode(application))
            )
        );
        registry.approve(id, application);
    }

    function test_approve_revertsWhenTheValidityEndedMeanwhile() public {
        Application memory application = _plant();
        application.validUntil = START;
        ParticipantId id = _propose(application);
        vm.warp(Calendar.startOf(START.plusDays(1)));
        vm.prank(secondRegistrar);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticipantRegistry.ParticipantRegistry_ValidityEnded.selector,
                START,
                START.plusDays(1)
            )
        );
        registry.approve(id, application);
    }

    function test_standing_isGoodUntilTheLastSecondOfItsValidity() public {
        Application memory application = _plant();
        application.validUntil = START.plusDays(3);
        ParticipantId id = _propose(application);
        vm.prank(secondRegistrar);
        registry.approve(id, application);
        vm.warp(Calendar.startOf(START.plusDays(4)) - 1);
        assertTrue(registry.standingOf(plant).isGood(), "last second");
        vm.warp(Calendar.startOf(START.plusDays(4)));
        assertFalse(registry.standingOf(plant).isGood(), "midnight in Shanghai");
        _assertStatus(id, ParticipantStatus.Active);
    }

    // ---- proposeRenewal

    function test_proposeRenewal_changesNothingUntilApproved() public {
        ParticipantId id = _enrolPlant();
        bytes32 before = keccak256(abi.encode(registry.standing(id)));
        Application memory renewal = _renewal();
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ParticipantProposed(id, registrar, renewal);
        vm.prank(registrar);
        registry.proposeRenewal(id, renewal);
        assertEq(keccak256(abi.encode(registry.standing(id))), before, "old standing in force");
        assertEq(registry.credentialHashOf(id), _plant().credentialHash, "old credentials in force");

        vm.prank(secondRegistrar);
        registry.approve(id, renewal);
        Standing memory standing = registry.standingOf(plant);
        assertEq(standing.kinds, renewal.kinds, "new kinds");
        assertEq(uint256(standing.size), uint256(renewal.size), "new size");
        assertEq(Day.unwrap(standing.validUntil), Day.unwrap(renewal.validUntil), "new validity");
        assertEq(registry.credentialHashOf(id), renewal.credentialHash, "new credentials");
        assertEq(registry.accountOf(id), plant, "same account");
        assertEq(registry.participantCount(), 2, "nobody new");
    }

    function test_proposeRenewal_bringsAnExpiredParticipantBack() public {
        ParticipantId id = _enrolPlant();
        vm.warp(Calendar.startOf(START.plusDays(3651)));
        assertFalse(registry.standing(id).isGood(), "expired");
        Application memory renewal = _renewal();
        renewal.validUntil = START.plusDays(5000);
        vm.prank(registrar);
        registry.proposeRenewal(id, renewal);
        vm.prank(secondRegistrar);
        registry.approve(id, renewal);
        assertTrue(registry.standing(id).isGood(), "good again");
    }

    function test_proposeRenewal_leavesASuspension() public {
        ParticipantId id = _enrolPlant();
        _suspend(id);
        vm.prank(registrar);
        registry.proposeRenewal(id, _renewal());
        vm.prank(secondRegistrar);
        registry.approve(id, _renewal());
        _assertStatus(id, ParticipantStatus.Suspended);
    }

    function test_proposeRenewal_replacesOneThatWaits() public {
        ParticipantId id = _enrolPlant();
        vm.prank(registrar);
        registry.proposeRenewal(id, _renewal());
        Application memory corrected = _renewal();
        corrected.kinds = Kinds.GENERATOR | Kinds.SUPPLIER;
        vm.prank(secondRegistrar);
        registry.proposeRenewal(id, corrected);

        vm.prank(secondRegistrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_SamePerson.selector, secondRegistrar)
        );
        registry.approve(id, corrected);
        vm.prank(registrar);
        registry.approve(id, corrected);
        assertEq(registry.standing(id).kinds, corrected.kinds, "the later one");
    }

    function test_proposeRenewal_revertsForAnotherAccount() public {
        ParticipantId id = _enrolPlant();
        Application memory renewal = _renewal();
        renewal.account = factory;
        vm.prank(registrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_AccountChanged.selector, id, factory)
        );
        registry.proposeRenewal(id, renewal);
    }

    function test_proposeRenewal_revertsForWhoWasNeverApproved() public {
        ParticipantId id = _propose(_plant());
        vm.startPrank(secondRegistrar);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Proposed));
        registry.proposeRenewal(id, _renewal());
        registry.reject(id);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Rejected));
        registry.proposeRenewal(id, _renewal());
        vm.expectRevert(_wrongStatus(ParticipantId.wrap(0), ParticipantStatus.None));
        registry.proposeRenewal(ParticipantId.wrap(0), _renewal());
        vm.stopPrank();
    }

    function test_proposeRenewal_revertsFromAStranger() public {
        ParticipantId id = _enrolPlant();
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant));
        registry.proposeRenewal(id, _renewal());
    }

    function test_proposeRenewal_revertsThroughTheAccessManager() public {
        ParticipantId id = _enrolPlant();
        vm.prank(registrar);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.proposeRenewal, (id, _renewal())));
    }

    function _renewal() internal view returns (Application memory renewal) {
        renewal = _application(plant, Kinds.GENERATOR | Kinds.CONSUMER, FirmSize.Medium);
        renewal.validUntil = START.plusDays(4000);
        renewal.credentialHash = keccak256("renewed credentials");
    }

    // ---- second factor and controller

    function test_approve_putsTheSecondFactorInForce() public {
        Application memory application = _plant();
        application.secondFactor = abi.encodePacked(factory);
        application.exposureLimitFen = 5_000_000;
        application.controller = keccak256("group");
        ParticipantId id = _propose(application);
        assertEq(registry.standingOf(plant).factor, 0, "not yet");
        vm.prank(secondRegistrar);
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.SecondFactorChanged(id, 1, application.secondFactor);
        registry.approve(id, application);
        _assertFactor(id, 1, 5_000_000, application.secondFactor);
        assertEq(registry.controllerOf(id), application.controller, "controller");
    }

    function test_approve_numbersEachOtherFactorAndKeepsTheSame() public {
        ParticipantId id = _enrolPlant();
        _assertFactor(id, 0, 0, "");
        _renewFactor(id, abi.encodePacked(factory), 100);
        _assertFactor(id, 1, 100, abi.encodePacked(factory));
        _renewFactor(id, abi.encodePacked(factory), 200);
        _assertFactor(id, 1, 200, abi.encodePacked(factory));
        _renewFactor(id, "", 0);
        _assertFactor(id, 0, 0, "");
        _renewFactor(id, abi.encodePacked(address(registry), bytes32("a key")), 300);
        _assertFactor(id, 2, 300, abi.encodePacked(address(registry), bytes32("a key")));
    }

    function test_propose_revertsForAFactorThatCannotAnswer() public {
        bytes[3] memory refused = [
            abi.encodePacked(plant),
            abi.encodePacked(bytes19("short")),
            abi.encodePacked(address(0xdead), bytes32("a key"))
        ];
        Application memory application = _plant();
        for (uint256 i; i < refused.length; ++i) {
            application.secondFactor = refused[i];
            vm.expectRevert(
                abi.encodeWithSelector(
                    IParticipantRegistry.ParticipantRegistry_InvalidFactor.selector,
                    application.secondFactor
                )
            );
            _propose(application);
        }
    }

    function test_propose_revertsForALimitThatNothingCouldLift() public {
        Application memory application = _plant();
        application.exposureLimitFen = 1;
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_LimitWithoutFactor.selector, 1)
        );
        _propose(application);
    }

    function _renewFactor(ParticipantId id, bytes memory signer, uint64 limitFen) internal {
        Application memory application = _plant();
        (application.secondFactor, application.exposureLimitFen) = (signer, limitFen);
        vm.prank(registrar);
        registry.proposeRenewal(id, application);
        vm.prank(secondRegistrar);
        registry.approve(id, application);
    }

    function _assertFactor(ParticipantId id, uint32 number, uint64 limitFen, bytes memory signer) internal view {
        Standing memory standing = registry.standing(id);
        assertEq(standing.factor, number, "number");
        assertEq(standing.exposureLimitFen, limitFen, "limit");
        assertEq(keccak256(registry.secondFactorOf(id)), keccak256(signer), "signer");
    }

    // ---- reject

    function test_reject_freesANewcomersAccount() public {
        ParticipantId id = _propose(_plant());
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ParticipantRejected(id, secondRegistrar);
        vm.prank(secondRegistrar);
        registry.reject(id);
        _assertStatus(id, ParticipantStatus.Rejected);
        assertTrue(registry.standing(id).id == id, "the id keeps its fate");
        assertTrue(registry.standingOf(plant).id.isNobody(), "the account is a stranger's again");

        ParticipantId again = _enrolPlant();
        assertEq(ParticipantId.unwrap(again), 3, "a new id");
        _assertStatus(id, ParticipantStatus.Rejected);
        _assertStatus(again, ParticipantStatus.Active);
    }

    function test_reject_leavesWhoWouldBeRenewed() public {
        ParticipantId id = _enrolPlant();
        bytes32 before = keccak256(abi.encode(registry.standing(id)));
        vm.prank(registrar);
        registry.proposeRenewal(id, _renewal());
        vm.prank(secondRegistrar);
        registry.reject(id);
        assertEq(keccak256(abi.encode(registry.standing(id))), before, "standing");

        vm.prank(secondRegistrar);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Active));
        registry.approve(id, _renewal());
    }

    function test_reject_revertsForTheProposerAndForOthers() public {
        ParticipantId id = _propose(_plant());
        vm.prank(registrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_SamePerson.selector, registrar)
        );
        registry.reject(id);
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant));
        registry.reject(id);
        vm.prank(secondRegistrar);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.reject, (id)));
    }

    function test_reject_revertsWhenNothingWaits() public {
        vm.prank(secondRegistrar);
        vm.expectRevert(_wrongStatus(FIRST, ParticipantStatus.None));
        registry.reject(FIRST);
    }

    // ---- suspend, reinstate

    function test_suspend_takesTheStanding() public {
        ParticipantId id = _enrolPlant();
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ParticipantSuspended(id, "unpaid");
        vm.prank(compliance);
        registry.suspend(id, "unpaid");
        _assertStatus(id, ParticipantStatus.Suspended);
        assertFalse(registry.standingOf(plant).isGood(), "not good");
        assertEq(registry.accountOf(id), plant, "still the account that is paid");
    }

    function test_suspend_revertsUnlessActive() public {
        ParticipantId id = _propose(_plant());
        vm.startPrank(compliance);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Proposed));
        registry.suspend(id, "");
        vm.expectRevert(_wrongStatus(ParticipantId.wrap(0), ParticipantStatus.None));
        registry.suspend(ParticipantId.wrap(0), "");
        vm.stopPrank();
        vm.prank(secondRegistrar);
        registry.approve(id, _plant());
        _suspend(id);
        vm.prank(compliance);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Suspended));
        registry.suspend(id, "");
    }

    function test_reinstate_givesTheStandingBack() public {
        ParticipantId id = _enrolPlant();
        bytes32 before = keccak256(abi.encode(registry.standing(id)));
        _suspend(id);
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ParticipantReinstated(id);
        vm.prank(compliance);
        registry.reinstate(id);
        assertEq(keccak256(abi.encode(registry.standing(id))), before, "as before");
    }

    function test_reinstate_revertsUnlessSuspended() public {
        ParticipantId id = _enrolPlant();
        vm.prank(compliance);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Active));
        registry.reinstate(id);
    }

    function test_suspendAndReinstate_revertForOthers() public {
        ParticipantId id = _enrolPlant();
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, registrar));
        registry.suspend(id, "");
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, registrar));
        registry.reinstate(id);
        vm.stopPrank();
    }

    // ---- views of many

    function test_views_ofManyAnswerInOrder() public {
        ParticipantId plantId = _enrolPlant();
        ParticipantId factoryId = _enrol(factory, Kinds.CONSUMER, FirmSize.Small);
        address[] memory accounts = new address[](3);
        (accounts[0], accounts[1], accounts[2]) = (factory, stranger, plant);
        Standing[] memory standings = registry.standingsOf(accounts);
        assertTrue(standings[0].id == factoryId, "factory");
        assertTrue(standings[1].id.isNobody(), "stranger");
        assertTrue(standings[2].id == plantId, "plant");
        _assertWords(accounts, standings);

        ParticipantId[] memory ids = new ParticipantId[](3);
        (ids[0], ids[1], ids[2]) = (plantId, ParticipantId.wrap(0), factoryId);
        address[] memory found = registry.accountsOf(ids);
        assertEq(found[0], plant, "plant");
        assertEq(found[1], address(0), "nobody");
        assertEq(found[2], factory, "factory");
    }

    function test_views_wordsFollowStandings() public {
        Application memory application = _plant();
        application.secondFactor = abi.encodePacked(stranger);
        ParticipantId id = _propose(application);
        _assertWord(plant);
        vm.prank(secondRegistrar);
        registry.approve(id, application);
        _assertWord(plant);
        assertEq(registry.standingOf(plant).factor, 1, "a factor");
        vm.warp(Calendar.startOf(application.validUntil.plusDays(1)) - 1);
        _assertWord(plant);
        vm.warp(Calendar.startOf(application.validUntil.plusDays(1)));
        _assertWord(plant);
        vm.warp(Calendar.startOf(application.validUntil));
        vm.prank(compliance);
        registry.suspend(id, "");
        _assertWord(plant);
    }

    function _assertWord(address account) private view {
        address[] memory accounts = new address[](1);
        accounts[0] = account;
        _assertWords(accounts, registry.standingsOf(accounts));
    }

    function _assertWords(address[] memory accounts, Standing[] memory standings) private view {
        StandingWord[] memory words = registry.standingWordsOf(accounts);
        assertEq(words.length, standings.length, "one each");
        for (uint256 i; i < words.length; ++i) {
            assertTrue(words[i].id() == standings[i].id, "id");
            assertTrue(words[i].size() == standings[i].size, "size");
            assertEq(words[i].factor(), standings[i].factor, "factor");
            assertTrue(words[i].isGoodOn(Calendar.today()) == standings[i].isGood(), "good today");
        }
    }
}
