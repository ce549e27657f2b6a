// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {
    Bid,
    BidId,
    BidStatus,
    FinancingRequest,
    IFinancingDesk,
    RequestId,
    RequestStatus
} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Discount} from "../../contracts/finance/libraries/Discount.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {Day} from "../../contracts/types/Day.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {HoldBehaviour} from "../behaviours/HoldBehaviour.sol";
import {ContractWallet} from "../utils/ContractWallet.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";
import {Platform} from "../utils/Platform.sol";

contract FinancingDeskTest is FinancePlatform, HoldBehaviour {
    uint32 internal constant MAX_RATE = 600;
    uint32 internal constant RATE = 385;
    uint128 internal constant UNITS = 60_000_000;

    ReceivableId internal claim;
    Day internal lastDay = START.plusDays(10);

    function setUp() public override(FinancePlatform, Platform) {
        super.setUp();
        claim = _issue(FACE);
        vm.prank(plant);
        receivables.setApprovalForAll(address(desk), true);
    }

    // ---- steps

    function _request() internal returns (RequestId) {
        vm.prank(plant);
        return desk.requestFinancing(claim, UNITS, MAX_RATE, lastDay);
    }

    function _bid(RequestId request, address bidder) internal returns (BidId) {
        vm.prank(bidder);
        return desk.placeBid(request, RATE, true, lastDay);
    }

    function _accept(BidId id) internal {
        vm.prank(plant);
        desk.accept(id);
    }

    function _statusIs(BidId id, BidStatus expected) internal view {
        assertEq(uint256(desk.bid(id).status), uint256(expected), "bid status");
    }

    function _price(uint256 daysToDue) internal pure returns (uint256) {
        return Discount.price(UNITS, RATE, daysToDue);
    }

    function _notGood(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IFinancingDesk.FinancingDesk_ParticipantNotGood.selector, account);
    }

    function _closedTo(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, account);
    }

    function _notOpen(RequestId id, RequestStatus status) internal view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IFinancingDesk.FinancingDesk_RequestNotOpen.selector,
                id,
                status,
                desk.request(id).lastDay
            );
    }

    function _wrongStatus(BidId id, BidStatus status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IFinancingDesk.FinancingDesk_WrongBidStatus.selector, id, status);
    }

    function _invalidLastDay(Day day, Day latest) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IFinancingDesk.FinancingDesk_InvalidLastDay.selector, day, latest);
    }

    function _insufficient(uint256 units, uint256 balance) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IFinancingDesk.FinancingDesk_InsufficientUnits.selector, claim, units, balance);
    }

    function _notParty(address caller, ParticipantId party) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IFinancingDesk.FinancingDesk_NotParty.selector, caller, party);
    }

    // ---- requestFinancing

    function test_requestFinancing_opensARequest() public {
        RequestId first = RequestId.wrap(1);
        FinancingRequest memory expected = FinancingRequest({
            requester: plantId,
            status: RequestStatus.Open,
            lastDay: lastDay,
            maxRateBp: MAX_RATE,
            units: UNITS,
            receivable: claim
        });
        vm.expectEmit(address(desk));
        emit IFinancingDesk.FinancingRequested(first, claim, plantId, expected);
        RequestId id = _request();
        assertEq(abi.encode(desk.request(id)), abi.encode(expected), "request");
        (uint64 requests, uint64 bids) = desk.counts();
        assertEq(requests, 1, "requests");
        assertEq(bids, 0, "bids");
    }

    function test_requestFinancing_revertsWhereClosedOrForStrangers() public {
        vm.prank(stranger);
        vm.expectRevert(_notGood(stranger));
        desk.requestFinancing(claim, UNITS, MAX_RATE, lastDay);
        _suspend(plantId);
        vm.prank(plant);
        vm.expectRevert(_notGood(plant));
        desk.requestFinancing(claim, UNITS, MAX_RATE, lastDay);
        _close(address(desk), true);
        vm.prank(plant);
        vm.expectRevert(_closedTo(plant));
        desk.requestFinancing(claim, UNITS, MAX_RATE, lastDay);
    }

    function test_requestFinancing_revertsForUnitsTheCallerDoesNotHold() public {
        vm.startPrank(plant);
        vm.expectRevert(_insufficient(0, FACE));
        desk.requestFinancing(claim, 0, MAX_RATE, lastDay);
        vm.expectRevert(_insufficient(FACE + 1, FACE));
        desk.requestFinancing(claim, FACE + 1, MAX_RATE, lastDay);
        desk.requestFinancing(claim, FACE, MAX_RATE, lastDay);
    }

    function test_requestFinancing_endsBetweenTodayAndTheDayBeforeTheDueDay() public {
        Day latest = Day.wrap(Day.unwrap(dueDay) - 1);
        Day yesterday = Day.wrap(Day.unwrap(START) - 1);
        vm.startPrank(plant);
        vm.expectRevert(_invalidLastDay(yesterday, latest));
        desk.requestFinancing(claim, UNITS, MAX_RATE, yesterday);
        vm.expectRevert(_invalidLastDay(dueDay, latest));
        desk.requestFinancing(claim, UNITS, MAX_RATE, dueDay);
        desk.requestFinancing(claim, UNITS, MAX_RATE, START);
        desk.requestFinancing(claim, UNITS, MAX_RATE, latest);
    }

    // ---- placeBid

    function test_placeBid_holdsTheMostItCanCost() public {
        RequestId request = _request();
        uint256 heldFen = _price(80);
        Bid memory expected = Bid({
            request: request,
            bidder: firstBankId,
            status: BidStatus.Funded,
            recourse: true,
            rateBp: RATE,
            lastDay: lastDay,
            heldFen: uint128(heldFen),
            paidFen: 0,
            subject: desk.subjectHash(claim)
        });
        vm.expectEmit(address(desk));
        emit IFinancingDesk.BidPlaced(BidId.wrap(1), request, firstBankId, expected, false);
        BidId id = _bid(request, firstBank);
        assertEq(abi.encode(desk.bid(id)), abi.encode(expected), "bid");
        assertEq(deposits.heldBy(firstBankId, address(desk)), heldFen, "held");
        // 600,000.00 元 at 3.85 % over 80 days.
        assertEq(heldFen, 59_486_667, "worked example");
    }

    function test_placeBid_marksABankThatIsAnAffiliateOfTheRequesterOrTheDebtor() public {
        RequestId request = _request();
        _declareController(firstBank, "group");
        _declareController(plant, "group");
        _bidIsToAffiliate(request, true);
        _declareController(plant, "another group");
        _bidIsToAffiliate(request, false);
        _declareController(works, "group");
        _bidIsToAffiliate(request, true);
    }

    function _bidIsToAffiliate(RequestId request, bool marked) private {
        vm.recordLogs();
        BidId id = _bid(request, firstBank);
        // Its event comes before anything is held.
        (Bid memory placed, bool toAffiliate) = abi.decode(vm.getRecordedLogs()[0].data, (Bid, bool));
        assertEq(abi.encode(placed), abi.encode(desk.bid(id)), "bid");
        assertTrue(toAffiliate == marked, "marked");
    }

    function test_placeBid_beyondTheBanksLimitAsksForItsSecondFactorOnce() public {
        RequestId request = _request();
        uint256 heldFen = _price(80);
        address token = _named("the bank's token");
        _enrolFactor(firstBank, abi.encodePacked(token), uint64(2 * heldFen - 1));
        _bid(request, firstBank);
        assertEq(secondFactor.exposureOf(firstBankId, START), heldFen, "counted");

        bytes memory call = abi.encodeCall(desk.placeBid, (request, RATE, true, lastDay));
        bytes32 subject = _callSubject(address(desk), firstBankId, call);
        bytes memory required = _factorRequired(firstBankId, subject, heldFen, heldFen, uint64(2 * heldFen - 1));
        vm.prank(firstBank);
        vm.expectRevert(required);
        desk.placeBid(request, RATE, true, lastDay);
        _confirmAsFactor("the bank's token", firstBankId, subject);
        _bid(request, firstBank);
        vm.prank(firstBank);
        vm.expectPartialRevert(ISecondFactor.SecondFactor_Required.selector);
        desk.placeBid(request, RATE, true, lastDay);
        // Banks without a second factor are not asked.
        _bid(request, secondBank);
    }

    function test_placeBid_neverAsksForASecondFactorThatABankDoesNotHave() public {
        RequestId request = _request();
        _close(address(secondFactor), true);
        vm.expectCall(address(secondFactor), "", 0);
        _statusIs(_bid(request, firstBank), BidStatus.Funded);
    }

    function test_placeBid_revertsForAnybodyButABankInGoodStanding() public {
        RequestId request = _request();
        vm.prank(supplier);
        vm.expectRevert(_notGood(supplier));
        desk.placeBid(request, RATE, false, lastDay);
        // The plant that asks is a generator, the kind next to nothing in the mask of kinds.
        vm.prank(plant);
        vm.expectRevert(_notGood(plant));
        desk.placeBid(request, RATE, false, lastDay);
        _suspend(firstBankId);
        vm.prank(firstBank);
        vm.expectRevert(_notGood(firstBank));
        desk.placeBid(request, RATE, false, lastDay);
        _close(address(desk), true);
        vm.prank(secondBank);
        vm.expectRevert(_closedTo(secondBank));
        desk.placeBid(request, RATE, false, lastDay);
    }

    function test_placeBid_revertsOnceTheRequestHasEnded() public {
        RequestId unknown = RequestId.wrap(1);
        bytes memory notOpen = _notOpen(unknown, RequestStatus.None);
        vm.prank(firstBank);
        vm.expectRevert(notOpen);
        desk.placeBid(unknown, RATE, false, lastDay);

        RequestId request = _request();
        notOpen = _notOpen(request, RequestStatus.Open);
        _goToLastSecondOf(lastDay);
        _bid(request, firstBank);
        _goTo(lastDay.plusDays(1));
        vm.prank(firstBank);
        vm.expectRevert(notOpen);
        desk.placeBid(request, RATE, false, lastDay);
    }

    function test_placeBid_bindsUntilTheRequestsLastDayAtMost() public {
        RequestId request = _request();
        Day yesterday = Day.wrap(Day.unwrap(START) - 1);
        vm.startPrank(firstBank);
        vm.expectRevert(_invalidLastDay(yesterday, lastDay));
        desk.placeBid(request, RATE, false, yesterday);
        vm.expectRevert(_invalidLastDay(lastDay.plusDays(1), lastDay));
        desk.placeBid(request, RATE, false, lastDay.plusDays(1));
        desk.placeBid(request, RATE, false, START);
    }

    function test_placeBid_revertsForARateThatIsTooHigh() public {
        RequestId request = _request();
        vm.startPrank(firstBank);
        vm.expectRevert(
            abi.encodeWithSelector(IFinancingDesk.FinancingDesk_InvalidRate.selector, MAX_RATE + 1, MAX_RATE)
        );
        desk.placeBid(request, MAX_RATE + 1, false, lastDay);
        desk.placeBid(request, MAX_RATE, false, lastDay);
        vm.stopPrank();

        // At 400 % a year nothing is left 90 days ahead, though something is on the last day.
        vm.prank(plant);
        request = desk.requestFinancing(claim, UNITS, 40_000, lastDay);
        vm.prank(firstBank);
        vm.expectRevert(abi.encodeWithSelector(Discount.Discount_NothingLeft.selector, UNITS, 40_000, 90));
        desk.placeBid(request, 40_000, false, lastDay);
    }

    // ---- accept

    function test_accept_swapsMoneyAndUnits() public {
        RequestId request = _request();
        BidId id = _bid(request, firstBank);
        _goTo(START.plusDays(3));
        uint256 paidFen = _price(87);
        vm.expectEmit(address(desk));
        emit IFinancingDesk.Financed(id, request, claim, UNITS, paidFen, 87);
        _accept(id);
        assertEq(deposits.balanceOfParticipant(plantId), paidFen, "the plant is paid");
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH - paidFen, "by the bank");
        assertEq(deposits.heldOf(firstBankId), 0, "the rest is free");
        assertEq(_unitsOf(firstBank, claim), UNITS, "the bank holds the units");
        assertEq(_unitsOf(plant, claim), FACE - UNITS, "the plant the others");
        _statusIs(id, BidStatus.Accepted);
        assertEq(desk.bid(id).paidFen, paidFen, "paid");
        assertEq(desk.bid(id).heldFen, 0, "held");
        assertEq(uint256(desk.request(request).status), uint256(RequestStatus.Financed), "request");

        // At maturity the bank is paid its units.
        _goTo(dueDay);
        _repay(claim, FACE);
        _collect(claim, firstBank);
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH - paidFen + UNITS, "the bank earns the discount");
    }

    function test_accept_beyondTheHoldersLimitTakesItsSecondFactor() public {
        BidId id = _bid(_request(), firstBank);
        _enrolFactor(plant, abi.encodePacked(_named("token")), uint64(UNITS) - 1);
        bytes32 subject = _callSubject(address(desk), plantId, abi.encodeCall(desk.accept, (id)));
        bytes memory required = _factorRequired(plantId, subject, 0, UNITS, uint64(UNITS) - 1);
        vm.expectRevert(required);
        _accept(id);
        _confirmAsFactor("token", plantId, subject);
        // What was confirmed is the bid, not the units: they do not leave without the money.
        vm.expectPartialRevert(ISecondFactor.SecondFactor_Required.selector);
        _pass(plant, firstBank, claim, UNITS);
        _accept(id);
        assertEq(secondFactor.exposureOf(plantId, START), UNITS, "counted once");
    }

    function test_accept_onTheLastDayPaysAllThatIsHeld() public {
        BidId id = _bid(_request(), firstBank);
        _goToLastSecondOf(lastDay);
        _accept(id);
        assertEq(deposits.balanceOfParticipant(plantId), _price(80), "all of it");
        assertEq(deposits.heldOf(firstBankId), 0, "nothing left");
    }

    function test_accept_givesBackASingleFen() public {
        vm.prank(plant);
        RequestId request = desk.requestFinancing(claim, 1_000, MAX_RATE, lastDay);
        BidId id = _bid(request, firstBank);
        // 10.00 元 at 3.85 %: 9.91 元 over 80 days, 9.90 元 over 90.
        assertEq(deposits.heldOf(firstBankId), 991, "held");
        _accept(id);
        assertEq(deposits.balanceOfParticipant(plantId), 990, "paid");
        assertEq(deposits.freeOf(firstBankId), WEALTH - 990, "the fen is free");
    }

    function testFuzz_accept_neverPaysMoreThanIsHeldNorLeavesAnything(
        uint256 rate,
        uint256 offer,
        uint256 waits
    ) public {
        uint32 rateBp = uint32(bound(rate, 0, 3_000));
        Day latest = START.plusDays(bound(offer, 0, 89));
        vm.prank(plant);
        RequestId request = desk.requestFinancing(claim, UNITS, 3_000, latest);
        vm.prank(firstBank);
        BidId id = desk.placeBid(request, rateBp, false, latest);
        uint256 heldFen = deposits.heldOf(firstBankId);
        uint256 waited = bound(waits, 0, Day.unwrap(latest) - Day.unwrap(START));
        _goTo(START.plusDays(waited));
        _accept(id);
        uint256 paidFen = Discount.price(UNITS, rateBp, 90 - waited);
        assertTrue(paidFen <= heldFen, "within the hold");
        assertEq(deposits.balanceOfParticipant(plantId), paidFen, "paid");
        assertEq(deposits.heldOf(firstBankId), 0, "nothing left");
    }

    function test_accept_revertsWhereClosed() public {
        BidId id = _bid(_request(), firstBank);
        _close(address(desk), true);
        vm.prank(plant);
        vm.expectRevert(_closedTo(plant));
        desk.accept(id);
    }

    function test_accept_revertsAfterTheLastSecondOfTheBid() public {
        RequestId request = _request();
        vm.prank(firstBank);
        BidId id = desk.placeBid(request, RATE, true, START);
        _goTo(START.plusDays(1));
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_BidExpired.selector, id, START));
        desk.accept(id);
    }

    function test_accept_revertsAfterTheLastSecondOfTheRequest() public {
        RequestId request = _request();
        BidId id = _bid(request, firstBank);
        _goTo(lastDay.plusDays(1));
        bytes memory notOpen = _notOpen(request, RequestStatus.Open);
        vm.prank(plant);
        vm.expectRevert(notOpen);
        desk.accept(id);
    }

    function test_accept_revertsForASecondBidOnARequest() public {
        RequestId request = _request();
        BidId better = _bid(request, firstBank);
        BidId other = _bid(request, secondBank);
        _accept(better);
        vm.prank(plant);
        vm.expectRevert(_wrongStatus(better, BidStatus.Accepted));
        desk.accept(better);
        bytes memory notOpen = _notOpen(request, RequestStatus.Financed);
        vm.prank(plant);
        vm.expectRevert(notOpen);
        desk.accept(other);
        vm.prank(plant);
        vm.expectRevert(_wrongStatus(BidId.wrap(99), BidStatus.None));
        desk.accept(BidId.wrap(99));
    }

    function test_accept_revertsForAnybodyButTheRequesterInGoodStanding() public {
        BidId id = _bid(_request(), firstBank);
        vm.prank(firstBank);
        vm.expectRevert(_notParty(firstBank, plantId));
        desk.accept(id);
        _suspend(plantId);
        vm.prank(plant);
        vm.expectRevert(_notGood(plant));
        desk.accept(id);
    }

    function test_accept_financesUnitsOnce() public {
        RequestId request = _request();
        RequestId again = _request();
        BidId id = _bid(request, firstBank);
        BidId double = _bid(again, secondBank);
        _accept(id);
        vm.prank(plant);
        vm.expectRevert(_insufficient(UNITS, FACE - UNITS));
        desk.accept(double);
        assertEq(deposits.balanceOfParticipant(secondBankId), WEALTH, "the second bank paid nothing");
    }

    function test_accept_revertsWithoutApproval() public {
        BidId id = _bid(_request(), firstBank);
        vm.startPrank(plant);
        receivables.setApprovalForAll(address(desk), false);
        vm.expectRevert(
            abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, address(desk), plant)
        );
        desk.accept(id);
    }

    function test_accept_revertsForABankSuspendedSince() public {
        BidId id = _bid(_request(), firstBank);
        _suspend(firstBankId);
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_ParticipantNotGood.selector, firstBank));
        desk.accept(id);
    }

    function test_accept_goesOnAfterAnEarlyPartPayment() public {
        BidId id = _bid(_request(), firstBank);
        _repay(claim, 1);
        _accept(id);
        assertEq(_unitsOf(firstBank, claim), UNITS, "financed");
    }

    function test_accept_revertsOnceTheDebtorPaidInFull() public {
        BidId id = _bid(_request(), firstBank);
        _repay(claim, FACE);
        _refusesChanged(id);
    }

    function test_accept_revertsOnceTheClockStoodStillEvenForASecond() public {
        BidId id = _bid(_request(), firstBank);
        _standStill(_debtOf(claim), block.timestamp + 1);
        _refusesChanged(id);
        vm.warp(block.timestamp + 1);
        _refusesChanged(id);
    }

    function test_accept_revertsOnceTheDebtorDefaultedElsewhere() public {
        DebtId early = _oweElsewhere();
        BidId id = _bid(_request(), firstBank);
        _default(early);
        _refusesChanged(id);
        // What was bid on is the same again once that is paid.
        _payOff(early);
        _accept(id);
    }

    /// @dev Nor what is bid while it is so: the bid holds no money that nobody can draw on.
    function test_accept_financesNothingWhileTheDebtorIsInDefault() public {
        DebtId early = _oweElsewhere();
        _default(early);
        BidId id = _bid(_request(), firstBank);
        assertFalse(desk.isBinding(id), "cannot be accepted");
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_UnitsFixed.selector, claim));
        desk.accept(id);
        desk.releaseBid(id);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
    }

    function test_accept_revertsWhileTheDebtorIsSuspended() public {
        BidId id = _bid(_request(), firstBank);
        _suspend(worksId);
        _refusesChanged(id);
        vm.prank(compliance);
        registry.reinstate(worksId);
        _accept(id);
    }

    /// @dev Another debt of the works, due long before.
    function _oweElsewhere() internal returns (DebtId) {
        return _post(DebtCode.EnergyOnTerms, worksId, plantId, 1, START.plusDays(1));
    }

    function _refusesChanged(BidId id) internal {
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_SubjectChanged.selector, id));
        desk.accept(id);
    }

    // ---- banks that are contracts

    function _contractBank() internal returns (ContractWallet wallet, ParticipantId id) {
        wallet = new ContractWallet();
        id = _enrol(address(wallet), Kinds.BANK, FirmSize.Large);
        _fund(address(wallet), WEALTH);
        wallet.act(address(deposits), abi.encodeCall(IDepositToken.optIn, (address(desk), true)));
    }

    function _bidOf(ContractWallet wallet, RequestId request) internal returns (BidId) {
        bytes memory call = abi.encodeCall(IFinancingDesk.placeBid, (request, RATE, false, lastDay));
        return abi.decode(wallet.act(address(desk), call), (BidId));
    }

    function test_accept_paysABankThatIsAContract() public {
        (ContractWallet wallet, ) = _contractBank();
        BidId id = _bidOf(wallet, _request());
        _accept(id);
        assertEq(_unitsOf(address(wallet), claim), UNITS, "units");
    }

    function test_accept_cannotBeReenteredByTheReceivingBank() public {
        (ContractWallet wallet, ParticipantId walletId) = _contractBank();
        // The wallet also holds units, asks for financing of its own and has an offer for it.
        _pass(plant, address(wallet), claim, 1_000);
        wallet.act(address(receivables), abi.encodeCall(receivables.setApprovalForAll, (address(desk), true)));
        bytes memory call = abi.encodeCall(IFinancingDesk.requestFinancing, (claim, 1_000, MAX_RATE, lastDay));
        RequestId own = abi.decode(wallet.act(address(desk), call), (RequestId));
        BidId forWallet = _bid(own, secondBank);
        BidId id = _bidOf(wallet, _request());

        wallet.onReceipt(address(desk), abi.encodeCall(IFinancingDesk.accept, (forWallet)), true);
        vm.prank(plant);
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        desk.accept(id);

        wallet.onReceipt(address(desk), abi.encodeCall(IFinancingDesk.accept, (forWallet)), false);
        _accept(id);
        assertFalse(wallet.succeeded(), "the inner call failed");
        assertEq(_unitsOf(address(wallet), claim), UNITS + 1_000, "units");
        assertEq(deposits.balanceOfParticipant(walletId), WEALTH - _price(90), "paid once");
        _statusIs(forWallet, BidStatus.Funded);
    }

    function test_accept_isDoneBeforeTheReceivingBankIsCalled() public {
        (ContractWallet wallet, ParticipantId walletId) = _contractBank();
        BidId id = _bidOf(wallet, _request());
        wallet.onReceipt(address(desk), abi.encodeCall(IFinancingDesk.releaseBid, (id)), false);
        _accept(id);
        assertFalse(wallet.succeeded(), "nothing left to release");
        assertEq(wallet.answer(), _wrongStatus(id, BidStatus.Accepted), "accepted already");
        assertEq(deposits.balanceOfParticipant(walletId), WEALTH - _price(90), "paid");
    }

    function test_accept_canTakeAnotherBidWhenABankRefusesTheUnits() public {
        // An account with code that accepts no units.
        ParticipantId deaf = _enrol(address(financeRules), Kinds.BANK, FirmSize.Large);
        _fund(address(financeRules), WEALTH);
        _optIn(address(financeRules), address(desk));
        RequestId request = _request();
        BidId refusing = _bid(request, address(financeRules));
        BidId other = _bid(request, firstBank);
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(financeRules)));
        desk.accept(refusing);
        _accept(other);
        desk.releaseBid(refusing);
        assertEq(deposits.heldOf(deaf), 0, "free again");
    }

    // ---- cancelRequest

    function test_cancelRequest_freesTheBids() public {
        RequestId request = _request();
        BidId id = _bid(request, firstBank);
        vm.expectEmit(address(desk));
        emit IFinancingDesk.RequestCancelled(request);
        vm.prank(plant);
        desk.cancelRequest(request);
        desk.releaseBid(id);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
        bytes memory notOpen = _notOpen(request, RequestStatus.Cancelled);
        vm.prank(plant);
        vm.expectRevert(notOpen);
        desk.cancelRequest(request);
    }

    function test_cancelRequest_revertsForAnybodyElse() public {
        RequestId request = _request();
        vm.prank(firstBank);
        vm.expectRevert(_notParty(firstBank, plantId));
        desk.cancelRequest(request);
    }

    function test_placeBid_revertsForTheHolderAndTheDebtor() public {
        _pass(plant, firstBank, claim, UNITS);
        vm.prank(firstBank);
        RequestId own = desk.requestFinancing(claim, UNITS, MAX_RATE, lastDay);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_SameParty.selector, firstBankId));
        _bid(own, firstBank);

        ReceivableId owed = _divide(_post(DebtCode.EnergyOnTerms, firstBankId, plantId, FACE, dueDay));
        vm.prank(plant);
        RequestId ofDebt = desk.requestFinancing(owed, UNITS, MAX_RATE, lastDay);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_SameParty.selector, firstBankId));
        _bid(ofDebt, firstBank);
    }

    // ---- releaseBid

    function test_releaseBid_waitsForTheLastSecondOfABindingBid() public {
        BidId id = _bid(_request(), firstBank);
        _goToLastSecondOf(lastDay);
        vm.prank(firstBank);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_StillBinding.selector, id, lastDay));
        desk.releaseBid(id);
        _goTo(lastDay.plusDays(1));
        vm.expectEmit(address(desk));
        emit IFinancingDesk.BidReleased(id, _price(80));
        vm.prank(stranger);
        desk.releaseBid(id);
        _statusIs(id, BidStatus.Released);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
        assertEq(desk.bid(id).heldFen, 0, "held");
        vm.expectRevert(_wrongStatus(id, BidStatus.Released));
        desk.releaseBid(id);
    }

    function test_releaseBid_freesALosingBidOnceTheRequestIsFinanced() public {
        RequestId request = _request();
        BidId better = _bid(request, firstBank);
        BidId loser = _bid(request, secondBank);
        _accept(better);
        desk.releaseBid(loser);
        assertEq(deposits.heldOf(secondBankId), 0, "free");
        vm.expectRevert(_wrongStatus(better, BidStatus.Accepted));
        desk.releaseBid(better);
    }

    function test_releaseBid_freesABidOnWhatHasChanged() public {
        BidId id = _bid(_request(), firstBank);
        _repay(claim, 1);
        assertTrue(desk.isBinding(id), "still after a part payment");
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_StillBinding.selector, id, lastDay));
        desk.releaseBid(id);
        _repay(claim, FACE - 1);
        desk.releaseBid(id);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
    }

    /// @dev Several requests on one lot: once one is financed, the others have no units to give.
    function test_releaseBid_freesABidForUnitsThatAreGone() public {
        (RequestId first, RequestId second) = (_request(), _request());
        BidId taken = _bid(first, firstBank);
        BidId stranded = _bid(second, secondBank);
        assertTrue(desk.isBinding(stranded), "while the units are there");
        _accept(taken);
        assertFalse(desk.isBinding(stranded), "once they are gone");
        desk.releaseBid(stranded);
        assertEq(deposits.heldOf(secondBankId), 0, "free");
    }

    function test_releaseBid_freesABidForUnitsThatArePledged() public {
        BidId id = _bid(_request(), firstBank);
        vm.prank(plant);
        receivables.encumber(claim, UNITS, secondBankId, "registration");
        desk.releaseBid(id);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
    }

    function test_releaseBid_freesABidWhoseRequesterOrBankIsSuspended() public {
        BidId id = _bid(_request(), firstBank);
        _suspend(plantId);
        desk.releaseBid(id);
        vm.prank(compliance);
        registry.reinstate(plantId);
        BidId next = _bid(_request(), firstBank);
        _suspend(firstBankId);
        desk.releaseBid(next);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
    }

    /// @dev With everything closed, revoked, suspended or frozen, money that is held goes back.
    function test_releaseAndCancel_goOnWhenEverythingIsShut() public {
        RequestId request = _request();
        BidId id = _bid(request, firstBank);
        vm.prank(bank);
        deposits.setFrozen(firstBankId, true, "court order");
        _close(address(desk), true);
        _close(address(receivables), true);
        _close(address(deposits), true);
        vm.prank(council);
        manager.revokeRole(Roles.NOTARY, address(desk));
        _suspend(plantId);
        _suspend(firstBankId);
        vm.prank(plant);
        desk.cancelRequest(request);
        desk.releaseBid(id);
        assertEq(deposits.heldOf(firstBankId), 0, "free");
    }

    // ---- recordRegistration

    function test_recordRegistration_isDoneOnceByTheBankThatFinanced() public {
        BidId id = _bid(_request(), firstBank);
        vm.prank(firstBank);
        vm.expectRevert(_wrongStatus(id, BidStatus.Funded));
        desk.recordRegistration(id, "0612 3456 7890");
        _accept(id);
        vm.prank(plant);
        vm.expectRevert(_notParty(plant, firstBankId));
        desk.recordRegistration(id, "0612 3456 7890");

        vm.startPrank(firstBank);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_InvalidRegistration.selector, 0, 64));
        desk.recordRegistration(id, "");
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_InvalidRegistration.selector, 65, 64));
        desk.recordRegistration(id, string(new bytes(65)));
        uint256 before = vm.snapshotState();
        desk.recordRegistration(id, string(new bytes(64)));
        vm.revertToState(before);
        vm.expectEmit(address(desk));
        emit IFinancingDesk.FinancingRegistered(id, "0612 3456 7890");
        desk.recordRegistration(id, "0612 3456 7890");
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_RegistrationExists.selector, id));
        desk.recordRegistration(id, "0612 3456 7891");
    }

    // ---- priceOn

    function test_priceOn_endsWithTheDueDay() public {
        assertEq(desk.priceOn(claim, UNITS, RATE, START), _price(90), "today");
        assertEq(desk.priceOn(claim, UNITS, RATE, dueDay), UNITS, "due day");
        Day after_ = dueDay.plusDays(1);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_AfterDueDay.selector, after_, dueDay));
        desk.priceOn(claim, UNITS, RATE, after_);
    }

    // ---- hooks

    function _notary() internal view override returns (address) {
        return address(desk);
    }

    function _payer() internal view override returns (ParticipantId) {
        return firstBankId;
    }

    function _isEntrance() internal pure override returns (bool) {
        return true;
    }

    function _prepareHold() internal override returns (Step memory, uint256) {
        bytes memory call = abi.encodeCall(IFinancingDesk.placeBid, (_request(), RATE, true, lastDay));
        return (Step(firstBank, address(desk), call), _price(80));
    }

    function _endHold() internal override {
        _goTo(lastDay.plusDays(1));
        desk.releaseBid(BidId.wrap(1));
    }
}
