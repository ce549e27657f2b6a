// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtClaim, DebtPayments, DebtStatus} from "../../debts/interfaces/IDebtLedger.sol";
import {Calendar} from "../../types/Calendar.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";
import {IReceivables, Receivable} from "../interfaces/IReceivables.sol";
import {Pledging} from "./Pledging.sol";

/// @title The way out: holders collect what the debtor paid, and pursue it where it did not
/// @dev No role, no standing, no gate: what was paid can always be collected.
abstract contract Collecting is Pledging {
    /// @dev What of a debt is its holders'.
    struct Pool {
        uint256 faceFen;
        /// Paid since the debt was divided, and not to be collected before the due day.
        uint256 paidFen;
        uint256 lateFeePaidFen;
        uint256 unitsLeft;
    }

    // ---- holders

    /// @inheritdoc IReceivables
    function collect(ReceivableId id, address[] calldata holders) external {
        // One for the holder, one for its pledgee.
        ParticipantId[] memory payees = new ParticipantId[](holders.length * 2);
        uint256[] memory amountsFen = new uint256[](payees.length);
        uint256 count;
        Pool memory pool = _poolOf(id);
        for (uint256 i = 0; i < holders.length; ++i) {
            uint256 amountFen = _collect(id, pool, holders[i]);
            if (amountFen == 0) continue;
            (ParticipantId pledgee, uint256 pledgedFen) = _payPledgee(id, holders[i], amountFen);
            amountFen -= pledgedFen;
            if (pledgedFen != 0) (payees[count], amountsFen[count++]) = (pledgee, pledgedFen);
            if (amountFen != 0) {
                (payees[count], amountsFen[count++]) = (_holdings[id][holders[i]].participant, amountFen);
            }
        }
        if (count == 0) return;
        assembly ("memory-safe") {
            // Shortened to the entries that were filled in.
            mstore(payees, count)
            mstore(amountsFen, count)
        }
        debts.payOut(_at(id).debt, payees, amountsFen);
    }

    /// @inheritdoc IReceivables
    function startRecovery(ReceivableId id, address holder, bytes32 evidenceHash) external {
        debts.startRecovery(_at(id).debt, _claimantOf(id, holder), evidenceHash);
    }

    // ---- views

    /// @inheritdoc IReceivables
    function collectable(ReceivableId id, address holder) external view returns (uint256) {
        (uint256 amountFen, uint256 feeFen) = _collectable(id, _poolOf(id), holder);
        return amountFen + feeFen;
    }

    // ---- internals

    function _poolOf(ReceivableId id) private view returns (Pool memory pool) {
        Receivable memory claim = _at(id);
        pool.faceFen = claim.faceFen;
        pool.unitsLeft = unitsOf(id);
        bool discharged = debts.debtOf(claim.debt).status == DebtStatus.Discharged;
        if (Calendar.today() < claim.dueDay && !discharged) return pool;
        (DebtPayments memory paid, DebtClaim memory before) = (debts.paymentsOf(claim.debt), debts.claimOf(claim.debt));
        pool.paidFen = paid.paidFen - before.paidBeforeFen;
        pool.lateFeePaidFen = paid.lateFeePaidFen - before.lateFeePaidBeforeFen;
    }

    function _collect(ReceivableId id, Pool memory pool, address holder) private returns (uint256 totalFen) {
        (uint256 amountFen, uint256 feeFen) = _collectable(id, pool, holder);
        Holding storage holding = _holdings[id][holder];
        if (feeFen != 0) {
            // Shares of what was paid, which is a uint80.
            holding.collectedFeeFen += uint80(feeFen);
            _collected[id].feeFen += uint80(feeFen);
            emit LateFeeCollected(id, holder, holding.participant, feeFen);
        }
        if (amountFen != 0) {
            holding.collectedFen += uint80(amountFen);
            _collected[id].amountFen += uint80(amountFen);
            pool.unitsLeft -= amountFen;
            emit ReceivableCollected(id, holder, holding.participant, amountFen);
            _move(holder, address(0), id, amountFen);
        }
        return amountFen + feeFen;
    }

    /// @dev Units burned equal the fen collected, so balance and collected together are the units held on the due day, and
    /// what is collectable never exceeds the balance.
    function _collectable(
        ReceivableId id,
        Pool memory pool,
        address holder
    ) private view returns (uint256 amountFen, uint256 feeFen) {
        if (pool.unitsLeft == 0 || pool.paidFen + pool.lateFeePaidFen == 0) return (0, 0);
        Holding storage holding = _holdings[id][holder];
        uint256 units = balanceOf(holder, ReceivableId.unwrap(id)) + holding.collectedFen;
        amountFen = (units * pool.paidFen) / pool.faceFen - holding.collectedFen;
        // The last holder to collect takes the rest.
        if (amountFen == pool.unitsLeft) feeFen = pool.lateFeePaidFen - _collected[id].feeFen;
        else feeFen = (units * pool.lateFeePaidFen) / pool.faceFen - holding.collectedFeeFen;
    }

    /// @dev The caller: the participant whose units these are, or their pledgee.
    function _claimantOf(ReceivableId id, address holder) private view returns (ParticipantId claimant) {
        claimant = _holdings[id][holder].participant;
        if (balanceOf(holder, ReceivableId.unwrap(id)) != 0) {
            if (registry.accountOf(claimant) == msg.sender) return claimant;
            claimant = _encumbrances[id][holder].pledgee;
            if (!claimant.isNobody() && registry.accountOf(claimant) == msg.sender) return claimant;
        }
        revert Receivables_NotHolder(id, holder, msg.sender);
    }
}
