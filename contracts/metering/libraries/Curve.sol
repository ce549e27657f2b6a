// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A day's curve: 96 slots of 15 minutes, eight to a word
/// @notice A packed curve is 384 bytes, four bytes a slot, big-endian; in memory it is twelve words of eight 32-bit lanes.
/// Every value lies below 2^31 (2.1 GWh in a slot, 21.47 million fen per MWh), which leaves the top bit of each lane free:
/// one subtraction compares eight slots, one addition moves eight, one multiplication gives the dot product of four.
/// @dev `test/reference/CurveReference.sol` says the same slot by slot and is tested against this. No lane ever carries
/// into its neighbour: additions are checked against the top bit, subtractions have it set first.
library Curve {
    /// @notice Thrown when a curve is neither empty nor 384 bytes of values below 2^31.
    error Curve_Malformed(uint256 length);

    uint256 internal constant SLOTS = 96;
    uint256 internal constant BYTES = 384;
    uint256 internal constant WORDS = 12;
    /// @dev Largest value of a slot.
    uint256 internal constant MAX = 0x7fffffff;

    /// @dev 1 in each 32-bit lane, and the top bit of each.
    uint256 private constant ONES = 0x0000000100000001000000010000000100000001000000010000000100000001;
    uint256 private constant TOPS = 0x8000000080000000800000008000000080000000800000008000000080000000;
    /// @dev The lower 32-bit lane of each of four 64-bit lanes.
    uint256 private constant LOWER = 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
    uint256 private constant ONES64 = 0x0000000000000001000000000000000100000000000000010000000000000001;
    /// @dev The upper of each pair of 64-bit lanes.
    uint256 private constant UPPER64 = 0xffffffffffffffff0000000000000000ffffffffffffffff0000000000000000;

    /// @notice Unpacks a curve; empty bytes are a curve of zeros.
    function read(bytes calldata packed) internal pure returns (uint256[12] memory curve) {
        if (packed.length != 0) readInto(packed, curve);
    }

    /// @notice Unpacks a curve of 384 bytes over another.
    function readInto(bytes calldata packed, uint256[12] memory curve) internal pure {
        if (packed.length != BYTES) revert Curve_Malformed(packed.length);
        assembly ("memory-safe") {
            calldatacopy(curve, packed.offset, 384)
        }
        uint256 seen;
        for (uint256 i; i < WORDS; ++i) {
            seen |= wordAt(curve, i);
        }
        if (seen & TOPS != 0) revert Curve_Malformed(packed.length);
    }

    /// @notice Makes every slot zero.
    function clear(uint256[12] memory curve) internal pure {
        assembly ("memory-safe") {
            // Beyond the calldata there are only zeros.
            calldatacopy(curve, calldatasize(), 384)
        }
    }

    /// @notice keccak256 of the packed curve.
    function hash(uint256[12] memory curve) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            digest := keccak256(curve, 384)
        }
    }

    /// @notice Packs a curve again.
    function pack(uint256[12] memory curve) internal pure returns (bytes memory packed) {
        packed = new bytes(BYTES);
        assembly ("memory-safe") {
            mcopy(add(packed, 32), curve, 384)
        }
    }

    /// @notice The same value in every slot. `value` < 2^31.
    function level(uint256 value) internal pure returns (uint256[12] memory curve) {
        uint256 word = value * ONES;
        for (uint256 i; i < WORDS; ++i) {
            setWord(curve, i, word);
        }
    }

    /// @notice Whether `a` <= `b` in every slot.
    function fits(uint256[12] memory a, uint256[12] memory b) internal pure returns (bool) {
        uint256 below;
        unchecked {
            // The top bit of each lane of `b` is set first, so no lane borrows from its neighbour.
            for (uint256 i; i < WORDS; ++i) {
                below |= ~((wordAt(b, i) | TOPS) - wordAt(a, i));
            }
        }
        return below & TOPS == 0;
    }

    /// @notice Whether every slot is at most `limit` < 2^31.
    function isAtMost(uint256[12] memory curve, uint256 limit) internal pure returns (bool) {
        uint256 below;
        uint256 word = (limit * ONES) | TOPS;
        unchecked {
            // As in `fits`.
            for (uint256 i; i < WORDS; ++i) {
                below |= ~(word - wordAt(curve, i));
            }
        }
        return below & TOPS == 0;
    }

    /// @notice Whether a packed curve, read where it lies, is 384 bytes of values of at most `limit` < 2^31.
    function isPackedAtMost(bytes calldata packed, uint256 limit) internal pure returns (bool) {
        if (packed.length != BYTES) return false;
        uint256 wrong;
        uint256 word = (limit * ONES) | TOPS;
        unchecked {
            // As in `fits`; a lane with its top bit set may make its neighbour borrow, but is wrong by that bit already.
            for (uint256 offset; offset < BYTES; offset += 32) {
                uint256 lanes;
                assembly ("memory-safe") {
                    lanes := calldataload(add(packed.offset, offset))
                }
                wrong |= ~(word - lanes) | lanes;
            }
        }
        return wrong & TOPS == 0;
    }

    /// @notice Adds `b` to `a` in place; false if a slot reaches 2^31: no curve any more, until `b` is subtracted.
    function add(uint256[12] memory a, uint256[12] memory b) internal pure returns (bool) {
        uint256 seen;
        unchecked {
            // Lanes below 2^31 add up to less than 2^32: no carry into the neighbour, and the top bit tells.
            for (uint256 i; i < WORDS; ++i) {
                uint256 word = wordAt(a, i) + wordAt(b, i);
                seen |= word;
                setWord(a, i, word);
            }
        }
        return seen & TOPS == 0;
    }

    /// @notice Adds `b` to `a` in place if no slot exceeds `limit` < 2^31 then; otherwise leaves `a` as it was.
    function addWithin(uint256[12] memory a, uint256[12] memory b, uint256 limit) internal pure returns (bool) {
        if (add(a, b) && isAtMost(a, limit)) return true;
        subtract(a, b);
        return false;
    }

    /// @notice Subtracts `b` from `a` in place. `b` must fit `a`.
    function subtract(uint256[12] memory a, uint256[12] memory b) internal pure {
        unchecked {
            // The caller has checked that `b` fits `a`, so no lane borrows.
            for (uint256 i; i < WORDS; ++i) {
                setWord(a, i, wordAt(a, i) - wordAt(b, i));
            }
        }
    }

    /// @notice Sets the slots of `curve` to zero in which `low` > `high`.
    function keepWhereOrdered(uint256[12] memory curve, uint256[12] memory low, uint256[12] memory high) internal pure {
        for (uint256 i; i < WORDS; ++i) {
            setWord(curve, i, wordAt(curve, i) & orderedLanes(wordAt(low, i), wordAt(high, i)));
        }
    }

    /// @notice Sets the slots of `curve` to zero in which `mask` is; elsewhere it has all 31 bits.
    function keepWhere(uint256[12] memory curve, uint256[12] memory mask) internal pure {
        for (uint256 i; i < WORDS; ++i) {
            setWord(curve, i, wordAt(curve, i) & wordAt(mask, i));
        }
    }

    /// @notice What reaches a trade: min(energy, max(0, metered - offset)), slot by slot.
    function deliveries(
        uint256[12] memory energy,
        uint256[12] memory offset,
        uint256[12] memory metered
    ) internal pure returns (uint256[12] memory delivered) {
        unchecked {
            // energy - max(0, energy - available) = min(energy, available), and the difference never borrows.
            for (uint256 i; i < WORDS; ++i) {
                uint256 wanted = wordAt(energy, i);
                uint256 available = excessLanes(wordAt(metered, i), wordAt(offset, i));
                setWord(delivered, i, wanted - excessLanes(wanted, available));
            }
        }
    }

    /// @notice max(0, a - b), slot by slot.
    function excess(uint256[12] memory a, uint256[12] memory b) internal pure returns (uint256[12] memory result) {
        for (uint256 i; i < WORDS; ++i) {
            setWord(result, i, excessLanes(wordAt(a, i), wordAt(b, i)));
        }
    }

    /// @notice Sum of all slots.
    function sum(uint256[12] memory curve) internal pure returns (uint256) {
        unchecked {
            // Each 64-bit lane gathers 24 values below 2^31; four lanes add up to less than 2^38.
            uint256 lanes;
            for (uint256 i; i < WORDS; ++i) {
                uint256 word = wordAt(curve, i);
                lanes += (word & LOWER) + ((word >> 32) & LOWER);
            }
            return (lanes * ONES64) >> 192;
        }
    }

    /// @notice Sum over all slots of a x b.
    /// @dev With four 64-bit lanes as the coefficients of a polynomial in 2^64, multiplying by the other factor with its
    /// lanes reversed leaves the dot product in the top lane: it and every lower coefficient is a sum of at most four
    /// products below 2^62, so nothing carries.
    function dot(uint256[12] memory a, uint256[12] memory b) internal pure returns (uint256 total) {
        unchecked {
            for (uint256 i; i < WORDS; ++i) {
                uint256 x = wordAt(a, i);
                if (x == 0) continue;
                uint256 y = wordAt(b, i);
                total += ((x & LOWER) * _reverse(y & LOWER)) >> 192;
                total += (((x >> 32) & LOWER) * _reverse((y >> 32) & LOWER)) >> 192;
            }
        }
    }

    /// @notice The value of one slot.
    function slot(uint256[12] memory curve, uint256 index) internal pure returns (uint256) {
        return (wordAt(curve, index / 8) >> (224 - 32 * (index % 8))) & 0xffffffff;
    }

    /// @notice Sets slots `from` to `to` (exclusive) of a curve, zero there before, to `value` < 2^31.
    function fill(uint256[12] memory curve, uint256 from, uint256 to, uint256 value) internal pure {
        unchecked {
            // from < to <= 96, and value x ONES puts a value below 2^32 into each lane.
            uint256 word = value * ONES;
            uint256 last = (to - 1) / 8;
            for (uint256 i = from / 8; i <= last; ++i) {
                uint256 mask = type(uint256).max;
                if (i * 8 < from) mask >>= 32 * (from - i * 8);
                if (i * 8 + 8 > to) mask &= ~(type(uint256).max >> (32 * (to - i * 8)));
                setWord(curve, i, wordAt(curve, i) | (word & mask));
            }
        }
    }

    /// @dev The lower 31 bits of each lane in which `low` <= `high`.
    function orderedLanes(uint256 low, uint256 high) internal pure returns (uint256) {
        unchecked {
            // The top bit survives the subtraction exactly where high >= low; less its own lowest bit it fills the lane.
            uint256 tops = ((high | TOPS) - low) & TOPS;
            return tops - (tops >> 31);
        }
    }

    /// @dev max(0, a - b) in each lane.
    function excessLanes(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked {
            // As in `orderedLanes`; the mask drops the helping bit and the lanes that would be negative.
            uint256 difference = (a | TOPS) - b;
            uint256 tops = difference & TOPS;
            return difference & (tops - (tops >> 31));
        }
    }

    /// @dev One word of eight slots.
    function wordAt(uint256[12] memory curve, uint256 index) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(curve, shl(5, index)))
        }
    }

    /// @dev Callers keep `index` below twelve.
    function setWord(uint256[12] memory curve, uint256 index, uint256 word) internal pure {
        assembly ("memory-safe") {
            mstore(add(curve, shl(5, index)), word)
        }
    }

    /// @dev Reverses four 64-bit lanes.
    function _reverse(uint256 lanes) private pure returns (uint256) {
        lanes = (lanes >> 128) | (lanes << 128);
        return ((lanes & UPPER64) >> 64) | ((lanes << 64) & UPPER64);
    }
}
