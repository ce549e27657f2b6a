// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Discount} from "../../contracts/finance/libraries/Discount.sol";

/// @notice What holds for every price a bank pays, for any face value, rate and days.
contract DiscountProof {
    uint256 private constant BP_DAYS = 10_000 * 360;

    function noPriceExceedsTheFace(uint128 faceFen, uint32 rateBp, uint16 daysToDue) external pure {
        assert(Discount.price(faceFen, rateBp, daysToDue) <= faceFen);
    }

    function roundsByHalfAFenAtMost(uint128 faceFen, uint32 rateBp, uint16 daysToDue) external pure {
        require(daysToDue <= 365 && uint256(rateBp) * daysToDue < BP_DAYS);
        uint256 priceFen = Discount.price(faceFen, rateBp, daysToDue);
        uint256 exact = faceFen * (BP_DAYS - uint256(rateBp) * daysToDue);
        assert(2 * priceFen * BP_DAYS <= 2 * exact + BP_DAYS);
        assert(2 * priceFen * BP_DAYS + BP_DAYS > 2 * exact);
    }

    function theFullFaceIsPaidOnTheDueDay(uint128 faceFen, uint32 rateBp) external pure {
        assert(Discount.price(faceFen, rateBp, 0) == faceFen);
    }
}
