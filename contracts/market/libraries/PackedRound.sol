// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../types/Curve.sol";
import {MeterId} from "../../types/Ids.sol";
import {WORD_BYTES} from "../../types/Words.sol";

/// @dev Where packed bands begin in the calldata.
type PackedBands is uint256;

using {bandAt} for PackedBands global;

uint256 constant BAND_BYTES = 10;

/// @dev Bytes of a signature: r, s, v.
uint256 constant SIGNATURE_BYTES = 65;

/// @dev A byte counts the bands of an order.
uint256 constant MOST_PACKED_BANDS = 255;

/// @dev How far the fields of a band lie above the lowest bit of the word that it begins.
uint256 constant BAND_FROM_SLOT = 248;
uint256 constant BAND_TO_SLOT = 240;
uint256 constant BAND_ENERGY = 208;
uint256 constant BAND_PRICE = 176;

/// @dev A band as in `Band`; the caller knows how many there are.
function bandAt(
    PackedBands bands,
    uint256 index
) pure returns (uint256 fromSlot, uint256 toSlot, uint256 energyWh, uint256 price) {
    unchecked {
        // An index is below 256.
        uint256 word = PackedRound.word(PackedBands.unwrap(bands) + index * BAND_BYTES);
        fromSlot = word >> BAND_FROM_SLOT;
        toSlot = uint8(word >> BAND_TO_SLOT);
        energyWh = uint32(word >> BAND_ENERGY);
        price = uint32(word >> BAND_PRICE);
    }
}

