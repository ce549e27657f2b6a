// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {CreditLedger} from "../../contracts/credit/CreditLedger.sol";
import {
    ClaimCounts,
    ClaimMark,
    Grade,
    ICreditLedger,
    Side,
    TradeCounts,
    TradeProof
} from "../../contracts/credit/interfaces/ICreditLedger.sol";
import {
    IReceivables,
    LateFee,
    Receivable,
    ReceivableStatus,
    Recovery
} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Band} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, Source} from "../../contracts/types/Enums.sol";
import {ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Deploy} from "../utils/Deploy.sol";
import {Permissions} from "../utils/Permissions.sol";
import {Market, Party} from "../utils/Market.sol";

contract CreditLedgerTest is Market {
    uint256 internal constant MWH = 1_000_000;
    uint16 internal constant GRACE = 5;

    CreditLedger internal ledger;
    uint256 private _claims;

    function setUp() public override {
        super.setUp();
        ledger = Deploy.creditLedger(address(manager), registry, meters, escrow, receivables);
        vm.startPrank(council);
        Permissions.creditLedger(manager, address(ledger));
        vm.stopPrank();
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

    /// @dev A receivable as `Receivables` would return it; how those arise is tested there.
    function _claim(ReceivableStatus status, Day lastDay, uint32 countedDays) internal returns (ReceivableId id) {
        id = ReceivableId.wrap(++_claims);
        _mockClaim(id, status, lastDay, countedDays);
    }

    function _mockClaim(ReceivableId id, ReceivableStatus status, Day lastDay, uint32 countedDays) internal {
        Receivable memory claim;
        (claim.debtor, claim.creditor, claim.status) = (works.id, solar.id, status);
        (claim.dueDay, claim.graceDays) = (lastDay, GRACE);
        LateFee memory fee;
        fee.countedDays = countedDays;
        uint256 defaultsAt = Calendar.startOf(lastDay.plusDays(GRACE + 1));
        address target = address(receivables);
        vm.mockCall(target, abi.encodeCall(IReceivables.receivable, (id)), abi.encode(claim));
        vm.mockCall(target, abi.encodeCall(IReceivables.lastPaymentDay, (id)), abi.encode(lastDay));
        vm.mockCall(target, abi.encodeCall(IReceivables.lateFee, (id)), abi.encode(fee));
        vm.mockCall(target, abi.encodeCall(IReceivables.defaultsAt, (id)), abi.encode(defaultsAt));
    }

    function _repaid(Day lastDay, uint32 daysLate) internal {
        ledger.countReceivable(_claim(ReceivableStatus.Repaid, lastDay, daysLate));
    }

    function _assertGrade(Party memory party, Grade grade, string memory what) internal view {
        assertEq(uint256(ledger.gradeOf(party.id)), uint256(grade), what);
    }

    function _goTo(Day day_) internal {
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
        _assertGrade(solar, Grade.B, "has a record");
        _assertGrade(mill, Grade.Unrated, "has none");
    }

    function test_countTrades_ruledAndLate() public {
        TradeId ruled = _openCash(solar, works, _bands());
        TradeId late = _openCash(solar, works, _bands());
        _arrange(ruled, block.timestamp + 1 days);
        vm.prank(arbiter);
        escrow.rule(ruled, _terms(ruled), 1, 1, 1);
        _count(ruled);
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
        vm.mockCall(address(registry), abi.encodeCall(registry.controllerOf, (solar.id)), abi.encode("group"));
        vm.mockCall(address(registry), abi.encodeCall(registry.controllerOf, (works.id)), abi.encode("group"));
        vm.expectEmit(address(ledger));
        emit ICreditLedger.TradeLeftOut(id, solar.id, works.id);
        _count(id);
        vm.clearMockedCalls();
        // They can no longer become strangers and be counted.
        _count(id);
        assertEq(ledger.tradesOf(solar.id, Side.Seller).trades, 0, "seller");
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
        vm.prank(works.account);
        meters.setTrader(works.meter, retailer.id);
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
        _refused(_proof(id), ICreditLedger.CreditLedger_NotFinished.selector);
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settleNoted(id);
        bytes4 wrong = ICreditLedger.CreditLedger_WrongTerms.selector;
        TradeProof[] memory proofs = _proof(id);
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

    // ---- countReceivable

    function test_countReceivable_outOfATrade() public {
        TradeId trade = _openOnTerms(solar, works, _bands(), 30);
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settleNoted(trade);
        vm.prank(solar.account);
        ReceivableId id = receivables.issueFromTrade(trade, "invoice");
        vm.expectRevert(abi.encodeWithSelector(ICreditLedger.CreditLedger_NothingToCount.selector, id));
        ledger.countReceivable(id);
        Day last = receivables.lastPaymentDay(id);
        _goTo(last.plusDays(3));
        Receivable memory claim = receivables.receivable(id);
        uint256 owed = claim.faceFen + receivables.lateFeeDue(id);
        vm.prank(works.account);
        receivables.repay(id, owed);
        vm.expectEmit(address(ledger));
        emit ICreditLedger.ClaimCounted(id, works.id, ClaimMark.Late, last.plusDays(3), 3, false);
        ledger.countReceivable(id);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 1, 3, 0, 0, 0, 0)), "counts");
        vm.expectRevert(abi.encodeWithSelector(ICreditLedger.CreditLedger_NothingToCount.selector, id));
        ledger.countReceivable(id);
    }

    function test_countReceivable_unpaidDefaultsAndArrearsWithoutAnybodyDeclaringThem() public {
        ReceivableId id = _claim(ReceivableStatus.Outstanding, START, 0);
        _goTo(START.plusDays(GRACE + 1));
        ledger.countReceivable(id);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 0, 0, 1, 0, 0, 0)), "default");
        _assertGrade(works, Grade.C, "an entry in the watch list");
        _goTo(START.plusDays(60));
        vm.expectRevert(abi.encodeWithSelector(ICreditLedger.CreditLedger_NothingToCount.selector, id));
        ledger.countReceivable(id);
        _goTo(START.plusDays(61));
        ledger.countReceivable(id);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 0, 0, 1, 1, 1, 0)), "arrears");
        _assertGrade(works, Grade.D, "blacklist");
        _goTo(START.plusDays(1_000));
        _assertGrade(works, Grade.D, "as long as it stands");
        _mockClaim(id, ReceivableStatus.Repaid, START, 999);
        ledger.countReceivable(id);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 1, 999, 1, 1, 0, 0)), "repaid");
        _assertGrade(works, Grade.B, "a year after");
    }

    function test_countReceivable_writtenOffStaysInTheRecordAYearBeyondArrears() public {
        ReceivableId id = _claim(ReceivableStatus.WrittenOff, START, 0);
        Day writeOffDay = START.plusDays(300);
        Recovery memory recovery = Recovery(START.plusDays(20), writeOffDay);
        vm.mockCall(address(receivables), abi.encodeCall(IReceivables.recoveryOf, (id)), abi.encode(recovery));
        _goTo(START.plusDays(310));
        vm.expectEmit(address(ledger));
        emit ICreditLedger.ClaimCounted(id, works.id, ClaimMark.WrittenOff, writeOffDay, 310, false);
        ledger.countReceivable(id);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 0, 0, 1, 1, 1, 1)), "counts");
        vm.expectRevert(abi.encodeWithSelector(ICreditLedger.CreditLedger_NothingToCount.selector, id));
        ledger.countReceivable(id);
        // Paid after all: the arrears no longer stand, and arose more than a year ago.
        _goTo(START.plusDays(500));
        _mockClaim(id, ReceivableStatus.Repaid, START, 499);
        ledger.countReceivable(id);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 1, 499, 1, 1, 0, 1)), "repaid");
        _assertGrade(works, Grade.D, "written off within the year");
        _goTo(START.plusDays(300 + 13 * 30));
        _assertGrade(works, Grade.B, "a year after");
    }

    function test_countReceivable_countsTheSameWhenCountedLate() public {
        // Nobody counted it before it was repaid.
        _goTo(START.plusDays(100));
        _repaid(START, 70);
        assertEq(abi.encode(ledger.claimsOf(works.id)), abi.encode(ClaimCounts(0, 1, 70, 1, 1, 0, 0)), "counts");
        _assertGrade(works, Grade.D, "arrears within the year");
        _goTo(START.plusDays(61 + 390));
        _assertGrade(works, Grade.B, "and after it");
    }

    function test_countReceivable_betweenAffiliates() public {
        vm.mockCall(address(registry), abi.encodeCall(registry.controllerOf, (solar.id)), abi.encode("group"));
        vm.mockCall(address(registry), abi.encodeCall(registry.controllerOf, (works.id)), abi.encode("group"));
        _repaid(START, 0);
        assertEq(ledger.claimsOf(works.id).onTime, 0, "on time");
        _repaid(START, 2);
        assertEq(ledger.claimsOf(works.id).late, 1, "late");
    }

    function test_count_revertsWhereClosed() public {
        _close(address(ledger), true);
        bytes memory closed = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this));
        vm.expectRevert(closed);
        ledger.countTrades(new TradeProof[](0));
        vm.expectRevert(closed);
        ledger.countReceivable(ReceivableId.wrap(1));
    }

    // ---- gradeOf

    function test_grade_A() public {
        for (uint256 i; i < 9; ++i) {
            _repaid(START.plusDays(i), 0);
        }
        _assertGrade(works, Grade.B, "nine");
        _repaid(START.plusDays(9), 0);
        _assertGrade(works, Grade.A, "ten");
        _goTo(START.plusDays(11));
        _repaid(START.plusDays(10), 1);
        _assertGrade(works, Grade.B, "one late payment");
        _goTo(START.plusDays(11 + 390));
        _assertGrade(works, Grade.A, "more than a year ago");
    }

    function test_grade_AWantsDeliveries() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, Builder.level(40, 44, 950_000));
        _settleNoted(id);
        _count(id);
        // Nine more by which the plant owed, and paid.
        for (uint256 i; i < 9; ++i) {
            _repaid(START, 0);
        }
        _assertGrade(works, Grade.A, "a buyer delivers nothing");
        _assertGrade(solar, Grade.B, "95 % delivered");
    }

    function test_grade_lateTwiceInTwoMonths() public {
        // Paid on the first day of a month of the calendar, and on the last of the next.
        Day first = Day.wrap(30 * 693);
        _goTo(first.plusDays(200));
        _repaid(first.plusDays(58), 1);
        _assertGrade(works, Grade.B, "once");
        uint256 snapshot = vm.snapshotState();
        _repaid(first, 0);
        _repaid(Day.wrap(Day.unwrap(first) - 1), 1);
        _assertGrade(works, Grade.C, "twice");
        _repaid(first.plusDays(29), 1);
        _assertGrade(works, Grade.C, "three times in two months are one entry");
        _repaid(first.plusDays(40), 1);
        _assertGrade(works, Grade.D, "four times are two");
        vm.revertToState(snapshot);
        _repaid(Day.wrap(Day.unwrap(first) - 2), 1);
        _assertGrade(works, Grade.B, "three months");
    }

    function test_grade_twoDefaults() public {
        _goTo(START.plusDays(300));
        _repaid(START, GRACE + 1);
        _assertGrade(works, Grade.C, "one");
        _repaid(START.plusDays(200), GRACE + 1);
        _assertGrade(works, Grade.D, "two within a year");
        _goTo(START.plusDays(200 + 390));
        _assertGrade(works, Grade.B, "forgotten");
    }

    // ---- bondRateBp

    function test_bond_byGrade() public {
        assertEq(ledger.bondRateBp(works.id, 1_501), 1_501, "unrated");
        for (uint256 i; i < 10; ++i) {
            _repaid(START, 0);
        }
        assertEq(ledger.bondRateBp(works.id, 1_501), 1_126, "A, rounded up");
        _goTo(START.plusDays(20));
        _repaid(START, GRACE + 1);
        assertEq(ledger.bondRateBp(works.id, 1_501), 3_002, "C");
        _repaid(START, GRACE + 1);
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
            ReceivableId id = _claim(ReceivableStatus.Repaid, START, GRACE + 1);
            Receivable memory claim = receivables.receivable(id);
            claim.debtor = thermal.id;
            vm.mockCall(address(receivables), abi.encodeCall(IReceivables.receivable, (id)), abi.encode(claim));
            ledger.countReceivable(id);
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
