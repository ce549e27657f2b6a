// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../types/Curve.sol";
import {MeterId} from "../../types/Ids.sol";

/// @dev Where packed bands begin in the calldata.
type PackedBands is uint256;

using {bandAt} for PackedBands global;

uint256 constant BAND_BYTES = 10;

/// @dev A band as in `Band`; the caller knows how many there are.
function bandAt(
    PackedBands bands,
    uint256 index
) pure returns (uint256 fromSlot, uint256 toSlot, uint256 energyWh, uint256 price) {
    unchecked {
        // An index is below 256.
        uint256 word = PackedRound.word(PackedBands.unwrap(bands) + index * BAND_BYTES);
        return (word >> 248, uint8(word >> 240), uint32(word >> 208), uint32(word >> 176));
    }
}

/// @dev An order out of the calldata. The first eleven fields, as they lie in memory, are its EIP-712 encoding, of which
/// `TypedData.hash` knows type, trader, date and bands.
struct Order {
    bytes32 typeHash;
    address trader;
    MeterId meter;
    uint32 date;
    bytes32 bandsHash;
    uint256 totalEnergyWh;
    uint256 totalAmountFen;
    uint256 maxFen;
    uint16 paymentDays;
    uint64 expiry;
    uint256 nonce;
    /// Index into the round's traders.
    uint256 index;
    PackedBands bands;
    uint256 bandCount;
    /// Where the signature begins in the calldata.
    uint256 signature;
    uint256 signatureLength;
    /// Where the fill before begins in the calldata; 0 if nothing was filled.
    uint256 fill;
}

/// @dev One purchase out of a sale.
struct Leg {
    /// Index of the buy order.
    uint256 buy;
    /// The stretch of the day that its energy lies in, in bytes from the beginning of a curve.
    uint256 from;
    uint256 to;
    /// Where the energy begins in the calldata.
    uint256 energy;
}

/// @title Orders and sales of a round as they are packed into calldata
/// @notice `Round` describes the layout, `sdk/market/packedRound.ts` writes it. Positions are counted from the
/// beginning of the calldata. Nothing here checks bounds: beyond the calldata there are zeros, and the caller compares
/// where reading ended with where it should.
library PackedRound {
    uint256 private constant FILL_BYTES = Curve.BYTES + 32;

    /// @notice Reads an order.
    /// @return end where it ends.
    function readOrder(uint256 position, Order memory order) internal pure returns (uint256 end) {
        unchecked {
            // Lengths have at most 16 bits. Casts cut a field out of the word.
            uint256 head = word(position);
            order.index = uint16(head >> 240);
            order.meter = MeterId.wrap(uint64(head >> 176));
            order.paymentDays = uint16(head >> 160);
            order.expiry = uint64(head >> 96);
            order.totalEnergyWh = uint64(head >> 32);
            order.bandCount = uint8(head >> 24);
            order.signatureLength = uint16(head);
            uint256 amounts = word(position + 32);
            (order.totalAmountFen, order.maxFen) = (amounts >> 128, uint128(amounts));
            order.nonce = word(position + 64);
            order.bands = PackedBands.wrap(position + 96);
            order.signature = position + 96 + order.bandCount * BAND_BYTES;
            end = order.signature + order.signatureLength;
            if (uint8(head >> 16) == 0) {
                order.fill = 0;
            } else {
                order.fill = end;
                end += FILL_BYTES;
            }
        }
    }

    /// @notice Reads what follows the order of a sale.
    /// @return positionBefore where the position before the sale begins; 0 if there is none.
    /// @return legCount how many legs follow.
    /// @return end where they begin.
    function readSale(uint256 position) internal pure returns (uint256 positionBefore, uint256 legCount, uint256 end) {
        unchecked {
            uint256 head = word(position);
            (legCount, end) = (uint16(head >> 232), position + 3);
            if (uint8(head >> 248) != 0) (positionBefore, end) = (end, end + Curve.BYTES);
        }
    }

    /// @notice Reads a leg.
    /// @return end where it ends.
    function readLeg(uint256 position, Leg memory leg) internal pure returns (uint256 end) {
        unchecked {
            uint256 head = word(position);
            uint256 length = uint256(uint8(head >> 224)) * 32;
            leg.buy = head >> 240;
            leg.from = uint256(uint8(head >> 232)) * 32;
            leg.to = leg.from + length;
            leg.energy = position + 4;
            return leg.energy + length;
        }
    }

    /// @notice The count at the beginning of packed orders or sales.
    function readCount(bytes calldata packed) internal pure returns (uint256 count, uint256 first, uint256 end) {
        assembly ("memory-safe") {
            first := add(packed.offset, 2)
            end := add(packed.offset, packed.length)
            count := shr(240, calldataload(packed.offset))
        }
    }

    /// @notice One of the accounts that begin at `accounts`, which the caller has checked to be addresses.
    function accountAt(uint256 accounts, uint256 index) internal pure returns (address) {
        unchecked {
            // An index has 16 bits.
            return address(uint160(word(accounts + index * 32)));
        }
    }

    /// @notice A part of the calldata as bytes.
    function slice(uint256 position, uint256 length) internal pure returns (bytes calldata part) {
        assembly ("memory-safe") {
            part.offset := position
            part.length := length
        }
    }

    /// @notice A word of the calldata.
    function word(uint256 position) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := calldataload(position)
        }
    }
}
