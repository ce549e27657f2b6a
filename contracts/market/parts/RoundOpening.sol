// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
import {OrderFill, Round} from "../interfaces/ITradeEscrow.sol";
import {PackedRound} from "../libraries/PackedRound.sol";
import {TypedData} from "../libraries/TypedData.sol";
import {EscrowCode} from "./EscrowCode.sol";
import {Book} from "./round/RoundFills.sol";
import {RoundPrices} from "./round/RoundPrices.sol";
import {RoundSales} from "./round/RoundSales.sol";
import {Submission} from "./round/Submission.sol";

/// @title The way in for what the market cleared
/// @notice Duties of the operator revert when broken; what a trader can cause (a cancelled order, too little margin) skips a leg or a sale and leaves the rest alone. `test/reference/RoundReference.sol` does
/// the same slowly and plainly.
abstract contract RoundOpening is EscrowCode, RoundPrices, RoundSales {
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
        _tradeCount = submission.tradeCount;
        _storeBuys(submission, book);
        _emitFills(submission.round, book);
        _storeMargins(submission);
    }
}
