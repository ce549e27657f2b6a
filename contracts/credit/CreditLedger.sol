// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {Debt, DebtPayments, DebtStatus, IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {Lateness} from "../debts/libraries/Lateness.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {IBondPolicy} from "../market/interfaces/IBondPolicy.sol";
import {ITradeEscrow, Outcome, TradeStatus, TradeTerms} from "../market/interfaces/ITradeEscrow.sol";
import {Commitment} from "../market/libraries/Commitment.sol";
import {IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../types/Calendar.sol";
import {Curve} from "../types/Curve.sol";
import {Day} from "../types/Day.sol";
import {DebtId, ParticipantId, TradeId} from "../types/Ids.sol";
import {
    DebtCounts,
    DebtMark,
    Grade,
    ICreditLedger,
    Side,
    TradeCounts,
    TradeProof
} from "./interfaces/ICreditLedger.sol";

/// @title CreditLedger
contract CreditLedger is ICreditLedger, IBondPolicy, AccessManaged {
    using BitMaps for BitMaps.BitMap;
    using Curve for uint256[12];
    using SafeCast for uint256;

    /// @dev What happened in 30 days.
    struct Month {
        uint32 late;
        uint32 defaults;
        /// Write-offs too: they weigh the same.
        uint32 arrears;
    }

    uint256 private constant MONTH_DAYS = 30;
    /// @dev The twelve before this one, so that a year is always covered.
    uint256 private constant MONTHS_BACK = 12;
    /// @dev What a trade or a payment weighs: a point for each whole 100 yuan, so that dust weighs nothing; few a piece and few
    /// with one counterparty, so that neither size nor a friend makes up for a record with several.
    uint256 private constant FEN_A_POINT = 10_000;
    uint256 private constant MOST_POINTS_A_PIECE = 2;
    uint256 private constant MOST_POINTS_A_COUNTERPARTY = 5;
    /// @dev For the best grade: this many points, and this much of what was sold delivered (k- of the Sichuan rule, 4 %).
    uint256 private constant POINTS_FOR_A = 15;
    uint256 private constant DELIVERED_BP_FOR_A = 9_600;
    uint256 private constant BASIS_POINTS = 10_000;

    /// @dev What was counted of a debt.
    uint8 private constant DISCHARGED = 1;
    uint8 private constant DEFAULTED = 2;
    uint8 private constant IN_ARREARS = 4;
    uint8 private constant STANDING = 8;
    uint8 private constant WRITTEN_OFF = 16;

    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;
    IMeterRegistry private immutable METERS;
    ITradeEscrow private immutable ESCROW;
    IDebtLedger private immutable DEBTS;

    // ---- storage

    BitMaps.BitMap private _counted;

    mapping(DebtId id => uint8) private _marks;

    mapping(ParticipantId participant => mapping(Side side => TradeCounts)) private _trades;

    mapping(ParticipantId participant => DebtCounts) private _debts;

    mapping(ParticipantId participant => mapping(uint256 month => Month)) private _months;

    /// @inheritdoc ICreditLedger
    mapping(ParticipantId participant => uint256) public pointsOf;

    mapping(ParticipantId participant => mapping(ParticipantId counterparty => uint256)) private _pointsWith;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IDebtLedger debts
    ) AccessManaged(authority) {
        REGISTRY = registry;
        METERS = meters;
        ESCROW = escrow;
        DEBTS = debts;
    }

    // ---- user actions

    /// @inheritdoc ICreditLedger
    function countTrades(TradeProof[] calldata proofs) external restricted {
        for (uint256 i; i < proofs.length; ++i) {
            TradeProof calldata proof = proofs[i];
            if (isCounted(proof.id)) continue;
            bool ruled = _requireProven(proof);
            _counted.set(TradeId.unwrap(proof.id));
            TradeTerms calldata terms = proof.terms;
            if (_areOne(terms)) emit TradeLeftOut(proof.id, terms.seller, terms.buyer);
            else _countTrade(proof, ruled);
        }
    }

    /// @inheritdoc ICreditLedger
    function countDebt(DebtId id) external restricted {
        Debt memory debt = DEBTS.debtOf(id);
        if (!debt.code.isCounted()) revert CreditLedger_NothingToCount(id);
        Day lastDay = DEBTS.lastPaymentDay(id);
        (, uint256 graceDays) = DEBTS.lateTermsOf(id);
        bool discharged = debt.status == DebtStatus.Discharged;
        uint256 daysLate = discharged ? _daysLateAtDischarge(id) : _daysLate(id, graceDays);
        uint8 marks = _marks[id];
        uint8 known = marks;
        if (daysLate > graceDays && marks & DEFAULTED == 0) {
            marks |= DEFAULTED;
            _mark(id, debt.debtor, DebtMark.Default, lastDay.plusDays(graceDays + 1), daysLate, false);
        }
        if (daysLate > Lateness.ARREARS_DAYS && marks & IN_ARREARS == 0) {
            marks |= discharged ? IN_ARREARS : IN_ARREARS | STANDING;
            if (!discharged) ++_debts[debt.debtor].standing;
            _mark(id, debt.debtor, DebtMark.Arrears, lastDay.plusDays(Lateness.ARREARS_DAYS + 1), daysLate, discharged);
        }
        Day writeOffDay = DEBTS.recoveryOf(id).writeOffDay;
        if (Day.unwrap(writeOffDay) != 0 && marks & WRITTEN_OFF == 0) {
            marks |= WRITTEN_OFF;
            _mark(id, debt.debtor, DebtMark.WrittenOff, writeOffDay, daysLate, false);
        }
        if (discharged && marks & DISCHARGED == 0) {
            bool ends = marks & STANDING != 0;
            if (ends) --_debts[debt.debtor].standing;
            marks = (marks | DISCHARGED) & ~STANDING;
            _mark(id, debt.debtor, _markOfDischarge(id, debt, daysLate), lastDay.plusDays(daysLate), daysLate, ends);
        }
        if (marks == known) revert CreditLedger_NothingToCount(id);
        _marks[id] = marks;
    }

    // ---- views

    /// @inheritdoc ICreditLedger
    function gradeOf(ParticipantId participant) public view returns (Grade) {
        uint256 entries;
        uint256 alone;
        bool wasLate;
        bool arrears = _debts[participant].standing != 0;
        uint256 month = _monthOf(Calendar.today());
        // Blocks are decades after the calendar's first day.
        for (uint256 number = month - MONTHS_BACK; number <= month && !arrears; ++number) {
            Month memory past = _months[participant][number];
            // Two late payments in one month, or in two that follow each other, are one entry in the watch list.
            uint256 together = alone + past.late;
            alone = past.late == 0 ? 0 : together % 2;
            entries += past.defaults + together / 2;
            wasLate = wasLate || past.late != 0;
            arrears = past.arrears != 0;
        }
        if (arrears || entries > 1) return Grade.D;
        if (entries == 1) return Grade.C;
        return _gradeOfRecord(participant, wasLate);
    }

    /// @inheritdoc IBondPolicy
    function bondRateBp(ParticipantId seller, uint16 flatRateBp) external view returns (uint16) {
        Grade grade = gradeOf(seller);
        uint256 rate = flatRateBp;
        if (grade == Grade.A) rate = (rate * 3 + 3) / 4;
        else if (grade == Grade.C) rate *= 2;
        else if (grade == Grade.D) rate *= 4;
        // At most the whole amount, which a uint16 of basis points holds.
        return uint16(rate > BASIS_POINTS ? BASIS_POINTS : rate);
    }

    /// @inheritdoc ICreditLedger
    function tradesOf(ParticipantId participant, Side side) external view returns (TradeCounts memory) {
        return _trades[participant][side];
    }

    /// @inheritdoc ICreditLedger
    function debtsOf(ParticipantId participant) external view returns (DebtCounts memory) {
        return _debts[participant];
    }

    /// @inheritdoc ICreditLedger
    function isCounted(TradeId id) public view returns (bool) {
        return _counted.get(TradeId.unwrap(id));
    }

    // ---- internals

    /// @dev Proves terms, outcome and energy of a finished trade; returns whether an arbiter ruled on it.
    function _requireProven(TradeProof calldata proof) private view returns (bool ruled) {
        TradeStatus status = ESCROW.statusOf(proof.id);
        if (!status.isFinished()) revert CreditLedger_NotFinished(proof.id, status);
        ruled = status == TradeStatus.Ruled;
        bytes32 outcome = Commitment.ofOutcome(Commitment.ofTerms(proof.id, proof.terms), proof.outcome);
        bytes32 schedule = Commitment.ofSchedule(keccak256(proof.energy), proof.positionHash);
        if (schedule != proof.terms.scheduleHash || !ESCROW.isOutcome(outcome, proof.kept)) {
            revert CreditLedger_WrongTerms(proof.id);
        }
    }

    function _countTrade(TradeProof calldata proof, bool ruled) private {
        (ParticipantId seller, ParticipantId buyer) = (proof.terms.seller, proof.terms.buyer);
        TradeCounts memory one;
        one.trades = 1;
        if (ruled) {
            one.ruled = 1;
        } else {
            Outcome calldata outcome = proof.outcome;
            one.charged = outcome.deviationFen == 0 ? 0 : 1;
            one.late = outcome.invoiced ? 1 : 0;
            // Sums of 96 slots below 2^31.
            one.contractedWh = uint64(Curve.read(proof.energy).sum());
            one.deliveredWh = uint64(outcome.deliveredWh);
        }
        _add(seller, Side.Seller, one);
        _add(buyer, Side.Buyer, one);
        if (!ruled) {
            _weigh(seller, buyer, proof.outcome.energyFen);
            _weigh(buyer, seller, proof.outcome.energyFen);
        }
        emit TradeCounted(
            proof.id,
            seller,
            buyer,
            one.contractedWh,
            one.deliveredWh,
            one.charged != 0,
            one.late != 0,
            ruled
        );
    }

    function _add(ParticipantId participant, Side side, TradeCounts memory one) private {
        TradeCounts memory all = _trades[participant][side];
        all.trades += one.trades;
        all.charged += one.charged;
        all.late += one.late;
        all.ruled += one.ruled;
        all.contractedWh += one.contractedWh;
        all.deliveredWh += one.deliveredWh;
        _trades[participant][side] = all;
    }

    /// @dev Counts a mark in the month in which it happened, so that it matters neither when nor in which order it is
    /// counted.
    function _mark(DebtId id, ParticipantId debtor, DebtMark mark, Day day, uint256 daysLate, bool ends) private {
        DebtCounts storage debts = _debts[debtor];
        Month storage month = _months[debtor][_monthOf(day)];
        uint32 counted = daysLate.toUint32();
        if (mark == DebtMark.OnTime) {
            ++debts.onTime;
        } else if (mark == DebtMark.Late) {
            ++debts.late;
            debts.daysLate += counted;
            ++month.late;
        } else if (mark == DebtMark.Default) {
            ++debts.defaults;
            ++month.defaults;
        } else if (mark == DebtMark.Arrears) {
            ++debts.arrears;
            ++month.arrears;
        } else if (mark == DebtMark.WrittenOff) {
            ++debts.writtenOff;
            ++month.arrears;
        }
        emit DebtCounted(id, debtor, mark, day, counted, ends);
    }

    /// @dev A debt that its poster took back whole was never owed and shows nothing about its debtor.
    function _markOfDischarge(DebtId id, Debt memory debt, uint256 daysLate) private returns (DebtMark) {
        uint256 paidFen = DEBTS.paymentsOf(id).paidFen;
        if (paidFen == 0) return DebtMark.LeftOut;
        if (daysLate != 0) return DebtMark.Late;
        if (REGISTRY.areAffiliates(debt.debtor, debt.creditor)) return DebtMark.LeftOut;
        _weigh(debt.debtor, debt.creditor, paidFen);
        return DebtMark.OnTime;
    }

    function _weigh(ParticipantId participant, ParticipantId counterparty, uint256 amountFen) private {
        uint256 before = _pointsWith[participant][counterparty];
        uint256 points = _min(before + _min(amountFen / FEN_A_POINT, MOST_POINTS_A_PIECE), MOST_POINTS_A_COUNTERPARTY);
        if (points == before) return;
        _pointsWith[participant][counterparty] = points;
        pointsOf[participant] += points - before;
    }

    /// @dev How late a debt was discharged. What its poster took back whole was never owed, so never late.
    function _daysLateAtDischarge(DebtId id) private view returns (uint256) {
        DebtPayments memory paid = DEBTS.paymentsOf(id);
        return paid.paidFen == 0 ? 0 : paid.countedDays;
    }

    /// @dev How late an unpaid debt is so far; the clock may stand still.
    function _daysLate(DebtId id, uint256 graceDays) private view returns (uint256) {
        (, , uint256 defaultsAt, ) = DEBTS.dueOn(id);
        return Lateness.daysSince(defaultsAt - graceDays * 1 days, block.timestamp);
    }

    /// @dev The grade without an entry in the watch list: A needs a record of its own.
    function _gradeOfRecord(ParticipantId participant, bool wasLate) private view returns (Grade) {
        TradeCounts memory sold = _trades[participant][Side.Seller];
        DebtCounts memory debts = _debts[participant];
        uint256 counts = uint256(sold.trades) + _trades[participant][Side.Buyer].trades + debts.onTime + debts.late;
        if (counts == 0) return Grade.Unrated;
        bool delivers = uint256(sold.deliveredWh) * BASIS_POINTS >= uint256(sold.contractedWh) * DELIVERED_BP_FOR_A;
        return pointsOf[participant] >= POINTS_FOR_A && delivers && !wasLate ? Grade.A : Grade.B;
    }

    /// @dev Whether buyer and seller, or the owners of the meters they traded for, are one or declared affiliates.
    function _areOne(TradeTerms calldata terms) private view returns (bool) {
        ParticipantId producer = METERS.meterOf(terms.sellerMeter).owner;
        ParticipantId consumer = METERS.meterOf(terms.buyerMeter).owner;
        return
            REGISTRY.areAffiliates(terms.seller, terms.buyer) ||
            REGISTRY.areAffiliates(producer, consumer) ||
            REGISTRY.areAffiliates(terms.seller, consumer) ||
            REGISTRY.areAffiliates(producer, terms.buyer);
    }

    function _min(uint256 one, uint256 other) private pure returns (uint256) {
        return one < other ? one : other;
    }

    function _monthOf(Day day) private pure returns (uint256) {
        return Day.unwrap(day) / MONTH_DAYS;
    }
}
