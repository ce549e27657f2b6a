// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../metering/libraries/Calendar.sol";
import {Band, SignedOrder, Trade} from "../interfaces/ITradeEscrow.sol";

/// @title EIP-712 struct hashes of what wallets sign
/// @notice `sdk/typed-data.ts` declares the same types.
library TypedData {
    string private constant BAND = "Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)";

    bytes32 internal constant BAND_TYPEHASH = keccak256(bytes(BAND));

    bytes32 internal constant TRADE_TYPEHASH = keccak256(
        abi.encodePacked(
            "Trade(address seller,address buyer,uint64 sellerMeter,uint64 buyerMeter,uint32 deliveryDate,Band[] bands,",
            "uint256 totalEnergyWh,uint256 totalAmountFen,uint256 maxPaymentFen,uint256 maxBondFen,uint16 paymentDays,",
            "uint64 expiry,uint256 nonce)",
            BAND
        )
    );

    bytes32 internal constant SELL_ORDER_TYPEHASH = keccak256(
        abi.encodePacked(
            "SellOrder(address seller,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,",
            "uint256 totalAmountFen,uint256 maxBondFen,uint16 paymentDays,uint64 expiry,uint256 nonce)",
            BAND
        )
    );

    bytes32 internal constant BUY_ORDER_TYPEHASH = keccak256(
        abi.encodePacked(
            "BuyOrder(address buyer,uint64 meter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,",
            "uint256 totalAmountFen,uint256 maxPaymentFen,uint16 paymentDays,uint64 expiry,uint256 nonce)",
            BAND
        )
    );

    /// @notice Struct hash of a bilateral trade.
    function hash(Trade calldata trade) internal pure returns (bytes32) {
        return
            keccak256(
                bytes.concat(
                    abi.encode(
                        TRADE_TYPEHASH,
                        trade.seller,
                        trade.buyer,
                        trade.sellerMeter,
                        trade.buyerMeter,
                        Calendar.dateNumber(trade.day),
                        hash(trade.bands)
                    ),
                    abi.encode(
                        trade.totalEnergyWh,
                        trade.totalAmountFen,
                        trade.maxPaymentFen,
                        trade.maxBondFen,
                        trade.paymentDays,
                        trade.expiry,
                        trade.nonce
                    )
                )
            );
    }

    /// @notice Struct hash of a sell or buy order.
    /// @param date delivery date as a number, 20261122.
    function hash(bool sell, address trader, uint32 date, SignedOrder calldata order) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    sell ? SELL_ORDER_TYPEHASH : BUY_ORDER_TYPEHASH,
                    trader,
                    order.meter,
                    date,
                    hash(order.bands),
                    order.totalEnergyWh,
                    order.totalAmountFen,
                    order.maxFen,
                    order.paymentDays,
                    order.expiry,
                    order.nonce
                )
            );
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
}
