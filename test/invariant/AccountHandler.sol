// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StandingWord} from "../../contracts/identity/libraries/StandingWord.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {Party} from "../utils/Market.sol";
import {Store} from "./Store.sol";

/// @notice Replaces accounts, or does not, and brings along what they held.
abstract contract AccountHandler is Store {
    uint256 private _keys;
    /// @dev Index of the account that a replacement waits for, and one more; 0 if none waits.
    uint256 private _waiting;

    function replaceAccount(uint256 seed) external {
        if (_waiting == 0) {
            _waiting = 1 + (seed % _accounts.length);
            _proposeReplacement(_idAt(_waiting - 1), _named(_nameOf(++_keys)));
            return _did("replacement approved");
        }
        address former = _accounts[_waiting - 1];
        ParticipantId id = _idAt(_waiting - 1);
        if (seed % 6 == 0) {
            vm.prank(former);
            registry.objectToReplacement();
            _waiting = 0;
            return _did("replacement objected to");
        }
        if (seed % 6 == 1) {
            vm.prank(registrar);
            registry.withdrawReplacement(id);
            _waiting = 0;
            return _did("replacement withdrawn");
        }
        uint256 from = registry.replacementOf(id).completableAt;
        if (block.timestamp < from) vm.warp(from);
        registry.completeReplacement(id);
        _noteReplaced(_waiting - 1, former);
        _waiting = 0;
        _did("account replaced");
    }

    /// @dev Some of what a former account holds, from a random one on.
    function follow(uint256 seed) external {
        for (uint256 i; i < _formers.length; ++i) {
            address former = _formers[((seed % _formers.length) + i) % _formers.length];
            _followUnits(former, seed >> 8);
            _followKwh(former, seed >> 16);
        }
    }

    function _followUnits(address former, uint256 seed) private {
        uint256[] memory one = new uint256[](1);
        for (uint256 id = 1 + (seed % 2); id <= receivables.receivableCount(); id += 2) {
            if (receivables.balanceOf(former, id) == 0) continue;
            one[0] = id;
            // Refused while pledges lie on both accounts.
            (bool done, ) = address(receivables).call(abi.encodeCall(receivables.follow, (former, one)));
            if (done) _did("units followed");
        }
    }

    function _followKwh(address former, uint256 seed) private {
        uint256[] memory one = new uint256[](1);
        for (uint256 i = seed % 2; i < _days.length; i += 2) {
            one[0] = kwh.idOf(_days[i].meter, _days[i].day);
            if (kwh.balanceOf(former, one[0]) == 0) continue;
            kwh.follow(former, one);
            _did("kWh followed");
        }
    }

    function _nameOf(uint256 key) private pure returns (string memory) {
        return string.concat("new key ", vm.toString(key));
    }

    function _idAt(uint256 index) private view returns (ParticipantId) {
        return registry.standingOf(_accounts[index]).id;
    }

    function _noteReplaced(uint256 index, address former) private {
        address account = registry.accountOf(registry.participantOfFormer(former));
        (uint256 key, address[4] memory parties) = (
            _keyOf(_nameOf(_keys)),
            [thermal.account, solar.account, works.account, mill.account]
        );
        _accounts[index] = account;
        _formers.push(former);
        _everyAccount.push(account);
        if (former == firstBank) firstBank = account;
        else if (former == supplier) supplier = account;
        else if (former == parties[0]) _rekey(thermal, account, key);
        else if (former == parties[1]) _rekey(solar, account, key);
        else if (former == parties[2]) _rekey(works, account, key);
        else _rekey(mill, account, key);
    }

    function _rekey(Party storage party, address account, uint256 key) private {
        (party.account, party.key) = (account, key);
    }

    // ---- 7. a former account has nothing to say

    function _checkAccounts() internal view {
        for (uint256 i; i < _accounts.length; ++i) {
            assertEq(registry.accountOf(_idAt(i)), _accounts[i], "7: one account in force");
        }
        for (uint256 i; i < _formers.length; ++i) {
            assertTrue(registry.standingOf(_formers[i]).id.isNobody(), "7: a former account has no standing");
            assertEq(deposits.balanceOf(_formers[i]), 0, "7: a former account has no deposits");
            _checkOrdersOf(_formers[i]);
        }
    }

    /// @dev What it ordered in rounds is its participant's, until the day after; from then on nobody's.
    function _checkOrdersOf(address former) private view {
        address[] memory accounts = new address[](1);
        accounts[0] = former;
        (StandingWord[] memory words, bool answers) = registry.orderStandingWordsOf(accounts);
        assertTrue(answers == (Calendar.today() <= registry.ordersHoldUntil(former)), "7: orders of a former account");
        accounts[0] = registry.accountOf(registry.participantOfFormer(former));
        StandingWord current = registry.standingWordsOf(accounts)[0];
        uint256 expected = answers ? StandingWord.unwrap(current) : 0;
        assertEq(StandingWord.unwrap(words[0]), expected, "7: who answers for them");
    }

    // ---- 8. whatever is shut, units follow

    function _finishAccounts() internal {
        if (_waiting != 0) {
            registry.completeReplacement(_idAt(_waiting - 1));
            _noteReplaced(_waiting - 1, _accounts[_waiting - 1]);
        }
        uint256[] memory one = new uint256[](1);
        for (uint256 i; i < _formers.length; ++i) {
            address account = registry.accountOf(registry.participantOfFormer(_formers[i]));
            for (uint256 j; j < _days.length; ++j) {
                one[0] = kwh.idOf(_days[j].meter, _days[j].day);
                kwh.follow(_formers[i], one);
                assertEq(kwh.balanceOf(_formers[i], one[0]), 0, "8: kWh follow");
            }
            for (uint256 id = 1; id <= receivables.receivableCount(); ++id) {
                // While pledges lie on both accounts, each is paid where it lies.
                if (_isPledged(id, _formers[i]) && _isPledged(id, account)) continue;
                one[0] = id;
                receivables.follow(_formers[i], one);
                assertEq(receivables.balanceOf(_formers[i], id), 0, "8: units follow");
            }
        }
    }

    function _isPledged(uint256 id, address holder) private view returns (bool) {
        return receivables.encumbranceOf(ReceivableId.wrap(id), holder).units != 0;
    }
}
