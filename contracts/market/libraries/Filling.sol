// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../types/Curve.sol";
import {WORD_BYTES} from "../../types/Words.sol";

/// @title Filling orders and delivering trades, each step in one pass over the words that matter
/// @notice `from` and `to` bound a stretch of words in bytes from the beginning of a curve, as `Curve.readStretch` says;
/// outside it the curve that drives a pass is zero. `Curve` has the same steps one by one and for whole days.
library Filling {
    /// @dev A leg, measured against all its bounds.
    struct Fit {
        uint256 energyWh;
        /// Sum of energy x price.
        uint256 product;
        /// Whether every value is below 2^31; if not, the other fields mean nothing.
        bool valid;
        /// Whether the energy fits into what two orders have left.
        bool fits;
        /// Whether no slot of the position exceeds the limit once energy that fits an order is added.
        bool hasRoom;
    }

    /// @dev What a trade sold and what of it arrived; a product is a sum of energy x price.
    struct Delivery {
        uint256 soldWh;
        uint256 soldProduct;
        uint256 deliveredWh;
        uint256 deliveredProduct;
    }

    /// @notice Measures `energy` and compares it with all its bounds; `fit` receives what came out.
    /// @param reversedPrice the price curve, each word as `Curve.reverse` leaves it.
    function measure(
        Fit memory fit,
        uint256[12] memory energy,
        uint256[12] memory reversedPrice,
        uint256[12] memory oneLeft,
        uint256[12] memory otherLeft,
        uint256[12] memory position,
        uint256 limit,
        uint256 from,
        uint256 to
    ) internal pure {
        unchecked {
            // Sums as in `Curve.sum` and `Curve.dot`; offsets stay within the curve. Two values below 2^31 add up to less
            // than 2^32, whose top bit is seen at once. Of what `|` gathers, only the top bits count.
            uint256 limits = Curve.lanesOf(limit);
            (uint256 lanes, uint256 product, uint256 seen, uint256 unfit, uint256 beyond) = (0, 0, 0, 0, 0);
            for (uint256 offset = from; offset < to; offset += WORD_BYTES) {
                uint256 word = _load(energy, offset);
                seen |= word;
                lanes += Curve.pairLanes(word);
                product += Curve.dotReversed(word, _load(reversedPrice, offset));
                unfit |=
                    Curve.exceedingLanes(word, _load(oneLeft, offset)) |
                    Curve.exceedingLanes(word, _load(otherLeft, offset));
                word += _load(position, offset);
                beyond |= word | Curve.exceedingLanes(word & ~Curve.TOPS, limits);
            }
            (fit.energyWh, fit.product) = (Curve.sumLanes(lanes), product);
            fit.valid = seen & Curve.TOPS == 0;
            fit.fits = unfit & Curve.TOPS == 0;
            fit.hasRoom = beyond & Curve.TOPS == 0;
        }
    }

    /// @notice Moves `energy`, which fits, from what each of two orders has left to what is filled of it, and adds it to
    /// `position`, which has room for it.
    function take(
        uint256[12] memory energy,
        uint256[12] memory oneLeft,
        uint256[12] memory oneFilled,
        uint256[12] memory otherLeft,
        uint256[12] memory otherFilled,
        uint256[12] memory position,
        uint256 from,
        uint256 to
    ) internal pure {
        unchecked {
            // `energy` fits what is left, filled and left together stay within the order, all of it below 2^31, and no lane
            // of the position carries.
            for (uint256 offset = from; offset < to; offset += WORD_BYTES) {
                uint256 word = _load(energy, offset);
                _store(oneLeft, offset, _load(oneLeft, offset) - word);
                _store(oneFilled, offset, _load(oneFilled, offset) + word);
                _store(otherLeft, offset, _load(otherLeft, offset) - word);
                _store(otherFilled, offset, _load(otherFilled, offset) + word);
                _store(position, offset, _load(position, offset) + word);
            }
        }
    }

    /// @notice Adds `energy` to `position`, which has room for it.
    function add(uint256[12] memory position, uint256[12] memory energy, uint256 from, uint256 to) internal pure {
        unchecked {
            // No lane carries: there is room.
            for (uint256 offset = from; offset < to; offset += WORD_BYTES) {
                _store(position, offset, _load(position, offset) + _load(energy, offset));
            }
        }
    }

    /// @notice Total energy, and whether all of it arrives for sure: metered >= offset + energy, which was a position,
    /// in every slot of the stretch; where an earlier trade fell short in a slot without energy, `deliver` gives the
    /// answer.
    function arrives(
        uint256[12] memory energy,
        uint256[12] memory offset,
        uint256[12] memory metered,
        uint256 from,
        uint256 to
    ) internal pure returns (uint256 energyWh, bool whole) {
        unchecked {
            // A position stays below 2^31, so no lane carries.
            (uint256 sold, uint256 exceeding) = (0, 0);
            for (uint256 i = from; i < to; i += WORD_BYTES) {
                uint256 word = _load(energy, i);
                sold += Curve.pairLanes(word);
                exceeding |= Curve.exceedingLanes(_load(offset, i) + word, _load(metered, i));
            }
            return (Curve.sumLanes(sold), exceeding & Curve.TOPS == 0);
        }
    }

    /// @notice What reaches a trade, min(energy, max(0, metered - offset)), into a curve that is zero before; and the totals
    /// of it and of what was sold.
    function deliver(
        uint256[12] memory energy,
        uint256[12] memory offset,
        uint256[12] memory metered,
        uint256[12] memory price,
        uint256[12] memory delivered,
        uint256 from,
        uint256 to
    ) internal pure returns (Delivery memory delivery) {
        unchecked {
            // energy - max(0, energy - available) = min(energy, available), and the difference never borrows. Sums as in
            // `measure`.
            (uint256 sold, uint256 soldProduct, uint256 arrived, uint256 arrivedProduct) = (0, 0, 0, 0);
            for (uint256 i = from; i < to; i += WORD_BYTES) {
                uint256 wanted = _load(energy, i);
                uint256 available = Curve.excessLanes(_load(metered, i), _load(offset, i));
                uint256 word = wanted - Curve.excessLanes(wanted, available);
                _store(delivered, i, word);
                uint256 reversed = Curve.reverse(_load(price, i));
                sold += Curve.pairLanes(wanted);
                soldProduct += Curve.dotReversed(wanted, reversed);
                arrived += Curve.pairLanes(word);
                arrivedProduct += Curve.dotReversed(word, reversed);
            }
            (delivery.soldWh, delivery.soldProduct) = (Curve.sumLanes(sold), soldProduct);
            (delivery.deliveredWh, delivery.deliveredProduct) = (Curve.sumLanes(arrived), arrivedProduct);
        }
    }

    /// @notice Leaves of an order's energy what is not filled yet, in the slots where `low` <= `high` and `tradable` is set.
    function restrict(
        uint256[12] memory left,
        uint256[12] memory filled,
        uint256[12] memory low,
        uint256[12] memory high,
        uint256[12] memory tradable,
        uint256 from,
        uint256 to
    ) internal pure {
        unchecked {
            // The filled part comes from the same order, so nothing borrows.
            for (uint256 offset = from; offset < to; offset += WORD_BYTES) {
                uint256 open = Curve.orderedLanes(_load(low, offset), _load(high, offset));
                uint256 rest = _load(left, offset) - _load(filled, offset);
                _store(left, offset, rest & open & _load(tradable, offset));
            }
        }
    }

    function _load(uint256[12] memory curve, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(curve, offset))
        }
    }

    function _store(uint256[12] memory curve, uint256 offset, uint256 word) private pure {
        assembly ("memory-safe") {
            mstore(add(curve, offset), word)
        }
    }
}
