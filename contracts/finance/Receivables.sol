// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";

import {Roles} from "../access/Roles.sol";
import {DebtCode} from "../debts/DebtCode.sol";
import {Debt, DebtTerms, IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {DebtId, ParticipantId, ReceivableId} from "../types/Ids.sol";
import {IFinanceRules} from "./interfaces/IFinanceRules.sol";
import {ConfirmedClaim, IReceivables, Receivable} from "./interfaces/IReceivables.sol";
import {ClaimStore} from "./parts/ClaimStore.sol";
import {Collecting} from "./parts/Collecting.sol";
import {Following} from "./parts/Following.sol";

/// @title Receivables
/// @notice Issue and transfer are here; `Pledging` is beside them, `Collecting` is the way out, and `Following` moves units to
/// a participant's new account.
contract Receivables is Collecting, Following {
    using StandingGuard for Standing;

    /// @dev Which claims between two parties rest on a VAT invoice. Trades are invoiced monthly and may share one; a
    /// drafted claim has one of its own.
    enum InvoiceUse {
        None,
        Trades,
        Draft
    }

    // ---- storage

    mapping(bytes32 invoice => InvoiceUse) private _invoiceUses;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_,
        IDebtLedger debts_,
        IFinanceRules financeRules_,
        ISecondFactor secondFactor_,
        string memory uri_
    ) ClaimStore(authority, registry_, debts_, financeRules_, secondFactor_, uri_) {}

    // ---- entrances

    /// @inheritdoc IReceivables
    function issueFromDebt(DebtId debt, bytes32 invoiceHash) external restricted returns (ReceivableId id) {
        Standing memory caller = registry.standingOf(msg.sender);
        if (!caller.isGood()) revert Receivables_ParticipantNotGood(msg.sender);
        (Debt memory owed, uint256 unpaidFen) = debts.claim(debt);
        if (caller.id != owed.creditor) revert Receivables_NotParty(msg.sender, owed.creditor);
        Day today = Calendar.today();
        if (owed.dueDay > today) _checkTenor(today, owed.dueDay);
        if (invoiceHash != 0) _useInvoice(owed.debtor, owed.creditor, invoiceHash, InvoiceUse.Trades);
        return _issue(debt, owed, unpaidFen, invoiceHash, msg.sender);
    }

    /// @inheritdoc IReceivables
    function issueConfirmed(ConfirmedClaim calldata confirmed) external restricted returns (ReceivableId id) {
        (ParticipantId debtor, ParticipantId creditor) = (confirmed.debtor, confirmed.creditor);
        if (debts.defaultsOf(debtor) != 0) revert Receivables_DebtorInDefault(debtor);
        _checkTenor(Calendar.today(), confirmed.dueDay);
        _useInvoice(debtor, creditor, confirmed.invoiceHash, InvoiceUse.Draft);
        DebtTerms[] memory terms = new DebtTerms[](1);
        terms[0] = DebtTerms({
            debtor: debtor,
            creditor: creditor,
            dueDay: confirmed.dueDay,
            code: DebtCode.ConfirmedClaim,
            amountFen: confirmed.faceFen,
            source: keccak256(abi.encode(debtor, creditor, confirmed.invoiceNumber))
        });
        DebtId debt = debts.post(terms);
        (Debt memory owed, uint256 unpaidFen) = debts.claim(debt);
        return _issue(debt, owed, unpaidFen, confirmed.invoiceHash, registry.accountOf(creditor));
    }

    /// @inheritdoc ERC1155
    function safeTransferFrom(
        address from,
        address to,
        uint256 id,
        uint256 value,
        bytes memory data
    ) public override restricted {
        _spendTransferred(from, value);
        super.safeTransferFrom(from, to, id, value, data);
    }

    /// @inheritdoc ERC1155
    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] memory ids,
        uint256[] memory values,
        bytes memory data
    ) public override restricted {
        uint256 units;
        for (uint256 i = 0; i < values.length; ++i) {
            units += values[i];
        }
        _spendTransferred(from, units);
        super.safeBatchTransferFrom(from, to, ids, values, data);
    }

    // ---- internals

    /// @dev An operator that reports what is committed through it, the financing desk, has counted these units.
    function _spendTransferred(address from, uint256 units) private {
        (bool counted, ) = IAccessManager(authority()).hasRole(Roles.EXPOSURE_BOOK, msg.sender);
        if (!counted) _spendUnits(registry.standingOf(from), units);
    }

    function _issue(
        DebtId debt,
        Debt memory owed,
        uint256 unpaidFen,
        bytes32 invoiceHash,
        address account
    ) private returns (ReceivableId id) {
        id = ReceivableId.wrap(++receivableCount);
        Receivable memory claim = Receivable({
            debt: debt,
            debtor: owed.debtor,
            issueDay: Calendar.today(),
            dueDay: financeRules.businessDayFrom(owed.dueDay),
            // A part of the debt, a uint80.
            faceFen: uint80(unpaidFen),
            invoiceHash: invoiceHash
        });
        _receivables[id] = claim;
        bool betweenAffiliates = registry.areAffiliates(owed.debtor, owed.creditor);
        emit ReceivableIssued(id, debt, owed.creditor, claim, !isTransferable(id), betweenAffiliates);
        _move(address(0), account, id, unpaidFen);
    }

    /// @dev Counted to the agreed day: a holiday that moves payment does not prolong the tenor.
    function _checkTenor(Day today, Day dueDay) private view {
        uint256 longest = financeRules.termsOn(today).longestTenorDays;
        uint256 tenorDays = dueDay > today ? Day.unwrap(dueDay) - Day.unwrap(today) : 0;
        if (tenorDays == 0 || tenorDays > longest) revert Receivables_TenorOutOfRange(tenorDays, longest);
    }

    function _useInvoice(ParticipantId debtor, ParticipantId creditor, bytes32 invoiceHash, InvoiceUse use) private {
        bytes32 invoice = keccak256(abi.encode(debtor, creditor, invoiceHash));
        InvoiceUse used = _invoiceUses[invoice];
        bool free = used == InvoiceUse.None || (used == InvoiceUse.Trades && use == InvoiceUse.Trades);
        if (!free) revert Receivables_InvoiceUsed(invoiceHash);
        _invoiceUses[invoice] = use;
    }
}
