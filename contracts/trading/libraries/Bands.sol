// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../metering/libraries/Curve.sol";
import {Band} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "./Amount.sol";

/// @title Bands: a day's curve as a person reads and signs it
library Bands {
    /// @notice Spreads bands over the day, into curves that are zero everywhere.
    /// @param energy receives Wh per slot.
    /// @param price receives fen per MWh per slot.
    /// @return valid false, with curves and totals of no meaning, if there is no band, or one is reversed, out of the day,
    /// before the end of the one above it, without energy, or at 2^31 or more.
    /// @return energyWh total of the day.
    /// @return amountFen amount of the day, see `Amount.ofEnergy`.
    function spread(
        Band[] calldata bands,
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure returns (bool valid, uint256 energyWh, uint256 amountFen) {
        uint256 end;
        uint256 product;
        for (uint256 i; i < bands.length; ++i) {
            Band calldata band = bands[i];
            (uint256 from, uint256 to) = (band.fromSlot, band.toSlot);
            (uint256 slotWh, uint256 slotPrice) = (band.energyWh, band.price);
            if (from < end || to <= from || to > Curve.SLOTS) return (false, 0, 0);
            if (slotWh == 0 || (slotWh | slotPrice) >> 31 != 0) return (false, 0, 0);
            Curve.fill(energy, price, from, to, slotWh, slotPrice);
            unchecked {
                // At most 96 x 2^31 x 2^31.
                energyWh += (to - from) * slotWh;
                product += (to - from) * slotWh * slotPrice;
            }
            end = to;
        }
        return (bands.length != 0, energyWh, Amount.ofProduct(product));
    }

    /// @notice The stretch of words that valid bands reach over, in bytes from the beginning of a curve.
    function range(Band[] calldata bands) internal pure returns (uint256 from, uint256 to) {
        from = (uint256(bands[0].fromSlot) / 8) * 32;
        to = ((uint256(bands[bands.length - 1].toSlot) + 7) / 8) * 32;
    }
}
