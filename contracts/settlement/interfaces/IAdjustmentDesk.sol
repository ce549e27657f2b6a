// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, PayableKind, PayableStatus, TradeStatus, TradeTerms} from "../../market/interfaces/ITradeEscrow.sol";
import {Day} from "../../types/Day.sol";
import {MeterId, ParticipantId, TradeId} from "../../types/Ids.sol";

/// @notice Trades of one selling meter day to adjust.
struct DayAdjustment {
    MeterId meter;
    Day day;
    /// The corrected curve, 384 bytes.
    bytes corrected;
    TradeAdjustment[] trades;
}

struct TradeAdjustment {
    TradeId id;
    /// Index into the price curves of the call.
    uint16 price;
    TradeTerms terms;
    /// Sold, Wh per slot, 384 bytes.
    bytes energy;
    /// Position of the meter day before the trade, 384 bytes, or empty if nothing was sold before it.
    bytes offset;
    /// The outcome of the trade at settlement or, if it was adjusted since, at the last adjustment.
    Outcome previous;
}

/// @notice A difference that a party owes.
struct AdjustmentDifference {
    ParticipantId debtor;
    ParticipantId creditor;
    /// A business day by the calendar of the day it was recorded.
    Day dueDay;
    PayableStatus status;
    /// Late fee, annual rate, basis points, actual/360, from the terms in force on the day it was recorded.
    uint32 lateRateBp;
    uint96 amountFen;
}

/// @title What a corrected reading changes about settled trades
/// @notice A correction edits no settlement: the outcome under the corrected curve is computed as at settlement, and
/// the difference to the outcome before is owed, one way or the other, with a due day of its own. kWh stay as they were
/// minted: they prove the final reading.
interface IAdjustmentDesk {
    /// @notice Thrown when no correction of the meter day is in force.
    error AdjustmentDesk_NotCorrected(MeterId meter, Day day);
    /// @notice Thrown when the correction can still be objected to.
    error AdjustmentDesk_TooEarly(MeterId meter, Day day, uint256 from);
    /// @notice Thrown when the curve given is not that of the correction in force.
    error AdjustmentDesk_WrongCurve(MeterId meter, Day day, uint16 version);
    /// @notice Thrown when the trade is not settled: open and lapsed ones are settled first, rulings are final.
    error AdjustmentDesk_NotSettled(TradeId id, TradeStatus status);
    /// @notice Thrown when terms, curves or the previous outcome are not those of the trade.
    error AdjustmentDesk_WrongTerms(TradeId id);
    /// @notice Thrown when the adjustment left no difference of this kind.
    error AdjustmentDesk_NoDifference(TradeId id, uint16 version, PayableKind kind);
    /// @notice Thrown when the caller does not act for the party who may do this.
    error AdjustmentDesk_NotParty(address caller, ParticipantId party);

    /// @notice Emitted when a trade is adjusted to a version of its meter day. `differenceWh` is how much more, or
    /// less, was delivered than by the version before; `outcome` is the new outcome.
    event TradeAdjusted(TradeId indexed id, uint16 version, int256 differenceWh, Outcome outcome);
    /// @notice Emitted for each difference that a party owes.
    event DifferenceRecorded(
        TradeId indexed id,
        uint16 version,
        PayableKind indexed kind,
        ParticipantId indexed debtor,
        ParticipantId creditor,
        Day dueDay,
        uint256 amountFen,
        uint32 lateRateBp
    );
    /// @notice Emitted when a difference is paid, and with it this late fee.
    event DifferencePaid(TradeId indexed id, uint16 version, PayableKind indexed kind, uint256 lateFeeFen);

    /// @notice Adjusts settled trades of corrected meter days, in any order. By anyone. Trades adjusted to the version in
    /// force are skipped.
    /// @param prices price curves, 384 bytes each, that the trades point to.
    function adjust(DayAdjustment[] calldata adjustments, bytes[] calldata prices) external;

    /// @notice Pays a difference, and the late fee due by now, out of the debtor's deposits. By the debtor, who has
    /// opted in to this desk.
    function payDifference(TradeId id, uint16 version, PayableKind kind) external;

    /// @notice The difference left by the adjustment of a trade to a version.
    function differenceOf(
        TradeId id,
        uint16 version,
        PayableKind kind
    ) external view returns (AdjustmentDifference memory);

    /// @notice Late fee due now on an unpaid difference, fen: amount x rate x days late / 360, rounded half up, as on receivables.
    /// It is late from the day after its due day or, if a later announcement made that a holiday, after the next business
    /// day; a day counts from its beginning.
    function lateFeeDue(TradeId id, uint16 version, PayableKind kind) external view returns (uint256);

    /// @notice The version that a trade was last adjusted to, and the commitment to its terms and outcome by that, in
    /// the form of the escrow's; zero if it was never adjusted.
    function adjustmentOf(TradeId id) external view returns (uint16 version, bytes30 commitment);
}
