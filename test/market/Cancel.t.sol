// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITradeEscrowEvents, NonceKind} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Market, Party} from "../utils/Market.sol";

contract CancelTest is Market {
    uint32 internal constant PAGE = 112;
    NonceKind internal constant KIND = NonceKind.BuyOrder;

    function _nonces(uint32 first, uint32 second) internal pure returns (uint32[] memory nonces) {
        nonces = new uint32[](2);
        (nonces[0], nonces[1]) = (first, second);
    }

    function _cancel(uint32 first, uint32 second) internal {
        vm.prank(works.account);
        escrow.cancel(KIND, day, _nonces(first, second));
    }

    function _isSpent(Party memory party, uint32 nonce) internal view returns (bool) {
        return escrow.isNonceUsed(party.account, KIND, day, nonce);
    }

    function _assertSpent(uint32 nonce, bool spent) internal view {
        assertTrue(_isSpent(works, nonce) == spent, vm.toString(nonce));
    }

    function test_cancel_spendsTheNoncesNamed() public {
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.NonceCancelled(works.account, KIND, day, PAGE - 1);
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.NonceCancelled(works.account, KIND, day, type(uint32).max);
        _cancel(PAGE - 1, type(uint32).max);
        for (uint32 nonce; nonce < 3 * PAGE; ++nonce) {
            _assertSpent(nonce, nonce == PAGE - 1);
        }
        _assertSpent(type(uint32).max, true);
        _assertSpent(type(uint32).max - 1, false);
        assertFalse(_isSpent(mill, PAGE - 1), "somebody else's");
        for (uint256 kind; kind <= uint256(NonceKind.Trade); ++kind) {
            bool spent = escrow.isNonceUsed(works.account, NonceKind(kind), day, PAGE - 1);
            assertTrue(spent == (NonceKind(kind) == KIND), "another kind's");
        }
        day = day.plusDays(1);
        _assertSpent(PAGE - 1, false);
    }

    function test_cancel_canBeRepeated() public {
        _cancel(5, 5);
        _cancel(5, 6);
        _assertSpent(5, true);
        _assertSpent(6, true);
    }

    function test_cancelPage_spendsTheWholePage() public {
        _cancel(2 * PAGE + 7, 5 * PAGE);
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.NoncePageCancelled(works.account, KIND, day, 2);
        vm.prank(works.account);
        escrow.cancelPage(KIND, day, 2);
        for (uint32 nonce = PAGE; nonce < 4 * PAGE; ++nonce) {
            _assertSpent(nonce, nonce / PAGE == 2);
        }
        assertFalse(_isSpent(mill, 2 * PAGE), "somebody else's");
    }

    function test_cancel_endsWithTheCutOff() public {
        uint256 cutOff = Calendar.startOf(day) - 8 hours;
        vm.warp(cutOff - 1);
        _cancel(1, 2);
        vm.warp(cutOff);
        _refusesBoth(Calendar.startOf(day) - 92 days, cutOff);
        _assertSpent(3, false);
    }

    /// @dev A day so far ahead that its word serves one that is open.
    function test_cancel_reachesAsFarAheadAsADayCanBeTraded() public {
        day = Calendar.today().plusDays(92);
        vm.warp(Calendar.startOf(day) - 92 days);
        _cancel(1, 2);
        day = day.plusDays(1);
        uint256 start = Calendar.startOf(day);
        _refusesBoth(start - 92 days, start - 8 hours);
    }

    function _refusesBoth(uint256 opensAt, uint256 closesAt) private {
        bytes4 gateClosed = ITradeEscrowEvents.TradeEscrow_GateClosed.selector;
        bytes memory refusal = abi.encodeWithSelector(gateClosed, day, opensAt, closesAt);
        vm.startPrank(works.account);
        vm.expectRevert(refusal);
        escrow.cancel(KIND, day, _nonces(3, 4));
        vm.expectRevert(refusal);
        escrow.cancelPage(KIND, day, 0);
        vm.stopPrank();
    }

    function test_cancel_asksForNothing() public {
        _close(address(escrow), true);
        _suspend(works.id);
        _cancel(1, 2);
        _assertSpent(1, true);
        vm.startPrank(stranger);
        escrow.cancel(KIND, day, _nonces(1, 2));
        escrow.cancelPage(KIND, day, 3);
        vm.stopPrank();
        bool both = escrow.isNonceUsed(stranger, KIND, day, 2) && escrow.isNonceUsed(stranger, KIND, day, 3 * PAGE);
        assertTrue(both, "a stranger's");
    }
}
