// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Discount} from "../../contracts/finance/libraries/Discount.sol";
import {Assertions} from "../utils/Assertions.sol";

/// @dev Around the library's internal function, so that its errors can be expected.
contract Discounter {
    function price(uint128 faceFen, uint32 rateBp, uint256 daysToDue) external pure returns (uint256) {
        return Discount.price(faceFen, rateBp, daysToDue);
    }
}

contract DiscountTest is Assertions {
    uint256 private constant BP_DAYS = 3_600_000;

    Discounter internal discounter = new Discounter();

    // ---- price

    function test_price_ofWorkedExamples() public view {
        // 1,000,000.00 元 at 3.85 % over 90 days: a discount of 9,625.00 元.
        assertEq(discounter.price(100_000_000, 385, 90), 99_037_500, "three months");
        // 123,456.78 元 at 4.2 % over 30 days: 0.35 % of it is 432.09873 元.
        assertEq(discounter.price(12_345_678, 420, 30), 12_302_468, "one month");
        // 1,000,000.01 元 at 5 % over 180 days: 975,000.00975 元.
        assertEq(discounter.price(100_000_001, 500, 180), 97_500_001, "half a year");
        // 88.88 元 at 6 % over 365 days, longer than the banker's year: 83.473... 元.
        assertEq(discounter.price(8_888, 600, 365), 8_347, "a calendar year");
    }

    function test_price_isTheFaceOnTheDueDayOrWithoutInterest() public view {
        assertEq(discounter.price(12_345, 100_000, 0), 12_345, "due today");
        assertEq(discounter.price(12_345, 0, 365), 12_345, "no interest");
    }

    function test_price_roundsHalfUp() public view {
        // Half of the face is left: 0.5, 1.5 and 2.5 fen.
        assertEq(discounter.price(1, 5_000, 360), 1, "half a fen");
        assertEq(discounter.price(3, 5_000, 360), 2, "one and a half");
        assertEq(discounter.price(5, 5_000, 360), 3, "two and a half");
        // 10 x (1 - 0.0501) = 9.499.
        assertEq(discounter.price(10, 501, 360), 9, "just under a half");
    }

    function test_price_takesTheLargestFace() public view {
        uint128 most = type(uint128).max;
        assertEq(discounter.price(most, 0, 365), most, "all of it");
        assertEq(discounter.price(most, 5_000, 360), uint256(1) << 127, "half of it");
    }

    function test_price_revertsBeyondAYear() public {
        vm.expectRevert(abi.encodeWithSelector(Discount.Discount_TooLong.selector, 366, 365));
        discounter.price(100, 1, 366);
    }

    function test_price_revertsWhereNothingIsLeft() public {
        _nothingLeft(100_000_000, 10_000, 360);
        _nothingLeft(100_000_000, 20_000, 180);
        _nothingLeft(100_000_000, type(uint32).max, 1);
        _nothingLeft(1, 5_001, 360);
        _nothingLeft(0, 1, 1);
        assertEq(discounter.price(100_000_000, 9_999, 360), 10_000, "a hundredth of a percent is something");
        assertEq(discounter.price(3_600_000, 3_599_999, 1), 1, "and so is the smallest part that can be left");
    }

    function _nothingLeft(uint128 faceFen, uint32 rateBp, uint256 daysToDue) private {
        vm.expectRevert(abi.encodeWithSelector(Discount.Discount_NothingLeft.selector, faceFen, rateBp, daysToDue));
        discounter.price(faceFen, rateBp, daysToDue);
    }

    /// @dev The readable twin: whole fen and remainder apart.
    function testFuzz_price_isTheRoundedQuotient(uint128 faceFen, uint256 rateBp, uint256 daysToDue) public view {
        daysToDue = bound(daysToDue, 0, 365);
        rateBp = bound(rateBp, 0, 9_863);
        faceFen = uint128(bound(faceFen, 10_000, type(uint128).max));
        uint256 left = BP_DAYS - rateBp * daysToDue;
        uint256 expected = (faceFen / BP_DAYS) * left;
        uint256 rest = (faceFen % BP_DAYS) * left;
        expected += rest / BP_DAYS;
        if (2 * (rest % BP_DAYS) >= BP_DAYS) ++expected;
        vm.assume(expected != 0);
        assertEq(discounter.price(faceFen, uint32(rateBp), daysToDue), expected, "price");
    }

    function testFuzz_price_neverExceedsTheFaceAndRisesTowardsTheDueDay(
        uint128 faceFen,
        uint256 rateBp,
        uint256 daysToDue
    ) public view {
        faceFen = uint128(bound(faceFen, 1_000_000, type(uint128).max));
        rateBp = bound(rateBp, 0, 9_000);
        daysToDue = bound(daysToDue, 1, 365);
        uint256 today = discounter.price(faceFen, uint32(rateBp), daysToDue);
        uint256 tomorrow = discounter.price(faceFen, uint32(rateBp), daysToDue - 1);
        assertTrue(today <= tomorrow, "rises");
        assertTrue(tomorrow <= faceFen, "not above the face");
    }
}
