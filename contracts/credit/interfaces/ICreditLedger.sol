// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, OutcomeProof, TradeStatus, TradeTerms} from "../../market/interfaces/ITradeEscrow.sol";
import {Day} from "../../types/Day.sol";
import {ParticipantId, DebtId, TradeId} from "../../types/Ids.sol";

/// @dev Best first; C is the watch list and D the blacklist of the market's credit classes.
enum Grade {
    Unrated,
    A,
    B,
    C,
    D
}

/// @dev On which side of a trade a participant stood.
enum Side {
    Seller,
    Buyer
}

/// @dev What a debt shows about its debtor.
enum DebtMark {
    /// Discharged by the last day of payment.
    OnTime,
    /// Discharged later.
    Late,
    /// Unpaid when grace ended, declared or not.
    Default,
    /// Unpaid for more than 60 days.
    Arrears,
    /// Written off with part of it unpaid.
    WrittenOff,
    /// Discharged on time, between affiliates: it counts for nothing.
    LeftOut
}

/// @notice A settled or ruled trade, proven by what the escrow keeps of it.
struct TradeProof {
    TradeId id;
    TradeTerms terms;
    /// Its outcome at settlement, or by the ruling: its amounts, and nothing delivered.
    Outcome outcome;
    /// Where the escrow keeps it.
    OutcomeProof kept;
    /// Sold, Wh per slot, 384 bytes.
    bytes energy;
    /// keccak256 of the position before the trade; 0 if nothing was sold.
    bytes32 positionHash;
}

/// @notice A participant's trades on one side: one storage word.
struct TradeCounts {
    uint32 trades;
    /// With a deviation charge.
    uint32 charged;
    /// Settled late, as invoices.
    uint32 late;
    /// Ruled on by an arbiter; their energy counts on neither side below.
    uint32 ruled;
    uint64 contractedWh;
    uint64 deliveredWh;
}

/// @notice What a participant owed: one storage word.
struct DebtCounts {
    uint32 onTime;
    uint32 late;
    /// In all, of those discharged late.
    uint32 daysLate;
    uint32 defaults;
    uint32 arrears;
    /// Of the arrears, those whose discharge was not counted yet.
    uint32 standing;
    uint32 writtenOff;
}

/// @title What the chain itself knows about a participant's reliability
/// @notice Everything is counted once, by anyone who proves it, and nothing can be counted that did not happen. Trades
/// between meters of one owner or between declared affiliates count for nothing. The grade follows from the counts and
/// the day; the formula is in docs/credit/grades.md.
interface ICreditLedger {
    /// @notice Thrown when a trade is not finished yet.
    error CreditLedger_NotFinished(TradeId id, TradeStatus status);
    /// @notice Thrown when terms, outcome or energy are not those of the trade.
    error CreditLedger_WrongTerms(TradeId id);
    /// @notice Thrown when everything a debt shows was counted before.
    error CreditLedger_NothingToCount(DebtId id);

    /// @notice Emitted when a trade is counted for both of its parties.
    event TradeCounted(
        TradeId indexed id,
        ParticipantId indexed seller,
        ParticipantId indexed buyer,
        uint64 contractedWh,
        uint64 deliveredWh,
        bool charged,
        bool late,
        bool ruled
    );
    /// @notice Emitted when a trade counts for nothing, its parties or the owners of its meters being one or affiliates.
    event TradeLeftOut(TradeId indexed id, ParticipantId indexed seller, ParticipantId indexed buyer);
    /// @notice Emitted for what a debt shows about its debtor. `day` is when it happened, whenever it is counted;
    /// `daysLate` is how late it was discharged, or is so far. `ends` is set when arrears counted before are discharged.
    event DebtCounted(
        DebtId indexed id,
        ParticipantId indexed debtor,
        DebtMark mark,
        Day day,
        uint32 daysLate,
        bool ends
    );

    /// @notice Counts settled and ruled trades, each once; those counted before are skipped. By anyone.
    function countTrades(TradeProof[] calldata proofs) external;

    /// @notice Counts what a debt shows by now: discharge, default, arrears and write-off, each once. By anyone.
    function countDebt(DebtId id) external;

    /// @notice The grade by what is counted, today.
    function gradeOf(ParticipantId participant) external view returns (Grade);

    /// @notice What a participant's trades and payments weigh towards the best grade: each as many points as its amount has
    /// whole hundreds of yuan, at most 2; at most 5 with one counterparty.
    function pointsOf(ParticipantId participant) external view returns (uint256);

    /// @notice Counted trades of a participant.
    function tradesOf(ParticipantId participant, Side side) external view returns (TradeCounts memory);

    /// @notice Counted debts of a participant.
    function debtsOf(ParticipantId participant) external view returns (DebtCounts memory);

    /// @notice Whether a trade was counted, or left out for good.
    function isCounted(TradeId id) external view returns (bool);
}
