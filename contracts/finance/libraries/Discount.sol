// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What a bank pays today for money due later
library Discount {
    /// @notice Thrown when the rate over the days leaves nothing to pay.
    error Discount_NothingLeft(uint256 faceFen, uint256 rateBp, uint256 daysToDue);
    /// @notice Thrown when the due day lies more than a year ahead.
    error Discount_TooLong(uint256 daysToDue, uint256 longest);

    /// @dev No receivable runs longer than a year.
    uint256 private constant LONGEST_DAYS = 365;
    /// @dev A year of 360 days in basis points.
    uint256 private constant BP_DAYS = 10_000 * 360;

    /// @notice face x (1 - rate x days / 360), rounded half up.
    /// @param faceFen what is due.
    /// @param rateBp annual rate, basis points.
    /// @param daysToDue days from payment to the due day, 0..365.
    function price(uint128 faceFen, uint32 rateBp, uint256 daysToDue) internal pure returns (uint256 priceFen) {
        if (daysToDue > LONGEST_DAYS) revert Discount_TooLong(daysToDue, LONGEST_DAYS);
        uint256 discount = rateBp * daysToDue;
        if (discount < BP_DAYS) priceFen = (faceFen * (BP_DAYS - discount) + BP_DAYS / 2) / BP_DAYS;
        if (priceFen == 0) revert Discount_NothingLeft(faceFen, rateBp, daysToDue);
    }
}
