// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../metering/libraries/Curve.sol";
import {Band} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "./Amount.sol";
import {PackedBands} from "./PackedRound.sol";

/// @title Bands: a day's curve as a person reads and signs it
/// @notice Bands are spread over the day into curves that are zero everywhere: `energy` receives Wh per slot, `price` fen
/// per MWh per slot. Valid are bands that are not empty, reversed, out of the day, before the end of the one above, without
/// energy, or at 2^31 or more, and at least one of them.
library Bands {
    /// @dev What has been spread so far.
    struct Spread {
        bool valid;
        /// First and last slot that bands reach over; the end is exclusive.
        uint256 begin;
        uint256 end;
        uint256 energyWh;
        uint256 product;
    }

    /// @notice Spreads bands.
    /// @return spreading `valid`, and if so where the bands reach and their totals.
    function spread(
        Band[] calldata bands,
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure returns (Spread memory spreading) {
        spreading.valid = bands.length != 0;
        for (uint256 i; i < bands.length && spreading.valid; ++i) {
            Band calldata band = bands[i];
            _add(spreading, energy, price, band.fromSlot, band.toSlot, band.energyWh, band.price);
        }
    }

    /// @notice The same for packed bands.
    function spread(
        PackedBands bands,
        uint256 count,
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure returns (Spread memory spreading) {
        spreading.valid = count != 0;
        for (uint256 i; i < count && spreading.valid; ++i) {
            (uint256 from, uint256 to, uint256 slotWh, uint256 slotPrice) = bands.bandAt(i);
            _add(spreading, energy, price, from, to, slotWh, slotPrice);
        }
    }

    /// @notice The amount of the day, see `Amount.ofProduct`.
    function amountFen(Spread memory self) internal pure returns (uint256) {
        return Amount.ofProduct(self.product);
    }

    /// @notice The stretch of words that the bands reach over, in bytes from the beginning of a curve.
    function range(Spread memory self) internal pure returns (uint256 from, uint256 to) {
        unchecked {
            // Slots of one day.
            return ((self.begin / 8) * 32, ((self.end + 7) / 8) * 32);
        }
    }

    function _add(
        Spread memory spreading,
        uint256[12] memory energy,
        uint256[12] memory price,
        uint256 from,
        uint256 to,
        uint256 slotWh,
        uint256 slotPrice
    ) private pure {
        if (from < spreading.end || to <= from || to > Curve.SLOTS || slotWh == 0 || (slotWh | slotPrice) >> 31 != 0) {
            spreading.valid = false;
            return;
        }
        if (spreading.end == 0) spreading.begin = from;
        spreading.end = to;
        Curve.fill(energy, price, from, to, slotWh, slotPrice);
        unchecked {
            // At most 96 x 2^31 x 2^31.
            uint256 addedWh = (to - from) * slotWh;
            spreading.energyWh += addedWh;
            spreading.product += addedWh * slotPrice;
        }
    }
}
