// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Band} from "../../contracts/market/interfaces/ITradeEscrow.sol";

/// @notice Bands and curves for tests, and the sums over them, slot by slot: nothing here is shared with the contracts.
library Builder {
    uint256 internal constant SLOTS = 96;
    uint256 internal constant BYTES = 384;

    // ---- bands

    function band(
        uint256 fromSlot,
        uint256 toSlot,
        uint256 energyWh,
        uint256 price
    ) internal pure returns (Band memory) {
        return Band(uint8(fromSlot), uint8(toSlot), uint32(energyWh), uint32(price));
    }

    function bands(Band memory only) internal pure returns (Band[] memory list) {
        list = new Band[](1);
        list[0] = only;
    }

    function bands(Band memory first, Band memory second) internal pure returns (Band[] memory list) {
        list = new Band[](2);
        (list[0], list[1]) = (first, second);
    }

    function bands(Band memory a, Band memory b, Band memory c) internal pure returns (Band[] memory list) {
        list = new Band[](3);
        (list[0], list[1], list[2]) = (a, b, c);
    }

    /// @notice Wh per slot.
    function energy(Band[] memory list) internal pure returns (bytes memory curve) {
        curve = zeros();
        for (uint256 i; i < list.length; ++i) {
            for (uint256 slot = list[i].fromSlot; slot < list[i].toSlot; ++slot) {
                set(curve, slot, list[i].energyWh);
            }
        }
    }

    /// @notice fen per MWh per slot.
    function prices(Band[] memory list) internal pure returns (bytes memory curve) {
        curve = zeros();
        for (uint256 i; i < list.length; ++i) {
            for (uint256 slot = list[i].fromSlot; slot < list[i].toSlot; ++slot) {
                set(curve, slot, list[i].price);
            }
        }
    }

    // ---- curves

    function zeros() internal pure returns (bytes memory) {
        return new bytes(BYTES);
    }

    /// @notice The same value from `fromSlot` to before `toSlot`, zero elsewhere.
    function level(uint256 fromSlot, uint256 toSlot, uint256 value) internal pure returns (bytes memory curve) {
        curve = zeros();
        for (uint256 slot = fromSlot; slot < toSlot; ++slot) {
            set(curve, slot, value);
        }
    }

    /// @notice An empty curve reads as zeros.
    function slotAt(bytes memory curve, uint256 slot) internal pure returns (uint256 value) {
        if (curve.length == 0) return 0;
        assert(curve.length == BYTES && slot < SLOTS);
        assembly ("memory-safe") {
            value := shr(224, mload(add(add(curve, 32), mul(slot, 4))))
        }
    }

    function set(bytes memory curve, uint256 slot, uint256 value) internal pure {
        assert(curve.length == BYTES && slot < SLOTS && value < 1 << 32);
        assembly ("memory-safe") {
            // The 28 bytes behind the slot are written as they were.
            let place := add(add(curve, 32), mul(slot, 4))
            mstore(place, or(shl(224, value), shr(32, shl(32, mload(place)))))
        }
    }

    function sum(bytes memory curve) internal pure returns (uint256 total) {
        for (uint256 slot; slot < SLOTS; ++slot) {
            total += slotAt(curve, slot);
        }
    }

    function plus(bytes memory a, bytes memory b) internal pure returns (bytes memory curve) {
        curve = zeros();
        for (uint256 slot; slot < SLOTS; ++slot) {
            set(curve, slot, slotAt(a, slot) + slotAt(b, slot));
        }
    }

    /// @notice What reaches a trade in one slot.
    function delivered(uint256 energyWh, uint256 offset, uint256 metered) internal pure returns (uint256) {
        uint256 available = metered > offset ? metered - offset : 0;
        return energyWh < available ? energyWh : available;
    }

    function deliveries(
        bytes memory sold,
        bytes memory offset,
        bytes memory metered
    ) internal pure returns (bytes memory curve) {
        curve = zeros();
        for (uint256 slot; slot < SLOTS; ++slot) {
            set(curve, slot, delivered(slotAt(sold, slot), slotAt(offset, slot), slotAt(metered, slot)));
        }
    }

    // ---- amounts

    /// @notice Sum of Wh x price in fen, rounded half up once.
    function amount(bytes memory energyCurve, bytes memory priceCurve) internal pure returns (uint256) {
        uint256 total;
        for (uint256 slot; slot < SLOTS; ++slot) {
            total += slotAt(energyCurve, slot) * slotAt(priceCurve, slot);
        }
        return (total + 500_000) / 1_000_000;
    }

    /// @notice Network charge, rounded half up.
    function network(uint256 energyWh, uint256 tariff) internal pure returns (uint256) {
        return (energyWh * tariff + 500_000_000) / 1_000_000_000;
    }

    /// @notice Bond, rounded up.
    function bond(uint256 energyFen, uint256 rateBp) internal pure returns (uint256) {
        return (energyFen * rateBp + 9_999) / 10_000;
    }
}
