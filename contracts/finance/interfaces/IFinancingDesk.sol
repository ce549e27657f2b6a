// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";

/// @dev A request for financing, numbered from 1.
type RequestId is uint64;

/// @dev A bid, numbered from 1 over all requests. An accepted bid is the financing and keeps its number.
type BidId is uint64;

/// @dev Where a request for financing stands.
enum RequestStatus {
    None,
    Open,
    Financed,
    Cancelled
}

/// @dev Where a bid on a request stands.
enum BidStatus {
    None,
    /// Money is held.
    Funded,
    Accepted,
    /// Money is free again.
    Released
}

/// @notice What a holder asks banks to buy.
struct FinancingRequest {
    // slot 0
    ParticipantId requester;
    RequestStatus status;
    /// Last day, inclusive, on which a bid can be accepted.
    Day lastDay;
    /// Highest annual rate accepted, basis points, actual/360.
    uint32 maxRateBp;
    uint128 units;
    // slot 1
    ReceivableId receivable;
}

/// @notice A bank's funded bid.
struct Bid {
    // slot 0
    RequestId request;
    ParticipantId bidder;
    BidStatus status;
    /// Whether the bank has recourse to the seller if the debtor does not pay (有追索权).
    bool recourse;
    /// Annual rate, basis points, actual/360.
    uint32 rateBp;
    /// Last day, inclusive, on which the bid binds.
    Day lastDay;
    // slot 1: held now, and paid once accepted
    uint128 heldFen;
    uint128 paidFen;
    // slot 2: what was bid on, see `subjectHash`
    bytes32 subject;
}

/// @title Where banks bid for receivables
/// @notice Discount price = face x (1 - rate x days / 360), rounded half up, days from acceptance to the due day. A bid
/// is funded: the most it can cost (accepted on its last day) is held. Accepting swaps money and units in one step and
/// refuses if what was bid on has changed. Requesting and bidding are entrances that a deployment's governance switches
/// on for licensed parties; taking money back needs no permission.
interface IFinancingDesk {
    /// @notice Thrown when an account does not belong to an active participant or, for a bid, to a bank.
    error FinancingDesk_ParticipantNotGood(address account);
    /// @notice Thrown when the request is not open, or its last day is past.
    error FinancingDesk_RequestNotOpen(RequestId id, RequestStatus status, Day lastDay);
    /// @notice Thrown when the bid is not in the status that the call asks for.
    error FinancingDesk_WrongBidStatus(BidId id, BidStatus status);
    /// @notice Thrown when the caller is not the party who may do this.
    error FinancingDesk_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when units are zero or more than the caller holds free of pledges.
    error FinancingDesk_InsufficientUnits(ReceivableId receivable, uint256 units, uint256 balance);
    /// @notice Thrown when the last day is past or too late: a request ends before the due day, a bid with its request.
    error FinancingDesk_InvalidLastDay(Day lastDay, Day latest);
    /// @notice Thrown when a price is asked for a day after the due day.
    error FinancingDesk_AfterDueDay(Day day, Day dueDay);
    /// @notice Thrown when a bid is accepted after its last day.
    error FinancingDesk_BidExpired(BidId id, Day lastDay);
    /// @notice Thrown when the rate is above the request's highest.
    error FinancingDesk_InvalidRate(uint32 rateBp, uint32 maxRateBp);
    /// @notice Thrown when the receivable changed since the bid: paid in full, stopped by an arbiter, its debtor suspended or in default.
    error FinancingDesk_SubjectChanged(BidId id);
    /// @notice Thrown when a bank would finance itself, as the holder of the units or as their debtor.
    error FinancingDesk_SameParty(ParticipantId participant);
    /// @notice Thrown when a bid is released that still binds, see `isBinding`.
    error FinancingDesk_StillBinding(BidId id, Day lastDay);
    /// @notice Thrown when a registration number was recorded before.
    error FinancingDesk_RegistrationExists(BidId id);
    /// @notice Thrown when a registration number is empty or longer than 64 bytes.
    error FinancingDesk_InvalidRegistration(uint256 length, uint256 longest);

    /// @notice Emitted when a holder asks for financing.
    event FinancingRequested(
        RequestId indexed id,
        ReceivableId indexed receivable,
        ParticipantId indexed requester,
        FinancingRequest request
    );
    /// @notice Emitted when the requester withdraws.
    event RequestCancelled(RequestId indexed id);
    /// @notice Emitted when a bank bids; `heldFen` is held. `toAffiliate` marks a bank that had the same controller then as
    /// the requester or the debtor.
    event BidPlaced(
        BidId indexed id,
        RequestId indexed request,
        ParticipantId indexed bidder,
        Bid bid,
        bool toAffiliate
    );
    /// @notice Emitted when a bid's money is free again.
    event BidReleased(BidId indexed id, uint256 releasedFen);
    /// @notice Emitted when money and units change hands.
    event Financed(
        BidId indexed id,
        RequestId indexed request,
        ReceivableId indexed receivable,
        uint256 units,
        uint256 paidFen,
        uint256 daysToDue
    );
    /// @notice Emitted when the financier records the number of the registration system (中登).
    event FinancingRegistered(BidId indexed id, string registrationNumber);

    /// @notice Asks for bids on units the caller holds. Entrance.
    function requestFinancing(
        ReceivableId receivable,
        uint128 units,
        uint32 maxRateBp,
        Day lastDay
    ) external returns (RequestId id);

    /// @notice Bids, by a bank; holds the most it can cost: the price on `lastDay`. A rate that leaves nothing to pay if
    /// accepted today is refused, see `Discount`. What it holds counts against the bank's daily limit, see `ISecondFactor`.
    /// Entrance.
    function placeBid(RequestId request, uint32 rateBp, bool recourse, Day lastDay) external returns (BidId id);

    /// @notice Accepts a bid: pays the requester the price of the day, hands the caller's units to the bank's current
    /// account in one step and frees the rest of the hold. By the requester, who has approved the desk as an ERC-1155
    /// operator. The units count against its daily limit at face value, see `ISecondFactor`. Entrance.
    function accept(BidId id) external;

    /// @notice Withdraws a request; its bids can be released at once. By the requester.
    function cancelRequest(RequestId id) external;

    /// @notice Frees the money of a bid that no longer binds. By anyone.
    function releaseBid(BidId id) external;

    /// @notice Records the number under which the financing is registered (中登), once. By the bank that financed.
    function recordRegistration(BidId id, string calldata registrationNumber) external;

    /// @notice The request.
    function request(RequestId id) external view returns (FinancingRequest memory);

    /// @notice The bid.
    function bid(BidId id) external view returns (Bid memory);

    /// @notice Price of `units` accepted on `day`, fen.
    function priceOn(ReceivableId receivable, uint128 units, uint32 rateBp, Day day) external view returns (uint256);

    /// @notice Whether a funded bid can still be accepted: its last day is not past, its request is open, what was bid on is
    /// unchanged, requester and bank are in good standing, and the requester has the units free.
    function isBinding(BidId id) external view returns (bool);

    /// @notice Fingerprint of what a bid is for: the receivable with its payments, status and freezes, the debtor's defaults
    /// and whether the debtor is in good standing.
    function subjectHash(ReceivableId receivable) external view returns (bytes32);

    /// @notice Numbers of requests and bids so far.
    function counts() external view returns (uint64 requests, uint64 bids);
}
