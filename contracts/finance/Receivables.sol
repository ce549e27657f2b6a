// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IParticipantRegistry, ParticipantId, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {Calendar, Day} from "../metering/libraries/Calendar.sol";
import {HoldMove, IDepositToken} from "../tokens/interfaces/IDepositToken.sol";
import {IMarketRules, RuleSet} from "../trading/interfaces/IMarketRules.sol";
import {ITradeEscrow, Payable, TradeId} from "../trading/interfaces/ITradeEscrow.sol";
import {IReceivables, Receivable, ReceivableId, ReceivableStatus} from "./interfaces/IReceivables.sol";

/// @title Receivables out of settled trades
contract Receivables is IReceivables, ERC1155, AccessManaged {
    using SafeCast for uint256;
    using StandingGuard for Standing;

    /// @dev Who is paid for units that an account received, and what was paid so far. The participant is kept, so that
    /// collecting does not depend on what becomes of the account.
    struct Holding {
        ParticipantId participant;
        uint128 collectedFen;
    }

    /// @dev 银发〔2025〕77号.
    uint256 private constant LONGEST_TENOR = 180;
    uint256 private constant LONGEST_FREEZE = 30 days;

    // ---- immutables

    IParticipantRegistry public immutable registry;
    ITradeEscrow public immutable escrow;
    IDepositToken public immutable deposits;
    IMarketRules public immutable rules;

    // ---- storage

    /// @inheritdoc IReceivables
    uint256 public receivableCount;
    mapping(ReceivableId id => Receivable) private _receivables;
    mapping(ReceivableId id => uint256) private _collectedFen;
    mapping(ReceivableId id => mapping(address holder => Holding)) private _holdings;
    /// @dev Unix second beyond which no freeze lasts; 0 if the receivable was never frozen.
    mapping(ReceivableId id => uint256) private _freezableUntil;
    mapping(bytes32 key => bool) private _keyUsed;
    /// @inheritdoc IReceivables
    mapping(ParticipantId debtor => uint32) public defaultsOf;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_,
        ITradeEscrow escrow_,
        IDepositToken deposits_,
        IMarketRules rules_,
        string memory uri_
    ) ERC1155(uri_) AccessManaged(authority) {
        registry = registry_;
        escrow = escrow_;
        deposits = deposits_;
        rules = rules_;
    }

    // ---- administration

    /// @inheritdoc IReceivables
    function freeze(ReceivableId id, uint40 until) external restricted {
        Receivable storage claim = _at(id);
        uint256 wanted = _secondsLeft(until);
        if (wanted != 0) {
            if (_freezableUntil[id] == 0) _freezableUntil[id] = block.timestamp + LONGEST_FREEZE;
            if (until > _freezableUntil[id]) revert Receivables_FreezeTooLong(id, until);
        }
        // The whole freeze is credited at once; what is left of one that is cut short is taken back.
        claim.stoodStill = (claim.stoodStill + wanted - _secondsLeft(claim.frozenUntil)).toUint40();
        claim.frozenUntil = until;
        emit ReceivableFrozen(id, until);
    }

    // ---- creditors and holders

    /// @inheritdoc IReceivables
    function issueFromTrade(TradeId trade, bytes32 invoiceHash) external restricted returns (ReceivableId id) {
        Standing memory caller = registry.standingOf(msg.sender);
        if (!caller.isGood()) revert Receivables_ParticipantNotGood(msg.sender);
        Payable memory owed = escrow.takePayable(trade);
        if (caller.id != owed.creditor) revert Receivables_NotParty(msg.sender, owed.creditor);
        if (defaultsOf[owed.debtor] != 0) revert Receivables_DebtorInDefault(owed.debtor);
        Day today = Calendar.today();
        _checkTenor(today, owed.dueDay);
        bytes32 key = _useKey(owed.debtor, owed.creditor, trade);
        (, RuleSet memory inForce) = rules.ruleSetOn(today);

        id = ReceivableId.wrap(++receivableCount);
        Receivable memory issued = Receivable({
            debtor: owed.debtor,
            creditor: owed.creditor,
            issueDay: today,
            dueDay: owed.dueDay,
            graceDays: inForce.graceDays,
            status: ReceivableStatus.Outstanding,
            faceFen: owed.amountFen,
            repaidFen: 0,
            source: trade,
            frozenUntil: 0,
            stoodStill: 0,
            invoiceHash: invoiceHash
        });
        _receivables[id] = issued;
        emit ReceivableIssued(id, owed.debtor, owed.creditor, key, issued);
        _move(address(0), msg.sender, id, owed.amountFen);
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

    // ---- finishing: no role, no standing, no gate

    /// @inheritdoc IReceivables
    function repay(ReceivableId id, uint256 amountFen) external {
        Receivable storage claim = _at(id);
        ParticipantId debtor = claim.debtor;
        if (registry.accountOf(debtor) != msg.sender) revert Receivables_NotParty(msg.sender, debtor);
        uint256 outstandingFen = claim.faceFen - claim.repaidFen;
        if (amountFen == 0 || amountFen > outstandingFen) {
            revert Receivables_InvalidPayment(id, outstandingFen, amountFen);
        }

        // At most the face value, which is a uint128.
        claim.repaidFen += uint128(amountFen);
        if (amountFen == outstandingFen) {
            if (claim.status == ReceivableStatus.Defaulted) --defaultsOf[debtor];
            claim.status = ReceivableStatus.Repaid;
        }
        emit ReceivableRepaid(id, amountFen, claim.repaidFen);
        deposits.holdToRepay(debtor, amountFen);
    }

    /// @inheritdoc IReceivables
    function collect(ReceivableId id, address[] calldata holders) external {
        Receivable storage claim = _at(id);
        ParticipantId debtor = claim.debtor;
        HoldMove[] memory moves = new HoldMove[](holders.length);
        uint256 count;
        uint256 totalFen;
        for (uint256 i = 0; i < holders.length; ++i) {
            address holder = holders[i];
            uint256 amountFen = _collectable(id, claim, holder);
            if (amountFen == 0) continue;
            Holding storage holding = _holdings[id][holder];
            ParticipantId payee = holding.participant;
            // A share of what was repaid, which is a uint128.
            holding.collectedFen += uint128(amountFen);
            moves[count++] = HoldMove(debtor, payee, uint128(amountFen));
            totalFen += amountFen;
            emit ReceivableCollected(id, holder, payee, amountFen);
            _move(holder, address(0), id, amountFen);
        }
        if (count == 0) return;
        assembly ("memory-safe") {
            // Shortened to the moves that were filled in.
            mstore(moves, count)
        }
        _collectedFen[id] += totalFen;
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
    function isTransferable(ReceivableId id) public view returns (bool) {
        Receivable storage claim = _at(id);
        return
            claim.status == ReceivableStatus.Outstanding &&
            claim.repaidFen == 0 &&
            Calendar.today() < claim.dueDay &&
            _secondsLeft(claim.frozenUntil) == 0;
    }

    /// @inheritdoc IReceivables
    function receivable(ReceivableId id) external view returns (Receivable memory) {
        return _at(id);
    }

    /// @inheritdoc IReceivables
    function collectable(ReceivableId id, address holder) external view returns (uint256) {
        return _collectable(id, _at(id), holder);
    }

    /// @inheritdoc IReceivables
    function defaultsAt(ReceivableId id) public view returns (uint256) {
        Receivable storage claim = _at(id);
        return Calendar.startOf(claim.dueDay.plusDays(uint256(claim.graceDays) + 1)) + claim.stoodStill;
    }

    /// @inheritdoc IReceivables
    function unitsOf(ReceivableId id) external view returns (uint256) {
        return _at(id).faceFen - _collectedFen[id];
    }

    // ---- internals

    /// @dev Every movement of units passes here: issue, transfer, collection. Nobody is called.
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
    }

    /// @dev Issues or burns; unlike `_mint`, no receiver is asked.
    function _move(address from, address to, ReceivableId id, uint256 units) private {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory values = new uint256[](1);
        ids[0] = ReceivableId.unwrap(id);
        values[0] = units;
        _update(from, to, ids, values);
    }

    function _checkTenor(Day today, Day dueDay) private pure {
        uint256 tenorDays = dueDay > today ? Day.unwrap(dueDay) - Day.unwrap(today) : 0;
        if (tenorDays == 0 || tenorDays > LONGEST_TENOR) {
            revert Receivables_TenorOutOfRange(tenorDays, LONGEST_TENOR);
        }
    }

    function _useKey(ParticipantId debtor, ParticipantId creditor, TradeId source) private returns (bytes32 key) {
        key = keccak256(abi.encode(debtor, creditor, source));
        if (_keyUsed[key]) revert Receivables_KeyUsed(key);
        _keyUsed[key] = true;
    }

    /// @dev Units burned equal the fen collected, so balance and collected together are the units held at the first
    /// payment, and what is collectable never exceeds the balance.
    function _collectable(ReceivableId id, Receivable storage claim, address holder) private view returns (uint256) {
        uint256 collectedFen = _holdings[id][holder].collectedFen;
        uint256 units = balanceOf(holder, ReceivableId.unwrap(id)) + collectedFen;
        return (units * claim.repaidFen) / claim.faceFen - collectedFen;
    }

    function _secondsLeft(uint40 until) private view returns (uint256) {
        return until > block.timestamp ? until - block.timestamp : 0;
    }

    function _at(ReceivableId id) private view returns (Receivable storage claim) {
        claim = _receivables[id];
        if (claim.status == ReceivableStatus.None) revert Receivables_Unknown(id);
    }
}
