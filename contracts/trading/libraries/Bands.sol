// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../metering/libraries/Curve.sol";
import {Band} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "./Amount.sol";

/// @title Bands: a day's curve as a person reads and signs it
library Bands {
    using Curve for uint256[12];

    /// @notice Spreads bands over the day, into curves that are zero everywhere.
    /// @param energy receives Wh per slot.
    /// @param price receives fen per MWh per slot.
    /// @return valid false, with curves of no meaning, if there is no band, or one is reversed, out of the day, before
    /// the end of the one above it, without energy, or at 2^31 or more.
    function spread(
        Band[] calldata bands,
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure returns (bool valid) {
        uint256 end;
        for (uint256 i; i < bands.length; ++i) {
            Band calldata band = bands[i];
            (uint256 from, uint256 to) = (band.fromSlot, band.toSlot);
            (uint256 energyWh, uint256 bandPrice) = (band.energyWh, band.price);
            if (from < end || to <= from || to > Curve.SLOTS) return false;
            if (energyWh == 0 || (energyWh | bandPrice) >> 31 != 0) return false;
            energy.fill(from, to, energyWh);
            price.fill(from, to, bandPrice);
            end = to;
        }
        return bands.length != 0;
    }

    /// @notice Total energy and amount of spread bands, as signed beside them.
    function totals(
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure returns (uint256 energyWh, uint256 amountFen) {
        return (energy.sum(), Amount.ofEnergy(energy, price));
    }
}
