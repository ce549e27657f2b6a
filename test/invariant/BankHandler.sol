// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Store} from "./Store.sol";

/// @notice Settlement banks settle among themselves, let customers move, fail and come back.
abstract contract BankHandler is Store {
    uint256 private _bankSettlements;
    /// @dev The bank that is closed, and what the notaries that open something held of each participant then.
    ParticipantId private _closed;
    mapping(ParticipantId => uint256) private _heldAtClosing;

    function settleBanks(uint256 seed) external {
        (address to, ParticipantId toId, ParticipantId fromId) = (bank, bankId, otherBankId);
        if (seed % 2 == 0) (to, toId, fromId) = (otherBank, otherBankId, bankId);
        uint256 amount = bound(seed >> 64, 0, 2_000_000);
        vm.prank(to);
        deposits.settleBetween(fromId, amount, keccak256(abi.encode("between", ++_bankSettlements)));
        _positions[toId] += int256(amount);
        _positions[fromId] -= int256(amount);
        _did("banks settled");
    }

    /// @dev By the words of both banks in either order; by those of two registrars in the place of a closed one.
    function moveAccount(uint256 seed) external {
        ParticipantId id = registry.standingOf(_accounts[seed % _accounts.length]).id;
        ParticipantId from = _keptBy[id];
        (address to, ParticipantId toId) = from == bankId ? (otherBank, otherBankId) : (bank, bankId);
        bool later = (seed >> 8) % 2 == 0;
        if (later) _confirm(to, id, toId);
        if (from == _closed) {
            vm.prank(registrar);
            deposits.proposeMove(id, toId, "failed");
            vm.prank(secondRegistrar);
            deposits.approveMove(id, toId, "failed");
        } else {
            _confirm(_bankFor(id), id, toId);
        }
        if (!later) _confirm(to, id, toId);
        _did(from == _closed ? "account moved by registrars" : "account moved");
        _keptBy[id] = toId;
    }

    function closeBank(uint256 seed) external {
        if (!_closed.isNobody()) return;
        _closed = seed % 2 == 0 ? bankId : otherBankId;
        _setCap(_closed, 0);
        for (uint256 i; i < _participants.length; ++i) {
            _heldAtClosing[_participants[i]] = _heldToOpen(_participants[i]);
        }
        _did("bank closed");
    }

    function _openBankAgain() internal {
        if (_closed.isNobody()) return;
        _setCap(_closed, _closed == bankId ? type(uint80).max : OTHER_CAP);
        _closed = ParticipantId.wrap(0);
    }

    function _confirm(address by, ParticipantId id, ParticipantId toId) private {
        vm.prank(by);
        deposits.confirmMove(id, toId, true);
    }

    function _heldToOpen(ParticipantId id) private view returns (uint256) {
        return deposits.heldBy(id, address(escrow)) + deposits.heldBy(id, address(desk));
    }

    // ---- 1. deposits are conserved bank by bank

    function _checkBanks() internal view {
        assertTrue(deposits.positionOf(bankId) == _positions[bankId], "1: position of the bank");
        assertTrue(deposits.positionOf(otherBankId) == _positions[otherBankId], "1: position of the other");
        assertTrue(
            deposits.positionOf(bankId) + deposits.positionOf(otherBankId) == int256(deposits.totalSupply()),
            "1: positions add up to the supply"
        );
        for (uint256 i; i < _participants.length; ++i) {
            ParticipantId id = _participants[i];
            assertTrue(deposits.bankOf(id) == _keptBy[id], "1: a deposit is a claim on one's own bank");
            if (_closed.isNobody() || _keptBy[id] != _closed) continue;
            assertTrue(_heldToOpen(id) <= _heldAtClosing[id], "2: nothing new is held of a closed bank's customer");
        }
    }
}
