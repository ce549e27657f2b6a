// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMeterRegistry} from "../../metering/interfaces/IMeterRegistry.sol";
import {DayWord} from "../../metering/libraries/DayWord.sol";
import {Curve} from "../../types/Curve.sol";
import {Day} from "../../types/Day.sol";
import {DayState} from "../../types/Enums.sol";
import {MeterId} from "../../types/Ids.sol";
import {ITradeEscrowEvents} from "../interfaces/ITradeEscrow.sol";

using Curve for uint256[12];

/// @dev Reads the final curve of a meter day; returns whether it was finalised late.
function readFinal(
    IMeterRegistry meters,
    MeterId meter,
    Day day,
    bytes calldata metered,
    uint256[12] memory curve
) view returns (bool late) {
    DayWord record = meters.packedDay(meter, day);
    DayState state = record.state();
    if (!state.isFinal()) revert ITradeEscrowEvents.TradeEscrow_NotFinal(meter, day);
    late = state == DayState.LateFinal;
    Curve.copyInto(metered, curve);
    if (!record.hasCurve(curve.hash())) revert ITradeEscrowEvents.TradeEscrow_NotFinal(meter, day);
}
