// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {IMarketRules, RuleSet} from "../market/interfaces/IMarketRules.sol";
import {ITradeEscrow, Payable} from "../market/interfaces/ITradeEscrow.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {ReceivableId, TradeId} from "../types/Ids.sol";
import {FinanceTerms, IFinanceRules} from "./interfaces/IFinanceRules.sol";
import {ConfirmedClaim, IReceivables, Receivable, ReceivableStatus} from "./interfaces/IReceivables.sol";
import {ClaimStore} from "./parts/ClaimStore.sol";
import {Following} from "./parts/Following.sol";
import {Recovering} from "./parts/Recovering.sol";

/// @title Receivables
/// @notice Issue and transfer are here; `Pledging` is beside them, `Repayment` is the way out, `Recovering` is for what
/// stays unpaid, and `Following` moves units to a participant's new account.
contract Receivables is Recovering, Following {
    using SafeCast for uint256;
    using StandingGuard for Standing;

    /// @dev Which claims between two parties rest on a VAT invoice. Trades are invoiced monthly and may share one; a
    /// drafted claim has one of its own.
    enum InvoiceUse {
        None,
        Trades,
        Draft
    }

    uint256 private constant LONGEST_FREEZE = 30 days;

    // ---- storage

    mapping(bytes32 key => bool) private _keyUsed;
    mapping(bytes32 invoice => InvoiceUse) private _invoiceUses;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_,
        ITradeEscrow escrow_,
        IDepositToken deposits_,
        IMarketRules rules_,
        IFinanceRules financeRules_,
        string memory uri_
    ) ClaimStore(authority, registry_, escrow_, deposits_, rules_, financeRules_, uri_) {}

    // ---- administration

    /// @inheritdoc IReceivables
    function freeze(ReceivableId id, uint40 until) external restricted {
        Receivable storage claim = _at(id);
        uint256 wanted = _secondsLeft(until);
        if (wanted != 0) {
            if (_freezableUntil[id] == 0) _freezableUntil[id] = block.timestamp + LONGEST_FREEZE;
            if (until > _freezableUntil[id]) revert Receivables_FreezeTooLong(id, until);
        }
        // The whole freeze is credited at once; if it is cut short, the rest is taken back.
        claim.stoodStill = (claim.stoodStill + wanted - _secondsLeft(claim.frozenUntil)).toUint40();
        claim.frozenUntil = until;
        emit ReceivableFrozen(id, until);
    }

    // ---- entrances

    /// @inheritdoc IReceivables
    function issueFromTrade(TradeId trade, bytes32 invoiceHash) external restricted returns (ReceivableId id) {
        Standing memory caller = registry.standingOf(msg.sender);
        if (!caller.isGood()) revert Receivables_ParticipantNotGood(msg.sender);
        Payable memory owed = escrow.takePayable(trade);
        if (caller.id != owed.creditor) revert Receivables_NotParty(msg.sender, owed.creditor);
        Receivable memory claim;
        (claim.debtor, claim.creditor, claim.dueDay) = (owed.debtor, owed.creditor, owed.dueDay);
        (claim.faceFen, claim.source, claim.invoiceHash) = (owed.amountFen, trade, invoiceHash);
        if (invoiceHash != 0) _useInvoice(claim, InvoiceUse.Trades);
        return _issue(claim, msg.sender, keccak256(abi.encode(owed.debtor, owed.creditor, trade)));
    }

    /// @inheritdoc IReceivables
    function issueConfirmed(ConfirmedClaim calldata confirmed) external restricted returns (ReceivableId id) {
        Receivable memory claim;
        (claim.debtor, claim.creditor, claim.dueDay) = (confirmed.debtor, confirmed.creditor, confirmed.dueDay);
        (claim.faceFen, claim.draft, claim.invoiceHash) = (confirmed.faceFen, confirmed.draft, confirmed.invoiceHash);
        _useInvoice(claim, InvoiceUse.Draft);
        // Longer than the key of a trade, so that the number of an invoice and of a trade are never taken for each other.
        bytes32 key = keccak256(abi.encode(claim.debtor, claim.creditor, "VAT invoice", confirmed.invoiceNumber));
        return _issue(claim, registry.accountOf(claim.creditor), key);
    }

    /// @inheritdoc ERC1155
    function safeTransferFrom(
        address from,
        address to,
        uint256 id,
        uint256 value,
        bytes memory data
    ) public override restricted {
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
        super.safeBatchTransferFrom(from, to, ids, values, data);
    }

    // ---- internals

    /// @dev Completes a claim with the terms in force, and issues it.
    function _issue(Receivable memory claim, address account, bytes32 key) private returns (ReceivableId id) {
        if (defaultsOf[claim.debtor] != 0) revert Receivables_DebtorInDefault(claim.debtor);
        Day today = Calendar.today();
        FinanceTerms memory terms = financeRules.termsOn(today);
        _checkTenor(today, claim.dueDay, terms.longestTenorDays);
        if (_keyUsed[key]) revert Receivables_KeyUsed(key);
        _keyUsed[key] = true;
        (, RuleSet memory inForce) = rules.ruleSetOn(today);

        claim.issueDay = today;
        claim.dueDay = financeRules.businessDayFrom(claim.dueDay);
        claim.graceDays = inForce.graceDays;
        claim.lateRateBp = terms.lateRateBp;
        claim.status = ReceivableStatus.Outstanding;
        id = ReceivableId.wrap(++receivableCount);
        _receivables[id] = claim;
        emit ReceivableIssued(id, claim.debtor, claim.creditor, key, claim);
        _move(address(0), account, id, claim.faceFen);
    }

    /// @dev Counted to the agreed day: a holiday that moves payment does not prolong the tenor.
    function _checkTenor(Day today, Day dueDay, uint256 longest) private pure {
        uint256 tenorDays = dueDay > today ? Day.unwrap(dueDay) - Day.unwrap(today) : 0;
        if (tenorDays == 0 || tenorDays > longest) revert Receivables_TenorOutOfRange(tenorDays, longest);
    }

    function _useInvoice(Receivable memory claim, InvoiceUse use) private {
        bytes32 invoice = keccak256(abi.encode(claim.debtor, claim.creditor, claim.invoiceHash));
        InvoiceUse used = _invoiceUses[invoice];
        bool free = used == InvoiceUse.None || (used == InvoiceUse.Trades && use == InvoiceUse.Trades);
        if (!free) revert Receivables_InvoiceUsed(claim.invoiceHash);
        _invoiceUses[invoice] = use;
    }
}
