// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DebtStatus} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Band, BookProof, Outcome, TradeStatus} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {DayAdjustment, IAdjustmentDesk, TradeAmount} from "../../contracts/settlement/interfaces/IAdjustmentDesk.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Source} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Party} from "../utils/Market.sol";
import {SampleRules} from "../utils/SampleRules.sol";

contract AdjustTest is Market {
    /// @dev 1 MWh in each of four slots at 400 元/MWh: 1,600.00 元, network 621.20 元, bond 240.00 元.
    uint256 internal constant ENERGY_FEN = 160_000;
    uint256 internal constant NETWORK_FEN = 62_120;
    uint256 internal constant MWH = 1_000_000;

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _metered(uint256 energyWh) internal pure returns (bytes memory) {
        return Builder.level(40, 44, energyWh);
    }

    /// @dev In slot 42, another reading than 1 MWh.
    function _meteredBut(uint256 energyWh) internal pure returns (bytes memory metered) {
        metered = _metered(MWH);
        Builder.set(metered, 42, energyWh);
    }

    /// @dev A trade of the solar plant with the works, settled by a reading.
    function _settled(bytes memory metered) internal returns (TradeId id) {
        id = _openCash(solar, works, _bands());
        _measured(solar.meter, metered);
        _settle(id);
    }

    /// @dev The debt that the adjustment to a version left; 0 if none.
    function _difference(TradeId id, uint16 version, TradeAmount amount) internal view returns (DebtId) {
        uint256 source = (uint256(amount) << 80) | (uint256(version) << 64) | TradeId.unwrap(id);
        return _debtFrom(DebtCode.Adjustment, bytes32(source));
    }

    function _assertDifference(
        TradeId id,
        uint16 version,
        TradeAmount amount,
        ParticipantId debtor,
        ParticipantId creditor,
        uint256 fen
    ) internal view {
        DebtId debt = _difference(id, version, amount);
        if (fen == 0) return assertEq(DebtId.unwrap(debt), 0, "no difference");
        _assertDebt(debt, debtor, creditor, fen);
        assertTrue(debts.debtOf(debt).dueDay == Calendar.today().plusDays(30), "due day");
    }

    /// @dev Whatever is owed still.
    function _payDifferences(TradeId id) internal {
        for (uint256 amount; amount < 3; ++amount) {
            DebtId[] memory posted = adjusting.differencesOf(id, TradeAmount(amount));
            for (uint256 i; i < posted.length; ++i) {
                if (_owedOn(posted[i]) != 0) _payOff(posted[i]);
            }
        }
    }

    function _refused(TradeId id, bytes memory failure) internal {
        (DayAdjustment[] memory adjustments, bytes[] memory prices) = _adjustments(_ids(id));
        vm.expectRevert(failure);
        adjusting.adjust(adjustments, prices);
    }

    function _wrongTerms(DayAdjustment[] memory adjustments, bytes[] memory prices) internal {
        TradeId id = adjustments[0].trades[0].id;
        vm.expectRevert(abi.encodeWithSelector(IAdjustmentDesk.AdjustmentDesk_WrongTerms.selector, id));
        adjusting.adjust(adjustments, prices);
    }

    // ---- adjust

    function test_adjust_lessThanSettled() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        vm.expectEmit(address(adjusting));
        emit IAdjustmentDesk.TradeAdjusted(id, 2, -100_000, Outcome(3_900_000, 156_000, 60_567, 240, false));
        _adjust(_ids(id));
        // 100 kWh less at 400 and 155.30 元/MWh; 60 kWh of it beyond 4 %, at 40 元/MWh.
        _assertDifference(id, 2, TradeAmount.Energy, solar.id, works.id, 4_000);
        _assertDifference(id, 2, TradeAmount.NetworkCharge, gridId, works.id, 1_553);
        _assertDifference(id, 2, TradeAmount.DeviationCharge, solar.id, works.id, 240);

        _payDifferences(id);
        assertEq(_balance(works.id), WEALTH - 156_000 - 60_567 + 240, "buyer");
        assertEq(_balance(solar.id), WEALTH + 156_000 - 240, "seller");
        assertEq(_balance(gridId), 60_567, "grid company");
        assertEq(_kwhOf(works.account, solar.meter), 4 * MWH, "kWh prove the final reading");
        (uint16 version, ) = adjusting.adjustmentOf(id);
        assertEq(version, 2, "version");
    }

    function test_adjust_moreThanSettled() public {
        TradeId id = _settled(_meteredBut(900_000));
        _corrected(solar.meter, _metered(MWH));
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.Energy, works.id, solar.id, 4_000);
        _assertDifference(id, 2, TradeAmount.NetworkCharge, works.id, gridId, 1_553);
        _assertDifference(id, 2, TradeAmount.DeviationCharge, works.id, solar.id, 240);
        _payDifferences(id);
        assertEq(_balance(works.id), WEALTH - ENERGY_FEN - NETWORK_FEN, "buyer");
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN, "seller");
        assertEq(_balance(gridId), NETWORK_FEN, "grid company");
    }

    function test_adjust_toNothing() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, Builder.zeros());
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.Energy, solar.id, works.id, ENERGY_FEN);
        _assertDifference(id, 2, TradeAmount.NetworkCharge, gridId, works.id, NETWORK_FEN);
        // 960 kWh of each MWh count, at 40 元/MWh.
        _assertDifference(id, 2, TradeAmount.DeviationCharge, solar.id, works.id, 15_360);
    }

    function test_adjust_overTheContract() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _metered(2 * MWH));
        _adjust(_ids(id));
        for (uint256 kind; kind < 3; ++kind) {
            _assertDifference(id, 2, TradeAmount(kind), solar.id, works.id, 0);
        }
        assertEq(_outcomeOf[TradeId.unwrap(id)].energyFen, ENERGY_FEN, "energy");
    }

    function test_adjust_servesInTheOrderOfOpening() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2 * MWH));
        _settle(first);
        _settle(second);
        _corrected(solar.meter, _metered(1_500_000));
        _adjust(_ids(second, first));
        _assertDifference(first, 2, TradeAmount.Energy, solar.id, works.id, 0);
        _assertDifference(second, 2, TradeAmount.Energy, solar.id, mill.id, ENERGY_FEN / 2);
        // 460 kWh of each MWh count.
        _assertDifference(second, 2, TradeAmount.DeviationCharge, solar.id, mill.id, 7_360);
    }

    function _dearDeviations() internal {
        RuleSet memory set = _rules();
        set.deviationRules[SampleRules.placeOf(Source.Solar)].rateBp = 5_000;
        _newRules(set);
        day = Calendar.today().plusDays(2);
    }

    function test_adjust_capsTheChargeByTheBond() public {
        _dearDeviations();
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, Builder.zeros());
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.DeviationCharge, solar.id, works.id, 24_000);
    }

    function test_adjust_capsNothingOnADayFinalisedLate() public {
        _dearDeviations();
        TradeId id = _openCash(solar, works, _bands());
        _miss(solar.meter);
        _measuredLate(solar.meter, _metered(MWH));
        _settle(id);
        _corrected(solar.meter, Builder.zeros());
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.DeviationCharge, solar.id, works.id, 76_800);
        _assertOwed(id, DebtCode.LateInvoice, works.id, solar.id, ENERGY_FEN);
    }

    function test_adjust_onTermsLeavesTheDebtAsItIs() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 60);
        _measured(solar.meter, _metered(MWH));
        _settle(id);
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        _assertOwed(id, DebtCode.EnergyOnTerms, works.id, solar.id, ENERGY_FEN);
        _assertDifference(id, 2, TradeAmount.Energy, solar.id, works.id, 4_000);
    }

    function test_adjust_owesTheRedirectedPayee() public {
        address room = _named("assignment room");
        _grant(Roles.ASSIGNMENT, room);
        TradeId id = _openCash(solar, works, _bands());
        vm.prank(room);
        escrow.redirectPayee(id, mill.id);
        _measured(solar.meter, _meteredBut(900_000));
        _settle(id);
        _corrected(solar.meter, _metered(MWH));
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.Energy, works.id, mill.id, 4_000);
        _assertDifference(id, 2, TradeAmount.DeviationCharge, works.id, solar.id, 240);
    }

    function test_adjust_chargesOverTheDayToTheBalancingAccount() public {
        TradeId id = _openCash(thermal, works, _bands());
        _measured(thermal.meter, _meteredBut(500_000));
        _settle(id);
        _corrected(thermal.meter, _metered(MWH));
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.DeviationCharge, balancingId, thermal.id, 2_040);
        _payDifferences(id);
        assertEq(_balance(balancingId), 0, "balancing account");
    }

    function test_adjust_secondCorrection() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        _assertDifference(id, 2, TradeAmount.Energy, solar.id, works.id, 4_000);
        _corrected(solar.meter, _meteredBut(950_000));
        _adjust(_ids(id));
        _assertDifference(id, 3, TradeAmount.Energy, works.id, solar.id, 0);
        _assertDifference(id, 3, TradeAmount.DeviationCharge, works.id, solar.id, 0);
        assertEq(_unpaidOf(_difference(id, 2, TradeAmount.Energy)), 2_000, "half is taken back");
        assertEq(_unpaidOf(_difference(id, 2, TradeAmount.DeviationCharge)), 40, "and most of the charge");
        _payDifferences(id);
        assertEq(_balance(solar.id), WEALTH + 158_000 - 40, "seller");
    }

    function test_adjust_thereAndBackLeavesNothingOwed() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        DebtId energy = _difference(id, 2, TradeAmount.Energy);
        // Late, and in default: it was never owed for all that.
        _default(energy);
        assertTrue(_lateFeeOf(energy) != 0, "a fee has accrued");
        _corrected(solar.meter, _metered(MWH));
        _adjust(_ids(id));
        assertEq(debts.debtCount(), 3, "nothing new is owed");
        for (uint64 debt = 1; debt <= 3; ++debt) {
            _assertDebtIs(DebtId.wrap(debt), DebtStatus.Discharged);
            assertEq(_owedOn(DebtId.wrap(debt)), 0, "nor anything old");
        }
        assertEq(debts.defaultsOf(solar.id), 0, "nobody is in default");
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN, "as settled");
    }

    function test_adjust_takesBackOnlyWhatIsUnpaid() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        _pay(_difference(id, 2, TradeAmount.Energy), 3_000);
        _corrected(solar.meter, _metered(MWH));
        _adjust(_ids(id));
        _assertDebtIs(_difference(id, 2, TradeAmount.Energy), DebtStatus.Discharged);
        _assertDifference(id, 3, TradeAmount.Energy, works.id, solar.id, 3_000);
        _payDifferences(id);
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN, "as settled");
        assertEq(_balance(works.id), WEALTH - ENERGY_FEN - NETWORK_FEN, "as settled");
    }

    function test_adjust_leavesWhatWasDivided() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        DebtId energy = _difference(id, 2, TradeAmount.Energy);
        vm.prank(works.account);
        receivables.issueFromDebt(energy, 0);
        _corrected(solar.meter, _metered(MWH));
        _adjust(_ids(id));
        assertEq(_unpaidOf(energy), 4_000, "its holders are owed as before");
        _assertDifference(id, 3, TradeAmount.Energy, works.id, solar.id, 4_000);
    }

    function test_adjust_oncePerVersion() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        (DayAdjustment[] memory adjustments, bytes[] memory prices) = _adjustments(_ids(id, id));
        vm.recordLogs();
        adjusting.adjust(adjustments, prices);
        _readLog();
        _payDifferences(id);
        // Skipped, with any arguments: no batch fails because another caller was faster.
        adjusting.adjust(adjustments, prices);
        _assertDebtIs(_difference(id, 2, TradeAmount.Energy), DebtStatus.Discharged);
        // After the next correction, the outcome before the first is no longer the previous one.
        _corrected(solar.meter, _meteredBut(950_000));
        adjustments[0].corrected = _correctedOf[solar.meter][day];
        _wrongTerms(adjustments, prices);
    }

    /// @dev Settled by one reading and adjusted to another: where settling by the other would have come to.
    function testFuzz_adjust_comesToWhatSettlingWouldHave(uint256 seed) public {
        Party memory seller = seed % 2 == 0 ? solar : thermal;
        TradeId first = _openCash(seller, works, _bands());
        TradeId second = _openOnTerms(seller, mill, Builder.bands(Builder.band(41, 46, 700_000, 33_333)), 30);
        bytes[3] memory readings;
        for (uint256 i; i < 3; ++i) {
            readings[i] = Builder.zeros();
            for (uint256 slot = 39; slot < 47; ++slot) {
                seed = uint256(keccak256(abi.encode(seed)));
                Builder.set(readings[i], slot, seed % 4 == 0 ? 2 * MWH : (seed >> 8) % (2 * MWH));
            }
        }
        uint256 snapshot = vm.snapshotState();
        _measured(seller.meter, readings[2]);
        _settle(first);
        _settle(second);
        bytes memory wanted = abi.encode(_outcomeOf[TradeId.unwrap(first)], _outcomeOf[TradeId.unwrap(second)]);
        uint256[5] memory balances = _afterPaying(second);
        assertTrue(vm.revertToState(snapshot), "back");

        _measured(seller.meter, readings[0]);
        _settle(first);
        _settle(second);
        for (uint256 i = 1; i < 3; ++i) {
            _corrected(seller.meter, readings[i]);
            _adjust(_ids(first, second));
            _payDifferences(first);
            _payDifferences(second);
        }
        bytes memory found = abi.encode(_outcomeOf[TradeId.unwrap(first)], _outcomeOf[TradeId.unwrap(second)]);
        assertEq(found, wanted, "outcomes");
        uint256[5] memory adjusted = _afterPaying(second);
        for (uint256 i; i < 5; ++i) {
            assertEq(adjusted[i], balances[i], "balances");
        }
        assertTrue(
            _outcomeOf[TradeId.unwrap(first)].energyFen <= _terms(first).energyFen &&
                _outcomeOf[TradeId.unwrap(first)].networkFen <= _terms(first).networkFen &&
                _outcomeOf[TradeId.unwrap(first)].deviationFen <= _terms(first).bondFen,
            "no more than signed"
        );
    }

    function _afterPaying(TradeId onTerms) private returns (uint256[5] memory balances) {
        DebtId debt = _debtOf(onTerms, DebtCode.EnergyOnTerms);
        if (DebtId.unwrap(debt) != 0 && _owedOn(debt) != 0) _payOff(debt);
        balances = [
            _balance(works.id) + _balance(mill.id) * 2 ** 64,
            _balance(solar.id),
            _balance(thermal.id),
            _balance(gridId),
            _balance(balancingId)
        ];
    }

    function test_adjust_waitsForACorrectionAndItsWindow() public {
        TradeId id = _settled(_metered(MWH));
        _refused(id, abi.encodeWithSelector(IAdjustmentDesk.AdjustmentDesk_NotCorrected.selector, solar.meter, day));
        _corrected(solar.meter, _meteredBut(900_000));
        uint256 from = block.timestamp;
        vm.warp(from - 1);
        _refused(id, abi.encodeWithSelector(IAdjustmentDesk.AdjustmentDesk_TooEarly.selector, solar.meter, day, from));
        vm.warp(from);
        _correctedOf[solar.meter][day] = _meteredBut(900_001);
        _refused(id, abi.encodeWithSelector(IAdjustmentDesk.AdjustmentDesk_WrongCurve.selector, solar.meter, day, 2));
    }

    function test_adjust_leavesWhatIsNotSettled() public {
        TradeId open = _openCash(solar, works, _bands());
        TradeId ruled = _openCash(solar, works, _bands());
        _arrange(ruled, block.timestamp + 1 days);
        BookProof memory book = _book(ruled);
        vm.recordLogs();
        vm.prank(arbiter);
        escrow.rule(ruled, _terms(ruled), book, 1, 1, 1);
        _readLog();
        _measured(solar.meter, _metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        bytes4 selector = IAdjustmentDesk.AdjustmentDesk_NotSettled.selector;
        _refused(open, abi.encodeWithSelector(selector, open, TradeStatus.Open));
        _refused(ruled, abi.encodeWithSelector(selector, ruled, TradeStatus.Ruled));
        // Settled by the final reading even now, and adjusted after it.
        _settle(open);
        assertEq(_outcomeOf[TradeId.unwrap(open)].energyFen, ENERGY_FEN, "settled as final");
        _adjust(_ids(open));
        _assertDifference(open, 2, TradeAmount.Energy, solar.id, works.id, 4_000);
    }

    function test_adjust_everythingGivenIsProven() public {
        TradeId id = _settled(_metered(MWH));
        TradeId other = _openElsewhere();
        _corrected(solar.meter, _meteredBut(900_000));
        (DayAdjustment[] memory adjustments, bytes[] memory prices) = _adjustments(_ids(id));
        adjustments[0].trades[0].previous.energyFen -= 1;
        _wrongTerms(adjustments, prices);
        (adjustments, prices) = _adjustments(_ids(id));
        adjustments[0].trades[0].previous.invoiced = true;
        _wrongTerms(adjustments, prices);
        (adjustments, prices) = _adjustments(_ids(id));
        adjustments[0].trades[0].terms.bondFen += 1;
        _wrongTerms(adjustments, prices);
        (adjustments, prices) = _adjustments(_ids(id));
        adjustments[0].trades[0].energy = _metered(MWH + 1);
        _wrongTerms(adjustments, prices);
        (adjustments, prices) = _adjustments(_ids(id));
        adjustments[0].trades[0].offset = Builder.zeros();
        _wrongTerms(adjustments, prices);
        (adjustments, prices) = _adjustments(_ids(id));
        prices[0] = _metered(39_999);
        _wrongTerms(adjustments, prices);
        // Of another meter and day than the corrected ones.
        (adjustments, prices) = _adjustments(_ids(other));
        (adjustments[0].meter, adjustments[0].day) = (solar.meter, day);
        adjustments[0].corrected = _correctedOf[solar.meter][day];
        _wrongTerms(adjustments, prices);
    }

    function _openElsewhere() private returns (TradeId id) {
        // A later day of the thermal plant, whose gate is open still.
        day = Calendar.today().plusDays(2);
        id = _openCash(thermal, works, _bands());
        _measured(thermal.meter, _metered(MWH));
        _settle(id);
        day = START.plusDays(2);
    }

    function test_adjust_stopsWhileTheDeskIsClosed() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _close(address(adjusting), true);
        _refused(id, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
    }

    // ---- differencesOf

    function test_differencesOf_namesTheDebtsInTheirOrder() public {
        TradeId id = _settled(_metered(MWH));
        assertEq(adjusting.differencesOf(id, TradeAmount.Energy).length, 0, "none yet");
        _corrected(solar.meter, _meteredBut(900_000));
        (DayAdjustment[] memory adjustments, bytes[] memory prices) = _adjustments(_ids(id));
        vm.expectEmit(address(adjusting));
        emit IAdjustmentDesk.DifferencePosted(id, 2, TradeAmount.Energy, DebtId.wrap(1));
        adjusting.adjust(adjustments, prices);
        DebtId[] memory posted = adjusting.differencesOf(id, TradeAmount.Energy);
        assertEq(posted.length, 1, "one");
        assertEq(DebtId.unwrap(posted[0]), 1, "the first debt");
    }
}
