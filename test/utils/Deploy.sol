// SPDX-License-Identifier: Apache-2.0
// Generated from the compiled contracts by `npm run codegen`. Do not edit.
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {CreditLedger} from "../../contracts/credit/CreditLedger.sol";
import {DebtLedger} from "../../contracts/debts/DebtLedger.sol";
import {IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
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
import {P256Verifier} from "../../contracts/identity/verifiers/P256Verifier.sol";
import {PasskeyVerifier} from "../../contracts/identity/verifiers/PasskeyVerifier.sol";
import {RsaVerifier} from "../../contracts/identity/verifiers/RsaVerifier.sol";
import {BilateralOpening} from "../../contracts/market/BilateralOpening.sol";
import {KwhClaims} from "../../contracts/market/KwhClaims.sol";
import {MarginBook} from "../../contracts/market/MarginBook.sol";
import {MarketRules} from "../../contracts/market/MarketRules.sol";
import {RoundOpening} from "../../contracts/market/RoundOpening.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {IMarketRules} from "../../contracts/market/interfaces/IMarketRules.sol";
import {ITradeEscrow} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {MeterRegistry} from "../../contracts/metering/MeterRegistry.sol";
import {ObjectionDesk} from "../../contracts/metering/ObjectionDesk.sol";
import {IMeterRegistry, Windows} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {DepositToken} from "../../contracts/money/DepositToken.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {DocumentRegistry} from "../../contracts/records/DocumentRegistry.sol";
import {AdjustmentDesk} from "../../contracts/settlement/AdjustmentDesk.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Vm} from "./Vm.sol";

/// @notice Deploys the contracts from their artifacts: the very code that goes on a chain. `new` would put the code of all
/// of them into every test contract, and the compiler would optimise each copy for itself, for minutes.
library Deploy {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function accessManager(address initialAdmin) internal returns (AccessManager) {
        return AccessManager(_create("AccessManager", abi.encode(initialAdmin)));
    }

    function participantRegistry(address authority) internal returns (ParticipantRegistry) {
        return ParticipantRegistry(_create("ParticipantRegistry", abi.encode(authority)));
    }

    function secondFactor(address authority, IParticipantRegistry registry) internal returns (SecondFactor) {
        return SecondFactor(_create("SecondFactor", abi.encode(authority, registry)));
    }

    function passkeyVerifier() internal returns (PasskeyVerifier) {
        return PasskeyVerifier(_create("PasskeyVerifier", ""));
    }

    function p256Verifier() internal returns (P256Verifier) {
        return P256Verifier(_create("P256Verifier", ""));
    }

    function rsaVerifier() internal returns (RsaVerifier) {
        return RsaVerifier(_create("RsaVerifier", ""));
    }

    function documentRegistry(address authority, IParticipantRegistry registry) internal returns (DocumentRegistry) {
        return DocumentRegistry(_create("DocumentRegistry", abi.encode(authority, registry)));
    }

    function meterRegistry(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor secondFactor_,
        Windows memory initialWindows
    ) internal returns (MeterRegistry) {
        return MeterRegistry(_create("MeterRegistry", abi.encode(authority, registry, secondFactor_, initialWindows)));
    }

    function marketRules(address authority) internal returns (MarketRules) {
        return MarketRules(_create("MarketRules", abi.encode(authority)));
    }

    function depositToken(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor secondFactor_,
        string memory name,
        string memory symbol
    ) internal returns (DepositToken) {
        return DepositToken(_create("DepositToken", abi.encode(authority, registry, secondFactor_, name, symbol)));
    }

    function kwhToken(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor secondFactor_,
        IMeterRegistry meters,
        string memory uri
    ) internal returns (KwhToken) {
        return KwhToken(_create("KwhToken", abi.encode(authority, registry, secondFactor_, meters, uri)));
    }

    function financeRules(
        address authority,
        FinanceTerms memory initial,
        Day[] memory daysOff,
        Day[] memory workdays
    ) internal returns (FinanceRules) {
        return FinanceRules(_create("FinanceRules", abi.encode(authority, initial, daysOff, workdays)));
    }

    function debtLedger(
        address authority,
        IParticipantRegistry registry,
        IDepositToken deposits,
        ILatePolicy latePolicy
    ) internal returns (DebtLedger) {
        return DebtLedger(_create("DebtLedger", abi.encode(authority, registry, deposits, latePolicy)));
    }

    function bilateralOpening(
        IParticipantRegistry registry,
        IMeterRegistry meters,
        IDepositToken deposits,
        IKwhToken kwh,
        IMarketRules rules,
        IDebtLedger debts,
        ISecondFactor secondFactor_
    ) internal returns (BilateralOpening) {
        return
            BilateralOpening(
                _create("BilateralOpening", abi.encode(registry, meters, deposits, kwh, rules, debts, secondFactor_))
            );
    }

    function roundOpening(
        IParticipantRegistry registry,
        IMeterRegistry meters,
        IDepositToken deposits,
        IKwhToken kwh,
        IMarketRules rules,
        IDebtLedger debts,
        ISecondFactor secondFactor_
    ) internal returns (RoundOpening) {
        return
            RoundOpening(
                _create("RoundOpening", abi.encode(registry, meters, deposits, kwh, rules, debts, secondFactor_))
            );
    }

    function marginBook(
        IParticipantRegistry registry,
        IMeterRegistry meters,
        IDepositToken deposits,
        IKwhToken kwh,
        IMarketRules rules,
        IDebtLedger debts,
        ISecondFactor secondFactor_
    ) internal returns (MarginBook) {
        return
            MarginBook(_create("MarginBook", abi.encode(registry, meters, deposits, kwh, rules, debts, secondFactor_)));
    }

    function kwhClaims(
        IParticipantRegistry registry,
        IMeterRegistry meters,
        IDepositToken deposits,
        IKwhToken kwh,
        IMarketRules rules,
        IDebtLedger debts,
        ISecondFactor secondFactor_
    ) internal returns (KwhClaims) {
        return
            KwhClaims(_create("KwhClaims", abi.encode(registry, meters, deposits, kwh, rules, debts, secondFactor_)));
    }

    function tradeEscrow(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        IDepositToken deposits,
        IKwhToken kwh,
        IMarketRules rules,
        IDebtLedger debts,
        ISecondFactor secondFactor_,
        address bilateralOpening_,
        address roundOpening_,
        address marginBook_,
        address kwhClaims_
    ) internal returns (TradeEscrow) {
        return
            TradeEscrow(
                _create(
                    "TradeEscrow",
                    abi.encode(
                        authority,
                        registry,
                        meters,
                        deposits,
                        kwh,
                        rules,
                        debts,
                        secondFactor_,
                        bilateralOpening_,
                        roundOpening_,
                        marginBook_,
                        kwhClaims_
                    )
                )
            );
    }

    function adjustmentDesk(
        address authority,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IMarketRules rules,
        IDebtLedger debts
    ) internal returns (AdjustmentDesk) {
        return AdjustmentDesk(_create("AdjustmentDesk", abi.encode(authority, meters, escrow, rules, debts)));
    }

    function receivables(
        address authority,
        IParticipantRegistry registry,
        IDebtLedger debts,
        IFinanceRules financeRules_,
        ISecondFactor secondFactor_,
        string memory uri
    ) internal returns (Receivables) {
        return
            Receivables(
                _create("Receivables", abi.encode(authority, registry, debts, financeRules_, secondFactor_, uri))
            );
    }

    function draftingDesk(
        address authority,
        IParticipantRegistry registry,
        IReceivables receivables_,
        IMarketRules rules,
        ISecondFactor secondFactor_
    ) internal returns (DraftingDesk) {
        return
            DraftingDesk(_create("DraftingDesk", abi.encode(authority, registry, receivables_, rules, secondFactor_)));
    }

    function financingDesk(
        address authority,
        IParticipantRegistry registry,
        IReceivables receivables_,
        IDebtLedger debts,
        IDepositToken deposits,
        ISecondFactor secondFactor_
    ) internal returns (FinancingDesk) {
        return
            FinancingDesk(
                _create("FinancingDesk", abi.encode(authority, registry, receivables_, debts, deposits, secondFactor_))
            );
    }

    function creditLedger(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters,
        ITradeEscrow escrow,
        IDebtLedger debts
    ) internal returns (CreditLedger) {
        return CreditLedger(_create("CreditLedger", abi.encode(authority, registry, meters, escrow, debts)));
    }

    function objectionDesk(
        address authority,
        IParticipantRegistry registry,
        IMeterRegistry meters
    ) internal returns (ObjectionDesk) {
        return ObjectionDesk(_create("ObjectionDesk", abi.encode(authority, registry, meters)));
    }

    /// @dev Reverts with the error of the constructor.
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
