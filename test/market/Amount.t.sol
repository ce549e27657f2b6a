// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeviationPayee, DeviationPeriod, DeviationRule} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Amount} from "../../contracts/market/libraries/Amount.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Source} from "../../contracts/types/Enums.sol";
import {Assertions} from "../utils/Assertions.sol";

/// @notice Amounts at the edges: where a day is as large as it can be, and where a single Wh or fen decides.
contract AmountTest is Assertions {
    using Curve for uint256[12];

    /// @dev 20 million 元/MWh: a Wh costs 20 元.
    uint256 private constant DEAREST = 2_000_000_000;

    function _rule(DeviationPeriod period, uint16 toleranceBp) private pure returns (DeviationRule memory) {
        return DeviationRule(Source.Thermal, toleranceBp, 10_000, 0, period, DeviationPayee.Buyer);
    }

    function test_networkChargeOfTheLargestDayIsExactToTheFen() public pure {
        assertEq(Amount.ofNetwork(200_000_000_000, 1_000_000_000), 200_000_000_000, "at 10,000 yuan a MWh");
        assertEq(Amount.ofNetwork(1, 500_000_000), 1, "half a fen counts");
        assertEq(Amount.ofNetwork(1, 499_999_999), 0, "less does not");
    }

    function test_energyOfTheLargestDayIsExactToTheFen() public pure {
        assertEq(Amount.ofProduct(Curve.level(DEAREST).dot(Curve.level(DEAREST))), 96 * 4e12, "a level day");
    }

    function test_bondTakesTheSmallestPartOfAFen() public pure {
        assertEq(Amount.ofBond(1, 1), 1, "a ten-thousandth of a fen");
        assertEq(Amount.ofBond(10_000, 1), 1, "a whole fen");
        assertEq(Amount.ofBond(10_001, 1), 2, "and a ten-thousandth");
        assertEq(Amount.ofBond(1e12, 1_500), 15e10, "of ten billion yuan");
    }

    function test_deviationOfASlotBeginsWithTheFirstWhBeyondTheTolerance() public pure {
        DeviationRule memory rule = _rule(DeviationPeriod.Slot, 400);
        (uint256[12] memory sold, uint256[12] memory price) = (Curve.level(1_000), Curve.level(DEAREST));
        assertEq(Amount.ofSlotDeviation(sold, Curve.level(960), price, rule), 0, "4 % are missing");
        assertEq(Amount.ofSlotDeviation(sold, Curve.level(959), price, rule), 96 * 2_000, "and a Wh in every slot");
        // 4 % of 1,001 Wh are 40.04 Wh: 41 may be missing.
        sold = Curve.level(1_001);
        assertEq(Amount.ofSlotDeviation(sold, Curve.level(960), price, rule), 0, "a tolerance is rounded up");
        assertEq(Amount.ofSlotDeviation(sold, Curve.level(959), price, rule), 96 * 2_000, "by less than a Wh");
    }

    function test_deviationOfADayIsExactToTheFen() public pure {
        DeviationRule memory rule = _rule(DeviationPeriod.Day, 0);
        (uint256 soldWh, uint256 product) = (96 * DEAREST, 96 * DEAREST * DEAREST);
        assertEq(Amount.ofDayDeviation(soldWh, product, 0, rule), 96 * 4e12, "nothing arrived");
        rule.toleranceBp = 400;
        (soldWh, product) = (96 * 1_000, 96 * 1_000 * DEAREST);
        assertEq(Amount.ofDayDeviation(soldWh, product, 96 * 960, rule), 0, "4 % of the day");
        assertEq(Amount.ofDayDeviation(soldWh, product, 96 * 959, rule), 96 * 2_000, "96 Wh more");
    }

    function test_aFixedPriceIsChargedBesidesTheRate() public pure {
        DeviationRule memory rule = _rule(DeviationPeriod.Slot, 0);
        (rule.rateBp, rule.priceFenPerMWh) = (1_000, 500);
        (uint256[12] memory sold, uint256[12] memory price) = (Curve.level(1_000_000), Curve.level(40_000));
        // 96 MWh at a tenth of 400 yuan and 5 yuan more.
        assertEq(Amount.ofSlotDeviation(sold, Curve.level(0), price, rule), 432_000, "slot by slot");
        assertEq(Amount.ofDayDeviation(96e6, 96e6 * 40_000, 0, rule), 432_000, "over the day");
    }

    function test_deviationOfTheLargestSlotsIsExactToTheFen() public pure {
        DeviationRule memory rule = _rule(DeviationPeriod.Slot, 0);
        uint256[12] memory dearest = Curve.level(DEAREST);
        assertEq(Amount.ofSlotDeviation(dearest, Curve.level(0), dearest, rule), 96 * 4e12, "nothing arrived");
    }
}
