// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";
import {IReceivables, Receivable, ReceivableStatus, Recovery} from "../interfaces/IReceivables.sol";
import {Repayment} from "./Repayment.sol";

/// @title Claims in default are pursued and written off
/// @dev Statements only. Money that comes in, before or after, is repaid and collected as usual.
abstract contract Recovering is Repayment {
    // ---- storage

    mapping(ReceivableId id => Recovery) private _recoveries;

    // ---- administration

    /// @inheritdoc IReceivables
    function writeOff(ReceivableId id, bytes32 evidenceHash) external restricted {
        Receivable storage claim = _requireStatus(id, ReceivableStatus.Recovering, evidenceHash);
        uint256 from = arrearsAt(id);
        if (block.timestamp < from) revert Receivables_NotInArrears(id, from);
        claim.status = ReceivableStatus.WrittenOff;
        _recoveries[id].writeOffDay = Calendar.today();
        emit ReceivableWrittenOff(id, claim.debtor, claim.faceFen - claim.repaidFen, evidenceHash);
    }

    // ---- holders: no role, no standing, no gate

    /// @inheritdoc IReceivables
    function startRecovery(ReceivableId id, address holder, bytes32 evidenceHash) external {
        Receivable storage claim = _requireStatus(id, ReceivableStatus.Defaulted, evidenceHash);
        ParticipantId participant = _claimantOf(id, holder);
        claim.status = ReceivableStatus.Recovering;
        _recoveries[id].startDay = Calendar.today();
        emit RecoveryStarted(id, participant, evidenceHash);
    }

    // ---- views

    /// @inheritdoc IReceivables
    function recoveryOf(ReceivableId id) external view returns (Recovery memory) {
        return _recoveries[id];
    }

    // ---- internals

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

    function _requireStatus(
        ReceivableId id,
        ReceivableStatus status,
        bytes32 evidenceHash
    ) private view returns (Receivable storage claim) {
        claim = _at(id);
        if (claim.status != status) revert Receivables_WrongStatus(id, claim.status);
        if (evidenceHash == 0) revert Receivables_NoEvidence(id);
    }
}
