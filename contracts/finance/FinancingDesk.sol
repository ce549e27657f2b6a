// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Debt, IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IParticipantRegistry, Kinds, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {CallSubject} from "../identity/libraries/CallSubject.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {HoldMove, IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {SingleHold} from "../money/libraries/SingleHold.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {ParticipantId, ReceivableId} from "../types/Ids.sol";
import {
    Bid,
    BidId,
    BidStatus,
    FinancingRequest,
    IFinancingDesk,
    RequestId,
    RequestStatus
} from "./interfaces/IFinancingDesk.sol";
import {IReceivables, Receivable} from "./interfaces/IReceivables.sol";
import {Discount} from "./libraries/Discount.sol";

/// @title Where banks bid for receivables
contract FinancingDesk is IFinancingDesk, AccessManaged, ReentrancyGuardTransient {
    using SingleHold for IDepositToken;
    using StandingGuard for Standing;

    uint256 private constant LONGEST_REGISTRATION = 64;
    ParticipantId private constant NOBODY = ParticipantId.wrap(0);

    // ---- immutables

    IParticipantRegistry public immutable registry;
    IReceivables public immutable receivables;
    IDebtLedger public immutable debts;
    IDepositToken public immutable deposits;
    ISecondFactor public immutable secondFactor;

    // ---- storage

    uint64 private _requestCount;
    uint64 private _bidCount;
    mapping(RequestId id => FinancingRequest) private _requests;
    mapping(BidId id => Bid) private _bids;
    mapping(BidId id => bool) private _registered;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_,
        IReceivables receivables_,
        IDebtLedger debts_,
        IDepositToken deposits_,
        ISecondFactor secondFactor_
    ) AccessManaged(authority) {
        registry = registry_;
        receivables = receivables_;
        debts = debts_;
        deposits = deposits_;
        secondFactor = secondFactor_;
    }

    // ---- entrances

    /// @inheritdoc IFinancingDesk
    function requestFinancing(
        ReceivableId receivable,
        uint128 units,
        uint32 maxRateBp,
        Day lastDay
    ) external restricted returns (RequestId id) {
        Standing memory requester = _goodStandingOf(msg.sender);
        _checkUnits(receivable, units, msg.sender);
        Day dueDay = receivables.receivable(receivable).dueDay;
        _checkLastDay(lastDay, Day.wrap(Day.unwrap(dueDay) - 1));

        id = RequestId.wrap(++_requestCount);
        FinancingRequest memory asked = FinancingRequest({
            requester: requester.id,
            status: RequestStatus.Open,
            lastDay: lastDay,
            maxRateBp: maxRateBp,
            units: units,
            receivable: receivable
        });
        _requests[id] = asked;
        emit FinancingRequested(id, receivable, requester.id, asked);
    }

    /// @inheritdoc IFinancingDesk
    function placeBid(
        RequestId request_,
        uint32 rateBp,
        bool recourse,
        Day lastDay
    ) external restricted returns (BidId id) {
        Standing memory bidder = _goodStandingOf(msg.sender);
        if (bidder.kinds & Kinds.BANK == 0) revert FinancingDesk_ParticipantNotGood(msg.sender);
        FinancingRequest memory asked = _openRequest(request_);
        _checkLastDay(lastDay, asked.lastDay);
        if (rateBp > asked.maxRateBp) revert FinancingDesk_InvalidRate(rateBp, asked.maxRateBp);
        Receivable memory claim = receivables.receivable(asked.receivable);
        if (bidder.id == asked.requester || bidder.id == claim.debtor) revert FinancingDesk_SameParty(bidder.id);
        // The price rises day by day: today's, the lowest, must not be zero; the highest is held.
        _price(claim, asked.units, rateBp, Calendar.today());
        uint128 heldFen = _price(claim, asked.units, rateBp, lastDay);

        _spend(bidder, heldFen);

        id = BidId.wrap(++_bidCount);
        Bid memory placed = Bid({
            request: request_,
            bidder: bidder.id,
            status: BidStatus.Funded,
            recourse: recourse,
            rateBp: rateBp,
            lastDay: lastDay,
            heldFen: heldFen,
            paidFen: 0,
            subject: _subjectHash(asked.receivable, claim)
        });
        _bids[id] = placed;
        bool toAffiliate =
            registry.areAffiliates(bidder.id, asked.requester) || registry.areAffiliates(bidder.id, claim.debtor);
        emit BidPlaced(id, request_, bidder.id, placed, toAffiliate);

        deposits.hold(bidder.id, heldFen);
    }

    /// @inheritdoc IFinancingDesk
    function accept(BidId id) external restricted nonReentrant {
        Bid storage chosen = _fundedBid(id);
        FinancingRequest memory asked = _openRequest(chosen.request);
        Standing memory requester = _goodStandingOf(msg.sender);
        if (requester.id != asked.requester) {
            revert FinancingDesk_NotParty(msg.sender, asked.requester);
        }
        Day today = Calendar.today();
        if (today > chosen.lastDay) revert FinancingDesk_BidExpired(id, chosen.lastDay);
        Receivable memory claim = receivables.receivable(asked.receivable);
        if (_subjectHash(asked.receivable, claim) != chosen.subject) revert FinancingDesk_SubjectChanged(id);
        _checkUnits(asked.receivable, asked.units, msg.sender);

        // Whatever is paid for them: a stolen key could sell to an accomplice.
        _spend(requester, asked.units);

        ParticipantId bidder = chosen.bidder;
        uint128 paidFen = _price(claim, asked.units, chosen.rateBp, today);
        // Not negative: the hold is the price on the bid's last day.
        uint128 restFen = chosen.heldFen - paidFen;
        _requests[chosen.request].status = RequestStatus.Financed;
        chosen.status = BidStatus.Accepted;
        chosen.heldFen = 0;
        chosen.paidFen = paidFen;
        emit Financed(id, chosen.request, asked.receivable, asked.units, paidFen, _daysBetween(today, claim.dueDay));

        HoldMove[] memory moves = new HoldMove[](restFen == 0 ? 1 : 2);
        moves[0] = HoldMove(bidder, asked.requester, paidFen);
        if (restFen != 0) moves[1] = HoldMove(bidder, NOBODY, restFen);
        deposits.moveHolds(moves);
        // Calls the bank's account if it is a contract; if it refuses, the acceptance reverts and another bid can win.
        IERC1155(address(receivables)).safeTransferFrom(
            msg.sender,
            registry.accountOf(bidder),
            ReceivableId.unwrap(asked.receivable),
            asked.units,
            ""
        );
    }

    // ---- finishing: no role, no standing, no gate

    /// @inheritdoc IFinancingDesk
    function cancelRequest(RequestId id) external {
        FinancingRequest storage asked = _requests[id];
        if (asked.status != RequestStatus.Open) {
            revert FinancingDesk_RequestNotOpen(id, asked.status, asked.lastDay);
        }
        _checkParty(asked.requester);
        asked.status = RequestStatus.Cancelled;
        emit RequestCancelled(id);
    }

    /// @inheritdoc IFinancingDesk
    function releaseBid(BidId id) external {
        Bid storage loser = _fundedBid(id);
        if (_isBinding(loser)) revert FinancingDesk_StillBinding(id, loser.lastDay);
        uint128 heldFen = loser.heldFen;
        loser.status = BidStatus.Released;
        loser.heldFen = 0;
        emit BidReleased(id, heldFen);

        deposits.move(loser.bidder, NOBODY, heldFen);
    }

    /// @inheritdoc IFinancingDesk
    function recordRegistration(BidId id, string calldata registrationNumber) external {
        Bid storage financing = _bids[id];
        if (financing.status != BidStatus.Accepted) revert FinancingDesk_WrongBidStatus(id, financing.status);
        _checkParty(financing.bidder);
        uint256 length = bytes(registrationNumber).length;
        if (length == 0 || length > LONGEST_REGISTRATION) {
            revert FinancingDesk_InvalidRegistration(length, LONGEST_REGISTRATION);
        }
        if (_registered[id]) revert FinancingDesk_RegistrationExists(id);
        _registered[id] = true;
        emit FinancingRegistered(id, registrationNumber);
    }

    // ---- views

    /// @inheritdoc IFinancingDesk
    function request(RequestId id) external view returns (FinancingRequest memory) {
        return _requests[id];
    }

    /// @inheritdoc IFinancingDesk
    function bid(BidId id) external view returns (Bid memory) {
        return _bids[id];
    }

    /// @inheritdoc IFinancingDesk
    function priceOn(ReceivableId receivable, uint128 units, uint32 rateBp, Day day) external view returns (uint256) {
        return _price(receivables.receivable(receivable), units, rateBp, day);
    }

    /// @inheritdoc IFinancingDesk
    function subjectHash(ReceivableId receivable) external view returns (bytes32) {
        return _subjectHash(receivable, receivables.receivable(receivable));
    }

    /// @inheritdoc IFinancingDesk
    function isBinding(BidId id) external view returns (bool) {
        return _isBinding(_fundedBid(id));
    }

    /// @inheritdoc IFinancingDesk
    function counts() external view returns (uint64 requests, uint64 bids) {
        return (_requestCount, _bidCount);
    }

    // ---- internals

    function _goodStandingOf(address account) private view returns (Standing memory standing) {
        standing = registry.standingOf(account);
        if (!standing.isGood()) revert FinancingDesk_ParticipantNotGood(account);
    }

    function _checkParty(ParticipantId party) private view {
        if (registry.accountOf(party) != msg.sender) revert FinancingDesk_NotParty(msg.sender, party);
    }

    function _checkUnits(ReceivableId receivable, uint128 units, address holder) private view {
        uint256 free = receivables.freeUnitsOf(receivable, holder);
        if (units == 0 || units > free) revert FinancingDesk_InsufficientUnits(receivable, units, free);
    }

    function _checkLastDay(Day lastDay, Day latest) private view {
        if (lastDay < Calendar.today() || lastDay > latest) revert FinancingDesk_InvalidLastDay(lastDay, latest);
    }

    function _openRequest(RequestId id) private view returns (FinancingRequest memory asked) {
        asked = _requests[id];
        if (asked.status != RequestStatus.Open || Calendar.today() > asked.lastDay) {
            revert FinancingDesk_RequestNotOpen(id, asked.status, asked.lastDay);
        }
    }

    function _fundedBid(BidId id) private view returns (Bid storage funded) {
        funded = _bids[id];
        if (funded.status != BidStatus.Funded) revert FinancingDesk_WrongBidStatus(id, funded.status);
    }

    /// @dev Whether the requester could accept the bid; one that nobody can accept holds no money.
    function _isBinding(Bid storage funded) private view returns (bool) {
        FinancingRequest storage asked = _requests[funded.request];
        if (Calendar.today() > funded.lastDay || asked.status != RequestStatus.Open) return false;
        if (!registry.standing(asked.requester).isGood() || !registry.standing(funded.bidder).isGood()) return false;
        if (!receivables.isTransferable(asked.receivable)) return false;
        address holder = registry.accountOf(asked.requester);
        if (asked.units > receivables.freeUnitsOf(asked.receivable, holder)) return false;
        return _subjectHash(asked.receivable, receivables.receivable(asked.receivable)) == funded.subject;
    }

    function _subjectHash(ReceivableId receivable, Receivable memory claim) private view returns (bytes32) {
        Debt memory debt = debts.debtOf(claim.debt);
        uint32 defaults = debts.defaultsOf(claim.debtor);
        bool debtorGood = registry.standing(claim.debtor).isGood();
        uint40 stoodStill = debts.standStillOf(claim.debt).latest;
        return keccak256(abi.encode(receivable, claim, debt.status, defaults, debtorGood, stoodStill));
    }

    function _spend(Standing memory participant, uint256 amountFen) private {
        if (participant.factor == 0) return;
        secondFactor.spendOnce(participant.id, CallSubject.ofThisCall(participant.id), amountFen);
    }

    function _price(Receivable memory claim, uint128 units, uint32 rateBp, Day day) private pure returns (uint128) {
        if (day > claim.dueDay) revert FinancingDesk_AfterDueDay(day, claim.dueDay);
        // A discount price never exceeds the face it is for.
        return uint128(Discount.price(units, rateBp, _daysBetween(day, claim.dueDay)));
    }

    function _daysBetween(Day from, Day until) private pure returns (uint256) {
        return Day.unwrap(until) - Day.unwrap(from);
    }
}
