// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITradeEscrowEvents} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Market} from "../utils/Market.sol";

contract CancelTest is Market {
    uint256 internal constant PAGE = 128;

    function _nonces(uint256 first, uint256 second) internal pure returns (uint256[] memory nonces) {
        nonces = new uint256[](2);
        (nonces[0], nonces[1]) = (first, second);
    }

    function _cancel(uint256 first, uint256 second) internal {
        vm.prank(works.account);
        escrow.cancel(_nonces(first, second));
    }

    function _assertSpent(uint256 nonce, bool spent) internal view {
        assertTrue(escrow.isNonceUsed(works.account, nonce) == spent, vm.toString(nonce));
    }

    function test_cancel_spendsTheNoncesNamed() public {
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.NonceCancelled(works.account, PAGE - 1);
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.NonceCancelled(works.account, type(uint256).max);
        _cancel(PAGE - 1, type(uint256).max);
        for (uint256 nonce; nonce < 3 * PAGE; ++nonce) {
            _assertSpent(nonce, nonce == PAGE - 1);
        }
        _assertSpent(type(uint256).max, true);
        _assertSpent(type(uint256).max - 1, false);
        assertFalse(escrow.isNonceUsed(mill.account, PAGE - 1), "somebody else's");
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
        emit ITradeEscrowEvents.NoncePageCancelled(works.account, 2);
        vm.prank(works.account);
        escrow.cancelPage(2);
        for (uint256 nonce = PAGE; nonce < 4 * PAGE; ++nonce) {
            _assertSpent(nonce, nonce / PAGE == 2);
        }
        assertFalse(escrow.isNonceUsed(mill.account, 2 * PAGE), "somebody else's");
    }

    function test_cancel_asksForNothing() public {
        _close(address(escrow), true);
        _suspend(works.id);
        _cancel(1, 2);
        _assertSpent(1, true);
        vm.startPrank(stranger);
        escrow.cancel(_nonces(1, 2));
        escrow.cancelPage(3);
        vm.stopPrank();
        assertTrue(escrow.isNonceUsed(stranger, 2) && escrow.isNonceUsed(stranger, 3 * PAGE), "a stranger's");
    }
}
