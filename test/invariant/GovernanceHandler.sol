// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DebtTerms} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {KwhMint} from "../../contracts/energy/interfaces/IKwhToken.sol";
import {FinanceTerms} from "../../contracts/finance/interfaces/IFinanceRules.sol";
import {Application, Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {BookProof, TradeStatus, TradeTerms} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Windows} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {HoldMove} from "../../contracts/money/interfaces/IDepositToken.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {FirmSize, Source} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {SampleRules} from "../utils/SampleRules.sol";
import {BankHandler} from "./BankHandler.sol";

/// @notice Those in power, who may do what they like to anything that opens next, and strangers, who may do nothing.
abstract contract GovernanceHandler is BankHandler {
    // What is taken away is given back by the next hop in time, so that trading continues.
    ParticipantId private _suspended;
    ParticipantId private _frozen;
    /// @dev From when the rules changed last apply.
    Day private _ahead;

    function shut(uint256 seed) external {
        if (seed % 2 == 0) {
            _close(_targets()[(seed >> 8) % 13], true);
            return _did("shut");
        }
        uint256 which = (seed >> 8) % 4;
        uint64 role =
            which == 0
                ? Roles.MARKET_OPERATOR
                : which == 1
                    ? Roles.METER_OPERATOR
                    : Roles.NOTARY;
        address[4] memory holders = [marketOperator, meterOperator, address(escrow), address(desk)];
        vm.prank(council);
        manager.revokeRole(role, holders[which]);
        _did("revoked");
    }

    function suspend(uint256 seed) external {
        if (!_suspended.isNobody()) return;
        _suspended = registry.standingOf(_accounts[seed % _accounts.length]).id;
        vm.prank(compliance);
        registry.suspend(_suspended, "under review");
        _did("suspended");
    }

    function freezeDeposits(uint256 seed) external {
        if (!_frozen.isNobody()) return;
        _frozen = registry.standingOf(_accounts[seed % _accounts.length]).id;
        vm.prank(_bankFor(_frozen));
        deposits.setFrozen(_frozen, true, "court order");
        _did("deposits frozen");
    }

    function hop(uint256 seed) external {
        uint256[4] memory hops = [uint256(6 hours), 13 hours, 1 days, 50 hours];
        vm.warp(block.timestamp + hops[seed % 4]);
        address[13] memory targets = _targets();
        for (uint256 i; i < targets.length; ++i) {
            if (manager.isTargetClosed(targets[i])) _close(targets[i], false);
        }
        _grant(Roles.MARKET_OPERATOR, marketOperator);
        _grant(Roles.METER_OPERATOR, meterOperator);
        _grant(Roles.NOTARY, address(escrow));
        _grant(Roles.NOTARY, address(desk));
        if (!_suspended.isNobody()) {
            vm.prank(compliance);
            registry.reinstate(_suspended);
            _suspended = ParticipantId.wrap(0);
        }
        if (!_frozen.isNobody()) {
            vm.prank(_bankFor(_frozen));
            deposits.setFrozen(_frozen, false, "lifted");
            _frozen = ParticipantId.wrap(0);
        }
        _openBankAgain();
    }

    function arrange(uint256 seed) external {
        uint64 count = escrow.tradeCount();
        TradeId id = TradeId.wrap(uint64(1 + (seed % count)));
        vm.prank(arbiter);
        escrow.freeze(id, uint40(block.timestamp + ((seed >> 64) % 6) * 1 days));
        _did("trade frozen");
    }

    function rule(uint256 seed) external {
        uint64 count = escrow.tradeCount();
        for (uint64 i; i < count; ++i) {
            TradeId id = TradeId.wrap(uint64((seed + i) % count) + 1);
            if (escrow.frozenUntil(id) <= block.timestamp || escrow.statusOf(id) != TradeStatus.Open) continue;
            (TradeTerms memory terms, BookProof memory book) = (_terms(id), _book(id));
            vm.recordLogs();
            vm.prank(arbiter);
            escrow.rule(
                id,
                terms,
                book,
                uint128(bound(seed >> 32, 0, terms.energyFen)),
                uint128(bound(seed >> 64, 0, terms.networkFen)),
                uint128(bound(seed >> 96, 0, terms.bondFen))
            );
            return _readLog();
        }
    }

    function redirect(uint256 seed) external {
        _grant(Roles.ASSIGNMENT, assigner);
        TradeId id = TradeId.wrap(uint64(1 + (seed % escrow.tradeCount())));
        ParticipantId payee = registry.standingOf(_accounts[(seed >> 64) % _accounts.length]).id;
        vm.prank(assigner);
        escrow.redirectPayee(id, payee);
        _did("redirected");
    }

    function changeRules(uint256 seed) external {
        RuleSet memory set = _rules();
        set.effectiveDay = Calendar.today().plusDays(1);
        set.bondRateBp = uint16(bound(seed >> 16, 0, 3_000));
        set.deviationRules[SampleRules.placeOf(Source.Thermal)].rateBp = uint16(bound(seed >> 32, 0, 10_000));
        set.deviationRules[SampleRules.placeOf(Source.Solar)].toleranceBp = uint16(bound(seed >> 48, 0, 10_000));
        // What an earlier step of today scheduled for tomorrow makes way.
        if (_ahead == set.effectiveDay) {
            vm.prank(ruleMaker);
            rules.withdraw();
            vm.prank(ruleMaker);
            meters.withdrawWindows();
            _did("rules withdrawn");
        }
        _ahead = set.effectiveDay;
        vm.prank(ruleMaker);
        rules.publish(set);
        vm.prank(ruleMaker);
        meters.setWindows(set.effectiveDay, Windows(uint16(bound(seed >> 64, 1, 8)), uint16(bound(seed >> 80, 1, 72))));
        _did("rules changed");
    }

    function changeFinanceRules(uint256 seed) external {
        Day ahead = Calendar.today().plusDays(1 + (seed % 20));
        (Day[] memory some, Day[] memory none) = (new Day[](1), new Day[](0));
        some[0] = ahead;
        vm.prank(ruleMaker);
        if ((seed >> 8) % 2 == 0) financeRules.announce(some, none);
        else financeRules.announce(none, some);
        vm.prank(ruleMaker);
        financeRules.publish(
            FinanceTerms(Calendar.today().plusDays(1), 180, uint32((seed >> 16) % 3_601), uint16((seed >> 48) % 61))
        );
        _did("finance rules changed");
    }

    /// @dev Calls that must fail for a stranger and for a participant without the role.
    function intrude(uint256 seed) external {
        address intruder = seed % 2 == 0 ? stranger : _everyAccount[(seed >> 8) % _everyAccount.length];
        ParticipantId victim = works.id;
        if (intruder == works.account) return;
        _intrudeByFormer(seed >> 16);
        HoldMove[] memory moves = new HoldMove[](1);
        moves[0] = HoldMove(victim, ParticipantId.wrap(0), 1);
        ParticipantId[] memory payers = new ParticipantId[](1);
        payers[0] = victim;
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = 1;
        KwhMint[] memory mints = new KwhMint[](1);
        mints[0] = KwhMint(intruder, solar.meter, day, 1);
        Application memory application = _application(intruder, Kinds.BANK, FirmSize.Large);

        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.issue, (intruder, 1, "forged")));
        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.settleBetween, (bankId, 1, "forged")));
        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.confirmMove, (victim, otherBankId, true)));
        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.moveHolds, (moves)));
        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.holdMany, (payers, amounts)));
        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.holdToRepay, (victim, 1)));
        _mustFail(intruder, address(deposits), abi.encodeCall(deposits.transferFrom, (works.account, intruder, 1)));
        _mustFail(intruder, address(kwh), abi.encodeCall(kwh.mint, (mints)));
        _mustFail(intruder, address(registry), abi.encodeCall(registry.propose, (application)));
        _mustFail(
            intruder,
            address(escrow),
            abi.encodeCall(escrow.rule, (TradeId.wrap(1), _terms(TradeId.wrap(1)), _book(TradeId.wrap(1)), 0, 0, 0))
        );
        _mustFail(intruder, address(escrow), abi.encodeCall(escrow.freeze, (TradeId.wrap(1), 0)));
        _mustFail(intruder, address(escrow), abi.encodeCall(escrow.redirectPayee, (TradeId.wrap(1), victim)));
        _intrudeLedger(intruder, victim);
        _did("intruded");
    }

    function _intrudeLedger(address intruder, ParticipantId victim) private {
        DebtTerms[] memory terms = new DebtTerms[](1);
        terms[0] = DebtTerms(victim, registry.standingOf(intruder).id, day, DebtCode.ConfirmedClaim, 1, "forged");
        ParticipantId[] memory payees = new ParticipantId[](1);
        payees[0] = terms[0].creditor;
        DebtId first = DebtId.wrap(1);
        _mustFail(intruder, address(debts), abi.encodeCall(debts.post, (terms)));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.reduce, (first, 1)));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.claim, (first)));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.payOut, (first, payees, new uint256[](1))));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.standStill, (first, 0)));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.writeOff, (first, "gone")));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.approvePoster, (intruder, DebtCode.Award)));
        _mustFail(intruder, address(debts), abi.encodeCall(debts.approveClaimBook, (intruder)));
    }

    /// @dev What was the participant's own until its account was replaced.
    function _intrudeByFormer(uint256 seed) private {
        if (_formers.length == 0) return;
        address former = _formers[seed % _formers.length];
        _mustFail(former, address(registry), abi.encodeCall(registry.objectToReplacement, ()));
        _mustFail(former, address(deposits), abi.encodeCall(deposits.transfer, (works.account, 0)));
        _mustFail(former, address(deposits), abi.encodeCall(deposits.redeem, (0, "home")));
        _mustFail(former, address(deposits), abi.encodeCall(deposits.optIn, (address(escrow), false)));
        uint256 id = kwh.idOf(thermal.meter, day);
        _mustFail(former, address(kwh), abi.encodeCall(kwh.safeTransferFrom, (former, works.account, id, 0, "")));
        _mustFail(
            former,
            address(receivables),
            abi.encodeCall(receivables.safeTransferFrom, (former, works.account, 1, 0, ""))
        );
    }

    function _mustFail(address intruder, address target, bytes memory data) private {
        vm.prank(intruder);
        (bool success, ) = target.call(data);
        if (success) ++_intrusions;
    }
}
