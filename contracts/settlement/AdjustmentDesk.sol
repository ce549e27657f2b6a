// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {ILatePolicy} from "../debts/interfaces/ILatePolicy.sol";
import {Lateness} from "../debts/libraries/Lateness.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {IMarketRules, DeviationRule} from "../market/interfaces/IMarketRules.sol";
import {
    ITradeEscrow,
    Outcome,
    PayableKind,
    PayableStatus,
    TradeStatus,
    TradeTerms
} from "../market/interfaces/ITradeEscrow.sol";
import {Commitment} from "../market/libraries/Commitment.sol";
import {SettlementAmounts} from "../market/libraries/SettlementAmounts.sol";
import {Correction, IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {HoldMove, IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {Calendar} from "../types/Calendar.sol";
import {Curve} from "../types/Curve.sol";
import {Day} from "../types/Day.sol";
import {MeterId, ParticipantId, TradeId} from "../types/Ids.sol";
import {AdjustmentDifference, DayAdjustment, IAdjustmentDesk, TradeAdjustment} from "./interfaces/IAdjustmentDesk.sol";

/// @title AdjustmentDesk
contract AdjustmentDesk is IAdjustmentDesk, AccessManaged {
    using Curve for uint256[12];

    /// @dev One word a trade, in the form of the escrow's.
    struct Adjusted {
        bytes30 commitment;
        uint16 version;
    }

    /// @dev Bills are monthly (日清月结): a difference joins the next one.
    uint256 private constant CLAIM_DAYS = 30;

    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;
    IMeterRegistry private immutable METERS;
    ITradeEscrow private immutable ESCROW;
    IMarketRules private immutable RULES;
    IDepositToken private immutable DEPOSITS;
    ILatePolicy private immutable LATE_POLICY;

    // ---- storage

    mapping(TradeId id => Adjusted) private _adjusted;

    mapping(TradeId id => mapping(uint16 version => mapping(PayableKind kind => AdjustmentDifference)))
        private _differences;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IMarketRules rules,
        IDepositToken deposits,
        ILatePolicy latePolicy
    ) AccessManaged(authority) {
        REGISTRY = registry;
        METERS = meters;
        ESCROW = escrow;
        RULES = rules;
        DEPOSITS = deposits;
        LATE_POLICY = latePolicy;
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

    /// @inheritdoc IAdjustmentDesk
    function payDifference(TradeId id, uint16 version, PayableKind kind) external {
        AdjustmentDifference memory due = _differences[id][version][kind];
        if (due.status != PayableStatus.Due) revert AdjustmentDesk_NoDifference(id, version, kind);
        if (REGISTRY.accountOf(due.debtor) != msg.sender) revert AdjustmentDesk_NotParty(msg.sender, due.debtor);
        _differences[id][version][kind].status = PayableStatus.Paid;
        uint256 feeFen = _lateFee(due);
        emit DifferencePaid(id, version, kind, feeFen);
        uint256 totalFen = due.amountFen + feeFen;
        DEPOSITS.holdToRepay(due.debtor, totalFen);
        HoldMove[] memory moves = new HoldMove[](1);
        // Held a line above, out of deposits, which are a uint80.
        moves[0] = HoldMove(due.debtor, due.creditor, uint128(totalFen));
        DEPOSITS.moveHolds(moves);
    }

    // ---- views

    /// @inheritdoc IAdjustmentDesk
    function differenceOf(
        TradeId id,
        uint16 version,
        PayableKind kind
    ) external view returns (AdjustmentDifference memory) {
        return _differences[id][version][kind];
    }

    /// @inheritdoc IAdjustmentDesk
    function lateFeeDue(TradeId id, uint16 version, PayableKind kind) external view returns (uint256) {
        AdjustmentDifference memory due = _differences[id][version][kind];
        return due.status == PayableStatus.Due ? _lateFee(due) : 0;
    }

    /// @inheritdoc IAdjustmentDesk
    function adjustmentOf(TradeId id) external view returns (uint16 version, bytes30 commitment) {
        return (_adjusted[id].version, _adjusted[id].commitment);
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
        if (known.version == 0) known.commitment = _settled(item.id);
        TradeTerms memory terms = item.terms;
        bytes30 ofTerms = Commitment.ofTerms(terms);
        bool sameDay =
            MeterId.unwrap(terms.sellerMeter) == MeterId.unwrap(adjustment.meter) && terms.day == adjustment.day;
        if (!sameDay || known.commitment != Commitment.ofOutcome(ofTerms, item.previous)) {
            revert AdjustmentDesk_WrongTerms(item.id);
        }
        (DeviationRule memory rule, ParticipantId deviationPayee) = RULES.deviationRule(terms.rules, terms.source);
        Outcome memory outcome = _compute(item, corrected, Curve.read(prices[item.price]), rule);
        _adjusted[item.id] = Adjusted(Commitment.ofOutcome(ofTerms, outcome), version);
        // Sums of 96 slots below 2^31.
        int256 differenceWh = int256(outcome.deliveredWh) - int256(item.previous.deliveredWh);
        emit TradeAdjusted(item.id, version, differenceWh, outcome);
        _recordDifferences(item, version, outcome, deviationPayee.isNobody() ? terms.buyer : deviationPayee);
    }

    /// @dev Paid at once and in full, so that there is one stretch to compute.
    function _lateFee(AdjustmentDifference memory due) private view returns (uint256) {
        uint256 from = Calendar.startOf(LATE_POLICY.businessDayFrom(due.dueDay).plusDays(1));
        uint256 daysLate = Lateness.daysSince(from, block.timestamp);
        return Lateness.feeFen(uint256(due.amountFen) * due.lateRateBp * daysLate);
    }

    function _settled(TradeId id) private view returns (bytes30) {
        TradeStatus status = ESCROW.statusOf(id);
        if (status != TradeStatus.Settled) revert AdjustmentDesk_NotSettled(id, status);
        return ESCROW.commitmentOf(id);
    }

    function _compute(
        TradeAdjustment calldata item,
        uint256[12] memory corrected,
        uint256[12] memory price,
        DeviationRule memory rule
    ) private pure returns (Outcome memory) {
        uint256[12] memory energy = Curve.read(item.energy);
        uint256[12] memory offset = Curve.read(item.offset);
        bytes32 offsetHash = item.offset.length == 0 ? bytes32(0) : offset.hash();
        TradeTerms memory terms = item.terms;
        if (keccak256(abi.encode(energy.hash(), offsetHash)) != terms.scheduleHash || price.hash() != terms.priceHash)
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
        _record(id, version, PayableKind.Energy, buyer, payee, previous.energyFen, outcome.energyFen);
        ParticipantId grid = RULES.gridCompanyOf(item.terms.rules);
        _record(id, version, PayableKind.NetworkCharge, buyer, grid, previous.networkFen, outcome.networkFen);
        _record(
            id,
            version,
            PayableKind.DeviationCharge,
            seller,
            deviationPayee,
            previous.deviationFen,
            outcome.deviationFen
        );
    }

    function _record(
        TradeId id,
        uint16 version,
        PayableKind kind,
        ParticipantId payer,
        ParticipantId payee,
        uint256 beforeFen,
        uint256 nowFen
    ) private {
        if (beforeFen == nowFen) return;
        bool more = nowFen > beforeFen;
        (ParticipantId debtor, ParticipantId creditor) = more ? (payer, payee) : (payee, payer);
        uint256 amountFen = more ? nowFen - beforeFen : beforeFen - nowFen;
        Day today = Calendar.today();
        Day dueDay = LATE_POLICY.businessDayFrom(today.plusDays(CLAIM_DAYS));
        uint32 lateRateBp = LATE_POLICY.lateRateBpOn(today);
        _differences[id][version][kind] = AdjustmentDifference({
            debtor: debtor,
            creditor: creditor,
            dueDay: dueDay,
            status: PayableStatus.Due,
            lateRateBp: lateRateBp,
            // Amounts of one trade, of 96 slots below 2^31 Wh at prices below 2^31, stay far below 2^96.
            amountFen: uint96(amountFen)
        });
        emit DifferenceRecorded(id, version, kind, debtor, creditor, dueDay, amountFen, lateRateBp);
    }
}
