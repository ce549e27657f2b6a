// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
import {Band, Trade} from "../interfaces/ITradeEscrow.sol";
import {Order, PackedBands} from "./PackedRound.sol";

/// @title EIP-712 struct hashes of what wallets sign
/// @notice `sdk/market/typedData.ts` declares the same types.
library TypedData {
    // Each is one literal, so that the compiler hashes it.
    bytes32 internal constant BAND_TYPEHASH = keccak256(
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    bytes32 internal constant TRADE_TYPEHASH = keccak256(
        "Trade(address seller,address buyer,uint64 sellerMeter,uint64 buyerMeter,uint32 deliveryDate,Band[] bands,"
        "uint256 totalEnergyWh,uint256 totalAmountFen,uint256 maxPaymentFen,uint256 maxBondFen,uint16 paymentDays,"
        "uint64 expiry,uint256 nonce)"
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    bytes32 internal constant SELL_ORDER_TYPEHASH = keccak256(
        "SellOrder(address seller,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxBondFen,uint16 paymentDays,uint64 expiry,uint256 nonce)"
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    bytes32 internal constant BUY_ORDER_TYPEHASH = keccak256(
        "BuyOrder(address buyer,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,"
        "uint256 totalAmountFen,uint256 maxPaymentFen,uint16 paymentDays,uint64 expiry,uint256 nonce)"
        "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
    );

    /// @notice Struct hash of a bilateral trade.
    function hash(Trade calldata trade) internal pure returns (bytes32) {
        return keccak256(bytes.concat(_encodeParties(trade), _encodeTerms(trade)));
    }

    /// @notice Struct hash of a sell or buy order, and in passing its parts that depend on side, trader and day.
    /// @param date delivery date as a number, 20261122.
    function hash(Order memory order, bool sell, address trader, uint32 date) internal pure returns (bytes32 digest) {
        order.typeHash = sell ? SELL_ORDER_TYPEHASH : BUY_ORDER_TYPEHASH;
        (order.trader, order.date, order.bandsHash) = (trader, date, _hash(order.bands, order.bandCount));
        assembly ("memory-safe") {
            // The first eleven words of the struct are its EIP-712 encoding.
            digest := keccak256(order, 352)
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
        uint32 date = Calendar.dateNumber(trade.day);
        return abi.encode(TRADE_TYPEHASH, trade.seller, trade.buyer, trade.sellerMeter, trade.buyerMeter, date);
    }

    function _encodeTerms(Trade calldata trade) private pure returns (bytes memory) {
        return
            abi.encode(
                hash(trade.bands),
                trade.totalEnergyWh,
                trade.totalAmountFen,
                trade.maxPaymentFen,
                trade.maxBondFen,
                trade.paymentDays,
                trade.expiry,
                trade.nonce
            );
    }

    /// @dev Hash of an array of packed bands. Each is written as its EIP-712 encoding behind the hashes of all, into memory
    /// that is given back: nothing of it is needed once it is hashed.
    function _hash(PackedBands bands, uint256 count) private pure returns (bytes32 digest) {
        bytes32 typeHash = BAND_TYPEHASH;
        uint256 hashes;
        assembly ("memory-safe") {
            hashes := mload(0x40)
            mstore(0x40, add(hashes, add(shl(5, count), 160)))
        }
        for (uint256 i; i < count; ++i) {
            (uint256 fromSlot, uint256 toSlot, uint256 energyWh, uint256 price) = bands.bandAt(i);
            assembly ("memory-safe") {
                let band := add(hashes, shl(5, count))
                mstore(band, typeHash)
                mstore(add(band, 32), fromSlot)
                mstore(add(band, 64), toSlot)
                mstore(add(band, 96), energyWh)
                mstore(add(band, 128), price)
                mstore(add(hashes, shl(5, i)), keccak256(band, 160))
            }
        }
        assembly ("memory-safe") {
            digest := keccak256(hashes, shl(5, count))
            mstore(0x40, hashes)
        }
    }
}
