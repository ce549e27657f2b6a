// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {SecondFactor} from "../../contracts/identity/SecondFactor.sol";
import {Confirmation, ISecondFactor, Spending} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {Band, ITradeEscrowEvents, Trade} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Deploy} from "../utils/Deploy.sol";
import {Draft, Market, Party} from "../utils/Market.sol";
import {Permissions} from "../utils/Permissions.sol";
import {SigningWallet} from "../utils/Wallets.sol";
import {FactorVectors} from "./FactorVectors.sol";

contract SecondFactorTest is Market {
    bytes32 internal constant SUBJECT = FactorVectors.SUBJECT;
    uint256 internal constant PRICE = 40_000;
    /// @dev 4 kWh at 400 元/MWh, and 0.2511 - 0.0958 元/kWh of network charge on them: 1.60 元 + 0.62 元.
    uint64 internal constant COST = 222;
    /// @dev 15 % of 1.60 元.
    uint64 internal constant BOND = 24;

    string internal constant TOKEN = "the second person's token";

    // ---- steps

    function _bands(uint256 limit) internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(0, 4, 1_000, limit));
    }

    function _agreed() internal returns (Trade memory) {
        return _trade(thermal, works, _bands(PRICE));
    }

    function _guard(Party memory party, bytes memory factor, uint64 limitFen) internal {
        _enrolFactor(party.account, factor, limitFen);
    }

    function _guard(Party memory party, uint64 limitFen) internal {
        _guard(party, abi.encodePacked(_named(TOKEN)), limitFen);
    }

    function _confirm(Party memory party, bytes32 subject) internal {
        _confirmAsFactor(TOKEN, party.id, subject);
    }

    function _exposure(Party memory party) internal view returns (uint256) {
        return secondFactor.exposureOf(party.id, Calendar.today());
    }

    function _required(
        Party memory party,
        bytes32 subject,
        uint256 exposureFen,
        uint256 amountFen,
        uint64 limitFen
    ) internal pure returns (bytes memory) {
        return _factorRequired(party.id, subject, exposureFen, amountFen, limitFen);
    }

    function _openRefused(Trade memory trade, bytes memory failure) internal {
        bytes32 digest = escrow.hashTrade(trade);
        (bytes memory bought, bytes memory sold) = (_sign(works.key, digest), _sign(thermal.key, digest));
        bytes memory position = _sold(trade.sellerMeter, trade.day);
        vm.expectRevert(failure);
        escrow.open(trade, bought, sold, position);
    }

    function _assertConfirmation(Party memory party, bytes32 subject, Confirmation expected) internal view {
        assertEq(uint256(secondFactor.confirmationOf(party.id, subject)), uint256(expected), "confirmation");
    }

    // ---- confirm

    /// @dev What others signed, they signed for a contract at one place.
    function _moveToTheVectors() private {
        vm.etch(FactorVectors.PLACE, address(secondFactor).code);
        // The authority.
        vm.store(FactorVectors.PLACE, 0, vm.load(address(secondFactor), 0));
        secondFactor = SecondFactor(FactorVectors.PLACE);
        vm.startPrank(council);
        Permissions.secondFactor(manager, FactorVectors.PLACE);
        vm.stopPrank();
        works = solar;
        assertEq(ParticipantId.unwrap(works.id), FactorVectors.PARTICIPANT, "the participant they signed for");
    }

    function test_confirm_takesEachKindOfSigner() public {
        _moveToTheVectors();
        address passkeys = address(Deploy.passkeyVerifier());
        address keys = address(Deploy.p256Verifier());
        address rsaKeys = address(Deploy.rsaVerifier());
        _confirms(1, FactorVectors.p256(passkeys), FactorVectors.passkeySignature(true));
        _confirms(2, FactorVectors.p256(keys), FactorVectors.p256Signature());
        _confirms(3, FactorVectors.rsa(rsaKeys), FactorVectors.rsaSignature());
        _confirms(4, abi.encodePacked(_named(TOKEN)), _signAsFactor(TOKEN, works.id, SUBJECT));
        SigningWallet wallet = new SigningWallet(_named(TOKEN));
        _confirms(5, abi.encodePacked(address(wallet)), _signAsFactor(TOKEN, works.id, SUBJECT));
    }

    function _confirms(uint32 number, bytes memory factor, bytes memory signature) private {
        _guard(works, factor, 0);
        _assertConfirmation(works, SUBJECT, Confirmation.None);
        _refuses(SUBJECT, hex"");
        bytes memory tampered = bytes.concat(signature);
        tampered[40] ^= 0x01;
        _refuses(SUBJECT, tampered);
        _refuses(keccak256("something else"), signature);
        vm.expectEmit(address(secondFactor));
        emit ISecondFactor.SubjectConfirmed(works.id, SUBJECT, number);
        secondFactor.confirm(works.id, SUBJECT, signature);
        _assertConfirmation(works, SUBJECT, Confirmation.Given);
    }

    function _refuses(bytes32 subject, bytes memory signature) private {
        vm.expectRevert(
            abi.encodeWithSelector(ISecondFactor.SecondFactor_InvalidSignature.selector, works.id, subject)
        );
        secondFactor.confirm(works.id, subject, signature);
    }

    function test_confirmationDigest_isWhatAWalletComputes() public {
        _moveToTheVectors();
        assertEq(secondFactor.confirmationDigest(works.id, SUBJECT), FactorVectors.DIGEST, "EIP-712 digest");
    }

    function test_confirm_revertsForAPasskeyThatDidNotVerifyItsHolder() public {
        _moveToTheVectors();
        _guard(works, FactorVectors.p256(address(Deploy.passkeyVerifier())), 0);
        _refuses(SUBJECT, FactorVectors.passkeySignature(false));
    }

    function test_confirm_revertsForTheParticipantsOwnKeyAndForOthersFactors() public {
        _guard(works, 0);
        _guard(mill, abi.encodePacked(_named("another token")), 0);
        _refuses(SUBJECT, _signAsFactor("Deyang turbine works", works.id, SUBJECT));
        _refuses(SUBJECT, _signAsFactor("another token", works.id, SUBJECT));
        _confirmAsFactor("another token", mill.id, SUBJECT);
        _assertConfirmation(works, SUBJECT, Confirmation.None);
    }

    function test_confirm_revertsForWhatTheSameKeySignsToTrade() public {
        // The seller's account is also the second factor of the buyer.
        _guard(works, abi.encodePacked(thermal.account), 0);
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        _refuses(digest, _sign(thermal.key, digest));
        Draft memory sell = _sells();
        bytes32 order = _digestOf(true, thermal, sell.order);
        _refuses(order, sell.order.signature);
        _openRefused(trade, _required(works, digest, 0, COST, 0));
        _confirmAsFactor("Jiangyou thermal", works.id, digest);
        _open(trade, thermal, works);
    }

    function test_confirm_revertsForAnotherParticipantOrChain() public {
        _guard(works, 0);
        _guard(mill, 0);
        _refuses(SUBJECT, _signAsFactor(TOKEN, mill.id, SUBJECT));
        vm.chainId(1);
        bytes memory elsewhere = _signAsFactor(TOKEN, works.id, SUBJECT);
        vm.chainId(31_337);
        _refuses(SUBJECT, elsewhere);
    }

    function test_confirm_revertsWithoutASecondFactor() public {
        vm.expectRevert(abi.encodeWithSelector(ISecondFactor.SecondFactor_NoFactor.selector, works.id));
        secondFactor.confirm(works.id, SUBJECT, hex"");
    }

    function test_confirm_ofAFormerFactorIsVoid() public {
        _guard(works, 0);
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        _confirm(works, digest);
        _guard(works, abi.encodePacked(_named("new token")), 0);
        _openRefused(trade, _required(works, digest, 0, COST, 0));
        _refuses(digest, _signAsFactor(TOKEN, works.id, digest));
        // Nor does it come back with the number that it had.
        _guard(works, 0);
        _openRefused(trade, _required(works, digest, 0, COST, 0));
        _confirm(works, digest);
        _open(trade, thermal, works);
    }

    function test_confirm_staysWithAFactorThatIsKept() public {
        _guard(works, 0);
        Trade memory trade = _agreed();
        _confirm(works, escrow.hashTrade(trade));
        _guard(works, 1);
        _open(trade, thermal, works);
    }

    function test_confirm_revertsWhereClosed() public {
        _guard(works, 0);
        _close(address(secondFactor), true);
        bytes memory signature = _signAsFactor(TOKEN, works.id, SUBJECT);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        secondFactor.confirm(works.id, SUBJECT, signature);
    }

    // ---- bilateral trades

    function test_open_reachesTheLimitExactly() public {
        _guard(works, 2 * COST);
        _open(_agreed(), thermal, works);
        Trade memory second = _agreed();
        vm.expectEmit(address(secondFactor));
        emit ISecondFactor.ExposureRecorded(works.id, START, escrow.hashTrade(second), COST, 2 * COST);
        _open(second, thermal, works);
        assertEq(_exposure(works), 2 * COST, "exposure");
        Trade memory third = _agreed();
        _openRefused(third, _required(works, escrow.hashTrade(third), 2 * COST, COST, 2 * COST));
    }

    function test_open_revertsOneFenBeyond() public {
        _guard(works, 2 * COST - 1);
        _open(_agreed(), thermal, works);
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        _openRefused(trade, _required(works, digest, COST, COST, 2 * COST - 1));
        // The seller's second factor does not answer for the buyer.
        _guard(thermal, abi.encodePacked(_named("another token")), BOND * 10);
        _confirmAsFactor("another token", thermal.id, digest);
        _openRefused(trade, _required(works, digest, COST, COST, 2 * COST - 1));
        _confirm(works, digest);
        _open(trade, thermal, works);
        assertEq(_exposure(works), 2 * COST, "what was confirmed counts");
        Trade memory third = _agreed();
        _openRefused(third, _required(works, escrow.hashTrade(third), 2 * COST, COST, 2 * COST - 1));
    }

    function test_open_cannotReplayAConfirmation() public {
        _guard(works, 0);
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        _confirm(works, digest);
        _open(trade, thermal, works);
        _openRefused(
            trade,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NonceUsed.selector, works.account, trade.nonce)
        );
        trade.nonce = ++_nonce;
        _openRefused(trade, _required(works, escrow.hashTrade(trade), COST, COST, 0));
    }

    function test_open_countsTheWholePriceOnTermsAndTheBondOfSellers() public {
        _guard(works, COST);
        _guard(thermal, BOND);
        _openOnTerms(thermal, works, _bands(PRICE), 30);
        assertEq(_exposure(works), COST, "energy and network charge");
        assertEq(_exposure(thermal), BOND, "bond");
        Trade memory trade = _trade(thermal, mill, _bands(PRICE));
        bytes32 digest = escrow.hashTrade(trade);
        (bytes memory bought, bytes memory sold) = (_sign(mill.key, digest), _sign(thermal.key, digest));
        bytes memory position = _sold(trade.sellerMeter, trade.day);
        vm.expectRevert(_required(thermal, digest, BOND, BOND, BOND));
        escrow.open(trade, bought, sold, position);
    }

    function test_open_beginsAtNothingTheNextDay() public {
        _guard(works, COST);
        _open(_agreed(), thermal, works);
        vm.warp(Calendar.startOf(START.plusDays(1)) - 1);
        Trade memory late = _agreed();
        _openRefused(late, _required(works, escrow.hashTrade(late), COST, COST, COST));
        vm.warp(Calendar.startOf(START.plusDays(1)));
        _open(late, thermal, works);
        assertEq(_exposure(works), COST, "of the new day");
        assertEq(secondFactor.exposureOf(works.id, START), COST, "of the day before");
    }

    function test_open_asksForStandingWhateverIsConfirmed() public {
        _guard(works, 0);
        Trade memory trade = _agreed();
        _confirm(works, escrow.hashTrade(trade));
        _suspend(works.id);
        _openRefused(
            trade,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector, works.account)
        );
    }

    function test_open_neverAsksTradersWithoutASecondFactor() public {
        _close(address(secondFactor), true);
        vm.expectCall(address(secondFactor), "", 0);
        _open(_agreed(), thermal, works);
    }

    // ---- margin

    function _sells() internal returns (Draft memory) {
        return _sell(thermal, Builder.bands(Builder.band(0, 4, 2_000, 30_000)));
    }

    function test_margin_countsWhenItIsSetAside() public {
        _guard(works, 100);
        _setAside(60);
        vm.prank(works.account);
        escrow.allowOnTerms(40);
        assertEq(_exposure(works), 100, "both count");

        bytes memory call = abi.encodeCall(escrow.lockMargin, (1));
        bytes32 subject = _callSubject(address(escrow), works.id, call);
        vm.prank(works.account);
        vm.expectRevert(_required(works, subject, 100, 1, 100));
        escrow.lockMargin(1);
        _confirm(works, subject);
        _setAside(1);
        assertEq(_exposure(works), 101, "confirmed");
        vm.prank(works.account);
        vm.expectPartialRevert(ISecondFactor.SecondFactor_Required.selector);
        escrow.lockMargin(1);
    }

    function _setAside(uint96 amountFen) private {
        vm.prank(works.account);
        escrow.lockMargin(amountFen);
    }

    // ---- transfers

    function _transferSubject(uint256 amountFen) internal view returns (bytes32) {
        return _callSubject(address(deposits), works.id, abi.encodeCall(deposits.transfer, (mill.account, amountFen)));
    }

    function _pay(uint256 amountFen) internal {
        vm.prank(works.account);
        deposits.transfer(mill.account, amountFen);
    }

    function test_transfer_countsAndRevertsBeyondTheLimit() public {
        _guard(works, COST + 10);
        _open(_agreed(), thermal, works);
        _pay(10);
        bytes memory failure = _required(works, _transferSubject(1), COST + 10, 1, COST + 10);
        vm.prank(works.account);
        vm.expectRevert(failure);
        deposits.transfer(mill.account, 1);
        vm.prank(works.account);
        deposits.approve(stranger, 1);
        bytes memory call = abi.encodeCall(deposits.transferFrom, (works.account, mill.account, 1));
        failure = _required(works, _callSubject(address(deposits), works.id, call), COST + 10, 1, COST + 10);
        vm.prank(stranger);
        vm.expectRevert(failure);
        deposits.transferFrom(works.account, mill.account, 1);
        vm.prank(works.account);
        deposits.redeem(1_000, "to the own bank account");
    }

    function test_transfer_usesItsConfirmationUp() public {
        _guard(works, 0);
        bytes32 subject = _transferSubject(500);
        _confirm(works, subject);
        bytes memory other = _required(works, _transferSubject(501), 0, 501, 0);
        vm.prank(works.account);
        vm.expectRevert(other);
        deposits.transfer(mill.account, 501);

        vm.expectEmit(address(secondFactor));
        emit ISecondFactor.ConfirmationUsed(works.id, subject, 1);
        _pay(500);
        assertEq(_balance(mill.id), WEALTH + 500, "paid");
        _assertConfirmation(works, subject, Confirmation.Used);
        // The same signature gives nothing back.
        _confirm(works, subject);
        bytes memory again = _required(works, subject, 500, 500, 0);
        vm.prank(works.account);
        vm.expectRevert(again);
        deposits.transfer(mill.account, 500);
    }

    function test_transfer_needsAConfirmationOfItsDay() public {
        _guard(works, 0);
        _confirm(works, _transferSubject(500));
        vm.warp(Calendar.startOf(START.plusDays(1)));
        bytes memory failure = _required(works, _transferSubject(500), 0, 500, 0);
        vm.prank(works.account);
        vm.expectRevert(failure);
        deposits.transfer(mill.account, 500);
        _confirm(works, _transferSubject(500));
        _pay(500);
    }

    function test_callSubject_changesWithEverythingInIt() public {
        Day today = Calendar.today();
        bytes32 subject = secondFactor.callSubject(address(kwh), works.id, hex"01", today);
        bytes32[5] memory others = [
            secondFactor.callSubject(address(meters), works.id, hex"01", today),
            secondFactor.callSubject(address(kwh), mill.id, hex"01", today),
            secondFactor.callSubject(address(kwh), works.id, hex"02", today),
            secondFactor.callSubject(address(kwh), works.id, hex"01", today.plusDays(1)),
            bytes32(0)
        ];
        vm.chainId(1);
        others[4] = secondFactor.callSubject(address(kwh), works.id, hex"01", today);
        for (uint256 i; i < others.length; ++i) {
            assertTrue(others[i] != subject, "another subject");
        }
    }

    function test_transfer_withinTheLimitKeepsItsConfirmation() public {
        _guard(works, 500);
        bytes32 subject = _transferSubject(500);
        _confirm(works, subject);
        _pay(500);
        _assertConfirmation(works, subject, Confirmation.Given);
        _pay(500);
        _assertConfirmation(works, subject, Confirmation.Used);
    }

    // ---- exits

    function test_whatIsOpenIsFinishedWithoutAsking() public {
        _guard(works, COST);
        _guard(thermal, BOND);
        TradeId id = _openOnTerms(thermal, works, _bands(PRICE), 0);
        _guard(works, 0);
        _guard(thermal, 0);
        _close(address(secondFactor), true);
        _measured(thermal.meter, Builder.level(0, 4, 1_000));
        _settle(id);
        assertEq(_held(works), 0, "nothing is held any more");
        vm.prank(thermal.account);
        deposits.redeem(WEALTH, "out");
    }

    // ---- who may count

    function _spending(uint256 amountFen) internal view returns (Spending memory) {
        return Spending(works.id, SUBJECT, amountFen);
    }

    function test_spend_revertsForAnybodyElse() public {
        vm.startPrank(works.account);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, works.account));
        secondFactor.spendBoth(_spending(1), _spending(1));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, works.account));
        secondFactor.spendOnce(works.id, SUBJECT, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, works.account));
        secondFactor.useConfirmation(works.id, SUBJECT);
        vm.stopPrank();
    }

    function test_useConfirmation_usesItUpWhateverTheLimit() public {
        vm.prank(address(escrow));
        secondFactor.useConfirmation(works.id, SUBJECT);
        _guard(works, type(uint64).max);
        bytes memory required = _factorAlwaysRequired(works.id, SUBJECT);
        vm.prank(address(escrow));
        vm.expectRevert(required);
        secondFactor.useConfirmation(works.id, SUBJECT);
        _confirm(works, SUBJECT);
        vm.expectEmit(address(secondFactor));
        emit ISecondFactor.ConfirmationUsed(works.id, SUBJECT, 1);
        vm.prank(address(escrow));
        secondFactor.useConfirmation(works.id, SUBJECT);
        _confirm(works, SUBJECT);
        vm.prank(address(escrow));
        vm.expectRevert(required);
        secondFactor.useConfirmation(works.id, SUBJECT);
        assertEq(_exposure(works), 0, "it has no price");
    }

    function test_spend_ofNothingIsNothing() public {
        _guard(works, 0);
        vm.startPrank(address(escrow));
        secondFactor.spendBoth(_spending(0), _spending(0));
        secondFactor.spendOnce(works.id, SUBJECT, 0);
        vm.stopPrank();
        assertTrue(secondFactor.allows(works.id, SUBJECT, 0), "nothing commits to nothing");
        assertFalse(secondFactor.allows(works.id, SUBJECT, 1), "a fen does");
        assertEq(_exposure(works), 0, "exposure");
        _assertConfirmation(works, SUBJECT, Confirmation.None);
    }
}
