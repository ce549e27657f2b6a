// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice `Curve` slot by slot, in the plainest way: 96 numbers, one loop, checked arithmetic.
library CurveReference {
    uint256 internal constant SLOTS = 96;
    uint256 internal constant LIMIT = 2 ** 31;

    /// @dev The 384 bytes that travel: four bytes a slot, big-endian.
    function pack(uint256[96] memory values) internal pure returns (bytes memory packed) {
        for (uint256 i; i < SLOTS; ++i) {
            packed = bytes.concat(packed, bytes4(uint32(values[i])));
        }
    }

    function level(uint256 value) internal pure returns (uint256[96] memory values) {
        for (uint256 i; i < SLOTS; ++i) {
            values[i] = value;
        }
    }

    function fits(uint256[96] memory a, uint256[96] memory b) internal pure returns (bool) {
        for (uint256 i; i < SLOTS; ++i) {
            if (a[i] > b[i]) return false;
        }
        return true;
    }

    function add(uint256[96] memory a, uint256[96] memory b) internal pure returns (uint256[96] memory total) {
        for (uint256 i; i < SLOTS; ++i) {
            total[i] = a[i] + b[i];
        }
    }

    function subtract(uint256[96] memory a, uint256[96] memory b) internal pure returns (uint256[96] memory rest) {
        for (uint256 i; i < SLOTS; ++i) {
            rest[i] = a[i] - b[i];
        }
    }

    function min(uint256[96] memory a, uint256[96] memory b) internal pure returns (uint256[96] memory lower) {
        for (uint256 i; i < SLOTS; ++i) {
            lower[i] = a[i] < b[i] ? a[i] : b[i];
        }
    }

    function excess(uint256[96] memory a, uint256[96] memory b) internal pure returns (uint256[96] memory result) {
        for (uint256 i; i < SLOTS; ++i) {
            result[i] = a[i] > b[i] ? a[i] - b[i] : 0;
        }
    }

    function deliveries(
        uint256[96] memory energy,
        uint256[96] memory offset,
        uint256[96] memory metered
    ) internal pure returns (uint256[96] memory) {
        return min(energy, excess(metered, offset));
    }

    function keepWhereOrdered(
        uint256[96] memory values,
        uint256[96] memory low,
        uint256[96] memory high
    ) internal pure returns (uint256[96] memory kept) {
        for (uint256 i; i < SLOTS; ++i) {
            kept[i] = low[i] <= high[i] ? values[i] : 0;
        }
    }

    function sum(uint256[96] memory values) internal pure returns (uint256 total) {
        for (uint256 i; i < SLOTS; ++i) {
            total += values[i];
        }
    }

    function dot(uint256[96] memory a, uint256[96] memory b) internal pure returns (uint256 total) {
        for (uint256 i; i < SLOTS; ++i) {
            total += a[i] * b[i];
        }
    }

    function fill(
        uint256[96] memory values,
        uint256 from,
        uint256 to,
        uint256 value
    ) internal pure returns (uint256[96] memory) {
        for (uint256 i = from; i < to; ++i) {
            values[i] = value;
        }
        return values;
    }
}
