// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {HoldMove, IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

contract DepositTokenTest is Platform {
    ParticipantId internal constant NOBODY = ParticipantId.wrap(0);
    ParticipantId internal constant UNKNOWN = ParticipantId.wrap(99);
    bytes32 internal constant REFERENCE = "ICBC-2026-000001";

    address internal payer;
    ParticipantId internal payerId;
    address internal payee;
    ParticipantId internal payeeId;

    address internal notary = _named("notary");
    address internal otherNotary = _named("other notary");

    function setUp() public override {
        super.setUp();
        (payer, payerId) = _enrol("Deyang turbine works", Kinds.CONSUMER);
        (payee, payeeId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        _admitNotary(notary);
        _admitNotary(otherNotary);
        _fund(payer, 1000_00);
        _optIn(payer, notary);
    }

    // ---- steps

    function _hold(uint256 amountFen) internal {
        _holdAs(notary, payerId, amountFen);
    }

    function _holdAs(address by, ParticipantId from, uint256 amountFen) internal {
        ParticipantId[] memory payers = new ParticipantId[](1);
        uint256[] memory amounts = new uint256[](1);
        (payers[0], amounts[0]) = (from, amountFen);
        vm.prank(by);
        deposits.holdMany(payers, amounts);
    }

    function _move(ParticipantId from, ParticipantId to, uint128 amountFen) internal {
        _moveAs(notary, from, to, amountFen);
    }

    function _moveAs(address by, ParticipantId from, ParticipantId to, uint128 amountFen) internal {
        HoldMove[] memory moves = new HoldMove[](1);
        moves[0] = HoldMove(from, to, amountFen);
        vm.prank(by);
        deposits.moveHolds(moves);
    }

    function _setFrozen(ParticipantId participant, bool frozen) internal {
        vm.prank(bank);
        deposits.setFrozen(participant, frozen, "court order");
    }

    function _expire() internal {
        vm.warp(Calendar.startOf(START.plusDays(3651)));
    }

    // ---- what is expected

    function _assertAccount(ParticipantId participant, uint256 balance, uint256 held) internal view {
        assertEq(deposits.balanceOfParticipant(participant), balance, "balance");
        assertEq(deposits.heldOf(participant), held, "held");
        assertEq(deposits.freeOf(participant), balance - held, "free");
    }

    function _unauthorized(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
    }

    function _notGood(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDepositToken.DepositToken_ParticipantNotGood.selector, account);
    }

    function _frozen(ParticipantId participant) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDepositToken.DepositToken_Frozen.selector, participant);
    }

    function _insufficient(
        ParticipantId participant,
        uint256 free,
        uint256 amount
    ) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDepositToken.DepositToken_InsufficientFree.selector, participant, free, amount);
    }

    function _notNotary(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDepositToken.DepositToken_NotNotary.selector, account);
    }

    // ---- the token

    function test_token_countsFenWithTwoDecimals() public view {
        assertEq(deposits.decimals(), 2, "decimals");
        assertEq(deposits.name(), "Tokenized CNY", "name");
        assertEq(deposits.symbol(), "CNYD", "symbol");
        assertEq(deposits.totalSupply(), 1000_00, "supply");
        assertEq(deposits.balanceOf(payer), 1000_00, "balance of the account");
        assertEq(deposits.balanceOf(stranger), 0, "a stranger's");
        assertEq(deposits.balanceOf(address(0)), 0, "nobody's");
    }

    // ---- issue

    function testFuzz_issue_creditsTheParticipant(uint80 amountFen) public {
        amountFen = uint80(bound(amountFen, 0, type(uint80).max - 1000_00));
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(address(0), payee, amountFen);
        vm.expectEmit(address(deposits));
        emit IDepositToken.Issued(payeeId, bankId, amountFen, REFERENCE);
        vm.prank(bank);
        deposits.issue(payee, amountFen, REFERENCE);
        _assertAccount(payeeId, amountFen, 0);
        assertEq(deposits.totalSupply(), 1000_00 + uint256(amountFen), "supply");
    }

    function test_issue_reachesWhoeverWasApproved() public {
        _suspend(payeeId);
        _setFrozen(payeeId, true);
        _expire();
        _fund(payee, 5);
        _assertAccount(payeeId, 5, 0);
    }

    function test_issue_revertsForAStrangerOrAProposal() public {
        vm.prank(bank);
        vm.expectRevert(_notGood(stranger));
        deposits.issue(stranger, 1, REFERENCE);
        vm.prank(registrar);
        registry.propose(_application(stranger, Kinds.CONSUMER, FirmSize.Small));
        vm.prank(bank);
        vm.expectRevert(_notGood(stranger));
        deposits.issue(stranger, 1, REFERENCE);
    }

    function test_issue_revertsWhenTheSupplyOutgrowsItsWord() public {
        vm.startPrank(bank);
        vm.expectRevert(
            abi.encodeWithSelector(
                SafeCast.SafeCastOverflowedUintDowncast.selector,
                uint8(80),
                uint256(type(uint80).max) + 1
            )
        );
        deposits.issue(payee, uint256(type(uint80).max) + 1, REFERENCE);
        vm.stopPrank();
        // Two banks together, though each alone is within its cap.
        address otherBank = _named("other bank");
        _enrolBank(otherBank, type(uint80).max);
        vm.prank(otherBank);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        deposits.issue(otherBank, type(uint80).max, REFERENCE);
    }

    function test_issue_revertsForOthersThanTheBank() public {
        vm.prank(payer);
        vm.expectRevert(_unauthorized(payer));
        deposits.issue(payer, 1, REFERENCE);
    }

    // ---- redeem

    function testFuzz_redeem_takesOutOfTheFreeBalance(uint256 heldFen, uint256 amountFen) public {
        heldFen = bound(heldFen, 0, 1000_00);
        amountFen = bound(amountFen, 0, 1100_00);
        _hold(heldFen);
        uint256 free = 1000_00 - heldFen;
        if (amountFen > free) {
            vm.expectRevert(_insufficient(payerId, free, amountFen));
            vm.prank(payer);
            deposits.redeem(amountFen, REFERENCE);
            return;
        }
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(payer, address(0), amountFen);
        vm.expectEmit(address(deposits));
        emit IDepositToken.Redeemed(payerId, bankId, amountFen, REFERENCE);
        vm.prank(payer);
        deposits.redeem(amountFen, REFERENCE);
        _assertAccount(payerId, 1000_00 - amountFen, heldFen);
        assertEq(deposits.totalSupply(), 1000_00 - amountFen, "supply");
    }

    function test_redeem_needsNoStandingAndNoOpenDoor() public {
        _suspend(payerId);
        _expire();
        _close(address(deposits), true);
        vm.prank(payer);
        deposits.redeem(1000_00, REFERENCE);
        assertEq(deposits.totalSupply(), 0, "all back with the bank");
    }

    function test_redeem_revertsWhenFrozenOrStrange() public {
        _setFrozen(payerId, true);
        vm.prank(payer);
        vm.expectRevert(_frozen(payerId));
        deposits.redeem(1, REFERENCE);
        vm.prank(stranger);
        vm.expectRevert(_notGood(stranger));
        deposits.redeem(0, REFERENCE);
    }

    // ---- transfer, transferFrom

    function testFuzz_transfer_movesTheFreeBalance(uint256 heldFen, uint256 amountFen) public {
        heldFen = bound(heldFen, 0, 1000_00);
        amountFen = bound(amountFen, 0, 1100_00);
        _hold(heldFen);
        uint256 free = 1000_00 - heldFen;
        vm.prank(payer);
        if (amountFen > free) {
            vm.expectRevert(_insufficient(payerId, free, amountFen));
            deposits.transfer(payee, amountFen);
            return;
        }
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(payer, payee, amountFen);
        assertTrue(deposits.transfer(payee, amountFen), "answers true");
        _assertAccount(payerId, 1000_00 - amountFen, heldFen);
        _assertAccount(payeeId, amountFen, 0);
        assertEq(deposits.totalSupply(), 1000_00, "supply stays");
    }

    function test_transfer_toOneselfChangesNothing() public {
        vm.prank(payer);
        deposits.transfer(payer, 400_00);
        _assertAccount(payerId, 1000_00, 0);
    }

    function test_transfer_revertsUnlessBothSidesAreGood() public {
        vm.startPrank(payer);
        vm.expectRevert(_notGood(stranger));
        deposits.transfer(stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        deposits.transfer(address(0), 1);
        vm.stopPrank();
        _suspend(payeeId);
        vm.prank(payer);
        vm.expectRevert(_notGood(payee));
        deposits.transfer(payee, 1);
        _expire();
        vm.prank(payer);
        vm.expectRevert(_notGood(payer));
        deposits.transfer(payee, 1);
    }

    function test_transfer_revertsWhenEitherSideIsFrozen() public {
        _setFrozen(payeeId, true);
        vm.prank(payer);
        vm.expectRevert(_frozen(payeeId));
        deposits.transfer(payee, 1);
        _setFrozen(payeeId, false);
        _setFrozen(payerId, true);
        vm.prank(payer);
        vm.expectRevert(_frozen(payerId));
        deposits.transfer(payee, 1);
    }

    function test_transfer_revertsWhenTheDoorIsClosed() public {
        _close(address(deposits), true);
        vm.prank(payer);
        vm.expectRevert(_unauthorized(payer));
        deposits.transfer(payee, 1);
        vm.prank(payee);
        vm.expectRevert(_unauthorized(payee));
        deposits.transferFrom(payer, payee, 1);
    }

    function test_transferFrom_spendsTheAllowance() public {
        vm.prank(payer);
        deposits.approve(stranger, 300_00);
        vm.prank(stranger);
        assertTrue(deposits.transferFrom(payer, payee, 200_00), "answers true");
        assertEq(deposits.allowance(payer, stranger), 100_00, "left");
        _assertAccount(payeeId, 200_00, 0);
        vm.prank(stranger);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, stranger, 100_00, 100_01)
        );
        deposits.transferFrom(payer, payee, 100_01);
    }

    function test_transferFrom_revertsBeyondTheFreeBalance() public {
        _hold(900_00);
        vm.prank(payer);
        deposits.approve(payee, type(uint256).max);
        vm.prank(payee);
        vm.expectRevert(_insufficient(payerId, 100_00, 100_01));
        deposits.transferFrom(payer, payee, 100_01);
    }

    // ---- permit

    function test_permit_takesTheHoldersSignatureOnce() public {
        uint256 deadline = block.timestamp + 1 hours;
        bytes32 digest = _permitDigest(payer, payee, 250_00, 0, deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf("Deyang turbine works"), digest);
        deposits.permit(payer, payee, 250_00, deadline, v, r, s);
        assertEq(deposits.allowance(payer, payee), 250_00, "allowance");
        vm.prank(payee);
        deposits.transferFrom(payer, payee, 250_00);
        _assertAccount(payeeId, 250_00, 0);
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        deposits.permit(payer, payee, 250_00, deadline, v, r, s);
    }

    function test_permit_revertsForAnotherSignerOrTooLate() public {
        uint256 deadline = block.timestamp + 1 hours;
        bytes32 digest = _permitDigest(payer, payee, 250_00, 0, deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf("Zipingpu hydropower"), digest);
        vm.expectRevert(abi.encodeWithSelector(ERC20Permit.ERC2612InvalidSigner.selector, payee, payer));
        deposits.permit(payer, payee, 250_00, deadline, v, r, s);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ERC20Permit.ERC2612ExpiredSignature.selector, deadline));
        deposits.permit(payer, payee, 250_00, deadline, v, r, s);
    }

    function _permitDigest(
        address owner,
        address spender,
        uint256 amountFen,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes32) {
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                spender,
                amountFen,
                nonce,
                deadline
            )
        );
        return keccak256(abi.encodePacked(hex"1901", deposits.DOMAIN_SEPARATOR(), message));
    }

    // ---- approveNotary, optIn

    function test_approveNotary_isTheCouncilsAlone() public {
        vm.expectEmit(address(deposits));
        emit IDepositToken.NotaryApproved(stranger);
        vm.prank(council);
        deposits.approveNotary(stranger);
        assertTrue(deposits.isNotary(stranger), "admitted");
        vm.prank(bank);
        vm.expectRevert(_unauthorized(bank));
        deposits.approveNotary(bank);
    }

    /// @dev The first is kept beside the balance, the others by themselves; a second admission moves nothing.
    function test_approveNotary_admitsTheFirstAndOthersAlike() public {
        _optIn(payer, otherNotary);
        _hold(3_00);
        _holdAs(otherNotary, payerId, 4_00);
        vm.startPrank(council);
        deposits.approveNotary(otherNotary);
        deposits.approveNotary(notary);
        vm.stopPrank();
        assertEq(deposits.heldBy(payerId, notary), 3_00, "held by the first");
        assertEq(deposits.heldBy(payerId, otherNotary), 4_00, "held by another");
        _assertAccount(payerId, 1000_00, 7_00);
    }

    function test_optIn_allowsAndStops() public {
        vm.expectEmit(address(deposits));
        emit IDepositToken.NotaryOptIn(payeeId, notary, true);
        vm.prank(payee);
        deposits.optIn(notary, true);
        assertTrue(deposits.hasOptedIn(payeeId, notary), "allowed");
        assertFalse(deposits.hasOptedIn(payeeId, otherNotary), "this one alone");
        vm.expectEmit(address(deposits));
        emit IDepositToken.NotaryOptIn(payeeId, notary, false);
        vm.prank(payee);
        deposits.optIn(notary, false);
        assertFalse(deposits.hasOptedIn(payeeId, notary), "stopped");
    }

    function test_optIn_leavesHoldsThatExist() public {
        _hold(400_00);
        vm.prank(payer);
        deposits.optIn(notary, false);
        assertEq(deposits.heldBy(payerId, notary), 400_00, "still held");
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_NotOptedIn.selector, payerId, notary));
        _hold(1);
        _move(payerId, payeeId, 400_00);
        _assertAccount(payeeId, 400_00, 0);
    }

    function test_optIn_revertsForWhoIsNoNotaryOrNoParticipant() public {
        vm.prank(payer);
        vm.expectRevert(_notNotary(stranger));
        deposits.optIn(stranger, true);
        vm.prank(stranger);
        vm.expectRevert(_notGood(stranger));
        deposits.optIn(notary, true);
    }

    function test_optIn_needsNoStandingAndNoOpenDoor() public {
        _suspend(payerId);
        _close(address(deposits), true);
        vm.prank(payer);
        deposits.optIn(otherNotary, true);
        assertTrue(deposits.hasOptedIn(payerId, otherNotary), "a debtor must be able to repay");
    }

    // ---- setFrozen

    function test_setFrozen_isTheBanksAlone() public {
        vm.expectEmit(address(deposits));
        emit IDepositToken.FrozenChanged(payerId, true, "court order");
        _setFrozen(payerId, true);
        assertTrue(deposits.isFrozen(payerId), "frozen");
        _assertAccount(payerId, 1000_00, 0);
        _setFrozen(payerId, false);
        assertFalse(deposits.isFrozen(payerId), "unfrozen");

        vm.prank(bank);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_UnknownParticipant.selector, UNKNOWN));
        deposits.setFrozen(UNKNOWN, true, "");
        vm.prank(compliance);
        vm.expectRevert(_unauthorized(compliance));
        deposits.setFrozen(payerId, true, "");
    }

    // ---- holdMany

    function test_holdMany_locksForTheNotary() public {
        _fund(payee, 50_00);
        _optIn(payee, notary);
        ParticipantId[] memory payers = new ParticipantId[](3);
        uint256[] memory amounts = new uint256[](3);
        (payers[0], payers[1], payers[2]) = (payerId, payeeId, payerId);
        (amounts[0], amounts[1], amounts[2]) = (300_00, 50_00, 700_00);
        vm.expectEmit(address(deposits));
        emit IDepositToken.Held(notary, payers, amounts);
        vm.prank(notary);
        deposits.holdMany(payers, amounts);
        _assertAccount(payerId, 1000_00, 1000_00);
        _assertAccount(payeeId, 50_00, 50_00);
        assertEq(deposits.heldBy(payerId, notary), 1000_00, "both holds of one payer");
        assertEq(deposits.heldBy(payerId, otherNotary), 0, "nothing for another");
        assertEq(deposits.balanceOf(payer), 1000_00, "the money stays where it is");
    }

    function test_holdMany_isAllOrNothing() public {
        ParticipantId[] memory payers = new ParticipantId[](2);
        uint256[] memory amounts = new uint256[](2);
        (payers[0], payers[1]) = (payerId, payerId);
        (amounts[0], amounts[1]) = (600_00, 400_01);
        vm.prank(notary);
        vm.expectRevert(_insufficient(payerId, 400_00, 400_01));
        deposits.holdMany(payers, amounts);
        _assertAccount(payerId, 1000_00, 0);
    }

    function test_holdMany_revertsForAFrozenPayer() public {
        _setFrozen(payerId, true);
        vm.expectRevert(_frozen(payerId));
        _hold(1);
    }

    function test_holdMany_revertsWithoutOptIn() public {
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_NotOptedIn.selector, payerId, otherNotary));
        _holdAs(otherNotary, payerId, 1);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_NotOptedIn.selector, payeeId, notary));
        _holdAs(notary, payeeId, 0);
    }

    function testFuzz_holdMany_revertsForAmountsBeyondTheFreeBalance(uint256 amountFen) public {
        amountFen = bound(amountFen, 1000_01, type(uint256).max);
        vm.expectRevert(_insufficient(payerId, 1000_00, amountFen));
        _hold(amountFen);
    }

    function test_holdMany_revertsForArraysOfDifferentLength() public {
        vm.prank(notary);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_LengthMismatch.selector, 1, 2));
        deposits.holdMany(new ParticipantId[](1), new uint256[](2));
    }

    function test_holdMany_asksForTheRoleAndTheAdmission() public {
        vm.expectRevert(_unauthorized(stranger));
        _holdAs(stranger, payerId, 1);
        _grant(Roles.NOTARY, stranger);
        vm.expectRevert(_notNotary(stranger));
        _holdAs(stranger, payerId, 1);
        vm.prank(council);
        manager.revokeRole(Roles.NOTARY, notary);
        vm.expectRevert(_unauthorized(notary));
        _hold(1);
    }

    // ---- holdToRepay

    function test_holdToRepay_asksOnlyForOptInAndMoney() public {
        _setFrozen(payerId, true);
        _suspend(payerId);
        _expire();
        vm.prank(council);
        manager.revokeRole(Roles.NOTARY, notary);
        _close(address(deposits), true);
        ParticipantId[] memory payers = new ParticipantId[](1);
        uint256[] memory amounts = new uint256[](1);
        (payers[0], amounts[0]) = (payerId, 700_00);
        vm.expectEmit(address(deposits));
        emit IDepositToken.Held(notary, payers, amounts);
        vm.prank(notary);
        deposits.holdToRepay(payerId, 700_00);
        _assertAccount(payerId, 1000_00, 700_00);
        vm.prank(notary);
        vm.expectRevert(_insufficient(payerId, 300_00, 300_01));
        deposits.holdToRepay(payerId, 300_01);
    }

    function test_holdToRepay_revertsForOthers() public {
        vm.prank(stranger);
        vm.expectRevert(_notNotary(stranger));
        deposits.holdToRepay(payerId, 1);
        vm.prank(otherNotary);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_NotOptedIn.selector, payerId, otherNotary));
        deposits.holdToRepay(payerId, 1);
    }

    // ---- moveHolds

    function testFuzz_moveHolds_paysAndReleasesExactly(uint256 heldFen, uint256 paidFen, uint256 backFen) public {
        heldFen = bound(heldFen, 0, 1000_00);
        paidFen = bound(paidFen, 0, heldFen);
        backFen = bound(backFen, 0, heldFen - paidFen);
        _hold(heldFen);
        HoldMove[] memory moves = new HoldMove[](2);
        moves[0] = HoldMove(payerId, NOBODY, uint128(backFen));
        moves[1] = HoldMove(payerId, payeeId, uint128(paidFen));
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(payer, payee, paidFen);
        vm.expectEmit(address(deposits));
        emit IDepositToken.HoldsReduced(notary, moves);
        vm.prank(notary);
        deposits.moveHolds(moves);
        uint256 left = heldFen - paidFen - backFen;
        _assertAccount(payerId, 1000_00 - paidFen, left);
        _assertAccount(payeeId, paidFen, 0);
        assertEq(deposits.heldBy(payerId, notary), left, "held by the notary");
        assertEq(deposits.totalSupply(), 1000_00, "supply stays");
    }

    function test_moveHolds_pairsEveryPaymentWithItsAccounts() public {
        (address third, ParticipantId thirdId) = _enrol("Chengdu grid company", Kinds.GRID_COMPANY);
        _fund(third, 10_00);
        _optIn(third, notary);
        _hold(600_00);
        _holdAs(notary, thirdId, 10_00);
        HoldMove[] memory moves = new HoldMove[](5);
        moves[0] = HoldMove(payerId, thirdId, 100_00);
        moves[1] = HoldMove(payerId, NOBODY, 50_00);
        moves[2] = HoldMove(thirdId, payeeId, 10_00);
        moves[3] = HoldMove(payerId, payerId, 1_00);
        moves[4] = HoldMove(payerId, payeeId, 449_00);
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(payer, third, 100_00);
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(third, payee, 10_00);
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(payer, payer, 1_00);
        vm.expectEmit(address(deposits));
        emit IERC20.Transfer(payer, payee, 449_00);
        vm.prank(notary);
        deposits.moveHolds(moves);
        _assertAccount(payerId, 451_00, 0);
        _assertAccount(payeeId, 459_00, 0);
        _assertAccount(thirdId, 100_00, 0);
    }

    function test_moveHolds_asksTheRegistryOnlyWhereMoneyMoves() public {
        _hold(2);
        vm.expectCall(address(registry), abi.encodeWithSelector(registry.accountsOf.selector), 0);
        _move(payerId, NOBODY, 2);
        _assertAccount(payerId, 1000_00, 0);
    }

    function test_moveHolds_asksForNothingButTheHold() public {
        _hold(600_00);
        _setFrozen(payerId, true);
        _setFrozen(payeeId, true);
        _suspend(payeeId);
        _expire();
        vm.prank(payer);
        deposits.optIn(notary, false);
        vm.prank(council);
        manager.revokeRole(Roles.NOTARY, notary);
        _close(address(deposits), true);
        _close(address(registry), true);
        _move(payerId, payeeId, 400_00);
        _move(payerId, NOBODY, 200_00);
        _assertAccount(payerId, 600_00, 0);
        _assertAccount(payeeId, 400_00, 0);
    }

    function test_moveHolds_revertsBeyondTheHold() public {
        _optIn(payer, otherNotary);
        _hold(100_00);
        _holdAs(otherNotary, payerId, 5_00);
        vm.expectRevert(
            abi.encodeWithSelector(IDepositToken.DepositToken_ExceedsHold.selector, payerId, otherNotary, 5_00, 5_01)
        );
        _moveAs(otherNotary, payerId, payeeId, 5_01);
        vm.expectRevert(
            abi.encodeWithSelector(IDepositToken.DepositToken_ExceedsHold.selector, payerId, stranger, 0, 1)
        );
        _moveAs(stranger, payerId, NOBODY, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDepositToken.DepositToken_ExceedsHold.selector,
                payerId,
                notary,
                100_00,
                type(uint128).max
            )
        );
        _move(payerId, payeeId, type(uint128).max);
    }

    function test_moveHolds_revertsForAPayeeWhoDoesNotExist() public {
        _hold(1);
        vm.expectRevert(abi.encodeWithSelector(IDepositToken.DepositToken_UnknownParticipant.selector, UNKNOWN));
        _move(payerId, UNKNOWN, 1);
    }

    // ---- holdableOf

    function test_holdableOf_saysWhatCouldBeHeldNow() public {
        _hold(250_00);
        _fund(payee, 77);
        ParticipantId[] memory participants = new ParticipantId[](3);
        (participants[0], participants[1], participants[2]) = (payerId, payeeId, UNKNOWN);
        uint256[] memory holdable = deposits.holdableOf(participants, notary);
        assertEq(holdable[0], 750_00, "free");
        assertEq(holdable[1], 0, "not opted in");
        assertEq(holdable[2], 0, "unknown");
        _setFrozen(payerId, true);
        _optIn(payee, notary);
        holdable = deposits.holdableOf(participants, notary);
        assertEq(holdable[0], 0, "frozen");
        assertEq(holdable[1], 77, "opted in");
    }
}
