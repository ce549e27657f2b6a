// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Standing} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Confirmation, ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Vm} from "../utils/Vm.sol";
import {Store} from "./Store.sol";

/// @notice Gives participants second factors, other ones or none, and confirms with them what they commit, or does not.
abstract contract ExposureHandler is Store {
    uint256 private _tokens;
    mapping(ParticipantId => uint256) private _tokenOf;
    /// @dev What handlers committed, by their own sums, while the participant had a second factor.
    mapping(ParticipantId => mapping(Day => uint256)) private _committedFen;
    Day[] private _spendingDays;
    mapping(ParticipantId => mapping(uint32 factor => mapping(bytes32 subject => Confirmation))) private _confirmations;
    uint256 private _unconfirmed;

    function guard(uint256 seed) external {
        address account = _accounts[seed % _accounts.length];
        ParticipantId id = registry.standingOf(account).id;
        if ((seed >> 8) % 6 == 0) {
            _enrolFactor(account, "", 0);
            return _did("factor taken away");
        }
        _tokenOf[id] = ++_tokens;
        // From less than one trade is worth to more than a day's.
        _enrolFactor(account, abi.encodePacked(_named(_tokenName(id))), uint64(bound(seed >> 64, 0, 2_000_000)));
        _did("factor enrolled");
    }

    /// @dev Two times out of three, by a participant with a second factor.
    function _confirmSometimes(ParticipantId id, bytes32 subject, uint256 seed) internal {
        uint32 factor = registry.standing(id).factor;
        if (factor == 0 || seed % 3 == 0) return;
        _confirmAsFactor(_tokenName(id), id, subject);
        // What was used up is not given back.
        if (_confirmations[id][factor][subject] == Confirmation.None) {
            _confirmations[id][factor][subject] = Confirmation.Given;
        }
        _did("confirmed");
    }

    /// @dev Has an account make a call that costs its participant `amountFen`, with the second factor or without.
    function _spend(
        address account,
        address target,
        bytes memory call,
        uint256 amountFen,
        uint256 seed
    ) internal returns (bool done) {
        ParticipantId id = registry.standingOf(account).id;
        _confirmSometimes(id, _callSubject(target, id, call), seed);
        done = _callAs(account, target, call);
        if (done) _noteCommitted(id, amountFen);
    }

    /// @dev Has an account make a call that gives away what has no price.
    function _giveAway(address account, address target, bytes memory call, uint256 seed) internal returns (bool done) {
        Standing memory standing = registry.standingOf(account);
        bytes32 subject = _callSubject(target, standing.id, call);
        _confirmSometimes(standing.id, subject, seed);
        bool good = _confirmations[standing.id][standing.factor][subject] == Confirmation.Given;
        done = _callAs(account, target, call);
        if (!done || standing.factor == 0) return done;
        if (!good) ++_unconfirmed;
        _did("given away as confirmed");
    }

    function _callAs(address account, address target, bytes memory call) private returns (bool done) {
        vm.recordLogs();
        vm.prank(account);
        (done, ) = target.call(call);
        // What a call logged that failed is recorded too, and did not happen.
        if (done) _readLog();
    }

    function _tokenName(ParticipantId id) private view returns (string memory) {
        return string.concat("token ", vm.toString(_tokenOf[id]));
    }

    // ---- the log

    function _noteCommitted(ParticipantId id, uint256 amountFen) internal override {
        if (registry.standing(id).factor == 0 || amountFen == 0) return;
        Day today = Calendar.today();
        uint256 known = _spendingDays.length;
        if (known == 0 || !(_spendingDays[known - 1] == today)) _spendingDays.push(today);
        _committedFen[id][today] += amountFen;
    }

    function _noteExposure(Vm.Log memory log) internal override {
        ParticipantId id = ParticipantId.wrap(uint32(uint256(log.topics[1])));
        if (log.topics[0] == ISecondFactor.ExposureRecorded.selector) {
            (, uint256 exposureFen) = abi.decode(log.data, (uint256, uint256));
            Standing memory standing = registry.standing(id);
            if (exposureFen <= standing.exposureLimitFen) return _did("spent by the key alone");
            _did("spent beyond the limit");
            if (_confirmations[id][standing.factor][log.topics[3]] != Confirmation.Given) ++_unconfirmed;
        } else if (log.topics[0] == ISecondFactor.ConfirmationUsed.selector) {
            _confirmations[id][abi.decode(log.data, (uint32))][log.topics[2]] = Confirmation.Used;
            _did("confirmation used");
        }
    }

    // ---- 7. a key alone commits no more in a day than its limit

    function _checkExposures() internal view {
        assertEq(
            _unconfirmed,
            0,
            "7: nothing beyond the limit, or without a price, but by a confirmation that is still good"
        );
        for (uint256 i; i < _participants.length; ++i) {
            for (uint256 j; j < _spendingDays.length; ++j) {
                assertEq(
                    secondFactor.exposureOf(_participants[i], _spendingDays[j]),
                    _committedFen[_participants[i]][_spendingDays[j]],
                    "7: a day's exposure = what was committed on it"
                );
            }
        }
    }
}
