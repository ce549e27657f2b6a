// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {MarginBook} from "../../contracts/market/MarginBook.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {ITradeEscrowEvents, Margin, MarginRelease} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {EscrowCode} from "../../contracts/market/parts/EscrowCode.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market} from "../utils/Market.sol";

contract MarginTest is Market {
    /// @dev What somebody who trades here has locked, and may buy on terms.
    uint96 internal constant LOCKED = uint96(WEALTH);

    function _announce(uint96 lockedFen, uint96 termsFen) internal {
        vm.prank(works.account);
        escrow.announceRelease(lockedFen, termsFen);
    }

    function _assertMargin(uint256 lockedFen, uint256 termsFen) internal view {
        Margin memory margin = escrow.marginOf(works.id);
        assertEq(margin.lockedFen, lockedFen, "locked");
        assertEq(margin.termsFen, termsFen, "terms");
    }

    function _invalid(ParticipantId id, uint256 lockedFen, uint256 termsFen) internal pure returns (bytes memory) {
        bytes4 invalid = ITradeEscrowEvents.TradeEscrow_InvalidMargin.selector;
        return abi.encodeWithSelector(invalid, id, lockedFen, termsFen);
    }

    function _notReleasable(uint256 due) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotReleasable.selector, works.id, due);
    }

    /// @dev Works buys 4 kWh at 400 yuan/MWh, in a round: 160 fen, and 62 of network charge.
    function _draw() internal {
        bytes memory energy = Builder.level(0, 4, 1_000);
        Draft memory sell = _sell(thermal, Builder.bands(Builder.band(0, 4, 1_000, 30_000)));
        Draft memory buy = _buy(works, Builder.bands(Builder.band(0, 4, 1_000, 50_000)));
        _submit(_round(1, 40_000, _drafts(buy), _sales(_sale(sell, _legs(_leg(0, energy))))));
        assertEq(_skips.length, 0, "skips");
    }

    // ---- setting aside

    function test_lockMargin_holdsMoneyForRounds() public {
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.MarginLocked(works.id, 7, 0);
        vm.prank(works.account);
        escrow.lockMargin(7);
        _assertMargin(LOCKED + 7, LOCKED);
        assertEq(deposits.heldBy(works.id, address(escrow)), LOCKED + 7, "held");
        assertEq(deposits.freeOf(works.id), WEALTH - 7, "free");
    }

    function test_allowOnTerms_movesNoMoney() public {
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.MarginLocked(works.id, 0, 7);
        vm.prank(works.account);
        escrow.allowOnTerms(7);
        _assertMargin(LOCKED, LOCKED + 7);
        assertEq(deposits.heldBy(works.id, address(escrow)), LOCKED, "held");
    }

    function test_setAside_revertsForNothing() public {
        vm.startPrank(works.account);
        vm.expectRevert(_invalid(works.id, 0, 0));
        escrow.lockMargin(0);
        vm.expectRevert(_invalid(works.id, 0, 0));
        escrow.allowOnTerms(0);
        vm.stopPrank();
    }

    function test_setAside_revertsForStrangersAndWhereClosed() public {
        _refusesBoth(stranger, ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector, stranger);
        _suspend(works.id);
        _refusesBoth(works.account, ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector, works.account);
        _close(address(escrow), true);
        _refusesBoth(mill.account, IAccessManaged.AccessManagedUnauthorized.selector, mill.account);
    }

    function _refusesBoth(address caller, bytes4 refusal, address named) private {
        vm.startPrank(caller);
        vm.expectRevert(abi.encodeWithSelector(refusal, named));
        escrow.lockMargin(1);
        vm.expectRevert(abi.encodeWithSelector(refusal, named));
        escrow.allowOnTerms(1);
        vm.stopPrank();
    }

    // ---- taking back

    function test_announceRelease_saysWhatAndWhen() public {
        uint256 due = block.timestamp + 1 days;
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.MarginReleaseAnnounced(works.id, 5, 3, due);
        _announce(5, 3);
        assertEq(
            abi.encode(escrow.marginReleaseOf(works.id)),
            abi.encode(MarginRelease(5, 3, uint40(due))),
            "announced"
        );
        _assertMargin(LOCKED, LOCKED);
    }

    function test_announceRelease_revertsForNothingOrMoreThanThereIs() public {
        bytes memory refusal = _invalid(works.id, LOCKED, LOCKED);
        vm.startPrank(works.account);
        vm.expectRevert(refusal);
        escrow.announceRelease(0, 0);
        vm.expectRevert(refusal);
        escrow.announceRelease(LOCKED + 1, 0);
        vm.expectRevert(refusal);
        escrow.announceRelease(0, LOCKED + 1);
        escrow.announceRelease(LOCKED, LOCKED);
        vm.stopPrank();
        vm.prank(stranger);
        vm.expectRevert(_invalid(ParticipantId.wrap(0), 0, 0));
        escrow.announceRelease(1, 0);
    }

    function test_releaseMargin_waitsForTheNotice() public {
        vm.expectRevert(_notReleasable(0));
        escrow.releaseMargin(works.id);
        _announce(5, 3);
        uint256 due = block.timestamp + 1 days;
        vm.warp(due - 1);
        vm.expectRevert(_notReleasable(due));
        escrow.releaseMargin(works.id);
        vm.warp(due);
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.MarginReleased(works.id, 5, 3);
        escrow.releaseMargin(works.id);
        _assertMargin(LOCKED - 5, LOCKED - 3);
        assertEq(deposits.freeOf(works.id), WEALTH + 5, "free");
        vm.expectRevert(_notReleasable(0));
        escrow.releaseMargin(works.id);
    }

    function test_releaseMargin_followsTheLastAnnouncement() public {
        _announce(5, 3);
        vm.warp(block.timestamp + 1 days - 1);
        _announce(2, 0);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(_notReleasable(block.timestamp + 1 days - 1));
        escrow.releaseMargin(works.id);
        vm.warp(block.timestamp + 1 days);
        escrow.releaseMargin(works.id);
        _assertMargin(LOCKED - 2, LOCKED);
    }

    function test_releaseMargin_givesBackWhatRoundsLeft() public {
        _announce(LOCKED - 1, 0);
        vm.warp(block.timestamp + 1 days);
        day = day.plusDays(1);
        _draw();
        // 222 were drawn after the announcement, one of them out of what stays.
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.MarginReleased(works.id, LOCKED - 222, 0);
        escrow.releaseMargin(works.id);
        _assertMargin(0, LOCKED);
        assertEq(_held(works), 222, "the trade's");
    }

    function test_releaseMargin_ofTermsGivesBackWhatRoundsLeft() public {
        _announce(0, LOCKED - 1);
        vm.warp(block.timestamp + 1 days);
        day = day.plusDays(1);
        term = 30;
        _draw();
        // The energy, 160 fen, is bought on terms; the network charge, 62, is held.
        vm.expectEmit(address(escrow));
        emit ITradeEscrowEvents.MarginReleased(works.id, 0, LOCKED - 160);
        escrow.releaseMargin(works.id);
        _assertMargin(LOCKED - 62, 0);
    }

    function test_releaseMargin_ofTermsMovesNoMoney() public {
        _announce(0, 3);
        vm.warp(block.timestamp + 1 days);
        escrow.releaseMargin(works.id);
        _assertMargin(LOCKED, LOCKED - 3);
        assertEq(deposits.heldBy(works.id, address(escrow)), LOCKED, "held");
    }

    function test_takingBack_asksForNothing() public {
        _close(address(escrow), true);
        _suspend(works.id);
        vm.prank(bank);
        deposits.setFrozen(works.id, true, "court order");
        vm.prank(works.account);
        deposits.optIn(address(escrow), false);
        _announce(LOCKED, LOCKED);
        vm.warp(block.timestamp + 1 days);
        vm.prank(stranger);
        escrow.releaseMargin(works.id);
        _assertMargin(0, 0);
    }

    function test_notice_isThatOfTheRules() public {
        RuleSet memory set = _rules();
        set.marginNoticeSeconds = 2 days;
        _newRules(set);
        _announce(5, 0);
        assertEq(escrow.marginReleaseOf(works.id).due, block.timestamp + 2 days, "due");
    }

    function test_onlyTheEscrowRunsTheCodeOfMargin() public {
        MarginBook code = MarginBook(escrow.marginBook());
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.lockMargin(1);
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.allowOnTerms(1);
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.announceRelease(1, 0);
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.releaseMargin(works.id);
    }
}
