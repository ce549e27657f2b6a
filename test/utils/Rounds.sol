// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Band, Round as PackedRound, ZonePrice} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Day} from "../../contracts/types/Day.sol";
import {MeterId} from "../../contracts/types/Ids.sol";

/// @notice An order as its trader signed it, and where it stands.
struct SignedOrder {
    /// Index into the round's traders.
    uint16 trader;
    MeterId meter;
    uint64 expiry;
    Band[] bands;
    uint256 totalEnergyWh;
    uint256 totalAmountFen;
    uint256 maxFen;
    uint32 nonce;
    bool continuous;
    bool greenCertificates;
    /// 65 bytes, or empty if the order was signed on chain.
    bytes signature;
    /// Filled so far: a 384-byte curve, or empty if nothing was.
    bytes filled;
    uint256 usedFen;
}

struct Leg {
    /// Index into the round's buy orders.
    uint16 buy;
    /// Wh per slot, 384 bytes.
    bytes energy;
}

struct Sale {
    SignedOrder order;
    /// What the meter day sold before this sale: its position and the hash of its trades, 416 bytes; or empty if nothing.
    bytes sold;
    /// Whether it sold what the sale before this one left, instead.
    bool asLeft;
    Leg[] legs;
}

/// @notice A submission of a round before it is packed.
struct Round {
    uint64 round;
    Day day;
    uint16 paymentDays;
    bool continuous;
    address[] traders;
    ZonePrice[] prices;
    SignedOrder[] buys;
    Sale[] sales;
}

/// @notice Packs rounds field by field, by the description at `Round` in `ITradeEscrow`.
library Rounds {
    uint256 private constant WORDS = 12;

    function pack(Round memory round) internal pure returns (PackedRound memory packed) {
        (packed.round, packed.day, packed.traders) = (round.round, round.day, round.traders);
        (packed.paymentDays, packed.continuous, packed.prices) = (round.paymentDays, round.continuous, round.prices);
        packed.buys = abi.encodePacked(uint16(round.buys.length));
        for (uint256 i; i < round.buys.length; ++i) {
            packed.buys = bytes.concat(packed.buys, pack(round.buys[i]));
        }
        packed.sales = abi.encodePacked(uint16(round.sales.length));
        for (uint256 i; i < round.sales.length; ++i) {
            packed.sales = bytes.concat(packed.sales, pack(round.sales[i]));
        }
    }

    function pack(SignedOrder memory order) internal pure returns (bytes memory packed) {
        require(order.totalEnergyWh <= type(uint64).max, "total energy");
        require(order.totalAmountFen <= type(uint128).max && order.maxFen <= type(uint128).max, "amounts");
        require(order.expiry <= type(uint40).max, "expiry");
        bool fresh = order.filled.length == 0 && order.usedFen == 0;
        uint8 flags = fresh ? 0 : 1;
        if (order.continuous) flags |= 2;
        if (order.greenCertificates) flags |= 4;
        if (order.signature.length == 0) flags |= 8;
        packed = abi.encodePacked(
            order.trader,
            order.meter,
            uint40(order.expiry),
            uint64(order.totalEnergyWh),
            order.nonce,
            uint8(order.bands.length),
            flags
        );
        packed = abi.encodePacked(packed, uint128(order.totalAmountFen), uint128(order.maxFen));
        for (uint256 i; i < order.bands.length; ++i) {
            Band memory band = order.bands[i];
            packed = abi.encodePacked(packed, band.fromSlot, band.toSlot, band.energyWh, band.price);
        }
        packed = bytes.concat(packed, order.signature);
        if (fresh) return packed;
        // What was used of nothing filled stands beside a curve of zeros.
        bytes memory filled = order.filled.length == 0 ? new bytes(384) : order.filled;
        return abi.encodePacked(packed, filled, order.usedFen);
    }

    function pack(Sale memory sale) internal pure returns (bytes memory packed) {
        uint8 before =
            sale.asLeft
                ? 2
                : sale.sold.length == 0
                    ? 0
                    : 1;
        packed = abi.encodePacked(pack(sale.order), before, uint16(sale.legs.length), sale.sold);
        for (uint256 i; i < sale.legs.length; ++i) {
            packed = bytes.concat(packed, pack(sale.legs[i]));
        }
    }

    /// @dev Without the words of zeros at both ends.
    function pack(Leg memory leg) internal pure returns (bytes memory) {
        (uint256 first, uint256 end) = (0, leg.energy.length / 32);
        while (end > 0 && _word(leg.energy, end - 1) == 0) --end;
        while (first < end && _word(leg.energy, first) == 0) ++first;
        return packStretch(leg.buy, first, end - first, leg.energy);
    }

    /// @notice A leg of so many words from the first one on, out of a curve that has them.
    function packStretch(
        uint16 buy,
        uint256 first,
        uint256 words,
        bytes memory curve
    ) internal pure returns (bytes memory leg) {
        leg = abi.encodePacked(buy, uint8(first), uint8(words));
        for (uint256 i = first; i < first + words; ++i) {
            leg = abi.encodePacked(leg, _word(curve, i));
        }
    }

    /// @notice The curve that is zero outside of a stretch from a slot on.
    function unfold(uint256 firstSlot, bytes memory stretch) internal pure returns (bytes memory curve) {
        uint256 behind = 384 - firstSlot * 4 - stretch.length;
        return bytes.concat(new bytes(firstSlot * 4), stretch, new bytes(behind));
    }

    function _word(bytes memory curve, uint256 index) private pure returns (uint256 word) {
        require(index < WORDS && curve.length >= index * 32 + 32, "curve");
        assembly ("memory-safe") {
            word := mload(add(curve, mul(32, add(index, 1))))
        }
    }
}
