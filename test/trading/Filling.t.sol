// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../contracts/metering/libraries/Curve.sol";
import {Filling} from "../../contracts/trading/libraries/Filling.sol";
import {CurveCases} from "../reference/CurveCases.sol";
import {CurveReference} from "../reference/CurveReference.sol";

/// @notice One pass over the words that matter against one slot after the other.
contract FillingTest is CurveCases {
    using Curve for uint256[12];
    using CurveReference for uint256[96];

    function testFuzz_measure_addsUpAStretch(uint256 seed, uint256 other) public pure {
        (uint256[96] memory energy, uint256[96] memory price) = (_stretch(seed), _values(other));
        (uint256 from, uint256 to) = _range(energy);
        (uint256 energyWh, uint256 product) = Filling.measure(_curve(energy), _curve(price), from, to);
        assertEq(energyWh, energy.sum(), "energy");
        assertEq(product, energy.dot(price), "energy x price");
    }

    function testFuzz_fits_asksBothOrders(uint256 seed, uint256 one, uint256 other) public pure {
        uint256[96] memory energy = _stretch(seed);
        (uint256[96] memory a, uint256[96] memory b) = (_values(one), _values(other));
        (uint256 from, uint256 to) = _range(energy);
        bool fits = Filling.fits(_curve(energy), _curve(a), _curve(b), from, to);
        assertTrue(fits == (energy.fits(a) && energy.fits(b)), "any two");
        uint256[96] memory lower = energy.min(a).min(b);
        assertTrue(Filling.fits(_curve(lower), _curve(a), _curve(b), from, to), "what is left of both");
    }

    function testFuzz_hasRoom_comparesTheSumWithALimit(uint256 seed, uint256 sold, uint256 limit) public pure {
        uint256[96] memory energy = _stretch(seed);
        limit = bound(limit, 0, Curve.MAX);
        // A position never exceeds the limit it was built under.
        uint256[96] memory position = _values(sold).min(CurveReference.level(limit));
        (uint256 from, uint256 to) = _range(energy);
        bool room = Filling.hasRoom(_curve(position), _curve(energy), limit, from, to);
        assertTrue(room == position.add(energy).fits(CurveReference.level(limit)), "any");

        uint256[96] memory rest = energy.min(CurveReference.level(limit).subtract(position));
        assertTrue(Filling.hasRoom(_curve(position), _curve(rest), limit, from, to), "exactly what there is room for");
        uint256[12] memory moved = _curve(position);
        Filling.add(moved, _curve(rest), from, to);
        assertEq(moved.pack(), position.add(rest).pack(), "added");
    }

    function testFuzz_take_movesFromLeftToFilled(uint256 seed, uint256 order, uint256 before) public pure {
        uint256[96] memory whole = _values(order);
        uint256[96] memory filled = _values(before).min(whole);
        uint256[96] memory left = whole.subtract(filled);
        uint256[96] memory energy = _stretch(seed).min(left);
        (uint256 from, uint256 to) = _range(energy);
        (uint256[12] memory leftAfter, uint256[12] memory filledAfter) = (_curve(left), _curve(filled));
        Filling.take(_curve(energy), leftAfter, filledAfter, from, to);
        assertEq(leftAfter.pack(), left.subtract(energy).pack(), "left");
        assertEq(filledAfter.pack(), filled.add(energy).pack(), "filled");
    }

    function testFuzz_deliver_servesFirstWhatCameFirst(uint256 seed, uint256 before, uint256 metered) public pure {
        uint256[96] memory energy = _stretch(seed);
        (uint256[96] memory offset, uint256[96] memory reading) = (_values(before), _values(metered));
        (uint256 from, uint256 to) = _range(energy);
        uint256[12] memory delivered;
        uint256 deliveredWh = Filling.deliver(_curve(energy), _curve(offset), _curve(reading), delivered, from, to);
        uint256[96] memory expected = energy.deliveries(offset, reading);
        assertEq(delivered.pack(), expected.pack(), "delivered");
        assertEq(deliveredWh, expected.sum(), "sum of what was delivered");
    }

    function testFuzz_arrives_whereDeliverLeavesNothingOut(uint256 seed, uint256 sold, uint256 rest) public pure {
        uint256[96] memory offset = _values(sold);
        // A position never exceeds what fits a slot.
        uint256[96] memory energy = _stretch(seed).min(CurveReference.level(Curve.MAX).subtract(offset));
        uint256[96] memory reading = _values(rest);
        (uint256 from, uint256 to) = _range(energy);
        (uint256 energyWh, bool whole) = Filling.arrives(_curve(energy), _curve(offset), _curve(reading), from, to);
        assertEq(energyWh, energy.sum(), "sold");
        assertTrue(!whole || energy.deliveries(offset, reading).sum() == energyWh, "any reading");
        // At least what was sold: all of it arrives, and a Wh less anywhere does not.
        reading = offset.add(energy);
        (, whole) = Filling.arrives(_curve(energy), _curve(offset), _curve(reading), from, to);
        assertTrue(whole, "exactly what was sold");
        uint256 slot = rest % 96;
        if (energy[slot] == 0) return;
        --reading[slot];
        (, whole) = Filling.arrives(_curve(energy), _curve(offset), _curve(reading), from, to);
        assertTrue(!whole, "a Wh less");
    }

    function testFuzz_restrict_leavesWhatTheLimitsAdmit(
        uint256 seed,
        uint256 before,
        uint256 low,
        uint256 high,
        uint256 floor
    ) public pure {
        uint256[96] memory whole = _stretch(seed);
        uint256[96] memory filled = _values(before).min(whole);
        (uint256[96] memory a, uint256[96] memory b, uint256[96] memory c) = (
            _values(low),
            _values(high),
            _values(floor)
        );
        uint256[12] memory tradable = Curve.level(Curve.MAX);
        tradable.keepWhereOrdered(_curve(c), _curve(b));
        (uint256 from, uint256 to) = _range(whole);
        uint256[12] memory left = _curve(whole);
        Filling.restrict(left, _curve(filled), _curve(a), _curve(b), tradable, from, to);
        uint256[96] memory expected = whole.subtract(filled).keepWhereOrdered(a, b).keepWhereOrdered(c, b);
        assertEq(left.pack(), expected.pack(), "left");
    }
}
