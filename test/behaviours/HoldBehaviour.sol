// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../../contracts/access/Roles.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What every notary does: it holds what the payer allowed and has, and releases it whatever is shut.
abstract contract HoldBehaviour is Platform {
    /// @notice A call that is ready to be made, by whom.
    struct Step {
        address caller;
        address target;
        bytes call;
    }

    // ---- hooks

    function _notary() internal view virtual returns (address);

    function _payer() internal view virtual returns (ParticipantId);

    /// @notice Whether the hold opens something: then the bank's freeze stops it. What is owed can always be paid.
    function _isEntrance() internal pure virtual returns (bool);

    /// @notice Gets to where the payer can be held, and says by which step, and how much it holds or pays.
    function _prepareHold() internal virtual returns (Step memory step, uint256 amountFen);

    /// @notice Ends the hold; nothing where the step pays at once.
    function _endHold() internal virtual {}

    // ---- tests

    function test_hold_takesTheAmountOutOfWhatIsFree() public {
        (Step memory step, uint256 amountFen) = _prepareHold();
        uint256 free = deposits.freeOf(_payer());
        uint256 gone = deposits.balanceOfParticipant(_payer()) - _heldOfPayer();
        _take(step);
        assertEq(deposits.freeOf(_payer()), free - amountFen, "free");
        assertEq(deposits.balanceOfParticipant(_payer()) - _heldOfPayer(), gone - amountFen, "held here, or paid");
    }

    function test_hold_asksForTheOptIn() public {
        (Step memory step, ) = _prepareHold();
        _optOut();
        _refuses(step, abi.encodeWithSelector(IDepositToken.DepositToken_NotOptedIn.selector, _payer(), _notary()));
        _optIn(registry.accountOf(_payer()), _notary());
        _take(step);
    }

    function test_hold_asksForFreeDepositsToTheLastFen() public {
        (Step memory step, uint256 amountFen) = _prepareHold();
        uint256 beyond = deposits.freeOf(_payer()) - amountFen;
        address account = registry.accountOf(_payer());
        vm.prank(account);
        deposits.redeem(beyond + 1, "all but a fen of it");
        _refuses(
            step,
            abi.encodeWithSelector(
                IDepositToken.DepositToken_InsufficientFree.selector,
                _payer(),
                amountFen - 1,
                amountFen
            )
        );
        _fund(account, 1);
        _take(step);
        assertEq(deposits.freeOf(_payer()), 0, "free");
    }

    function test_hold_ofFrozenDepositsIsOnlyToRepay() public {
        (Step memory step, ) = _prepareHold();
        _freeze();
        if (_isEntrance()) _refuses(step, abi.encodeWithSelector(IDepositToken.DepositToken_Frozen.selector, _payer()));
        else _take(step);
    }

    function test_hold_endsWhateverIsShut() public {
        (Step memory step, uint256 amountFen) = _prepareHold();
        uint256 held = _heldOfPayer();
        if (_isEntrance()) _take(step);
        _shut();
        if (!_isEntrance()) _take(step);
        assertTrue(_heldOfPayer() == held + amountFen || _heldOfPayer() == held, "held, or paid at once");
        _optOut();
        _endHold();
        assertEq(_heldOfPayer(), held, "nothing of it stays held");
    }

    // ---- steps

    function _take(Step memory step) private {
        vm.prank(step.caller);
        (bool success, bytes memory reason) = step.target.call(step.call);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }

    function _refuses(Step memory step, bytes memory reason) private {
        vm.prank(step.caller);
        (bool success, bytes memory answer) = step.target.call(step.call);
        assertFalse(success, "refused");
        assertEq(answer, reason, "for this reason");
    }

    function _heldOfPayer() private view returns (uint256) {
        return deposits.heldBy(_payer(), _notary());
    }

    function _optOut() private {
        vm.prank(registry.accountOf(_payer()));
        deposits.optIn(_notary(), false);
    }

    function _freeze() private {
        vm.prank(bank);
        deposits.setFrozen(_payer(), true, "court order");
    }

    /// @dev Whatever an authority can take away: deposits, standing, the notary's role, every door.
    function _shut() private {
        _freeze();
        _suspend(_payer());
        vm.prank(council);
        manager.revokeRole(Roles.NOTARY, _notary());
        _close(address(registry), true);
        _close(address(deposits), true);
        _close(_notary(), true);
    }
}
