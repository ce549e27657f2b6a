// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DebtStatus} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {BidId, BidStatus, RequestId} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Band, TradeStatus} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, Source} from "../../contracts/types/Enums.sol";
import {DebtId, MeterId, ParticipantId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market, Party} from "../utils/Market.sol";
import {HostileWallet} from "../utils/Wallets.sol";

/// @notice Guards stand at the entrance, never at the exit, taken literally: everything there is to open is opened, then
/// everything that can be shut is shut, and everything still finishes, by strangers and by the parties alone.
contract ExitsTest is Market {
    uint256 internal constant MWH = 1_000_000;
    Day internal constant EARLY = Day.wrap(20_781);
    Day internal constant LATER = Day.wrap(20_791);

    address internal assigner = _named("assignment room");
    /// @dev Contracts that refuse every token and every signature from the shut-down on.
    HostileWallet[] internal wallets;
    Party internal park;
    Party internal foundry;
    address internal supplier;
    address internal firstBank;
    address internal secondBank;
    ParticipantId internal factorId;

    TradeId internal settledOnTerms;
    TradeId internal settledForBids;
    TradeId internal late;
    TradeId internal cash;
    TradeId internal onTerms;
    TradeId internal filled;
    TradeId internal alsoFilled;
    TradeId internal lapsing;
    TradeId internal frozen;
    TradeId internal redirected;
    ReceivableId internal halfPaid;
    ReceivableId internal offered;
    RequestId internal request;
    BidId internal higher;
    BidId internal lower;

    uint256 internal issued;
    mapping(ParticipantId => int256) internal expected;

    function _level(uint256 energyWh) internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, energyWh, 40_000));
    }

    function _newWallet(uint256 key) internal returns (address) {
        wallets.push(new HostileWallet(vm.addr(key)));
        return address(wallets[wallets.length - 1]);
    }

    function test_everythingOpenFinishesThoughEverythingIsShut() public {
        _people();
        _openEarly();
        _openLater();
        issued = deposits.totalSupply();
        _shutEverything();
        _announceAllReleases();
        _finishMetering();
        _finishTrades();
        _finishDebts();
        _finishFinance();
        // The notice of its release has run out.
        vm.warp(block.timestamp + 1 days);
        _releaseAllMargins();
        _assertAllIsWhereItBelongs();
    }

    function _people() internal {
        park = _enter(_newWallet(71), 71, Direction.Generation, Source.Solar, DEYANG);
        foundry = _enter(_newWallet(72), 72, Direction.Consumption, Source.None, DEYANG);
        (supplier, firstBank) = (_newWallet(73), _newWallet(74));
        _enrol(supplier, Kinds.SUPPLIER, FirmSize.Small);
        _enrol(firstBank, Kinds.BANK, FirmSize.Large);
        (secondBank, ) = _enrol("second bank", Kinds.BANK);
        (, factorId) = _enrol("factor", Kinds.BANK);
        _grant(Roles.ASSIGNMENT, assigner);
        _fund(firstBank, WEALTH);
        _fund(secondBank, WEALTH);
        _optIn(firstBank, address(desk));
        _optIn(secondBank, address(desk));
    }

    /// @dev Two receivables, one half paid before it is due, one with bids; a day that lapsed and came late.
    function _openEarly() internal {
        day = EARLY;
        settledOnTerms = _openOnTerms(park, foundry, _level(MWH), 90);
        settledForBids = _openOnTerms(park, foundry, _level(MWH), 120);
        late = _openCash(solar, foundry, _level(MWH));
        _measured(park.meter, Builder.level(40, 44, 2 * MWH));
        _settle(_ids(settledOnTerms, settledForBids));

        vm.startPrank(park.account);
        halfPaid = receivables.issueFromDebt(_debtOf(settledOnTerms, DebtCode.EnergyOnTerms), "invoice 1");
        offered = receivables.issueFromDebt(_debtOf(settledForBids, DebtCode.EnergyOnTerms), "invoice 2");
        receivables.safeTransferFrom(park.account, supplier, ReceivableId.unwrap(halfPaid), 60_001, "");
        request = desk.requestFinancing(offered, 160_000, 800, EARLY.plusDays(100));
        vm.stopPrank();
        vm.prank(firstBank);
        higher = desk.placeBid(request, 500, true, EARLY.plusDays(50));
        vm.prank(secondBank);
        lower = desk.placeBid(request, 400, false, EARLY.plusDays(60));
        _pay(receivables.receivable(halfPaid).debt, 77_777);

        _miss(solar.meter);
        _report(solar.meter, day, Builder.level(40, 44, MWH / 2));
        _meteredOf[solar.meter][day] = Builder.level(40, 44, MWH / 2);
    }

    /// @dev One trade of each kind, reported but not final; one that nobody will ever report.
    function _openLater() internal {
        day = LATER;
        cash = _openCash(park, foundry, _level(MWH));
        onTerms = _openOnTerms(park, mill, _level(MWH), 60);
        redirected = _openCash(park, mill, _level(MWH / 2));
        vm.prank(assigner);
        escrow.redirectPayee(redirected, factorId);
        frozen = _openCash(thermal, foundry, _level(MWH));
        lapsing = _openCash(solar, mill, _level(MWH));
        _openRound();

        vm.warp(Calendar.startOf(day.plusDays(1)));
        _reported(park.meter, Builder.level(40, 44, 2_300_000));
        _reported(thermal.meter, Builder.level(40, 44, 2 * MWH));
        _reported(foundry.meter, Builder.level(0, 96, 5 * MWH));
        _arrange(frozen, block.timestamp + 30 days);
        _standStill(receivables.receivable(offered).debt, block.timestamp + 30 days);
    }

    function _openRound() internal {
        Draft memory sell = _sell(thermal, _level(2 * MWH));
        Draft[] memory buys = _drafts(_buy(foundry, _level(MWH)), _buy(mill, _level(MWH)));
        // The foundry's account is a contract.
        buys[0].order.signature = "";
        bytes32 digest = _digestOf(false, foundry, buys[0].order);
        vm.prank(foundry.account);
        escrow.presign(digest);
        _submit(
            _round(
                1,
                40_000,
                buys,
                _sales(_sale(sell, _legs(_leg(0, Builder.level(40, 44, MWH / 2)), _leg(1, Builder.level(40, 44, MWH)))))
            )
        );
        assertEq(_skips.length, 0, "skips");
        alsoFilled = TradeId.wrap(escrow.tradeCount());
        filled = TradeId.wrap(escrow.tradeCount() - 1);
    }

    function _reported(MeterId meter, bytes memory curve) internal {
        _report(meter, day, curve);
        _meteredOf[meter][day] = curve;
    }

    // ---- the shut-down

    /// @dev The mill's bank alone stays open.
    function _shutEverything() internal {
        address millsBank = _named("the mill's bank");
        ParticipantId millsBankId = _enrolBank(millsBank, 1);
        vm.prank(bank);
        deposits.confirmMove(mill.id, millsBankId, true);
        vm.prank(millsBank);
        deposits.confirmMove(mill.id, millsBankId, true);
        for (uint32 id = 1; id <= registry.participantCount(); ++id) {
            expected[ParticipantId.wrap(id)] = int256(deposits.balanceOfParticipant(ParticipantId.wrap(id)));
            if (deposits.bankOf(ParticipantId.wrap(id)) != bankId) continue;
            vm.prank(bank);
            deposits.setFrozen(ParticipantId.wrap(id), true, "everybody");
        }
        for (uint32 id = 1; id <= registry.participantCount(); ++id) {
            vm.prank(compliance);
            registry.suspend(ParticipantId.wrap(id), "everybody");
        }
        _setCap(bankId, 0);
        for (uint256 i; i < wallets.length; ++i) {
            wallets[i].setRefusal(true);
        }
        // Others are paid by the rules to come, and everything costs more.
        RuleSet memory set = _rules();
        (set.gridCompany, set.balancingAccount, set.bondRateBp) = (factorId, factorId, 10_000);
        (set.tariffs[0], set.tariffs[1]) = (60_000_000, 50_000_000);
        set.effectiveDay = Calendar.today().plusDays(1);
        vm.prank(ruleMaker);
        rules.publish(set);
        // Everybody's licence expires.
        vm.warp(Calendar.startOf(START.plusDays(3651)));

        address[11] memory targets = [
            address(registry),
            address(meters),
            address(rules),
            address(deposits),
            address(kwh),
            address(debts),
            address(escrow),
            address(financeRules),
            address(receivables),
            address(drafting),
            address(desk)
        ];
        for (uint256 i; i < targets.length; ++i) {
            _close(targets[i], true);
        }
        address[15] memory holders = [
            registrar,
            secondRegistrar,
            compliance,
            meterOperator,
            marketOperator,
            ruleMaker,
            bank,
            arbiter,
            guardian,
            assigner,
            address(escrow),
            address(receivables),
            address(drafting),
            address(desk),
            council
        ];
        vm.startPrank(council);
        for (uint64 role = Roles.REGISTRAR; role <= Roles.EXPOSURE_BOOK; ++role) {
            for (uint256 i; i < holders.length; ++i) {
                manager.revokeRole(role, holders[i]);
            }
        }
        manager.renounceRole(0, council);
        vm.stopPrank();
    }

    // ---- the way out

    function _finishMetering() internal {
        _finalise(solar.meter, EARLY);
        _finalise(park.meter, LATER);
        _finalise(thermal.meter, LATER);
        _finalise(foundry.meter, LATER);
        _lapse(solar.meter, LATER);
    }

    function _finishTrades() internal {
        _settle(_ids(frozen, late));
        _settle(_ids(redirected, onTerms));
        _settle(_ids(cash, filled));
        _settle(alsoFilled);
        _lapseTrade(lapsing);
        day = LATER;
        _mintSurplus(thermal.meter);
        _mintSurplus(park.meter);

        uint256 first = kwh.idOf(park.meter, LATER);
        uint256 had = kwh.balanceOf(foundry.account, first);
        bytes memory used = _meteredOf[foundry.meter][LATER];
        vm.prank(foundry.account);
        kwh.retire(first, had, foundry.meter, used, _proofOf(foundry.meter, day));
        assertEq(kwh.balanceOf(foundry.account, first), 0, "retired");
    }

    function _finishDebts() internal {
        _payOff(_debtOf(onTerms, DebtCode.EnergyOnTerms));
        _payOff(_debtOf(late, DebtCode.LateInvoice));
        _payOff(_debtOf(late, DebtCode.NetworkCharge));
        _payOff(_debtOf(late, DebtCode.DeviationCharge));
    }

    function _finishFinance() internal {
        // Ten years on, both are in default; that neither stops the debtor nor the holders.
        (DebtId ofOffered, DebtId ofHalfPaid) = (
            receivables.receivable(offered).debt,
            receivables.receivable(halfPaid).debt
        );
        debts.declareDefault(ofOffered);
        debts.declareDefault(ofHalfPaid);
        desk.releaseBid(higher);
        vm.prank(park.account);
        desk.cancelRequest(request);
        desk.releaseBid(lower);
        _pay(ofHalfPaid, 160_000 - 77_777 + _lateFee(halfPaid, 160_000 - 77_777, 0));
        // It stood still for thirty of the days.
        _pay(ofOffered, 160_000 + _lateFee(offered, 160_000, 30));
        _collect(halfPaid, supplier);
        _collect(halfPaid, park.account);
        _collect(offered, park.account);
        vm.prank(mill.account);
        deposits.redeem(1, "home");
        _move(mill.id, ParticipantId.wrap(0), 1);
    }

    /// @dev 18 % a year of 360 days for every day after the last day of payment; the one who collects last has what rounding
    /// leaves.
    function _lateFee(ReceivableId id, uint256 unpaidFen, uint256 frozenDays) internal returns (uint256 feeFen) {
        uint256 daysLate =
            Day.unwrap(Calendar.today()) -
                Day.unwrap(debts.lastPaymentDay(receivables.receivable(id).debt)) -
                frozenDays;
        feeFen = (unpaidFen * 1_800 * daysLate + 1_800_000) / 3_600_000;
        uint256 ofSupplier =
            ((160_000 - receivables.balanceOf(park.account, ReceivableId.unwrap(id))) * feeFen) / 160_000;
        _move(foundry.id, registry.standingOf(supplier).id, ofSupplier);
        _move(foundry.id, park.id, feeFen - ofSupplier);
    }

    function _collect(ReceivableId id, address holder) internal {
        address[] memory holders = new address[](1);
        holders[0] = holder;
        receivables.collect(id, holders);
    }

    // ---- where everything is

    function _move(ParticipantId from, ParticipantId to, uint256 amountFen) internal {
        expected[from] -= int256(amountFen);
        expected[to] += int256(amountFen);
    }

    /// @dev 4 MWh a MWh-slot-band: what `share` of a trade of `energyWh` a slot costs, in fen.
    function _expectPaid(Party memory buyer, ParticipantId payee, uint256 energyWh) internal {
        _move(buyer.id, payee, Builder.amount(Builder.level(40, 44, energyWh), Builder.level(40, 44, 40_000)));
        _move(buyer.id, gridId, Builder.network(4 * energyWh, 15_530_000));
    }

    function _assertAllIsWhereItBelongs() internal {
        // The park generated 2.3 of 2.5 MWh a slot: the last trade, redirected, lacks 0.2 of its 0.5.
        _expectPaid(foundry, park.id, MWH);
        _expectPaid(mill, park.id, MWH);
        _expectPaid(mill, factorId, 300_000);
        // 0.18 MWh a slot beyond the tolerance, at 40 元/MWh.
        _move(park.id, mill.id, 4 * 720);
        // Thermal generated 2 of 2.5 MWh a slot: its last leg has half of 1 MWh; 1.84 MWh count over the day, at
        // 60 元/MWh.
        _expectPaid(foundry, thermal.id, MWH);
        _expectPaid(foundry, thermal.id, MWH / 2);
        _expectPaid(mill, thermal.id, MWH / 2);
        _move(thermal.id, balancingId, 11_040);
        // The late day delivered half: 0.46 MWh a slot beyond the tolerance at 40 元/MWh.
        _expectPaid(foundry, solar.id, MWH / 2);
        _move(solar.id, foundry.id, 4 * 1_840);
        // What was left of the receivables.
        _move(foundry.id, registry.standingOf(supplier).id, 60_001);
        _move(foundry.id, park.id, 99_999 + 160_000);

        TradeId[7] memory settled = [late, cash, onTerms, filled, alsoFilled, frozen, redirected];
        for (uint256 i; i < settled.length; ++i) {
            _assertStatus(settled[i], TradeStatus.Settled);
        }
        _assertStatus(lapsing, TradeStatus.Lapsed);
        assertEq(uint256(desk.bid(higher).status), uint256(BidStatus.Released), "first bid");
        assertEq(uint256(desk.bid(lower).status), uint256(BidStatus.Released), "second bid");
        _assertDebtIs(receivables.receivable(offered).debt, DebtStatus.Discharged);
        assertEq(receivables.unitsOf(halfPaid) + receivables.unitsOf(offered), 0, "no units are left");

        assertEq(deposits.totalSupply(), issued - 1, "money is conserved");
        for (uint32 id = 1; id <= registry.participantCount(); ++id) {
            assertEq(deposits.heldOf(ParticipantId.wrap(id)), 0, "nothing is held");
            assertEq(
                deposits.balanceOfParticipant(ParticipantId.wrap(id)),
                uint256(expected[ParticipantId.wrap(id)]),
                vm.toString(uint256(id))
            );
        }
        // All that was metered was minted: to buyers, or as surplus to the owners.
        assertEq(_kwhOf(mill.account, park.meter), 4 * 1_300_000, "mill's kWh of the park");
        assertEq(_kwhOf(thermal.account, thermal.meter), 0, "no surplus");
    }
}
