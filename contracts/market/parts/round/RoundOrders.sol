// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {StandingWord} from "../../../identity/libraries/StandingWord.sol";
import {MeterWord} from "../../../metering/libraries/MeterWord.sol";
import {Curve} from "../../../types/Curve.sol";
import {Direction} from "../../../types/Enums.sol";
import {MeterId, ZoneId} from "../../../types/Ids.sol";
import {NonceKind, SkipReason} from "../../interfaces/ITradeEscrow.sol";
import {Bands} from "../../libraries/Bands.sol";
import {Filling} from "../../libraries/Filling.sol";
import {NoncePage, nonceCell} from "../../libraries/NoncePage.sol";
import {Order, PackedRound, SIGNATURE_BYTES} from "../../libraries/PackedRound.sol";
import {Scratch} from "../../libraries/Scratch.sol";
import {TypedData} from "../../libraries/TypedData.sol";
import {TradeRules} from "../TradeRules.sol";
import {RoundTraders} from "./RoundTraders.sol";
import {Pricing, Reading, Submission} from "./Submission.sol";

/// @dev What a round keeps of an order it has read; `left` falls, `filled`, `filledWh` and `usedFen` rise with each leg.
struct OrderState {
    /// Whether it sells. In memory instead of an argument, for which the compiler would generate all of this twice.
    bool sell;
    /// Why it cannot be filled, if so.
    SkipReason reason;
    /// Whether a leg filled it.
    bool touched;
    /// The place among the traders of the submission at which is set aside what is held for it.
    uint256 purse;
    address account;
    StandingWord standing;
    uint256 nonce;
    MeterId meter;
    MeterWord properties;
    bool greenCertificates;
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
abstract contract RoundOrders is TradeRules, RoundTraders {
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
            place = _readOrder(submission, buys[i], place);
            Scratch.release(free);
        }
        if (place != end) revert TradeEscrow_MalformedRound("buy orders do not fill their bytes", count);
    }

    /// @dev Reads and checks the order that begins at `start` in the calldata.
    /// @return end where it ends.
    function _readOrder(
        Submission memory submission,
        OrderState memory state,
        uint256 start
    ) internal view returns (uint256 end) {
        Order memory order = submission.reading.order;
        end = PackedRound.readOrder(start, order);
        if (order.index >= submission.traders.accounts.length) {
            revert TradeEscrow_MalformedRound("trader index out of range", order.index);
        }
        state.account = submission.traders.accounts[order.index];
        state.standing = submission.traders.standings[order.index];
        order.paymentDays = submission.paymentDays;
        state.digest = MessageHashUtils.toTypedDataHash(
            submission.domain,
            TypedData.hash(submission.reading.hashing, order, state.sell, state.account, submission.date)
        );
        (state.purse, state.nonce) = (_purseOf(submission.traders, order.index), order.nonce);
        (state.meter, state.greenCertificates) = (order.meter, order.greenCertificates);
        (state.maxFen, state.totalEnergyWh) = (order.maxFen, order.totalEnergyWh);
        state.reason = _checkOrder(submission, state);
    }

    function _checkOrder(
        Submission memory submission,
        OrderState memory state
    ) private view returns (SkipReason reason) {
        Order memory order = submission.reading.order;
        reason = _checkTrader(submission, order, state);
        if (reason != SkipReason.None) return reason;
        reason = _checkMeter(submission, state);
        if (reason != SkipReason.None) return reason;
        if (!_readFill(order, state)) return SkipReason.StaleFill;
        reason = _readBands(submission.reading, state);
        if (reason != SkipReason.None) return reason;
        return _isSigned(order, state) ? SkipReason.None : SkipReason.InvalidSignature;
    }

    /// @dev By the key of the account, or by the account on chain: no wallet is asked, which could take its word back, or its
    /// time.
    function _isSigned(Order memory order, OrderState memory state) private view returns (bool) {
        if (order.signature == 0) return _presigned[state.account][state.digest];
        bytes calldata signature = PackedRound.slice(order.signature, SIGNATURE_BYTES);
        (address signer, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(state.digest, signature);
        return failure == ECDSA.RecoverError.NoError && signer == state.account;
    }

    /// @dev Whether the trader is good today and the order still alive; looks up its fill before.
    function _checkTrader(
        Submission memory submission,
        Order memory order,
        OrderState memory state
    ) private view returns (SkipReason) {
        if (!state.standing.isGoodOn(submission.today)) return SkipReason.TraderNotGood;
        if (block.timestamp > order.expiry) return SkipReason.Expired;
        if (submission.continuous && !order.continuous) return SkipReason.NotContinuous;
        (bool spent, bool filled) = _pageOf(submission, state).read(submission.day, state.nonce);
        if (spent) return SkipReason.Cancelled;
        if (filled) state.fillHash = _fills[state.account][_fillCell(submission, state)];
        return SkipReason.None;
    }

    /// @dev Whether the trader may trade for the meter, in a zone of the round and over its network.
    function _checkMeter(Submission memory submission, OrderState memory state) private view returns (SkipReason) {
        MeterWord meter = meters.packedMeter(state.meter);
        state.properties = meter;
        Direction measured = state.sell ? Direction.Generation : Direction.Consumption;
        if (!meter.isTradable(state.standing.id(), measured, submission.today)) {
            return SkipReason.MeterNotTradable;
        }
        if (!_findPricing(submission, meter.zone())) return SkipReason.UnknownPrice;
        if (!state.sell) return SkipReason.None;
        if (state.greenCertificates && !meter.source().isRenewable()) return SkipReason.CertificatesDiffer;
        bool eligible = _isEligible(submission.rules, meter, submission.reading.pricing.voltage);
        return eligible ? SkipReason.None : SkipReason.NotEligible;
    }

    /// @dev Looks for the price of a zone.
    function _findPricing(Submission memory submission, ZoneId zone) private pure returns (bool) {
        Pricing[] memory pricings = submission.pricings;
        for (uint256 i; i < pricings.length; ++i) {
            Pricing memory pricing = pricings[i];
            if (pricing.zone != zone) continue;
            submission.reading.pricing = pricing;
            return true;
        }
        return false;
    }

    /// @dev What was filled before, as the operator says and the hash confirms.
    function _readFill(Order memory order, OrderState memory state) private pure returns (bool) {
        // Where the nonce belongs to another order, its hash is that one's.
        if (order.fill == 0) return state.fillHash == 0;
        Curve.copyInto(PackedRound.slice(order.fill, Curve.BYTES), state.filled);
        state.usedFen = PackedRound.word(order.fill + Curve.BYTES);
        state.filledWh = state.filled.sum();
        return state.fillHash == _fillHash(state);
    }

    /// @dev What is left of the bands, in the slots where the round's price keeps the order's limit.
    function _readBands(Reading memory reading, OrderState memory state) private pure returns (SkipReason) {
        (Order memory order, Pricing memory pricing) = (reading.order, reading.pricing);
        uint256[12] memory limit = reading.limit;
        Bands.Spread memory spreading = reading.spreading;
        limit.clear();
        spreading.spread(order.bands, order.bandCount, state.left, limit);
        if (!spreading.valid) return SkipReason.InvalidBands;
        if (spreading.energyWh != order.totalEnergyWh || spreading.amountFen() != order.totalAmountFen) {
            return SkipReason.WrongTotals;
        }
        (uint256 from, uint256 to) = spreading.range();
        (uint256[12] memory low, uint256[12] memory high) = state.sell
            ? (limit, pricing.price)
            : (pricing.price, limit);
        Filling.restrict(state.left, state.filled, low, high, pricing.tradable, from, to);
        return SkipReason.None;
    }

    /// @dev Makes a state ready for another order.
    function _reset(OrderState memory state) internal pure {
        state.touched = false;
        (state.usedFen, state.filledWh, state.fillHash) = (0, 0, 0);
        state.left.clear();
        state.filled.clear();
    }

    /// @dev See `ITradeEscrow.fillHashOf`.
    function _fillHash(OrderState memory state) internal pure returns (bytes32) {
        return state.filled.hashWith(uint256(Hashes.efficientKeccak256(state.digest, bytes32(state.usedFen))));
    }

    /// @dev The page that the nonce of an order is on.
    function _pageOf(Submission memory submission, OrderState memory state) internal view returns (NoncePage storage) {
        return _pageOf(state.account, _kindOf(state), submission.day, state.nonce);
    }

    /// @dev Where the fill of an order is kept among those of its trader.
    function _fillCell(Submission memory submission, OrderState memory state) internal pure returns (uint256) {
        return nonceCell(_kindOf(state), submission.day, state.nonce);
    }

    function _kindOf(OrderState memory state) private pure returns (NonceKind) {
        return state.sell ? NonceKind.SellOrder : NonceKind.BuyOrder;
    }
}
