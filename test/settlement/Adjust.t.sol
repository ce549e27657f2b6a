// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    Outcome,
    PayableKind,
    PayableStatus,
    TradeStatus
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {
    AdjustmentDifference,
    DayAdjustment,
    IAdjustmentDesk
} from "../../contracts/settlement/interfaces/IAdjustmentDesk.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Source} from "../../contracts/types/Enums.sol";
import {ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {HoldBehaviour} from "../behaviours/HoldBehaviour.sol";
import {LateFeeBehaviour} from "../behaviours/LateFeeBehaviour.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Party} from "../utils/Market.sol";
import {Platform} from "../utils/Platform.sol";
import {SampleRules} from "../utils/SampleRules.sol";

contract AdjustTest is Market, LateFeeBehaviour, HoldBehaviour {
    /// @dev 1 MWh in each of four slots at 400 元/MWh: 1,600.00 元, network 621.20 元, bond 240.00 元.
    uint256 internal constant ENERGY_FEN = 160_000;
    uint256 internal constant NETWORK_FEN = 62_120;
    uint256 internal constant MWH = 1_000_000;

    TradeId private _adjusted;

    function setUp() public override(Market, Platform) {
        super.setUp();
    }

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

    function _settleNoted(TradeId id) internal {
        vm.recordLogs();
        _settle(id);
        _readLog();
    }

    /// @dev A trade of the solar plant with the works, settled by a reading.
    function _settled(bytes memory metered) internal returns (TradeId id) {
        id = _openCash(solar, works, _bands());
        _measured(solar.meter, metered);
        _settleNoted(id);
    }

    function _assertClaim(
        TradeId id,
        uint16 version,
        PayableKind kind,
        ParticipantId debtor,
        ParticipantId creditor,
        uint256 fen
    ) internal view {
        AdjustmentDifference memory difference = adjusting.differenceOf(id, version, kind);
        assertEq(difference.amountFen, fen, "amount claimed");
        if (fen == 0) return;
        assertEq(uint256(difference.status), uint256(PayableStatus.Due), "status of the difference");
        assertEq(ParticipantId.unwrap(difference.debtor), ParticipantId.unwrap(debtor), "debtor");
        assertEq(ParticipantId.unwrap(difference.creditor), ParticipantId.unwrap(creditor), "creditor");
        assertTrue(difference.dueDay == financeRules.businessDayFrom(Calendar.today().plusDays(30)), "due day");
        assertEq(difference.lateRateBp, 1_800, "late rate");
    }

    function _payDifferences(TradeId id, uint16 version) internal {
        for (uint256 kind; kind < 3; ++kind) {
            AdjustmentDifference memory difference = adjusting.differenceOf(id, version, PayableKind(kind));
            if (difference.status != PayableStatus.Due) continue;
            address debtor = registry.accountOf(difference.debtor);
            vm.prank(debtor);
            adjusting.payDifference(id, version, PayableKind(kind));
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
        _assertClaim(id, 2, PayableKind.Energy, solar.id, works.id, 4_000);
        _assertClaim(id, 2, PayableKind.NetworkCharge, gridId, works.id, 1_553);
        _assertClaim(id, 2, PayableKind.DeviationCharge, solar.id, works.id, 240);

        _payDifferences(id, 2);
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
        _assertClaim(id, 2, PayableKind.Energy, works.id, solar.id, 4_000);
        _assertClaim(id, 2, PayableKind.NetworkCharge, works.id, gridId, 1_553);
        _assertClaim(id, 2, PayableKind.DeviationCharge, works.id, solar.id, 240);
        _payDifferences(id, 2);
        assertEq(_balance(works.id), WEALTH - ENERGY_FEN - NETWORK_FEN, "buyer");
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN, "seller");
        assertEq(_balance(gridId), NETWORK_FEN, "grid company");
    }

    function test_adjust_toNothing() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, Builder.zeros());
        _adjust(_ids(id));
        _assertClaim(id, 2, PayableKind.Energy, solar.id, works.id, ENERGY_FEN);
        _assertClaim(id, 2, PayableKind.NetworkCharge, gridId, works.id, NETWORK_FEN);
        // 960 kWh of each MWh count, at 40 元/MWh.
        _assertClaim(id, 2, PayableKind.DeviationCharge, solar.id, works.id, 15_360);
    }

    function test_adjust_overTheContract() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _metered(2 * MWH));
        _adjust(_ids(id));
        for (uint256 kind; kind < 3; ++kind) {
            _assertClaim(id, 2, PayableKind(kind), solar.id, works.id, 0);
        }
        assertEq(_outcomeOf[TradeId.unwrap(id)].energyFen, ENERGY_FEN, "energy");
    }

    function test_adjust_servesInTheOrderOfOpening() public {
        TradeId first = _openCash(solar, works, _bands());
        TradeId second = _openCash(solar, mill, _bands());
        _measured(solar.meter, _metered(2 * MWH));
        _settleNoted(first);
        _settleNoted(second);
        _corrected(solar.meter, _metered(1_500_000));
        _adjust(_ids(second, first));
        _assertClaim(first, 2, PayableKind.Energy, solar.id, works.id, 0);
        _assertClaim(second, 2, PayableKind.Energy, solar.id, mill.id, ENERGY_FEN / 2);
        // 460 kWh of each MWh count.
        _assertClaim(second, 2, PayableKind.DeviationCharge, solar.id, mill.id, 7_360);
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
        _assertClaim(id, 2, PayableKind.DeviationCharge, solar.id, works.id, 24_000);
    }

    function test_adjust_capsNothingOnADayFinalisedLate() public {
        _dearDeviations();
        TradeId id = _openCash(solar, works, _bands());
        _miss(solar.meter);
        _measuredLate(solar.meter, _metered(MWH));
        _settleNoted(id);
        _corrected(solar.meter, Builder.zeros());
        _adjust(_ids(id));
        _assertClaim(id, 2, PayableKind.DeviationCharge, solar.id, works.id, 76_800);
        _assertOwed(id, PayableKind.Energy, works.id, solar.id, ENERGY_FEN);
    }

    function test_adjust_onTermsLeavesThePayableAsItIs() public {
        TradeId id = _openOnTerms(solar, works, _bands(), 60);
        _measured(solar.meter, _metered(MWH));
        _settleNoted(id);
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        _assertOwed(id, PayableKind.Energy, works.id, solar.id, ENERGY_FEN);
        _assertClaim(id, 2, PayableKind.Energy, solar.id, works.id, 4_000);
    }

    function test_adjust_owesTheRedirectedPayee() public {
        address room = _named("assignment room");
        _grant(Roles.ASSIGNMENT, room);
        TradeId id = _openCash(solar, works, _bands());
        vm.prank(room);
        escrow.redirectPayee(id, mill.id);
        _measured(solar.meter, _meteredBut(900_000));
        _settleNoted(id);
        _corrected(solar.meter, _metered(MWH));
        _adjust(_ids(id));
        _assertClaim(id, 2, PayableKind.Energy, works.id, mill.id, 4_000);
        _assertClaim(id, 2, PayableKind.DeviationCharge, works.id, solar.id, 240);
    }

    function test_adjust_chargesOverTheDayToTheBalancingAccount() public {
        TradeId id = _openCash(thermal, works, _bands());
        _measured(thermal.meter, _meteredBut(500_000));
        _settleNoted(id);
        _corrected(thermal.meter, _metered(MWH));
        _adjust(_ids(id));
        _assertClaim(id, 2, PayableKind.DeviationCharge, balancingId, thermal.id, 2_040);
        _payDifferences(id, 2);
        assertEq(_balance(balancingId), 0, "balancing account");
    }

    function test_adjust_secondCorrection() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        _assertClaim(id, 2, PayableKind.Energy, solar.id, works.id, 4_000);
        _corrected(solar.meter, _meteredBut(950_000));
        _adjust(_ids(id));
        _assertClaim(id, 3, PayableKind.Energy, works.id, solar.id, 2_000);
        _assertClaim(id, 3, PayableKind.DeviationCharge, works.id, solar.id, 200);
        _payDifferences(id, 2);
        _payDifferences(id, 3);
        assertEq(_balance(solar.id), WEALTH + 158_000 - 40, "seller");
    }

    function test_adjust_oncePerVersion() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        (DayAdjustment[] memory adjustments, bytes[] memory prices) = _adjustments(_ids(id, id));
        adjusting.adjust(adjustments, prices);
        _payDifferences(id, 2);
        // Skipped, with any arguments: no batch fails because another caller was faster.
        adjusting.adjust(adjustments, prices);
        assertEq(
            uint256(adjusting.differenceOf(id, 2, PayableKind.Energy).status),
            uint256(PayableStatus.Paid),
            "status of the difference"
        );
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
        _settleNoted(first);
        _settleNoted(second);
        bytes memory wanted = abi.encode(_outcomeOf[TradeId.unwrap(first)], _outcomeOf[TradeId.unwrap(second)]);
        uint256[5] memory balances = _afterPaying(second);
        assertTrue(vm.revertToState(snapshot), "back");

        _measured(seller.meter, readings[0]);
        _settleNoted(first);
        _settleNoted(second);
        for (uint256 i = 1; i < 3; ++i) {
            _corrected(seller.meter, readings[i]);
            _adjust(_ids(first, second));
            _payDifferences(first, uint16(i + 1));
            _payDifferences(second, uint16(i + 1));
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
        if (escrow.payableOf(onTerms, PayableKind.Energy).status == PayableStatus.Due) {
            vm.prank(mill.account);
            escrow.payPayable(onTerms, PayableKind.Energy);
        }
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
        vm.prank(arbiter);
        escrow.rule(ruled, _terms(ruled), 1, 1, 1);
        _measured(solar.meter, _metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        bytes4 selector = IAdjustmentDesk.AdjustmentDesk_NotSettled.selector;
        _refused(open, abi.encodeWithSelector(selector, open, TradeStatus.Open));
        _refused(ruled, abi.encodeWithSelector(selector, ruled, TradeStatus.Ruled));
        // Settled by the final reading even now, and adjusted after it.
        _settleNoted(open);
        assertEq(_outcomeOf[TradeId.unwrap(open)].energyFen, ENERGY_FEN, "settled as final");
        _adjust(_ids(open));
        _assertClaim(open, 2, PayableKind.Energy, solar.id, works.id, 4_000);
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
        _settleNoted(id);
        day = START.plusDays(2);
    }

    function test_adjust_stopsWhileTheDeskIsClosed() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _close(address(adjusting), true);
        _refused(id, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
    }

    // ---- payDifference

    function test_payDifference_byTheDebtorOnce() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(900_000));
        _adjust(_ids(id));
        bytes4 notParty = IAdjustmentDesk.AdjustmentDesk_NotParty.selector;
        vm.expectRevert(abi.encodeWithSelector(notParty, stranger, solar.id));
        vm.prank(stranger);
        adjusting.payDifference(id, 2, PayableKind.Energy);

        vm.expectEmit(address(adjusting));
        emit IAdjustmentDesk.DifferencePaid(id, 2, PayableKind.Energy, 0);
        vm.prank(solar.account);
        adjusting.payDifference(id, 2, PayableKind.Energy);

        bytes4 noClaim = IAdjustmentDesk.AdjustmentDesk_NoDifference.selector;
        vm.expectRevert(abi.encodeWithSelector(noClaim, id, 2, PayableKind.Energy));
        vm.prank(solar.account);
        adjusting.payDifference(id, 2, PayableKind.Energy);
        vm.expectRevert(abi.encodeWithSelector(noClaim, id, 3, PayableKind.Energy));
        vm.prank(solar.account);
        adjusting.payDifference(id, 3, PayableKind.Energy);
    }

    function test_payDifference_paysTheLateFeeToTheCreditor() public {
        TradeId id = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(500_000));
        _adjust(_ids(id));
        AdjustmentDifference memory difference = adjusting.differenceOf(id, 2, PayableKind.Energy);
        assertEq(difference.amountFen, 20_000, "200.00");
        // 0.05 % a day.
        vm.warp(Calendar.startOf(difference.dueDay.plusDays(1)) + 6 days);
        vm.expectEmit(address(adjusting));
        emit IAdjustmentDesk.DifferencePaid(id, 2, PayableKind.Energy, 70);
        vm.prank(solar.account);
        adjusting.payDifference(id, 2, PayableKind.Energy);
        assertEq(_balance(solar.id), WEALTH + ENERGY_FEN - 20_000 - 70, "the seller pays both");
        assertEq(_balance(works.id), WEALTH - ENERGY_FEN - NETWORK_FEN + 20_000 + 70, "to the buyer");
        assertEq(adjusting.lateFeeDue(id, 3, PayableKind.Energy), 0, "nothing on what is not owed");
    }

    // ---- hooks

    function _latePolicy() internal view override returns (FinanceRules) {
        return financeRules;
    }

    function _debtor() internal view override returns (ParticipantId) {
        return solar.id;
    }

    function _oweByDebtor(uint256 seed) internal override returns (uint256) {
        day = Calendar.today().plusDays(2);
        _adjusted = _settled(_metered(MWH));
        _corrected(solar.meter, _meteredBut(bound(seed, 0, MWH - 1_000)));
        _adjust(_ids(_adjusted));
        return _difference().amountFen;
    }

    function _difference() private view returns (AdjustmentDifference memory) {
        return adjusting.differenceOf(_adjusted, 2, PayableKind.Energy);
    }

    function _dueDayOfDebt() internal view override returns (Day) {
        return _difference().dueDay;
    }

    function _feeDue() internal view override returns (uint256) {
        return adjusting.lateFeeDue(_adjusted, 2, PayableKind.Energy);
    }

    function _payAll() internal override {
        vm.prank(solar.account);
        adjusting.payDifference(_adjusted, 2, PayableKind.Energy);
    }

    function _notary() internal view override returns (address) {
        return address(adjusting);
    }

    function _payer() internal view override returns (ParticipantId) {
        return solar.id;
    }

    function _isEntrance() internal pure override returns (bool) {
        return false;
    }

    function _prepareHold() internal override returns (Step memory, uint256) {
        uint256 amountFen = _oweByDebtor(0);
        bytes memory call = abi.encodeCall(IAdjustmentDesk.payDifference, (_adjusted, 2, PayableKind.Energy));
        return (Step(solar.account, address(adjusting), call), amountFen);
    }
}
