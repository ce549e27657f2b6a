// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeviationPeriod, DeviationRule} from "../interfaces/IMarketRules.sol";
import {Outcome, TradeTerms} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "./Amount.sol";
import {Filling} from "./Filling.sol";

/// @title Amounts of a trade under a metered curve
/// @notice One computation for settlement and for corrections after it. No amount exceeds that of a full delivery by
/// the terms, and no deviation charge exceeds the bond unless the day was finalised late.
library SettlementAmounts {
    /// @param energy what was sold, Wh per slot; nothing of it outside of the stretch from `from` to `to`, see `Filling`.
    /// @param offset position before the trade.
    /// @param late whether the charge is invoiced, and no bond caps it.
    function ofDelivery(
        TradeTerms memory terms,
        uint256[12] memory energy,
        uint256[12] memory offset,
        uint256[12] memory metered,
        uint256[12] memory price,
        uint256 from,
        uint256 to,
        DeviationRule memory rule,
        bool late
    ) internal pure returns (Outcome memory outcome) {
        uint256[12] memory delivered;
        Filling.Delivery memory totals = Filling.deliver(energy, offset, metered, price, delivered, from, to);
        outcome.deliveredWh = totals.deliveredWh;
        outcome.energyFen = Amount.ofProduct(totals.deliveredProduct);
        outcome.networkFen = Amount.ofNetwork(totals.deliveredWh, terms.tariff);
        if (rule.period == DeviationPeriod.Slot) {
            outcome.deviationFen = Amount.ofSlotDeviation(energy, delivered, price, rule);
        } else if (rule.period == DeviationPeriod.Day) {
            outcome.deviationFen = Amount.ofDayDeviation(totals.soldWh, totals.soldProduct, totals.deliveredWh, rule);
        }
        if (!late && outcome.deviationFen > terms.bondFen) outcome.deviationFen = terms.bondFen;
        outcome.invoiced = late;
    }
}
