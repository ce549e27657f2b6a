// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Amount} from "../../contracts/market/libraries/Amount.sol";

/// @notice What holds for every amount. A day's product is below 96 x 2^31 x 2^31, its energy below 96 x 2^31.
contract AmountProof {
    uint256 private constant DAY_PRODUCT = 96 * 2 ** 62;
    uint256 private constant DAY_WH = 96 * 2 ** 31;

    function energyIsRoundedByHalfAFenAtMost(uint72 product) external pure {
        uint256 fen = Amount.ofProduct(product);
        assert(2 * fen * 1e6 <= 2 * uint256(product) + 1e6);
        assert(2 * fen * 1e6 + 1e6 > 2 * uint256(product));
    }

    function theAmountOfADayIsBelow2To49(uint256 product) external pure {
        require(product < DAY_PRODUCT);
        assert(Amount.ofProduct(product) < 2 ** 49);
    }

    function moreEnergyOrADearerHourNeverCostsLess(uint72 product, uint72 more) external pure {
        assert(Amount.ofProduct(uint256(product) + more) >= Amount.ofProduct(product));
    }

    /// @dev The part delivered and the part missing, each rounded, together differ from the whole by a fen at most.
    function partsAddUpToTheWholeWithinAFen(uint72 delivered, uint72 missing) external pure {
        uint256 parts = Amount.ofProduct(delivered) + Amount.ofProduct(missing);
        uint256 whole = Amount.ofProduct(uint256(delivered) + missing);
        assert(parts <= whole + 1 && whole <= parts + 1);
    }

    function theNetworkChargeIsRoundedByHalfAFenAtMost(uint256 energyWh, uint64 tariff) external pure {
        require(energyWh < DAY_WH);
        uint256 fen = Amount.ofNetwork(energyWh, tariff);
        uint256 exact = energyWh * tariff;
        assert(2 * fen * 1e9 <= 2 * exact + 1e9);
        assert(2 * fen * 1e9 + 1e9 > 2 * exact);
    }

    function theNetworkChargeOfADayIsBelow2To72(uint256 energyWh, uint64 tariff) external pure {
        require(energyWh < DAY_WH);
        assert(Amount.ofNetwork(energyWh, tariff) < 2 ** 72);
    }

    function aBondIsRoundedUpByLessThanAFen(uint128 energyFen, uint16 rateBp) external pure {
        uint256 fen = Amount.ofBond(energyFen, rateBp);
        uint256 exact = uint256(energyFen) * rateBp;
        assert(fen * 10_000 >= exact);
        assert(fen * 10_000 < exact + 10_000);
    }

    function noBondExceedsTheEnergyItSecures(uint128 energyFen, uint16 rateBp) external pure {
        require(rateBp <= 10_000);
        assert(Amount.ofBond(energyFen, rateBp) <= energyFen);
    }
}
