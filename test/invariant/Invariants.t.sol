// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Debt, DebtClaim, DebtPayments, DebtStatus, Recovery} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {Bid, BidId, BidStatus} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {Receivable} from "../../contracts/finance/interfaces/IReceivables.sol";
import {NonceKind, Outcome, TradeStatus, TradeTerms} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {TradeAmount} from "../../contracts/settlement/interfaces/IAdjustmentDesk.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Opened} from "../utils/Market.sol";
import {SignedOrder} from "../utils/Rounds.sol";
import {AccountHandler} from "./AccountHandler.sol";
import {FinanceHandler} from "./FinanceHandler.sol";
import {GovernanceHandler} from "./GovernanceHandler.sol";
import {MeteringHandler} from "./MeteringHandler.sol";
import {Store} from "./Store.sol";
import {TradingHandler} from "./TradingHandler.sol";

/// @notice The eight invariants of `docs/invariants.md`. Handlers act, the store remembers; here is only compared.
contract InvariantsTest is TradingHandler, MeteringHandler, FinanceHandler, GovernanceHandler, AccountHandler {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev A walk begins with a trade and a claim that somebody would finance, so that few steps find nothing to do.
    function setUp() public override(Store) {
        Store.setUp();
        // 0.1 MWh at 500 yuan/MWh, with maxima that suffice.
        this.open((100_000 << 16) | (50_000 << 48) | (1_000 << 96));
        this.draftClaim(0);
        this.confirmClaim(0);
        this.draftClaim(1 << 8);
        this.request(0);
        this.bid(0);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    /// @dev What comes first in a trade's life is called more often.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), _steps());
    }

    function _steps() private pure returns (bytes4[] memory steps) {
        bytes4[83] memory list = [
            this.open.selector,
            this.open.selector,
            this.open.selector,
            this.open.selector,
            this.open.selector,
            this.open.selector,
            this.offer.selector,
            this.offer.selector,
            this.clear.selector,
            this.clear.selector,
            this.clear.selector,
            this.clear.selector,
            this.clear.selector,
            this.cancel.selector,
            this.setAside.selector,
            this.setAside.selector,
            this.announceRelease.selector,
            this.releaseMargin.selector,
            this.hop.selector,
            this.hop.selector,
            this.hop.selector,
            this.report.selector,
            this.report.selector,
            this.report.selector,
            this.finaliseDay.selector,
            this.recordDay.selector,
            this.finaliseAccepted.selector,
            this.lapseDay.selector,
            this.settle.selector,
            this.settle.selector,
            this.settleDay.selector,
            this.claim.selector,
            this.claim.selector,
            this.lapse.selector,
            this.mintSurplus.selector,
            this.correct.selector,
            this.correct.selector,
            this.adjust.selector,
            this.adjust.selector,
            this.payDebt.selector,
            this.payDebt.selector,
            this.payDebt.selector,
            this.payDebt.selector,
            this.setOff.selector,
            this.pursue.selector,
            this.pursue.selector,
            this.retire.selector,
            this.passOnKwh.selector,
            this.nameTrader.selector,
            this.deposit.selector,
            this.redeem.selector,
            this.transfer.selector,
            this.optIn.selector,
            this.issue.selector,
            this.issue.selector,
            this.draftClaim.selector,
            this.draftClaim.selector,
            this.confirmClaim.selector,
            this.confirmClaim.selector,
            this.cancelDraft.selector,
            this.refuseDraft.selector,
            this.passOn.selector,
            this.pledge.selector,
            this.pledge.selector,
            this.releasePledge.selector,
            this.collect.selector,
            this.collect.selector,
            this.collect.selector,
            this.declareDefault.selector,
            this.startRecovery.selector,
            this.startRecovery.selector,
            this.writeOff.selector,
            this.standStill.selector,
            this.request.selector,
            this.request.selector,
            this.request.selector,
            this.bid.selector,
            this.bid.selector,
            this.bid.selector,
            this.acceptBid.selector,
            this.acceptBid.selector,
            this.acceptBid.selector,
            this.takeBack.selector
        ];
        bytes4[21] memory powers = [
            this.shut.selector,
            this.shut.selector,
            this.suspend.selector,
            this.guard.selector,
            this.guard.selector,
            this.replaceAccount.selector,
            this.replaceAccount.selector,
            this.replaceAccount.selector,
            this.follow.selector,
            this.follow.selector,
            this.freezeDeposits.selector,
            this.arrange.selector,
            this.rule.selector,
            this.redirect.selector,
            this.settleBanks.selector,
            this.moveAccount.selector,
            this.moveAccount.selector,
            this.closeBank.selector,
            this.changeRules.selector,
            this.changeFinanceRules.selector,
            this.intrude.selector
        ];
        steps = new bytes4[](list.length + powers.length);
        for (uint256 i; i < list.length; ++i) {
            steps[i] = list[i];
        }
        for (uint256 i; i < powers.length; ++i) {
            steps[list.length + i] = powers[i];
        }
    }

    function invariant_theMarketKeepsItsPromises() external view {
        _checkAll();
    }

    function afterInvariant() external {
        _checkThatEverythingFinishes();
    }

    /// @dev One long walk with a fixed seed: shows that the handlers get everywhere.
    function test_theHandlersGetEverywhere() external {
        bytes4[] memory steps = _steps();
        uint256 seed = 2026;
        // A test that asks its environment is not run again for a trace when it fails; one of so long a walk takes all
        // memory there is.
        uint256 length = vm.envOr("DUJIANG_WALK_STEPS", 4000);
        for (uint256 i; i < length; ++i) {
            seed = _next(seed);
            // What does not fit now changes nothing.
            (bool success, ) = address(this).call(abi.encodeWithSelector(steps[(seed >> 200) % steps.length], seed));
            // A call of its own, so that its memory is given back.
            if (success && i % 50 == 0) this.invariant_theMarketKeepsItsPromises();
        }
        string[84] memory wanted = [
            "opened",
            "opened in a round",
            "matched continuously",
            "margin set aside",
            "margin release announced",
            "margin released",
            "cancelled",
            "reported",
            "corrected",
            "reported under a root",
            "recorded out of a root",
            "root final",
            "reported late",
            "final",
            "finalised by consent",
            "day lapsed",
            "settled",
            "settled late",
            "lapsed",
            "ruled",
            "surplus minted",
            "kWh claimed",
            "posted",
            "debt paid",
            "debt reduced",
            "set off",
            "debt pursued",
            "final day corrected",
            "adjusted",
            "retired",
            "issued",
            "redeemed",
            "transferred",
            "receivable issued",
            "claim drafted",
            "claim confirmed",
            "draft cancelled",
            "draft refused",
            "late fee paid",
            "late fee collected",
            "finance rules changed",
            "pledged",
            "pledge released",
            "pledgee paid",
            "passed on",
            "repaid",
            "collected",
            "requested",
            "bid",
            "bid released",
            "financed",
            "request cancelled",
            "intruded",
            "suspended",
            "factor enrolled",
            "factor taken away",
            "confirmed",
            "spent by the key alone",
            "spent beyond the limit",
            "confirmation used",
            "kWh passed on",
            "trader named",
            "given away as confirmed",
            "replacement approved",
            "replacement objected to",
            "replacement withdrawn",
            "account replaced",
            "units followed",
            "kWh followed",
            "deposits frozen",
            "trade frozen",
            "shut",
            "stood still",
            "defaulted",
            "recovery started",
            "written off",
            "repaid after a write-off",
            "redirected",
            "banks settled",
            "account moved",
            "account moved by registrars",
            "bank closed",
            "rules changed",
            "rules withdrawn"
        ];
        string memory missing;
        for (uint256 i; i < wanted.length; ++i) {
            if (_count[wanted[i]] == 0) missing = string.concat(missing, wanted[i], "; ");
        }
        assertEq(bytes(missing).length, 0, missing);
        _checkAll();
        _checkThatEverythingFinishes();
    }

    function _checkAll() internal view {
        _checkSupply();
        _checkBanks();
        _checkHolds();
        _checkExits();
        _checkDeliveries();
        _checkAdjustments();
        _checkDebts();
        _checkReceivables();
        _checkDefaults();
        _checkOrders();
        _checkAccounts();
        _checkExposures();
        assertEq(_intrusions, 0, "7: what a stranger achieved");
    }

    // ---- 1. deposits are conserved

    function _checkSupply() private view {
        assertEq(deposits.totalSupply(), _issued - _redeemed, "1: supply = issued - redeemed");
        uint256 total;
        for (uint256 i; i < _participants.length; ++i) {
            total += deposits.balanceOfParticipant(_participants[i]);
        }
        assertEq(total, _issued - _redeemed, "1: balances add up to the supply");
    }

    // ---- 2. holds are covered, and each notary's are those of what it has open

    function _checkHolds() private view {
        // Margin, and what trades hold.
        uint256[] memory inEscrow = new uint256[](_participants.length + 1);
        for (uint256 i; i < _participants.length; ++i) {
            ParticipantId id = _participants[i];
            inEscrow[ParticipantId.unwrap(id)] = escrow.marginOf(id).lockedFen;
        }
        for (uint64 id = 1; id <= escrow.tradeCount(); ++id) {
            if (_status(TradeId.wrap(id)) != TradeStatus.Open) continue;
            TradeTerms memory terms = _opened[id].terms;
            uint256 ofBuyer = terms.networkFen;
            if (terms.paymentDays == 0) ofBuyer += terms.energyFen;
            inEscrow[ParticipantId.unwrap(terms.buyer)] += ofBuyer;
            inEscrow[ParticipantId.unwrap(terms.seller)] += terms.bondFen;
        }
        uint256[] memory ofBids = new uint256[](_participants.length + 1);
        (, uint64 bids) = desk.counts();
        for (uint64 id = 1; id <= bids; ++id) {
            Bid memory placed = desk.bid(BidId.wrap(id));
            if (placed.status == BidStatus.Funded) ofBids[ParticipantId.unwrap(placed.bidder)] += placed.heldFen;
        }
        uint256[] memory ofDebts = new uint256[](_participants.length + 1);
        for (uint256 id = 1; id <= receivables.receivableCount(); ++id) {
            ParticipantId debtor = receivables.receivable(ReceivableId.wrap(id)).debtor;
            ofDebts[ParticipantId.unwrap(debtor)] += _leftOf(id);
        }
        for (uint256 i; i < _participants.length; ++i) {
            ParticipantId id = _participants[i];
            uint256 place = ParticipantId.unwrap(id);
            assertTrue(deposits.heldOf(id) <= deposits.balanceOfParticipant(id), "2: held <= balance");
            assertEq(deposits.heldBy(id, address(escrow)), inEscrow[place], "2: held by the escrow");
            assertEq(deposits.heldBy(id, address(desk)), ofBids[place], "2: held by the desk");
            assertEq(deposits.heldBy(id, address(debts)), ofDebts[place], "2: held for holders of claims");
            assertEq(deposits.heldOf(id), inEscrow[place] + ofBids[place] + ofDebts[place], "2: held in all");
        }
    }

    // ---- 3. a trade leaves escrow once

    function _checkExits() private view {
        for (uint64 id = 1; id <= escrow.tradeCount(); ++id) {
            TradeStatus status = _status(TradeId.wrap(id));
            assertTrue(status != TradeStatus.None, "3: every trade has a status");
            assertEq(_exits[id], status == TradeStatus.Open ? 0 : 1, "3: its holds leave once");
            assertEq(_timesSettled[id], status == TradeStatus.Settled ? 1 : 0, "3: it is settled once");
        }
    }

    // ---- 4. and 5. deliveries and kWh are what was metered

    function _checkDeliveries() private view {
        for (uint256 i; i < _days.length; ++i) {
            _checkDay(_days[i]);
        }
    }

    function _checkDay(MeterDayKey memory key) private view {
        bytes memory metered = _meteredOf[key.meter][key.day];
        bytes memory position = Builder.zeros();
        uint256[] memory delivered = new uint256[](END_SLOT);
        bool all = true;
        bool done = _surplusMinted[key.meter][key.day];
        TradeId[] storage sold = _tradesOf[key.meter][key.day];
        for (uint256 i; i < sold.length; ++i) {
            uint64 id = TradeId.unwrap(sold[i]);
            bytes memory energy = _opened[id].energy;
            done = done && escrow.statusOf(sold[i]).isFinished();
            if (_timesSettled[id] == 0) all = false;
            else _checkDelivery(id, energy, position, metered, delivered);
            position = Builder.plus(position, energy);
        }
        for (uint256 slot = FIRST_SLOT; slot < END_SLOT; ++slot) {
            assertTrue(delivered[slot] <= Builder.slotAt(metered, slot), "4: delivered <= metered");
        }
        bytes32 book = bytes32(escrow.bookOf(key.meter, key.day));
        // Of a day that is done, nothing needs to be kept.
        if (sold.length != 0 && (book != 0 || !done)) {
            bytes32 kept = bytes32(_bookHash(position, _tradesHash(key.meter, key.day)));
            assertEq(book, kept, "4: book = all trades and their sum");
        }
        assertTrue(
            escrow.isSurplusMinted(key.meter, key.day) == _surplusMinted[key.meter][key.day],
            "5: surplus is minted once"
        );
        _checkKwh(key, metered, all);
    }

    function _checkDelivery(
        uint64 id,
        bytes memory energy,
        bytes memory position,
        bytes memory metered,
        uint256[] memory delivered
    ) private view {
        uint256 total;
        for (uint256 slot = FIRST_SLOT; slot < END_SLOT; ++slot) {
            uint256 arrived = Builder.delivered(
                Builder.slotAt(energy, slot),
                Builder.slotAt(position, slot),
                Builder.slotAt(metered, slot)
            );
            delivered[slot] += arrived;
            total += arrived;
        }
        assertEq(_deliveredWh[id], total, "4: delivered slot by slot");
        TradeTerms memory terms = _opened[id].terms;
        assertTrue(_paidFen[id] <= uint256(terms.energyFen) + terms.networkFen, "7: paid no more than opened at");
    }

    function _checkKwh(MeterDayKey memory key, bytes memory metered, bool allSettled) private view {
        uint256 id = kwh.idOf(key.meter, key.day);
        uint256 held;
        for (uint256 i; i < _everyAccount.length; ++i) {
            held += kwh.balanceOf(_everyAccount[i], id);
        }
        assertEq(held + _retired[id], _minted[id], "5: minted = held + retired");
        uint256 most = _stateOf(key.meter, key.day).isFinal() ? Builder.sum(metered) : 0;
        uint256 owed = _minted[id] + _claimableWh(key);
        assertTrue(owed <= most, "5: minted + claimable <= metered");
        if (allSettled && _surplusMinted[key.meter][key.day]) assertEq(owed, most, "5: all that was metered");
    }

    function _claimableWh(MeterDayKey memory key) private view returns (uint256 totalWh) {
        TradeId[] storage sold = _tradesOf[key.meter][key.day];
        for (uint256 i; i < sold.length; ++i) {
            // Nothing is delivered to a trade that is not settled.
            if (!escrow.isClaimed(sold[i])) totalWh += _deliveredWh[TradeId.unwrap(sold[i])];
        }
    }

    // ---- 4. and 7. settlement and adjustments together are what the newest curve comes to

    function _checkAdjustments() private view {
        for (uint64 id = 1; id <= escrow.tradeCount(); ++id) {
            if (_adjustedBy[id].length == 0) continue;
            Outcome memory outcome = _outcomeOf[id];
            TradeTerms memory terms = _opened[id].terms;
            (uint256 total, uint256 product) = _deliveredBy(id, _adjustedBy[id]);
            assertEq(outcome.deliveredWh, total, "4: delivered by the correction");
            assertEq(outcome.energyFen, (product + 500_000) / 1_000_000, "4: energy amount by the correction");
            assertEq(outcome.networkFen, Builder.network(total, terms.tariff), "4: network charge by the correction");
            assertTrue(
                outcome.energyFen <= terms.energyFen && outcome.networkFen <= terms.networkFen,
                "7: adjusted to no more than opened at"
            );
            assertTrue(outcome.invoiced || outcome.deviationFen <= terms.bondFen, "7: charged no more than pledged");
            _checkClaims(id, outcome);
        }
    }

    function _checkClaims(uint64 id, Outcome memory outcome) private view {
        Outcome memory settled = _settledAs[id];
        // A participant that owes itself owes either way.
        if (escrow.redirectedPayee(TradeId.wrap(id)) != _opened[id].terms.buyer) {
            _checkDifference(id, TradeAmount.Energy, settled.energyFen, outcome.energyFen);
        }
        _checkDifference(id, TradeAmount.NetworkCharge, settled.networkFen, outcome.networkFen);
        _checkDifference(id, TradeAmount.DeviationCharge, settled.deviationFen, outcome.deviationFen);
    }

    function _checkDifference(uint64 id, TradeAmount kind, uint256 settledFen, uint256 adjustedFen) private view {
        // Far below 2^128.
        int256 sum = int256(settledFen) + _differences[id][kind];
        assertTrue(sum == int256(adjustedFen), "4: settled and claimed = adjusted");
    }

    function _deliveredBy(uint64 id, bytes memory metered) private view returns (uint256 total, uint256 product) {
        Opened memory opened = _opened[id];
        bytes memory price = _priceCurves[opened.terms.priceHash];
        for (uint256 slot = FIRST_SLOT; slot < END_SLOT; ++slot) {
            uint256 arrived = Builder.delivered(
                Builder.slotAt(opened.energy, slot),
                Builder.slotAt(opened.offset, slot),
                Builder.slotAt(metered, slot)
            );
            total += arrived;
            product += arrived * Builder.slotAt(price, slot);
        }
    }

    // ---- 6. debts and receivables

    function _checkDebts() private view {
        assertEq(_doublePostings, 0, "6: a source is posted once");
        for (uint64 number = 1; number <= debts.debtCount(); ++number) {
            DebtId id = DebtId.wrap(number);
            Debt memory debt = debts.debtOf(id);
            (uint256 unpaidFen, uint256 feeFen, , ) = debts.dueOn(id);
            DebtPayments memory paid = debts.paymentsOf(id);
            assertEq(paid.paidFen, _debtPaid[number], "6: paid");
            assertEq(paid.lateFeePaidFen, _debtFeePaid[number], "6: late fee paid");
            assertEq(debts.reducedFenOf(id), _debtReduced[number], "6: reduced");
            uint256 total = unpaidFen + _debtPaid[number] + _debtReduced[number];
            assertEq(total, debt.amountFen, "6: paid + reduced + unpaid = amount");
            assertEq(debt.status.isOwed() ? 1 : 0, unpaidFen != 0 ? 1 : 0, "6: owed, or discharged");
            if (unpaidFen == 0) assertEq(feeFen, 0, "6: who has paid owes nothing");
            DebtClaim memory claim = debts.claimOf(id);
            if (debt.book == 0) assertEq(claim.heldFen, 0, "6: nothing is held of an undivided debt");
            assertTrue(claim.heldFen <= _paidForHolders[number], "6: held <= paid for holders");
        }
    }

    function _checkReceivables() private view {
        for (uint256 id = 1; id <= receivables.receivableCount(); ++id) {
            Receivable memory claim = receivables.receivable(ReceivableId.wrap(id));
            uint256 units;
            uint256 collectable;
            for (uint256 i; i < _everyAccount.length; ++i) {
                uint256 balance = receivables.balanceOf(_everyAccount[i], id);
                uint256 pledged = receivables.encumbranceOf(ReceivableId.wrap(id), _everyAccount[i]).units;
                assertTrue(pledged <= balance, "6: what is pledged is held");
                units += balance;
                collectable += receivables.collectable(ReceivableId.wrap(id), _everyAccount[i]);
            }
            assertEq(units, claim.faceFen - _collected[id], "6: units = face - collected");
            assertEq(units, receivables.unitsOf(ReceivableId.wrap(id)), "6: units outstanding");
            uint256 left = _leftOf(id);
            assertEq(debts.claimOf(claim.debt).heldFen, left, "6: held = paid and not collected");
            assertTrue(collectable <= left, "6: collectable <= paid");
            bool discharged = debts.debtOf(claim.debt).status == DebtStatus.Discharged;
            if (Calendar.today() < claim.dueDay && !discharged) {
                assertEq(collectable, 0, "6: nothing before the due day");
                continue;
            }
            // Rounding of the face value, and of the late fee.
            assertTrue(left - collectable < 2 * _everyAccount.length, "6: all but the rounding is collectable");
            if (!discharged) continue;
            if (_debtFeePaid[DebtId.unwrap(claim.debt)] == 0) {
                assertEq(collectable, left, "6: the last payment is exact");
            }
            if (units == 0) assertEq(left, 0, "6: the last to collect leaves nothing");
        }
    }

    /// @dev Pursued or written off, a debt stays in default until it is paid.
    function _checkDefaults() private view {
        uint256[] memory defaults = new uint256[](_participants.length + 1);
        for (uint64 number = 1; number <= debts.debtCount(); ++number) {
            DebtId id = DebtId.wrap(number);
            Debt memory debt = debts.debtOf(id);
            if (debt.status.isInDefault()) ++defaults[ParticipantId.unwrap(debt.debtor)];
            Recovery memory recovery = debts.recoveryOf(id);
            bool writtenOff = Day.unwrap(recovery.writeOffDay) != 0;
            assertTrue(recovery.startDay <= recovery.writeOffDay || !writtenOff, "6: pursued before it is written off");
            if (debt.status.isOwed()) {
                assertEq(debt.status == DebtStatus.WrittenOff ? 1 : 0, writtenOff ? 1 : 0, "6: written off");
            }
        }
        for (uint256 i; i < _participants.length; ++i) {
            uint256 place = ParticipantId.unwrap(_participants[i]);
            assertEq(debts.defaultsOf(_participants[i]), defaults[place], "6: debts in default");
        }
    }

    /// @dev What the debtor paid to holders, late fee included, and nobody has collected.
    function _leftOf(uint256 id) private view returns (uint256) {
        DebtId debt = receivables.receivable(ReceivableId.wrap(id)).debt;
        return _paidForHolders[DebtId.unwrap(debt)] - _collected[id] - _feeCollected[id];
    }

    // ---- 4. and 7. orders are filled, and cost, no more than was signed

    function _checkOrders() private view {
        for (uint256 i; i < _orders.length; ++i) {
            bytes32 order = _orders[i];
            Signed memory signed = _signed[order];
            if (signed.traded.length == 0) continue;
            for (uint256 slot = FIRST_SLOT; slot < END_SLOT; ++slot) {
                assertTrue(
                    Builder.slotAt(signed.traded, slot) <= Builder.slotAt(signed.energy, slot),
                    "4: fills <= order"
                );
            }
            assertTrue(signed.owed <= signed.mostToPay, "7: nobody pays more than signed");
            assertTrue(signed.pledged <= signed.mostToPledge, "7: nobody pledges more than signed");
            // Bilateral trades are not filled in parts.
            if (_filledOf[order].length == 0) continue;
            assertEq(_usedOf[order], signed.owed + signed.pledged, "7: used = trades");
        }
        for (uint256 i; i < _offers.length; ++i) {
            if (_offers[i].day >= Calendar.today()) _checkFill(_offers[i]);
        }
    }

    /// @dev What the escrow keeps of an order that is filled in part, or that it is complete.
    function _checkFill(Offer memory offer_) private view {
        Signed memory signed = _signed[offer_.digest];
        if (signed.traded.length == 0) return;
        NonceKind kind = offer_.sell ? NonceKind.SellOrder : NonceKind.BuyOrder;
        uint32 nonce = abi.decode(offer_.order, (SignedOrder)).nonce;
        if (keccak256(signed.traded) == keccak256(signed.energy)) {
            bool used = escrow.isNonceUsed(offer_.trader.account, kind, offer_.day, nonce);
            return assertTrue(used, "4: what is complete is filled no more");
        }
        bytes32 used_ = keccak256(abi.encode(offer_.digest, signed.owed + signed.pledged));
        bytes32 fill = keccak256(bytes.concat(signed.traded, used_));
        assertEq(escrow.fillHashOf(offer_.trader.account, kind, offer_.day, nonce), fill, "4: fills = trades");
    }

    // ---- 8. from here, with everything shut, all money comes out

    function _checkThatEverythingFinishes() private {
        _close(address(deposits), false);
        for (uint256 i; i < _participants.length; ++i) {
            vm.prank(_bankFor(_participants[i]));
            deposits.setFrozen(_participants[i], true, "all");
        }
        _setCap(bankId, 0);
        _setCap(otherBankId, 0);
        for (uint256 i; i < _participants.length; ++i) {
            vm.prank(compliance);
            // Refused where somebody is suspended already.
            (bool done, ) = address(registry).call(abi.encodeCall(registry.suspend, (_participants[i], "everybody")));
            if (done) _did("suspended at the end");
        }
        address[13] memory targets = _targets();
        for (uint256 i; i < targets.length; ++i) {
            _close(targets[i], true);
        }
        address[10] memory holders = [
            registrar,
            compliance,
            meterOperator,
            marketOperator,
            arbiter,
            assigner,
            address(escrow),
            address(receivables),
            address(drafting),
            address(desk)
        ];
        for (uint64 role = 1; role <= 14; ++role) {
            for (uint256 i; i < holders.length; ++i) {
                vm.prank(council);
                manager.revokeRole(role, holders[i]);
            }
        }
        // Freezes, objection windows, reports, bids and notices run out by themselves.
        _announceAllReleases();
        vm.warp(block.timestamp + 120 days);
        _releaseAllMargins();
        _finishTrades();
        vm.recordLogs();
        _finishAccounts();
        _finishFinance();
        _finishDebts();
        _readLog();

        for (uint256 i; i < _participants.length; ++i) {
            assertEq(deposits.heldBy(_participants[i], address(escrow)), 0, "8: nothing is left in escrow");
            assertEq(deposits.heldBy(_participants[i], address(desk)), 0, "8: no bid holds money");
            // Of a receivable that is not paid in full, less than a fen a holder, and of its late fee.
            assertTrue(
                deposits.heldBy(_participants[i], address(debts)) <=
                    2 * receivables.receivableCount() * _everyAccount.length,
                "8: what was paid is collected"
            );
        }
        _checkAll();
    }

    function _finishTrades() private {
        for (uint256 i; i < _days.length; ++i) {
            DayState state = _stateOf(_days[i].meter, _days[i].day);
            if (state == DayState.None) _lapse(_days[i].meter, _days[i].day);
            if (state.isOpen()) _finaliseWhereKept(_days[i]);
        }
        for (uint64 id = 1; id <= escrow.tradeCount(); ++id) {
            TradeStatus status = _status(TradeId.wrap(id));
            TradeTerms memory terms = _opened[id].terms;
            bool final_ = _stateOf(terms.sellerMeter, terms.day).isFinal();
            if (status == TradeStatus.Open && !final_) _lapseTrade(TradeId.wrap(id));
            else if (status == TradeStatus.Open || (status == TradeStatus.Lapsed && final_)) _settle(TradeId.wrap(id));
            status = _status(TradeId.wrap(id));
            assertTrue(status != TradeStatus.Open, "8: every trade finishes");
        }
    }

    /// @dev Every debt ages: nothing keeps one from default but payment.
    function _finishDebts() private {
        for (uint64 number = 1; number <= debts.debtCount(); ++number) {
            DebtId id = DebtId.wrap(number);
            if (debts.debtOf(id).status != DebtStatus.Outstanding || block.timestamp < _defaultsAt(id)) continue;
            debts.declareDefault(id);
        }
    }

    function _finishFinance() private {
        (, uint64 bids) = desk.counts();
        for (uint64 id = 1; id <= bids; ++id) {
            if (desk.bid(BidId.wrap(id)).status == BidStatus.Funded) desk.releaseBid(BidId.wrap(id));
        }
        for (uint256 id = 1; id <= receivables.receivableCount(); ++id) {
            receivables.collect(ReceivableId.wrap(id), _everyAccount);
        }
    }
}
