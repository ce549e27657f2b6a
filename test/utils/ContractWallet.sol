// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @notice An account that is a contract and, when it receives ERC-1155 units, makes one call it was given.
contract ContractWallet is ERC1155Holder {
    address private _target;
    bytes private _call;
    bool private _insists;

    /// @notice Whether the call on receipt went through, and what it answered.
    bool public succeeded;
    bytes public answer;

    /// @notice Calls `target` in the wallet's name.
    function act(address target, bytes memory call) public returns (bytes memory result) {
        bool ok;
        (ok, result) = target.call(call);
        if (!ok) _revertWith(result);
    }

    /// @notice What to call on receipt; who insists refuses the units when the call fails.
    function onReceipt(address target, bytes memory call, bool insists) external {
        (_target, _call, _insists) = (target, call, insists);
    }

    function onERC1155Received(address, address, uint256, uint256, bytes memory) public override returns (bytes4) {
        if (_target != address(0)) {
            (succeeded, answer) = _target.call(_call);
            if (_insists && !succeeded) _revertWith(answer);
        }
        return this.onERC1155Received.selector;
    }

    function _revertWith(bytes memory reason) private pure {
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}
