// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
// Used in assembly, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {WORD_BYTES} from "../../types/Words.sol";
import {Band, Trade} from "../interfaces/ITradeEscrow.sol";
import {MOST_PACKED_BANDS, Order, PackedBands} from "./PackedRound.sol";

/// @dev A band as it lies in memory is its EIP-712 encoding.
struct EncodedBand {
    bytes32 typeHash;
    uint256 fromSlot;
    uint256 toSlot;
    uint256 energyWh;
    uint256 price;
}

/// @dev Memory in which packed bands are hashed, taken once for all orders of a round.
struct BandHashing {
    EncodedBand band;
    bytes32[MOST_PACKED_BANDS] hashes;
}

/// @title EIP-712 struct hashes of what wallets sign
/// @notice `sdk/market/typedData.ts` declares the same types.
library TypedData {
    string internal constant DOMAIN_NAME = unicode"Dujiang 都江电力市场";
    string internal constant DOMAIN_VERSION = "1";

    /// @dev The first thirteen words of an `Order` in memory are its EIP-712 encoding.
    uint256 private constant ORDER_ENCODING_BYTES = 416;

    uint256 private constant BAND_ENCODING_BYTES = 160;

    // Each is one literal, so that the compiler hashes it.
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    bytes32 internal constant BAND_TYPEHASH = keccak256(
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    bytes32 internal constant TRADE_TYPEHASH = keccak256(
        "Trade(address seller,address buyer,uint64 sellerMeter,uint64 buyerMeter,uint32 deliveryDate,Band[] bands,"
        "uint256 totalEnergyWh,uint256 totalAmountFen,uint256 maxPaymentFen,uint256 maxBondFen,uint16 paymentDays,"
        "bool greenCertificates,uint64 expiry,uint32 nonce)"
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    bytes32 internal constant SELL_ORDER_TYPEHASH = keccak256(
        "SellOrder(address seller,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxBondFen,uint16 paymentDays,bool continuous,bool greenCertificates,"
        "uint64 expiry,uint32 nonce)"
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    bytes32 internal constant BUY_ORDER_TYPEHASH = keccak256(
        "BuyOrder(address buyer,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxPaymentFen,uint16 paymentDays,bool continuous,bool greenCertificates,"
        "uint64 expiry,uint32 nonce)"
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    /// @notice Domain of the escrow, in its own code or in what it delegates to; `EIP712` describes the same to others.
    function domainSeparator() internal view returns (bytes32) {
        (bytes32 name, bytes32 version) = (keccak256(bytes(DOMAIN_NAME)), keccak256(bytes(DOMAIN_VERSION)));
        return keccak256(abi.encode(DOMAIN_TYPEHASH, name, version, block.chainid, address(this)));
    }

    /// @notice Struct hash of a bilateral trade.
    function hash(Trade calldata trade) internal pure returns (bytes32) {
        return keccak256(bytes.concat(_encodeParties(trade), _encodeTerms(trade)));
    }

    /// @notice Struct hash of a sell or buy order, and in passing its parts that depend on side, trader and day.
    /// @param date delivery date as a number, 20261122.
    function hash(
        BandHashing memory hashing,
        Order memory order,
        bool sell,
        address trader,
        uint32 date
    ) internal pure returns (bytes32 digest) {
        order.typeHash = sell ? SELL_ORDER_TYPEHASH : BUY_ORDER_TYPEHASH;
        (order.trader, order.date, order.bandsHash) = (trader, date, _hash(hashing, order.bands, order.bandCount));
        assembly ("memory-safe") {
            digest := keccak256(order, ORDER_ENCODING_BYTES)
        }
    }

    /// @notice Hash of an array of bands.
    function hash(Band[] calldata bands) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](bands.length);
        for (uint256 i; i < bands.length; ++i) {
            Band calldata band = bands[i];
            hashes[i] = keccak256(abi.encode(BAND_TYPEHASH, band.fromSlot, band.toSlot, band.energyWh, band.price));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    function _encodeParties(Trade calldata trade) private pure returns (bytes memory) {
        return
            abi.encode(
                TRADE_TYPEHASH,
                trade.seller,
                trade.buyer,
                trade.sellerMeter,
                trade.buyerMeter,
                Calendar.dateNumber(trade.day),
                hash(trade.bands)
            );
    }

    function _encodeTerms(Trade calldata trade) private pure returns (bytes memory) {
        return
            abi.encode(
                trade.totalEnergyWh,
                trade.totalAmountFen,
                trade.maxPaymentFen,
                trade.maxBondFen,
                trade.paymentDays,
                trade.greenCertificates,
                trade.expiry,
                trade.nonce
            );
    }

    /// @dev Hash of an array of packed bands.
    function _hash(BandHashing memory hashing, PackedBands bands, uint256 count) private pure returns (bytes32 digest) {
        (EncodedBand memory band, bytes32[MOST_PACKED_BANDS] memory hashes) = (hashing.band, hashing.hashes);
        band.typeHash = BAND_TYPEHASH;
        for (uint256 i; i < count; ++i) {
            (band.fromSlot, band.toSlot, band.energyWh, band.price) = bands.bandAt(i);
            assembly ("memory-safe") {
                digest := keccak256(band, BAND_ENCODING_BYTES)
            }
            hashes[i] = digest;
        }
        assembly ("memory-safe") {
            digest := keccak256(hashes, mul(count, WORD_BYTES))
        }
    }
}