/// @dev An order out of the calldata. The first thirteen fields, as they lie in memory, are its EIP-712 encoding, of which
/// `TypedData.hash` knows type, trader, date and bands, and the round the payment term.
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
    bool continuous;
    bool greenCertificates;
    uint64 expiry;
    uint32 nonce;
    /// Index into the round's traders.
    uint256 index;
    PackedBands bands;
    uint256 bandCount;
    /// Where the signature begins in the calldata; 0 if the order was signed on chain.
    uint256 signature;
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
    /// @dev The curve filled and what that used; a position and the hash of its trades.
    uint256 private constant FILL_BYTES = Curve.BYTES + WORD_BYTES;
    uint256 private constant SOLD_BYTES = Curve.BYTES + WORD_BYTES;

    /// @dev The kind of a sale whose meter day is as the sale before it in the submission left it, and what stands for a place
    /// in the calldata then.
    uint256 private constant SOLD_AS_LEFT = 2;
    uint256 internal constant AS_LEFT = 1;

    /// @dev How far the count at the beginning lies above the lowest bit of its word, and its bytes.
    uint256 private constant COUNT = 240;
    uint256 private constant COUNT_BYTES = 2;

    // An order begins with a word of small fields: how far each lies above the lowest bit.
    uint256 private constant ORDER_TRADER = 240;
    uint256 private constant ORDER_METER = 176;
    uint256 private constant ORDER_EXPIRY = 136;
    uint256 private constant ORDER_TOTAL_ENERGY = 72;
    uint256 private constant ORDER_NONCE = 40;
    uint256 private constant ORDER_BAND_COUNT = 32;
    uint256 private constant ORDER_FLAGS = 24;

    uint256 private constant WAS_FILLED = 1;
    uint256 private constant CONTINUOUS = 2;
    uint256 private constant GREEN_CERTIFICATES = 4;
    uint256 private constant PRESIGNED = 8;

    // Behind it lie a word of two amounts, and the bands: bytes from the beginning of the order.
    uint256 private constant ORDER_HEAD_BYTES = 29;
    uint256 private constant ORDER_BANDS_AT = ORDER_HEAD_BYTES + WORD_BYTES;
    uint256 private constant ORDER_TOTAL_AMOUNT = 128;

    // The same of what stands behind the order of a sale, and of a leg.
    uint256 private constant SALE_BEFORE = 248;
    uint256 private constant SALE_LEG_COUNT = 232;
    uint256 private constant SALE_HEAD_BYTES = 3;
    uint256 private constant LEG_BUY = 240;
    uint256 private constant LEG_FIRST_WORD = 232;
    uint256 private constant LEG_WORD_COUNT = 224;
    uint256 private constant LEG_HEAD_BYTES = 4;

    /// @notice Reads an order.
    /// @return end where it ends.
    function readOrder(uint256 position, Order memory order) internal pure returns (uint256 end) {
        unchecked {
            // Lengths have at most 16 bits. Casts cut a field out of the word.
            uint256 head = word(position);
            order.index = uint16(head >> ORDER_TRADER);
            order.meter = MeterId.wrap(uint64(head >> ORDER_METER));
            order.expiry = uint40(head >> ORDER_EXPIRY);
            order.totalEnergyWh = uint64(head >> ORDER_TOTAL_ENERGY);
            order.nonce = uint32(head >> ORDER_NONCE);
            order.bandCount = uint8(head >> ORDER_BAND_COUNT);
            uint256 flags = head >> ORDER_FLAGS;
            order.continuous = flags & CONTINUOUS != 0;
            order.greenCertificates = flags & GREEN_CERTIFICATES != 0;
            uint256 amounts = word(position + ORDER_HEAD_BYTES);
            (order.totalAmountFen, order.maxFen) = (amounts >> ORDER_TOTAL_AMOUNT, uint128(amounts));
            order.bands = PackedBands.wrap(position + ORDER_BANDS_AT);
            end = position + ORDER_BANDS_AT + order.bandCount * BAND_BYTES;
            (order.signature, order.fill) = (0, 0);
            if (flags & PRESIGNED == 0) {
                order.signature = end;
                end += SIGNATURE_BYTES;
            }
            if (flags & WAS_FILLED != 0) {
                order.fill = end;
                end += FILL_BYTES;
            }
        }
    }

    /// @notice Reads what follows the order of a sale.
    /// @return before where the position before the sale begins, with the hash of its trades behind it; 0 if nothing was sold,
    /// `AS_LEFT` if the sale before it left it.
    /// @return legCount how many legs follow.
    /// @return end where they begin.
    function readSale(uint256 position) internal pure returns (uint256 before, uint256 legCount, uint256 end) {
        unchecked {
            uint256 head = word(position);
            (legCount, end) = (uint16(head >> SALE_LEG_COUNT), position + SALE_HEAD_BYTES);
            uint256 kind = head >> SALE_BEFORE;
            if (kind == SOLD_AS_LEFT) before = AS_LEFT;
            else if (kind != 0) (before, end) = (end, end + SOLD_BYTES);
        }
    }

    /// @notice Reads a leg.
    /// @return end where it ends.
    function readLeg(uint256 position, Leg memory leg) internal pure returns (uint256 end) {
        unchecked {
            uint256 head = word(position);
            uint256 length = uint256(uint8(head >> LEG_WORD_COUNT)) * WORD_BYTES;
            leg.buy = head >> LEG_BUY;
            leg.from = uint256(uint8(head >> LEG_FIRST_WORD)) * WORD_BYTES;
            leg.to = leg.from + length;
            leg.energy = position + LEG_HEAD_BYTES;
            return leg.energy + length;
        }
    }

    /// @notice Passes over legs.
    /// @return end where the last one ends.
    function skipLegs(uint256 position, uint256 count) internal pure returns (uint256 end) {
        Leg memory leg;
        end = position;
        for (uint256 i; i < count; ++i) {
            end = readLeg(end, leg);
        }
    }

    /// @notice The count at the beginning of packed orders or sales.
    /// @return count how many there are.
    /// @return first where the first one begins.
    /// @return end where the last one should end.
    function readCount(bytes calldata packed) internal pure returns (uint256 count, uint256 first, uint256 end) {
        uint256 start;
        assembly ("memory-safe") {
            start := packed.offset
        }
        unchecked {
            // Calldata is short.
            (first, end) = (start + COUNT_BYTES, start + packed.length);
        }
        count = word(start) >> COUNT;
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
