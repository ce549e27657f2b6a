// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Band, ITradeEscrow, Trade} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {HoldBehaviour} from "../behaviours/HoldBehaviour.sol";
import {Builder} from "../utils/Builder.sol";
import {Market} from "../utils/Market.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What the escrow holds of a buyer: 1 MWh in each of four slots at 400 元/MWh.
abstract contract OfBuyer is Market, HoldBehaviour {
    uint256 internal constant ENERGY_FEN = 160_000;
    uint256 internal constant NETWORK_FEN = 62_120;

    function setUp() public override(Market, Platform) {
        super.setUp();
    }

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, 1_000_000, 40_000));
    }

    function _notary() internal view override returns (address) {
        return address(escrow);
    }

    function _payer() internal view override returns (ParticipantId) {
        return works.id;
    }
}

/// @notice From opening a trade until it is finished, here by the lapse of its day.
contract OpeningHoldTest is OfBuyer {
    function _isEntrance() internal pure override returns (bool) {
        return true;
    }

    function _prepareHold() internal override returns (Step memory, uint256) {
        Trade memory trade = _trade(solar, works, _bands());
        bytes32 digest = escrow.hashTrade(trade);
        (bytes memory bought, bytes memory sold) = (_sign(works.key, digest), _sign(solar.key, digest));
        vm.recordLogs();
        bytes memory call = abi.encodeCall(ITradeEscrow.open, (trade, bought, sold, ""));
        return (Step(stranger, address(escrow), call), ENERGY_FEN + NETWORK_FEN);
    }

    function _endHold() internal override {
        _readLog();
        _miss(solar.meter);
        _lapseTrade(TradeId.wrap(1));
    }
}

/// @notice From locking margin until it comes back, after notice.
contract MarginHoldTest is OfBuyer {
    uint96 internal constant LOCKED_FEN = 123_456;

    function _isEntrance() internal pure override returns (bool) {
        return true;
    }

    function _prepareHold() internal view override returns (Step memory, uint256) {
        return (
            Step(works.account, address(escrow), abi.encodeCall(ITradeEscrow.lockMargin, (LOCKED_FEN))),
            LOCKED_FEN
        );
    }

    function _endHold() internal override {
        vm.prank(works.account);
        escrow.announceRelease(LOCKED_FEN, 0);
        vm.warp(block.timestamp + 1 days);
        escrow.releaseMargin(works.id);
    }
}
