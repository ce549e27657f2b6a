// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../types/Curve.sol";
import {DeviationRule} from "../interfaces/IMarketRules.sol";

/// @title Amounts in fen, rounded once per subject
/// @notice `sdk/market/amount.ts` has the same functions with the same rounding. Energy of a day is below 2^38 Wh, prices are below
/// 2^32, tariffs 2^64, amounts 2^72, rates 2^32: nothing here comes near 2^256.
library Amount {
    using Curve for uint256[12];

    /// @dev Wh x fen per MWh to fen.
    uint256 private constant PRICE_SCALE = 1e6;
    /// @dev Wh x 1/1000 fen per MWh to fen.
    uint256 private constant TARIFF_SCALE = 1e9;
    uint256 private constant BASIS_POINTS = 10_000;

    /// @notice Energy of which the sum of Wh x price is known, rounded half up once.
    function ofProduct(uint256 product) internal pure returns (uint256 fen) {
        return _halfUp(product, PRICE_SCALE);
    }

    /// @notice Network charge of `energyWh` at `tariff` (1/1000 fen per MWh), rounded half up.
    function ofNetwork(uint256 energyWh, uint256 tariff) internal pure returns (uint256 fen) {
        unchecked {
            return _halfUp(energyWh * tariff, TARIFF_SCALE);
        }
    }

    /// @notice Bond for an amount, rounded up.
    function ofBond(uint256 energyFen, uint256 rateBp) internal pure returns (uint256 fen) {
        unchecked {
            return (energyFen * rateBp + BASIS_POINTS - 1) / BASIS_POINTS;
        }
    }

    /// @notice Charge for what is missing slot by slot, rounded half up once. Assessed is what is missing beyond the
    /// tolerance, which is rounded up to whole Wh so that rounding never counts as deviation; each assessed MWh costs the
    /// contract price x rate + the fixed price.
    /// @param sold Wh per slot.
    /// @param delivered Wh per slot, at most `sold`.
    function ofSlotDeviation(
        uint256[12] memory sold,
        uint256[12] memory delivered,
        uint256[12] memory price,
        DeviationRule memory rule
    ) internal pure returns (uint256 fen) {
        uint256 fixedPrice = uint256(rule.priceFenPerMWh) * BASIS_POINTS;
        uint256 charge;
        for (uint256 i; i < Curve.SLOTS; ++i) {
            uint256 wanted = sold.slot(i);
            uint256 missing = wanted - delivered.slot(i);
            if (missing == 0) continue;
            uint256 tolerated = _tolerated(wanted, rule.toleranceBp);
            if (missing > tolerated) {
                charge += (missing - tolerated) * (price.slot(i) * rule.rateBp + fixedPrice);
            }
        }
        return _halfUp(charge, PRICE_SCALE * BASIS_POINTS);
    }

    /// @notice The same over a whole day; the contract price is the average of what was sold.
    /// @param soldProduct sum of Wh x price of what was sold.
    function ofDayDeviation(
        uint256 soldWh,
        uint256 soldProduct,
        uint256 deliveredWh,
        DeviationRule memory rule
    ) internal pure returns (uint256 fen) {
        uint256 missing = soldWh - deliveredWh;
        uint256 tolerated = _tolerated(soldWh, rule.toleranceBp);
        if (missing <= tolerated) return 0;
        uint256 fixedPrice = uint256(rule.priceFenPerMWh) * BASIS_POINTS;
        uint256 charge = (missing - tolerated) * (soldProduct * rule.rateBp + fixedPrice * soldWh);
        return _halfUp(charge, soldWh * PRICE_SCALE * BASIS_POINTS);
    }

    function _tolerated(uint256 energyWh, uint256 toleranceBp) private pure returns (uint256) {
        return (energyWh * toleranceBp + BASIS_POINTS - 1) / BASIS_POINTS;
    }

    function _halfUp(uint256 numerator, uint256 denominator) private pure returns (uint256) {
        unchecked {
            return (numerator + denominator / 2) / denominator;
        }
    }
}
