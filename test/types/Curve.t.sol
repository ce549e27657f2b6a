// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "../../contracts/types/Curve.sol";
import {CurveCases} from "../reference/CurveCases.sol";
import {CurveReference} from "../reference/CurveReference.sol";

/// @dev Around what reads calldata.
contract CurveReader {
    using Curve for uint256[12];

    function read(bytes calldata packed) external pure returns (bytes memory) {
        return Curve.read(packed).pack();
    }

    function readOver(bytes calldata packed) external pure returns (bytes memory) {
        uint256[12] memory curve = Curve.level(Curve.MAX);
        Curve.readInto(packed, curve);
        return curve.pack();
    }

    function stretch(
        bytes calldata packed,
        uint256 firstSlot
    ) external pure returns (uint256 from, uint256 to, bytes memory copy) {
        uint256[12] memory curve = Curve.level(Curve.MAX);
        (from, to) = Curve.readStretch(packed, firstSlot, curve);
        copy = curve.pack();
    }

    function copied(bytes calldata packed) external pure returns (bytes memory) {
        uint256[12] memory curve = Curve.level(Curve.MAX);
        Curve.copyInto(packed, curve);
        return curve.pack();
    }

    function isAtMost(bytes calldata packed, uint256 limit) external pure returns (bool) {
        return Curve.isPackedAtMost(packed, limit);
    }

    function cleared() external pure returns (bytes memory) {
        uint256[12] memory curve = Curve.level(Curve.MAX);
        curve.clear();
        return curve.pack();
    }
}

