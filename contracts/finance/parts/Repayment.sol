// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Lateness} from "../../debts/libraries/Lateness.sol";
import {HoldMove} from "../../money/interfaces/IDepositToken.sol";
import {Calendar} from "../../types/Calendar.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";
import {IReceivables, LateFee, Receivable, ReceivableStatus} from "../interfaces/IReceivables.sol";
import {Pledging} from "./Pledging.sol";

/// @title The way out: debtors pay, holders collect; an unpaid claim is late, then in default
/// @dev No role, no standing, no gate: what is owed can always be paid, what was paid can always be collected.
abstract contract Repayment is Pledging {
    using SafeCast for uint256;

    // ---- debtors and holders

    /// @inheritdoc IReceivables
    function repay(ReceivableId id, uint256 amountFen) external {
        Receivable storage claim = _at(id);
        ParticipantId debtor = claim.debtor;
        if (registry.accountOf(debtor) != msg.sender) revert Receivables_NotParty(msg.sender, debtor);
        uint256 feeFen = _accrueFee(id, claim);
        uint256 unpaidFen = claim.faceFen - claim.repaidFen;
        if (amountFen == 0 || amountFen > unpaidFen + feeFen) {
            revert Receivables_InvalidPayment(id, unpaidFen + feeFen, amountFen);
        }

        if (feeFen > amountFen) feeFen = amountFen;
        if (feeFen != 0) {
            _lateFees[id].paidFen += feeFen.toUint96();
            emit LateFeePaid(id, feeFen, _lateFees[id].paidFen);
        }
        if (amountFen != feeFen) _discharge(id, claim, amountFen - feeFen, unpaidFen);
        deposits.holdToRepay(debtor, amountFen);
    }

    /// @inheritdoc IReceivables
    function collect(ReceivableId id, address[] calldata holders) external {
        Receivable storage claim = _at(id);
        ParticipantId debtor = claim.debtor;
        // One for the holder, one for its pledgee.
        HoldMove[] memory moves = new HoldMove[](holders.length * 2);
        uint256 count;
        for (uint256 i = 0; i < holders.length; ++i) {
            uint256 amountFen = _collect(id, claim, holders[i]);
            if (amountFen == 0) continue;
            (ParticipantId pledgee, uint256 pledgedFen) = _payPledgee(id, holders[i], amountFen);
            amountFen -= pledgedFen;
            // All of it was held of a deposit, which is a uint80.
            if (pledgedFen != 0) moves[count++] = HoldMove(debtor, pledgee, uint128(pledgedFen));
            if (amountFen != 0) {
                moves[count++] = HoldMove(debtor, _holdings[id][holders[i]].participant, uint128(amountFen));
            }
        }
        if (count == 0) return;
        assembly ("memory-safe") {
            // Shortened to the moves that were filled in.
            mstore(moves, count)
        }
        deposits.moveHolds(moves);
    }

    /// @inheritdoc IReceivables
    function declareDefault(ReceivableId id) external {
        Receivable storage claim = _at(id);
        uint256 from = defaultsAt(id);
        if (claim.status != ReceivableStatus.Outstanding || block.timestamp < from) {
            revert Receivables_NotInDefault(id, from);
        }
        claim.status = ReceivableStatus.Defaulted;
        ++defaultsOf[claim.debtor];
        emit ReceivableDefaulted(id, claim.debtor, claim.faceFen - claim.repaidFen);
    }

    // ---- views

    /// @inheritdoc IReceivables
    function collectable(ReceivableId id, address holder) external view returns (uint256) {
        (uint256 amountFen, uint256 feeFen) = _collectable(id, _at(id), holder);
        return amountFen + feeFen;
    }

    /// @inheritdoc IReceivables
    function defaultsAt(ReceivableId id) public view returns (uint256) {
        Receivable storage claim = _at(id);
        return _lateFrom(id, claim) + uint256(claim.graceDays) * 1 days;
    }

    /// @inheritdoc IReceivables
    function arrearsAt(ReceivableId id) public view returns (uint256) {
        return _lateFrom(id, _at(id)) + Lateness.ARREARS_DAYS * 1 days;
    }

    /// @inheritdoc IReceivables
    function lateFeeDue(ReceivableId id) external view returns (uint256) {
        (uint256 accrued, ) = _accrued(id, _at(id));
        return Lateness.feeFen(accrued) - _lateFees[id].paidFen;
    }

    /// @inheritdoc IReceivables
    function lateFee(ReceivableId id) external view returns (LateFee memory) {
        _at(id);
        return _lateFees[id];
    }

    // ---- internals

    /// @dev First second that is late, if a freeze runs to its end.
    function _lateFrom(ReceivableId id, Receivable storage claim) private view returns (uint256) {
        return Calendar.startOf(lastPaymentDay(id).plusDays(1)) + claim.stoodStill;
    }

    /// @dev Discharges the debtor to `amountFen` of the face value, of which `unpaidFen` are unpaid.
    function _discharge(ReceivableId id, Receivable storage claim, uint256 amountFen, uint256 unpaidFen) private {
        // At most the face value, which is a uint128.
        claim.repaidFen += uint128(amountFen);
        if (amountFen == unpaidFen) {
            if (claim.status.isInDefault()) --defaultsOf[claim.debtor];
            claim.status = ReceivableStatus.Repaid;
        }
        emit ReceivableRepaid(id, amountFen, claim.repaidFen);
    }

    /// @dev Counts the days since the last payment. A payment changes the basis of later days, so this comes first.
    function _accrueFee(ReceivableId id, Receivable storage claim) private returns (uint256 dueFen) {
        LateFee storage fee = _lateFees[id];
        (uint256 accrued, uint256 daysLate) = _accrued(id, claim);
        if (daysLate != fee.countedDays) {
            fee.accrued = accrued;
            fee.countedDays = daysLate.toUint32();
        }
        return Lateness.feeFen(accrued) - fee.paidFen;
    }

    function _accrued(
        ReceivableId id,
        Receivable storage claim
    ) private view returns (uint256 accrued, uint256 daysLate) {
        LateFee storage fee = _lateFees[id];
        // The clock stops during a freeze, which was credited in full when it began.
        uint256 from = _lateFrom(id, claim) - _secondsLeft(claim.frozenUntil);
        daysLate = Lateness.daysSince(from, block.timestamp);
        // Days that were counted stay counted. The calendar changes only ahead, so this never applies; it keeps `repay`
        // from failing.
        if (daysLate < fee.countedDays) daysLate = fee.countedDays;
        uint256 unpaidFen = claim.faceFen - claim.repaidFen;
        accrued = fee.accrued + unpaidFen * claim.lateRateBp * (daysLate - fee.countedDays);
    }

    function _collect(ReceivableId id, Receivable storage claim, address holder) private returns (uint256 totalFen) {
        (uint256 amountFen, uint256 feeFen) = _collectable(id, claim, holder);
        Holding storage holding = _holdings[id][holder];
        if (feeFen != 0) {
            // Shares of what was paid, which is a uint96.
            holding.collectedFeeFen += uint96(feeFen);
            _lateFees[id].collectedFen += uint96(feeFen);
            emit LateFeeCollected(id, holder, holding.participant, feeFen);
        }
        if (amountFen != 0) {
            // A share of what was repaid, which is a uint128.
            holding.collectedFen += uint128(amountFen);
            _collectedFen[id] += amountFen;
            emit ReceivableCollected(id, holder, holding.participant, amountFen);
            _move(holder, address(0), id, amountFen);
        }
        return amountFen + feeFen;
    }

    /// @dev Units burned equal the fen collected, so balance and collected together are the units held at the first
    /// payment, and what is collectable never exceeds the balance.
    function _collectable(
        ReceivableId id,
        Receivable storage claim,
        address holder
    ) private view returns (uint256 amountFen, uint256 feeFen) {
        uint256 unitsLeft = unitsOf(id);
        if (unitsLeft == 0) return (0, 0);
        Holding storage holding = _holdings[id][holder];
        LateFee storage fee = _lateFees[id];
        uint256 units = balanceOf(holder, ReceivableId.unwrap(id)) + holding.collectedFen;
        amountFen = (units * claim.repaidFen) / claim.faceFen - holding.collectedFen;
        // The last holder to collect takes the rest.
        if (amountFen == unitsLeft) feeFen = fee.paidFen - fee.collectedFen;
        else feeFen = (units * fee.paidFen) / claim.faceFen - holding.collectedFeeFen;
    }
}
