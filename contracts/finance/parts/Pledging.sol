// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Kinds, Standing} from "../../identity/interfaces/IParticipantRegistry.sol";
import {StandingGuard} from "../../identity/libraries/StandingGuard.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";
import {Encumbrance, EncumbranceId, IReceivables} from "../interfaces/IReceivables.sol";
import {ClaimStore} from "./ClaimStore.sol";

/// @title Pledges of units that stay with their holder
abstract contract Pledging is ClaimStore {
    using StandingGuard for Standing;

    uint256 private constant LONGEST_REGISTRATION = 64;

    // ---- storage

    uint64 private _encumbranceCount;

    // ---- entrances

    /// @inheritdoc IReceivables
    function encumber(
        ReceivableId id,
        uint128 units,
        ParticipantId pledgee,
        string calldata registrationNumber
    ) external restricted returns (EncumbranceId encumbrance) {
        Standing memory holder = registry.standingOf(msg.sender);
        if (!holder.isGood()) revert Receivables_ParticipantNotGood(msg.sender);
        Standing memory bank = registry.standing(pledgee);
        if (!bank.isGood() || bank.kinds & Kinds.BANK == 0) revert Receivables_PledgeeNotGood(pledgee);
        if (!isTransferable(id)) revert Receivables_UnitsFixed(id);
        uint256 balance = balanceOf(msg.sender, ReceivableId.unwrap(id));
        if (units == 0 || units > balance) revert Receivables_InsufficientUnits(id, units, balance);
        uint256 pledged = _encumbrances[id][msg.sender].units;
        if (pledged != 0) revert Receivables_Encumbered(id, msg.sender, pledged);
        uint256 length = bytes(registrationNumber).length;
        if (length == 0 || length > LONGEST_REGISTRATION) {
            revert Receivables_InvalidRegistration(length, LONGEST_REGISTRATION);
        }

        _spendUnits(holder, units);
        encumbrance = EncumbranceId.wrap(++_encumbranceCount);
        _encumbrances[id][msg.sender] = Encumbrance(encumbrance, pledgee, units);
        emit ReceivableEncumbered(encumbrance, id, msg.sender, pledgee, units, registrationNumber);
    }

    // ---- finishing: no role, no standing, no gate

    /// @inheritdoc IReceivables
    function releaseEncumbrance(ReceivableId id, address holder) external {
        Encumbrance memory pledge = _encumbrances[id][holder];
        if (pledge.units == 0) revert Receivables_NotEncumbered(id, holder);
        if (registry.accountOf(pledge.pledgee) != msg.sender) {
            revert Receivables_NotParty(msg.sender, pledge.pledgee);
        }
        // A stolen key could free what secures a loan.
        _spendUnits(registry.standing(pledge.pledgee), pledge.units);
        delete _encumbrances[id][holder];
        emit EncumbranceReleased(pledge.id);
    }

    // ---- internals

    /// @dev What of a holder's collection goes to its pledgee. Units burned with it are no more than that, so that a pledge
    /// never lies on more than the holder has.
    function _payPledgee(
        ReceivableId id,
        address holder,
        uint256 amountFen
    ) internal returns (ParticipantId pledgee, uint256 pledgedFen) {
        Encumbrance storage pledge = _encumbrances[id][holder];
        uint256 units = pledge.units;
        if (units == 0) return (pledgee, 0);
        pledgee = pledge.pledgee;
        pledgedFen = amountFen < units ? amountFen : units;
        emit EncumbrancePaid(pledge.id, pledgedFen, units - pledgedFen);
        if (pledgedFen == units)
            delete _encumbrances[id][holder];
            // Less than the units, which are a uint128.
        else pledge.units -= uint128(pledgedFen);
    }
}
