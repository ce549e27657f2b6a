// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Band,
    BookProof,
    DaySettlement,
    ITradeEscrowEvents,
    OrderFill,
    Round,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market} from "../utils/Market.sol";
import {Leg, Rounds} from "../utils/Rounds.sol";

/// @notice The events of the escrow suffice to rebuild the market.
contract EventsTest is Market {
    uint256 internal constant MWH = 1_000_000;

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, MWH, 40_000));
    }

    function _expect() internal {
        vm.expectEmit(address(escrow));
    }

    function _settleNow(TradeId id) internal {
        (DaySettlement[] memory settlements, bytes[] memory prices) = _settlements(_ids(id));
        _expect();
        // Of 4 MWh at 400 yuan, 100 kWh are missing in one slot, 60 of them beyond the tolerance.
        emit ITradeEscrowEvents.TradeSettled(id, 3_900_000, 156_000, 60_567, 240, false, 1);
        escrow.settle(_runs(settlements), prices);
    }

    function test_settle_emitsDeliveredEnergyAndEveryAmount() public {
        TradeId id = _openCash(solar, works, _bands());
        bytes memory metered = Builder.level(40, 44, MWH);
        Builder.set(metered, 42, 900_000);
        _measured(solar.meter, metered);
        _settleNow(id);
    }

    function test_rule_emitsHowTheHoldsAreDivided() public {
        TradeId id = _openCash(solar, works, _bands());
        _arrange(id, block.timestamp + 1 days);
        (TradeTerms memory terms, BookProof memory book) = (_terms(id), _book(id));
        vm.prank(arbiter);
        _expect();
        emit ITradeEscrowEvents.TradeRuled(id, 100_000, 60_000, 4_000, 1);
        escrow.rule(id, terms, book, 100_000, 60_000, 4_000);
    }

    function test_freeze_emitsItsEnd() public {
        TradeId id = _openCash(solar, works, _bands());
        uint40 until = uint40(block.timestamp + 1 days);
        vm.prank(arbiter);
        _expect();
        emit ITradeEscrowEvents.TradeFrozen(id, until);
        escrow.freeze(id, until);
    }

    function test_openRound_emitsPricesAndFills() public {
        Draft memory sell = _sell(thermal, Builder.bands(Builder.band(0, 4, 1_000, 30_000)));
        Draft memory buy = _buy(works, Builder.bands(Builder.band(0, 4, 2_000, 50_000)));
        Leg[] memory legs = _legs(_leg(0, Builder.level(0, 4, 1_000)));
        Round memory round = Rounds.pack(_round(1, 40_000, _drafts(buy), _sales(_sale(sell, legs))));
        OrderFill[] memory fills = new OrderFill[](2);
        // 4 kWh at 400 yuan/MWh: 1.60 yuan, 15 % of which are the bond, and 0.62 yuan of network charge.
        fills[0] = OrderFill(_digestOf(true, thermal, sell.order), true, 24);
        fills[1] = OrderFill(_digestOf(false, works, buy.order), false, 222);
        (ParticipantId[] memory ids, uint256[] memory locked) = (new ParticipantId[](2), new uint256[](2));
        bool thermalFirst = thermal.account < works.account;
        (ids[0], ids[1]) = thermalFirst ? (thermal.id, works.id) : (works.id, thermal.id);
        (locked[0], locked[1]) = thermalFirst ? (uint256(24), uint256(222)) : (uint256(222), uint256(24));
        _closeBook();
        vm.prank(marketOperator);
        _expect();
        emit ITradeEscrowEvents.ZonePriced(1, day, DEYANG, 0, false, keccak256(Builder.level(0, 96, 40_000)));
        _expect();
        emit ITradeEscrowEvents.OrdersFilled(1, fills);
        _expect();
        emit ITradeEscrowEvents.MarginDrawn(1, ids, locked, new uint256[](2));
        escrow.openRound(round);
    }
}
