// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What every token held by account does for a holder whose account was replaced: units follow to the account in
/// force, by anybody's call, past every guard, and move in no other way.
abstract contract FollowBehaviour is Platform {
    // ---- hooks

    function _followingToken() internal view virtual returns (IERC1155);

    function _holder() internal view virtual returns (ParticipantId);

    /// @notice Somebody in good standing beside the holder.
    function _neighbour() internal view virtual returns (address);

    /// @notice Gives the holder units of one more id, and says of which and how many.
    function _giveUnits() internal virtual returns (uint256 id, uint256 units);

    /// @notice Calls `follow`.
    function _followAs(address caller, address former, uint256[] memory ids) internal virtual;

    /// @notice The refusals of the token.
    function _notFormerAccount(address account) internal pure virtual returns (bytes memory);

    function _participantNotGood(address account) internal pure virtual returns (bytes memory);

    // ---- tests

    function test_follow_isForFormerAccountsOnly() public {
        (uint256 id, ) = _giveUnits();
        address account = registry.accountOf(_holder());
        vm.expectRevert(_notFormerAccount(account));
        _followAs(account, account, _list(id));
        vm.expectRevert(_notFormerAccount(stranger));
        _followAs(stranger, stranger, _list(id));
    }

    function test_follow_movesEverythingToTheAccountInForcePastEveryGuard() public {
        (uint256 first, uint256 ofFirst) = _giveUnits();
        (uint256 second, uint256 ofSecond) = _giveUnits();
        address former = registry.accountOf(_holder());
        // Replaced twice; the last account is a contract that takes no units, and is not asked.
        _replaceAccount(_holder(), _named("second key"));
        _replaceAccount(_holder(), address(manager));
        _suspend(_holder());
        _close(address(_followingToken()), true);
        _close(address(registry), true);

        uint256[] memory ids = new uint256[](4);
        // Named twice, moved once; nothing of the last.
        (ids[0], ids[1], ids[2], ids[3]) = (first, second, first, type(uint256).max);
        vm.expectEmit(address(_followingToken()));
        emit IERC1155.TransferSingle(stranger, former, address(manager), first, ofFirst);
        vm.expectEmit(address(_followingToken()));
        emit IERC1155.TransferSingle(stranger, former, address(manager), second, ofSecond);
        _followAs(stranger, former, ids);
        assertEq(_balance(former, first) + _balance(former, second), 0, "former");
        assertEq(_balance(address(manager), first), ofFirst, "in force");
        assertEq(_balance(address(manager), second), ofSecond, "in force, the second");
    }

    function test_follow_doesNothingWhereNothingIsLeft() public {
        (uint256 id, ) = _giveUnits();
        address former = registry.accountOf(_holder());
        _replaceAccount(_holder(), _named("second key"));
        _followAs(stranger, former, _list(id));
        vm.recordLogs();
        _followAs(stranger, former, _list(id));
        assertEq(vm.getRecordedLogs().length, 0, "nothing happens");
    }

    function test_follow_isAllThatMovesWhatAFormerAccountHolds() public {
        (uint256 id, uint256 units) = _giveUnits();
        IERC1155 token = _followingToken();
        address former = registry.accountOf(_holder());
        _replaceAccount(_holder(), _named("second key"));
        vm.prank(former);
        vm.expectRevert(_participantNotGood(former));
        token.safeTransferFrom(former, _neighbour(), id, 1, "");
        vm.prank(_neighbour());
        vm.expectRevert(_participantNotGood(former));
        token.safeTransferFrom(_neighbour(), former, id, 0, "");

        _followAs(stranger, former, _list(id));
        vm.prank(_named("second key"));
        token.safeTransferFrom(_named("second key"), _neighbour(), id, units, "");
        assertEq(_balance(_neighbour(), id), units, "the account in force passes them on");
    }

    // ---- steps

    function _balance(address account, uint256 id) private view returns (uint256) {
        return _followingToken().balanceOf(account, id);
    }

    function _list(uint256 only) private pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = only;
    }
}
