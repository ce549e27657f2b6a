// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market, Party} from "../utils/Market.sol";
import {Round, SignedOrder} from "../utils/Rounds.sol";

/// @notice What a trader does on the day on which its orders are opened, up to the last second before the gate, and undoes none
/// of them by.
contract FirmOrdersTest is Market {
    uint256 internal constant PRICE = 40_000;
    uint256 internal constant ENERGY = 1_000;

    function _signed(bool sell, Party memory party, uint16 paymentDays) internal returns (Draft memory) {
        uint256 limit = sell ? 30_000 : 50_000;
        SignedOrder memory order = _order(party, Builder.bands(Builder.band(0, 4, ENERGY, limit)));
        (order.expiry, order.paymentDays) = (type(uint64).max, paymentDays);
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
        Round memory round = _roundOf(_signed(true, thermal, 0), _signed(false, works, 0));
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
        _nameTrader(works, id);
        Party memory retailer = Party(account, _keyOf("retailer"), id, works.meter);
        Round memory round = _roundOf(_signed(true, thermal, 0), _signed(false, retailer, 0));
        vm.warp(_lastSecond());
        vm.prank(works.account);
        meters.setTrader(works.meter, works.id);
        _submit(round);
        assertEq(_skips.length, 0, "nothing is undone");
    }
}
