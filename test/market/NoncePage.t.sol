// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NonceKind} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {NoncePage, nonceCell} from "../../contracts/market/libraries/NoncePage.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Assertions} from "../utils/Assertions.sol";

contract NoncePageTest is Assertions {
    Day private constant DAY = Day.wrap(20_800);

    NoncePage private _page;

    function _assertRead(Day day, uint256 nonce, bool spent, bool filled) private view {
        (bool isSpent, bool isFilled) = _page.read(day, nonce);
        assertTrue(isSpent == spent, "spent");
        assertTrue(isFilled == filled, "filled");
    }

    // ---- of one nonce

    function testFuzz_marks_areOfOneNonceAlone(uint32 nonce, uint32 other) public {
        uint256 page = nonce / 112;
        uint256 neighbour = page * 112 + (other % 112);
        _page.markFilled(DAY, nonce);
        _assertRead(DAY, nonce, false, true);
        if (neighbour != nonce) _assertRead(DAY, neighbour, false, false);
        _page.spend(DAY, nonce);
        _assertRead(DAY, nonce, true, true);
        if (neighbour != nonce) _assertRead(DAY, neighbour, false, false);
    }

    function test_spendAll_spendsThePageAndKeepsWhatWasFilled() public {
        _page.markFilled(DAY, 223);
        _page.spendAll(DAY);
        _assertRead(DAY, 112, true, false);
        _assertRead(DAY, 223, true, true);
    }

    // ---- of one day

    function test_marks_areOfTheirDayAlone() public {
        _page.spendAll(DAY);
        _page.markFilled(DAY, 5);
        Day later = DAY.plusDays(128);
        _assertRead(later, 5, false, false);
        _page.spend(later, 6);
        _assertRead(later, 6, true, false);
        _assertRead(later, 5, false, false);
        _assertRead(DAY, 5, false, false);
    }

    // ---- where it is kept

    function testFuzz_nonceCell_isSharedByDaysARingApartAlone(uint32 place, uint8 kind) public pure {
        NonceKind sort = NonceKind(kind % 3);
        for (uint256 ahead; ahead <= 256; ++ahead) {
            bool shared = nonceCell(sort, DAY, place) == nonceCell(sort, DAY.plusDays(ahead), place);
            assertTrue(shared == (ahead % 128 == 0), "days");
        }
        assertTrue(nonceCell(sort, DAY, place) != nonceCell(sort, DAY, uint256(place) + 1), "places");
        assertTrue(nonceCell(sort, DAY, place) != nonceCell(NonceKind(((kind % 3) + 1) % 3), DAY, place), "kinds");
    }
}
