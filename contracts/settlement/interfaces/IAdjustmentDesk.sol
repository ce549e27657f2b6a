// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, OutcomeProof, TradeStatus, TradeTerms} from "../../market/interfaces/ITradeEscrow.sol";
import {Day} from "../../types/Day.sol";
import {DebtId, MeterId, TradeId} from "../../types/Ids.sol";

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
    /// Where the outcome at settlement is found; not read of a trade that was adjusted before.
    OutcomeProof proof;
}

/// @dev Which amount of a trade.
enum TradeAmount {
    Energy,
    NetworkCharge,
    DeviationCharge
}

/// @title What a corrected reading changes about settled trades
/// @notice A correction edits no settlement: the outcome under the corrected curve is computed as at settlement, and
/// the difference to the outcome before becomes a debt, one way or the other, due 30 days later; what is unpaid of an
/// earlier difference the other way is taken back first, so that a correction there and back leaves nothing owed. kWh
/// stay as they were minted: they prove the final reading.
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

    /// @notice Emitted when a trade is adjusted to a version of its meter day. `differenceWh` is how much more, or
    /// less, was delivered than by the version before; `outcome` is the new outcome.
    event TradeAdjusted(TradeId indexed id, uint16 version, int256 differenceWh, Outcome outcome);
    /// @notice Emitted for each difference that becomes a debt.
    event DifferencePosted(TradeId indexed id, uint16 version, TradeAmount indexed amount, DebtId indexed debt);

    /// @notice Adjusts settled trades of corrected meter days, in any order. By anyone. Trades adjusted to the version in
    /// force are skipped.
    /// @param prices price curves, 384 bytes each, that the trades point to.
    function adjust(DayAdjustment[] calldata adjustments, bytes[] calldata prices) external;

    /// @notice The debts that adjustments of an amount of a trade left, in the order of posting.
    function differencesOf(TradeId id, TradeAmount amount) external view returns (DebtId[] memory);

    /// @notice The version that a trade was last adjusted to, and the first 30 bytes of keccak256(commitment, outcome) by that,
    /// see `ITradeEscrow.isOutcome`; zero if it was never adjusted.
    function adjustmentOf(TradeId id) external view returns (uint16 version, bytes30 outcome);
}
