// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../contracts/types/Curve.sol";
import {Assertions} from "../utils/Assertions.sol";

/// @notice Days for fuzz tests, as 96 numbers for the reference and as twelve words for what is compared with it.
abstract contract CurveCases is Assertions {
    /// @dev Values at the edges and near each other as often as any: a wrong carry shows between extremes.
    function _values(uint256 seed) internal pure returns (uint256[96] memory values) {
        for (uint256 i; i < 96; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            uint256 kind = random & 7;
            uint256 value = (random >> 8) & Curve.MAX;
            if (kind < 2) value = kind * Curve.MAX;
            else if (kind < 4) value &= 3;
            else if (kind == 4) value = Curve.MAX - (value & 3);
            values[i] = value;
        }
    }

    /// @dev As `_values`, but zero outside a stretch of slots, sometimes everywhere.
    function _stretch(uint256 seed) internal pure returns (uint256[96] memory values) {
        values = _values(seed);
        uint256 begin = seed % 97;
        uint256 end = (seed >> 128) % 97;
        for (uint256 i; i < 96; ++i) {
            if (i < begin || i >= end) values[i] = 0;
        }
    }

    function _shifted(uint256[96] memory values, uint256 bits) internal pure returns (uint256[96] memory shifted) {
        for (uint256 i; i < 96; ++i) {
            shifted[i] = values[i] >> bits;
        }
    }

    function _curve(uint256[96] memory values) internal pure returns (uint256[12] memory curve) {
        for (uint256 i; i < 96; ++i) {
            curve[i / 8] |= values[i] << (224 - 32 * (i % 8));
        }
    }

    /// @dev First and end of the words that hold anything, in bytes.
    function _range(uint256[96] memory values) internal pure returns (uint256 from, uint256 to) {
        for (uint256 i; i < 96; ++i) {
            if (values[i] == 0) continue;
            if (to == 0) from = (i / 8) * 32;
            to = (i / 8 + 1) * 32;
        }
    }
}
