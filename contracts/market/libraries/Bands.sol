// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../types/Curve.sol";
import {WORD_BYTES} from "../../types/Words.sol";
import {Band} from "../interfaces/ITradeEscrow.sol";
import {Amount} from "./Amount.sol";
import {PackedBands} from "./PackedRound.sol";

/// @title Bands: a day's curve as a person reads and signs it
/// @notice Spreads bands over the day into curves of zeros: `energy` receives Wh per slot, `price` fen per MWh per
/// slot. Bands are valid if there is at least one and none is empty, reversed, out of the day, before the end of the
/// one above, without energy, or at 2^31 or more.
library Bands {
    /// @dev What has been spread so far; `valid` once all is. Taken again for other bands.
    struct Spread {
        bool valid;
        /// First slot of the bands, and the slot after their last.
        uint256 begin;
        uint256 end;
        uint256 energyWh;
        uint256 product;
    }

    /// @notice Spreads bands; returns whether they are valid and, if so, the stretch they cover and their totals.
    function spread(
        Spread memory self,
        Band[] calldata bands,
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure {
        _clear(self);
        for (uint256 i; i < bands.length; ++i) {
            Band calldata band = bands[i];
            if (!_add(self, energy, price, band.fromSlot, band.toSlot, band.energyWh, band.price)) return;
        }
        self.valid = bands.length != 0;
    }

    /// @notice The same for packed bands.
    function spread(
        Spread memory self,
        PackedBands bands,
        uint256 count,
        uint256[12] memory energy,
        uint256[12] memory price
    ) internal pure {
        _clear(self);
        for (uint256 i; i < count; ++i) {
            (uint256 from, uint256 to, uint256 slotWh, uint256 slotPrice) = bands.bandAt(i);
            if (!_add(self, energy, price, from, to, slotWh, slotPrice)) return;
        }
        self.valid = count != 0;
    }

    /// @notice The amount of the day, see `Amount.ofProduct`.
    function amountFen(Spread memory self) internal pure returns (uint256) {
        return Amount.ofProduct(self.product);
    }

    /// @notice The stretch of words that the bands reach over, in bytes from the beginning of a curve.
    function range(Spread memory self) internal pure returns (uint256 from, uint256 to) {
        unchecked {
            // Slots of one day.
            uint256 wordsEnd = (self.end + Curve.LANES - 1) / Curve.LANES;
            return ((self.begin / Curve.LANES) * WORD_BYTES, wordsEnd * WORD_BYTES);
        }
    }

    function _clear(Spread memory self) private pure {
        (self.valid, self.begin, self.end, self.energyWh, self.product) = (false, 0, 0, 0, 0);
    }

    function _add(
        Spread memory spreading,
        uint256[12] memory energy,
        uint256[12] memory price,
        uint256 from,
        uint256 to,
        uint256 slotWh,
        uint256 slotPrice
    ) private pure returns (bool) {
        unchecked {
            // All are small: a difference below zero wraps, and shows at the top.
            uint256 wrong = (from - spreading.end) | (to - from - 1) | (Curve.SLOTS - to) | (slotWh - 1);
            if ((wrong >> 255) | ((slotWh | slotPrice) >> 31) != 0) return false;
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
        return true;
    }
}
