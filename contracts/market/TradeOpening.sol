// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {IMarketRules} from "./interfaces/IMarketRules.sol";
import {BilateralOpening} from "./parts/BilateralOpening.sol";
import {RoundOpening} from "./parts/RoundOpening.sol";
import {TradeStore} from "./parts/TradeStore.sol";

/// @title The two ways into the escrow
/// @notice The code of `TradeEscrow.open` and `openRound`: a contract of its own, because both halves together exceed what
/// a contract may weigh. The escrow creates it and runs it by delegatecall on its own storage; it can be replaced as little
/// as the escrow itself.
contract TradeOpening is BilateralOpening, RoundOpening {
    constructor(
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_
    ) TradeStore(registry_, meters_, deposits_, kwh_, rules_, debts_, secondFactor_) {}
}
