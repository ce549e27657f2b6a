// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";

import {DebtStatus, IDebtLedger} from "../../debts/interfaces/IDebtLedger.sol";
import {IParticipantRegistry, Standing} from "../../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../identity/interfaces/ISecondFactor.sol";
import {CallSubject} from "../../identity/libraries/CallSubject.sol";
import {StandingGuard} from "../../identity/libraries/StandingGuard.sol";
import {Calendar} from "../../types/Calendar.sol";
import {ParticipantId, ReceivableId} from "../../types/Ids.sol";
import {IFinanceRules} from "../interfaces/IFinanceRules.sol";
import {Encumbrance, IReceivables, Receivable} from "../interfaces/IReceivables.sol";

/// @title What Receivables remembers, and how units move
abstract contract ClaimStore is IReceivables, ERC1155, AccessManaged {
    using StandingGuard for Standing;

    /// @dev Who is paid for units that an account received, and what was paid so far. The participant is kept, so that
    /// collecting does not depend on the account later on.
    struct Holding {
        ParticipantId participant;
        uint80 collectedFen;
        uint80 collectedFeeFen;
    }

    /// @dev What all holders of a receivable collected.
    struct Collected {
        uint80 amountFen;
        uint80 feeFen;
    }

    // ---- immutables

    IParticipantRegistry public immutable registry;
    IDebtLedger public immutable debts;
    IFinanceRules public immutable financeRules;
    ISecondFactor public immutable secondFactor;

    // ---- storage

    /// @inheritdoc IReceivables
    uint256 public receivableCount;
    mapping(ReceivableId id => Receivable) internal _receivables;
    mapping(ReceivableId id => Collected) internal _collected;
    mapping(ReceivableId id => mapping(address holder => Holding)) internal _holdings;
    mapping(ReceivableId id => mapping(address holder => Encumbrance)) internal _encumbrances;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_,
        IDebtLedger debts_,
        IFinanceRules financeRules_,
        ISecondFactor secondFactor_,
        string memory uri_
    ) ERC1155(uri_) AccessManaged(authority) {
        registry = registry_;
        debts = debts_;
        financeRules = financeRules_;
        secondFactor = secondFactor_;
    }

    // ---- views

    /// @inheritdoc IReceivables
    function isTransferable(ReceivableId id) public view returns (bool) {
        Receivable memory claim = _at(id);
        return
            Calendar.today() < claim.dueDay &&
            debts.debtOf(claim.debt).status == DebtStatus.Outstanding &&
            debts.standStillOf(claim.debt).until <= block.timestamp &&
            debts.defaultsOf(claim.debtor) == 0;
    }

    /// @inheritdoc IReceivables
    function receivable(ReceivableId id) external view returns (Receivable memory) {
        return _at(id);
    }

    /// @inheritdoc IReceivables
    function unitsOf(ReceivableId id) public view returns (uint256) {
        return _at(id).faceFen - _collected[id].amountFen;
    }

    /// @inheritdoc IReceivables
    function encumbranceOf(ReceivableId id, address holder) external view returns (Encumbrance memory) {
        return _encumbrances[id][holder];
    }

    /// @inheritdoc IReceivables
    function freeUnitsOf(ReceivableId id, address holder) external view returns (uint256) {
        // Pledged units cannot leave, and are burned no faster than the pledge is paid.
        return balanceOf(holder, ReceivableId.unwrap(id)) - _encumbrances[id][holder].units;
    }

    // ---- internals

    /// @dev Every movement of units passes here: issue, transfer, collection. No receiver is called.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override {
        bool transferred = from != address(0) && to != address(0);
        if (transferred && !registry.standingOf(from).isGood()) revert Receivables_ParticipantNotGood(from);
        if (to != address(0)) {
            Standing memory receiver = registry.standingOf(to);
            if (!receiver.isGood()) revert Receivables_ParticipantNotGood(to);
            for (uint256 i = 0; i < ids.length; ++i) {
                ReceivableId id = ReceivableId.wrap(ids[i]);
                if (transferred && !isTransferable(id)) revert Receivables_UnitsFixed(id);
                _holdings[id][to].participant = receiver.id;
            }
        }
        super._update(from, to, ids, values);
        if (transferred) _requireUnencumbered(from, ids);
    }

    /// @dev After the movement, because a batch may name a receivable twice.
    function _requireUnencumbered(address holder, uint256[] memory ids) private view {
        for (uint256 i = 0; i < ids.length; ++i) {
            ReceivableId id = ReceivableId.wrap(ids[i]);
            uint256 pledged = _encumbrances[id][holder].units;
            if (balanceOf(holder, ids[i]) < pledged) revert Receivables_Encumbered(id, holder, pledged);
        }
    }

    /// @dev Counts units that a participant gives out of its hands by the call in progress; a unit is a fen of face.
    function _spendUnits(Standing memory giver, uint256 units) internal {
        if (giver.factor != 0) secondFactor.spendOnce(giver.id, CallSubject.ofThisCall(giver.id), units);
    }

    /// @dev Issues or burns; unlike `_mint`, no receiver is asked.
    function _move(address from, address to, ReceivableId id, uint256 units) internal {
        (uint256[] memory ids, uint256[] memory values) = _single(id, units);
        _update(from, to, ids, values);
    }

    /// @dev A batch of one.
    function _single(
        ReceivableId id,
        uint256 units
    ) internal pure returns (uint256[] memory ids, uint256[] memory values) {
        (ids, values) = (new uint256[](1), new uint256[](1));
        ids[0] = ReceivableId.unwrap(id);
        values[0] = units;
    }

    function _at(ReceivableId id) internal view returns (Receivable storage claim) {
        claim = _receivables[id];
        if (claim.faceFen == 0) revert Receivables_Unknown(id);
    }
}
