// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {BoundedCall} from "../../../access/libraries/BoundedCall.sol";
import {StandingWord} from "../../../identity/libraries/StandingWord.sol";
import {MeterWord} from "../../../metering/libraries/MeterWord.sol";
import {Curve} from "../../../types/Curve.sol";
import {Direction} from "../../../types/Enums.sol";
import {MeterId, ZoneId} from "../../../types/Ids.sol";
import {SkipReason} from "../../interfaces/ITradeEscrow.sol";
import {Bands} from "../../libraries/Bands.sol";
import {Filling} from "../../libraries/Filling.sol";
import {Order, PackedRound} from "../../libraries/PackedRound.sol";
import {Scratch} from "../../libraries/Scratch.sol";
import {TypedData} from "../../libraries/TypedData.sol";
import {TradeRules} from "../TradeRules.sol";
import {Pricing, Submission} from "./Submission.sol";

/// @dev What a round keeps of an order it has read; `left` falls, `filled`, `filledWh` and `usedFen` rise with each leg.
struct OrderState {
    /// Why it cannot be filled, if so.
    SkipReason reason;
    /// Whether a leg filled it.
    bool touched;
    /// Places among the traders and the prices of the submission.
    uint256 trader;
    uint256 pricing;
    address account;
    StandingWord standing;
    uint256 nonce;
    MeterId meter;
    MeterWord properties;
    uint16 paymentDays;
    uint256 maxFen;
    uint256 usedFen;
    uint256 totalEnergyWh;
    uint256 filledWh;
    bytes32 digest;
    /// What the escrow remembers of its fill before.
    bytes32 fillHash;
    /// What can still be filled at the round's price.
    uint256[12] left;
    uint256[12] filled;
}

/// @title The orders of a round: all that does not depend on their counterparties
abstract contract RoundOrders is TradeRules {
    using Bands for Bands.Spread;
    using Curve for uint256[12];

    function _readBuys(
        Submission memory submission,
        bytes calldata packed
    ) internal view returns (OrderState[] memory buys) {
        (uint256 count, uint256 place, uint256 end) = PackedRound.readCount(packed);
        buys = new OrderState[](count);
        uint256 free = Scratch.mark();
        for (uint256 i; i < count; ++i) {
            place = _readOrder(submission, buys[i], place, false);
            Scratch.release(free);
        }
        if (place != end) revert TradeEscrow_MalformedRound("buy orders do not fill their bytes", count);
    }

    /// @dev Reads and checks the order that begins at `start` in the calldata.
    /// @return end where it ends.
    function _readOrder(
        Submission memory submission,
        OrderState memory state,
        uint256 start,
        bool sell
    ) internal view returns (uint256 end) {
        Order memory order;
        end = PackedRound.readOrder(start, order);
        if (order.index >= submission.traders.accounts.length) {
            revert TradeEscrow_MalformedRound("trader index out of range", order.index);
        }
        state.account = submission.traders.accounts[order.index];
        state.standing = submission.traders.standings[order.index];
        state.digest = MessageHashUtils.toTypedDataHash(
            submission.domain,
            TypedData.hash(order, sell, state.account, submission.date)
        );
        (state.trader, state.nonce) = (order.index, order.nonce);
        (state.meter, state.paymentDays) = (order.meter, order.paymentDays);
        (state.maxFen, state.totalEnergyWh) = (order.maxFen, order.totalEnergyWh);
        state.reason = _checkOrder(submission, order, state, sell);
    }

    /// @dev The signature comes last, because a wallet may take its time over it.
    function _checkOrder(
        Submission memory submission,
        Order memory order,
        OrderState memory state,
        bool sell
    ) private view returns (SkipReason reason) {
        reason = _checkTrader(submission, order, state);
        if (reason != SkipReason.None) return reason;
        reason = _checkMeter(submission, state, sell);
        if (reason != SkipReason.None) return reason;
        if (!_readFill(order, state)) return SkipReason.StaleFill;
        reason = _readBands(submission.pricings[state.pricing], order, state, sell);
        if (reason != SkipReason.None) return reason;
        bytes calldata signature = PackedRound.slice(order.signature, order.signatureLength);
        if (!BoundedCall.isValidSignature(state.account, state.digest, signature)) return SkipReason.InvalidSignature;
    }

    /// @dev Whether the trader is good today and the order still alive; looks up its fill before.
    function _checkTrader(
        Submission memory submission,
        Order memory order,
        OrderState memory state
    ) private view returns (SkipReason) {
        if (!state.standing.isGoodOn(submission.today)) return SkipReason.TraderNotGood;
        if (block.timestamp > order.expiry) return SkipReason.Expired;
        (bool spent, bool filled) = _pageOf(state.account, state.nonce).read(state.nonce);
        if (spent) return SkipReason.Cancelled;
        if (filled) state.fillHash = _fills[state.digest];
        return SkipReason.None;
    }

    /// @dev Whether the trader may trade for the meter, in a zone of the round and over its network.
    function _checkMeter(
        Submission memory submission,
        OrderState memory state,
        bool sell
    ) private view returns (SkipReason) {
        MeterWord meter = meters.packedMeter(state.meter);
        state.properties = meter;
        if (!meter.isTradable(state.standing.id(), sell ? Direction.Generation : Direction.Consumption)) {
            return SkipReason.MeterNotTradable;
        }
        Pricing[] memory pricings = submission.pricings;
        state.pricing = _placeOf(pricings, meter.zone());
        if (state.pricing == pricings.length) return SkipReason.UnknownPrice;
        bool eligible = !sell || _isEligible(submission.rules, meter, pricings[state.pricing].voltage);
        return eligible ? SkipReason.None : SkipReason.NotEligible;
    }

    /// @dev The place of a zone among the prices; their number if it has none.
    function _placeOf(Pricing[] memory pricings, ZoneId zone) private pure returns (uint256 place) {
        while (place < pricings.length && pricings[place].zone != zone) ++place;
    }

    /// @dev What was filled before, as the operator says and the hash confirms.
    function _readFill(Order memory order, OrderState memory state) private pure returns (bool) {
        if (order.fill == 0) return state.fillHash == 0;
        Curve.copyInto(PackedRound.slice(order.fill, Curve.BYTES), state.filled);
        state.usedFen = PackedRound.word(order.fill + Curve.BYTES);
        state.filledWh = state.filled.sum();
        return state.fillHash == _fillHash(state);
    }

    /// @dev What is left of the bands, in the slots where the round's price keeps the order's limit.
    function _readBands(
        Pricing memory pricing,
        Order memory order,
        OrderState memory state,
        bool sell
    ) private pure returns (SkipReason) {
        uint256[12] memory limit;
        Bands.Spread memory spreading;
        spreading.spread(order.bands, order.bandCount, state.left, limit);
        if (!spreading.valid) return SkipReason.InvalidBands;
        if (spreading.energyWh != order.totalEnergyWh || spreading.amountFen() != order.totalAmountFen) {
            return SkipReason.WrongTotals;
        }
        (uint256 from, uint256 to) = spreading.range();
        (uint256[12] memory low, uint256[12] memory high) = sell ? (limit, pricing.price) : (pricing.price, limit);
        Filling.restrict(state.left, state.filled, low, high, pricing.tradable, from, to);
        return SkipReason.None;
    }

    /// @dev See `ITradeEscrow.fillHashOf`.
    function _fillHash(OrderState memory state) internal pure returns (bytes32) {
        return state.filled.hashWith(state.usedFen);
    }
}
