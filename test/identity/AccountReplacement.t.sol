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

contract AccountReplacementTest is Platform {
    using StandingGuard for Standing;

    bytes32 internal constant WHY = "lost key";
    uint256 internal constant DELAY = 7 days;

    ParticipantId internal id;
    address internal former;
    address internal account = _named("Zipingpu hydropower, new key");
    address internal factory = _named("Deyang turbine works");

    function setUp() public override {
        super.setUp();
        (former, id) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
    }

    function _propose(address newAccount) internal {
        vm.prank(registrar);
        registry.proposeAccount(id, newAccount, WHY);
    }

    function _approve() internal {
        vm.prank(secondRegistrar);
        registry.approveAccount(id, account, WHY);
    }

    function _assertNothingWaits() internal view {
        assertEq(registry.replacementOf(id).account, address(0), "nothing waits");
        assertEq(registry.accountOf(id), former, "the account in force");
        assertTrue(registry.standingOf(former).isGood(), "its standing");
    }

    function _wrongStatus(ParticipantId who, ParticipantStatus status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_WrongStatus.selector, who, status);
    }

    function _waits() internal view returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_ReplacementWaits.selector, id, account);
    }

    function _none(ParticipantId who) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_NoReplacement.selector, who);
    }

    function _tooEarly(uint256 completableAt) internal view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IParticipantRegistry.ParticipantRegistry_ReplacementTooEarly.selector,
                id,
                completableAt
            );
    }

    // ---- proposeAccount

    function test_proposeAccount_reservesTheAccount() public {
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.AccountProposed(id, account, registrar, WHY);
        _propose(account);
        assertEq(registry.replacementOf(id).account, account, "account");
        assertEq(registry.replacementOf(id).registrar, registrar, "registrar");
        assertEq(registry.replacementOf(id).reasonHash, WHY, "reason");
        assertEq(registry.replacementOf(id).completableAt, 0, "not approved");
        assertTrue(registry.standingOf(account).id.isNobody(), "no standing yet");
        assertTrue(registry.standingOf(former).isGood(), "the account in force");

        _expectNotFree(account);
        registry.propose(_application(account, Kinds.CONSUMER, FirmSize.Small));
        ParticipantId other = _enrol(factory, Kinds.CONSUMER, FirmSize.Small);
        _expectNotFree(account);
        registry.proposeAccount(other, account, WHY);
    }

    function _expectNotFree(address taken) internal {
        vm.prank(registrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_AccountNotFree.selector, taken)
        );
    }

    function test_proposeAccount_takesAFreeAccountOnly() public {
        _expectNotFree(address(0));
        registry.proposeAccount(id, address(0), WHY);
        _expectNotFree(former);
        registry.proposeAccount(id, former, WHY);
        vm.prank(registrar);
        ParticipantId newcomer = registry.propose(_application(factory, Kinds.CONSUMER, FirmSize.Small));
        _expectNotFree(factory);
        registry.proposeAccount(id, factory, WHY);

        // Turned down, it is free again.
        vm.prank(secondRegistrar);
        registry.reject(newcomer);
        _propose(factory);
    }

    function test_proposeAccount_neverTakesAFormerAccountAgain() public {
        _replaceAccount(id, account);
        _expectNotFree(former);
        registry.proposeAccount(id, former, WHY);
        _expectNotFree(former);
        registry.propose(_application(former, Kinds.CONSUMER, FirmSize.Small));
    }

    function test_proposeAccount_revertsForOthers() public {
        vm.prank(former);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, former));
        registry.proposeAccount(id, account, WHY);
        vm.prank(registrar);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.proposeAccount, (id, account, WHY)));
    }

    function test_proposeAccount_revertsForWhoWasNeverApproved() public {
        vm.startPrank(registrar);
        ParticipantId newcomer = registry.propose(_application(factory, Kinds.CONSUMER, FirmSize.Small));
        vm.expectRevert(_wrongStatus(newcomer, ParticipantStatus.Proposed));
        registry.proposeAccount(newcomer, account, WHY);
        vm.expectRevert(_wrongStatus(ParticipantId.wrap(9), ParticipantStatus.None));
        registry.proposeAccount(ParticipantId.wrap(9), account, WHY);
        vm.stopPrank();
    }

    function test_proposeAccount_revertsWhileOneWaits() public {
        _propose(account);
        vm.prank(secondRegistrar);
        vm.expectRevert(_waits());
        registry.proposeAccount(id, factory, WHY);
    }

    // ---- approveAccount

    function test_approveAccount_startsTheDelay() public {
        _propose(account);
        uint40 completableAt = uint40(block.timestamp + DELAY);
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.AccountApproved(id, account, secondRegistrar, completableAt);
        _approve();
        assertEq(registry.replacementOf(id).completableAt, completableAt, "completable");
        assertEq(registry.accountOf(id), former, "the account in force");
    }

    function test_approveAccount_revertsForTheProposerAndForOthers() public {
        _propose(account);
        vm.startPrank(registrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_SamePerson.selector, registrar)
        );
        registry.approveAccount(id, account, WHY);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.approveAccount, (id, account, WHY)));
        vm.stopPrank();
        vm.prank(compliance);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, compliance));
        registry.approveAccount(id, account, WHY);
    }

    function test_approveAccount_approvesWhatWasProposedAndOnce() public {
        vm.startPrank(secondRegistrar);
        vm.expectRevert(_none(id));
        registry.approveAccount(id, account, WHY);
        vm.stopPrank();
        _propose(account);
        bytes memory mismatch = abi.encodeWithSelector(
            IParticipantRegistry.ParticipantRegistry_ReplacementMismatch.selector,
            id,
            account,
            WHY
        );
        vm.startPrank(secondRegistrar);
        vm.expectRevert(mismatch);
        registry.approveAccount(id, factory, WHY);
        vm.expectRevert(mismatch);
        registry.approveAccount(id, account, "stolen key");
        registry.approveAccount(id, account, WHY);
        // A second approval would only restart the delay.
        vm.expectRevert(_waits());
        registry.approveAccount(id, account, WHY);
        vm.stopPrank();
    }

    // ---- objectToReplacement

    function test_objectToReplacement_endsItUntilItIsCompleted() public {
        _propose(account);
        _object();
        _proposeReplacement(id, account);
        _object();
        _proposeReplacement(id, account);
        vm.warp(block.timestamp + 2 * DELAY);
        _object();
        vm.expectRevert(_none(id));
        registry.completeReplacement(id);
    }

    function _object() internal {
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ReplacementObjected(id, account);
        vm.prank(former);
        registry.objectToReplacement();
        _assertNothingWaits();
    }

    function test_objectToReplacement_isForTheAccountInForce() public {
        _proposeReplacement(id, account);
        ParticipantId other = _enrol(factory, Kinds.CONSUMER, FirmSize.Small);
        vm.prank(factory);
        vm.expectRevert(_none(other));
        registry.objectToReplacement();
        vm.prank(account);
        vm.expectRevert(_none(ParticipantId.wrap(0)));
        registry.objectToReplacement();
        vm.warp(block.timestamp + DELAY);
        registry.completeReplacement(id);
        // Too late: the key has no say any more.
        vm.prank(former);
        vm.expectRevert(_none(ParticipantId.wrap(0)));
        registry.objectToReplacement();
    }

    function test_objectToReplacement_isNotHeardFromASuspendedParticipantsKey() public {
        _proposeReplacement(id, account);
        _suspend(id);
        vm.prank(former);
        vm.expectRevert(_wrongStatus(id, ParticipantStatus.Suspended));
        registry.objectToReplacement();

        // Reinstated in time, it is heard.
        uint256 state = vm.snapshotState();
        vm.prank(compliance);
        registry.reinstate(id);
        _object();
        vm.revertToState(state);

        vm.warp(block.timestamp + DELAY);
        registry.completeReplacement(id);
        assertTrue(registry.standingOf(account).status == ParticipantStatus.Suspended, "still suspended");
        vm.prank(compliance);
        registry.reinstate(id);
        assertTrue(registry.standingOf(account).isGood(), "good");
    }

    // ---- withdrawReplacement

    function test_withdrawReplacement_takesOneRegistrar() public {
        _proposeReplacement(id, account);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        registry.withdrawReplacement(id);
        vm.startPrank(registrar);
        vm.expectRevert(IParticipantRegistry.ParticipantRegistry_NotInPerson.selector);
        manager.execute(address(registry), abi.encodeCall(registry.withdrawReplacement, (id)));
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.ReplacementWithdrawn(id, account, registrar);
        registry.withdrawReplacement(id);
        _assertNothingWaits();
        vm.expectRevert(_none(id));
        registry.withdrawReplacement(id);
        vm.stopPrank();
        _enrol(account, Kinds.CONSUMER, FirmSize.Small);
    }

    // ---- completeReplacement

    function test_completeReplacement_waitsForTheLastSecondOfTheDelay() public {
        vm.expectRevert(_none(id));
        registry.completeReplacement(id);
        _propose(account);
        vm.warp(block.timestamp + 30 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticipantRegistry.ParticipantRegistry_ReplacementNotApproved.selector,
                id,
                account
            )
        );
        registry.completeReplacement(id);
        _approve();
        uint256 completableAt = block.timestamp + DELAY;
        vm.warp(completableAt - 1);
        vm.expectRevert(_tooEarly(completableAt));
        registry.completeReplacement(id);
        vm.warp(completableAt);
        registry.completeReplacement(id);
    }

    function test_completeReplacement_movesTheStanding() public {
        bytes32 before = keccak256(abi.encode(registry.standingOf(former)));
        bytes32 credentials = registry.credentialHashOf(id);
        _proposeReplacement(id, account);
        vm.warp(block.timestamp + DELAY);
        _close(address(registry), true);
        vm.expectEmit(address(registry));
        emit IParticipantRegistry.AccountReplaced(id, former, account);
        vm.prank(stranger);
        registry.completeReplacement(id);

        assertEq(registry.accountOf(id), account, "account");
        assertEq(keccak256(abi.encode(registry.standingOf(account))), before, "standing");
        assertEq(keccak256(abi.encode(registry.standing(id))), before, "by id");
        assertEq(registry.credentialHashOf(id), credentials, "credentials");
        Standing memory none;
        assertEq(abi.encode(registry.standingOf(former)), abi.encode(none), "the former account");
        assertTrue(registry.participantOfFormer(former) == id, "whose it was");
        assertTrue(registry.participantOfFormer(account).isNobody(), "in force");
        assertEq(registry.replacementOf(id).account, address(0), "nothing waits");
    }

    function test_completeReplacement_canBeDoneAgain() public {
        address third = _named("Zipingpu hydropower, third key");
        _replaceAccount(id, account);
        _replaceAccount(id, third);
        assertEq(registry.accountOf(id), third, "account");
        assertTrue(registry.participantOfFormer(former) == id, "first");
        assertTrue(registry.participantOfFormer(account) == id, "second");
    }

    // ---- orderStandingWordsOf

    function _orderWord(address of_) private view returns (StandingWord, bool) {
        address[] memory accounts = new address[](1);
        accounts[0] = of_;
        (StandingWord[] memory words, bool anyFormer) = registry.orderStandingWordsOf(accounts);
        return (words[0], anyFormer);
    }

    /// @dev A former account says what the account in force says, and nothing else says that it does.
    function _assertAnswers(address former_, bool answers) private view {
        (StandingWord word, bool anyFormer) = _orderWord(former_);
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (former_, registry.accountOf(id));
        StandingWord[] memory words = registry.standingWordsOf(accounts);
        assertEq(StandingWord.unwrap(words[0]), 0, "for all else it is worth nothing");
        assertEq(StandingWord.unwrap(word), answers ? StandingWord.unwrap(words[1]) : 0, "word");
        assertTrue(anyFormer == answers, "said");
    }

    function test_orderStandingWordsOf_answersForAFormerAccountUntilTheEndOfTheDayAfter() public {
        _proposeReplacement(id, account);
        vm.warp(block.timestamp + DELAY);
        Day today = Calendar.today();
        assertEq(Day.unwrap(registry.ordersHoldUntil(former)), 0, "in force");
        registry.completeReplacement(id);
        assertTrue(registry.ordersHoldUntil(former) == today.plusDays(1), "the day after");
        _assertAnswers(former, true);
        vm.warp(Calendar.startOf(today.plusDays(2)) - 1);
        _assertAnswers(former, true);
        vm.warp(Calendar.startOf(today.plusDays(2)));
        _assertAnswers(former, false);
    }

    function test_orderStandingWordsOf_answersAsTheParticipantStandsNow() public {
        _replaceAccount(id, account);
        _suspend(id);
        (StandingWord word, ) = _orderWord(former);
        assertFalse(word.isGoodOn(Calendar.today()), "suspended");
        _assertAnswers(former, true);
        vm.prank(compliance);
        registry.reinstate(id);
        (word, ) = _orderWord(former);
        assertTrue(word.id() == id && word.isGoodOn(Calendar.today()), "good again");
    }

    function test_orderStandingWordsOf_answersForTheLatestFormerAccountOnly() public {
        address third = _named("Zipingpu hydropower, third key");
        _replaceAccount(id, account);
        _replaceAccount(id, third);
        _assertAnswers(former, false);
        _assertAnswers(account, true);
    }

    function test_orderStandingWordsOf_isStandingWordsOfAllOthers() public {
        address newcomer = _named("newcomer");
        Application memory application = _application(newcomer, Kinds.CONSUMER, FirmSize.Small);
        vm.prank(registrar);
        registry.propose(application);
        _proposeReplacement(id, account);
        address[] memory accounts = new address[](4);
        (accounts[0], accounts[1], accounts[2], accounts[3]) = (former, newcomer, stranger, account);
        (StandingWord[] memory words, bool anyFormer) = registry.orderStandingWordsOf(accounts);
        assertEq(abi.encode(words), abi.encode(registry.standingWordsOf(accounts)), "words");
        assertFalse(anyFormer, "none of them");
    }

    // What waits meanwhile

    function test_aRenewalProposedBeforeNeverReachesTheFormerAccount() public {
        Application memory renewal = _application(former, Kinds.GENERATOR | Kinds.SUPPLIER, FirmSize.Large);
        vm.prank(registrar);
        registry.proposeRenewal(id, renewal);
        _replaceAccount(id, account);
        vm.prank(secondRegistrar);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.ParticipantRegistry_AccountChanged.selector, id, former)
        );
        registry.approve(id, renewal);

        // Proposed again for the account in force, it replaces the one that waits.
        renewal.account = account;
        vm.prank(registrar);
        registry.proposeRenewal(id, renewal);
        vm.prank(secondRegistrar);
        registry.approve(id, renewal);
        assertEq(registry.standingOf(account).kinds, renewal.kinds, "kinds");
        assertTrue(registry.standingOf(former).id.isNobody(), "no standing");
    }

    function test_aRenewalIsApprovedWhileAReplacementWaits() public {
        Application memory renewal = _application(former, Kinds.GENERATOR | Kinds.SUPPLIER, FirmSize.Large);
        _proposeReplacement(id, account);
        vm.prank(registrar);
        registry.proposeRenewal(id, renewal);
        vm.prank(secondRegistrar);
        registry.approve(id, renewal);
        vm.warp(block.timestamp + DELAY);
        registry.completeReplacement(id);
        assertEq(registry.standingOf(account).kinds, renewal.kinds, "kinds");
    }

    function test_aRenewalForTheFormerAccountCanBeTurnedDown() public {
        vm.prank(registrar);
        registry.proposeRenewal(id, _application(former, Kinds.GENERATOR, FirmSize.Large));
        _replaceAccount(id, account);
        vm.prank(secondRegistrar);
        registry.reject(id);
        assertTrue(registry.standingOf(account).isGood(), "standing");
    }

    function test_theSecondFactorFollowsAndIsNeverTheAccountToo() public {
        Application memory renewal = _application(former, Kinds.GENERATOR, FirmSize.Large);
        (renewal.secondFactor, renewal.exposureLimitFen) = (abi.encodePacked(factory), 5);
        vm.prank(registrar);
        registry.proposeRenewal(id, renewal);
        vm.prank(secondRegistrar);
        registry.approve(id, renewal);
        bytes memory refusal = abi.encodeWithSelector(
            IParticipantRegistry.ParticipantRegistry_InvalidFactor.selector,
            renewal.secondFactor
        );
        vm.prank(registrar);
        vm.expectRevert(refusal);
        registry.proposeAccount(id, factory, WHY);

        // Nor does the account that waits become the factor.
        _proposeReplacement(id, account);
        renewal.secondFactor = abi.encodePacked(account);
        refusal = abi.encodeWithSelector(
            IParticipantRegistry.ParticipantRegistry_InvalidFactor.selector,
            renewal.secondFactor
        );
        vm.prank(registrar);
        vm.expectRevert(refusal);
        registry.proposeRenewal(id, renewal);

        vm.warp(block.timestamp + DELAY);
        registry.completeReplacement(id);
        assertEq(registry.secondFactorOf(id), abi.encodePacked(factory), "factor");
        assertEq(registry.standingOf(account).factor, 1, "its number");
        assertEq(registry.standingOf(account).exposureLimitFen, 5, "limit");
    }
}
