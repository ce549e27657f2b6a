// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// Used in assembly, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {FREE_MEMORY, WORD_BYTES} from "./Words.sol";

/// @title A day's curve: 96 slots of 15 minutes, eight to a word
/// @notice A packed curve is 384 bytes, four bytes a slot, big-endian; in memory it is twelve words of eight 32-bit lanes.
/// Every value lies below 2^31 (2.1 GWh in a slot, 21.47 million fen per MWh), which leaves the top bit of each lane free:
/// one subtraction compares eight slots, one addition moves eight, one multiplication gives the dot product of four.
/// @dev `test/reference/CurveReference.sol` does the same slot by slot; tests compare the two. No lane ever carries
/// into its neighbour: additions are checked against the top bit, subtractions have it set first.
library Curve {
    /// @notice Thrown when a curve is neither empty nor 384 bytes of values below 2^31, or a stretch of one is no whole words or
    /// goes beyond the day.
    error Curve_Malformed(uint256 length);

    uint256 internal constant SLOTS = 96;
    uint256 internal constant BYTES = 384;
    /// @dev A curve and a word behind it.
    uint256 private constant BYTES_AND_WORD = 416;
    uint256 internal constant WORDS = 12;
    uint256 internal constant SLOT_BYTES = 4;
    /// @dev Largest value of a slot.
    uint256 internal constant MAX = 0x7fffffff;

    /// @dev Lanes of a word, bits of each, and where the first slot of a word lies.
    uint256 internal constant LANES = 8;
    uint256 private constant LANE = 32;
    uint256 private constant TOP_LANE = 224;
    /// @dev From the top bit of a lane to its lowest.
    uint256 private constant TOP_TO_LOWEST = 31;
    /// @dev Bits of a wide lane, which holds what two slots come to, and where the sum of all four arrives.
    uint256 private constant WIDE_LANE = 64;
    uint256 private constant TOP_WIDE_LANE = 192;

    /// @dev 1 in each 32-bit lane, and the top bit of each.
    uint256 private constant ONES = 0x0000000100000001000000010000000100000001000000010000000100000001;
    uint256 internal constant TOPS = 0x8000000080000000800000008000000080000000800000008000000080000000;
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
        copyInto(packed, curve);
        uint256 seen;
        for (uint256 i; i < WORDS; ++i) {
            seen |= wordAt(curve, i);
        }
        if (seen & TOPS != 0) revert Curve_Malformed(packed.length);
    }

    /// @notice Makes a curve of a stretch of whole words, zero outside it: most trades sell a part of the day, and later steps
    /// need only that part.
    /// @return from where the stretch begins, in bytes from the beginning of the curve.
    /// @return to where it ends.
    function readStretch(
        bytes calldata stretch,
        uint256 firstSlot,
        uint256[12] memory curve
    ) internal pure returns (uint256 from, uint256 to) {
        (from, to) = (firstSlot * SLOT_BYTES, firstSlot * SLOT_BYTES + stretch.length);
        if ((from | to) % WORD_BYTES != 0 || to > BYTES) revert Curve_Malformed(stretch.length);
        clear(curve);
        copyStretch(stretch, curve, from);
    }

    /// @notice Copies 384 bytes over another curve. The caller compares their hash before using them.
    function copyInto(bytes calldata packed, uint256[12] memory curve) internal pure {
        if (packed.length != BYTES) revert Curve_Malformed(packed.length);
        assembly ("memory-safe") {
            calldatacopy(curve, packed.offset, BYTES)
        }
    }

    /// @notice Copies a stretch of words over a curve, from `offset` on, in bytes from its beginning; the caller has checked
    /// that it ends within the curve.
    function copyStretch(bytes calldata stretch, uint256[12] memory curve, uint256 offset) internal pure {
        assembly ("memory-safe") {
            calldatacopy(add(curve, offset), stretch.offset, stretch.length)
        }
    }

    /// @notice Makes every slot zero.
    function clear(uint256[12] memory curve) internal pure {
        assembly ("memory-safe") {
            // Beyond the calldata there are only zeros.
            calldatacopy(curve, calldatasize(), BYTES)
        }
    }

    /// @notice keccak256 of the packed curve.
    function hash(uint256[12] memory curve) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            digest := keccak256(curve, BYTES)
        }
    }

    /// @notice keccak256 of the packed curve followed by a word.
    function hashWith(uint256[12] memory curve, uint256 word) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            // Free memory, not taken: nothing of it is needed once it is hashed.
            let free := mload(FREE_MEMORY)
            mcopy(free, curve, BYTES)
            mstore(add(free, BYTES), word)
            digest := keccak256(free, BYTES_AND_WORD)
        }
    }

    /// @notice Packs a curve again.
    function pack(uint256[12] memory curve) internal pure returns (bytes memory packed) {
        packed = new bytes(BYTES);
        assembly ("memory-safe") {
            mcopy(add(packed, WORD_BYTES), curve, BYTES)
        }
    }

    /// @notice The same value in every slot. `value` < 2^31.
    function level(uint256 value) internal pure returns (uint256[12] memory curve) {
        uint256 word = lanesOf(value);
        for (uint256 i; i < WORDS; ++i) {
            setWord(curve, i, word);
        }
    }

    /// @notice Whether `a` <= `b` in every slot.
    function fits(uint256[12] memory a, uint256[12] memory b) internal pure returns (bool) {
        uint256 exceeding;
        for (uint256 i; i < WORDS; ++i) {
            exceeding |= exceedingLanes(wordAt(a, i), wordAt(b, i));
        }
        return exceeding & TOPS == 0;
    }

    /// @notice Whether every slot is at most `limit` < 2^31; asked of any 384 bytes, so that no other check is needed.
    function isAtMost(uint256[12] memory curve, uint256 limit) internal pure returns (bool) {
        uint256 exceeding;
        uint256 limits = lanesOf(limit);
        for (uint256 i; i < WORDS; ++i) {
            uint256 word = wordAt(curve, i);
            exceeding |= word | exceedingLanes(word & ~TOPS, limits);
        }
        return exceeding & TOPS == 0;
    }

    /// @notice Whether a packed curve, read where it lies, is 384 bytes of values of at most `limit` < 2^31.
    function isPackedAtMost(bytes calldata packed, uint256 limit) internal pure returns (bool) {
        if (packed.length != BYTES) return false;
        uint256 wrong;
        uint256 word = (limit * ONES) | TOPS;
        unchecked {
            // As in `fits`; a lane with its top bit set may make its neighbour borrow, but is wrong by that bit already.
            for (uint256 offset; offset < BYTES; offset += WORD_BYTES) {
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
            // Lanes below 2^31 add up to less than 2^32: no carry into the neighbour, and the top bit shows an
            // overflow.
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
                lanes += pairLanes(wordAt(curve, i));
            }
            return sumLanes(lanes);
        }
    }

    /// @notice Sum over all slots of a x b.
    function dot(uint256[12] memory a, uint256[12] memory b) internal pure returns (uint256 total) {
        unchecked {
            for (uint256 i; i < WORDS; ++i) {
                total += dotLanes(wordAt(a, i), wordAt(b, i));
            }
        }
    }

    /// @notice The value of one slot.
    function slot(uint256[12] memory curve, uint256 index) internal pure returns (uint256) {
        return (wordAt(curve, index / LANES) >> (TOP_LANE - LANE * (index % LANES))) & 0xffffffff;
    }

    /// @notice Sets slots `from` to `to` (exclusive) of two curves, zero there before, to a value below 2^31 each.
    function fill(
        uint256[12] memory one,
        uint256[12] memory other,
        uint256 from,
        uint256 to,
        uint256 oneValue,
        uint256 otherValue
    ) internal pure {
        unchecked {
            // from < to <= 96; a band's first and last word may be shared with its neighbours.
            (uint256 oneWord, uint256 otherWord) = (lanesOf(oneValue), lanesOf(otherValue));
            (uint256 first, uint256 last) = (from / LANES, (to - 1) / LANES);
            for (uint256 i = first; i <= last; ++i) {
                uint256 mask = type(uint256).max;
                if (i == first) mask >>= LANE * (from % LANES);
                if (i == last) mask &= ~(type(uint256).max >> (LANE * (((to - 1) % LANES) + 1)));
                setWord(one, i, wordAt(one, i) | (oneWord & mask));
                setWord(other, i, wordAt(other, i) | (otherWord & mask));
            }
        }
    }

    /// @dev The lower 31 bits of each lane in which `low` <= `high`.
    function orderedLanes(uint256 low, uint256 high) internal pure returns (uint256) {
        unchecked {
            // The top bit survives the subtraction exactly where high >= low; less its own lowest bit it fills the lane.
            uint256 tops = ((high | TOPS) - low) & TOPS;
            return tops - (tops >> TOP_TO_LOWEST);
        }
    }

    /// @dev max(0, a - b) in each lane.
    function excessLanes(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked {
            // As in `orderedLanes`; the mask drops the helping bit and the lanes that would be negative.
            uint256 difference = (a | TOPS) - b;
            uint256 tops = difference & TOPS;
            return difference & (tops - (tops >> TOP_TO_LOWEST));
        }
    }

    /// @dev The same value below 2^31 in each lane of a word.
    function lanesOf(uint256 value) internal pure returns (uint256) {
        unchecked {
            // Below 2^31 in each of eight lanes of 32 bits.
            return value * ONES;
        }
    }

    /// @dev The eight slots of a word added in pairs, into four 64-bit lanes.
    function pairLanes(uint256 word) internal pure returns (uint256) {
        unchecked {
            // Two values below 2^31 in a lane of 64 bits.
            return (word & LOWER) + ((word >> LANE) & LOWER);
        }
    }

    /// @dev Sum of four 64-bit lanes whose total fits one.
    function sumLanes(uint256 lanes) internal pure returns (uint256) {
        unchecked {
            // The top lane of the product is the sum of all four.
            return (lanes * ONES64) >> TOP_WIDE_LANE;
        }
    }

    /// @dev Dot product of the eight slots of two words.
    /// @dev With four 64-bit lanes as the coefficients of a polynomial in 2^64, multiplying by the other factor with its
    /// lanes reversed leaves the dot product in the top lane: it and every lower coefficient is a sum of at most four
    /// products below 2^62, so nothing carries.
    function dotLanes(uint256 x, uint256 y) internal pure returns (uint256) {
        return dotReversed(x, reverse(y));
    }

    /// @dev The same where the other word is reversed already.
    function dotReversed(uint256 x, uint256 reversed) internal pure returns (uint256) {
        unchecked {
            return
                (((x & LOWER) * (reversed & LOWER)) >> TOP_WIDE_LANE) +
                ((((x >> LANE) & LOWER) * ((reversed >> LANE) & LOWER)) >> TOP_WIDE_LANE);
        }
    }

    /// @dev The top bit of each lane is set where `a` exceeds `b`; the other bits mean nothing.
    function exceedingLanes(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked {
            // The top bit of each lane of `b` is set first, so no lane borrows from its neighbour; it survives where a <= b.
            return ~((b | TOPS) - a);
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

    /// @dev Reverses four 64-bit lanes; each keeps its two slots in their order.
    function reverse(uint256 lanes) internal pure returns (uint256) {
        // The halves change places, then the lanes of each.
        lanes = (lanes >> (2 * WIDE_LANE)) | (lanes << (2 * WIDE_LANE));
        return ((lanes & UPPER64) >> WIDE_LANE) | ((lanes << WIDE_LANE) & UPPER64);
    }
}
