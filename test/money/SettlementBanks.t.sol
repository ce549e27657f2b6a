// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {HoldMove, IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {ISettlementBanks} from "../../contracts/money/interfaces/ISettlementBanks.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

contract SettlementBanksTest is Platform {
    ParticipantId internal constant NOBODY = ParticipantId.wrap(0);
    ParticipantId internal constant UNKNOWN = ParticipantId.wrap(99);
    uint80 internal constant CAP = 10_000_00;

    address internal otherBank = _named("other bank");
    ParticipantId internal otherId;
    /// @dev A customer of the bank, and one of the other.
    address internal payer;
    ParticipantId internal payerId;
    address internal payee;
    ParticipantId internal payeeId;
    address internal notary = _named("notary");

    function setUp() public override {
        super.setUp();
        otherId = _enrolBank(otherBank, CAP);
        (payer, payerId) = _enrol("Deyang turbine works", Kinds.CONSUMER);
        payee = _named("Zipingpu hydropower");
        payeeId = _enrolWithoutBank(payee, Kinds.GENERATOR, FirmSize.Large);
        vm.prank(otherBank);
        deposits.openAccount(payeeId);
        _admitNotary(notary);
        _fund(payer, 1000_00);
        _optIn(payer, notary);
    }

    // ---- steps

    function _hold(ParticipantId from, uint256 amountFen) private {
        (ParticipantId[] memory payers, uint256[] memory amounts) = (new ParticipantId[](1), new uint256[](1));
        (payers[0], amounts[0]) = (from, amountFen);
        vm.prank(notary);
        deposits.holdMany(payers, amounts);
    }

    function _pay(ParticipantId from, ParticipantId to, uint128 amountFen) private {
        HoldMove[] memory moves = new HoldMove[](1);
        moves[0] = HoldMove(from, to, amountFen);
        vm.prank(notary);
        deposits.moveHolds(moves);
    }

    function _confirm(address by, ParticipantId participant, ParticipantId to) private {
        vm.prank(by);
        deposits.confirmMove(participant, to, true);
    }

    function _redeem(address account, uint256 amountFen) private {
        vm.prank(account);
        deposits.redeem(amountFen, "home");
    }

    function _holdable(ParticipantId participant) private view returns (uint256) {
        ParticipantId[] memory one = new ParticipantId[](1);
        one[0] = participant;
        return deposits.holdableOf(one, notary)[0];
    }

    // ---- what is expected

    function _assertPositions(int256 own, int256 other) private view {
        assertEq(deposits.positionOf(bankId), own, "position");
        assertEq(deposits.positionOf(otherId), other, "position of the other");
        assertEq(deposits.totalSupply(), uint256(own + other), "positions add up to the supply");
    }

    function assertEq(int256 left, int256 right, string memory what) internal pure {
        assertTrue(left == right, what);
    }

    function _assertBank(ParticipantId participant, ParticipantId wanted) private view {
        assertTrue(deposits.bankOf(participant) == wanted, "bank");
    }

    function _unauthorized(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
    }

    function _notBank(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISettlementBanks.DepositToken_NotBank.selector, account);
    }

    function _unknownBank(ParticipantId id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISettlementBanks.DepositToken_UnknownBank.selector, id);
    }

    function _notIts(
        ParticipantId participant,
        ParticipantId caller,
        ParticipantId kept
    ) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISettlementBanks.DepositToken_NotItsBank.selector, participant, caller, kept);
    }

    function _closed(ParticipantId participant, ParticipantId id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISettlementBanks.DepositToken_BankClosed.selector, participant, id);
    }

    function _hasBank(ParticipantId participant, ParticipantId id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISettlementBanks.DepositToken_HasBank.selector, participant, id);
    }

    // ---- setCap

    function test_setCap_isTheCouncilsAlone() public {
        vm.prank(bank);
        vm.expectRevert(_unauthorized(bank));
        deposits.setCap(bankId, 1);
        vm.prank(council);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_UnknownParticipant.selector, NOBODY));
        deposits.setCap(NOBODY, 1);
    }

    function test_setCap_revertsBeyondNinetyFiveBanks() public {
        for (uint32 id = 101; id <= 193; ++id) {
            _setCap(ParticipantId.wrap(id), 1);
        }
        assertEq(deposits.banks().length, 95, "all places are taken");
        vm.prank(council);
        vm.expectRevert(abi.encodeWithSelector(ISettlementBanks.DepositToken_TooManyBanks.selector, 95));
        deposits.setCap(ParticipantId.wrap(194), 1);
        // The last place is as good as the first.
        _setCap(ParticipantId.wrap(193), 0);
        assertEq(deposits.capOf(ParticipantId.wrap(193)), 0, "closed");
        assertEq(deposits.capOf(ParticipantId.wrap(192)), 1, "alone");
    }

    function test_setCap_makesABankOfAParticipantToCome() public {
        ParticipantId next = ParticipantId.wrap(registry.participantCount() + 1);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.CapChanged(next, CAP);
        _setCap(next, CAP);
        assertEq(deposits.capOf(next), CAP, "cap");
        ParticipantId[] memory all = deposits.banks();
        assertTrue(all[0] == bankId && all[1] == otherId && all[2] == next, "in the order of their first caps");
        // Somebody else got the number.
        address account = _named("no bank");
        _grant(Roles.BANK, account);
        ParticipantId id = _enrolWithoutBank(account, Kinds.CONSUMER, FirmSize.Large);
        assertTrue(id == next, "the number");
        vm.prank(account);
        vm.expectRevert(_notBank(account));
        deposits.openAccount(id);
    }

    function test_setCap_closesAndOpensAgain() public {
        _setCap(bankId, 0);
        _setCap(bankId, 5);
        assertEq(deposits.capOf(bankId), 5, "cap");
        assertEq(deposits.banks().length, 2, "no bank twice");
        vm.prank(payer);
        deposits.transfer(payee, 1);
        // What was issued under a wider cap stays.
        _assertPositions(1000_00, 0);
    }

    // ---- openAccount

    function test_openAccount_keepsTheAccount() public {
        address newcomer = _named("newcomer");
        ParticipantId id = _enrolWithoutBank(newcomer, Kinds.CONSUMER, FirmSize.Small);
        _assertBank(id, NOBODY);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.AccountOpened(id, otherId);
        vm.prank(otherBank);
        deposits.openAccount(id);
        _assertBank(id, otherId);
    }

    function test_openAccount_revertsForWhoIsNoBank() public {
        vm.prank(payer);
        vm.expectRevert(_unauthorized(payer));
        deposits.openAccount(payerId);
        // A bank by kind that the council set no cap for.
        (address lender, ParticipantId lenderId) = _enrol("financing bank", Kinds.BANK);
        _grant(Roles.BANK, lender);
        vm.prank(lender);
        vm.expectRevert(_notBank(lender));
        deposits.openAccount(lenderId);
        _suspend(bankId);
        vm.prank(bank);
        vm.expectRevert(_notBank(bank));
        deposits.openAccount(payerId);
    }

    function test_openAccount_revertsForWhoHasABankOrDoesNotExist() public {
        vm.startPrank(otherBank);
        vm.expectRevert(_hasBank(payerId, bankId));
        deposits.openAccount(payerId);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_UnknownParticipant.selector, UNKNOWN));
        deposits.openAccount(UNKNOWN);
        vm.stopPrank();
    }

    function test_openAccount_revertsForAClosedBank() public {
        ParticipantId id = _enrolWithoutBank(_named("newcomer"), Kinds.CONSUMER, FirmSize.Small);
        _setCap(bankId, 0);
        vm.prank(bank);
        vm.expectRevert(_closed(id, bankId));
        deposits.openAccount(id);
    }

    // ---- issue

    function testFuzz_issue_staysWithinTheCap(uint256 beforeFen, uint256 amountFen) public {
        beforeFen = bound(beforeFen, 0, CAP);
        amountFen = bound(amountFen, 0, type(uint80).max);
        _fund(payee, beforeFen);
        vm.prank(otherBank);
        if (beforeFen + amountFen > CAP) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    ISettlementBanks.DepositToken_CapExceeded.selector,
                    otherId,
                    int256(beforeFen),
                    amountFen,
                    CAP
                )
            );
            deposits.issue(payee, amountFen, "one more");
            return;
        }
        deposits.issue(payee, amountFen, "one more");
        _assertPositions(1000_00, int256(beforeFen + amountFen));
    }

    function test_issue_revertsForCustomersOfOthers() public {
        vm.startPrank(otherBank);
        vm.expectRevert(_notIts(payerId, otherId, bankId));
        deposits.issue(payer, 1, "theirs");
        vm.stopPrank();
        address newcomer = _named("newcomer");
        ParticipantId id = _enrolWithoutBank(newcomer, Kinds.CONSUMER, FirmSize.Small);
        vm.prank(bank);
        vm.expectRevert(_notIts(id, bankId, NOBODY));
        deposits.issue(newcomer, 1, "nobody's");
    }

    function test_issue_revertsForAClosedBank() public {
        // Its position is negative, so that the cap alone would let it.
        _setCap(bankId, type(uint80).max);
        vm.prank(payer);
        deposits.transfer(payee, 500_00);
        _redeem(payee, 500_00);
        _setCap(otherId, 0);
        vm.prank(otherBank);
        vm.expectRevert(_closed(payeeId, otherId));
        deposits.issue(payee, 1, "too late");
    }

    function test_issue_booksAReferenceOnceForEachBank() public {
        vm.prank(bank);
        deposits.issue(payer, 1, "2026-000001");
        vm.prank(otherBank);
        deposits.issue(payee, 2, "2026-000001");
        vm.prank(bank);
        vm.expectRevert(
            abi.encodeWithSelector(ISettlementBanks.DepositToken_ReferenceUsed.selector, bankId, bytes32("2026-000001"))
        );
        deposits.issue(payer, 3, "2026-000001");
        _assertPositions(1000_01, 2);
    }

    // ---- redeem

    function test_redeem_lowersThePositionBelowZero() public {
        vm.prank(payer);
        deposits.transfer(payee, 300_00);
        vm.expectEmit(address(deposits));
        emit IDepositToken.Redeemed(payeeId, otherId, 300_00, "home");
        _redeem(payee, 300_00);
        _assertPositions(1000_00, -300_00);
    }

    // ---- settleBetween

    function testFuzz_settleBetween_movesThePosition(uint80 amountFen) public {
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.BanksSettled(bankId, otherId, amountFen, "PBC-1");
        vm.prank(otherBank);
        deposits.settleBetween(bankId, amountFen, "PBC-1");
        _assertPositions(1000_00 - int256(uint256(amountFen)), int256(uint256(amountFen)));
        assertEq(deposits.balanceOf(payer), 1000_00, "no deposit changes");
    }

    function test_settleBetween_isTheReceiversAlone() public {
        vm.prank(payer);
        vm.expectRevert(_notBank(payer));
        deposits.settleBetween(bankId, 1, "PBC-1");
        vm.prank(otherBank);
        vm.expectRevert(_unknownBank(payerId));
        deposits.settleBetween(payerId, 1, "PBC-1");
        // The role alone makes no bank.
        _grant(Roles.BANK, payer);
        vm.prank(payer);
        vm.expectRevert(_notBank(payer));
        deposits.settleBetween(bankId, 1, "PBC-1");
    }

    function test_settleBetween_booksAReferenceOnce() public {
        vm.startPrank(otherBank);
        deposits.settleBetween(bankId, 1, "PBC-1");
        vm.expectRevert(
            abi.encodeWithSelector(ISettlementBanks.DepositToken_ReferenceUsed.selector, otherId, bytes32("PBC-1"))
        );
        deposits.settleBetween(bankId, 1, "PBC-1");
        vm.stopPrank();
    }

    function test_settleBetween_asksForNoCapAndNoOpenDoor() public {
        _setCap(otherId, 0);
        vm.prank(council);
        manager.revokeRole(Roles.BANK, otherBank);
        _close(address(deposits), true);
        vm.prank(otherBank);
        deposits.settleBetween(bankId, 700_00, "PBC-1");
        _assertPositions(300_00, 700_00);
    }

    function test_settleBetween_leavesEachBankWithWhatItsCustomersMayClaim() public {
        _hold(payerId, 400_00);
        _pay(payerId, payeeId, 400_00);
        _assertPositions(1000_00, 0);
        vm.prank(otherBank);
        deposits.settleBetween(bankId, 400_00, "PBC-1");
        _assertPositions(int256(deposits.balanceOf(payer)), int256(deposits.balanceOf(payee)));
    }

    // ---- confirmMove

    function testFuzz_confirmMove_takesBothWordsInEitherOrder(bool newFirst) public {
        _hold(payerId, 250_00);
        vm.prank(bank);
        deposits.setFrozen(payerId, true, "court order");
        (address first, address second) = newFirst ? (otherBank, bank) : (bank, otherBank);
        (ParticipantId firstId, ParticipantId secondId) = newFirst ? (otherId, bankId) : (bankId, otherId);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.MoveConfirmed(payerId, firstId, otherId, true);
        _confirm(first, payerId, otherId);
        // A word said twice is one word.
        _confirm(first, payerId, otherId);
        _assertBank(payerId, bankId);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.MoveConfirmed(payerId, secondId, otherId, true);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.AccountMoved(payerId, bankId, otherId);
        _confirm(second, payerId, otherId);
        _assertBank(payerId, otherId);
        assertEq(deposits.balanceOfParticipant(payerId), 1000_00, "balance");
        assertEq(deposits.heldBy(payerId, notary), 250_00, "held");
        assertTrue(deposits.isFrozen(payerId) && deposits.hasOptedIn(payerId, notary), "freeze and opt-in");
        // No money has moved; the former bank owes the new one what its customer may claim.
        _assertPositions(1000_00, 0);
        _pay(payerId, payeeId, 250_00);
        assertEq(deposits.balanceOf(payee), 250_00, "the hold is paid");
    }

    function test_confirmMove_isTheTwoBanksAlone() public {
        address third = _named("third bank");
        ParticipantId thirdId = _enrolBank(third, CAP);
        vm.prank(third);
        vm.expectRevert(_notIts(payerId, thirdId, bankId));
        deposits.confirmMove(payerId, otherId, true);
        vm.prank(payer);
        vm.expectRevert(_unauthorized(payer));
        deposits.confirmMove(payerId, otherId, true);
    }

    function test_confirmMove_revertsForWhatIsNoMove() public {
        ParticipantId id = _enrolWithoutBank(_named("newcomer"), Kinds.CONSUMER, FirmSize.Small);
        vm.startPrank(bank);
        vm.expectRevert(abi.encodeWithSelector(ISettlementBanks.DepositToken_NoBank.selector, id));
        deposits.confirmMove(id, bankId, true);
        vm.expectRevert(_hasBank(payerId, bankId));
        deposits.confirmMove(payerId, bankId, true);
        vm.expectRevert(_unknownBank(payeeId));
        deposits.confirmMove(payerId, payeeId, true);
        vm.stopPrank();
    }

    function test_confirmMove_revertsToAClosedBank() public {
        _confirm(otherBank, payerId, otherId);
        _setCap(otherId, 0);
        vm.prank(bank);
        vm.expectRevert(_closed(payerId, otherId));
        deposits.confirmMove(payerId, otherId, true);
    }

    function test_confirmMove_isTakenBack() public {
        _confirm(bank, payerId, otherId);
        // Not by the other.
        vm.prank(otherBank);
        deposits.confirmMove(payerId, otherId, false);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.MoveConfirmed(payerId, bankId, otherId, false);
        vm.prank(bank);
        deposits.confirmMove(payerId, otherId, false);
        _confirm(otherBank, payerId, otherId);
        _assertBank(payerId, bankId);
        _confirm(bank, payerId, otherId);
        _assertBank(payerId, otherId);
    }

    function test_confirmMove_forgetsABankThatWasLeft() public {
        address third = _named("third bank");
        ParticipantId thirdId = _enrolBank(third, CAP);
        _confirm(bank, payerId, thirdId);
        _confirm(bank, payerId, otherId);
        _confirm(otherBank, payerId, otherId);
        _confirm(third, payerId, thirdId);
        _assertBank(payerId, otherId);
        _confirm(otherBank, payerId, thirdId);
        _assertBank(payerId, thirdId);
    }

    // ---- setFrozen

    function test_setFrozen_isItsOwnBanksAlone() public {
        vm.prank(otherBank);
        vm.expectRevert(_notIts(payerId, otherId, bankId));
        deposits.setFrozen(payerId, true, "court order");
    }

    // ---- a closed bank

    function test_aClosedBank_stopsWhatIsNew() public {
        assertEq(_holdable(payerId), 1000_00, "holdable");
        _setCap(bankId, 0);
        vm.prank(payer);
        vm.expectRevert(_closed(payerId, bankId));
        deposits.transfer(payee, 1);
        vm.prank(payer);
        vm.expectRevert(_closed(payerId, bankId));
        deposits.redeem(1, "home");
        assertEq(_holdable(payerId), 0, "not holdable");
        vm.expectRevert(_closed(payerId, bankId));
        _hold(payerId, 1);
        // One payer of many is enough.
        _fund(payee, 10);
        _optIn(payee, notary);
        (ParticipantId[] memory payers, uint256[] memory amounts) = (new ParticipantId[](2), new uint256[](2));
        (payers[0], payers[1]) = (payeeId, payerId);
        vm.prank(notary);
        vm.expectRevert(_closed(payerId, bankId));
        deposits.holdMany(payers, amounts);
        _hold(payeeId, 10);
    }

    function test_aClosedBank_finishesWhatIsOpen() public {
        _hold(payerId, 600_00);
        _setCap(bankId, 0);
        _pay(payerId, payeeId, 400_00);
        _pay(payerId, NOBODY, 200_00);
        vm.prank(notary);
        deposits.holdToRepay(payerId, 600_00);
        _pay(payerId, payeeId, 600_00);
        assertEq(deposits.balanceOf(payee), 1000_00, "paid");
        assertEq(deposits.balanceOf(payer), 0, "to the last fen");
        _redeem(payee, 1000_00);
        // The other bank paid out for it, and is owed that.
        _assertPositions(1000_00, -1000_00);
    }

    function test_aClosedBank_letsItsCustomersBePaid() public {
        _fund(payee, 10_00);
        _setCap(bankId, 0);
        vm.prank(payee);
        deposits.transfer(payer, 10_00);
        assertEq(deposits.balanceOf(payer), 1010_00, "paid");
    }

    // ---- proposeMove, approveMove

    function testFuzz_moveOfAClosedBanksCustomer_takesTheNewBanksWordToo(bool wordBefore) public {
        _hold(payerId, 250_00);
        _setCap(bankId, 0);
        if (wordBefore) _confirm(otherBank, payerId, otherId);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.MoveProposed(payerId, otherId, registrar, "failed");
        vm.prank(registrar);
        deposits.proposeMove(payerId, otherId, "failed");
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.MoveApproved(payerId, otherId, secondRegistrar);
        vm.expectEmit(address(deposits));
        emit ISettlementBanks.MoveConfirmed(payerId, bankId, otherId, true);
        vm.prank(secondRegistrar);
        deposits.approveMove(payerId, otherId, "failed");
        _assertBank(payerId, wordBefore ? otherId : bankId);
        if (!wordBefore) _confirm(otherBank, payerId, otherId);
        _assertBank(payerId, otherId);
        _assertPositions(1000_00, 0);
        _redeem(payer, 750_00);
        _assertPositions(1000_00, -750_00);
    }

    function test_moveOfAClosedBanksCustomer_takesTwoRegistrars() public {
        _setCap(bankId, 0);
        bytes memory mismatch = abi.encodeWithSelector(
            ISettlementBanks.DepositToken_MoveMismatch.selector,
            payerId,
            otherId,
            bytes32("failed")
        );
        vm.prank(secondRegistrar);
        vm.expectRevert(mismatch);
        deposits.approveMove(payerId, otherId, "failed");
        vm.startPrank(registrar);
        deposits.proposeMove(payerId, otherId, "failed");
        vm.expectRevert(abi.encodeWithSelector(ISettlementBanks.DepositToken_SamePerson.selector, registrar));
        deposits.approveMove(payerId, otherId, "failed");
        // A proposal takes the place of the one before.
        deposits.proposeMove(payerId, otherId, "liquidated");
        vm.stopPrank();
        vm.startPrank(secondRegistrar);
        vm.expectRevert(mismatch);
        deposits.approveMove(payerId, otherId, "failed");
        deposits.approveMove(payerId, otherId, "liquidated");
        // Once.
        vm.expectRevert(
            abi.encodeWithSelector(
                ISettlementBanks.DepositToken_MoveMismatch.selector,
                payerId,
                otherId,
                bytes32("liquidated")
            )
        );
        deposits.approveMove(payerId, otherId, "liquidated");
        vm.stopPrank();
    }

    function test_moveOfAClosedBanksCustomer_isTheRegistrarsInPerson() public {
        _setCap(bankId, 0);
        vm.prank(otherBank);
        vm.expectRevert(_unauthorized(otherBank));
        deposits.proposeMove(payerId, otherId, "failed");
        bytes[2] memory calls = [
            abi.encodeCall(deposits.proposeMove, (payerId, otherId, "failed")),
            abi.encodeCall(deposits.approveMove, (payerId, otherId, "failed"))
        ];
        for (uint256 i; i < 2; ++i) {
            vm.prank(registrar);
            vm.expectRevert(ISettlementBanks.DepositToken_NotInPerson.selector);
            manager.execute(address(deposits), calls[i]);
        }
    }

    function test_moveOfAClosedBanksCustomer_revertsWhileItsBankIsOpen() public {
        bytes memory open = abi.encodeWithSelector(ISettlementBanks.DepositToken_BankOpen.selector, payerId, bankId);
        vm.startPrank(registrar);
        vm.expectRevert(open);
        deposits.proposeMove(payerId, otherId, "failed");
        vm.expectRevert(open);
        deposits.approveMove(payerId, otherId, "failed");
        vm.expectRevert(abi.encodeWithSelector(ISettlementBanks.DepositToken_NoBank.selector, UNKNOWN));
        deposits.proposeMove(UNKNOWN, otherId, "failed");
        vm.stopPrank();
    }

    // ---- without a bank

    function test_withoutABank_canBePaidAndRepay() public {
        address newcomer = _named("newcomer");
        ParticipantId id = _enrolWithoutBank(newcomer, Kinds.CONSUMER, FirmSize.Small);
        vm.prank(payer);
        deposits.transfer(newcomer, 100);
        _optIn(newcomer, notary);
        vm.expectRevert(_closed(id, NOBODY));
        _hold(id, 0);
        vm.prank(newcomer);
        vm.expectRevert(_closed(id, NOBODY));
        deposits.redeem(1, "home");
        vm.prank(newcomer);
        vm.expectRevert(_closed(id, NOBODY));
        deposits.transfer(payee, 1);
        vm.prank(notary);
        deposits.holdToRepay(id, 40);
        _pay(id, payeeId, 40);
        vm.prank(otherBank);
        deposits.openAccount(id);
        _redeem(newcomer, 60);
        _assertPositions(1000_00, -60);
    }
}
