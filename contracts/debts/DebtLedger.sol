// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {HoldMove, IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {SingleHold} from "../money/libraries/SingleHold.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {DebtId, ParticipantId} from "../types/Ids.sol";
import {DebtCode} from "./DebtCode.sol";
import {
    Debt,
    DebtClaim,
    DebtPayments,
    DebtStatus,
    DebtTerms,
    IDebtLedger,
    Recovery,
    StandStill
} from "./interfaces/IDebtLedger.sol";
import {ILatePolicy} from "./interfaces/ILatePolicy.sol";
import {Lateness} from "./libraries/Lateness.sol";

/// @title DebtLedger
contract DebtLedger is IDebtLedger, AccessManaged {
    using BitMaps for BitMaps.BitMap;
    using SafeCast for uint256;
    using SingleHold for IDepositToken;

    /// @dev A word for debts of which something was paid late, or that were reduced.
    struct Accrual {
        /// Fen x basis points x days up to the last payment, not rounded: below 2^80 x 2^12 x 2^32.
        uint128 accrued;
        uint80 reducedFen;
    }

    /// @dev Debts of a debtor in default: one storage word.
    struct Defaults {
        uint32 count;
        /// What the count was when `day` began.
        uint32 atMidnight;
        /// On which it changed last.
        Day day;
    }

    uint256 private constant LONGEST_STAND_STILL = 30 days;

    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;
    IDepositToken private immutable DEPOSITS;
    ILatePolicy private immutable LATE_POLICY;

    // ---- storage

    /// @inheritdoc IDebtLedger
    uint64 public debtCount;

    mapping(DebtId id => Debt) private _debts;
    mapping(DebtId id => DebtPayments) private _payments;
    mapping(DebtId id => Accrual) private _accruals;
    mapping(DebtId id => DebtClaim) private _claims;
    mapping(DebtId id => StandStill) private _standStills;
    mapping(DebtId id => Recovery) private _recoveries;
    /// @dev By source: trades are numbered one after the other, so that 256 of them share a word.
    mapping(DebtCode code => BitMaps.BitMap) private _posted;

    mapping(address poster => mapping(DebtCode code => bool)) private _posters;
    uint8 private _bookCount;
    /// @inheritdoc IDebtLedger
    mapping(address book => uint8) public bookNumberOf;

    mapping(ParticipantId debtor => Defaults) private _defaults;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        IDepositToken deposits,
        ILatePolicy latePolicy
    ) AccessManaged(authority) {
        REGISTRY = registry;
        DEPOSITS = deposits;
        LATE_POLICY = latePolicy;
    }

    // ---- administration

    /// @inheritdoc IDebtLedger
    function approvePoster(address poster, DebtCode code) external restricted {
        _posters[poster][code] = true;
        emit PosterApproved(poster, code);
    }

    /// @inheritdoc IDebtLedger
    function approveClaimBook(address book) external restricted {
        if (bookNumberOf[book] == 0) bookNumberOf[book] = ++_bookCount;
        emit ClaimBookApproved(book, bookNumberOf[book]);
    }

    /// @inheritdoc IDebtLedger
    function standStill(DebtId id, uint40 until) external restricted {
        _owed(id);
        StandStill storage still = _standStills[id];
        uint256 wanted = _secondsLeft(until);
        if (wanted != 0) {
            if (still.latest == 0) still.latest = (block.timestamp + LONGEST_STAND_STILL).toUint40();
            if (until > still.latest) revert DebtLedger_StandStillTooLong(id, until);
        }
        // The whole stand-still is credited at once; if it is cut short, the rest is taken back.
        still.seconds_ = (still.seconds_ + wanted - _secondsLeft(still.until)).toUint40();
        still.until = until;
        emit DebtStoodStill(id, until);
    }

    /// @inheritdoc IDebtLedger
    function writeOff(DebtId id, bytes32 evidenceHash) external restricted {
        Debt storage debt = _requireStatus(id, DebtStatus.Recovering, evidenceHash);
        uint256 from = _arrearsAt(_lateFrom(id, debt));
        if (block.timestamp < from) revert DebtLedger_NotInArrears(id, from);
        debt.status = DebtStatus.WrittenOff;
        _recoveries[id].writeOffDay = Calendar.today();
        emit DebtWrittenOff(id, debt.debtor, _unpaid(id, debt), evidenceHash);
    }

    // ---- posters

    /// @inheritdoc IDebtLedger
    function post(DebtTerms[] calldata terms) external returns (DebtId first) {
        uint64 count = debtCount;
        Day today = Calendar.today();
        first = DebtId.wrap(count + 1);
        for (uint256 i = 0; i < terms.length; ++i) {
            DebtTerms calldata one = terms[i];
            // Debts of one code follow each other.
            if (i == 0 || one.code != terms[i - 1].code) _checkPoster(one.code);
            _post(DebtId.wrap(++count), one, today);
        }
        debtCount = count;
    }

    /// @inheritdoc IDebtLedger
    function reduce(DebtId id, uint256 amountFen) external {
        Debt storage debt = _owed(id);
        _checkPoster(debt.code);
        if (debt.book != 0) revert DebtLedger_NotClaimable(id, msg.sender);
        uint256 unpaidFen = _unpaid(id, debt);
        if (amountFen == 0 || amountFen > unpaidFen) revert DebtLedger_InvalidAmount(id, unpaidFen, amountFen);
        Accrual storage accrual = _accruals[id];
        // It was unpaid on every day that was counted, so what accrued on it is a part of all that accrued. Days since then are
        // not counted here: they count for the rest alone, and say nothing about when that was paid.
        (uint256 rateBp, ) = LATE_POLICY.lateTermsOn(debt.issueDay);
        accrual.accrued -= uint128(amountFen * rateBp * _payments[id].countedDays);
        accrual.reducedFen += uint80(amountFen);
        emit DebtReduced(id, amountFen);
        if (amountFen == unpaidFen) _discharge(id, debt);
    }

    // ---- debtors and creditors: no role, no standing, no gate

    /// @inheritdoc IDebtLedger
    function pay(DebtId id, uint256 amountFen) external {
        Debt storage debt = _owed(id);
        (ParticipantId debtor, ParticipantId creditor) = (debt.debtor, debt.creditor);
        if (REGISTRY.accountOf(debtor) != msg.sender) revert DebtLedger_NotParty(msg.sender, debtor);
        uint256 unpaidFen = _unpaid(id, debt);
        uint256 feeFen = _accrueFee(id, debt, unpaidFen);
        if (amountFen == 0 || amountFen > unpaidFen + feeFen) {
            revert DebtLedger_InvalidAmount(id, unpaidFen + feeFen, amountFen);
        }
        (uint256 towardsFen, uint256 feePaidFen) = _split(feeFen, amountFen);
        emit DebtPaid(id, towardsFen, feePaidFen);
        _apply(id, debt, unpaidFen, towardsFen, feePaidFen);

        bool divided = debt.book != 0;
        // Held of a deposit, which is a uint80; where it is not, the hold reverts.
        if (divided) _claims[id].heldFen += amountFen.toUint80();
        DEPOSITS.holdToRepay(debtor, amountFen);
        if (divided) return;
        DEPOSITS.move(debtor, creditor, uint128(amountFen));
    }

    /// @inheritdoc IDebtLedger
    function setOff(DebtId one, DebtId other) external {
        (Debt storage left, Debt storage right) = (_owed(one), _owed(other));
        (ParticipantId party, ParticipantId counterparty) = (left.debtor, left.creditor);
        if (REGISTRY.accountOf(party) != msg.sender && REGISTRY.accountOf(counterparty) != msg.sender) {
            revert DebtLedger_NotParty(msg.sender, party);
        }
        if (right.creditor != party || right.debtor != counterparty || !_canSetOff(left) || !_canSetOff(right)) {
            revert DebtLedger_NotMutual(one, other);
        }
        (uint256 leftFen, uint256 rightFen) = (_unpaid(one, left), _unpaid(other, right));
        (uint256 leftFee, uint256 rightFee) = (_accrueFee(one, left, leftFen), _accrueFee(other, right, rightFen));
        uint256 amountFen = leftFen + leftFee;
        if (rightFen + rightFee < amountFen) amountFen = rightFen + rightFee;
        (uint256 towardsFen, uint256 feePaidFen) = _split(leftFee, amountFen);
        emit DebtSetOff(one, other, towardsFen, feePaidFen);
        _apply(one, left, leftFen, towardsFen, feePaidFen);
        (towardsFen, feePaidFen) = _split(rightFee, amountFen);
        emit DebtSetOff(other, one, towardsFen, feePaidFen);
        _apply(other, right, rightFen, towardsFen, feePaidFen);
    }

    /// @inheritdoc IDebtLedger
    function declareDefault(DebtId id) external {
        Debt storage debt = _at(id);
        uint256 from = _defaultsAt(debt, _lateFrom(id, debt));
        if (debt.status != DebtStatus.Outstanding || block.timestamp < from) revert DebtLedger_NotInDefault(id, from);
        debt.status = DebtStatus.Defaulted;
        if (debt.code.isCounted()) ++_changing(debt.debtor).count;
        emit DebtDefaulted(id, debt.debtor, _unpaid(id, debt));
    }

    /// @inheritdoc IDebtLedger
    function startRecovery(DebtId id, ParticipantId claimant, bytes32 evidenceHash) external {
        Debt storage debt = _requireStatus(id, DebtStatus.Defaulted, evidenceHash);
        bool vouched =
            debt.book != 0 ? _isItsBook(debt) : claimant == debt.creditor && REGISTRY.accountOf(claimant) == msg.sender;
        if (!vouched) revert DebtLedger_NotParty(msg.sender, claimant);
        debt.status = DebtStatus.Recovering;
        _recoveries[id].startDay = Calendar.today();
        emit RecoveryStarted(id, claimant, evidenceHash);
    }

    // ---- books of units

    /// @inheritdoc IDebtLedger
    function claim(DebtId id) external returns (Debt memory debt, uint256 unpaidFen) {
        Debt storage stored = _owed(id);
        uint8 book = bookNumberOf[msg.sender];
        if (book == 0 || stored.book != 0 || !stored.code.isClaimable()) revert DebtLedger_NotClaimable(id, msg.sender);
        unpaidFen = _unpaid(id, stored);
        stored.book = book;
        debt = stored;
        DebtPayments memory paid = _payments[id];
        if (paid.paidFen + paid.lateFeePaidFen != 0) {
            _claims[id] = DebtClaim(paid.paidFen, paid.lateFeePaidFen, 0);
        }
        emit DebtClaimed(id, msg.sender, unpaidFen);
    }

    /// @inheritdoc IDebtLedger
    function payOut(DebtId id, ParticipantId[] calldata payees, uint256[] calldata amountsFen) external {
        Debt storage debt = _at(id);
        if (!_isItsBook(debt)) revert DebtLedger_NotClaimable(id, msg.sender);
        ParticipantId debtor = debt.debtor;
        uint256 heldFen = _claims[id].heldFen;
        uint256 totalFen;
        HoldMove[] memory moves = new HoldMove[](payees.length);
        for (uint256 i = 0; i < payees.length; ++i) {
            totalFen += amountsFen[i];
            // Together no more than what is held, a uint80, which is checked below.
            moves[i] = HoldMove(debtor, payees[i], uint128(amountsFen[i]));
        }
        if (totalFen > heldFen) revert DebtLedger_InvalidAmount(id, heldFen, totalFen);
        _claims[id].heldFen = uint80(heldFen - totalFen);
        DEPOSITS.moveHolds(moves);
    }

    // ---- views

    /// @inheritdoc IDebtLedger
    function debtOf(DebtId id) external view returns (Debt memory) {
        return _at(id);
    }

    /// @inheritdoc IDebtLedger
    function paymentsOf(DebtId id) external view returns (DebtPayments memory paid) {
        paid = _payments[id];
        // At most the amount.
        paid.paidFen = uint80(_at(id).amountFen - _accruals[id].reducedFen - _unpaid(id, _at(id)));
    }

    /// @inheritdoc IDebtLedger
    function claimOf(DebtId id) external view returns (DebtClaim memory) {
        return _claims[id];
    }

    /// @inheritdoc IDebtLedger
    function dueOn(
        DebtId id
    ) external view returns (uint256 unpaidFen, uint256 lateFeeFen, uint256 defaultsAt, uint256 arrearsAt) {
        Debt storage debt = _at(id);
        unpaidFen = _unpaid(id, debt);
        uint256 lateFrom = _lateFrom(id, debt);
        (uint256 accrued, ) = _accrued(id, debt, unpaidFen, lateFrom);
        lateFeeFen = _feeDue(id, accrued);
        (defaultsAt, arrearsAt) = (_defaultsAt(debt, lateFrom), _arrearsAt(lateFrom));
    }

    /// @inheritdoc IDebtLedger
    function lastPaymentDay(DebtId id) external view returns (Day) {
        return LATE_POLICY.businessDayFrom(_at(id).dueDay);
    }

    /// @inheritdoc IDebtLedger
    function lateTermsOf(DebtId id) external view returns (uint32 rateBp, uint16 graceDays) {
        return LATE_POLICY.lateTermsOn(_at(id).issueDay);
    }

    /// @inheritdoc IDebtLedger
    function standStillOf(DebtId id) external view returns (StandStill memory) {
        return _standStills[id];
    }

    /// @inheritdoc IDebtLedger
    function recoveryOf(DebtId id) external view returns (Recovery memory) {
        return _recoveries[id];
    }

    /// @inheritdoc IDebtLedger
    function reducedFenOf(DebtId id) external view returns (uint256) {
        return _accruals[id].reducedFen;
    }

    /// @inheritdoc IDebtLedger
    function defaultsOf(ParticipantId debtor) external view returns (uint32) {
        return _defaults[debtor].count;
    }

    /// @inheritdoc IDebtLedger
    function defaultsAtMidnight(ParticipantId debtor) external view returns (uint32) {
        Defaults memory defaults = _defaults[debtor];
        return defaults.day == Calendar.today() ? defaults.atMidnight : defaults.count;
    }

    /// @inheritdoc IDebtLedger
    function isPosted(DebtCode code, bytes32 source) external view returns (bool) {
        return _posted[code].get(uint256(source));
    }

    /// @inheritdoc IDebtLedger
    function isPoster(address poster, DebtCode code) external view returns (bool) {
        return _posters[poster][code];
    }

    // ---- internals: posting and paying

    function _post(DebtId id, DebtTerms calldata terms, Day today) private {
        (DebtCode code, bytes32 source) = (terms.code, terms.source);
        bool valid =
            terms.amountFen != 0 &&
                !terms.debtor.isNobody() &&
                !terms.creditor.isNobody() &&
                terms.debtor != terms.creditor;
        if (!valid) revert DebtLedger_InvalidTerms(source);
        BitMaps.BitMap storage posted = _posted[code];
        if (posted.get(uint256(source))) revert DebtLedger_AlreadyPosted(code, source);
        posted.set(uint256(source));
        _debts[id] = Debt({
            debtor: terms.debtor,
            creditor: terms.creditor,
            issueDay: today,
            dueDay: terms.dueDay,
            code: code,
            status: DebtStatus.Outstanding,
            book: 0,
            amountFen: terms.amountFen
        });
        emit DebtPosted(id, terms.debtor, terms.creditor, code, terms.dueDay, terms.amountFen, source);
    }

    /// @dev What of a payment goes towards the amount, and what to the fee: that comes first.
    function _split(uint256 feeFen, uint256 amountFen) private pure returns (uint256 towardsFen, uint256 feePaidFen) {
        feePaidFen = feeFen < amountFen ? feeFen : amountFen;
        towardsFen = amountFen - feePaidFen;
    }

    /// @dev Discharges the debtor by so much, at most all that is owed.
    function _apply(DebtId id, Debt storage debt, uint256 unpaidFen, uint256 towardsFen, uint256 feePaidFen) private {
        if (feePaidFen != 0) _payments[id].lateFeePaidFen += feePaidFen.toUint80();
        // The last payment is not added: of what is discharged, all is paid.
        if (towardsFen == unpaidFen)
            _discharge(id, debt);
            // No more than the debt, a uint80.
        else if (towardsFen != 0) _payments[id].paidFen += uint80(towardsFen);
    }

    function _discharge(DebtId id, Debt storage debt) private {
        if (debt.status.isInDefault() && debt.code.isCounted()) --_changing(debt.debtor).count;
        debt.status = DebtStatus.Discharged;
        emit DebtDischarged(id);
    }

    /// @dev The debtor's count, which is about to change; keeps what it was when the day began.
    function _changing(ParticipantId debtor) private returns (Defaults storage defaults) {
        defaults = _defaults[debtor];
        Day today = Calendar.today();
        if (!(defaults.day == today)) (defaults.atMidnight, defaults.day) = (defaults.count, today);
    }

    // ---- internals: the clock

    /// @dev Counts the days since the last payment. The next one changes the basis of later days: so this comes first.
    function _accrueFee(DebtId id, Debt storage debt, uint256 unpaidFen) private returns (uint256 feeFen) {
        (uint256 accrued, uint256 daysLate) = _accrued(id, debt, unpaidFen, _lateFrom(id, debt));
        if (daysLate != _payments[id].countedDays) {
            _accruals[id].accrued = accrued.toUint128();
            _payments[id].countedDays = daysLate.toUint32();
        }
        return _feeDue(id, accrued);
    }

    function _accrued(
        DebtId id,
        Debt storage debt,
        uint256 unpaidFen,
        uint256 lateFrom
    ) private view returns (uint256 accrued, uint256 daysLate) {
        uint256 counted = _payments[id].countedDays;
        // While the clock stands, what is left of the stand-still was credited already.
        daysLate = Lateness.daysSince(lateFrom - _secondsLeft(_standStills[id].until), block.timestamp);
        // Days that were counted stay counted. The calendar changes only ahead, so this never applies; it keeps a payment
        // from failing.
        if (daysLate < counted) daysLate = counted;
        accrued = _accruals[id].accrued;
        if (daysLate == counted) return (accrued, daysLate);
        (uint256 rateBp, ) = LATE_POLICY.lateTermsOn(debt.issueDay);
        accrued += unpaidFen * rateBp * (daysLate - counted);
    }

    /// @dev Nothing where more was paid than turned out to be owed.
    function _feeDue(DebtId id, uint256 accrued) private view returns (uint256) {
        (uint256 feeFen, uint256 paidFen) = (Lateness.feeFen(accrued), _payments[id].lateFeePaidFen);
        return feeFen < paidFen ? 0 : feeFen - paidFen;
    }

    /// @dev First second that is late, if a stand-still runs to its end.
    function _lateFrom(DebtId id, Debt storage debt) private view returns (uint256) {
        return Calendar.startOf(LATE_POLICY.businessDayFrom(debt.dueDay).plusDays(1)) + _standStills[id].seconds_;
    }

    function _defaultsAt(Debt storage debt, uint256 lateFrom) private view returns (uint256) {
        (, uint256 graceDays) = LATE_POLICY.lateTermsOn(debt.issueDay);
        return lateFrom + graceDays * 1 days;
    }

    function _arrearsAt(uint256 lateFrom) private pure returns (uint256) {
        return lateFrom + Lateness.ARREARS_DAYS * 1 days;
    }

    function _secondsLeft(uint40 until) private view returns (uint256) {
        return until > block.timestamp ? until - block.timestamp : 0;
    }

    // ---- internals: checks

    function _unpaid(DebtId id, Debt storage debt) private view returns (uint256) {
        if (debt.status == DebtStatus.Discharged) return 0;
        return uint256(debt.amountFen) - _payments[id].paidFen - _accruals[id].reducedFen;
    }

    function _canSetOff(Debt storage debt) private view returns (bool) {
        return debt.book == 0 && debt.dueDay <= Calendar.today();
    }

    function _isItsBook(Debt storage debt) private view returns (bool) {
        return debt.book != 0 && debt.book == bookNumberOf[msg.sender];
    }

    function _checkPoster(DebtCode code) private view {
        if (!_posters[msg.sender][code]) revert DebtLedger_NotPoster(msg.sender, code);
    }

    function _at(DebtId id) private view returns (Debt storage debt) {
        debt = _debts[id];
        if (debt.status == DebtStatus.None) revert DebtLedger_WrongStatus(id, DebtStatus.None);
    }

    function _owed(DebtId id) private view returns (Debt storage debt) {
        debt = _debts[id];
        if (!debt.status.isOwed()) revert DebtLedger_WrongStatus(id, debt.status);
    }

    function _requireStatus(
        DebtId id,
        DebtStatus status,
        bytes32 evidenceHash
    ) private view returns (Debt storage debt) {
        debt = _debts[id];
        if (debt.status != status) revert DebtLedger_WrongStatus(id, debt.status);
        if (evidenceHash == 0) revert DebtLedger_NoEvidence(id);
    }
}
