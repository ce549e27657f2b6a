// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Band} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {MeterId} from "../../contracts/types/Ids.sol";

/// @dev An order as `Round` describes it, unpacked.
struct ReadOrder {
    uint256 trader;
    MeterId meter;
    uint64 expiry;
    uint256 totalEnergyWh;
    uint256 totalAmountFen;
    uint256 maxFen;
    uint32 nonce;
    Band[] bands;
    bool continuous;
    bool greenCertificates;
    bool presigned;
    bytes signature;
    bool wasFilled;
    /// The curve filled before, 384 bytes, and what of `maxFen` that used.
    bytes filled;
    uint256 usedFen;
}

struct ReadLeg {
    uint256 buy;
    uint256 firstWord;
    uint256 words;
    bytes energy;
}

struct ReadSale {
    ReadOrder order;
    /// Of what the meter day sold before: 0 nothing, 1 as given here, 2 as the sale before left it.
    uint256 before;
    bytes position;
    bytes32 trades;
    ReadLeg[] legs;
}

/// @dev Packed bytes and how far they have been read.
struct Reader {
    bytes data;
    uint256 position;
}

/// @title Reads the packed orders and sales of a round, byte after byte
/// @notice Written from the description at `Round` in `ITradeEscrow`; shares nothing with `PackedRound`.
library RoundBytes {
    /// @notice Thrown when the bytes end before what they announce.
    error RoundBytes_Cut(uint256 position);

    uint256 private constant CURVE_BYTES = 384;
    uint256 private constant WORD_BYTES = 32;

    /// @notice Reads all orders. `filled` says whether they fill their bytes.
    function readOrders(bytes memory data) internal pure returns (ReadOrder[] memory orders, bool filled) {
        Reader memory reader = Reader(data, 0);
        orders = new ReadOrder[](number(reader, 2));
        for (uint256 i; i < orders.length; ++i) {
            orders[i] = readOrder(reader);
        }
        filled = reader.position == data.length;
    }

    /// @notice Reads all sales. `filled` says whether they fill their bytes.
    function readSales(bytes memory data) internal pure returns (ReadSale[] memory sales, bool filled) {
        Reader memory reader = Reader(data, 0);
        sales = new ReadSale[](number(reader, 2));
        for (uint256 i; i < sales.length; ++i) {
            sales[i] = readSale(reader);
        }
        filled = reader.position == data.length;
    }

    function readOrder(Reader memory reader) internal pure returns (ReadOrder memory order) {
        order.trader = number(reader, 2);
        order.meter = MeterId.wrap(uint64(number(reader, 8)));
        order.expiry = uint64(number(reader, 5));
        order.totalEnergyWh = number(reader, 8);
        order.nonce = uint32(number(reader, 4));
        order.bands = new Band[](number(reader, 1));
        uint256 flags = number(reader, 1);
        order.wasFilled = flags % 2 == 1;
        order.continuous = (flags / 2) % 2 == 1;
        order.greenCertificates = (flags / 4) % 2 == 1;
        order.presigned = (flags / 8) % 2 == 1;
        order.totalAmountFen = number(reader, 16);
        order.maxFen = number(reader, 16);
        for (uint256 i; i < order.bands.length; ++i) {
            order.bands[i].fromSlot = uint8(number(reader, 1));
            order.bands[i].toSlot = uint8(number(reader, 1));
            order.bands[i].energyWh = uint32(number(reader, 4));
            order.bands[i].price = uint32(number(reader, 4));
        }
        if (!order.presigned) order.signature = take(reader, 65);
        if (!order.wasFilled) return order;
        order.filled = take(reader, CURVE_BYTES);
        order.usedFen = number(reader, 32);
    }

    function readSale(Reader memory reader) internal pure returns (ReadSale memory sale) {
        sale.order = readOrder(reader);
        sale.before = number(reader, 1);
        sale.legs = new ReadLeg[](number(reader, 2));
        if (sale.before != 0 && sale.before != 2) {
            sale.position = take(reader, CURVE_BYTES);
            sale.trades = bytes32(number(reader, WORD_BYTES));
        }
        for (uint256 i; i < sale.legs.length; ++i) {
            ReadLeg memory leg = sale.legs[i];
            leg.buy = number(reader, 2);
            leg.firstWord = number(reader, 1);
            leg.words = number(reader, 1);
            leg.energy = take(reader, leg.words * WORD_BYTES);
        }
    }

    /// @notice The next `count` bytes as a big-endian number.
    function number(Reader memory reader, uint256 count) internal pure returns (uint256 value) {
        bytes memory part = take(reader, count);
        for (uint256 i; i < count; ++i) {
            value = value * 256 + uint8(part[i]);
        }
    }

    /// @notice The next `count` bytes.
    function take(Reader memory reader, uint256 count) internal pure returns (bytes memory part) {
        if (reader.position + count > reader.data.length) revert RoundBytes_Cut(reader.position);
        part = new bytes(count);
        for (uint256 i; i < count; ++i) {
            part[i] = reader.data[reader.position + i];
        }
        reader.position += count;
    }

    /// @notice The slots of packed words, four bytes each, from `firstSlot` on; zero elsewhere.
    function slots(bytes memory packed, uint256 firstSlot) internal pure returns (uint256[96] memory values) {
        Reader memory reader = Reader(packed, 0);
        for (uint256 i; i < packed.length / 4; ++i) {
            values[firstSlot + i] = number(reader, 4);
        }
    }
}