/// @notice Eight slots to a word against one slot after the other.
contract CurveTest is CurveCases {
    using Curve for uint256[12];
    using CurveReference for uint256[96];

    CurveReader internal reader = new CurveReader();

    // ---- read

    function test_read_takesNothingForZeros() public view {
        assertEq(reader.read(""), new bytes(384), "zeros");
        assertEq(reader.cleared(), new bytes(384), "cleared");
    }

    function test_read_refusesEveryOtherLength() public {
        for (uint256 length = 1; length < 800; length += length < 380 || length > 390 ? 61 : 1) {
            if (length == 384) continue;
            vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, length));
            reader.read(new bytes(length));
            assertFalse(reader.isAtMost(new bytes(length), Curve.MAX), "no curve");
        }
        vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, 383));
        reader.stretch(new bytes(383), 0);
        vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, 385));
        reader.copied(new bytes(385));
        assertFalse(reader.isAtMost("", 0), "nothing is no curve");
        vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, 0));
        reader.readOver("");
    }

    function testFuzz_read_refusesAValueOf2To31InAnySlot(uint256 seed, uint256 slot, uint256 value) public {
        uint256[96] memory values = _values(seed);
        values[bound(slot, 0, 95)] = bound(value, CurveReference.LIMIT, type(uint32).max);
        vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, 384));
        reader.read(values.pack());
        assertFalse(reader.isAtMost(values.pack(), Curve.MAX), "not at most the largest value either");
    }

    function testFuzz_read_keepsEverySlot(uint256 seed) public view {
        uint256[96] memory values = _values(seed);
        assertEq(reader.read(values.pack()), values.pack(), "read and packed again");
        assertEq(reader.readOver(values.pack()), values.pack(), "read over another");
        assertEq(reader.copied(values.pack()), values.pack(), "copied over another");
        uint256[12] memory curve = _curve(values);
        for (uint256 i; i < 96; ++i) {
            assertEq(curve.slot(i), values[i], "slot");
        }
    }

    function testFuzz_readStretch_isZeroOutside(uint256 seed, uint256 first, uint256 words) public view {
        bytes memory packed = _values(seed).pack();
        (first, words) = (bound(first, 0, 12), bound(words, 0, 12));
        if (first + words > 12) words = 12 - first;
        bytes memory stretch = new bytes(words * 32);
        for (uint256 i; i < stretch.length; ++i) {
            stretch[i] = packed[first * 32 + i];
        }
        (uint256 from, uint256 to, bytes memory copy) = reader.stretch(stretch, first * 8);
        assertTrue(from == first * 32 && to == from + stretch.length, "where it lies");
        bytes memory behind = new bytes(384 - to);
        assertEq(copy, bytes.concat(new bytes(from), stretch, behind), "curve");
    }

    function testFuzz_readStretch_refusesPartsOfWordsAndWhatGoesBeyondTheDay(uint256 slot, uint256 length) public {
        (slot, length) = (bound(slot, 0, 255), bound(length, 0, 800));
        bool whole = slot % 8 == 0 && length % 32 == 0 && slot * 4 + length <= 384;
        if (!whole) vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, length));
        reader.stretch(new bytes(length), slot);
    }

    function testFuzz_hash_isThatOfThePackedCurve(uint256 seed, uint256 word) public pure {
        uint256[96] memory values = _values(seed);
        assertEq(_curve(values).hashWith(word), keccak256(abi.encodePacked(values.pack(), word)), "hash with a word");
        assertEq(_curve(values).hash(), keccak256(values.pack()), "hash");
    }

    // ---- comparing

    function testFuzz_fits_comparesEverySlot(uint256 seed, uint256 other, uint256 slot, uint256 value) public pure {
        (uint256[96] memory a, uint256[96] memory b) = (_values(seed), _values(other));
        assertTrue(_curve(a).fits(_curve(b)) == a.fits(b), "any two");
        uint256[96] memory lower = a.min(b);
        assertTrue(_curve(lower).fits(_curve(a)), "the lower of both");
        lower[bound(slot, 0, 95)] = bound(value, 0, Curve.MAX);
        assertTrue(_curve(lower).fits(_curve(a)) == lower.fits(a), "one slot moved");
    }

    function testFuzz_isAtMost_comparesWithALevel(uint256 seed, uint256 limit) public view {
        uint256[96] memory values = _values(seed);
        limit = bound(limit, 0, Curve.MAX);
        bool fits = values.fits(CurveReference.level(limit));
        assertTrue(_curve(values).isAtMost(limit) == fits, "any limit");
        assertTrue(reader.isAtMost(values.pack(), limit) == fits, "any limit, where it lies");
        uint256[96] memory lower = values.min(CurveReference.level(limit));
        assertTrue(_curve(lower).isAtMost(limit), "cut off at the limit");
        assertTrue(reader.isAtMost(lower.pack(), limit), "cut off at the limit, where it lies");
        assertEq(Curve.level(limit).pack(), CurveReference.level(limit).pack(), "level");
    }

    // ---- moving

    function testFuzz_add_saysWhenASlotReaches2To31(uint256 seed, uint256 other, uint256 shift) public pure {
        (uint256[96] memory a, uint256[96] memory b) = (_values(seed), _values(other));
        // Halves always add up to a curve; shifting one of them less sometimes does not.
        (a, b) = (_shifted(a, 1), _shifted(b, bound(shift, 0, 1)));
        uint256[96] memory total = a.add(b);
        uint256[12] memory curve = _curve(a);
        bool added = curve.add(_curve(b));
        assertTrue(added == total.fits(CurveReference.level(Curve.MAX)), "whether it is a curve");
        if (added) assertEq(curve.pack(), total.pack(), "total");
        curve.subtract(_curve(b));
        assertEq(curve.pack(), a.pack(), "and back");
    }

    function testFuzz_addWithin_changesNothingWhenItDoesNotFit(uint256 seed, uint256 other, uint256 limit) public pure {
        (uint256[96] memory a, uint256[96] memory b) = (_values(seed), _values(other));
        limit = bound(limit, 0, Curve.MAX);
        uint256[96] memory total = a.add(b);
        uint256[12] memory curve = _curve(a);
        bool fits = curve.addWithin(_curve(b), limit);
        assertTrue(fits == total.fits(CurveReference.level(limit)), "whether it fits");
        assertEq(curve.pack(), fits ? total.pack() : a.pack(), "curve");
    }

    function testFuzz_subtract_takesWhatFits(uint256 seed, uint256 other) public pure {
        uint256[96] memory a = _values(seed);
        uint256[96] memory b = a.min(_values(other));
        uint256[12] memory curve = _curve(a);
        curve.subtract(_curve(b));
        assertEq(curve.pack(), a.subtract(b).pack(), "rest");
    }

    // ---- choosing slots

    function testFuzz_keepWhereOrdered_dropsTheSlotsOutOfOrder(uint256 seed, uint256 low, uint256 high) public pure {
        (uint256[96] memory values, uint256[96] memory a, uint256[96] memory b) = (
            _values(seed),
            _values(low),
            _values(high)
        );
        uint256[12] memory curve = _curve(values);
        curve.keepWhereOrdered(_curve(a), _curve(b));
        assertEq(curve.pack(), values.keepWhereOrdered(a, b).pack(), "kept");

        uint256[12] memory mask = Curve.level(Curve.MAX);
        mask.keepWhereOrdered(_curve(a), _curve(b));
        uint256[12] memory masked = _curve(values);
        masked.keepWhere(mask);
        assertEq(masked.pack(), curve.pack(), "kept by a mask");
    }

    function testFuzz_fill_setsTheSlotsOfTwoCurves(uint256 from, uint256 to, uint256 one, uint256 other) public pure {
        from = bound(from, 0, 95);
        to = bound(to, from + 1, 96);
        _checkFill(from, to, bound(one, 0, Curve.MAX), bound(other, 0, Curve.MAX));
    }

    function test_fill_setsEveryStretch() public pure {
        for (uint256 from; from < 96; from += 5) {
            for (uint256 to = from + 1; to <= 96; to += 7) {
                _checkFill(from, to, Curve.MAX, 1);
            }
        }
    }

    function _checkFill(uint256 from, uint256 to, uint256 oneValue, uint256 otherValue) private pure {
        uint256[12] memory one;
        uint256[12] memory other;
        Curve.fill(one, other, from, to, oneValue, otherValue);
        uint256[96] memory none;
        assertEq(one.pack(), none.fill(from, to, oneValue).pack(), "one");
        uint256[96] memory alsoNone;
        assertEq(other.pack(), alsoNone.fill(from, to, otherValue).pack(), "other");
        if (from == 0) return;
        // What the band before left in a shared word stays.
        Curve.fill(one, other, 0, from, otherValue, oneValue);
        assertEq(one.pack(), none.fill(0, from, otherValue).pack(), "beside another");
    }

    // ---- computation

    function testFuzz_deliveries_serveFirstWhatCameFirst(uint256 seed, uint256 before, uint256 metered) public pure {
        (uint256[96] memory energy, uint256[96] memory offset, uint256[96] memory reading) = (
            _values(seed),
            _values(before),
            _values(metered)
        );
        assertEq(
            _curve(energy).deliveries(_curve(offset), _curve(reading)).pack(),
            energy.deliveries(offset, reading).pack(),
            "delivered"
        );
        assertEq(_curve(reading).excess(_curve(offset)).pack(), reading.excess(offset).pack(), "excess");
    }

    function testFuzz_sum_andDot(uint256 seed, uint256 other) public pure {
        (uint256[96] memory a, uint256[96] memory b) = (_values(seed), _values(other));
        assertEq(_curve(a).sum(), a.sum(), "sum");
        assertEq(_curve(a).dot(_curve(b)), a.dot(b), "dot");
    }

    function test_sum_andDot_ofTheLargestCurve() public pure {
        uint256[12] memory most = Curve.level(Curve.MAX);
        assertEq(most.sum(), 96 * Curve.MAX, "sum");
        assertEq(most.dot(most), 96 * Curve.MAX * Curve.MAX, "dot");
    }
}
