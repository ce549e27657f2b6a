// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {DebtCode} from "../debts/DebtCode.sol";
import {Debt, DebtTerms, IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IMarketRules, DeviationRule} from "../market/interfaces/IMarketRules.sol";
import {ITradeEscrow, Outcome, TradeStatus, TradeTerms} from "../market/interfaces/ITradeEscrow.sol";
import {Commitment} from "../market/libraries/Commitment.sol";
import {SettlementAmounts} from "../market/libraries/SettlementAmounts.sol";
import {Correction, IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../types/Calendar.sol";
import {Curve} from "../types/Curve.sol";
import {Day} from "../types/Day.sol";
import {DebtId, MeterId, ParticipantId, TradeId} from "../types/Ids.sol";
import {DayAdjustment, IAdjustmentDesk, TradeAdjustment, TradeAmount} from "./interfaces/IAdjustmentDesk.sol";

/// @title AdjustmentDesk
contract AdjustmentDesk is IAdjustmentDesk, AccessManaged {
    using Curve for uint256[12];

    /// @dev One word a trade: the first 30 bytes of what the escrow would keep of the outcome.
    struct Adjusted {
        bytes30 outcome;
        uint16 version;
    }

    /// @dev Bills are monthly (日清月结): a difference joins the next one.
    uint256 private constant BILL_DAYS = 30;

    /// @dev How far version and amount lie above the lowest bit of a difference's source, whose lowest bits are the trade.
    uint256 private constant SOURCE_VERSION = 64;
    uint256 private constant SOURCE_AMOUNT = 80;

    // ---- immutables

    IMeterRegistry private immutable METERS;
    ITradeEscrow private immutable ESCROW;
    IMarketRules private immutable RULES;
    IDebtLedger private immutable DEBTS;

    // ---- storage

    mapping(TradeId id => Adjusted) private _adjusted;

    /// @dev Differences that were posted, latest last.
    mapping(TradeId id => mapping(TradeAmount amount => DebtId[])) private _differences;

    // ---- constructor

    constructor(
        address authority,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IMarketRules rules,
        IDebtLedger debts
    ) AccessManaged(authority) {
        METERS = meters;
        ESCROW = escrow;
        RULES = rules;
        DEBTS = debts;
    }

    // ---- user actions

    /// @inheritdoc IAdjustmentDesk
    function adjust(DayAdjustment[] calldata adjustments, bytes[] calldata prices) external restricted {
        for (uint256 i; i < adjustments.length; ++i) {
            DayAdjustment calldata adjustment = adjustments[i];
            uint16 version = _requireCorrected(adjustment);
            uint256[12] memory corrected = Curve.read(adjustment.corrected);
            for (uint256 j; j < adjustment.trades.length; ++j) {
                _adjust(adjustment, adjustment.trades[j], corrected, prices, version);
            }
        }
    }

    // ---- views

    /// @inheritdoc IAdjustmentDesk
    function differencesOf(TradeId id, TradeAmount amount) external view returns (DebtId[] memory) {
        return _differences[id][amount];
    }

    /// @inheritdoc IAdjustmentDesk
    function adjustmentOf(TradeId id) external view returns (uint16 version, bytes30 outcome) {
        return (_adjusted[id].version, _adjusted[id].outcome);
    }

    // ---- internals

    function _requireCorrected(DayAdjustment calldata adjustment) private view returns (uint16) {
        (MeterId meter, Day day) = (adjustment.meter, adjustment.day);
        Correction memory correction = METERS.correctionOf(meter, day);
        if (correction.version == 0) revert AdjustmentDesk_NotCorrected(meter, day);
        if (block.timestamp < correction.adjustableAt) {
            revert AdjustmentDesk_TooEarly(meter, day, correction.adjustableAt);
        }
        if (bytes24(keccak256(adjustment.corrected)) != correction.curveHash) {
            revert AdjustmentDesk_WrongCurve(meter, day, correction.version);
        }
        return correction.version;
    }

    function _adjust(
        DayAdjustment calldata adjustment,
        TradeAdjustment calldata item,
        uint256[12] memory corrected,
        bytes[] calldata prices,
        uint16 version
    ) private {
        Adjusted memory known = _adjusted[item.id];
        if (known.version == version) return;
        TradeTerms memory terms = item.terms;
        bytes32 ofTerms = Commitment.ofTerms(item.id, terms);
        bytes32 previous = Commitment.ofOutcome(ofTerms, item.previous);
        bool sameDay =
            MeterId.unwrap(terms.sellerMeter) == MeterId.unwrap(adjustment.meter) && terms.day == adjustment.day;
        bool isPrevious = known.version == 0 ? _isOutcome(item, previous) : known.outcome == bytes30(previous);
        if (!sameDay || !isPrevious) revert AdjustmentDesk_WrongTerms(item.id);
        (DeviationRule memory rule, ParticipantId deviationPayee) = RULES.deviationRule(terms.rules, terms.source);
        Outcome memory outcome = _compute(item, terms, corrected, Curve.read(prices[item.price]), rule);
        _adjusted[item.id] = Adjusted(bytes30(Commitment.ofOutcome(ofTerms, outcome)), version);
        // Sums of 96 slots below 2^31.
        int256 differenceWh = int256(outcome.deliveredWh) - int256(item.previous.deliveredWh);
        emit TradeAdjusted(item.id, version, differenceWh, outcome);
        _recordDifferences(item, version, outcome, deviationPayee.isNobody() ? terms.buyer : deviationPayee);
    }

    /// @dev Whether this is what a trade came to at settlement.
    function _isOutcome(TradeAdjustment calldata item, bytes32 outcome) private view returns (bool) {
        TradeStatus status = ESCROW.statusOf(item.id);
        if (status != TradeStatus.Settled) revert AdjustmentDesk_NotSettled(item.id, status);
        return ESCROW.isOutcome(outcome, item.proof);
    }

    function _compute(
        TradeAdjustment calldata item,
        TradeTerms memory terms,
        uint256[12] memory corrected,
        uint256[12] memory price,
        DeviationRule memory rule
    ) private pure returns (Outcome memory) {
        uint256[12] memory energy = Curve.read(item.energy);
        uint256[12] memory offset = Curve.read(item.offset);
        bytes32 offsetHash = item.offset.length == 0 ? bytes32(0) : offset.hash();
        if (Commitment.ofSchedule(energy.hash(), offsetHash) != terms.scheduleHash || price.hash() != terms.priceHash)
            revert AdjustmentDesk_WrongTerms(item.id);
        return
            SettlementAmounts.ofDelivery(
                terms,
                energy,
                offset,
                corrected,
                price,
                0,
                Curve.BYTES,
                rule,
                item.previous.invoiced
            );
    }

    /// @dev As at settlement: the buyer owes the seller, or the payee in the seller's place, and the grid company; the
    /// seller owes the payee of the charge. Overpayments are returned the same way.
    function _recordDifferences(
        TradeAdjustment calldata item,
        uint16 version,
        Outcome memory outcome,
        ParticipantId deviationPayee
    ) private {
        (TradeId id, Outcome calldata previous) = (item.id, item.previous);
        (ParticipantId buyer, ParticipantId seller) = (item.terms.buyer, item.terms.seller);
        ParticipantId payee = ESCROW.redirectedPayee(id);
        if (payee.isNobody()) payee = seller;
        _record(id, version, TradeAmount.Energy, buyer, payee, previous.energyFen, outcome.energyFen);
        ParticipantId grid = RULES.gridCompanyOf(item.terms.rules);
        _record(id, version, TradeAmount.NetworkCharge, buyer, grid, previous.networkFen, outcome.networkFen);
        _record(
            id,
            version,
            TradeAmount.DeviationCharge,
            seller,
            deviationPayee,
            previous.deviationFen,
            outcome.deviationFen
        );
    }

    /// @dev What is owed still from earlier corrections the other way is taken back first: it was never owed.
    function _record(
        TradeId id,
        uint16 version,
        TradeAmount amount,
        ParticipantId payer,
        ParticipantId payee,
        uint256 beforeFen,
        uint256 nowFen
    ) private {
        if (beforeFen == nowFen || payer == payee) return;
        bool more = nowFen > beforeFen;
        (ParticipantId debtor, ParticipantId creditor) = more ? (payer, payee) : (payee, payer);
        uint256 amountFen = _takeBack(id, amount, creditor, more ? nowFen - beforeFen : beforeFen - nowFen);
        if (amountFen == 0) return;
        DebtTerms[] memory owed = new DebtTerms[](1);
        owed[0] = DebtTerms({
            debtor: debtor,
            creditor: creditor,
            dueDay: Calendar.today().plusDays(BILL_DAYS),
            code: DebtCode.Adjustment,
            // Amounts of one trade, of 96 slots below 2^31 Wh at prices below 2^31, stay far below 2^80.
            amountFen: uint80(amountFen),
            source: _sourceOf(id, version, amount)
        });
        DebtId debt = DEBTS.post(owed);
        _differences[id][amount].push(debt);
        emit DifferencePosted(id, version, amount, debt);
    }

    /// @return restFen what is left of `amountFen`.
    function _takeBack(
        TradeId id,
        TradeAmount amount,
        ParticipantId debtor,
        uint256 amountFen
    ) private returns (uint256 restFen) {
        DebtId[] storage posted = _differences[id][amount];
        restFen = amountFen;
        for (uint256 i = posted.length; i != 0 && restFen != 0; --i) {
            DebtId earlier = posted[i - 1];
            Debt memory debt = DEBTS.debtOf(earlier);
            if (debt.debtor != debtor || debt.book != 0) continue;
            (uint256 unpaidFen, , , ) = DEBTS.dueOn(earlier);
            uint256 reducedFen = unpaidFen < restFen ? unpaidFen : restFen;
            if (reducedFen == 0) continue;
            DEBTS.reduce(earlier, reducedFen);
            restFen -= reducedFen;
        }
    }

    function _sourceOf(TradeId id, uint16 version, TradeAmount amount) private pure returns (bytes32) {
        return
            bytes32(
                (uint256(amount) << SOURCE_AMOUNT) | (uint256(version) << SOURCE_VERSION) | uint256(TradeId.unwrap(id))
            );
    }
}
