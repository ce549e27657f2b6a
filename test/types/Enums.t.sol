// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtStatus} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {TradeStatus} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {DayState, FirmSize, ParticipantStatus} from "../../contracts/types/Enums.sol";
import {Assertions} from "../utils/Assertions.sol";

/// @notice What each predicate says of every state there is.
contract EnumsTest is Assertions {
    function test_dayState() public pure {
        _is(DayState.None, false, false, false);
        _is(DayState.Reported, true, false, false);
        _is(DayState.Final, false, true, false);
        _is(DayState.Lapsed, false, false, true);
        _is(DayState.LateReported, true, false, true);
        _is(DayState.LateFinal, false, true, true);
        assertEq(uint256(type(DayState).max), 5, "none is left out");
    }

    function test_participantStatus() public pure {
        assertTrue(!ParticipantStatus.None.isApproved(), "none");
        assertTrue(!ParticipantStatus.Proposed.isApproved(), "proposed");
        assertTrue(ParticipantStatus.Active.isApproved(), "active");
        assertTrue(ParticipantStatus.Suspended.isApproved(), "suspended");
        assertTrue(!ParticipantStatus.Rejected.isApproved(), "rejected");
        assertEq(uint256(type(ParticipantStatus).max), 4, "none is left out");
    }

    function test_firmSize() public pure {
        assertTrue(!FirmSize.Unspecified.isSme(), "unspecified");
        assertTrue(FirmSize.Micro.isSme(), "micro");
        assertTrue(FirmSize.Small.isSme(), "small");
        assertTrue(FirmSize.Medium.isSme(), "medium");
        assertTrue(!FirmSize.Large.isSme(), "large");
        assertEq(uint256(type(FirmSize).max), 4, "none is left out");
    }

    function test_tradeStatus() public pure {
        _is(TradeStatus.None, false, false);
        _is(TradeStatus.Open, true, false);
        _is(TradeStatus.Settled, false, true);
        _is(TradeStatus.Lapsed, true, false);
        _is(TradeStatus.Ruled, false, true);
        assertEq(uint256(type(TradeStatus).max), 4, "none is left out");
    }

    function test_debtStatus() public pure {
        _is(DebtStatus.None, false, false);
        _is(DebtStatus.Outstanding, true, false);
        _is(DebtStatus.Defaulted, true, true);
        _is(DebtStatus.Recovering, true, true);
        _is(DebtStatus.WrittenOff, true, true);
        _is(DebtStatus.Discharged, false, false);
        assertEq(uint256(type(DebtStatus).max), 5, "none is left out");
    }

    function _is(DayState state, bool open, bool final_, bool lapsed) private pure {
        assertTrue(state.isOpen() == open, "open");
        assertTrue(state.isFinal() == final_, "final");
        assertTrue(state.hasLapsed() == lapsed, "lapsed");
    }

    function _is(DebtStatus status, bool owed, bool inDefault) private pure {
        assertTrue(status.isOwed() == owed, "owed");
        assertTrue(status.isInDefault() == inDefault, "in default");
    }

    function _is(TradeStatus status, bool pending, bool finished) private pure {
        assertTrue(status.isPending() == pending, "pending");
        assertTrue(status.isFinished() == finished, "finished");
    }
}
