// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {CreditLedger} from "../../contracts/credit/CreditLedger.sol";
import {
    DebtCounts,
    DebtMark,
    Grade,
    ICreditLedger,
    Side,
    TradeCounts,
    TradeProof
} from "../../contracts/credit/interfaces/ICreditLedger.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Debt, DebtPayments, DebtStatus, IDebtLedger, Recovery} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {Invoice} from "../../contracts/finance/interfaces/IDraftingDesk.sol";
import {DraftId} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Band, BookProof} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, Source} from "../../contracts/types/Enums.sol";
import {DebtId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Deploy} from "../utils/Deploy.sol";
import {Permissions} from "../utils/Permissions.sol";
import {Market, Party} from "../utils/Market.sol";

contract CreditLedgerTest is Market {
    uint256 internal constant MWH = 1_000_000;
    /// @dev What weighs two points, the most that a piece can.
    uint80 internal constant TWO_POINTS = 20_000;

    CreditLedger internal ledger;
    uint64 private _mocked = 1_000_000;

    function setUp() public override {
        super.setUp();
        ledger = Deploy.creditLedger(address(manager), registry, meters, escrow, debts);
        vm.startPrank(council);
        Permissions.creditLedger(manager, address(ledger));
        vm.stopPrank();
        _admitPoster(address(this), DebtCode.EnergyOnTerms);
    }

    // ---- steps

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _settleNoted(TradeId id) internal {
        vm.recordLogs();
        _settle(id);
        _readLog();
    }

    function _proof(TradeId id) internal view returns (TradeProof[] memory proofs) {
        uint64 number = TradeId.unwrap(id);
        bytes memory offset = _opened[number].offset;
        proofs = new TradeProof[](1);
        proofs[0] = TradeProof(
            id,
            _opened[number].terms,
            _outcomeOf[number],
            _kept(id),
            _opened[number].energy,
            offset.length == 0 ? bytes32(0) : keccak256(offset)
        );
    }

    function _count(TradeId id) internal {
        ledger.countTrades(_proof(id));
    }

    function _refused(TradeProof[] memory proofs, bytes4 selector) internal {
        vm.expectPartialRevert(selector);
        ledger.countTrades(proofs);
    }

    /// @dev A debt of the works as `DebtLedger` would return it on days of any year; how debts arise is tested there.
    function _mock(DebtStatus status, Day lastDay, uint32 countedDays) internal returns (DebtId id) {
        id = DebtId.wrap(++_mocked);
        _mockParties(id, works, solar, status, lastDay);
        _mockClock(id, lastDay, countedDays);
    }

    function _mockParties(
        DebtId id,
        Party memory debtor,
        Party memory creditor,
        DebtStatus status,
        Day lastDay
    ) internal {
        Debt memory debt = Debt({
            debtor: debtor.id,
            creditor: creditor.id,
            issueDay: START,
            dueDay: lastDay,
            code: DebtCode.EnergyOnTerms,
            status: status,
            book: 0,
            amountFen: TWO_POINTS
        });
        vm.mockCall(address(debts), abi.encodeCall(IDebtLedger.debtOf, (id)), abi.encode(debt));
    }

    function _mockClock(DebtId id, Day lastDay, uint32 countedDays) internal {
        address target = address(debts);
        uint256 lateFrom = Calendar.startOf(lastDay.plusDays(1));
        bytes memory due = abi.encode(TWO_POINTS, 0, lateFrom + GRACE_DAYS * 1 days, lateFrom + 60 days);
        DebtPayments memory paid = DebtPayments(TWO_POINTS, 0, countedDays);
        vm.mockCall(target, abi.encodeCall(IDebtLedger.lastPaymentDay, (id)), abi.encode(lastDay));
        vm.mockCall(target, abi.encodeCall(IDebtLedger.lateTermsOf, (id)), abi.encode(LATE_RATE_BP, GRACE_DAYS));
        vm.mockCall(target, abi.encodeCall(IDebtLedger.paymentsOf, (id)), abi.encode(paid));
        vm.mockCall(target, abi.encodeCall(IDebtLedger.dueOn, (id)), due);
    }

    function _mockDischarge(DebtId id, Day lastDay, uint32 countedDays) internal {
        _mockParties(id, works, solar, DebtStatus.Discharged, lastDay);
        _mockClock(id, lastDay, countedDays);
    }

    function _paid(Day lastDay, uint32 daysLate) internal {
        ledger.countDebt(_mock(DebtStatus.Discharged, lastDay, daysLate));
    }

    /// @dev Owed and paid today, and counted.
    function _payToday(Party memory debtor, Party memory creditor, uint256 amountFen) internal returns (DebtId id) {
        id = _post(DebtCode.EnergyOnTerms, debtor.id, creditor.id, amountFen, Calendar.today());
        _payOff(id);
        ledger.countDebt(id);
    }

    /// @dev What three counterparties can weigh at most: enough for the best grade.
    function _payThree(Party memory debtor, Party[3] memory creditors) internal {
        for (uint256 i; i < 9; ++i) {
            _payToday(debtor, creditors[i % 3], TWO_POINTS);
        }
    }

    function _countsAre(DebtCounts memory wanted, string memory what) internal view {
        assertEq(abi.encode(ledger.debtsOf(works.id)), abi.encode(wanted), what);
    }

    function _nothingToCount(DebtId id) internal {
        vm.expectRevert(abi.encodeWithSelector(ICreditLedger.CreditLedger_NothingToCount.selector, id));
        ledger.countDebt(id);
    }

    function _affiliate(Party memory one, Party memory other) internal {
        vm.mockCall(address(registry), abi.encodeCall(registry.areAffiliates, (one.id, other.id)), abi.encode(true));
        vm.mockCall(address(registry), abi.encodeCall(registry.areAffiliates, (other.id, one.id)), abi.encode(true));
    }

    function _assertGrade(Party memory party, Grade grade, string memory what) internal view {
        assertEq(uint256(ledger.gradeOf(party.id)), uint256(grade), what);
    }

    function _goToMorningOf(Day day_) internal {
        vm.warp(Calendar.startOf(day_) + 10 hours);
    }

    // ---- countTrades

    function test_countTrades_forBothSidesOnce() public {
        TradeId id = _openCash(solar, works, _bands());
        bytes memory metered = Builder.level(40, 44, MWH);
        Builder.set(metered, 42, 900_000);
        _measured(solar.meter, metered);
        _settleNoted(id);
        vm.expectEmit(address(ledger));
        emit ICreditLedger.TradeCounted(id, solar.id, works.id, 4_000_000, 3_900_000, true, false, false);
        _count(id);
        _count(id);
        TradeCounts memory wanted = TradeCounts(1, 1, 0, 0, 4_000_000, 3_900_000);
        assertEq(abi.encode(ledger.tradesOf(solar.id, Side.Seller)), abi.encode(wanted), "seller");
        assertEq(abi.encode(ledger.tradesOf(works.id, Side.Buyer)), abi.encode(wanted), "buyer");
        assertEq(ledger.tradesOf(works.id, Side.Seller).trades, 0, "no seller");
        assertTrue(ledger.isCounted(id), "counted");
        // 1,600.00 元.
        assertEq(ledger.pointsOf(solar.id), 2, "points of the seller");
        assertEq(ledger.pointsOf(works.id), 2, "points of the buyer");
        _assertGrade(solar, Grade.B, "has a record");
        _assertGrade(mill, Grade.Unrated, "has none");
    }

    function test_countTrades_ruledAndLate() public {
        TradeId ruled = _openCash(solar, works, _bands());
        TradeId late = _openCash(solar, works, _bands());
        _arrange(ruled, block.timestamp + 1 days);
        BookProof memory book = _book(ruled);
        vm.recordLogs();
        vm.prank(arbiter);
        escrow.rule(ruled, _terms(ruled), book, 1, 1, 1);
        _readLog();
        _count(ruled);
        assertEq(ledger.pointsOf(solar.id) + ledger.pointsOf(works.id), 0, "a ruling weighs nothing");
        _miss(solar.meter);
        _measuredLate(solar.meter, Builder.level(40, 44, 2 * MWH));
        _settleNoted(late);
        _count(late);
        TradeCounts memory wanted = TradeCounts(2, 0, 1, 1, 4_000_000, 4_000_000);
        assertEq(abi.encode(ledger.tradesOf(solar.id, Side.Seller)), abi.encode(wanted), "seller");
    }

    function test_countTrades_leavesAffiliatesOut() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settleNoted(id);
        _affiliate(solar, works);
        vm.expectEmit(address(ledger));
        emit ICreditLedger.TradeLeftOut(id, solar.id, works.id);
        _count(id);
        vm.clearMockedCalls();
        // They can no longer become strangers and be counted.
        _count(id);
        assertEq(ledger.tradesOf(solar.id, Side.Seller).trades, 0, "seller");
        assertEq(ledger.pointsOf(solar.id) + ledger.pointsOf(works.id), 0, "points");
        _assertGrade(works, Grade.Unrated, "buyer");
    }

    function test_countTrades_leavesTradesBetweenMetersOfOneOwnerOut() public {
        Party memory plant = works;
        plant.meter = _addMeter(works.id, Direction.Generation, Source.Solar, DEYANG);
        Party memory retailer = mill;
        (retailer.account, retailer.id) = _enrol("Tianfu retail", Kinds.RETAILER);
        (retailer.key, retailer.meter) = (_keyOf("Tianfu retail"), works.meter);
        _fund(retailer.account, WEALTH);
        _optIn(retailer.account, address(escrow));
        _nameTrader(works, retailer.id);
        TradeId id = _openCash(plant, retailer, _bands());
        _measured(plant.meter, Builder.level(40, 44, MWH));
        _settleNoted(id);
        _count(id);
        assertTrue(ledger.isCounted(id), "seen");
        _assertGrade(works, Grade.Unrated, "owner");
        assertEq(ledger.tradesOf(retailer.id, Side.Buyer).trades, 0, "retailer");
    }

    function test_countTrades_everythingIsProven() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId id = _openCash(solar, works, _bands());
        TradeProof[] memory proofs = new TradeProof[](1);
        proofs[0].id = id;
        _refused(proofs, ICreditLedger.CreditLedger_NotFinished.selector);
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settleNoted(id);
        bytes4 wrong = ICreditLedger.CreditLedger_WrongTerms.selector;
        proofs = _proof(id);
        proofs[0].outcome.deliveredWh += 1;
        _refused(proofs, wrong);
        proofs = _proof(id);
        proofs[0].terms.seller = mill.id;
        _refused(proofs, wrong);
        proofs = _proof(id);
        proofs[0].energy = Builder.level(40, 44, 2 * MWH);
        _refused(proofs, wrong);
        proofs = _proof(id);
        proofs[0].positionHash = 0;
        _refused(proofs, wrong);
        proofs = _proof(id);
        proofs[0].id = first;
        _refused(proofs, ICreditLedger.CreditLedger_NotFinished.selector);
    }

    // ---- countDebt

    function test_countDebt_outOfATrade() public {
        TradeId trade = _openOnTerms(solar, works, _bands(), 30);
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settleNoted(trade);
        DebtId id = _debtOf(trade, DebtCode.EnergyOnTerms);
        _nothingToCount(id);
        Day last = debts.lastPaymentDay(id);
        _goToMorningOf(last.plusDays(3));
        _payOff(id);
        vm.expectEmit(address(ledger));
        emit ICreditLedger.DebtCounted(id, works.id, DebtMark.Late, last.plusDays(3), 3, false);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 1, 3, 0, 0, 0, 0), "counts");
        assertEq(ledger.pointsOf(works.id), 0, "no points for being late");
        _nothingToCount(id);
    }

    function test_countDebt_unknown() public {
        DebtId unknown = DebtId.wrap(99);
        vm.expectRevert(abi.encodeWithSelector(IDebtLedger.DebtLedger_WrongStatus.selector, unknown, DebtStatus.None));
        ledger.countDebt(unknown);
    }

    /// @dev Nobody made a receivable of it.
    function test_countDebt_unpaidDefaultsAndArrearsWithoutAnybodyDeclaringThem() public {
        DebtId id = _post(DebtCode.EnergyOnTerms, works.id, solar.id, 1, START.plusDays(1));
        _goToMorningOf(START.plusDays(1 + GRACE_DAYS));
        _nothingToCount(id);
        _goToMorningOf(START.plusDays(1 + GRACE_DAYS + 1));
        vm.expectEmit(address(ledger));
        emit ICreditLedger.DebtCounted(id, works.id, DebtMark.Default, Calendar.today(), 6, false);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 0, 0, 1, 0, 0, 0), "default");
        _assertGrade(works, Grade.C, "an entry in the watch list");
        _goToMorningOf(START.plusDays(61));
        _nothingToCount(id);
        _goToMorningOf(START.plusDays(62));
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 0, 0, 1, 1, 1, 0), "arrears");
        _assertGrade(works, Grade.D, "blacklist");
        _goToMorningOf(START.plusDays(1_000));
        _assertGrade(works, Grade.D, "as long as it stands");
        _payOff(id);
        vm.expectEmit(address(ledger));
        emit ICreditLedger.DebtCounted(id, works.id, DebtMark.Late, Calendar.today(), 999, true);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 1, 999, 1, 1, 0, 0), "paid");
        _assertGrade(works, Grade.B, "a year after");
    }

    function test_countDebt_waitsWhileTheClockStandsStill() public {
        DebtId id = _post(DebtCode.EnergyOnTerms, works.id, solar.id, 1, START.plusDays(1));
        _standStill(id, block.timestamp + 20 days);
        vm.warp(_defaultsAt(id) - 1);
        _nothingToCount(id);
        vm.warp(block.timestamp + 1);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 0, 0, 1, 0, 0, 0), "default");
    }

    function test_countDebt_writtenOffStaysInTheRecordAYearBeyondArrears() public {
        DebtId id = _mock(DebtStatus.WrittenOff, START, 0);
        Day writeOffDay = START.plusDays(300);
        Recovery memory recovery = Recovery(START.plusDays(20), writeOffDay);
        vm.mockCall(address(debts), abi.encodeCall(IDebtLedger.recoveryOf, (id)), abi.encode(recovery));
        _goToMorningOf(START.plusDays(310));
        vm.expectEmit(address(ledger));
        emit ICreditLedger.DebtCounted(id, works.id, DebtMark.WrittenOff, writeOffDay, 310, false);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 0, 0, 1, 1, 1, 1), "counts");
        _nothingToCount(id);
        // Paid after all: the arrears no longer stand, and arose more than a year ago.
        _goToMorningOf(START.plusDays(500));
        _mockDischarge(id, START, 499);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 1, 499, 1, 1, 0, 1), "paid");
        _assertGrade(works, Grade.D, "written off within the year");
        _goToMorningOf(START.plusDays(300 + 13 * 30));
        _assertGrade(works, Grade.B, "a year after");
    }

    function test_countDebt_countsTheSameWhenCountedLate() public {
        // Nobody counted it before it was paid.
        _goToMorningOf(START.plusDays(100));
        _paid(START, 70);
        _countsAre(DebtCounts(0, 1, 70, 1, 1, 0, 0), "counts");
        _assertGrade(works, Grade.D, "arrears within the year");
        _goToMorningOf(START.plusDays(61 + 390));
        _assertGrade(works, Grade.B, "and after it");
    }

    function test_countDebt_leavesOutWhatWasTakenBackWhole() public {
        DebtId id = _post(DebtCode.EnergyOnTerms, works.id, solar.id, TWO_POINTS, START.plusDays(1));
        _goToMorningOf(START.plusDays(100));
        debts.declareDefault(id);
        debts.reduce(id, TWO_POINTS);
        Day last = debts.lastPaymentDay(id);
        vm.expectEmit(address(ledger));
        emit ICreditLedger.DebtCounted(id, works.id, DebtMark.LeftOut, last, 0, false);
        ledger.countDebt(id);
        _countsAre(DebtCounts(0, 0, 0, 0, 0, 0, 0), "it was never owed");
        _assertGrade(works, Grade.Unrated, "no record");
        _nothingToCount(id);
    }

    function test_countDebt_isOnTimeWhereTheRestWasTakenBack() public {
        DebtId id = _post(DebtCode.EnergyOnTerms, works.id, solar.id, 2 * TWO_POINTS, Calendar.today());
        vm.prank(works.account);
        debts.pay(id, TWO_POINTS);
        _goToMorningOf(START.plusDays(40));
        debts.reduce(id, TWO_POINTS);
        ledger.countDebt(id);
        _countsAre(DebtCounts(1, 0, 0, 0, 0, 0, 0), "what was owed was paid in time");
        assertEq(ledger.pointsOf(works.id), 2, "points");
    }

    function test_countDebt_betweenAffiliates() public {
        _affiliate(works, solar);
        _paid(START, 0);
        assertEq(ledger.debtsOf(works.id).onTime, 0, "on time");
        assertEq(ledger.pointsOf(works.id), 0, "points");
        _assertGrade(works, Grade.Unrated, "no record");
        _paid(START, 2);
        assertEq(ledger.debtsOf(works.id).late, 1, "late");
    }

    // ---- pointsOf

    function test_points_goByWholeHundredsOfYuanAndTwoAPiece() public {
        Party[4] memory creditors = [solar, thermal, mill, _enter("Mianyang mill", Direction.Consumption, Source.None)];
        uint256[4] memory amounts = [uint256(9_999), 10_000, 19_999, 1_000_000_000];
        uint256[4] memory wanted = [uint256(0), 1, 2, 4];
        for (uint256 i; i < 4; ++i) {
            _payToday(works, creditors[i], amounts[i]);
            assertEq(ledger.pointsOf(works.id), wanted[i], vm.toString(amounts[i]));
        }
        assertEq(ledger.pointsOf(solar.id), 0, "the creditor has done nothing");
        assertEq(ledger.debtsOf(works.id).onTime, 4, "all of them are counted");
    }

    function test_points_areForWhatWasPaid() public {
        DebtId id = _post(DebtCode.EnergyOnTerms, works.id, solar.id, 20_000, Calendar.today());
        debts.reduce(id, 1);
        _payOff(id);
        ledger.countDebt(id);
        assertEq(ledger.pointsOf(works.id), 1, "199.99 of 200 yuan");
    }

    function test_points_withOneFriendAreFiveAtMost() public {
        for (uint256 i; i < 20; ++i) {
            _payToday(works, solar, 1_000_000);
        }
        assertEq(ledger.pointsOf(works.id), 5, "with one");
        _assertGrade(works, Grade.B, "a friend makes no record");
        // Nor does trading with it.
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settleNoted(id);
        _count(id);
        assertEq(ledger.pointsOf(works.id), 5, "still");
        assertEq(ledger.pointsOf(solar.id), 2, "of the seller");
        _payToday(works, mill, 1_000_000);
        assertEq(ledger.pointsOf(works.id), 7, "with another");
    }

    function test_points_tenDraftsOfAFenMakeNone() public {
        for (uint128 i = 1; i <= 10; ++i) {
            Invoice memory invoice = Invoice(works.id, START, START.plusDays(30), 1, i, bytes32(uint256(i)));
            vm.prank(solar.account);
            DraftId draft = drafting.draft(invoice);
            bytes memory confirmation = _sign(works.key, drafting.hashConfirmation(draft, type(uint64).max));
            DebtId id = receivables.receivable(drafting.confirm(draft, type(uint64).max, confirmation)).debt;
            _payOff(id);
            ledger.countDebt(id);
        }
        assertEq(ledger.debtsOf(works.id).onTime, 10, "counted");
        assertEq(ledger.pointsOf(works.id), 0, "dust");
        _assertGrade(works, Grade.B, "no record");
    }

    function test_count_revertsWhereClosed() public {
        _close(address(ledger), true);
        bytes memory closed = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(closed);
        ledger.countTrades(new TradeProof[](0));
        vm.expectRevert(closed);
        ledger.countDebt(DebtId.wrap(1));
    }

    // ---- gradeOf

    function test_grade_A() public {
        Party[3] memory creditors = [solar, thermal, mill];
        for (uint256 i; i < 8; ++i) {
            _payToday(works, creditors[i % 3], TWO_POINTS);
        }
        assertEq(ledger.pointsOf(works.id), 14, "points");
        _assertGrade(works, Grade.B, "fourteen points");
        _payToday(works, mill, 10_000);
        assertEq(ledger.pointsOf(works.id), 15, "points");
        _assertGrade(works, Grade.A, "fifteen");
        _goToMorningOf(START.plusDays(11));
        _paid(START.plusDays(10), 1);
        _assertGrade(works, Grade.B, "one late payment");
        _goToMorningOf(START.plusDays(11 + 390));
        _assertGrade(works, Grade.A, "more than a year ago");
    }

    function test_grade_AWantsDeliveries() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, Builder.level(40, 44, 950_000));
        _settleNoted(id);
        _count(id);
        _payThree(works, [solar, thermal, mill]);
        _payThree(solar, [works, thermal, mill]);
        assertEq(ledger.pointsOf(solar.id), 15, "points");
        _assertGrade(works, Grade.A, "a buyer delivers nothing");
        _assertGrade(solar, Grade.B, "95 % delivered");
    }

    function test_grade_lateTwiceInTwoMonths() public {
        // Paid on the first day of a month of the calendar, and on the last of the next.
        Day first = Day.wrap(30 * 693);
        _goToMorningOf(first.plusDays(200));
        _paid(first.plusDays(58), 1);
        _assertGrade(works, Grade.B, "once");
        uint256 snapshot = vm.snapshotState();
        _paid(first, 0);
        _paid(Day.wrap(Day.unwrap(first) - 1), 1);
        _assertGrade(works, Grade.C, "twice");
        _paid(first.plusDays(29), 1);
        _assertGrade(works, Grade.C, "three times in two months are one entry");
        _paid(first.plusDays(40), 1);
        _assertGrade(works, Grade.D, "four times are two");
        vm.revertToState(snapshot);
        _paid(Day.wrap(Day.unwrap(first) - 2), 1);
        _assertGrade(works, Grade.B, "three months");
    }

    function test_grade_twoDefaults() public {
        _goToMorningOf(START.plusDays(300));
        _paid(START, GRACE_DAYS + 1);
        _assertGrade(works, Grade.C, "one");
        _paid(START.plusDays(200), GRACE_DAYS + 1);
        _assertGrade(works, Grade.D, "two within a year");
        _goToMorningOf(START.plusDays(200 + 390));
        _assertGrade(works, Grade.B, "forgotten");
    }

    // ---- bondRateBp

    function test_bond_byGrade() public {
        assertEq(ledger.bondRateBp(works.id, 1_501), 1_501, "unrated");
        _payThree(works, [solar, thermal, mill]);
        assertEq(ledger.bondRateBp(works.id, 1_501), 1_126, "A, rounded up");
        _goToMorningOf(START.plusDays(20));
        _paid(START, GRACE_DAYS + 1);
        assertEq(ledger.bondRateBp(works.id, 1_501), 3_002, "C");
        _paid(START, GRACE_DAYS + 1);
        assertEq(ledger.bondRateBp(works.id, 1_501), 6_004, "D");
        assertEq(ledger.bondRateBp(works.id, 5_000), 10_000, "no more than the amount");
    }

    function test_bond_isAskedAtOpening() public {
        RuleSet memory set = _rules();
        set.bondPolicy = ledger;
        _newRules(set);
        day = Calendar.today().plusDays(2);
        TradeId before = _openCash(thermal, works, _bands());
        assertEq(_terms(before).bondFen, 24_000, "unrated");
        // In default twice: thermal owes, as works did above.
        for (uint256 i; i < 2; ++i) {
            DebtId id = _mock(DebtStatus.Discharged, START, GRACE_DAYS + 1);
            _mockParties(id, thermal, solar, DebtStatus.Discharged, START);
            ledger.countDebt(id);
        }
        // Nothing was read of it before, and its whole record is looked through: the dearest answer.
        uint256 gas = gasleft();
        ledger.bondRateBp(mill.id, 1_500);
        gas -= gasleft();
        // What counts lines for coverage costs gas, too: more than the escrow gives a policy.
        if (vm.envOr("DUJIANG_COVERAGE", 0) == 1) return;
        assertTrue(gas < 50_000, "gas of the policy");
        TradeId after_ = _openCash(thermal, works, _bands());
        assertEq(_terms(after_).bondFen, 96_000, "four times as much");
    }
}
