// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {Calendar} from "../types/Calendar.sol";
import {IMarketRules} from "./interfaces/IMarketRules.sol";
import {OrderFill, Round} from "./interfaces/ITradeEscrow.sol";
import {PackedRound} from "./libraries/PackedRound.sol";
import {TypedData} from "./libraries/TypedData.sol";
import {EscrowCode} from "./parts/EscrowCode.sol";
import {TradeStore} from "./parts/TradeStore.sol";
import {Book} from "./parts/round/RoundFills.sol";
import {RoundPrices} from "./parts/round/RoundPrices.sol";
import {RoundSales} from "./parts/round/RoundSales.sol";
import {Submission} from "./parts/round/Submission.sol";

/// @title The way in for what the market cleared
/// @notice The code of `TradeEscrow.openRound`, as `BilateralOpening` is that of `open`. Duties of the operator revert when broken; what a trader can cause (a cancelled order, too little margin) skips a leg or a sale and leaves the rest alone. `test/reference/RoundReference.sol` does
/// the same slowly and plainly.
contract RoundOpening is EscrowCode, RoundPrices, RoundSales {
    constructor(
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_
    ) TradeStore(registry_, meters_, deposits_, kwh_, rules_, debts_, secondFactor_) {}

    /// @notice See `ITradeEscrow.openRound`.
    function openRound(Round calldata round) external onlyEscrow {
        if (round.round == 0) revert TradeEscrow_MalformedRound("round 0 is for bilateral trades", 0);
        Submission memory submission;
        (submission.round, submission.day) = (round.round, round.day);
        (submission.paymentDays, submission.continuous) = (round.paymentDays, round.continuous);
        (submission.date, submission.today) = (Calendar.dateNumber(round.day), Calendar.today());
        submission.tradeCount = _tradeCount;
        submission.domain = TypedData.domainSeparator();
        (submission.rulesId, submission.rules) = _openDay(round.day, !round.continuous);
        _readPrices(submission, round.prices);
        _readTraders(submission.traders, round.traders);

        Book memory book;
        book.buys = _readBuys(submission, round.buys);
        (uint256 saleCount, , ) = PackedRound.readCount(round.sales);
        book.fills = new OrderFill[](book.buys.length + saleCount);
        _openSales(submission, book, round.sales);
        if (submission.tradeCount == _tradeCount) _forgetPrices(submission);
        _tradeCount = submission.tradeCount;
        _storeBuys(submission, book);
        _emitFills(submission.round, book);
        _storeMargins(submission);
    }
}
