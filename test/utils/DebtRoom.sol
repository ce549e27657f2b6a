// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DebtLedger} from "../../contracts/debts/DebtLedger.sol";
import {Debt, DebtStatus, DebtTerms, IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {FinanceTerms} from "../../contracts/finance/interfaces/IFinanceRules.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {IMarketRules} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ParticipantId} from "../../contracts/types/Ids.sol";
import {Deploy} from "./Deploy.sol";
import {Permissions} from "./Permissions.sol";
import {Platform} from "./Platform.sol";
import {Vm} from "./Vm.sol";

/// @notice The platform with its debt ledger: late fees of 0.05 % a day, default after five days of grace.
abstract contract DebtRoom is Platform {
    uint32 internal constant LATE_RATE_BP = 1_800;
    uint16 internal constant GRACE_DAYS = 5;
    uint16 internal constant LONGEST_TENOR = 180;

    FinanceRules internal financeRules;
    DebtLedger internal debts;

    /// @dev What the log says was posted, by code and source.
    mapping(DebtCode code => mapping(bytes32 source => DebtId)) private _posted;
    uint256 private _sources;

    function _deployDebts(Day[] memory workdays) internal {
        FinanceTerms memory terms = FinanceTerms(Day.wrap(0), LONGEST_TENOR, LATE_RATE_BP, GRACE_DAYS);
        financeRules = Deploy.financeRules(address(manager), terms, new Day[](0), workdays);
        debts = Deploy.debtLedger(address(manager), registry, deposits, financeRules);
        vm.startPrank(council);
        Permissions.financeRules(manager, address(financeRules));
        Permissions.debtLedger(manager, address(debts));
        // Paying needs an approved notary, not the role.
        deposits.approveNotary(address(debts));
        vm.stopPrank();
    }

    /// @notice An escrow, with the code that it runs.
    function _newEscrow(IMarketRules rules_) internal returns (TradeEscrow) {
        address bilateral = address(
            Deploy.bilateralOpening(registry, meters, deposits, kwh, rules_, debts, secondFactor)
        );
        address round = address(Deploy.roundOpening(registry, meters, deposits, kwh, rules_, debts, secondFactor));
        address margin = address(Deploy.marginBook(registry, meters, deposits, kwh, rules_, debts, secondFactor));
        address claims = address(Deploy.kwhClaims(registry, meters, deposits, kwh, rules_, debts, secondFactor));
        return
            Deploy.tradeEscrow(
                address(manager),
                registry,
                meters,
                deposits,
                kwh,
                rules_,
                debts,
                secondFactor,
                bilateral,
                round,
                margin,
                claims
            );
    }

    function _admitPoster(address poster, DebtCode code) internal {
        vm.prank(council);
        debts.approvePoster(poster, code);
    }

    function _admitClaimBook(address book) internal {
        vm.prank(council);
        debts.approveClaimBook(book);
    }

    /// @notice Posts a debt as this test, which must be a poster of its code.
    function _post(
        DebtCode code,
        ParticipantId debtor,
        ParticipantId creditor,
        uint256 amountFen,
        Day dueDay
    ) internal returns (DebtId) {
        DebtTerms[] memory terms = new DebtTerms[](1);
        terms[0] = DebtTerms(debtor, creditor, dueDay, code, uint80(amountFen), bytes32(++_sources));
        return debts.post(terms);
    }

    /// @notice Notes a debt that the log says was posted.
    function _noteDebt(Vm.Log memory log) internal {
        if (log.emitter != address(debts) || log.topics[0] != IDebtLedger.DebtPosted.selector) return;
        (DebtCode code, , , bytes32 source) = abi.decode(log.data, (DebtCode, Day, uint256, bytes32));
        _posted[code][source] = DebtId.wrap(uint64(uint256(log.topics[1])));
    }

    function _debtFrom(DebtCode code, bytes32 source) internal view returns (DebtId) {
        return _posted[code][source];
    }

    function _pay(DebtId id, uint256 amountFen) internal {
        address account = registry.accountOf(debts.debtOf(id).debtor);
        vm.prank(account);
        debts.pay(id, amountFen);
    }

    /// @notice Pays all that is owed now.
    function _payOff(DebtId id) internal {
        _pay(id, _owedOn(id));
    }

    function _unpaidOf(DebtId id) internal view returns (uint256 unpaidFen) {
        (unpaidFen, , , ) = debts.dueOn(id);
    }

    function _lateFeeOf(DebtId id) internal view returns (uint256 feeFen) {
        (, feeFen, , ) = debts.dueOn(id);
    }

    function _owedOn(DebtId id) internal view returns (uint256) {
        (uint256 unpaidFen, uint256 feeFen, , ) = debts.dueOn(id);
        return unpaidFen + feeFen;
    }

    function _defaultsAt(DebtId id) internal view returns (uint256 second) {
        (, , second, ) = debts.dueOn(id);
    }

    function _arrearsAt(DebtId id) internal view returns (uint256 second) {
        (, , , second) = debts.dueOn(id);
    }

    function _default(DebtId id) internal {
        vm.warp(_defaultsAt(id));
        debts.declareDefault(id);
    }

    function _standStill(DebtId id, uint256 until) internal {
        vm.prank(arbiter);
        debts.standStill(id, uint40(until));
    }

    /// @notice Moves the clock to the first second of a day in Shanghai.
    function _goTo(Day day) internal {
        vm.warp(Calendar.startOf(day));
    }

    function _goToLastSecondOf(Day day) internal {
        vm.warp(Calendar.startOf(day.plusDays(1)) - 1);
    }

    function _assertDebt(DebtId id, ParticipantId debtor, ParticipantId creditor, uint256 fen) internal view {
        Debt memory debt = debts.debtOf(id);
        assertEq(debt.amountFen, fen, "amount owed");
        assertEq(ParticipantId.unwrap(debt.debtor), ParticipantId.unwrap(debtor), "debtor");
        assertEq(ParticipantId.unwrap(debt.creditor), ParticipantId.unwrap(creditor), "creditor");
    }

    function _assertDebtIs(DebtId id, DebtStatus status) internal view {
        assertEq(uint256(debts.debtOf(id).status), uint256(status), "status of the debt");
    }
}
