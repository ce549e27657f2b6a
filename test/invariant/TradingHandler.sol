// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Band,
    DaySettlement,
    Margin,
    NonceKind,
    Trade,
    TradeStatus,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Correction} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState} from "../../contracts/types/Enums.sol";
import {TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Party, SaleDraft} from "../utils/Market.sol";
import {Leg, Round, SignedOrder} from "../utils/Rounds.sol";
import {ExposureHandler} from "./ExposureHandler.sol";

/// @notice Opens trades both ways, and finishes them in every way.
abstract contract TradingHandler is ExposureHandler {
    uint64 private _rounds;

    // ---- opening

    function open(uint256 seed) external {
        Party memory seller = _seller(seed);
        Party memory buyer = _buyer(seed >> 1);
        _goOnWith(Calendar.today().plusDays(1 + ((seed >> 2) % 3)));
        if (_isPast(day, _rules().cutOffLeadSeconds)) _goOnWith(day.plusDays(1));
        Trade memory trade = _trade(seller, buyer, _someBands(seed >> 8, 7_500, 60_000));
        if ((seed >> 4) % 2 == 0) trade.paymentDays = uint16(15 + ((seed >> 5) % 90));
        // Now and then too little for the network charge, or for the bond.
        trade.maxPaymentFen = trade.totalAmountFen + bound(seed >> 64, 0, 4 * trade.totalAmountFen);
        trade.maxBondFen = bound(seed >> 96, 0, 4 * trade.totalAmountFen);
        bytes32 digest = escrow.hashTrade(trade);
        _noteSigned(digest, Builder.energy(trade.bands), trade.maxPaymentFen, trade.maxBondFen);
        _confirmSometimes(seller.id, digest, seed >> 128);
        _confirmSometimes(buyer.id, digest, seed >> 136);
        _open(trade, seller, buyer);
    }

    /// @dev Every fourth day is traded on terms.
    function _goOnWith(Day day_) private {
        (day, term) = (day_, Day.unwrap(day_) % 4 == 0 ? 30 : 0);
    }

    /// @dev One or two bands between slots 40 and 44.
    function _someBands(uint256 seed, uint256 floor, uint256 cap) internal pure returns (Band[] memory) {
        uint256 from = 40 + (seed % 2);
        uint256 middle = from + 1 + ((seed >> 1) % 2);
        Band memory first = Builder.band(
            from,
            middle,
            bound(uint32(seed >> 8), 100, 3_000_000),
            bound(uint32(seed >> 40), floor, cap)
        );
        if ((seed >> 2) % 2 == 0) return Builder.bands(first);
        Band memory second = Builder.band(
            middle,
            44,
            bound(uint32(seed >> 72), 100, 3_000_000),
            bound(uint32(seed >> 104), floor, cap)
        );
        return Builder.bands(first, second);
    }

    /// @dev A sell order and a buy order for one day, so that there is something to clear.
    function offer(uint256 seed) public {
        _goOnWith(Calendar.today().plusDays(1 + ((seed >> 2) % 2)));
        if (_isPastGate(day)) _goOnWith(day.plusDays(1));
        _offer(seed, true);
        _offer(_next(seed), false);
        _did("offered");
    }

    function _isPastGate(Day day_) private view returns (bool) {
        return _isPast(day_, _rules().gateLeadSeconds);
    }

    function _isPast(Day day_, uint256 leadSeconds) private view returns (bool) {
        return block.timestamp + leadSeconds >= Calendar.startOf(day_);
    }

    function _offer(uint256 seed, bool sell) private {
        Party memory trader = sell ? _seller(seed >> 1) : _buyer(seed >> 1);
        Band[] memory bands = sell ? _someBands(seed >> 8, 7_500, 30_000) : _someBands(seed >> 8, 25_000, 60_000);
        SignedOrder memory order = _order(trader, bands);
        order.expiry = uint64(block.timestamp + 3 days);
        order.continuous = (seed >> 4) % 2 == 0;
        if ((seed >> 6) % 4 == 0) order.maxFen = bound(seed >> 64, 0, order.totalAmountFen);
        bytes32 digest = _digestOf(sell, trader, order);
        uint256 toPay = sell ? 0 : order.maxFen;
        _noteSigned(digest, Builder.energy(bands), toPay, order.maxFen - toPay);
        _offers.push(Offer(sell, trader, day, digest, abi.encode(order)));
    }

    /// @dev Clears up to two sell orders against up to two buy orders of one day, whatever has become of them.
    function clear(uint256 seed) external {
        // What waits has missed its gate, more often than not: then something new is offered.
        if (_offers.length == 0 || _isPastGate(_offers[_offers.length - 1].day)) offer(seed);
        uint256 start = _offers.length - 1 - (seed % (_offers.length < 6 ? _offers.length : 6));
        if (_isPastGate(_offers[start].day)) start = _offers.length - 1;
        _goOnWith(_offers[start].day);
        (Draft[] memory sells, uint256 sellCount) = _pick(true, start);
        (Draft[] memory buys, uint256 buyCount) = _pick(false, start);
        if (sellCount == 0 || buyCount == 0) return;
        SaleDraft[] memory sales = new SaleDraft[](sellCount);
        for (uint256 i; i < sellCount; ++i) {
            Leg[] memory legs = new Leg[](buyCount);
            for (uint256 j; j < buyCount; ++j) {
                seed = _next(seed);
                legs[j] = _leg(j, _part(sells[i].order, buys[j].order, seed));
            }
            sales[i] = _sale(sells[i], legs);
        }
        Round memory round = _round(++_rounds, _priceOf(seed), buys, sales);
        // Orders for the auction alone are left out.
        round.continuous = (seed >> 16) % 3 == 0 && !_isPast(day, _rules().cutOffLeadSeconds);
        _submit(round);
        _did(round.continuous ? "matched continuously" : "cleared");
    }

    /// @dev The first auction of the day and term sets the price of all others.
    function _priceOf(uint256 seed) private view returns (uint256) {
        bytes32 priceHash = escrow.priceHashOf(day, DEYANG, term);
        if (priceHash != 0) return Builder.slotAt(_priceCurves[priceHash], 0);
        return bound(seed >> 128, 20_000, 40_000);
    }

    /// @dev Something between nothing and slightly too much, in the slots that both orders have.
    function _part(
        SignedOrder memory sell,
        SignedOrder memory buy,
        uint256 seed
    ) private pure returns (bytes memory energy) {
        energy = Builder.zeros();
        bytes memory offered = Builder.energy(sell.bands);
        bytes memory wanted = Builder.energy(buy.bands);
        uint256 share = 1 + (seed % 10);
        for (uint256 slot = 40; slot < 44; ++slot) {
            uint256 most = Builder.slotAt(offered, slot);
            if (Builder.slotAt(wanted, slot) < most) most = Builder.slotAt(wanted, slot);
            Builder.set(energy, slot, (most * share) / 9);
        }
    }

    function _pick(bool sell, uint256 start) private view returns (Draft[] memory drafts, uint256 count) {
        drafts = new Draft[](2);
        for (uint256 i; i < _offers.length && count < 2; ++i) {
            Offer memory candidate = _offers[(start + i) % _offers.length];
            if (candidate.sell != sell || !(candidate.day == day)) continue;
            SignedOrder memory order = abi.decode(candidate.order, (SignedOrder));
            drafts[count++] = _draft(sell, candidate.trader, order);
        }
        assembly ("memory-safe") {
            mstore(drafts, count)
        }
    }

    function cancel(uint256 seed) external {
        if ((seed >> 64) % 3 != 0) this.offer(seed);
        // The last ones may still be ahead of their cut-off.
        Offer memory chosen = _offers[_offers.length - 1 - (seed % 2)];
        SignedOrder memory order = abi.decode(chosen.order, (SignedOrder));
        if (_isPast(chosen.day, _rules().cutOffLeadSeconds)) return;
        NonceKind kind = chosen.sell ? NonceKind.SellOrder : NonceKind.BuyOrder;
        if ((seed >> 128) % 8 != 0) {
            uint32[] memory nonces = new uint32[](1);
            nonces[0] = order.nonce;
            vm.prank(chosen.trader.account);
            escrow.cancel(kind, chosen.day, nonces);
        } else {
            vm.prank(chosen.trader.account);
            escrow.cancelPage(kind, chosen.day, order.nonce / 112 + 1);
        }
        _did("cancelled");
    }

    // ---- margin

    function setAside(uint256 seed) external {
        Party memory party = seed % 2 == 0 ? _seller(seed >> 1) : _buyer(seed >> 1);
        uint96 amountFen = uint96(bound(seed >> 64, 1, 2_000_000));
        bool locks = (seed >> 8) % 2 == 0;
        bytes memory call =
            locks ? abi.encodeCall(escrow.lockMargin, (amountFen)) : abi.encodeCall(escrow.allowOnTerms, (amountFen));
        if (_spend(party.account, address(escrow), call, amountFen, seed >> 128)) _did("margin set aside");
    }

    function announceRelease(uint256 seed) external {
        Party memory party = seed % 2 == 0 ? _seller(seed >> 1) : _buyer(seed >> 1);
        Margin memory margin = escrow.marginOf(party.id);
        uint96 lockedFen = uint96(bound(seed >> 64, 0, margin.lockedFen));
        vm.prank(party.account);
        escrow.announceRelease(lockedFen, uint96(bound(seed >> 160, 0, margin.termsFen)));
        _did("margin release announced");
    }

    function releaseMargin(uint256 seed) external {
        Party memory party = seed % 2 == 0 ? _seller(seed >> 1) : _buyer(seed >> 1);
        escrow.releaseMargin(party.id);
        _did("margin released");
    }

    // ---- finishing

    /// @dev The first trade from a random one on that is in `status` with its day as wanted; 0 if none.
    function _find(uint256 seed, bool final_) internal view returns (uint64) {
        uint64 count = escrow.tradeCount();
        for (uint64 i; i < count; ++i) {
            uint64 id = uint64((seed + i) % count) + 1;
            TradeStatus status = escrow.statusOf(TradeId.wrap(id));
            TradeTerms memory terms = _opened[id].terms;
            DayState state = _stateOf(terms.sellerMeter, terms.day);
            if (final_ && state.isFinal() && status.isPending()) return id;
            if (!final_ && state.hasLapsed() && status == TradeStatus.Open) return id;
        }
        return 0;
    }

    function settle(uint256 seed) external {
        uint64 first = _find(seed, true);
        if (first == 0) return;
        uint64 second = _find(seed >> 128, true);
        _settleAlone(_ids(TradeId.wrap(first), TradeId.wrap(second)));
    }

    /// @dev What is wanted, or what was claimed before, which changes nothing.
    function claim(uint256 seed) external {
        uint64 count = escrow.tradeCount();
        for (uint64 i; i < count; ++i) {
            TradeId id = TradeId.wrap(uint64((seed + i) % count) + 1);
            if (escrow.statusOf(id) != TradeStatus.Settled) continue;
            if (escrow.isClaimed(id) && (seed >> 128) % 8 != 0) continue;
            return _claim(id);
        }
    }

    /// @dev All of a meter day at once, so that its word can serve another.
    function settleDay(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            if (!_stateOf(key.meter, key.day).isFinal() || _tradesOf[key.meter][key.day].length == 0) continue;
            (DaySettlement[] memory settlements, bytes[] memory prices) = _wholeDay(key.meter, key.day);
            return _settle(settlements, prices);
        }
    }

    function lapse(uint256 seed) external {
        uint64 id = _find(seed, false);
        if (id == 0) return;
        _lapseTrade(TradeId.wrap(id));
    }

    function mintSurplus(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            if (!_stateOf(key.meter, key.day).isFinal() || _surplusMinted[key.meter][key.day]) continue;
            vm.recordLogs();
            (bool success, ) = address(escrow).call(
                abi.encodeCall(
                    escrow.mintSurplus,
                    (
                        key.meter,
                        key.day,
                        _meteredOf[key.meter][key.day],
                        _sold(key.meter, key.day),
                        _proofOf(key.meter, key.day)
                    )
                )
            );
            if (!success) continue;
            return _readLog();
        }
    }

    function adjust(uint256 seed) external {
        uint64 count = escrow.tradeCount();
        for (uint64 i; i < count; ++i) {
            uint64 id = uint64((seed + i) % count) + 1;
            TradeTerms memory terms = _opened[id].terms;
            Correction memory correction = meters.correctionOf(terms.sellerMeter, terms.day);
            (uint16 version, ) = adjusting.adjustmentOf(TradeId.wrap(id));
            if (correction.version == version || block.timestamp < correction.adjustableAt) continue;
            if (escrow.statusOf(TradeId.wrap(id)) != TradeStatus.Settled) continue;
            _adjust(_ids(TradeId.wrap(id)));
            return;
        }
    }
}
