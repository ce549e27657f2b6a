// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Filling} from "../../contracts/market/libraries/Filling.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {CurveCases} from "../reference/CurveCases.sol";
import {CurveReference} from "../reference/CurveReference.sol";

/// @notice One pass over the words that matter against one slot after the other.
contract FillingTest is CurveCases {
    using Curve for uint256[12];
    using CurveReference for uint256[96];

    function testFuzz_measure_addsUpAStretch(uint256 seed, uint256 other) public pure {
        (uint256[96] memory energy, uint256[96] memory price) = (_stretch(seed), _values(other));
        uint256[12] memory most = Curve.level(Curve.MAX);
        Filling.Fit memory fit = _measure(energy, price, most, most, Curve.MAX);
        assertEq(fit.energyWh, energy.sum(), "energy");
        assertEq(fit.product, energy.dot(price), "energy x price");
        assertTrue(fit.valid && fit.fits && fit.hasRoom, "nothing bounds it");
    }

    function testFuzz_measure_findsValuesThatAreNone(uint256 seed) public pure {
        uint256[12] memory energy = _curve(_stretch(seed));
        uint256[12] memory most = Curve.level(Curve.MAX);
        uint256 slot = seed % 96;
        energy[slot / 8] |= 1 << (255 - 32 * (slot % 8));
        Filling.Fit memory fit;
        Filling.measure(fit, energy, most, most, most, most, Curve.MAX, 0, Curve.BYTES);
        assertTrue(!fit.valid, "2^31 or more");
    }

    function testFuzz_measure_asksBothOrders(uint256 seed, uint256 one, uint256 other) public pure {
        uint256[96] memory energy = _stretch(seed);
        (uint256[96] memory a, uint256[96] memory b) = (_values(one), _values(other));
        Filling.Fit memory fit = _measure(energy, energy, _curve(a), _curve(b), 0);
        assertTrue(fit.fits == (energy.fits(a) && energy.fits(b)), "any two");
        uint256[96] memory lower = energy.min(a).min(b);
        fit = _measure(lower, energy, _curve(a), _curve(b), 0);
        assertTrue(fit.fits, "what is left of both");
    }

    function testFuzz_measure_comparesTheSumWithALimit(uint256 seed, uint256 sold, uint256 limit) public pure {
        uint256[96] memory energy = _stretch(seed);
        limit = bound(limit, 0, Curve.MAX);
        // A position never exceeds the limit it was built under.
        uint256[96] memory position = _values(sold).min(CurveReference.level(limit));
        bool room = _hasRoom(position, energy, limit);
        assertTrue(room == position.add(energy).fits(CurveReference.level(limit)), "any");

        uint256[96] memory rest = energy.min(CurveReference.level(limit).subtract(position));
        assertTrue(_hasRoom(position, rest, limit), "exactly what there is room for");
        uint256[12] memory moved = _curve(position);
        (uint256 from, uint256 to) = _range(energy);
        Filling.add(moved, _curve(rest), from, to);
        assertEq(moved.pack(), position.add(rest).pack(), "added");
    }

    function _hasRoom(
        uint256[96] memory position,
        uint256[96] memory energy,
        uint256 limit
    ) private pure returns (bool) {
        uint256[12] memory most = Curve.level(Curve.MAX);
        (uint256 from, uint256 to) = _range(energy);
        Filling.Fit memory fit;
        Filling.measure(fit, _curve(energy), most, most, most, _curve(position), limit, from, to);
        return fit.hasRoom;
    }

    /// @dev On a meter that has sold nothing.
    function _measure(
        uint256[96] memory energy,
        uint256[96] memory price,
        uint256[12] memory one,
        uint256[12] memory other,
        uint256 limit
    ) private pure returns (Filling.Fit memory fit) {
        uint256[12] memory position;
        (uint256 from, uint256 to) = _range(energy);
        uint256[12] memory reversed = _curve(price);
        for (uint256 i; i < Curve.WORDS; ++i) {
            reversed[i] = Curve.reverse(reversed[i]);
        }
        Filling.measure(fit, _curve(energy), reversed, one, other, position, limit, from, to);
    }

    /// @dev Every slot of the day has a value of its own, so that a word left out or met twice shows.
    function test_measureAndAdd_reachEveryWordOfTheDay() public pure {
        uint256[96] memory energy;
        uint256[96] memory position;
        for (uint256 i; i < 96; ++i) {
            (energy[i], position[i]) = (1 + i, 1_000 + 3 * i);
        }
        // The last slot takes most: 96 + 1,285.
        assertTrue(_hasRoom(position, energy, 1_381), "room to the last Wh");
        assertTrue(!_hasRoom(position, energy, 1_380), "a Wh too much, in the last slot");
        uint256[12] memory moved = _curve(position);
        Filling.add(moved, _curve(energy), 0, Curve.BYTES);
        assertEq(moved.pack(), position.add(energy).pack(), "added");
        moved = _curve(position);
        Filling.add(moved, _curve(energy), 32, Curve.BYTES - 32);
        for (uint256 i; i < 96; ++i) {
            if (i >= 8 && i < 88) position[i] += energy[i];
        }
        assertEq(moved.pack(), position.pack(), "added within a stretch");
    }

    function testFuzz_take_movesFromLeftToFilled(uint256 seed, uint256 one, uint256 other, uint256 before) public pure {
        uint256[96][2] memory whole = [_values(one), _values(other)];
        uint256[96][2] memory filled = [_values(before).min(whole[0]), _values(~before).min(whole[1])];
        uint256[96][2] memory left = [whole[0].subtract(filled[0]), whole[1].subtract(filled[1])];
        uint256[96] memory position = _values(before ^ one).min(CurveReference.level(Curve.MAX / 2));
        uint256[96] memory energy = _stretch(seed).min(left[0]).min(left[1]).min(CurveReference.level(Curve.MAX / 2));
        uint256[12][5] memory curves = [
            _curve(left[0]),
            _curve(filled[0]),
            _curve(left[1]),
            _curve(filled[1]),
            _curve(position)
        ];
        (uint256 from, uint256 to) = _range(energy);
        Filling.take(_curve(energy), curves[0], curves[1], curves[2], curves[3], curves[4], from, to);
        for (uint256 i; i < 2; ++i) {
            assertEq(curves[i * 2].pack(), left[i].subtract(energy).pack(), "left");
            assertEq(curves[i * 2 + 1].pack(), filled[i].add(energy).pack(), "filled");
        }
        assertEq(curves[4].pack(), position.add(energy).pack(), "position");
    }

    function testFuzz_deliver_servesFirstWhatCameFirst(uint256 seed, uint256 before, uint256 metered) public pure {
        uint256[96] memory energy = _stretch(seed);
        (uint256[96] memory offset, uint256[96] memory reading) = (_values(before), _values(metered));
        (uint256 from, uint256 to) = _range(energy);
        uint256[12] memory delivered;
        uint256[96] memory price = _values(uint256(keccak256(abi.encode(seed, before))));
        Filling.Delivery memory totals = Filling.deliver(
            _curve(energy),
            _curve(offset),
            _curve(reading),
            _curve(price),
            delivered,
            from,
            to
        );
        uint256[96] memory expected = energy.deliveries(offset, reading);
        assertEq(delivered.pack(), expected.pack(), "delivered");
        assertEq(totals.deliveredWh, expected.sum(), "sum of what was delivered");
        assertEq(totals.deliveredProduct, expected.dot(price), "delivered at its price");
        assertEq(totals.soldWh, energy.sum(), "sum of what was sold");
        assertEq(totals.soldProduct, energy.dot(price), "sold at its price");
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
