// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ITradeEscrowEvents, SkipReason, Trade} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, Source} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market, Party, SaleDraft} from "../utils/Market.sol";
import {Round, SignedOrder} from "../utils/Rounds.sol";

/// @notice What a trader does on the day on which its orders are opened, up to the last second before the gate, and undoes none
/// of them by.
contract FirmOrdersTest is Market {
    uint256 internal constant PRICE = 40_000;
    uint256 internal constant ENERGY = 1_000;

    function _signed(bool sell, Party memory party) internal returns (Draft memory) {
        uint256 limit = sell ? 30_000 : 50_000;
        SignedOrder memory order = _order(party, Builder.bands(Builder.band(0, 4, ENERGY, limit)));
        order.expiry = type(uint40).max;
        return _draft(sell, party, order);
    }

    function _roundOf(Draft memory sell, Draft memory buy) internal view returns (Round memory) {
        bytes memory energy = Builder.level(0, 4, ENERGY);
        return _round(1, PRICE, _drafts(buy), _sales(_sale(sell, _legs(_leg(0, energy)))));
    }

    function _dayBefore() internal view returns (Day) {
        return Day.wrap(Day.unwrap(day) - 1);
    }

    /// @dev The last second in which a round of the day opens.
    function _lastSecond() internal view returns (uint256) {
        return Calendar.startOf(day) - _rules().gateLeadSeconds - 1;
    }

    // ---- another trader for the meter

    function _nameForBoth(ParticipantId trader) internal {
        vm.prank(thermal.account);
        meters.setTrader(thermal.meter, trader);
        vm.prank(works.account);
        meters.setTrader(works.meter, trader);
    }

    function test_holds_whateverTraderIsNamedOnTheDayBefore() public {
        (, ParticipantId retailer) = _enrol("retailer", Kinds.RETAILER);
        Round memory round = _roundOf(_signed(true, thermal), _signed(false, works));
        vm.warp(Calendar.startOf(_dayBefore()));
        _nameForBoth(retailer);
        vm.warp(_lastSecond());
        _nameForBoth(retailer);
        _submit(round);
        assertEq(_skips.length, 0, "nothing is undone");
    }

    function test_holds_forTheTraderInForceThatItsOwnerDismisses() public {
        (address account, ParticipantId id) = _enrol("retailer", Kinds.RETAILER);
        _fund(account, WEALTH);
        _optIn(account, address(escrow));
        vm.prank(account);
        escrow.lockMargin(1_000);
        _nameTrader(works, id);
        Party memory retailer = Party(account, _keyOf("retailer"), id, works.meter);
        Round memory round = _roundOf(_signed(true, thermal), _signed(false, retailer));
        vm.warp(_lastSecond());
        vm.prank(works.account);
        meters.setTrader(works.meter, works.id);
        _submit(round);
        assertEq(_skips.length, 0, "nothing is undone");
    }

    // ---- another account

    /// @dev Approved long before, so that anybody can complete it at any moment.
    function _successorOf(Party storage party, string memory name) internal returns (Party memory successor) {
        _proposeReplacement(party.id, _named(name));
        successor = party;
        (successor.account, successor.key) = (_named(name), _keyOf(name));
    }

    function test_holds_thoughBothSidesCompleteTheReplacementOfTheirAccounts() public {
        _successorOf(thermal, "thermal, new key");
        _successorOf(works, "works, new key");
        vm.warp(block.timestamp + 7 days);
        day = Calendar.today().plusDays(2);
        Round memory round = _roundOf(_signed(true, thermal), _signed(false, works));
        // In the night before, and at the last moment.
        vm.warp(Calendar.startOf(_dayBefore()) - 1);
        registry.completeReplacement(thermal.id);
        vm.warp(_lastSecond());
        registry.completeReplacement(works.id);
        _submit(round);
        assertEq(_skips.length, 0, "nothing is undone");
        assertTrue(_held(works) != 0 && _held(thermal) != 0, "held of the participants");
    }

    function test_skips_ordersOfAReplacedAccountOnceItsParticipantIsSuspended() public {
        _successorOf(works, "works, new key");
        vm.warp(block.timestamp + 7 days);
        day = Calendar.today().plusDays(1);
        Round memory round = _roundOf(_signed(true, thermal), _signed(false, works));
        registry.completeReplacement(works.id);
        _suspend(works.id);
        _submit(round);
        _assertSkipped(0, 0, SkipReason.BuyOrderSkipped);
    }

    /// @dev A leg of 160 fen and 62 fen network charge each: one of them is covered, and the submission goes through.
    function test_holds_twoAccountsOfOneParticipantToTheMarginOfOne() public {
        Party memory successor = _successorOf(works, "works, new key");
        vm.prank(works.account);
        escrow.announceRelease(uint96(WEALTH - 222), 0);
        vm.warp(block.timestamp + 7 days);
        escrow.releaseMargin(works.id);
        day = Calendar.today().plusDays(1);
        registry.completeReplacement(works.id);
        bytes memory energy = Builder.level(0, 4, ENERGY);
        for (uint256 first; first < 2; ++first) {
            uint256 state = vm.snapshotState();
            Draft[] memory buys = _drafts(_signed(false, works), _signed(false, successor));
            SignedOrder memory sold = _order(thermal, Builder.bands(Builder.band(0, 4, 2 * ENERGY, 30_000)));
            SaleDraft memory sale = _sale(
                _draft(true, thermal, sold),
                _legs(_leg(first, energy), _leg(1 - first, energy))
            );
            _submit(_round(1, PRICE, buys, _sales(sale)));
            _assertSkipped(0, 1, SkipReason.InsufficientMargin);
            assertEq(escrow.tradeCount(), 1, "the first leg");
            assertEq(_held(works), 222, "all it had");
            vm.revertToState(state);
        }
    }

    function test_skips_aSaleFromAFormerAccountToItsSuccessor() public {
        Party memory successor = _successorOf(works, "works, new key");
        vm.warp(block.timestamp + 7 days);
        day = Calendar.today().plusDays(1);
        Party memory plant = works;
        plant.meter = _addMeter(works.id, Direction.Generation, Source.Solar, DEYANG);
        Round memory round = _roundOf(_signed(true, plant), _signed(false, successor));
        registry.completeReplacement(works.id);
        _submit(round);
        _assertSkipped(0, 0, SkipReason.SameParty);
    }

    // ---- default

    /// @dev A debt of the works that is in default from the first second of a day on; the delivery day is the one after.
    function _defaultingDebt() internal returns (DebtId debt) {
        _admitPoster(address(this), DebtCode.Adjustment);
        debt = _post(DebtCode.Adjustment, works.id, gridId, 1, Calendar.today());
        vm.warp(_defaultsAt(debt));
        day = Calendar.today().plusDays(1);
    }

    function test_holds_thoughTheBuyerDefaultsOnTheDayBefore() public {
        DebtId debt = _defaultingDebt();
        term = 1;
        Round memory round = _roundOf(_signed(true, thermal), _signed(false, works));
        debts.declareDefault(debt);
        uint256 state = vm.snapshotState();
        vm.warp(_lastSecond());
        _submit(round);
        assertEq(_skips.length, 0, "nothing is undone");
        vm.revertToState(state);
        // Two wallets that agree now ask for the default of now.
        Trade memory trade = _trade(thermal, works, Builder.bands(Builder.band(0, 4, ENERGY, PRICE)));
        trade.paymentDays = 1;
        bytes32 digest = escrow.hashTrade(trade);
        (bytes memory bought, bytes memory sold) = (_sign(works.key, digest), _sign(thermal.key, digest));
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_BuyerInDefault.selector, works.id));
        escrow.open(trade, bought, sold, "");
    }

    /// @dev Known in the morning, hours before the book closes.
    function test_skips_ordersOfABuyerInDefaultAtMidnightThoughItPaysToday() public {
        DebtId debt = _defaultingDebt();
        debts.declareDefault(debt);
        (day, term) = (day.plusDays(1), 1);
        Round memory round = _roundOf(_signed(true, thermal), _signed(false, works));
        vm.warp(Calendar.startOf(_dayBefore()));
        _payOff(debt);
        _submit(round);
        _assertSkipped(0, 0, SkipReason.BuyerInDefault);
    }
}
