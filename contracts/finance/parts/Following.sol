// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";

import {ReceivableId} from "../../types/Ids.sol";
import {Encumbrance, IReceivables} from "../interfaces/IReceivables.sol";
import {ClaimStore} from "./ClaimStore.sol";

/// @title Units follow their holder to the account that replaced its former one
/// @dev No role, no standing, no gate. What is collectable is computed on units and what was collected on them, so
/// adding both up takes nothing from others and saves the holder one rounding down.
abstract contract Following is ClaimStore {
    // ---- finishing

    /// @inheritdoc IReceivables
    function follow(address former, uint256[] calldata ids) external {
        address account = registry.accountOf(registry.participantOfFormer(former));
        if (account == address(0)) revert Receivables_NotFormerAccount(former);
        for (uint256 i = 0; i < ids.length; ++i) {
            _follow(ReceivableId.wrap(ids[i]), former, account);
        }
    }

    // ---- internals

    function _follow(ReceivableId id, address former, address account) private {
        uint256 units = balanceOf(former, ReceivableId.unwrap(id));
        // Without units nothing is left to collect, and nothing is pledged.
        if (units == 0) return;
        _followPledge(id, former, account);

        Holding memory left = _holdings[id][former];
        delete _holdings[id][former];
        Holding storage holding = _holdings[id][account];
        holding.participant = left.participant;
        // Together no more than was collected of the receivable, which is as narrow.
        holding.collectedFen += left.collectedFen;
        holding.collectedFeeFen += left.collectedFeeFen;

        (uint256[] memory ids, uint256[] memory values) = _single(id, units);
        // Skips the guards of `ClaimStore`: the holder stays the same.
        ERC1155._update(former, account, ids, values);
    }

    function _followPledge(ReceivableId id, address former, address account) private {
        Encumbrance memory pledge = _encumbrances[id][former];
        if (pledge.units == 0) return;
        uint256 pledged = _encumbrances[id][account].units;
        if (pledged != 0) revert Receivables_Encumbered(id, account, pledged);
        delete _encumbrances[id][former];
        _encumbrances[id][account] = pledge;
        emit EncumbranceFollowed(pledge.id, account);
    }
}
