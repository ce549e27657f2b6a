// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {CreditLedger} from "../../contracts/credit/CreditLedger.sol";
import {ILatePolicy} from "../../contracts/debts/interfaces/ILatePolicy.sol";
import {KwhToken} from "../../contracts/energy/KwhToken.sol";
import {IKwhToken} from "../../contracts/energy/interfaces/IKwhToken.sol";
import {DraftingDesk} from "../../contracts/finance/DraftingDesk.sol";
import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {FinancingDesk} from "../../contracts/finance/FinancingDesk.sol";
import {Receivables} from "../../contracts/finance/Receivables.sol";
import {FinanceTerms, IFinanceRules} from "../../contracts/finance/interfaces/IFinanceRules.sol";
import {IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {ParticipantRegistry} from "../../contracts/identity/ParticipantRegistry.sol";
import {SecondFactor} from "../../contracts/identity/SecondFactor.sol";
import {IParticipantRegistry} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {MarketRules} from "../../contracts/market/MarketRules.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {IMarketRules} from "../../contracts/market/interfaces/IMarketRules.sol";
import {ITradeEscrow} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {MeterRegistry} from "../../contracts/metering/MeterRegistry.sol";
import {IMeterRegistry, Windows} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {DepositToken} from "../../contracts/money/DepositToken.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {AdjustmentDesk} from "../../contracts/settlement/AdjustmentDesk.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Vm} from "./Vm.sol";

/// @notice Deploys the contracts from their artifacts: the very code that goes on a chain. `new` would put the code of all
/// of them into every test contract, and the compiler would optimise each copy for itself, for minutes.
library Deploy {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function accessManager(address admin) internal returns (AccessManager) {
        return AccessManager(_create("AccessManager", abi.encode(admin)));
    }

    function participantRegistry(address authority) internal returns (ParticipantRegistry) {
        return ParticipantRegistry(_create("ParticipantRegistry", abi.encode(authority)));
    }

    function meterRegistry(
        address authority,
        IParticipantRegistry registry,
        Windows memory windows
    ) internal returns (MeterRegistry) {
        return MeterRegistry(_create("MeterRegistry", abi.encode(authority, registry, windows)));
    }

    function marketRules(address authority) internal returns (MarketRules) {
        return MarketRules(_create("MarketRules", abi.encode(authority)));
    }

    function secondFactor(address authority, IParticipantRegistry registry) internal returns (SecondFactor) {
        return SecondFactor(_create("SecondFactor", abi.encode(authority, registry)));
    }

    /// @notice One of the verifiers, by its name.
    function verifier(string memory name) internal returns (address) {
        return _create(name, "");
    }

    function depositToken(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor factor
    ) internal returns (DepositToken) {
        return DepositToken(_create("DepositToken", abi.encode(authority, registry, factor, "Tokenized CNY", "CNYD")));
    }

    function kwhToken(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters
    ) internal returns (KwhToken) {
        string memory uri = "https://example.invalid/kwh/{id}.json";
        return KwhToken(_create("KwhToken", abi.encode(authority, registry, meters, uri)));
    }

    function tradeEscrow(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        IDepositToken deposits,
        IKwhToken kwh,
        IMarketRules rules,
        ISecondFactor factor
    ) internal returns (TradeEscrow) {
        bytes memory arguments = abi.encode(authority, registry, meters, deposits, kwh, rules, factor);
        return TradeEscrow(_create("TradeEscrow", arguments));
    }

    function adjustmentDesk(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IMarketRules rules,
        IDepositToken deposits,
        ILatePolicy latePolicy
    ) internal returns (AdjustmentDesk) {
        bytes memory arguments = abi.encode(authority, registry, meters, escrow, rules, deposits, latePolicy);
        return AdjustmentDesk(_create("AdjustmentDesk", arguments));
    }

    function financeRules(
        address authority,
        FinanceTerms memory initial,
        Day[] memory daysOff,
        Day[] memory workdays
    ) internal returns (FinanceRules) {
        return FinanceRules(_create("FinanceRules", abi.encode(authority, initial, daysOff, workdays)));
    }

    function receivables(
        address authority,
        IParticipantRegistry registry,
        ITradeEscrow escrow,
        IDepositToken deposits,
        IMarketRules rules,
        IFinanceRules ofFinance
    ) internal returns (Receivables) {
        string memory uri = "https://example.invalid/receivables/{id}.json";
        bytes memory arguments = abi.encode(authority, registry, escrow, deposits, rules, ofFinance, uri);
        return Receivables(_create("Receivables", arguments));
    }

    function draftingDesk(
        address authority,
        IParticipantRegistry registry,
        IReceivables claims,
        IMarketRules rules
    ) internal returns (DraftingDesk) {
        return DraftingDesk(_create("DraftingDesk", abi.encode(authority, registry, claims, rules)));
    }

    function financingDesk(
        address authority,
        IParticipantRegistry registry,
        IReceivables claims,
        IDepositToken deposits,
        ISecondFactor factor
    ) internal returns (FinancingDesk) {
        return FinancingDesk(_create("FinancingDesk", abi.encode(authority, registry, claims, deposits, factor)));
    }

    function creditLedger(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IReceivables claims
    ) internal returns (CreditLedger) {
        return CreditLedger(_create("CreditLedger", abi.encode(authority, registry, meters, escrow, claims)));
    }

    /// @dev Reverts with whatever the constructor reverts with.
    function _create(string memory name, bytes memory arguments) private returns (address created) {
        bytes memory code = bytes.concat(vm.getCode(name), arguments);
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
            if iszero(created) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }
}
