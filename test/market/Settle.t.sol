// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {KwhClaims} from "../../contracts/market/KwhClaims.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {
    Band,
    BookProof,
    DaySettlement,
    ITradeEscrow,
    ITradeEscrowEvents,
    KwhClaim,
    NonceKind,
    OutcomeProof,
    SettlementRun,
    TradeSettlement,
    TradeStatus,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {EscrowCode} from "../../contracts/market/parts/EscrowCode.sol";
import {IMeterRegistry} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, Source} from "../../contracts/types/Enums.sol";
import {DebtId, MeterId, TradeId} from "../../contracts/types/Ids.sol";
import {MerkleTreeReference} from "../reference/MerkleTreeReference.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Party} from "../utils/Market.sol";
import {HostileWallet} from "../utils/Wallets.sol";

contract SettleTest is Market {
    /// @dev 1 MWh in each of four slots at 400 元/MWh: 1,600.00 元, network 621.20 元, bond 240.00 元.
    uint256 internal constant ENERGY_FEN = 160_000;
    uint256 internal constant NETWORK_FEN = 62_120;
    uint256 internal constant BOND_FEN = 24_000;
    uint256 internal constant MWH = 1_000_000;

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _metered(uint256 energyWh) internal pure returns (bytes memory) {
        return Builder.level(40, 44, energyWh);
    }

    function _assertPaid(
        Party memory seller,
        Party memory buyer,
        uint256 energy,
        uint256 network,
        uint256 charge
    ) internal view {
        assertEq(_balance(buyer.id), WEALTH - energy - network + charge, "buyer");
        assertEq(_balance(seller.id), WEALTH + energy - charge, "seller");
        assertEq(_balance(gridId), network, "grid company");
        assertEq(_held(buyer) + _held(seller), 0, "holds");
    }

    function _refused(TradeId id, bytes memory failure) internal {
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        vm.expectRevert(failure);
        escrow.settle(_runs(settlements), prices);
    }

    // ---- settle

    function test_deliveredInFull() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        _assertStatus(id, TradeStatus.Settled);
        _assertPaid(solar, works, ENERGY_FEN, NETWORK_FEN, 0);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "kWh of the buyer");
    }

    function test_chargesWhatIsMissingBeyondTheTolerance() public {
        TradeId id = _openCash(solar, works, _bands());
        bytes memory metered = _metered(MWH);
        Builder.set(metered, 41, 960_000);
        Builder.set(metered, 42, 900_000);
        _measured(solar.meter, metered);
        _settle(id);
        // 3.86 MWh arrived. Slot 41 is within 4 %; of slot 42, 60 kWh count: 10 % of 400 元/MWh.
        _assertPaid(solar, works, 154_400, 59_946, 240);
        assertEq(_kwhOf(works.account, solar.meter), 3_860_000, "kWh of the buyer");
    }

    function test_chargesOverTheDayToTheBalancingAccount() public {
        TradeId id = _openCash(thermal, works, _bands());
        bytes memory metered = _metered(MWH);
        Builder.set(metered, 42, 500_000);
        _measured(thermal.meter, metered);
        _settle(id);
        // 0.5 MWh are missing, 0.34 beyond 4 % of the day: at 40 + 20 元/MWh.
        assertEq(_balance(balancingId), 2_040, "balancing account");
        assertEq(_balance(thermal.id), WEALTH + 140_000 - 2_040, "seller");
        assertEq(_balance(works.id), WEALTH - 140_000 - 54_355, "buyer");
    }

    function test_chargesNothingWithinTheToleranceOfTheDay() public {
        TradeId id = _openCash(thermal, works, _bands());
        bytes memory metered = _metered(MWH);
        // 4 % of the day, all of it missing in one slot.
        Builder.set(metered, 42, 840_000);
        _measured(thermal.meter, metered);
        _settle(id);
        assertEq(_balance(balancingId), 0, "balancing account");
        assertEq(_balance(thermal.id), WEALTH + 153_600, "seller");
        assertEq(_balance(works.id), WEALTH - 153_600 - 59_635, "buyer");
    }

    function test_exemptSource() public {
        Party memory hydro = _enter("Zipingpu hydropower", Direction.Generation, Source.HydroRunOfRiver);
        TradeId id = _openCash(hydro, works, _bands());
        _measured(hydro.meter, Builder.zeros());
        _settle(id);
        _assertPaid(hydro, works, 0, 0, 0);
        assertEq(kwh.balanceOf(works.account, kwh.idOf(hydro.meter, day)), 0, "no kWh");
    }

    function test_oneCallChargesEachMeterByItsOwnSource() public {
        Party memory hydro = _enter("Zipingpu hydropower", Direction.Generation, Source.HydroRunOfRiver);
        TradeId exempt = _openCash(hydro, works, _bands());
        TradeId charged = _openCash(solar, mill, _bands());
        _measured(hydro.meter, Builder.zeros());
        _measured(solar.meter, Builder.zeros());
        _settle(_ids(exempt, charged));
        assertEq(_balance(hydro.id), WEALTH, "hydropower pays nothing");
        assertEq(_balance(works.id), WEALTH, "its buyer is paid nothing");
        // 3.84 MWh beyond the tolerance at 40 元/MWh.
        assertEq(_balance(solar.id), WEALTH - 15_360, "solar pays");
        assertEq(_balance(mill.id), WEALTH + 15_360, "its buyer is compensated");
    }

    function test_chargeIsCappedByTheBond() public {
        TradeId id = _openCash(thermal, works, _bands());
        _measured(thermal.meter, Builder.zeros());
        _settle(id);
        // 3.84 MWh at 60 元/MWh come to 230.40 元, within the bond of 240.00 元.
        assertEq(_balance(balancingId), 23_040, "balancing account");

        TradeId cheap = _openAtTheFloor();
        _measured(thermal.meter, Builder.zeros());
        _settle(cheap);
        // 3.84 MWh at 7.5 + 20 元/MWh come to 105.60 元; the bond is 45.00 元.
        assertEq(_balance(balancingId), 23_040 + 4_500, "balancing account");
        assertEq(_held(thermal), 0, "nothing is held");
    }

    function _openAtTheFloor() internal returns (TradeId) {
        day = day.plusDays(10);
        return _openCash(thermal, works, Builder.bands(Builder.band(40, 44, MWH, 7_500)));
    }

    function test_servesInTheOrderOfOpening() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(1_500_000));
        _settle(_ids(second, first));
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "the first buyer has all");
        assertEq(_kwhOf(mill.account, solar.meter), 2 * MWH, "the second has the rest");
        assertEq(_balance(works.id), WEALTH - ENERGY_FEN - NETWORK_FEN, "the first pays for all");
        // 0.46 MWh a slot beyond the tolerance at 40 元/MWh: 73.60 元.
        assertEq(_balance(mill.id), WEALTH - 80_000 - 31_060 + 7_360, "the second pays for half, and is compensated");
    }

    function test_oneCallForOneDay() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2_000_000));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        _settle(settlements, prices);
        _settle(settlements, prices);
        _claim(first);
        _claim(second);
        _assertStatus(first, TradeStatus.Settled);
        _assertStatus(second, TradeStatus.Settled);
        assertEq(_balance(solar.id), WEALTH + 2 * ENERGY_FEN, "paid once each");
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "kWh of the first");
        assertEq(_kwhOf(mill.account, solar.meter), 4 * MWH, "kWh of the second");
    }

    function test_positionsFollowFromTradeToTrade() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        TradeId third = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(2_000_000));
        _settle(second);
        // Settled before: still leads from the first to the third.
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        _settle(settlements, prices);
        _claim(first);
        _claim(third);
        _assertStatus(first, TradeStatus.Settled);
        _assertStatus(third, TradeStatus.Settled);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "nothing is left for the third");
    }

    function test_positionsFollowInTheOrderOfOpeningOnly() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2_000_000));
        bytes4 wrongTerms = ITradeEscrowEvents.TradeEscrow_WrongTerms.selector;
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        (settlements[0].trades[0], settlements[0].trades[1]) = (_item(second, 1), _item(first, 0));
        vm.expectRevert(abi.encodeWithSelector(wrongTerms, second));
        escrow.settle(_runs(settlements), prices);
        settlements[0].offset = _opened[TradeId.unwrap(second)].offset;
        vm.expectRevert(abi.encodeWithSelector(wrongTerms, first));
        escrow.settle(_runs(settlements), prices);
        // What another trade sold leads nowhere.
        (settlements, prices) = _wholeDay(solar.meter, day);
        settlements[0].trades[0].energy = _metered(MWH - 1);
        vm.expectRevert(abi.encodeWithSelector(wrongTerms, first));
        escrow.settle(_runs(settlements), prices);
    }

    // ---- the book of a day

    function test_anyRunOfTradesIsSettled() public {
        TradeId[] memory ids = new TradeId[](4);
        for (uint256 i; i < ids.length; ++i) {
            ids[i] = _openCash(solar, i % 2 == 0 ? works : mill, _bands());
        }
        _measured(solar.meter, _metered(4 * MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        TradeSettlement[] memory all = settlements[0].trades;
        settlements[0].trades = new TradeSettlement[](2);
        (settlements[0].trades[0], settlements[0].trades[1]) = (all[1], all[2]);
        settlements[0].offset = _opened[2].offset;
        settlements[0].book = _book(ids[1], ids[2]);
        _settle(settlements, prices);
        _assertStatus(ids[0], TradeStatus.Open);
        _assertStatus(ids[1], TradeStatus.Settled);
        _assertStatus(ids[2], TradeStatus.Settled);
        _assertStatus(ids[3], TradeStatus.Open);
    }

    function test_whatIsBesideTheTradesIsProven() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        TradeId third = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(3 * MWH));
        for (uint256 field; field < 6; ++field) {
            (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(second));
            BookProof memory book = settlements[0].book;
            if (field == 0) book.earlier = 0;
            if (field == 1) book.earlier = _opened[TradeId.unwrap(third)].earlier;
            if (field == 2) book.later = new bytes32[](0);
            if (field == 3) book.later[0] = _opened[TradeId.unwrap(first)].commitment;
            if (field == 4) book.position = keccak256(_metered(MWH));
            if (field == 5) settlements[0].trades[0].id = first;
            vm.expectRevert(_wrongBook());
            escrow.settle(_runs(settlements), prices);
        }
        _settle(second);
    }

    function _wrongBook() internal view returns (bytes memory) {
        return abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongBook.selector, solar.meter, day);
    }

    /// @dev No trade can be left out or given twice.
    function test_tradesOfARunFollowEachOther() public {
        TradeId first = _openCash(solar, works, _bands());
        _openCash(solar, mill, _bands());
        TradeId third = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(3 * MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        settlements[0].trades = new TradeSettlement[](2);
        (settlements[0].trades[0], settlements[0].trades[1]) = (_item(first, 0), _item(third, 2));
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, third));
        escrow.settle(_runs(settlements), prices);
        (settlements[0].trades[0], settlements[0].trades[1]) = (_item(first, 0), _item(first, 0));
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, first));
        escrow.settle(_runs(settlements), prices);
    }

    // ---- the word of a day serves another one

    /// @dev So many days apart, two days share a word.
    uint256 internal constant RING = 128;

    function test_aDoneDayLeavesItsWord() public {
        _openCash(solar, works, _bands());
        Day before = day;
        _finishDay();
        _assertBook(solar.meter, _metered(MWH));
        _openAfterARing();
        assertEq(bytes32(escrow.bookOf(solar.meter, before)), 0, "nobody needs it any more");
        assertTrue(escrow.isSurplusMinted(solar.meter, before), "its surplus stays minted");
        bytes memory metered = _meteredOf[solar.meter][before];
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_SurplusMinted.selector,
            solar.meter,
            before
        );
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, before, metered, "", _proofOf(solar.meter, before));
        // What it came to is proved as before, and what is over cannot be settled again.
        _claim(TradeId.wrap(1));
        assertEq(kwh.balanceOf(works.account, kwh.idOf(solar.meter, before)), 4 * MWH, "claimed");
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, before);
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongBook.selector, solar.meter, before));
        escrow.settle(_runs(settlements), prices);
    }

    function test_aDayThatIsNotDoneKeepsItsWord() public {
        for (uint256 lacks; lacks < 6; ++lacks) {
            uint256 snapshot = vm.snapshotState();
            TradeId id = _openCash(solar, works, _bands());
            TradeId second = lacks < 4 ? id : _openCash(solar, mill, _bands());
            Day before = day;
            if (lacks == 0) _miss(solar.meter);
            else _measured(solar.meter, _metered(MWH));
            if (lacks == 1) _settleAlone(_ids(id));
            if (lacks == 2) _mintSurplus(solar.meter);
            if (lacks == 3) _finishFrozen(id);
            if (lacks > 3) _finishOne(lacks == 4 ? id : second);
            _openAfterARing();
            assertEq(
                bytes32(escrow.bookOf(solar.meter, before)),
                bytes32(_bookHash(solar.meter, before)),
                "the first is still there"
            );
            // One more trade, in the word beside, and both days go their way.
            TradeId last = _openCash(solar, mill, _bands());
            _assertBook(solar.meter, _metered(2 * MWH));
            if (lacks != 0 && lacks != 3) _settle(lacks == 4 ? second : id);
            _finishDay();
            _assertStatus(last, TradeStatus.Settled);
            vm.revertToState(snapshot);
        }
    }

    /// @dev Otherwise anybody could take the word of a meter for good.
    function test_aDayWithoutTradesTakesNoWord() public {
        _measured(solar.meter, _metered(MWH));
        DaySettlement[] memory settlements = new DaySettlement[](1);
        (settlements[0].meter, settlements[0].day, settlements[0].metered) = (solar.meter, day, _metered(MWH));
        escrow.settle(_runs(settlements), new bytes[](0));
        assertEq(vm.load(address(escrow), _bookWord(solar.meter)), 0, "nothing is kept of it");
        _mintSurplus(solar.meter);
        assertEq(vm.load(address(escrow), _bookWord(solar.meter)), 0, "nor of its surplus");
    }

    function _finishDay() private {
        if (_meteredOf[solar.meter][day].length == 0) _measured(solar.meter, _metered(2 * MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        _settle(settlements, prices);
        _mintSurplus(solar.meter);
    }

    /// @dev Another trade of the day is frozen while the whole of it is settled.
    function _finishFrozen(TradeId id) private {
        _arrange(id, block.timestamp + 1 days);
        _finishDay();
        _assertStatus(id, TradeStatus.Open);
    }

    /// @dev One of the two trades of the day is settled, and the other is not.
    function _finishOne(TradeId id) private {
        _settleAlone(_ids(id));
        _mintSurplus(solar.meter);
    }

    function _openAfterARing() private {
        day = day.plusDays(RING);
        vm.warp(Calendar.startOf(day) - 2 days);
        _openCash(solar, works, _bands());
        _assertBook(solar.meter, _metered(MWH));
    }

    /// @dev Nothing was sold on the first day: its surplus is minted once, whatever its word served since.
    function test_surplusOfADayWithoutTradesIsMintedOnce() public {
        _measured(solar.meter, _metered(MWH));
        bytes memory metered = _metered(MWH);
        Day before = day;
        _openAfterARing();
        escrow.mintSurplus(solar.meter, before, metered, "", _proofOf(solar.meter, before));
        assertEq(kwh.balanceOf(solar.account, kwh.idOf(solar.meter, before)), 4 * MWH, "surplus");
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_SurplusMinted.selector, solar.meter, before)
        );
        escrow.mintSurplus(solar.meter, before, metered, "", _proofOf(solar.meter, before));
    }

    // ---- outcomes and kWh

    function testFuzz_everyOutcomeOfACallIsKept(uint256 seed) public {
        uint256 count = bound(seed, 1, 9);
        TradeId[] memory ids = new TradeId[](count);
        for (uint256 i; i < count; ++i) {
            ids[i] = _openCash(solar, i % 2 == 0 ? works : mill, Builder.bands(Builder.band(40, 44, 500_000, 40_000)));
        }
        _measured(solar.meter, _metered(bound(seed >> 8, 0, count * 500_000)));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        _settle(settlements, prices);
        assertEq(escrow.outcomesOf(1), MerkleTreeReference.root(_outcomesOf[1]), "root");
        assertEq(_saidRootOf[1], escrow.outcomesOf(1), "said");
        for (uint256 i; i < count; ++i) {
            bytes32 outcome = _outcomesOf[1][i];
            assertTrue(escrow.isOutcome(outcome, _kept(ids[i])), "kept");
            assertFalse(escrow.isOutcome(bytes32(uint256(outcome) + 1), _kept(ids[i])), "another");
            OutcomeProof memory proof = _kept(ids[i]);
            proof.settlement = 2;
            assertFalse(escrow.isOutcome(outcome, proof), "of another call");
        }
    }

    function test_settlingMintsNothingUntilItIsClaimed() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        _settleAlone(_ids(id));
        assertEq(_kwhOf(works.account, solar.meter), 0, "not yet");
        assertFalse(escrow.isClaimed(id), "not claimed");
        KwhClaim[] memory claims = _claimOf(id);
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.KwhClaimed(id, works.id, 4 * MWH);
        escrow.claimKwh(claims);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "minted to the buyer, who calls");
        assertTrue(escrow.isClaimed(id), "claimed");
        escrow.claimKwh(claims);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "once");
    }

    function test_claimsOfSeveralTrades() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        TradeId third = _openCash(thermal, works, _bands());
        _measured(solar.meter, _metered(MWH));
        _measured(thermal.meter, _metered(MWH));
        _settleAlone(_ids(first, third));
        _settleAlone(_ids(second));
        KwhClaim[] memory claims = new KwhClaim[](4);
        // The second trade received nothing, the third is named twice.
        (claims[0], claims[1]) = (_claimOf(first)[0], _claimOf(second)[0]);
        (claims[2], claims[3]) = (_claimOf(third)[0], _claimOf(third)[0]);
        escrow.claimKwh(claims);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "of the solar plant");
        assertEq(_kwhOf(mill.account, solar.meter), 0, "of nothing");
        assertEq(_kwhOf(works.account, thermal.meter), 4 * MWH, "of the thermal plant");
        assertTrue(escrow.isClaimed(second), "claimed for good");
    }

    function test_theLeastIsMinted() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, Builder.level(40, 41, 1));
        _settleAlone(_ids(id));
        _claim(id);
        assertEq(_kwhOf(works.account, solar.meter), 1, "Wh");
    }

    function test_claimsAreProven() public {
        TradeId id = _openCash(solar, works, _bands());
        TradeId other = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(MWH));
        _claimRefused(TradeId.wrap(9), TradeStatus.None);
        _claimRefused(id, TradeStatus.Open);
        (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(solar.meter, day);
        _settle(settlements, prices);
        bytes memory failure = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, id);
        for (uint256 field; field < 7; ++field) {
            KwhClaim[] memory claims = _claimOf(id);
            KwhClaim memory claim = claims[0];
            if (field == 0) claim.terms.buyer = mill.id;
            if (field == 1) claim.terms.sellerMeter = thermal.meter;
            if (field == 2) claim.outcome.deliveredWh += 1;
            if (field == 3) claim.outcome.invoiced = true;
            if (field == 4) claim.proof.settlement = 0;
            if (field == 5) claim.proof.siblings = new bytes32[](0);
            if (field == 6) claim.proof = _kept(other);
            vm.expectRevert(failure);
            escrow.claimKwh(claims);
        }
        // Of an outcome that is another trade's.
        KwhClaim[] memory taken = _claimOf(other);
        taken[0].id = id;
        vm.expectRevert(failure);
        escrow.claimKwh(taken);
    }

    function _claimRefused(TradeId id, TradeStatus status) private {
        KwhClaim[] memory claims = new KwhClaim[](1);
        claims[0].id = id;
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongStatus.selector, id, status));
        escrow.claimKwh(claims);
    }

    function test_rulingsDeliverNothingToClaim() public {
        TradeId id = _openCash(solar, works, _bands());
        _arrange(id, block.timestamp + 1 days);
        BookProof memory book = _book(id);
        TradeTerms memory terms = _terms(id);
        vm.recordLogs();
        vm.prank(arbiter);
        escrow.rule(id, terms, book, 1, 1, 1);
        _readLog();
        assertTrue(escrow.isOutcome(_outcomesOf[1][0], _kept(id)), "its outcome is kept");
        _claimRefused(id, TradeStatus.Ruled);
    }

    function test_onlyTheEscrowRunsTheCodeOfClaims() public {
        KwhClaims code = KwhClaims(escrow.kwhClaims());
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.claimKwh(new KwhClaim[](0));
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.mintSurplus(solar.meter, day, "", "", _proofOf(solar.meter, day));
    }

    function testFuzz_settlesAsSlotBySlot(uint256 seed) public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, Builder.bands(Builder.band(39, 42, 700_000, 33_333)));
        bytes memory metered = Builder.zeros();
        for (uint256 slot = 38; slot < 45; ++slot) {
            Builder.set(metered, slot, bound(uint32(seed >> (32 * (slot - 38))), 0, 2_000_000));
        }
        _measured(solar.meter, metered);
        _settle(_ids(second, first));
        _mintSurplus(solar.meter);

        uint256 minted =
            _kwhOf(works.account, solar.meter) + _kwhOf(mill.account, solar.meter) + _kwhOf(solar.account, solar.meter);
        assertEq(minted, Builder.sum(metered), "all that was metered is minted, and no more");
        _assertDelivered(first, works, metered);
        _assertDelivered(second, mill, metered);
        assertEq(
            _balance(works.id) + _balance(mill.id) + _balance(solar.id) + _balance(gridId),
            3 * WEALTH,
            "money is conserved"
        );
    }

    function _assertDelivered(TradeId id, Party memory buyer, bytes memory metered) internal view {
        uint64 number = TradeId.unwrap(id);
        bytes memory sold = _opened[number].energy;
        bytes memory price = _priceCurves[_terms(id).priceHash];
        bytes memory delivered = Builder.deliveries(sold, _opened[number].offset, metered);
        uint256 charge;
        for (uint256 slot; slot < 96; ++slot) {
            uint256 wanted = Builder.slotAt(sold, slot);
            uint256 missing = wanted - Builder.slotAt(delivered, slot);
            uint256 tolerated = (wanted * 400 + 9_999) / 10_000;
            if (missing > tolerated) charge += (missing - tolerated) * Builder.slotAt(price, slot) * 1_000;
        }
        charge = (charge + 5e9) / 1e10;
        if (charge > _terms(id).bondFen) charge = _terms(id).bondFen;
        uint256 paid = Builder.amount(delivered, price) + Builder.network(Builder.sum(delivered), 15_530_000);
        assertEq(_balance(buyer.id), WEALTH - paid + charge, "buyer");
        assertEq(_kwhOf(buyer.account, solar.meter), Builder.sum(delivered), "delivered");
    }

    // ---- payment on terms

    function test_onTermsTheEnergyIsOwed() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 30);
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        DebtId debt = _debtOf(id, DebtCode.EnergyOnTerms);
        _assertDebt(debt, works.id, solar.id, ENERGY_FEN);
        assertTrue(debts.debtOf(debt).dueDay == day.plusDays(30), "due day");
        assertEq(debts.debtCount(), 1, "the network charge was held");
        assertEq(_balance(works.id), WEALTH - NETWORK_FEN, "buyer");
        assertEq(_held(works) + _held(solar), 0, "holds");

        _pay(debt, ENERGY_FEN);
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN, "paid");
    }

    function test_onTermsSettledAfterTheTermIsDueAtOnce() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 1);
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        assertTrue(debts.debtOf(_debtOf(id, DebtCode.EnergyOnTerms)).dueDay == day.plusDays(3), "day of settlement");
    }

    function test_onTermsNothingDeliveredIsNothingOwed() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 30);
        _measured(solar.meter, Builder.zeros());
        _settle(id);
        assertEq(debts.debtCount(), 0, "no debt");
        assertEq(_balance(works.id), WEALTH + 15_360, "compensated by the bond");
    }

    // ---- settled by anyone, once

    function test_settledOnce() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        _settle(id);
        _assertPaid(solar, works, ENERGY_FEN, NETWORK_FEN, 0);
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "minted once");
    }

    function test_callsNoReceiver() public {
        HostileWallet wallet = new HostileWallet(vm.addr(77));
        Party memory party = _enter(address(wallet), 77, Direction.Consumption, Source.None, DEYANG);
        TradeId id = _openCash(solar, party, _bands());
        wallet.setRefusal(true);
        wallet.arm(address(escrow), abi.encodeCall(TradeEscrow.cancelPage, (NonceKind.Trade, day, 0)));
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        assertEq(_kwhOf(address(wallet), solar.meter), 4 * MWH, "kWh arrived without asking");
        assertFalse(wallet.attempted(), "nobody was called");
    }

    // ---- what does not fit

    function test_dayNotFinal() public {
        TradeId id = _openCash(solar, works, _bands());
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_NotFinal.selector,
            solar.meter,
            day
        );
        _meteredOf[solar.meter][day] = _metered(MWH);
        _refused(id, failure);
        _goPast();
        _report(solar.meter, day, _metered(MWH));
        _refused(id, failure);
        vm.warp(meters.dayOf(solar.meter, day).finalisableAt);
        _finalise(solar.meter, day);
        _meteredOf[solar.meter][day] = _metered(MWH - 1);
        _refused(id, failure);
        _meteredOf[solar.meter][day] = _metered(MWH);
        _settle(id);
    }

    function _goPast() internal {
        vm.warp(block.timestamp + 3 days);
    }

    function test_everythingInTheTermsIsCommitted() public {
        TradeId id = _openCash(solar, works, _bands());
        _openCash(thermal, works, _bands());
        _measured(solar.meter, _metered(MWH));
        bytes memory wrongTerms = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongTerms.selector, id);
        for (uint256 field; field < 8; ++field) {
            (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
            TradeTerms memory terms = settlements[0].trades[0].terms;
            if (field == 0) terms.seller = mill.id;
            if (field == 1) terms.buyer = mill.id;
            if (field == 2) terms.energyFen += 1;
            if (field == 3) terms.bondFen -= 1;
            if (field == 4) terms.paymentDays = 1;
            if (field == 5) settlements[0].trades[0].energy = _metered(MWH - 1);
            if (field == 6) settlements[0].offset = Builder.zeros();
            if (field == 7) prices[0] = Builder.level(40, 44, 40_001);
            vm.expectRevert(field < 5 ? _wrongBook() : wrongTerms);
            escrow.settle(_runs(settlements), prices);
        }
    }

    function test_tradeOfAnotherMeterDay() public {
        TradeId id = _openCash(thermal, works, _bands());
        _measured(solar.meter, _metered(MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        settlements[0].meter = solar.meter;
        settlements[0].metered = _metered(MWH);
        vm.expectRevert(_wrongBook());
        escrow.settle(_runs(settlements), prices);
        // Of the right meter, but the day before.
        Day before = Day.wrap(Day.unwrap(day) - 1);
        _measure(thermal.meter, before, _metered(MWH));
        (settlements[0].meter, settlements[0].day) = (thermal.meter, before);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_WrongBook.selector, thermal.meter, before)
        );
        escrow.settle(_runs(settlements), prices);
    }

    function test_unknownTrade() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        settlements[0].trades[0].id = TradeId.wrap(2);
        vm.expectRevert(_wrongBook());
        escrow.settle(_runs(settlements), prices);
    }

    function test_malformedCurves() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        bytes[] memory wrong = new bytes[](3);
        wrong[0] = new bytes(383);
        wrong[1] = new bytes(416);
        wrong[2] = Builder.level(0, 1, 1 << 31);
        for (uint256 i; i < wrong.length * 4; ++i) {
            (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
            bytes memory curve = wrong[i / 4];
            if (i % 4 == 0) settlements[0].metered = curve;
            if (i % 4 == 1) settlements[0].trades[0].energy = curve;
            if (i % 4 == 2) settlements[0].offset = curve;
            if (i % 4 == 3) prices[0] = curve;
            // A curve of the right length that was never reported or sold has another hash.
            if (curve.length != Curve.BYTES) {
                vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, curve.length));
            } else vm.expectRevert();
            escrow.settle(_runs(settlements), prices);
        }
        (DaySettlement[] memory outside, bytes[] memory one) = _settlements(_ids(id));
        outside[0].trades[0].price = 1;
        vm.expectRevert();
        escrow.settle(_runs(outside), one);
    }

    function test_daysUnderARootSettleAsThoseWithWords() public {
        TradeId sun = _openCash(solar, works, _bands());
        TradeId coal = _openCash(thermal, works, _bands());
        bytes memory short = _metered(MWH);
        Builder.set(short, 42, 900_000);
        uint256 snapshot = vm.snapshotState();
        _measured(solar.meter, short);
        _measured(thermal.meter, _metered(2 * MWH));
        bytes memory byWords = _settleAndSay(sun, coal);
        vm.revertToState(snapshot);

        (MeterId[] memory both, bytes[] memory curves) = (new MeterId[](2), new bytes[](2));
        (both[0], both[1], curves[0], curves[1]) = (thermal.meter, solar.meter, _metered(2 * MWH), short);
        assertTrue(MeterId.unwrap(thermal.meter) < MeterId.unwrap(solar.meter), "ascending");
        vm.warp(Calendar.startOf(day) + 1 days);
        uint64 root = _reportRoot(both, day, curves);
        (_meteredOf[thermal.meter][day], _meteredOf[solar.meter][day]) = (curves[0], curves[1]);
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(sun));
        SettlementRun[] memory runs = _runs(settlements);
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotFinal.selector, solar.meter, day));
        escrow.settle(runs, prices);
        vm.warp(meters.rootOf(root).finalisableAt);
        _finaliseRoot(root);
        runs[0].proof.siblings[0] = 0;
        vm.expectRevert(abi.encodeWithSelector(IMeterRegistry.MeterRegistry_WrongProof.selector, root));
        escrow.settle(runs, prices);
        assertEq(byWords, _settleAndSay(sun, coal), "outcomes, balances and kWh");
    }

    function _settleAndSay(TradeId sun, TradeId coal) private returns (bytes memory) {
        _settle(_ids(sun, coal));
        _mintSurplus(solar.meter);
        _mintSurplus(thermal.meter);
        uint256[6] memory said = [
            _balance(solar.id),
            _balance(thermal.id),
            _balance(works.id),
            kwh.balanceOf(works.account, kwh.idOf(solar.meter, day)),
            kwh.balanceOf(works.account, kwh.idOf(thermal.meter, day)),
            kwh.balanceOf(thermal.account, kwh.idOf(thermal.meter, day))
        ];
        return abi.encode(_outcomeOf[TradeId.unwrap(sun)], _outcomeOf[TradeId.unwrap(coal)], said);
    }

    function test_malformedCalldata() public {
        TradeId id = _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        bytes memory call = abi.encodeCall(ITradeEscrow.settle, (_runs(settlements), prices));
        for (uint256 length = 4; length < call.length; length += 96) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = call[i];
            }
            (bool passed, ) = address(escrow).call(cut);
            assertFalse(passed, "cut short");
        }
        (bool success, ) = address(escrow).call(bytes.concat(call, hex"c0ffee"));
        assertTrue(success, "trailing bytes");
        _assertStatus(id, TradeStatus.Settled);
    }

    // ---- mintSurplus

    function test_surplusBeyondThePosition() public {
        _openCash(solar, works, _bands());
        bytes memory metered = Builder.level(39, 44, 600_000);
        Builder.set(metered, 43, 1_700_000);
        _measured(solar.meter, metered);
        _mintSurplus(solar.meter);
        // Slot 39 whole, slots 40 to 42 short, slot 43 0.7 MWh beyond.
        assertEq(_kwhOf(solar.account, solar.meter), 1_300_000, "surplus");
        assertTrue(escrow.isSurplusMinted(solar.meter, day), "marked");
        bytes memory sold = _sold(solar.meter, day);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_SurplusMinted.selector, solar.meter, day)
        );
        escrow.mintSurplus(solar.meter, day, metered, sold, _proofOf(solar.meter, day));
    }

    function test_surplusWhereNothingWasSold() public {
        _measured(solar.meter, _metered(MWH));
        _mintSurplus(solar.meter);
        assertEq(_kwhOf(solar.account, solar.meter), 4 * MWH, "all of it");
    }

    function test_surplusOfNothing() public {
        _openCash(solar, works, _bands());
        _measured(solar.meter, _metered(MWH));
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.SurplusMinted(solar.meter, day, solar.id, 0);
        vm.recordLogs();
        _mintSurplus(solar.meter);
        assertEq(vm.getRecordedLogs().length, 1, "no kWh are minted");
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_SurplusMinted.selector, solar.meter, day)
        );
        escrow.mintSurplus(solar.meter, day, _metered(MWH), "", _proofOf(solar.meter, day));
    }

    function test_surplusRefused() public {
        _openCash(solar, works, _bands());
        bytes memory sold = _sold(solar.meter, day);
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_NotFinal.selector,
            solar.meter,
            day
        );
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, day, _metered(MWH), sold, _proofOf(solar.meter, day));
        _measured(solar.meter, _metered(MWH));
        failure = abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_StalePosition.selector, solar.meter, day);
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, day, _metered(MWH), "", _proofOf(solar.meter, day));
        sold = bytes.concat(_metered(MWH - 1), _tradesHash(solar.meter, day));
        vm.expectRevert(failure);
        escrow.mintSurplus(solar.meter, day, _metered(MWH), sold, _proofOf(solar.meter, day));
        _measured(works.meter, _metered(MWH));
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_MeterNotTradable.selector, works.meter, works.id)
        );
        escrow.mintSurplus(works.meter, day, _metered(MWH), "", _proofOf(works.meter, day));
    }
}
